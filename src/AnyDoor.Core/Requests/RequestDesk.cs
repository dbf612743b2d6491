using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>A try to reach somebody, and what was arranged.</summary>
/// <param name="Way">phone, text, email, letter, in-person.</param>
/// <param name="Outcome">spoke, no-answer, dropped, declined.</param>
public sealed record ContactTry(string Way, string Outcome, DateOnly? NextOn = null, string? NextTime = null, string? NextWay = null);

/// <summary>A request passed to an organisation: who, and word for word what they are told.</summary>
/// <param name="Whole">The whole request leaves the queue; otherwise only these needs go, and the hub goes on with the rest.</param>
public sealed record PassOn(Guid? OrganisationId, string Organisation, string Told, IReadOnlyList<string> Needs, bool Whole = true);

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
        await InContactAsync(c, request, worker);
        return null;
    }, cancel);

    public Task<Result<string>> ReleaseAsync(AuditContext who, string reference, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        if (request.Release(worker) is { } refused) return refused;
        await Grounds.CloseAsync(c, request.Id, GroundCause.InContact);
        c.Record("request.released", request.Id, request.HouseholdId);
        return null;
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

    public Task<Result<string>> SetNextAsync(AuditContext who, string reference, DateOnly? on, string? time, string? way, CancellationToken cancel, Guid? by = null) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        if (on is null) return new Refusal("next-on", "Choose the day of the next contact.", "nextOn");
        if (on < LondonTime.DayOf(c.Who.At)) return new Refusal("next-on", "The next contact cannot be in the past. Choose today or a later day.", "nextOn");
        if (way is not null && !Ways.Contains(way)) return new Refusal("way", "Choose how: phone, text, email, letter or in person.", "nextWay");
        if (time is { Length: > 40 }) return new Refusal("time", "Keep the time short, like 9am to 11am.", "nextTime");
        if (by is { } person && !await c.Db.Set<Worker>().AnyAsync(w => w.Id == person && w.Active, c.Cancel)) return new Refusal("who", "Choose who is in touch from the list.", "nextWho");
        if (!request.IsOpen) return new Refusal(Request.WrongState, "This request has left the queue, so there is no next contact to set.");
        request.SetNext(on, string.IsNullOrWhiteSpace(time) ? null : time.Trim(), way, by);
        request.Worked(worker, c.Who.At);
        c.Record("request.next-contact", request.Id, request.HouseholdId, on.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        return null;
    }, cancel);

    /// <summary>The language they want to be spoken and written to in: every message about this request uses it from now on.</summary>
    public Task<Result<string>> SetLanguageAsync(AuditContext who, string reference, string language, CancellationToken cancel) => ChangeAsync(who, reference, (c, request, worker) =>
    {
        if (request.Language == language) return Task.FromResult<Refusal?>(null);
        request.Language = language;
        request.Worked(worker, c.Who.At);
        c.Record("request.language", request.Id, request.HouseholdId);
        return Task.FromResult<Refusal?>(null);
    }, cancel);

    /// <summary>Ends it as helped, declined by the resident, or unable to reach.</summary>
    public Task<Result<string>> FinishAsync(AuditContext who, string reference, RequestStatus how, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        var outcomes = await c.Db.Set<Contact>().Where(x => x.RequestId == request.Id).Select(x => x.Outcome).ToListAsync(c.Cancel);
        if (request.IsHeld(c.Who.At) && request.ClaimedBy != worker) return await WhoHasItAsync(c, request);
        if (request.Finish(how, outcomes.Count, outcomes.Any(o => o is "spoke" or "declined"), c.Who.At) is { } refused) return refused;
        await EndAsync(c, request);
        c.Record(how switch { RequestStatus.Helped => "request.helped", RequestStatus.DeclinedByResident => "request.declined", _ => "request.not-reached" }, request.Id, request.HouseholdId);
        return null;
    }, cancel);

    /// <summary>Passes it to an organisation, which is told no more than was agreed and answers within three working days.</summary>
    public Task<Result<string>> PassOnAsync(AuditContext who, string reference, PassOn to, CancellationToken cancel, Once? once = null) => ChangeAsync(who, reference, async (c, request, worker) =>
    {
        if (string.IsNullOrWhiteSpace(to.Organisation)) return new Refusal("organisation", "Choose the organisation.", "organisation");
        if (to.Told.Trim().Length < 10) return new Refusal("told", "Write what they are told, in a sentence or two that the household agreed to.", "told");
        if (to.Told.Length > 2000) return new Refusal("told", "That is longer than 2,000 letters. Tell them only what they need.", "told");
        if (await HiddenHome.RefuseAsync(c.Db, request.HouseholdId, to.Told, "told", c.Cancel) is { } hidden) return hidden;
        if (request.IsHeld(c.Who.At) && request.ClaimedBy != worker) return await WhoHasItAsync(c, request);
        var (name, needs) = (to.Organisation.Trim(), to.Needs.Distinct().ToList());
        if (to.OrganisationId is { } partner)
        {
            if (await Agreements.MayHandOverAsync(c, partner, name) is { } none) return none;
            if (await HandoverDesk.SaidNoAsync(c, partner, request.HouseholdId)) return new Refusal(HandoverDesk.SharingStopped, $"They said no about {name}, and it stands. If they say yes now, write that down first.", "organisation");
        }
        var going = await c.Db.Set<Handover>().Where(h => h.CauseId == request.Id && (h.State == HandoverState.Sent || h.State == HandoverState.Accepted || h.State == HandoverState.FirstContact)).ToListAsync(c.Cancel);
        if (!to.Whole)
        {
            if (!request.IsOpen) return new Refusal(Request.WrongState, "This request has left the queue, so a part of it cannot be passed on.");
            if (needs.Count == 0) return new Refusal("needs", "Choose what they help with.", "needs");
            if (going.Find(h => h.Needs.Split(',').Intersect(needs).Any()) is { } has) return new Refusal("with-somebody", $"{has.Organisation} has this already. Take it back first, or choose another need.", "needs");
            request.Worked(worker, c.Who.At);
        }
        else if (request.PassTo(name) is { } refused) return refused;
        else await Grounds.CloseAsync(c, request.Id, GroundCause.InContact);
        var handover = new Handover
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Reference = Reference.New(), HouseholdId = request.HouseholdId, CauseId = request.Id, OrganisationId = to.OrganisationId, Whole = to.Whole,
            Organisation = name, Told = to.Told.Trim(), Needs = string.Join(',', needs), SentAt = c.Who.At, SentBy = worker, AnswerBy = AnswerTime(c.Who.At), State = HandoverState.Sent, Version = 1,
        };
        c.Insert(handover);
        c.Record("handover.sent", request.Id, request.HouseholdId, name);
        await HandoverDesk.TellAsync(c, handover);
        return null;
    }, cancel, once);

    /// <summary>Organisations of the partnership that a request may be passed to.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> PartnersAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var all = await db.Set<Organisation>().Where(o => o.Kind != OrganisationKind.CountyHub).OrderBy(o => o.Name).Select(o => new { o.Id, o.Name }).ToListAsync(cancel);
        return all.ConvertAll(o => (o.Id, o.Name));
    }

    internal static DateTime AnswerTime(DateTime sentAt) => LondonTime.ToUtc(AnswerClock.AddWorkingDays(LondonTime.DayOf(sentAt), DaysToAnswer), new TimeOnly(17, 0));

    /// <summary>Changes one request, held until the command ends, so that of two workers the second sees what the first did.</summary>
    internal Task<Result<string>> ChangeAsync(AuditContext who, string typed, Func<Command, Request, Guid, Task<Refusal?>> change, CancellationToken cancel, Once? once = null) => commands.RunAsync<string>(who, async c =>
    {
        if (who.Actor.Id is not { } worker || !Reference.TryParse(typed, out var reference)) return NotThere;
        var id = await c.Db.Set<Request>().Where(r => r.Reference == reference).Select(r => (Guid?)r.Id).SingleOrDefaultAsync(c.Cancel);
        if (id is null) return NotThere;
        await c.Kind.HoldRowsAsync(c.Db, "request", [id.Value], c.Cancel);
        var request = await c.Db.Set<Request>().AsTracking().SingleAsync(r => r.Id == id, c.Cancel);
        if (await Grounds.IsShutAsync(c.Db, request.HouseholdId, worker, who.At, c.Cancel)) return NotThere;
        return await change(c, request, worker) is { } refused ? refused : reference;
    }, cancel, once);

    private static async Task<Refusal> WhoHasItAsync(Command c, Request request)
    {
        var name = await c.Db.Set<Worker>().Where(w => w.Id == request.ClaimedBy).Select(w => w.Name).SingleOrDefaultAsync(c.Cancel);
        return new Refusal(Request.SomebodyHasIt, $"{name ?? "Somebody else"} has this until {LondonTime.Time(request.ClaimedUntil!.Value)}.");
    }

    /// <summary>The request has left the queue: the hub may look for ninety days more, nobody is in contact, and what was allowed until then ends.</summary>
    internal static async Task EndAsync(Command c, Request request)
    {
        var until = c.Who.At.AddDays(Intake.DaysAfterHelp);
        await c.Db.Set<Ground>().Where(g => g.CauseId == request.Id && g.Cause == GroundCause.OpenRequest && g.To == null).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, until), c.Cancel);
        await Grounds.CloseAsync(c, request.Id, GroundCause.InContact);
        await Permissions.EndWithAsync(c, request.Id);
    }

    /// <summary>Whoever has it is the one in contact, as long as they have it: a ground of their own, which moves on with the claim.</summary>
    private static async Task InContactAsync(Command c, Request request, Guid worker)
    {
        var (id, until, now) = (request.Id, request.ClaimedUntil, c.Who.At);
        var going = await c.Db.Set<Ground>().Where(g => g.CauseId == id && g.Cause == GroundCause.InContact && g.WorkerId == worker && (g.To == null || g.To > now))
            .ExecuteUpdateAsync(g => g.SetProperty(x => x.To, until), c.Cancel);
        if (going > 0) return;
        await Grounds.CloseAsync(c, request.Id, GroundCause.InContact);
        Grounds.Open(c, GroundCause.InContact, request.HouseholdId, Purpose.RespondToRequest, request.Id, worker: worker, until: until);
    }
}
