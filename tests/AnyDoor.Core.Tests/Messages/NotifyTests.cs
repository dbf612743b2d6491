using AnyDoor.Audit;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Shouldly;
using Xunit;

namespace AnyDoor.Core.Tests.Messages;

/// <summary>Messages of a live installation go out by the council's account with GOV.UK Notify (R-DA-02, R-DAW-08).</summary>
public sealed class NotifyTests : IDisposable
{
    private readonly NotifyServer notify = new(TimeProvider.System);
    private readonly string folder = Directory.CreateTempSubdirectory("anydoor-notify-").FullName;

    [Theory, OnBothDatabases]
    public async Task Text_GoesOnceWithItsWordsOnly(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        using var sender = Sender();
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["no"]));

        (await r.Postman(sender).DeliverAsync(r.Now, default)).ShouldBe(1);
        (await r.Postman(sender).DeliverAsync(r.Now.AddHours(1), default)).ShouldBe(0);

        var taken = notify.Taken.ShouldHaveSingleItem();
        ((string?)taken["phone_number"]).ShouldBe("07700900418");
        var text = (string)taken["personalisation"]!["message"]!;
        text.ShouldStartWith("Your request: there is something to read.");
        taken["personalisation"]!.AsObject().Count.ShouldBe(1);
        var row = (await r.OutboxAsync()).Single();
        (row.State, row.SealedWords, (string?)taken["reference"]).ShouldBe((MessageState.Sent, null, row.Id.ToString()));
    }

    [Fact]
    public async Task Email_HasTheNeutralSubject()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        using var sender = Sender();
        await r.SendAsync(("by", ["email"]), ("email", ["leanne@example.org"]), ("phone-is-private", ["yes"]));
        var request = (await r.RequestsAsync()).Single();
        (await r.Desk.Commands.RunAsync(r.Desk.Nadia.For(Purpose.RespondToRequest, "phone-county-hub", Desk.Now), c => r.RequestPost.QueueReadBackAsync(c, request.Id, "There is 84p on the meter.\n\nWe ring the supplier."), default)).Done.ShouldBeTrue();

        (await r.Postman(sender).DeliverAsync(Desk.Now, default)).ShouldBe(2);

        notify.Taken.ShouldAllBe(t => (string?)t["email_address"] == "leanne@example.org");
        var own = notify.Taken.Single(t => ((string)t["personalisation"]!["message"]!).Contains("84p", StringComparison.Ordinal))["personalisation"]!;
        ((string)own["message"]!).ShouldBe("There is 84p on the meter.\n\nWe ring the supplier.");
        ((string)own["subject"]!).ShouldNotContain("84p");
        notify.Taken.ShouldAllBe(t => ((string)t["personalisation"]!["subject"]!).Length > 5);
    }

    [Theory, OnBothDatabases]
    public async Task AnswerThatWasLost_IsLookedForByItsReference_AndNotSentTwice(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        using var sender = Sender();
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        notify.LosesAnswers = true;

        (await r.Postman(sender).DeliverAsync(r.Now, default)).ShouldBe(0);
        (await r.OutboxAsync()).Single().State.ShouldBe(MessageState.Waiting);
        notify.LosesAnswers = false;
        (await r.Postman(sender).DeliverAsync(r.Now.AddMinutes(3), default)).ShouldBe(1);

        notify.Taken.Count.ShouldBe(1);
        (await r.OutboxAsync()).Single().State.ShouldBe(MessageState.Sent);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(403)]
    public async Task TroubleOfTheirs_IsTriedAgain_AndAfterEightTimesSaidToStaff(int status)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        using var sender = Sender();
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));
        notify.Trouble = status;

        await r.Postman(sender).DeliverAsync(r.Now, default);
        (await r.OutboxAsync()).Single().State.ShouldBe(MessageState.Waiting);
        for (var hour = 1; hour < 9; hour++) await r.Postman(sender).DeliverAsync(r.Now.AddHours(hour * hour), default);

        var row = (await r.OutboxAsync()).Single();
        (row.State, row.SealedWords).ShouldBe((MessageState.Failed, null));
        row.Why.ShouldBe("It could not be sent, eight times over.");
    }

    [Fact]
    public async Task WhatTheyRefuse_IsSaidToStaffWithoutTheNumber_AndNotTriedAgain()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        using var sender = Sender(text: Guid.NewGuid());
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));

        (await r.Postman(sender).DeliverAsync(r.Now, default)).ShouldBe(0);

        var row = (await r.OutboxAsync()).Single();
        (row.State, row.Attempts).ShouldBe((MessageState.Failed, 1));
        row.Why.ShouldBe("GOV.UK Notify refused it: the number, or the template, is not one that it takes.");
    }

    [Theory]
    [InlineData("c/o Ines Fairway\n3 Mill Row\nEly\nCB7 4XX", null, 5)]
    [InlineData("3 Mill Row, Ely, CB7 4XX", null, 4)]
    [InlineData("with my sister", "The address for letters needs three to seven lines, the last of them a postcode: print it, and post it to where they said.", 0)]
    [InlineData("3 Mill Row\nWitchford\nEly", "The address for letters needs three to seven lines, the last of them a postcode: print it, and post it to where they said.", 0)]
    public async Task Letter_NeedsAnAddressThatTheyTake(string to, string? why, int values)
    {
        using var sender = Sender();

        (await sender.SendAsync(Guid.NewGuid(), MessageChannel.Letter, to, "Dear Leanne", again: false, default)).ShouldBe(why);

        if (why is null) notify.Taken.ShouldHaveSingleItem()["personalisation"]!.AsObject().Count.ShouldBe(values);
        else notify.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task ChannelWithoutATemplate_WaitsForAPerson()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        using var sender = new NotifySender(Account(set => set.Remove("ANYDOOR_NOTIFY_TEXT"))!, TimeProvider.System);
        await r.SendAsync(("by", ["text"]), ("phone", ["07700 900418"]), ("phone-is-private", ["yes"]));

        (await r.Postman(sender).DeliverAsync(r.Now, default)).ShouldBe(0);

        (await r.OutboxAsync()).Single().State.ShouldBe(MessageState.Waiting);
        r.Postman(sender).Channels.ShouldBe([MessageChannel.Email, MessageChannel.Letter]);
    }

    [Theory]
    [InlineData("ANYDOOR_NOTIFY_TEXT", "the welcome text", "ANYDOOR_NOTIFY_TEXT must be the id of a template, as Notify shows it.")]
    [InlineData("ANYDOOR_NOTIFY_KEY_FILE", "", "ANYDOOR_NOTIFY_KEY_FILE is not set, and a template is.")]
    [InlineData("ANYDOOR_NOTIFY_KEY_FILE", "/nowhere/key", "ANYDOOR_NOTIFY_KEY_FILE names no file.")]
    [InlineData("ANYDOOR_NOTIFY_ADDRESS", "http://notify.example.org", "ANYDOOR_NOTIFY_ADDRESS must be an https address.")]
    public void WhatIsSetWrongly_IsRefusedAtTheStart(string name, string value, string sentence) =>
        Should.Throw<InvalidOperationException>(() => Account(set => set[name] = value)).Message.ShouldBe(sentence);

    [Fact]
    public void KeyOfAnotherShape_IsRefusedAndNotQuoted()
    {
        var error = Should.Throw<InvalidOperationException>(() => Account(_ => { }, $"hub-{NotifyServer.Secret}"));

        error.Message.ShouldStartWith("ANYDOOR_NOTIFY_KEY_FILE must hold one API key alone");
        error.Message.ShouldNotContain(NotifyServer.Secret);
        NotifyAccount.Read(_ => null).ShouldBeNull();
    }

    private NotifySender Sender(Guid? text = null) => new(Account(set => set["ANYDOOR_NOTIFY_TEXT"] = (text ?? NotifyServer.TextTemplate).ToString())!, TimeProvider.System);

    private NotifyAccount? Account(Action<Dictionary<string, string>> change, string key = $"hub_live-{NotifyServer.Service}-{NotifyServer.Secret}")
    {
        var file = Path.Combine(folder, "key");
        File.WriteAllText(file, key + "\n");
        var set = new Dictionary<string, string>
        {
            ["ANYDOOR_NOTIFY_ADDRESS"] = notify.Address, ["ANYDOOR_NOTIFY_KEY_FILE"] = file, ["ANYDOOR_NOTIFY_TEXT"] = NotifyServer.TextTemplate.ToString(),
            ["ANYDOOR_NOTIFY_EMAIL"] = NotifyServer.EmailTemplate.ToString(), ["ANYDOOR_NOTIFY_LETTER"] = NotifyServer.LetterTemplate.ToString(),
        };
        change(set);
        return NotifyAccount.Read(name => set.GetValueOrDefault(name));
    }

    public void Dispose()
    {
        notify.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
