using System.Globalization;
using System.Text.Json;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>One line of something that was found.</summary>
/// <param name="Name">What it is, like <c>Telephone</c>; empty: the line speaks for itself.</param>
/// <param name="Free">Somebody wrote it in words of their own: a person reads it before it goes anywhere.</param>
public sealed record FoundField(string Name, string Value, bool Free = false);

/// <summary>One thing that was found, before anybody has looked at it.</summary>
/// <param name="LeftOutFor">What it is left out for until somebody decides otherwise; none: it goes in, once it is read where it holds free words.</param>
public sealed record Found(string Place, string Title, DateTime? At, IReadOnlyList<FoundField> Fields, string? LeftOutFor = null)
{
    public Found(string place, string title, DateTime? at, string line, string? leftOutFor = null) : this(place, title, at, [new FoundField("", line)], leftOutFor) { }

    public bool IsToRead => Fields.Any(f => f.Free);
    public string Body => string.Join('\n', Fields.Select(Line));

    /// <summary>Where each field's value stands in <see cref="Body"/>.</summary>
    public IReadOnlyList<ItemField> Spans
    {
        get
        {
            var (spans, at) = (new List<ItemField>(), 0);
            foreach (var one in Fields)
            {
                var line = Line(one);
                spans.Add(new ItemField(one.Name, at + line.Length - one.Value.Length, one.Value.Length));
                at += line.Length + 1;
            }
            return spans;
        }
    }

    private static string Line(FoundField field) => field.Name.Length == 0 ? field.Value : $"{field.Name}: {field.Value}";
}

/// <summary>Everywhere that is searched, in the order of the copy. What holds nothing is said to hold nothing.</summary>
public static class SubjectPlaces
{
    public const string Identity = "Who you are and where you live";
    public const string Requests = "Requests and answers";
    public const string Conversations = "Conversations, as noted";
    public const string Awards = "Decisions, awards and the ledger";
    public const string Handovers = "Handovers and what was told";
    public const string Permissions = "What you allowed";
    public const string Messages = "Texts and letters sent";
    public const string Forms = "The form you filled in";
    public const string Imports = "Rows of councils’ own forms";
    public const string Joins = "Records compared or joined";
    public const string Reasons = "Reasons that workers wrote";
    public const string Looks = "Who looked, and why";
    public const string Kept = "Holds, ties and emergencies";
    public const string Rights = "Earlier requests about your data";

    public static IReadOnlyList<string> All { get; } = [Identity, Requests, Conversations, Awards, Handovers, Permissions, Messages, Forms, Imports, Joins, Reasons, Looks, Kept, Rights];

    /// <summary>Searched in vain by design, with the reason that is told to them.</summary>
    public static IReadOnlyList<(string Place, string Why)> NotSearched { get; } =
    [
        ("Equality answers", "Only counted, by month, without a name, a reference or a day, so nobody can tell which were whose"),
        ("Backups", "The same as the live record, kept for a short time and then written over"),
        ("The addresses and words of messages that went", "Gone once a message is sent; only that it went is kept"),
    ];
}

/// <summary>
/// Collects what every room holds about one person, wherever a record of theirs is. What another member of the household told is not theirs to have;
/// what was told about them by another is, with who told it hidden until somebody decides. Of what is the household's, they have the days on which they lived there.
/// </summary>
public sealed partial class Gatherer(SchemeBook schemes)
{
    internal int MostReasons { get; init; } = 2000;
    internal int MostLooks { get; init; } = 5000;

