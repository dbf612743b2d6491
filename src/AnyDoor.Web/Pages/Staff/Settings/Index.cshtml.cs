using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>What the partnership sets about itself: what is missing, what is due for a check, and each part with who changed it last.</summary>
public sealed class OverviewModel(SettingsDesk desk) : StaffPage
{
    protected override string? Area => "settings";

    [BindProperty(SupportsGet = true)] public string? Saved { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }

    public PartnershipSettings Settings { get; private set; } = null!;
    public IReadOnlyList<(string Key, string Href, string Says, SettingPart Part)> Parts { get; private set; } = [];
    public IReadOnlyList<ReviewDue> Overdue { get; private set; } = [];
    public PartnershipPicture? Logo { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Settings = await desk.CurrentAsync(cancel);
        Overdue = Settings.Overdue(LondonTime.DayOf(Now));
        if (Guid.TryParse(Settings.Partnership.Logo, out var logo)) Logo = await desk.PictureAsync(logo, cancel);
        var parts = new List<(string, string, string, SettingPart)>();
        foreach (var (key, page, says) in new[]
        {
            ("partnership", "partnership", $"{Settings.Partnership.Name ?? "No name yet"}, {Settings.Partnership.Telephone ?? "no telephone yet"}"),
            ("crisis_numbers", "numbers", $"{Say.Count(Settings.CrisisNumbers.Count, "number")}, {Settings.CrisisNumbers.Count(n => n.Owner is not null)} with an owner"),
            ("hours", "hours", $"Somebody answers on {Say.Count(Settings.Hours.Telephone.SelectMany(h => h.Days).Distinct().Count(), "day")} a week"),
            ("access_points", "access-points", Say.Count(Settings.AccessPoints.Count, "access point")),
            ("texts", "texts", Say.Count(Settings.Texts.Messages.Count, "message")),
            ("notices", "notices", $"{Say.Count(Notices.Doors.Count, "door")}, {Settings.Notices?.Privacy.Count(p => p.Words.Count > 0) ?? 0} with words of your own"),
        })
            parts.Add((key, "/staff/settings/" + page, says, await desk.FindAsync(key, cancel)));
        Parts = parts;
    }

    public static string PageOf(string key) => key switch { "crisis_numbers" => "/staff/settings/numbers/", "access_points" => "/staff/settings/access-points/", _ => "/staff/settings/" };
}
