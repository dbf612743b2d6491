using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Sharing;

/// <summary>The decision, case by case, from one data file that an information lead can read.</summary>
[Requirement("R-ISA-02"), Requirement("R-ISA-05"), Requirement("R-DA-02")]
public sealed class GateTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc);
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    [Fact]
    public void Decide_EveryCaseOfTheFile_IsAsItSays()
    {
        var cases = Cases();
        cases.Count.ShouldBeGreaterThan(50);

        var wrong = cases.Select(c => (c.Say, c.Expect, Got: Got(c))).Where(c => c.Expect != c.Got).ToList();

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Decide_Refused_SaysTheSameWhetherThereIsARecordOrNot()
    {
        var sentences = Cases().Where(c => c.Expect == "no").Select(Decide).Select(d => d.Sentence).Distinct();

        sentences.ShouldBe([GateDecision.NotThere]);
    }

    [Fact]
    public void Decide_NoRuleForARole_ShowsNothingWhateverTheGrounds()
    {
        Role[] nobody = [Role.PlaceCoordinator, Role.Connector, Role.Councillor, Role.Analyst, Role.ReportAuthor, Role.Administrator];
        var everyGround = typeof(GroundCause).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();
        foreach (var role in nobody)
        {
            foreach (var purpose in Enum.GetValues<Purpose>())
            {
                foreach (var category in Enum.GetValues<DataCategory>())
                {
                    var c = new Case { Say = "", Expect = "no", Role = role, Of = "hub", Purpose = purpose, Category = category, Grounds = [.. everyGround.SelectMany(g => new[] { new CaseGround { Cause = g, Purpose = purpose }, new CaseGround { Cause = g, Held = "me", Purpose = purpose }, new CaseGround { Cause = g, Held = "hub", Purpose = purpose } })] };
                    Got(c).ShouldBe("no", $"{role} {purpose} {category}");
                }
            }
        }
    }

    [Fact]
    public void EveryRole_HasAnEntryAndEveryGroundOfTheTableHasAName()
    {
        RoleTable.Default.All.Select(r => r.Role).Order().ShouldBe(Enum.GetValues<Role>().Order());
        var causes = typeof(GroundCause).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToHashSet();
        VisibilityTable.Default.Rules.SelectMany(r => r.Grounds).Except(causes).ShouldBeEmpty();
        VisibilityTable.Default.Rules.ShouldAllBe(r => r.Basis != null || r.Grounds.Count > 0);
    }

    [Theory]
    [InlineData(true, true, false, false, null)]
    [InlineData(true, false, false, true, "only-on-this-machine")]
    [InlineData(true, true, true, true, "only-on-this-machine")]
    [InlineData(false, true, false, false, null)]
    [InlineData(false, false, false, true, null)]
    [InlineData(false, true, true, true, null)]
    [InlineData(false, false, false, false, "https-only")]
    [InlineData(false, true, true, false, "https-only")]
    public void StaffPages_OfADemoOpenAtThisMachineOnly_AndALiveOnesOverHttps(bool demo, bool loopback, bool forwarded, bool https, string? refused) =>
        StaffAccess.MayOpen(demo, loopback, forwarded, https)?.Code.ShouldBe(refused);

    private static string Got(Case c)
    {
        var decision = Decide(c);
        return !decision.Allowed ? "no" : decision.OnlyWhatTheyEntered ? $"{decision.Basis}, only what they entered" : decision.Basis;
    }

    private static GateDecision Decide(Case c)
    {
        var worker = c.Kind is ActorKind.Worker or ActorKind.System;
        var looker = new Looker(c.Kind, worker ? Id("me") : c.Me is null ? null : Id(c.Me), c.Role, c.Of is null ? null : Id(c.Of), c.Of == "hub", c.Of is "landlord" ? "landlord" : null);
        var grounds = c.Grounds.Select(g => new Ground
        {
            Id = Guid.NewGuid(), HouseholdId = Id(g.Household), Cause = g.Cause, Purpose = g.Purpose, From = g.From, To = g.To,
            WorkerId = g.Held is "me" or "colleague" ? Id(g.Held) : null, OrganisationId = g.Held is "me" or "colleague" or "" ? null : Id(g.Held),
        }).ToList();
        var permissions = c.Permissions.Select(p => new Permission
        {
            Id = Guid.NewGuid(), HouseholdId = Id("harrowmere"), PersonId = Id(p.Person), OrganisationId = p.Kind is null ? Id(p.To) : null, ToKind = p.Kind, Purpose = p.Purpose, Categories = p.Categories, Allowed = p.Allowed,
            GivenAt = p.Given, How = "spoken", Until = p.Until, WithdrawnAt = p.Withdrawn,
        }).ToList();
        return Gate.Decide(new GateQuestion(looker, c.Purpose, Id("harrowmere"), c.Person is null ? null : Id(c.Person), c.Category, Now), grounds, permissions, VisibilityTable.Default);
    }

    private static Guid Id(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private static List<Case> Cases() => JsonSerializer.Deserialize<List<Case>>(File.ReadAllText(Path.Combine(TestRun.Root, "tests", "AnyDoor.Core.Tests", "Sharing", "gate-cases.json")), Json)!;

    private sealed record Case
    {
        public required string Say { get; init; }
        public required string Expect { get; init; }
        public ActorKind Kind { get; init; } = ActorKind.Worker;
        public Role? Role { get; init; }
        public string? Of { get; init; }
        public string? Me { get; init; }
        public required Purpose Purpose { get; init; }
        public required DataCategory Category { get; init; }
        public string? Person { get; init; }
        public List<CaseGround> Grounds { get; init; } = [];
        public List<CasePermission> Permissions { get; init; } = [];
    }

    private sealed record CaseGround
    {
        public required string Cause { get; init; }
        /// <summary>Nobody: the host hub's own.</summary>
        public string Held { get; init; } = "";
        public string Household { get; init; } = "harrowmere";
        public Purpose Purpose { get; init; } = Purpose.RespondToRequest;
        public DateTime From { get; init; } = Now.AddDays(-1);
        public DateTime? To { get; init; }
    }

    private sealed record CasePermission
    {
        public required string Person { get; init; }
        public required string To { get; init; }
        public required Purpose Purpose { get; init; }
        public required string Categories { get; init; }
        public bool Allowed { get; init; } = true;
        public DateTime Given { get; init; } = Now.AddDays(-1);
        public DateOnly? Until { get; init; }
        public DateTime? Withdrawn { get; init; }
        /// <summary>Said of every organisation of this kind, as the public form asks it.</summary>
        public string? Kind { get; init; }
    }
}
