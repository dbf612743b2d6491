namespace AnyDoor.Web.Layout;

/// <summary>What holds for the whole installation, whatever the partnership's settings say.</summary>
public sealed class PartnershipOptions
{
    /// <summary>Everyone is invented and the pages say so.</summary>
    public bool Demo { get; init; }

    /// <summary>Where "Leave this page quickly" goes.</summary>
    public string LeaveTo { get; init; } = "https://www.bbc.co.uk/weather";
}
