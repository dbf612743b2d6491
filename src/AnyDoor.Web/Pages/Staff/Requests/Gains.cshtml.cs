using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Entitlements;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>What both pages about money gained have: the sum that is typed, and what becomes of a step.</summary>
public abstract class GainPage(HubSittings sittings, SettingsDesk settings) : RequestPage(sittings, settings)
{
    [BindProperty] public string? Amount { get; set; }
    [BindProperty] public PaidEvery? Every { get; set; }

    public bool MayWrite => May("hold-conversation");
    public static IEnumerable<SelectListItem> Everies => Enum.GetValues<PaidEvery>().Select(e => new SelectListItem(Say.Upper(RegularSum.InWords(e)), e.ToString()));
    public static string Year(long low, long high) => low == high ? $"{new Money(low)} a year" : $"{new Money(low)} to {new Money(high)} a year";

    protected async Task<bool> OpenAsync(CancellationToken cancel) => await LoadAsync("gains", Purpose.RespondToRequest, cancel) && Sitting.Household.Sight.Allows(Sharing.DataCategory.Money, null);

    /// <summary>What was typed, or null with the reason beside its field; null alone, where nothing was.</summary>
    protected RegularSum? Sum()
    {
        if (string.IsNullOrWhiteSpace(Amount)) return null;
        if (!Money.TryParse(Amount, out var money)) ModelState.AddModelError(nameof(Amount), "Write pounds, like 21.50");
        else if (Every is not { } every) ModelState.AddModelError(nameof(Every), "Choose how often it is paid");
        else return new RegularSum(money.Pence, every);
        return null;
    }

    protected async Task<IActionResult> DoneAsync(Task<Result<string>> step, string to)
    {
        var done = await step;
        if (done.Done) return LocalRedirect($"{Back}{to}");
        Refuse(done.Refusal, done.Refusal.Field switch { "kind" => "Kind", "amount" => nameof(Amount), "on" => "On", "from" => "From", _ => "" });
        return Page();
    }
}

/// <summary>Money that they may gain, from what it was reckoned at to what somebody saw (R-INC-04).</summary>
public sealed class GainsModel(HubSittings sittings, SettingsDesk settings, GainDesk desk) : GainPage(sittings, settings)
{
    [BindProperty] public string? Kind { get; set; }

    public IReadOnlyList<Gain> Open => [.. Sitting.Gains.Where(g => g.EndedAt is null)];
    public IReadOnlyList<Gain> Ended => [.. Sitting.Gains.Where(g => g.EndedAt is not null)];
    public long ConfirmedYear => Open.Where(g => g.Stage == GainStage.Confirmed).Sum(g => g.Awarded!.Value.YearPence);
    public long BackdatedConfirmed => Open.Where(g => g.Stage == GainStage.Confirmed).Sum(g => g.BackdatedPence);

    private static readonly Dictionary<string, Benefit> Reckoned = new(StringComparer.Ordinal)
    {
        ["universal-credit"] = Benefit.UniversalCredit, ["pension-credit"] = Benefit.PensionCredit, ["housing-benefit"] = Benefit.HousingBenefit, ["council-tax-reduction"] = Benefit.CouncilTaxReduction, ["child-benefit"] = Benefit.ChildBenefit,
        ["healthy-start"] = Benefit.HealthyStart, ["carers-allowance"] = Benefit.CarersAllowance,
    };

    /// <summary>What the working of benefits says they may gain of a kind, pence a year: what is paid already is no gain, only what Universal Credit would be more. Null where it says nothing.</summary>
    public (long Low, long High)? ByWorking(string kind)
    {
        if (kind == "universal-credit-change") return Sitting.Estimate is { Refusal: null, CreditChange: { High: > 100 } more } && Gets("universal-credit") ? (Math.Max(0, more.Low) * 12, more.High * 12) : null;
        if (Sitting.Estimate is not { Refusal: null } estimate || !Reckoned.TryGetValue(kind, out var benefit) || estimate[benefit] is not { Amount.High: > 0 } found || found.First.Per != "month") return null;
        return Gets(EntitlementEstimate.InTheList(kind)) || found.First.SchemeOfAnotherYear ? null : (found.Amount.Low * 12, found.Amount.High * 12);
    }

    private bool Gets(string benefit) => Sitting.Estimate?.Circumstances.Gets?.Contains(benefit) == true;

    /// <summary>Universal Credit is either new or a change, never both, or the same money would count twice.</summary>
    private bool IsFor(string kind) => kind switch { "universal-credit" => !Gets("universal-credit") && !Open.Any(g => g.Kind == "universal-credit-change"), "universal-credit-change" => !Open.Any(g => g.Kind == "universal-credit"), _ => true };

    public IEnumerable<SelectListItem> Kinds => Gain.Kinds.Where(k => IsFor(k.Key) && (k.Key is "other" or "debt" || !Open.Any(g => g.Kind == k.Key))).Select(k => new SelectListItem(ByWorking(k.Key) is { } worth ? $"{k.Value} ({Year(worth.Low, worth.High)} by the working)" : k.Value, k.Key));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayWrite || !await OpenAsync(cancel)) return NotFound();
        (long Low, long High)? reckoned = string.IsNullOrWhiteSpace(Amount) ? ByWorking(Kind ?? "") : null;
        if (string.IsNullOrEmpty(Kind) || !IsFor(Kind)) ModelState.AddModelError(nameof(Kind), "Choose what they may gain");
        else if (string.IsNullOrWhiteSpace(Amount) && reckoned is null) ModelState.AddModelError(nameof(Amount), "The working has no gain for this: they may get it already. Write what you reckon it is worth more");
        if (Sum() is { } sum) reckoned = (sum.YearPence, sum.YearPence);
        if (!ModelState.IsValid || reckoned is not { } worth) return Page();
        return await DoneAsync(desk.PredictAsync(Who(), Ref, Kind!, worth.Low, worth.High, cancel), "/gains");
    }
}
