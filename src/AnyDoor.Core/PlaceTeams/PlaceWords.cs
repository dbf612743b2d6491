using AnyDoor.Common;

namespace AnyDoor.PlaceTeams;

/// <summary>A plan's sections, by template: each place's, and Cambridge City's own.</summary>
public sealed record PlanTemplate(string Id, string Name, string For, IReadOnlyList<PlanSection> Sections);

public sealed record PlanSection(PlaceNoteKind Kind, string Title, string Hint);

/// <summary>A kind of local issue, and from how many reports at one spot the named partners make one plan.</summary>
public sealed record IssueKind(string Id, string Name, int JointFrom, IReadOnlyList<string> Partners);

/// <summary>Dated data of this room (<c>Content/place-teams.json</c>).</summary>
public sealed record PlaceWords(string Owner, string Source, DateOnly Starts, int AnswerDays, IReadOnlyList<PlanTemplate> Plans, IReadOnlyList<IssueKind> Issues, IReadOnlyList<string> Roles)
{
    private static readonly System.Text.Json.JsonSerializerOptions Json = new(ContentFiles.Json) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) } };

    private static readonly Lazy<PlaceWords> Shipped = new(() =>
    {
        using var file = ContentFiles.Open("place-teams.json");
        return System.Text.Json.JsonSerializer.Deserialize<PlaceWords>(file, Json)!;
    });

    public static PlaceWords Current => Shipped.Value;

    public PlanTemplate TemplateFor(string place) => Plans.FirstOrDefault(p => p.For == place) ?? Plans.First(p => p.For == "*");
}