    internal async Task<List<Found>> CollectAsync(AnyDoorDb db, SubjectRequest request, SubjectHome home, CancellationToken cancel)
    {
        var view = home.View;
        var people = view.JoinedIn.Where(j => j.Value == view.Kept(home.Record.PersonId)).Select(j => j.Key).Append(home.Record.PersonId).Append(view.Kept(home.Record.PersonId)).Distinct().ToArray();
        Guid[] homes = [.. view.HouseholdIds];
        var of = new Whose(db, homes, people, view.Home.Withheld || view.Notices.Count > 0, await db.Set<Membership>().Where(m => homes.Contains(m.HouseholdId) && people.Contains(m.PersonId)).OrderBy(m => m.From).ToListAsync(cancel),
            await OwnLooks.HasOtherAdultAsync(db, homes, people, cancel), await db.Set<Request>().Where(r => people.Contains(r.ApplicantId)).OrderBy(r => r.SubmittedAt).ToListAsync(cancel), cancel);
        bool Sees(DataCategory category) => view.Sight.Allows(category, view.Kept(home.Record.PersonId));
        var found = new List<Found>();
        if (Sees(DataCategory.IdentityAndContact)) found.AddRange(await IdentityAsync(of, Sees(DataCategory.Safety)));
        if (Sees(DataCategory.NeedsAndAnswers)) { found.AddRange(await RequestsAsync(of)); found.AddRange(await ConversationsAsync(of)); found.AddRange(await FormsAsync(of)); found.AddRange(await ImportsAsync(of, home.Who?.Name ?? request.AskerName)); }
        if (Sees(DataCategory.Money)) found.AddRange(await AwardsAsync(of));
        if (Sees(DataCategory.NeedsAndAnswers)) found.AddRange(await HandoversAsync(of));
        found.AddRange(await PermissionsAsync(of));
        found.AddRange(await MessagesAsync(of));
        found.AddRange(await JoinsAsync(of));
        if (Sees(DataCategory.PlanAndCaseNotes)) found.AddRange(await ReasonsAsync(of));
        found.AddRange(await LooksAsync(of));
        found.AddRange(await KeptAsync(of));
        found.AddRange(await EarlierAsync(of, request.Id));
        return await ScreenedAsync(db, found, cancel);
    }

    /// <summary>
    /// What names a place that <see cref="OwnRecordScreen"/> leaves out of the person's own screens is told to them by a person, wherever it was found: a copy may be read over their shoulder.
    /// </summary>
    private static async Task<List<Found>> ScreenedAsync(AnyDoorDb db, List<Found> found, CancellationToken cancel)
    {
        var screen = OwnRecordScreen.Current;
        var names = (await db.Set<Organisation>().ToListAsync(cancel)).Where(screen.LeavesOut).Select(o => o.Name).ToList();
        bool Names(string text) => names.Exists(n => text.Contains(n, StringComparison.OrdinalIgnoreCase));
        bool Tells(Found one) => Names(one.Title) || Names(one.Body) || one.Place switch
        {
            SubjectPlaces.Handovers or SubjectPlaces.Permissions or SubjectPlaces.Looks => screen.LeavesOut(one.Title),
            SubjectPlaces.Reasons => screen.LeavesOut(one.Body),
            _ => false,
        };
        return found.ConvertAll(one => one.LeftOutFor is null && Tells(one) ? one with { LeftOutFor = LeftOut.InPerson } : one);
    }

    /// <param name="AtRisk">Somebody there is looked for: no address goes in by itself.</param>
    /// <param name="Stays">Their own days in these homes.</param>
    /// <param name="Others">Another adult is in the home, or was.</param>
    /// <param name="Own">The requests that are theirs.</param>
    private sealed record Whose(AnyDoorDb Db, Guid[] Homes, Guid[] People, bool AtRisk, IReadOnlyList<Membership> Stays, bool Others, IReadOnlyList<Request> Own, CancellationToken Cancel)
    {
        /// <summary>They lived there on one of these days. The day on which they left is the others' already: what begins on it may be where those went.</summary>
        public bool Lived(DateOnly from, DateOnly? to) => Stays.Any(s => (s.To is not { } left || from < left || from <= s.From) && (to is not { } until || until > s.From || from >= s.From));

        public bool Lived(DateTime at) => Lived(LondonTime.DayOf(at), LondonTime.DayOf(at));

