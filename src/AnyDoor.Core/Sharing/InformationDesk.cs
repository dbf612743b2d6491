using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Sharing;

/// <summary>A look that goes to review: who, when, for what and the reason kept. Never whose record it was by name, and nothing of what is in it.</summary>
/// <param name="Why">A stated reason, or an emergency.</param>
/// <param name="Did">What this worker did for the same household within a day of it, by the log: what the reason fits.</param>
/// <param name="Law">An emergency's legal gateway.</param>
/// <param name="Senior">Who is said to have agreed to an emergency, and what they answered.</param>
public sealed record LookToReview(Guid Id, Guid WorkerId, string Worker, string Organisation, DateTime At, Purpose Purpose, string Record, string? Reason, LookAnswer Answer, string Why, IReadOnlyList<string> Did,
    string? Law, (string Name, SeniorAnswer Answer)? Senior, string? AnsweredBy, DateTime? AnsweredAt, string? Reply, DateTime? RepliedAt)
{
    /// <summary>Somebody decides: nobody has yet, or whoever was asked has answered.</summary>
    public bool IsToDecide => Answer == LookAnswer.Open || (Answer == LookAnswer.Asked && RepliedAt is not null);
    /// <summary>The worker was asked, and has not said why.</summary>
    public bool IsAsked => Answer == LookAnswer.Asked && RepliedAt is null;
}

/// <summary>A look of a worker's own that they are asked about.</summary>
/// <param name="Reason">What they wrote when they opened it; null: erased since.</param>
public sealed record LookAskedAbout(Guid Id, DateTime At, string Record, string Why, string? Reason, DateTime AskedAt);

/// <summary>How many looks wait.</summary>
/// <param name="ToDecide">Nobody has decided, or whoever was asked has answered.</param>
/// <param name="Answered">Of those: answered by whoever was asked.</param>
/// <param name="Asked">Asked about, and not answered.</param>
/// <param name="First">The earliest month that has any of them.</param>
public sealed record LooksWaiting(int ToDecide, int Answered, int Asked, int Overdue, DateOnly? First);

/// <summary>One worker's looks of a month, by what was decided.</summary>
public sealed record WorkersLooks(Guid WorkerId, string Worker, string Organisation, int All, int ToDecide);

/// <summary>The monthly review.</summary>
/// <param name="Of">How many looks there were in all.</param>
/// <param name="Months">Those with looks to review, newest first, and how many of each nobody has decided about.</param>
public sealed record MonthOfLooks(DateOnly Month, int Of, IReadOnlyList<LookToReview> Looks, IReadOnlyList<WorkersLooks> Workers, IReadOnlyList<(DateOnly Month, int Looks, int ToDecide)> Months)
{
    /// <summary>By the seventh day of the next month.</summary>
    public DateOnly ReviewBy => InformationDesk.ReviewBy(Month);
}

/// <summary>A possible match that the worker at the desk was not shown.</summary>
public sealed record MatchNotShown(Guid Id, DateTime At, string? Worker, string? Record, string OtherRecord);

/// <summary>Something that was put before the information lead: an agreement that ends, an emergency opening, a way in that somebody else replaced.</summary>
/// <param name="Worker">Whom it concerns: an agreement's owner, whoever opened a record, whose way in is another.</param>
/// <param name="By">Who made the link that a way in was replaced with, or gave a role.</param>
/// <param name="Role">What the worker works as now.</param>
public sealed record Raised(Guid Id, string Kind, DateTime At, string? Worker, Guid? SubjectId, string? Record, string? By = null, string? Role = null);

/// <summary>What waits for the information-governance lead: looks to review, and what only they hear of. Metadata and the reason, no record's content.</summary>
public sealed class InformationDesk(Database database, Commands commands)
{
    private const int MostAtOnce = 100;
    private const int MostInAMonth = 2000;
    private static readonly string[] RaisedKinds = ["agreement-ending", "agreement-ended", "agreement-assessment", "emergency-opened", "emergency-denied", Invitations.WayInReplaced, People.RoleGiven];
    // What a worker does for a household that they opened for a reason: events of the rooms above, by their kind.
    private static readonly string[] Fits = ["request.claimed", "request.contact", "request.received", "caller.known", "award.made", "handover.sent", "conversation.saved", "permission.given"];

    // Every page of the staff side says these two counts.
    private readonly KeptForASecond<int, IReadOnlyDictionary<Guid, int>> asked = new(commands);
    private readonly KeptForASecond<int, int> emergencies = new(commands);

