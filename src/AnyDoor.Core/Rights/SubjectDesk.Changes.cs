using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>What was wrong and what is right.</summary>
/// <param name="What">name, date-of-birth, language, answer, statement.</param>
/// <param name="AnswerId">The answer that was wrong, for <c>answer</c>.</param>
public sealed record NewCorrection(string What, string Now, Guid? AnswerId = null);

public sealed partial class SubjectDesk
{
    /// <summary>
    /// Puts right what was wrong (Article 16): the record says the new from now on, and this request keeps both. Where we think it was right,
    /// their own statement is kept beside it.
    /// </summary>
    public Task<Result<string>> CorrectAsync(AuditContext who, string reference, NewCorrection told, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if (request.Kind != SubjectKind.Rectification) return new Refusal(SubjectRequest.WrongState, "Only a correction changes a record.");
        if (request.IdentityOn is null) return new Refusal("identity", "Write down first how you know that it is them.");
        if (who.Actor.Id is not { } by) return NotThere;
        var now = told.Now.Trim();
        if (now.Length is 0 or > 2000) return new Refusal("now", "Write what it should say.", "now");
        var people = await c.Db.Set<SubjectRecord>().Where(r => r.SubjectRequestId == request.Id).ToListAsync(c.Cancel);
        if (people.Count == 0) return new Refusal("nobody", "Find which record is theirs first.");
        var ids = people.Select(p => p.PersonId).ToArray();
        var was = "";
        if (told.What == "answer")
        {
            var answer = await c.Db.Set<Answer>().AsTracking().SingleOrDefaultAsync(a => a.Id == told.AnswerId && a.ReplacedAt == null && a.PersonId != null && ids.Contains(a.PersonId.Value), c.Cancel);
            if (answer is null) return new Refusal("answer", "Choose which answer was wrong.", "answer");
            var value = ReadAnswer(answer.Fact, now);
            if (AnswerCheck.Problem(answer.Fact, value) is { } problem) return problem with { Field = "now" };
            (was, answer.ReplacedAt) = (answer.Value, c.Who.At);
            c.Insert(new Answer { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), HouseholdId = answer.HouseholdId, PersonId = answer.PersonId, About = answer.About, Fact = answer.Fact, Value = value, Origin = "corrected", At = c.Who.At, ByWorker = by });
            now = value;
        }
        else if (told.What != "statement")
        {
            foreach (var person in await c.Db.Set<Person>().AsTracking().Where(p => ids.Contains(p.Id)).ToListAsync(c.Cancel))
            {
                switch (told.What)
                {
                    case "name":
                        if (now.Length > 200) return new Refusal("now", "That is longer than a name can be.", "now");
                        (was, person.Name, person.FoldedName) = (person.Name, now, Folding.Fold(now));
                        break;
                    case "date-of-birth":
                        if (!DateOnly.TryParse(now, System.Globalization.CultureInfo.GetCultureInfo("en-GB"), out var born) || born > LondonTime.DayOf(c.Who.At)) return new Refusal("now", "Write the day of birth like 14 March 1990.", "now");
                        (was, person.DateOfBirth, person.BirthYear) = (person.DateOfBirth is { } before ? LondonTime.Day(before) : "not told", born, born.Year);
                        break;
                    default:
                        return new Refusal("what", "Choose what was wrong.", "what");
                }
            }
            foreach (var household in people.Select(p => p.HouseholdId).Distinct())
                await c.Db.Set<Household>().Where(h => h.Id == household).ExecuteUpdateAsync(h => h.SetProperty(x => x.Version, x => x.Version + 1), c.Cancel);
        }
        c.Insert(new Correction { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), SubjectRequestId = request.Id, What = told.What, Was = was, Now = now, At = c.Who.At, By = by });
        c.Record("subject.corrected", request.Id, people[0].HouseholdId);
        return request.Moved();
    }, cancel);

    /// <summary>What was typed, as the fact's own kind of value.</summary>
    private static string ReadAnswer(string fact, string typed)
    {
        var known = Vocabulary.Words.Current.Fact(fact);
        var option = known?.Options?.FirstOrDefault(o => string.Equals(o.Label, typed, StringComparison.OrdinalIgnoreCase) || o.Id == typed);
        return known?.Type switch
        {
            "money" when Money.TryParse(typed, out var money) => money.Pence.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "number" or "money" => typed.All(char.IsAsciiDigit) ? typed : "-1",
            "choices" => System.Text.Json.JsonSerializer.Serialize(typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => known.Options?.FirstOrDefault(o => string.Equals(o.Label, t, StringComparison.OrdinalIgnoreCase))?.Id ?? t)),
            _ => System.Text.Json.JsonSerializer.Serialize(option?.Id ?? (known?.Type == "yes-no" ? typed.ToLowerInvariant() : typed)),
        };
    }

    /// <summary>The answers of theirs that stand, to choose the wrong one from: id, question and answer.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Question, string Value)>> AnswersAsync(SubjectFile file, CancellationToken cancel)
    {
        var ids = file.Homes.Where(h => h.View.Sight.Allows(DataCategory.NeedsAndAnswers, h.View.Kept(h.Record.PersonId))).Select(h => h.Record.PersonId).ToArray();
        await using var db = database.Open();
        var answers = await db.Set<Answer>().Where(a => a.ReplacedAt == null && a.PersonId != null && ids.Contains(a.PersonId.Value)).OrderBy(a => a.Fact).ToListAsync(cancel);
        return answers.ConvertAll(a => (a.Id, Vocabulary.Words.Current.Fact(a.Fact)?.Question ?? a.Fact, a.IsGiven ? a.Value.Trim('"') : "rather not say"));
    }

    /// <summary>An organisation that had the data was told of the change.</summary>
    public Task<Result<string>> ToldAsync(AuditContext who, string reference, string organisation, string how, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if (organisation.Trim().Length is < 2 or > 200) return new Refusal("organisation", "Choose who was told.", "organisation");
        if (how.Trim().Length is < 3 or > 200) return new Refusal("how", "Say how they were told.", "how");
        var name = organisation.Trim();
        if (await c.Db.Set<RecipientTold>().AnyAsync(t => t.SubjectRequestId == request.Id && t.Organisation == name, c.Cancel)) return null;
        c.Insert(new RecipientTold { SubjectRequestId = request.Id, Organisation = name, ToldOn = LondonTime.DayOf(c.Who.At), How = how.Trim() });
        c.Record("subject.recipient-told", request.Id);
        return request.Moved();
    }, cancel);

    /// <summary>Whoever was given the data: organisations it was handed to, that brought them, or that they allowed.</summary>
    private static async Task<IReadOnlyList<string>> RecipientsAsync(AnyDoorDb db, Guid[] homes, CancellationToken cancel)
    {
        var handed = await db.Set<Handover>().Where(h => homes.Contains(h.HouseholdId)).Select(h => h.Organisation).ToListAsync(cancel);
        var ids = (await db.Set<Permission>().Where(p => homes.Contains(p.HouseholdId) && p.Allowed && p.OrganisationId != null).Select(p => p.OrganisationId!.Value).ToListAsync(cancel))
            .Concat(await db.Set<Ground>().Where(g => homes.Contains(g.HouseholdId) && g.OrganisationId != null).Select(g => g.OrganisationId!.Value).ToListAsync(cancel)).Distinct().ToArray();
        var named = await db.Set<Organisation>().Where(o => ids.Contains(o.Id) && o.Kind != OrganisationKind.CountyHub).Select(o => o.Name).ToListAsync(cancel);
        return [.. handed.Concat(named).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>From now on the records of this request are stored and nothing more, until the restriction is lifted.</summary>
    public async Task<Result<string>> RestrictAsync(WhoIsWorking worker, string typed, string why, DateTime now, CancellationToken cancel)
    {
        if (why.Trim().Length is < 10 or > 500) return new Refusal("why", "Say why: they say it is wrong, it was unlawful, they need it for a claim, or they object and it is being looked at.", "why");
        if (await OpenAsync(worker, typed, now, cancel) is not { } file) return NotThere;
        if (file.Homes.Count == 0) return new Refusal("nobody", "Find which record is theirs first.");
        if (file.Restricted) return new Refusal(SubjectRequest.WrongState, "It is restricted already.");
        return await ChangeAsync(worker.For(Purpose.Assurance, "phone-county-hub", now, why.Trim()), typed, (c, request) =>
        {
            if (request.Kind is SubjectKind.Access or SubjectKind.Complaint) return Task.FromResult<Refusal?>(new Refusal(SubjectRequest.WrongState, "Only a correction, an objection or a request to restrict can restrict a record."));
            // Every record that is joined with it, so that no other way in stays open.
            foreach (var household in file.Homes.SelectMany(h => h.View.HouseholdIds).Distinct())
            {
                Grounds.Open(c, Restriction.Cause, household, Purpose.Assurance, request.Id);
                c.Record("subject.restricted", request.Id, household);
            }
            return Task.FromResult(request.Moved());
        }, cancel);
    }

    /// <summary>Lifts it. The person is told before (Article 18(3)), which is what is asked here.</summary>
    public Task<Result<string>> LiftAsync(AuditContext who, string typed, string told, CancellationToken cancel) => commands.RunAsync<string>(who with { Reason = told.Trim() }, async c =>
    {
        if (told.Trim().Length is < 5 or > 500) return new Refusal("told", "Say how they were told before the restriction is lifted.", "told");
        if (!Reference.TryParse(typed, out var reference)) return NotThere;
        // It may have been answered long ago: the restriction stands on its own.
        var id = await c.Db.Set<SubjectRequest>().Where(s => s.Reference == reference).Select(s => (Guid?)s.Id).SingleOrDefaultAsync(c.Cancel);
        if (id is not { } request) return NotThere;
        await c.Kind.HoldRowsAsync(c.Db, "subject_request", [request], c.Cancel);
        var records = await c.Db.Set<Ground>().Where(g => g.CauseId == request && g.Cause == Restriction.Cause && g.To == null).Select(g => g.HouseholdId).ToListAsync(c.Cancel);
        if (records.Count == 0) return new Refusal(SubjectRequest.WrongState, "Nothing is restricted by this.");
        await Grounds.CloseAsync(c, request, Restriction.Cause);
        foreach (var household in records) c.Record("subject.restriction-lifted", request, household);
        return reference;
    }, cancel);
}
