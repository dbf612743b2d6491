using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>What was wrong and what is right.</summary>
/// <param name="What">name, date-of-birth, language, answer, statement.</param>
/// <param name="AnswerId">The answer that was wrong, for <c>answer</c>.</param>
public sealed record NewCorrection(string What, string Now, Guid? AnswerId = null);

/// <summary>Looks of one day by one kind of worker at one place, as they are given to the person on paper.</summary>
public sealed record FullLook(DateOnly Day, string Who, string Organisation, string Page, string Why, string Ground, int Times);

/// <param name="OfOthers">Looks that may be about another adult in the home, and are not here.</param>
/// <param name="More">Older ones that are not here.</param>
public sealed record FullLooks(IReadOnlyList<FullLook> Looks, int OfOthers, int More);

/// <summary>What is done about an objection.</summary>
/// <param name="What"><see cref="GoOn"/>, <see cref="Everything"/>, or the id of the organisation that stops.</param>
/// <param name="Told">In the words that they were told.</param>
public sealed record ObjectionDecision(string What, string Told)
{
    public const string GoOn = "go-on";
    public const string Everything = "everything";
}

public sealed record SharedWith(Guid Id, string Name);

/// <param name="Record">A short mark.</param>
/// <param name="Reference">The request that restricted it, where it is lifted.</param>
public sealed record RestrictedRecord(string Record, DateOnly Since, string Reference, SubjectKind Kind);

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
            (was, answer.ReplacedAt) = (Gatherer.AnswerText(answer), c.Who.At);
            var right = new Answer { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), HouseholdId = answer.HouseholdId, PersonId = answer.PersonId, About = answer.About, Fact = answer.Fact, Value = value, Origin = "corrected", At = c.Who.At, ByWorker = by };
            c.Insert(right);
            if (AtRiskSigns.Current.InAnswer(right.Fact, right.Value)) await AtRiskMark.SetAsync(c, right.HouseholdId, right.PersonId);
            now = Gatherer.AnswerText(right);
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
        Corrected(c, request, told.What, was, now, people[0].HouseholdId, by);
        return request.Moved();
    }, cancel);

    private static void Corrected(Command c, SubjectRequest request, string what, string was, string now, Guid household, Guid by)
    {
        c.Insert(new Correction { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), SubjectRequestId = request.Id, What = what, Was = was, Now = now, At = c.Who.At, By = by });
        c.Record("subject.corrected", request.Id, household);
    }

    /// <summary>Where they live was wrong: put right by the same desk as in a conversation, so that the area of their requests goes with it.</summary>
    public Task<Result<string>> CorrectHomeAsync(WhoIsWorking worker, string typed, string? lines, string? postcode, DateTime now, CancellationToken cancel) => CorrectElsewhereAsync(worker, typed, "address", now, async (home, ctx) =>
    {
        if (string.IsNullOrWhiteSpace(lines) && string.IsNullOrWhiteSpace(postcode)) return new Refusal("lines", "Write the right address, or its postcode.", "lines");
        if (home.View.Home.Withheld) return new Refusal("withheld", "This address is kept apart for somebody’s safety. An adviser corrects it with them, in a conversation.", "lines");
        var done = await homeDesk.ChangeAsync(ctx, home.View, new HomeTold(lines, postcode, false, null, HouseholdReader.MarkOf(home.View)), cancel);
        return done.Done ? (home.View.Home.ToString() ?? "", string.Join(", ", new[] { lines?.Trim(), postcode?.Trim().ToUpperInvariant() }.Where(l => !string.IsNullOrEmpty(l)))) : done.Refusal;
    }, cancel);

    /// <summary>Their telephone number or e-mail address was wrong. What was said about when and how stays; a worker checks before the first contact.</summary>
    public Task<Result<string>> CorrectContactAsync(WhoIsWorking worker, string typed, string? phone, string? email, DateTime now, CancellationToken cancel) => CorrectElsewhereAsync(worker, typed, "contact", now, async (home, ctx) =>
    {
        string? number = null;
        if (!string.IsNullOrWhiteSpace(phone) && !Phone.TryParse(phone, out number!)) return new Refusal("phone", "That is not a phone number. Write it like 07700 900123.", "phone");
        var mail = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        if (mail is not null && (!mail.Contains('@', StringComparison.Ordinal) || mail.Length > 200)) return new Refusal("email", "That is not an email address. Write it like name@example.org.", "email");
        if (number is null && mail is null) return new Refusal("phone", "Write the right number, or the right e-mail address.", "phone");
        var before = home.Who!.Reach ?? Reach.Unanswered;
        var done = await households.ChangeReachAsync(ctx, home.View.Id, home.Who.PersonId, new ReachChange(before with { Phone = number ?? before.Phone, Email = mail ?? before.Email, CheckBeforeContact = true }, SafeContacts.Mark(home.Who.Reach), "A correction that they asked for"), cancel);
        static string Show(string? p, string? e) => string.Join(", ", new[] { p is null ? null : Phone.Show(p), e }.OfType<string>()) is { Length: > 0 } text ? text : "not told";
        return done.Done ? (Show(number is null ? null : before.Phone, mail is null ? null : before.Email), Show(number, mail)) : done.Refusal;
    }, cancel);

    /// <summary>Puts right what another desk keeps, in their newest home, and writes down both.</summary>
    private async Task<Result<string>> CorrectElsewhereAsync(WhoIsWorking worker, string typed, string what, DateTime now, Func<SubjectHome, ReadContext, Task<Result<(string Was, string Now)>>> correct, CancellationToken cancel)
    {
        if (await OpenAsync(worker, typed, now, cancel) is not { Request.IsOpen: true } file) return NotThere;
        if (file.Request.Kind != SubjectKind.Rectification) return new Refusal(SubjectRequest.WrongState, "Only a correction changes a record.");
        if (file.Request.IdentityOn is null) return new Refusal("identity", "Write down first how you know that it is them.");
        if (file.Homes.LastOrDefault(h => h.Who is not null) is not { } home) return new Refusal("nobody", "Find which record is theirs first.");
        var done = await correct(home, ReadContext.ForWorker(worker, Purpose.Assurance, Page, "phone-county-hub", now));
        if (!done.Done) return done.Refusal;
        return await ChangeAsync(worker.For(Purpose.Assurance, "phone-county-hub", now), typed, (c, request) =>
        {
            Corrected(c, request, what, done.Value.Was, done.Value.Now, home.Record.HouseholdId, worker.WorkerId);
            return Task.FromResult(request.Moved());
        }, cancel);
    }

    // Few records have one, and every household's page asks.
    private readonly KeptForASecond<int, HashSet<Guid>> spokenOf = new(commands);

    /// <summary>What somebody says of their record where we think it was right: it stands beside the record for whoever reads it (the Commissioner's guidance on Article 16).</summary>
    public async Task<IReadOnlyList<(DateTime At, string Words)>> StatementsAsync(HouseholdView household, CancellationToken cancel)
    {
        var spoken = await spokenOf.GetAsync(0, async db => (HashSet<Guid>)[.. await Statements(db).Select(s => s.HouseholdId).Distinct().ToListAsync(cancel)]);
        if (!household.HouseholdIds.Any(spoken.Contains)) return [];
        var ids = household.HouseholdIds.ToArray();
        await using var db = database.Open();
        var said = await Statements(db).Where(s => ids.Contains(s.HouseholdId)).OrderBy(s => s.At).ToListAsync(cancel);
        return [.. said.Where(x => household.Sight.Allows(DataCategory.NeedsAndAnswers, household.Kept(x.PersonId))).DistinctBy(x => x.Id).Select(x => (x.At, x.Words))];
    }

    private sealed record Statement { public Guid Id { get; init; } public DateTime At { get; init; } public required string Words { get; init; } public Guid HouseholdId { get; init; } public Guid PersonId { get; init; } }

    private static IQueryable<Statement> Statements(AnyDoorDb db) =>
        from x in db.Set<Correction>() where x.What == "statement" && x.Now != Disposals.Gone join r in db.Set<SubjectRecord>() on x.SubjectRequestId equals r.SubjectRequestId select new Statement { Id = x.Id, At = x.At, Words = x.Now, HouseholdId = r.HouseholdId, PersonId = r.PersonId };

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
        return answers.ConvertAll(a => (a.Id, Vocabulary.Words.Current.Fact(a.Fact)?.Question ?? a.Fact, Gatherer.AnswerText(a)));
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
        if (file.LiftsHere) return new Refusal(SubjectRequest.WrongState, "It is restricted already.");
        return await ChangeAsync(worker.For(Purpose.Assurance, "phone-county-hub", now, why.Trim()), typed, (c, request) =>
        {
            if (request.Kind is SubjectKind.Access or SubjectKind.Complaint) return Task.FromResult<Refusal?>(new Refusal(SubjectRequest.WrongState, "Only a correction, an objection or a request to restrict can restrict a record."));
            Restrict(c, request, file);
            return Task.FromResult(request.Moved());
        }, cancel);
    }

    private static void Restrict(Command c, SubjectRequest request, SubjectFile file)
    {
        // Every record that is joined with it, so that no other way in stays open.
        foreach (var household in file.Homes.SelectMany(h => h.View.HouseholdIds).Distinct())
        {
            Grounds.Open(c, Restriction.Cause, household, Purpose.Assurance, request.Id);
            c.Record("subject.restricted", request.Id, household);
        }
    }

    /// <summary>
    /// Decides about an objection (Article 21): what they object to stops, by one organisation or altogether, or we go on on compelling grounds that override their interests. It ends with what they are told.
    /// </summary>
    public async Task<Result<string>> DecideObjectionAsync(WhoIsWorking worker, string typed, ObjectionDecision decided, DateTime now, CancellationToken cancel)
    {
        if (await OpenAsync(worker, typed, now, cancel) is not { Request.IsOpen: true } file) return NotThere;
        if (file.Request.Kind != SubjectKind.Objection) return new Refusal(SubjectRequest.WrongState, "Only an objection is decided so.");
        if (decided.What is not (ObjectionDecision.GoOn or ObjectionDecision.Everything) && !file.Sharing.Any(s => s.Id.ToString() == decided.What)) return new Refusal("what", "Choose what stops, or that we go on.", "what");
        if (file.Homes.Count == 0) return new Refusal("nobody", "Find which record is theirs first.");
        if (decided.What == ObjectionDecision.GoOn && decided.Told.Trim().Length < 20) return new Refusal("told", "Say the compelling grounds that weigh more than what they object for, or the legal claim, as you have told them.", "told");
        return await ChangeAsync(worker.For(Purpose.Assurance, "phone-county-hub", now, decided.Told.Trim()), typed, async (c, request) =>
        {
            if (request.IdentityOn is null) return new Refusal("identity", "Write down first how you know that it is them.");
            if ((decided.What == ObjectionDecision.GoOn ? request.Refuse(c.Who.At, decided.Told) : request.Answer(c.Who.At, decided.Told)) is { } refused) return refused with { Field = "told" };
            if (decided.What == ObjectionDecision.Everything && !file.LiftsHere) Restrict(c, request, file);
            if (Guid.TryParse(decided.What, out var organisation))
                foreach (var home in file.Homes) await SharingDesk.ObjectedAsync(c, [.. home.View.HouseholdIds], home.Record.HouseholdId, home.Record.PersonId, organisation);
            await EndAsync(c, request, decided.What == ObjectionDecision.GoOn ? "subject.objection-overridden" : "subject.objection-upheld");
            return null;
        }, cancel);
    }

    /// <summary>Organisations that have something of theirs now: what an objection may stop.</summary>
    private static async Task<IReadOnlyList<SharedWith>> SharingAsync(AnyDoorDb db, Guid[] homes, CancellationToken cancel)
    {
        var ids = (await db.Set<Permission>().Where(p => homes.Contains(p.HouseholdId) && p.Allowed && p.WithdrawnAt == null && p.OrganisationId != null).Select(p => p.OrganisationId!.Value).ToListAsync(cancel))
            .Concat(await db.Set<Ground>().Where(g => homes.Contains(g.HouseholdId) && g.OrganisationId != null && g.To == null).Select(g => g.OrganisationId!.Value).ToListAsync(cancel))
            .Concat(await db.Set<Handover>().Where(h => homes.Contains(h.HouseholdId) && h.OrganisationId != null && (h.State == HandoverState.Sent || h.State == HandoverState.Accepted || h.State == HandoverState.FirstContact)).Select(h => h.OrganisationId!.Value).ToListAsync(cancel)).Distinct().ToArray();
        return await db.Set<Organisation>().Where(o => ids.Contains(o.Id) && o.Kind != OrganisationKind.CountyHub).OrderBy(o => o.Name).Select(o => new SharedWith(o.Id, o.Name)).ToListAsync(cancel);
    }

    /// <summary>Every look at the records of a request that was opened, the newest first, also those that their own screen leaves out.</summary>
    public async Task<FullLooks> LooksAsync(SubjectFile file, CancellationToken cancel)
    {
        const int most = 2000;
        await using var db = database.Open();
        var (looks, others, more) = (new List<OwnLook>(), 0, 0);
        foreach (var home in file.Homes)
        {
            var kept = home.View.Kept(home.Record.PersonId);
            Guid[] them = [.. home.View.JoinedIn.Where(j => j.Value == kept).Select(j => j.Key).Append(kept).Append(home.Record.PersonId).Distinct()];
            var (all, of) = await OwnLooks.ReadAsync(db, [.. home.View.HouseholdIds], them, await db.Set<Request>().Where(r => them.Contains(r.ApplicantId)).ToListAsync(cancel), most, cancel);
            looks.AddRange(all.Where(l => l.Theirs));
            (others, more) = (others + all.Count(l => !l.Theirs), more + of - all.Count);
        }
        return new FullLooks([.. looks.Distinct().OrderByDescending(l => l.At)
            .GroupBy(l => (Day: LondonTime.DayOf(l.At), Who: l.By == ActorKind.System ? "A computer system" : l.Role is { } role ? RoleTable.Default.NameOf(role) : "A worker", Place: l.Organisation?.Name ?? "an organisation", Page: LookWords.Page(l.Page), Why: LookWords.Of(l.Purpose), Ground: LookWords.Basis(l.Basis)))
            .Select(g => new FullLook(g.Key.Day, g.Key.Who, g.Key.Place, g.Key.Page, g.Key.Why, g.Key.Ground, g.Count()))], others, more);
    }

    /// <summary>Which records are restricted now, by which request, the longest first. Marks; nobody is named.</summary>
    public async Task<IReadOnlyList<RestrictedRecord>> RestrictedAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var rows = await (from g in db.Set<Ground>() where g.Cause == Restriction.Cause && g.To == null join s in db.Set<SubjectRequest>() on g.CauseId equals (Guid?)s.Id orderby g.From select new { g.HouseholdId, g.From, s.Reference, s.Kind }).ToListAsync(cancel);
        return rows.ConvertAll(r => new RestrictedRecord(Disposals.Short(r.HouseholdId), LondonTime.DayOf(r.From), r.Reference, r.Kind));
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
