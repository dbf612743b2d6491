using AnyDoor.PlaceTeams;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Pages.Staff.Parish;

/// <summary>What the menu says of a clerk's parish: what is due to be confirmed first, and what became of what they posted.</summary>
public sealed class IndexModel(ParishDesk desk, ServiceEdits edits) : StaffPage
{
    protected override string? Area => "parish";

    public ParishArea Parish { get; private set; } = new([]);
    public IReadOnlyList<ParishEntry> Entries { get; private set; } = [];
    /// <summary>New entries of this organisation that wait or were sent back.</summary>
    public IReadOnlyList<EditShown> Posted { get; private set; } = [];
    public int Due => Entries.Count(e => e.Card.Assurance != AssuranceState.Checked);
    public int OwnDue => Entries.Count(e => e.Own && e.Card.Assurance != AssuranceState.Checked);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Parish = await desk.AreaAsync(Worker, cancel);
        Entries = await desk.EntriesAsync(Worker, Parish, Now, cancel);
        Posted = [.. (await edits.ListAsync(Worker.OrganisationId, cancel)).Where(e => e.IsProposal)];
    }
}
