using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using AnyDoor.Sharing;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>An award as the desk sees it.</summary>
public sealed record AwardLine(string Reference, string Scheme, string Label, Money Amount, AwardStatus Status, DateOnly On, DateOnly? ExpiresOn, Guid? RequestId);

/// <summary>An earlier request of the same household.</summary>
public sealed record EarlierRequest(string Reference, DateTime SubmittedAt, RequestStatus Status, string Door);

/// <summary>One thing in a household's history: the event's kind, never its content.</summary>
public sealed record Happened(DateTime At, string Kind, string? By);

/// <summary>A household as one reader may see it, with what is known of its past.</summary>
public sealed record HouseholdFile(HouseholdView Household, IReadOnlyList<EarlierRequest> Requests, IReadOnlyList<AwardLine> Awards, IReadOnlyList<Happened> Timeline)
{
    /// <summary>This reader is told what happened and what was asked for before.</summary>
    public bool SeesPast => Household.Sight.Allows(DataCategory.NeedsAndAnswers, null);
    public bool SeesMoney => Household.Sight.Allows(DataCategory.Money, null);
}

/// <summary>Who asked for somebody else, in their own words, and how to reach them: nothing of the household is told to them.</summary>
/// <param name="Knows">As they answered it: see <see cref="Representation.Knows"/>.</param>
public sealed record AskedBy(string Who, string? Reach, string? Knows = null, string? Why = null)
{
    /// <summary>Whether the person knows, for whoever is about to contact them.</summary>
    public string KnowsInWords => Knows switch
    {
        "yes" => "They know of it, and said it is all right.",
        "not-yet" => "They do not know of it yet: speak with them first.",
        "cannot" => Why is null ? "They cannot say for themselves: why was not told." : $"They cannot say for themselves: “{Why}”",
        _ => "Whether they know of it was not said: speak with them first.",
    };
}

/// <summary>One request taken up: the household, what was said, the offer beside it, and what is agreed. All of it cut by one decision of the gate.</summary>
public sealed record HubSitting
{
    public required Request Request { get; init; }
    public required string Door { get; init; }
    public string? Partner { get; init; }
    public AskedBy? AskedBy { get; init; }
    public required HouseholdView Household { get; init; }
    public required Conversation Conversation { get; init; }
    public required IReadOnlyList<Answer> Answers { get; init; }
    /// <summary>Needs in the vocabulary, with where each was said.</summary>
    public required IReadOnlyList<(Need Need, string Origin, string? Phrase)> Needs { get; init; }
    public required IReadOnlyList<NeedSuggestion> Suggestions { get; init; }
    public required Facts Facts { get; init; }
    public required Offer Offer { get; init; }
    public required IReadOnlyList<AwardCandidate> Candidates { get; init; }
    /// <summary>The schemes that the candidates are from, by id, and what each has left.</summary>
    public required IReadOnlyDictionary<string, (SchemeDefinition Scheme, Money Left)> Schemes { get; init; }
    /// <summary>What benefits would come to by what was told; null: money is not for this reader.</summary>
    public EntitlementEstimate? Estimate { get; init; }
    public required IReadOnlyList<Contact> Contacts { get; init; }
    public required IReadOnlyList<AwardLine> Awards { get; init; }
    public required IReadOnlyList<EarlierRequest> Earlier { get; init; }
    /// <summary>What was handed over of this request, the newest first; <see cref="Handover"/> is the whole of it.</summary>
    public required IReadOnlyList<Handover> Handovers { get; init; }
    public Handover? Handover => Handovers.FirstOrDefault(h => h.Whole);
    /// <summary>What they said to lines of the offer, and stands.</summary>
    public required IReadOnlyList<OfferChoice> Choices { get; init; }
    /// <summary>Money that they may gain or gained through this request, the newest first; empty where money is not for this reader.</summary>
    public required IReadOnlyList<Gain> Gains { get; init; }
    public required IReadOnlyList<PermissionLine> Permissions { get; init; }
    public required IReadOnlyList<PostedMessage> Posted { get; init; }
    /// <summary>Why the read-back may not be texted; null: it may.</summary>
    public string? PrintOnly { get; init; }
    /// <summary>The crisis that is going on: since when, and by when it is over.</summary>
    public (DateOnly Since, DateOnly Over)? Crisis { get; init; }
    /// <summary>Workers of the hub, who may be the one in touch next.</summary>
    public required IReadOnlyList<(Guid Id, string Name)> Colleagues { get; init; }
    /// <summary>Names of workers in the history, by id.</summary>
    public required IReadOnlyDictionary<Guid, string> Workers { get; init; }
    public string? Ward { get; init; }

