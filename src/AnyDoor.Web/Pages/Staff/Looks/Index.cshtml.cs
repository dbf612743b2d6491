using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Looks;

/// <summary>
/// The monthly review (R-ISA-05): looks on a stated reason or in an emergency, by month, worker and what was decided. Beside them what only the information lead hears of.
/// No resident is named here, and nothing of what is in a record.
/// </summary>
public sealed class IndexModel(InformationDesk desk) : StaffPage
{
    protected override string? Area => "information";

    /// <summary>Like <c>2026-11</c>; none: this month.</summary>
    [BindProperty(SupportsGet = true)] public string? Month { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? By { get; set; }
    /// <summary><c>asked</c>, <c>stopped</c>, <c>fine</c>; none: to decide.</summary>
    [BindProperty(SupportsGet = true)] public string? Show { get; set; }
    [BindProperty(SupportsGet = true)] public string? Kind { get; set; }

    public MonthOfLooks Review { get; private set; } = null!;
    public IReadOnlyList<MatchNotShown> Matches { get; private set; } = [];
    public IReadOnlyList<Raised> Raised { get; private set; } = [];
    public DateOnly Today => LondonTime.DayOf(Now);

    private IEnumerable<LookToReview> Chosen => Review.Looks.Where(l => (By is null || l.WorkerId == By) && (Kind is not { Length: > 0 } || l.Why == Kind));
    public IReadOnlyList<LookToReview> Looks => [.. Of(Show)];
    public int Count(string? show) => Of(show).Count();
    private IEnumerable<LookToReview> Of(string? show) => Chosen.Where(l => show switch { "asked" => l.IsAsked, "stopped" => l.Answer == LookAnswer.Stopped, "fine" => l.Answer == LookAnswer.Fine, _ => l.IsToDecide });
    public bool IsOverdue(LookToReview look) => InformationDesk.IsOpen(look) && Today > InformationDesk.ReviewBy(LondonTime.DayOf(look.At));
    public IEnumerable<(DateOnly Month, int Looks, int ToDecide)> Overdue => Review.Months.Where(m => m.ToDecide > 0 && Today > InformationDesk.ReviewBy(m.Month));

    public static string Id(DateOnly month) => month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
    public static string InWords(DateOnly month) => month.ToString("MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
    public string Link(string? show) => $"/staff/looks?month={Id(Review.Month)}{(show is null ? "" : $"&show={show}")}{(By is { } by ? $"&by={by}" : "")}{(Kind is { Length: > 0 } kind ? $"&kind={Uri.EscapeDataString(kind)}" : "")}";
    public static string KindWords(string why) => why == GroundCause.Emergency ? "Emergency" : "Stated reason";

    /// <summary>What they did for the household. Nothing is held against them before the day is over.</summary>
    public static string Fits(LookToReview look, DateTime now) => look.Did.Count == 0 ? now < look.At.AddDays(1) ? $"Nothing yet. The day for it ends {Say.DayAndTime(look.At.AddDays(1), now)}" : "Does not fit: nothing was done for this household by them within a day" : "Fits: " + string.Join(", ", look.Did.Select(d => d switch
    {
        "request.claimed" => "took up its request", "request.contact" => "was in contact", "request.received" => "wrote down its request", "caller.known" => "took its call", "award.made" => "made an award", "handover.sent" => "passed it on", "conversation.saved" => "saved answers", _ => "wrote down a permission",
    })) + ", within a day";

    public static string SeniorWords((string Name, SeniorAnswer Answer) senior) => $"Senior: {senior.Name}, {senior.Answer switch { SeniorAnswer.Agreed => "who agreed", SeniorAnswer.Denied => "who says that it is not so", _ => "not answered yet" }}";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var month = DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", out var day) && day.Year is > 2000 and < 2200 ? day : Today;
        Review = await desk.MonthAsync(month, cancel);
        Matches = await desk.MatchesNotShownAsync(cancel);
        Raised = await desk.RaisedAsync("emergency-", cancel);
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid look, LookAnswer answer, CancellationToken cancel)
    {
        if (!May("review-looks")) return NotFound();
        var done = await desk.DecideAsync(Who(Purpose.Assurance), look, answer, cancel);
        return await AfterAsync(done, cancel);
    }

    public async Task<IActionResult> OnPostSeenAsync(Guid notice, CancellationToken cancel)
    {
        if (!May("answer-notice")) return NotFound();
        return await AfterAsync(await desk.SeenAsync(Who(Purpose.Assurance), notice, cancel), cancel);
    }

    private async Task<IActionResult> AfterAsync(Result<bool> done, CancellationToken cancel)
    {
        if (done is { Done: true, Value: false }) return NotFound();
        if (done.Done) return LocalRedirect(Month is { Length: > 0 } month && DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", out _) ? $"/staff/looks?month={month}" : "/staff/looks");
        Refuse(done.Refusal!);
        await OnGetAsync(cancel);
        return Page();
    }
}
