using System.Security.Cryptography;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.ServiceDirectory;
using AnyDoor.Audit;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>Passes a less urgent need, or the whole request, to an organisation, which is told no more than was agreed (R-HUB-03).</summary>
public sealed class PassOnModel(HubSittings sittings, SettingsDesk settings, RequestDesk desk, MenuDirectory menu) : RequestPage(sittings, settings)
{
    public const string Everything = "everything";

    /// <summary>Need ids, or <see cref="Everything"/>.</summary>
    [BindProperty] public List<string> What { get; set; } = [];
    [BindProperty] public string? Organisation { get; set; }
    [BindProperty] public string? Told { get; set; }
    [BindProperty] public bool TheyAgreed { get; set; }
    [BindProperty] public Guid FormKey { get; set; }
    [BindProperty(SupportsGet = true)] public string? To { get; set; }

    public IReadOnlyList<string> Choices { get; private set; } = [];
    public DateTime AnswerBy => LondonTime.ToUtc(AnswerClock.AddWorkingDays(LondonTime.DayOf(Now), RequestDesk.DaysToAnswer), new TimeOnly(17, 0));

    /// <summary>Whom they said no about. What they say now is written down before anything is passed on.</summary>
    public IEnumerable<AnyDoor.Sharing.PermissionLine> Nos => Sitting.Permissions.Where(p => Sitting.Household.Kept(p.PersonId) == Sitting.Applicant.PersonId)
        .GroupBy(p => (p.To, p.WhatFor)).Select(g => g.First()).Where(p => !p.Allowed || p.WithdrawnAt is not null);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var service = menu.Index.Services.FirstOrDefault(s => s.Id == To);
        Organisation = service?.Name;
        // What this organisation helps with; otherwise the worker says.
        What = service is null ? [] : [.. Sitting.Needs.Select(n => n.Need.Id).Where(service.Needs.Contains)];
        Told = $"Somebody would like your help{(What.Count > 0 ? $" with {NeedWords(What)}" : "")}.";
        FormKey = Guid.NewGuid();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("claim-request") || !await LoadAsync(cancel)) return NotFound();
        var known = Sitting.Needs.Select(n => n.Need.Id).ToList();
        var whole = What.Contains(Everything);
        var needs = whole ? known : [.. What.Where(known.Contains)];
        if (needs.Count == 0 && !whole) ModelState.AddModelError(nameof(What), "Choose what they help with");
        if (!TheyAgreed) ModelState.AddModelError(nameof(TheyAgreed), "Read it to them first, and tick this when they have agreed");
        if (string.IsNullOrEmpty(Organisation) || !Choices.Contains(Organisation)) ModelState.AddModelError(nameof(Organisation), "Choose the organisation");
        if (!ModelState.IsValid) return Page();
        var partner = (await desk.PartnersAsync(cancel)).FirstOrDefault(p => p.Name == Organisation);
        var content = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Ref, Organisation, Told, What }));
        var done = await desk.PassOnAsync(Who(Purpose.Handover), Ref, new PassOn(partner.Id == Guid.Empty ? null : partner.Id, Organisation!, Told ?? "", needs, whole), cancel, new Once($"pass-on:{Worker.WorkerId}", FormKey.ToString("N"), content));
        if (done.Done) return LocalRedirect(Back + "#agreed");
        Refuse(done.Refusal, done.Refusal.Field switch { "told" => nameof(Told), "organisation" => nameof(Organisation), "needs" => nameof(What), _ => "" });
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
