using AnyDoor.Requests;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Imports;

/// <summary>The files that were loaded.</summary>
public sealed class IndexModel(ImportReports reports) : StaffPage
{
    protected override string? Area => "imports";

    public bool MayLoad => May("import-requests");
    public IReadOnlyList<ImportCounts> Imports { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Imports = await reports.ListAsync(cancel);
}