        /// <summary>Of the whole household: it may be the other's, and somebody decides.</summary>
        public string? IfShared => Others ? LeftOut.AnotherPerson : null;
    }

    private static async Task<List<Found>> IdentityAsync(Whose of, bool safety)
    {
        var (db, found) = (of.Db, new List<Found>());
        foreach (var person in await db.Set<Person>().Where(p => of.People.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Identity, "Name and birth", null, Lines(("Name", person.Name), ("Born", person.DateOfBirth is { } born ? LondonTime.Day(born) : person.BirthYear is { } year ? $"in {year}" : "not told"), ("Language", person.Language is { } language ? Queue.LanguageName(language) : "not told"),
                ("Kept apart", person.AtRisk ? "We keep your address from everybody who does not need it, because you may be looked for." : null)), person.AtRisk ? LeftOut.InPerson : null));
        foreach (var stay in of.Stays)
            found.Add(new(SubjectPlaces.Identity, "Time in a household", null, Lines(("As", stay.Role switch { MemberRole.Applicant => "the one who asked", MemberRole.Child => "a child", MemberRole.Partner => "a partner", _ => "an adult" }), ("From", LondonTime.Day(stay.From)), ("To", stay.To is { } to ? LondonTime.Day(to) : null))));
        // Where another lives who may be looked for is theirs, never an item about this person, also where the records were joined.
        var others = await OthersHiddenHomesAsync(of);
        foreach (var address in (await db.Set<Address>().Where(a => of.Homes.Contains(a.HouseholdId)).OrderBy(a => a.From).ThenBy(a => a.Id).ToListAsync(of.Cancel)).Where(a => of.Lived(a.From, a.To) && !others.Contains(a.HouseholdId)))
            found.Add(new(SubjectPlaces.Identity, "Address", null, Lines(("Address", address.NoFixedAddress ? "No fixed address" : string.Join(", ", new[] { address.Lines?.Replace("\n", ", ", StringComparison.Ordinal), Postcode.FromStored(address.Postcode)?.ToString() }.OfType<string>())), ("From", LondonTime.Day(address.From)),
                ("To", address.To is { } to ? LondonTime.Day(to) : null)), of.AtRisk ? LeftOut.HiddenAddress : null));
        if (safety)
            foreach (var said in await db.Set<SafeContact>().Where(s => of.People.Contains(s.PersonId)).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(of.Cancel))
                found.Add(new(SubjectPlaces.Identity, "How to reach you", said.At, [.. Lines(("How", InWords(said.By)), ("To", said.To), ("Telephone", said.Phone is { } phone ? Phone.Show(phone) : null), ("E-mail", said.Email), ("Do not use", said.DoNot == DoNot.Nothing ? null : Words(said.DoNot.ToString())), ("Best time", said.BestTime)), .. Free(("Your words", said.Words))], of.AtRisk ? LeftOut.InPerson : null));
        return found;
    }

    /// <summary>Those of these homes where somebody else who may be looked for lives or lived, and where this person was never written down themselves: they came here by a join of homes.</summary>
    private static async Task<HashSet<Guid>> OthersHiddenHomesAsync(Whose of)
    {
        var db = of.Db;
        var hidden = await db.Set<Membership>().Where(m => of.Homes.Contains(m.HouseholdId) && !of.People.Contains(m.PersonId)).Join(db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => new { m.HouseholdId, Person = p })
            .Where(x => x.Person.AtRisk || db.Set<Person>().Any(k => k.Id == x.Person.SameAs && k.AtRisk)).Select(x => x.HouseholdId).Distinct().ToListAsync(of.Cancel);
        return [.. hidden.Where(h => !of.Stays.Any(s => s.HouseholdId == h))];
    }

    private static string InWords(ContactWay by) => by switch
    {
        ContactWay.Text => "by text message", ContactWay.Phone => "by telephone", ContactWay.Email => "by e-mail", ContactWay.Letter => "by letter", ContactWay.ThroughSomeone => "through somebody you named", _ => "not before it is agreed how",
    };

