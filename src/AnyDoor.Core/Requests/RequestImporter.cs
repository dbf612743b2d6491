using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>A row that was set aside, as the command line prints it.</summary>
public sealed record SetAside(int Row, string Column, string Reason);

/// <summary>The counts of one run. They add up: rows = imported + already present + repeated + quarantined.</summary>
public sealed record ImportSummary(int Rows, int Imported, int AlreadyPresent, int Repeated, IReadOnlyList<SetAside> Quarantined)
{
    /// <summary>The file's record, for its page; null when the file was only checked.</summary>
    [JsonIgnore] public Guid? ImportId { get; init; }
}

/// <summary>
/// Loads a council's form export. A row is taken whole or not at all; what is taken is in small transactions, so that a run
/// that was cut off is run again and ends the same, and running twice changes nothing. A row that was set aside is read again each time:
/// with the mapping mended or the postcodes loaded it comes in. An imported request is never messaged by itself.
/// </summary>
public sealed partial class RequestImporter(Database database, Commands commands, Intake intake, SchemeBook book, AwardService awards, PostcodeDirectory postcodes, SettingsDesk settings)
{
    // About 30 ms of writing on SQLite: other processes get their turn.
    private const int ChunkRows = 100;

    /// <param name="strict">Read the whole file first, and take nothing if any row would be set aside.</param>
    /// <exception cref="InvalidDataException">The file, the mapping or the scheme does not fit; the sentence says which.</exception>
    public async Task<ImportSummary> ImportAsync(string path, string schemeId, Mapping? given, AuditContext who, bool strict, Action<int>? progress, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        await using (var db = database.Open())
        {
            if (!await db.Set<Scheme>().AnyAsync(s => s.Id == schemeId, cancel))
                throw new InvalidDataException($"There is no scheme “{schemeId}”. See the schemes with: anydoor schemes list");
        }
        var fingerprint = await SHA256.HashDataAsync(File.OpenRead(path), cancel);
        var mapping = given ?? MappingFor(path);
        await CheckInventedAsync(mapping, cancel);

        if (strict)
        {
            var wouldBe = await CheckWholeAsync(path, mapping, schemeId, cancel);
            if (wouldBe.Quarantined.Count > 0) return wouldBe;
        }

        using var file = DelimitedFile.Open(path);
        var reader = new RowReader(mapping, file.Header, postcodes, commands.Clock.Today());
        var run = await StartAsync(path, fingerprint, schemeId, mapping, given is null ? null : JsonSerializer.Serialize(given, ContentFiles.Json), who, cancel);
        var toMend = await SetAsideBeforeAsync(schemeId, mapping, run.Id, cancel);
        var summary = await GoThroughAsync(file, reader, schemeId, chunk => TakeAsync(run, mapping, file.Header, chunk, toMend, who, cancel), progress, cancel);
        await FinishAsync(run, summary.Rows, summary.Repeated, who, cancel);
        return summary with { ImportId = run.Id };
    }

    /// <summary>Reads the whole file and takes nothing: what would be set aside, beside what is in the database already.</summary>
    private async Task<ImportSummary> CheckWholeAsync(string path, Mapping mapping, string schemeId, CancellationToken cancel)
    {
        await using var db = database.Open();
        var support = await SupportCheck.OpenAsync(db, book, schemeId, mapping, cancel);
        using var file = DelimitedFile.Open(path);
        var reader = new RowReader(mapping, file.Header, postcodes, commands.Clock.Today());
        return await GoThroughAsync(file, reader, schemeId, async chunk =>
        {
            var sorted = await SortAsync(db, commands.LogKey, schemeId, chunk, support, cancel);
            return new Outcome(0, sorted.Present, sorted.SetAside);
        }, null, cancel);
    }

    /// <summary>Reads a file to its end and hands its rows on, a chunk at a time. A row sent twice is counted, and handed on once.</summary>
    private static async Task<ImportSummary> GoThroughAsync(DelimitedFile file, RowReader reader, string schemeId, Func<List<Candidate>, Task<Outcome>> take, Action<int>? progress, CancellationToken cancel)
    {
        var (rows, imported, present, repeated) = (0, 0, 0, 0);
        var quarantined = new List<SetAside>();
        var seen = new Seen([], []);
        var chunk = new List<Candidate>(ChunkRows);

        async Task FlushAsync()
        {
            if (chunk.Count == 0) return;
            var outcome = await take(chunk);
            imported += outcome.Imported;
            present += outcome.Present;
            quarantined.AddRange(outcome.SetAside);
            chunk.Clear();
            progress?.Invoke(rows);
        }

        while (file.Next())
        {
            cancel.ThrowIfCancellationRequested();
            rows++;
            if (Read(reader, file, schemeId, seen) is { } candidate) chunk.Add(candidate);
            else repeated++;
            if (chunk.Count >= ChunkRows) await FlushAsync();
        }
        await FlushAsync();
        return new ImportSummary(rows, imported, present, repeated, [.. quarantined.OrderBy(q => q.Row)]);
    }

    /// <summary>What stood on the rows before, in this file: every row, and the first row of each reference.</summary>
    private sealed record Seen(HashSet<string> Fingerprints, Dictionary<string, int> References);

