namespace AnyDoor.Places;

/// <summary>One loaded file: what it is, from whom, under which licence, and when it came.</summary>
public sealed class Dataset
{
    public required Guid Id { get; init; }
    /// <summary>Like <c>postcodes</c>.</summary>
    public required string Kind { get; init; }
    public required string Edition { get; init; }
    public required string Source { get; init; }
    public required string Licence { get; init; }
    /// <summary>SHA-256 of the file, so that the same file is loaded once.</summary>
    public required byte[] Fingerprint { get; init; }
    public required int Rows { get; init; }
    public required int Quarantined { get; init; }
    public required DateTime LoadedAt { get; init; }
    /// <summary>The dataset in use for its kind. Loading another switches over whole.</summary>
    public required bool InUse { get; set; }
}

/// <summary>Where a postcode is. Codes are the publisher's (ONS GSS).</summary>
public sealed class PostcodeRow
{
    public required Guid DatasetId { get; init; }
    public required string Postcode { get; init; }
    public required double Latitude { get; init; }
    public required double Longitude { get; init; }
    public required string District { get; init; }
    public string? Lsoa11 { get; init; }
    public string? Lsoa21 { get; init; }
    public string? Ward19 { get; init; }
    public string? Ward24 { get; init; }
    public DateOnly? TerminatedOn { get; init; }
}

/// <summary>A district or unitary council's area, and the authority that holds the funds there.</summary>
/// <param name="Code">ONS code, like <c>E07000010</c>.</param>
/// <param name="Name">As the papers print it, like <c>Fenland</c> or <c>Cambridge City</c>.</param>
/// <param name="Authority">The upper-tier or unitary council in full, as scheme files name it.</param>
/// <param name="AuthorityShort">Like <c>Cambridgeshire</c>.</param>
public sealed record District(string Code, string Name, string Authority, string AuthorityShort)
{
    private static readonly Lazy<IReadOnlyList<District>> Shipped = new(() => Common.ContentFiles.Read<List<District>>("places/districts.json"));

    /// <summary>In the order the papers print them.</summary>
    public static IReadOnlyList<District> All => Shipped.Value;

    public static District? Find(string? code) => code is null ? null : All.FirstOrDefault(d => d.Code == code);
}
