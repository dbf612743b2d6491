using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>
/// The only way to a person. Every method asks the gate, cuts what comes back, and commits one read event that names everybody shown before it answers.
/// "Not allowed" and "not there" are both null, or a row that is missing.
/// </summary>
public sealed partial class HouseholdReader(Database database, Commands commands, ReadLog log, VisibilityTable? visibility = null)
{
    private const int MostFound = 20;
    /// <summary>The basis of a look at what was told in a handover, which is not the record.</summary>
    private const string HandedOver = "handed-over";
    private readonly VisibilityTable table = visibility ?? VisibilityTable.Default;
    private readonly KeptForASecond<int, Agreed> agreements = new(commands);

    /// <summary>Null for whoever shares under no agreement: the hub's own, residents, jobs.</summary>
    private async ValueTask<Agreed?> AgreedAsync(ReadContext ctx, CancellationToken cancel) =>
        ctx.Looker is { OfHub: false, OrganisationId: not null } ? await agreements.GetAsync(0, db => Agreements.AgreedAsync(db, cancel)) : null;

    // What every page asks, compiled once for each reader: a compiled query belongs to one database's model.
    private readonly Func<AnyDoorDb, Guid, IAsyncEnumerable<Household>> recordsOf = EF.CompileAsyncQuery((AnyDoorDb db, Guid id) => db.Set<Household>().AsNoTracking().Where(h => h.Id == id || h.JoinedTo == id));

    // Grounds and permissions in one statement: a household has few of either.
    private readonly Func<AnyDoorDb, Guid[], IAsyncEnumerable<Granted>> grantedOn = EF.CompileAsyncQuery((AnyDoorDb db, Guid[] ids) =>
        from household in db.Set<Household>().AsNoTracking()
        where ids.Contains(household.Id)
        join ground in db.Set<Ground>() on household.Id equals ground.HouseholdId into grounds
        from ground in grounds.DefaultIfEmpty()
        join permission in db.Set<Permission>() on household.Id equals permission.HouseholdId into permissions
        from permission in permissions.DefaultIfEmpty()
        select new Granted(ground, permission));

    private readonly Func<AnyDoorDb, Guid[], DateOnly, IAsyncEnumerable<MemberRow>> membersOf = EF.CompileAsyncQuery((AnyDoorDb db, Guid[] households, DateOnly day) =>
        from membership in db.Set<Membership>().AsNoTracking()
        where households.Contains(membership.HouseholdId) && membership.From <= day && (membership.To == null || membership.To >= day)
        join household in db.Set<Household>() on membership.HouseholdId equals household.Id
        join person in db.Set<Person>() on membership.PersonId equals person.Id
        join other in db.Set<Person>() on person.SameAs equals other.Id into joined
        from kept in joined.DefaultIfEmpty()
        join said in db.Set<SafeContact>() on person.SameAs ?? person.Id equals said.PersonId into told
        from contact in told.DefaultIfEmpty()
        select new MemberRow(membership.HouseholdId, household.Size, membership.Role, membership.From, membership.To, person, kept, contact, person.SameAs != null || db.Set<Person>().Any(p => p.SameAs == person.Id)));

    private readonly Func<AnyDoorDb, Guid[], IAsyncEnumerable<PersonJoin>> joinsOf = EF.CompileAsyncQuery((AnyDoorDb db, Guid[] ids) =>
        db.Set<PersonJoin>().AsNoTracking().Where(j => j.UndoneAt == null && (ids.Contains(j.KeptHouseholdId) || ids.Contains(j.JoinedHouseholdId))).OrderByDescending(j => j.At).Take(100));

    private sealed record Granted(Ground? Ground, Permission? Permission);

    internal sealed record MemberRow(Guid HouseholdId, int? Size, MemberRole Role, DateOnly From, DateOnly? To, Person Person, Person? Kept, SafeContact? Contact, bool HasJoins);

