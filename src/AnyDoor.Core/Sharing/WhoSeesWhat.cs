using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Sharing;

/// <summary>A ground as the table speaks of it.</summary>
/// <param name="Cause">As it stands on the row; null: the id itself.</param>
/// <param name="OpenedFor">The purpose that the product opens it for; null where there is no such row.</param>
public sealed record TableGround(string Id, string Words, HeldBy HeldBy, Purpose? OpenedFor = null, string? Cause = null, bool ANoStopsIt = false);

/// <summary>One step of one journey, and the purpose for which a record is read at it.</summary>
public sealed record TableStep(string Id, string Journey, string Step, Purpose For);

/// <summary>Who sees which kinds of fact, at which steps, on which grounds.</summary>
/// <param name="Who">Roles, and those who are no worker: <c>resident</c>, <c>representative</c>, <c>job</c>.</param>
/// <param name="At">Steps, or whole journeys like <c>J3</c>.</param>
public sealed record TableLine(IReadOnlyList<string> Who, IReadOnlyList<string> On, IReadOnlyList<string> At, IReadOnlyList<DataCategory> Sees, IReadOnlyList<DataCategory>? SeesWhatTheyEntered = null)
{
    public bool IsAt(TableStep step) => At.Contains(step.Id) || At.Contains(step.Id[..step.Id.IndexOf('.', StringComparison.Ordinal)]);
}

/// <summary>What some roles see of people that is in no household's record, so that the gate has nothing to decide.</summary>
public sealed record TableBeside(IReadOnlyList<string> Who, string Words);

/// <summary>
/// What the partnership means its gate to do (<c>Content/who-sees-what.json</c>), for people to read. The gate does not read it: a test puts every role, step,
/// kind of fact and ground to the gate and compares, so that a change of the gate's rules must be meant twice.
/// </summary>
public sealed record WhoSeesWhat(string Owner, string Source, DateOnly Starts, IReadOnlyList<TableGround> Grounds, IReadOnlyList<TableStep> Steps, IReadOnlyList<TableLine> Seen, IReadOnlyList<TableBeside> Beside)
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static WhoSeesWhat Current { get; } = Load();

    public TableGround Ground(string id) => Grounds.Single(g => g.Id == id);

    /// <summary>Steps of a line in words, a journey at a time: <c>J3</c> is the whole of it, <c>J6.4</c> one step.</summary>
    public IEnumerable<string> InWords(IReadOnlyList<string> at) => Steps.GroupBy(s => s.Journey).Select(journey =>
    {
        var these = journey.Where(s => at.Contains(s.Id) || at.Contains(s.Id[..s.Id.IndexOf('.', StringComparison.Ordinal)])).ToList();
        return these.Count == 0 ? null : these.Count == journey.Count() ? journey.Key : $"{journey.Key} ({string.Join("; ", these.Select(s => s.Step))})";
    }).OfType<string>();

    /// <summary>Everybody who can be named: the fourteen roles, and three who are no worker.</summary>
    public static IReadOnlyList<string> Everybody { get; } =
        [.. Enum.GetValues<Role>().Select(Kebab), Kebab(ActorKind.Resident), Kebab(ActorKind.Representative), Kebab(ActorKind.Job)];

    /// <summary>As the list of roles has it, or in plain words.</summary>
    public static string NameOf(string who) => who switch
    {
        "resident" => "Resident", "representative" => "Somebody who speaks for them", "job" => "The product itself, at work unattended",
        _ => RoleTable.Default.NameOf(Enum.GetValues<Role>().Single(r => Kebab(r) == who)),
    };

    public static string NameOf(DataCategory category) => category switch
    {
        DataCategory.IdentityAndContact => "Name and contact", DataCategory.Safety => "Safe contact", DataCategory.HouseholdComposition => "Who lives there", DataCategory.NeedsAndAnswers => "Needs and answers", DataCategory.Money => "Money",
        DataCategory.HealthAndDisability => "Health", DataCategory.ChildrenAndEducation => "Children", DataCategory.PlanAndCaseNotes => "Plan and notes", _ => "Equality",
    };

    /// <summary>A cell of the table, as read: yes, what they entered, or no.</summary>
    public static string Cell(TableLine line, DataCategory category) => line.Sees.Contains(category) ? "yes" : line.SeesWhatTheyEntered?.Contains(category) == true ? "what they entered" : "no";

    /// <summary>The page for people, in Markdown: <c>docs/who-sees-what.md</c>.</summary>
    public string ToMarkdown()
    {
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');
        Line("# Who sees what");
        Line();
        Line("For an information-governance lead. This page is made from `src/AnyDoor.Core/Content/who-sees-what.json`, and a test fails when it is not as that file says.");
        Line("Another test puts every role (as a worker and as a partner's system), every step of the journeys, every kind of fact and every ground to the product's one gate and compares the answer with this table.");
        Line("**What is not listed is refused**, with the same words whether there is a record or not.");
        Line();
        Line("## By role");
        Line();
        Line($"| who | on what ground | at which steps | {string.Join(" | ", Enum.GetValues<DataCategory>().Select(NameOf))} |");
        Line($"|---|---|---|{string.Concat(Enumerable.Repeat("---|", Enum.GetValues<DataCategory>().Length))}");
        foreach (var who in Everybody)
            foreach (var line in Seen.Where(l => l.Who.Contains(who)))
                Line($"| {NameOf(who)} | {string.Join("; or ", line.On.Select(g => Ground(g).Words))} | {string.Join(", ", line.At)} | {string.Join(" | ", Enum.GetValues<DataCategory>().Select(c => Cell(line, c)))} |");
        foreach (var who in Everybody.Where(w => !Seen.Any(l => l.Who.Contains(w)))) Line($"| {NameOf(who)} | none | none |{string.Concat(Enumerable.Repeat(" no |", Enum.GetValues<DataCategory>().Length))}");
        Line();
        Line("A ground counts from the moment it is given to the moment it ends, for that household, in the hands of whom it was given to. Ended, not yet begun, another's, for another household or for another purpose: refused.");
        Line("A person's no, a permission withdrawn and a permission whose day has passed are refused at the next press, also on a page that is open already. The address of somebody at risk is shown in an emergency and to that person only, whatever this table gives.");
        Line("Equality answers are kept without a name, a reference or a day, so they belong to no record: where this table gives them, to the person themselves too, there is nothing to show.");
        Line();
        Line("## Beside the records");
        Line();
        foreach (var beside in Beside) Line($"- {string.Join(", ", beside.Who.Select(NameOf))}: {beside.Words}");
        Line();
        Line("## By step");
        Line();
        Line("| step | | read for | who may see something at it, and on which ground |");
        Line("|---|---|---|---|");
        string? journey = null;
        foreach (var step in Steps)
        {
            if (journey != step.Journey) Line($"| | **{journey = step.Journey}** | | |");
            var seen = Seen.Where(l => l.IsAt(step)).SelectMany(l => l.Who.Select(w => $"{NameOf(w)} ({string.Join(", ", l.On)})"));
            Line($"| {step.Id} | {step.Step} | {Kebab(step.For).Replace('-', ' ')} | {(seen.Any() ? string.Join("; ", seen) : "nobody")} |");
        }
        return page.ToString();
    }

    public static string Kebab<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static WhoSeesWhat Load()
    {
        using var stream = ContentFiles.Open("who-sees-what.json");
        return JsonSerializer.Deserialize<WhoSeesWhat>(stream, Json)!;
    }
}
