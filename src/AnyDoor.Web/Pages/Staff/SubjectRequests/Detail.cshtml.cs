using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Rights;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.SubjectRequests;

/// <summary>A page of one subject request: opened on assurance grounds, logged, or not there.</summary>
public abstract class SubjectPage(SubjectDesk desk) : StaffPage
{
    protected override string? Area => "information";
    protected SubjectDesk Desk { get; } = desk;

    [BindProperty(SupportsGet = true)] public string Ref { get; set; } = "";
    public SubjectFile Subject { get; private set; } = null!;
    public DateOnly Today => LondonTime.DayOf(Now);
    public string Back => $"/staff/subject-requests/{Subject.Request.Reference}";

    protected async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await Desk.OpenAsync(Worker, Ref, Now, cancel) is not { } file) return false;
        Subject = file;
        return true;
    }

    /// <summary>Does it and comes back to the place on the page; a refusal stands beside its field.</summary>
    /// <param name="field">The property that shows a refusal which belongs to a field.</param>
    protected Task<IActionResult> DoAsync(Func<Task<Result<string>>> work, string to, string field, CancellationToken cancel) => DoAsync(work, to, _ => field, cancel);

    /// <param name="field">Which property shows a refusal of this field.</param>
    protected async Task<IActionResult> DoAsync(Func<Task<Result<string>>> work, string to, Func<string, string> field, CancellationToken cancel)
    {
        if (!May("answer-subject-requests") || !await LoadAsync(cancel)) return NotFound();
        var done = await work();
        if (done.Done) return LocalRedirect(to.StartsWith('#') ? Back + to : to);
        if (done.Refusal == SubjectDesk.NotThere) return NotFound();
        await LoadAsync(cancel);
        Refuse(done.Refusal, done.Refusal.Field is { } at ? field(at) : "");
        return Page();
    }
}

/// <summary>The workspace: the clock, who they are, what was found, what is decided, and how it ends. One page for all five kinds.</summary>
public sealed class DetailModel(SubjectDesk desk) : SubjectPage(desk)
{
    [BindProperty] public string? FindText { get; set; }
    [BindProperty] public string? How { get; set; }
    [BindProperty] public PauseFor? PauseOn { get; set; }
    [BindProperty] public string? PauseWhy { get; set; }
    [BindProperty] public string? ExtendWhy { get; set; }
    [BindProperty] public string? Outcome { get; set; }
    [BindProperty] public string? RefuseWhy { get; set; }
    [BindProperty] public string? What { get; set; }
    [BindProperty] public string? RightNow { get; set; }
    [BindProperty] public string? RightPostcode { get; set; }
    [BindProperty] public Guid? WrongAnswer { get; set; }
    [BindProperty] public string? Decided { get; set; }
    [BindProperty] public string? ObjectionTold { get; set; }
    [BindProperty] public string? Organisation { get; set; }
    [BindProperty] public string? ToldHow { get; set; }
    [BindProperty] public string? RestrictWhy { get; set; }
    [BindProperty] public string? LiftTold { get; set; }
    [BindProperty] public GiveBy GiveBy { get; set; }

