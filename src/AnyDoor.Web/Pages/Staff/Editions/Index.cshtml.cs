using AnyDoor.Reporting;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Editions;

/// <summary>What can be published, and its newest edition.</summary>
public sealed class IndexModel(AnyDoor.Reporting.Editions editions) : StaffPage
{
    protected override string? Area => "figures";

    public IReadOnlyList<SeriesLine> Series { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Series = await editions.SeriesAsync(cancel);
}
