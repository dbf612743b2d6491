using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Places;
using AnyDoor.Rights;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>An edition as it was published: frozen. A mistake is put right by the next one.</summary>
public sealed class PublishedEdition
{
    public required Guid Id { get; init; }
    /// <summary>A scheme's id, or <see cref="Editions.Equality"/>.</summary>
    public required string Series { get; init; }
    public required int Number { get; init; }
    public required DateTime CountedAt { get; init; }
    public required Guid PublishedBy { get; init; }
    /// <summary>What everybody may read: JSON of the tables.</summary>
    public required string Tables { get; init; }
    /// <summary>The counts it was made from: JSON, never published.</summary>
    public required string Basis { get; init; }
    /// <summary>SHA-256 of <see cref="Tables"/>, hexadecimal: what a reader has can be proved to be it.</summary>
    public required string Hash { get; init; }
}

/// <param name="Last">The newest edition's number; none yet: 0.</param>
public sealed record SeriesLine(string Id, string Title, int Last, DateTime? CountedAt);

/// <summary>One edition to read or to publish from.</summary>
public sealed record EditionView(string Series, string Title, int Number, DateTime CountedAt, IReadOnlyList<PublishedTable> Tables, string Hash)
{
    public int Hidden => Tables.Sum(t => t.Cells.Count(c => c.Shown != CellShown.Rounded));

    /// <summary>As a spreadsheet opens it.</summary>
    public byte[] ToCsv() => CsvText.Write(["table", "line", "count", "edition", "counted_on"], Tables.SelectMany(t => t.Cells.Select(c => (t.Title, c.Label, Value: InWords(c)))
        .Concat(t.Total is { } total ? [(t.Title, "All", total.ToString(System.Globalization.CultureInfo.InvariantCulture))] : [])
        .Select(r => (IEnumerable<object?>)[r.Title, r.Label, r.Value, Number, LondonTime.DayOf(CountedAt)])));

    public static string InWords(PublishedCell cell) => cell.Shown switch { CellShown.Rounded => cell.Value!.Value.ToString("0", System.Globalization.CultureInfo.InvariantCulture), CellShown.FewerThanFive => "fewer than 5", _ => "not shown" };
}

/// <summary>Publishes counts in frozen editions, under the plan of <see cref="SmallNumbers"/>. Inside, figures stay exact; only what is here goes outside.</summary>
public sealed class Editions(Database database, Commands commands, Figures figures, SchemeBook schemes, EqualityBox equality)
{
    public const string Equality = "equality";
    private const string EqualityTitle = "Equality answers";

    private sealed record BasisFile(IReadOnlyDictionary<string, IReadOnlyDictionary<string, CellBasis>> Cells, IReadOnlyDictionary<string, string> Populations);