    public IReadOnlyList<SubjectCandidate>? Found { get; private set; }
    public IReadOnlyList<(Guid Id, string Question, string Value)> Answers { get; private set; } = [];
    public CopyPack? Draft => Subject.Items.Count > 0 ? SubjectDesk.Compose(Subject, Today) : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAllAsync(cancel)) return NotFound();
        GiveBy = Subject.Request.GiveBy;
        return Page();
    }

    public async Task<IActionResult> OnPostFindAsync(CancellationToken cancel)
    {
        if (!await LoadAllAsync(cancel)) return NotFound();
        if ((FindText ?? "").Trim().Length is < 3 or > 100) ModelState.AddModelError(nameof(FindText), "Type a whole name, a postcode or a telephone number");
        else Found = await Desk.FindAsync(Worker, Ref, FindText!, Now, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostLinkAsync(Guid person, CancellationToken cancel) => DoAsync(() => Desk.LinkAsync(Who(Purpose.Assurance), Ref, person, cancel), "#found", nameof(FindText), cancel);
    public Task<IActionResult> OnPostUnlinkAsync(Guid person, CancellationToken cancel) => DoAsync(() => Desk.UnlinkAsync(Who(Purpose.Assurance), Ref, person, cancel), "#found", nameof(FindText), cancel);
    public Task<IActionResult> OnPostIdentityAsync(CancellationToken cancel) => DoAsync(() => Desk.KnowIdentityAsync(Who(Purpose.Assurance), Ref, How ?? "", cancel), "#who", nameof(How), cancel);
    public Task<IActionResult> OnPostAcknowledgeAsync(CancellationToken cancel) => DoAsync(() => Desk.AcknowledgeAsync(Who(Purpose.Assurance), Ref, cancel), "#clock", "", cancel);
    public Task<IActionResult> OnPostPauseAsync(CancellationToken cancel) => DoAsync(() => Desk.PauseAsync(Who(Purpose.Assurance), Ref, PauseOn, PauseWhy ?? "", cancel), "#clock", f => f == "what" ? nameof(PauseOn) : nameof(PauseWhy), cancel);
    public Task<IActionResult> OnPostResumeAsync(CancellationToken cancel) => DoAsync(() => Desk.ResumeAsync(Who(Purpose.Assurance), Ref, cancel), "#clock", "", cancel);
    public Task<IActionResult> OnPostExtendAsync(CancellationToken cancel) => DoAsync(() => Desk.ExtendAsync(Who(Purpose.Assurance), Ref, ExtendWhy ?? "", cancel), "#clock", nameof(ExtendWhy), cancel);
    public Task<IActionResult> OnPostGatherAsync(CancellationToken cancel) => DoAsync(() => Desk.GatherAsync(Worker, Ref, Now, cancel), "#places", "", cancel);
    public Task<IActionResult> OnPostSuggestedAsync(CancellationToken cancel) => DoAsync(() => Desk.TakeSuggestionsAsync(Who(Purpose.Assurance), Ref, cancel), "#places", "", cancel);
    public Task<IActionResult> OnPostWayAsync(CancellationToken cancel) => DoAsync(() => Desk.GiveByAsync(Who(Purpose.Assurance), Ref, GiveBy, cancel), "#goes", nameof(GiveBy), cancel);
    public Task<IActionResult> OnPostReleaseAsync(CancellationToken cancel) => DoAsync(() => Desk.ReleaseAsync(Worker, Ref, Now, cancel), "#ended", "", cancel);
    public Task<IActionResult> OnPostAnswerAsync(CancellationToken cancel) => DoAsync(() => Desk.AnswerAsync(Who(Purpose.Assurance), Ref, Outcome ?? "", cancel), "#ended", nameof(Outcome), cancel);
    public Task<IActionResult> OnPostRefuseAsync(CancellationToken cancel) => DoAsync(() => Desk.RefuseAsync(Who(Purpose.Assurance), Ref, RefuseWhy ?? "", cancel), "#ended", nameof(RefuseWhy), cancel);
    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken cancel) => DoAsync(() => Desk.WithdrawAsync(Who(Purpose.Assurance), Ref, cancel), "#ended", "", cancel);
    public Task<IActionResult> OnPostCorrectAsync(CancellationToken cancel) => DoAsync(() => What switch
    {
        "address" => Desk.CorrectHomeAsync(Worker, Ref, RightNow, RightPostcode, Now, cancel),
        "phone" => Desk.CorrectContactAsync(Worker, Ref, RightNow ?? "", null, Now, cancel),
        "email" => Desk.CorrectContactAsync(Worker, Ref, null, RightNow ?? "", Now, cancel),
        _ => Desk.CorrectAsync(Who(Purpose.Assurance), Ref, new NewCorrection(What ?? "", RightNow ?? "", WrongAnswer), cancel),
    }, "#corrections", f => f switch { "what" => nameof(What), "answer" => nameof(WrongAnswer), "postcode" => nameof(RightPostcode), _ => nameof(RightNow) }, cancel);
    public Task<IActionResult> OnPostObjectionAsync(CancellationToken cancel) => DoAsync(() => Desk.DecideObjectionAsync(Worker, Ref, new ObjectionDecision(Decided ?? "", ObjectionTold ?? ""), Now, cancel), "#ended", f => f == "what" ? nameof(Decided) : nameof(ObjectionTold), cancel);
    public Task<IActionResult> OnPostToldAsync(CancellationToken cancel) => DoAsync(() => Desk.ToldAsync(Who(Purpose.Assurance), Ref, Organisation ?? "", ToldHow ?? "", cancel), "#told", nameof(ToldHow), cancel);
    public Task<IActionResult> OnPostRestrictAsync(CancellationToken cancel) => DoAsync(() => Desk.RestrictAsync(Worker, Ref, RestrictWhy ?? "", Now, cancel), "#restriction", nameof(RestrictWhy), cancel);
    public Task<IActionResult> OnPostLiftAsync(CancellationToken cancel) => DoAsync(() => Desk.LiftAsync(Who(Purpose.Assurance), Ref, LiftTold ?? "", cancel), "#restriction", nameof(LiftTold), cancel);

    public override async Task OnPageHandlerExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutionDelegate next)
    {
        await base.OnPageHandlerExecutionAsync(context, next);
        // A refusal shows the page again, which lists the answers that may be corrected.
        if (Subject is not null && Answers.Count == 0) await AnswersAsync(HttpContext.RequestAborted);
    }

    private async Task<bool> LoadAllAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return false;
        await AnswersAsync(cancel);
        return true;
    }

    private async Task AnswersAsync(CancellationToken cancel)
    {
        if (Subject.Request is { IsOpen: true, Kind: SubjectKind.Rectification }) Answers = await Desk.AnswersAsync(Subject, cancel);
    }

    /// <summary>What they ask, as the title says it. Once it has ended nobody's name is read for it, and the reference says which it is.</summary>
    public string Title => Subject.Name is { } name ? $"{SubjectRequest.InWords(Subject.Request.Kind)} {(Subject.Request.Kind is SubjectKind.Objection or SubjectKind.Complaint ? "by" : "for")} {name}" : $"{SubjectRequest.InWords(Subject.Request.Kind)}, {Reference.Show(Subject.Request.Reference)}";

    /// <summary>Why a pause ended.</summary>
    public string EndOf(ClockPause pause) => (pause.For, pause.To) switch
    {
        (PauseFor.Identity, { } to) when Subject.Request.IdentityOn == to => "We know who they are",
        (_, { } to) when Subject.Request.EndedAt is { } ended && LondonTime.DayOf(ended) == to => "It ended",
        (PauseFor.Identity, _) => "Their answer came: who they are",
        _ => "Their answer came: what they mean",
    };

    /// <summary>How one place stands: how many items, how many marks and items wait for a decision, how many are left out.</summary>
    public (int Items, int Marks, int ToDecide, int LeftOut) Stands(string place)
    {
        var items = Subject.Items.Where(i => i.Place == place).ToList();
        var ids = items.Select(i => i.Id).ToHashSet();
        return (items.Count, Subject.Marks.Count(m => ids.Contains(m.ItemId) && m.Choice == MarkChoice.Undecided), items.Count(i => i.ToDecide), items.Count(i => i.LeftOutFor is not null && !i.ToDecide));
    }

    /// <summary>The clock as a drawing: where each part begins and how long it is, out of a thousand.</summary>
    public IReadOnlyList<(double From, double Width, string Kind, int Days)> Clock
    {
        get
        {
            var (start, due) = (Subject.Request.ReceivedOn, Subject.Time.DueOn);
            var end = Today > due ? Today : due;
            var days = Math.Max(1, end.DayNumber - start.DayNumber);
            double At(DateOnly day) => 14 + 972d * Math.Clamp(day.DayNumber - start.DayNumber, 0, days) / days;
            var parts = new List<(double, double, string, int)>();
            void Add(DateOnly from, DateOnly to, string kind) { if (to > from) parts.Add((At(from), At(to) - At(from), kind, to.DayNumber - from.DayNumber)); }
            var at = start;
            foreach (var pause in Subject.Pauses)
            {
                Add(at, pause.From, "used");
                Add(pause.From < at ? at : pause.From, pause.To ?? Today, "paused");
                at = pause.To ?? Today;
            }
            Add(at, Today < due ? Today : due, "used");
            Add(Today > start ? Today : start, due, "left");
            Add(due, Today, "late");
            return parts;
        }
    }
}
