using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>Who looked, on a day: as what, for whom and why. Never a worker's name.</summary>
/// <param name="Role">Null: a computer system of the organisation's.</param>
public sealed record LookShown(DateOnly Day, Role? Role, string Organisation, Purpose Why);

/// <summary>An organisation that was asked to help.</summary>
public sealed record PassedOnTo(DateOnly Day, string Organisation);

/// <summary>What the person themselves may read about who has seen their record.</summary>
/// <param name="OnlyOfThisRequest">Another adult is in the home: looks that may be about them are left out.</param>
public sealed record OwnRecord(IReadOnlyList<LookShown> Looks, IReadOnlyList<PassedOnTo> PassedOn, bool OnlyOfThisRequest);

public sealed partial class RequestStatusDesk
{
    private const int MostLooks = 2000;

    /// <summary>
    /// Who has looked at a person's record, the newest first, for that person with their own code. Where another adult is in the home, only those who worked on this very request:
    /// another's look could be about the other's own trouble, and this would give it away.
    /// </summary>
    public async Task<OwnRecord?> RecordAsync(Guid requestId, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await db.Set<Request>().SingleOrDefaultAsync(r => r.Id == requestId && !r.PartFilled, cancel) is not { } request) return null;
        var reading = ReadContext.ForResident(request.ApplicantId, Purpose.RespondToRequest, "own-looks", Drafts.Door, now);
        if (await households.ReachOfAsync(reading, request.HouseholdId, request.ApplicantId, cancel) is null) return null;

        var (household, applicant) = (request.HouseholdId, request.ApplicantId);
        var others = await db.Set<Membership>().AnyAsync(m => m.HouseholdId == household && m.PersonId != applicant && m.Role != MemberRole.Child, cancel);
        var looks = await db.Set<ReadSubject>().Where(s => s.SubjectId == household || s.SubjectId == applicant)
            .Join(db.Set<ReadEvent>().Where(e => (e.ActorKind == ActorKind.Worker || e.ActorKind == ActorKind.System) && e.ActorId != null), s => s.ReadEventId, e => e.Id, (s, e) => e)
            .OrderByDescending(e => e.At).Select(e => new { e.At, e.ActorKind, Actor = e.ActorId!.Value, e.OrganisationId, e.Purpose }).Take(MostLooks).ToListAsync(cancel);
        if (others)
        {
            var ours = await WorkedOnAsync(db, request, cancel);
            looks.RemoveAll(l => !ours.Contains(l.Actor) || l.At < request.SubmittedAt);
        }
        var workers = looks.Select(l => l.Actor).Distinct().ToArray();
        var roles = await db.Set<Worker>().Where(w => workers.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => (Role?)w.Role, cancel);
        var organisations = looks.Select(l => l.OrganisationId).OfType<Guid>().Distinct().ToArray();
        var names = await db.Set<Organisation>().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        var passedOn = await db.Set<Handover>().Where(h => h.CauseId == requestId).OrderByDescending(h => h.SentAt).Select(h => new { h.SentAt, h.Organisation }).ToListAsync(cancel);
        return new OwnRecord(
            [.. looks.Select(l => new LookShown(LondonTime.DayOf(l.At), l.ActorKind == ActorKind.System ? null : roles.GetValueOrDefault(l.Actor), l.OrganisationId is { } o ? names.GetValueOrDefault(o, "") : "", l.Purpose)).Distinct()],
            passedOn.ConvertAll(h => new PassedOnTo(LondonTime.DayOf(h.SentAt), h.Organisation)), others);
    }

    /// <summary>Those who took this request up, tried to reach them for it, awarded on it or passed it on.</summary>
    private static async Task<HashSet<Guid>> WorkedOnAsync(AnyDoorDb db, Request request, CancellationToken cancel)
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
        return [.. ours.OfType<Guid>()];
    }
}
