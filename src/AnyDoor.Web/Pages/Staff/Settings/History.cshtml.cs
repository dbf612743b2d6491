using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>Who changed what in a part of the settings, and when. What has not begun can be taken back.</summary>
public sealed class HistoryModel(SettingsDesk desk) : StaffPage
{
    protected override string? Area => "settings";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    public IReadOnlyList<SettingVersion> Versions { get; private set; } = [];
    public DateOnly Today => LondonTime.DayOf(Now);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!PartnershipSettings.Keys.Contains(Id)) return NotFound();
        Versions = await desk.HistoryAsync(Id, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostTakeBackAsync(DateOnly starts, CancellationToken cancel)
    {
        if (!May("edit-settings") || !PartnershipSettings.Keys.Contains(Id)) return NotFound();
        var done = await desk.TakeBackAsync(Id, starts, Who(Purpose.Assurance), cancel);
        if (done.Done) return LocalRedirect($"/staff/settings/history/{Id}");
        Refuse(done.Refusal, "");
        return await OnGetAsync(cancel);
    }

    /// <summary>A path as people read it: <c>Gas: review on</c>.</summary>
    public static string Words(string path) => string.Join(": ", path.Split('/').Select(word => Say.Upper(word.Replace('_', ' ').Replace('-', ' '))));
}
