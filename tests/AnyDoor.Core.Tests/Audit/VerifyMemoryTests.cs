using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Audit;

/// <summary>What is measured of the whole process is measured while nothing else runs in it.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Requirement("R-ISA-05")]
[Collection(nameof(Alone))]
public sealed class VerifyMemoryTests
{
    [Theory, OnBothDatabases]
    public async Task Verify_ManyEvents_HoldsNoTableInMemory(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        var long64 = new string('x', 200);
        for (var batch = 0; batch < 4; batch++)
        {
            await log.Commands.RunAsync(Logbook.Who, c =>
            {
                for (var i = 0; i < 5000; i++) c.Record("thing.done", content: long64 + i.ToString(CultureInfo.InvariantCulture));
                return Task.FromResult<Result<Nothing>>(Nothing.Value);
            }, default);
        }
        await log.SealAllAsync();
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () => { while (!stop.IsCancellationRequested) { most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before); await Task.Delay(20); } });

        (await log.ProveAsync()).ShouldBe(new AuditFindings(20000, 0, 0, null));
        await stop.CancelAsync();
        await watch;

        // Twenty thousand events with their content would be some 20 MB.
        most.ShouldBeLessThan(8_000_000);
    }
}
