using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What an organisation answers to what was handed to it.</summary>
public enum HandoverAnswer { Accepted, Declined, FirstContact, Helped }

/// <summary>One handover as an organisation has it: what they were told, and whose clock runs.</summary>
/// <param name="Shared">False once the household said no, an agreement ended, or it is theirs no more: what they were told and for which needs is taken away.</param>
/// <param name="Holder">Who of theirs has it; none while nobody does.</param>
public sealed record HandoverLine(string Reference, Guid HouseholdId, HandoverState State, bool Shared, string Told, IReadOnlyList<string> Needs, bool Whole, DateTime SentAt, string SentBy, string From, DateTime? DueBy,
    string? Holder, DateTime? AcceptedAt, DateTime? FirstContactAt, DateTime? HelpedAt, DateTime? BackAt, string? WhyBack)
{
    public bool GoesOn => State is HandoverState.Sent or HandoverState.Accepted or HandoverState.FirstContact;
}

/// <summary>
/// Warm handovers (R-CASE-01): the organisation says yes or no, is in touch, helps; its clock runs all the while, and what nobody answers
/// or acts on is the hub's again, at the top of the queue.
/// </summary>
public sealed class HandoverDesk(Database database, Commands commands, HouseholdReader households)
{
    /// <summary>The household said no, or took its yes back, after the page was opened.</summary>
    public const string SharingStopped = "sharing-stopped";
    /// <summary>Stands for words that say where somebody lives who may be looked for.</summary>
    public const string NotToldAnyMore = "What was written here says where they live, and is not shown any more. Ring the hub.";
    private static readonly HandoverState[] Timed = [HandoverState.Sent, HandoverState.Accepted];

    /// <summary>What was handed to the reader's organisation: what is going on, soonest due first, then the last that ended. One look names every household of which something is told.</summary>
    /// <param name="ctx">Who reads: a household that they said they know is left out.</param>
    public async Task<IReadOnlyList<HandoverLine>> ForAsync(ReadContext ctx, CancellationToken cancel, bool onlyGoingOn = false)
    {
        if (ctx.Worker is not { } worker) return [];
        await using var db = database.Open();
        var theirs = TheirsOf(db, worker);
        if (onlyGoingOn) theirs = theirs.Where(h => h.State == HandoverState.Sent || h.State == HandoverState.Accepted || h.State == HandoverState.FirstContact);
        var all = await LinesAsync(db, ctx, theirs, 200, recordIt: true, cancel);
        return [.. all.OrderBy(h => h.GoesOn ? 0 : 1).ThenBy(h => h.DueBy ?? DateTime.MaxValue).ThenByDescending(h => h.SentAt)];
    }

