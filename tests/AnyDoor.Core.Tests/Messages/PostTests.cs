using AnyDoor.Common;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Messages;

[Requirement("R-DA-02")]
public sealed class PostTests
{
    private static readonly Reach Texts = new(ContactWay.Text, DoNot.Nothing, Phone: "07700900418", PhoneIsPrivate: true);

    public static TheoryData<string, MessageChannel, bool> Hostile => new()
    {
        { "private phone", MessageChannel.Text, true },
        { "shared phone", MessageChannel.Text, false },
        { "landline", MessageChannel.None, false },
        { "no texts", MessageChannel.None, false },
        { "calls only", MessageChannel.None, false },
        { "not asked", MessageChannel.None, false },
        { "check first", MessageChannel.None, false },
        { "at risk, private", MessageChannel.Text, false },
        { "at risk, shared", MessageChannel.None, false },
        { "at risk, letter", MessageChannel.None, false },
        { "letter", MessageChannel.Letter, true },
        { "no letters home", MessageChannel.None, false },
        { "no letters home, same postcode", MessageChannel.None, false },
        { "no letters home, no address", MessageChannel.None, false },
        { "letters to a sister", MessageChannel.Letter, true },
        { "shared inbox", MessageChannel.Email, false },
        { "through a friend", MessageChannel.None, false },
        { "imported", MessageChannel.None, false },
    };

    [Theory, MemberData(nameof(Hostile))]
    public void Decide_GoesTheStrictWay(string who, MessageChannel channel, bool content)
    {
        var letter = new Reach(ContactWay.Letter, DoNot.Nothing, To: "41 Teasel Way");
        var to = who switch
        {
            "private phone" => new Addressee(Texts, false, "en", null),
            "shared phone" => new Addressee(Texts with { PhoneIsPrivate = false }, false, "en", null),
            "landline" => new Addressee(Texts with { Phone = "01632960123" }, false, "en", null),
            "no texts" => new Addressee(Texts with { DoNot = DoNot.Text }, false, "en", null),
            "calls only" => new Addressee(Texts with { By = ContactWay.Phone }, false, "en", null),
            "not asked" => new Addressee(Texts with { By = ContactWay.DoNotContactFirst }, false, "en", null),
            "check first" => new Addressee(Texts with { CheckBeforeContact = true }, false, "en", null),
            "at risk, private" => new Addressee(Texts, true, "en", null),
            "at risk, shared" => new Addressee(Texts with { PhoneIsPrivate = false }, true, "en", null),
            "at risk, letter" => new Addressee(letter, true, "en", null),
            "letter" => new Addressee(letter, false, "en", null),
            "no letters home" => new Addressee(letter with { DoNot = DoNot.Letter }, false, "en", null, [("41 Teasel Way", "PE139ZT")]),
            "no letters home, same postcode" => new Addressee(letter with { To = "The Harrowmeres, PE13 9ZT", DoNot = DoNot.Letter }, false, "en", null, [("41 Teasel Way", "PE139ZT")]),
            "no letters home, no address" => new Addressee(letter with { To = null, DoNot = DoNot.Letter }, false, "en", null),
            "letters to a sister" => new Addressee(letter with { To = "3 Sedge Lane, March", DoNot = DoNot.Letter }, false, "en", null, [("41 Teasel Way", "PE139ZT")]),
            "shared inbox" => new Addressee(new Reach(ContactWay.Email, DoNot.Nothing, Email: "l@example.org"), false, "en", null),
            "through a friend" => new Addressee(new Reach(ContactWay.ThroughSomeone, DoNot.Nothing, To: "Ines"), false, "en", null),
            _ => new Addressee(Texts, false, "en", PostRules.Imported),
        };

        var decision = PostRules.Decide(to);

        (decision.Channel, decision.Content).ShouldBe((channel, content));
        (decision.Why is null).ShouldBe(channel != MessageChannel.None);
    }

