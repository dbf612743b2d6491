using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Organisations;

public sealed class SettingsTests
{
    [Theory]
    [Requirement("R-DOOR-02")]
    [InlineData("Fenland", "0345 045 5219")]
    [InlineData("Huntingdonshire", "01480 388388")]
    [InlineData(null, "0345 045 5219")]
    [InlineData("Norwich", "0345 045 5219")]
    public async Task AccessPoint_FollowsFromTheDistrict(string? district, string telephone)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);

        (await r.Settings.CurrentAsync(default)).AccessPointFor(district)!.Telephone.ShouldBe(telephone);
    }

    [Fact]
    public async Task Demo_IsReady_AndALiveTemplateIsNot()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        (await r.Settings.CurrentAsync(default)).IsReadyForResidents.ShouldBeTrue();

        await r.Desk.Test.MarkAsync(false);
        var live = await new SettingsDesk(r.Desk.Test.Database, r.Desk.Commands, TimeProvider.System).CurrentAsync(default);

        live.IsReadyForResidents.ShouldBeFalse();
        live.Missing().ShouldContain("“Someone is in danger now” has no owner. Put the name of the person who checks this number.");
    }

    [Theory, OnBothDatabases]
    public async Task Setting_CountsFromItsDay_AndWhatDoesNotReadIsRefusedWhole(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var today = new DateOnly(2026, 11, 24);
        var numbers = (await r.Settings.PartAsync("crisis_numbers", today, default)).Replace("0808 2000 247", "0808 157 0777", StringComparison.Ordinal);

        (await r.Settings.SaveAsync("crisis_numbers", numbers, today.AddDays(3), r.Who, default)).Done.ShouldBeTrue();
        (await r.Settings.SaveAsync("crisis_numbers", "[{", today, r.Who, default)).Refusal!.Code.ShouldBe("body");
        (await r.Settings.SaveAsync("crisis_numbers", "null", today, r.Who, default)).Refusal!.Code.ShouldBe("body");
        (await r.Settings.SaveAsync("hats", "[]", today, r.Who, default)).Refusal!.Code.ShouldBe("key");
        (await r.Settings.SaveAsync("hours", "{}", today.AddDays(-1), r.Who, default)).Refusal!.Code.ShouldBe("starts");

        (await r.Settings.PartAsync("crisis_numbers", today.AddDays(2), default)).ShouldContain("0808 2000 247");
        (await r.Settings.PartAsync("crisis_numbers", today.AddDays(3), default)).ShouldContain("0808 157 0777");
    }

    [Fact]
    public async Task MessageText_WithAGapThatNothingFills_IsRefused()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var today = new DateOnly(2026, 11, 24);
        var texts = (await r.Settings.PartAsync("texts", today, default)).Replace("Reference {reference}.", "Reference {referance}.", StringComparison.Ordinal);

        (await r.Settings.SaveAsync("texts", texts, today, r.Who, default)).Refusal!.Sentence.ShouldContain("{referance}");
    }

    [Theory, OnBothDatabases]
    public async Task TwoWhoChangeDifferentThings_BothKeepTheirs_AndTheSecondToChangeTheSameIsTold(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var loaded = await r.Settings.FindAsync("crisis_numbers", default);
        var (one, two, three) = (Edited(loaded, "gas", "note", "Ring from outside."), Edited(loaded, "power-cut", "note", "Free."), Edited(loaded, "gas", "note", "Open the windows."));

        (await r.Settings.SaveAsync("crisis_numbers", one, Today, r.Who, default, loaded.Version)).Done.ShouldBeTrue();
        (await r.Settings.SaveAsync("crisis_numbers", two, Today, r.Who, default, loaded.Version)).Done.ShouldBeTrue();
        var refused = (await r.Settings.SaveAsync("crisis_numbers", three, Today, r.Who, default, loaded.Version)).Refusal!;

        (refused.Code, refused.Field).ShouldBe(("clash", "gas/note"));
        refused.Sentence.ShouldContain("It is “Ring from outside.” now.");
        var now = await r.Settings.CurrentAsync(default);
        (now.Crisis("gas")!.Note, now.Crisis("power-cut")!.Note).ShouldBe(("Ring from outside.", "Free."));

        var after = await r.Settings.FindAsync("crisis_numbers", default);
        (await r.Settings.SaveAsync("crisis_numbers", Edited(after, "gas", "note", "Open the windows."), Today, r.Who, default, after.Version)).Done.ShouldBeTrue();
        (await r.Settings.CurrentAsync(default)).Crisis("gas")!.Note.ShouldBe("Open the windows.");
    }

    [Theory, OnBothDatabases]
    public async Task ManyAtOnce_LoseNothing(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var loaded = await r.Settings.FindAsync("crisis_numbers", default);
        string[] ids = ["gas", "power-cut", "hub-food", "hub-heat"];

        var saved = await Task.WhenAll(ids.Select(id => r.Settings.SaveAsync("crisis_numbers", Edited(loaded, id, "note", $"Note of {id}"), Today, r.Who, default, loaded.Version)));

        saved.ShouldAllBe(s => s.Done);
        var now = await new SettingsDesk(r.Desk.Test.Database, r.Desk.Commands, Clock).CurrentAsync(default);
        ids.Select(id => now.Crisis(id)!.Note).ShouldBe(ids.Select(id => $"Note of {id}"));
        (await r.Settings.HistoryAsync("crisis_numbers", default)).Select(v => v.Version).ShouldBe([4, 3, 2, 1]);
    }

    [Theory, OnBothDatabases]
    public async Task WhatBeginsLater_KeepsWhatIsChangedBeforeIt_AndCanBeTakenBack(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var desk = new SettingsDesk(r.Desk.Test.Database, r.Desk.Commands, Clock);
        var loaded = await desk.FindAsync("crisis_numbers", default);
        (await desk.SaveAsync("crisis_numbers", Edited(loaded, "gas", "number", "0808 157 0444"), Today.AddDays(3), r.Who, default, loaded.Version)).Done.ShouldBeTrue();

        (await desk.SaveAsync("crisis_numbers", Edited(loaded, "gas", "note", "Ring from outside."), Today, r.Who, default, loaded.Version)).Done.ShouldBeTrue();

        (await desk.PartAsync("crisis_numbers", Today, default)).ShouldNotContain("0808 157 0444");
        var later = await desk.PartAsync("crisis_numbers", Today.AddDays(3), default);
        later.ShouldContain("0808 157 0444");
        later.ShouldContain("Ring from outside.");
        (await desk.FindAsync("crisis_numbers", default)).NextStarts.ShouldBe(Today.AddDays(3));

        (await desk.TakeBackAsync("crisis_numbers", Today, r.Who, default)).Refusal!.Code.ShouldBe("begun");
        (await desk.TakeBackAsync("crisis_numbers", Today.AddDays(3), r.Who, default)).Done.ShouldBeTrue();
        later = await desk.PartAsync("crisis_numbers", Today.AddDays(3), default);
        later.ShouldNotContain("0808 157 0444");
        later.ShouldContain("Ring from outside.");
    }

    [Fact]
    public async Task History_SaysWhoChangedWhatFromWhat_AndNothingChangedSavesNothing()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var loaded = await r.Settings.FindAsync("partnership", default);
        var body = loaded.Body!.AsObject();
        (await r.Settings.SaveAsync("partnership", body.ToJsonString(), Today, r.Who, default, loaded.Version)).Done.ShouldBeTrue();
        (await r.Settings.HistoryAsync("partnership", default)).ShouldBeEmpty();
        body["complaints"]!["email"] = "put-right@example.org";

        (await r.Settings.SaveAsync("partnership", body.ToJsonString(), Today, r.Who, default, loaded.Version)).Done.ShouldBeTrue();

        var version = (await r.Settings.HistoryAsync("partnership", default)).ShouldHaveSingleItem();
        (version.SavedBy, version.Starts).ShouldBe(("resident", Today));
        version.Changes.ShouldHaveSingleItem().ShouldBe(new SettingChange("complaints/email", "complaints@example.org", "put-right@example.org"));
        (await r.ReadAsync(db => db.Set<AuditEvent>().CountAsync(e => e.Kind == "setting.saved"))).ShouldBe(1);
    }

    [Theory]
    [InlineData("partnership", "web_address", "help.example.org", "starting with https://")]
    [InlineData("partnership", "web_address", "http://help.example.org", "starting with https://")]
    [InlineData("partnership", "telephone", "ring us", "telephone number")]
    [InlineData("partnership", "security_contact", "javascript:alert(1)", "mailto:")]
    [InlineData("partnership", "email", "hub at example", "email address")]
    [InlineData("partnership", "name", "", "stands on every page")]
    public async Task WhatCannotBeRight_IsRefusedAtItsField(string key, string field, string value, string says)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var loaded = await r.Settings.FindAsync(key, default);
        var body = loaded.Body!.AsObject();
        body[field] = value;

        var refused = (await r.Settings.SaveAsync(key, body.ToJsonString(), Today, r.Who, default, loaded.Version)).Refusal!;

        refused.Field.ShouldBe(field);
        refused.Sentence.ShouldContain(says);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task ReviewThatHasPassed_CannotBePutIn_AndOneThatPassesLaterOnlyReminds()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var loaded = await r.Settings.FindAsync("crisis_numbers", default);
        (await r.Settings.SaveAsync("crisis_numbers", Edited(loaded, "gas", "review_on", "2026-11-23"), Today, r.Who, default)).Refusal!.Field.ShouldBe("gas/review_on");
        (await r.Settings.SaveAsync("crisis_numbers", Edited(loaded, "gas", "review_on", "2026-11-25"), Today.AddDays(2), r.Who, default)).Refusal!.Field.ShouldBe("gas/review_on");
        (await r.Settings.SaveAsync("crisis_numbers", Edited(loaded, "gas", "review_on", "2026-11-25"), Today, r.Who, default)).Done.ShouldBeTrue();

        var settings = await r.Settings.CurrentAsync(default);

        settings.Overdue(Today.AddDays(1)).ShouldBeEmpty();
        settings.Overdue(Today.AddDays(2)).ShouldHaveSingleItem().Sentence.ShouldBe("“Smell of gas” was due to be checked on 25 November 2026, by Head of the county hub (invented).");
        settings.IsReadyForResidents.ShouldBeTrue();
    }

    [Fact]
    public async Task LiveTemplate_IsFilledInStepByStep_AndThenOpens()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        await r.Desk.Test.MarkAsync(false);
        var desk = new SettingsDesk(r.Desk.Test.Database, r.Desk.Commands, Clock);
        (await desk.CurrentAsync(default)).Missing().ShouldContain("There is no web address. Links in messages start with it.");
        foreach (var (field, value) in new[] { ("telephone", "0808 157 0123"), ("name", "Lantern partnership"), ("web_address", "https://help.example.org") })
        {
            var part = await desk.FindAsync("partnership", default);
            part.Body![field] = value;
            (await desk.SaveAsync("partnership", part.Body.ToJsonString(), Today, r.Who, default)).Done.ShouldBeTrue(field);
        }
        (await desk.CurrentAsync(default)).Missing().ShouldContain(m => m.StartsWith("The privacy notice of these pages has no words of yours."));
        var notices = await desk.FindAsync("notices", default);
        notices.Body!["privacy"]!.AsArray().Single(n => (string)n!["id"]! == "web")!["words"] = new JsonArray("Lantern council is responsible. We keep it for six years.");
        (await desk.SaveAsync("notices", notices.Body.ToJsonString(), Today, r.Who, default)).Done.ShouldBeTrue();
        foreach (var id in (await desk.CurrentAsync(default)).CrisisNumbers.Select(n => n.Id))
        {
            var number = await desk.FindAsync("crisis_numbers", default);
            var one = number.Body!.AsArray().Single(n => (string)n!["id"]! == id)!;
            (one["owner"], one["review_on"], one["number"]) = ("Sam Ferrow", "2027-05-01", one["number"]?.DeepClone() ?? "0808 157 0123");
            (await desk.CurrentAsync(default)).IsReadyForResidents.ShouldBeFalse();
            (await desk.SaveAsync("crisis_numbers", number.Body!.ToJsonString(), Today, r.Who, default)).Done.ShouldBeTrue(id);
        }

        (await desk.CurrentAsync(default)).Missing().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("notices", "null", "There is nothing in “notices”")]
    [InlineData("crisis_numbers", "[null]", "does not read at $.crisis_numbers[0]")]
    [InlineData("access_points", "[null]", "does not read at $.access_points[0]")]
    [InlineData("access_points", """[{"name": "Nameless"}]""", "short name of its own")]
    [InlineData("texts", """{"messages": [null]}""", "does not read at $.texts.messages[0]")]
    public async Task WhatHoldsNothing_IsRefusedInASentence(string key, string body, string says)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);

        (await r.Settings.SaveAsync(key, body, Today, r.Who, default)).Refusal!.Sentence.ShouldContain(says);

        (await r.Settings.HistoryAsync(key, default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task WhatAFileLeavesOut_IsEmpty(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        (await r.Settings.SaveAsync("access_points", """[{"id": "county", "name": "County helpline", "telephone": "01632 960 123", "owner": "Sam Ferrow", "review_on": "2027-02-26"}]""", Today, r.Who, default)).Done.ShouldBeTrue();
        (await r.Settings.SaveAsync("notices", """{"privacy": [{"id": "web"}]}""", Today, r.Who, default)).Done.ShouldBeTrue();

        var settings = await r.Settings.CurrentAsync(default);

        settings.AccessPointFor("Fenland")!.Name.ShouldBe("County helpline");
        settings.Notices!.For("web").ShouldBeEmpty();
        settings.Notices.Privacy.Single().Words.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("request-received", "text", "The English text cannot be empty")]
    [InlineData("request-received", "letter", "The English letter cannot be empty")]
    [InlineData("award-letter", "letter", "The English letter cannot be empty")]
    [InlineData("award-letter", "text", null)]
    public async Task EnglishText_CannotBeEmpty_InWhatTheMessageGoesBy(string message, string field, string? says)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var part = await r.Settings.FindAsync("texts", default);
        part.Body!["messages"]!.AsArray().Single(m => (string)m!["id"]! == message)!["texts"]!["en"]![field] = null;

        var refused = (await r.Settings.SaveAsync("texts", part.Body.ToJsonString(), Today, r.Who, default)).Refusal;

        (refused?.Field).ShouldBe(says is null ? null : $"messages/{message}/texts/en/{field}");
        if (says is not null) refused!.Sentence.ShouldContain(says);
    }

    /// <summary>A look that was begun before a save must not stand in its place for the next seconds.</summary>
    [Fact]
    public async Task WhatIsSaved_IsSeenAtOnce_WhoeverLookedMeanwhile()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var desk = new SettingsDesk(r.Desk.Test.Database, r.Desk.Commands, Clock);
        var loaded = await desk.FindAsync("partnership", default);
        loaded.Body!["short_name"] = "Lantern";

        await desk.CurrentAsync(async (_, _) =>
        {
            var before = AnyDoor.Common.ContentFiles.Read<System.Text.Json.Nodes.JsonObject>("settings/demo.json");
            (await desk.SaveAsync("partnership", loaded.Body.ToJsonString(), Today, r.Who, default)).Done.ShouldBeTrue();
            return before;
        }, default);

        (await desk.CurrentAsync(default)).Partnership.ShortName.ShouldBe("Lantern");
    }

    [Theory]
    [InlineData("demo.json"), InlineData("live-template.json")]
    public void Promises_AsTheyShip_AreTheUsualOnes(string file) => SettingsDesk.Read(ContentFiles.Read<JsonObject>($"settings/{file}")).Promises.ShouldBe(Promises.Usual);

    [Fact]
    public async Task Promises_ThatNobodyCouldKeepOrThatAreTheWrongWayRound_AreRefused()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        async Task<string?> SaveAsync(int hours, int week, int soon) => (await r.Settings.SaveAsync("promises",
            $"{{\"today\":{{\"working_hours\":{hours}}},\"this-week\":{{\"working_days\":{week}}},\"soon\":{{\"working_days\":{soon}}}}}", Today, r.Who, default)).Refusal?.Field;

        (await SaveAsync(0, 2, 5)).ShouldBe("today/working_hours");
        (await SaveAsync(4, 9, 10)).ShouldBe("this-week/working_days");
        (await SaveAsync(4, 4, 2)).ShouldBe("soon/working_days");
        (await SaveAsync(2, 2, 4)).ShouldBeNull();
        (await r.Settings.CurrentAsync(default)).Promised.ShouldBe(new Promises(new(2), new(2), new(4)));
    }

    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly TimeProvider Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 12, 0, TimeSpan.Zero));

    private static string Edited(SettingPart part, string id, string field, string value)
    {
        var body = part.Body!.DeepClone().AsArray();
        body.Single(n => (string)n!["id"]! == id)![field] = value;
        return body.ToJsonString();
    }
}
