using AnyDoor.Common;
using AnyDoor.Messages;

namespace AnyDoor.Web.Hosting;

/// <summary>Takes waiting messages to the sender every few seconds. Several processes may do so at once.</summary>
internal sealed class Postroom(Postman postman, TimeProvider clock, ILogger<Postroom> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var round = new PeriodicTimer(TimeSpan.FromSeconds(3), TimeProvider.System);
        while (true)
        {
            try
            {
                if (!await round.WaitForNextTickAsync(stoppingToken)) return;
                await postman.DeliverAsync(clock.UtcNow(), stoppingToken);
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
