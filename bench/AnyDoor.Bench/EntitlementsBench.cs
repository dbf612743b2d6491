using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AnyDoor.Entitlements;
using AnyDoor.Entitlements.Cohorts;
using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Bench;

/// <summary>One household-month with and without its working; and a million households over a tax year beside a bare pass over the same packed records.</summary>
public static class EntitlementsBench
{
    private const int Households = 1_000_000, Times = 5;
    private static readonly DateOnly May = new(2026, 5, 6);

    public static void Run(Report report)
    {
        report.Title("Entitlements: one household-month");
        OneHousehold(report);
        report.Title($"Entitlements: a cohort of {Households:N0} households, one tax year, six figures, {Environment.ProcessorCount} processors");
        OfCohort(report);
    }

    private static void OneHousehold(Report report)
    {
        var family = Family();
        var explained = Microseconds(5_000, () => Engine.Official.Month(family, May).Statements.Length);
        report.Judge($"explained, every benefit with its working and what would change it: {Micro(explained)}, at most 100", explained < 100);

        var period = RateBook.Official.Month(May);
        var packed = Packing.Pack(family, period);
        var plain = Microseconds(200_000, () =>
        {
            var quiet = default(NoTrace);
            MonthFigures f = default;
            var (one, two) = (Whole.TaxOf(packed.Claimant, period), Whole.TaxOf(packed.Partner, period));
            Whole.Month(packed, one, two, Whole.PayOf(packed.Claimant, one, period), Whole.PayOf(packed.Partner, two, period), 0, period, ref f, ref quiet);
            return (int)f.UniversalCredit;
        });
        report.Judge($"without: {Micro(plain)}, at most 2", plain < 2);
    }

    private static string Micro(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + " µs";

    private static double Microseconds(int times, Func<int> work)
    {
        var sum = 0L;
        for (var i = 0; i < 2 * times; i++) sum += work(); // until the compiler has done its best
        var rounds = new double[Times];
        for (var r = 0; r < Times; r++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < times; i++) sum += work();
            rounds[r] = clock.Elapsed.TotalMicroseconds / times;
        }
        return sum == long.MinValue ? 0 : Report.Median(rounds);
    }

