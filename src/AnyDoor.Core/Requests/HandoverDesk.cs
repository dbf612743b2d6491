using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What an organisation answers to what was handed to it.</summary>
public enum HandoverAnswer { Accepted, Declined, FirstContact, Helped }

/// <summary>One handover as an organisation has it: what they were told, and whose clock runs. No person is read for it.</summary>
/// <param name="Holder">Who of theirs has it; none while nobody does.</param>
public sealed record HandoverLine(string Reference, Guid HouseholdId, HandoverState State, string Told, IReadOnlyList<string> Needs, bool Whole, DateTime SentAt, string SentBy, string From, DateTime? DueBy,
    string? Holder, DateTime? AcceptedAt, DateTime? FirstContactAt, DateTime? HelpedAt, DateTime? BackAt, string? WhyBack);

/// <summary>
/// Warm handovers (R-CASE-01): the organisation says yes or no, is in touch, helps; its clock runs all the while, and what nobody answers
/// or acts on is the hub's again, at the top of the queue.
/// </summary>
public sealed class HandoverDesk(Database database, Commands commands)
{
    /// <summary>The household said no, or took its yes back, after the page was opened.</summary>
    public const string SharingStopped = "sharing-stopped";
    private static readonly HandoverState[] Timed = [HandoverState.Sent, HandoverState.Accepted];

    /// <summary>What was handed to an organisation: what is going on, soonest due first, then the last that ended.</summary>
    /// <param name="worker">Who reads: a household that they said they know is left out.</param>
    public async Task<IReadOnlyList<HandoverLine>> ForAsync(Guid organisation, CancellationToken cancel, Guid? worker = null)
    {
        await using var db = database.Open();
        var all = await LinesAsync(db, Untied(db, worker).Where(h => h.OrganisationId == organisation), 200, cancel);
        return [.. all.OrderBy(h => h.State is HandoverState.Sent or HandoverState.Accepted or HandoverState.FirstContact ? 0 : 1).ThenBy(h => h.DueBy ?? DateTime.MaxValue).ThenByDescending(h => h.SentAt)];
    }

    /// <summary>One of theirs. Null: there is none, or it is another's, which is the same answer.</summary>
    public async Task<HandoverLine?> FindAsync(Guid organisation, string typed, CancellationToken cancel, Guid? worker = null)
    {
        if (!Reference.TryParse(typed, out var reference)) return null;
        await using var db = database.Open();
        return (await LinesAsync(db, Untied(db, worker).Where(h => h.OrganisationId == organisation && h.Reference == reference), 1, cancel)).FirstOrDefault();
    }

    private static IQueryable<Handover> Untied(AnyDoorDb db, Guid? worker) => worker is not { } who ? db.Set<Handover>()
        : db.Set<Handover>().Where(h => !db.Set<Ground>().Any(g => g.HouseholdId == h.HouseholdId && g.WorkerId == who && g.Cause == Tie.Cause && g.To == null));

    private static async Task<List<HandoverLine>> LinesAsync(AnyDoorDb db, IQueryable<Handover> which, int most, CancellationToken cancel)
    {
        // A restricted record is not there, for an organisation that holds a handover of it either.
        var found = await which.Where(h => !db.Set<Ground>().Any(g => g.HouseholdId == h.HouseholdId && g.Cause == Restriction.Cause && g.To == null)).OrderByDescending(h => h.SentAt).Take(most).ToListAsync(cancel);
        var people = found.Select(h => h.SentBy).Concat(found.Select(h => h.HeldBy).OfType<Guid>()).Distinct().ToArray();
        var workers = await db.Set<Worker>().Where(w => people.Contains(w.Id)).Join(db.Set<Organisation>(), w => w.OrganisationId, o => o.Id, (w, o) => new { w.Id, w.Name, Organisation = o.Name }).ToDictionaryAsync(w => w.Id, cancel);
        return found.ConvertAll(h => new HandoverLine(h.Reference, h.HouseholdId, h.State, h.WhyBack == Handover.NoLongerShared ? "" : h.Told, [.. h.Needs.Split(',', StringSplitOptions.RemoveEmptyEntries)], h.Whole, h.SentAt,
            workers.GetValueOrDefault(h.SentBy)?.Name ?? "the hub", workers.GetValueOrDefault(h.SentBy)?.Organisation ?? "The hub", h.DueBy, h.HeldBy is { } holder ? workers.GetValueOrDefault(holder)?.Name : null,
            h.AcceptedAt, h.FirstContactAt, h.HelpedAt, h.BackAt, h.WhyBack));
    }

