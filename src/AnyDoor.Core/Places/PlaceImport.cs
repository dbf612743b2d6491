using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Places;

/// <summary>A row that was not taken. The header is row 1.</summary>
public sealed record SetAsideRow(int Row, string Column, string Reason);

/// <summary>What came of loading one file.</summary>
/// <param name="AlreadyLoaded">This very file was in use before.</param>
/// <param name="SetAside">The first of the rows that were not taken.</param>
public sealed record PlaceFile(string File, string Kind, string Edition, int Rows, int Quarantined, string Series, int? BoundaryYear, string Licence, bool AlreadyLoaded, IReadOnlyList<SetAsideRow> SetAside);

/// <summary>A file holds far fewer rows than the version of its series in use: it may have been cut off, or be an extract.</summary>
public sealed class FarFewerRowsException(string series, string message) : InvalidOperationException(message)
{
    public string Series => series;
}

/// <summary>How a file that was already loaded once is met.</summary>
public enum LoadAgain
{
    /// <summary>Somebody names it: it goes into use again, also after it was rolled back.</summary>
    PutIntoUse,
    /// <summary>It was found in a folder: once is enough, whatever was done about it since.</summary>
    Leave,
}

/// <summary>
/// Loads official place data and a partnership's own. A file is told by its columns, read whole, stored beside what is there, and then takes its place at once:
/// nobody sees half a file. What was cut off is taken away by the next load; the same file loads once.
/// </summary>
public sealed class PlaceImport(Database database, Commands commands, PlaceBook book)
{
    /// <summary>How many rows that were not taken are kept with their reasons. All of them are counted.</summary>
    public const int ProblemsKept = 1_000;

    private const int BytesAtOnce = 2_000_000;
    private const string Lease = "places-import";

    /// <summary>Each step of a load makes it longer, so that a load that was killed holds up the next one no longer than this.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    /// <summary>How long a load waits for another one that is running.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A later version with fewer rows than this share of the one in use is taken for a file that was cut off, or for an extract.</summary>
    private const double FarFewer = 0.9;

    /// <param name="mapping">For a partnership's own table: what its columns are.</param>
    /// <param name="strict">Refuse the file when one row would be set aside.</param>
    /// <param name="replace">Take the place of the version in use also with far fewer rows than it has.</param>
    /// <param name="say">A line for whoever watches, when it has to wait for another load.</param>
    /// <exception cref="InvalidDataException">The file is none that we know, or not one row of it can be taken. Nothing was loaded.</exception>
    /// <exception cref="FarFewerRowsException">It holds far fewer rows than the version in use. Nothing was loaded.</exception>
    /// <exception cref="InvalidOperationException">Another load is still running.</exception>
    public async Task<PlaceFile> LoadAsync(string path, AuditContext who, CancellationToken cancel, OwnData? mapping = null, bool strict = false, LoadAgain again = LoadAgain.PutIntoUse, bool replace = false, Action<string>? say = null)
    {
        var name = Path.GetFileName(path);
        var fingerprint = await FingerprintAsync(path, mapping, cancel);
        if (await FindAsync(fingerprint, cancel) is { } present && (present.InUse || again == LoadAgain.Leave)) return await ToldAsync(present, name, already: true, cancel);

        if (NeedsOutlines(path, mapping)) await book.RefreshAsync(cancel);
        var reading = Read(path, name, mapping);
        var blocks = reading.Close();
        var seen = reading.Problems.Select(p => $"row {p.Row}, {p.Column}: {p.Reason}").Take(3).ToList();
        if (reading.Rows == 0) throw new InvalidDataException($"{name} holds no row that can be taken ({reading.Identity.Title}).{(seen.Count > 0 ? $" The first: {seen[0]}." : "")} Nothing was loaded.");
        if (strict && reading.Quarantined > 0) throw new InvalidDataException($"Nothing was loaded: {reading.Quarantined:N0} of {reading.Rows + reading.Quarantined:N0} rows of {name} would be set aside. {string.Join(". ", seen)}.");
        if (!replace && await InUseAsync(reading.Identity.Series, cancel) is { } whole && reading.Rows < whole.Rows * FarFewer)
            throw new FarFewerRowsException(whole.Series, $"{name} holds {reading.Rows:N0} rows, and {whole.File}, which is in use for {whole.Series}, holds {whole.Rows:N0}. It may have been cut off, or be a part of the country only. If it is to take the place of all of it: places import --replace. Nothing was loaded.");

        var holder = Guid.NewGuid().ToString("N");
        var fence = await TurnAsync(holder, say, cancel);
        try
        {
            return await StoreAsync(reading, blocks, name, fingerprint, who, fence, holder, cancel);
        }
        finally
        {
            await Leases.GiveBackAsync(database, Lease, holder, CancellationToken.None);
        }
    }

