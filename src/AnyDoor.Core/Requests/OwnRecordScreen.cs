using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Requests;

/// <summary>What a resident's own screens leave out by default, because somebody may be watching over them: who has looked, who we share with, and the copy of their data. Dated data (<c>Content/own-record-screen.json</c>).</summary>
/// <param name="OrganisationWords">A word in an organisation's name that says too much, in lower case.</param>
/// <param name="Organisations">Single organisations by their handle.</param>
public sealed record OwnRecordScreen(string Owner, string Source, DateOnly Starts, IReadOnlyList<OrganisationKind> OrganisationKinds, IReadOnlyList<string> OrganisationWords, IReadOnlyList<string> Organisations, IReadOnlyList<Purpose> Purposes)
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) }, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static OwnRecordScreen Current { get; } = Load();

    public bool LeavesOut(Purpose purpose) => Purposes.Contains(purpose);

    /// <param name="kind">Null: not one of the partnership's own, known by its name only.</param>
    public bool LeavesOut(OrganisationKind? kind, string? handle, string name) =>
        (kind is { } of && OrganisationKinds.Contains(of)) || (handle is not null && Organisations.Contains(handle)) || OrganisationWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    public bool LeavesOut(Organisation? organisation) => organisation is not null && LeavesOut(organisation.Kind, organisation.Handle, organisation.Name);

    /// <summary>Words in which somebody is named, like <c>Who helped: Fenland Women’s Refuge</c>.</summary>
    public bool LeavesOut(string words) => LeavesOut(null, null, words);

    private static OwnRecordScreen Load()
    {
        using var stream = ContentFiles.Open("own-record-screen.json");
        return JsonSerializer.Deserialize<OwnRecordScreen>(stream, Json)!;
    }
}
