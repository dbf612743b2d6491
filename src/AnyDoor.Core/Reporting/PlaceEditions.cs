using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>Counts of one year as they were published last, by district.</summary>
/// <param name="LsoaYear">The neighbourhoods that this year is counted in, from its first edition on: the same requests in two sets could be taken from each other.</param>
/// <param name="Data">Which files of places it was made with.</param>
internal sealed record PlaceEdition(int Number, DateTime CountedAt, int LsoaYear, string Data, IReadOnlyDictionary<string, PlaceCounts> Counts);

/// <summary>
/// What everybody reads of a year's counts by neighbourhood is frozen when it is first shown: what is cancelled, joined, corrected or erased afterwards never moves a number that somebody may
/// have written down. A district's next edition comes out after another whole month at the earliest, and only when it may stand beside every earlier one (<see cref="PlaceSteps"/>);
/// till then the earlier one stands, with its own last day.
/// </summary>
public sealed class PlaceEditions(Commands commands)
{
    private sealed record Basis(int LsoaYear, string Data, IReadOnlyDictionary<string, DistrictBasis> Districts);

    private sealed record DistrictBasis(DateOnly Until, int Total);

    internal async Task<IReadOnlyList<PlaceEdition>> AllAsync(string what, int year, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await ReadAsync(db, Series(what, year), cancel);
    }

    /// <summary>Whether counting again may give another edition: files of places changed, or another month is over.</summary>
    internal static bool IsDue(IReadOnlyList<PlaceEdition> all, string data, DateOnly today) =>
        all.Count == 0 || all[^1].Data != data || (LondonTime.DayOf(all[^1].CountedAt) is var last && (last.Year, last.Month) != (today.Year, today.Month));

    /// <summary>Publishes what of these counts may follow what stands, and gives what stands then.</summary>
    internal async Task<PlaceEdition> PublishAsync(string what, CountYear year, int lsoaYear, string data, IReadOnlyDictionary<string, PlaceCounts> counted, CancellationToken cancel)
    {
        var series = Series(what, year.Starts);
        var who = new AuditContext(Actor.Job("place-counts"), null, "place-counts", Purpose.StatisticsAndPlanning, commands.Clock.UtcNow());
        for (var again = 0; ; again++)
        {
            try
            {
                var done = await commands.RunAsync<Nothing>(who, async c =>
                {
                    var before = await ReadAsync(c.Db, series, c.Cancel);
                    if (Next(before, counted, year.Whole) is not { } next) return Nothing.Value;
                    var number = before.Count == 0 ? 1 : before[^1].Number + 1;
                    var text = JsonSerializer.Serialize(next.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => new PublishedTable(d.Key, d.Key, [.. d.Value.Cells.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => new PublishedCell(x.Key, x.Key, x.Value.Shown, x.Value.Value))], d.Value.District.Value)), ContentFiles.Json);
                    var basis = new Basis(lsoaYear, data, next.ToDictionary(d => d.Key, d => new DistrictBasis(d.Value.Until, d.Value.Total)));
                    c.Insert(new PublishedEdition
                    {
                        Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Series = series, Number = number, CountedAt = c.Who.At, PublishedBy = Guid.Empty, Tables = text,
                        Basis = JsonSerializer.Serialize(basis, ContentFiles.Json), Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
                    });
                    c.Record("edition.published", content: $"{series}, edition {number}");
                    return Nothing.Value;
                }, cancel);
                if (!done.Done) throw new InvalidOperationException(done.Refusal.Sentence);
                return (await AllAsync(what, year.Starts, cancel))[^1];
            }
            catch (DbUpdateException error) when (again < 3 && commands.Database.Kind.IsUniqueConflict(error)) { } // another process was first: its edition is one of the earlier ones now
        }
    }

    /// <summary>Every district's counts as they would stand in the next edition; null: nothing of them may come out, or nothing is new.</summary>
    /// <param name="over">The year is over: what is erased from then on stays counted, so only more than before is new.</param>
    internal static IReadOnlyDictionary<string, PlaceCounts>? Next(IReadOnlyList<PlaceEdition> before, IReadOnlyDictionary<string, PlaceCounts> counted, bool over)
    {
        if (before.Count == 0) return counted;
        var standing = before[^1].Counts;
        var next = counted.ToDictionary(d => d.Key, d => standing.TryGetValue(d.Key, out var stands) && !May(d.Key, stands, d.Value) ? stands : d.Value, StringComparer.Ordinal);
        return next.Any(d => !ReferenceEquals(d.Value, standing.GetValueOrDefault(d.Key))) ? next : null;

        bool May(string district, PlaceCounts stands, PlaceCounts now) =>
            (now.Until != stands.Until || now.Total != stands.Total) && !(over && now.Until == stands.Until && now.Total <= stands.Total)
            && before.Select(e => e.Counts.GetValueOrDefault(district)).OfType<PlaceCounts>().All(earlier => PlaceSteps.MayFollow(earlier, now));
    }

    private static string Series(string what, int year) => $"places-{what}-{year}";

    private static async Task<List<PlaceEdition>> ReadAsync(AnyDoor.Data.AnyDoorDb db, string series, CancellationToken cancel) =>
        (await db.Set<PublishedEdition>().Where(e => e.Series == series).OrderBy(e => e.Number).ToListAsync(cancel)).ConvertAll(e =>
        {
            var basis = JsonSerializer.Deserialize<Basis>(e.Basis, ContentFiles.Json)!;
            var tables = JsonSerializer.Deserialize<List<PublishedTable>>(e.Tables, ContentFiles.Json)!;
            return new PlaceEdition(e.Number, e.CountedAt, basis.LsoaYear, basis.Data, tables.ToDictionary(t => t.Id, t => PlaceCounts.Published(t.Cells.Select(c => (c.Key, new CellOut(c.Shown, c.Value))), basis.Districts[t.Id].Total, basis.Districts[t.Id].Until), StringComparer.Ordinal));
        });
}
