using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Two records that a worker joined, while it stands.</summary>
public sealed record StandingJoin(Guid MatchId, string JoinedName, string? NameBefore, DateTime At, string By, string How, bool HouseholdsJoined);

/// <summary>How somebody is to be reached from now on, as they said it.</summary>
/// <param name="Shown">The mark of what stood on the page, so that two who change it at once meet.</param>
/// <param name="How">How the worker knows that it was this person who said it.</param>
/// <param name="HideHome">Somebody may be looking for them: where they live is hidden from now on.</param>
public sealed record ReachChange(Reach Reach, string Shown, string How, string? Language = null, bool HideHome = false);

public sealed partial class HouseholdReader
{
    public const string ReachMovedOn = "reach-moved-on";
    private static readonly Refusal NoSuchRecord = new("not-found", GateDecision.NotThere);

    /// <summary>
    /// A person's safe contact as they now say it. What stood before stays as history; a message that waits for another number or address does not go.
    /// Refused when somebody else changed it since the page was shown.
    /// </summary>
    public async Task<Result<bool>> ChangeReachAsync(ReadContext ctx, Guid householdId, Guid personId, ReachChange change, CancellationToken cancel)
    {
        if (SafeContacts.Problem(change.Reach) is { } problem) return problem;
        if (change.How.Trim().Length is < 5 or > 500) return new Refusal("how", "Say in a few words how you know that it is them: somebody else may want their messages.", "how");
        if (ctx.Worker is not { } worker || !MayChange(ctx)) return NoSuchRecord;
        return await commands.RunAsync<bool>(ctx.Audit with { Reason = change.How.Trim() }, async c =>
        {
            var (household, ids) = await ResolveAsync(c.Db, householdId, c.Cancel);
            if (household is null) return NoSuchRecord;
            // Held, so that of two changes at once the second sees the first.
            await c.Kind.HoldRowsAsync(c.Db, "household", [household.Id], c.Cancel);
            var sight = await SightAsync(c.Db, ctx, ids, c.Cancel);
            var person = await c.Db.Set<Person>().AsTracking().SingleOrDefaultAsync(p => p.Id == personId && c.Db.Set<Membership>().Any(m => m.PersonId == p.Id && ids.Contains(m.HouseholdId)), c.Cancel);
            if (person is null || !sight.Allows(DataCategory.Safety, personId) || !sight.Allows(DataCategory.IdentityAndContact, personId)) return NoSuchRecord;
            var now = (await ReachAsync(c.Db, [personId], c.Cancel)).GetValueOrDefault(personId);
            if (SafeContacts.Mark(now) != change.Shown) return new Refusal(ReachMovedOn, "Somebody else changed how to reach them while you had this open. What stands now is above; what you wrote is below. Save again if it is still right.");
            if (change.Language is { } language) person.Language = language;
            var wanted = change.Reach;
            if (change.HideHome || SaysAtRisk(wanted, now)) await AtRiskMark.SetAsync(c, household.Id, personId);
            if (now == wanted) return true;
            Tell(c, person.SameAs ?? person.Id, wanted, worker.WorkerId);
            c.Record("safe-contact.changed", personId, household.Id);
            return true;
        }, cancel);
    }

    /// <summary>What they said newly about reaching them says that somebody looks for them. What stood before was read when it was said.</summary>
    private static bool SaysAtRisk(Reach said, Reach? before) =>
        (said.Words != before?.Words && AtRiskSigns.Current.InWords(said.Words)) || (said.To != before?.To && AtRiskSigns.Current.InWords(said.To)) || (said.BestTime != before?.BestTime && AtRiskSigns.Current.InWords(said.BestTime));

    /// <summary>From now on; what stood before stays as history.</summary>
    private static void Tell(Command c, Guid personId, Reach reach, Guid? toldTo) => c.Insert(new SafeContact
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), PersonId = personId, By = reach.By, To = reach.To, Phone = reach.Phone, Email = reach.Email, DoNot = reach.DoNot,
        PhoneIsPrivate = reach.PhoneIsPrivate, CheckBeforeContact = reach.CheckBeforeContact, BestTime = reach.BestTime, Words = reach.Words, At = c.Who.At, ToldTo = toldTo,
    });

    /// <summary>How to reach somebody, told by whoever brought them: the stricter of that and what stood, and to be checked before contact.</summary>
    internal static async Task TellStricterAsync(Command c, Guid personId, Reach told, Guid? toldTo)
    {
        var before = (await ReachAsync(c.Db, [personId], c.Cancel)).GetValueOrDefault(personId);
        var kept = (before is null ? told : SafeContacts.Strictest(before, told)) with { CheckBeforeContact = true };
        if (kept == before) return;
        Tell(c, personId, kept, toldTo);
        await c.FlushAsync(); // what is posted next goes by it
    }

    /// <summary>Joins of this household's people that stand and can be taken back.</summary>
    public async Task<IReadOnlyList<StandingJoin>> JoinsAsync(ReadContext ctx, HouseholdView household, CancellationToken cancel)
    {
        await using var db = database.Open();
        var sight = household.Sight;
        var joins = await joinsOf(db, [.. household.HouseholdIds]).ToListAsync(cancel);
        if (joins.Count == 0) return [];
        joins = joins.FindAll(j => sight.Allows(DataCategory.IdentityAndContact, j.KeptPersonId));
        if (joins.Count == 0) return [];
        await log.RecordAsync(ctx.Audit, ctx.Page, sight.Decide(DataCategory.IdentityAndContact, joins[0].KeptPersonId).Basis, [household.Id], cancel);
        var people = joins.Select(j => j.JoinedPersonId).ToArray();
        var names = await db.Set<Person>().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        var by = joins.Select(j => j.By).Distinct().ToArray();
        var workers = await db.Set<Worker>().Where(w => by.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancel);
        return joins.ConvertAll(j => new StandingJoin(j.MatchId, names.GetValueOrDefault(j.JoinedPersonId, ""), j.NameBefore, j.At, workers.GetValueOrDefault(j.By, "somebody"), j.How, j.HouseholdsJoined));
    }

    /// <summary>
    /// The household that a caller is of, when this worker may find it: where a new request of theirs is written down. Null: there is none that they may find.
    /// </summary>
    internal async Task<(Guid Household, IReadOnlyList<Guid> Ids, string? District, string? Language)?> OfCallerAsync(Command c, ReadContext ctx, Guid householdId, Guid personId)
    {
        var (household, ids) = await ResolveAsync(c.Db, householdId, c.Cancel);
        if (household is null) return null;
        var person = await c.Db.Set<Person>().SingleOrDefaultAsync(p => p.Id == personId && p.SameAs == null && c.Db.Set<Membership>().Any(m => m.PersonId == p.Id && ids.Contains(m.HouseholdId)), c.Cancel);
        if (person is null) return null;
        var (grounds, permissions) = await GroundsAsync(c.Db, ids, c.Cancel);
        // Outside the hub only a household that they brought may be asked for again: what they see for another reason ends, and this would not.
        if (!KnowsTheHubsPast(ctx) && !ids.Any(id => grounds[id].Any(g => IsBrought(ctx, g)))) return null;
        var atRisk = await AtRiskAsync(c.Db, ctx, ids, c.Cancel);
        var agreed = await AgreedAsync(ctx, c.Cancel);
        return ids.Any(id => MayAppear(ctx, new Member(id, MemberRole.Applicant, default, null, person), grounds[id], permissions[id], atRisk, agreed)) ? (household.Id, ids, household.District, person.Language) : null;
    }
}
