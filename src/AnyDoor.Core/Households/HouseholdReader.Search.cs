using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

public sealed partial class HouseholdReader
{
    internal const string AppearedInSearch = "appeared-in-search";
    internal const string FoundNobody = "found-nobody";

    /// <summary>
    /// Finds people by name, postcode or telephone number. A hub adviser finds everybody the hub has dealt with; anybody else only whom they have grounds to see.
    /// Everybody shown is in one "appeared in a search" event.
    /// </summary>
    public async Task<IReadOnlyList<FoundPerson>> SearchAsync(ReadContext ctx, string text, CancellationToken cancel)
    {
        var found = await FindAsync(ctx, text, _ => true, cancel);
        // A search that finds nobody is in the log too: somebody who tries name after name leaves as many lines.
        if (found.Count == 0) await log.RecordAsync(ctx.Audit, ctx.Page, FoundNobody, [], cancel, evenNobody: true);
        return found;
    }

    private async Task<IReadOnlyList<FoundPerson>> FindAsync(ReadContext ctx, string text, Func<Person, bool> wanted, CancellationToken cancel, bool broughtOnly = false)
    {
        await using var db = database.Open();
        if (await CandidatesAsync(db, ctx, text, cancel) is not { } people) return [];
        var mine = broughtOnly ? Brought(db, ctx, people) : Within(db, ctx, people);
        var found = await (from person in mine
                           where person.SameAs == null
                           join membership in db.Set<Membership>() on person.Id equals membership.PersonId
                           where membership.To == null
                           orderby person.FoldedName, person.Id
                           select new { membership.HouseholdId, membership.Role, membership.From, Person = person }).Take(10 * MostFound).ToListAsync(cancel);
        var shown = await ShowAsync(db, ctx, [.. found.Where(f => wanted(f.Person)).Select(f => new Member(f.HouseholdId, f.Role, f.From, null, f.Person))], cancel);
        return [.. shown.Take(MostFound)];
    }

    /// <summary>Cuts candidates to what a possible match may show, and records that they appeared.</summary>
    /// <param name="open">The records of the household that the reader has open: of it nothing is hidden from them here.</param>
    private async Task<List<FoundPerson>> ShowAsync(AnyDoorDb db, ReadContext ctx, IReadOnlyList<Member> candidates, CancellationToken cancel, IReadOnlyCollection<Guid>? open = null)
    {
        if (candidates.Count == 0) return [];
        var ids = candidates.Select(c => c.HouseholdId).Distinct().ToArray();
        var (grounds, permissions) = await GroundsAsync(db, ids, cancel);
        var atRisk = await AtRiskAsync(db, ctx, ids, cancel);
        var hidden = atRisk.Except(open ?? []).ToHashSet();
        var agreed = await AgreedAsync(ctx, cancel);
        var visible = candidates.Where(c => MayAppear(ctx, c, grounds[c.HouseholdId], permissions[c.HouseholdId], hidden, agreed)).DistinctBy(c => c.Person.Id).Take(MostFound).ToList();
        if (visible.Count == 0) return [];

        var logged = log.RecordAsync(ctx.Audit, ctx.Page, AppearedInSearch, [.. visible.Select(v => v.HouseholdId)], cancel);
        var households = visible.Select(v => v.HouseholdId).Distinct().ToArray();
        var sectors = (await db.Set<Address>().Where(a => households.Contains(a.HouseholdId) && a.To == null && a.Postcode != null)
            .Select(a => new { a.HouseholdId, a.From, a.Postcode }).ToListAsync(cancel)).GroupBy(a => a.HouseholdId).ToDictionary(g => g.Key, g => Postcode.FromStored(g.MaxBy(a => a.From)!.Postcode)?.Sector);
        var everyone = (await MembersAsync(db, households, LondonTime.DayOf(ctx.Audit.At), cancel)).ToLookup(m => m.HouseholdId);
        var reach = await ReachAsync(db, [.. visible.Select(v => v.Person.Id)], cancel);
        await logged;
        return visible.ConvertAll(v =>
        {
            var open = new Sight(ctx, [v.HouseholdId], grounds[v.HouseholdId].ToArray(), permissions[v.HouseholdId].ToArray(), table, agreed).Allows(DataCategory.IdentityAndContact, v.Person.Id);
            var otherAdults = everyone[v.HouseholdId].Any(m => m.Person.Id != v.Person.Id && m.Role != MemberRole.Child);
            return new FoundPerson(v.HouseholdId, v.Person.Id, Names.Shown(v.Person.Name, v.Role), v.Person.DateOfBirth?.Year ?? v.Person.BirthYear, atRisk.Contains(v.HouseholdId) ? null : sectors.GetValueOrDefault(v.HouseholdId),
                SafeContacts.Strip(Names.First(v.Person.Name), reach.GetValueOrDefault(v.Person.Id) ?? Reach.Unanswered, otherAdults), open);
        });
    }

