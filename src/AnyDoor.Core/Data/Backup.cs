using System.IO.Compression;
using System.Text.Json;
using AnyDoor.Audit;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>What a backup says of itself.</summary>
public sealed record BackupManifest(int Format, string Kind, string Migration, Guid Database, int Epoch, DateTime At, long WriteSeal, long ReadSeal, IReadOnlyDictionary<string, long> Rows);

/// <summary>
/// One portable format for both databases: a zip with a line of JSON for each row, and the checkpoints; never the keys.
/// Read from one snapshot, so that work goes on meanwhile. A SQLite backup also restores into PostgreSQL: that is how a partnership moves up.
/// </summary>
public sealed class Backup(Database database, Checkpoints checkpoints, TimeProvider clock)
{
    private const int Format = 1;

    /// <summary>Writes the file beside its name and then gives it its name: a backup that was cut off is never taken for one.</summary>
    public async Task<BackupManifest> WriteAsync(string path, CancellationToken cancel)
    {
        var part = path + ".part";
        BackupManifest manifest;
        await using (var db = database.Open())
        await using (var snapshot = await database.Kind.BeginSnapshotAsync(db, cancel))
        {
            await using var file = new FileStream(part, FileMode.Create, FileAccess.Write);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                var counts = new Dictionary<string, long>();
                foreach (var type in Tables(db))
                {
                    var shape = RowShape.Of(db, type, whole: true);
                    await using var entry = zip.CreateEntry($"tables/{shape.Table}.jsonl", CompressionLevel.Fastest).Open();
                    counts[shape.Table] = await WriteRowsAsync(db, type, shape, entry, cancel);
                }
                foreach (var checkpoint in Directory.Exists(checkpoints.Folder) ? Directory.GetFiles(checkpoints.Folder, "*.jsonl") : [])
                {
                    await using var entry = zip.CreateEntry($"checkpoints/{Path.GetFileName(checkpoint)}").Open();
                    await entry.WriteAsync(Checkpoints.Read(checkpoint), cancel);
                }
                var mark = await db.Set<DatabaseMark>().SingleAsync(cancel);
                manifest = new BackupManifest(Format, database.Kind.Name, (await db.Database.GetAppliedMigrationsAsync(cancel)).Last(), mark.DatabaseId, mark.Epoch, clock.GetUtcNow().UtcDateTime,
                    await LastSealAsync(db, LogName.Write, cancel), await LastSealAsync(db, LogName.Read, cancel), counts);
                await using var about = zip.CreateEntry("manifest.json").Open();
                await JsonSerializer.SerializeAsync(about, manifest, cancellationToken: cancel);
            }
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path, overwrite: true);
        return manifest;
    }

    /// <summary>Fills an empty database from a backup, whole or not at all, and writes a signed checkpoint that says so.</summary>
    /// <exception cref="InvalidDataException">The file is not a backup, is of another version, is signed with another key, or cannot go into this database.</exception>
    /// <exception cref="InvalidOperationException">The target is not empty.</exception>
    public async Task<BackupManifest> RestoreAsync(string path, CancellationToken cancel)
    {
        using var zip = OpenZip(path);
        var manifest = await ReadManifestAsync(zip, path, cancel);
        await database.Kind.PrepareAsync(cancel);
        await using var db = database.Open();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        if (applied.Count > 0 && await db.Set<DatabaseMark>().AnyAsync(cancel))
            throw new InvalidOperationException("This database is not empty. A restore goes into an empty one only: name a new file, database or schema with --database.");
        await Migrator.BringUpAsync(database, db, cancel);
        var newest = db.Database.GetMigrations().Last();
        if (manifest.Migration != newest)
            throw new InvalidDataException($"This backup was made by another version ({manifest.Migration}; this one is {newest}). Restore it with that version, then run: anydoor migrate");
        if (manifest.Kind == "PostgreSQL" && database.Kind.Name != "PostgreSQL")
            throw new InvalidDataException("This backup comes from PostgreSQL and can only be restored into PostgreSQL.");

        using (await database.Kind.WriterTurnAsync(cancel))
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            foreach (var type in Tables(db).Where(t => t != typeof(DatabaseMark)).OrderBy(t => InsertOrder.Of(db, t)))
            {
                var shape = RowShape.Of(db, type, whole: true);
                if (zip.GetEntry($"tables/{shape.Table}.jsonl") is { } entry) await RestoreTableAsync(db, shape, entry, manifest, cancel);
                else if (manifest.Rows.GetValueOrDefault(shape.Table) is > 0 and var told)
                    throw new InvalidDataException($"The backup is damaged: {shape.Table} is missing and should have {told:N0} rows. Nothing was restored.");
            }
            if (!(await SignedRows.ReadAsync(db, cancel)).Fit(checkpoints.Key))
                throw new InvalidDataException("The key in place is not the one that this backup’s logs are signed with. Put the keys folder that belongs to the backup in place (ANYDOOR_KEYS), then restore again. Nothing was restored.");
            await database.Kind.AfterRestoreAsync(db, cancel);
            // An id of its own: the database that the backup was made of may live on, and neither's checkpoints may excuse or blame the other.
            var mark = ReadMark(zip, manifest);
            db.Add(mark);
            await db.SaveChangesAsync(cancel);
            // Before the commit: cut off here, nothing is restored and the next try says so again. After it, a log that ends early would look cut off for good.
            RestoreCheckpoints(zip);
            await MarkRestoredAsync(db, mark, manifest, cancel);
            await transaction.CommitAsync(cancel);
        }
        return manifest;
    }

    /// <summary>Whether a backup holds seals, which only its own key proves.</summary>
    public static async Task<bool> IsSealedAsync(string path, CancellationToken cancel)
    {
        using var zip = OpenZip(path);
        return await ReadManifestAsync(zip, path, cancel) is { WriteSeal: > 0 } or { ReadSeal: > 0 };
    }

    private static async Task<long> WriteRowsAsync(AnyDoorDb db, Type type, RowShape shape, Stream entry, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(entry, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartArray();
        foreach (var column in shape.Columns) json.WriteStringValue(column.Name);
        json.WriteEndArray();
        json.Flush();
        long count = 0;
        foreach (var row in RowsOf(db, type))
        {
            cancel.ThrowIfCancellationRequested();
            entry.WriteByte((byte)'\n');
            json.Reset();
            json.WriteStartArray();
            for (var i = 0; i < shape.Columns.Length; i++) WriteValue(json, shape.Getters[i](row));
            // Where the database works the position out, it is written as well: it is what the seals count by.
            if (row is ILogged logged && !shape.Columns.Any(c => c.Name == "position")) json.WriteNumberValue(logged.Position);
            json.WriteEndArray();
            json.Flush();
            count++;
        }
        return count;
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case bool b: json.WriteBooleanValue(b); break;
            case int or long: json.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)); break;
            case double d: json.WriteNumberValue(d); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateTime at: json.WriteStringValue(at.ToString("O", System.Globalization.CultureInfo.InvariantCulture)); break;
            case DateOnly day: json.WriteStringValue(day.ToString("O", System.Globalization.CultureInfo.InvariantCulture)); break;
            case TimeOnly time: json.WriteStringValue(time.ToString("O", System.Globalization.CultureInfo.InvariantCulture)); break;
            case string text: json.WriteStringValue(text); break;
            default: throw new NotSupportedException($"A backup cannot hold a {value.GetType().Name}.");
        }
    }

    private static object? ReadValue(JsonElement value, Type type)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (type == typeof(byte[])) return value.GetBytesFromBase64();
        if (type == typeof(bool)) return value.GetBoolean();
        if (type == typeof(int)) return value.GetInt32();
        if (type == typeof(long)) return value.GetInt64();
        if (type == typeof(double)) return value.GetDouble();
        if (type == typeof(Guid)) return value.GetGuid();
        if (type == typeof(DateTime)) return DateTime.SpecifyKind(value.GetDateTime(), DateTimeKind.Utc);
        if (type == typeof(DateOnly)) return DateOnly.ParseExact(value.GetString()!, "O", System.Globalization.CultureInfo.InvariantCulture);
        if (type == typeof(TimeOnly)) return TimeOnly.ParseExact(value.GetString()!, "O", System.Globalization.CultureInfo.InvariantCulture);
        return value.GetString();
    }

    private async Task RestoreTableAsync(AnyDoorDb db, RowShape shape, ZipArchiveEntry entry, BackupManifest manifest, CancellationToken cancel)
    {
        using var reader = new StreamReader(entry.Open());
        var names = JsonSerializer.Deserialize<List<string>>(await reader.ReadLineAsync(cancel) ?? "[]")!;
        // A moved log brings its position along as one value more than its columns.
        if (shape.Columns.Any(c => c.Name == "position") && !names.Contains("position")) names.Add("position");
        var columns = names.Select(n => shape.Columns.FirstOrDefault(c => c.Name == n)).ToList();
        if (columns.Any(c => c is null) && !names.Contains("position")) throw new InvalidDataException($"The backup's table {shape.Table} has other columns than this version.");
        var taken = columns.Select((column, at) => (column, at)).Where(x => x.column is not null).ToList();
        long count = 0;

        IEnumerable<object?[]> Rows()
        {
            while (reader.ReadLine() is { } line)
            {
                using var document = JsonDocument.Parse(line);
                var values = document.RootElement;
                count++;
                yield return [.. taken.Select(x => ReadValue(values[x.at], x.column!.ProviderType))];
            }
        }

        await database.Kind.InsertRowsAsync(db, shape.Table, [.. taken.Select(x => x.column!)], Rows(), cancel);
        if (manifest.Rows.TryGetValue(shape.Table, out var told) && told != count)
            throw new InvalidDataException($"The backup is damaged: {shape.Table} has {count:N0} rows and should have {told:N0}. Nothing was restored.");
    }

    private async Task MarkRestoredAsync(AnyDoorDb db, DatabaseMark mark, BackupManifest manifest, CancellationToken cancel)
    {
        var seals = await db.Set<Seal>().Where(s => (s.Log == LogName.Write && s.Number == manifest.WriteSeal) || (s.Log == LogName.Read && s.Number == manifest.ReadSeal)).ToListAsync(cancel);
        string HashOf(LogName log) => seals.FirstOrDefault(s => s.Log == log) is { } seal ? Convert.ToHexString(seal.Hash) : "";
        checkpoints.Append(new Checkpoint(mark.DatabaseId, Checkpoint.Restored, clock.GetUtcNow().UtcDateTime, mark.Epoch, manifest.WriteSeal, HashOf(LogName.Write), manifest.ReadSeal, HashOf(LogName.Read), "", From: manifest.Database));
    }

    /// <summary>The mark of the restored copy: a new id, of the same kind, one epoch further.</summary>
    private DatabaseMark ReadMark(ZipArchive zip, BackupManifest manifest)
    {
        using var reader = new StreamReader((zip.GetEntry("tables/database_mark.jsonl") ?? throw new InvalidDataException("The backup is damaged: database_mark is missing. Nothing was restored.")).Open());
        var names = JsonSerializer.Deserialize<List<string>>(reader.ReadLine() ?? "[]")!;
        using var row = JsonDocument.Parse(reader.ReadLine() ?? throw new InvalidDataException("The backup is damaged: database_mark has no row. Nothing was restored."));
        object? Of(string column, Type type) => ReadValue(row.RootElement[names.IndexOf(column)], type);
        return DatabaseMark.Make(checkpoints.Key, (bool?)Of("is_demo", typeof(bool)), manifest.Epoch + 1, (DateTime)Of("created_at", typeof(DateTime))!);
    }

    private void RestoreCheckpoints(ZipArchive zip)
    {
        Directory.CreateDirectory(checkpoints.Folder);
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("checkpoints/", StringComparison.Ordinal) && e.Name.Length > 0))
        {
            var path = Path.Combine(checkpoints.Folder, entry.Name);
            if (!File.Exists(path)) entry.ExtractToFile(path);
        }
    }

    private static async Task<long> LastSealAsync(AnyDoorDb db, LogName log, CancellationToken cancel) =>
        await db.Set<Seal>().Where(s => s.Log == log).MaxAsync(s => (long?)s.Number, cancel) ?? 0;

    private static IEnumerable<Type> Tables(AnyDoorDb db) => db.Model.GetEntityTypes().Select(e => e.ClrType).Where(t => t != typeof(Lease));

    private static IEnumerable<object> RowsOf(AnyDoorDb db, Type type)
    {
        var set = typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type).Invoke(db, null)!;
        return ((IQueryable<object>)set).AsNoTracking();
    }

    private static ZipArchive OpenZip(string path)
    {
        try { return ZipFile.OpenRead(path); }
        catch (InvalidDataException) { throw new InvalidDataException($"{path} is not a backup."); }
    }

    private static async Task<BackupManifest> ReadManifestAsync(ZipArchive zip, string path, CancellationToken cancel)
    {
        if (zip.GetEntry("manifest.json") is not { } entry) throw new InvalidDataException($"{path} is not a backup, or it was cut off.");
        await using var stream = entry.Open();
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, cancellationToken: cancel);
        return manifest is { Format: Format } ? manifest : throw new InvalidDataException($"{path} is of a format that this version does not know.");
    }
}
