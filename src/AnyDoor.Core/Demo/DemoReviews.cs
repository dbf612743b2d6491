using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>Some of the invented residents do not agree with what was decided, and some records were opened on a reason: the pages of who looks again are as on a working day.</summary>
internal static class DemoReviews
{
    private static readonly (int DaysAgo, bool OfAward, string Words)[] All =
    [
        (8, true, "It was worked out for one person fewer than live here, and the baby was born before it was decided"),
        (3, true, "The meter takes twice as much since the boiler broke, so it was gone in two days"),
        (1, false, "They were told that savings are too high, and the savings are the rent that is due on Friday"),
    ];

    private static readonly (string Worker, double HoursAgo, string Reason)[] Looks =
    [
        ("nadia", 3, "They rang: the letter does not work at the till"),
        ("tom", 26, "The pantry asked whether somebody had been in touch with them"),
        ("dev", 50, "Moved over the border last month, and asks what was agreed"),
    ];

    public static async Task EnsureAsync(Commands commands, AuditContext who, CancellationToken cancel)
    {
        await ReviewsAsync(commands, who, cancel);
        await LooksAsync(commands, who, cancel);
    }

    private static Task LooksAsync(Commands commands, AuditContext who, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        var workers = await c.Db.Set<Worker>().ToDictionaryAsync(w => w.Handle, c.Cancel);
        var households = await c.Db.Set<Award>().Where(a => a.Imported && a.SchemeId == "crisis-and-resilience-fund").OrderBy(a => a.EffectiveAt).ThenBy(a => a.Id).Select(a => a.HouseholdId).Take(Looks.Length).ToListAsync(c.Cancel);
        foreach (var (told, household) in Looks.Zip(households))
        {
            var (worker, at) = (workers[told.Worker], who.At.AddHours(-told.HoursAgo));
            c.Insert(new LookReview
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), HouseholdId = household, WorkerId = worker.Id, OrganisationId = worker.OrganisationId, Purpose = Purpose.RespondToRequest, EventId = c.Record("look.reason-stated", household: household, content: told.Reason, by: new AuditContext(Actor.Worker(worker.Id, worker.Handle), worker.OrganisationId, "phone-county-hub", Purpose.RespondToRequest, at)),
                At = at, Answer = LookAnswer.Open, Why = GroundCause.StatedReason,
            });
        }
        return (Result<int>)Looks.Length;
    }, cancel, new Once(DemoCounty.Scope, "looks", [1]));

    private static Task ReviewsAsync(Commands commands, AuditContext who, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        var asker = await c.Db.Set<Worker>().Where(w => w.Handle == "nadia").Select(w => w.Id).SingleAsync(c.Cancel);
        var awards = await c.Db.Set<Award>().Where(a => a.RequestId != null && a.Imported && a.SchemeId == "crisis-and-resilience-fund").OrderByDescending(a => a.EffectiveAt).ThenBy(a => a.Id).Take(All.Length).ToListAsync(c.Cancel);
        foreach (var (told, award) in All.Zip(awards))
        {
            var at = who.At.AddDays(-told.DaysAgo);
            var review = new DecisionReview
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), Reference = Reference.New(), HouseholdId = award.HouseholdId, RequestId = award.RequestId!.Value, AwardId = told.OfAward ? award.Id : null, Asked = told.Words, AskedAt = at, AskedBy = asker,
                AnswerBy = AnswerClock.AddWorkingDays(LondonTime.DayOf(at), ReviewDesk.DaysToAnswer), State = ReviewState.Waiting, Version = 1,
            };
            c.Insert(review);
            c.Record("review.asked", review.RequestId, review.HouseholdId);
        }
        return (Result<int>)All.Length;
    }, cancel, new Once(DemoCounty.Scope, "reviews", [1]));
}
