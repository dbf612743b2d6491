using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;

namespace AnyDoor.PlaceTeams;

/// <summary>An invented household that the menu is measured by (<c>Content/personas</c>).</summary>
public sealed record Persona(string Id, string Name, string Summary, PersonaPlace Place, PersonaHousehold Household, IReadOnlyList<PersonaWant> Wants)
{
    private static readonly Lazy<IReadOnlyList<Persona>> Shipped = new(() => [.. ContentFiles.In("personas").Select(ContentFiles.Read<Persona>)]);
    public static IReadOnlyList<Persona> All => Shipped.Value;

    public Facts Facts => Facts.FromJson([], ages: [.. Household.People.Select(p => p.Age)]);
}

public sealed record PersonaPlace(string Name, string District);
public sealed record PersonaHousehold(IReadOnlyList<PersonaPerson> People);
public sealed record PersonaPerson(int Age);
public sealed record PersonaWant(int Row, string Situation, string Aspiration, IReadOnlyList<string> Needs);
public sealed record WantMet(PersonaWant Want, CoverState State, IReadOnlyList<Cover> Covers);
