using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>Where each district's people can ring or look.</summary>
public sealed class AccessPointsModel(SettingsDesk desk) : StaffPage
{
    protected override string? Area => "settings";

    public IReadOnlyList<AccessPoint> Points { get; private set; } = [];
    public IReadOnlyList<string> WithoutTheirOwn { get; private set; } = [];
    public bool HasCountywide => Points.Any(p => p.Districts.Count == 0);
    public DateOnly Today => LondonTime.DayOf(Now);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Points = (await desk.CurrentAsync(cancel)).AccessPoints;
        WithoutTheirOwn = [.. District.All.Select(d => d.Name).Where(d => !Points.Any(p => p.Districts.Contains(d)))];
    }
}
