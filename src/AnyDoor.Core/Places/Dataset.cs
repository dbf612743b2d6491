namespace AnyDoor.Places;

/// <summary>One version of one publisher's file, as it was loaded: what it is, from whom, under which licence, and when it came. Its rows stand in <see cref="DatasetBlock"/>.</summary>
public sealed class Dataset
{
    public required Guid Id { get; init; }
    /// <summary>What sort of thing its rows are, like <c>postcodes</c> or <c>index</c>: see <see cref="PlaceLayout.Kind"/>.</summary>
    public required string Kind { get; init; }
    /// <summary>What a later file takes the place of, like <c>iod2019-file-7</c>. One dataset of a series is in use at a time.</summary>
    public required string Series { get; init; }
    public required string Title { get; init; }
    public required string Edition { get; init; }
    /// <summary>The year of the areas' boundaries: 2011 or 2021 for neighbourhoods, the ward's or district's own year for those. Null: it has no areas of one year.</summary>
    public int? BoundaryYear { get; init; }
    public required string Source { get; init; }
    /// <summary>An id of <see cref="Licences"/>.</summary>
    public required string Licence { get; init; }
    /// <summary>When the publisher brought it out, where that is known.</summary>
    public DateOnly? Published { get; init; }
    /// <summary>The file's name, without its folder.</summary>
    public required string File { get; init; }
    /// <summary>SHA-256 of the file, so that the same file is loaded once.</summary>
    public required byte[] Fingerprint { get; init; }
    /// <summary>The names of a row's cells, with tabs between them.</summary>
    public required string Columns { get; init; }
    public required int Rows { get; init; }
    public required int Quarantined { get; init; }
    public required DateTime LoadedAt { get; init; }
    /// <summary>All blocks are in. What was cut off before is taken away by the next load of the series.</summary>
    public required bool Complete { get; set; }
    /// <summary>The one of its series that is shown. Loading another switches over whole.</summary>
    public required bool InUse { get; set; }
}

/// <summary>
/// Some of a dataset's rows: those of one district, or the postcodes of one first part. Public reference data is never changed row by row and is read whole
/// into memory, so it is kept as packed text and not as millions of rows (docs/adr/0010).
/// </summary>
public sealed class DatasetBlock
{
    public required Guid DatasetId { get; init; }
    public required string Key { get; init; }
    /// <summary>See <see cref="PackedRows"/>.</summary>
    public required byte[] Content { get; init; }
}

/// <summary>A row of a file that was not taken, and why. At most <see cref="PlaceImport.ProblemsKept"/> of each file are kept; the dataset counts them all.</summary>
public sealed class DatasetProblem
{
    public required Guid DatasetId { get; init; }
    /// <summary>The row's number in the file; its header is row 1.</summary>
    public required int Row { get; init; }
    public required string Column { get; init; }
    public required string Reason { get; init; }
}
