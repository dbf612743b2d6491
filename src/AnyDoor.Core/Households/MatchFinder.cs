using AnyDoor.Audit;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Finds possible matches by index: date of birth, folded name, telephone number, postcode. The cost does not grow with the table.</summary>
public static class MatchFinder
{
    private const int AtOnce = 200;

    /// <summary>Records the possible matches that are not recorded yet. A person decides about each; nobody is told here.</summary>
    public static async Task<int> RecordAsync(Command c, IReadOnlyList<Guid> personIds)
    {
        await c.FlushAsync();
        var pairs = await FindAsync(c.Db, personIds, c.Cancel);
        foreach (var (newer, older, agrees) in pairs)
        {
            var match = new PossibleMatch
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), PersonId = newer, OtherPersonId = older, Agrees = agrees, Answer = MatchAnswer.Open, FoundAt = c.Who.At,
            };
            c.Insert(match);
            c.Record("match.found", match.Id);
        }
        return pairs.Count;
    }

    /// <summary>The pairs that are not recorded yet, each once and the same way round, whichever of the two was looked from.</summary>
    internal static async Task<IReadOnlyList<(Guid Newer, Guid Older, string Agrees)>> FindAsync(AnyDoorDb db, IReadOnlyList<Guid> personIds, CancellationToken cancel)
    {
        var pairs = new Dictionary<(Guid, Guid), string>();
        foreach (var some in personIds.Chunk(AtOnce))
        {
            var people = await FactsAsync(db, some, cancel);
            var others = (await CandidatesAsync(db, [.. people.Values.Select(p => p.Facts)], cancel)).Except(some.Length == 1 ? some : []).ToList();
            if (others.Count == 0) continue;
            var candidates = await FactsAsync(db, others, cancel);
            var known = (await db.Set<PossibleMatch>().Where(m => some.Contains(m.PersonId) || some.Contains(m.OtherPersonId)).Select(m => new { m.PersonId, m.OtherPersonId }).ToListAsync(cancel))
                .Select(m => Pair(m.PersonId, m.OtherPersonId)).ToHashSet();
            foreach (var (id, person) in people)
            {
                foreach (var (otherId, other) in candidates)
                {
                    var pair = Pair(id, otherId);
                    if (otherId == id || person.Households.Overlaps(other.Households) || known.Contains(pair) || pairs.ContainsKey(pair)) continue;
                    var comparison = Matching.Compare(person.Comparable, other.Comparable);
                    if (comparison.Likelihood != Likelihood.None) pairs[pair] = comparison.Codes;
                }
            }
        }
        return [.. pairs.Select(p => (p.Key.Item1, p.Key.Item2, p.Value))];
    }

    private static (Guid Newer, Guid Older) Pair(Guid a, Guid b) => a.CompareTo(b) > 0 ? (a, b) : (b, a);

    /// <param name="Facts">All of them: for the information lead's notices.</param>
    /// <param name="OpenPostcodes">Those of homes where nobody is at risk.</param>
    internal sealed record Known(PersonFacts Facts, HashSet<Guid> Households, Person Person, IReadOnlySet<string> OpenPostcodes)
    {
        /// <summary>What may decide whether two records come up beside each other.</summary>
        public PersonFacts Comparable => Facts with { Postcodes = OpenPostcodes };
    }

    internal static async Task<List<Guid>> CandidatesAsync(AnyDoorDb db, IReadOnlyCollection<PersonFacts> people, CancellationToken cancel)
    {
        var born = people.SelectMany(p => Births(p)).Distinct().ToArray();
        var names = people.Select(p => p.FoldedName).Where(n => n.Length > 0).Distinct().ToArray();
        var phones = people.SelectMany(p => p.Phones).Distinct().ToArray();
        var postcodes = people.SelectMany(p => p.Postcodes).Distinct().ToArray();
        var ids = new HashSet<Guid>();
        ids.UnionWith(await db.Set<Person>().Where(p => p.SameAs == null && p.DateOfBirth != null && born.Contains(p.DateOfBirth.Value)).Select(p => p.Id).ToListAsync(cancel));
        ids.UnionWith(await db.Set<Person>().Where(p => p.SameAs == null && names.Contains(p.FoldedName)).Select(p => p.Id).ToListAsync(cancel));
        if (phones.Length > 0) ids.UnionWith(await db.Set<SafeContact>().Where(s => s.Phone != null && phones.Contains(s.Phone)).Select(s => s.PersonId).ToListAsync(cancel));
        if (postcodes.Length > 0)
        {
            ids.UnionWith(await (from address in db.Set<Address>()
                                 where address.Postcode != null && postcodes.Contains(address.Postcode)
                                 join membership in db.Set<Membership>() on address.HouseholdId equals membership.HouseholdId
                                 select membership.PersonId).ToListAsync(cancel));
        }
        return [.. ids];
    }

    private static IEnumerable<DateOnly> Births(PersonFacts p)
    {
        if (p.DateOfBirth is not { } born) yield break;
        yield return born;
        if (born.Day <= 12 && born.Day != born.Month) yield return new DateOnly(born.Year, born.Day, born.Month);
    }

    internal static async Task<Dictionary<Guid, Known>> FactsAsync(AnyDoorDb db, IReadOnlyCollection<Guid> ids, CancellationToken cancel, bool joinedToo = false)
    {
        var known = new Dictionary<Guid, Known>();
        foreach (var some in ids.Distinct().Chunk(5 * AtOnce))
        {
            var people = await db.Set<Person>().Where(p => some.Contains(p.Id) && (joinedToo || p.SameAs == null)).ToListAsync(cancel);
            var homes = (await db.Set<Membership>().Where(m => some.Contains(m.PersonId)).Select(m => new { m.PersonId, m.HouseholdId }).ToListAsync(cancel)).ToLookup(m => m.PersonId, m => m.HouseholdId);
            var households = homes.SelectMany(h => h).Distinct().ToArray();
            var members = (await (from membership in db.Set<Membership>()
                                  where households.Contains(membership.HouseholdId) && membership.To == null
                                  join person in db.Set<Person>() on membership.PersonId equals person.Id
                                  select new { membership.HouseholdId, membership.Role, person.Id, person.DateOfBirth, person.BirthYear, AtRisk = person.AtRisk || db.Set<Person>().Any(k => k.Id == person.SameAs && k.AtRisk) }).ToListAsync(cancel)).ToLookup(m => m.HouseholdId);
            var postcodes = (await db.Set<Address>().Where(a => households.Contains(a.HouseholdId) && a.Postcode != null).Select(a => new { a.HouseholdId, a.Postcode }).ToListAsync(cancel)).ToLookup(a => a.HouseholdId, a => a.Postcode!);
            var phones = (await db.Set<SafeContact>().Where(s => some.Contains(s.PersonId) && s.Phone != null).Select(s => new { s.PersonId, s.Phone }).ToListAsync(cancel)).ToLookup(s => s.PersonId, s => s.Phone!);
            foreach (var person in people)
            {
                // Where somebody at risk lives is compared with nothing: a match that comes of a typed postcode alone would say that it fits.
                var open = person.AtRisk ? [] : homes[person.Id].Where(h => !members[h].Any(m => m.AtRisk)).ToList();
                var around = homes[person.Id].SelectMany(h => members[h]).DistinctBy(m => m.Id).ToList();
                known[person.Id] = new Known(
                    new PersonFacts(person.Name, person.DateOfBirth, person.BirthYear, phones[person.Id].ToHashSet(), homes[person.Id].SelectMany(h => postcodes[h]).ToHashSet(),
                        around.Count(m => m.Role != MemberRole.Child), [.. around.Where(m => m.Role == MemberRole.Child).Select(m => m.DateOfBirth?.Year ?? m.BirthYear).OfType<int>()]) { FoldedName = person.FoldedName },
                    [.. homes[person.Id]], person, open.SelectMany(h => postcodes[h]).ToHashSet());
            }
        }
        return known;
    }
}
