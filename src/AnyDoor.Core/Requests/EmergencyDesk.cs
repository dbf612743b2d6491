using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What a worker says when somebody may be in danger.</summary>
/// <param name="Request">The reference that they were told, of a request or of what was handed to their organisation.</param>
/// <param name="Senior">Who agreed; none: the worker is a senior of the hub.</param>
public sealed record EmergencyAsk(string? Request, string? Gateway, Guid? Senior, string? Reason);

/// <summary>An opening as the senior who was named reads it.</summary>
public sealed record EmergencyLine(Guid Id, string Worker, string Organisation, string Record, Gateway? Gateway, DateTime At, DateTime Until, string? Reason);

/// <summary>A record as an emergency shows it, cut by the gate like any other.</summary>
/// <param name="WaitsFor">The senior of the hub whose yes opens what is hidden; null: nobody of the hub was named, or nothing is hidden.</param>
public sealed record EmergencyFile(HouseholdView Household, IReadOnlyList<(string Fact, string Value)> Told, DateTime Until, string? WaitsFor = null)
{
    /// <summary>Somebody there may be looked for: the address and the numbers open only when a senior of the hub, who is not this worker, says yes.</summary>
    public bool IsHidden => Household.Home.Withheld;
}

/// <summary>
/// Statutory safeguarding (R-ISA-03): a record is opened without consent, and although a permission was refused, on a reason, a law and a senior's word.
/// It is open for some hours to this worker alone, the information lead is told in the same breath, and it goes to review.
/// </summary>
public sealed class EmergencyDesk(Database database, Commands commands, HouseholdReader households)
{
    public static readonly Refusal NotThere = new("not-found", "There is no request of that reference that can be opened. Check it with whoever told you, or ring the hub.", "request");

    private static readonly Refusal Denied = new("denied", "The senior whom you named for this record said no. The information-governance lead decides whether you may open it again: ring them. If somebody is in danger now, ring 999.", "senior");

    /// <summary>A senior of the hub may open a record on their own word; outside the hub somebody else is always asked.</summary>
    public static bool MayAgreeAlone(WhoIsWorking worker) => worker.IsHub && RoleTable.Default.May(worker.Role, "agree-emergency");

