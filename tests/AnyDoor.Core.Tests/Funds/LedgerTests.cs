using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Funds;

public sealed class LedgerTests
{
    private static Money Pounds(string text) => Money.TryParse(text, out var money) ? money : throw new ArgumentException(text);

    [Theory, OnBothDatabases, Requirement("R-HSF-01")]
    public async Task Allot_AfterTheVoucherScheme_LeavesTheRestExactlyAndRefusesAPennyMore(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-voucher");
        (await rig.BalancesAsync("hsf-1-direct-voucher"))[AccountKind.Unallotted].ShouldBe(245_715_800);
        var scheme = FundsRig.Shipped("hsf-1-direct-award").Replace("245715800", "0", StringComparison.Ordinal);
        (await rig.Schemes.LoadAsync(rig.Who, scheme, default)).Refusal.ShouldBeNull();

        var pennyMore = await rig.Schemes.AllotAsync(rig.Who, "hsf-1-direct-award", Pounds("2,457,158.01"), default);
        var exactly = await rig.Schemes.AllotAsync(rig.Who, "hsf-1-direct-award", Pounds("2,457,158.00"), default);

        pennyMore.Refusal!.Code.ShouldBe("not-enough-money");
        pennyMore.Refusal.Sentence.ShouldBe("Household Support Fund has £2,457,158.00 left to allot. £2,457,158.01 is £0.01 more than is left.");
        exactly.Done.ShouldBeTrue();
        var balances = await rig.BalancesAsync("hsf-1-direct-award");
        balances[AccountKind.Unallotted].ShouldBe(0);
        balances[AccountKind.Available].ShouldBe(245_715_800);
        balances[AccountKind.Grantor].ShouldBe(-358_142_400);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-01")]
    public async Task Load_BothSchemesOfTheFund_SplitsTheGrantExactly(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);

        await rig.LoadShippedAsync("hsf-1-direct-voucher", "hsf-1-direct-award");

        var schemes = await rig.Reports.SchemesAsync(default);
        schemes.Select(s => (s.Id, s.AllocationPence, s.AvailablePence)).ShouldBe([("hsf-1-direct-award", 245_715_800L, 245_715_800L), ("hsf-1-direct-voucher", 112_426_600L, 112_426_600L)]);
        var round = (await rig.Reports.RoundsAsync(default)).ShouldHaveSingleItem();
        (round.GrantPence, round.UnallottedPence).ShouldBe((358_142_400L, 0L));
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-02")]
    public async Task Expire_OneOfThreeAwards_ReadsIssued209Returned49Net160(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2021, 6, 1, 9, 0, 0, DateTimeKind.Utc));
        await rig.LoadAsync(FundsRig.PlainScheme());
        var awards = new List<Awarded>();
        foreach (var pence in new[] { 5000, 4900, 11000 })
            awards.Add((await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), pence))).Value!);

        var early = await rig.Desk.ExpireAsync(rig.Who, awards[1].Reference, default);
        rig.Clock.Advance(TimeSpan.FromDays(91));
        var due = await rig.Desk.ExpireAsync(rig.Who, awards[1].Reference, default);

        early.Refusal!.Sentence.ShouldBe("This award can still be used until 30 August 2021.");
        due.Value!.Status.ShouldBe(AwardStatus.Expired);
        var figures = (await rig.Reports.SchemeAsync("plain", default))!;
        (figures.EverIssuedPence, figures.ReturnedPence, figures.IssuedPence).ShouldBe((20900L, 4900L, 16000L));
        (figures.AllocationPence, figures.AvailablePence, figures.ExpiredPence).ShouldBe((1_000_000L, 984_000L, 4900L));
        var expired = await rig.Reports.AwardsAsync(new AwardFilter("plain", AwardStatus.Expired), 1, 20, default);
        (expired.Count, expired.Pence, expired.Awards[0].Reference).ShouldBe((1, 4900L, awards[1].Reference));
        var trail = (await rig.Reports.TrailAsync(awards[1].Reference, default))!;
        trail.Entries.Select(e => e.Kind).Distinct().ShouldBe([MoveKind.Committed, MoveKind.Issued, MoveKind.Expired]);
        trail.Entries.Sum(e => e.Amount.Pence).ShouldBe(0);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-02")]
    public async Task TakeBack_EachMove_MirrorsItAndRestoresTheAward(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var award = (await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 5000))).Value!;
        var issued = await rig.BalancesAsync("plain");

        await rig.Desk.RedeemAsync(rig.Who, award.Reference, default);
        (await rig.Desk.TakeBackAsync(rig.Who, award.Reference, default)).Value!.Status.ShouldBe(AwardStatus.Issued);
        (await rig.BalancesAsync("plain")).ShouldBe(issued);
        await rig.Desk.CancelAsync(rig.Who, award.Reference, default);
        (await rig.Desk.TakeBackAsync(rig.Who, award.Reference, default)).Value!.Status.ShouldBe(AwardStatus.Issued);
        (await rig.BalancesAsync("plain")).ShouldBe(issued);
        await rig.Desk.RedeemAsync(rig.Who, award.Reference, default);
        await rig.Desk.ReturnAsync(rig.Who, award.Reference, default);
        (await rig.Desk.TakeBackAsync(rig.Who, award.Reference, default)).Value!.Status.ShouldBe(AwardStatus.Redeemed);

        (await rig.BalancesAsync("plain"))[AccountKind.Redeemed].ShouldBe(5000);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-02")]
    public async Task Entries_AreNeitherEditedNorDeleted(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        await using var db = rig.Test.Database.Open();

        await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"UPDATE ledger_entry SET amount = amount + 1"));
        await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"DELETE FROM ledger_entry"));
        await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"UPDATE scheme_version SET body = '{{}}'"));
        await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"DELETE FROM scheme_version"));
        if (kind == Db.PostgreSql) await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"TRUNCATE ledger_entry"));
        if (kind == Db.Sqlite)
            await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlAsync($"INSERT OR REPLACE INTO ledger_entry SELECT transaction_id, line, account_id, amount + 1, kind, award_id, effective_on, recorded_at, reverses FROM ledger_entry"));

        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Verify_TamperedBalance_NamesTheAccountAndTheDifference(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 5000));
        await using (var db = rig.Test.Database.Open()) await db.Database.ExecuteSqlAsync($"UPDATE ledger_account SET balance = balance + 1 WHERE kind = 'Issued'");

        var books = await rig.Verifier.VerifyAsync(default);

        books.Accounts.ShouldBe(11);
        books.Entries.ShouldBe(8);
        books.Differences.Select(d => (d.Kind, d.ExpectedPence, d.ActualPence)).ShouldBe([("balance", 5000L, 5001L), ("awards", 5000L, 5001L)]);
    }

    [Theory, OnBothDatabases]
    public async Task Verify_EntryWithoutItsOtherSide_IsFound(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        await using (var db = rig.Test.Database.Open())
        {
            db.Add(new LedgerEntry { TransactionId = Guid.NewGuid(), Line = 1, AccountId = Guid.NewGuid(), Amount = new Money(7), Kind = MoveKind.Granted, EffectiveOn = new DateOnly(2021, 1, 1), RecordedAt = FundsRig.Now });
            await db.SaveChangesAsync();
        }

        (await rig.Verifier.VerifyAsync(default)).Differences.Select(d => d.Kind).Order().ShouldBe(["account-missing", "transaction"]);
    }
}
