using System.Diagnostics;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Funds;

/// <summary>What must hold when many ask at once, when a scheme closes under way, and when the power goes.</summary>
public sealed class FundFaultTests
{
    private const string LoadDatabase = "ANYDOOR_TEST_AWARD_LOAD";
    private const string LoadFolder = "ANYDOOR_TEST_AWARD_LOAD_FOLDER";
    private const string LoadHousehold = "ANYDOOR_TEST_AWARD_LOAD_HOUSEHOLD";

    /// <summary>Fault case F1.</summary>
    [Theory, OnBothDatabases]
    public async Task Award_SixtyFourAtOnceForAFundThatCoversTen_MakesExactlyTen(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme(allocation: 10 * 4900 + 4899));
        var households = new List<Guid>();
        for (var i = 0; i < 64; i++) households.Add(await rig.HouseholdAsync());

        var all = await Task.WhenAll(households.Select(h => Task.Run(() => rig.AwardAsync(FundsRig.Ask(h, 4900)))));

        all.Count(a => a.Done).ShouldBe(10);
        all.Where(a => !a.Done).ShouldAllBe(a => a.Refusal!.Code == "not-enough-money");
        (await rig.CountAsync<Award>(), await rig.CountAsync<Application>(), await rig.CountAsync<Voucher>()).ShouldBe((10, 10, 10));
        var balances = await rig.BalancesAsync("plain");
        (balances[AccountKind.Available], balances[AccountKind.Issued]).ShouldBe((4899L, 49_000L));
        await rig.ShouldBalanceAsync();
    }

    /// <summary>Fault case F9: the close is committed while an award is between its checks and its commit. Only PostgreSQL lets both run at once.</summary>
    [Fact]
    public async Task Close_CommittedWhileAnAwardIsUnderWay_StopsTheAward()
    {
        await using var rig = await FundsRig.CreateAsync(Db.PostgreSql);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var household = await rig.HouseholdAsync();
        var (checkedAll, closed) = (new TaskCompletionSource(), new TaskCompletionSource());
        var award = Task.Run(() => rig.Commands.RunAsync(rig.Who, async c =>
        {
            var made = await rig.Awards.AwardAsync(c, [FundsRig.Ask(household, 4900)]);
            c.AtEnd(0, async _ => { checkedAll.SetResult(); await closed.Task; return null; });
            return made;
        }, default));

        await checkedAll.Task;
        (await rig.Schemes.CloseAtAsync(rig.Who, "plain", rig.Who.At, "High demand.", default)).Value.ShouldBe(rig.Who.At);
        closed.SetResult();

        (await award).Refusal!.Code.ShouldBe("scheme-closed");
        (await rig.CountAsync<Award>()).ShouldBe(0);
        await rig.ShouldBalanceAsync();
    }

    /// <summary>Fault case F9, under load with the real clock.</summary>
    [Theory, OnBothDatabases]
    public async Task Close_UnderLoad_LeavesNoAwardEffectiveAfterIt(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        var scheme = FundsRig.PlainScheme();
        scheme["round"]!["closes"] = "2199-12-31";
        await rig.LoadAsync(scheme);
        var households = new List<Guid>();
        for (var i = 0; i < 4; i++) households.Add(await rig.HouseholdAsync());
        var clock = TimeProvider.System;
        DateTime Instant() => new(clock.UtcNow().Ticks / 10 * 10, DateTimeKind.Utc);
        var made = 0;
        var load = households.Select(h => Task.Run(async () =>
        {
            var refused = 0;
            var running = Stopwatch.StartNew();
            while (refused == 0)
            {
                if (running.Elapsed > TimeSpan.FromMinutes(1)) Assert.Fail("The scheme is closed and still gives awards.");
                var one = await rig.Awards.AwardAsync(FundsRig.At(Instant()), FundsRig.Ask(h, 100), default);
                if (one.Done) Interlocked.Increment(ref made);
                else if (one.Refusal.Code == "scheme-closed") refused++;
                else Assert.Fail(one.Refusal.Sentence);
            }
        })).ToList();
        while (Volatile.Read(ref made) < 10) await Task.Delay(10);

        var at = await rig.Schemes.CloseAtAsync(FundsRig.At(Instant()), "plain", Instant(), "High demand.", default);
        await Task.WhenAll(load);

        await using var db = rig.Test.Database.Open();
        (await db.Set<Award>().MaxAsync(a => a.EffectiveAt)).ShouldBeLessThan(at.Value);
        (await rig.CountAsync<Award>()).ShouldBe(made);
        await rig.ShouldBalanceAsync();
    }

    /// <summary>Fault case F31: a real process under load, killed with no chance to tidy up.</summary>
    [Theory, OnBothDatabases]
    public async Task Kill_UnderAwardLoad_KeepsEveryAcknowledgedAwardAndSettlesTheRestByKey(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme(allocation: 1_000_000_000));
        var household = await rig.HouseholdAsync();
        var tries = Path.Combine(rig.Test.Folder, "tries");
        var answers = Path.Combine(rig.Test.Folder, "answers");

        await RunAndKillAsync(rig, household, answers, acknowledged: 60);

        var acknowledged = (await File.ReadAllLinesAsync(answers)).Where(l => l.EndsWith('.')).Select(l => l.TrimEnd('.').Split(' ')).ToDictionary(p => p[0], p => p[1]);
        var tried = (await File.ReadAllLinesAsync(tries)).Where(l => l.EndsWith('.')).Select(l => l.TrimEnd('.')).ToList();
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(60);
        var before = await rig.CountAsync<Award>();
        before.ShouldBeInRange(acknowledged.Count, tried.Count);
        foreach (var (key, reference) in acknowledged)
            (await LoadAsync(rig.Awards, household, key)).Value!.Reference.ShouldBe(reference);
        (await rig.CountAsync<Award>()).ShouldBe(before);
        foreach (var key in tried) (await LoadAsync(rig.Awards, household, key)).Done.ShouldBeTrue();
        (await rig.CountAsync<Award>()).ShouldBe(tried.Count);
        await rig.ShouldBalanceAsync();
    }

    /// <summary>The process that is killed: awards until it dies. The test above starts it; it is never part of a run of its own.</summary>
    [Fact(Explicit = true)]
    public async Task Load_AsAChildProcess_AwardsUntilItIsKilled()
    {
        var connection = Environment.GetEnvironmentVariable(LoadDatabase)!;
        var folder = Environment.GetEnvironmentVariable(LoadFolder)!;
        var household = Guid.Parse(Environment.GetEnvironmentVariable(LoadHousehold)!);
        await using var database = Database.From(connection);
        var awards = new AwardService(new Commands(database, LogKey.Open(Path.Combine(folder, "keys")), TimeProvider.System), new SchemeBook());
        await using var tries = new StreamWriter(Path.Combine(folder, "tries"), append: true) { AutoFlush = true };
        await using var answers = new StreamWriter(Path.Combine(folder, "answers"), append: true) { AutoFlush = true };
        var until = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(lane => Task.Run(async () =>
        {
            for (var i = 0; until.Elapsed < TimeSpan.FromMinutes(2); i++)
            {
                var key = $"{lane}-{i}";
                lock (tries) tries.WriteLine($"{key}.");
                var made = await LoadAsync(awards, household, key);
                lock (answers) answers.WriteLine($"{key} {made.Value!.Reference}.");
            }
        })));
        Assert.Fail("Nobody killed this process.");
    }

    private static Task<Result<Awarded>> LoadAsync(AwardService awards, Guid household, string key) =>
        awards.AwardAsync(FundsRig.At(FundsRig.Now), FundsRig.Ask(household, 100 + key[0]), default, new Once("load", key, [(byte)key[0]]));

    private static async Task RunAndKillAsync(FundsRig rig, Guid household, string answers, int acknowledged)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "AnyDoor.Core.Tests.dll"));
        start.ArgumentList.Add("--filter-method");
        start.ArgumentList.Add($"{typeof(FundFaultTests).FullName}.{nameof(Load_AsAChildProcess_AwardsUntilItIsKilled)}");
        start.ArgumentList.Add("--explicit");
        start.ArgumentList.Add("only");
        start.Environment[LoadDatabase] = rig.Test.Connection;
        start.Environment[LoadFolder] = rig.Test.Folder;
        start.Environment[LoadHousehold] = household.ToString();
        using var child = Process.Start(start)!;
        var (output, errors) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        try
        {
            var waited = Stopwatch.StartNew();
            while (!File.Exists(answers) || File.ReadLines(answers).Count() < acknowledged)
            {
                if (child.HasExited || waited.Elapsed > TimeSpan.FromMinutes(2)) Assert.Fail($"The load did not get going: {await output} {await errors}");
                await Task.Delay(5);
            }
        }
        finally
        {
            child.Kill(); // SIGKILL
        }
        await child.WaitForExitAsync();
        child.ExitCode.ShouldBe(137);
    }
}
