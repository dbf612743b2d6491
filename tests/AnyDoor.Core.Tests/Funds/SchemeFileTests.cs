using System.Text.Json.Nodes;
using AnyDoor.Funds;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Funds;

public sealed class SchemeFileTests
{
    private static string Sentence(Action<JsonObject> change)
    {
        var scheme = FundsRig.PlainScheme();
        change(scheme);
        return SchemeFile.Read(scheme.ToJsonString()).Refusal?.Sentence ?? "read";
    }

    private static JsonObject Rule(string json) => JsonNode.Parse(json)!.AsObject();

    [Theory]
    [InlineData("winter-support-grant")]
    [InlineData("hsf-1-direct-award")]
    [InlineData("hsf-1-direct-voucher")]
    [InlineData("crisis-and-resilience-fund")]
    public void Read_ShippedScheme_IsWhole(string id) => SchemeFile.Read(FundsRig.Shipped(id)).Refusal.ShouldBeNull();

    [Fact]
    public void Read_WrongFields_NamesEachInASentence()
    {
        Sentence(s => s["round"]!["opens"] = "1/1/2021").ShouldBe("round.opens must be a day written like 2026-10-01.");
        Sentence(s => s.Remove("decision")).ShouldBe("decision is missing.");
        Sentence(s => s["round"]!["allocation_pence"] = 12.5).ShouldBe("round.allocation_pence must be a whole number (pence, days or people), without quotation marks.");
        Sentence(s => s["round"]!["allocation_pence"] = -1).ShouldContain("round.allocation_pence must be from 0");
        Sentence(s => s["round"]!["closes"] = "2020-12-31").ShouldContain("round.closes is before round.opens.");
        Sentence(s => s["award_types"]![0]!["min_pence"] = 30000).ShouldBe("award_types[fuel-voucher].min_pence is more than max_pence: £300.00 and £200.00.");
        Sentence(s => s["award_type"] = "x").ShouldBe("award_type is not a field that this file can have. Is it misspelt?");
        Sentence(s => s["id"] = "Has Spaces").ShouldContain("id “Has Spaces”");
        SchemeFile.Read("{ nonsense").Refusal!.Sentence.ShouldStartWith("The file is not JSON: line 1");
        SchemeFile.Read("[]").Refusal!.Sentence.ShouldStartWith("The file must be an object");
    }

