using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyDoor.Audit;

/// <summary>Seals on a server: looks twice a second, and pins what it sealed in a checkpoint: at once, and no more often than every few seconds.</summary>
public sealed partial class SealingService(Sealer sealer, TimeProvider clock, ILogger<SealingService> log) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var checkpointAt = clock.GetUtcNow();
        // What was sealed by a server that was killed has none yet.
        var grown = true;
        try
        {
            while (true)
            {
                try
                {
                    await sealer.HereAsync(stoppingToken);
                    grown |= await sealer.SealAsync(stoppingToken) > 0;
                    if (grown && clock.GetUtcNow() >= checkpointAt)
                    {
                        await sealer.CheckpointAsync(stoppingToken);
                        (grown, checkpointAt) = (false, clock.GetUtcNow() + BetweenCheckpoints);
                    }
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    grown = true;
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
            await sealer.GoneAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            NotSealed(log, error);
        }
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "The logs could not be sealed; events are still written and are sealed as soon as it works again.")]
    private static partial void NotSealed(ILogger logger, Exception error);
}