    /// <summary>Why nothing may be awarded yet, when somebody else asked.</summary>
    public string? AwardWaits => Request.AwardWaits(Request.ForSomeoneElse, Request.PermissionGiven, Request.FirstContactAt)?.Sentence;
    public MemberView Applicant => Household.Applicant!;
    public string WorkerName(Guid? id) => id is { } worker ? Workers.GetValueOrDefault(worker, "somebody") : "somebody";
    public DateTime? LastSaved => Answers.Where(a => a.Origin == "conversation").Select(a => (DateTime?)a.At).Max();
}

/// <summary>
/// Brings a sitting together from the rooms below. The household is opened first, through the gate, with its one look recorded;
/// what the gate does not allow is not read into the page.
/// </summary>
public sealed class HubSittings(Database database, HouseholdReader households, SchemeBook schemes, MenuDirectory menu, PostcodeDirectory postcodes, Permissions permissions, LocalRates? rates = null)
{
    private static readonly string[] KeptElsewhere = ["household.people", "needs"];
    private static readonly TimeSpan StillTold = TimeSpan.FromDays(90);

    /// <summary>Null when there is no such request, or the reader has no grounds: the same answer for both.</summary>
    public async Task<HubSitting?> OpenAsync(ReadContext ctx, string typed, HubLine hub, IReadOnlyList<CrisisLine> crisis, CancellationToken cancel)
    {
        if (!Reference.TryParse(typed, out var reference)) return null;
        await using var db = database.Open();
        var request = await db.Set<Request>().SingleOrDefaultAsync(r => r.Reference == reference, cancel);
        // A request that is not there is asked for as one that may not be seen: the same time, and the same line in the log.
        if (await households.OpenAsync(ctx, request?.HouseholdId ?? Guid.Empty, cancel, about: request?.ApplicantId) is not { Applicant: not null } household || request is null) return null;

        var (ids, sight, at) = (household.HouseholdIds, household.Sight, ctx.Audit.At);
        bool Sees(DataCategory category, Guid? person) => sight.Allows(category, person);
        var answers = (await db.Set<Answer>().Where(a => ids.Contains(a.HouseholdId) && a.ReplacedAt == null).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(cancel))
            .ConvertAll(a => a.ToldAs(household.Kept)).FindAll(a => AnswersTold.Category(a.Fact) is { } category && Sees(category, a.PersonId));
        var needs = await NeedsAsync(db, request, household, Sees(DataCategory.NeedsAndAnswers, null), cancel);
        var contacts = await db.Set<Contact>().Where(c => c.RequestId == request.Id).OrderByDescending(c => c.At).ToListAsync(cancel);
        var handovers = await db.Set<Handover>().Where(h => h.CauseId == request.Id).OrderByDescending(h => h.SentAt).ThenByDescending(h => h.Id).ToListAsync(cancel);
        var choices = await OfferDesk.OfAsync(db, request.Id, cancel);
        List<Gain> gains = Sees(DataCategory.Money, null) ? await db.Set<Gain>().Where(g => g.RequestId == request.Id).OrderByDescending(g => g.At).ThenByDescending(g => g.Id).ToListAsync(cancel) : [];
        List<EarlierRequest> earlier = !Sees(DataCategory.NeedsAndAnswers, null) ? [] : await db.Set<Request>().Where(r => ids.Contains(r.HouseholdId) && r.Id != request.Id).OrderByDescending(r => r.SubmittedAt).Take(20)
            .Join(db.Set<Door>(), r => r.DoorId, d => d.Id, (r, d) => new EarlierRequest(r.Reference, r.SubmittedAt, r.Status, d.Label)).ToListAsync(cancel);

        // A withheld address still lies in the area of a fund.
        var facts = FactsOf(household, household.District ?? request.District, answers, needs.ConvertAll(n => n.Need.Id), at);
        var all = await schemes.AllAsync(db, cancel);
        var awards = Sees(DataCategory.Money, null) ? await db.Set<Award>().Where(a => ids.Contains(a.HouseholdId)).OrderByDescending(a => a.EffectiveAt).ToListAsync(cancel) : [];
        var balances = await db.Set<LedgerAccount>().Where(a => a.Kind == AccountKind.Available && a.SchemeId != null).ToDictionaryAsync(a => a.SchemeId!, a => a.Balance, cancel);
        var candidates = Sees(DataCategory.Money, null) ? await CandidatesAsync(db, all, balances, awards, ids, facts, at, cancel) : [];
        var labels = all.ToDictionary(s => s.Id);
        var lines = awards.ConvertAll(a => new AwardLine(a.Reference, labels[a.SchemeId].Newest.Name, labels[a.SchemeId].Newest.Type(a.AwardType)?.Label ?? a.AwardType, a.Amount, a.Status, a.EffectiveOn, a.ExpiresOn, a.RequestId));

        await postcodes.RefreshAsync(cancel);
        var place = household.Home is { Withheld: false, Postcode: { } postcode } ? postcodes.Find(postcode) : null;
        // Of a hidden home not even the district is told: the name of its council would.
        var estimate = Sees(DataCategory.Money, null) ? EntitlementEstimate.Of(Circumstances.Of([.. household.Members.Select(m => new Occupant(m.PersonId, m.FirstName, m.Role, m.DateOfBirth, m.Age is { } age ? at.Year - age : null))], household.ToldSize, answers, at, rates, new HomePlace(household.District, household.Home is { Withheld: false } home ? home.Postcode?.ToString() : null)), LondonTime.DayOf(at)) : null;
        var offer = Offer.Compose(new OfferSnapshot
        {
            Entitlements = estimate?.Lines() ?? [],
            At = at, Facts = facts, Answers = answers.Count(a => a.IsGiven), Needs = needs.ConvertAll(n => n.Need.Id), NoFixedAddress = household.Home.NoFixedAddress, Hub = hub, CrisisLines = crisis,
            Place = new MenuPlace(household.District, place?.Ward24, place is null ? null : new GeoPoint(place.Latitude, place.Longitude)), Language = request.Language ?? household.Applicant.Language,
            Declined = [.. choices.Where(x => !x.Wanted).Select(x => new Declined(x.LineId, x.Title, x.NoInWords))],
            Awards = candidates, Menu = await menu.RefreshAsync(cancel), Reader = MenuReader.Hub,
            OnTheWay = [.. awards.Where(a => a.Status is AwardStatus.Committed or AwardStatus.Issued).Select(a => new ComingAward(a.Reference, labels[a.SchemeId].Newest.Type(a.AwardType)?.Label ?? a.AwardType, a.Amount,
                a.Status == AwardStatus.Issued ? $"Letter printed{(a.ExpiresOn is { } last ? $", to be used by {LondonTime.Day(last)}" : "")}." : "Promised, and not yet issued."))],
        });

        var people = answers.Select(a => a.ByWorker).Concat(contacts.Select(c => c.WorkerId)).Concat(handovers.Select(h => h.HeldBy)).Concat(gains.Select(g => g.ConfirmedBy)).Append(request.ClaimedBy).Append(request.NextWho).OfType<Guid>().Distinct().ToArray();
        return new HubSitting
        {
            Estimate = estimate, Request = request, Household = household, Answers = answers, Needs = needs, Facts = facts, Offer = offer, Candidates = candidates, Contacts = contacts, Awards = lines, Earlier = earlier, Handovers = handovers, Choices = choices, Gains = gains, Ward = place?.Ward24,
            Door = await db.Set<Door>().Where(d => d.Id == request.DoorId).Select(d => d.Label).SingleAsync(cancel),
            Partner = request.BroughtByOrganisation is { } brought ? await db.Set<Organisation>().Where(o => o.Id == brought).Select(o => o.Name).SingleOrDefaultAsync(cancel) : null,
            AskedBy = request.ForSomeoneElse ? await db.Set<Representation>().Where(x => x.RequestId == request.Id).Select(x => new AskedBy(x.Name, x.Reach, x.Knows, x.Why)).SingleOrDefaultAsync(cancel) : null,
            Conversation = Conversation.Of(Guide.Current, answers, facts, household.Members.Count > 0 ? KeptElsewhere : ["needs"], at),
            Schemes = all.ToDictionary(x => x.Id, x => (x.On(LondonTime.DayOf(at)).Definition, balances.GetValueOrDefault(x.Id))),
            Permissions = Sees(DataCategory.NeedsAndAnswers, null) ? await permissions.OfAsync(ids, cancel) : [],
            Posted = await Post.AboutAsync(db, request.Id, cancel), PrintOnly = (await RequestPost.MayTextAsync(db, request.Id, cancel)).Why,
            Crisis = await CrisisEpisodes.GoingOnAsync(db, ids, LondonTime.DayOf(at), cancel),
            Colleagues = await ColleaguesAsync(db, ctx.Worker?.OrganisationId, cancel),
            Suggestions = NeedSuggestions.From(request.Words, [.. needs.Select(n => n.Need.Id)]),
            Workers = await db.Set<Worker>().Where(w => people.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancel),
        };
    }

