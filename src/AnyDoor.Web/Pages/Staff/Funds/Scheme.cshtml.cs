using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Pages.Staff.Funds;

/// <summary>One scheme: where the money is now, how fast it goes, and what it was for. Every figure opens to its awards.</summary>
public sealed class SchemeModel(FundReports reports, SchemeService service, SchemeBook book, Database database) : StaffPage
{
    protected override string? Area => "funds";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty] public DateAnswer? On { get; set; }
    [BindProperty] public string? Hour { get; set; }
    [BindProperty] public string? Words { get; set; }

    public SchemeDefinition Scheme { get; private set; } = null!;
    public SchemeFigures Money { get; private set; } = null!;
    public IReadOnlyList<AwardTotal> Totals { get; private set; } = [];
    public Pipeline Pipeline { get; private set; } = null!;
    public IReadOnlyList<BurnPoint> BurnDown { get; private set; } = [];
    public AwardPage AtRisk { get; private set; } = null!;
    public bool Ended => Scheme.Closes < LondonTime.DayOf(Now);
    /// <summary>The instant from which nothing more is awarded, when one was set, and what residents read.</summary>
    public DateTime? ClosesAt { get; private set; }
    public string? CloseWords { get; private set; }
    public bool Shut => ClosesAt <= Now;

    /// <summary>Whether anything can be awarded now, and why not.</summary>
    public string Standing()
    {
        var today = LondonTime.DayOf(Now);
        if (today < Scheme.Opens || Now < Scheme.OpenFrom) return $"It opens on {LondonTime.Day(LondonTime.DayOf(Scheme.OpenFrom))}: nothing can be awarded before that.";
        if (Ended) return $"The round ended on {LondonTime.Day(Scheme.Closes)}, and nothing more can be awarded.";
        if (Shut) return $"It was closed {Web.Staff.Say.When(ClosesAt!.Value, Now)}, and nothing more can be awarded. Residents read: “{CloseWords}”";
        if (Money.AvailablePence == 0) return "Nothing is left: whoever asks is offered the next best.";
        return ClosesAt is { } soon ? $"It closes {Web.Staff.Say.When(soon, Now)}. Residents read then: “{CloseWords}”" : "";
    }
    public bool MayManage => May("manage-fund");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken cancel)
    {
        if (!MayManage || !await LoadAsync(cancel)) return NotFound();
        if (On is null || On.Read(out var day) != DateProblem.None) ModelState.AddModelError(nameof(On), "Put in the day it closes, like 20 12 2026.");
        else if (!TimeOnly.TryParse(Hour, System.Globalization.CultureInfo.InvariantCulture, out var time)) ModelState.AddModelError(nameof(Hour), "Put in the hour it closes, like 09:00.");
        else if (LondonTime.ToUtc(day, time) < Now.AddMinutes(-1)) ModelState.AddModelError(nameof(On), "That time has passed. Put in today or a later day, and an hour that is still to come.");
        else if (string.IsNullOrWhiteSpace(Words)) ModelState.AddModelError(nameof(Words), "Say what residents will read, like: This fund has closed. Ask us anyway, there is other help.");
        else
        {
            var done = await service.CloseAtAsync(Who(Purpose.AwardAndPay), Id, LondonTime.ToUtc(day, time), Words ?? "", cancel);
            if (done.Done) return LocalRedirect($"/staff/funds/{Id}");
            Refuse(done.Refusal, nameof(On));
        }
        return Page();
    }

    public async Task<IActionResult> OnPostReopenAsync(CancellationToken cancel)
    {
        if (!MayManage || !await LoadAsync(cancel)) return NotFound();
        var done = await service.ReopenAsync(Who(Purpose.AwardAndPay), Id, "Opened again on its page", cancel);
        return done.Done ? LocalRedirect($"/staff/funds/{Id}") : NotFound();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var awards = await reports.AwardsAsync(new AwardFilter(SchemeId: Id), 1, 200_000, cancel);
        return File(CsvText.Write(["reference", "scheme", "award_type", "category", "pence", "state", "effective_on", "expires_on", "district", "door"],
            awards.Awards.Select(a => new object?[] { a.Reference, a.SchemeId, a.AwardType, a.Category, a.Amount.Pence, a.Status, a.EffectiveOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), a.ExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Places.District.Find(a.District)?.Name, a.Door })),
            "text/csv; charset=utf-8", $"{Id}-awards.csv");
    }

    public string Link(AwardStatus status) => $"/staff/awards?scheme={Id}&state={status}";

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        await using (var db = database.Open())
        {
            if (await book.FindAsync(db, Id, cancel) is not { } found) return false;
            Scheme = found.Newest;
            (ClosesAt, CloseWords) = await db.Set<Scheme>().Where(s => s.Id == Id).Select(s => ValueTuple.Create(s.ClosesAt, s.CloseWords)).SingleAsync(cancel);
        }
        Money = (await reports.SchemeAsync(Id, cancel))!;
        Totals = await reports.TotalsAsync(Id, cancel);
        Pipeline = (await reports.PipelineAsync(Id, cancel))!;
        BurnDown = await reports.BurnDownAsync(Id, LondonTime.DayOf(Now), cancel);
        AtRisk = await reports.AtRiskAfterEndAsync(Id, 1, 1, cancel);
        return true;
    }
}