    /// <summary>Who may be named as having agreed: somebody senior of their own organisation, or of the hub.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> SeniorsAsync(WhoIsWorking worker, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await SeniorsAsync(db, worker, cancel);
    }

    private static async Task<IReadOnlyList<(Guid Id, string Name)>> SeniorsAsync(AnyDoorDb db, WhoIsWorking worker, CancellationToken cancel)
    {
        var roles = RoleTable.Default.All.Where(r => r.Actions.Contains("agree-emergency")).Select(r => r.Role).ToArray();
        var found = await db.Set<Worker>().Where(w => w.Active && w.Id != worker.WorkerId && roles.Contains(w.Role))
            .Join(db.Set<Organisation>().Where(o => o.Id == worker.OrganisationId || o.Kind == OrganisationKind.CountyHub), w => w.OrganisationId, o => o.Id, (w, o) => new { w.Id, w.Name, w.Title, Organisation = o.Name })
            .OrderBy(w => w.Name).ToListAsync(cancel);
        return found.ConvertAll(w => (w.Id, $"{w.Name}, {w.Title ?? w.Organisation}"));
    }

    /// <summary>Opens it now. "Not there", "not by you" and a record that this worker may never open are one answer; the try is kept.</summary>
    /// <returns>The household's id.</returns>
    public async Task<Result<Guid>> OpenAsync(ReadContext ctx, EmergencyAsk ask, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker || !RoleTable.Default.May(worker.Role, "open-in-emergency")) return NotThere;
        if (!Reference.TryParse(ask.Request, out var reference)) return new Refusal("request", "Write the request’s reference, like 7K4Q 2MXR C.", "request");
        if (EmergencyRules.Current.Find(ask.Gateway) is not { } gateway) return new Refusal("gateway", "Choose the law that allows it.", "gateway");
        var reason = ask.Reason?.Trim() ?? "";
        if (reason.Length is < 20 or > 500) return new Refusal("reason", "Say who is in danger and of what, in 20 to 500 letters. The information-governance lead reads it now.", "reason");
        var isSenior = MayAgreeAlone(worker);
        var seniors = await SeniorsAsync(worker, cancel);
        if (!isSenior && seniors.All(s => s.Id != ask.Senior))
            return new Refusal("senior", seniors.Count == 0 ? "Nobody senior is named here yet. Ring the hub, or 999 if somebody is in danger now." : "Say who agreed: somebody senior, whom you have asked.", "senior");
        var agreedBy = ask.Senior is { } named && seniors.Any(s => s.Id == named) ? named : worker.WorkerId;
        var who = ctx.Audit with { Purpose = Purpose.SafeguardingOrEmergency, Reason = reason };

        var opened = await commands.RunAsync<Guid>(who, async c =>
        {
            var asked = await c.Db.Set<Request>().Where(r => r.Reference == reference && !r.PartFilled).Select(r => (Guid?)r.HouseholdId).SingleOrDefaultAsync(c.Cancel)
                ?? await c.Db.Set<Casework.Handover>().Where(h => h.Reference == reference && h.OrganisationId == worker.OrganisationId).Select(h => (Guid?)h.HouseholdId).SingleOrDefaultAsync(c.Cancel);
            if (asked is not { } id) return NotThere;
            var household = await c.Db.Set<Household>().Where(h => h.Id == id).Select(h => h.JoinedTo ?? h.Id).SingleAsync(c.Cancel);
            if (await c.Db.Set<Ground>().AnyAsync(g => g.HouseholdId == household && g.WorkerId == worker.WorkerId && g.Cause == Tie.Cause && (g.To == null || g.To > who.At), c.Cancel)) return NotThere;
            if (await c.Db.Set<LookReview>().AnyAsync(r => r.HouseholdId == household && r.WorkerId == worker.WorkerId && r.Answer == LookAnswer.Stopped, c.Cancel)) return NotThere;
            // After a senior's no the lead decides: whoever would try again, with the same name or another, waits for that.
            if (await c.Db.Set<EmergencyOpening>().AnyAsync(o => o.HouseholdId == household && o.WorkerId == worker.WorkerId && o.Answer == SeniorAnswer.Denied && c.Db.Set<LookReview>().Any(r => r.Id == o.Id && r.Answer != LookAnswer.Fine), c.Cancel)) return Denied;
            var (opening, until) = (Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)), who.At.AddHours(EmergencyRules.Current.Hours));
            Grounds.Open(c, GroundCause.Emergency, household, Purpose.SafeguardingOrEmergency, opening, worker: worker.WorkerId, until: until);
            var eventId = c.Record("emergency.opened", opening, household, $"{gateway.Name}: {gateway.Law}");
            c.Insert(new LookReview
            {
                Id = opening, HouseholdId = household, WorkerId = worker.WorkerId, OrganisationId = worker.OrganisationId, Purpose = Purpose.SafeguardingOrEmergency, EventId = eventId, At = who.At, Answer = LookAnswer.Open, Why = GroundCause.Emergency,
            });
            c.Insert(new EmergencyOpening
            {
                Id = opening, HouseholdId = household, WorkerId = worker.WorkerId, Gateway = gateway.Id, AgreedBy = agreedBy, At = who.At, Until = until,
                Answer = agreedBy == worker.WorkerId ? SeniorAnswer.Agreed : SeniorAnswer.Waiting, AnsweredAt = agreedBy == worker.WorkerId ? who.At : null,
            });
            c.Insert(new InformationNotice { Id = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)), Kind = "emergency-opened", HouseholdId = household, SubjectId = opening, WorkerId = worker.WorkerId, At = who.At });
            return household;
        }, cancel);
        if (!opened.Done && opened.Refusal == NotThere)
            await commands.RunAsync(who with { Reason = null }, c => { c.Record("emergency.not-there"); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, cancel);
        return opened;
    }

    /// <summary>The record while it is open to this worker; null: it is not, which looks like not there.</summary>
    public async Task<EmergencyFile?> ReadAsync(ReadContext ctx, Guid householdId, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker) return null;
        await using var db = database.Open();
        var until = await db.Set<EmergencyOpening>().Where(o => o.HouseholdId == householdId && o.WorkerId == worker.WorkerId && o.Until > ctx.Audit.At && o.Answer != SeniorAnswer.Denied).MaxAsync(o => (DateTime?)o.Until, cancel);
        if (until is not { } end || await households.OpenAsync(ctx, householdId, cancel) is not { } household) return null;
        var ids = household.HouseholdIds;
        var told = (await db.Set<Answer>().Where(a => ids.Contains(a.HouseholdId) && a.ReplacedAt == null).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(cancel))
            .ConvertAll(a => a.ToldAs(household.Kept)).FindAll(a => AnswersTold.Category(a.Fact) is { } category && household.Sight.Allows(category, a.PersonId, null));
        if (!household.Home.Withheld) return new EmergencyFile(household, [.. told.Select(a => (a.Fact, a.Value))], end);
        // Free words may say where they are, and so may the landlord's or the school's name.
        var waits = await db.Set<EmergencyOpening>().Where(o => o.HouseholdId == householdId && o.WorkerId == worker.WorkerId && o.Until > ctx.Audit.At && o.Answer == SeniorAnswer.Waiting).OrderByDescending(o => o.At)
            .Join(db.Set<Worker>().Where(w => db.Set<Organisation>().Any(o => o.Id == w.OrganisationId && o.Kind == OrganisationKind.CountyHub)), o => o.AgreedBy, w => w.Id, (o, w) => w.Name).FirstOrDefaultAsync(cancel);
        return new EmergencyFile(household, [.. told.FindAll(a => Vocabulary.Words.Current.Fact(a.Fact)?.Type is "choice" or "choices" or "yes-no" or "number" or "date").Select(a => (a.Fact, a.Value))], end, waits);
    }

    /// <summary>What this worker has open just now.</summary>
    public async Task<IReadOnlyList<(Guid Household, DateTime Until)>> OpenNowAsync(Guid worker, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var open = await db.Set<EmergencyOpening>().Where(o => o.WorkerId == worker && o.Until > now && o.Answer != SeniorAnswer.Denied).OrderBy(o => o.Until).Select(o => new { o.HouseholdId, o.Until }).ToListAsync(cancel);
        return open.ConvertAll(o => (o.HouseholdId, o.Until));
    }

    /// <summary>Openings that workers say this person agreed to, and that they have not answered for.</summary>
    public async Task<IReadOnlyList<EmergencyLine>> NamedAsync(Guid senior, CancellationToken cancel)
    {
        await using var db = database.Open();
        var rows = await (from opening in db.Set<EmergencyOpening>()
                          where opening.AgreedBy == senior && opening.Answer == SeniorAnswer.Waiting
                          join review in db.Set<LookReview>() on opening.Id equals review.Id
                          join worker in db.Set<Worker>() on opening.WorkerId equals worker.Id
                          join organisation in db.Set<Organisation>() on review.OrganisationId equals organisation.Id
                          join content in db.Set<AuditContent>() on review.EventId equals content.EventId into contents
                          from reason in contents.DefaultIfEmpty()
                          orderby opening.At
                          select new { opening, Worker = worker.Name, Organisation = organisation.Name, Reason = reason == null ? null : reason.Body }).Take(100).ToListAsync(cancel);
        return rows.ConvertAll(r => new EmergencyLine(r.opening.Id, r.Worker, r.Organisation, InformationDesk.Short(r.opening.HouseholdId), EmergencyRules.Current.Find(r.opening.Gateway), r.opening.At, r.opening.Until, EmergencyOpening.ReasonIn(r.Reason)));
    }

    /// <summary>The one who was named says whether it is so. If not, the record shuts at once and the information lead hears of it.</summary>
    public Task<Result<bool>> AnswerAsync(AuditContext who, Guid id, bool agreed, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        var opening = await c.Db.Set<EmergencyOpening>().AsTracking().SingleOrDefaultAsync(o => o.Id == id && o.AgreedBy == who.Actor.Id, c.Cancel);
        if (opening is null) return false;
        if (opening.Say(agreed, who.At) is { } refused) return refused;
        c.Record(agreed ? "emergency.agreed" : "emergency.denied", opening.Id, opening.HouseholdId);
        if (agreed) return true;
        await Grounds.CloseAsync(c, opening.Id);
        c.Insert(new InformationNotice { Id = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)), Kind = "emergency-denied", HouseholdId = opening.HouseholdId, SubjectId = opening.Id, WorkerId = opening.WorkerId, At = who.At });
        return true;
    }, cancel);
}
