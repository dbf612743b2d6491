using System.Globalization;
using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Places;

/// <summary>What came of loading one file.</summary>
public sealed record PlaceFile(string File, string Kind, string Edition, int Rows, int Quarantined);

/// <summary>Loads a postcode directory. Known layouts are told by their header; the whole file switches over at once.</summary>
public sealed class PostcodeImport(Database database, Commands commands)
{
    public const string Kind = "postcodes";

    /// <summary>Which column holds what, for one publisher's layout.</summary>
    public sealed record Layout(string Id, string Edition, string Source, string Licence, string Postcode, string Latitude, string Longitude, string District,
        string? Lsoa11 = null, string? Lsoa21 = null, string? Ward19 = null, string? Ward24 = null, string? Terminated = null);

    /// <exception cref="InvalidDataException">No known layout fits the header, or the file holds no postcode of a district this partnership serves.</exception>
    public async Task<PlaceFile> LoadAsync(string path, AuditContext who, CancellationToken cancel)
    {
        var fingerprint = await FingerprintAsync(path, cancel);
        using var file = DelimitedFile.Open(path);
        var layouts = ContentFiles.Read<List<Layout>>("places/postcode-layouts.json");
        var layout = layouts.FirstOrDefault(l => Fits(l, file.Header)) ?? throw new InvalidDataException(
            $"{Path.GetFileName(path)} has columns that no known postcode layout has. Known: {string.Join("; ", layouts.Select(l => $"{l.Id} ({l.Postcode}, {l.Latitude}, {l.Longitude}, {l.District})"))}. Nothing was loaded.");

        await using (var db = database.Open())
        {
            if (await db.Set<Dataset>().FirstOrDefaultAsync(d => d.Kind == Kind && d.Fingerprint == fingerprint && d.InUse, cancel) is { } present)
                return new PlaceFile(Path.GetFileName(path), Kind, present.Edition, present.Rows, present.Quarantined);
        }

        var (rows, quarantined) = ReadRows(file, layout, Guid.CreateVersion7());
        if (rows.Count == 0) throw new InvalidDataException($"{Path.GetFileName(path)} holds no postcode in the districts this partnership serves. Nothing was loaded.");

        // Short transactions first (other processes write too), then one that switches over.
        var dataset = new Dataset
        {
            Id = rows[0].DatasetId, Kind = Kind, Edition = layout.Edition, Source = layout.Source, Licence = layout.Licence, Fingerprint = fingerprint,
            Rows = rows.Count, Quarantined = quarantined, LoadedAt = who.At, InUse = false,
        };
        await commands.RunAsync(who, c => { c.Insert(dataset); return Done; }, cancel);
        foreach (var chunk in rows.Chunk(5_000))
            await commands.RunAsync(who, c => { foreach (var row in chunk) c.Insert(row); return Done; }, cancel);
        await commands.RunAsync(who, async c =>
        {
            await c.Db.Set<Dataset>().Where(d => d.Kind == Kind && d.InUse).ExecuteUpdateAsync(s => s.SetProperty(d => d.InUse, false), c.Cancel);
            await c.Db.Set<Dataset>().Where(d => d.Id == dataset.Id).ExecuteUpdateAsync(s => s.SetProperty(d => d.InUse, true), c.Cancel);
            c.Record("places.dataset-in-use", dataset.Id);
            return (Result<Nothing>)Nothing.Value;
        }, cancel);
        return new PlaceFile(Path.GetFileName(path), Kind, layout.Edition, rows.Count, quarantined);
    }

    private static Task<Result<Nothing>> Done => Task.FromResult<Result<Nothing>>(Nothing.Value);

    private static bool Fits(Layout layout, string[] header) =>
        new[] { layout.Postcode, layout.Latitude, layout.Longitude, layout.District }.All(c => header.Contains(c, StringComparer.OrdinalIgnoreCase));

    private static (List<PostcodeRow> Rows, int Quarantined) ReadRows(DelimitedFile file, Layout layout, Guid dataset)
    {
        int Column(string? name) => name is null ? -1 : Array.FindIndex(file.Header, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
        var (pc, lat, lon, district) = (Column(layout.Postcode), Column(layout.Latitude), Column(layout.Longitude), Column(layout.District));
        var (l11, l21, w19, w24, end) = (Column(layout.Lsoa11), Column(layout.Lsoa21), Column(layout.Ward19), Column(layout.Ward24), Column(layout.Terminated));
        string? Cell(int column) => column < 0 || file[column].Trim() is not { Length: > 0 } text ? null : text;

        var rows = new Dictionary<string, PostcodeRow>();
        var quarantined = 0;
        while (file.Next())
        {
            if (Postcode.TryParse(file[pc], out var postcode)
                && double.TryParse(file[lat], NumberStyles.Float, CultureInfo.InvariantCulture, out var y) && y is > 49 and < 61.5
                && double.TryParse(file[lon], NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && x is > -9 and < 2.5
                && Cell(district) is { } code)
            {
                if (District.Find(code) is null) continue; // elsewhere in the country: not ours to hold
                rows[postcode.Compact] = new PostcodeRow
                {
                    DatasetId = dataset, Postcode = postcode.Compact, Latitude = y, Longitude = x, District = code,
                    Lsoa11 = Cell(l11), Lsoa21 = Cell(l21), Ward19 = Cell(w19), Ward24 = Cell(w24),
                    TerminatedOn = Cell(end) is { Length: 6 } t && DateOnly.TryParseExact(t + "01", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
                };
            }
            else quarantined++;
        }
        return ([.. rows.Values], quarantined);
    }

    private static async Task<byte[]> FingerprintAsync(string path, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(path);
        return await SHA256.HashDataAsync(stream, cancel);
    }
}
