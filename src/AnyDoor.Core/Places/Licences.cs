using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>A licence that a dataset may come under, and the lines to print wherever the dataset shows.</summary>
/// <param name="Confirmed">False: whether it may be published is not known, so nothing under it is shown.</param>
public sealed record Licence(string Id, string Name, string? Url, bool Confirmed, IReadOnlyList<string> Attribution);

/// <summary>The licences we know (<c>Content/places/licences.json</c>).</summary>
public static class Licences
{
    private static readonly Lazy<IReadOnlyDictionary<string, Licence>> Shipped = new(() => ContentFiles.Read<List<Licence>>("places/licences.json").ToDictionary(l => l.Id, StringComparer.Ordinal));

    public static IEnumerable<Licence> All => Shipped.Value.Values;

    public static Licence Of(string id) => Shipped.Value.TryGetValue(id, out var licence) ? licence : Shipped.Value["unconfirmed"];

    /// <summary>What to print where these datasets show: each line once, in their order.</summary>
    public static IReadOnlyList<string> Attribution(IEnumerable<Dataset> shown) => [.. shown.SelectMany(d => Of(d.Licence).Attribution).Distinct(StringComparer.Ordinal)];
}