    /// <summary>The household behind a request's reference, for asking the gate about it. Null: there is none.</summary>
    public async Task<Guid?> HouseholdOfAsync(string reference, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Request>().Where(r => r.Reference == reference).Select(r => (Guid?)r.HouseholdId).SingleOrDefaultAsync(cancel);
    }

    /// <summary>A household with its requests, awards and what happened, on a day. Null: not there, or not for this reader.</summary>
    public async Task<HouseholdFile?> HouseholdAsync(ReadContext ctx, Guid householdId, DateOnly? on, CancellationToken cancel)
    {
        if (await households.OpenAsync(ctx, householdId, cancel, on) is not { } household) return null;
        await using var db = database.Open();
        var past = await HouseholdPast.ReadAsync(database, db, household, cancel);
        var labels = past.Awards.Count == 0 ? [] : (await schemes.AllAsync(db, cancel)).ToDictionary(s => s.Id);
        return new HouseholdFile(household, past.Requests, past.Awards.ConvertAll(a =>
        {
            var scheme = labels[a.Scheme].Newest;
            return a with { Scheme = scheme.Name, Label = scheme.Type(a.Label)?.Label ?? a.Label };
        }), past.Events);
    }

    private static async Task<List<(Guid Id, string Name)>> ColleaguesAsync(AnyDoorDb db, Guid? organisation, CancellationToken cancel) =>
        (await db.Set<Worker>().Where(w => w.OrganisationId == organisation && w.Active && w.Role == Role.HubAdviser).OrderBy(w => w.Name).Select(w => new { w.Id, w.Name }).ToListAsync(cancel)).ConvertAll(w => (w.Id, w.Name));

