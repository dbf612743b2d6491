using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Tests;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Funds;

/// <summary>Any sequence of money commands, against a model of five numbers.</summary>
public sealed class LedgerPropertyTests
{
    public enum Deed { Award, Promise, Issue, Redeem, Cancel, Expire, Return, TakeBack, Allot, TakeAllotment }

    public sealed record Step(Deed Deed, int Which, int Pence);

    private static readonly Gen<Step> Steps =
        from deed in Gen.Choose(0, 13)
        from which in Gen.Choose(0, 4)
        from pence in Gen.Choose(90, 9_000)
        select new Step(deed > 9 ? Deed.Award : (Deed)deed, which, pence);

    [Theory, OnBothDatabases]
    public async Task AnySequence_Balances_NeverCrossesZeroAndReplaysToNothing(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2021, 6, 1, 9, 0, 0, DateTimeKind.Utc));
        var household = await rig.HouseholdAsync();
        var run = 0;

        Prop.ForAll(Steps.ArrayOf(18).ToArbitrary(), steps => RunAsync(rig, household, $"scheme-{run++}", steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithEndSize(18));

        run.ShouldBeGreaterThanOrEqualTo(12);
        await rig.ShouldBalanceAsync();
    }

    private static async Task RunAsync(FundsRig rig, Guid household, string scheme, Step[] steps)
    {
        const long Allocation = 20_000;
        await rig.LoadAsync(FundsRig.PlainScheme(scheme, Allocation));
        var model = new Dictionary<AwardStatus, long>();
        var (available, unallotted) = (Allocation, 0L);
        var awards = new List<(string Reference, long Pence, AwardStatus Status, AwardStatus? Before)>();
        var done = new List<(int Key, Func<Once, Task<(Refusal? Refusal, string Answer)>> Run, string Answer)>();
        var late = FundsRig.At(rig.Who.At.AddDays(100));

        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            var target = awards.Count == 0 ? (-1, default) : (step.Which % awards.Count, awards[step.Which % awards.Count]);
            var (index, award) = target;
            Func<Once, Task<(Refusal?, string)>> command = step.Deed switch
            {
                Deed.Award or Deed.Promise => once => Of(rig.Awards.AwardAsync(rig.Who,
                    FundsRig.Ask(household, step.Pence, scheme) with { State = step.Deed == Deed.Award ? AwardStatus.Issued : AwardStatus.Committed }, default, once)),
                Deed.Allot => once => Of(rig.Schemes.AllotAsync(rig.Who, scheme, new Money(step.Pence), default, once)),
                Deed.TakeAllotment => once => Of(rig.Schemes.AllotAsync(rig.Who, scheme, new Money(-step.Pence), default, once)),
                _ when index < 0 => _ => Task.FromResult<(Refusal?, string)>((new Refusal("none", "No award yet."), "")),
                Deed.Issue => once => Of(rig.Desk.IssueAsync(rig.Who, award.Reference, default, once)),
                Deed.Redeem => once => Of(rig.Desk.RedeemAsync(rig.Who, award.Reference, default, once)),
                Deed.Cancel => once => Of(rig.Desk.CancelAsync(rig.Who, award.Reference, default, once)),
                Deed.Expire => once => Of(rig.Desk.ExpireAsync(late, award.Reference, default, once)),
                Deed.Return => once => Of(rig.Desk.ReturnAsync(rig.Who, award.Reference, default, once)),
                _ => once => Of(rig.Desk.TakeBackAsync(rig.Who, award.Reference, default, once)),
            };
            var (refusal, answer) = await command(Key(scheme, i));

            // What the model says must happen.
            AwardStatus? to = step.Deed switch
            {
                Deed.Issue when index >= 0 && award.Status == AwardStatus.Committed => AwardStatus.Issued,
                Deed.Redeem when index >= 0 && award.Status == AwardStatus.Issued => AwardStatus.Redeemed,
                Deed.Cancel when index >= 0 && award.Status is AwardStatus.Committed or AwardStatus.Issued && index >= 0 => AwardStatus.Cancelled,
                Deed.Expire when index >= 0 && award.Status == AwardStatus.Issued => AwardStatus.Expired,
                Deed.Return when index >= 0 && award.Status == AwardStatus.Redeemed => AwardStatus.Returned,
                Deed.TakeBack when index >= 0 && award.Status != AwardStatus.Committed && (Holds(award.Status) || available >= award.Pence) => Back(award),
                _ => null,
            };
            var expected = step.Deed switch
            {
                Deed.Award or Deed.Promise => step.Pence >= 100 && step.Pence <= available,
                Deed.Allot => step.Pence <= unallotted,
                Deed.TakeAllotment => step.Pence <= available,
                _ => to is not null,
            };
            (refusal is null).ShouldBe(expected, $"step {i}: {step} {award.Status} {refusal}");
            if (refusal is not null) continue;
            done.Add((i, command, answer));
            switch (step.Deed)
            {
                case Deed.Award or Deed.Promise:
                    available -= step.Pence;
                    awards.Add((answer, step.Pence, step.Deed == Deed.Award ? AwardStatus.Issued : AwardStatus.Committed, null));
                    break;
                case Deed.Allot: (available, unallotted) = (available + step.Pence, unallotted - step.Pence); break;
                case Deed.TakeAllotment: (available, unallotted) = (available - step.Pence, unallotted + step.Pence); break;
                default:
                    if (Holds(award.Status) && !Holds(to!.Value)) available += award.Pence;
                    if (!Holds(award.Status) && Holds(to!.Value)) available -= award.Pence;
                    awards[index] = (award.Reference, award.Pence, to!.Value, award.Status);
                    break;
            }
        }

        var balances = await rig.BalancesAsync(scheme);
        balances[AccountKind.Available].ShouldBe(available);
        balances[AccountKind.Unallotted].ShouldBe(unallotted);
        foreach (var status in new[] { AwardStatus.Committed, AwardStatus.Issued, AwardStatus.Redeemed })
            balances[Enum.Parse<AccountKind>(status.ToString())].ShouldBe(awards.Where(a => a.Status == status).Sum(a => a.Pence));
        balances.ShouldAllBe(b => b.Key == AccountKind.Grantor || b.Key == AccountKind.CameBack ? b.Value <= 0 : b.Value >= 0);
        balances.Values.Sum().ShouldBe(0);

        var entries = await rig.CountAsync<LedgerEntry>();
        foreach (var (key, command, answer) in done) (await command(Key(scheme, key))).ShouldBe((null, answer));
        (await rig.BalancesAsync(scheme)).ShouldBe(balances);
        (await rig.CountAsync<LedgerEntry>()).ShouldBe(entries);
    }

    private static bool Holds(AwardStatus status) => status is AwardStatus.Committed or AwardStatus.Issued or AwardStatus.Redeemed;

    /// <summary>Where an award stands when its last move is taken back. A cancelled one goes back to wherever it was cancelled from.</summary>
    private static AwardStatus Back((string Reference, long Pence, AwardStatus Status, AwardStatus? Before) award) => award.Status switch
    {
        AwardStatus.Issued => AwardStatus.Committed,
        AwardStatus.Redeemed or AwardStatus.Expired => AwardStatus.Issued,
        AwardStatus.Returned => AwardStatus.Redeemed,
        _ => award.Before!.Value,
    };

    private static Once Key(string scheme, int step) => new(scheme, $"step-{step}", [(byte)step]);

    private static async Task<(Refusal? Refusal, string Answer)> Of(Task<Result<Awarded>> task) => await task is var r && r.Done ? (null, r.Value.Reference) : (r.Refusal, "");

    private static async Task<(Refusal? Refusal, string Answer)> Of(Task<Result<Nothing>> task) => await task is var r && r.Done ? (null, "done") : (r.Refusal, "");
}
