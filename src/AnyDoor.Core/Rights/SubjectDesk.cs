using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>An ask as staff took it down, by telephone, on paper or in person.</summary>
public sealed record NewSubjectRequest(SubjectKind Kind, SubjectWay Way, DateOnly ReceivedOn, string Name, string Asked, DateOnly? Born = null, string? Representative = null, string? IdentityHow = null);

/// <summary>One line of the list: what it is and how long there is. Nobody is named here.</summary>
/// <param name="Outcome">What came of it, in the words they were told: for the person themselves only.</param>
public sealed record SubjectLine(string Reference, SubjectKind Kind, SubjectWay Way, SubjectState State, DateOnly ReceivedOn, SubjectTime Time, string? Outcome = null);

/// <summary>One record of ours that was found to be theirs, as the gate shows it to the information lead.</summary>
/// <param name="Who">The person in it; null: they live there no more.</param>
public sealed record SubjectHome(SubjectRecord Record, HouseholdView View, MemberView? Who);

/// <summary>A subject request with all that its workspace shows.</summary>
/// <param name="RestrictedBy">References of the requests that restrict the record now.</param>
/// <param name="Sharing">Who has something of theirs now; for an objection.</param>
public sealed record SubjectFile(SubjectRequest Request, SubjectTime Time, IReadOnlyList<ClockPause> Pauses, IReadOnlyList<SubjectHome> Homes, IReadOnlyList<SubjectItem> Items, IReadOnlyList<SubjectMark> Marks,
    SubjectPack? Pack, IReadOnlyList<Correction> Corrections, IReadOnlyList<string> Recipients, IReadOnlyList<RecipientTold> Told, IReadOnlyList<string> RestrictedBy, IReadOnlyList<SharedWith> Sharing, IReadOnlyList<GiveBy> Ways)
{
    public bool Restricted => RestrictedBy.Count > 0;
    /// <summary>This very request restricted it, so it is lifted here.</summary>
    public bool LiftsHere => RestrictedBy.Contains(Request.Reference);

    public int MarksToDecide => Marks.Count(m => m.Choice == MarkChoice.Undecided);
    public int ItemsToDecide => Items.Count(i => i.ToDecide);

    /// <summary>Their name as the record has it, otherwise as they gave it; null once it has ended and the record is no longer read for it.</summary>
    public string? Name => Homes.Select(h => h.Who?.Name).OfType<string>().FirstOrDefault() ?? Request.AskerName;
}

/// <summary>
/// Takes in what people ask of their own data and keeps its clock. Reading is on assurance grounds that this very request opens, for the worker who deals with it,
/// and that end with it.
/// </summary>
public sealed partial class SubjectDesk(Database database, Commands commands, HouseholdReader households, HomeDesk homeDesk, Gatherer gatherer)
{
    public const string Page = "subject-request";
    public static readonly Refusal NotThere = new("not-found", "There is no such subject request.");

    /// <summary>Written down by staff. Whoever takes it down sees no record for it.</summary>
    public Task<Result<string>> TakeInAsync(AuditContext who, NewSubjectRequest told, CancellationToken cancel) => commands.RunAsync<string>(who, c =>
    {
        var today = LondonTime.DayOf(who.At);
        if (told.Way == SubjectWay.OwnPage) return Refused("way", "Choose how it came.", "way");
        if (told.Name.Trim().Length is < 2 or > 200) return Refused("name", "Write the name they gave.", "name");
        if (told.Asked.Trim().Length is < 3 or > 4000) return Refused("asked", "Write what they asked for, in their words.", "asked");
        if (told.ReceivedOn > today) return Refused("day", "It cannot have come after today.", "day");
        if (told.ReceivedOn < today.AddYears(-1)) return Refused("day", "That is more than a year ago. Check the year.", "day");
        var request = New(c, told.Kind, told.Way, told.ReceivedOn, told.Asked.Trim());
        (request.AskerName, request.AskerBorn, request.Representative) = (told.Name.Trim(), told.Born, string.IsNullOrWhiteSpace(told.Representative) ? null : told.Representative.Trim());
        if (!string.IsNullOrWhiteSpace(told.IdentityHow) && request.KnowIdentity(today, told.IdentityHow) is { } refused) return Task.FromResult<Result<string>>(refused);
        c.Insert(request);
        c.Record("subject.received", request.Id);
        return Task.FromResult<Result<string>>(request.Reference);

        static Task<Result<string>> Refused(string code, string sentence, string field) => Task.FromResult<Result<string>>(new Refusal(code, sentence, field));
    }, cancel);

