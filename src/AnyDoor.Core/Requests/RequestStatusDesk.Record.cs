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
/// <param name="Help">What they arranged for this request on that day, like <c>Fuel voucher</c>; null: nothing.</param>
public sealed record LookShown(DateOnly Day, Role? Role, string Organisation, Purpose Why, string? Help = null);

/// <summary>An organisation that was asked to help.</summary>
public sealed record PassedOnTo(DateOnly Day, string Organisation);

/// <summary>What the person themselves may read about who has seen their record.</summary>
/// <param name="OnlyOfThisRequest">Another adult is in the home: looks that may be about them are left out.</param>
/// <param name="Searches">How often they came up when a worker searched; nothing was opened then.</param>
public sealed record OwnRecord(IReadOnlyList<LookShown> Looks, IReadOnlyList<PassedOnTo> PassedOn, bool OnlyOfThisRequest, int Searches = 0);

public sealed partial class RequestStatusDesk
{
    private const int MostLooks = 2000;

    /// <summary>
    /// Who has looked at a person's record, the newest first, for that person with their own code. Where another adult is in the home, only those who worked on this very request:
    /// another's look could be about the other's own trouble, and this would give it away. Looks at records that are joined with theirs are theirs too.
    /// What <see cref="OwnRecordScreen"/> leaves out is not here: a person gives the full list.
    /// </summary>
    public async Task<OwnRecord?> RecordAsync(Guid requestId, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await db.Set<Request>().SingleOrDefaultAsync(r => r.Id == requestId && !r.PartFilled, cancel) is not { } request) return null;
        var reading = ReadContext.ForResident(request.ApplicantId, Purpose.RespondToRequest, "own-looks", Drafts.Door, now);
        if (await households.ReachOfAsync(reading, request.HouseholdId, request.ApplicantId, cancel) is null) return null;

        var homes = await NamesOfHomes.JoinedWithAsync(db, request.HouseholdId, cancel);
        var applicant = request.ApplicantId;
        var kept = await db.Set<Person>().Where(p => p.Id == applicant).Select(p => p.SameAs ?? p.Id).SingleAsync(cancel);
        var them = await db.Set<Person>().Where(p => p.Id == kept || p.SameAs == kept).Select(p => p.Id).ToArrayAsync(cancel);
        var others = await db.Set<Membership>().AnyAsync(m => homes.Contains(m.HouseholdId) && !them.Contains(m.PersonId) && m.Role != MemberRole.Child, cancel);
        var subjects = homes.Concat(them).ToArray();
        var about = db.Set<ReadSubject>().Where(s => subjects.Contains(s.SubjectId)).Select(s => s.ReadEventId);
        var looks = await db.Set<ReadEvent>().Where(e => about.Contains(e.Id) && (e.ActorKind == ActorKind.Worker || e.ActorKind == ActorKind.System) && e.ActorId != null && e.Basis != ReadLog.Refused)
            .OrderByDescending(e => e.At).Select(e => new { e.At, e.ActorKind, Actor = e.ActorId!.Value, e.OrganisationId, e.Purpose, e.Basis }).Take(MostLooks).ToListAsync(cancel);
        if (others)
        {
            var ours = await WorkedOnAsync(db, request, cancel);
            looks.RemoveAll(l => !ours.Contains(l.Actor) || l.At < request.SubmittedAt);
        }
        var organisations = looks.Select(l => l.OrganisationId).OfType<Guid>().Distinct().ToArray();
        var passedOn = await db.Set<Handover>().Where(h => h.CauseId == requestId).OrderByDescending(h => h.SentAt).Select(h => new { h.SentAt, h.Organisation, h.OrganisationId }).ToListAsync(cancel);
        var asked = passedOn.Select(h => h.OrganisationId).OfType<Guid>().Concat(organisations).Distinct().ToArray();
        var names = await db.Set<Organisation>().Where(o => asked.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var screen = OwnRecordScreen.Current;
        bool Left(Guid? organisation, string name) => organisation is { } id && names.TryGetValue(id, out var found) ? screen.LeavesOut(found.Kind, found.Handle, found.Name) : screen.LeavesOut(null, null, name);
        looks.RemoveAll(l => screen.LeavesOut(l.Purpose) || Left(l.OrganisationId, ""));

        var searches = looks.RemoveAll(l => l.Basis is HouseholdReader.AppearedInSearch or HouseholdReader.PossibleMatchBasis);
        var workers = looks.Select(l => l.Actor).Distinct().ToArray();
        var roles = await db.Set<Worker>().Where(w => workers.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => (Role?)w.Role, cancel);
        var arranged = await ArrangedAsync(db, requestId, cancel);
        return new OwnRecord(
            [.. looks.Select(l => new LookShown(LondonTime.DayOf(l.At), l.ActorKind == ActorKind.System ? null : roles.GetValueOrDefault(l.Actor), l.OrganisationId is { } o && names.TryGetValue(o, out var of) ? of.Name : "", l.Purpose,
                l.Purpose == Purpose.AwardAndPay ? arranged.GetValueOrDefault((l.Actor, LondonTime.DayOf(l.At))) : null)).Distinct()],
            [.. passedOn.Where(h => !Left(h.OrganisationId, h.Organisation)).Select(h => new PassedOnTo(LondonTime.DayOf(h.SentAt), h.Organisation))], others, searches);
    }

    /// <summary>What each worker arranged for this request on each day, in the scheme's own words.</summary>
    private async Task<Dictionary<(Guid Worker, DateOnly Day), string>> ArrangedAsync(AnyDoorDb db, Guid requestId, CancellationToken cancel)
    {
        var arranged = new Dictionary<(Guid, DateOnly), string>();
        foreach (var award in await db.Set<Award>().Where(a => a.RequestId == requestId && a.WorkerId != null && !a.Imported).OrderBy(a => a.EffectiveAt).Select(a => new { Worker = a.WorkerId!.Value, a.EffectiveAt, a.SchemeId, a.AwardType }).ToListAsync(cancel))
            if (await schemes.FindAsync(db, award.SchemeId, cancel) is { } scheme && scheme.Newest.Type(award.AwardType) is { } type) arranged[(award.Worker, LondonTime.DayOf(award.EffectiveAt))] = type.Label;
        return arranged;
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
