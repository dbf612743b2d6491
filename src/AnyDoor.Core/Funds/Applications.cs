using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>Asks to a scheme that wait for a decision, and decisions that say no.</summary>
public sealed class Applications(SchemeBook book)
{
    /// <summary>Takes an ask in. A closed scheme still takes what came before the close; nothing is promised by it.</summary>
    public async Task<Result<Application>> ReceiveAsync(Command c, Guid householdId, Guid? requestId, string schemeId, string awardType, Money asked)
    {
        if (await book.FindAsync(c.Db, schemeId, c.Cancel) is not { } scheme) return SchemeService.NoScheme;
        if (scheme.Newest.Type(awardType) is null) return new Refusal(AwardService.NotEligible, $"{scheme.Newest.Name} does not give that.");
        if (AwardService.CheckAmount(asked.Pence) is { } bad) return bad;
        var application = new Application
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), HouseholdId = householdId, RequestId = requestId, SchemeId = schemeId,
            AwardType = awardType, Asked = asked, Door = c.Who.Door, ReceivedAt = c.Who.At, Status = ApplicationStatus.Undecided,
        };
        c.Insert(application);
        c.Record("application.received", application.Id, householdId);
        return application;
    }

    /// <summary>Says no, with the rule's own words and what happens next: there is no decision without a next step.</summary>
    public async Task<Result<Decision>> RefuseAsync(Command c, Guid applicationId, string ruleId, string reason)
    {
        await c.Kind.HoldRowsAsync(c.Db, "application", [applicationId], c.Cancel);
        var application = await c.Db.Set<Application>().AsTracking().SingleOrDefaultAsync(a => a.Id == applicationId, c.Cancel);
        if (application is null || await book.FindAsync(c.Db, application.SchemeId, c.Cancel) is not { } scheme) return new Refusal("not-found", "There is no such application.");
        var (number, _, definition) = scheme.On(LondonTime.DayOf(application.ReceivedAt));
        if (definition.RulesOn(LondonTime.DayOf(application.ReceivedAt), application.AwardType).FirstOrDefault(r => r.Id == ruleId) is not { } rule)
            return new Refusal("no-rule", "A refusal cites a rule of the scheme that counted on the day the application came in. Choose one.");
        if (application.Decide() is { } decided) return decided;
        var decision = new Decision
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), ApplicationId = applicationId, Outcome = DecisionOutcome.Refused, SchemeVersion = number,
            RuleId = rule.Id, RuleNumber = rule.Number, RuleWords = rule.Words, Reason = reason,
            WorkerId = c.Who.Actor.Kind == ActorKind.Worker ? c.Who.Actor.Id : null, OrganisationId = c.Who.OrganisationId, At = c.Who.At, Imported = false,
        };
        c.Insert(decision);
        c.Record("application.refused", applicationId, application.HouseholdId, rule.Id);
        return decision;
    }
}
