using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Entitlements;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Person = AnyDoor.Entitlements.Person;
using PersonRole = AnyDoor.Entitlements.Role;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>What uneven pay does to each month: pay counts in the assessment period its day falls in, so two pay days in one month take from Universal Credit, and the next month is full again. Nothing is kept.</summary>
public sealed class MonthsModel(HubSittings sittings, SettingsDesk settings) : RequestPage(sittings, settings)
{
    public const int Months = 6;
    private const int MostPayslips = 60;

    [BindProperty] public string? Person { get; set; }
    /// <summary>The day of the month on which the period begins, 1 to 31.</summary>
    [BindProperty] public string? Begins { get; set; }
    [BindProperty] public PayEvery Every { get; set; } = PayEvery.Week;
    /// <summary>A pay day a line: the day, then the pay.</summary>
    [BindProperty] public string? Days { get; set; }

    public EntitlementEstimate Estimate { get; private set; } = null!;
    public IReadOnlyList<MonthResult> Results { get; private set; } = [];
    public string? Refused { get; private set; }
    /// <summary>Pay days that were written and stand in no month that is shown.</summary>
    public IReadOnlyList<DateOnly> LeftOut { get; private set; } = [];

    /// <summary>What an earlier month leaves over against Universal Credit in this one, pence (Universal Credit Regulations 2013 reg. 54A); 0: nothing.</summary>
    public static long Surplus(MonthResult month) => month.Of(Benefit.UniversalCredit)?.Working?.All().FirstOrDefault(e => e.Rule == Rule.SurplusCarried)?.Amount ?? 0;

