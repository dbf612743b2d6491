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
/// <remarks>Passed on, accepted elsewhere, helped, not reached, stopped: each ends the steps with a sentence of its own.</remarks>
public enum StatusStage { Received, LookedAt, Decided, Sent, PassedOn, TakenOn, Finished, NotReached, Stopped, SetAside }

/// <summary>An award as the resident sees it: its state and when it runs out, never a code.</summary>
/// <param name="Name">As the scheme calls it.</param>
public sealed record StatusAward(string Reference, string Name, Money Amount, AwardStatus State, DateOnly? ExpiresOn, DateOnly MadeOn);

/// <summary>A resident's own request.</summary>
/// <param name="Worker">First name and initial, with the role and organisation in words.</param>
/// <param name="Texted">How we told them that we have it; null: we did not write.</param>
/// <param name="District">Where they live, by name; null: not known, or not here.</param>
/// <param name="Outside">They live where none of the loaded postcodes is: another council's area.</param>
/// <param name="ToAsker">It is shown to whoever asked for somebody else: that we have it, and nothing of what became of it.</param>
/// <param name="Tries">How often we tried to reach them.</param>
public sealed record RequestStatusView(Guid RequestId, string Reference, DateTime ReceivedAt, DateTime AnswerBy, Urgency Urgency, StatusStage Stage, WorkerShown? Worker, DateTime? ContactedAt, NextContact? Next,
    IReadOnlyList<StatusAward> Awards, IReadOnlyList<string> Needs, string? District, bool Outside, MessageChannel? Texted, bool ToAsker, int Tries, ContactWay ReachedBy)
{
    /// <summary>Nothing goes to them and nobody rings: they have told us no safe way.</summary>
    public bool NoSafeWay => ReachedBy == ContactWay.DoNotContactFirst;

    /// <summary>The record is kept and not worked with, so nobody is reading it.</summary>
    public bool Restricted { get; init; }

    /// <summary>Something was decided, or may have been said to them: somebody else can look again.</summary>
    public bool MayBeReviewed => !ToAsker && !Restricted && Stage is not (StatusStage.Stopped or StatusStage.NotReached or StatusStage.SetAside) && (Awards.Count > 0 || ContactedAt is not null || Stage == StatusStage.Finished);

    public bool MayBeStopped => !ToAsker && Stage is StatusStage.Received or StatusStage.LookedAt or StatusStage.Decided or StatusStage.Sent or StatusStage.PassedOn;
}

public sealed record WorkerShown(string Name, Role Role, string Organisation);

public sealed record NextContact(DateOnly On, string? Time, string? Way);

