namespace AnyDoor.ServiceDirectory;

/// <summary>A taxonomy of the feed, and its terms.</summary>
public sealed record FeedTaxonomy(Guid Id, string Name, string Description);

public sealed record FeedTerm(Guid Id, string Name, string Description, FeedTaxonomy Taxonomy, Guid? ParentId, string? Uri);

public sealed record FeedOrganisation(Guid Id, string Name, Provider? Provider, List<Service> Services);

/// <param name="Location">Never a hidden one.</param>
public sealed record FeedPlace(Guid Id, Guid LocationId, Service Service, ServiceLocation Location);

/// <summary>What anybody may read of the menu, by the ids of the standard: public services, not hidden from residents, and no hidden place.</summary>
public sealed class OpenReferralBook
{
    private const string Ours = "AnyDoor needs", Unnamed = "Categories";

    public static readonly FeedTaxonomy OurNeeds = new(NamedId.Of("taxonomy", Ours), Ours, "What somebody needs help with, in plain words.");

    public OpenReferralBook(MenuIndex index, DateOnly day)
    {
        (Index, Day) = (index, day);
        var seen = index.Services.Where(s => MenuGate.MayBeSeen(s, MenuReader.Resident, day)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        Services = [.. seen.Values.Where(s => !IsHeld(s, index, seen, day)).OrderBy(s => s.Uuid)];
        foreach (var service in Services)
        {
            ById.TryAdd(service.Uuid, service);
            if (OrganisationId(service) is { } owner)
            {
                if (!Organisations.TryGetValue(owner, out var organisation)) Organisations[owner] = organisation = new(owner, service.Organisation, service.Provider, []);
                organisation.Services.Add(service);
            }
            foreach (var place in PlacesOf(service)) Places.TryAdd(place.Id, place);
            foreach (var term in TermsOf(service))
            {
                Terms.TryAdd(term.Id, term);
                Taxonomies.TryAdd(term.Taxonomy.Id, term.Taxonomy);
            }
        }
        // The id of one that was merged leads on to the one that is kept.
        foreach (var merged in index.Merged)
            if (index.Find(merged) is { } kept && ById.ContainsKey(kept.Uuid)) ById.TryAdd(Service.UuidOf(merged), kept);
        LastModified = Services.Count > 0 ? Services.Max(s => s.ChangedAt) : DateTime.UnixEpoch;
    }

    /// <summary>It waits for a look, and an older one that is not closed stands for it.</summary>
    private static bool IsHeld(Service service, MenuIndex index, Dictionary<string, Service> seen, DateOnly day)
    {
        foreach (var older in index.ShownInsteadOf(service.Id))
            if (seen.TryGetValue(older, out var shown) && !MenuGate.IsClosed(shown, day)) return true;
        return false;
    }

    public MenuIndex Index { get; }
    public DateOnly Day { get; }
    public DateTime LastModified { get; }
    public IReadOnlyList<Service> Services { get; }
    public Dictionary<Guid, Service> ById { get; } = [];
    public SortedDictionary<Guid, FeedOrganisation> Organisations { get; } = [];
    public SortedDictionary<Guid, FeedPlace> Places { get; } = [];
    public SortedDictionary<Guid, FeedTerm> Terms { get; } = [];
    public SortedDictionary<Guid, FeedTaxonomy> Taxonomies { get; } = [];

    public static Guid? OrganisationId(Service s) => s.Organisation.Length == 0 ? null : NamedId.OwnOr(s.Provider?.Id, "organization", $"{s.Source}\n{s.Organisation}");

    public static IEnumerable<FeedPlace> PlacesOf(Service s)
    {
        foreach (var location in s.Locations.Where(l => !l.Hidden))
        {
            var at = NamedId.OwnOr(location.Id, "location", $"{s.Source}\n{location.Name}\n{location.Address}\n{location.Postcode}");
            yield return new FeedPlace(NamedId.OwnOr(location.AtLocationId, "service_at_location", $"{s.Uuid}\n{at}"), at, s, location);
        }
    }

    /// <summary>The terms of its source, and the needs it meets.</summary>
    public static IEnumerable<FeedTerm> TermsOf(Service s)
    {
        foreach (var need in s.Needs.Distinct())
            if (Vocabulary.Words.Current.Need(need) is { } known) yield return new FeedTerm(NamedId.Of("term", $"{Ours}\n{need}"), known.Plain, known.Staff, OurNeeds, null, null);
        foreach (var term in s.Terms)
        {
            var taxonomy = term.Taxonomy is { } name ? new FeedTaxonomy(NamedId.Of("taxonomy", name), name, $"Terms of {name}, as their source gives them.") : new FeedTaxonomy(NamedId.Of("taxonomy", Unnamed), Unnamed, "Categories as sources give them.");
            yield return new FeedTerm(NamedId.OwnOr(term.Id, "term", $"{taxonomy.Name}\n{term.Name}"), term.Name, term.Name, taxonomy, term.ParentId is { } parent ? NamedId.OwnOr(parent, "term", $"{taxonomy.Name}\n{parent}") : null, term.Uri);
        }
    }
}
