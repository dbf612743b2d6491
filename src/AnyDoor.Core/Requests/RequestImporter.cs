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
public sealed class RequestImporter(Database database, Commands commands, Intake intake, SchemeBook book, AwardService awards, PostcodeDirectory postcodes)
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
            var sorted = await SortAsync(db, schemeId, chunk, support, cancel);
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

    /// <summary>Reads a row that was set aside again, with the cells a worker mended. Still wrong: the new sentence. Right: it comes in as any row does.</summary>
    /// <param name="cells">Column name to new value; columns that are not named stay as they came.</param>
    public async Task<Result<Received>> MendAsync(Guid rowId, IReadOnlyDictionary<string, string> cells, AuditContext who, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        return await commands.RunAsync(who, async c =>
        {
            var row = await c.Db.Set<QuarantinedRow>().AsTracking().SingleOrDefaultAsync(q => q.Id == rowId, c.Cancel);
            if (row is null) return new Refusal("not-found", "There is no such row.");
            if (row.State != QuarantineState.SetAside) return new Refusal("already-done", row.State == QuarantineState.Mended ? "This row was mended already and is in." : "This row was left out already.");
            var run = await c.Db.Set<RequestImport>().SingleAsync(i => i.Id == row.ImportId, c.Cancel);
            var mapping = Mapping.Of(run);
            var content = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Cells)!;
            foreach (var (column, value) in cells) if (content.ContainsKey(column)) content[column] = value;
            string[] header = [.. content.Keys];
            string[] mended = [.. content.Values];
            var reader = new RowReader(mapping, header, postcodes, commands.Clock.Today());
            var (read, problem) = reader.Read(mended);
            if (read is not null) problem = (await SupportCheck.OpenAsync(c.Db, book, run.SchemeId, mapping, c.Cancel)).Take(read);
            if (problem is not null) return new Refusal(problem.Problem, problem.Reason, problem.Column);
            var reference = SourceReference(reader, mended, run.SchemeId);
            if (await c.Db.Set<Request>().AnyAsync(r => r.SchemeId == run.SchemeId && r.SourceReference == reference, c.Cancel))
                return new Refusal("key-twice", $"The reference {reference} is already in. Give this row a new reference, or leave it out.", mapping.ColumnOf("reference"));
            var taken = await ReceiveAsync(c, [(read!, reference, RowReader.Fingerprint(run.SchemeId, mended))], run);
            if (!taken.Done) return taken.Refusal;
            row.State = QuarantineState.Mended;
            row.Why = who.Reason;
            row.RequestId = taken.Value[0].RequestId;
            c.Record("import.row-mended", row.Id, taken.Value[0].HouseholdId);
            return (Result<Received>)taken.Value[0];
        }, cancel);
    }

    /// <summary>Leaves a row out for good. Why is kept with the file.</summary>
    public Task<Result<Nothing>> LeaveOutAsync(Guid rowId, string why, AuditContext who, CancellationToken cancel) =>
        commands.RunAsync(who, async c =>
        {
            if (string.IsNullOrWhiteSpace(why)) return new Refusal("why", "Say why the row is left out. It is kept with the file.", "why");
            var row = await c.Db.Set<QuarantinedRow>().AsTracking().SingleOrDefaultAsync(q => q.Id == rowId, c.Cancel);
            if (row is null) return new Refusal("not-found", "There is no such row.");
            if (row.State != QuarantineState.SetAside) return new Refusal("already-done", "This row was dealt with already.");
            row.State = QuarantineState.LeftOut;
            row.Why = why;
            c.Record("import.row-left-out", row.Id, content: why);
            return (Result<Nothing>)Nothing.Value;
        }, cancel);

    private sealed record Candidate(int Row, string[] Cells, string Fingerprint, string Reference, ReadRow? Read, RowProblem? Problem);

    /// <summary>What becomes of a chunk's rows.</summary>
    /// <param name="Present">How many are in already, or were left out on purpose.</param>
    /// <param name="Aside">Rows that were set aside before, by their fingerprint.</param>
    private sealed record Sorted(IReadOnlyList<Candidate> Take, int Present, IReadOnlyList<(Candidate Row, RowProblem Problem)> Wrong, IReadOnlyDictionary<string, QuarantinedRow> Aside)
    {
        public IReadOnlyList<SetAside> SetAside => [.. Wrong.Select(w => new SetAside(w.Row.Row, w.Problem.Column, w.Problem.Reason))];
    }

    private sealed record Outcome(int Imported, int Present, IReadOnlyList<SetAside> SetAside);

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

    /// <summary>Rows of earlier files that still wait, by their reference: a row of a mended file that comes in answers them.</summary>
    private async Task<Dictionary<string, Guid>> SetAsideBeforeAsync(string schemeId, Mapping mapping, Guid runId, CancellationToken cancel)
    {
        if (mapping.ColumnOf("reference") is not { } column) return [];
        await using var db = database.Open();
        var waiting = await db.Set<QuarantinedRow>().Where(q => q.State == QuarantineState.SetAside && q.ImportId != runId && q.Problem != "key-twice"
            && db.Set<RequestImport>().Any(i => i.Id == q.ImportId && i.SchemeId == schemeId)).Select(q => new { q.Id, q.Cells }).ToListAsync(cancel);
        return waiting.Select(q => (Reference: JsonSerializer.Deserialize<Dictionary<string, string>>(q.Cells)!.GetValueOrDefault(column)?.Trim() ?? "", q.Id))
            .Where(q => q.Reference.Length > 0).DistinctBy(q => q.Reference).ToDictionary(q => q.Reference, q => q.Id);
    }

    private async Task<Outcome> TakeAsync(RequestImport run, Mapping mapping, string[] header, List<Candidate> chunk, Dictionary<string, Guid> toMend, AuditContext who, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await commands.RunAsync(who, c => TakeChunkAsync(c, run, mapping, header, chunk, toMend), cancel);
                if (result.Done) return result.Value;
                // The scheme bore every row a moment ago: somebody else gives from the same money, or closes it. Look again.
                if (attempt == 5) throw new InvalidDataException(result.Refusal.Sentence);
            }
            catch (Exception error) when (attempt < 5 && database.Kind.IsUniqueConflict(error))
            {
                // Another process is loading the same file: look again, what it took is present now.
            }
        }
    }

    private async Task<Result<Outcome>> TakeChunkAsync(Command c, RequestImport run, Mapping mapping, string[] header, List<Candidate> chunk, Dictionary<string, Guid> toMend)
    {
        var sorted = await SortAsync(c.Db, run.SchemeId, chunk, await SupportCheck.OpenAsync(c.Db, book, run.SchemeId, mapping, c.Cancel), c.Cancel);
        foreach (var (row, problem) in sorted.Wrong)
        {
            if (!sorted.Aside.TryGetValue(row.Fingerprint, out var earlier))
                c.Insert(new QuarantinedRow
                {
                    Id = Guid.CreateVersion7(), ImportId = run.Id, Row = row.Row, Fingerprint = row.Fingerprint, Column = problem.Column, Problem = problem.Problem, Reason = problem.Reason,
                    Cells = JsonSerializer.Serialize(header.Zip(row.Cells).DistinctBy(x => x.First).ToDictionary(x => x.First, x => x.Second), ContentFiles.Json), State = QuarantineState.SetAside,
                });
            else if (earlier.ImportId == run.Id && earlier.Reason != problem.Reason)
            {
                c.Db.Attach(earlier);
                (earlier.Column, earlier.Problem, earlier.Reason) = (problem.Column, problem.Problem, problem.Reason);
            }
        }
        var taken = await ReceiveAsync(c, [.. sorted.Take.Select(k => (k.Read!, k.Reference, k.Fingerprint))], run);
        if (!taken.Done) return taken.Refusal;
        await MarkMendedAsync(c, run, sorted, taken.Value, toMend);
        return new Outcome(sorted.Take.Count, sorted.Present, sorted.SetAside);
    }

    /// <summary>The rows that waited, here or in an earlier file, and are answered by what came in now.</summary>
    private static async Task MarkMendedAsync(Command c, RequestImport run, Sorted sorted, IReadOnlyList<Received> taken, Dictionary<string, Guid> toMend)
    {
        var answers = new Dictionary<Guid, Received>();
        foreach (var (row, received) in sorted.Take.Zip(taken))
        {
            if (sorted.Aside.TryGetValue(row.Fingerprint, out var same)) answers[same.Id] = received;
            if (toMend.TryGetValue(row.Reference, out var waiting)) answers[waiting] = received;
        }
        if (answers.Count == 0) return;
        foreach (var row in await c.Db.Set<QuarantinedRow>().AsTracking().Where(q => answers.Keys.Contains(q.Id) && q.State == QuarantineState.SetAside).ToListAsync(c.Cancel))
        {
            var received = answers[row.Id];
            (row.State, row.Why, row.RequestId) = (QuarantineState.Mended, row.ImportId == run.Id ? "It could be read when the file was loaded again." : $"Mended in {run.FileName}.", received.RequestId);
            c.Record("import.row-mended", row.Id, received.HouseholdId);
        }
    }

    /// <summary>Says of each row of a chunk what becomes of it, as the database stands. Writes nothing: checking first and taking agree.</summary>
    private static async Task<Sorted> SortAsync(AnyDoorDb db, string schemeId, List<Candidate> chunk, SupportCheck support, CancellationToken cancel)
    {
        string[] references = [.. chunk.Select(k => k.Reference)];
        var requests = await db.Set<Request>().Where(r => r.SchemeId == schemeId && references.Contains(r.SourceReference!))
            .ToDictionaryAsync(r => r.SourceReference!, r => r.SourceFingerprint, cancel);
        string[] fingerprints = [.. chunk.Select(k => k.Fingerprint)];
        var aside = await db.Set<QuarantinedRow>().Where(q => fingerprints.Contains(q.Fingerprint)).ToDictionaryAsync(q => q.Fingerprint, cancel);

        var take = new List<Candidate>();
        var wrong = new List<(Candidate, RowProblem)>();
        foreach (var row in chunk)
        {
            var known = requests.TryGetValue(row.Reference, out var fingerprint);
            if (aside.GetValueOrDefault(row.Fingerprint) is { State: not QuarantineState.SetAside } || (known && fingerprint == row.Fingerprint)) continue; // in, or left out on purpose
            if ((row.Problem ?? (known ? CameInBefore(row.Reference) : support.Take(row.Read!))) is { } problem) wrong.Add((row, problem));
            else take.Add(row);
        }
        return new Sorted(take, chunk.Count - take.Count - wrong.Count, wrong, aside);
    }

    private static RowProblem CameInBefore(string reference) =>
        new("Reference", "key-twice", $"The reference {reference} came in before with other answers. Give this row a new reference, or leave it out.");

    private async Task<Result<IReadOnlyList<Received>>> ReceiveAsync(Command c, IReadOnlyList<(ReadRow Row, string Reference, string Fingerprint)> rows, RequestImport run)
    {
        var received = intake.Receive(c, [.. rows.Select(r => r.Row.Request with
        {
            SchemeId = run.SchemeId, ImportId = run.Id, SourceReference = r.Reference, SourceFingerprint = r.Fingerprint,
        })]);
        await c.FlushAsync(); // the households stand before awards refer to them
        var asks = rows.Zip(received).SelectMany(x => x.First.Row.Support.Select(s => new AwardAsk
        {
            SchemeId = run.SchemeId, AwardType = s.AwardType, AmountPence = s.Value.Pence, HouseholdId = x.Second.HouseholdId, RequestId = x.Second.RequestId,
            District = x.First.Row.Request.District, EffectiveAt = x.First.Row.GivenAt,
            Delivery = AwardAsk.AsRecorded, State = AwardStatus.Redeemed, Reason = "Given before, as the council’s form says.", Imported = true,
        })).ToList();
        if (asks.Count > 0)
        {
            var made = await awards.AwardAsync(c, asks);
            if (!made.Done) return made.Refusal;
        }
        return (Result<IReadOnlyList<Received>>)received.ToList();
    }

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
            throw new InvalidDataException("This database holds real people, and the people in this file are invented. Load it into a demo database.");
    }
}
