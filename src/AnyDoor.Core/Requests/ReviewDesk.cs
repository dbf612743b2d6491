using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>A second look as its list has it: by reference, and of nobody.</summary>
/// <param name="What">The award, like <c>Crisis payment, £49.00</c>; or that nothing was given.</param>
/// <param name="Mine">Taken by whoever reads the list.</param>
/// <param name="WhyNot">Why this reviewer may not take it; null: they may.</param>
/// <param name="ByThemselves">They asked on their own page: nobody of the hub wrote it down for them.</param>
public sealed record ReviewLine(string Reference, string Scheme, string What, DateTime AskedAt, DateOnly AnswerBy, ReviewState State, bool Mine, string? WhyNot, DateTime? AnsweredAt, bool ByThemselves = false);

/// <summary>One fact as it was told.</summary>
/// <param name="Later">Told after the decision: whoever decided did not know it.</param>
public sealed record FactTold(string Question, string Answer, DateOnly On, bool Later);

/// <summary>One decision of the request: what was given, by which rule, why.</summary>
/// <param name="Rules">The rules that counted on that day for that kind of help, as they stood.</param>
/// <param name="Asked">It is the one that they do not agree with.</param>
public sealed record DecisionToReview(string Scheme, string What, DateTime At, string By, int SchemeVersion, string? Rule, string? RuleWords, string Reason, string? AgainBecause, string? NotKnown, IReadOnlyList<(string Cite, string Words)> Rules, bool Asked);

/// <summary>What a reviewer works with. The facts are there once they have taken it.</summary>
public sealed record ReviewFile(ReviewLine Line, string? Asked, IReadOnlyList<string> Needs, IReadOnlyList<FactTold> Facts, IReadOnlyList<DecisionToReview> Decisions, IReadOnlyList<(string What, DateOnly On)> OtherHelp, string? Answer, bool IsOpen);

/// <summary>A second look as the hub and the person themselves read it, with the request it belongs to.</summary>
/// <param name="ByThemselves">They asked on their own page.</param>
public sealed record ReviewTold(string Reference, string? Award, string Asked, DateTime AskedAt, DateOnly AnswerBy, ReviewState State, string? Answer, DateTime? AnsweredAt, bool ByThemselves)
{
    public bool IsOpen => State is ReviewState.Waiting or ReviewState.Taken;
}

/// <summary>
/// The second look at a decision. Somebody does not agree, and says so on their own page, or the hub writes it down for them; a reviewer who did not decide takes it, reads that application's facts
/// and reasons and nothing else, and says that it stands or is to be made again. Either way the request is back with the hub, at the top, so that somebody tells them.
/// </summary>
public sealed class ReviewDesk(Database database, Commands commands, RequestDesk desk, SchemeBook schemes, HouseholdReader households)
{
    /// <summary>Working days within which it is answered.</summary>
    public const int DaysToAnswer = 10;
    public static readonly Refusal NotThere = new("not-found", "There is no such second look.");
    /// <summary>The codes of what may be wrong with an ask: a page in the resident's own language has words of its own for each.</summary>
    public const string TooShort = "too-short", TooLong = "too-long", NamesSomebody = "names-somebody", NoAward = "award", AskedAlready = "asked-already", AnsweredAlready = "answered-already";
    private const int Longest = 1000;

    /// <summary>The hub asks for one, for the person, while their request may be opened.</summary>
    /// <param name="award">The award's reference; null: they were given nothing.</param>
    public Task<Result<string>> AskAsync(AuditContext who, string request, string? award, string? words, CancellationToken cancel) =>
        desk.ChangeAsync(who, request, (c, found, worker) => WriteAsync(c, found, award, words?.Trim() ?? "", 10, worker), cancel);

    /// <summary>The person asks, on the page that their own code opened. Whoever asked for them cannot. Each decision is looked at once in this way: who still does not agree rings.</summary>
    /// <param name="award">The award's reference; null: they were given nothing.</param>
    public Task<Result<string>> AskOwnAsync(AuditContext who, Guid request, string? award, string? words, CancellationToken cancel) => commands.RunAsync<string>(who, async c =>
    {
        if (who.Actor.Kind != ActorKind.Resident) return NotThere;
        await c.Kind.HoldRowsAsync(c.Db, "request", [request], c.Cancel);
        if (await c.Db.Set<Request>().SingleOrDefaultAsync(r => r.Id == request && !r.PartFilled, c.Cancel) is not { Status: not RequestStatus.Stopped and not RequestStatus.DeclinedByResident } found) return NotThere;
        // Kept and not worked with: nobody could take it.
        if (await Grounds.IsRestrictedAsync(c.Db, found.HouseholdId, who.At, c.Cancel)) return NotThere;
        return await WriteAsync(c, found, award, words?.Trim() ?? "", 3, null) is { } refused ? refused : found.Reference;
    }, cancel);

