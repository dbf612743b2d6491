using System.Globalization;
using System.Text.Json;
using AnyDoor.Audit;
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

/// <summary>One thing that was found, before anybody has looked at it.</summary>
/// <param name="LeftOutFor">What it is left out for until somebody decides otherwise; none: it goes in.</param>
public sealed record Found(string Place, string Title, DateTime? At, string Body, string? LeftOutFor = null);

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
    public const string Forms = "Forms that were not sent";
    public const string Imports = "Rows of councils’ own forms";
    public const string Joins = "Records compared or joined";
    public const string Reasons = "Reasons that workers wrote";
    public const string Looks = "Who looked, and why";
    public const string Rights = "Earlier requests about your data";

    public static IReadOnlyList<string> All { get; } = [Identity, Requests, Conversations, Awards, Handovers, Permissions, Messages, Forms, Imports, Joins, Reasons, Looks, Rights];

    /// <summary>Searched in vain by design, with the reason that is told to them.</summary>
    public static IReadOnlyList<(string Place, string Why)> NotSearched { get; } =
    [
        ("Equality answers", "Kept without a name, a reference or a day, so nobody can tell which are whose"),
        ("Backups", "The same as the live record, kept for a short time and then written over"),
        ("The addresses and words of messages that went", "Gone once a message is sent; only that it went is kept"),
    ];
}