    /// <summary>
    /// Whoever has grounds to open the record may find it. A hub adviser also finds those whom the hub dealt with before,
    /// unless somebody may be looking for them or for anybody they live with: then nothing shows that they are known.
    /// </summary>
    /// <param name="atRisk">As <see cref="AtRiskAsync"/> gives it.</param>
    private bool MayAppear(ReadContext ctx, Member candidate, IEnumerable<Ground> grounds, IEnumerable<Permission> permissions, IReadOnlySet<Guid> atRisk, Agreed? agreed)
    {
        var held = grounds.ToArray();
        if (Array.Exists(held, g => Gate.IsTie(g, ctx.Looker, ctx.Audit.At))) return false;
        if (new Sight(ctx, [candidate.HouseholdId], held, permissions.ToArray(), table, agreed).Allows(DataCategory.IdentityAndContact, candidate.Person.Id)) return true;
        return KnowsTheHubsPast(ctx) && !candidate.Person.AtRisk && !atRisk.Contains(candidate.HouseholdId)
            && !held.Any(g => g.Cause == Restriction.Cause && Gate.IsOpen(g, ctx.Audit.At)) && held.Any(g => HubDealtWith(ctx, g));
    }

    /// <summary>Those of these households where somebody who lives there now is at risk, in whichever of their joined records it was said.</summary>
    private static async Task<IReadOnlySet<Guid>> AtRiskAsync(AnyDoorDb db, ReadContext ctx, IReadOnlyCollection<Guid> households, CancellationToken cancel)
    {
        if (households.Count == 0) return new HashSet<Guid>();
        var ids = households.ToArray();
        var day = LondonTime.DayOf(ctx.Audit.At);
        var kept = await db.Set<Household>().Where(h => ids.Contains(h.Id)).Select(h => new { h.Id, Root = h.JoinedTo ?? h.Id }).ToListAsync(cancel);
        var roots = kept.Select(k => k.Root).Distinct().ToArray();
        var atRisk = await (from household in db.Set<Household>()
                            where roots.Contains(household.Id) || (household.JoinedTo != null && roots.Contains(household.JoinedTo.Value))
                            join membership in db.Set<Membership>() on household.Id equals membership.HouseholdId
                            where membership.To == null || membership.To >= day
                            join person in db.Set<Person>() on membership.PersonId equals person.Id
                            where person.AtRisk || db.Set<Person>().Any(k => k.Id == person.SameAs && k.AtRisk)
                            select household.JoinedTo ?? household.Id).Distinct().ToListAsync(cancel);
        return kept.Where(k => atRisk.Contains(k.Root)).Select(k => k.Id).ToHashSet();
    }

    private static bool KnowsTheHubsPast(ReadContext ctx) => ctx.Worker is { IsHub: true, Role: Organisations.Role.HubAdviser };

    private static bool HubDealtWith(ReadContext ctx, Ground ground) =>
        ground.Cause == GroundCause.OpenRequest && ground.WorkerId is null && (ground.OrganisationId is null || ground.OrganisationId == ctx.Worker?.OrganisationId);

