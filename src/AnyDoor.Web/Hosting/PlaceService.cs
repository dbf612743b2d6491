using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Requests;

namespace AnyDoor.Web.Hosting;

/// <summary>Loads the place data that lies in the folder it was told, beside the serving; then keeps the memory up with what other processes load.</summary>
public sealed class PlaceService(StartOptions options, PlaceFolder folder, Offers.LocalRates rates, PostcodeLookup lookup, PlaceBook book, AreaResolver areas, TimeProvider clock, ILogger<PlaceService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the start does not wait for it
        foreach (var line in rates.Said) log.LogInformation("Rates: {Line}", line);
        try
        {
            await LoadAsync(stoppingToken);
            await KeepUpAsync(stoppingToken);
            using var round = new PeriodicTimer(TimeSpan.FromMinutes(1), TimeProvider.System);
            while (await round.WaitForNextTickAsync(stoppingToken)) await KeepUpAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        if (options.PlacesFolder is not { } path) return;
        try
        {
            var who = new AuditContext(Actor.Job("places"), null, "command-line", Purpose.StatisticsAndPlanning, clock.UtcNow());
            if (await folder.LoadAsync(path, who, line => log.LogInformation("{Line}", line), cancel) == 0) return;
            await lookup.RefreshAsync(cancel);
            var resolved = await areas.ResolveAsync(who, cancel);
            if (resolved > 0) log.LogInformation("{Count} requests whose area was not known have it now", resolved);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            log.LogWarning("The folder of place data is read again at the next start: {Kind}", error.GetType().Name);
        }
    }

    private async Task KeepUpAsync(CancellationToken cancel)
    {
        try
        {
            await lookup.RefreshAsync(cancel);
            // Outlines take seconds to put together: here, and not while the first reader waits.
            foreach (var year in new[] { 2011, 2021 })
                if (book.Current.InUse.Any(d => d.Series == $"boundaries-lsoa{year}")) _ = book.Current.OutlinesOf("lsoa", year);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            log.LogWarning("Place data is read anew in a minute: {Kind}", error.GetType().Name);
        }
    }
}