    /// <summary>The row as it stands there; nothing when the very same row stood before.</summary>
    private static Candidate? Read(RowReader reader, DelimitedFile file, string schemeId, Seen seen)
    {
        var cells = file.Cells();
        var fingerprint = RowReader.Fingerprint(schemeId, cells);
        if (!seen.Fingerprints.Add(fingerprint)) return null;
        var reference = SourceReference(reader, cells, schemeId);
        if (!seen.References.TryAdd(reference, file.Row))
            return new Candidate(file.Row, cells, fingerprint, reference, null, new RowProblem("Reference", "key-twice",
                $"The reference {reference} is also on row {seen.References[reference]}, with other answers. Give one of them a new reference, or leave one out."));
        if (file.Count != file.Header.Length)
            return new Candidate(file.Row, cells, fingerprint, reference, null, new RowProblem(file.Header[0], "columns",
                $"This row has {file.Count} cells and the header has {file.Header.Length}. A comma or a quote is missing or too many."));
        var (row, problem) = reader.Read(cells);
        return new Candidate(file.Row, cells, fingerprint, reference, row, problem);
    }

    private static string SourceReference(RowReader reader, string[] cells, string schemeId) =>
        reader.Reference(cells) is { Length: > 0 } reference ? reference : "row:" + RowReader.Fingerprint(schemeId, cells)[..24];

    private async Task<RequestImport> StartAsync(string path, byte[] fingerprint, string schemeId, Mapping mapping, string? body, AuditContext who, CancellationToken cancel)
    {
        var result = await commands.RunAsync(who, async c =>
        {
            var known = await c.Db.Set<Door>().Select(d => d.Id).ToListAsync(c.Cancel);
            foreach (var door in mapping.Words.Doors.Where(d => !known.Contains(d.Id))) c.Insert(new Door { Id = door.Id, Label = door.Name ?? door.Words[0] });
            var earlier = await c.Db.Set<RequestImport>().AsTracking().FirstOrDefaultAsync(i => i.SchemeId == schemeId && i.Fingerprint == fingerprint, c.Cancel);
            if (earlier is not null)
            {
                if ((earlier.MappingId, earlier.MappingBody) == (mapping.Id, body)) return (Result<RequestImport>)earlier;
                (earlier.MappingId, earlier.MappingBody) = (mapping.Id, body);
                c.Record("import.mapping-changed", earlier.Id);
                return earlier;
            }
            var run = new RequestImport
            {
                Id = Guid.CreateVersion7(), FileName = Path.GetFileName(path), Fingerprint = fingerprint, SchemeId = schemeId, MappingId = mapping.Id,
                MappingBody = body, StartedAt = who.At, By = who.Actor.Label,
            };
            c.Insert(run);
            c.Record("import.started", run.Id);
            return run;
        }, cancel);
        return result.Value!;
    }

    private Task<Result<Nothing>> FinishAsync(RequestImport run, int rows, int repeated, AuditContext who, CancellationToken cancel) =>
        commands.RunAsync(who, async c =>
        {
            var current = await c.Db.Set<RequestImport>().AsTracking().SingleAsync(i => i.Id == run.Id, c.Cancel);
            if (current.FinishedAt is not null) return (Result<Nothing>)Nothing.Value; // a second run over the same file
            current.FinishedAt = commands.Clock.UtcNow();
            (current.Rows, current.Repeated) = (rows, repeated);
            c.Record("import.finished", run.Id);
            return Nothing.Value;
        }, cancel);

    private static Mapping MappingFor(string path)
    {
        using var file = DelimitedFile.Open(path);
        return Mapping.For(file.Header) ?? throw new InvalidDataException(
            $"No mapping knows the columns of {Path.GetFileName(path)}: {string.Join(", ", file.Header.Take(12))}{(file.Header.Length > 12 ? "…" : "")}. Give one with --mapping FILE.");
    }

    private async Task CheckInventedAsync(Mapping mapping, CancellationToken cancel)
    {
        await using var db = database.Open();
        var demo = await db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(cancel);
        if (demo == true && !mapping.Invented)
            throw new InvalidDataException($"This is a demo database: its people are invented, and the mapping “{mapping.Id}” does not say that the people in this file are. Load it into a live database.");
        if (demo == false && mapping.Invented && await db.Set<Households.Person>().AnyAsync(p => !p.Invented, cancel))
            throw new InvalidDataException($"This database holds real people, and the mapping “{mapping.Id}” says that the people in its files are invented. For your own form copy the mapping, set \"invented\" to false, and give the copy with --mapping FILE.");
        // What is not marked yet becomes one or the other at its first start, so it too holds one sort of people.
        if (demo is null && await db.Set<Households.Person>().AnyAsync(p => p.Invented != mapping.Invented, cancel))
            throw new InvalidDataException(mapping.Invented
                ? $"This database holds real people, and the mapping “{mapping.Id}” says that the people in this file are invented. Load it into another database: --database."
                : $"This database holds invented people, and the mapping “{mapping.Id}” says that the people in this file are real. Load it into another database: --database.");
    }
}
