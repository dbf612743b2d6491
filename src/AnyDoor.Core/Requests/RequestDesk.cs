using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>A try to reach somebody, and what was arranged.</summary>
/// <param name="Way">phone, text, email, letter, in-person.</param>
/// <param name="Outcome">spoke, no-answer, dropped, declined.</param>
public sealed record ContactTry(string Way, string Outcome, DateOnly? NextOn = null, string? NextTime = null, string? NextWay = null);

/// <summary>A request passed to an organisation: who, and word for word what they are told.</summary>
public sealed record PassOn(Guid? OrganisationId, string Organisation, string Told, IReadOnlyList<string> Needs);

/// <summary>What an organisation answered to a request that was passed to it.</summary>
public enum HandoverAnswer { Accepted, Declined, FirstContact, Helped }

/// <summary>What a hub adviser does with a request: take it, let go of it, record contact, pass it on, end it.</summary>
public sealed class RequestDesk(Database database, Commands commands)
{
    /// <summary>Working days within which an organisation answers. Then it is the hub's again, at the top (R-DOOR-04).</summary>
    public const int DaysToAnswer = 3;

    public static readonly Refusal NotThere = new("not-found", "There is no such request.");
    private static readonly string[] Ways = ["phone", "text", "email", "letter", "in-person"];
    private static readonly string[] Outcomes = ["spoke", "no-answer", "dropped", "declined"];

