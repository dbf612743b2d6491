using System.Security.Cryptography;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>Where a request is, in the four steps that a resident reads.</summary>
public enum StatusStage { Received, LookedAt, Decided, Sent, Finished, Stopped }

/// <summary>An award as the resident sees it: its state and when it runs out, never a code.</summary>
/// <param name="Name">As the scheme calls it.</param>
public sealed record StatusAward(string Reference, string Name, Money Amount, AwardStatus State, DateOnly? ExpiresOn, DateOnly MadeOn);

/// <summary>A resident's own request.</summary>
/// <param name="Worker">First name and initial, with the role and organisation in words.</param>
/// <param name="Texted">How we told them that we have it; null: we did not write.</param>
/// <param name="District">Where they live, by name; null: not known, or not here.</param>
public sealed record RequestStatusView(Guid RequestId, string Reference, DateTime ReceivedAt, DateTime AnswerBy, Urgency Urgency, StatusStage Stage, WorkerShown? Worker, DateTime? ContactedAt, NextContact? Next,
    IReadOnlyList<StatusAward> Awards, IReadOnlyList<string> Needs, string? District, MessageChannel? Texted, bool ForSomeoneElse, int Looks, ContactWay ReachedBy);

public sealed record WorkerShown(string Name, Role Role, string Organisation);

public sealed record NextContact(DateOnly On, string? Time, string? Way);

/// <summary>Opens a sent request with its reference and secret code, for the resident alone.</summary>
public sealed class RequestStatusDesk(Database database, Commands commands, LogKey key, HouseholdReader households)
{
    /// <summary>
    /// A reference nobody has and a wrong code are one answer, in the same words, after the same work. Five wrong tries at one reference, known or not,
    /// and it waits a quarter of an hour.
    /// </summary>
    public async Task<CodeTried> OpenAsync(string? typedReference, string? typedCode, string address, AuditContext who, CancellationToken cancel)
    {
        var readable = Reference.TryParse(typedReference, out var reference);
        // What is no reference at all still counts by what was typed.
        var named = readable ? reference : ResidentCodes.Read(typedReference);
        var given = key.HashSecret("request-code", ResidentCodes.Read(typedCode));
        var result = await commands.RunAsync(who, async c =>
        {
            var here = await TryLimits.CountAsync(c, "address", address, TryLimits.FromOneAddress, TryLimits.Wait);
            var there = await TryLimits.CountAsync(c, "reference", named, ResidentCodes.Tries, TryLimits.Wait);
            if ((here ?? there) is not null) return (Result<CodeTried>)new CodeTried(null, Math.Max(here ?? 0, there ?? 0));
            var found = await c.Db.Set<Request>().Where(r => r.Reference == named).Select(r => new { r.Id, r.HouseholdId, r.CodeHash, r.ClosedAt }).SingleOrDefaultAsync(c.Cancel);
            var right = CryptographicOperations.FixedTimeEquals(given, found?.CodeHash ?? new byte[given.Length]);
            if (!right || found is null || found.ClosedAt < who.At.AddDays(-ResidentCodes.DaysAfterEnd)) return new CodeTried(null);
            TryLimits.TakeBack(c, "address", address);
            await TryLimits.ForgetAsync(c, "reference", named);
            c.Record("request.opened-by-code", found.Id, found.HouseholdId);
            return new CodeTried(Sittings.Open(c, null, found.Id));
        }, cancel);
        return result.Value!;
    }

    /// <summary>The request of a sitting. The resident's own read of their own record, logged as such.</summary>
    public async Task<RequestStatusView?> ReadAsync(Guid requestId, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var request = await db.Set<Request>().SingleOrDefaultAsync(r => r.Id == requestId, cancel);
        if (request is null || request.PartFilled) return null;
        var reading = ReadContext.ForResident(request.ApplicantId, Purpose.RespondToRequest, "own-status", Drafts.Door, now);
        if (await households.ReachOfAsync(reading, request.HouseholdId, request.ApplicantId, cancel) is not { } person) return null;

        var worker = request.ClaimedBy is not { } claimed ? null
            : await db.Set<Worker>().Where(w => w.Id == claimed).Join(db.Set<Organisation>(), w => w.OrganisationId, o => o.Id, (w, o) => new { w.Name, w.Role, Organisation = o.Name }).SingleOrDefaultAsync(cancel);
        var contacts = await db.Set<Contact>().Where(x => x.RequestId == requestId).OrderByDescending(x => x.At).ToListAsync(cancel);
        var awards = await db.Set<Award>().Where(a => a.RequestId == requestId).OrderBy(a => a.RecordedAt).ToListAsync(cancel);
        var needs = await db.Set<RequestNeed>().Where(n => n.RequestId == requestId).Select(n => n.NeedId).ToListAsync(cancel);
        var posted = (await Post.AboutAsync(db, requestId, cancel)).FirstOrDefault(m => m.MessageId == "request-received" && m.State is MessageState.Waiting or MessageState.Sent);

        var shown = new List<StatusAward>();
        foreach (var award in awards)
            shown.Add(new StatusAward(Reference.Show(award.Reference), await NameAsync(db, award, cancel), award.Amount, award.Status, award.ExpiresOn, award.EffectiveOn));
        return new RequestStatusView(request.Id, Reference.Show(request.Reference), request.SubmittedAt, request.AnswerBy, request.Urgency, Stage(request, awards, contacts),
            worker is null ? null : new WorkerShown(ShortName(worker.Name), worker.Role, worker.Organisation),
            contacts.FirstOrDefault(x => x.Outcome == "spoke")?.At, request is { IsOpen: true, NextOn: { } on } && on >= LondonTime.DayOf(now) ? new NextContact(on, request.NextTime, request.NextWay) : null,
            shown, needs, District.Find(request.District)?.Name, posted?.Channel, request.ForSomeoneElse, await LooksAsync(db, request.HouseholdId, cancel), person.Reach.By);
    }

