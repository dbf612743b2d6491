using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>One file and what became of its rows. They add up: rows = came in + sent twice + already in + set aside + left out.</summary>
/// <param name="CameIn">Mended rows with them.</param>
/// <param name="AlreadyIn">Rows that an earlier file had brought.</param>
public sealed record ImportCounts(Guid Id, string FileName, string SchemeId, string By, DateTime StartedAt, DateTime? FinishedAt, int Rows, int CameIn, int Repeated, int AlreadyIn, int SetAside, int Mended, int LeftOut)
{
    public bool AddsUp => Rows == CameIn + Repeated + AlreadyIn + SetAside + LeftOut;
}

/// <param name="AreaNotKnown">Came in with a postcode that is in no list that is loaded.</param>
public sealed record ImportDetail(ImportCounts Counts, IReadOnlyList<(District District, int Requests)> Places, int AreaNotKnown,
    IReadOnlyList<(string AwardType, int Households, long Pence)> Support, IReadOnlyList<(string Problem, int Rows)> Problems);

/// <summary>A row that was set aside, cut to what tells it from another: a first name and an initial while it waits, and once it is dealt with only references.</summary>
/// <param name="Request">The request that a mended row became.</param>
public sealed record AsideLine(Guid Id, int Row, string? Reference, string? Who, IReadOnlyList<(string Column, string Value)> Says, string Problem, string Reason, QuarantineState State, string? Why, string? Request);

/// <summary>A row as it came, whole, while it waits; once it is dealt with only references.</summary>
/// <param name="Broken">The columns to mend, with the field each fills.</param>
public sealed record AsideRow(Guid Id, Guid ImportId, string FileName, int Row, string? Reference, string? Name, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<(string Column, string Field)> Broken,
    string Problem, string Reason, QuarantineState State, string? Why, Mapping Mapping, string? Request);

/// <summary>
/// What the import pages read. A row is personal data, for those who may mend it (<see cref="WhoSeesWhat.Beside"/>): every look at rows is in the read log, with the file as its subject while a row
/// waits and is nobody's record, and with the household once it is in.
/// </summary>
public sealed class ImportReports(Database database, ReadLog log)
{
    private const string Page = "import";
    private const string Basis = "import";

