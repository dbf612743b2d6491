using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Reporting;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Information;

/// <summary>Where the information lead begins: emergencies and ways in that were replaced at the top, then all that waits, with its count and its clock. Nobody is named but workers.</summary>
public sealed class IndexModel(InformationDesk desk, SubjectDesk subjects, UnusualLooks unusual, HeldForms held) : StaffPage
{
    protected override string? Area => "information";

    public IReadOnlyList<Raised> Emergencies { get; private set; } = [];
    /// <summary>Ways in that a link of somebody else's replaced.</summary>
    public IReadOnlyList<Raised> WaysIn { get; private set; } = [];
    public IReadOnlyList<Raised> Agreements { get; private set; } = [];
    public LooksWaiting Looks { get; private set; } = null!;
    public int Matches { get; private set; }
    public IReadOnlyList<SubjectLine> Subjects { get; private set; } = [];
    public int Unusual { get; private set; }
    public int Held { get; private set; }
    public DateOnly Today => LondonTime.DayOf(Now);
    /// <summary>Sorting what was held is others' work: they are told how much waits.</summary>
    public bool MayOpenHeld => RoleTable.Default.MayOpen(Worker.Role, "held");

    public string LooksLink => Looks.First is { } first && first.AddDays(-first.Day) < Today.AddDays(-Today.Day) ? $"/staff/looks?month={AnyDoor.Web.Pages.Staff.Looks.IndexModel.Id(first)}" : "/staff/looks";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Emergencies = await desk.RaisedAsync("emergency-", cancel);
        WaysIn = [.. await desk.RaisedAsync("way-in-", cancel), .. await desk.RaisedAsync("role-", cancel)];
        Agreements = await desk.RaisedAsync("agreement-", cancel);
        Looks = await desk.WaitingAsync(Today, cancel);
        Matches = (await desk.MatchesNotShownAsync(cancel)).Count;
        Subjects = [.. (await subjects.ListAsync(Today, cancel)).Where(s => s.State == SubjectState.Open)];
        Unusual = (await unusual.FindAsync(Today.AddDays(-6), Today, cancel)).Patterns.Count(p => p.SeenAt is null);
        Held = await held.WaitingAsync(cancel);
    }

    public async Task<IActionResult> OnPostSeenAsync(Guid notice, CancellationToken cancel)
    {
        if (!May("answer-notice")) return NotFound();
        return await desk.SeenAsync(Who(Purpose.Assurance), notice, cancel) is { Done: true, Value: true } ? LocalRedirect("/staff/information") : NotFound();
    }
}
