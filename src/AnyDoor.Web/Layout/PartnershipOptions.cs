namespace AnyDoor.Web.Layout;

/// <summary>A number to ring that every resident page can show.</summary>
/// <param name="Id">Names the texts that go with it: <c>crisis.ID</c> and <c>crisis.ID.whose</c>.</param>
/// <param name="Number">As people read it.</param>
public sealed record CrisisNumber(string Id, string Number);

/// <summary>What a partnership sets about itself.</summary>
public sealed class PartnershipOptions
{
    public string Name { get; init; } = "Demo county partnership";
    public string HubNumber { get; init; } = "0808 157 0123";
    public string HelpDeskNumber { get; init; } = "0808 157 0190";

    /// <summary>Everyone is invented and the pages say so.</summary>
    public bool Demo { get; init; }

    /// <summary>Where "Leave this page quickly" goes.</summary>
    public string LeaveTo { get; init; } = "https://www.bbc.co.uk/weather";

    public IReadOnlyList<CrisisNumber> CrisisNumbers =>
    [
        new("danger", "999"), new("not-safe", "0808 2000 247"), new("no-food", HubNumber),
        new("no-heat", HubNumber), new("losing-home", "0808 800 4444"), new("cannot-cope", "116 123"),
    ];
}
