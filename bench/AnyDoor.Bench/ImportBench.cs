using System.Data.Common;
using System.Diagnostics;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Demo;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Bench;

/// <summary>A council's form export of 3,610 good rows, beside a raw insert of the very rows that it becomes, in the same transactions.</summary>
public static class ImportBench
{
    private const int Requests = 3610;

    private sealed record Table(string Name, RowColumn[] Columns, int[] Key, int Depth);
    private sealed record Rows(Table Table, List<object?[]> Values);

    public static async Task RunAsync(Report report)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("anydoor-bench-").FullName, "requests.csv");
        await File.WriteAllTextAsync(file, DemoWinter.Write(), Encoding.UTF8);
        await RunAsync("SQLite", () => Task.FromResult(Path.Combine(Directory.CreateTempSubdirectory("anydoor-bench-").FullName, "anydoor.db")), file, report);
        await RunAsync("PostgreSQL", Rig.NewPostgresAsync, file, report);
    }

    private static async Task RunAsync(string kind, Func<Task<string>> newDatabase, string file, Report report)
    {
        report.Title($"Import of {Requests:N0} requests, {kind}");
        var transactions = await RecordAsync(await newDatabase(), file);
        report.Line($"{transactions.Sum(t => t.Sum(r => r.Values.Count)):N0} rows in {transactions.Count} transactions");

        await report.PairsAsync($"import on {kind}", 0.30, async () =>
        {
            await using var rooms = await EmptyAsync(await newDatabase());
            var clock = Stopwatch.StartNew();
            var summary = await rooms.Of<RequestImporter>().ImportAsync(file, DemoToLoad, null, Rooms.Job(), strict: false, progress: null, default);
            if (summary.Imported != Requests) throw new InvalidOperationException($"{summary.Imported} requests came in.");
            return Requests / clock.Elapsed.TotalSeconds;
        }, async () =>
        {
            await using var rooms = await EmptyAsync(await newDatabase());
            var clock = Stopwatch.StartNew();
            foreach (var transaction in transactions)
            {
                await using var db = rooms.Database.Open();
                await using var open = await db.Database.BeginTransactionAsync();
                foreach (var rows in transaction) await rooms.Database.Kind.InsertRowsAsync(db, rows.Table.Name, rows.Table.Columns, rows.Values, default);
                await open.CommitAsync();
            }
            return Requests / clock.Elapsed.TotalSeconds;
        });
    }

    public const string DemoToLoad = "winter-support-grant";

    public static async Task<Rooms> EmptyAsync(string database)
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-bench-").FullName;
        var rooms = new Rooms(new Installation(database, null, Path.Combine(folder, "keys"), Path.Combine(folder, "checkpoints")));
        await Migrator.MigrateAsync(rooms.Database, rooms.Of<LogKey>, demo: true, TimeProvider.System, default);
        await rooms.Of<Foundation>().EnsureAsync(Rooms.Job(), default);
        return rooms;
    }

    /// <summary>Imports once and writes down, at the end of each transaction, which rows are new.</summary>
    private static async Task<List<List<Rows>>> RecordAsync(string database, string file)
    {
        await using var rooms = await EmptyAsync(database);
        await using var db = rooms.Database.Open();
        await db.Database.OpenConnectionAsync();
        var tables = db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null).Select(e =>
        {
            var columns = RowShape.Of(db, e.ClrType).Columns;
            return new Table(e.GetTableName()!, columns, [.. e.FindPrimaryKey()!.Properties.Select(p => Array.FindIndex(columns, c => c.Name == p.GetColumnName()))], InsertOrder.Of(db, e.ClrType));
        }).OrderBy(t => t.Depth).ToList();
        var seen = tables.ToDictionary(t => t.Name, _ => new HashSet<string>());
        List<Rows> New() => [.. tables.Select(t => new Rows(t, ReadNew(db.Database.GetDbConnection(), t, seen[t.Name]))).Where(r => r.Values.Count > 0)];

        New(); // what is there from the start
        var transactions = new List<List<Rows>>();
        await rooms.Of<RequestImporter>().ImportAsync(file, DemoToLoad, null, Rooms.Job(), strict: false, progress: _ => transactions.Add(New()), default);
        return transactions;
    }

    private static List<object?[]> ReadNew(DbConnection connection, Table table, HashSet<string> seen)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))} FROM \"{table.Name}\"";
        using var reader = command.ExecuteReader();
        var fresh = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[table.Columns.Length];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            if (seen.Add(string.Join('|', table.Key.Select(k => k < 0 ? "" : row[k] is byte[] bytes ? Convert.ToHexString(bytes) : row[k])))) fresh.Add(row);
        }
        return fresh;
    }
}
