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

/// <summary>What a partner's system or a page asks for: an award to the household behind a request.</summary>
public sealed record RequestAward(string RequestReference, string SchemeId, string AwardType, long AmountPence, string Delivery, string Reason, string? RecentHelpReason);

/// <summary>Awards by a request's public reference, for those who may see its household. "Not allowed" and "not there" are one refusal.</summary>
public sealed class RequestAwards(Database database, AwardService awards)
{
    public static readonly Refusal NotThere = new("not-found", GateDecision.NotThere);

    public async Task<Result<Awarded>> AwardAsync(AuditContext who, Worker worker, RequestAward asked, Once? once, CancellationToken cancel)
    {
        if (!Reference.TryParse(asked.RequestReference, out var reference)) return NotThere;
        await using var db = database.Open();
        var request = await db.Set<Request>().Where(r => r.Reference == reference)
            .Select(r => new
            {
                r.Id, r.HouseholdId, r.DoorId, r.ForSomeoneElse, r.PermissionGiven, r.FirstContactAt, Size = db.Set<Household>().Where(h => h.Id == r.HouseholdId).Select(h => h.Size).FirstOrDefault(),
                Home = db.Set<Organisation>().Where(o => o.Id == worker.OrganisationId).Select(o => o.Kind).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancel);
        if (request is null) return NotThere;

        var grounds = await db.Set<Ground>().Where(g => g.HouseholdId == request.HouseholdId).ToListAsync(cancel);
        var permissions = await db.Set<Permission>().Where(p => p.HouseholdId == request.HouseholdId).ToListAsync(cancel);
        var looker = new Looker(who.Actor.Kind, worker.Id, worker.Role, worker.OrganisationId, request.Home == OrganisationKind.CountyHub, Permissions.KindOf(request.Home));
        if (!Gate.Decide(new GateQuestion(looker, Purpose.AwardAndPay, request.HouseholdId, null, DataCategory.NeedsAndAnswers, who.At), grounds, permissions, VisibilityTable.Default, await Agreements.AgreedAsync(db, cancel)).Allowed) return NotThere;
        if (Request.AwardWaits(request.ForSomeoneElse, request.PermissionGiven, request.FirstContactAt) is { } wait) return wait;

        return await awards.AwardAsync(who with { Door = request.DoorId }, new AwardAsk
        {
            HouseholdId = request.HouseholdId, RequestId = request.Id, SchemeId = asked.SchemeId, AwardType = asked.AwardType, AmountPence = asked.AmountPence,
            Delivery = asked.Delivery, Reason = asked.Reason, RecentHelpReason = asked.RecentHelpReason, Facts = await FactsAsync(db, request.Id, request.HouseholdId, request.Size, who.At, cancel),
        }, cancel, once);
    }

    /// <summary>The same reading of what was told as the adviser's own page has: the same need gets the same answer at every door.</summary>
    private static async Task<Facts> FactsAsync(AnyDoorDb db, Guid request, Guid household, int? size, DateTime at, CancellationToken cancel)
    {
        var answers = await db.Set<Answer>().Where(a => a.HouseholdId == household && a.ReplacedAt == null).ToListAsync(cancel);
        var needs = await db.Set<RequestNeed>().Where(n => n.RequestId == request).Select(n => n.NeedId).ToListAsync(cancel);
        var people = await HouseholdAges.OnAsync(db, household, LondonTime.DayOf(at), cancel);
        // The area follows from the household, where the award is made.
        return FactsOnTheDay.Of(answers, [.. people.Select(p => new Resident(p.Person, p.Age))], size, needs, authority: null, at);
    }
}