    /// <summary>One household as this reader may see it, with its members on a day (today unless told).</summary>
    /// <exception cref="ReadNotLoggedException">The look could not be recorded: show nothing.</exception>
    /// <param name="about">The person whose request or call it is opened for.</param>
    public async Task<HouseholdView?> OpenAsync(ReadContext ctx, Guid householdId, CancellationToken cancel, DateOnly? on = null, Guid? about = null)
    {
        await using var db = database.Open();
        var day = on ?? LondonTime.DayOf(ctx.Audit.At);
        var (rows, records) = await OpenedRows.Of(db).ReadAsync(database, db, householdId, day, cancel);
        // Joined in another: that one is opened.
        if (rows.Find(r => r.Household.Id == householdId)?.Household.JoinedTo is not null)
            (rows, records) = await OpenedRows.Of(db).ReadAsync(database, db, (await ResolveAsync(db, householdId, cancel)).Household!.Id, day, cancel);
        if (rows.Find(r => r.Household.JoinedTo is null)?.Household is not { } household) return await RefusedAsync(ctx, householdId, cancel);
        IReadOnlyList<Guid> ids = [household.Id, .. rows.Select(r => r.Household.Id).Where(id => id != household.Id).Distinct()];
        var sight = new Sight(ctx, ids, [.. rows.Select(r => r.Ground).OfType<Ground>().DistinctBy(g => g.Id)], [.. rows.Select(r => r.Permission).OfType<Permission>().DistinctBy(p => p.Id)], table, await AgreedAsync(ctx, cancel));

        var found = EveryRecord(records, ids[0]);
        List<Member> everyone = [.. found.DistinctBy(m => m.Person.Id)];
        var joined = found.Where(m => m.Joined is not null).DistinctBy(m => m.Joined).ToDictionary(m => m.Joined!.Value, m => m.Person.Id);
        Guid? asked = about is { } id ? joined.GetValueOrDefault(id, id) : null;
        var seen = everyone.Where(m => sight.Allows(DataCategory.IdentityAndContact, m.Person.Id)).ToList();
        if (seen.Count == 0) return await RefusedAsync(ctx, householdId, cancel);

        var logged = log.RecordAsync(ctx.Audit, ctx.Page, sight.Decide(DataCategory.IdentityAndContact, seen[0].Person.Id).Basis, [household.Id], cancel);
        var self = ctx.Audit.Actor.Kind is ActorKind.Resident or ActorKind.Representative;
        var opensHidden = await OpensHiddenAsync(db, ctx, ids, everyone, cancel);
        var home = HomeOf(ctx, everyone, rows.Select(r => r.Address).OfType<Address>().Where(a => a.HouseholdId == household.Id), opensHidden);
        // To somebody who lives with a person at risk even "withheld" would say something.
        if (self && home.Withheld) home = HomeView.NotKnown;
        var reach = seen.Where(m => m.Reach is not null && sight.Allows(DataCategory.Safety, m.Person.Id)).DistinctBy(m => m.Person.Id).ToDictionary(m => m.Person.Id, m => home.Withheld && ctx.Audit.Purpose == Purpose.SafeguardingOrEmergency ? WithoutWhereabouts(m.Reach!) : m.Reach!);
        await logged;

        var members = seen.Select(m => View(m, reach, day)).ToList();
        // Whoever may not see who lives here sees only those they may see, and no count that gives the others away.
        var composition = sight.Allows(DataCategory.HouseholdComposition, null);
        if (!composition && !self) members = members.FindAll(m => m.Role == MemberRole.Applicant || m.PersonId == asked);
        if (members.Count == 0) return null;
        if (members.FindIndex(m => m.PersonId == asked) is > 0 and var place) { members.Insert(0, members[place]); members.RemoveAt(place + 1); }
        if (ctx.Looker is { OfHub: false, OrganisationId: not null }) members = [members[0], .. members.Skip(1).Select(m => CutToOwnYes(sight, m))];
        var safety = !self && sight.Allows(DataCategory.Safety, members[0].PersonId);
        var placed = !self && !home.Withheld;
        return new HouseholdView(household.Id, ids, household.Version, $"{Names.Last(members[0].Name)} household",
            composition ? Math.Max(household.Size ?? 0, everyone.Count) : members.Count, members, home, safety ? Strip(members[0], everyone, reach) : "", safety ? Notices(everyone) : [],
            placed ? household.District : null, placed ? household.Lsoa11 : null, placed ? household.Lsoa21 : null, sight) { For = asked, ToldSize = composition ? household.Size : null, JoinedIn = joined, HasJoins = found.Exists(m => m.HasJoins) };
    }

