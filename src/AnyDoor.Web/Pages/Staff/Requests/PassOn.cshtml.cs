using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.ServiceDirectory;
using AnyDoor.Audit;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>Passes a less urgent need to an organisation, which is told no more than was agreed.</summary>
public sealed class PassOnModel(HubSittings sittings, SettingsDesk settings, RequestDesk desk, MenuDirectory menu) : RequestPage(sittings, settings)
{
    [BindProperty] public string? Organisation { get; set; }
    [BindProperty] public string? Told { get; set; }
    [BindProperty] public bool TheyAgreed { get; set; }
    [BindProperty(SupportsGet = true)] public string? To { get; set; }

    public IReadOnlyList<string> Choices { get; private set; } = [];
    public DateTime AnswerBy => LondonTime.ToUtc(AnswerClock.AddWorkingDays(LondonTime.DayOf(Now), RequestDesk.DaysToAnswer), new TimeOnly(17, 0));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        Told = $"{Sitting.Applicant.FirstName} asked for help with: {string.Join(", ", Sitting.Needs.Select(n => AnyDoor.Web.Staff.Say.Lower(n.Need.Plain)))}. {Sitting.Household.SafeContactStrip}";
        Organisation = menu.Index.Services.FirstOrDefault(s => s.Id == To)?.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("claim-request") || !await LoadAsync(cancel)) return NotFound();
        if (!TheyAgreed) ModelState.AddModelError(nameof(TheyAgreed), "Read it to them first, and tick this when they have agreed");
        if (string.IsNullOrEmpty(Organisation) || !Choices.Contains(Organisation)) ModelState.AddModelError(nameof(Organisation), "Choose the organisation");
        if (!ModelState.IsValid) return Page();
        var partner = (await desk.PartnersAsync(cancel)).FirstOrDefault(p => p.Name == Organisation);
        var done = await desk.PassOnAsync(Who(Purpose.Handover), Ref, new PassOn(partner.Id == Guid.Empty ? null : partner.Id, Organisation!, Told ?? "", [.. Sitting.Needs.Select(n => n.Need.Id)]), cancel);
        if (done.Done) return LocalRedirect(Back + "#agreed");
        Refuse(done.Refusal, done.Refusal.Field switch { "told" => nameof(Told), "organisation" => nameof(Organisation), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("pass-on", Purpose.Handover, cancel) || !Sitting.Request.IsOpen) return false;
        var index = await menu.RefreshAsync(cancel);
        Choices = [.. (await desk.PartnersAsync(cancel)).Select(p => p.Name).Concat(index.Services.Where(s => s.TakesHandovers).Select(s => s.Name)).Distinct().Order(StringComparer.Ordinal)];
        return true;
    }
}
