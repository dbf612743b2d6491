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
        var home = Environment.GetEnvironmentVariable("ANYDOOR_HOME") is { Length: > 0 } set ? set : Directory.GetCurrentDirectory();
        string Or(string? given, string variable, string fallback) =>
            given is { Length: > 0 } ? given : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : Path.Combine(home, "data", fallback);
        return new Installation(Or(database, "ANYDOOR_DATABASE", "anydoor.db"), partnership, Or(null, "ANYDOOR_KEYS", "keys"), Or(null, "ANYDOOR_CHECKPOINTS", "checkpoints"));
    }

    /// <summary>Where the demo's sender puts messages: beside the keys, which are as private.</summary>
    public string OutboxFolder => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(KeysFolder))!, "outbox");

    public Database OpenDatabase() => Data.Database.From(Database, Partnership);

    public LogKey OpenKey() => LogKey.Open(KeysFolder);
}