    /// <summary>
    /// Those of these households that a handover to this worker's organisation would still open: not those that said no to it, or took a permission back, since it was sent.
    /// What was told about them may be shown: the look is recorded, unless the record itself is opened next.
    /// </summary>
    internal async Task<IReadOnlySet<Guid>> StillHandedOverAsync(ReadContext ctx, IReadOnlyCollection<Guid> households, CancellationToken cancel, bool recordIt = true)
    {
        await using var db = database.Open();
        var agreed = await AgreedAsync(ctx, cancel);
        var still = new HashSet<Guid>();
        foreach (var id in households.Distinct())
        {
            var (household, ids) = await ResolveAsync(db, id, cancel);
            if (household is null) continue;
            var (grounds, permissions) = await GroundsAsync(db, ids, cancel);
            var handed = new Ground { Id = Guid.Empty, HouseholdId = household.Id, OrganisationId = ctx.Looker.OrganisationId, Purpose = Purpose.Handover, From = ctx.Audit.At, Cause = GroundCause.HandoverAccepted };
            var sight = new Sight(ctx, ids, [handed, .. grounds.SelectMany(g => g).Where(g => g.Cause is Restriction.Cause or Tie.Cause)], [.. permissions.SelectMany(p => p)], table, agreed);
            if (sight.Allows(DataCategory.IdentityAndContact, null)) still.Add(id);
        }
        if (recordIt) await log.RecordAsync(ctx.Audit, ctx.Page, HandedOver, still, cancel);
        return still;
    }

    /// <summary>A worker asked for what they may not see, or for what is not there: both are one line in the log, and one answer.</summary>
    private async Task<HouseholdView?> RefusedAsync(ReadContext ctx, Guid asked, CancellationToken cancel)
    {
        if (ctx.Worker is not null) await log.RecordAsync(ctx.Audit, ctx.Page, ReadLog.Refused, [asked], cancel);
        return null;
    }

    /// <summary>Rows for a queue, each of the person who asked: one read event for the whole set. A household this reader may not see has no row.</summary>
    /// <param name="asked">Household and person of each request.</param>
    public async Task<IReadOnlyDictionary<(Guid Household, Guid Person), HouseholdRow>> ListAsync(ReadContext ctx, IReadOnlyCollection<(Guid Household, Guid Person)> asked, CancellationToken cancel)
    {
        var wanted = asked.Select(a => a.Household).Distinct().ToArray();
        if (wanted.Length == 0) return new Dictionary<(Guid, Guid), HouseholdRow>();
        var day = LondonTime.DayOf(ctx.Audit.At);
        var (grounds, permissions, members) = await ListFactsAsync(wanted, day, cancel);
        var agreed = await AgreedAsync(ctx, cancel);
        var sights = wanted.ToDictionary(id => id, id => new Sight(ctx, [id], grounds[id].ToArray(), permissions[id].ToArray(), table, agreed));

        var shown = asked.Distinct().Where(a => members[a.Household].Any())
            .Select(a => (Asked: a, Id: a.Household, Sight: sights[a.Household], Who: members[a.Household].FirstOrDefault(m => m.Person.Id == a.Person || m.Joined == a.Person) ?? members[a.Household].First()))
            .Where(r => r.Sight.Allows(DataCategory.IdentityAndContact, r.Who.Person.Id)).ToList();
        if (shown.Count == 0) return new Dictionary<(Guid, Guid), HouseholdRow>();
        var basis = string.Join(',', shown.Select(r => r.Sight.Decide(DataCategory.IdentityAndContact, r.Who.Person.Id).Basis).Distinct().Order(StringComparer.Ordinal));
        var logged = log.RecordAsync(ctx.Audit, ctx.Page, basis, [.. shown.Select(r => r.Id).Distinct()], cancel);
        await logged;

        return shown.ToDictionary(r => r.Asked, r =>
        {
            var person = r.Who.Person;
            var composition = r.Sight.Allows(DataCategory.HouseholdComposition, null);
            return new HouseholdRow(r.Id, Names.Shown(person.Name, r.Who.Role), composition && Math.Max(r.Who.HouseholdSize ?? 0, members[r.Id].DistinctBy(m => m.Person.Id).Count()) is var size && (size > 1 || r.Who.HouseholdSize is not null) ? size : null, Names.Age(person.DateOfBirth, person.BirthYear, day), person.Language,
                r.Sight.Allows(DataCategory.Safety, person.Id) ? SafeContacts.InBrief(r.Who.Reach ?? Reach.Unanswered) : "", Withheld(ctx, members[r.Id]));
        });
    }

