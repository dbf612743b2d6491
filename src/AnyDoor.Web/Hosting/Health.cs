using AnyDoor.Audit;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Hosting;

internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("alive"));
        // Honest about the database: it answers, its schema is this version's, and it is the one we started with.
        app.MapGet("/health/ready", async (Database database, DatabaseMark mark, CancellationToken cancel) =>
        {
            try
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                timeout.CancelAfter(TimeSpan.FromSeconds(5));
                await using var db = database.Open();
                var found = await db.Set<DatabaseMark>().SingleOrDefaultAsync(timeout.Token);
                if (found?.DatabaseId != mark.DatabaseId) return Results.Json(new { ready = false, why = "This is not the database that was there at the start." }, statusCode: 503);
                if ((await db.Database.GetPendingMigrationsAsync(timeout.Token)).Any()) return Results.Json(new { ready = false, why = "The database waits for a migration: anydoor migrate" }, statusCode: 503);
                return Results.Json(new { ready = true });
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                return Results.Json(new { ready = false, why = "The database does not answer." }, statusCode: 503);
            }
        });
    }
}
