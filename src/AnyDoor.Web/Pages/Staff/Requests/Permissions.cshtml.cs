using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>Who may be told what, for which purpose and how long: asked one organisation and one purpose at a time, withdrawn in one press (R-ISA-02).</summary>
public sealed class PermissionsModel(HubSittings sittings, SettingsDesk settings, SharingDesk sharing, RequestDesk desk) : RequestPage(sittings, settings)
{
    private const string UntilClosed = "closed";
    private const string UntilStop = "stop";

    [BindProperty] public Guid? Organisation { get; set; }
    [BindProperty] public string? WhatFor { get; set; }
    [BindProperty] public string? Said { get; set; }
    [BindProperty] public string? Until { get; set; }
    [BindProperty] public string? How { get; set; }
    /// <summary>Who of the household said it: each grown-up says it for themselves.</summary>
    [BindProperty] public Guid? SaidBy { get; set; }

    /// <summary>The grown-ups who live there, whoever asked first.</summary>
    public IReadOnlyList<MemberView> Adults => [Sitting.Applicant, .. Sitting.Household.Members.Where(m => m.PersonId != Sitting.Applicant.PersonId && m.Role != MemberRole.Child)];

    /// <summary>Whose word a line is; null: whoever asked, or somebody who does not live there any more.</summary>
    public MemberView? By(PermissionLine line) => Sitting.Household.Members.FirstOrDefault(m => m.PersonId == Sitting.Household.Kept(line.PersonId)) is { } member && member.PersonId != Sitting.Applicant.PersonId ? member : null;

    public IReadOnlyList<(Guid Id, string Name)> Organisations { get; private set; } = [];

    /// <summary>The newest of each person, organisation and purpose, by organisation.</summary>
    public IEnumerable<IGrouping<string, PermissionLine>> Standing => Sitting.Permissions.Where(p => Adults.Any(a => a.PersonId == Sitting.Household.Kept(p.PersonId)))
        .GroupBy(p => (p.To, p.WhatFor, Sitting.Household.Kept(p.PersonId))).Select(g => g.First()).GroupBy(p => p.To).OrderBy(g => g.Key, StringComparer.Ordinal);

    /// <summary>Earlier words about the same, when they were other ones.</summary>
    public PermissionLine? Before(PermissionLine line) => Sitting.Permissions.Where(p => p.To == line.To && p.WhatFor == line.WhatFor && Sitting.Household.Kept(p.PersonId) == Sitting.Household.Kept(line.PersonId) && p.Id != line.Id && p.Allowed != line.Allowed).MaxBy(p => p.At);

    public IEnumerable<(string Id, string Words)> Untils
    {
        get
        {
            var today = LondonTime.DayOf(Now);
            yield return (UntilClosed, "When this request is closed");
            yield return (Day(today.AddMonths(3)), LondonTime.LongDay(today.AddMonths(3)));
            yield return (Day(today.AddMonths(6)), LondonTime.LongDay(today.AddMonths(6)));
            yield return (UntilStop, "Until they say stop");
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        (Until, How, SaidBy) = (UntilClosed, "spoken", Sitting.Applicant.PersonId);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("record-permission") || !await LoadAsync(cancel)) return NotFound();
        if (Organisation is not { } organisation || Organisations.All(o => o.Id != organisation)) { ModelState.AddModelError(nameof(Organisation), "Choose the organisation"); organisation = default; }
        if (Said is not ("yes" or "no")) ModelState.AddModelError(nameof(Said), "Say what they said, yes or no. What was not asked is not written down");
        if (string.IsNullOrEmpty(WhatFor)) ModelState.AddModelError(nameof(WhatFor), "Choose what it is for");
        if (Said == "yes" && Untils.All(u => u.Id != Until)) ModelState.AddModelError(nameof(Until), "Choose until when");
        if (Adults.FirstOrDefault(a => a.PersonId == (SaidBy ?? Sitting.Applicant.PersonId)) is not { } who) { ModelState.AddModelError(nameof(SaidBy), "Choose who said it"); return Page(); }
        if (!ModelState.IsValid) return Page();
        var said = new NewPermissionSaid(Sitting.Household.Id, who.PersonId, organisation, WhatFor!, Said == "yes", How ?? "",
            Said == "yes" && DateOnly.TryParseExact(Until, "yyyy-MM-dd", out var day) ? day : null, Said == "yes" && Until == UntilClosed ? Sitting.Request.Id : null);
        var done = await sharing.SayAsync(Who(), said, cancel);
        if (done.Done) return LocalRedirect($"{Back}/permissions#said");
        Refuse(done.Refusal, done.Refusal.Field switch { "whatFor" => nameof(WhatFor), "how" => nameof(How), "until" => nameof(Until), "organisation" => nameof(Organisation), _ => "" });
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid permission, CancellationToken cancel)
    {
        if (!May("record-permission") || !await LoadAsync(cancel)) return NotFound();
        var done = await sharing.WithdrawAsync(Who(), Sitting.Household.HouseholdIds, permission, cancel);
        if (done is { Done: true, Value: true }) return LocalRedirect($"{Back}/permissions#said");
        if (done.Done) return NotFound();
        Refuse(done.Refusal, "");
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("permissions", Purpose.RespondToRequest, cancel)) return false;
        Organisations = await desk.PartnersAsync(cancel);
        return true;
    }

    public static string HowInWords(string how) => how switch { "spoken" => "by phone", "in-person" => "in person", "written" => "in writing", "web-form" => "on the form", Permissions.OwnPage => "on their own page", _ => how };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