    private static void OfCohort(Report report)
    {
        var text = Csv(100_000);
        var reading = Stopwatch.StartNew();
        var data = CohortFile.Read(new StringReader(text));
        var readSeconds = reading.Elapsed.TotalSeconds * Households / data.Packed.Length;
        if (data.Refused.Count > 0) throw new InvalidOperationException($"Row {data.Refused[0].Row}: {data.Refused[0].Reason}");

        var packed = new PackedHousehold[Households];
        for (var i = 0; i < packed.Length; i++) packed[i] = data.Packed.Span[i % data.Packed.Length];
        var rows = new CohortRow[Households];
        var year = AssessmentYear.Of(2026, RateBook.Official);
        Cohort.Run(packed.AsMemory(0, 20_000), year, rows);

        GC.Collect();
        var (before, allocated) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetTotalAllocatedBytes(precise: true));
        var (seconds, bare, cpu) = (new double[Times], new double[Times], TimeSpan.Zero);
        for (var r = 0; r < Times; r++)
        {
            var (clock, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            Cohort.Run(packed, year, rows);
            seconds[r] = clock.Elapsed.TotalSeconds;
            cpu += Environment.CpuUsage.TotalTime - used;
            clock.Restart();
            Bare(packed);
            bare[r] = clock.Elapsed.TotalSeconds;
        }
        var (each, pass) = (Report.Median(seconds), Report.Median(bare));
        var made = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)(Times * Households);
        var beyond = (Math.Max(0, GC.GetTotalMemory(forceFullCollection: false) - before) + (long)rows.Length * Marshal.SizeOf<CohortRow>()) / 1048576.0;
        string F(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

        report.Judge($"{F(each, "0.000")} s, at most 1.0: {F(Households / each, "#,0")} household-years a second", each <= 1.0);
        report.Judge($"{F(made, "0.000")} bytes allocated for a household, none", made < 0.1);
        report.Judge($"{F(beyond, "0")} MB beyond the packed input of {F((double)packed.Length * Marshal.SizeOf<PackedHousehold>() / 1048576, "0")} MB (the rows of results), at most 300", beyond <= 300);
        report.Line($"{F(cpu.TotalSeconds / Times, "0.000")} s of processor time: what the wall would say on {Environment.ProcessorCount} processors of one’s own is {F(cpu.TotalSeconds / Times / Environment.ProcessorCount, "0.000")} s");
        report.Line($"a bare pass over the same packed records: {F(pass, "0.000")} s; ratio {F(each / pass, "0.0")}");
        report.Line($"reading and packing them from CSV on one processor: {F(readSeconds, "0.0")} s, {F(100 * readSeconds / (readSeconds + each), "0")}% of the whole");
    }

    /// <summary>Reads every byte, on every processor, and does nothing with it.</summary>
    private static long Bare(PackedHousehold[] packed)
    {
        var (threads, sum) = (Environment.ProcessorCount, 0L);
        Parallel.For(0, threads, t =>
        {
            var part = packed.AsSpan(packed.Length / threads * t, packed.Length / threads);
            var own = 0L;
            foreach (var word in MemoryMarshal.Cast<PackedHousehold, int>(part)) own += word;
            Interlocked.Add(ref sum, own);
        });
        return sum;
    }

    private static Situation Family() => new()
    {
        People =
        [
            new Person { Id = "leanne", Role = Role.Claimant, DateOfBirth = new DateOnly(1990, 2, 3) },
            new Person { Id = "darren", Role = Role.Partner, DateOfBirth = new DateOnly(1988, 7, 9), PayYear = 13_218_40 },
            new Person { Id = "first", Role = Role.Child, DateOfBirth = new DateOnly(2015, 5, 1) },
            new Person { Id = "second", Role = Role.Child, DateOfBirth = new DateOnly(2017, 9, 1) },
            new Person { Id = "third", Role = Role.Child, DateOfBirth = new DateOnly(2019, 9, 1) },
        ],
        Home = new Home { Tenure = Tenure.HousingAssociationTenant, RentYear = 6_500_00 },
    };

    /// <summary>Invented households of every kind: a fifth of pension age, half with children, a tenth self-employed.</summary>
    private static string Csv(int rows)
    {
        var random = new Random(20261129);
        var text = new StringBuilder("reference,place,district,region,tenure,rent_annual,lha_weekly_rate,savings,council_tax_annual,childcare_annual,children_born,adult1_born,adult1_sex,adult1_pay,adult1_profit,adult1_private_pension,adult1_state_pension,adult1_disability,adult1_lcwra,adult1_carer,adult2_born,adult2_pay\n");
        string[] tenures = ["RENT_FROM_COUNCIL", "RENT_FROM_HA", "RENT_PRIVATELY", "OWNED_WITH_MORTGAGE", "OWNED_OUTRIGHT"];
        for (var i = 0; i < rows; i++)
        {
            var (old, couple, children) = (random.Next(5) == 0, random.Next(2) == 0, random.Next(2) * random.Next(1, 5));
            string Born(int from, int to) => new DateOnly(random.Next(from, to), random.Next(1, 13), random.Next(1, 29)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            int Pay() => random.Next(3) == 0 ? 0 : random.Next(2_000, 60_000);
            var self = random.Next(10) == 0;
            text.AppendJoin(',', $"R{i}", $"Place {i % 40}", $"District {i % 5}", i % 8 == 0 ? "LONDON" : "EAST_OF_ENGLAND", tenures[random.Next(5)], random.Next(4_000, 16_000), random.Next(90, 320), random.Next(4) == 0 ? random.Next(30_000) : 0, random.Next(1_100, 2_600),
                children > 0 && random.Next(3) == 0 ? random.Next(12_000) : 0, old ? "" : string.Join(' ', Enumerable.Range(0, children).Select(_ => Born(2008, 2026))),
                old ? Born(1935, 1958) : Born(1965, 2006), random.Next(2) == 0 ? "F" : "M", old || self ? 0 : Pay(), self && !old ? random.Next(30_000) : 0, old ? random.Next(9_000) : 0, old ? random.Next(5_000, 12_000) : 0,
                random.Next(10) == 0 ? "care" : "", random.Next(12) == 0 ? "yes" : "", random.Next(15) == 0 ? "yes" : "", couple ? old ? Born(1935, 1958) : Born(1965, 2006) : "", couple && !old ? Pay() : "").Append('\n');
        }
        return text.ToString();
    }
}
