using AnyDoor.Funds;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>The schemes whose figures can be read.</summary>
public sealed class IndexModel(FundReports reports) : StaffPage
{
    protected override string? Area => "figures";

    public IReadOnlyList<SchemeLine> Schemes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Schemes = [.. (await reports.SchemesAsync(cancel)).OrderByDescending(s => s.Opens)];
}
