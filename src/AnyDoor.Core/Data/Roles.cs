using AnyDoor.Data.PostgreSql;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>What a migration did.</summary>
public sealed record Migrated(IReadOnlyList<string> Applied, string? AppRole, IReadOnlyList<string> Notes);

/// <summary>Migrates with the owner's connection where there is one, and grants the app's role what it needs and no more.</summary>
public static class Roles
{
    public static async Task<Migrated> MigrateAsync(Installation installation, string? partnership, CancellationToken cancel)
    {
        var owner = Environment.GetEnvironmentVariable("ANYDOOR_OWNER_DATABASE");
        await using var app = installation.OpenDatabase();
        await using var database = string.IsNullOrEmpty(owner) || app.Kind is not PostgreSqlKind ? installation.OpenDatabase() : Database.From(owner, partnership);
        await database.Kind.PrepareAsync(cancel);
        await using var db = database.Open();
        List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(cancel)];
        await database.Kind.ClearStaleMigrationLockAsync(db, cancel);
        await Migrator.MigrateAsync(database, demo: null, TimeProvider.System, cancel);

        if (app.Kind is not PostgreSqlKind appKind || database.Kind is not PostgreSqlKind ownerKind) return new Migrated(pending, null, []);
        if (ownerKind.UserName == appKind.UserName)
            return new Migrated(pending, appKind.UserName, [$"One role, {appKind.UserName}, owns the tables and runs the app. That is for a demo: for live work set ANYDOOR_OWNER_DATABASE, so that the app's role owns nothing."]);
        await ownerKind.GrantAsync(appKind, cancel);
        return new Migrated(pending, appKind.UserName, [$"The role {appKind.UserName} may read and write, and may neither change nor delete what happened."]);
    }
}
