using System.Security.Cryptography;
using System.Text;
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
/// <param name="Role">Null: a computer system of the organisation's, or a worker whose role has changed since.</param>
/// <param name="Help">What they arranged for this request on that day, like <c>Fuel voucher</c>; null: nothing.</param>
/// <param name="Saw">What the page showed: <c>request</c>, <c>handover</c>, <c>list</c>, <c>money</c>, <c>contact</c>, <c>part</c>; <c>handover-hidden</c> and <c>contact-hidden</c> while where they live was hidden from everybody.</param>
/// <param name="Ground">What allowed it: <c>job</c>, <c>brought</c>, <c>handover</c>, <c>permission</c>, <c>lead</c>, <c>second-look</c>, <c>pay</c>, <c>reason</c>, <c>check</c>.</param>
/// <param name="Times">How often on that day.</param>
public sealed record LookShown(DateOnly Day, Role? Role, string Organisation, Purpose Why, string? Help = null, bool IsSystem = false, string Saw = "part", string Ground = "job", int Times = 1)
{
    /// <summary>Tells it from the others on the page, and nothing else of it.</summary>
    public string Mark => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Day:O}|{Role}|{Organisation}|{Why}|{Help}|{IsSystem}|{Saw}|{Ground}")))[..12];

    /// <summary>For whoever answers a question about it.</summary>
    public string InWords => $"{LondonTime.Day(Day)}, {(IsSystem ? "a computer system" : Role is { } role ? RoleTable.Default.NameOf(role) : "a worker")}, {(Organisation.Length == 0 ? "an organisation" : Organisation)}. {LookWords.Of(Why)}.";

    internal static string SawOn(string page, bool hidden) => SawOn(page) switch { "handover" when hidden => "handover-hidden", "contact" when hidden => "contact-hidden", var saw => saw };

    internal static string SawOn(string page) => page switch
    {
        "household" or "sitting" or "read-back" or "sitting-offer" => "request", "handover" => "handover", "queue" or "send" or "possible-match" or "undo-join" => "list", "award" or "award-letter" or "sample" or "reconcile" => "money", "home" or "safe-contact" or "message" => "contact", _ => "part",
    };

    internal static string GroundOf(string basis) => basis.Split(',')[0] switch
    {
        GroundCause.Brought => "brought", GroundCause.HandoverAccepted or "handed-over" => "handover", GroundCause.CaseLed => "lead", GroundCause.Review => "second-look", GroundCause.Reconcile => "pay", "permission" => "permission", GroundCause.StatedReason or GroundCause.Emergency => "reason", GroundCause.AssuranceReference or GroundCause.Sample => "check", _ => "job",
    };
}

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
        var others = await OwnLooks.HasOtherAdultAsync(db, homes, them, cancel);
        var (all, _) = await OwnLooks.ReadAsync(db, homes, them, [request], MostLooks, cancel);
        var looks = all.Where(l => l is { Theirs: true, Screened: false }).ToList();
        var searches = looks.RemoveAll(l => l.IsSearch);
        var passedOn = await db.Set<Handover>().Where(h => h.CauseId == requestId).OrderByDescending(h => h.SentAt).Select(h => new { h.SentAt, h.Organisation, h.OrganisationId }).ToListAsync(cancel);
        var asked = passedOn.Select(h => h.OrganisationId).OfType<Guid>().ToArray();
        var names = await db.Set<Organisation>().Where(o => asked.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        bool Left(Guid? organisation, string name) => organisation is { } id && names.TryGetValue(id, out var found) ? OwnRecordScreen.Current.LeavesOut(found) : OwnRecordScreen.Current.LeavesOut(name);
        var hidden = await HiddenAtAsync(db, homes, them, cancel);
        var arranged = await ArrangedAsync(db, requestId, cancel);
        return new OwnRecord(
            [.. looks.Select(l => new LookShown(LondonTime.DayOf(l.At), l.Role, l.Organisation?.Name ?? "", l.Purpose, l.Purpose == Purpose.AwardAndPay ? arranged.GetValueOrDefault((l.Actor, LondonTime.DayOf(l.At))) : null, l.By == ActorKind.System, LookShown.SawOn(l.Page, hidden(l.At)), LookShown.GroundOf(l.Basis)))
                .GroupBy(l => l).Select(g => g.Key with { Times = g.Count() })],
            [.. passedOn.Where(h => !Left(h.OrganisationId, h.Organisation)).Select(h => new PassedOnTo(LondonTime.DayOf(h.SentAt), h.Organisation))], others, searches);
    }

    /// <summary>When where they live was hidden: from the mark to the word that took it off. Marked as the request came in, there is no event of it, and it was hidden from the first.</summary>
    internal static async Task<Func<DateTime, bool>> HiddenAtAsync(AnyDoorDb db, IReadOnlyCollection<Guid> homes, IReadOnlyCollection<Guid> them, CancellationToken cancel)
    {
        Guid?[] ids = [.. homes.Select(h => (Guid?)h)];
        var turns = await db.Set<AuditEvent>().Where(e => ids.Contains(e.HouseholdId) && (e.Kind == "safety.marked" || e.Kind == "safety.lifted")).OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => new { e.At, Marked = e.Kind == "safety.marked" }).ToListAsync(cancel);
        var (houses, people) = (homes.ToArray(), them.ToArray());
        var now = await db.Set<Person>().AnyAsync(p => p.AtRisk && (people.Contains(p.Id) || db.Set<Membership>().Any(m => m.PersonId == p.Id && m.To == null && houses.Contains(m.HouseholdId))), cancel);
        var first = turns.Count == 0 ? now : !turns[0].Marked;
        return at => turns.FindLast(t => t.At <= at)?.Marked ?? first;
    }

    /// <summary>What each worker arranged for this request on each day, in the scheme's own words.</summary>
    private async Task<Dictionary<(Guid Worker, DateOnly Day), string>> ArrangedAsync(AnyDoorDb db, Guid requestId, CancellationToken cancel)
    {
        var arranged = new Dictionary<(Guid, DateOnly), string>();
        foreach (var award in await db.Set<Award>().Where(a => a.RequestId == requestId && a.WorkerId != null && !a.Imported).OrderBy(a => a.EffectiveAt).Select(a => new { Worker = a.WorkerId!.Value, a.EffectiveAt, a.SchemeId, a.AwardType }).ToListAsync(cancel))
            if (await schemes.FindAsync(db, award.SchemeId, cancel) is { } scheme && scheme.Newest.Type(award.AwardType) is { } type) arranged[(award.Worker, LondonTime.DayOf(award.EffectiveAt))] = type.Label;
        return arranged;
    }
}