    /// <summary>People whose stored forms match, each by an index. Null: too little to search by.</summary>
    private static async Task<IQueryable<Person>?> CandidatesAsync(AnyDoorDb db, ReadContext ctx, string text, CancellationToken cancel)
    {
        if (Postcode.TryParse(text, out var postcode))
        {
            var compact = postcode.Compact;
            var homes = await db.Set<Address>().Where(a => a.Postcode == compact && a.To == null).Select(a => a.HouseholdId).Distinct().ToListAsync(cancel);
            // Nobody at risk is found by where they live, also by whoever may open their record: an address that is withheld could be tried out.
            var there = homes.Except(await AtRiskAsync(db, ctx, homes, cancel)).ToArray();
            var living = db.Set<Membership>().Where(m => there.Contains(m.HouseholdId) && m.To == null).Select(m => m.PersonId);
            return db.Set<Person>().Where(p => living.Contains(p.Id));
        }
        if (Phone.TryParse(text, out var number))
        {
            var reached = db.Set<SafeContact>().Where(s => s.Phone == number).Select(s => s.PersonId);
            return db.Set<Person>().Where(p => reached.Contains(p.Id));
        }
        var words = Folding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[^1].Length < 2 || !words.All(w => w.All(char.IsLetter))) return null;
        var (whole, wholeEnd) = Prefix(string.Join(' ', words));
        var (last, lastEnd) = Prefix(words[^1]);
        var (first, firstEnd) = Prefix(words[0]);
#pragma warning disable CA1310, CA1309, CA1307 // becomes SQL, where folded columns compare by code point
        return words.Length == 1
            ? db.Set<Person>().Where(p => (string.Compare(p.FoldedLast, last) >= 0 && string.Compare(p.FoldedLast, lastEnd) < 0)
                || (string.Compare(p.FoldedName, whole) >= 0 && string.Compare(p.FoldedName, wholeEnd) < 0))
            : db.Set<Person>().Where(p => (string.Compare(p.FoldedName, whole) >= 0 && string.Compare(p.FoldedName, wholeEnd) < 0)
                || (string.Compare(p.FoldedLast, whole) >= 0 && string.Compare(p.FoldedLast, wholeEnd) < 0)
                || (string.Compare(p.FoldedLast, last) >= 0 && string.Compare(p.FoldedLast, lastEnd) < 0 && string.Compare(p.FoldedName, first) >= 0 && string.Compare(p.FoldedName, firstEnd) < 0));
#pragma warning restore CA1310, CA1309, CA1307
    }

    private static (string From, string To) Prefix(string start) => (start, start + '\uffff');

    /// <summary>Outside the hub only one's own grounds and permissions are looked in, so that others' records cannot crowd them out or be timed.</summary>
    private static IQueryable<Person> Within(AnyDoorDb db, ReadContext ctx, IQueryable<Person> people)
    {
        if (KnowsTheHubsPast(ctx)) return people;
        Guid? organisation = ctx.Looker.OrganisationId, worker = ctx.Looker.Id;
        var held = db.Set<Ground>().Where(g => (g.OrganisationId != null && g.OrganisationId == organisation) || (g.WorkerId != null && g.WorkerId == worker)).Select(g => g.HouseholdId)
            .Union(db.Set<Permission>().Where(p => p.OrganisationId == organisation).Select(p => p.HouseholdId));
        var theirs = db.Set<Membership>().Where(m => held.Contains(m.HouseholdId)).Select(m => m.PersonId);
        return people.Where(p => theirs.Contains(p.Id));
    }

    /// <summary>Whom their organisation brought: not whom they may see for another reason, such as a handover that ends.</summary>
    private static IQueryable<Person> Brought(AnyDoorDb db, ReadContext ctx, IQueryable<Person> people)
    {
        var (organisation, at) = (ctx.Looker.OrganisationId, ctx.Audit.At);
        var brought = db.Set<Ground>().Where(g => g.Cause == GroundCause.Brought && g.OrganisationId != null && g.OrganisationId == organisation && (g.To == null || g.To > at)).Select(g => g.HouseholdId);
        var theirs = db.Set<Membership>().Where(m => brought.Contains(m.HouseholdId)).Select(m => m.PersonId);
        return people.Where(p => theirs.Contains(p.Id));
    }

    private static bool IsBrought(ReadContext ctx, Ground ground) =>
        ground.Cause == GroundCause.Brought && ground.OrganisationId is { } organisation && organisation == ctx.Looker.OrganisationId && (ground.To is null || ground.To > ctx.Audit.At);
}