    private static async Task<List<Found>> RequestsAsync(Whose of)
    {
        var (db, found) = (of.Db, new List<Found>());
        var doors = await db.Set<Door>().ToDictionaryAsync(d => d.Id, d => d.Label, of.Cancel);
        foreach (var r in of.Own)
        {
            var needs = await db.Set<RequestNeed>().Where(n => n.RequestId == r.Id).OrderBy(n => n.NeedId).Select(n => n.NeedId).ToListAsync(of.Cancel);
            found.Add(new(SubjectPlaces.Requests, $"Request {Reference.Show(r.Reference)}", r.SubmittedAt, [.. Lines(("Came by", doors.GetValueOrDefault(r.DoorId)), ("Needs", string.Join(", ", needs.Select(n => Vocabulary.Words.Current.Need(n)?.Plain ?? n))), ("How soon", Queue.InWords(r.Urgency)), ("How it stands", Words(r.Status.ToString()))),
                .. Free(("Why", r.UrgencyWhy), ("Your words", r.Words))]));
            if (await db.Set<Representation>().SingleOrDefaultAsync(x => x.RequestId == r.Id, of.Cancel) is { } asked)
                // Who told us, and how to reach them, is theirs.
                found.Add(new(SubjectPlaces.Requests, $"Somebody asked for you: request {Reference.Show(r.Reference)}", asked.At, [.. Lines(("Who", asked.Name), ("How to reach them", asked.Reach), ("They said you knew", asked.Knows is { } knows ? Words(knows) : null)), .. Free(("Why you could not say", asked.Why))], LeftOut.AnotherPerson));
        }
        var answers = await db.Set<Answer>().Where(a => of.Homes.Contains(a.HouseholdId) && ((a.PersonId != null && of.People.Contains(a.PersonId.Value)) || (a.About != null && of.People.Contains(a.About.Value)))).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(of.Cancel);
        foreach (var a in answers)
        {
            var told = a.PersonId is { } teller && of.People.Contains(teller);
            var aboutAnother = a.About is { } about && !of.People.Contains(about);
            found.Add(new(SubjectPlaces.Requests, Vocabulary.Words.Current.Fact(a.Fact)?.Question ?? a.Fact, a.At, [new FoundField("Answer", AnswerText(a), IsFree(a)), .. Lines(("Who told us", told ? null : "somebody else"), ("Changed on", a.ReplacedAt is { } later ? LondonTime.Day(LondonTime.DayOf(later)) : null))], told && !aboutAnother ? null : LeftOut.AnotherPerson));
        }
        return found;
    }

    private static bool IsFree(Answer answer) => answer.IsGiven && Vocabulary.Words.Current.Fact(answer.Fact)?.Type is null or "text" or "people";

    /// <summary>An answer as people read it.</summary>
    internal static string AnswerText(Answer answer) => answer.IsGiven ? AnswerWords.Of(answer) : "You would rather not say.";