/// <summary>
/// Opens a sent request with its reference and secret code. The person's own code opens all of it; the first code of a request that somebody else made
/// opens for the asker that we have it, and no more: an asker may be the very person they are not safe from.
/// </summary>
public sealed partial class RequestStatusDesk(Database database, Commands commands, LogKey key, HouseholdReader households, PostcodeDirectory postcodes, SchemeBook schemes)
{
    public static readonly Refusal NotTheAskers = new("not-theirs", "Only the person themselves can stop it. They can ring us and say the reference.");

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
            var found = await c.Db.Set<Request>().SingleOrDefaultAsync(r => r.Reference == named, c.Cancel);
            var right = CryptographicOperations.FixedTimeEquals(given, found?.CodeHash ?? new byte[given.Length]);
            var first = CryptographicOperations.FixedTimeEquals(given, FirstHash(found?.Id ?? Guid.Empty));
            // The asker's code goes on opening their page when the person has one of their own: nothing tells the asker that they do.
            var asker = first && found is { AskedByAnother: true, CodeHash: not null };
            if (found is null || !(right || asker) || found.ClosedAt < who.At.AddDays(-ResidentCodes.DaysAfterEnd)) return new CodeTried(null);
            TryLimits.TakeBack(c, "address", address);
            await TryLimits.ForgetAsync(c, "reference", named);
            c.Record(asker ? "request.opened-by-asker" : "request.opened-by-code", found.Id, found.HouseholdId);
            return new CodeTried(Sittings.Open(c, null, found.Id, asker));
        }, cancel);
        return result.Value!;
    }

    /// <summary>The request of a sitting. The resident's own read of their own record, logged as such.</summary>
    /// <param name="toAsker">For whoever asked for somebody else: nothing of the household, and nothing of what became of it.</param>
    public async Task<RequestStatusView?> ReadAsync(Guid requestId, DateTime now, CancellationToken cancel, bool toAsker = false)
    {
        await using var db = database.Open();
        var request = await db.Set<Request>().SingleOrDefaultAsync(r => r.Id == requestId, cancel);
        if (request is null || request.PartFilled) return null;
        if (toAsker) return await ForAskerAsync(db, request, cancel);
        var reading = ReadContext.ForResident(request.ApplicantId, Purpose.RespondToRequest, "own-status", Drafts.Door, now);
        if (await households.ReachOfAsync(reading, request.HouseholdId, request.ApplicantId, cancel) is not { } person) return null;

        var restricted = await Grounds.IsRestrictedAsync(db, request.HouseholdId, now, cancel);
        var worker = restricted || request.ClaimedBy is not { } claimed ? null
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
            contacts.FirstOrDefault(x => x.Outcome == "spoke")?.At, !restricted && request is { IsOpen: true, NextOn: { } on } && on >= LondonTime.DayOf(now) ? new NextContact(on, request.NextTime, request.NextWay) : null,
            shown, needs, District.Find(request.District)?.Name, await IsOutsideAsync(request, cancel), posted?.Channel, false, contacts.Count, person.Reach.By) { Restricted = restricted };
    }

    /// <summary>All that an asker reads, they told us themselves: when they asked, and whether they told a safe way.</summary>
    private static async Task<RequestStatusView> ForAskerAsync(AnyDoorDb db, Request request, CancellationToken cancel)
    {
        var told = await db.Set<SafeContact>().Where(s => s.PersonId == request.ApplicantId && s.ToldTo == null).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Select(s => (ContactWay?)s.By).FirstOrDefaultAsync(cancel);
        return new RequestStatusView(request.Id, Reference.Show(request.Reference), request.SubmittedAt, request.AnswerBy, request.Urgency, StatusStage.Received, null, null, null, [], [], null, false, null, true, 0, told ?? ContactWay.DoNotContactFirst);
    }

    /// <summary>Only where no loaded postcode begins as theirs does: one that is new or misspelt may still be ours.</summary>
    private async Task<bool> IsOutsideAsync(Request request, CancellationToken cancel)
    {
        if (request.District is not null) return District.Find(request.District) is null;
        if (Postcode.FromStored(request.Postcode) is not { } postcode) return false;
        await postcodes.RefreshAsync(cancel);
        return postcodes.Any && !postcodes.HasOutward(postcode.Outward);
    }

    /// <summary>The resident stops their own request: it leaves the queue and every organisation it was passed to, nobody asks why, and nobody looks any more.</summary>
    public async Task<Result<Nothing>> StopAsync(Guid requestId, AuditContext who, CancellationToken cancel) =>
        await commands.RunAsync(who, async c =>
        {
            await c.Kind.HoldRowsAsync(c.Db, "request", [requestId], c.Cancel);
            var request = await c.Db.Set<Request>().AsTracking().SingleOrDefaultAsync(r => r.Id == requestId, c.Cancel);
            if (request is null) return (Result<Nothing>)new Refusal("not-found", "There is no such request.");
            if (who.Actor.Kind == ActorKind.Representative) return NotTheAskers;
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
                if (handover.IsGoingOn)
                {
                    handover.Stop(who.At);
                    await HandoverDesk.TellAsync(c, handover);
                }
                await Grounds.CloseAsync(c, handover.Id, GroundCause.HandoverAccepted);
            }
            await RequestDesk.EndAsync(c, request);
            await Grounds.CloseAsync(c, requestId, GroundCause.OpenRequest);
            c.Record("request.stopped-by-resident", requestId, request.HouseholdId);
            return Nothing.Value;
        }, cancel);

    /// <summary>
    /// A new secret code, after an adviser has made sure whom they speak with. It is given once; the old one opens nothing more, and the wait is over.
    /// Somebody for whom another asked gets their first own code so, once they were talked to.
    /// </summary>
    /// <param name="how">How the adviser knows that it is them.</param>
    public async Task<Result<string>> ReissueCodeAsync(Guid requestId, string how, AuditContext who, CancellationToken cancel, int? version = null)
    {
        if (how.Trim().Length is < 5 or > 500) return new Refusal("how", "Say in a few words how you know that it is them: somebody else may want to see this.", "how");
        var code = ResidentCodes.New();
        return await commands.RunAsync(who with { Reason = how.Trim() }, async c =>
        {
            await c.Kind.HoldRowsAsync(c.Db, "request", [requestId], c.Cancel);
            var request = await c.Db.Set<Request>().AsTracking().SingleOrDefaultAsync(r => r.Id == requestId, c.Cancel);
            if (request is null) return (Result<string>)new Refusal("not-found", "There is no such request.");
            if (version is { } seen && request.Version != seen)
                return new Refusal("changed", "This request has changed since this page was opened, perhaps by a code that was made just now: that one stands. Press again only if another is needed.");
            if (request.PartFilled) return new Refusal("not-sent", "This form is not sent yet, so there is nothing for a code to open.");
            if (request.ClosedAt < who.At.AddDays(-ResidentCodes.DaysAfterEnd)) return new Refusal("ended", $"This ended more than {ResidentCodes.DaysAfterEnd} days ago, and no code opens it any more.");
            if (request.AskedByAnother && request.FirstContactAt is null)
                return new Refusal("speak-first", "Somebody else asked for them. Speak with them first, in the way that is safe for them, and record that you spoke. Then they can have a code of their own.");
            request.CodeHash = c.LogKey.HashSecret("request-code", code);
            request.Version++;
            await TryLimits.ForgetAsync(c, "reference", request.Reference);
            await c.Db.Set<Sitting>().Where(s => s.RequestId == requestId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, who.At), c.Cancel);
            c.Record("request.code-reissued", requestId, request.HouseholdId);
            return ResidentCodes.Show(code);
        }, cancel);
    }

    /// <summary>Whether the first code still opens something, so that the page of the same sitting may show it.</summary>
    public async Task<bool> IsFirstCodeAsync(Guid requestId, string code, CancellationToken cancel)
    {
        var hash = key.HashSecret("request-code", code);
        await using var db = database.Open();
        return await db.Set<Request>().AnyAsync(r => r.Id == requestId && (r.CodeHash == hash || (r.CodeHash != null && r.ForSomeoneElse && r.BroughtByOrganisation == null)), cancel);
    }

    private byte[] FirstHash(Guid request) => FirstHash(key, request);

    private static byte[] FirstHash(LogKey key, Guid request) => key.HashSecret("request-code", ResidentCodes.OfRequest(key, request));

    /// <summary>A code opens it that the person themselves was given: the first of a request that another made is the asker's.</summary>
    internal static bool HasOwnCode(LogKey key, Request request) => request.CodeHash is { } code && !(request.AskedByAnother && CryptographicOperations.FixedTimeEquals(code, FirstHash(key, request.Id)));

    private static StatusStage Stage(Request request, List<Award> awards, List<Contact> contacts) => request.Status switch
    {
        RequestStatus.DeclinedByResident or RequestStatus.Stopped => StatusStage.Stopped,
        RequestStatus.Helped => StatusStage.Finished,
        RequestStatus.UnableToReach => StatusStage.NotReached,
        RequestStatus.SetAside => StatusStage.SetAside,
        RequestStatus.HandedOver => StatusStage.PassedOn,
        RequestStatus.HandedOverAndAccepted => StatusStage.TakenOn,
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