    public async Task<IReadOnlyList<SeriesLine>> SeriesAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var last = (await db.Set<PublishedEdition>().GroupBy(e => e.Series).Select(g => new { g.Key, Number = g.Max(e => e.Number), At = g.Max(e => e.CountedAt) }).ToListAsync(cancel)).ToDictionary(g => g.Key);
        var all = (await schemes.AllAsync(db, cancel)).Select(s => (s.Id, s.Newest.Name)).OrderBy(s => s.Name, StringComparer.Ordinal).Append((Id: Equality, Name: EqualityTitle));
        return [.. all.Select(s => new SeriesLine(s.Id, s.Name, last.GetValueOrDefault(s.Id)?.Number ?? 0, last.GetValueOrDefault(s.Id)?.At))];
    }

    /// <summary>How the next edition would look, published now. Null: there is no such series.</summary>
    public async Task<EditionView?> PreviewAsync(string series, DateTime now, CancellationToken cancel)
    {
        if (await CountAsync(series, cancel) is not var (title, tables)) return null;
        await using var db = database.Open();
        var next = SmallNumbers.Publish(tables, await BodiesAsync(db, series, cancel));
        return new EditionView(series, title, next.Number, now, next.Tables, HashOf(Text(next.Tables)));
    }

    /// <summary>Freezes an edition. Of two at once the second is made after the first, and knows it.</summary>
    public async Task<Result<int>> PublishAsync(AuditContext who, string series, CancellationToken cancel)
    {
        if (who.Actor.Id is not { } by || await CountAsync(series, cancel) is not var (_, tables)) return new Refusal("not-found", "There is no such table.");
        try
        {
            return await commands.RunAsync<int>(who, async c =>
            {
                var before = await BodiesAsync(c.Db, series, c.Cancel);
                var next = SmallNumbers.Publish(tables, before);
                if (before.Count > 0 && Text(before[^1].Tables) == Text(next.Tables)) return new Refusal("nothing-new", "Nothing moved by five or more since the last edition, so there is nothing new to publish.");
                var text = Text(next.Tables);
                c.Insert(new PublishedEdition
                {
                    Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Series = series, Number = next.Number, CountedAt = c.Who.At, PublishedBy = by, Tables = text,
                    Basis = JsonSerializer.Serialize(new BasisFile(next.Basis, next.Populations), ContentFiles.Json), Hash = HashOf(text),
                });
                c.Record("edition.published", content: $"{series}, edition {next.Number}");
                return next.Number;
            }, cancel);
        }
        catch (DbUpdateException error) when (database.Kind.IsUniqueConflict(error))
        {
            return new Refusal("published-now", "Somebody published an edition at this very moment. Look at it before you publish another.");
        }
    }

    /// <summary>One edition; the newest when none is named. Null: there is none.</summary>
    public async Task<EditionView?> FindAsync(string series, int? number, CancellationToken cancel)
    {
        await using var db = database.Open();
        var edition = await db.Set<PublishedEdition>().Where(e => e.Series == series && (number == null || e.Number == number)).OrderByDescending(e => e.Number).FirstOrDefaultAsync(cancel);
        if (edition is null) return null;
        var title = series == Equality ? EqualityTitle : (await schemes.FindAsync(db, series, cancel))?.Newest.Name ?? series;
        return new EditionView(series, title, edition.Number, edition.CountedAt, JsonSerializer.Deserialize<List<PublishedTable>>(edition.Tables, ContentFiles.Json)!, edition.Hash);
    }

    private static async Task<List<EditionBody>> BodiesAsync(AnyDoorDb db, string series, CancellationToken cancel) =>
        (await db.Set<PublishedEdition>().Where(e => e.Series == series).OrderBy(e => e.Number).ToListAsync(cancel)).ConvertAll(e =>
        {
            var basis = JsonSerializer.Deserialize<BasisFile>(e.Basis, ContentFiles.Json)!;
            return new EditionBody(e.Number, JsonSerializer.Deserialize<List<PublishedTable>>(e.Tables, ContentFiles.Json)!, basis.Cells, basis.Populations);
        });

    /// <summary>What a series counts. Money is published in the fund's own return: an amount at a fixed rate would give a count away.</summary>
    private async Task<(string Title, IReadOnlyList<TableCounts> Tables)?> CountAsync(string series, CancellationToken cancel)
    {
        if (series == Equality)
        {
            var counts = await equality.CountAsync(cancel);
            return (EqualityTitle, [.. EqualityBox.Questions.Select(q => new TableCounts(q.Id, q.Question, q.Id, [.. q.Options!.Select(o => new CellCount(o.Id, o.Label, counts[q.Id][o.Id]))]))]);
        }
        if (await figures.OfAsync(series, cancel) is not { } f) return null;
        await using var db = database.Open();
        var scheme = (await schemes.FindAsync(db, series, cancel))!.Newest;
        // Every door, also one that nobody came by: to be in the list would say that somebody did.
        var doors = await db.Set<Organisations.Door>().OrderBy(d => d.Id).ToListAsync(cancel);
        return (scheme.Name,
        [
            new TableCounts("by-district", "Requests, by district", "requests", [.. District.All.Select(d => new CellCount(d.Code, d.Name, f.ByArea.GetValueOrDefault(d.Name))), new CellCount("not-known", "Area not known", f.AreaNotKnown)]),
            new TableCounts("by-door", "Requests, by door", "requests", [.. doors.GroupBy(d => d.Label).Select(g => new CellCount(g.First().Id, g.Key, f.ByDoor.GetValueOrDefault(g.Key)))]),
            // One household may have had two kinds, so these do not add up to anything.
            new TableCounts("by-help", "Households helped, by kind of help", null, [.. scheme.AwardTypes.Select(t => new CellCount(t.Id, t.Label, f.Support.GetValueOrDefault(t.Label)?.Households ?? 0))]),
        ]);
    }

    private static string Text(IReadOnlyList<PublishedTable> tables) => JsonSerializer.Serialize(tables, ContentFiles.Json);
    private static string HashOf(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