    private sealed record ListFacts(ILookup<Guid, Ground> Grounds, ILookup<Guid, Permission> Permissions, ILookup<Guid, Member> Members);

    // Twenty advisers who look at the same list in the same second cost one reading, as the list itself does. The gate decides for each of them, and each look is recorded.
    private readonly KeptForASecond<(DateOnly Day, string Whom), ListFacts> lists = new(commands);

    private ValueTask<ListFacts> ListFactsAsync(Guid[] wanted, DateOnly day, CancellationToken cancel) => lists.GetAsync((day, string.Join(' ', wanted)), async db =>
    {
        var (grounds, permissions) = await GroundsAsync(db, wanted, cancel);
        return new ListFacts(grounds, permissions, (await EveryRecordAsync(db, wanted, day, cancel)).ToLookup(m => m.HouseholdId));
    });

    /// <summary>How one person may be reached, for a message that is about to go. Null where this reader may not know.</summary>
    public async Task<(string FirstName, string? Language, Reach Reach)?> ReachOfAsync(ReadContext ctx, Guid householdId, Guid personId, CancellationToken cancel)
    {
        await using var db = database.Open();
        var sight = await SightAsync(db, ctx, [householdId], cancel);
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == personId && db.Set<Membership>().Any(m => m.PersonId == p.Id && m.HouseholdId == householdId), cancel);
        if (person is null || !sight.Allows(DataCategory.Safety, personId) || !sight.Allows(DataCategory.IdentityAndContact, personId)) return null;
        await log.RecordAsync(ctx.Audit, ctx.Page, sight.Decide(DataCategory.Safety, personId).Basis, [householdId], cancel);
        var reach = await ReachAsync(db, [personId], cancel);
        return (Names.First(person.Name), person.Language, reach.GetValueOrDefault(personId) ?? Reach.Unanswered);
    }

    /// <summary>
    /// Opens a record without other grounds, on a reason that goes to review: for half an hour, for this worker only.
    /// False where this role may not, or there is no such record: the page then answers as for one that is not there.
    /// </summary>
    public async Task<Result<bool>> StatedReasonAsync(ReadContext ctx, Guid householdId, string reason, CancellationToken cancel)
    {
        if (reason.Trim().Length < 10) return new Refusal("reason-needed", "Say in a few words why you need to see this record. The information-governance lead reads it.", "reason");
        if (ctx.Worker is not { } worker || !RoleTable.Default.May(worker.Role, "state-reason")) return false;
        var who = ctx.Audit with { Reason = reason.Trim() };
        return await commands.RunAsync<bool>(who, async c =>
        {
            var (household, _) = await ResolveAsync(c.Db, householdId, c.Cancel);
            if (household is null) return false;
            if (await c.Db.Set<Ground>().AnyAsync(g => g.HouseholdId == household.Id && g.WorkerId == worker.WorkerId && g.Cause == Tie.Cause && (g.To == null || g.To > who.At), c.Cancel)) return false;
            if (who.Purpose != Purpose.SafeguardingOrEmergency && await Grounds.IsRestrictedAsync(c.Db, household.Id, who.At, c.Cancel)) return false;
            // The information lead stopped this worker from opening this record.
            if (await c.Db.Set<LookReview>().AnyAsync(r => r.HouseholdId == household.Id && r.WorkerId == worker.WorkerId && r.Answer == LookAnswer.Stopped, c.Cancel)) return false;
            var review = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero));
            Grounds.Open(c, GroundCause.StatedReason, household.Id, who.Purpose, review, worker: worker.WorkerId, until: who.At.AddMinutes(30));
            var eventId = c.Record("look.reason-stated", household: household.Id);
            c.Insert(new LookReview
            {
                Id = review, HouseholdId = household.Id, WorkerId = worker.WorkerId, OrganisationId = worker.OrganisationId, Purpose = who.Purpose, EventId = eventId, At = who.At, Answer = LookAnswer.Open, Why = GroundCause.StatedReason,
            });
            return true;
        }, cancel);
    }

    private async Task<Sight> SightAsync(AnyDoorDb db, ReadContext ctx, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var (grounds, permissions) = await GroundsAsync(db, ids, cancel);
        return new Sight(ctx, ids, [.. grounds.SelectMany(g => g)], [.. permissions.SelectMany(p => p)], table, await AgreedAsync(ctx, cancel));
    }

    private async Task<(ILookup<Guid, Ground> Grounds, ILookup<Guid, Permission> Permissions)> GroundsAsync(AnyDoorDb db, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var found = await grantedOn(db, [.. ids]).ToListAsync(cancel);
        return (found.Select(f => f.Ground).OfType<Ground>().DistinctBy(g => g.Id).ToLookup(g => g.HouseholdId), found.Select(f => f.Permission).OfType<Permission>().DistinctBy(p => p.Id).ToLookup(p => p.HouseholdId));
    }

    /// <summary>The household a worker would now open for this id, and every record joined into it.</summary>
    private async Task<(Household? Household, IReadOnlyList<Guid> Ids)> ResolveAsync(AnyDoorDb db, Guid id, CancellationToken cancel)
    {
        for (var step = 0; step < 8; step++)
        {
            var records = await recordsOf(db, id).ToListAsync(cancel);
            var own = records.Find(h => h.Id == id);
            if (own?.JoinedTo is { } onward) { id = onward; continue; }
            return (own, [id, .. records.Where(h => h.Id != id).Select(h => h.Id)]);
        }
        throw new InvalidOperationException("Households are joined in a circle.");
    }

    /// <param name="Reach">As the person last said; null: they did not say. For the gate to cut before it is shown.</param>
    /// <param name="Joined">The record of theirs that is joined in this one; null: this is their only one here.</param>
    private sealed record Member(Guid HouseholdId, MemberRole Role, DateOnly From, DateOnly? To, Person Person, int? HouseholdSize = null, Reach? Reach = null, Guid? Joined = null, bool HasJoins = false);

    private async Task<List<Member>> MembersAsync(AnyDoorDb db, IReadOnlyList<Guid> households, DateOnly day, CancellationToken cancel) =>
        [.. (await EveryRecordAsync(db, households, day, cancel)).DistinctBy(m => (m.HouseholdId, m.Person.Id))];

    /// <summary>Members with every record of theirs: somebody who was joined is there once for each.</summary>
    private async Task<List<Member>> EveryRecordAsync(AnyDoorDb db, IReadOnlyList<Guid> households, DateOnly day, CancellationToken cancel)
    {
        return EveryRecord(await membersOf(db, [.. households], day).ToListAsync(cancel), households[0]);
    }

    // A record that was joined shows as the one that was kept, once; and what was said last about contact stands.
    private static List<Member> EveryRecord(List<MemberRow> rows, Guid first) =>
        [.. rows.OrderBy(r => r.Kept is null ? 0 : 1).ThenByDescending(r => r.Contact?.At).ThenByDescending(r => r.Contact?.Id)
            .Select(r => new Member(r.HouseholdId, r.Role, r.From, r.To, r.Kept ?? r.Person, r.Size, r.Contact is null ? null : ToReach(r.Contact), r.Kept is null ? null : r.Person.Id, r.HasJoins)).DistinctBy(m => (m.HouseholdId, m.Person.Id, m.Joined))
            .OrderBy(m => m.HouseholdId == first ? 0 : 1).ThenBy(m => m.Role).ThenBy(m => m.Person.DateOfBirth ?? DateOnly.MaxValue).ThenBy(m => m.Person.FoldedName, StringComparer.Ordinal)];

    private static async Task<HomeView> HomeAsync(AnyDoorDb db, ReadContext ctx, Guid household, List<Member> everyone, DateOnly day, CancellationToken cancel) =>
        HomeOf(ctx, everyone, await db.Set<Address>().Where(a => a.HouseholdId == household && a.From <= day && (a.To == null || a.To >= day)).ToListAsync(cancel));

    private static HomeView HomeOf(ReadContext ctx, List<Member> everyone, IEnumerable<Address> addresses, bool opensHidden = false)
    {
        if (!opensHidden && Withheld(ctx, everyone)) return HomeView.Hidden;
        return addresses.MaxBy(a => a.From) is { } address
            ? new HomeView(address.Lines, Postcode.FromStored(address.Postcode), address.NoFixedAddress, false, address.From) : HomeView.NotKnown;
    }

    // Where somebody is marked at risk, the address is for the person themselves, and for an emergency that a senior of the hub agreed to.
    private static bool Withheld(ReadContext ctx, IEnumerable<Member> everyone) => everyone.Any(m => m.Person.AtRisk && m.Person.Id != ctx.Looker.Id);

    /// <summary>An emergency opening of this worker stands that somebody else agreed to, of the hub and senior: nobody opens a hidden address on their own word.</summary>
    private static async Task<bool> OpensHiddenAsync(AnyDoorDb db, ReadContext ctx, IReadOnlyList<Guid> ids, List<Member> everyone, CancellationToken cancel)
    {
        if (ctx.Audit.Purpose != Purpose.SafeguardingOrEmergency || ctx.Worker is not { } worker || !Withheld(ctx, everyone)) return false;
        var (homes, at, seniors) = (ids.ToArray(), ctx.Audit.At, RoleTable.Default.All.Where(r => r.Actions.Contains("agree-emergency")).Select(r => r.Role).ToArray());
        return await db.Set<EmergencyOpening>().AnyAsync(o => homes.Contains(o.HouseholdId) && o.WorkerId == worker.WorkerId && o.Until > at && o.Answer == SeniorAnswer.Agreed && o.AgreedBy != worker.WorkerId
            && db.Set<Worker>().Any(w => w.Id == o.AgreedBy && seniors.Contains(w.Role) && db.Set<Organisation>().Any(h => h.Id == w.OrganisationId && h.Kind == OrganisationKind.CountyHub)), cancel);
    }

    /// <summary>How to reach somebody, without a number, an address or words that may say where they are.</summary>
    private static Reach WithoutWhereabouts(Reach reach) => reach with { Phone = null, Email = null, Words = null, To = reach.By == ContactWay.ThroughSomeone ? reach.To : reach.To is null ? null : "" };

    /// <summary>As was last said for each. A record that was joined is reached as the kept one says.</summary>
    private static async Task<Dictionary<Guid, Reach>> ReachAsync(AnyDoorDb db, IReadOnlyList<Guid> people, CancellationToken cancel)
    {
        if (people.Count == 0) return [];
        var rows = await (from person in db.Set<Person>()
                          where people.Contains(person.Id)
                          join contact in db.Set<SafeContact>() on person.SameAs ?? person.Id equals contact.PersonId
                          select new { person.Id, Contact = contact }).ToListAsync(cancel);
        return rows.GroupBy(r => r.Id, r => r.Contact).ToDictionary(g => g.Key, g => ToReach(g.OrderBy(s => s.At).ThenBy(s => s.Id).Last()));
    }

    internal static Reach ToReach(SafeContact s) => new(s.By, s.DoNot, s.To, s.Phone, s.Email, s.PhoneIsPrivate, s.CheckBeforeContact, s.BestTime, s.Words);

    private static MemberView View(Member m, Dictionary<Guid, Reach> reach, DateOnly day) => new(m.Person.Id, m.Person.Name, m.Role, m.Person.DateOfBirth,
        Names.Age(m.Person.DateOfBirth, m.Person.BirthYear, day), m.Person.Language, m.From, m.To, reach.GetValueOrDefault(m.Person.Id));

    /// <summary>
    /// What was handed over, or allowed, was said by one person: of another grown-up in the home a partner learns what they are to the household and about how old, until they say yes themselves.
    /// Whom the partner brought they know already.
    /// </summary>
    private static MemberView CutToOwnYes(Sight sight, MemberView member)
    {
        if (member.Role == MemberRole.Child || sight.SaidYes(member.PersonId)) return member;
        return sight.Decide(DataCategory.IdentityAndContact, member.PersonId).Basis is GroundCause.HandoverAccepted or "permission"
            ? member with { Name = "", DateOfBirth = null, Age = null, Language = null, Reach = null, IsCut = true, AgeBand = Names.Band(member.Age) } : member;
    }

    private static string Strip(MemberView first, List<Member> everyone, Dictionary<Guid, Reach> reach) =>
        SafeContacts.Strip(first.FirstName, reach.GetValueOrDefault(first.PersonId) ?? Reach.Unanswered,
            everyone.Any(m => m.Person.Id != first.PersonId && m.Role != MemberRole.Child));

    private static List<string> Notices(List<Member> everyone) =>
        everyone.Any(m => m.Person.AtRisk) ? ["Someone may be looking for a person in this household. Do not say to anybody that you know them."] : [];
}
