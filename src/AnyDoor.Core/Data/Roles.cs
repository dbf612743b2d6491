using AnyDoor.Audit;
using AnyDoor.Common;
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
        var remade = await RemakeGuardsAsync(installation, database, db, cancel);

        if (database.Kind is not PostgreSqlKind kind) return new Migrated(pending, null, remade);
        return await GrantAsync(installation, database, cancel) is { } role
            ? new Migrated(pending, role, [.. remade, $"The role {role} may read and write, and may neither change nor delete what happened."])
            : new Migrated(pending, kind.UserName, [.. remade, $"One role, {kind.UserName}, owns the tables and runs the app. That is for a demo: for live work set ANYDOOR_OWNER_DATABASE, so that the app's role owns nothing."]);
    }

    /// <summary>Triggers that were taken away since they were made are made anew, and that is said and logged. What is beside them stays, and is named by <c>audit verify</c>.</summary>
    private static async Task<IReadOnlyList<string>> RemakeGuardsAsync(Installation installation, Database database, AnyDoorDb db, CancellationToken cancel)
    {
        var loose = await database.Kind.LooseGuardsAsync(db, cancel);
        if (loose.Count == 0) return [];
        var key = await installation.OpenKeyAsync(database, cancel);
        using (await database.Kind.WriterTurnAsync(cancel)) await database.Kind.RemakeGuardsAsync(db, cancel);
        var left = await database.Kind.LooseGuardsAsync(db, cancel);
        List<string> notes = [.. left.Select(s => $"{s} Take it away, and find out who made it.")];
        if (loose.Except(left).ToList() is not { Count: > 0 } mended) return notes;
        var who = new AuditContext(Actor.Job($"migrate by {Environment.UserName}"), null, "command-line", Purpose.Assurance, TimeProvider.System.UtcNow());
        await new Commands(database, key, TimeProvider.System).RunAsync(who, c => { c.Record("log.triggers-made-anew", content: string.Join(' ', mended)); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, cancel);
        return [.. notes, .. mended, "These triggers were made anew. Find out who had taken them away, and run “audit verify”."];
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
