using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>Every number to ring now, with who checks it and when next.</summary>
public sealed class NumbersModel(SettingsDesk desk) : StaffPage
{
    protected override string? Area => "settings";

    public IReadOnlyList<CrisisNumber> Numbers { get; private set; } = [];
    public DateOnly Today => LondonTime.DayOf(Now);

    public async Task OnGetAsync(CancellationToken cancel) => Numbers = (await desk.CurrentAsync(cancel)).CrisisNumbers;
}