    private static async Task<List<Found>> ConversationsAsync(Whose of)
    {
        var (db, found) = (of.Db, new List<Found>());
        foreach (var need in (await db.Set<NeedSaid>().Where(n => of.Homes.Contains(n.HouseholdId) && (n.PersonId == null || of.People.Contains(n.PersonId.Value))).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(of.Cancel)).Where(n => n.PersonId is not null || of.Lived(n.At)))
            found.Add(new(SubjectPlaces.Conversations, Vocabulary.Words.Current.Need(need.NeedId)?.Plain ?? need.NeedId, need.At, need.Phrase is { } phrase ? Free(("Read from your words", phrase)) : [new FoundField("", "Written down on a call.")], need.PersonId is null ? LeftOut.AnotherPerson : null));
        var requests = db.Set<Request>().Where(r => of.People.Contains(r.ApplicantId)).Select(r => r.Id);
        var workers = await db.Set<Worker>().ToDictionaryAsync(w => w.Id, w => w.Name, of.Cancel);
        foreach (var contact in await db.Set<Contact>().Where(x => requests.Contains(x.RequestId)).OrderBy(x => x.At).ThenBy(x => x.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, "We tried to reach you", contact.At, Lines(("How", Words(contact.Way)), ("What came of it", Words(contact.Outcome)), ("Who", contact.WorkerId is { } w ? workers.GetValueOrDefault(w) : null), ("Next", contact.NextOn is { } on ? $"{LondonTime.Day(on)}{(contact.NextTime is { } time ? $", {time}" : "")}" : null))));
        foreach (var choice in await db.Set<OfferChoice>().Where(x => requests.Contains(x.RequestId)).OrderBy(x => x.At).ThenBy(x => x.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, choice.Title, choice.At, [.. Lines(("You said", choice.Wanted ? "Yes" : "No"), ("What you were told", choice.Detail)), .. Free(("Why", choice.Reason))], choice.Quiet ? LeftOut.InPerson : null));
        foreach (var gain in await db.Set<Gain>().Where(x => requests.Contains(x.RequestId)).OrderBy(x => x.At).ThenBy(x => x.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, Gain.Kinds.GetValueOrDefault(gain.Kind, gain.Kind), gain.At, Lines(("How far it came", Gain.InWords(gain.Stage)), ("Reckoned at, a year", gain.PredictedLow == gain.PredictedHigh ? new Money(gain.PredictedLow).ToString() : $"{new Money(gain.PredictedLow)} to {new Money(gain.PredictedHigh)}"),
                ("Claimed", gain.ClaimedOn is { } claimed ? LondonTime.Day(claimed) : null), ("Awarded", gain.Awarded?.ToString()), ("Paid for time gone by", gain.BackdatedPence > 0 ? new Money(gain.BackdatedPence).ToString() : null), ("Seen as", gain.ConfirmedAs is { } seen ? Gain.InWords(seen) : null),
                ("Why it came to nothing", gain.EndedWhy is { } why ? Gain.InWords(why) : null))));
        foreach (var budget in await db.Set<Budget>().Where(x => requests.Contains(x.RequestId)).OrderBy(x => x.At).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, "What comes in and goes out in a month, as you told it", budget.At, [.. Budget.AllLines.SelectMany(l => Lines((l.Title, budget.Sums.Lines.TryGetValue(l.Id, out var month) ? new Money(month).ToString() : null), ($"{l.Title}, owed", budget.Sums.Owed.TryGetValue(l.Id, out var owed) ? new Money(owed).ToString() : null)))], of.IfShared));
        foreach (var crisis in (await db.Set<CrisisEpisode>().Where(x => of.Homes.Contains(x.HouseholdId)).OrderBy(x => x.OpenedOn).ToListAsync(of.Cancel)).Where(x => of.Lived(x.OpenedOn, x.ClosedOn)))
            found.Add(new(SubjectPlaces.Conversations, "A crisis", null, [.. Lines(("From", LondonTime.Day(crisis.OpenedOn)), ("To", crisis.ClosedOn is { } over ? LondonTime.Day(over) : null)), .. Free(("Why", crisis.Why))], of.IfShared));
        return found;
    }

    private async Task<List<Found>> AwardsAsync(Whose of)
    {
        var (db, found) = (of.Db, new List<Found>());
        var requests = of.Own.Select(r => r.Id).ToHashSet();
        var names = (await schemes.AllAsync(db, of.Cancel)).ToDictionary(s => s.Id, s => s.Newest.Name);
        bool Own(Guid? request, DateTime at) => request is { } id ? requests.Contains(id) : of.Lived(at);
        string? Held(Guid? request) => request is null ? of.IfShared : null;
        foreach (var a in (await db.Set<Application>().Where(a => of.Homes.Contains(a.HouseholdId)).OrderBy(a => a.ReceivedAt).ThenBy(a => a.Id).ToListAsync(of.Cancel)).Where(a => Own(a.RequestId, a.ReceivedAt)))
            foreach (var d in await db.Set<Decision>().Where(d => d.ApplicationId == a.Id).OrderBy(d => d.At).ToListAsync(of.Cancel))
                found.Add(new(SubjectPlaces.Awards, $"{names.GetValueOrDefault(a.SchemeId, a.SchemeId)}: {(d.Outcome == DecisionOutcome.Awarded ? "yes" : "no")}", d.At, [.. Lines(("Asked", a.Asked.ToString()), ("Rule", d.RuleWords), ("Not known then", d.Unknown)), .. Free(("Reason", d.Reason), ("Help again so soon, because", d.RecentHelpReason))], Held(a.RequestId)));
        foreach (var r in await db.Set<DecisionReview>().Where(r => requests.Contains(r.RequestId)).OrderBy(r => r.AskedAt).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Awards, "A second look that you asked for", r.AskedAt, [.. Lines(("How it stands", DecisionReview.InWords(r.State)), ("Answered", r.AnsweredAt is { } at ? LondonTime.Day(LondonTime.DayOf(at)) : null)), .. Free(("Why you did not agree", r.Asked), ("What the reviewer said", r.Answer))]));
        foreach (var a in (await db.Set<Award>().Where(a => of.Homes.Contains(a.HouseholdId)).OrderBy(a => a.EffectiveAt).ThenBy(a => a.Id).ToListAsync(of.Cancel)).Where(a => Own(a.RequestId, a.EffectiveAt)))
        {
            var voucher = await db.Set<Voucher>().SingleOrDefaultAsync(v => v.AwardId == a.Id, of.Cancel);
            var moves = await db.Set<LedgerEntry>().Where(e => e.AwardId == a.Id).OrderBy(e => e.RecordedAt).ThenBy(e => e.TransactionId).Select(e => new { e.Kind, e.EffectiveOn, e.TransactionId }).ToListAsync(of.Cancel);
            found.Add(new(SubjectPlaces.Awards, $"Award {Reference.Show(a.Reference)}", a.EffectiveAt, Lines(("From", names.GetValueOrDefault(a.SchemeId, a.SchemeId)), ("Amount", a.Amount.ToString()), ("How", Words(a.Delivery)), ("Now", Award.InWords(a.Status)), ("To use by", a.ExpiresOn is { } last ? LondonTime.Day(last) : null),
                ("Letter", voucher is null ? null : $"{voucher.LetterNumber}, printed {LondonTime.Day(LondonTime.DayOf(voucher.PrintedAt))}{(voucher.RedeemedAt is { } used ? $", used {LondonTime.Day(LondonTime.DayOf(used))}" : "")}"),
                ("In the ledger", string.Join("; ", moves.DistinctBy(m => m.TransactionId).Select(m => $"{Words(m.Kind.ToString()).ToLowerInvariant()} {LondonTime.Day(m.EffectiveOn)}")))), Held(a.RequestId)));
        }
        return found;
    }

    private static async Task<List<Found>> HandoversAsync(Whose of)
    {
        var requests = of.Own.Select(r => (Guid?)r.Id).ToArray();
        var all = await of.Db.Set<Handover>().Where(h => of.Homes.Contains(h.HouseholdId) && requests.Contains(h.CauseId)).OrderBy(h => h.SentAt).ToListAsync(of.Cancel);
        return [.. all.Select(h => new Found(SubjectPlaces.Handovers, h.Organisation, h.SentAt, [.. Lines(("How it stands", Words(h.State.ToString()))), .. Free(("They were told", h.Told), ("Why it came back", h.WhyBack))])),
            .. of.Own.Where(r => !string.IsNullOrWhiteSpace(r.PassedTo)).Select(r => new Found(SubjectPlaces.Handovers, r.PassedTo!, null, $"Request {Reference.Show(r.Reference)} was passed to them."))];
    }

    private static async Task<List<Found>> PermissionsAsync(Whose of)
    {
        var names = await of.Db.Set<Organisation>().ToDictionaryAsync(o => o.Id, o => o.Name, of.Cancel);
        var all = await of.Db.Set<Permission>().Where(p => of.People.Contains(p.PersonId)).OrderBy(p => p.GivenAt).ThenBy(p => p.Id).ToListAsync(of.Cancel);
        return all.ConvertAll(p => new Found(SubjectPlaces.Permissions, p.OrganisationId is { } o ? names.GetValueOrDefault(o, "An organisation") : p.ToNamed ?? Words(p.ToKind ?? "an organisation"), p.GivenAt,
            Lines(("You said", p.Allowed ? "Yes" : "No"), ("What for", p.WhatFor), ("How you said it", Words(p.How)), ("Until", p.Until is { } until ? LondonTime.Day(until) : null), ("Taken back", p.WithdrawnAt is { } back ? LondonTime.Day(LondonTime.DayOf(back)) : null))));
    }

    private static async Task<List<Found>> MessagesAsync(Whose of) =>
        (await of.Db.Set<OutboxMessage>().Where(m => of.People.Contains(m.PersonId)).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(of.Cancel))
            .ConvertAll(m => new Found(SubjectPlaces.Messages, Words(m.MessageId), m.CreatedAt, Lines(("How", m.Channel switch { MessageChannel.Text => "by text message", MessageChannel.Email => "by e-mail", MessageChannel.Letter => "by letter", _ => "not at all: no way was safe" }), ("How it stands", Words(m.State.ToString())), ("Sent", m.SentAt is { } at ? LondonTime.Day(LondonTime.DayOf(at)) : null), ("Why not", m.Why))));

    /// <summary>The form that became their request, until its days are over. One that was never sent has no name that we could go by.</summary>
    private static async Task<List<Found>> FormsAsync(Whose of)
    {
        var requests = of.Own.Select(r => (Guid?)r.Id).ToArray();
        return (await of.Db.Set<Draft>().Where(d => d.RequestId != null && requests.Contains(d.RequestId)).OrderBy(d => d.StartedAt).ToListAsync(of.Cancel))
            .ConvertAll(d => new Found(SubjectPlaces.Forms, d.SentAt is null ? "A form that you began, and we read because it was urgent" : "The form you sent", d.StartedAt, Form(d), d.ForSomeoneElse ? LeftOut.AnotherPerson : null));
    }

    /// <summary>As the person read it before they sent it.</summary>
    private static IReadOnlyList<FoundField> Form(Draft draft)
    {
        var form = ResidentForm.Current;
        var answers = FormAnswers.From(draft.Answers, draft.ForSomeoneElse);
        string Text(CheckLine line) => line.Text is not { } key ? line.Value ?? "" : ResidentForm.English(key).Replace("{value}", line.Value ?? "", StringComparison.Ordinal);
        List<FoundField> told = [.. CheckPage.Of(form, answers, new FormCheck(form, LondonTime.DayOf(draft.StartedAt))).SelectMany(s => s.Rows).Select(r => new FoundField(ResidentForm.English(r.Label), string.Join("; ", r.Lines.Select(Text)), r.Lines.Any(l => l.Value is not null))).Where(f => f.Value.Length > 0)];
        return told.Count > 0 ? told : [new FoundField("", "Its answers are in your request.")];
    }

    /// <summary>Rows that became their request, and rows set aside that name them.</summary>
    private async Task<List<Found>> ImportsAsync(Whose of, string? name)
    {
        var (db, found) = (of.Db, new List<Found>());
        var names = (await schemes.AllAsync(db, of.Cancel)).ToDictionary(x => x.Id, x => x.Newest.Name);
        foreach (var r in of.Own.Where(r => r.ImportId is not null))
            found.Add(new(SubjectPlaces.Imports, $"Row {r.SourceReference}", r.SubmittedAt, $"Came with a council’s own form for {names.GetValueOrDefault(r.SchemeId ?? "", "help")}. What it said is in request {Reference.Show(r.Reference)}."));
        var words = Folding.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return found;
        await foreach (var row in db.Set<QuarantinedRow>().OrderBy(q => q.ImportId).ThenBy(q => q.Row).AsAsyncEnumerable().WithCancellation(of.Cancel))
        {
            var cells = Flat(row.Cells);
            var folded = $" {Folding.Fold(string.Join(' ', cells.Select(c => c.Value.Replace('\n', ' '))))} ";
            // First and last name both, as whole words: a row that is somebody else's is looked at before it goes anywhere.
            if (folded.Contains($" {words[0]} ", StringComparison.Ordinal) && folded.Contains($" {words[^1]} ", StringComparison.Ordinal))
                found.Add(new(SubjectPlaces.Imports, $"Row {row.Row.ToString(CultureInfo.InvariantCulture)}, set aside: {row.Reason}", null, cells, LeftOut.AnotherPerson));
        }
        return found;
    }

    private static async Task<List<Found>> JoinsAsync(Whose of)
    {
        var found = new List<Found>();
        foreach (var join in await of.Db.Set<PersonJoin>().Where(j => of.People.Contains(j.KeptPersonId) || of.People.Contains(j.JoinedPersonId)).OrderBy(j => j.At).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Joins, join.UndoneAt is null ? "Two records of yours were joined" : "Two records were joined, and taken apart again", join.At, [.. Lines(("The name before", join.NameBefore)), .. Free(("How we knew", join.How))]));
        var asked = await of.Db.Set<PossibleMatch>().CountAsync(m => of.People.Contains(m.PersonId) || of.People.Contains(m.OtherPersonId), of.Cancel);
        if (asked > 0) found.Add(new(SubjectPlaces.Joins, "Compared with other records", null, $"{(asked == 1 ? "One other record" : $"{asked.ToString(CultureInfo.InvariantCulture)} other records")} looked alike, and a worker is asked before anything is joined. What the other records say is another person’s unless they are joined."));
        return found;
    }

    private static async Task<List<Found>> EarlierAsync(Whose of, Guid now)
    {
        var all = await (from r in of.Db.Set<SubjectRecord>() where of.People.Contains(r.PersonId) && r.SubjectRequestId != now join s in of.Db.Set<SubjectRequest>() on r.SubjectRequestId equals s.Id orderby s.RecordedAt select s).ToListAsync(of.Cancel);
        return all.DistinctBy(s => s.Id).Select(s => new Found(SubjectPlaces.Rights, $"{SubjectRequest.InWords(s.Kind)}, {Reference.Show(s.Reference)}", s.RecordedAt, Free(("You asked", s.Asked), ("What came of it", s.Outcome)))).ToList();
    }

    private static IReadOnlyList<FoundField> Lines(params ReadOnlySpan<(string Name, string? Value)> lines)
    {
        var fields = new List<FoundField>();
        foreach (var (name, value) in lines) if (!string.IsNullOrWhiteSpace(value)) fields.Add(new FoundField(name, value));
        return fields;
    }

    private static IReadOnlyList<FoundField> Free(params ReadOnlySpan<(string Name, string? Value)> lines) => [.. Lines(lines).Select(f => f with { Free = true })];

    /// <summary><c>HandedOverAndAccepted</c>, <c>request.code-reissued</c>: as a person reads it.</summary>
    internal static string Words(string name) => AnswerWords.Plain(name);

    /// <summary>A row's cells by their names.</summary>
    private static IReadOnlyList<FoundField> Flat(string json)
    {
        using var document = JsonDocument.Parse(json);
        var fields = new List<FoundField>();
        void Walk(JsonElement element, string name)
        {
            if (element.ValueKind == JsonValueKind.Object) foreach (var p in element.EnumerateObject()) Walk(p.Value, p.Name);
            else if (element.ValueKind == JsonValueKind.Array) foreach (var e in element.EnumerateArray()) Walk(e, name);
            else if (element.ToString() is { Length: > 0 } text) fields.Add(new FoundField(name, text, Free: true));
        }
        Walk(document.RootElement, "");
        return fields;
    }
}
