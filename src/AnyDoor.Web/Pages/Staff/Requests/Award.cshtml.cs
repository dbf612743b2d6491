using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>One award: the rule, the sum, the reason, what it does to the fund; and then the letter, once.</summary>
public sealed class AwardModel(HubSittings sittings, SettingsDesk settings, AwardService awards, AwardDesk desk, RequestDesk requests) : RequestPage(sittings, settings)
{
    [BindProperty(SupportsGet = true)] public string Type { get; set; } = "";
    [BindProperty(SupportsGet = true, Name = "scheme")] public string SchemeId { get; set; } = "";
    [BindProperty] public string? Amount { get; set; }
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public string? RecentHelpReason { get; set; }
    /// <summary>Makes pressing twice award once.</summary>
    [BindProperty] public string? Key { get; set; }

    public AwardCandidate Candidate { get; private set; } = null!;
    public SchemeDefinition Scheme { get; private set; } = null!;
    public Money Left { get; private set; }
    public Awarded? Done { get; private set; }
    public Money DoneAmount { get; private set; }
    /// <summary>Help of the same kind lately: its words, when a reason is needed.</summary>
    public string? Notice { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("award") || !await LoadAsync(cancel)) return NotFound();
        Amount = Candidate.Amount is { } amount ? Plain(amount) : null;
        Key = Guid.NewGuid().ToString("N");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("award") || !await LoadAsync(cancel)) return NotFound();
        if (Sitting.AwardWaits is { } wait) { Refuse(new Refusal(AwardService.NotEligible, wait)); return Page(); }
        var amount = Read(Amount);
        if (amount is null) ModelState.AddModelError(nameof(Amount), "Write an amount in pounds and pence that is more than zero, like 49.00");
        if (string.IsNullOrWhiteSpace(Reason) || Reason.Trim().Length < 5) ModelState.AddModelError(nameof(Reason), "Say why, in a sentence");
        if (Reason is { Length: > 1000 }) ModelState.AddModelError(nameof(Reason), "Use 1,000 letters or fewer");
        if (string.IsNullOrEmpty(Key) || Key.Length > 64) return BadRequest();
        if (!ModelState.IsValid) return Page();

        var ask = new AwardAsk
        {
            HouseholdId = Sitting.Household.Id, RequestId = Sitting.Request.Id, SchemeId = SchemeId, AwardType = Type, AmountPence = amount!.Value, Reason = Reason!.Trim(), RecentHelpReason = RecentHelpReason?.Trim(), Facts = Sitting.Facts,
        };
        var content = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Sitting.Request.Reference, SchemeId, Type, amount, ask.Reason, ask.RecentHelpReason)));
        var made = await awards.AwardAsync(Who(Purpose.AwardAndPay) with { Door = Sitting.Request.DoorId }, ask, cancel, new Once($"desk-award:{Worker.WorkerId}", Key, content));
        if (made.Done)
        {
            if (Sitting.Request.IsHeldBy(Worker.WorkerId, Now)) await requests.ClaimAsync(Who(), Ref, cancel);
            (Done, DoneAmount) = (made.Value, new Money(amount.Value));
            return Page();
        }
        // What asks for a reason stands beside it; where it is refused for good nothing says that it could be given.
        Notice = made.Refusal.Code == AwardService.RecentHelpReasonNeeded ? made.Refusal.Sentence : made.Refusal.Field is null ? null : Notice;
        Refuse(made.Refusal, made.Refusal.Field switch { "amount_pence" => nameof(Amount), "recent_help_reason" => nameof(RecentHelpReason), _ => "" });
        return Page();
    }

    /// <summary>A new code for a letter that was lost: the old one stops working.</summary>
    public async Task<IActionResult> OnPostReprintAsync(string award, CancellationToken cancel)
    {
        if (!May("award") || !await LoadAsync(cancel) || !Reference.TryParse(award, out var reference) || Sitting.Awards.FirstOrDefault(a => a.Reference == reference) is not { } line) return NotFound();
        var printed = await desk.ReprintAsync(Who(Purpose.AwardAndPay), reference, cancel);
        if (!printed.Done) { Refuse(printed.Refusal); return Page(); }
        (Done, DoneAmount) = (printed.Value, line.Amount);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("award", Purpose.AwardAndPay, cancel)) return false;
        if (Sitting.Candidates.FirstOrDefault(c => c.AwardType == Type && (SchemeId.Length == 0 || c.SchemeId == SchemeId)) is not { } candidate) return false;
        (Candidate, SchemeId) = (candidate, candidate.SchemeId);
        (Scheme, Left) = Sitting.Schemes[candidate.SchemeId];
        Notice = Sitting.Household.Notices.Count > 0 ? null : candidate.RecentHelp;
        return true;
    }

    private static string Plain(Money money) => (money.Pence / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private static long? Read(string? typed)
    {
        var plain = (typed ?? "").Replace("£", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Trim();
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pounds) && pounds is > 0 and < 1_000_000 && decimal.Round(pounds, 2) == pounds ? (long)(pounds * 100) : null;
    }
}