    public IEnumerable<Person> Adults => Estimate.Circumstances.Ways.IsEmpty ? [] : Estimate.Circumstances.Ways[0].People.Where(p => p.Role is PersonRole.Claimant or PersonRole.Partner);
    public string Name(string? id) => id is not null && Estimate.Circumstances.Names.TryGetValue(id, out var name) ? name : "Partner";
    public IEnumerable<SelectListItem> People => Adults.Select(p => new SelectListItem(Name(p.Id), p.Id, p.Id == Person));
    public static IEnumerable<SelectListItem> EveryItems => [new("Every week", "Week"), new("Every two weeks", "TwoWeeks"), new("Every four weeks", "FourWeeks"), new("Every month", "Month")];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (Estimate.Refusal is not null) return Page();
        Begins = LondonTime.DayOf(Now).Day.ToString(CultureInfo.InvariantCulture);
        var who = Adults.FirstOrDefault(a => a.PayYear > 0);
        Person = (who ?? Adults.First()).Id;
        if (who is not null)
        {
            // Every Friday from now on, as a form to write over.
            var friday = Estimate.From.AddDays(((int)DayOfWeek.Friday - (int)Estimate.From.DayOfWeek + 7) % 7);
            var week = new Money((who.PayYear ?? 0) / 52);
            Days = string.Join('\n', Enumerable.Range(0, 13).Select(i => $"{friday.AddDays(7 * i).ToString("d M yyyy", CultureInfo.InvariantCulture)}  {week.ToString()[1..]}"));
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (Estimate.Refusal is not null) return Page();
        if (Adults.FirstOrDefault(a => a.Id == Person) is not { } who) return NotFound();
        if (!int.TryParse(Begins, NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is < 1 or > 31) ModelState.AddModelError(nameof(Begins), "Write a day of the month, from 1 to 31");
        var slips = Read(Days, out var problem);
        if (problem is not null) ModelState.AddModelError(nameof(Days), problem);
        if (!ModelState.IsValid) return Page();
        var first = slips.Min(s => s.Day);
        var start = new DateOnly(first.Year, first.Month, Math.Min(day, DateTime.DaysInMonth(first.Year, first.Month)));
        if (start > first) start = start.AddMonths(-1);
        // A month is shown when its pay days are all written: from the first that begins no later than one pay day before the first written, to the last that ends before the next would come.
        var whole = Enumerable.Range(0, Months + 1).Where(m => start.AddMonths(m) > first.AddDays(-Apart) && start.AddMonths(m + 1).AddDays(-1) < slips.Max(s => s.Day).AddDays(Apart)).Take(Months).ToList();
        if (whole.Count == 0) { ModelState.AddModelError(nameof(Days), "Write every pay day of one whole month at least, from the day on which it begins"); return Page(); }
        var shown = start.AddMonths(whole[0]);
        LeftOut = [.. slips.Select(s => s.Day).Where(d => d < shown || d >= start.AddMonths(whole[^1] + 1)).Order()];
        // Savings that were not told are taken as few people have more: a month of nothing for that alone would mislead.
        var situation = Estimate.Circumstances.Ways[0].With(who.Id, p => p with { Payslips = [.. Before(first, who, slips), .. slips], PaidEvery = Every });
        situation = situation with { Savings = situation.Savings ?? 0 };
        var results = Estimate.Circumstances.Rates.Engine.Run(situation, start, whole[^1] + 1).Skip(whole[0]).ToList();
        // As far as rates are held: next April's may not be made yet.
        (Results, Refused) = ([.. results.TakeWhile(r => r.Refusal is null).Select(r => r with { Lowest = Estimate.Circumstances.Counted(r.Lowest), Highest = Estimate.Circumstances.Counted(r.Highest) })], results.FirstOrDefault(r => r.Refusal is not null)?.Refusal);
        return Page();
    }

    /// <summary>Days from one pay day to the next.</summary>
    private int Apart => Every switch { PayEvery.Week => 7, PayEvery.TwoWeeks => 14, PayEvery.FourWeeks => 28, _ => 31 };

    /// <summary>Tax is taken by what was paid since 6 April: the pay days before the first that is written are taken at the pay that was told, or at the average of those written.</summary>
    private IEnumerable<Payslip> Before(DateOnly first, Person who, List<Payslip> slips)
    {
        var gross = who.PayYear is > 0 and var year ? Every == PayEvery.Month ? year / 12 : year * Apart / 7 / 52 : (long)slips.Average(s => s.Gross);
        for (var n = 1; ; n++)
        {
            var day = Every == PayEvery.Month ? first.AddMonths(-n) : first.AddDays(-n * Apart);
            if (day < TaxYears.Start(TaxYears.Starting(first))) yield break;
            yield return new Payslip(day, gross);
        }
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("entitlements", Purpose.RespondToRequest, cancel) || Sitting.Estimate is not { } estimate) return false;
        Estimate = estimate;
        return true;
    }

    private static List<Payslip> Read(string? typed, out string? problem)
    {
        var (slips, line) = (new List<Payslip>(), 0);
        problem = null;
        foreach (var text in (typed ?? "").Split('\n', StringSplitOptions.TrimEntries))
        {
            line++;
            if (text.Length == 0) continue;
            var cut = text.LastIndexOfAny([' ', '\t']);
            if (cut > 0 && DateOnly.TryParse(text[..cut].Trim(), CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var day) && Money.TryParse(text[(cut + 1)..], out var pay) && pay.Pence <= 100_000_00 && day.Year is > 2020 and < 2030) slips.Add(new Payslip(day, pay.Pence));
            else problem ??= $"Line {line}, “{(text.Length > 40 ? text[..40] + "…" : text)}”, cannot be read. Write the day and the pay, like 4 12 2026 210.50";
        }
        if (problem is null && slips.Count == 0) problem = "Write one pay day at least, like 4 12 2026 210.50";
        if (problem is null && slips.Count > MostPayslips) problem = $"Write {MostPayslips} pay days at most";
        return slips;
    }

    public long Pay(MonthResult month) => Read(Days, out _).Where(s => s.Day >= month.Start && s.Day <= month.End).Sum(s => s.Gross);
    public int PayDays(MonthResult month) => Read(Days, out _).Count(s => s.Day >= month.Start && s.Day <= month.End);
}
