using System.Globalization;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Entitlements;
using AnyDoor.Entitlements.Cohorts;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>One look for people who are entitled and do not receive: a file of households by the sender's own references, worked out by the rules of a tax year.</summary>
public sealed class TakeUpRun
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    /// <summary>The agreement or law that lets the file be used for this.</summary>
    public required string Basis { get; init; }
    public required string TaxYear { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }
    /// <summary>JSON of <see cref="TakeUpFound"/>: counts, no reference.</summary>
    public required string Found { get; init; }
    /// <summary>Who helps those that are written to, where it is somebody else: like a provider of a course or a claims service.</summary>
    public string? Provider { get; init; }
    /// <summary>Until this day a household may say no, and nobody is enrolled (R-FSM-07).</summary>
    public required DateOnly OptOutBy { get; init; }
}

/// <summary>One household to write to, by the sender's own reference: everything it could claim in one letter, and what came of it.</summary>
public sealed class TakeUpLetter
{
    public required Guid Id { get; init; }
    public required Guid RunId { get; init; }
    public required string Reference { get; init; }
    public required string District { get; init; }
    public required string Place { get; init; }
    public required Received Benefits { get; init; }
    /// <summary>Pence a year, worked out.</summary>
    public required long WorthYear { get; init; }
    /// <summary>Why it is likely, from the file alone.</summary>
    public required string Why { get; init; }
    public DateOnly? WrittenOn { get; set; }
    /// <summary>Said no: nothing more is done for this household.</summary>
    public DateOnly? OptedOutOn { get; set; }
    public DateOnly? StartedOn { get; set; }
    public DateOnly? FinishedOn { get; set; }
    /// <summary>Began and did not go on.</summary>
    public DateOnly? DroppedOn { get; set; }
    public DateOnly? ClaimedOn { get; set; }
    /// <summary>Pence a year, awarded. Nothing is awarded until somebody says so.</summary>
    public long? AwardedYear { get; set; }
}

/// <summary>What was found, as it is kept and shown: counts and sums of pence a year.</summary>
/// <param name="ScenarioSays">What the scenario changes, each in a few words.</param>
/// <param name="NotRead">Columns of the file that made no difference, as its heading calls them.</param>
public sealed record TakeUpFound(long Rows, int Refused, int Letters, IReadOnlyList<TakeUpLine> Lines, IReadOnlyList<ScenarioLine>? Scenario, string? ScenarioName, IReadOnlyList<string>? ScenarioSays = null, IReadOnlyList<string>? Schemes = null, IReadOnlyList<string>? NotRead = null)
{
    /// <summary>A count as anybody is shown it: to the nearest five, null for fewer than five. None is none.</summary>
    public static int? Shown(int households) => households == 0 ? 0 : households < SmallNumbers.Fewest ? null : SmallNumbers.Round(households);

    /// <summary>A sum of so many households, pence, to the nearest hundred pounds; null for fewer than five, and where there is no sum.</summary>
    public static long? Shown(int households, long pence) => households < SmallNumbers.Fewest || pence == 0 ? null : (pence + 50_00) / 100_00 * 100_00;
}

/// <summary>What came of the letters of a run, in one place or in all (R-INC-06): invited, said no, started, finished, dropped out, claimed, gained. Pence a year.</summary>
public sealed record TakeUpCame(string Place, int Letters, int Written, int OptedOut, int Started, int Finished, int Dropped, int Claimed, int Awarded, long AwardedYear)
{
    /// <summary>All places together.</summary>
    public static TakeUpCame Of(IReadOnlyList<TakeUpCame> places) => new("", places.Sum(p => p.Letters), places.Sum(p => p.Written), places.Sum(p => p.OptedOut), places.Sum(p => p.Started), places.Sum(p => p.Finished), places.Sum(p => p.Dropped), places.Sum(p => p.Claimed), places.Sum(p => p.Awarded), places.Sum(p => p.AwardedYear));
}

/// <summary>What became of a file of outcomes.</summary>
public sealed record OutcomesRead(int Rows, int Taken, IReadOnlyList<RefusedRow> Refused);

