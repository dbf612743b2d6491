using System.Text.Json;
using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.Places;

/// <summary>One column of a partnership's own table.</summary>
/// <param name="Unit"><c>count</c>, <c>rate</c> (0 to 1), <c>percentage</c>, <c>score</c>, <c>rank</c> or <c>decile</c>.</param>
public sealed record OwnMeasure(string Column, string Id, string Title, string Unit);

/// <summary>What a partnership's own CSV by neighbourhood, ward or district holds: the small mapping that goes with it.</summary>
/// <param name="Area"><c>lsoa</c>, <c>ward</c> or <c>district</c>.</param>
/// <param name="Code">The column of the areas' codes.</param>
/// <param name="BoundaryYear">2011 or 2021 for neighbourhoods; the year of the wards or districts for those.</param>
/// <param name="Licence">An id of the known licences; anything else counts as not confirmed, and nothing of it shows.</param>
public sealed partial record OwnData(string Id, string Title, string Edition, int BoundaryYear, string Area, string Code, string Source, string Licence, DateOnly? Published, IReadOnlyList<OwnMeasure> Measures)
{
    private static readonly string[] Units = ["count", "rate", "percentage", "score", "rank", "decile"];

    /// <exception cref="InvalidDataException">It is not such a mapping, with the sentence that says why.</exception>
    public static OwnData ReadFile(string path)
    {
        OwnData own;
        try
        {
            own = JsonSerializer.Deserialize<OwnData>(File.ReadAllText(path), ContentFiles.Json) ?? throw new InvalidDataException("The mapping is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is not a mapping: {error.Message}");
        }
        return own.WhyNot() is { } why ? throw new InvalidDataException($"{Path.GetFileName(path)}: {why}") : own;
    }

    private string? WhyNot() => this switch
    {
        { Id: null } or { Title: null } or { Edition: null } or { Code: null } or { Source: null } or { Measures: null or { Count: 0 } } => "a mapping has id, title, edition, boundary_year, area, code, source, licence and measures.",
        _ when !Plain().IsMatch(Id) => "its id has small letters, figures and hyphens only.",
        _ when Area is not ("lsoa" or "ward" or "district") => "its area is lsoa, ward or district.",
        _ when Area == "lsoa" && BoundaryYear is not (2011 or 2021) => "its boundary_year is 2011 or 2021: neighbourhoods have no other boundaries.",
        _ when BoundaryYear is < 1990 or > 2100 => "its boundary_year is the year of its areas' boundaries.",
        _ when Measures.FirstOrDefault(m => m.Column is null || m.Id is null || m.Title is null || !Units.Contains(m.Unit)) is { } odd => $"each measure has column, id, title and a unit of {string.Join(", ", Units)}; see “{odd.Id ?? odd.Column}”.",
        _ when Measures.GroupBy(m => m.Id).Any(g => g.Count() > 1) => "each measure has an id of its own.",
        _ when OfficialEdition().IsMatch(Edition) => $"“{Edition}” is the name of an official edition. Give your own table’s edition another, like the year of its figures.",
        _ when Measures.FirstOrDefault(m => OfficialIds.Value.Contains(m.Id)) is { } official => $"“{official.Id}” is an official measure’s id. Give your own another, like {Id}-{official.Id.Replace('_', '-')}.",
        _ when Measures.FirstOrDefault(m => !PlainMeasure().IsMatch(m.Id) || m.Title.Any(char.IsControl) || m.Title.Length is 0 or > 100) is { } strange => $"a measure’s id has small letters, figures, hyphens and underscores only, and its title at most 100 letters; see “{strange.Id}”.",
        _ => null,
    };

    /// <summary>What the publishers' measures and the pages' own are called: nobody else's may bear such a name.</summary>
    private static readonly Lazy<HashSet<string>> OfficialIds = new(() => new(PlaceLayouts.Measures.Select(m => m.Id).Concat(
        ["tenth", "local", "local_decile", "income-rate", "income", "employment", "education", "health", "crime", "barriers", "environment", "requests", "awards", "people"]), StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainMeasure();

    [GeneratedRegex(@"^\s*(the\s+)?((english\s+)?ind(ex|ices)\s+of\s+(multiple\s+)?deprivation|io\s*d|imd|paper of)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfficialEdition();
}