    /// <summary>The lease, as soon as no other load holds it: one that was killed holds it for <see cref="LeaseLength"/>.</summary>
    private async Task<long> TurnAsync(string holder, Action<string>? say, CancellationToken cancel)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        for (var first = true; ; first = false)
        {
            if (await Leases.TakeAsync(database, Lease, holder, commands.Clock.UtcNow(), LeaseLength, cancel) is { } fence) return fence;
            if (first) say?.Invoke($"Another load of place data is running, or was stopped less than {LeaseLength.TotalSeconds:0} seconds ago. Waiting for it…");
            if (waited.Elapsed > Patience) throw new InvalidOperationException("Another load of place data is still running. Nothing was loaded; run this one again when that has ended.");
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancel);
        }
    }

    private async Task<Dataset?> InUseAsync(string series, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Dataset>().FirstOrDefaultAsync(d => d.Series == series && d.InUse, cancel);
    }

    /// <summary>Takes the dataset in use out, and puts the one before it back. Gives the one now in use; null: there is none before it.</summary>
    public async Task<Result<Dataset?>> RollBackAsync(string series, AuditContext who, CancellationToken cancel) => await commands.RunAsync<Dataset?>(who, async c =>
    {
        var all = await c.Db.Set<Dataset>().AsTracking().Where(d => d.Series == series && d.Complete).OrderByDescending(d => d.LoadedAt).ThenByDescending(d => d.Id).ToListAsync(c.Cancel);
        if (all.FindIndex(d => d.InUse) is not (>= 0 and var at)) return new Refusal("not-in-use", $"Nothing of “{series}” is in use. See what is with: anydoor places list");
        var before = all.Skip(at + 1).FirstOrDefault();
        all[at].InUse = false;
        before?.InUse = true;
        c.Record("places.dataset-rolled-back", all[at].Id);
        if (before is not null) c.Record("places.dataset-in-use", before.Id);
        return before;
    }, cancel);

    /// <summary>Every version of every series, those in use first.</summary>
    public async Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Dataset>().Where(d => d.Complete).OrderBy(d => d.Series).ThenByDescending(d => d.InUse).ThenByDescending(d => d.LoadedAt).ToListAsync(cancel);
    }

    /// <summary>Whether this very file was loaded once, whatever was done about it since.</summary>
    public async Task<bool> HasAsync(string path, CancellationToken cancel) => await FindAsync(await FingerprintAsync(path, null, cancel), cancel) is not null;

    /// <summary>Whether a file's columns are some that we know. For folders: what is not is left alone.</summary>
    public static bool Knows(string path)
    {
        try
        {
            if (BoundaryReader.LooksLikeJson(path)) return File.ReadAllText(path).Contains("FeatureCollection", StringComparison.Ordinal);
            using var file = DelimitedFile.Open(path);
            return PlaceLayouts.Fit(file.Header) is not null || PostcodeReader.Knows(file.Header) || TableReader.KnowsLookup(file.Header);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool NeedsOutlines(string path, OwnData? mapping)
    {
        if (mapping is not null || BoundaryReader.LooksLikeJson(path)) return false;
        using var file = DelimitedFile.Open(path);
        return PostcodeReader.NeedsBoundaries(file.Header);
    }

    private PlaceReading Read(string path, string name, OwnData? mapping)
    {
        if (mapping is null && BoundaryReader.LooksLikeJson(path)) return BoundaryReader.Read(path);
        using var file = DelimitedFile.Open(path);
        if (mapping is not null) return TableReader.ReadOwn(file, mapping);
        return PostcodeReader.Read(file, name, PostcodeReader.NeedsBoundaries(file.Header) ? book.Current.Boundaries.Value : BoundaryIndex.Empty) ?? TableReader.Read(file) ?? throw new InvalidDataException(
            $"{name} {PlaceLayouts.WhyUnknown(file.Header) ?? $"has columns that no known file of place data has ({string.Join(", ", file.Header.Take(6).Select(h => AreaCodes.Shown(PlaceLayouts.Plain(h))))}{(file.Header.Length > 6 ? ", …" : "")}). docs/places-data.md lists those we know; your own table needs --mapping."} Nothing was loaded.");
    }

    private async Task<PlaceFile> StoreAsync(PlaceReading reading, IReadOnlyList<byte[]> blocks, string name, byte[] fingerprint, AuditContext who, long fence, string holder, CancellationToken cancel)
    {
        var what = reading.Identity;
        async Task Step(Func<Command, Task> work)
        {
            var done = await commands.RunAsync<Nothing>(who, async c =>
            {
                if (!await Leases.HoldsAsync(c.Db, Lease, holder, fence, commands.Clock.UtcNow() + LeaseLength, c.Cancel)) return new Refusal("lost", "Another load of place data took over. Nothing of this one is shown; run it again.");
                await work(c);
                return Nothing.Value;
            }, cancel);
            if (!done.Done) throw new InvalidOperationException(done.Refusal.Sentence);
        }

        // The same file, rolled back before: it is all there.
        if (await FindAsync(fingerprint, cancel) is { } earlier)
        {
            await Step(c => SwitchAsync(c, earlier.Id, what.Series));
            return await ToldAsync(earlier, name, already: false, cancel);
        }

        await Step(async c =>
        {
            var cutOff = c.Db.Set<Dataset>().Where(d => !d.Complete).Select(d => d.Id);
            await c.Db.Set<DatasetBlock>().Where(b => cutOff.Contains(b.DatasetId)).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<DatasetProblem>().Where(p => cutOff.Contains(p.DatasetId)).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<Dataset>().Where(d => !d.Complete).ExecuteDeleteAsync(c.Cancel);
        });
        var dataset = new Dataset
        {
            Id = Guid.CreateVersion7(commands.Clock.GetUtcNow()), Kind = what.Kind, Series = what.Series, Title = what.Title, Edition = what.Edition, BoundaryYear = what.BoundaryYear, Source = what.Source, Licence = what.Licence,
            Published = what.Published, File = name, Fingerprint = fingerprint, Columns = string.Join('\t', what.Columns), Rows = reading.Rows, Quarantined = reading.Quarantined,
            LoadedAt = commands.Clock.UtcNow(), Complete = false, InUse = false,
        };
        await Step(c =>
        {
            c.Insert(dataset);
            foreach (var (row, column, reason) in reading.Problems.DistinctBy(p => (p.Row, p.Column))) c.Insert(new DatasetProblem { DatasetId = dataset.Id, Row = row, Column = column, Reason = reason });
            return Task.CompletedTask;
        });
        // Short transactions first (other processes write too), then one that switches over.
        for (var next = 0; next < blocks.Count;)
        {
            var (from, size) = (next, 0);
            while (next < blocks.Count && (next == from || size + blocks[next].Length <= BytesAtOnce)) size += blocks[next++].Length;
            var to = next;
            await Step(c =>
            {
                for (var i = from; i < to; i++) c.Insert(new DatasetBlock { DatasetId = dataset.Id, Key = $"{i:000000}", Content = blocks[i] });
                return Task.CompletedTask;
            });
        }
        await Step(c => SwitchAsync(c, dataset.Id, what.Series));
        return await ToldAsync(dataset, name, already: false, cancel);
    }

    private static async Task SwitchAsync(Command c, Guid id, string series)
    {
        await c.Db.Set<Dataset>().Where(d => d.Series == series && d.InUse).ExecuteUpdateAsync(s => s.SetProperty(d => d.InUse, false), c.Cancel);
        await c.Db.Set<Dataset>().Where(d => d.Id == id).ExecuteUpdateAsync(s => s.SetProperty(d => d.InUse, true).SetProperty(d => d.Complete, true), c.Cancel);
        c.Record("places.dataset-in-use", id);
    }

    private async Task<Dataset?> FindAsync(byte[] fingerprint, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Dataset>().FirstOrDefaultAsync(d => d.Complete && d.Fingerprint == fingerprint, cancel);
    }

    private async Task<PlaceFile> ToldAsync(Dataset dataset, string name, bool already, CancellationToken cancel)
    {
        await using var db = database.Open();
        var aside = await db.Set<DatasetProblem>().Where(p => p.DatasetId == dataset.Id).OrderBy(p => p.Row).Take(20).Select(p => new SetAsideRow(p.Row, p.Column, p.Reason)).ToListAsync(cancel);
        return new PlaceFile(name, dataset.Kind, dataset.Edition, dataset.Rows, dataset.Quarantined, dataset.Series, dataset.BoundaryYear, Licences.Of(dataset.Licence).Name, already, aside);
    }

    /// <summary>The file's bytes, and for a partnership's own table what its mapping makes of them.</summary>
    private static async Task<byte[]> FingerprintAsync(string path, OwnData? mapping, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(path);
        var hash = await SHA256.HashDataAsync(stream, cancel);
        return mapping is null ? hash : SHA256.HashData([.. hash, .. System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(mapping)]);
    }
}
