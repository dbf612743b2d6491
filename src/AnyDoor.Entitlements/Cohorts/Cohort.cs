using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements.Cohorts;

/// <summary>What a household comes to in a tax year, pence: the six figures of a cohort.</summary>
public struct CohortRow
{
    public int UniversalCredit, ChildBenefit, IncomeTax, NationalInsurance, PensionCredit, CapReduction;
}

/// <summary>Many households over one tax year, by the same rules as one: circumstances stay as they are, birthdays and changes of rates count in their month. Nothing is allocated for a household.</summary>
public static class Cohort
{
    private const int Chunk = 4096;

    /// <summary>Fills a row for each household, on as many processors as there are (or fewer).</summary>
    /// <exception cref="RateNotKnownException">A rate that a household needs is not enacted for the year.</exception>
    public static void Run(ReadOnlyMemory<PackedHousehold> households, AssessmentYear year, Memory<CohortRow> rows, int processors = 0, CancellationToken cancel = default)
    {
        if (rows.Length < households.Length) throw new ArgumentException("There must be a row for each household.", nameof(rows));
        var threads = processors > 0 ? processors : Environment.ProcessorCount;
        var next = -1;
        RateNotKnownException? missing = null;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, _ =>
        {
            for (int chunk; (chunk = Interlocked.Increment(ref next)) * (long)Chunk < households.Length && missing is null && !cancel.IsCancellationRequested;)
            {
                var from = chunk * Chunk;
                var length = Math.Min(Chunk, households.Length - from);
                try
                {
                    Run(households.Span.Slice(from, length), year, rows.Span.Slice(from, length));
                }
                catch (RateNotKnownException e)
                {
                    missing = e;
                }
            }
        });
        cancel.ThrowIfCancellationRequested();
        if (missing is not null) throw missing;
    }

    /// <summary>The same on this thread.</summary>
    public static void Run(ReadOnlySpan<PackedHousehold> households, AssessmentYear year, Span<CohortRow> rows)
    {
        YearFigures y = default;
        for (var i = 0; i < households.Length; i++)
        {
            WholeYear.Run(households[i], year, ref y);
            rows[i] = new CohortRow { UniversalCredit = (int)y.UniversalCredit, ChildBenefit = (int)y.ChildBenefit, IncomeTax = (int)y.IncomeTax, NationalInsurance = (int)y.NationalInsurance, PensionCredit = (int)y.PensionCredit, CapReduction = (int)y.CapReduction };
        }
    }
}