    /// <param name="least">How many letters there must be.</param>
    /// <param name="worker">Who writes it down for them; null: they ask themselves.</param>
    private static async Task<Refusal?> WriteAsync(Command c, Request found, string? award, string said, int least, Guid? worker)
    {
        if (said.Length < least) return new Refusal(TooShort, "Write in a sentence or two why they do not agree, as they say it.", "words");
        if (said.Length > Longest) return new Refusal(TooLong, "Keep it under 1,000 letters: what they do not agree with, and why.", "words");
        if (NamesNoPerson.WhyNot(said) is { } named) return new Refusal(NamesSomebody, $"{named} The reviewer is not told who it is.", "words");
        if (await HiddenHome.RefuseAsync(c.Db, found.HouseholdId, said, "words", c.Cancel) is { } hidden) return hidden;
        Guid? about = null;
        if (award is not null)
        {
            about = Reference.TryParse(award, out var read) ? await c.Db.Set<Award>().Where(a => a.Reference == read && a.RequestId == found.Id).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(c.Cancel) : null;
            if (about is null) return new Refusal(NoAward, "Choose what they do not agree with.", "award");
        }
        var before = await c.Db.Set<DecisionReview>().Where(r => r.RequestId == found.Id && r.AwardId == about).Select(r => r.State).ToListAsync(c.Cancel);
        if (before.Exists(s => s is ReviewState.Waiting or ReviewState.Taken)) return new Refusal(AskedAlready, "A second look at that is going on already.", "award");
        if (worker is null && before.Count > 0) return new Refusal(AnsweredAlready, "That was looked at again already.", "award");
        var at = c.Who.At;
        c.Insert(new DecisionReview
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), Reference = Reference.New(), HouseholdId = found.HouseholdId, RequestId = found.Id, AwardId = about, Asked = said, AskedAt = at, AskedBy = worker,
            AnswerBy = AnswerClock.AddWorkingDays(LondonTime.DayOf(at), DaysToAnswer), State = ReviewState.Waiting, Version = 1,
        });
        c.Record(worker is null ? "review.asked-by-resident" : "review.asked", found.Id, found.HouseholdId);
        return null;
    }

    /// <summary>The person's own second looks at one request, for the page that their own code opened.</summary>
    public async Task<IReadOnlyList<ReviewTold>> OwnAsync(Guid request, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await OfRequestAsync(db, request, cancel);
    }

    /// <summary>Those of one request, the newest first. The caller has opened the request through the gate.</summary>
    internal static async Task<IReadOnlyList<ReviewTold>> OfRequestAsync(AnyDoorDb db, Guid request, CancellationToken cancel) =>
        await (from r in db.Set<DecisionReview>()
               where r.RequestId == request
               join a in db.Set<Award>() on r.AwardId equals (Guid?)a.Id into awards
               from award in awards.DefaultIfEmpty()
               orderby r.AskedAt descending, r.Id descending
               select new ReviewTold(r.Reference, award.Reference, r.Asked, r.AskedAt, r.AnswerBy, r.State, r.Answer, r.AnsweredAt, r.AskedBy == null)).ToListAsync(cancel);

    /// <summary>What waits, soonest due first; then the last that were answered. By reference: no person is in it.</summary>
    public async Task<IReadOnlyList<ReviewLine>> ListAsync(WhoIsWorking worker, CancellationToken cancel)
    {
        await using var db = database.Open();
        var open = await db.Set<DecisionReview>().Where(r => r.State == ReviewState.Waiting || r.State == ReviewState.Taken).OrderBy(r => r.AnswerBy).ThenBy(r => r.Reference).Take(200).ToListAsync(cancel);
        var answered = await db.Set<DecisionReview>().Where(r => r.State == ReviewState.Stands || r.State == ReviewState.ToDecideAgain).OrderByDescending(r => r.AnsweredAt).Take(50).ToListAsync(cancel);
        var lines = new List<ReviewLine>();
        foreach (var review in open.Concat(answered)) lines.Add(await LineAsync(db, review, worker, cancel));
        return lines;
    }

    /// <summary>One of them. Its facts come through the gate, with the look recorded, while this reviewer has it. Null: there is none.</summary>
    public async Task<ReviewFile?> OpenAsync(ReadContext ctx, string typed, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker || !Reference.TryParse(typed, out var reference)) return null;
        await using var db = database.Open();
        if (await db.Set<DecisionReview>().SingleOrDefaultAsync(r => r.Reference == reference, cancel) is not { } review) return null;
        var line = await LineAsync(db, review, worker, cancel);
        var empty = new ReviewFile(line, null, [], [], [], [], null, false);
        if (!line.Mine || review.State != ReviewState.Taken || await households.SeeAsync(ctx, review.HouseholdId, DataCategory.NeedsAndAnswers, cancel) is not { } seen) return empty;

        bool Sees(DataCategory category) => seen.Sight.Allows(category, null);
        var ids = seen.Ids.ToArray();
        var applications = Sees(DataCategory.Money) ? await db.Set<Application>().Where(a => a.RequestId == review.RequestId).ToListAsync(cancel) : [];
        var decided = applications.Select(a => a.Id).ToArray();
        var decisions = await db.Set<Decision>().Where(d => decided.Contains(d.ApplicationId)).OrderBy(d => d.At).ToListAsync(cancel);
        var awards = Sees(DataCategory.Money) ? await db.Set<Award>().Where(a => ids.Contains(a.HouseholdId)).OrderByDescending(a => a.EffectiveAt).ToListAsync(cancel) : [];
        var all = (await schemes.AllAsync(db, cancel)).ToDictionary(s => s.Id);
        var organisations = await db.Set<Organisation>().ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        var about = review.AwardId is { } id ? awards.Find(a => a.Id == id)?.ApplicationId : null;
        var on = decisions.Find(d => d.ApplicationId == about) is { } asked ? DecidedAt(asked, awards.Find(a => a.ApplicationId == about)) : review.AskedAt;
        var needs = await db.Set<RequestNeed>().Where(n => n.RequestId == review.RequestId).OrderBy(n => n.NeedId).Select(n => n.NeedId).ToListAsync(cancel);
        // Free words may name somebody: the reviewer has what can be chosen, counted or dated.
        var facts = (await AnswersTold.ToWorkerAsync(db, review.HouseholdId, Sees, cancel)).Where(a => a.IsGiven && Words.Current.Fact(a.Fact) is { Type: not "text" and not "people" }).ToList();
        return new ReviewFile(line, review.Asked, [.. needs.Select(n => Words.Current.Need(n)?.Plain ?? n)],
            [.. facts.Select(a => new FactTold(Words.Current.Fact(a.Fact)!.Question, AnswerWords.Of(a), LondonTime.DayOf(a.At), a.At > on))],
            [.. decisions.Select(d => Told(applications.Single(a => a.Id == d.ApplicationId), d, awards.Find(a => a.ApplicationId == d.ApplicationId), all, organisations, d.ApplicationId == about))],
            [.. awards.Where(a => a.RequestId != review.RequestId && a.Status != AwardStatus.Cancelled && a.EffectiveAt > on.AddYears(-1)).Select(a => (Label(a, all), a.EffectiveOn))], review.Answer, true);
    }

    /// <summary>Takes it: from now this reviewer may read the facts. Nobody reviews what they decided, or asked for.</summary>
    public Task<Result<string>> TakeAsync(AuditContext who, WhoIsWorking worker, string typed, CancellationToken cancel) => ChangeAsync(who, worker, typed, async (c, review) =>
    {
        if (await WhyNotAsync(c.Db, review, worker.WorkerId, c.Cancel) is { } why) return new Refusal("own-decision", why);
        // Restricted, or of somebody whom they know: a colleague's, or nobody's.
        if (await Grounds.IsShutAsync(c.Db, review.HouseholdId, worker.WorkerId, who.At, c.Cancel)) return new Refusal("shut", "This cannot be opened by you now. A colleague takes it, or ask the information lead.");
        var had = review.State == ReviewState.Taken;
        if (review.Take(worker.WorkerId, who.At) is { } refused) return refused;
        if (had) return null;
        Grounds.Open(c, GroundCause.Review, review.HouseholdId, Purpose.Assurance, review.Id, worker: worker.WorkerId);
        c.Record("review.taken", review.Id, review.HouseholdId);
        return null;
    }, cancel);

    public Task<Result<string>> PutBackAsync(AuditContext who, WhoIsWorking worker, string typed, CancellationToken cancel) => ChangeAsync(who, worker, typed, async (c, review) =>
    {
        if (review.PutBack(worker.WorkerId) is { } refused) return refused;
        await Grounds.CloseAsync(c, review.Id, GroundCause.Review);
        c.Record("review.put-back", review.Id, review.HouseholdId);
        return null;
    }, cancel);

    /// <summary>It stands, or is to be decided again. The facts are shut, and the request is the hub's again: somebody tells them.</summary>
    public Task<Result<string>> AnswerAsync(AuditContext who, WhoIsWorking worker, string typed, bool? stands, string? why, CancellationToken cancel) => ChangeAsync(who, worker, typed, async (c, review) =>
    {
        var said = why?.Trim() ?? "";
        if (stands is not { } it) return new Refusal("stands", "Choose: the decision stands, or it is made again.", "stands");
        if (said.Length < 10) return new Refusal("why", "Say why, in words that can be read out to them.", "why");
        if (said.Length > 2000) return new Refusal("why", "Keep it under 2,000 letters.", "why");
        if (review.Answered(worker.WorkerId, it, said, who.At) is { } refused) return refused;
        await Grounds.CloseAsync(c, review.Id, GroundCause.Review);
        await c.Kind.HoldRowsAsync(c.Db, "request", [review.RequestId], c.Cancel);
        // What they stopped stays ended.
        if (await c.Db.Set<Request>().AsTracking().SingleOrDefaultAsync(r => r.Id == review.RequestId, c.Cancel) is { Status: not RequestStatus.Stopped and not RequestStatus.DeclinedByResident } request)
        {
            if (request.Status == RequestStatus.HandedOver) request.CameBackAt = who.At;
            else request.PartCameBack(who.At);
            await c.Db.Set<Ground>().Where(g => g.CauseId == request.Id && g.Cause == GroundCause.OpenRequest).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, (DateTime?)null), c.Cancel);
        }
        c.Record(it ? "review.stands" : "review.again", review.Id, review.HouseholdId);
        return null;
    }, cancel);

    private Task<Result<string>> ChangeAsync(AuditContext who, WhoIsWorking worker, string typed, Func<Command, DecisionReview, Task<Refusal?>> change, CancellationToken cancel) => commands.RunAsync<string>(who, async c =>
    {
        if (!RoleTable.Default.May(worker.Role, "review-decision") || !Reference.TryParse(typed, out var reference)) return NotThere;
        if (await c.Db.Set<DecisionReview>().Where(r => r.Reference == reference).Select(r => (Guid?)r.Id).SingleOrDefaultAsync(c.Cancel) is not { } id) return NotThere;
        await c.Kind.HoldRowsAsync(c.Db, "decision_review", [id], c.Cancel);
        return await change(c, await c.Db.Set<DecisionReview>().AsTracking().SingleAsync(r => r.Id == id, c.Cancel)) is { } refused ? refused : reference;
    }, cancel);

    private async Task<ReviewLine> LineAsync(AnyDoorDb db, DecisionReview review, WhoIsWorking worker, CancellationToken cancel)
    {
        var award = review.AwardId is { } id ? await db.Set<Award>().SingleOrDefaultAsync(a => a.Id == id, cancel) : null;
        var scheme = award is null ? null : (await schemes.FindAsync(db, award.SchemeId, cancel))?.Newest;
        return new ReviewLine(review.Reference, scheme?.Name ?? "", award is null ? "They were given nothing" : $"{scheme?.Type(award.AwardType)?.Label ?? award.AwardType}, {award.Amount}", review.AskedAt, review.AnswerBy, review.State, review.TakenBy == worker.WorkerId,
            review.IsOpen ? await WhyNotAsync(db, review, worker.WorkerId, cancel) : null, review.AnsweredAt, review.AskedBy is null);
    }

    private static async Task<string?> WhyNotAsync(AnyDoorDb db, DecisionReview review, Guid worker, CancellationToken cancel) =>
        review.AskedBy == worker ? "You asked for this second look, so somebody else takes it."
        : await db.Set<Decision>().AnyAsync(d => d.WorkerId == worker && db.Set<Application>().Any(a => a.Id == d.ApplicationId && a.RequestId == review.RequestId), cancel) ? "You decided on this request, so somebody else looks at it again." : null;

    private static DecisionToReview Told(Application application, Decision d, Award? award, Dictionary<string, SchemeInUse> all, Dictionary<Guid, string> organisations, bool asked)
    {
        var scheme = all.GetValueOrDefault(application.SchemeId);
        var day = LondonTime.DayOf(award?.EffectiveAt ?? application.ReceivedAt);
        return new DecisionToReview(scheme?.Newest.Name ?? application.SchemeId, award is null ? $"No to {application.Asked}" : Label(award, all), DecidedAt(d, award), d.OrganisationId is { } id ? organisations.GetValueOrDefault(id, "") : "", d.SchemeVersion,
            d.RuleWords is null ? null : $"Rule {d.RuleNumber ?? d.RuleId}", d.RuleWords, d.Reason, d.RecentHelpReason, d.Unknown,
            [.. scheme?.On(day).Definition.RulesOn(day, application.AwardType).Where(r => !r.ReportOnly).Select(r => (r.Cite, r.Words)) ?? []], asked);
    }

    /// <summary>What came in a file was decided on its own day, not when the file was loaded.</summary>
    private static DateTime DecidedAt(Decision d, Award? award) => award is { Imported: true } ? award.EffectiveAt : d.At;

    private static string Label(Award award, Dictionary<string, SchemeInUse> all) => $"{all.GetValueOrDefault(award.SchemeId)?.Newest.Type(award.AwardType)?.Label ?? award.AwardType}, {award.Amount}";
}
