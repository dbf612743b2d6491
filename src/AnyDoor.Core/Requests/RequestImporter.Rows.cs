using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What becomes of rows: taken, in already, or set aside until somebody mends them.</summary>
public sealed partial class RequestImporter
{
    private sealed record Candidate(int Row, string[] Cells, string Fingerprint, string Reference, ReadRow? Read, RowProblem? Problem);

    /// <summary>What becomes of a chunk's rows.</summary>
    /// <param name="Present">How many are in already, or were left out on purpose.</param>
    /// <param name="Aside">Rows that were set aside before, by their fingerprint.</param>
    private sealed record Sorted(IReadOnlyList<Candidate> Take, int Present, IReadOnlyList<(Candidate Row, RowProblem Problem)> Wrong, IReadOnlyDictionary<string, QuarantinedRow> Aside)
    {
        public IReadOnlyList<SetAside> SetAside => [.. Wrong.Select(w => new SetAside(w.Row.Row, w.Problem.Column, w.Problem.Reason))];
    }

    private sealed record Outcome(int Imported, int Present, IReadOnlyList<SetAside> SetAside);

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
        var sorted = await SortAsync(c.Db, commands.LogKey, run.SchemeId, chunk, await SupportCheck.OpenAsync(c.Db, book, run.SchemeId, mapping, c.Cancel), c.Cancel);
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
    private static async Task<Sorted> SortAsync(AnyDoorDb db, LogKey key, string schemeId, List<Candidate> chunk, SupportCheck support, CancellationToken cancel)
    {
        string[] references = [.. chunk.Select(k => k.Reference)];
        var requests = await db.Set<Request>().Where(r => r.SchemeId == schemeId && references.Contains(r.SourceReference!))
            .ToDictionaryAsync(r => r.SourceReference!, r => r.SourceFingerprint, cancel);
        // Rows whose time was over are known by a keyed mark alone.
        string[] erased = [.. chunk.Select(k => ImportedRows.MarkOf(key, k.Reference, schemeId))];
        var gone = await db.Set<Request>().Where(r => r.SchemeId == schemeId && erased.Contains(r.SourceReference!)).Select(r => r.SourceReference!).ToHashSetAsync(cancel);
        var prints = chunk.SelectMany(k => new[] { (Of: k.Fingerprint, Kept: k.Fingerprint), (Of: k.Fingerprint, Kept: ImportedRows.MarkOf(key, k.Fingerprint)) }).ToDictionary(p => p.Kept, p => p.Of);
        string[] fingerprints = [.. prints.Keys];
        var aside = (await db.Set<QuarantinedRow>().Where(q => fingerprints.Contains(q.Fingerprint)).ToListAsync(cancel)).DistinctBy(q => prints[q.Fingerprint]).ToDictionary(q => prints[q.Fingerprint]);

        var take = new List<Candidate>();
        var wrong = new List<(Candidate, RowProblem)>();
        foreach (var row in chunk)
        {
            var known = requests.TryGetValue(row.Reference, out var fingerprint);
            if (aside.GetValueOrDefault(row.Fingerprint) is { State: not QuarantineState.SetAside } || (known && fingerprint == row.Fingerprint)) continue; // in, or left out on purpose
            if ((gone.Contains(ImportedRows.MarkOf(key, row.Reference, schemeId)) ? ErasedBefore(row.Reference) : row.Problem ?? (known ? CameInBefore(row.Reference) : support.Take(row.Read!))) is { } problem) wrong.Add((row, problem));
            else take.Add(row);
        }
        return new Sorted(take, chunk.Count - take.Count - wrong.Count, wrong, aside);
    }

    private static RowProblem CameInBefore(string reference) =>
        new("Reference", "key-twice", $"The reference {reference} came in before with other answers. Give this row a new reference, or leave it out.");

    private static RowProblem ErasedBefore(string reference) =>
        new("Reference", "erased-before", $"A row with the reference {reference} came in before, and its record was erased when its time was over. Do they ask again now? Then give this row a new reference. Otherwise leave it out.");

    private async Task<Result<IReadOnlyList<Received>>> ReceiveAsync(Command c, IReadOnlyList<(ReadRow Row, string Reference, string Fingerprint)> rows, RequestImport run)
    {
        var promised = (await settings.CurrentAsync(c.Cancel)).Promised;
        var received = intake.Receive(c, [.. rows.Select(r => r.Row.Request with
        {
            SchemeId = run.SchemeId, ImportId = run.Id, SourceReference = r.Reference, SourceFingerprint = r.Fingerprint, Promised = promised,
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
            var erased = ImportedRows.MarkOf(c.LogKey, reference, run.SchemeId);
            if (await c.Db.Set<Request>().AnyAsync(r => r.SchemeId == run.SchemeId && r.SourceReference == erased, c.Cancel))
                return new Refusal("erased-before", ErasedBefore(reference).Reason, mapping.ColumnOf("reference"));
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
}