    public async Task<IReadOnlyList<ImportCounts>> ListAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return await CountsAsync(db, db.Set<RequestImport>(), cancel);
    }

    public async Task<ImportDetail?> FindAsync(Guid id, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await CountsAsync(db, db.Set<RequestImport>().Where(i => i.Id == id), cancel) is not [var counts]) return null;
        var requests = CameIn(db, id);
        var areas = await requests.GroupBy(r => r.District).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var ids = requests.Select(r => r.Id);
        var support = await db.Set<Award>().Where(a => a.Imported && a.RequestId != null && ids.Contains(a.RequestId!.Value)).GroupBy(a => a.AwardType)
            .Select(g => new { g.Key, Households = g.Select(a => a.HouseholdId).Distinct().Count(), Pence = g.Sum(a => AnyDoorDb.PenceOf(a.Amount)) }).OrderBy(s => s.Key).ToListAsync(cancel);
        var problems = await db.Set<QuarantinedRow>().Where(q => q.ImportId == id && q.State == QuarantineState.SetAside).GroupBy(q => q.Problem).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return new ImportDetail(counts, [.. District.All.Select(d => (d, areas.FirstOrDefault(a => a.Key == d.Code)?.Count ?? 0))], areas.Where(a => District.Find(a.Key) is null).Sum(a => a.Count),
            [.. support.Select(s => (s.Key, s.Households, s.Pence))], [.. problems.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Count))]);
    }

    /// <summary>Rows set aside, in the order of the file.</summary>
    /// <param name="problem">Only rows with this problem.</param>
    /// <param name="done">Those mended or left out, in place of those that wait.</param>
    public async Task<IReadOnlyList<AsideLine>> RowsAsync(ReadContext ctx, Guid importId, string? problem, bool done, int page, int size, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (!MayMend(ctx) || await db.Set<RequestImport>().SingleOrDefaultAsync(i => i.Id == importId, cancel) is not { } import) return [];
        var rows = db.Set<QuarantinedRow>().Where(q => q.ImportId == importId && (problem == null || q.Problem == problem) && (done ? q.State != QuarantineState.SetAside : q.State == QuarantineState.SetAside));
        var found = await rows.OrderBy(q => q.Row).Skip((page - 1) * size).Take(size).ToListAsync(cancel);
        if (found.Count == 0) return [];
        var became = await BecameAsync(db, found, cancel);
        await log.RecordAsync(ctx.Audit, Page, Basis, [importId, .. became.Values.Select(b => b.HouseholdId)], cancel);
        var mapping = Mapping.Of(import);
        return [.. found.Select(q =>
        {
            var (cells, waits) = (Cells(q), q.State == QuarantineState.SetAside);
            return new AsideLine(q.Id, q.Row, Value(cells, mapping.ColumnOf("reference")), waits ? ShortName(cells, mapping) : null,
                waits ? [.. Broken(q, mapping, cells).Select(b => (b.Column, cells[b.Column]))] : [], q.Problem, waits ? q.Reason : "", q.State, q.Why, became.GetValueOrDefault(q.Id)?.Reference);
        })];
    }

    public async Task<AsideRow?> RowAsync(ReadContext ctx, Guid rowId, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (!MayMend(ctx) || await db.Set<QuarantinedRow>().SingleOrDefaultAsync(q => q.Id == rowId, cancel) is not { } row) return null;
        var import = await db.Set<RequestImport>().SingleAsync(i => i.Id == row.ImportId, cancel);
        var became = (await BecameAsync(db, [row], cancel)).GetValueOrDefault(row.Id);
        await log.RecordAsync(ctx.Audit, Page, Basis, [became?.HouseholdId ?? import.Id], cancel);
        var (mapping, cells) = (Mapping.Of(import), Cells(row));
        var reference = Value(cells, mapping.ColumnOf("reference"));
        if (row.State != QuarantineState.SetAside) return new AsideRow(row.Id, import.Id, import.FileName, row.Row, reference, null, new Dictionary<string, string>(), [], row.Problem, "", row.State, row.Why, mapping, became?.Reference);
        var name = string.Join(' ', new[] { Value(cells, mapping.ColumnOf("person.first_name")), Value(cells, mapping.ColumnOf("person.last_name")) }.Where(n => n is not null));
        return new AsideRow(row.Id, import.Id, import.FileName, row.Row, reference, name.Length == 0 ? null : name, cells, Broken(row, mapping, cells), row.Problem, row.Reason, row.State, row.Why, mapping, null);
    }

    /// <summary>The row after this one that still waits, in the order of the file; from the start again after the last.</summary>
    public async Task<Guid?> NextAsync(Guid importId, int after, CancellationToken cancel)
    {
        await using var db = database.Open();
        var waiting = await db.Set<QuarantinedRow>().Where(q => q.ImportId == importId && q.State == QuarantineState.SetAside && q.Row != after).OrderBy(q => q.Row).Select(q => new { q.Id, q.Row }).ToListAsync(cancel);
        return (waiting.FirstOrDefault(q => q.Row > after) ?? waiting.FirstOrDefault())?.Id;
    }

    /// <summary>The rows that wait as a file to mend and send back: the columns as they came, and at the end what is wrong, which is not read back.</summary>
    public async Task<byte[]?> FileAsync(ReadContext ctx, Guid importId, CancellationToken cancel)
    {
        if (!MayMend(ctx)) return null;
        await using var db = database.Open();
        var rows = await db.Set<QuarantinedRow>().Where(q => q.ImportId == importId && q.State == QuarantineState.SetAside).OrderBy(q => q.Row).ToListAsync(cancel);
        if (rows.Count == 0) return null;
        await log.RecordAsync(ctx.Audit, "import-download", Basis, [importId], cancel);
        var head = Cells(rows[0]).Keys.ToList();
        return CsvText.Write([.. head, DelimitedFile.NotesColumn + "row", DelimitedFile.NotesColumn + "what is wrong"],
            rows.Select(q => { var cells = Cells(q); return head.Select(h => (object?)cells.GetValueOrDefault(h)).Append(q.Row).Append(q.Reason); }));
    }

    private static bool MayMend(ReadContext ctx) => ctx.Worker is { } worker && RoleTable.Default.MayOpen(worker.Role, "imports") && RoleTable.Default.May(worker.Role, "mend-import");

    private sealed record Became(string Reference, Guid HouseholdId);

    /// <summary>What mended rows became, by row.</summary>
    private static async Task<Dictionary<Guid, Became>> BecameAsync(AnyDoorDb db, IReadOnlyCollection<QuarantinedRow> rows, CancellationToken cancel)
    {
        var mended = rows.Where(r => r.RequestId is not null).ToDictionary(r => r.Id, r => r.RequestId!.Value);
        if (mended.Count == 0) return [];
        var ids = mended.Values.ToArray();
        var requests = await db.Set<Request>().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => new Became(r.Reference, r.HouseholdId), cancel);
        return mended.Where(m => requests.ContainsKey(m.Value)).ToDictionary(m => m.Key, m => requests[m.Value]);
    }

    private static IQueryable<Request> CameIn(AnyDoorDb db, Guid id) =>
        db.Set<Request>().Where(r => r.ImportId == id || db.Set<QuarantinedRow>().Any(q => q.ImportId == id && q.RequestId == r.Id));

    private static async Task<IReadOnlyList<ImportCounts>> CountsAsync(AnyDoorDb db, IQueryable<RequestImport> which, CancellationToken cancel)
    {
        var imports = await which.OrderByDescending(i => i.StartedAt).ToListAsync(cancel);
        var counts = new List<ImportCounts>(imports.Count);
        foreach (var i in imports)
        {
            var cameIn = await CameIn(db, i.Id).CountAsync(cancel);
            var aside = await db.Set<QuarantinedRow>().Where(q => q.ImportId == i.Id).GroupBy(q => q.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
            var (waiting, left) = (aside.GetValueOrDefault(QuarantineState.SetAside), aside.GetValueOrDefault(QuarantineState.LeftOut));
            var already = i.FinishedAt is null ? 0 : Math.Max(0, i.Rows - cameIn - i.Repeated - waiting - left);
            counts.Add(new ImportCounts(i.Id, i.FileName, i.SchemeId, i.By, i.StartedAt, i.FinishedAt, i.Rows, cameIn, i.Repeated, already, waiting, aside.GetValueOrDefault(QuarantineState.Mended), left));
        }
        return counts;
    }

    private static Dictionary<string, string> Cells(QuarantinedRow row) => JsonSerializer.Deserialize<Dictionary<string, string>>(row.Cells)!;

    private static string? Value(Dictionary<string, string> cells, string? column) => column is not null && cells.GetValueOrDefault(column)?.Trim() is { Length: > 0 } value ? value : null;

    private static string? ShortName(Dictionary<string, string> cells, Mapping mapping) =>
        (Value(cells, mapping.ColumnOf("person.first_name")), Value(cells, mapping.ColumnOf("person.last_name"))) switch
        {
            (null, null) => null,
            ({ } first, null) => first,
            (null, { } last) => $"{last[0]}",
            ({ } first, { } last) => $"{first} {last[0]}",
        };

    /// <summary>What a worker may need to change for a problem: a name is two columns, a place is two.</summary>
    private static IReadOnlyList<(string Column, string Field)> Broken(QuarantinedRow row, Mapping mapping, Dictionary<string, string> cells)
    {
        var field = mapping.Columns.FirstOrDefault(c => c.Column == row.Column)?.Field;
        string[] fields = row.Problem switch
        {
            "no-name" => ["person.first_name", "person.last_name"],
            "place" => ["district", "contact.postcode"],
            "value" or "scheme-support" or Ledger.NotEnoughMoney => ["awards[].type", "awards[].pence"],
            "scheme-dates" => ["contacted_at", "awards[].type", "awards[].pence"],
            "key-twice" => ["reference"],
            "columns" => [.. mapping.Columns.Select(c => c.Field)],
            _ => field is null ? [] : [field],
        };
        return [.. fields.Select(f => (Column: mapping.ColumnOf(f)!, Field: f)).Where(b => b.Column is not null && cells.ContainsKey(b.Column))];
    }
}
