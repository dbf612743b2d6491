using AnyDoor.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>What a migration did.</summary>
public sealed record Migrated(IReadOnlyList<string> Applied, string? AppRole, IReadOnlyList<string> Notes);

/// <summary>Makes tables with the owner's connection where there is one, and grants the app's role what it needs and no more.</summary>
public static class Roles
{
    public static async Task<Migrated> MigrateAsync(Installation installation, CancellationToken cancel)
    {
        await using var database = await OpenAsOwnerAsync(installation, cancel);
        await database.Kind.PrepareAsync(cancel);
        await using var db = database.Open();
        List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancel)];
        await Migrator.MigrateAsync(database, () => installation.OpenKey(), demo: null, TimeProvider.System, cancel);

        if (database.Kind is not PostgreSqlKind kind) return new Migrated(pending, null, []);
        return await GrantAsync(installation, database, cancel) is { } role
            ? new Migrated(pending, role, [$"The role {role} may read and write, and may neither change nor delete what happened."])
            : new Migrated(pending, kind.UserName, [$"One role, {kind.UserName}, owns the tables and runs the app. That is for a demo: for live work set ANYDOOR_OWNER_DATABASE, so that the app's role owns nothing."]);
    }

    /// <summary>The app's own database and schema, as <c>ANYDOOR_OWNER_DATABASE</c> where it is set, and as the app otherwise.</summary>
    /// <exception cref="InvalidOperationException">The owner's connection leads somewhere else, or the app's role is not there.</exception>
    public static async Task<Database> OpenAsOwnerAsync(Installation installation, CancellationToken cancel)
    {
        var app = installation.OpenDatabase();
        if (Environment.GetEnvironmentVariable("ANYDOOR_OWNER_DATABASE") is not { Length: > 0 } owner || app.Kind is not PostgreSqlKind appKind) return app;
        await using (app)
        {
            var database = Database.From(owner, appKind.Schema);
            try { await ((PostgreSqlKind)database.Kind).CheckOwnsForAsync(appKind, cancel); }
            catch
            {
                await database.DisposeAsync();
                throw;
            }
            return database;
        }
    }

    /// <summary>Grants the app's role its part. Null where it is the owner itself.</summary>
    public static async Task<string?> GrantAsync(Installation installation, Database owners, CancellationToken cancel)
    {
        await using var app = installation.OpenDatabase();
        if (app.Kind is not PostgreSqlKind appKind || owners.Kind is not PostgreSqlKind ownerKind || ownerKind.UserName == appKind.UserName) return null;
        await ownerKind.GrantAsync(appKind, cancel);
        return appKind.UserName;
    }
}
