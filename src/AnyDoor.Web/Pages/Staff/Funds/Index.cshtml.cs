using AnyDoor.Funds;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Funds;

/// <summary>Who pays, for which dates, for what kind of help, and what is left.</summary>
public sealed class IndexModel(FundReports reports) : StaffPage
{
    protected override string? Area => "funds";

    public IReadOnlyList<RoundFigures> Rounds { get; private set; } = [];
    public IReadOnlyDictionary<string, SchemeLine> Schemes { get; private set; } = new Dictionary<string, SchemeLine>();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Rounds = [.. (await reports.RoundsAsync(cancel)).OrderByDescending(r => r.Opens)];
        Schemes = (await reports.SchemesAsync(cancel)).ToDictionary(s => s.Id);
    }
}
