using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace AnyDoor.Core.Tests.Sharing;

/// <summary>What holds of the gate whatever rows there are: a small world of two households, two people, three organisations and two workers, so that rows meet.</summary>
[Requirement("R-ISA-02"), Requirement("R-ISA-05")]
public sealed class GatePropertyTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc);
    private static readonly string[] Causes = [.. typeof(GroundCause).GetFields().Select(f => (string)f.GetRawConstantValue()!), "because"];
    private static readonly string[] Matters = ["rent", "repairs", "food"];

    public sealed record World(GateQuestion Asked, Ground[] Grounds, Permission[] Permissions)
    {
        public GateDecision Decide() => Gate.Decide(Asked, Grounds, Permissions, VisibilityTable.Default);
    }

    private static Guid Id(string kind, int number) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind}{number}")).AsSpan(0, 16));

    private static Gen<DateTime> Times => Gen.Elements(-3 * 1440, -2 * 1440, -1440, -60, -1, 0, 1, 60, 1440).Select(minutes => Now.AddMinutes(minutes));
    private static Gen<string> Cause => Gen.Frequency((3, Gen.Elements(GroundCause.OpenRequest, GroundCause.Brought, GroundCause.HandoverAccepted, GroundCause.CaseLed)), (1, Gen.Elements(Causes)));
    private static Gen<Guid?> Maybe(Gen<Guid> some) => Gen.Frequency((1, Gen.Constant<Guid?>(null)), (2, some.Select(id => (Guid?)id)));
    private static Gen<Guid> Of(string kind, int most) => Gen.Choose(1, most).Select(n => Id(kind, n));
    // Mostly the purposes that records are worked on for, so that rows meet; the others too.
    private static Gen<Purpose> Purposes => Gen.Frequency((4, Gen.Constant(Purpose.Handover)), (1, Gen.Elements(Enum.GetValues<Purpose>())));

    private static Gen<Ground> OneGround =>
        from household in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Constant(2)))
        from worker in Maybe(Of("worker", 2))
        from organisation in Maybe(Of("organisation", 3))
        from cause in Cause
        from purpose in Purposes
        from begins in Gen.Frequency((3, Gen.Constant(Now.AddDays(-2))), (1, Times))
        from ends in Gen.Frequency((3, Gen.Constant<DateTime?>(null)), (1, Times.Select(t => (DateTime?)t)))
        from id in Gen.Choose(1, int.MaxValue)
        select new Ground { Id = Id("ground", id), HouseholdId = Id("household", household), WorkerId = worker, OrganisationId = worker is null ? organisation : null, Cause = cause, Purpose = purpose, From = begins, To = ends };

    private static Gen<Permission> Said(bool? allowed = null) =>
        from household in Gen.Frequency((5, Gen.Constant(1)), (1, Gen.Constant(2)))
        from person in Gen.Choose(1, 2)
        from organisation in Maybe(Of("organisation", 2))
        from kind in Gen.Elements("landlord", "doctor")
        from matter in Gen.Elements(Matters)
        from purpose in Purposes
        from categories in Gen.Elements(Enum.GetValues<DataCategory>()).ListOf(4)
        from yes in Gen.Elements(true, true, false)
        from given in Times
        from until in Gen.Elements<int?>(null, null, -1, 0, 1)
        from withdrawn in Gen.Frequency((3, Gen.Constant<DateTime?>(null)), (1, Times.Select(t => (DateTime?)t)))
        from id in Gen.Choose(1, int.MaxValue)
        select new Permission
        {
            Id = Id("permission", id), HouseholdId = Id("household", household), PersonId = Id("person", person), OrganisationId = organisation, ToKind = kind, WhatFor = matter, Purpose = purpose,
            Categories = string.Join(',', categories.Distinct()), Allowed = allowed ?? yes, GivenAt = given, How = "spoken", Until = until is { } days ? new DateOnly(2026, 11, 24).AddDays(days) : null, WithdrawnAt = withdrawn,
        };

    private static Gen<GateQuestion> Question =>
        from role in Gen.Frequency((4, Gen.Elements(Role.HubAdviser, Role.Navigator, Role.PartnerWorker)), (1, Gen.Elements(Enum.GetValues<Role>())))
        from kind in Gen.Frequency((6, Gen.Constant(ActorKind.Worker)), (1, Gen.Elements(Enum.GetValues<ActorKind>())))
        from organisation in Gen.Choose(1, 3)
        from worker in Gen.Choose(1, 2)
        from purpose in Purposes
        from person in Maybe(Of("person", 2))
        from category in Gen.Frequency((3, Gen.Elements(DataCategory.IdentityAndContact, DataCategory.NeedsAndAnswers)), (1, Gen.Elements(Enum.GetValues<DataCategory>())))
        select new GateQuestion(kind is ActorKind.Worker or ActorKind.System
            ? new Looker(kind, Id("worker", worker), role, Id("organisation", organisation), organisation == 3, organisation == 1 ? "landlord" : null)
            : new Looker(kind, kind == ActorKind.Job ? null : Id("person", worker)), purpose, Id("household", 1), person, category, Now);

    private static Gen<World> Worlds => from asked in Question from grounds in OneGround.ListOf() from said in Said().ListOf() select new World(asked, [.. grounds], [.. said]);

    private static void Check<T>(Gen<T> cases, Func<T, bool> holds) => Prop.ForAll(cases.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(4000).WithEndSize(8));

    /// <summary>Nothing was lost: what was allowed is, and what was whole is whole.</summary>
    private static bool ShowsAtLeast(GateDecision after, GateDecision before) => !before.Allowed || (after.Allowed && (before.OnlyWhatTheyEntered || !after.OnlyWhatTheyEntered));

    [Fact]
    public void The_worlds_are_worth_asking()
    {
        var (allowed, partly, all) = (0, 0, 0);
        Check(Worlds, world =>
        {
            var decision = world.Decide();
            (all, allowed, partly) = (all + 1, allowed + (decision.Allowed ? 1 : 0), partly + (decision.OnlyWhatTheyEntered ? 1 : 0));
            return true;
        });

        allowed.ShouldBeInRange(all / 20, all * 19 / 20);
        partly.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Another_ground_never_hides_what_was_seen() =>
        Check(from world in Worlds from more in OneGround select (world, more), c => ShowsAtLeast((c.world with { Grounds = [.. c.world.Grounds, c.more] }).Decide(), c.world.Decide()));

    /// <summary>A yes that stands now, to something that this organisation was not asked about before: a second answer to the same question takes the place of the first, and may be narrower.</summary>
    [Fact]
    public void Another_permission_never_hides_what_was_seen() =>
        Check(from world in Worlds from more in Said(allowed: true) select (world, more), c =>
        {
            var fresh = new Permission
            {
                Id = c.more.Id, HouseholdId = c.more.HouseholdId, PersonId = c.more.PersonId, OrganisationId = c.more.OrganisationId, ToKind = c.more.ToKind, WhatFor = "something new", Purpose = c.more.Purpose,
                Categories = c.more.Categories, Allowed = true, GivenAt = c.more.GivenAt, How = "spoken",
            };
            return ShowsAtLeast((c.world with { Permissions = [.. c.world.Permissions, fresh] }).Decide(), c.world.Decide());
        });

    [Fact]
    public void Taking_a_permission_back_never_shows_more() =>
        Check(from world in Worlds from which in Gen.Choose(0, 20) from at in Times select (world, which, at), c =>
        {
            if (c.world.Permissions.Length == 0) return true;
            var which = c.which % c.world.Permissions.Length;
            var p = c.world.Permissions[which];
            var withdrawn = new Permission
            {
                Id = p.Id, HouseholdId = p.HouseholdId, PersonId = p.PersonId, OrganisationId = p.OrganisationId, ToKind = p.ToKind, WhatFor = p.WhatFor, Purpose = p.Purpose, Categories = p.Categories, Allowed = p.Allowed, GivenAt = p.GivenAt,
                How = p.How, Until = p.Until, WithdrawnAt = p.WithdrawnAt is { } before && before < c.at ? before : c.at,
            };
            return ShowsAtLeast(c.world.Decide(), (c.world with { Permissions = [.. c.world.Permissions.Select((x, i) => i == which ? withdrawn : x)] }).Decide());
        });

    [Fact]
    public void Ending_a_ground_never_shows_more_and_an_ended_one_is_as_none() =>
        Check(from world in Worlds from which in Gen.Choose(0, 20) select (world, which), c =>
        {
            if (c.world.Grounds.Length == 0) return true;
            var which = c.which % c.world.Grounds.Length;
            var g = c.world.Grounds[which];
            var ended = new Ground { Id = g.Id, HouseholdId = g.HouseholdId, WorkerId = g.WorkerId, OrganisationId = g.OrganisationId, Purpose = g.Purpose, From = g.From, To = Now, Cause = g.Cause };
            var after = (c.world with { Grounds = [.. c.world.Grounds.Select((x, i) => i == which ? ended : x)] }).Decide();
            return ShowsAtLeast(c.world.Decide(), after) && after == (c.world with { Grounds = [.. c.world.Grounds.Where((_, i) => i != which)] }).Decide();
        });

    [Fact]
    public void A_no_never_shows_more() =>
        Check(from world in Worlds from no in Said(allowed: false) select (world, no), c => ShowsAtLeast(c.world.Decide(), (c.world with { Permissions = [.. c.world.Permissions, c.no] }).Decide()));

    /// <summary>The last word to one organisation about one thing is a no: whatever was said before, no permission of that thing opens it.</summary>
    [Fact]
    public void After_a_no_to_everything_no_permission_opens_anything() =>
        Check(Worlds, world =>
        {
            if (world.Asked.Who.OrganisationId is not { } organisation) return true;
            var noes = Matters.SelectMany(matter => new[] { 1, 2 }.Select(person => new Permission
            {
                Id = Guid.NewGuid(), HouseholdId = world.Asked.HouseholdId, PersonId = Id("person", person), OrganisationId = organisation, WhatFor = matter, Purpose = world.Asked.Purpose, Categories = "", Allowed = false, GivenAt = Now, How = "spoken",
            })).ToArray();
            var earlier = world.Permissions.Where(p => p.GivenAt < Now).ToArray();
            var decision = (world with { Permissions = [.. earlier, .. noes] }).Decide();
            return decision.Basis is not "permission" and not GroundCause.HandoverAccepted;
        });

    [Fact]
    public void Another_households_rows_open_nothing_here() =>
        Check(Worlds, world =>
        {
            var here = world with { Grounds = [.. world.Grounds.Where(g => g.HouseholdId == world.Asked.HouseholdId)], Permissions = [.. world.Permissions.Where(p => p.HouseholdId == world.Asked.HouseholdId)] };
            return world.Decide() == here.Decide();
        });

    [Fact]
    public void The_order_of_rows_never_matters() =>
        Check(from world in Worlds from grounds in Gen.Shuffle(world.Grounds) from said in Gen.Shuffle(world.Permissions) select (world, grounds, said),
            c => c.world.Decide() == (c.world with { Grounds = [.. c.grounds], Permissions = [.. c.said] }).Decide());

    [Fact]
    public void What_has_not_begun_or_is_over_is_as_if_it_were_not_there() =>
        Check(Worlds, world =>
        {
            var standing = world with
            {
                Grounds = [.. world.Grounds.Where(g => g.From <= Now && (g.To is null || g.To > Now))],
                Permissions = [.. world.Permissions.Where(p => p.GivenAt <= Now)],
            };
            return world.Decide() == standing.Decide();
        });

    [Fact]
    public void A_refusal_says_one_thing_and_an_answer_names_its_basis() =>
        Check(Worlds, world => world.Decide() is { Allowed: true } yes ? yes.Basis.Length > 0 && yes.Sentence.Length == 0 : world.Decide() == new GateDecision(false, "", false, GateDecision.NotThere));
}