    /// <summary>Takes a request. Of two at once the first has it, and the second is told who.</summary>
    public Task<Result<string>> ClaimAsync(AuditContext who, string reference, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        var held = request.IsHeldBy(worker, c.Who.At);
        if (request.Claim(worker, c.Who.At) is { } refused) return refused.Code == Request.SomebodyHasIt ? await WhoHasItAsync(c, request) : refused;
        if (!held) c.Record("request.claimed", request.Id, request.HouseholdId);
        return null;
    }, cancel);

    public Task<Result<string>> ReleaseAsync(AuditContext who, string reference, CancellationToken cancel) => ChangeAsync(who, reference, (c, request, worker) =>
    {
        if (request.Release(worker) is { } refused) return Task.FromResult<Refusal?>(refused);
        c.Record("request.released", request.Id, request.HouseholdId);
        return Task.FromResult<Refusal?>(null);
    }, cancel);

    /// <summary>Records a try. A call that dropped, or nobody answering, leaves a call back for today unless another day is said.</summary>
    public Task<Result<string>> RecordContactAsync(AuditContext who, string reference, ContactTry tried, CancellationToken cancel) => ChangeAsync(who, reference, (c, request, worker) =>
    {
        if (!Outcomes.Contains(tried.Outcome)) return Task.FromResult<Refusal?>(new Refusal("outcome", "Say what came of it: you spoke, nobody answered, or the call dropped.", "outcome"));
        if (!Ways.Contains(tried.Way)) return Task.FromResult<Refusal?>(new Refusal("way", "Say how you tried: by phone, text, email, letter or in person.", "way"));
        var today = LondonTime.DayOf(c.Who.At);
        if (tried.NextOn < today) return Task.FromResult<Refusal?>(new Refusal("next-on", "The next contact cannot be in the past. Choose today or a later day.", "nextOn"));
        var next = tried.NextOn ?? (tried.Outcome is "dropped" or "no-answer" ? today : null);
        c.Insert(new Contact
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), RequestId = request.Id, At = c.Who.At, WorkerId = worker, Way = tried.Way, Outcome = tried.Outcome,
            NextOn = next, NextTime = tried.NextTime, NextWay = tried.NextWay,
        });
        if (tried.Outcome is "spoke" or "declined" or "dropped") request.Talk(c.Who.At);
        if (next is not null || tried.Outcome == "spoke") request.SetNext(next, tried.NextTime ?? (next is null ? null : request.NextTime), tried.NextWay ?? (next is null ? null : tried.Way));
        request.Worked(worker, c.Who.At);
        c.Record("request.contact", request.Id, request.HouseholdId, $"{tried.Way}, {tried.Outcome}");
        return Task.FromResult<Refusal?>(null);
    }, cancel);

    public Task<Result<string>> SetNextAsync(AuditContext who, string reference, DateOnly? on, string? time, string? way, CancellationToken cancel) => ChangeAsync(who, reference, (c, request, worker) =>
    {
        if (on is null) return Task.FromResult<Refusal?>(new Refusal("next-on", "Choose the day of the next contact.", "nextOn"));
        if (on < LondonTime.DayOf(c.Who.At)) return Task.FromResult<Refusal?>(new Refusal("next-on", "The next contact cannot be in the past. Choose today or a later day.", "nextOn"));
        if (way is not null && !Ways.Contains(way)) return Task.FromResult<Refusal?>(new Refusal("way", "Choose how: phone, text, email, letter or in person.", "nextWay"));
        if (time is { Length: > 40 }) return Task.FromResult<Refusal?>(new Refusal("time", "Keep the time short, like 9am to 11am.", "nextTime"));
        request.SetNext(on, string.IsNullOrWhiteSpace(time) ? null : time.Trim(), way);
        request.Worked(worker, c.Who.At);
        c.Record("request.next-contact", request.Id, request.HouseholdId, on.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return Task.FromResult<Refusal?>(null);
    }, cancel);

    /// <summary>Ends it as helped, declined by the resident, or unable to reach.</summary>
    public Task<Result<string>> FinishAsync(AuditContext who, string reference, RequestStatus how, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        var outcomes = await c.Db.Set<Contact>().Where(x => x.RequestId == request.Id).Select(x => x.Outcome).ToListAsync(c.Cancel);
        if (request.IsHeld(c.Who.At) && request.ClaimedBy != worker) return await WhoHasItAsync(c, request);
        if (request.Finish(how, outcomes.Count, outcomes.Any(o => o is "spoke" or "declined"), c.Who.At) is { } refused) return refused;
        await EndGroundsAsync(c, request);
        c.Record(how switch { RequestStatus.Helped => "request.helped", RequestStatus.DeclinedByResident => "request.declined", _ => "request.not-reached" }, request.Id, request.HouseholdId);
        return null;
    }, cancel);

    /// <summary>Passes it to an organisation, which is told no more than was agreed and answers within three working days.</summary>
    public Task<Result<string>> PassOnAsync(AuditContext who, string reference, PassOn to, CancellationToken cancel, Once? once = null) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        if (string.IsNullOrWhiteSpace(to.Organisation)) return new Refusal("organisation", "Choose the organisation.", "organisation");
        if (to.Told.Trim().Length < 10) return new Refusal("told", "Write what they are told, in a sentence or two that the household agreed to.", "told");
        if (to.Told.Length > 2000) return new Refusal("told", "That is longer than 2,000 letters. Tell them only what they need.", "told");
        if (request.IsHeld(c.Who.At) && request.ClaimedBy != worker) return await WhoHasItAsync(c, request);
        if (request.PassTo(to.Organisation.Trim()) is { } refused) return refused;
        c.Insert(new Handover
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Reference = Reference.New(), HouseholdId = request.HouseholdId, CauseId = request.Id, OrganisationId = to.OrganisationId,
            Organisation = to.Organisation.Trim(), Told = to.Told.Trim(), Needs = string.Join(',', to.Needs), SentAt = c.Who.At, SentBy = worker, AnswerBy = AnswerTime(c.Who.At), State = HandoverState.Sent, Version = 1,
        });
        c.Record("handover.sent", request.Id, request.HouseholdId, to.Organisation.Trim());
        return null;
    }, cancel, once);

    /// <summary>Organisations of the partnership that a request may be passed to.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> PartnersAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var all = await db.Set<Organisation>().Where(o => o.Kind != OrganisationKind.CountyHub).OrderBy(o => o.Name).Select(o => new { o.Id, o.Name }).ToListAsync(cancel);
        return all.ConvertAll(o => (o.Id, o.Name));
    }

    /// <summary>Records what the organisation answered. Accepted, they may see the household; declined, it is back at the top of the queue.</summary>
    public Task<Result<string>> AnswerAsync(AuditContext who, string reference, HandoverAnswer answer, string? why, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        if (await LatestAsync(c, request.Id) is not { } handover) return NotThere;
        var refused = answer switch
        {
            HandoverAnswer.Accepted => handover.Accept(c.Who.At) ?? request.TheyAccepted(c.Who.At),
            HandoverAnswer.Declined => handover.Decline(c.Who.At, why) ?? request.ComeBack(c.Who.At),
            HandoverAnswer.FirstContact => handover.FirstContact(c.Who.At),
            _ => handover.Helped(c.Who.At),
        };
        if (refused is not null) return refused;
        if (answer == HandoverAnswer.Accepted)
        {
            if (handover.OrganisationId is { } organisation) Grounds.Open(c, GroundCause.HandoverAccepted, request.HouseholdId, Purpose.Handover, handover.Id, organisation: organisation);
            await EndGroundsAsync(c, request);
        }
        c.Record($"handover.{answer switch { HandoverAnswer.Accepted => "accepted", HandoverAnswer.Declined => "declined", HandoverAnswer.FirstContact => "first-contact", _ => "helped" }}", handover.Id, request.HouseholdId, why);
        return null;
    }, cancel);

    /// <summary>Brings back whatever an organisation did not answer in time. Costs one look by index when there is nothing.</summary>
    public async Task<int> BringBackAsync(DateTime now, CancellationToken cancel)
    {
        await using (var db = database.Open())
        {
            if (!await db.Set<Handover>().AnyAsync(h => h.State == HandoverState.Sent && h.AnswerBy <= now, cancel)) return 0;
        }
        var who = new AuditContext(Actor.Job("handovers"), null, "job", Purpose.RespondToRequest, now);
        var back = await commands.RunAsync(who, async c =>
        {
            var late = await c.Db.Set<Handover>().AsTracking().Where(h => h.State == HandoverState.Sent && h.AnswerBy <= now).OrderBy(h => h.AnswerBy).Take(200).ToListAsync(c.Cancel);
            var causes = late.Where(h => h.CauseId is not null).Select(h => h.CauseId!.Value).ToList();
            var requests = await c.Db.Set<Request>().AsTracking().Where(r => causes.Contains(r.Id)).ToDictionaryAsync(r => r.Id, c.Cancel);
            foreach (var handover in late)
            {
                if (handover.ComeBack(now) is not null) continue;
                if (handover.CauseId is { } cause && requests.TryGetValue(cause, out var request)) request.ComeBack(now);
                c.Record("handover.came-back", handover.CauseId, handover.HouseholdId);
            }
            return (Result<int>)late.Count;
        }, cancel);
        return back.Value;
    }

    internal static DateTime AnswerTime(DateTime sentAt) => LondonTime.ToUtc(AnswerClock.AddWorkingDays(LondonTime.DayOf(sentAt), DaysToAnswer), new TimeOnly(17, 0));

    /// <summary>Changes one request, held until the command ends, so that of two workers the second sees what the first did.</summary>
    private Task<Result<string>> ChangeAsync(AuditContext who, string typed, Func<Command, Request, Guid, Task<Refusal?>> change, CancellationToken cancel, Once? once = null) => commands.RunAsync<string>(who, async c =>
    {
        if (who.Actor.Id is not { } worker || !Reference.TryParse(typed, out var reference)) return NotThere;
        var id = await c.Db.Set<Request>().Where(r => r.Reference == reference).Select(r => (Guid?)r.Id).SingleOrDefaultAsync(c.Cancel);
        if (id is null) return NotThere;
        await c.Kind.HoldRowsAsync(c.Db, "request", [id.Value], c.Cancel);
        var request = await c.Db.Set<Request>().AsTracking().SingleAsync(r => r.Id == id, c.Cancel);
        return await change(c, request, worker) is { } refused ? refused : reference;
    }, cancel, once);

    private static async Task<Refusal> WhoHasItAsync(Command c, Request request)
    {
        var name = await c.Db.Set<Worker>().Where(w => w.Id == request.ClaimedBy).Select(w => w.Name).SingleOrDefaultAsync(c.Cancel);
        return new Refusal(Request.SomebodyHasIt, $"{name ?? "Somebody else"} has this until {LondonTime.Time(request.ClaimedUntil!.Value)}.");
    }

    private static Task<Handover?> LatestAsync(Command c, Guid request) =>
        c.Db.Set<Handover>().AsTracking().Where(h => h.CauseId == request).OrderByDescending(h => h.SentAt).ThenByDescending(h => h.Id).FirstOrDefaultAsync(c.Cancel);

    private static Task<int> EndGroundsAsync(Command c, Request request)
    {
        var until = c.Who.At.AddDays(Intake.DaysAfterHelp);
        return c.Db.Set<Ground>().Where(g => g.CauseId == request.Id && g.Cause == GroundCause.OpenRequest && g.To == null).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, until), c.Cancel);
    }
}
