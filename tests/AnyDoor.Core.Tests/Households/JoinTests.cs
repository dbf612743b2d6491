using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Core.Tests.Funds;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Households;

/// <summary>Several records of one person, joined and parted again in any order: nothing of theirs is lost, and what one join did is all that its undoing takes back.</summary>
[Requirement("R-HUB-04"), Requirement("R-HH-02")]
public sealed class JoinTests
{
    private static readonly DateTime Later = Desk.Now.AddDays(1);

    private static async Task<Home> HomeAsync(Desk desk, DateTime? until = null, string name = "Leanne Harrowmere", string? child = null)
    {
        // Ids go by the millisecond: the home that is made later has the newer ones.
        await Task.Delay(2);
        var home = await desk.HomeAsync(phone: "07700900418", people: child is null ? [new(name, Born: "1990-03-14")] : [new(name, Born: "1990-03-14"), new(child, MemberRole.Child, "2015-01-20")]);
        await desk.GroundAsync(home, GroundCause.OpenRequest, until: until);
        return home;
    }

    /// <summary>Joins what the other home knows of this person into the home that the adviser has open.</summary>
    private static async Task<Guid> JoinAsync(Desk desk, Home open, Guid person, Guid other, DateTime at, JoinChoices? choices = null)
    {
        await desk.Reader.MatchesAsync(Desk.As(desk.Nadia, at: at), open.Id, default);
        await using var db = desk.Test.Database.Open();
        var match = await db.Set<PossibleMatch>().Where(m => (m.PersonId == person && m.OtherPersonId == other) || (m.PersonId == other && m.OtherPersonId == person)).Select(m => m.Id).SingleAsync();
        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia, at: at), match, MatchAnswer.Same, "She told me on the call", choices ?? new(JoinHouseholds: true), default)).Value.ShouldBeTrue();
        return match;
    }

    private static async Task<(Desk Desk, Home First, Home Second, Home Third, Guid Earlier, Guid Later)> ThreeAsync(Db kind)
    {
        var desk = await Desk.OpenAsync(kind);
        var first = await HomeAsync(desk, until: Desk.Now.AddHours(-1));
        var second = await HomeAsync(desk, until: Desk.Now.AddHours(1));
        var earlier = await JoinAsync(desk, second, second.Applicant, first.Applicant, Desk.Now);
        var third = await HomeAsync(desk);
        return (desk, first, second, third, earlier, await JoinAsync(desk, third, third.Applicant, second.Applicant, Later));
    }

    private static async Task<IReadOnlyList<Guid>> RecordsAsync(Desk desk, Home home) => (await desk.Reader.OpenAsync(Desk.As(desk.Nadia, at: Later), home.Id, default))!.HouseholdIds;

    private static async Task<Dictionary<Guid, Guid?>> PointersAsync(Desk desk)
    {
        await using var db = desk.Test.Database.Open();
        return (await db.Set<Household>().Select(h => new { h.Id, To = h.JoinedTo }).ToListAsync()).Concat(await db.Set<Person>().Select(p => new { p.Id, To = p.SameAs }).ToListAsync()).ToDictionary(x => x.Id, x => x.To);
    }

    private static async Task UndoAsync(Desk desk, Guid match) => (await desk.Reader.UndoJoinAsync(Desk.As(desk.Nadia, at: Later), match, default)).Value.ShouldBeTrue();

    /// <summary>Whatever is joined with whatever, each record points straight at one that points nowhere, and two share it just when joins hold them together.</summary>
    [Fact]
    public void Roots_AnyJoins_PointStraightAtOne_AndNeverRunInACircle()
    {
        var records = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        var pair = from kept in Gen.Elements(records) from joined in Gen.Elements(records) select (kept, joined);

        Prop.ForAll(Arb.From(pair.ListOf()), joins =>
        {
            var roots = HouseholdReader.Roots(records, joins, records[0]);
            var together = records.ToDictionary(r => r, r => new HashSet<Guid> { r });
            foreach (var _ in records)
            {
                foreach (var (kept, joined) in joins) together[kept].UnionWith(together[joined]);
                foreach (var (kept, joined) in joins) together[joined].UnionWith(together[kept]);
            }
            return roots[records[0]] == records[0] && records.All(r => roots[roots[r]] == roots[r] && records.All(o => (roots[o] == roots[r]) == together[r].Contains(o)));
        }).QuickCheckThrowOnFailure();
    }

    [Theory, OnBothDatabases]
    public async Task Join_AThirdRecordOfOnePerson_HoldsAllThreeTogether_AndIsTakenBackToTheTwo(Db kind)
    {
        var (desk, first, second, third, earlier, later) = await ThreeAsync(kind);
        await using var _ = desk;

        foreach (var home in new[] { first, second, third }) (await RecordsAsync(desk, home)).ShouldBe([third.Id, first.Id, second.Id], ignoreOrder: true);
        var pointers = await PointersAsync(desk);
        foreach (var home in new[] { first, second }) (pointers[home.Id], pointers[home.Applicant]).ShouldBe((third.Id, third.Applicant));
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia, at: Later), first.Id, default))!.Members.ShouldHaveSingleItem().PersonId.ShouldBe(third.Applicant);

        await UndoAsync(desk, later);
        pointers = await PointersAsync(desk);
        (pointers[first.Id], pointers[first.Applicant]).ShouldBe((second.Id, second.Applicant));
        foreach (var home in new[] { second, third }) (pointers[home.Id], pointers[home.Applicant]).ShouldBe((null, null));

        // And the other way about: the later stands, the earlier is taken back.
        await JoinAsync(desk, third, third.Applicant, second.Applicant, Later);
        await UndoAsync(desk, earlier);
        pointers = await PointersAsync(desk);
        (pointers[first.Id], pointers[first.Applicant]).ShouldBe((null, null));
        (pointers[second.Id], pointers[second.Applicant]).ShouldBe((third.Id, third.Applicant));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HSF-04")]
    public async Task Award_ByAnyOfThreeRecords_CountsWhatTheFirstWasGiven(Db kind)
    {
        var (desk, first, second, third, _, _) = await ThreeAsync(kind);
        await using var __ = desk;
        var book = new SchemeBook();
        var (schemes, awards) = (new SchemeService(desk.Commands, book), new AwardService(desk.Commands, book));
        var scheme = FundsRig.PlainScheme();
        scheme["rules"] = new JsonArray(new JsonObject
        {
            ["id"] = "once", ["starts"] = "2021-01-01", ["words"] = "One award for a household in a year.", ["limit"] = new JsonObject { ["per"] = "household-year", ["awards"] = 1 },
        });
        (await schemes.LoadAsync(FundsRig.At(FundsRig.Now), scheme.ToJsonString(), default)).Refusal.ShouldBeNull();
        (await awards.AwardAsync(FundsRig.At(FundsRig.Now), FundsRig.Ask(first.Id, 2000), default)).Done.ShouldBeTrue();

        foreach (var record in new[] { first, second, third }) (await awards.AwardAsync(FundsRig.At(FundsRig.Now), FundsRig.Ask(record.Id, 2000), default)).Refusal!.Code.ShouldBe("over-limit");
    }

    [Theory, OnBothDatabases]
    public async Task Join_ASecondPairOfTwoHomesThatAreOneAlready_MakesNoCircle_AndHoldsThemWhenTheFirstIsTakenBack(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var kept = await HomeAsync(desk, child: "Ellis Harrowmere");
        var other = await HomeAsync(desk, until: Desk.Now.AddHours(-1), child: "Ellis Harrowmere");
        var grown = await JoinAsync(desk, kept, kept.Applicant, other.Applicant, Desk.Now);

        // The child whose record is newer is of the home that was joined.
        var child = await JoinAsync(desk, kept, kept.People[1], other.People[1], Later);

        foreach (var home in new[] { kept, other }) (await RecordsAsync(desk, home)).ShouldBe([kept.Id, other.Id]);
        (await PointersAsync(desk))[kept.People[1]].ShouldBe(other.People[1], "it was answered from the side that was joined");

        await UndoAsync(desk, grown);
        foreach (var home in new[] { kept, other }) (await RecordsAsync(desk, home)).ShouldBe([kept.Id, other.Id]);
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia, at: Later), kept.Id, default))!.Members.Count.ShouldBe(3, "the two who were taken apart, and one child");

        await UndoAsync(desk, child);
        (await PointersAsync(desk)).Values.ShouldAllBe(to => to == null);
    }

    [Theory, OnBothDatabases]
    public async Task Matches_BetweenTheRecordsOfAHomeThatIsOpen_AreOfferedAlsoWhenSomebodyThereIsAtRisk(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var kept = await HomeAsync(desk, child: "Ellis Harrowmere");
        var other = await HomeAsync(desk, until: Desk.Now.AddHours(-1), child: "Ellis Harrowmere");
        await JoinAsync(desk, kept, kept.Applicant, other.Applicant, Desk.Now);
        await desk.Commands.RunAsync(Desk.Job(), async c => (AnyDoor.Common.Result<int>)await c.Db.Set<Person>().Where(p => p.Id == kept.Applicant).ExecuteUpdateAsync(p => p.SetProperty(x => x.AtRisk, true)), default);

        await JoinAsync(desk, kept, kept.People[1], other.People[1], Later);

        await using var db = desk.Test.Database.Open();
        (await db.Set<InformationNotice>().CountAsync()).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Undo_WhileALaterJoinOfTheSameRecordStands_PutsNoOlderNameBack(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var one = await HomeAsync(desk, until: Desk.Now.AddHours(-1), name: "Leann Harrowmere");
        var two = await HomeAsync(desk, until: Desk.Now.AddHours(-1), name: "Leane Harrowmere");
        var kept = await HomeAsync(desk);
        async Task<string> NameAsync() => (await desk.Reader.OpenAsync(Desk.As(desk.Nadia, at: Later), kept.Id, default))!.Applicant!.Name;
        var earlier = await JoinAsync(desk, kept, kept.Applicant, one.Applicant, Desk.Now, new(OtherName: true, JoinHouseholds: true));
        var later = await JoinAsync(desk, kept, kept.Applicant, two.Applicant, Desk.Now.AddMinutes(1), new(OtherName: true, JoinHouseholds: true));

        var refused = await desk.Reader.UndoJoinAsync(Desk.As(desk.Nadia, at: Later), earlier, default);

        refused.Refusal!.Sentence.ShouldEndWith("Take the later one back first, and then this one.");
        (await NameAsync()).ShouldBe("Leane Harrowmere");
        (await RecordsAsync(desk, kept)).Count.ShouldBe(3, "a refusal leaves all as it was");
        await UndoAsync(desk, later);
        (await NameAsync()).ShouldBe("Leann Harrowmere");
        await UndoAsync(desk, earlier);
        (await NameAsync()).ShouldBe("Leanne Harrowmere");
        (await PointersAsync(desk)).Values.ShouldAllBe(to => to == null);
    }

    [Theory, OnBothDatabases]
    public async Task Join_TwoAtOnceThatShareARecord_LeaveOneHousehold(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var homes = new List<Home>();
        foreach (var _ in Enumerable.Range(0, 3)) homes.Add(await HomeAsync(desk));
        await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), homes[0].Id, default);
        await using var db = desk.Test.Database.Open();
        var matches = await db.Set<PossibleMatch>().Select(m => m.Id).ToListAsync();

        var joined = await Task.WhenAll(matches.Select(m => Task.Run(() => desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), m, MatchAnswer.Same, "She told me on the call", new(JoinHouseholds: true), default))));

        joined.ShouldAllBe(j => j.Value);
        var pointers = await PointersAsync(desk);
        var root = homes.Single(h => pointers[h.Id] is null);
        homes.Where(h => h != root).ShouldAllBe(h => pointers[h.Id] == root.Id);
        homes.Count(h => pointers[h.Applicant] is null).ShouldBe(1);
    }

    /// <summary>She left him: her new record, where she is at risk, and the old one in his home are found to be one person.</summary>
    private static async Task<(Desk Desk, Home His, Home Hers)> FledAsync(Db kind)
    {
        var desk = await Desk.OpenAsync(kind);
        var his = await desk.HomeAsync(phone: "07700900418", people: [new("Brutus Canarymerge", Born: "1985-03-03"), new("Vina Canarymerge", MemberRole.Partner, "1988-04-04")]);
        await desk.GroundAsync(his, GroundCause.OpenRequest);
        await Task.Delay(2);
        var hers = await desk.HomeAsync(postcode: "CB74AA", phone: "07700900781", people: [new("Vina Canarymerge", Born: "1988-04-04", AtRisk: true), new("Kidda Canarymerge", MemberRole.Child, "2019-05-05", AtRisk: true)]);
        await desk.GroundAsync(hers, GroundCause.OpenRequest);
        return (desk, his, hers);
    }

    private static async Task<Guid> MatchAsync(Desk desk, Home open)
    {
        await desk.Reader.MatchesAsync(Desk.As(desk.Nadia), open.Id, default);
        await using var db = desk.Test.Database.Open();
        return await db.Set<PossibleMatch>().Where(m => open.People.Contains(m.PersonId) || open.People.Contains(m.OtherPersonId)).OrderBy(m => m.Id).Select(m => m.Id).FirstAsync();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-08")]
    public async Task Join_OfSomebodyWhoFled_KeepsTheHomesApart_AndEndsTheirTimeInTheOldOne(Db kind)
    {
        var (desk, his, hers) = await FledAsync(kind);
        await using var _ = desk;
        var match = await MatchAsync(desk, hers);
        var comparison = (await desk.Reader.CompareAsync(Desk.As(desk.Nadia), match, default))!;
        comparison.HomesStayApart.ShouldNotBeNull();
        comparison.OthersDiffer.ShouldBeTrue();

        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), match, MatchAnswer.Same, "She told me on the call", new(JoinHouseholds: true), default)).Refusal!.Code.ShouldBe("homes-apart");
        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), match, MatchAnswer.Same, "She told me on the call", new(), default)).Value.ShouldBeTrue();

        var old = (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), his.Id, default))!;
        old.Members.Select(m => m.Name).ShouldBe(["Brutus Canarymerge"]);
        (old.HouseholdIds.Count, old.Home.ToString(), old.Notices.Count).ShouldBe((1, "41 Teasel Way, PE13 9ZT", 0));
        var now = (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), hers.Id, default))!;
        now.Members.Select(m => m.FirstName).ShouldBe(["Vina", "Kidda"]);
        (now.HouseholdIds.Count, now.Home.Withheld).ShouldBe((1, true));

        (await desk.Reader.UndoJoinAsync(Desk.As(desk.Nadia), match, default)).Value.ShouldBeTrue();
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), his.Id, default))!.Members.Count.ShouldBe(2, "what the join ended goes on");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HH-02")]
    public async Task Join_OfAPerson_NeverJoinsTheHomesByItself(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var first = await HomeAsync(desk);
        var second = await HomeAsync(desk);

        await JoinAsync(desk, second, second.Applicant, first.Applicant, Desk.Now, new JoinChoices());

        (await RecordsAsync(desk, second)).ShouldBe([second.Id]);
        (await RecordsAsync(desk, first)).ShouldBe([first.Id]);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-08")]
    public async Task Join_OfHomes_WhereSomebodyAtRiskLivedBefore_IsRefused(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var first = await HomeAsync(desk);
        var second = await HomeAsync(desk);
        var left = await desk.HomeAsync(people: [new("Vina Canarymerge", AtRisk: true)]);
        await desk.Commands.RunAsync(Desk.Job(), c =>
        {
            c.Insert(new Membership { Id = Guid.CreateVersion7(), HouseholdId = first.Id, PersonId = left.Applicant, Role = MemberRole.Adult, From = new DateOnly(2020, 1, 1), To = new DateOnly(2024, 1, 1) });
            return Task.FromResult<AnyDoor.Common.Result<bool>>(true);
        }, default);
        var match = await MatchAsync(desk, second);

        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), match, MatchAnswer.Same, "She told me on the call", new(JoinHouseholds: true), default)).Refusal!.Field.ShouldBe("homes");
        (await desk.Reader.AnswerMatchAsync(Desk.As(desk.Nadia), match, MatchAnswer.Same, "She told me on the call", new(), default)).Value.ShouldBeTrue();
    }
}
