using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Sharing;

/// <summary>
/// The whole table: every role (as a worker and as a partner's system, of the hub and of another organisation), every step of the nine journeys, every kind of fact,
/// and every ground in everybody's hands, at every time and for another household. What <c>who-sees-what.json</c> does not list must be refused.
/// </summary>
[Requirement("R-ISA-02"), Requirement("R-ISA-05"), Requirement("R-DA-02"), Requirement("R-CLL-01"), Requirement("R-EDI-04")]
public sealed class WhoSeesWhatTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc);
    private static readonly Guid Home = Id(1), Neighbour = Id(2), Me = Id(3), Colleague = Id(4), Hub = Id(5), Partner = Id(6), Third = Id(7), Person = Id(8), Other = Id(9);
    private static readonly WhoSeesWhat Table = WhoSeesWhat.Current;

    /// <summary>Rows that stand in the database, and which grounds of the table they are for a looker. <c>null</c> person: the household as such.</summary>
    private sealed record Situation(string Words, IReadOnlyList<Ground> Grounds, Func<DataCategory, Purpose, IReadOnlyList<Permission>> Permissions, Guid? About, Func<Looker, Purpose, IEnumerable<string>> On);

    [Fact]
    public void Every_combination_is_as_the_table_says_and_what_it_does_not_list_is_refused()
    {
        var wrong = new List<string>();
        var (asked, allowed) = (0, 0);
        var situations = Situations().ToList();
        foreach (var who in WhoSeesWhat.Everybody)
            foreach (var looker in LookersAs(who))
                foreach (var category in Enum.GetValues<DataCategory>())
                {
                    var cells = Table.Steps.Select(step => (Step: step, Cells: CellsOf(who, step, category))).ToList();
                    foreach (var purpose in Enum.GetValues<Purpose>())
                        foreach (var situation in situations)
                        {
                            var decision = Gate.Decide(new GateQuestion(looker, purpose, Home, situation.About, category, Now), situation.Grounds, situation.Permissions(category, purpose), VisibilityTable.Default);
                            var got = !decision.Allowed ? "no" : decision.OnlyWhatTheyEntered ? "what they entered" : "yes";
                            var on = situation.On(looker, purpose).ToList();
                            foreach (var (step, cell) in cells.Where(c => c.Step.For == purpose))
                            {
                                asked++;
                                var wanted = on.Select(cell.GetValueOrDefault).OfType<string>().ToList() is { Count: > 0 } found ? found.Contains("yes") ? "yes" : "what they entered" : "no";
                                if (wanted != "no") allowed++;
                                if (wanted != got && wrong.Count < 40) wrong.Add($"{who} of {(looker.OfHub ? "the hub" : "a partner")} as {looker.Kind} at {step.Id} for {purpose}, {category}, {situation.Words}: the table says {wanted}, the gate {got}");
                            }
                        }
                }

        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(10_000_000, "nothing was left out");
        allowed.ShouldBeGreaterThan(50_000, "and it is not all refused");
    }

    [Fact]
    public void The_file_names_only_what_there_is_and_covers_it_all()
    {
        Table.Steps.Select(s => s.For).Distinct().Order().ShouldBe(Enum.GetValues<Purpose>().Order(), "each purpose is read for at some step");
        Table.Steps.Select(s => s.Id.Split('.')[0]).Distinct().ShouldBe(["J1", "J2", "J3", "J4", "J5", "J6", "J7", "J8", "J9", "A"]);
        Table.Seen.SelectMany(l => l.Who).Except(WhoSeesWhat.Everybody).ShouldBeEmpty();
        Table.Seen.SelectMany(l => l.On).Except(Table.Grounds.Select(g => g.Id)).ShouldBeEmpty();
        Table.Seen.SelectMany(l => l.At).Except(Table.Steps.Select(s => s.Id)).Except(Table.Steps.Select(s => s.Id.Split('.')[0])).ShouldBeEmpty();
        Table.Seen.SelectMany(l => l.On).Distinct().Order().ShouldBe(Table.Grounds.Select(g => g.Id).Order(), "each ground opens something for somebody");
        Table.Grounds.Where(g => g.OpenedFor is not null).Select(g => g.Cause ?? g.Id).Distinct().Order()
            .ShouldBe(typeof(GroundCause).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order(), "each cause that a room can give is in the table");
    }

    /// <summary>Equality monitoring is reported in aggregate only; a councillor sees no person.</summary>
    [Fact]
    public void Nobody_but_the_person_sees_equality_answers_and_a_councillor_sees_nobody()
    {
        Table.Seen.Where(l => l.Sees.Contains(DataCategory.EqualityMonitoring)).SelectMany(l => l.Who).ShouldBe(["resident", "representative"]);
        foreach (var nobody in new[] { "councillor", "place-coordinator", "connector", "analyst", "report-author", "administrator" })
            Table.Seen.SelectMany(l => l.Who).ShouldNotContain(nobody);
    }

    [Fact]
    public void The_page_in_docs_is_made_from_the_file()
    {
        var path = Path.Combine(TestRun.Root, "docs", "who-sees-what.md");
        if (Environment.GetEnvironmentVariable("ANYDOOR_WRITE_DOCS") == "1") File.WriteAllText(path, Table.ToMarkdown());

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(Table.ToMarkdown(), "write it anew: ANYDOOR_WRITE_DOCS=1 and run this test");
    }

    private static Dictionary<string, string> CellsOf(string who, TableStep step, DataCategory category)
    {
        var cells = new Dictionary<string, string>();
        foreach (var line in Table.Seen.Where(l => l.Who.Contains(who) && l.IsAt(step)))
            foreach (var on in line.On)
                if (WhoSeesWhat.Cell(line, category) is not "no" and var cell && cells.GetValueOrDefault(on) != "yes") cells[on] = cell;
        return cells;
    }

    private static IEnumerable<Looker> LookersAs(string who)
    {
        switch (who)
        {
            case "resident": yield return new Looker(ActorKind.Resident, Person); break;
            case "representative": yield return new Looker(ActorKind.Representative, Person); break;
            case "job": yield return new Looker(ActorKind.Job, null); break;
            default:
                var role = Enum.GetValues<Role>().Single(r => WhoSeesWhat.Kebab(r) == who);
                foreach (var kind in new[] { ActorKind.Worker, ActorKind.System })
                {
                    yield return new Looker(kind, Me, role, Hub, OfHub: true);
                    yield return new Looker(kind, Me, role, Partner, OfHub: false, AskedAs: "landlord");
                }
                break;
        }
    }

    private static IEnumerable<Situation> Situations()
    {
        foreach (var about in new Guid?[] { null, Person, Other })
        {
            yield return new Situation($"nothing at all, about {Named(about)}", [], (_, _) => [], about, (looker, _) => Always(looker, about));
            foreach (var said in Sayings(about)) yield return said;
        }
        (string Words, Guid? Worker, Guid? Organisation)[] holders = [("the hub's", null, null), ("the hub organisation's", null, Hub), ("the partner's", null, Partner), ("a third organisation's", null, Third), ("this worker's", Me, null), ("a colleague's", Colleague, null), ("a colleague's, at the partner", Colleague, Partner), ("a colleague's, at the hub", Colleague, Hub), ("this worker's, at the partner", Me, Partner)];
        foreach (var ground in Table.Grounds.Where(g => g.OpenedFor is not null))
            foreach (var (words, worker, organisation) in holders)
            {
                var stands = Row(ground, worker, organisation);
                yield return new Situation($"{words} {ground.Id}", [stands], (_, _) => [], Person, (looker, _) => [.. Always(looker, Person), .. OnGround(ground, stands, looker)]);
                var justNow = Row(ground, worker, organisation, from: Now, to: Now.AddMinutes(1));
                yield return new Situation($"{words} {ground.Id} that begins this instant", [justNow], (_, _) => [], Person, (looker, _) => [.. Always(looker, Person), .. OnGround(ground, justNow, looker)]);
                (string Words, Ground Row)[] nothing =
                [
                    ("that ended this instant", Row(ground, worker, organisation, to: Now)), ("that begins in a minute", Row(ground, worker, organisation, from: Now.AddMinutes(1))),
                    ("of a neighbour", Row(ground, worker, organisation, household: Neighbour)), ("for statistics", Row(ground, worker, organisation, purpose: Purpose.StatisticsAndPlanning)),
                    ("of a cause that nobody knows", Row(ground with { Cause = "because" }, worker, organisation)),
                ];
                foreach (var (more, row) in nothing) yield return new Situation($"{words} {ground.Id} {more}", [row], (_, _) => [], Person, (looker, _) => Always(looker, Person));

                // A no, and a yes that is over, beside the ground.
                foreach (var (more, said) in new (string, Func<Purpose, Permission>)[] { ("and a no", p => Said(p, [], allowed: false)), ("and a yes taken back", p => Said(p, Enum.GetValues<DataCategory>(), withdrawn: Now)) })
                    yield return new Situation($"{words} {ground.Id} {more}", [stands], (_, p) => [said(p)], Person,
                        (looker, _) => ground.ANoStopsIt && looker.OrganisationId == Partner ? Always(looker, Person) : [.. Always(looker, Person), .. OnGround(ground, stands, looker)]);
            }
    }

    private static IEnumerable<Situation> Sayings(Guid? about)
    {
        var opens = about is null || about == Person;
        Situation Of(string words, bool yes, Func<DataCategory, Purpose, IReadOnlyList<Permission>> said) =>
            new($"{words}, about {Named(about)}", [], said, about, (looker, _) => yes && opens && looker.OrganisationId == Partner ? [.. Always(looker, about), "permission"] : Always(looker, about));

        yield return Of("a yes", true, (c, p) => [Said(p, [c])]);
        yield return Of("a yes until today", true, (c, p) => [Said(p, [c], until: new DateOnly(2026, 11, 24))]);
        yield return Of("a no and then a yes", true, (c, p) => [Said(p, [c], allowed: false, at: Now.AddDays(-2)), Said(p, [c])]);
        yield return Of("a no to every landlord and then a yes", true, (c, p) => [Said(p, [c], allowed: false, at: Now.AddDays(-2), kind: "landlord"), Said(p, [c])]);
        yield return Of("a no to every doctor after a yes", true, (c, p) => [Said(p, [c]), Said(p, [c], allowed: false, at: Now.AddHours(-1), kind: "doctor")]);
        yield return Of("a yes to another kind of fact", false, (c, p) => [Said(p, [.. Enum.GetValues<DataCategory>().Where(x => x != c)])]);
        yield return Of("a no", false, (c, p) => [Said(p, [c], allowed: false)]);
        yield return Of("a yes and then a no", false, (c, p) => [Said(p, [c], at: Now.AddDays(-2)), Said(p, [c], allowed: false)]);
        yield return Of("a yes and then a no to every landlord", false, (c, p) => [Said(p, [c], at: Now.AddDays(-2)), Said(p, [c], allowed: false, kind: "landlord")]);
        yield return Of("a yes taken back this instant", false, (c, p) => [Said(p, [c], withdrawn: Now)]);
        yield return Of("a yes until yesterday", false, (c, p) => [Said(p, [c], until: new DateOnly(2026, 11, 23))]);
        yield return Of("a yes that comes in a minute", false, (c, p) => [Said(p, [c], at: Now.AddMinutes(1))]);
        yield return Of("a yes to a third organisation", false, (c, p) => [Said(p, [c], to: Third)]);
        yield return Of("a yes to every landlord, with no name put to it", false, (c, p) => [Said(p, [c], kind: "landlord")]);
        yield return Of("a yes for another purpose", false, (c, p) => [Said(p == Purpose.Handover ? Purpose.Casework : Purpose.Handover, [c])]);
        yield return Of("a neighbour's yes", false, (c, p) => [Said(p, [c], household: Neighbour)]);
    }

    private static IEnumerable<string> Always(Looker looker, Guid? about) =>
        looker.Kind is ActorKind.Resident or ActorKind.Representative && looker.Id == about ? ["none", "own-record"] : ["none"];

    private static IEnumerable<string> OnGround(TableGround ground, Ground row, Looker looker)
    {
        var held = ground.HeldBy switch
        {
            HeldBy.Worker => row.WorkerId == Me,
            HeldBy.Organisation => row.WorkerId is null && row.OrganisationId is not null && row.OrganisationId == looker.OrganisationId,
            _ => looker.OfHub && row.WorkerId is null && (row.OrganisationId is null || row.OrganisationId == Hub),
        };
        return held ? [ground.Id] : [];
    }

    private static Ground Row(TableGround ground, Guid? worker, Guid? organisation, DateTime? from = null, DateTime? to = null, Guid? household = null, Purpose? purpose = null) => new()
    {
        Id = Guid.NewGuid(), HouseholdId = household ?? Home, WorkerId = worker, OrganisationId = organisation, Cause = ground.Cause ?? ground.Id, Purpose = purpose ?? ground.OpenedFor!.Value, From = from ?? Now.AddDays(-1), To = to,
    };

    private static Permission Said(Purpose purpose, IEnumerable<DataCategory> categories, bool allowed = true, DateTime? at = null, DateOnly? until = null, DateTime? withdrawn = null, Guid? to = null, string? kind = null, Guid? household = null) => new()
    {
        Id = Guid.NewGuid(), HouseholdId = household ?? Home, PersonId = Person, OrganisationId = kind is null ? to ?? Partner : null, ToKind = kind, Purpose = purpose, Categories = string.Join(',', categories), Allowed = allowed,
        GivenAt = at ?? Now.AddDays(-1), How = "spoken", Until = until, WithdrawnAt = withdrawn,
    };

    private static string Named(Guid? about) => about is null ? "the household" : about == Person ? "the person" : "somebody they live with";

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    [Fact]
    public void Rows_of_a_file_are_said_to_be_seen_by_those_who_may_mend_them_and_nobody_else() =>
        Table.Beside.ShouldHaveSingleItem().Who.ShouldBe(Enum.GetValues<Role>().Where(r => RoleTable.Default.MayOpen(r, "imports") && RoleTable.Default.May(r, "mend-import")).Select(r => WhoSeesWhat.Kebab(r)), ignoreOrder: true);
}
