using System.Diagnostics;
using AnyDoor.Audit;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Audit;

[Requirement("R-ISA-05")]
public sealed class ReadLogTests
{
    [Theory, OnBothDatabases]
    public async Task Record_EightReadersAtOnce_ReturnsOnlyWhatIsCommittedAndSharesCommits(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var who = Guid.NewGuid();
                await log.ReadAsync(who, who);
                if (i % 25 != 0) continue;
                await using var db = log.Test.Database.Open();
                var packed = who.ToByteArray(bigEndian: true);
                (await db.Set<ReadEvent>().CountAsync(e => e.Subjects == packed)).ShouldBe(1);
            }
        })));

        TestContext.Current.TestOutputHelper?.WriteLine($"{800 / watch.Elapsed.TotalSeconds:0} looks a second");
        await using var after = log.Test.Database.Open();
        var looks = await after.Set<ReadEvent>().ToListAsync();
        looks.Count.ShouldBe(800);
        looks.Count(e => log.Test.Key.Matches(CanonicalForm.Of(e), e.Mac)).ShouldBe(800);
        if (kind == Db.PostgreSql) looks.Select(e => e.Position).Distinct().Count().ShouldBeLessThan(800);
    }

    [Theory, OnBothDatabases]
    public async Task Record_AfterTheLogIsClosed_IsRefusedAndNeverSilentlyPasses(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.Reads.DisposeAsync();

        await Should.ThrowAsync<ReadNotLoggedException>(() => log.ReadAsync(Guid.NewGuid()));
    }

    [Theory, OnBothDatabases]
    public async Task Record_NobodyShown_WritesNoEvent(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);

        await log.ReadAsync();

        await using var db = log.Test.Database.Open();
        (await db.Set<ReadEvent>().CountAsync()).ShouldBe(0);
    }
}
