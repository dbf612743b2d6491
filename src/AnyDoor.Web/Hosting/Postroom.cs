using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Messages;
using AnyDoor.Requests;

namespace AnyDoor.Web.Hosting;

/// <summary>Takes waiting messages to the sender every few seconds, and once an hour takes away what has lain too long. Several processes may do so at once.</summary>
internal sealed class Postroom(Postman postman, Drafts drafts, FolderSender sender, TimeProvider clock, ILogger<Postroom> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var round = new PeriodicTimer(TimeSpan.FromSeconds(3), TimeProvider.System);
        for (var turn = 0; ; turn++)
        {
            try
            {
                if (!await round.WaitForNextTickAsync(stoppingToken)) return;
                await postman.DeliverAsync(clock.UtcNow(), stoppingToken);
                if (turn % 1200 != 0) continue;
                await drafts.PurgeAsync(new AuditContext(Actor.Job("postroom"), null, "job", Purpose.RespondToRequest, clock.UtcNow()), stoppingToken);
                sender.Purge();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The kind only: a message could quote a person.
                log.LogWarning("The postroom will try again: {Kind}", error.GetType().Name);
            }
        }
    }
}
