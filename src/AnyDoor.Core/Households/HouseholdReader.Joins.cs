using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

// JoinedTo and SameAs always point straight at the record that is kept, never at one that is joined itself, so that whoever reads looks one step up or down.
// What led there stands in the joins, and from those that stand it is worked out anew.
public sealed partial class HouseholdReader
{
    /// <summary>
    /// Takes a join back: both records stand by themselves again, unless another join holds them together. The stricter safe contact stays.
    /// Refused where a later join of the same record stands and what this one wrote over cannot be put back without writing over that one.
    /// </summary>
    public async Task<Result<bool>> UndoJoinAsync(ReadContext ctx, Guid matchId, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker || !RoleTable.Default.May(worker.Role, "answer-match")) return false;
        return await commands.RunAsync<bool>(ctx.Audit, async c =>
        {
            if (await c.Db.Set<PersonJoin>().SingleOrDefaultAsync(j => j.MatchId == matchId && j.UndoneAt == null, c.Cancel) is not { } found) return false;
            await HoldJoinedAsync(c, [found.KeptHouseholdId, found.JoinedHouseholdId]);
            var join = await c.Db.Set<PersonJoin>().AsTracking().SingleOrDefaultAsync(j => j.Id == found.Id && j.UndoneAt == null, c.Cancel);
            var (household, ids) = await ResolveAsync(c.Db, found.KeptHouseholdId, c.Cancel);
            if (join is null || household is null || !(await SightAsync(c.Db, ctx, ids, c.Cancel)).Allows(DataCategory.IdentityAndContact, join.KeptPersonId)) return false;
            var standing = await StandingAsync(c, join);
            var kept = await c.Db.Set<Person>().AsTracking().SingleAsync(p => p.Id == join.KeptPersonId, c.Cancel);
            var changed = (kept.Name, kept.DateOfBirth, kept.BirthYear) != (join.NameBefore, join.DateOfBirthBefore, join.BirthYearBefore);
            if (changed && standing.SkipWhile(j => j.Id != join.Id).Skip(1).Any(j => j.KeptPersonId == kept.Id || j.JoinedPersonId == kept.Id))
                return new Refusal("later-join", "This record was joined again later, and its name and date of birth may be of that join. Take the later one back first, and then this one.");
            (kept.Name, kept.FoldedName, kept.DateOfBirth, kept.BirthYear) = (join.NameBefore, Folding.Fold(join.NameBefore), join.DateOfBirthBefore, join.BirthYearBefore);
            // What the join ended goes on.
            var ended = LondonTime.DayOf(join.At).AddDays(-1);
            if (kept.AtRisk)
                foreach (var stay in await c.Db.Set<Membership>().AsTracking().Where(m => m.To == ended && ((m.HouseholdId == join.KeptHouseholdId && m.PersonId == join.KeptPersonId) || (m.HouseholdId == join.JoinedHouseholdId && m.PersonId == join.JoinedPersonId))).ToListAsync(c.Cancel)) stay.To = null;
            (join.UndoneAt, join.UndoneBy) = (c.Who.At, worker.WorkerId);
            await SettleAsync(c, join, standing.FindAll(j => j.Id != join.Id), kept.SameAs ?? kept.Id, household.Id);
            var match = await c.Db.Set<PossibleMatch>().AsTracking().SingleAsync(m => m.Id == matchId, c.Cancel);
            match.Answer = MatchAnswer.Open;
            c.Record("match.undone", matchId, join.KeptHouseholdId);
            return true;
        }, cancel);
    }

    private async Task JoinAsync(Command c, Pair pair, JoinChoices choices, Guid worker, string how)
    {
        var (kept, joined, other) = (await RootAsync(c, pair.This.Person.Id), await RootAsync(c, pair.Other.Person.Id), pair.Other.Person);
        var (household, _) = await ResolveAsync(c.Db, pair.HouseholdId, c.Cancel);
        var join = new PersonJoin
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), MatchId = pair.Match.Id, KeptPersonId = kept.Id, JoinedPersonId = other.Id, KeptHouseholdId = pair.HouseholdId,
            JoinedHouseholdId = pair.OtherHouseholdId, NameBefore = kept.Name, DateOfBirthBefore = kept.DateOfBirth, BirthYearBefore = kept.BirthYear, HouseholdsJoined = choices.JoinHouseholds,
            At = c.Who.At, By = worker, How = how,
        };
        if (choices.OtherName) (kept.Name, kept.FoldedName) = (other.Name, other.FoldedName);
        if (choices.OtherDateOfBirth) (kept.DateOfBirth, kept.BirthYear) = (other.DateOfBirth, other.BirthYear);
        var (hereAtRisk, thereAtRisk) = (pair.This.Person.AtRisk || kept.AtRisk, other.AtRisk || joined.AtRisk);
        if (!kept.AtRisk && thereAtRisk) c.Record("safety.marked", kept.Id, household!.Id);
        kept.AtRisk |= joined.AtRisk || other.AtRisk;
        if (kept.AtRisk && !choices.JoinHouseholds) await LeaveTheOldHomeAsync(c, pair, hereAtRisk, thereAtRisk);
        await SettleAsync(c, join, [.. await StandingAsync(c, join), join], kept.Id, household!.Id);
        if (choices.JoinHouseholds) await Ties.SpreadAsync(c, [pair.HouseholdId, pair.OtherHouseholdId]);
        c.Insert(join);
    }

    /// <summary>
    /// Somebody at risk is found in two homes: they live where they said that they are looked for, and their time in the other ends, so that whoever they left is not shown living with them.
    /// Where they asked for help there themselves they stay, and that home is hidden too: another must not be taken for the one who asked.
    /// </summary>
    private async Task LeaveTheOldHomeAsync(Command c, Pair pair, bool hereAtRisk, bool thereAtRisk)
    {
        var (here, there) = (pair.HouseholdId, pair.OtherHouseholdId);
        if ((await ResolveAsync(c.Db, here, c.Cancel)).Household?.Id == (await ResolveAsync(c.Db, there, c.Cancel)).Household?.Id) return;
        var (mine, theirs) = (pair.This.Person.Id, pair.Other.Person.Id);
        var stays = await c.Db.Set<Membership>().AsTracking().Where(m => m.To == null && ((m.HouseholdId == here && m.PersonId == mine) || (m.HouseholdId == there && m.PersonId == theirs))).ToListAsync(c.Cancel);
        // Marked in both: where they came last.
        var old = hereAtRisk && !thereAtRisk ? there : thereAtRisk && !hereAtRisk ? here : stays.OrderBy(m => m.From).ThenBy(m => m.Id).Select(m => m.HouseholdId).FirstOrDefault();
        var last = LondonTime.DayOf(c.Who.At).AddDays(-1);
        foreach (var stay in stays.Where(m => m.HouseholdId == old && m.Role != MemberRole.Applicant)) stay.To = last;
    }

    private static async Task<Person> RootAsync(Command c, Guid person)
    {
        var root = await c.Db.Set<Person>().Where(p => p.Id == person).Select(p => p.SameAs ?? p.Id).SingleAsync(c.Cancel);
        return await c.Db.Set<Person>().AsTracking().SingleAsync(p => p.Id == root, c.Cancel);
    }

    /// <summary>Holds these households and every record that is joined with them, so that of two joins at once the second sees the first.</summary>
    private async Task HoldJoinedAsync(Command c, IReadOnlyList<Guid> households)
    {
        var held = new HashSet<Guid>();
        while (true)
        {
            var all = new HashSet<Guid>();
            foreach (var household in households) all.UnionWith((await ResolveAsync(c.Db, household, c.Cancel)).Ids);
            if (all.IsSubsetOf(held)) return;
            await c.Kind.HoldRowsAsync(c.Db, "household", all, c.Cancel);
            held = all;
        }
    }

    /// <summary>The joins that stand, of everybody and every home that this one reaches through others, in the order they were made.</summary>
    private static async Task<List<PersonJoin>> StandingAsync(Command c, PersonJoin join)
    {
        Guid[] ids = [join.KeptPersonId, join.JoinedPersonId, join.KeptHouseholdId, join.JoinedHouseholdId];
        while (true)
        {
            var joins = await c.Db.Set<PersonJoin>().Where(j => j.UndoneAt == null && (ids.Contains(j.KeptPersonId) || ids.Contains(j.JoinedPersonId) || ids.Contains(j.KeptHouseholdId) || ids.Contains(j.JoinedHouseholdId)))
                .ToListAsync(c.Cancel);
            Guid[] reached = [.. joins.SelectMany(j => new[] { j.KeptPersonId, j.JoinedPersonId, j.KeptHouseholdId, j.JoinedHouseholdId }).Concat(ids).Distinct()];
            if (reached.Length == ids.Length) return [.. joins.OrderBy(j => j.At).ThenBy(j => j.Id)];
            ids = reached;
        }
    }

    /// <summary>Points every record that a change of joins touches at the one that is kept.</summary>
    private static async Task SettleAsync(Command c, PersonJoin changed, IReadOnlyList<PersonJoin> standing, Guid keptPerson, Guid keptHousehold)
    {
        var people = Roots([changed.KeptPersonId, changed.JoinedPersonId], standing.Select(j => (j.KeptPersonId, j.JoinedPersonId)), keptPerson);
        Guid[] everyone = [.. people.Keys];
        foreach (var person in await c.Db.Set<Person>().AsTracking().Where(p => everyone.Contains(p.Id)).ToListAsync(c.Cancel))
            person.SameAs = people[person.Id] == person.Id ? null : people[person.Id];

        Guid[] both = [changed.KeptHouseholdId, changed.JoinedHouseholdId];
        var homes = changed.HouseholdsJoined ? Roots(both, standing.Where(j => j.HouseholdsJoined).Select(j => (j.KeptHouseholdId, j.JoinedHouseholdId)), keptHousehold) : [];
        Guid[] records = [.. homes.Keys.Union(both)];
        foreach (var household in await c.Db.Set<Household>().AsTracking().Where(h => records.Contains(h.Id)).ToListAsync(c.Cancel))
        {
            household.Version++;
            if (homes.TryGetValue(household.Id, out var root)) household.JoinedTo = root == household.Id ? null : root;
        }
    }

    /// <summary>
    /// Which record each one is kept in, for all that <paramref name="of"/> are joined with. The joins are followed in the order they were made;
    /// whatever still holds together with <paramref name="kept"/> stays with it.
    /// </summary>
    internal static Dictionary<Guid, Guid> Roots(IReadOnlyList<Guid> of, IEnumerable<(Guid Kept, Guid Joined)> joins, Guid kept)
    {
        var to = new Dictionary<Guid, Guid>();
        Guid Root(Guid id)
        {
            while (to.TryGetValue(id, out var next) && next != id) id = next;
            return id;
        }
        foreach (var (keep, join) in joins)
        {
            to.TryAdd(keep, keep);
            to[Root(join)] = Root(keep);
        }
        foreach (var id in of) to.TryAdd(id, id);
        var (stays, touched) = (Root(kept), of.Select(Root).ToHashSet());
        return to.Keys.Where(id => touched.Contains(Root(id))).ToDictionary(id => id, id => Root(id) == stays ? kept : Root(id));
    }
}
