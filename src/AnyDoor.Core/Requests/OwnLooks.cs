using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>One look at a person's records.</summary>
/// <param name="Role">What the worker was on that day; null: a computer system, or their role has changed since.</param>
/// <param name="ForThem">It was at them alone, or by somebody who worked on a request of their own.</param>
/// <param name="Theirs">For them to read: as before, or nobody else grown-up was ever in the home.</param>
/// <param name="Screened">What <see cref="OwnRecordScreen"/> leaves out: a person tells it, no screen and no paper does.</param>
internal sealed record OwnLook(DateTime At, ActorKind By, Guid Actor, Role? Role, Organisation? Organisation, Purpose Purpose, string Page, string Basis, bool ForThem, bool Theirs, bool Screened)
{
    /// <summary>They came up in a search, and nothing was opened.</summary>
    public bool IsSearch => Basis is HouseholdReader.AppearedInSearch or HouseholdReader.PossibleMatchBasis;
}

/// <summary>
/// Which looks are whose. A record holds a household, so a look at it may be about somebody else's own trouble, and would give it away: where another adult is or was in the home,
/// only looks by those who worked on the person's own requests are theirs. Whatever tells somebody who looked asks here.
/// </summary>
internal static class OwnLooks
{
    /// <summary>The newest first, and how many there are in all. What was refused showed nothing, and is no look.</summary>
    /// <param name="homes">The household with the records that are joined in it.</param>
    /// <param name="them">The person, in every record of theirs.</param>
    /// <param name="own">The requests that are theirs.</param>
    public static async Task<(IReadOnlyList<OwnLook> Looks, int Of)> ReadAsync(AnyDoorDb db, IReadOnlyCollection<Guid> homes, IReadOnlyCollection<Guid> them, IReadOnlyList<Request> own, int most, CancellationToken cancel)
    {
        var (people, subjects) = (them.ToArray(), homes.Concat(them).ToArray());
        var about = db.Set<ReadSubject>().Where(s => subjects.Contains(s.SubjectId)).Select(s => s.ReadEventId);
        var alone = db.Set<ReadSubject>().Where(s => people.Contains(s.SubjectId)).Select(s => s.ReadEventId);
        var all = db.Set<ReadEvent>().Where(e => about.Contains(e.Id) && (e.ActorKind == ActorKind.Worker || e.ActorKind == ActorKind.System) && e.ActorId != null && e.Basis != ReadLog.Refused);
        var looks = await all.OrderByDescending(e => e.At).Take(most).Select(e => new { e.At, e.ActorKind, Actor = e.ActorId!.Value, e.OrganisationId, e.Purpose, e.Page, e.Basis, Alone = alone.Contains(e.Id) }).ToListAsync(cancel);

        var (others, worked) = (await HasOtherAdultAsync(db, homes, them, cancel), await WorkedOnAsync(db, own, cancel));
        var ids = looks.Select(l => l.OrganisationId).OfType<Guid>().Distinct().ToArray();
        var organisations = await db.Set<Organisation>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var workers = looks.Select(l => l.Actor).Distinct().ToArray();
        var roles = await db.Set<Worker>().Where(w => workers.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Role, cancel);
        var changed = (await db.Set<AuditEvent>().Where(e => e.Kind == "worker.role-changed" && e.SubjectId != null && workers.Contains(e.SubjectId.Value)).Select(e => new { Worker = e.SubjectId!.Value, e.At }).ToListAsync(cancel)).ToLookup(e => e.Worker, e => e.At);
        return ([.. looks.Select(l =>
        {
            var organisation = l.OrganisationId is { } id ? organisations.GetValueOrDefault(id) : null;
            var forThem = l.Alone || (worked.TryGetValue(l.Actor, out var since) && l.At >= since);
            return new OwnLook(l.At, l.ActorKind, l.Actor, l.ActorKind == ActorKind.Worker && roles.TryGetValue(l.Actor, out var role) && !changed[l.Actor].Any(at => at > l.At) ? role : null, organisation, l.Purpose, l.Page, l.Basis,
                forThem, forThem || !others, OwnRecordScreen.Current.LeavesOut(l.Purpose) || OwnRecordScreen.Current.LeavesOut(organisation));
        })], looks.Count < most ? looks.Count : await all.CountAsync(cancel));
    }

    /// <summary>Somebody else grown-up is in one of these homes, or was.</summary>
    public static Task<bool> HasOtherAdultAsync(AnyDoorDb db, IReadOnlyCollection<Guid> homes, IReadOnlyCollection<Guid> them, CancellationToken cancel)
    {
        var (all, people) = (homes.ToArray(), them.ToArray());
        return db.Set<Membership>().AnyAsync(m => all.Contains(m.HouseholdId) && !people.Contains(m.PersonId) && m.Role != MemberRole.Child, cancel);
    }

    /// <summary>Those who took up one of these requests, tried to reach them for it, awarded on it, or have it from a handover; and since when they may have looked for it.</summary>
    private static async Task<Dictionary<Guid, DateTime>> WorkedOnAsync(AnyDoorDb db, IReadOnlyList<Request> requests, CancellationToken cancel)
    {
        var since = new Dictionary<Guid, DateTime>();
        foreach (var request in requests)
        {
            var id = request.Id;
            List<Guid?> ours =
            [
                request.ClaimedBy, request.BroughtByWorker,
                .. await db.Set<Contact>().Where(x => x.RequestId == id).Select(x => x.WorkerId).ToListAsync(cancel),
                .. await db.Set<Award>().Where(a => a.RequestId == id).Select(a => a.WorkerId).ToListAsync(cancel),
                .. await db.Set<Handover>().Where(h => h.CauseId == id).Select(h => (Guid?)h.SentBy).ToListAsync(cancel),
                .. await db.Set<Handover>().Where(h => h.CauseId == id).Select(h => h.HeldBy).ToListAsync(cancel),
                .. await db.Set<AuditEvent>().Where(e => e.SubjectId == id && e.ActorKind == ActorKind.Worker).Select(e => e.ActorId).ToListAsync(cancel),
            ];
            foreach (var worker in ours.OfType<Guid>().Distinct())
                if (!since.TryGetValue(worker, out var before) || request.SubmittedAt < before) since[worker] = request.SubmittedAt;
        }
        return since;
    }
}
