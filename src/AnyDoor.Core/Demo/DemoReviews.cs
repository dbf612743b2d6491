using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>Some of the invented residents do not agree with what was decided, and some records were opened on a reason: the pages of who looks again are as on a working day.</summary>
internal static class DemoReviews
{
    private sealed record Asked(int DaysAgo, bool OfAward, bool ByThemselves, string Words, params (string Fact, string Value)[] Told);

    private static readonly Asked[] All =
    [
        new(8, true, false, "Pay was counted as it was before the hours were cut, and it has been lower since October",
            ("shock.what_changed", """["lower-pay"]"""), ("income.employment", "\"employed\""), ("income.pay_monthly_pence", "98000"), ("income.hours_weekly", "16"), ("home.tenure", "\"private\""), ("home.rent_monthly_pence", "69500"), ("energy.meter", "\"prepayment\""), ("energy.meter_left_pence", "84")),
        new(3, true, false, "The meter takes twice as much since the boiler broke, so it was gone in two days",
            ("benefits.list", """["universal-credit"]"""), ("benefits.universal_credit_monthly_pence", "61700"), ("benefits.deductions", "true"), ("home.appliance_broken", """["heating"]"""), ("energy.meter", "\"prepayment\""), ("energy.meter_left_pence", "120")),
        new(1, false, true, "I was told that my savings are too high, and they are the rent that is due on Friday",
            ("shock.what_changed", """["lost-job"]"""), ("income.employment", "\"looking\""), ("savings.over_6000", "false"), ("home.tenure", "\"housing-association\""), ("home.rent_monthly_pence", "52000"), ("home.rent_missed_months", "0")),
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
        var awards = await c.Db.Set<Award>().Where(a => a.RequestId != null && a.Imported && a.SchemeId == "crisis-and-resilience-fund").OrderByDescending(a => a.EffectiveAt).ThenBy(a => a.Id).Take(200).ToListAsync(c.Cancel);
        foreach (var told in All)
        {
            // Nobody disagrees before it was decided.
            var at = who.At.AddDays(-told.DaysAgo);
            if (awards.Find(a => a.EffectiveAt < at.AddDays(-1)) is not { } award) continue;
            awards.RemoveAll(a => a.HouseholdId == award.HouseholdId);
            var applicant = await c.Db.Set<Request>().Where(r => r.Id == award.RequestId).Select(r => r.ApplicantId).SingleAsync(c.Cancel);
            var said = award.EffectiveAt.AddHours(-2);
            foreach (var (fact, value) in told.Told)
                c.Insert(new Answer { Id = Guid.CreateVersion7(new DateTimeOffset(said, TimeSpan.Zero)), HouseholdId = award.HouseholdId, PersonId = applicant, Fact = fact, Value = value, Origin = "conversation", At = said, ByWorker = asker });
            var review = new DecisionReview
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), Reference = Reference.New(), HouseholdId = award.HouseholdId, RequestId = award.RequestId!.Value, AwardId = told.OfAward ? award.Id : null, Asked = told.Words, AskedAt = at, AskedBy = told.ByThemselves ? null : asker,
                AnswerBy = AnswerClock.AddWorkingDays(LondonTime.DayOf(at), ReviewDesk.DaysToAnswer), State = ReviewState.Waiting, Version = 1,
            };
            c.Insert(review);
            c.Record(told.ByThemselves ? "review.asked-by-resident" : "review.asked", review.RequestId, review.HouseholdId);
        }
        return (Result<int>)All.Length;
    }, cancel, new Once(DemoCounty.Scope, "reviews", [1]));
}
