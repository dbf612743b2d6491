using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Messages;

/// <summary>What a message is about and whom it is for.</summary>
/// <param name="Cause">The request or award.</param>
/// <param name="NothingByItself">Why nothing may go without a worker's hand (an imported request, somebody who does not know that they were asked for).</param>
public sealed record Letterhead(Guid Cause, Guid HouseholdId, Guid PersonId, string? Language = null, string? NothingByItself = null);

/// <summary>One message as staff see it: never its words.</summary>
public sealed record PostedMessage(string MessageId, MessageChannel Channel, MessageState State, string? Why, DateTime CreatedAt, DateTime? SentAt);

/// <summary>Writes messages into the outbox, in the command they belong to. Safe contact decides here, and once more when they go.</summary>
public sealed class Post(SettingsDesk settings)
{
    internal SettingsDesk Settings => settings;

    /// <summary>All that a phone somebody else may read ever gets.</summary>
    public const string Neutral = "something-to-read";

    /// <summary>
    /// Puts one message into the outbox, or a row that says why it may not go by itself. The people and their safe contact must be written already
    /// (<see cref="Command.FlushAsync"/>).
    /// </summary>
    public async Task<PostDecision> QueueAsync(Command c, string messageId, Letterhead head, IReadOnlyDictionary<string, string> values)
    {
        var now = await settings.CurrentAsync(c.Cancel);
        var to = await AddresseeAsync(c.Db, head.PersonId, head.NothingByItself, c.Cancel);
        var decision = PostRules.Decide(to);
        var language = head.Language ?? to.Language ?? "en";
        var demo = await c.Db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(c.Cancel) == true;
        // By letter it goes in a plain envelope to where they said; otherwise content needs a screen that nobody else reads.
        var wanted = decision.Content ? messageId : Neutral;
        var text = now.Texts.Messages.FirstOrDefault(m => m.Id == wanted);
        var filled = With(values, now);
        var (tongue, words) = decision.Channel == MessageChannel.None ? ("en", null) : Words(text, language, demo, decision.Channel, filled);
        // Nothing that is set may stop what the message is about: what cannot be written is withheld, and staff see why.
        if (decision.Channel != MessageChannel.None && words is null)
            decision = PostDecision.No($"There is no text for this message by {Word(decision.Channel)}.");

        // A link that leads nowhere must not go out. A live installation sets its address before residents' pages open.
        if (decision.Channel != MessageChannel.None && string.IsNullOrWhiteSpace(now.Partnership.WebAddress) && text!.Placeholders.Contains("link"))
            decision = PostDecision.No("The web address of this service is not set, and the message holds a link.");

        var row = new OutboxMessage
        {
            Id = Guid.CreateVersion7(), MessageId = messageId, CauseId = head.Cause, HouseholdId = head.HouseholdId, PersonId = head.PersonId, Channel = decision.Channel, HasContent = decision.Content,
            Language = tongue, SealedWords = decision.Channel == MessageChannel.None ? null : Seal(c.LogKey, Render(words!, decision.Channel, filled)),
            AddressMark = decision.Channel == MessageChannel.None ? null : Mark(c.LogKey, to.Reach, decision.Channel),
            State = decision.Channel == MessageChannel.None ? MessageState.Withheld : MessageState.Waiting, Why = decision.Why, CreatedAt = c.Who.At, Attempts = 0, DueAt = c.Who.At,
        };
        c.Insert(row);
        c.Record(row.State == MessageState.Waiting ? "message.queued" : "message.withheld", row.Id, head.HouseholdId);
        return decision;
    }

    /// <summary>
    /// Puts a worker's own words into the outbox, in the person's words and language. Only where nobody else reads that phone or mail: these words say what it is about,
    /// so there is no neutral line instead; an e-mail's subject, which a locked screen shows, is the neutral one all the same. Refused with why.
    /// </summary>
    public async Task<PostDecision> QueueWordsAsync(Command c, string messageId, Letterhead head, string words)
    {
        var to = await AddresseeAsync(c.Db, head.PersonId, head.NothingByItself, c.Cancel);
        var decision = PostRules.DecideWords(to);
        if (decision.Channel == MessageChannel.None) return decision;
        var language = head.Language ?? to.Language ?? "en";
        if (decision.Channel == MessageChannel.Email)
        {
            var neutral = (await settings.CurrentAsync(c.Cancel)).Texts.Messages.FirstOrDefault(m => m.Id == Neutral)?.Texts;
            var subject = neutral?.GetValueOrDefault(language) is { Reviewed: true, Subject: { Length: > 0 } own } ? own : neutral?.GetValueOrDefault("en")?.Subject;
            if (string.IsNullOrWhiteSpace(subject)) return PostDecision.No("There is no text for this message by email.");
            words = $"{subject}\n\n{words}";
        }
        var row = new OutboxMessage
        {
            Id = Guid.CreateVersion7(), MessageId = messageId, CauseId = head.Cause, HouseholdId = head.HouseholdId, PersonId = head.PersonId, Channel = decision.Channel, HasContent = true,
            Language = language, SealedWords = Seal(c.LogKey, words), AddressMark = Mark(c.LogKey, to.Reach, decision.Channel), State = MessageState.Waiting, CreatedAt = c.Who.At, Attempts = 0, DueAt = c.Who.At,
        };
        c.Insert(row);
        c.Record("message.queued", row.Id, head.HouseholdId);
        return decision;
    }