    /// <summary>From the person's own page, which their own code opened: we know who they are and which record it is. Pressed twice it is one.</summary>
    public Task<Result<string>> FromOwnPageAsync(AuditContext who, Guid requestId, SubjectKind kind, string asked, CancellationToken cancel) => commands.RunAsync<string>(who, async c =>
    {
        if (who.Actor.Kind != ActorKind.Resident) return RequestStatusDesk.NotTheAskers;
        if (asked.Trim().Length is < 3 or > 4000) return new Refusal("asked", "Write a few words about what you want.", "asked");
        if (await c.Db.Set<Request>().SingleOrDefaultAsync(r => r.Id == requestId && !r.PartFilled, c.Cancel) is not { } own) return NotThere;
        await c.Kind.HoldRowsAsync(c.Db, "request", [requestId], c.Cancel);
        var before = await (from s in c.Db.Set<SubjectRequest>() where s.State == SubjectState.Open && s.Kind == kind join r in c.Db.Set<SubjectRecord>() on s.Id equals r.SubjectRequestId where r.PersonId == own.ApplicantId select s.Reference).FirstOrDefaultAsync(c.Cancel);
        if (before is not null)
        {
            // What they write now belongs to it as well; the same again is the same.
            var open = await c.Db.Set<SubjectRequest>().AsTracking().SingleAsync(s => s.Reference == before, c.Cancel);
            if (open.Asked.Split('\n').Contains(asked.Trim())) return before;
            if (open.Asked.Length + asked.Length > 8000) return new Refusal("asked", "You have asked a lot already. Ring us, and we write it down with you.", "asked");
            open.Asked += $"\n{asked.Trim()}";
            open.Moved();
            c.Record("subject.asked-more", open.Id, own.HouseholdId);
            return before;
        }
        var request = New(c, kind, SubjectWay.OwnPage, LondonTime.DayOf(who.At), asked.Trim());
        (request.IdentityOn, request.IdentityHow, request.GiveBy) = (request.ReceivedOn, "They opened their own page with their own secret code.", kind == SubjectKind.Access ? GiveBy.OwnPage : GiveBy.NotChosen);
        c.Insert(request);
        c.Insert(new SubjectRecord { SubjectRequestId = request.Id, HouseholdId = own.HouseholdId, PersonId = own.ApplicantId, At = who.At });
        c.Record("subject.received", request.Id, own.HouseholdId);
        return request.Reference;
    }, cancel);