    [Theory, OnBothDatabases]
    public async Task SharedPhone_ControllingPartner_ReadsNothingOfWhatItIsAbout(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["no"]));

        (await r.Postman().DeliverAsync(r.Now, default)).ShouldBe(1);

        var text = r.Files().ShouldHaveSingleItem();
        text.ShouldContain("Your request: there is something to read.");
        foreach (var said in new[] { sent.Reference, Reference.Show(sent.Reference), sent.Code, ResidentCodes.Show(sent.Code), "food", "Leanne", "Demo county", "partnership", "hub", "council" })
            text.ShouldNotContain(said, Case.Insensitive);
    }

    [Theory, OnBothDatabases]
    public async Task PrivatePhone_ReadsTheReference_AndNeverWhoWeAre(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));

        await r.Postman().DeliverAsync(r.Now, default);

        var text = r.Files().ShouldHaveSingleItem();
        text.ShouldContain(Reference.Show(sent.Reference));
        text.ShouldNotContain(ResidentCodes.Show(sent.Code));
        text.ShouldNotContain("Demo county", Case.Insensitive);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(r.Sender.Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task EveryText_OfEveryLanguage_StartsNeutrallyAndNamesNoAgency()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var settings = await r.Settings.CurrentAsync(default);

        var texts = settings.Texts.Messages.SelectMany(m => m.Texts.Select(t => (m.Id, Language: t.Key, t.Value.Text, t.Value.Subject))).Where(t => t.Text is not null).ToList();

        texts.Count.ShouldBeGreaterThan(15);
        foreach (var text in texts)
        {
            text.Text!.ShouldNotContain("hub", Case.Insensitive);
            text.Text!.ShouldNotContain("council", Case.Insensitive);
            text.Text!.ShouldNotContain("fund", Case.Insensitive);
            text.Text!.ShouldStartWith(text.Subject!);
        }
    }

    [Theory, OnBothDatabases]
    public async Task SafeContact_TightenedAfterItWasWritten_HoldsTheMessage(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        var person = (await r.RequestsAsync()).Single().ApplicantId;
        await r.Desk.Commands.RunAsync(r.Who, c =>
        {
            c.Insert(new SafeContact { Id = Guid.CreateVersion7(), PersonId = person, By = ContactWay.Text, Phone = "07700900418", DoNot = DoNot.Nothing, PhoneIsPrivate = false, CheckBeforeContact = false, At = r.Now.AddMinutes(1) });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);

        (await r.Postman().DeliverAsync(r.Now.AddMinutes(2), default)).ShouldBe(0);

        r.Files().ShouldBeEmpty();
        var message = (await r.OutboxAsync()).Single();
        (message.State, message.SealedWords).ShouldBe((MessageState.Withheld, null));
        message.Why.ShouldNotBeNullOrEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task ManyPostmen_AndOneThatDied_SendEachMessageOnce(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        for (var i = 0; i < 6; i++) await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        var first = (await r.OutboxAsync())[0].Id;
        // One process took a message, wrote it out, and died before it could say so.
        await r.Desk.Commands.RunAsync(r.Who, async c => (Result<int>)await c.Db.Set<OutboxMessage>().Where(m => m.Id == first)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeasedBy, Guid.NewGuid()).SetProperty(x => x.LeasedUntil, r.Now.AddMinutes(2)).SetProperty(x => x.Attempts, 1)), default);
        await r.Sender.SendAsync(first, MessageChannel.Text, "07700900418", "as it was written", again: false, default);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => r.Postman().DeliverAsync(r.Now, default)));
        r.Files().Length.ShouldBe(6);
        (await r.OutboxAsync()).Count(m => m.State == MessageState.Waiting).ShouldBe(1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => r.Postman().DeliverAsync(r.Now.AddMinutes(3), default)));

        r.Files().Length.ShouldBe(6);
        (await r.OutboxAsync()).ShouldAllBe(m => m.State == MessageState.Sent && m.SealedWords == null);
    }

    [Theory, OnBothDatabases]
    public async Task NoSender_LeavesEverythingNotSent(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));

        await new Postman(r.Desk.Test.Database, r.Desk.Commands, r.Desk.Test.Key, r.Desk.Reader, null).DeliverAsync(r.Now, default);

        var message = (await r.OutboxAsync()).Single();
        (message.State, message.SentAt).ShouldBe((MessageState.Waiting, null));
        System.Text.Encoding.UTF8.GetString(message.SealedWords!).ShouldNotContain("Your request");
    }

    [Fact]
    public async Task SenderThatFails_TriesAgainLater_AndStaysNotSent()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        await File.WriteAllTextAsync(r.Sender.Folder, "a file stands where the folder should be");

        (await r.Postman().DeliverAsync(r.Now, default)).ShouldBe(0);
        (await r.OutboxAsync()).Single().State.ShouldBe(MessageState.Waiting);
        File.Delete(r.Sender.Folder);
        (await r.Postman().DeliverAsync(r.Now.AddMinutes(1), default)).ShouldBe(0);

        (await r.Postman().DeliverAsync(r.Now.AddMinutes(3), default)).ShouldBe(1);
    }

    /// <summary>What somebody cleared in the settings must not stop a resident's request.</summary>
    [Theory, OnBothDatabases]
    public async Task LetterThatWasTakenAway_IsWithheldWithWhy_AndTheRequestIsIn(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await StoreAsync(r, "request-received", texts => texts["en"]!["letter"] = null);

        await r.SendAsync(("by", ["letter"]), ("letter-to", ["41 Teasel Way"]));

        (await r.RequestsAsync()).Count.ShouldBe(1);
        var message = (await r.OutboxAsync()).Single();
        (message.State, message.SealedWords, message.Why).ShouldBe((MessageState.Withheld, null, "There is no text for this message by letter."));
    }

    [Theory]
    [InlineData("text", null, "en"), InlineData("text", "  ", "en"), InlineData("text", "Numer: {nothing_fills_this}", "en"), InlineData("subject", null, "pl")]
    public async Task LanguageThatLacksWhatIsNeeded_LetsEnglishStandIn(string field, string? value, string language)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        await StoreAsync(r, "request-received", texts => texts["pl"]![field] = value);

        (await QueueInPolishAsync(r)).Language.ShouldBe(language);
    }

    [Theory]
    [InlineData("en", "text"), InlineData("en", null)]
    public async Task NoTextAtAll_IsWithheldWithWhy(string language, string? field)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        await StoreAsync(r, "request-received", texts =>
        {
            texts.AsObject().Remove("pl");
            if (field is null) texts.AsObject().Remove(language);
            else texts[language]![field] = null;
        });

        var message = await QueueInPolishAsync(r);

        (message.State, message.Why).ShouldBe((MessageState.Withheld, "There is no text for this message by text."));
    }

    private static async Task<OutboxMessage> QueueInPolishAsync(Residents r)
    {
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        var first = (await r.OutboxAsync()).Single();
        await r.Desk.Commands.RunAsync(r.Who, async c =>
        {
            await new Post(r.Settings).QueueAsync(c, "request-received", new Letterhead(first.CauseId, first.HouseholdId, first.PersonId, "pl"), new Dictionary<string, string> { ["reference"] = "R", ["code"] = "C", ["by"] = "today" });
            return (Result<Nothing>)Nothing.Value;
        }, default);
        return (await r.OutboxAsync()).Single(m => m.Id != first.Id);
    }

    /// <summary>As a version before this one may have stored it: past the check.</summary>
    private static async Task StoreAsync(Residents r, string message, Action<System.Text.Json.Nodes.JsonNode> change)
    {
        var part = await r.Settings.FindAsync("texts", default);
        change(part.Body!["messages"]!.AsArray().Single(m => (string)m!["id"]! == message)!["texts"]!);
        await r.Desk.Commands.RunAsync(r.Who, c =>
        {
            c.Insert(new AnyDoor.Organisations.Setting { Id = Guid.CreateVersion7(), Key = "texts", Version = 1, Starts = new DateOnly(2026, 11, 1), Body = part.Body!.ToJsonString(), SavedAt = r.Now, SavedBy = "test" });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
    }
}
