using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnyDoor.Data.PostgreSql;

/// <summary>Whether PostgreSQL still refuses what it should: each trigger and its function, no rule and no other trigger beside them, and no right of the app's role to change what happened.</summary>
internal static partial class PostgreSqlGuards
{
    private sealed record Standing(string Name, string Table, bool On, int Type, bool Plain, string Function, string Body);

    /// <param name="appendOnly">Tables of which the app's role may change nothing, unless it owns them.</param>
    public static async Task<IReadOnlyList<string>> LooseAsync(AnyDoorDb db, PostgreSqlKind kind, IReadOnlyCollection<string> appendOnly, CancellationToken cancel)
    {
        var (guards, functions) = (Guards.Of(db, kind), Guards.FunctionsOf(db, kind));
        string[] tables = [.. guards.Select(g => g.Table).Distinct()];
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var standing = await ReadAsync(connection, """
                SELECT t.tgname, c.relname, t.tgenabled IN ('O', 'A'), t.tgtype::int, t.tgqual IS NULL AND cardinality(t.tgattr::int2[]) = 0, p.proname, p.prosrc
                FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_proc p ON p.oid = t.tgfoid
                WHERE n.nspname = $1 AND c.relname = ANY($2) AND NOT t.tgisinternal ORDER BY t.tgname
                """, r => new Standing(r.GetString(0), r.GetString(1), r.GetBoolean(2), r.GetInt32(3), r.GetBoolean(4), r.GetString(5), r.GetString(6)), [kind.Schema, tables], cancel);
            var loose = new List<string>();
            foreach (var guard in guards)
            {
                if (standing.Find(s => s.Name == guard.Name && s.Table == guard.Table) is not { } found) loose.Add(Guards.Missing(guard));
                else if (!found.On) loose.Add(Guards.Off(guard));
                else if (!IsAsMade(guard, found, functions)) loose.Add(Guards.Other(guard));
            }
            loose.AddRange(standing.Where(s => !guards.Any(g => g.Name == s.Name && g.Table == s.Table)).Select(s => Guards.Strange("trigger", s.Name, s.Table)));
            loose.AddRange(await ReadAsync(connection, "SELECT rulename, tablename FROM pg_rules WHERE schemaname = $1 AND tablename = ANY($2) ORDER BY 1", r => Guards.Strange("rule", r.GetString(0), r.GetString(1)), [kind.Schema, tables], cancel));
            loose.AddRange(await ReadAsync(connection, "SELECT 1 WHERE current_setting('session_replication_role') = 'replica'", _ => "session_replication_role is “replica” for this role, so that no trigger fires.", [], cancel));
            // Whoever owns the tables may do everything: that is what two roles are for.
            loose.AddRange(await ReadAsync(connection, """
                SELECT c.relname, current_user::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = $1 AND c.relname = ANY($2) AND NOT pg_has_role(c.relowner, 'USAGE')
                  AND (has_any_column_privilege(c.oid, 'UPDATE') OR (c.relname <> 'audit_content' AND has_table_privilege(c.oid, 'DELETE')) OR has_table_privilege(c.oid, 'TRUNCATE'))
                ORDER BY 1
                """, r => $"The role {r.GetString(1)} may change or delete rows of {r.GetString(0)}: somebody granted it that.", [kind.Schema, (string[])[.. appendOnly, "audit_content"]], cancel));
            return loose;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Statements that make a trigger and its function as the migrations do.</summary>
    public static string Remake(Guard guard, IReadOnlyDictionary<string, (string Body, string Statement)> functions)
    {
        var function = Call().Match(guard.Statement).Groups["name"].Value;
        return $"{functions[function].Statement.Replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", StringComparison.Ordinal)};\nDROP TRIGGER IF EXISTS {guard.Name} ON {guard.Table};\n{guard.Statement};";
    }

    private static bool IsAsMade(Guard guard, Standing found, IReadOnlyDictionary<string, (string Body, string Statement)> functions)
    {
        var made = Call().Match(guard.Statement);
        // pg_trigger.tgtype: 1 for each row, 2 before, 8 delete, 16 update, 32 truncate.
        var type = 2 + (made.Groups["each"].Value == "ROW" ? 1 : 0) + (made.Groups["on"].Value.Contains("DELETE", StringComparison.Ordinal) ? 8 : 0) + (made.Groups["on"].Value.Contains("UPDATE", StringComparison.Ordinal) ? 16 : 0)
            + (made.Groups["on"].Value.Contains("TRUNCATE", StringComparison.Ordinal) ? 32 : 0);
        return found.Plain && found.Type == type && found.Function == made.Groups["name"].Value && functions.TryGetValue(found.Function, out var function) && Guards.SameText(function.Body, found.Body);
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, object[] values, CancellationToken cancel)
    {
#pragma warning disable CA2100 // statements of this file
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    [GeneratedRegex(@"BEFORE (?<on>[A-Z ]+) ON \w+ FOR EACH (?<each>ROW|STATEMENT) EXECUTE FUNCTION (?<name>\w+)\(\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();
}