    private static SubjectRequest New(Command c, SubjectKind kind, SubjectWay way, DateOnly received, string asked) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Reference = Reference.New(), Kind = kind, State = SubjectState.Open, Way = way, ReceivedOn = received, RecordedAt = c.Who.At,
        RecordedBy = c.Who.Actor.Kind == ActorKind.Worker ? c.Who.Actor.Id : null, Asked = asked, GiveBy = GiveBy.NotChosen, Version = 1,
    };

    /// <summary>What is open, soonest due first; then the last that ended.</summary>
    public async Task<IReadOnlyList<SubjectLine>> ListAsync(DateOnly today, CancellationToken cancel)
    {
        await using var db = database.Open();
        var open = await db.Set<SubjectRequest>().Where(s => s.State == SubjectState.Open).ToListAsync(cancel);
        var ended = await db.Set<SubjectRequest>().Where(s => s.State != SubjectState.Open).OrderByDescending(s => s.EndedAt).Take(50).ToListAsync(cancel);
        var ids = open.Concat(ended).Select(s => s.Id).ToArray();
        var pauses = (await db.Set<ClockPause>().Where(p => ids.Contains(p.SubjectRequestId)).ToListAsync(cancel)).ToLookup(p => p.SubjectRequestId);
        SubjectLine Line(SubjectRequest s) => new(s.Reference, s.Kind, s.Way, s.State, s.ReceivedOn, SubjectClock.Of(s, [.. pauses[s.Id]], today));
        return [.. open.Select(Line).OrderBy(l => l.Time.AcknowledgeBy ?? l.Time.DueOn).ThenBy(l => l.Reference, StringComparer.Ordinal), .. ended.Select(Line)];
    }

    /// <summary>The workspace of one. Its records are read through the gate, and the looks are logged, before anything is shown. Null: not there, or not for this worker.</summary>
    public async Task<SubjectFile?> OpenAsync(WhoIsWorking worker, string typed, DateTime now, CancellationToken cancel)
    {
        if (!Reference.TryParse(typed, out var reference) || !RoleTable.Default.May(worker.Role, "answer-subject-requests")) return null;
        await using var db = database.Open();
        if (await db.Set<SubjectRequest>().SingleOrDefaultAsync(s => s.Reference == reference, cancel) is not { } request) return null;
        var records = await db.Set<SubjectRecord>().Where(r => r.SubjectRequestId == request.Id).OrderBy(r => r.At).ToListAsync(cancel);
        var pauses = await db.Set<ClockPause>().Where(p => p.SubjectRequestId == request.Id).OrderBy(p => p.From).ToListAsync(cancel);
        var homes = request.IsOpen ? await HomesAsync(db, worker, request, records, now, cancel) : [];
        var mine = records.Select(r => r.HouseholdId).ToArray();
        var recipients = request is { IsOpen: true, Kind: not SubjectKind.Access and not SubjectKind.Complaint } ? await RecipientsAsync(db, mine, cancel) : [];
        return new SubjectFile(request, SubjectClock.Of(request, pauses, LondonTime.DayOf(now)), pauses, homes,
            await db.Set<SubjectItem>().Where(i => i.SubjectRequestId == request.Id).OrderBy(i => i.Number).ToListAsync(cancel),
            await db.Set<SubjectMark>().Where(m => m.SubjectRequestId == request.Id).OrderBy(m => m.ItemId).ThenBy(m => m.Start).ToListAsync(cancel),
            await db.Set<SubjectPack>().Where(p => p.SubjectRequestId == request.Id).OrderByDescending(p => p.MadeAt).FirstOrDefaultAsync(cancel),
            await db.Set<Correction>().Where(x => x.SubjectRequestId == request.Id).OrderBy(x => x.At).ToListAsync(cancel), recipients,
            await db.Set<RecipientTold>().Where(t => t.SubjectRequestId == request.Id).OrderBy(t => t.Organisation).ToListAsync(cancel),
            await (from g in db.Set<Ground>() where mine.Contains(g.HouseholdId) && g.Cause == Restriction.Cause && g.To == null join s in db.Set<SubjectRequest>() on g.CauseId equals (Guid?)s.Id orderby s.Reference select s.Reference).Distinct().ToListAsync(cancel),
            request is { IsOpen: true, Kind: SubjectKind.Objection } ? await SharingAsync(db, [.. homes.SelectMany(h => h.View.HouseholdIds).Distinct()], cancel) : [], await WaysAsync(db, request, homes, now, cancel));
    }

    private async Task<List<SubjectHome>> HomesAsync(AnyDoorDb db, WhoIsWorking worker, SubjectRequest request, List<SubjectRecord> records, DateTime now, CancellationToken cancel)
    {
        await GroundsForAsync(db, worker, request, records, now, cancel);
        var homes = new List<SubjectHome>();
        foreach (var record in records)
        {
            var ctx = ReadContext.ForWorker(worker, Purpose.Assurance, Page, "phone-county-hub", now) with { Audit = worker.For(Purpose.Assurance, "phone-county-hub", now, $"Subject request {request.Reference}") };
            // Somebody who moved out is looked for where they last lived.
            var last = await db.Set<Membership>().Where(m => m.HouseholdId == record.HouseholdId && m.PersonId == record.PersonId).MaxAsync(m => m.To, cancel);
            if (await households.OpenAsync(ctx, record.HouseholdId, cancel, last < LondonTime.DayOf(now) ? last : null, record.PersonId) is not { } view) continue;
            homes.Add(new SubjectHome(record, view, view.Members.FirstOrDefault(m => m.PersonId == view.Kept(record.PersonId))));
        }
        return homes;
    }

    /// <summary>A colleague who takes over has grounds of their own, so that the log says who looked.</summary>
    private async Task GroundsForAsync(AnyDoorDb db, WhoIsWorking worker, SubjectRequest request, List<SubjectRecord> records, DateTime now, CancellationToken cancel)
    {
        var has = await db.Set<Ground>().Where(g => g.CauseId == request.Id && g.Cause == GroundCause.AssuranceReference && g.WorkerId == worker.WorkerId && g.To == null).Select(g => g.HouseholdId).ToListAsync(cancel);
        var lacks = records.Select(r => r.HouseholdId).Distinct().Except(has).ToList();
        if (lacks.Count == 0) return;
        await commands.RunAsync(worker.For(Purpose.Assurance, "phone-county-hub", now), c =>
        {
            foreach (var household in lacks)
            {
                Grounds.Open(c, GroundCause.AssuranceReference, household, Purpose.Assurance, request.Id, worker: worker.WorkerId);
                c.Record("subject.opened", request.Id, household);
            }
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
    }

    /// <summary>Records that may be theirs. Everybody shown appeared in a search, and is logged as such.</summary>
    public async Task<IReadOnlyList<SubjectCandidate>> FindAsync(WhoIsWorking worker, string typed, string text, DateTime now, CancellationToken cancel)
    {
        if (!Reference.TryParse(typed, out var reference) || text.Trim().Length < 3) return [];
        await using var db = database.Open();
        if (!await db.Set<SubjectRequest>().AnyAsync(s => s.Reference == reference && s.State == SubjectState.Open, cancel)) return [];
        return await households.FindSubjectAsync(ReadContext.ForWorker(worker, Purpose.Assurance, Page, "phone-county-hub", now), text.Trim(), cancel);
    }

    /// <summary>This record is theirs: it may be opened for as long as the request is open.</summary>
    public Task<Result<string>> LinkAsync(AuditContext who, string reference, Guid person, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var household = await c.Db.Set<Membership>().Where(m => m.PersonId == person).OrderByDescending(m => m.From).Select(m => (Guid?)m.HouseholdId).FirstOrDefaultAsync(c.Cancel);
        if (household is not { } home) return NotThere;
        if (await c.Db.Set<SubjectRecord>().AnyAsync(r => r.SubjectRequestId == request.Id && r.PersonId == person, c.Cancel)) return null;
        c.Insert(new SubjectRecord { SubjectRequestId = request.Id, HouseholdId = home, PersonId = person, At = c.Who.At });
        Grounds.Open(c, GroundCause.AssuranceReference, home, Purpose.Assurance, request.Id, worker: c.Who.Actor.Id);
        c.Record("subject.record-found", request.Id, home);
        return request.Moved();
    }, cancel);

    /// <summary>It was somebody else's after all: what was gathered from it goes with it.</summary>
    public Task<Result<string>> UnlinkAsync(AuditContext who, string reference, Guid person, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var record = await c.Db.Set<SubjectRecord>().AsTracking().SingleOrDefaultAsync(r => r.SubjectRequestId == request.Id && r.PersonId == person, c.Cancel);
        if (record is null) return NotThere;
        c.Db.Remove(record);
        await c.Db.Set<SubjectMark>().Where(m => m.SubjectRequestId == request.Id).ExecuteDeleteAsync(c.Cancel);
        await c.Db.Set<SubjectItem>().Where(i => i.SubjectRequestId == request.Id).ExecuteDeleteAsync(c.Cancel);
        request.GatheredAt = null;
        var (household, now) = (record.HouseholdId, c.Who.At);
        if (!await c.Db.Set<SubjectRecord>().AnyAsync(r => r.SubjectRequestId == request.Id && r.HouseholdId == household && r.PersonId != person, c.Cancel))
            await c.Db.Set<Ground>().Where(g => g.CauseId == request.Id && g.HouseholdId == household && g.To == null).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, now), c.Cancel);
        c.Record("subject.record-taken-off", request.Id, household);
        return request.Moved();
    }, cancel);

    /// <summary>The clock stands still from the day we asked.</summary>
    /// <param name="what">Null: nothing was chosen, and nothing is guessed.</param>
    public Task<Result<string>> PauseAsync(AuditContext who, string reference, PauseFor? what, string why, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if (what is not { } asked || !Enum.IsDefined(asked)) return new Refusal("what", "Choose what we asked them: who they are, or what they mean.", "what");
        if (request.Kind == SubjectKind.Complaint) return new Refusal(SubjectRequest.WrongState, "The clock of a complaint does not stand still.");
        if (what == PauseFor.Scope && request.Kind != SubjectKind.Access) return new Refusal(SubjectRequest.WrongState, "Only for a copy may we ask what they mean and wait. For the rest, act on what they asked.", "what");
        if (what == PauseFor.Identity && request.IdentityOn is not null) return new Refusal(SubjectRequest.WrongState, "We know who they are, so there is nothing to wait for.", "what");
        if (why.Trim().Length is < 10 or > 500) return new Refusal("why", "Say what we asked them, so that the pause can be defended.", "why");
        if (await c.Db.Set<ClockPause>().AnyAsync(p => p.SubjectRequestId == request.Id && p.To == null, c.Cancel)) return new Refusal(SubjectRequest.WrongState, "The clock stands still already.");
        c.Insert(new ClockPause { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), SubjectRequestId = request.Id, From = LondonTime.DayOf(c.Who.At), For = asked, Why = why.Trim() });
        c.Record("subject.clock-paused", request.Id);
        return request.Moved();
    }, cancel);

    /// <summary>Their answer came: the clock goes on the same day.</summary>
    public Task<Result<string>> ResumeAsync(AuditContext who, string reference, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if (await c.Db.Set<ClockPause>().AsTracking().SingleOrDefaultAsync(p => p.SubjectRequestId == request.Id && p.To == null, c.Cancel) is not { } pause) return new Refusal(SubjectRequest.WrongState, "The clock is running.");
        pause.To = LondonTime.DayOf(c.Who.At);
        c.Record("subject.clock-resumed", request.Id);
        return request.Moved();
    }, cancel);

    public Task<Result<string>> ExtendAsync(AuditContext who, string reference, string why, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var pauses = await c.Db.Set<ClockPause>().Where(p => p.SubjectRequestId == request.Id).ToListAsync(c.Cancel);
        if (request.Extend(LondonTime.DayOf(c.Who.At), why, pauses) is { } refused) return refused;
        c.Record("subject.extended", request.Id);
        return null;
    }, cancel);

    public Task<Result<string>> AcknowledgeAsync(AuditContext who, string reference, CancellationToken cancel) =>
        ChangeAsync(who, reference, "subject.acknowledged", r => r.Acknowledge(LondonTime.DayOf(who.At)), cancel);

    /// <summary>We know who they are: a pause that waited for it ends.</summary>
    public Task<Result<string>> KnowIdentityAsync(AuditContext who, string reference, string how, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var today = LondonTime.DayOf(c.Who.At);
        if (request.KnowIdentity(today, how) is { } refused) return refused;
        foreach (var pause in await c.Db.Set<ClockPause>().AsTracking().Where(p => p.SubjectRequestId == request.Id && p.To == null && p.For == PauseFor.Identity).ToListAsync(c.Cancel)) pause.To = today;
        c.Record("subject.identity-known", request.Id);
        return null;
    }, cancel);

    /// <summary>Ends it with what came of it. A copy ends by being released instead.</summary>
    public Task<Result<string>> AnswerAsync(AuditContext who, string reference, string outcome, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if (request.Kind == SubjectKind.Access) return new Refusal(SubjectRequest.WrongState, "A copy is answered by releasing it.");
        if (request.Kind == SubjectKind.Objection) return new Refusal(SubjectRequest.WrongState, "An objection ends with what stops, or with why we go on.");
        if (request.Answer(c.Who.At, outcome) is { } refused) return refused;
        await EndAsync(c, request, "subject.answered");
        return null;
    }, cancel);

    public Task<Result<string>> RefuseAsync(AuditContext who, string reference, string why, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if (request.Refuse(c.Who.At, why) is { } refused) return refused;
        await EndAsync(c, request, "subject.refused");
        return null;
    }, cancel);

    public Task<Result<string>> WithdrawAsync(AuditContext who, string reference, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if (request.Withdraw(c.Who.At) is { } refused) return refused;
        await EndAsync(c, request, "subject.withdrawn");
        return null;
    }, cancel);

    public Task<Result<string>> GiveByAsync(AuditContext who, string reference, GiveBy how, CancellationToken cancel) => ChangeAsync(who, reference, (c, request) =>
    {
        request.GiveBy = how;
        c.Record("subject.way-chosen", request.Id);
        return Task.FromResult(request.Moved());
    }, cancel);

    /// <summary>Nobody looks for it any more. A restriction stands until it is lifted.</summary>
    internal static async Task EndAsync(Command c, SubjectRequest request, string what)
    {
        await Grounds.CloseAsync(c, request.Id, GroundCause.AssuranceReference);
        foreach (var pause in await c.Db.Set<ClockPause>().AsTracking().Where(p => p.SubjectRequestId == request.Id && p.To == null).ToListAsync(c.Cancel)) pause.To = LondonTime.DayOf(c.Who.At);
        c.Record(what, request.Id);
    }

    private Task<Result<string>> ChangeAsync(AuditContext who, string reference, string what, Func<SubjectRequest, Refusal?> change, CancellationToken cancel) => ChangeAsync(who, reference, (c, request) =>
    {
        var refused = change(request);
        if (refused is null) c.Record(what, request.Id);
        return Task.FromResult(refused);
    }, cancel);

    /// <summary>Changes one, held until the command ends, so that of two workers the second sees what the first did.</summary>
    internal Task<Result<string>> ChangeAsync(AuditContext who, string typed, Func<Command, SubjectRequest, Task<Refusal?>> change, CancellationToken cancel) => commands.RunAsync<string>(who, async c =>
    {
        if (!Reference.TryParse(typed, out var reference)) return NotThere;
        var id = await c.Db.Set<SubjectRequest>().Where(s => s.Reference == reference).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(c.Cancel);
        if (id is null) return NotThere;
        await c.Kind.HoldRowsAsync(c.Db, "subject_request", [id.Value], c.Cancel);
        var request = await c.Db.Set<SubjectRequest>().AsTracking().SingleAsync(s => s.Id == id, c.Cancel);
        if (!request.IsOpen) return new Refusal(SubjectRequest.WrongState, "This has ended. A new ask is a new one.");
        return await change(c, request) is { } refused ? refused : reference;
    }, cancel);

    private async Task<IReadOnlyList<GiveBy>> WaysAsync(AnyDoorDb db, SubjectRequest request, List<SubjectHome> homes, DateTime now, CancellationToken cancel)
    {
        if (request.Kind != SubjectKind.Access) return [];
        var people = homes.Select(h => h.Record.PersonId).ToArray();
        var since = now.AddDays(-ResidentCodes.DaysAfterEnd);
        var ownPage = (await db.Set<Request>().Where(r => people.Contains(r.ApplicantId) && r.CodeHash != null && !r.PartFilled && (r.ClosedAt == null || r.ClosedAt > since)).ToListAsync(cancel)).Exists(r => RequestStatusDesk.HasOwnCode(commands.LogKey, r));
        return PackWays.For(homes.Select(h => h.Who?.Reach).OfType<Reach>().FirstOrDefault(), homes.Exists(h => h.View.Home.Withheld || h.View.Notices.Count > 0), ownPage);
    }
}