    /// <summary>
    /// Keeps an answer: a worker's of that organisation, or the hub's who wrote down what they said. Anybody else's is for something that is not there.
    /// Accepted, they may see the household; declined, it is the hub's again with the reason.
    /// </summary>
    public async Task<Result<string>> AnswerAsync(AuditContext who, WhoIsWorking worker, string typed, HandoverAnswer answer, string? why, CancellationToken cancel, Once? once = null)
    {
        (Guid Id, Guid Household)? of = null;
        var answered = await ChangeAsync(who, typed, async (c, handover, request) =>
        {
            var theirs = handover.OrganisationId == worker.OrganisationId;
            if (!theirs && !(worker is { IsHub: true, Role: Role.HubAdviser })) return RequestDesk.NotThere;
            of = (handover.Id, handover.HouseholdId);
            if (await c.Db.Set<Ground>().AnyAsync(g => g.HouseholdId == handover.HouseholdId && g.WorkerId == worker.WorkerId && g.Cause == Tie.Cause && g.To == null, c.Cancel)) return RequestDesk.NotThere;
            if (theirs && answer != HandoverAnswer.Declined && await MayStillAsync(c, handover, worker, answer) is { } stopped) return stopped;
            return await AnswerAsync(c, handover, request, worker, answer, why);
        }, cancel, once);
        // The refusal leaves nothing behind; that it was tried is kept by itself.
        if (answered is { Done: false, Refusal.Code: SharingStopped or Agreements.NotInForce } && of is { } tried)
            await commands.RunAsync(who, c => { c.Record("handover.answer-refused", tried.Id, tried.Household); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, cancel);
        return answered;
    }

    private static async Task<Refusal?> MayStillAsync(Command c, Handover handover, WhoIsWorking worker, HandoverAnswer answer)
    {
        var household = handover.HouseholdId;
        var said = await c.Db.Set<Permission>().Where(p => p.HouseholdId == household).ToListAsync(c.Cancel);
        var looker = new Looker(ActorKind.Worker, worker.WorkerId, worker.Role, worker.OrganisationId, worker.IsHub, Permissions.KindOf(worker.OrganisationKind));
        if (Gate.SaidNo(looker, household, Purpose.Handover, said, c.Who.At)) return new Refusal(SharingStopped, "They no longer share this with you, so nothing was written down. The hub has been told.");
        return answer == HandoverAnswer.Accepted && handover.OrganisationId is { } organisation ? await Agreements.MayHandOverAsync(c, organisation, handover.Organisation) is { } none ? none with { Field = null } : null : null;
    }

    /// <summary>Brings back what organisations have of these households that they may no longer see: a no, or a yes taken back. Whoever has the page open is refused at the next press.</summary>
    internal static async Task StopSharingAsync(Command c, IReadOnlyCollection<Guid> households)
    {
        var ids = households.ToArray();
        var causes = await c.Db.Set<Handover>().Where(h => ids.Contains(h.HouseholdId) && h.CauseId != null).Select(h => h.CauseId!.Value).Distinct().ToListAsync(c.Cancel);
        await c.Kind.HoldRowsAsync(c.Db, "request", causes, c.Cancel);
        var going = await c.Db.Set<Handover>().AsTracking().Where(h => ids.Contains(h.HouseholdId) && h.OrganisationId != null && (h.State == HandoverState.Sent || h.State == HandoverState.Accepted || h.State == HandoverState.FirstContact)).ToListAsync(c.Cancel);
        if (going.Count == 0) return;
        var said = await c.Db.Set<Permission>().Where(p => ids.Contains(p.HouseholdId)).ToListAsync(c.Cancel);
        var organisations = going.Select(h => h.OrganisationId!.Value).Distinct().ToArray();
        var kinds = await c.Db.Set<Organisation>().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Kind, c.Cancel);
        foreach (var handover in going)
        {
            var looker = new Looker(ActorKind.Worker, null, null, handover.OrganisationId, AskedAs: Permissions.KindOf(kinds[handover.OrganisationId!.Value]));
            if (!Gate.SaidNo(looker, handover.HouseholdId, Purpose.Handover, said, c.Who.At) || !handover.StopSharing(c.Who.At)) continue;
            await BackAsync(c, handover, handover.CauseId is { } cause ? await c.Db.Set<Request>().AsTracking().SingleOrDefaultAsync(r => r.Id == cause, c.Cancel) : null);
            await TellAsync(c, handover);
            c.Record("handover.sharing-stopped", handover.Id, handover.HouseholdId);
        }
    }