/// <summary>
/// Collects what every room holds about one person, wherever a record of theirs is. What another member of the household told is not theirs to have;
/// what was told about them by another is, with who told it hidden until somebody decides.
/// </summary>
public sealed class Gatherer(SchemeBook schemes)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal async Task<List<Found>> CollectAsync(AnyDoorDb db, SubjectRequest request, SubjectHome home, CancellationToken cancel)
    {
        var view = home.View;
        var people = view.JoinedIn.Where(j => j.Value == view.Kept(home.Record.PersonId)).Select(j => j.Key).Append(home.Record.PersonId).Append(view.Kept(home.Record.PersonId)).Distinct().ToArray();
        var of = new Whose(db, [.. view.HouseholdIds], people, view.Home.Withheld || view.Notices.Count > 0, cancel);
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
        found.AddRange(await EarlierAsync(of, request.Id));
        return found;
    }

    /// <param name="AtRisk">Somebody there is looked for: no address goes in by itself.</param>
    private sealed record Whose(AnyDoorDb Db, Guid[] Homes, Guid[] People, bool AtRisk, CancellationToken Cancel);

    private static async Task<List<Found>> IdentityAsync(Whose of, bool safety)
    {
        var (db, found) = (of.Db, new List<Found>());
        foreach (var person in await db.Set<Person>().Where(p => of.People.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Identity, "Name and birth", null, $"Name: {person.Name}\nBorn: {(person.DateOfBirth is { } born ? LondonTime.Day(born) : person.BirthYear is { } year ? $"in {year}" : "not told")}\nLanguage: {person.Language ?? "not told"}{(person.AtRisk ? "\nWe keep your address from everybody who does not need it, because you may be looked for." : "")}",
                person.AtRisk ? LeftOut.InPerson : null));
        foreach (var stay in await db.Set<Membership>().Where(m => of.People.Contains(m.PersonId)).OrderBy(m => m.From).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Identity, "Time in a household", null, $"{stay.Role switch { MemberRole.Applicant => "The one who asked", MemberRole.Child => "A child", MemberRole.Partner => "A partner", _ => "An adult" }}, from {LondonTime.Day(stay.From)}{(stay.To is { } to ? $" to {LondonTime.Day(to)}" : "")}"));
        foreach (var address in await db.Set<Address>().Where(a => of.Homes.Contains(a.HouseholdId)).OrderBy(a => a.From).ThenBy(a => a.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Identity, "Address", null, $"{(address.NoFixedAddress ? "No fixed address" : string.Join(", ", new[] { address.Lines, Postcode.FromStored(address.Postcode)?.ToString() }.OfType<string>()))}, from {LondonTime.Day(address.From)}{(address.To is { } to ? $" to {LondonTime.Day(to)}" : "")}", of.AtRisk ? LeftOut.HiddenAddress : null));
        if (safety)
            foreach (var said in await db.Set<SafeContact>().Where(s => of.People.Contains(s.PersonId)).OrderBy(s => s.At).ThenBy(s => s.Id).ToListAsync(of.Cancel))
                found.Add(new(SubjectPlaces.Identity, "How to reach you", said.At, Lines(("By", Words(said.By.ToString())), ("To", said.To), ("Telephone", said.Phone), ("E-mail", said.Email), ("Do not", said.DoNot == DoNot.Nothing ? null : Words(said.DoNot.ToString())), ("Best time", said.BestTime), ("Your words", said.Words)), of.AtRisk ? LeftOut.InPerson : null));
        return found;
    }

    private static async Task<List<Found>> RequestsAsync(Whose of)
    {
        var (db, found) = (of.Db, new List<Found>());
        var own = await db.Set<Request>().Where(r => of.People.Contains(r.ApplicantId)).OrderBy(r => r.SubmittedAt).ToListAsync(of.Cancel);
        var doors = await db.Set<Door>().ToDictionaryAsync(d => d.Id, d => d.Label, of.Cancel);
        foreach (var r in own)
        {
            var needs = await db.Set<RequestNeed>().Where(n => n.RequestId == r.Id).OrderBy(n => n.NeedId).Select(n => n.NeedId).ToListAsync(of.Cancel);
            found.Add(new(SubjectPlaces.Requests, $"Request {Reference.Show(r.Reference)}", r.SubmittedAt, Lines(("By", doors.GetValueOrDefault(r.DoorId)), ("Needs", string.Join(", ", needs.Select(n => Vocabulary.Words.Current.Need(n)?.Plain ?? n))),
                ("How soon", Queue.InWords(r.Urgency)), ("Why", r.UrgencyWhy), ("Your words", r.Words), ("How it stands", Words(r.Status.ToString())), ("Passed to", r.PassedTo))));
            if (await db.Set<Representation>().SingleOrDefaultAsync(x => x.RequestId == r.Id, of.Cancel) is { } asked)
                // Who told us, and how to reach them, is theirs.
                found.Add(new(SubjectPlaces.Requests, $"Somebody asked for you: request {Reference.Show(r.Reference)}", asked.At, Lines(("Who", asked.Name), ("How to reach them", asked.Reach), ("They said you knew", asked.Knows), ("Why you could not say", asked.Why)), LeftOut.AnotherPerson));
        }
        var answers = await db.Set<Answer>().Where(a => of.Homes.Contains(a.HouseholdId) && ((a.PersonId != null && of.People.Contains(a.PersonId.Value)) || (a.About != null && of.People.Contains(a.About.Value)))).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(of.Cancel);
        foreach (var a in answers)
        {
            var told = a.PersonId is { } teller && of.People.Contains(teller);
            var aboutAnother = a.About is { } about && !of.People.Contains(about);
            found.Add(new(SubjectPlaces.Requests, Vocabulary.Words.Current.Fact(a.Fact)?.Question ?? a.Fact, a.At, $"{AnswerText(a)}{(told ? "" : "\nTold to us by somebody else.")}{(a.ReplacedAt is { } later ? $"\nChanged on {LondonTime.Day(LondonTime.DayOf(later))}." : "")}", told && !aboutAnother ? null : LeftOut.AnotherPerson));
        }
        return found;
    }

    private static string AnswerText(Answer answer)
    {
        if (!answer.IsGiven) return "You would rather not say.";
        using var json = JsonDocument.Parse(answer.Value);
        var fact = Vocabulary.Words.Current.Fact(answer.Fact);
        string One(string? option) => fact?.Options?.FirstOrDefault(o => o.Id == option)?.Label ?? option ?? "";
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", json.RootElement.EnumerateArray().Select(e => One(e.ToString()))),
            JsonValueKind.String => One(json.RootElement.GetString()),
            JsonValueKind.True => "Yes",
            JsonValueKind.False => "No",
            JsonValueKind.Number when fact?.Type == "money" && json.RootElement.TryGetInt64(out var pence) => new Money(pence).ToString(),
            _ => json.RootElement.ToString(),
        };
    }

    private static async Task<List<Found>> ConversationsAsync(Whose of)
    {
        var (db, found) = (of.Db, new List<Found>());
        foreach (var need in await db.Set<NeedSaid>().Where(n => of.Homes.Contains(n.HouseholdId) && (n.PersonId == null || of.People.Contains(n.PersonId.Value))).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, Vocabulary.Words.Current.Need(need.NeedId)?.Plain ?? need.NeedId, need.At, need.Phrase is { } phrase ? $"Read from your words: “{phrase}”" : "Written down on a call.", need.PersonId is null ? LeftOut.AnotherPerson : null));
        var requests = db.Set<Request>().Where(r => of.People.Contains(r.ApplicantId)).Select(r => r.Id);
        var workers = await db.Set<Worker>().ToDictionaryAsync(w => w.Id, w => w.Name, of.Cancel);
        foreach (var contact in await db.Set<Contact>().Where(x => requests.Contains(x.RequestId)).OrderBy(x => x.At).ThenBy(x => x.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, "We tried to reach you", contact.At, Lines(("How", Words(contact.Way)), ("What came of it", Words(contact.Outcome)), ("Who", contact.WorkerId is { } w ? workers.GetValueOrDefault(w) : null), ("Next", contact.NextOn is { } on ? $"{LondonTime.Day(on)}{(contact.NextTime is { } time ? $", {time}" : "")}" : null))));
        foreach (var choice in await db.Set<OfferChoice>().Where(x => requests.Contains(x.RequestId)).OrderBy(x => x.At).ThenBy(x => x.Id).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, choice.Title, choice.At, Lines(("You said", choice.Wanted ? "Yes" : "No"), ("Why", choice.Reason), ("What you were told", choice.Detail)), choice.Quiet ? LeftOut.InPerson : null));
        foreach (var crisis in await db.Set<CrisisEpisode>().Where(x => of.Homes.Contains(x.HouseholdId)).OrderBy(x => x.OpenedOn).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Conversations, "A crisis", null, $"From {LondonTime.Day(crisis.OpenedOn)}{(crisis.ClosedOn is { } over ? $" to {LondonTime.Day(over)}" : "")}: {crisis.Why}"));
        return found;
    }

    private async Task<List<Found>> AwardsAsync(Whose of)
    {
        var (db, found) = (of.Db, new List<Found>());
        var requests = await db.Set<Request>().Where(r => of.People.Contains(r.ApplicantId)).Select(r => r.Id).ToListAsync(of.Cancel);
        var names = (await schemes.AllAsync(db, of.Cancel)).ToDictionary(s => s.Id, s => s.Newest.Name);
        bool Own(Guid? request) => request is null || requests.Contains(request.Value);
        foreach (var a in (await db.Set<Application>().Where(a => of.Homes.Contains(a.HouseholdId)).OrderBy(a => a.ReceivedAt).ThenBy(a => a.Id).ToListAsync(of.Cancel)).Where(a => Own(a.RequestId)))
            foreach (var d in await db.Set<Decision>().Where(d => d.ApplicationId == a.Id).OrderBy(d => d.At).ToListAsync(of.Cancel))
                found.Add(new(SubjectPlaces.Awards, $"{names.GetValueOrDefault(a.SchemeId, a.SchemeId)}: {(d.Outcome == DecisionOutcome.Awarded ? "yes" : "no")}", d.At, Lines(("Asked", a.Asked.ToString()), ("Reason", d.Reason), ("Rule", d.RuleWords), ("Not known then", d.Unknown), ("Help again so soon, because", d.RecentHelpReason))));
        foreach (var a in (await db.Set<Award>().Where(a => of.Homes.Contains(a.HouseholdId)).OrderBy(a => a.EffectiveAt).ThenBy(a => a.Id).ToListAsync(of.Cancel)).Where(a => Own(a.RequestId)))
        {
            var voucher = await db.Set<Voucher>().SingleOrDefaultAsync(v => v.AwardId == a.Id, of.Cancel);
            var moves = await db.Set<LedgerEntry>().Where(e => e.AwardId == a.Id).OrderBy(e => e.RecordedAt).ThenBy(e => e.TransactionId).Select(e => new { e.Kind, e.EffectiveOn, e.TransactionId }).ToListAsync(of.Cancel);
            found.Add(new(SubjectPlaces.Awards, $"Award {Reference.Show(a.Reference)}", a.EffectiveAt, Lines(("From", names.GetValueOrDefault(a.SchemeId, a.SchemeId)), ("Amount", a.Amount.ToString()), ("How", Words(a.Delivery)), ("Now", Award.InWords(a.Status)), ("To use by", a.ExpiresOn is { } last ? LondonTime.Day(last) : null),
                ("Letter", voucher is null ? null : $"{voucher.LetterNumber}, printed {LondonTime.Day(LondonTime.DayOf(voucher.PrintedAt))}{(voucher.RedeemedAt is { } used ? $", used {LondonTime.Day(LondonTime.DayOf(used))}" : "")}"),
                ("In the ledger", string.Join("; ", moves.DistinctBy(m => m.TransactionId).Select(m => $"{Words(m.Kind.ToString()).ToLowerInvariant()} {LondonTime.Day(m.EffectiveOn)}"))))));
        }
        return found;
    }

    private static async Task<List<Found>> HandoversAsync(Whose of)
    {
        var requests = of.Db.Set<Request>().Where(r => of.People.Contains(r.ApplicantId)).Select(r => (Guid?)r.Id);
        var all = await of.Db.Set<Handover>().Where(h => of.Homes.Contains(h.HouseholdId) && requests.Contains(h.CauseId)).OrderBy(h => h.SentAt).ToListAsync(of.Cancel);
        return all.ConvertAll(h => new Found(SubjectPlaces.Handovers, h.Organisation, h.SentAt, Lines(("They were told", h.Told), ("How it stands", Words(h.State.ToString())), ("Why it came back", h.WhyBack))));
    }

    private static async Task<List<Found>> PermissionsAsync(Whose of)
    {
        var names = await of.Db.Set<Organisation>().ToDictionaryAsync(o => o.Id, o => o.Name, of.Cancel);
        var all = await of.Db.Set<Permission>().Where(p => of.People.Contains(p.PersonId)).OrderBy(p => p.GivenAt).ThenBy(p => p.Id).ToListAsync(of.Cancel);
        return all.ConvertAll(p => new Found(SubjectPlaces.Permissions, p.OrganisationId is { } o ? names.GetValueOrDefault(o, "An organisation") : p.ToNamed ?? Words(p.ToKind ?? "an organisation"), p.GivenAt,
            Lines(("You said", p.Allowed ? "Yes" : "No"), ("What for", p.WhatFor), ("Until", p.Until is { } until ? LondonTime.Day(until) : null), ("Taken back", p.WithdrawnAt is { } back ? LondonTime.Day(LondonTime.DayOf(back)) : null))));
    }

    private static async Task<List<Found>> MessagesAsync(Whose of) =>
        (await of.Db.Set<OutboxMessage>().Where(m => of.People.Contains(m.PersonId)).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync(of.Cancel))
            .ConvertAll(m => new Found(SubjectPlaces.Messages, Words(m.MessageId), m.CreatedAt, Lines(("By", Words(m.Channel.ToString())), ("How it stands", Words(m.State.ToString())), ("Sent", m.SentAt is { } at ? LondonTime.Day(LondonTime.DayOf(at)) : null), ("Why not", m.Why))));

    /// <summary>A form that became their request, until its days are over. One that was never sent has no name that we could go by.</summary>
    private static async Task<List<Found>> FormsAsync(Whose of)
    {
        var requests = of.Db.Set<Request>().Where(r => of.People.Contains(r.ApplicantId)).Select(r => (Guid?)r.Id);
        return (await of.Db.Set<Draft>().Where(d => d.RequestId != null && requests.Contains(d.RequestId)).OrderBy(d => d.StartedAt).ToListAsync(of.Cancel))
            .ConvertAll(d => new Found(SubjectPlaces.Forms, d.SentAt is null ? "A form that was begun" : "The form you sent", d.StartedAt, d.Answers.Length > 2 ? Flat(d.Answers) : "Its answers are in your request.", d.ForSomeoneElse ? LeftOut.AnotherPerson : null));
    }

    /// <summary>Rows that became their request, and rows set aside that name them.</summary>
    private static async Task<List<Found>> ImportsAsync(Whose of, string? name)
    {
        var (db, found) = (of.Db, new List<Found>());
        foreach (var r in await db.Set<Request>().Where(r => of.People.Contains(r.ApplicantId) && r.ImportId != null).OrderBy(r => r.SubmittedAt).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Imports, $"Row {r.SourceReference}", r.SubmittedAt, $"Came with a council’s own form for {r.SchemeId}. What it said is in request {Reference.Show(r.Reference)}."));
        var words = Folding.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) return found;
        await foreach (var row in db.Set<QuarantinedRow>().OrderBy(q => q.ImportId).ThenBy(q => q.Row).AsAsyncEnumerable().WithCancellation(of.Cancel))
        {
            var text = Flat(row.Cells);
            var folded = $" {Folding.Fold(text.Replace('\n', ' ').Replace(':', ' '))} ";
            // First and last name both, as whole words: a row that is somebody else's is looked at before it goes anywhere.
            if (folded.Contains($" {words[0]} ", StringComparison.Ordinal) && folded.Contains($" {words[^1]} ", StringComparison.Ordinal))
                found.Add(new(SubjectPlaces.Imports, $"Row {row.Row.ToString(CultureInfo.InvariantCulture)}, set aside: {row.Reason}", null, text, LeftOut.AnotherPerson));
        }
        return found;
    }

    private static async Task<List<Found>> JoinsAsync(Whose of)
    {
        var found = new List<Found>();
        foreach (var join in await of.Db.Set<PersonJoin>().Where(j => of.People.Contains(j.KeptPersonId) || of.People.Contains(j.JoinedPersonId)).OrderBy(j => j.At).ToListAsync(of.Cancel))
            found.Add(new(SubjectPlaces.Joins, join.UndoneAt is null ? "Two records of yours were joined" : "Two records were joined, and taken apart again", join.At, Lines(("How we knew", join.How), ("The name before", join.NameBefore))));
        var asked = await of.Db.Set<PossibleMatch>().CountAsync(m => of.People.Contains(m.PersonId) || of.People.Contains(m.OtherPersonId), of.Cancel);
        if (asked > 0) found.Add(new(SubjectPlaces.Joins, "Compared with other records", null, $"{asked.ToString(CultureInfo.InvariantCulture)} other record(s) looked alike, and a worker is asked before anything is joined. What the other records say is another person’s unless they are joined."));
        return found;
    }

    /// <summary>The words in the log: a reason for a look, why an award was made. They may speak of anybody at home, so each is decided.</summary>
    private static async Task<List<Found>> ReasonsAsync(Whose of)
    {
        var all = await (from e in of.Db.Set<AuditEvent>() where e.HouseholdId != null && of.Homes.Contains(e.HouseholdId.Value) && e.ActorKind == ActorKind.Worker join x in of.Db.Set<AuditContent>() on e.Id equals x.EventId orderby e.Seq select new { e.At, e.Kind, x.Body }).Take(2000).ToListAsync(of.Cancel);
        var alone = !await of.Db.Set<Membership>().AnyAsync(m => of.Homes.Contains(m.HouseholdId) && !of.People.Contains(m.PersonId), of.Cancel);
        return all.ConvertAll(e => new Found(SubjectPlaces.Reasons, Words(e.Kind), e.At, e.Body, alone ? null : LeftOut.AnotherPerson));
    }

    /// <summary>What is looked at for somebody's safety is told by a person, not by paper.</summary>
    private static async Task<List<Found>> LooksAsync(Whose of)
    {
        Guid[] subjects = [.. of.Homes, .. of.People];
        var looks = await (from s in of.Db.Set<ReadSubject>() where subjects.Contains(s.SubjectId) join e in of.Db.Set<ReadEvent>() on s.ReadEventId equals e.Id where e.ActorKind == ActorKind.Worker || e.ActorKind == ActorKind.System
                           orderby e.At select new { e.Id, e.At, e.ActorId, e.OrganisationId, e.Purpose, e.ActorKind }).Distinct().OrderBy(e => e.At).Take(5000).ToListAsync(of.Cancel);
        var roles = await of.Db.Set<Worker>().ToDictionaryAsync(w => w.Id, w => w.Role, of.Cancel);
        var names = await of.Db.Set<Organisation>().ToDictionaryAsync(o => o.Id, o => o.Name, of.Cancel);
        return [.. looks.GroupBy(l => (Day: LondonTime.DayOf(l.At), Role: l.ActorKind == ActorKind.System ? "A computer system" : l.ActorId is { } a && roles.TryGetValue(a, out var role) ? RoleTable.Default.NameOf(role) : "A worker", Place: l.OrganisationId is { } o ? names.GetValueOrDefault(o, "an organisation") : "an organisation", l.Purpose)).OrderBy(g => g.Key.Day).ThenBy(g => g.Key.Role, StringComparer.Ordinal).ThenBy(g => g.Key.Place, StringComparer.Ordinal).ThenBy(g => g.Key.Purpose)
            .Select(g => new Found(SubjectPlaces.Looks, $"{g.Key.Role}, {g.Key.Place}", g.Min(l => l.At), $"{Words(g.Key.Purpose.ToString())}, {g.Count().ToString(CultureInfo.InvariantCulture)} time(s).", g.Key.Purpose == Purpose.SafeguardingOrEmergency ? LeftOut.InPerson : null))];
    }

    private static async Task<List<Found>> EarlierAsync(Whose of, Guid now)
    {
        var all = await (from r in of.Db.Set<SubjectRecord>() where of.People.Contains(r.PersonId) && r.SubjectRequestId != now join s in of.Db.Set<SubjectRequest>() on r.SubjectRequestId equals s.Id orderby s.RecordedAt select s).ToListAsync(of.Cancel);
        return all.DistinctBy(s => s.Id).Select(s => new Found(SubjectPlaces.Rights, $"{Words(s.Kind.ToString())}, {Reference.Show(s.Reference)}", s.RecordedAt, Lines(("You asked", s.Asked), ("What came of it", s.Outcome)))).ToList();
    }

    private static string Lines(params ReadOnlySpan<(string Label, string? Value)> lines)
    {
        var text = new List<string>();
        foreach (var (label, value) in lines) if (!string.IsNullOrWhiteSpace(value)) text.Add($"{label}: {value}");
        return string.Join('\n', text);
    }

    /// <summary><c>HandedOverAndAccepted</c>, <c>request.code-reissued</c>: as a person reads it.</summary>
    internal static string Words(string name)
    {
        var text = string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]) ? $" {char.ToLowerInvariant(c)}" : c is '-' or '.' or '_' ? " " : c.ToString()));
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>Any JSON as lines of name and value.</summary>
    private static string Flat(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var lines = new List<string>();
            void Walk(JsonElement element, string name)
            {
                if (element.ValueKind == JsonValueKind.Object) foreach (var p in element.EnumerateObject()) Walk(p.Value, p.Name);
                else if (element.ValueKind == JsonValueKind.Array && element.EnumerateArray().Any(e => e.ValueKind is JsonValueKind.Object or JsonValueKind.Array)) foreach (var e in element.EnumerateArray()) Walk(e, name);
                else if (element.ValueKind == JsonValueKind.Array) lines.Add($"{name}: {string.Join(", ", element.EnumerateArray().Select(e => e.ToString()))}");
                else if (element.ToString() is { Length: > 0 } text) lines.Add(name.Length == 0 ? text : $"{name}: {text}");
            }
            Walk(document.RootElement, "");
            return string.Join('\n', lines);
        }
        catch (JsonException) { return JsonSerializer.Serialize(json, Plain); }
    }
}