    /// <summary>The resident stops their own request: it leaves the queue and every organisation it was passed to, nobody asks why, and nobody looks any more.</summary>
    public async Task<Result<Nothing>> StopAsync(Guid requestId, AuditContext who, CancellationToken cancel) =>
        await commands.RunAsync(who, async c =>
        {
            await c.Kind.HoldRowsAsync(c.Db, "request", [requestId], c.Cancel);
            var request = await c.Db.Set<Request>().AsTracking().SingleOrDefaultAsync(r => r.Id == requestId, c.Cancel);
            if (request is null) return (Result<Nothing>)new Refusal("not-found", "There is no such request.");
            if (request.Status is RequestStatus.Stopped or RequestStatus.DeclinedByResident) return Nothing.Value;
            if (request.Status is not (RequestStatus.Waiting or RequestStatus.Claimed or RequestStatus.HandedOver))
                return new Refusal("finished", "This request is finished already. Ring us if something is not right.");
            request.Status = RequestStatus.DeclinedByResident;
            request.ClosedAt = who.At;
            request.Version++;
            var passedOn = await c.Db.Set<Handover>().Where(h => h.CauseId == requestId).Select(h => h.Id).ToListAsync(c.Cancel);
            await c.Kind.HoldRowsAsync(c.Db, "handover", passedOn, c.Cancel);
            foreach (var handover in await c.Db.Set<Handover>().AsTracking().Where(h => passedOn.Contains(h.Id)).ToListAsync(c.Cancel))
            {
                handover.Stop(who.At);
                await Grounds.CloseAsync(c, handover.Id, GroundCause.HandoverAccepted);
            }
            await RequestDesk.EndAsync(c, request);
            await Grounds.CloseAsync(c, requestId, GroundCause.OpenRequest);
            c.Record("request.stopped-by-resident", requestId, request.HouseholdId);
            return Nothing.Value;
        }, cancel);

    /// <summary>A new secret code, after an adviser has made sure whom they speak with. It is given once; the old one opens nothing more, and the wait is over.</summary>
    public async Task<Result<string>> ReissueCodeAsync(Guid requestId, AuditContext who, CancellationToken cancel)
    {
        var code = ResidentCodes.New();
        return await commands.RunAsync(who, async c =>
        {
            var request = await c.Db.Set<Request>().AsTracking().SingleOrDefaultAsync(r => r.Id == requestId, c.Cancel);
            if (request is null) return (Result<string>)new Refusal("not-found", "There is no such request.");
            request.CodeHash = c.LogKey.HashSecret("request-code", code);
            request.Version++;
            await TryLimits.ForgetAsync(c, "reference", request.Reference);
            await c.Db.Set<Sitting>().Where(s => s.RequestId == requestId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, who.At), c.Cancel);
            c.Record("request.code-reissued", requestId, request.HouseholdId);
            return ResidentCodes.Show(code);
        }, cancel);
    }

    /// <summary>Whether this is still the first code, which the page of the same sitting may show.</summary>
    public async Task<bool> IsFirstCodeAsync(Guid requestId, string code, CancellationToken cancel)
    {
        var hash = key.HashSecret("request-code", code);
        await using var db = database.Open();
        return await db.Set<Request>().AnyAsync(r => r.Id == requestId && r.CodeHash == hash, cancel);
    }

    /// <summary>How many different people have looked, besides the resident.</summary>
    private static async Task<int> LooksAsync(AnyDoorDb db, Guid household, CancellationToken cancel) =>
        await db.Set<ReadSubject>().Where(s => s.SubjectId == household)
            .Join(db.Set<ReadEvent>().Where(e => e.ActorKind == ActorKind.Worker && e.ActorId != null), s => s.ReadEventId, e => e.Id, (s, e) => e.ActorId).Distinct().CountAsync(cancel);

    private static StatusStage Stage(Request request, List<Award> awards, List<Contact> contacts) => request.Status switch
    {
        RequestStatus.DeclinedByResident or RequestStatus.Stopped => StatusStage.Stopped,
        RequestStatus.Helped or RequestStatus.HandedOverAndAccepted or RequestStatus.UnableToReach => StatusStage.Finished,
        _ when awards.Any(a => a.Status is AwardStatus.Issued or AwardStatus.Redeemed) => StatusStage.Sent,
        _ when awards.Any(a => a.Status is AwardStatus.Committed) => StatusStage.Decided,
        _ when request.ClaimedBy is not null || contacts.Count > 0 => StatusStage.LookedAt,
        _ => StatusStage.Received,
    };

    /// <summary>What the scheme calls it.</summary>
    private static async Task<string> NameAsync(AnyDoorDb db, Award award, CancellationToken cancel)
    {
        var body = await db.Set<SchemeVersion>().Where(v => v.SchemeId == award.SchemeId).OrderByDescending(v => v.Number).Select(v => v.Body).FirstOrDefaultAsync(cancel);
        if (body is null) return award.AwardType;
        using var file = JsonDocument.Parse(body);
        return file.RootElement.TryGetProperty("award_types", out var types) && types.EnumerateArray().FirstOrDefault(t => t.GetProperty("id").GetString() == award.AwardType) is { ValueKind: JsonValueKind.Object } type
            && type.TryGetProperty("label", out var label) ? label.GetString()! : award.AwardType;
    }

    /// <summary>"Nadia W": a first name and an initial are enough to ask for somebody.</summary>
    internal static string ShortName(string name) => name.Trim().Split(' ') is [var first, .., var last] ? $"{first} {last[0]}" : name.Trim();
}