    /// <summary>How many looks this worker is asked about and has not answered; another process's questions count within a second.</summary>
    public async ValueTask<int> AskedCountAsync(Guid worker, CancellationToken cancel) => (await asked.GetAsync(0, async db =>
        (await db.Set<LookReview>().Where(r => r.Answer == LookAnswer.Asked && r.RepliedAt == null).Select(r => r.WorkerId).ToListAsync(cancel)).CountBy(w => w).ToDictionary())).GetValueOrDefault(worker);

    /// <summary>How many emergency openings and refusals nobody has seen; another process's count within a second.</summary>
    public ValueTask<int> EmergencyCountAsync(CancellationToken cancel)
    {
        var kinds = RaisedKinds.Where(k => k.StartsWith("emergency-", StringComparison.Ordinal)).ToArray();
        return emergencies.GetAsync(0, db => db.Set<InformationNotice>().CountAsync(n => n.SeenAt == null && kinds.Contains(n.Kind), cancel));
    }

    /// <summary>A month's looks are decided about by the seventh day of the next.</summary>
    public static DateOnly ReviewBy(DateOnly month) => new DateOnly(month.Year, month.Month, 1).AddMonths(1).AddDays(6);

    /// <summary>Every look of a month (London days) that goes to review, the oldest first.</summary>
    public async Task<MonthOfLooks> MonthAsync(DateOnly month, CancellationToken cancel)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        var (from, to) = (LondonTime.ToUtc(first, TimeOnly.MinValue), LondonTime.ToUtc(first.AddMonths(1), TimeOnly.MinValue));
        await using var db = database.Open();
        var rows = await (from review in db.Set<LookReview>()
                          where review.At >= @from && review.At < to
                          join worker in db.Set<Worker>() on review.WorkerId equals worker.Id
                          join organisation in db.Set<Organisation>() on review.OrganisationId equals organisation.Id
                          join content in db.Set<AuditContent>() on review.EventId equals content.EventId into contents
                          from reason in contents.DefaultIfEmpty()
                          join said in db.Set<AuditContent>() on review.ReplyEventId equals (Guid?)said.EventId into replies
                          from reply in replies.DefaultIfEmpty()
                          orderby review.At
                          select new { review, Worker = worker.Name, Organisation = organisation.Name, Reason = reason == null ? null : reason.Body, Reply = reply == null ? null : reply.Body }).Take(MostInAMonth).ToListAsync(cancel);
        var ids = rows.ConvertAll(r => r.review.Id).ToArray();
        var emergencies = await db.Set<EmergencyOpening>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var people = rows.Select(r => r.review.AnsweredBy).OfType<Guid>().Concat(emergencies.Values.Select(o => o.AgreedBy)).Distinct().ToArray();
        var names = await db.Set<Worker>().Where(w => people.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancel);
        var (workers, households) = (rows.Select(r => (Guid?)r.review.WorkerId).Distinct().ToArray(), rows.Select(r => (Guid?)r.review.HouseholdId).Distinct().ToArray());
        var (early, late) = (@from.AddDays(-1), to.AddDays(1));
        var done = await db.Set<AuditEvent>().Where(e => households.Contains(e.HouseholdId) && workers.Contains(e.ActorId) && e.At >= early && e.At < late && Fits.Contains(e.Kind)).Select(e => new { e.HouseholdId, e.ActorId, e.At, e.Kind }).ToListAsync(cancel);
        var looks = rows.ConvertAll(r =>
        {
            var opening = emergencies.GetValueOrDefault(r.review.Id);
            return new LookToReview(r.review.Id, r.review.WorkerId, r.Worker, r.Organisation, r.review.At, r.review.Purpose, Short(r.review.HouseholdId), opening is null ? r.Reason : EmergencyOpening.ReasonIn(r.Reason), r.review.Answer, r.review.Why,
                [.. done.Where(d => d.HouseholdId == r.review.HouseholdId && d.ActorId == r.review.WorkerId && (d.At - r.review.At).Duration() <= TimeSpan.FromDays(1)).OrderBy(d => d.At).Select(d => d.Kind).Distinct()],
                opening is null ? null : EmergencyRules.Current.Find(opening.Gateway)?.Name, opening is null ? null : (names.GetValueOrDefault(opening.AgreedBy, "somebody"), opening.Answer),
                r.review.AnsweredBy is { } by ? names.GetValueOrDefault(by, "somebody") : null, r.review.AnsweredAt, r.Reply, r.review.RepliedAt);
        });
        var all = await db.Set<LookReview>().Select(r => new { r.At, r.Answer }).ToListAsync(cancel);
        return new MonthOfLooks(first, await db.Set<ReadEvent>().CountAsync(e => e.At >= @from && e.At < to, cancel), looks,
            [.. looks.GroupBy(l => l.WorkerId).Select(g => new WorkersLooks(g.Key, g.First().Worker, g.First().Organisation, g.Count(), g.Count(IsOpen))).OrderByDescending(w => w.ToDecide).ThenByDescending(w => w.All).ThenBy(w => w.Worker, StringComparer.Ordinal)],
            [.. all.GroupBy(r => LondonTime.DayOf(r.At) is var day ? new DateOnly(day.Year, day.Month, 1) : day).Select(g => (g.Key, g.Count(), g.Count(r => r.Answer is LookAnswer.Open or LookAnswer.Asked))).OrderByDescending(m => m.Key)]);
    }

    /// <summary>What waits of every month.</summary>
    public async Task<LooksWaiting> WaitingAsync(DateOnly today, CancellationToken cancel)
    {
        await using var db = database.Open();
        var rows = await db.Set<LookReview>().Where(r => r.Answer == LookAnswer.Open || r.Answer == LookAnswer.Asked).Select(r => new { r.At, IsOpen = r.Answer == LookAnswer.Open, HasReply = r.RepliedAt != null }).ToListAsync(cancel);
        var days = rows.ConvertAll(r => LondonTime.DayOf(r.At));
        return new LooksWaiting(rows.Count(r => r.IsOpen || r.HasReply), rows.Count(r => !r.IsOpen && r.HasReply), rows.Count(r => !r.IsOpen && !r.HasReply), days.Count(d => today > ReviewBy(d)), days.Count == 0 ? null : days.Min());
    }

    /// <summary>What this worker is asked and has not answered, the oldest first.</summary>
    public async Task<IReadOnlyList<LookAskedAbout>> AskedAsync(Guid worker, CancellationToken cancel)
    {
        await using var db = database.Open();
        var rows = await (from review in db.Set<LookReview>()
                          where review.WorkerId == worker && review.Answer == LookAnswer.Asked && review.RepliedAt == null
                          join content in db.Set<AuditContent>() on review.EventId equals content.EventId into contents
                          from reason in contents.DefaultIfEmpty()
                          orderby review.At
                          select new { review, Reason = reason == null ? null : reason.Body }).Take(MostAtOnce).ToListAsync(cancel);
        return rows.ConvertAll(r => new LookAskedAbout(r.review.Id, r.review.At, Short(r.review.HouseholdId), r.review.Why, r.review.Why == GroundCause.Emergency ? EmergencyOpening.ReasonIn(r.Reason) : r.Reason, r.review.AnsweredAt ?? r.review.At));
    }

    /// <summary>The worker who was asked says why. Nobody else can; it is said once.</summary>
    public Task<Result<bool>> ReplyAsync(AuditContext who, Guid reviewId, string? words, CancellationToken cancel) =>
        commands.RunAsync<bool>(who, async c =>
        {
            var review = await c.Db.Set<LookReview>().AsTracking().SingleOrDefaultAsync(r => r.Id == reviewId && r.WorkerId == who.Actor.Id, c.Cancel);
            if (review is null) return false;
            if (review.Answer != LookAnswer.Asked || review.RepliedAt is not null) return new Refusal("not-asked", "This is answered already, or somebody has decided about it.");
            var said = words?.Trim() ?? "";
            if (said.Length is < 10 or > 500) return new Refusal("words", "Say in a sentence or two why you opened it, in 10 to 500 letters.", "words");
            (review.RepliedAt, review.ReplyEventId) = (who.At, c.Record("look.replied", review.Id, review.HouseholdId, said));
            return true;
        }, cancel);

    internal static readonly Refusal OwnLook = new("own-look", "This is a look of your own. Somebody else decides about it.");

    public static bool IsOpen(LookToReview look) => look.Answer is LookAnswer.Open or LookAnswer.Asked;

    /// <summary>Keeps the decision. "Stop" ends the look's ground at once, and this worker cannot open that record on a reason again.</summary>
    public Task<Result<bool>> DecideAsync(AuditContext who, Guid reviewId, LookAnswer answer, CancellationToken cancel) =>
        commands.RunAsync<bool>(who, async c =>
        {
            if (answer == LookAnswer.Open) return new Refusal("answer-needed", "Choose fine, ask or stop.", "answer");
            var review = await c.Db.Set<LookReview>().AsTracking().SingleOrDefaultAsync(r => r.Id == reviewId, c.Cancel);
            if (review is null) return false;
            if (review.WorkerId == who.Actor.Id) return OwnLook;
            if (review.Answer is LookAnswer.Fine or LookAnswer.Stopped) return new Refusal("already-answered", "Somebody has decided about this look already.");
            (review.Answer, review.AnsweredBy, review.AnsweredAt) = (answer, who.Actor.Id, who.At);
            if (answer == LookAnswer.Stopped) await Grounds.CloseAsync(c, review.Id);
            c.Record($"look.{(answer == LookAnswer.Fine ? "fine" : answer == LookAnswer.Asked ? "asked" : "stopped")}", review.Id, review.HouseholdId);
            return true;
        }, cancel);

    /// <summary>Matches that could not be shown and that nobody has seen to, the oldest first.</summary>
    public async Task<IReadOnlyList<MatchNotShown>> MatchesNotShownAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var rows = await (from notice in db.Set<InformationNotice>()
                          where notice.SeenAt == null && notice.Kind == "match-not-shown"
                          join worker in db.Set<Worker>() on notice.WorkerId equals (Guid?)worker.Id into workers
                          from worker in workers.DefaultIfEmpty()
                          orderby notice.At
                          select new { notice, Worker = worker == null ? null : worker.Name }).Take(MostAtOnce).ToListAsync(cancel);
        return [.. rows.Select(r => new MatchNotShown(r.notice.Id, r.notice.At, r.Worker, r.notice.HouseholdId is { } household ? Short(household) : null, Short(r.notice.OtherHouseholdId ?? Guid.Empty)))];
    }

    /// <summary>What was raised and nobody has seen to, of the kinds that begin so: <c>agreement-</c>, <c>emergency-</c>, <c>way-in-</c>. The oldest first.</summary>
    public async Task<IReadOnlyList<Raised>> RaisedAsync(string kinds, CancellationToken cancel)
    {
        var wanted = RaisedKinds.Where(k => k.StartsWith(kinds, StringComparison.Ordinal)).ToArray();
        await using var db = database.Open();
        var rows = await (from notice in db.Set<InformationNotice>()
                          where notice.SeenAt == null && wanted.Contains(notice.Kind)
                          join worker in db.Set<Worker>() on notice.WorkerId equals (Guid?)worker.Id into workers
                          from worker in workers.DefaultIfEmpty()
                          orderby notice.At
                          select new { notice, Worker = worker == null ? null : worker.Name, Role = worker == null ? (Role?)null : worker.Role }).Take(MostAtOnce).ToListAsync(cancel);
        var by = await Invitations.MakersAsync(db, [.. rows.Where(r => r.notice.Kind == Invitations.WayInReplaced).Select(r => r.notice.SubjectId)], cancel);
        var givers = rows.Where(r => r.notice.Kind == People.RoleGiven).Select(r => r.notice.SubjectId!.Value).ToArray();
        if (givers.Length > 0) foreach (var giver in await db.Set<Worker>().Where(w => givers.Contains(w.Id)).Select(w => new { w.Id, w.Name }).ToListAsync(cancel)) by[giver.Id] = giver.Name;
        return [.. rows.Select(r => new Raised(r.notice.Id, r.notice.Kind, r.notice.At, r.Worker, r.notice.SubjectId, r.notice.HouseholdId is { } household ? Short(household) : null,
            r.notice.SubjectId is { } subject ? by.GetValueOrDefault(subject) : null, r.Role is { } role ? RoleTable.Default.All.FirstOrDefault(e => e.Role == role)?.Name : null))];
    }

    public Task<Result<bool>> SeenAsync(AuditContext who, Guid noticeId, CancellationToken cancel) =>
        commands.RunAsync<bool>(who, async c =>
        {
            var notice = await c.Db.Set<InformationNotice>().AsTracking().SingleOrDefaultAsync(n => n.Id == noticeId && n.SeenAt == null, c.Cancel);
            if (notice is null) return false;
            (notice.SeenAt, notice.SeenBy) = (who.At, who.Actor.Id);
            c.Record("notice.seen", notice.Id);
            return true;
        }, cancel);

    /// <summary>A record's short mark for talking about it: it opens nothing and says nothing about who it is.</summary>
    internal static string Short(Guid household) => household.ToString("N")[^6..].ToUpperInvariant();
}
