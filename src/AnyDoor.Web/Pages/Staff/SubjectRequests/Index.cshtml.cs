using AnyDoor.Common;
using AnyDoor.Rights;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.SubjectRequests;

/// <summary>What people ask of their own data, soonest due first. Nobody is named here: a name opens with the workspace, which is logged.</summary>
public sealed class IndexModel(SubjectDesk desk) : StaffPage
{
    protected override string? Area => "information";

    public IReadOnlyList<SubjectLine> Open { get; private set; } = [];
    public IReadOnlyList<SubjectLine> Ended { get; private set; } = [];
    public IReadOnlyList<RestrictedRecord> Restricted { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = await desk.ListAsync(LondonTime.DayOf(Now), cancel);
        Restricted = await desk.RestrictedAsync(cancel);
        (Open, Ended) = ([.. all.Where(l => l.State == SubjectState.Open)], [.. all.Where(l => l.State != SubjectState.Open)]);
    }
}

/// <summary>Subject requests in words.</summary>
public static class SubjectWords
{
    public static string InWords(SubjectWay way) => way switch { SubjectWay.OwnPage => "by their own page", SubjectWay.Phone => "by phone", SubjectWay.Letter => "by letter", SubjectWay.Email => "by e-mail", _ => "in person" };

    public static string InWords(SubjectState state) => state switch { SubjectState.Open => "Open", SubjectState.Answered => "Answered", SubjectState.Refused => "Refused", _ => "Taken back" };

    public static string Left(SubjectTime time) => time.IsPaused ? "Clock stands still" : time.DaysLeft < 0 ? $"{Say.Count(-time.DaysLeft, "day")} late" : time.DaysLeft == 0 ? "Due today" : $"{Say.Count(time.DaysLeft, "day")} left";

    public static TagHelpers.TagKind Kind(SubjectTime time) => time.IsPaused ? TagHelpers.TagKind.Plain : time.IsLate ? TagHelpers.TagKind.Now : time.IsSoon ? TagHelpers.TagKind.Soon : TagHelpers.TagKind.Ok;
}
