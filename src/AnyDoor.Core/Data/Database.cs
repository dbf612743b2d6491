using System.Data.Common;
using AnyDoor.Data.PostgreSql;
using AnyDoor.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace AnyDoor.Data;

/// <summary>One partnership's database: makes contexts and says what kind it is.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly PooledDbContextFactory<AnyDoorDb> factory;

    public Database(DatabaseKind kind)
    {
        Kind = kind;
        var options = new DbContextOptionsBuilder<AnyDoorDb>();
        kind.Configure(options);
        options.AddInterceptors(new OpenedInterceptor(kind));
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTrackingWithIdentityResolution);
        options.EnableThreadSafetyChecks(false);
        options.ConfigureWarnings(w => w
            .Ignore(RelationalEventId.PendingModelChangesWarning) // a test compares the migrated schema with the model
            .Throw(RelationalEventId.MultipleCollectionIncludeWarning));
        factory = new PooledDbContextFactory<AnyDoorDb>(options.Options);
    }

    public DatabaseKind Kind { get; }

    public AnyDoorDb Open() => factory.CreateDbContext();

    /// <summary>Whether there is a database of ours already. Asking makes none.</summary>
    public async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        await using var db = Open();
        return (await db.Database.GetAppliedMigrationsAsync(cancel)).Any();
    }

    /// <summary>Reads a file path, a <c>postgres://</c> URI or an Npgsql connection string.</summary>
    /// <exception cref="ArgumentException">A partnership was named for SQLite, where one file is one partnership; or the text is none of the three.</exception>
    public static Database From(string text, string? partnership = null)
    {
        try
        {
            return Open(text, partnership);
        }
        catch (Exception error) when (IsPostgres(text) && error is FormatException or OverflowException or KeyNotFoundException or ArgumentException { ParamName: not nameof(partnership) })
        {
            // Nothing of what was typed is said again, nor is the error kept: it may hold the password.
            throw new ArgumentException(text.Contains("://", StringComparison.Ordinal)
                ? "The address of the database does not read. Write it like postgres://user:password@host:5432/name, and signs such as / : @ ? # in the user or the password as %2F %3A %40 %3F %23."
                : "The connection string of the database does not read. Write it like Host=…;Username=…;Password=…;Database=…, and a password that holds ; or = between quotes.", nameof(text));
        }
    }

    private static bool IsPostgres(string text) => text.Contains("://", StringComparison.Ordinal) || text.Contains("Host=", StringComparison.OrdinalIgnoreCase) || text.Contains("Server=", StringComparison.OrdinalIgnoreCase);

    private static Database Open(string text, string? partnership)
    {
        if (text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
            return new Database(new PostgreSqlKind(FromUri(text), partnership));
        if (text.Contains("Host=", StringComparison.OrdinalIgnoreCase) || text.Contains("Server=", StringComparison.OrdinalIgnoreCase))
            return new Database(new PostgreSqlKind(text, partnership));
        if (partnership is not null)
            throw new ArgumentException("--partnership is for PostgreSQL. On SQLite one file is one partnership: name another file with --database.", nameof(partnership));
        return new Database(new SqliteKind(text));
    }

    /// <summary>Npgsql takes no URI.</summary>
    private static string FromUri(string text)
    {
        var uri = new Uri(text);
        // A sign in the password that should have been written otherwise has cut it short.
        if (uri.PathAndQuery.Contains('@', StringComparison.Ordinal) || uri.Fragment.Length > 0) throw new FormatException();
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length == 0 ? "localhost" : Uri.UnescapeDataString(uri.Host),
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (user[0].Length > 0) builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var (name, value) = (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
            switch (name)
            {
                case "sslmode": builder.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true); break;
                case "host": builder.Host = value; break;
                case "options": builder.Options = value; break;
                default: builder[name.Replace('_', ' ')] = value; break;
            }
        }
        return builder.ConnectionString;
    }

    public ValueTask DisposeAsync() => Kind.DisposeAsync();

    private sealed class OpenedInterceptor(DatabaseKind kind) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => kind.OnOpened(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            kind.OnOpened(connection);
            return Task.CompletedTask;
        }
    }
}
