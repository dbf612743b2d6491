namespace AnyDoor.Places;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class PlacesEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["places.dataset-in-use"] = "A set of places put into use",
        ["places.dataset-rolled-back"] = "A set of places taken out of use",
    };
}
