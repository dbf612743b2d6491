using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>What comes in and goes out, under the headings of the Standard Financial Statement, with what is short; filled from what was told already (R-INC-03).</summary>
public sealed class BudgetModel(HubSittings sittings, SettingsDesk settings, BudgetDesk desk) : RequestPage(sittings, settings)
{
    /// <summary>By line, as typed.</summary>
    [BindProperty] public Dictionary<string, string?> Line { get; set; } = [];
    [BindProperty] public Dictionary<string, string?> Owed { get; set; } = [];
    /// <summary>When the budget was saved that the form was filled from, in ticks.</summary>
    [BindProperty] public string? Shown { get; set; }

    public bool MayWrite => May("hold-conversation");
    public Budget? Kept { get; private set; }
    public BudgetSums? Sums { get; private set; }
    /// <summary>Lines that were filled in from what they told, and not saved yet.</summary>
    public IReadOnlyList<string> FromTold { get; private set; } = [];

    /// <summary>Fewer spending lines than any home has: what is left says little.</summary>
    public bool IsThin => Sums is not null && Budget.Headings.Where(h => h.Side is BudgetSide.Fixed or BudgetSide.Flexible).SelectMany(h => h.Lines).Count(l => Sums.Lines.GetValueOrDefault(l.Id) > 0) < 6;

    /// <summary>What the working of benefits says that they may get and the budget does not hold, pence a month.</summary>
    public (string What, long Low, long High)? NotInIt
    {
        get
        {
            if (Sums is null || Sitting.Estimate is not { Refusal: null } estimate || estimate[AnyDoor.Entitlements.Benefit.UniversalCredit] is not { Amount.High: > 0 } credit) return null;
            if (estimate.Circumstances.Gets?.Contains("universal-credit") == true) return estimate.CreditChange is { High: > 5_00 } more ? ("Universal Credit", Math.Max(0, more.Low), more.High) : null;
            var missing = (Low: credit.Amount.Low - Sums.Lines.GetValueOrDefault("universal-credit"), High: credit.Amount.High - Sums.Lines.GetValueOrDefault("universal-credit"));
            return missing.High > 5_00 ? ("Universal Credit", Math.Max(0, missing.Low), missing.High) : null;
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel)) return NotFound();
        if (Kept is not null)
        {
            foreach (var line in Budget.AllLines) (Line[line.Id], Owed[line.Id]) = (Budget.Show(Sums!.Lines.GetValueOrDefault(line.Id)), Budget.Show(Sums.Owed.GetValueOrDefault(line.Id)));
            Shown = Kept.At.Ticks.ToString(CultureInfo.InvariantCulture);
        }
        else Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayWrite || !await OpenAsync(cancel)) return NotFound();
        var (lines, owed) = (Read(Line, nameof(Line)), Read(Owed, nameof(Owed)));
        if (!ModelState.IsValid) return Page();
        var shown = long.TryParse(Shown, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : (DateTime?)null;
        var saved = await desk.SaveAsync(Who(), Ref, lines, owed, shown, cancel);
        if (saved.Done) return LocalRedirect($"{Back}/budget");
        if (saved.Refusal.Code == BudgetDesk.MovedOn) { Shown = Kept?.At.Ticks.ToString(CultureInfo.InvariantCulture); ModelState.Remove(nameof(Shown)); }
        Refuse(saved.Refusal, "");
        return Page();
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("budget", Purpose.RespondToRequest, cancel) || !Sitting.Household.Sight.Allows(Sharing.DataCategory.Money, null)) return false;
        Kept = await desk.FindAsync(Sitting.Request.Id, cancel);
        Sums = Kept?.Sums;
        // Every line has a field, also one that was not sent.
        foreach (var line in Budget.AllLines) { Line.TryAdd(line.Id, null); Owed.TryAdd(line.Id, null); }
        return true;
    }

    private Dictionary<string, long> Read(Dictionary<string, string?> typed, string name)
    {
        var read = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var heading in Budget.Headings) foreach (var line in heading.Lines)
        {
            if (name == nameof(Owed) && !Budget.IsDebt(heading.Side)) continue;
            if (Budget.TryMonthly(typed.GetValueOrDefault(line.Id), out var pence)) read[line.Id] = pence;
            else ModelState.AddModelError($"{name}[{line.Id}]", name == nameof(Owed) ? "Write what is owed in pounds, like 450" : "Write pounds a month, like 85.50, or say how often: 20 a week, 300 a year");
        }
        return read;
    }

    /// <summary>What they told is not asked again.</summary>
    private void Fill()
    {
        var filled = new List<string>();
        void Put(string id, long pence) { if (pence > 0) { Line[id] = Budget.Show(pence); filled.Add(Budget.AllLines.First(l => l.Id == id).Title); } }
        long Told(string fact) => Sitting.Answers.Where(a => a is { ReplacedAt: null, IsGiven: true } && a.Fact == fact).Select(a => long.TryParse(a.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).LastOrDefault();
        Put("rent", Told("home.rent_monthly_pence"));
        Put("council-tax", Told("home.council_tax_annual_pence") / 12);
        Put("childcare", Told("children.childcare_monthly_pence"));
        Put("universal-credit", Told("benefits.universal_credit_monthly_pence"));
        if (Sitting.Estimate is not { Refusal: null, Months: [var month, ..] } estimate) { FromTold = filled; return; }
        // What is open is no figure to fill in: pay only where it was told.
        if (estimate.Months.All(m => m.Lowest.TakeHome == month.Lowest.TakeHome && m.Highest.TakeHome == month.Lowest.TakeHome)) Put("pay", month.Lowest.TakeHome);
        if (estimate.Circumstances.Gets?.Contains("child-benefit") == true && estimate[AnyDoor.Entitlements.Benefit.ChildBenefit] is { Amount: { IsExact: true, Low: var child } }) Put("child-benefit", child);
        FromTold = filled;
    }
}
