namespace AnyDoor.Entitlements;

/// <summary>The twelve assessment months of a tax year, from 6 April, gathered where the same rates are in force. Immutable and shared.</summary>
public sealed class AssessmentYear
{
    private AssessmentYear(int startsIn, Period[] months, (Period Period, int Months)[] stretches) => (StartsIn, Months, Stretches) = (startsIn, months, stretches);

    public int StartsIn { get; }
    internal Period[] Months { get; }

    /// <summary>Runs of months with the same rates: the first month of each, and how many there are.</summary>
    internal (Period Period, int Months)[] Stretches { get; }

    internal Period First => Months[0];
    internal Period Last => Months[^1];

    /// <summary>The tax year that began in April of a year, with the rates of each month as they were.</summary>
    /// <exception cref="YearNotKnownException">No rates are held for it.</exception>
    public static AssessmentYear Of(int startsIn, RateBook book) => Of(startsIn, book, m => book.Month(TaxYears.Start(startsIn).AddMonths(m)));

    internal static AssessmentYear Of(int startsIn, RateBook book, Func<int, Period> month)
    {
        _ = book.Month(TaxYears.Start(startsIn));
        Period[] months = [.. Enumerable.Range(0, 12).Select(month)];
        var stretches = new List<(Period, int)>();
        foreach (var p in months)
            if (stretches.Count > 0 && stretches[^1].Item1.SameRates(p)) stretches[^1] = (stretches[^1].Item1, stretches[^1].Item2 + 1);
            else stretches.Add((p, 1));
        return new AssessmentYear(startsIn, months, [.. stretches]);
    }
}
