using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Audit;

/// <summary>The key that signs is changed, or is lost for good: what can still be proved, and what an old key in the wrong hands cannot do.</summary>
[Requirement("R-ISA-05")]
public sealed class KeyRotationTests
{
    [Theory, OnBothDatabases]
    public async Task Rotate_TheOldKeyProvesWhatItSigned_AndCodesStay(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.Sealer.CheckpointAsync(default);
        var (keys, before) = (KeysOf(log), log.Test.Key.HashSecret("request-code", "AAAABBBB"));

        var next = LogKey.Rotate(keys);

        next.Generation.ShouldBe(1);
        next.HashSecret("request-code", "AAAABBBB").ShouldBe(before, "what was stored with the first key still fits");
        await WriteWithAsync(log, next, "log.key-changed");
        (await log.VerifyAsync(LogKey.Open(keys))).ShouldSatisfyAllConditions(f => f.FirstBad.ShouldBeNull(), f => f.Unsealed.ShouldBe(0), f => f.KeyLostAt.ShouldBeNull());
        LogKey.Rotate(keys).Generation.ShouldBe(2);
        (await log.VerifyAsync(LogKey.Open(keys))).FirstBad.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Rotate_WhoStoleTheOldKey_CanPutNothingInAfterIt(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        var next = LogKey.Rotate(KeysOf(log));
        await WriteWithAsync(log, next, "log.key-changed");
        (await log.VerifyAsync(next)).FirstBad.ShouldBeNull();

        await log.WriteAsync("award.made"); // signed with the key that was stolen

        var bad = (await log.VerifyAsync(next)).FirstBad.ShouldNotBeNull();
        (bad.Log, bad.Why.Contains("signed with a key that was changed before it", StringComparison.Ordinal)).ShouldBe(("write", true), bad.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task Lost_GoesOnWithANewKey_SaysSoForEver_AndHoldsWhatStoodThen(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.Sealer.CheckpointAsync(default);
        await log.Sealer.SealNowAsync(default);
        await log.WriteAsync("thing.unsealed");
        var keys = KeysOf(log);

        (await GoOnAsync(log)).Refusal!.Code.ShouldBe("not-lost");
        foreach (var file in Directory.GetFiles(keys, "log.key*")) File.Delete(file);
        (await GoOnAsync(log, "gone")).Refusal!.Code.ShouldBe("why");
        (await GoOnAsync(log)).Done.ShouldBeTrue();

        var key = LogKey.Open(keys, make: false);
        var found = await log.VerifyAsync(key);
        found.FirstBad.ShouldBeNull();
        found.KeyLostAt.ShouldNotBeNull();
        await WriteWithAsync(log, key, "thing.later");
        (await log.VerifyAsync(key)).FirstBad.ShouldBeNull("both logs go on");

        await log.TamperAsync("UPDATE audit_event SET kind = 'other' WHERE seq = (SELECT min(seq) FROM audit_event)");
        (await log.VerifyAsync(key)).FirstBad!.Why.ShouldContain("is not what was sealed");
    }

    private static Task<Result<Nothing>> GoOnAsync(Logbook log, string why = "The disk with the keys burned, and both copies with it") =>
        KeyLoss.GoOnAsync(log.Test.Database, KeysOf(log), log.Checkpoints.Folder, Logbook.Who, why, log.Clock, default);

    private static async Task WriteWithAsync(Logbook log, LogKey key, string what)
    {
        await new Commands(log.Test.Database, key, log.Clock).RunAsync(Logbook.Who, c => { c.Record(what); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);
        await using (var reads = new ReadLog(log.Test.Database, key)) await reads.RecordAsync(Logbook.Who, "household", "open-request", [Guid.NewGuid()], default);
        log.Clock.Advance(TimeSpan.FromMinutes(1)); // the lease of the one before runs out
        await new Sealer(log.Test.Database, key, new Checkpoints(log.Checkpoints.Folder, key), log.Clock).SealNowAsync(default);
    }

    private static string KeysOf(Logbook log) => Path.Combine(log.Test.Folder, "keys");
}
