namespace AnyDoor.Places;

/// <summary>A district or unitary council's area, and the authority that holds the funds there.</summary>
/// <param name="Code">ONS code, like <c>E07000010</c>.</param>
/// <param name="Name">As the papers print it, like <c>Fenland</c> or <c>Cambridge City</c>.</param>
/// <param name="Authority">The upper-tier or unitary council in full, as scheme files name it.</param>
/// <param name="AuthorityShort">Like <c>Cambridgeshire</c>.</param>
/// <param name="Neighbourhoods">How many LSOAs of 2011 it has: a local rank is given only where all of them are loaded.</param>
public sealed record District(string Code, string Name, string Authority, string AuthorityShort, int Neighbourhoods)
{
    private static readonly Lazy<IReadOnlyList<District>> Shipped = new(() => Common.ContentFiles.Read<List<District>>("places/districts.json"));

    /// <summary>In the order the papers print them.</summary>
    public static IReadOnlyList<District> All => Shipped.Value;

    public static District? Find(string? code) => code is null ? null : All.FirstOrDefault(d => d.Code == code);
}
