using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Funds;

public sealed class AwardTests
{
    private static readonly Facts OnUniversalCredit = Facts.Of(null, ("benefits.list", new[] { "universal-credit" }));

    private static Once Key(string key, AwardAsk ask) => new("test", key, SHA256.HashData(Encoding.UTF8.GetBytes($"{ask.HouseholdId} {ask.SchemeId} {ask.AwardType} {ask.AmountPence}")));

    [Theory, OnBothDatabases]
    public async Task Award_Eligible_WritesApplicationDecisionAwardLetterEntriesAndEventAtOnce(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-voucher", "hsf-1-direct-award");
        var household = await rig.HouseholdAsync();

        var made = await rig.AwardAsync(FundsRig.Ask(household, 4900, "hsf-1-direct-award", facts: OnUniversalCredit));

        made.Refusal.ShouldBeNull();
        made.Value!.Status.ShouldBe(AwardStatus.Issued);
        made.Value.ExpiresOn.ShouldBe(new DateOnly(2022, 3, 2));
        made.Value.Code!.Length.ShouldBe(10);
        var trail = (await rig.Reports.TrailAsync(made.Value.Reference, default))!;
        (trail.Decision.RuleId, trail.Decision.SchemeVersion, trail.Decision.Reason, trail.Decision.Unknown).ShouldBe(("income-or-benefit", 1, "No money on the meter.", null));
        (trail.Award.District, trail.Award.Category, trail.Award.Amount).ShouldBe(("E07000010", "energy-and-water", new Money(4900)));
        await using var db = rig.Test.Database.Open();
        (await db.Set<Voucher>().SingleAsync()).CodeHash.ShouldNotBe(Encoding.UTF8.GetBytes(made.Value.Code));
        (await db.Set<AuditEvent>().SingleAsync(e => e.Kind == "award.made")).HouseholdId.ShouldBe(household);
        (await rig.BalancesAsync("hsf-1-direct-award"))[AccountKind.Issued].ShouldBe(4900);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-03")]
    public async Task Award_DatedTheDayBeforeTheDecision_IsRefusedNamingTheDate(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-award");
        var household = await rig.HouseholdAsync();
        async Task<Result<Awarded>> On(int month, int day, int hour) =>
            await rig.AwardAsync(FundsRig.Ask(household, 100, "hsf-1-direct-award") with { EffectiveAt = new DateTime(month < 4 ? 2022 : 2021, month, day, hour, 59, 0, DateTimeKind.Utc), RecentHelpReason = "test" });

        var before = await On(11, 10, 23);
        var first = await On(11, 11, 0);

        before.Refusal!.Code.ShouldBe("before-decision");
        before.Refusal.Sentence.ShouldContain("was decided on 11 November 2021");
        first.Refusal.ShouldBeNull();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-04")]
    public async Task Award_AfterTheRoundsEnd_IsRefusedAndLettersThatOutliveItAreAtRisk(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2022, 1, 14, 10, 0, 0, DateTimeKind.Utc));
        await rig.LoadShippedAsync("hsf-1-direct-award");
        var ask = FundsRig.Ask(await rig.HouseholdAsync(), 4900, "hsf-1-direct-award", facts: OnUniversalCredit);

        var made = await rig.AwardAsync(ask);
        var safe = await rig.AwardAsync(ask with { HouseholdId = await rig.HouseholdAsync(), AwardType = "emergency-food" });
        var lastMoment = await rig.AwardAsync(ask with { HouseholdId = await rig.HouseholdAsync(), EffectiveAt = new DateTime(2022, 3, 31, 22, 59, 59, DateTimeKind.Utc) });
        var after = await rig.AwardAsync(ask with { HouseholdId = await rig.HouseholdAsync(), EffectiveAt = new DateTime(2022, 3, 31, 23, 0, 0, DateTimeKind.Utc) });

        made.Value!.ExpiresOn.ShouldBe(new DateOnly(2022, 4, 14));
        safe.Value!.ExpiresOn.ShouldBe(new DateOnly(2022, 3, 31));
        lastMoment.Refusal.ShouldBeNull();
        after.Refusal!.Code.ShouldBe("scheme-closed");
        after.Refusal.Sentence.ShouldContain("no awards after 31 March 2022");
        var risk = await rig.Reports.AtRiskAfterEndAsync("hsf-1-direct-award", 1, 10, default);
        (risk.Count, risk.Pence).ShouldBe((2, 9800L));
        risk.Awards.Select(a => a.Reference).ShouldContain(made.Value.Reference);
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-05")]
    public async Task Award_SingleAdult_IsRefusedByTheEarlierRoundAndMadeByTheNext(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2021, 2, 20, 10, 0, 0, DateTimeKind.Utc));
        await rig.LoadShippedAsync("winter-support-grant", "hsf-1-direct-award");
        var facts = Facts.Of(null, ("household.children", 0), ("needs", new[] { "food" }), ("benefits.list", new[] { "universal-credit" }));
        var household = await rig.HouseholdAsync();

