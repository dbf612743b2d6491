using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Sharing;

/// <summary>A look on a stated reason: who, when, for what and the reason kept. Never whose record it was by name.</summary>
public sealed record LookToReview(Guid Id, string Worker, string Organisation, DateTime At, Purpose Purpose, string Record, string? Reason, LookAnswer Answer);

/// <summary>A possible match that the worker at the desk was not shown.</summary>
public sealed record MatchNotShown(Guid Id, DateTime At, string? Worker, string? Record, string OtherRecord);

/// <summary>Something that was put before the information lead: an agreement that ends, an emergency opening.</summary>
/// <param name="Worker">Whom it concerns: an agreement's owner, whoever opened a record.</param>
public sealed record Raised(Guid Id, string Kind, DateTime At, string? Worker, Guid? SubjectId, string? Record);

/// <summary>What waits for the information-governance lead: looks to review, and what only they hear of. Metadata and the reason, no record's content.</summary>
public sealed class InformationDesk(Database database, Commands commands)
{
    private const int MostAtOnce = 100;

    /// <summary>Looks that nobody has decided about, the oldest first.</summary>
    public async Task<IReadOnlyList<LookToReview>> ToReviewAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var rows = await (from review in db.Set<LookReview>()
                          where review.Answer == LookAnswer.Open || review.Answer == LookAnswer.Asked
                          join worker in db.Set<Worker>() on review.WorkerId equals worker.Id
                          join organisation in db.Set<Organisation>() on review.OrganisationId equals organisation.Id
                          join content in db.Set<AuditContent>() on review.EventId equals content.EventId into contents
                          from reason in contents.DefaultIfEmpty()
                          orderby review.At
                          select new { review, Worker = worker.Name, Organisation = organisation.Name, Reason = reason == null ? null : reason.Body }).Take(MostAtOnce).ToListAsync(cancel);
        return [.. rows.Select(r => new LookToReview(r.review.Id, r.Worker, r.Organisation, r.review.At, r.review.Purpose, Short(r.review.HouseholdId), r.Reason, r.review.Answer))];
    }

    /// <summary>Keeps the decision. "Stop" ends the look's ground at once, and this worker cannot open that record on a reason again.</summary>
    public Task<Result<bool>> DecideAsync(AuditContext who, Guid reviewId, LookAnswer answer, CancellationToken cancel) =>
        commands.RunAsync<bool>(who, async c =>
        {
            if (answer == LookAnswer.Open) return new Refusal("answer-needed", "Choose fine, ask or stop.", "answer");
            var review = await c.Db.Set<LookReview>().AsTracking().SingleOrDefaultAsync(r => r.Id == reviewId, c.Cancel);
            if (review is null) return false;
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

    /// <summary>What was raised and nobody has seen to, of the kinds that begin so: <c>agreement-</c>, <c>emergency-</c>. The oldest first.</summary>
    public async Task<IReadOnlyList<Raised>> RaisedAsync(string kinds, CancellationToken cancel)
    {
        await using var db = database.Open();
        var rows = await (from notice in db.Set<InformationNotice>()
                          where notice.SeenAt == null && notice.Kind.StartsWith(kinds)
                          join worker in db.Set<Worker>() on notice.WorkerId equals (Guid?)worker.Id into workers
                          from worker in workers.DefaultIfEmpty()
                          orderby notice.At
                          select new { notice, Worker = worker == null ? null : worker.Name }).Take(MostAtOnce).ToListAsync(cancel);
        return [.. rows.Select(r => new Raised(r.notice.Id, r.notice.Kind, r.notice.At, r.Worker, r.notice.SubjectId, r.notice.HouseholdId is { } household ? Short(household) : null))];
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