/// <summary>
/// Take-up: who is entitled and does not receive, whom to write to and why, and what came of it. References only, never a name; nobody is enrolled in anything by it.
/// </summary>
public sealed class TakeUp(Database database, Commands commands, Offers.LocalRates? rates = null)
{
    private const int MostRefused = 200;
    public const int FewestDaysToSayNo = 14;
    private static readonly JsonSerializerOptions Json = new();

    public async Task<IReadOnlyList<TakeUpRun>> RunsAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<TakeUpRun>().OrderByDescending(r => r.At).Take(50).ToListAsync(cancel);
    }

    public async Task<(TakeUpRun Run, TakeUpFound Found, IReadOnlyList<TakeUpCame> Came)?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await db.Set<TakeUpRun>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } run) return null;
        var came = await db.Set<TakeUpLetter>().Where(l => l.RunId == id).GroupBy(l => l.Place).OrderBy(g => g.Key).Select(g => new TakeUpCame(g.Key, g.Count(), g.Count(l => l.WrittenOn != null), g.Count(l => l.OptedOutOn != null), g.Count(l => l.StartedOn != null),
            g.Count(l => l.FinishedOn != null), g.Count(l => l.DroppedOn != null), g.Count(l => l.ClaimedOn != null), g.Count(l => l.AwardedYear > 0), g.Sum(l => l.AwardedYear ?? 0))).ToListAsync(cancel);
        return (run, JsonSerializer.Deserialize<TakeUpFound>(run.Found, Json)!, came);
    }

    /// <summary>Works a file out and keeps what was found.</summary>
    /// <param name="households">CSV of <see cref="CohortFile.Columns"/>.</param>
    /// <param name="scenario">Rates that differ from the law, or what a crisis does to households, with what it is called; null: the law alone.</param>
    /// <exception cref="FormatException">The file or the scenario cannot be read, in a sentence.</exception>
    public async Task<Result<Guid>> WorkAsync(AuditContext who, string name, string basis, string? provider, DateOnly optOutBy, int startsIn, TextReader households, (string Name, Stream Rates)? scenario, CancellationToken cancel)
    {
        if (name.Trim().Length is < 3 or > 120) return new Refusal("name", "Give it a name of 3 to 120 letters, like Pension Credit, autumn 2026.", "name");
        if (basis.Trim().Length is < 10 or > 300) return new Refusal("basis", "Say which agreement or law lets you use this file for this, in 10 to 300 letters.", "basis");
        if (provider?.Trim().Length > 120) return new Refusal("provider", "Write 120 letters or fewer.", "provider");
        if (optOutBy < LondonTime.DayOf(who.At).AddDays(FewestDaysToSayNo)) return new Refusal("opt-out", $"Give at least {FewestDaysToSayNo} days from today to say no: a letter takes days to arrive.", "opt-out");
        var data = CohortFile.Read(households, cancel);
        CohortFindings found;
        try { found = CohortReport.Make(data, startsIn, scenario is { } other ? Scenario.Read(other.Rates) : null, rates?.Engine.Schemes, cancel); }
        catch (Exception unknown) when (unknown is YearNotKnownException or RateNotKnownException) { throw new FormatException(unknown.Message, unknown); }
        if (data.Households.Count == 0) throw new FormatException(data.Refused is [var first, ..] ? $"No row could be read. Row {first.Row}, {first.Column}: {first.Reason}" : "The file has no rows.");
        var kept = new TakeUpFound(found.Rows, found.Refused.Count, found.Letters.Count, found.Lines, found.Scenario, scenario?.Name, found.ScenarioSays, found.Schemes, found.NotRead);
        return await commands.RunAsync<Guid>(who, c =>
        {
            var run = new TakeUpRun { Id = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)), Name = name.Trim(), Basis = basis.Trim(), TaxYear = found.TaxYear, At = who.At, By = who.Actor.Id!.Value, Found = JsonSerializer.Serialize(kept, Json), Provider = provider?.Trim() is { Length: > 0 } helper ? helper : null, OptOutBy = optOutBy };
            c.Insert(run);
            foreach (var letter in found.Letters) c.Insert(new TakeUpLetter { Id = Guid.NewGuid(), RunId = run.Id, Reference = letter.Reference, District = letter.District, Place = letter.Place, Benefits = letter.Benefits, WorthYear = letter.WorthYear, Why = letter.Why });
            c.Record("take-up.worked", run.Id, content: $"{run.Name}. {run.Basis}");
            return Task.FromResult<Result<Guid>>(run.Id);
        }, cancel);
    }

    /// <summary>The letters to write, one for each household, as CSV; that they were taken is in the log.</summary>
    public async Task<byte[]?> LettersAsync(AuditContext who, Guid id, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await db.Set<TakeUpRun>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } run) return null;
        var letters = await db.Set<TakeUpLetter>().Where(l => l.RunId == id).OrderByDescending(l => l.WorthYear).ThenBy(l => l.Reference).ToListAsync(cancel);
        await commands.RunAsync<Nothing>(who, c => { c.Record("take-up.letters", id); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, cancel);
        return CsvText.Write(["reference", "district", "place", "benefits", "worth_a_year", "why", "say_no_by", .. Days, Sum],
            letters.Select(l => new object?[] { l.Reference, l.District, l.Place, string.Join(", ", Names(l.Benefits)), Pounds(l.WorthYear), l.Why, Day(run.OptOutBy), Day(l.WrittenOn), Day(l.OptedOutOn), Day(l.StartedOn), Day(l.FinishedOn), Day(l.DroppedOn), Day(l.ClaimedOn), l.AwardedYear is { } year ? Pounds(year) : null }));
    }

    /// <summary>Whose children may be put down for free school meals: written to, and did not say no. Nobody before the day until which a household may say no is over (R-FSM-07).</summary>
    public async Task<Result<byte[]>> EnrolAsync(AuditContext who, Guid id, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await db.Set<TakeUpRun>().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } run) return new Refusal("not-found", "There is no such run.");
        if (LondonTime.DayOf(who.At) <= run.OptOutBy) return new Refusal("too-early", $"Households may say no until {LondonTime.Day(run.OptOutBy)}: nobody is enrolled before.");
        var letters = (await db.Set<TakeUpLetter>().Where(l => l.RunId == id && l.WrittenOn != null && l.OptedOutOn == null).OrderBy(l => l.Reference).ToListAsync(cancel)).Where(l => (l.Benefits & Received.FreeSchoolMeals) != 0);
        await commands.RunAsync<Nothing>(who, c => { c.Record("take-up.enrolment", id); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, cancel);
        return CsvText.Write(["reference", "district", "place", "why", "written_on"], letters.Select(l => new object?[] { l.Reference, l.District, l.Place, l.Why, Day(l.WrittenOn) }));
    }

    private static readonly string[] Days = ["written_on", "opted_out_on", "started_on", "finished_on", "dropped_on", "claimed_on"];
    private const string Sum = "awarded_a_year";

    /// <summary>Reads back what came of the letters: <c>reference</c> and any of <see cref="Days"/> and <c>awarded_a_year</c>. An empty cell changes nothing; the same file again changes nothing.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, in a sentence.</exception>
    public async Task<Result<OutcomesRead>> OutcomesAsync(AuditContext who, Guid id, TextReader file, CancellationToken cancel)
    {
        using var csv = DelimitedFile.Read(file, "outcomes.csv");
        var heading = csv.Header.Select(h => h.Trim().ToLowerInvariant()).ToList();
        int At(string column) => heading.IndexOf(column);
        if (At("reference") < 0 || (At(Sum) < 0 && Days.All(d => At(d) < 0))) throw new InvalidDataException($"The heading needs the column reference, and one of {string.Join(", ", Days)}, {Sum}.");
        var (today, rows, wrong, read) = (LondonTime.DayOf(who.At), 0, new List<RefusedRow>(), new Dictionary<string, (DateOnly?[] Days, long? Awarded)>(StringComparer.Ordinal));
        string Cell(string column) => At(column) is >= 0 and var at ? csv[at].Trim() : "";
        void Wrong(string column, string reason) { if (wrong.Count < MostRefused) wrong.Add(new RefusedRow(csv.Row, column, reason)); }
        while (csv.Next())
        {
            if (csv.IsBlank()) continue;
            rows++;
            DateOnly? Date(string column, ref bool bad)
            {
                if (Cell(column) is not { Length: > 0 } cell) return null;
                if (DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= today && day.Year > 2000) return day;
                Wrong(column, "Write a day that has been, like 2026-11-24."); bad = true;
                return null;
            }
            var bad = false;
            if (Cell("reference").Length == 0) { Wrong("reference", "There is no reference."); continue; }
            var days = new DateOnly?[Days.Length];
            for (var i = 0; i < days.Length; i++) days[i] = Date(Days[i], ref bad);
            long? awarded = null;
            if (Cell("awarded_a_year") is { Length: > 0 } sum) { if (Money.TryParse(sum, out var money) && money.Pence <= 100_000_00) awarded = money.Pence; else { Wrong("awarded_a_year", "Write pounds a year, like 1118.00."); bad = true; } }
            if (bad) continue;
            var before = read.GetValueOrDefault(Cell("reference"));
            read[Cell("reference")] = (before.Days is null ? days : [.. days.Zip(before.Days, (now, then) => now ?? then)], awarded ?? before.Awarded);
        }
        return await commands.RunAsync<OutcomesRead>(who, async c =>
        {
            if (!await c.Db.Set<TakeUpRun>().AnyAsync(r => r.Id == id, c.Cancel)) return new Refusal("not-found", "There is no such run.");
            var taken = 0;
            foreach (var part in read.Keys.Chunk(500))
                foreach (var letter in await c.Db.Set<TakeUpLetter>().AsTracking().Where(l => l.RunId == id && part.Contains(l.Reference)).ToListAsync(c.Cancel))
                {
                    var (days, awarded) = read[letter.Reference];
                    (letter.WrittenOn, letter.OptedOutOn, letter.StartedOn) = (days[0] ?? letter.WrittenOn, days[1] ?? letter.OptedOutOn, days[2] ?? letter.StartedOn);
                    (letter.FinishedOn, letter.DroppedOn, letter.ClaimedOn, letter.AwardedYear) = (days[3] ?? letter.FinishedOn, days[4] ?? letter.DroppedOn, days[5] ?? letter.ClaimedOn, awarded ?? letter.AwardedYear);
                    read.Remove(letter.Reference);
                    taken++;
                }
            foreach (var unknown in read.Keys.Take(MostRefused - wrong.Count)) wrong.Add(new RefusedRow(0, "reference", $"“{(unknown.Length > 40 ? unknown[..40] + "…" : unknown)}” is not among the letters of this run."));
            c.Record("take-up.outcomes", id, content: taken.ToString(CultureInfo.InvariantCulture));
            return new OutcomesRead(rows, taken, wrong);
        }, cancel);
    }

    /// <summary>A year covers the letter, the claim and the award: then the references go, and the counts stay.</summary>
    public async Task PurgeAsync(AuditContext who, CancellationToken cancel)
    {
        var before = who.At.AddYears(-1);
        await using (var db = database.Open())
            if (!await Over(db, before).AnyAsync(cancel)) return;
        await commands.RunAsync<Nothing>(who, async c =>
        {
            var gone = await Over(c.Db, before).ExecuteDeleteAsync(c.Cancel);
            c.Record("take-up.purged", content: gone.ToString(CultureInfo.InvariantCulture));
            return Nothing.Value;
        }, cancel);
    }

    private static IQueryable<TakeUpLetter> Over(AnyDoorDb db, DateTime before) => db.Set<TakeUpLetter>().Where(l => db.Set<TakeUpRun>().Any(r => r.Id == l.RunId && r.At < before));

    public static IEnumerable<string> Names(Received benefits) => Enum.GetValues<Received>().Where(b => b != Received.None && (benefits & b) != 0).Select(CohortReport.Title);

    private static string Pounds(long pence) => string.Create(CultureInfo.InvariantCulture, $"{pence / 100m:0.00}");
    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