        var winter = await rig.AwardAsync(FundsRig.Ask(household, 4000, "winter-support-grant", "emergency-food", facts));
        rig.Clock.SetUtcNow(new DateTimeOffset(FundsRig.Now));
        var support = await rig.AwardAsync(FundsRig.Ask(household, 4000, "hsf-1-direct-award", "emergency-food", facts));

        winter.Refusal!.Code.ShouldBe("not-eligible");
        winter.Refusal.Sentence.ShouldContain("Rule families-first");
        winter.Refusal.Sentence.ShouldContain("the other funds, the menu and a person with you");
        support.Refusal.ShouldBeNull();
    }

    [Theory, OnBothDatabases, Requirement("R-APP-03")]
    public async Task Award_NothingKnown_IsMadeAndTheDecisionSaysWhatWasNotKnown(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-award");

        var made = await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(district: null), 4900, "hsf-1-direct-award"));

        (await rig.Reports.TrailAsync(made.Value!.Reference, default))!.Decision.Unknown.ShouldBe("authority,benefits.list,income.annual_pence");
    }

    [Theory, OnBothDatabases]
    public async Task Award_HouseholdInAnotherAuthority_IsNotEligible(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-award");

        var made = await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync("E06000031"), 4900, "hsf-1-direct-award", facts: OnUniversalCredit));

        made.Refusal!.Code.ShouldBe("not-eligible");
    }

    [Theory, OnBothDatabases, Requirement("R-DAW-04")]
    public async Task Award_SameHelpSixDaysAgo_NeedsAReasonAndSaysOnlyTypeAndWeek(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-award", "winter-support-grant");
        var household = await rig.HouseholdAsync();
        var pantry = FundsRig.At(FundsRig.Now.AddDays(-6), "waterlees-pantry");
        (await rig.Awards.AwardAsync(pantry, FundsRig.Ask(household, 2000, "hsf-1-direct-award", facts: OnUniversalCredit) with { Reason = "Secret words" }, default)).Refusal.ShouldBeNull();
        var ask = FundsRig.Ask(household, 2000, "hsf-1-direct-award", facts: OnUniversalCredit);

        var notice = await rig.AwardAsync(ask);
        var other = await rig.AwardAsync(ask with { AwardType = "emergency-food", AmountPence = 1000 });
        var goesOn = await rig.AwardAsync(ask with { RecentHelpReason = "The first voucher was lost." });

        notice.Refusal!.Code.ShouldBe("recent-help-reason-needed");
        notice.Refusal.Sentence.ShouldBe("Fuel voucher: help of this kind was given in the week of 22 November 2021. It does not stop this award: say why it is needed again.");
        other.Refusal.ShouldBeNull();
        goesOn.Refusal.ShouldBeNull();
        (await rig.Reports.TrailAsync(goesOn.Value!.Reference, default))!.Decision.RecentHelpReason.ShouldBe("The first voucher was lost.");
        await using var db = rig.Test.Database.Open();
        (await db.Set<AuditContent>().Where(c => c.Body.Contains("The first voucher was lost.")).CountAsync()).ShouldBe(1);
    }

    [Theory, OnBothDatabases, Requirement("R-DAW-04")]
    public async Task Award_SomebodyAtRisk_GivesNoNotice(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("hsf-1-direct-award");
        var (marked, told) = (await rig.HouseholdAsync(atRisk: true), await rig.HouseholdAsync());
        foreach (var household in new[] { marked, told })
            (await rig.AwardAsync(FundsRig.Ask(household, 2000, "hsf-1-direct-award", facts: OnUniversalCredit))).Refusal.ShouldBeNull();

        (await rig.AwardAsync(FundsRig.Ask(marked, 2000, "hsf-1-direct-award", facts: OnUniversalCredit))).Refusal.ShouldBeNull();
        (await rig.AwardAsync(FundsRig.Ask(told, 2000, "hsf-1-direct-award", facts: OnUniversalCredit) with { AtRisk = true })).Refusal.ShouldBeNull();
        (await rig.AwardAsync(FundsRig.Ask(told, 500, "hsf-1-direct-award", facts: OnUniversalCredit))).Refusal!.Code.ShouldBe("recent-help-reason-needed");
    }

    [Theory, OnBothDatabases]
    public async Task Award_OverEachLimit_IsRefusedWithWhatIsLeft(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));
        await rig.Schemes.LoadAsync(rig.Who, SchemeFileTests.ContractExample, default);
        var household = await rig.HouseholdAsync();
        AwardAsk Ask(long pence, string type = "crisis-payment") => FundsRig.Ask(household, pence, "example-winter-fund", type) with { RecentHelpReason = "test" };

        (await rig.AwardAsync(Ask(4901, "fuel-voucher"))).Refusal!.Sentence.ShouldBe("Fuel voucher from Example winter fund is at most £49.00, and £49.01 is £0.01 more.");
        (await rig.AwardAsync(Ask(20000))).Refusal.ShouldBeNull();
        var overEpisode = await rig.AwardAsync(Ask(10001));
        (await rig.AwardAsync(Ask(10000))).Refusal.ShouldBeNull();
        var third = await rig.AwardAsync(Ask(100));
        var unknownType = await rig.AwardAsync(Ask(100, "gold"));

        (overEpisode.Refusal!.Code, overEpisode.Refusal.Sentence).ShouldBe(("over-limit", "Rule episode-limit of Example winter fund: No more than £300 for one crisis. £100.00 of that is left, and £100.01 is £0.01 more."));
        third.Refusal!.Code.ShouldBe("over-limit");
        unknownType.Refusal!.Code.ShouldBe("not-eligible");
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Award_TwoAtOnceToOneHousehold_CannotBothPassItsLimit(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));
        await rig.Schemes.LoadAsync(rig.Who, SchemeFileTests.ContractExample, default);
        var household = await rig.HouseholdAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() =>
            rig.AwardAsync(FundsRig.Ask(household, 20000, "example-winter-fund", "crisis-payment") with { RecentHelpReason = "test" }))));

        all.Count(a => a.Done).ShouldBe(1);
        all.Where(a => !a.Done).ShouldAllBe(a => a.Refusal!.Code == "over-limit");
    }

    [Theory, OnBothDatabases]
    public async Task Award_OverTheWorkersOwnLimit_IsRefused(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var worker = Guid.NewGuid();
        await rig.Commands.RunAsync(rig.Who, c =>
        {
            var organisation = new Organisation { Id = Guid.NewGuid(), Handle = "hub", Name = "Invented hub", Kind = OrganisationKind.CountyHub, Invented = true };
            c.Insert(organisation);
            c.Insert(new Worker { Id = worker, Handle = "ada", Name = "Ada Invented", Role = Role.HubAdviser, OrganisationId = organisation.Id, AwardLimitPence = 5000, Active = true, Invented = true });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        var who = rig.Who with { Actor = Actor.Worker(worker, "ada") };

        (await rig.Awards.AwardAsync(who, FundsRig.Ask(await rig.HouseholdAsync(), 5000), default)).Refusal.ShouldBeNull();
        var over = await rig.Awards.AwardAsync(who, FundsRig.Ask(await rig.HouseholdAsync(), 5001), default);

        (over.Refusal!.Code, over.Refusal.Sentence).ShouldBe(("over-limit", "Your own limit is £50.00 for one award. Ask somebody with a higher limit to make this one."));
    }

    [Theory, OnBothDatabases]
    public async Task Award_MoreThanIsLeft_NamesThePenny(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme(allocation: 4900));

        var over = await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 4901));
        var exact = await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 4900));

        (over.Refusal!.Code, over.Refusal.Sentence).ShouldBe(("not-enough-money", "Plain scheme has £49.00 left to award. £49.01 is £0.01 more than is left."));
        exact.Refusal.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Award_SameKeyAgain_GivesTheSameAnswerWithoutTheCode(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var ask = FundsRig.Ask(await rig.HouseholdAsync(), 4900);

        var first = await rig.AwardAsync(ask, Key("k", ask));
        var again = await rig.AwardAsync(ask, Key("k", ask));

        (again.Value!.Reference, again.Value.LetterNumber, again.Value.Code).ShouldBe((first.Value!.Reference, first.Value.LetterNumber, null));
        (await rig.CountAsync<Award>()).ShouldBe(1);
        await using var db = rig.Test.Database.Open();
        (await db.Set<CommandKey>().SingleAsync()).Answer.ShouldNotBeNull().ShouldNotContain(first.Value.Code!);
    }

    /// <summary>Fault case F3.</summary>
    [Theory, OnBothDatabases]
    public async Task Award_SameKeyOtherAmount_IsRefusedAndMakesNoSecondAward(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var ask = FundsRig.Ask(await rig.HouseholdAsync(), 4900);
        var other = ask with { AmountPence = 5000 };

        await rig.AwardAsync(ask, Key("k", ask));
        var second = await rig.AwardAsync(other, Key("k", other));

        second.Refusal!.Code.ShouldBe(Commands.KeyReused);
        (await rig.CountAsync<Award>()).ShouldBe(1);
        (await rig.BalancesAsync("plain"))[AccountKind.Issued].ShouldBe(4900);
    }

    /// <summary>Fault case F5. An amount with three decimals or beyond 2^63 is no whole number of pence, and is refused where it is read.</summary>
    [Theory, OnBothDatabases]
    public async Task Award_BadAmount_IsRefusedAndLeavesNoRows(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var household = await rig.HouseholdAsync();
        var entries = await rig.CountAsync<LedgerEntry>();
        var events = await rig.CountAsync<AuditEvent>();

        foreach (var pence in new[] { 0, -1, -4900, long.MinValue, long.MaxValue, Ledger.Most.Pence + 1, 99 })
            (await rig.AwardAsync(FundsRig.Ask(household, pence))).Refusal!.Code.ShouldBe("bad-amount");

        foreach (var typed in new[] { "49.005", "-49", "9223372036854775808", "92233720368547758.08", "4e3", "" }) Money.TryParse(typed, out _).ShouldBeFalse();
        (await rig.CountAsync<Application>(), await rig.CountAsync<Decision>(), await rig.CountAsync<Award>(), await rig.CountAsync<Voucher>()).ShouldBe((0, 0, 0, 0));
        (await rig.CountAsync<LedgerEntry>()).ShouldBe(entries);
        (await rig.CountAsync<AuditEvent>()).ShouldBe(events);
    }

    [Theory, OnBothDatabases, Requirement("R-DAW-05")]
    public async Task Award_ImportedHistory_IsBoundByDecisionRoundAndMoneyOnly(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));
        await rig.LoadShippedAsync("winter-support-grant");
        var household = await rig.HouseholdAsync();
        AwardAsk History(DateTime at, long pence = 50_000) => FundsRig.Ask(household, pence, "winter-support-grant", "fuel-voucher") with
        {
            Imported = true, State = AwardStatus.Redeemed, Delivery = AwardAsk.AsRecorded, EffectiveAt = at, District = "E07000010",
        };
        var at = new DateTime(2021, 2, 1, 12, 0, 0, DateTimeKind.Utc);

        var made = await rig.Commands.RunAsync(rig.Who, c => rig.Awards.AwardAsync(c, [.. Enumerable.Range(0, 300).Select(i => History(at.AddMinutes(i), 100 + i))]), default);
        var early = await rig.AwardAsync(History(new DateTime(2020, 11, 26, 12, 0, 0, DateTimeKind.Utc)));
        var late = await rig.AwardAsync(History(new DateTime(2021, 4, 1, 12, 0, 0, DateTimeKind.Utc)));

        made.Value!.Count.ShouldBe(300);
        early.Refusal!.Code.ShouldBe("before-decision");
        late.Refusal!.Code.ShouldBe("scheme-closed");
        var total = (await rig.Reports.TotalsAsync("winter-support-grant", default)).ShouldHaveSingleItem();
        (total.Status, total.Count, total.Pence).ShouldBe((AwardStatus.Redeemed, 300, Enumerable.Range(100, 300).Sum(i => (long)i)));
        (await rig.CountAsync<Voucher>()).ShouldBe(0);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Award_OneOfABatchIsRefused_MakesNoneAndNamesIt(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var household = await rig.HouseholdAsync();

        var made = await rig.Commands.RunAsync(rig.Who, c => rig.Awards.AwardAsync(c, [FundsRig.Ask(household, 4900), FundsRig.Ask(household, 0)]), default);

        (made.Refusal!.Code, made.Refusal.Field).ShouldBe(("bad-amount", "asks[1]"));
        (await rig.CountAsync<Award>()).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task RedeemLetter_WrongCodes_HoldTheLetterUntilANewCodeIsPrinted(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var made = (await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 4900))).Value!;

        for (var i = 0; i < AwardDesk.MostTries; i++)
            (await rig.Desk.RedeemLetterAsync(rig.Who, made.LetterNumber!, "AAAAA BBBBB", default)).Refusal!.Code.ShouldBe("wrong-letter");
        (await rig.Desk.RedeemLetterAsync(rig.Who, made.LetterNumber!, made.Code!, default)).Refusal!.Code.ShouldBe("wrong-letter");
        var fresh = (await rig.Desk.ReprintAsync(rig.Who, made.Reference, default)).Value!;
        (await rig.Desk.RedeemLetterAsync(rig.Who, made.LetterNumber!, made.Code!, default)).Refusal!.Code.ShouldBe("wrong-letter");
        var used = await rig.Desk.RedeemLetterAsync(rig.Who, Reference.Show(fresh.LetterNumber!), $"{fresh.Code![..5].ToLowerInvariant()} {fresh.Code[5..]}", default);
        var twice = await rig.Desk.RedeemLetterAsync(rig.Who, fresh.LetterNumber!, fresh.Code, default);

        used.Value!.Status.ShouldBe(AwardStatus.Redeemed);
        twice.Refusal!.Sentence.ShouldBe("This award is used, so it cannot be marked as used.");
        (await rig.BalancesAsync("plain"))[AccountKind.Redeemed].ShouldBe(4900);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Redeem_ManyAtOnce_HappensOnce(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme());
        var made = (await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 4900))).Value!;

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => i % 2 == 0 ? rig.Desk.RedeemAsync(rig.Who, made.Reference, default) : rig.Desk.CancelAsync(rig.Who, made.Reference, default))));

        all.Count(a => a.Done).ShouldBe(1);
        all.Where(a => !a.Done).ShouldAllBe(a => a.Refusal!.Code == Award.WrongState);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task ExpireDue_AfterTheLastDay_BringsTheMoneyBack(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2021, 6, 1, 9, 0, 0, DateTimeKind.Utc));
        await rig.LoadAsync(FundsRig.PlainScheme());
        foreach (var type in new[] { "fuel-voucher", "fuel-voucher", "emergency-food" }) await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 4900, type: type));
        rig.Clock.Advance(TimeSpan.FromDays(91));

        (await rig.Desk.ExpireDueAsync(rig.Who, default)).ShouldBe(2);
        (await rig.Desk.ExpireDueAsync(rig.Who, default)).ShouldBe(0);

        (await rig.Reports.SchemeAsync("plain", default))!.ReturnedPence.ShouldBe(9800);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-06")]
    public async Task Pipeline_FourHundredUndecided_ReadsWhatIsMissing(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme(allocation: 4_000_000));
        var household = await rig.HouseholdAsync();
        var applications = new Applications(rig.Book);
        var first = Guid.Empty;
        await rig.Commands.RunAsync<Nothing>(rig.Who, async c =>
        {
            for (var i = 0; i < 400; i++) first = (await applications.ReceiveAsync(c, household, null, "plain", "fuel-voucher", new Money(i % 2 == 0 ? 10_000 : 12_000))).Value!.Id;
            return Nothing.Value;
        }, default);

        (await rig.Reports.PipelineAsync("plain", default)).ShouldBe(new Pipeline(4_000_000, 400, 4_400_000, -400_000));
        var close = await rig.Schemes.CloseAtAsync(rig.Who, "plain", rig.Clock.UtcNow().AddHours(1), "High demand.", default);
        (await rig.Reports.PipelineAsync("plain", default))!.Undecided.ShouldBe(400);
        close.Done.ShouldBeTrue();
        var decided = await rig.AwardAsync(FundsRig.Ask(household, 12_000) with { ApplicationId = first });
        decided.Refusal.ShouldBeNull();
        (await rig.AwardAsync(FundsRig.Ask(household, 12_000) with { ApplicationId = first })).Refusal!.Code.ShouldBe("already-decided");
        (await rig.Reports.PipelineAsync("plain", default))!.Undecided.ShouldBe(399);
        rig.Clock.Advance(TimeSpan.FromHours(1));
        var closed = await rig.AwardAsync(FundsRig.Ask(household, 12_000));
        (closed.Refusal!.Code, closed.Refusal.Sentence).ShouldBe(("scheme-closed", "Plain scheme is closed: it gives no awards from 11am on 2 December 2021. The menu, the benefit check and a person to talk to are still there."));
        await rig.Schemes.ReopenAsync(rig.Who, "plain", "More money came.", default);
        (await rig.AwardAsync(FundsRig.Ask(household, 12_000))).Refusal.ShouldBeNull();
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-07")]
    public async Task Story_HouseholdHelpedInTwoRounds_CountsOnceInPeopleAndTwiceInAwards(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadShippedAsync("winter-support-grant", "hsf-1-direct-award");
        var household = await rig.HouseholdAsync();
        await rig.AwardAsync(FundsRig.Ask(household, 4900, "winter-support-grant") with { Imported = true, State = AwardStatus.Redeemed, Delivery = AwardAsk.AsRecorded, EffectiveAt = new DateTime(2021, 1, 5, 9, 0, 0, DateTimeKind.Utc) });
        await rig.AwardAsync(FundsRig.Ask(household, 5000, "hsf-1-direct-award", facts: OnUniversalCredit));

        var story = await rig.Reports.StoryAsync(["winter-2020-21", "hsf-1"], default);

        (story.Awards, story.HouseholdsHelped).ShouldBe((2, 1));
        story.Rounds.ShouldBe([("winter-2020-21", 1, 4900L, 1), ("hsf-1", 1, 5000L, 1)]);
    }

    [Theory, OnBothDatabases, Requirement("R-HSF-06")]
    public async Task BurnDown_ReadsWhatWasLeftByEffectiveDayBesideAnEvenPace(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme(allocation: 36_400));
        foreach (var day in new[] { 3, 10 })
            await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 1000) with { EffectiveAt = new DateTime(2021, 1, day, 12, 0, 0, DateTimeKind.Utc) });

        var points = await rig.Reports.BurnDownAsync("plain", new DateOnly(2021, 1, 15), default);

        points.ShouldBe([new(new(2021, 1, 1), 36_400, 36_400), new(new(2021, 1, 8), 35_400, 35_700), new(new(2021, 1, 15), 34_400, 35_000)]);
    }
}
