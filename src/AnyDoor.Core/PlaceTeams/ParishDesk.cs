using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.PlaceTeams;

/// <summary>An entry of the menu in somebody's parish.</summary>
/// <param name="Own">Their own organisation runs it.</param>
public sealed record ParishEntry(ServiceCard Card, bool Own);

/// <summary>The places that an organisation is said to serve, each smaller than a district.</summary>
public sealed record ParishArea(IReadOnlyList<Place> Places)
{
    public bool Any => Places.Count > 0;

    public IReadOnlyList<string> Names => [.. Places.Select(p => p.Name).Distinct(StringComparer.Ordinal)];

    public string InWords => Say(Names);

    private static string Say(IReadOnlyList<string> names) => names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    /// <summary>Whether a postcode lies in it; null: what is loaded cannot tell.</summary>
    public bool? Holds(PostcodeFacts at)
    {
        bool? holds = false;
        foreach (var place in Places)
        {
            var lsoa = place.Year == 2011 ? at.Lsoa11 : at.Lsoa21;
            // Without an official file a neighbourhood has a name and no code.
            var coded = place.Lines.Any(l => l.Code.StartsWith("E01", StringComparison.Ordinal));
            if (coded && lsoa is not null && place.Lines.Any(l => l.Code == lsoa)) return true;
            if ((!coded || lsoa is null) && (place.District is null || place.District == at.District)) holds = null;
        }
        return holds;
    }
}

/// <summary>
/// A parish clerk's work with the menu (R-PTM-07): what it says of the parish, what is due to be confirmed, and new entries, for the parish only.
/// Which parish is theirs stands where every partner's reach does: the place coordinator writes it down on the place's team page.
/// </summary>
public sealed class ParishDesk(PlaceDesk places, PlaceBook book, NewEntries entries, MenuDirectory directory, PostcodeDirectory postcodes)
{
    /// <summary>Whether a role posts for its own parish only.</summary>
    public static bool IsBound(Role role) => RoleTable.Default.May(role, "post-in-parish");

    /// <summary>The places that a worker's organisation serves. A district as a whole is no parish.</summary>
    public async Task<ParishArea> AreaAsync(WhoIsWorking worker, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        await book.RefreshAsync(cancel);
        var found = new List<Place>();
        foreach (var reach in (await places.ReachAsync(null, cancel)).Where(r => Folding.Fold(r.Partner) == Folding.Fold(worker.OrganisationName)).DistinctBy(r => r.Place))
            if (District.Find(reach.Place) is null && reach.Place != Place.All && await places.FindAsync(reach.Place, null, cancel) is { Kind: not (PlaceKind.District or PlaceKind.Whole) } place) found.Add(place);
        return new ParishArea(found);
    }

    /// <summary>What the menu has in the parish or for it, those to confirm first, as partners may see it.</summary>
    public async Task<IReadOnlyList<ParishEntry>> EntriesAsync(WhoIsWorking worker, ParishArea area, DateTime now, CancellationToken cancel)
    {
        if (!area.Any) return [];
        var index = await directory.RefreshAsync(cancel);
        var names = area.Names.Select(n => Folding.Fold(n)).ToHashSet(StringComparer.Ordinal);
        return [.. index.Services.Where(s => IsIn(s, area, names) || ServiceEdits.IsOf(s, worker.OrganisationName))
            .Select(s => ServiceCard.Find(index, s.Uuid, MenuReader.Partner, now)).OfType<ServiceCard>().Where(c => !c.IsClosed)
            .Select(c => new ParishEntry(c, ServiceEdits.IsOf(c.Service, worker.OrganisationName)))
            .OrderBy(e => e.Card.Assurance == AssuranceState.Checked).ThenByDescending(e => e.Own).ThenByDescending(e => e.Card.DaysSince).ThenBy(e => e.Card.Service.Name, StringComparer.Ordinal)];
    }

    private bool IsIn(Service service, ParishArea area, HashSet<string> names) =>
        service.Locations.Any(l => !l.Hidden && (names.Contains(Folding.Fold(l.Town)) || (l.Ward is { } ward && names.Contains(Folding.Fold(ward))) || (Postcode.TryParse(l.Postcode, out var code) && postcodes.FindAnywhere(code) is { } at && area.Holds(at) == true)))
        || service.AreasServed.Any(a => a.Only && names.Contains(Folding.Fold(a.Name)));

    /// <summary>What of an entry lies outside of the parish, by the field of its form.</summary>
    public IEnumerable<(string Field, string Why)> Outside(Service entry, ParishArea area)
    {
        for (var at = 0; at < entry.Locations.Count; at++)
        {
            if (entry.Locations[at] is { Hidden: true }) continue;
            if (!Postcode.TryParse(entry.Locations[at].Postcode, out var code)) yield return ($"place{at}_postcode", $"Enter its postcode: what you post is in {area.InWords}.");
            else if (postcodes.Any && (postcodes.FindAnywhere(code) is not { } facts || area.Holds(facts) == false))
                yield return ($"place{at}_postcode", postcodes.FindAnywhere(code) is null ? $"{code} is not in the list of postcodes that is loaded here. Check it." : $"{code} is not in {area.InWords}. A parish clerk posts what is in the parish.");
        }
        var names = area.Names.Select(n => Folding.Fold(n)).ToHashSet(StringComparer.Ordinal);
        if (!entry.AreasServed.Any(a => a.Only) || entry.AreasServed.Any(a => a.Only && !names.Contains(Folding.Fold(a.Name)))) yield return ("areas", $"Enter {area.InWords} and nothing else: a parish clerk posts for the parish.");
    }

    /// <summary>Sends a new entry to be looked at by somebody else. With problems, nothing is kept.</summary>
    /// <param name="again">An earlier one of theirs that this takes the place of.</param>
    public async Task<EditSent> PostAsync(AuditContext who, WhoIsWorking worker, IReadOnlyDictionary<string, string> values, Guid? again, CancellationToken cancel)
    {
        var area = await AreaAsync(worker, cancel);
        if (!IsBound(worker.Role) || !area.Any) return new EditSent(null, new Dictionary<string, string> { [""] = "Nobody has written down yet which parish you post for. The place coordinator does that." });
        return await entries.ProposeAsync(who, worker, values, area.Names, e => Outside(e, area), again, cancel);
    }
}
