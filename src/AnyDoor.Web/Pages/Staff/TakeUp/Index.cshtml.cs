using AnyDoor.Reporting;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.TakeUp;

/// <summary>The looks for people who are entitled and do not receive.</summary>
public sealed class IndexModel(AnyDoor.Reporting.TakeUp desk) : StaffPage
{
    protected override string? Area => "extracts";

    public IReadOnlyList<TakeUpRun> Runs { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Runs = await desk.RunsAsync(cancel);
}