    [Theory]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","limit":{"per":"month","pence":1}}""", "rules[r].limit.per “month” must be crisis-episode or household-year.")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","limt":{"per":"crisis-episode","pence":1}}""", "rules[r].limt is not a field")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","limit":{"per":"crisis-episode"}}""", "a limit says pence or awards")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w"}""", "A rule says exactly one thing")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","when":{"fact":"x","above":3}}""", "needs one of any_of, at_least, below or known")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","when":{"never":true}}""", "rules[r].when must be one of authority, fact")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","when":{"any":[]}}""", "rules[r].when.any must hold at least one condition.")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","when":{"always":true},"award_types":["gold"]}""", "names “gold”")]
    [InlineData("""{"id":"r","starts":"2021-01-01","words":"w","amount":{"by":"mood"}}""", "rules[r].amount.by “mood”")]
    public void Read_WrongRule_IsRefused(string rule, string expected) => Sentence(s => s["rules"]!.AsArray().Add(Rule(rule))).ShouldContain(expected);

    [Theory, OnBothDatabases]
    public async Task Load_SameFileAgain_ChangesNothing(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        var first = await rig.LoadAsync(FundsRig.PlainScheme());
        var entries = await rig.CountAsync<LedgerEntry>();

        var spaced = await rig.Schemes.LoadAsync(rig.Who, FundsRig.PlainScheme().ToJsonString(new() { WriteIndented = true }), default);

        (first.Changed, spaced.Value!.Changed, spaced.Value.Version).ShouldBe((true, false, 1));
        (await rig.CountAsync<LedgerEntry>()).ShouldBe(entries);
        (await rig.CountAsync<SchemeVersion>()).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Load_ChangedRule_CountsFromItsOwnStartAndLeavesHistoryAlone(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2021, 6, 1, 9, 0, 0, DateTimeKind.Utc));
        var scheme = FundsRig.PlainScheme();
        scheme["rules"]!.AsArray().Add(Rule("""{"id":"income","starts":"2021-01-01","words":"Under £100.","when":{"fact":"income","below":10000}}"""));
        await rig.LoadAsync(scheme);
        scheme["rules"]![0] = Rule("""{"id":"income","starts":"2021-07-01","words":"Under £200.","when":{"fact":"income","below":20000}}""");

        (await rig.LoadAsync(scheme)).Version.ShouldBe(2);

        await using var db = rig.Test.Database.Open();
        var loaded = (await rig.Book.FindAsync(db, "plain", default))!;
        string Words(int month, int day)
        {
            var on = new DateOnly(2021, month, day);
            return loaded.On(on).Definition.RulesOn(on, "fuel-voucher").ShouldHaveSingleItem().Words;
        }

        Words(5, 31).ShouldBe("Under £100.");
        Words(6, 30).ShouldBe("Under £100.");
        Words(7, 1).ShouldBe("Under £200.");
        loaded.On(new DateOnly(2021, 5, 31)).Number.ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Load_LowerAllocation_TakesBackOnlyWhatIsStillAvailable(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        await rig.LoadAsync(FundsRig.PlainScheme(allocation: 10_000));
        await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 6_000));

        var tooLow = await rig.Schemes.LoadAsync(rig.Who, FundsRig.PlainScheme(allocation: 5_999).ToJsonString(), default);
        var justEnough = await rig.Schemes.LoadAsync(rig.Who, FundsRig.PlainScheme(allocation: 6_000).ToJsonString(), default);

        tooLow.Refusal!.Sentence.ShouldBe("Plain scheme has £40.00 left to award. £40.01 is £0.01 more than is left.");
        justEnough.Done.ShouldBeTrue();
        (await rig.BalancesAsync("plain"))[AccountKind.Available].ShouldBe(0);
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Load_LaterEndOfASchemeWithoutARoundAboveIt_IsANewVersionOfTheSameRound(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        var scheme = FundsRig.PlainScheme();
        await rig.LoadAsync(scheme);
        scheme["round"]!["closes"] = "2022-03-31";
        scheme["round"]!["allocation_pence"] = 1_200_000;

        (await rig.LoadAsync(scheme)).Version.ShouldBe(2);

        var round = (await rig.Reports.RoundsAsync(default)).ShouldHaveSingleItem();
        (round.Closes, round.GrantPence).ShouldBe((new DateOnly(2022, 3, 31), 1_200_000));
        rig.Clock.Advance(TimeSpan.FromDays(60));
        (await rig.AwardAsync(FundsRig.Ask(await rig.HouseholdAsync(), 2000))).Done.ShouldBeTrue("it is open for longer");
        await rig.ShouldBalanceAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Foundation_WhatThePartnershipLoadedItself_StaysAsItIs(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind);
        var own = System.Text.Json.Nodes.JsonNode.Parse(FundsRig.Shipped("crisis-and-resilience-fund"))!.AsObject();
        own["name"] = "Our own fund";
        await rig.LoadAsync(own);

        await new Foundation(rig.Test.Database, rig.Commands, rig.Schemes).EnsureAsync(rig.Who, default);

        await using var db = rig.Test.Database.Open();
        (await rig.Book.FindAsync(db, "crisis-and-resilience-fund", default))!.Newest.Name.ShouldBe("Our own fund");
        (await rig.Book.FindAsync(db, "winter-support-grant", default)).ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Load_ContractExample_OpensItsOwnRound(Db kind)
    {
        await using var rig = await FundsRig.CreateAsync(kind, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));

        var loaded = await rig.Schemes.LoadAsync(rig.Who, ContractExample, default);

        loaded.Value!.Id.ShouldBe("example-winter-fund");
        (await rig.Reports.SchemesAsync(default)).ShouldBe([new SchemeLine("example-winter-fund", "Example winter fund", new DateOnly(2026, 10, 1), new DateOnly(2027, 3, 31), 1_000_000, 1_000_000)]);
    }

    internal const string ContractExample = """
        {
          "id": "example-winter-fund",
          "name": "Example winter fund",
          "fund": "Example fund (invented)",
          "authority": "Cambridgeshire County Council",
          "round": { "opens": "2026-10-01", "closes": "2027-03-31", "allocation_pence": 1000000 },
          "decision": { "body": "Example committee (invented)", "date": "2026-09-15", "minute": "invented" },
          "owner": "Fund manager (invented)",
          "source": "written for tests",
          "award_types": [
            { "id": "fuel-voucher", "label": "Fuel voucher", "min_pence": 100, "max_pence": 4900, "category": "energy-and-water" },
            { "id": "crisis-payment", "label": "Crisis payment", "min_pence": 100, "max_pence": 30000, "category": "crisis" }
          ],
          "rules": [
            { "id": "in-area", "starts": "2026-10-01", "words": "You live in Cambridgeshire.", "when": { "authority": "Cambridgeshire County Council" } },
            { "id": "episode-limit", "starts": "2026-10-01", "words": "No more than £300 for one crisis.", "limit": { "per": "crisis-episode", "pence": 30000 } },
            { "id": "year-limit", "starts": "2026-10-01", "words": "Help from this fund twice in a year at most.", "limit": { "per": "household-year", "awards": 2 } },
            { "id": "recent-help", "starts": "2026-10-01", "words": "Help of the same kind in the last 7 days needs a reason.", "notice": { "days": 7, "same_type": true } }
          ]
        }
        """;
}
