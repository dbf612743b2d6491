using AnyDoor.Audit;
using AnyDoor.Data;

namespace AnyDoor;

/// <summary>Where this installation keeps its database, keys and checkpoints: options first, then the environment, then <c>data/</c>.</summary>
/// <param name="Database">A file path, a <c>postgres://</c> URI or an Npgsql connection string.</param>
/// <param name="Partnership">The PostgreSQL schema; null for the connection's own.</param>
public sealed record Installation(string Database, string? Partnership, string KeysFolder, string CheckpointsFolder)
{
    public static Installation From(string? database, string? partnership)
    {
        string Or(string? given, string variable, string fallback) =>
            given is { Length: > 0 } ? given : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : Path.Combine(Home, "data", fallback);
        return new Installation(Or(database, "ANYDOOR_DATABASE", "anydoor.db"), partnership, Or(null, "ANYDOOR_KEYS", "keys"), Or(null, "ANYDOOR_CHECKPOINTS", "checkpoints"));
    }

    /// <summary>Where the demo's sender puts messages: beside the keys, which are as private.</summary>
    public string OutboxFolder => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(KeysFolder))!, "outbox");

    /// <summary>The folder whose files of place data a start loads.</summary>
    public static string PlacesFolder(string? given) =>
        given is { Length: > 0 } ? given : Environment.GetEnvironmentVariable("ANYDOOR_PLACES") is { Length: > 0 } set ? set : Path.Combine(Home, "data");

    /// <summary>The folder of a county's own rates: councils' schemes and rental areas (docs/rates.md).</summary>
    public static string RatesFolder => Environment.GetEnvironmentVariable("ANYDOOR_RATES") is { Length: > 0 } set ? set : Path.Combine(Home, "data", "rates");

    private static string Home => Environment.GetEnvironmentVariable("ANYDOOR_HOME") is { Length: > 0 } set ? set : Directory.GetCurrentDirectory();

    public Database OpenDatabase() => Data.Database.From(Database, Partnership);

    public LogKey OpenKey(bool make = true) => LogKey.Open(KeysFolder, make);

    /// <summary>The key for a database. It is made for a new one only, and one that did not sign this database's logs is refused before it signs anything.</summary>
    /// <param name="any">Take whatever key is there: the proof itself says what is wrong with it.</param>
    /// <exception cref="InvalidOperationException">The key is not this database's.</exception>
    public async Task<LogKey> OpenKeyAsync(Database database, CancellationToken cancel, bool any = false)
    {
        await using var db = database.Open();
        var signed = await SignedRows.ReadAsync(db, cancel);
        var key = OpenKey(make: !signed.Any);
        return any || signed.Fit(key) ? key : throw new InvalidOperationException(
            $"The key in {KeysFolder} is not the one that this database’s logs are signed with, so nothing was written. Set ANYDOOR_KEYS to the folder that holds it. Where it is lost, a demo is made anew with: anydoor demo reset");
    }
}
