using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace AnyDoor.Cli;

/// <summary>What every verb has in common: its options, its database, its exit codes (0 done, 1 failed, 2 wrong usage) and how it prints.</summary>
internal static class Verb
{
    public static readonly Option<string?> DatabaseOption = new("--database") { Description = "A file path, a postgres:// URI or an Npgsql connection string. Default: ANYDOOR_DATABASE, or data/anydoor.db.", Recursive = true };
    public static readonly Option<string?> PartnershipOption = new("--partnership") { Description = "The partnership's schema, on PostgreSQL.", Recursive = true };
    public static readonly Option<bool> JsonOption = new("--json") { Description = "Print one JSON object on standard output.", Recursive = true };

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Progress and notes: on standard error, and only when somebody is watching.</summary>
    public static readonly IAnsiConsole Notes = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static bool Watched => !Console.IsErrorRedirected;

    /// <summary>Runs a verb on its database (made and migrated if need be), seals what it logged, and turns refusals into one sentence and exit code 1.</summary>
    /// <param name="sealing">False for the proof of the logs, which writes nothing and says itself what another key signed.</param>
    /// <param name="keeps">Where an empty database is likely a mistyped one: a proof or a backup of nothing looks like one of everything, so it is said that it was made now.</param>
    /// <param name="first">Looks at the database as it was found, before its key is read; an exit code ends the verb.</param>
    public static Task<int> RunAsync(ParseResult parsed, Func<Session, Task<int>> work, CancellationToken cancel, bool sealing = true, bool? demo = null, bool keeps = false, Func<Data.Database, Task<int?>>? first = null) => GuardAsync(async () =>
    {
        var installation = Installation.From(parsed.GetValue(DatabaseOption), parsed.GetValue(PartnershipOption));
        await using var database = installation.OpenDatabase();
        var made = keeps && !await database.IsThereAsync(cancel);
        if (made) await Console.Error.WriteLineAsync($"There was no AnyDoor database at {database.Kind.Place}, so an empty one is made now. Name yours with --database, or set ANYDOOR_DATABASE.");
        if (first is not null && !made && await first(database) is { } ended) return ended;
        var key = await installation.OpenKeyAsync(database, cancel, any: !sealing);
        var mark = await Migrator.MigrateAsync(database, () => key, demo, TimeProvider.System, cancel);
        await using var services = new ServiceCollection().AddAnyDoor(installation, database, key, TimeProvider.System).BuildServiceProvider();
        var session = new Session(services, parsed, mark, made, cancel);
        if (sealing) await session.Get<Foundation>().EnsureAsync(session.Who("set-up", Purpose.Assurance), cancel);
        var code = await work(session);
        if (sealing) await session.Get<Sealer>().SealNowAsync(cancel);
        return code;
    });

    /// <summary>Refusals and faults of others become one sentence and exit code 1.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or InvalidOperationException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or IOException
            or FormatException or InvalidCastException or DbUpdateException or Npgsql.NpgsqlException or Microsoft.Data.Sqlite.SqliteException)
        {
            await Console.Error.WriteLineAsync(error.Sentence());
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was finished before is kept; run the same again to go on.");
            return 1;
        }
    }

    /// <summary>One JSON object, or the plain lines.</summary>
    public static void Print(ParseResult parsed, object json, params IEnumerable<string> lines)
    {
        if (parsed.GetValue(JsonOption)) Console.WriteLine(JsonSerializer.Serialize(json, Json));
        else foreach (var line in lines) Console.WriteLine(line);
    }

    internal sealed class Session(ServiceProvider services, ParseResult parsed, DatabaseMark mark, bool made, CancellationToken cancel)
    {
        public CancellationToken Cancel => cancel;
        public DatabaseMark Mark => mark;
        /// <summary>There was no database: this is an empty one.</summary>
        public bool Made => made;
        public T Get<T>() where T : notnull => services.GetRequiredService<T>();

        public AuditContext Who(string verb, Purpose purpose, string? reason = null) =>
            new(Actor.Job($"{verb} by {Environment.UserName}"), null, "command-line", purpose, Get<TimeProvider>().UtcNow(), reason);

        public void Print(object json, params IEnumerable<string> lines) => Verb.Print(parsed, json, lines);

        public static int Refuse(Refusal refusal)
        {
            Console.Error.WriteLine(refusal.Sentence);
            return 1;
        }
    }
}
