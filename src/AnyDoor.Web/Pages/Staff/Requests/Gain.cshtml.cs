using AnyDoor.Common;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>One thing they may gain, and the next step of it.</summary>
public sealed class GainModel(HubSittings sittings, SettingsDesk settings, GainDesk desk) : GainPage(sittings, settings)
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public DateAnswer On { get; set; } = new();
    [BindProperty] public DateAnswer From { get; set; } = new();
    [BindProperty] public string? Backdated { get; set; }
    [BindProperty] public SeenAs? Seen { get; set; }
    [BindProperty] public NotGainedWhy? Why { get; set; }

    public Gain Gain { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await FindAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostClaimAsync(CancellationToken cancel)
    {
        if (!MayWrite || !await FindAsync(cancel)) return NotFound();
        if (Day(nameof(On), On, "Write the day the claim was made, like 24 11 2026") is not { } on) return Page();
        return await DoneAsync(desk.ClaimAsync(Who(), Ref, Id, on, cancel), "/gains");
    }

    public async Task<IActionResult> OnPostAwardAsync(CancellationToken cancel)
    {
        if (!MayWrite || !await FindAsync(cancel)) return NotFound();
        var once = Money.Zero;
        if (!string.IsNullOrWhiteSpace(Backdated) && !Money.TryParse(Backdated, out once)) ModelState.AddModelError(nameof(Backdated), "Write pounds, like 120 or 120.50");
        if (string.IsNullOrWhiteSpace(Amount) && once == Money.Zero) ModelState.AddModelError(nameof(Amount), "Write what is paid, like 21.50");
        var sum = Sum() ?? new RegularSum(0, PaidEvery.Year);
        if (Day(nameof(From), From, "Write the day it is paid from, like 24 11 2026") is not { } from || !ModelState.IsValid) return Page();
        return await DoneAsync(desk.AwardAsync(Who(), Ref, Id, sum, from, once.Pence, cancel), "/gains");
    }

    public async Task<IActionResult> OnPostConfirmAsync(CancellationToken cancel)
    {
        if (!MayWrite || !await FindAsync(cancel)) return NotFound();
        if (Seen is not { } seen) { ModelState.AddModelError(nameof(Seen), "Choose what was seen"); return Page(); }
        return await DoneAsync(desk.ConfirmAsync(Who(), Ref, Id, seen, cancel), "/gains");
    }

    public async Task<IActionResult> OnPostUnconfirmAsync(CancellationToken cancel) => MayWrite && await FindAsync(cancel) ? await DoneAsync(desk.UnconfirmAsync(Who(), Ref, Id, cancel), "/gains") : NotFound();

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancel)
    {
        if (!MayWrite || !await FindAsync(cancel)) return NotFound();
        if (Why is not { } why) { ModelState.AddModelError(nameof(Why), "Choose why it came to nothing"); return Page(); }
        return await DoneAsync(desk.EndAsync(Who(), Ref, Id, why, cancel), "/gains");
    }

    private async Task<bool> FindAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel) || Sitting.Gains.FirstOrDefault(g => g.Id == Id && g.EndedAt is null) is not { } found) return false;
        Gain = found;
        return true;
    }

    private DateOnly? Day(string field, DateAnswer typed, string otherwise)
    {
        if (typed.Read(out var day) == DateProblem.None) return day;
        ModelState.AddModelError(field, otherwise);
        return null;
    }
}