/// <summary>How a copy may be given: safe contact decides. Face to face always may be.</summary>
public static class PackWays
{
    /// <param name="reach">As they last said; null: they did not say.</param>
    /// <param name="atRisk">Somebody there is looked for: nothing on paper goes to the house.</param>
    /// <param name="ownPage">A code of theirs still opens a page of their own.</param>
    public static IReadOnlyList<GiveBy> For(Reach? reach, bool atRisk, bool ownPage)
    {
        var ways = new List<GiveBy>();
        if (ownPage) ways.Add(GiveBy.OwnPage);
        ways.Add(GiveBy.InPerson);
        if (reach is null or { By: ContactWay.DoNotContactFirst } or { CheckBeforeContact: true }) return ways;
        if (!reach.DoNot.HasFlag(DoNot.Letter) && !atRisk) ways.Add(GiveBy.Letter);
        if (reach.Email is not null && !reach.DoNot.HasFlag(DoNot.Email)) ways.Add(GiveBy.Email);
        return ways;
    }

    public static string InWords(GiveBy way) => way switch { GiveBy.OwnPage => "On their own page", GiveBy.InPerson => "Face to face, on paper or on a stick", GiveBy.Letter => "By post", GiveBy.Email => "By e-mail, locked with a password told by phone", _ => "Not chosen" };
}
