using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Web.Hosting;

/// <summary>Tells partners' systems what moved, every few seconds. Several processes may do so at once.</summary>
internal sealed class WebhookService(WebhookRunner runner, TimeProvider clock, ILogger<WebhookService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var round = new PeriodicTimer(TimeSpan.FromSeconds(3), TimeProvider.System);
        while (true)
        {
            try
            {
                if (!await round.WaitForNextTickAsync(stoppingToken)) return;
                await runner.DeliverAsync(clock.UtcNow(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                log.LogWarning("Partners’ systems are told later: {Kind}", error.GetType().Name);
            }
        }
    }
}
