using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>A measure of poverty. It is named wherever a figure of it stands (R-PLC-07).</summary>
public sealed record PovertyMeasure(string Id, string Name, string Brief, string Words, string Caveat);

/// <summary>A fact about the nation, with its year, where it is from and what must be said with it (R-PLC-08).</summary>
/// <param name="Year">Of what, <paramref name="YearOf"/> says.</param>
/// <param name="YearOf"><c>figure</c>: the year that the figure is of; <c>print</c>: the figure's own year is not stated, and this is when it was printed.</param>
public sealed record NationalFact(string What, string Figure, string Year, string Source, string Caveat, string YearOf = "print")
{
    public string YearInWords => YearOf == "figure" ? $"Year of the figure: {Year}" : $"Printed in {Year}; the figure’s own year is not stated";
}

/// <summary>Dated data (<c>Content/national-facts.json</c>).</summary>
public sealed record NationalFacts(string Owner, string Source, DateOnly Starts, IReadOnlyList<PovertyMeasure> Measures, string MeasuresSource, IReadOnlyList<NationalFact> Facts)
{
    private static readonly Lazy<NationalFacts> Shipped = new(() => ContentFiles.Read<NationalFacts>("national-facts.json"));

    public static NationalFacts Current => Shipped.Value;

    /// <summary>The line of relative poverty: three fifths of the median.</summary>
    /// <param name="median">Pence a week, of the measure's own median: before or after housing costs.</param>
    /// <returns>Pence a week.</returns>
    public static long Threshold(long median) => median * 60 / 100;
}
