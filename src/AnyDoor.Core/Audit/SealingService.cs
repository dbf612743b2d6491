using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyDoor.Audit;

/// <summary>Seals on a server: looks twice a second, writes a checkpoint every few minutes and when it stops.</summary>
public sealed partial class SealingService(Sealer sealer, TimeProvider clock, ILogger<SealingService> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var checkpointAt = clock.GetUtcNow() + BetweenCheckpoints;
        try
        {
            while (true)
            {
                try
                {
                    await sealer.SealAsync(stoppingToken);
                    if (clock.GetUtcNow() >= checkpointAt)
                    {
                        checkpointAt = clock.GetUtcNow() + BetweenCheckpoints;
                        await sealer.CheckpointAsync(stoppingToken);
                    }
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    NotSealed(log, error);
                }
                await Task.Delay(Pace, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await sealer.SealNowAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            NotSealed(log, error);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "The logs could not be sealed; events are still written and are sealed as soon as it works again.")]
    private static partial void NotSealed(ILogger logger, Exception error);
}