    /// <summary>One of theirs, with the household once it was accepted, as the gate lets this reader see it. Null: there is none, or it is another's, which is the same answer.</summary>
    public async Task<(HandoverLine Line, HouseholdView? Household)?> OpenAsync(ReadContext ctx, string typed, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker || !Reference.TryParse(typed, out var reference)) return null;
        HandoverLine? line;
        bool theirs;
        Guid? asker;
        await using (var db = database.Open())
        {
            var which = TheirsOf(db, worker).Where(h => h.Reference == reference);
            theirs = await which.AnyAsync(h => h.State == HandoverState.Accepted || h.State == HandoverState.FirstContact || h.State == HandoverState.Helped, cancel);
            asker = await which.Join(db.Set<Request>(), h => h.CauseId, r => (Guid?)r.Id, (h, r) => (Guid?)r.ApplicantId).FirstOrDefaultAsync(cancel);
            line = (await LinesAsync(db, ctx, which, 1, recordIt: !theirs, cancel)).FirstOrDefault();
        }
        if (line is null) return null;
        var household = theirs ? await households.OpenAsync(ctx, line.HouseholdId, cancel, about: asker) : null;
        // The look is in the log with the record, or refused: then nothing of it is told either.
        return (theirs && household is null ? Cut(line) : line, household);
    }

    /// <summary>How one of theirs stands, and nothing of whom it is about.</summary>
    public async Task<(string Reference, HandoverState State)?> StateAsync(WhoIsWorking worker, string typed, CancellationToken cancel)
    {
        if (!Reference.TryParse(typed, out var reference)) return null;
        await using var db = database.Open();
        var found = await TheirsOf(db, worker).Where(h => h.Reference == reference).Select(h => new { h.Reference, h.State }).SingleOrDefaultAsync(cancel);
        return found is null ? null : (found.Reference, found.State);
    }

    /// <summary>Those of this worker's organisation, without whom the worker said they know, and without a restricted record, which is not there for whoever holds a handover of it either.</summary>
    private static IQueryable<Handover> TheirsOf(AnyDoorDb db, WhoIsWorking worker) => db.Set<Handover>().Where(h => h.OrganisationId == worker.OrganisationId
        && !db.Set<Ground>().Any(g => g.HouseholdId == h.HouseholdId && g.To == null && (g.Cause == Restriction.Cause || (g.Cause == Tie.Cause && g.WorkerId == worker.WorkerId))));

    private async Task<List<HandoverLine>> LinesAsync(AnyDoorDb db, ReadContext ctx, IQueryable<Handover> which, int most, bool recordIt, CancellationToken cancel)
    {
        var found = await which.OrderByDescending(h => h.SentAt).Take(most).ToListAsync(cancel);
        var still = await households.StillHandedOverAsync(ctx, [.. found.Where(h => IsTheirs(h, ctx.Audit.At)).Select(h => h.HouseholdId)], cancel, recordIt);
        // What was told before somebody was known to be at risk may say where they live.
        var unsafe_ = new HashSet<Guid>();
        foreach (var h in found.Where(h => still.Contains(h.HouseholdId)))
            if (await HiddenHome.IsInAsync(db, h.HouseholdId, h.Told, cancel)) unsafe_.Add(h.Id);
        var people = found.Select(h => h.SentBy).Concat(found.Select(h => h.HeldBy).OfType<Guid>()).Distinct().ToArray();
        var workers = await db.Set<Worker>().Where(w => people.Contains(w.Id)).Join(db.Set<Organisation>(), w => w.OrganisationId, o => o.Id, (w, o) => new { w.Id, w.Name, Organisation = o.Name }).ToDictionaryAsync(w => w.Id, cancel);
        return found.ConvertAll(h =>
        {
            var line = new HandoverLine(h.Reference, h.HouseholdId, h.State, true, unsafe_.Contains(h.Id) ? NotToldAnyMore : h.Told, [.. h.Needs.Split(',', StringSplitOptions.RemoveEmptyEntries)], h.Whole, h.SentAt,
                workers.GetValueOrDefault(h.SentBy)?.Name ?? "the hub", workers.GetValueOrDefault(h.SentBy)?.Organisation ?? "The hub", h.DueBy, h.HeldBy is { } holder ? workers.GetValueOrDefault(holder)?.Name : null,
                h.AcceptedAt, h.FirstContactAt, h.HelpedAt, h.BackAt, h.WhyBack);
            return IsTheirs(h, ctx.Audit.At) && still.Contains(h.HouseholdId) ? line : Cut(line);
        });
    }

    private static HandoverLine Cut(HandoverLine line) => line with { Shared = false, Told = "", Needs = [] };

    /// <summary>Going on, or helped so lately that they may still look; what they declined or what came back is not theirs to read.</summary>
    private static bool IsTheirs(Handover handover, DateTime now) => handover.State switch
    {
        HandoverState.Sent or HandoverState.Accepted or HandoverState.FirstContact => true,
        HandoverState.Helped => handover.HelpedAt is { } at && now < at.AddDays(Intake.DaysAfterHelp),
        _ => false,
    };

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
            if (await Grounds.IsShutAsync(c.Db, handover.HouseholdId, worker.WorkerId, who.At, c.Cancel)) return RequestDesk.NotThere;
            if (!theirs && await HiddenHome.RefuseAsync(c.Db, handover.HouseholdId, why, "why", c.Cancel) is { } hidden) return hidden;
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
        if (await SaidNoAsync(c, worker.OrganisationId, handover.HouseholdId)) return new Refusal(SharingStopped, "They no longer share this with you, so nothing was written down. The hub has been told.");
        return answer == HandoverAnswer.Accepted && handover.OrganisationId is { } organisation ? await Agreements.MayHandOverAsync(c, organisation, handover.Organisation) is { } none ? none with { Field = null } : null : null;
    }

    /// <summary>Asked about this organisation, somebody of the household said no, or took their yes back, in any record that is joined with it.</summary>
    internal static async Task<bool> SaidNoAsync(Command c, Guid organisation, Guid household)
    {
        var root = await c.Db.Set<Household>().Where(h => h.Id == household).Select(h => h.JoinedTo ?? h.Id).SingleAsync(c.Cancel);
        var said = await c.Db.Set<Permission>().Where(p => c.Db.Set<Household>().Any(h => h.Id == p.HouseholdId && (h.Id == root || h.JoinedTo == root))).ToListAsync(c.Cancel);
        var kind = await c.Db.Set<Organisation>().Where(o => o.Id == organisation).Select(o => o.Kind).SingleAsync(c.Cancel);
        return said.Select(p => p.HouseholdId).Distinct().Any(id => Gate.SaidNo(new Looker(ActorKind.Worker, null, null, organisation, AskedAs: Permissions.KindOf(kind)), id, Purpose.Handover, said, c.Who.At));
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
        if (await HiddenHome.RefuseAsync(c.Db, handover.HouseholdId, why, "why", c.Cancel) is { } hidden) return hidden;
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