    /// <summary>May a worker's own words go to this person by text or mail? Null words: they may.</summary>
    public static async Task<PostDecision> MaySendWordsAsync(AnyDoorDb db, Guid personId, string? nothingByItself, CancellationToken cancel) => PostRules.DecideWords(await AddresseeAsync(db, personId, nothingByItself, cancel));

    internal static byte[] Mark(LogKey key, Reach reach, MessageChannel channel) => key.HashSecret("outbox address", PostRules.Address(reach, channel));

    /// <summary>What was written about one cause, newest first.</summary>
    public static async Task<IReadOnlyList<PostedMessage>> AboutAsync(AnyDoorDb db, Guid cause, CancellationToken cancel) =>
        await db.Set<OutboxMessage>().Where(m => m.CauseId == cause).OrderByDescending(m => m.CreatedAt)
            .Select(m => new PostedMessage(m.MessageId, m.Channel, m.State, m.Why, m.CreatedAt, m.SentAt)).ToListAsync(cancel);

    internal static async Task<Addressee> AddresseeAsync(AnyDoorDb db, Guid personId, string? nothingByItself, CancellationToken cancel)
    {
        // A record that was joined is reached as the kept one says, and whoever is at risk in either is at risk.
        var person = await (from own in db.Set<Person>()
                            where own.Id == personId
                            join other in db.Set<Person>() on own.SameAs equals other.Id into joined
                            from kept in joined.DefaultIfEmpty()
                            select new { Id = own.SameAs ?? own.Id, AtRisk = own.AtRisk || (kept != null && kept.AtRisk), own.Language }).SingleAsync(cancel);
        var reach = await db.Set<SafeContact>().Where(s => s.PersonId == person.Id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id)
            .Select(s => new Reach(s.By, s.DoNot, s.To, s.Phone, s.Email, s.PhoneIsPrivate, s.CheckBeforeContact, s.BestTime, null)).FirstOrDefaultAsync(cancel);
        var homes = reach is { By: ContactWay.Letter } && (reach.DoNot & DoNot.Letter) != 0 ? await HomesAsync(db, person.Id, cancel) : null;
        return new Addressee(reach ?? Reach.Unanswered, person.AtRisk, person.Language, nothingByItself, homes);
    }

    private static async Task<IReadOnlyList<(string? Lines, string? Postcode)>> HomesAsync(AnyDoorDb db, Guid person, CancellationToken cancel)
    {
        var of = db.Set<Membership>().Where(m => m.PersonId == person || db.Set<Person>().Any(p => p.Id == m.PersonId && p.SameAs == person)).Select(m => m.HouseholdId);
        return (await db.Set<Address>().Where(a => a.To == null && of.Contains(a.HouseholdId)).Select(a => new { a.Lines, a.Postcode }).ToListAsync(cancel)).ConvertAll(a => (a.Lines, a.Postcode));
    }

    internal static string Word(MessageChannel channel) => channel switch { MessageChannel.Text => "text", MessageChannel.Email => "email", _ => "letter" };

    /// <summary>The reader's language where it has what this channel needs and was read by a speaker; otherwise English; null where that lacks it too.</summary>
    private static (string Language, MessageWords? Words) Words(MessageText? text, string language, bool demo, MessageChannel channel, Dictionary<string, string> values)
    {
        if (text?.Channels.Contains(Word(channel)) != true) return ("en", null);
        bool Has(string tongue, out MessageWords words) => text.Texts.TryGetValue(tongue, out words!) && words.Has(Word(channel)) && Parts(words, channel).SelectMany(Fill.Names).All(values.ContainsKey);
        if (Has(language, out var own) && (own.Reviewed || demo)) return (language, own);
        return ("en", Has("en", out var english) ? english : null);
    }

    private static IEnumerable<string> Parts(MessageWords words, MessageChannel channel) => channel == MessageChannel.Letter ? words.Letter! : [words.Text!];

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> values, PartnershipSettings now) =>
        new(values)
        {
            ["phone"] = now.Partnership.Telephone ?? "",
            ["link"] = $"{now.Partnership.WebAddress?.TrimEnd('/')}/request",
        };

    private static string Render(MessageWords words, MessageChannel channel, Dictionary<string, string> values)
    {
        var body = string.Join("\n\n", Parts(words, channel).Select(p => Fill.In(p, values)));
        return channel == MessageChannel.Email ? $"{words.Subject}\n\n{body}" : body;
    }

    // The key differs from every other use of the installation's key.
    internal static byte[] Seal(LogKey key, string words) => SealedText.Seal(key, "outbox words", words);

    internal static string Unseal(LogKey key, byte[] sealedWords) => SealedText.Open(key, "outbox words", sealedWords);
}