    /// <summary>The same word everywhere outside: in events, in the API and in files.</summary>
    public static string Word(HandoverState state) => state switch
    {
        HandoverState.Sent => "sent", HandoverState.Accepted => "accepted", HandoverState.FirstContact => "reached", HandoverState.Helped => "helped", HandoverState.Declined => "declined",
        HandoverState.CameBack => "came-back", _ => "taken-back",
    };

    public static readonly IReadOnlyDictionary<string, HandoverAnswer> Answers = new Dictionary<string, HandoverAnswer>
    {
        ["accepted"] = HandoverAnswer.Accepted, ["cannot"] = HandoverAnswer.Declined, ["reached"] = HandoverAnswer.FirstContact, ["helped"] = HandoverAnswer.Helped,
    };

    /// <summary>Tells the organisation's own systems that it moved: which one and to what, never who it is about.</summary>
    internal static Task TellAsync(Command c, Handover handover) => WebhookDesk.TellAsync(c, handover.OrganisationId, "handover." + Word(handover.State), handover.Reference);

    private static async Task<Refusal?> AnswerAsync(Command c, Handover handover, Request? request, WhoIsWorking worker, HandoverAnswer answer, string? why)
    {
        if (why is { Length: > 500 }) return new Refusal("why", "Say why in fewer than 500 letters.", "why");
        var theirs = handover.OrganisationId == worker.OrganisationId;
        var refused = answer switch
        {
            HandoverAnswer.Accepted => handover.Accept(c.Who.At, RequestDesk.AnswerTime(c.Who.At), theirs ? worker.WorkerId : null),
            HandoverAnswer.Declined => handover.Decline(c.Who.At, why),
            HandoverAnswer.FirstContact => handover.FirstContact(c.Who.At),
            _ => handover.Helped(c.Who.At),
        };
        if (refused is null && handover.Whole && request is not null && answer == HandoverAnswer.Accepted) refused = request.TheyAccepted(c.Who.At);
        if (refused is not null) return refused;
        if (theirs && answer is HandoverAnswer.FirstContact or HandoverAnswer.Helped) handover.HeldBy ??= worker.WorkerId;
        switch (answer)
        {
            case HandoverAnswer.Accepted:
                if (handover.OrganisationId is { } organisation) Grounds.Open(c, GroundCause.HandoverAccepted, handover.HouseholdId, Purpose.Handover, handover.Id, organisation: organisation);
                if (handover.Whole && request is not null) await RequestDesk.EndAsync(c, request);
                break;
            case HandoverAnswer.Declined:
                await BackAsync(c, handover, request);
                break;
            case HandoverAnswer.Helped:
                // As the hub may: to see that it helped, and for questions.
                var until = c.Who.At.AddDays(Intake.DaysAfterHelp);
                await c.Db.Set<Ground>().Where(g => g.CauseId == handover.Id && g.To == null).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, until), c.Cancel);
                break;
        }
        c.Record($"handover.{answer switch { HandoverAnswer.Accepted => "accepted", HandoverAnswer.Declined => "declined", HandoverAnswer.FirstContact => "first-contact", _ => "helped" }}", handover.Id, handover.HouseholdId, why);
        await TellAsync(c, handover);
        return null;
    }

    /// <summary>The hub takes back what has not been answered: the household thought better of it, or there is another way.</summary>
    public Task<Result<string>> TakeBackAsync(AuditContext who, WhoIsWorking worker, string typed, string? why, CancellationToken cancel) => ChangeAsync(who, typed, async (c, handover, request) =>
    {
        if (worker is not { IsHub: true, Role: Role.HubAdviser }) return RequestDesk.NotThere;
        if (handover.TakeBack(c.Who.At, why) is { } refused) return refused;
        if (handover.Whole) request?.ComeBack(c.Who.At);
        c.Record("handover.taken-back", handover.Id, handover.HouseholdId, why);
        await TellAsync(c, handover);
        return null;
    }, cancel);

    private DateTime lookedAt;

    /// <summary>As <see cref="BringBackAsync"/>, for a page that is opened often: this process looks once in ten seconds.</summary>
    public Task<int> BringBackNowAndThenAsync(DateTime now, CancellationToken cancel)
    {
        if ((now - lookedAt).Duration() < TimeSpan.FromSeconds(10)) return Task.FromResult(0);
        lookedAt = now;
        return BringBackAsync(now, cancel);
    }

    /// <summary>Brings back whatever an organisation did not answer, or did not act on, in time. Costs one look by index when there is nothing.</summary>
    public async Task<int> BringBackAsync(DateTime now, CancellationToken cancel)
    {
        await using (var db = database.Open())
        {
            if (!await Late(db, now).AnyAsync(cancel)) return 0;
        }
        var who = new AuditContext(Actor.Job("handovers"), null, "job", Purpose.RespondToRequest, now);
        var back = await commands.RunAsync(who, async c =>
        {
            var found = await Late(c.Db, now).OrderBy(h => h.AnswerBy).Select(h => new { h.Id, h.CauseId }).Take(200).ToListAsync(c.Cancel);
            var causes = found.Select(h => h.CauseId).OfType<Guid>().Distinct().ToList();
            await c.Kind.HoldRowsAsync(c.Db, "request", causes, c.Cancel);
            // Another process may have brought some of them back while this one waited.
            var ids = found.ConvertAll(h => h.Id);
            var late = await Late(c.Db, now).AsTracking().Where(h => ids.Contains(h.Id)).ToListAsync(c.Cancel);
            var requests = await c.Db.Set<Request>().AsTracking().Where(r => causes.Contains(r.Id)).ToDictionaryAsync(r => r.Id, c.Cancel);
            foreach (var handover in late)
            {
                if (handover.ComeBack(now) is not null) continue;
                await BackAsync(c, handover, handover.CauseId is { } cause ? requests.GetValueOrDefault(cause) : null);
                c.Record("handover.came-back", handover.CauseId, handover.HouseholdId);
                await TellAsync(c, handover);
            }
            return (Result<int>)late.Count;
        }, cancel);
        return back.Value;
    }

    private static IQueryable<Handover> Late(AnyDoorDb db, DateTime now) =>
        db.Set<Handover>().Where(h => Timed.Contains(h.State) && (h.State == HandoverState.Sent ? h.AnswerBy <= now : h.ContactBy != null && h.ContactBy <= now));

    /// <summary>The organisation sees the household no more, and the hub, which answers for it again, does.</summary>
    private static async Task BackAsync(Command c, Handover handover, Request? request)
    {
        await Grounds.CloseAsync(c, handover.Id, GroundCause.HandoverAccepted);
        // What they stopped, or said no to, stays ended.
        if (request is null or { Status: RequestStatus.DeclinedByResident or RequestStatus.Stopped }) return;
        if (request.Status == RequestStatus.HandedOver && handover.Whole) request.ComeBack(c.Who.At);
        else
        {
            request.PartCameBack(c.Who.At);
            await c.Db.Set<Ground>().Where(g => g.CauseId == request.Id && g.Cause == GroundCause.OpenRequest).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, (DateTime?)null), c.Cancel);
        }
    }

    private Task<Result<string>> ChangeAsync(AuditContext who, string typed, Func<Command, Handover, Request?, Task<Refusal?>> change, CancellationToken cancel, Once? once = null) => commands.RunAsync<string>(who, async c =>
    {
        if (!Reference.TryParse(typed, out var reference)) return RequestDesk.NotThere;
        var found = await c.Db.Set<Handover>().Where(h => h.Reference == reference).Select(h => new { h.Id, h.CauseId }).SingleOrDefaultAsync(c.Cancel);
        if (found is null) return RequestDesk.NotThere;
        // The request first, then its handover: everybody holds them in this order.
        if (found.CauseId is { } cause) await c.Kind.HoldRowsAsync(c.Db, "request", [cause], c.Cancel);
        await c.Kind.HoldRowsAsync(c.Db, "handover", [found.Id], c.Cancel);
        var handover = await c.Db.Set<Handover>().AsTracking().SingleAsync(h => h.Id == found.Id, c.Cancel);
        if (await Grounds.IsRestrictedAsync(c.Db, handover.HouseholdId, who.At, c.Cancel)) return RequestDesk.NotThere;
        var request = found.CauseId is null ? null : await c.Db.Set<Request>().AsTracking().SingleOrDefaultAsync(r => r.Id == found.CauseId, c.Cancel);
        return await change(c, handover, request) is { } refused ? refused : reference;
    }, cancel, once);
}