    private static async Task<List<(Need Need, string Origin, string? Phrase)>> NeedsAsync(AnyDoorDb db, Request request, HouseholdView household, bool allowed, CancellationToken cancel)
    {
        if (!allowed) return [];
        // Of whoever asked, since they asked: another member's, or last year's, are not what this request is about.
        var (ids, since) = (household.HouseholdIds, request.SubmittedAt);
        var said = (await db.Set<NeedSaid>().Where(n => ids.Contains(n.HouseholdId) && n.RemovedAt == null && n.At >= since).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(cancel))
            .FindAll(n => n.PersonId is not { } person || household.Kept(person) == household.Applicant!.PersonId);
        var asked = await db.Set<RequestNeed>().Where(n => n.RequestId == request.Id).OrderBy(n => n.NeedId).ToListAsync(cancel);
        return [.. asked.Select(n => (n.NeedId, n.Origin, Phrase: (string?)null)).Concat(said.Select(n => (n.NeedId, n.Origin, n.Phrase))).DistinctBy(n => n.NeedId)
            .Select(n => (Need: Words.Current.Need(n.NeedId), n.Origin, n.Phrase)).Where(n => n.Need is not null).Select(n => (n.Need!, n.Origin, n.Phrase))];
    }

    private static Facts FactsOf(HouseholdView household, string? district, List<Answer> answers, List<string> needs, DateTime at)
    {
        return FactsOnTheDay.Of(answers, [.. household.Members.Select(m => new Resident(m.PersonId, m.Age))], household.ToldSize, needs, District.Find(district)?.Authority, at);
    }

    /// <summary>What each scheme that is open, or was lately, would give. One look at the balances for all.</summary>
    private static async Task<List<AwardCandidate>> CandidatesAsync(AnyDoorDb db, IReadOnlyList<SchemeInUse> all, Dictionary<string, Money> balances, List<Award> awards, IReadOnlyList<Guid> households, Facts facts, DateTime at, CancellationToken cancel)
    {
        var closing = await db.Set<Scheme>().Select(s => new { s.Id, s.ClosesAt, s.CloseWords }).ToDictionaryAsync(s => s.Id, cancel);
        var episode = await CrisisEpisodes.OpenAsync(db, households, LondonTime.DayOf(at), cancel);
        var history = awards.ConvertAll(a => new PastAward(a.SchemeId, a.AwardType, a.EpisodeId, a.Amount, a.EffectiveAt, a.EffectiveOn, a.Status, a.NotCountedBy));
        var day = LondonTime.DayOf(at);
        return [.. from scheme in all
                   let definition = scheme.On(day).Definition
                   where definition.OpenUntil + StillTold > at && definition.OpenFrom - StillTold < at
                   where facts.Authority is null || definition.Authority == facts.Authority
                   from type in definition.AwardTypes
                   select AwardCandidate.From(definition, type, at, balances.GetValueOrDefault(scheme.Id), closing[scheme.Id].ClosesAt, closing[scheme.Id].CloseWords, facts, history, episode)];
    }
}
