using System.Net;
using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A parish's clerk posts something, and a coordinator puts it on the menu.</summary>
public sealed class ParishPageTests : MenuPageTests
{
    [Fact]
    [Requirement("R-PTM-07")]
    public async Task A_clerk_posts_for_the_parish_and_after_review_everybody_reads_it()
    {
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("parry", "Parry Sedgebrook", "Littleport parish", "parish-clerk", new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), default)).Done.ShouldBeTrue();
        var (parry, piers, joy) = (await office.SignedInAsync("parry"), await office.SignedInAsync("piers"), await office.SignedInAsync("joy"));
        (await Office.GetAsync(parry, "/staff/parish")).QuerySelector("main")!.TextContent.ShouldContain("Nobody has written down yet which place Littleport parish serves");
        (await parry.GetAsync("/staff/parish/new")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await joy.GetAsync("/staff/parish")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await parry.GetAsync("/staff/places")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var who = (await office.WorkerAsync("piers")).For(Purpose.StatisticsAndPlanning, "test", office.Now);
        var area = (await office.Get<AreaDesk>().MakeAsync(who, "Littleport", null, "Littleport East, East Cambridgeshire", default)).Value!;
        await office.Get<PlaceDesk>().SayReachAsync(who, area, "Littleport parish", null, default);

        var home = await Office.GetAsync(parry, "/staff/parish");
        home.QuerySelector("h1")!.TextContent.ShouldBe("Littleport");
        (string, string)[] fields = [("Value[name]", "Zzquince supper"), ("Value[description]", "Soup on Tuesdays."), ("Value[need]", "food"), ("Value[given]", "Place"), ("Value[place0_name]", "Village hall"), ("Value[place0_postcode]", "CB6 1J")];
        var wrong = await Office.ReadAsync(await Office.PostAsync(parry, "/staff/parish/new", "/staff/parish/new", fields));
        wrong.QuerySelectorAll(".govuk-error-summary__list a").Length.ShouldBe(1);
        wrong.QuerySelector("#f-name")!.GetAttribute("value").ShouldBe("Zzquince supper", "nothing that was typed is lost");
        var sent = await Office.PostAsync(parry, "/staff/parish/new", "/staff/parish/new", [.. fields.SkipLast(1), ("Value[place0_postcode]", "CB6 1AB")]);
        var review = sent.Headers.Location!.OriginalString;

        (await Office.GetAsync(parry, review)).QuerySelectorAll("main form").ShouldBeEmpty("nobody approves their own");
        (await Office.GetAsync(parry, "/staff/parish")).QuerySelector("main")!.TextContent.ShouldContain("Waits to be looked at");
        (await joy.GetAsync(review)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.GetAsync(piers, "/staff/menu/edits")).QuerySelector("tbody")!.TextContent.ShouldContain("Zzquince supper");
        (await Office.GetAsync(piers, review)).QuerySelector("main")!.TextContent.ShouldContain("It is not on the menu yet.");
        (await Office.PostAsync(piers, review, $"{review}?handler=Back", ("Version", "1"), ("Reason", "At what time?"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var back = await Office.GetAsync(parry, review);
        var again = back.QuerySelectorAll("main a").First(a => a.TextContent.StartsWith("Change it and send it again", StringComparison.Ordinal)).GetAttribute("href")!;
        (await Office.GetAsync(parry, again)).QuerySelector("#f-name")!.GetAttribute("value").ShouldBe("Zzquince supper");
        (await joy.GetAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var second = (await Office.PostAsync(parry, again, again, [.. fields.SkipLast(1), ("Value[place0_postcode]", "CB6 1AB"), ("Value[opening]", "Tuesday 5pm to 7pm")])).Headers.Location!.OriginalString;
        (await Office.PostAsync(piers, second, $"{second}?handler=Approve", ("Version", "1"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", "zzquince"), ("Near", "Littleport")))).QuerySelector(".any-hits h3")!.TextContent.ShouldBe("Zzquince supper");
        (await Office.GetAsync(parry, "/staff/parish")).QuerySelectorAll("tbody a[href$='/edit']").ShouldHaveSingleItem();
    }
}
