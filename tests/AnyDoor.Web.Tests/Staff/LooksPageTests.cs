using System.Net;
using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

[Requirement("R-ISA-05")]
public sealed class LooksPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task A_look_at_a_neighbour_is_reviewed_without_the_neighbours_name_and_stopped()
    {
        var neighbour = await office.ReceiveAsync();
        await CloseAsync(neighbour.RequestId);
        var (nadia, maren) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("maren"));
        var record = $"/staff/households/{neighbour.HouseholdId}";
        (await nadia.GetAsync(record)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.PostAsync(nadia, "/staff/households", record + "?handler=Reason", ("reason", "She rang in and I picked up"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await nadia.GetAsync(record)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var page = await Office.GetAsync(maren, "/staff/looks");
        var row = page.QuerySelector("tbody tr")!.TextContent;
        row.ShouldContain("Nadia Wexcombe");
        row.ShouldContain("She rang in and I picked up");
        page.Body!.TextContent.ShouldNotContain("Harrowmere");
        var look = page.QuerySelector("input[name=look]")!.GetAttribute("value")!;
        (await Office.PostAsync(maren, "/staff/looks", "/staff/looks?handler=Decide", ("look", look), ("answer", "Stopped"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await nadia.GetAsync(record)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.PostAsync(nadia, "/staff/households", record + "?handler=Reason", ("reason", "She rang in once more today"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.GetAsync(maren, "/staff/looks")).QuerySelector("tbody").ShouldBeNull();
        (await office.EventsAsync("look.stopped")).ShouldBe(1);
    }

    [Fact]
    public async Task A_look_fits_or_not_only_when_its_day_is_over_and_its_time_stands_once()
    {
        var record = await LookAsync();
        var maren = await office.SignedInAsync("maren");

        var row = (await Office.GetAsync(maren, "/staff/looks")).QuerySelector("tbody tr")!.TextContent;

        row.ShouldContain("Nothing yet. The day for it ends tomorrow, 10:14am");
        row.ShouldNotContain("Does not fit");
        row.ShouldContain("today, 10:14am");
        row.ShouldNotContain("10:14am, 10:14am");
        office.Clock.Advance(TimeSpan.FromHours(25));
        (await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/looks")).QuerySelector("tbody tr")!.TextContent.ShouldContain("Does not fit: nothing was done");
        record.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_asked_about_a_look_hears_of_it_answers_and_the_answer_stands_in_the_review()
    {
        await LookAsync();
        var (nadia, tom, maren) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("tom"), await office.SignedInAsync("maren"));
        const string Note = "You are asked about a look";
        (await Office.GetAsync(nadia, "/staff/queue")).Body!.TextContent.ShouldNotContain(Note);
        var look = (await Office.GetAsync(maren, "/staff/looks")).QuerySelector("input[name=look]")!.GetAttribute("value")!;
        await Office.PostAsync(maren, "/staff/looks", "/staff/looks?handler=Decide", ("look", look), ("answer", "Asked"));
        (await Office.GetAsync(maren, "/staff/looks")).QuerySelector("tbody").ShouldBeNull("it waits for her, under “Asked”");

        foreach (var page in new[] { "/staff/queue", "/staff/account" }) (await Office.GetAsync(nadia, page)).QuerySelector("main")!.TextContent.ShouldContain(Note, customMessage: page);
        (await Office.GetAsync(nadia, "/staff/emergency")).Body!.TextContent.ShouldNotContain(Note, customMessage: "not everywhere");
        (await Office.GetAsync(tom, "/staff/queue")).Body!.TextContent.ShouldNotContain(Note);
        var asked = await Office.GetAsync(nadia, "/staff/asked");
        asked.QuerySelector("main")!.TextContent.ShouldContain("She rang in and I picked up");
        var field = asked.QuerySelector("textarea")!.GetAttribute("name")!;
        (await Office.PostAsync(tom, "/staff/asked", "/staff/asked?handler=Reply", ("Look", look), (field, "I am somebody else entirely"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var short_ = await Office.ReadAsync(await Office.PostAsync(nadia, "/staff/asked", "/staff/asked?handler=Reply", ("Look", look), (field, "Rang")));
        short_.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldBe("#" + field);
        short_.QuerySelector("textarea")!.TextContent.Trim().ShouldBe("Rang");
        (await Office.PostAsync(nadia, "/staff/asked", "/staff/asked?handler=Reply", ("Look", look), (field, "Her call was cut off <b>twice</b> and came back to me"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(nadia, "/staff/queue")).Body!.TextContent.ShouldNotContain(Note);
        (await Office.PostAsync(nadia, "/staff/emergency", "/staff/asked?handler=Reply", ("Look", look), (field, "And once more, for good measure"))).StatusCode.ShouldBe(HttpStatusCode.OK, "it is said once");
        var row = (await Office.GetAsync(maren, "/staff/looks")).QuerySelector("tbody tr")!.TextContent;
        row.ShouldContain("Asked, Nadia says: Her call was cut off <b>twice</b> and came back to me");
        row.ShouldContain("Asked, answered");
        (await Office.GetAsync(maren, "/staff/information")).QuerySelector("main")!.TextContent.ShouldContain("1 answer from workers you asked");
        (await office.EventsAsync("look.replied")).ShouldBe(1);
        await using var db = office.Database.Open();
        var said = await db.Set<LookReview>().Select(r => r.ReplyEventId).SingleAsync();
        (await db.Set<AuditContent>().SingleAsync(c => c.EventId == said)).Body.ShouldContain("cut off");
    }

    private async Task<string> LookAsync()
    {
        var neighbour = await office.ReceiveAsync();
        await CloseAsync(neighbour.RequestId);
        var record = $"/staff/households/{neighbour.HouseholdId}";
        (await Office.PostAsync(await office.SignedInAsync("nadia"), "/staff/households", record + "?handler=Reason", ("reason", "She rang in and I picked up"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return record;
    }

    [Fact]
    [Requirement("R-HUB-04")]
    public async Task A_match_with_somebody_at_risk_is_not_mentioned_at_the_desk_and_comes_here()
    {
        var hidden = await office.ReceiveAsync("Leann Harrowmere", change: r => r with { AddressHidden = true });
        await CloseAsync(hidden.RequestId);
        var known = await office.ReceiveAsync("Leanne Harrowmere", change: r => r with { SubmittedAt = office.Now.AddHours(-3) });
        var request = await office.ReceiveAsync();
        var (nadia, maren) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("maren"));

        var sitting = await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}");

        sitting.QuerySelectorAll("a[href*='match']").Length.ShouldBeGreaterThan(0, "the open request of the same name, date of birth and phone is offered");
        sitting.Body!.TextContent.ShouldNotContain("Leann Harrowmere");
        (await office.EventsAsync("match.found")).ShouldBe(2);
        var page = await Office.GetAsync(maren, "/staff/looks");
        page.Body!.TextContent.ShouldContain("Possible matches that were not shown");
        page.Body.TextContent.ShouldContain(hidden.HouseholdId.ToString("N")[^6..].ToUpperInvariant());
        page.Body.TextContent.ShouldNotContain(known.HouseholdId.ToString("N")[^6..].ToUpperInvariant());
        page.Body.TextContent.ShouldNotContain("Harrowmere");
        (await Office.PostAsync(maren, "/staff/looks", "/staff/looks?handler=Seen", ("notice", page.QuerySelector("input[name=notice]")!.GetAttribute("value")!))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(maren, "/staff/looks")).Body!.TextContent.ShouldNotContain("not shown");
    }

    [Fact]
    [Requirement("R-ISA-01")]
    public async Task A_reason_that_is_too_short_is_asked_for_again_with_its_words_whether_there_is_a_record_or_not()
    {
        var request = await office.ReceiveAsync();
        await CloseAsync(request.RequestId);
        var nadia = await office.SignedInAsync("nadia");
        foreach (var id in new[] { request.HouseholdId, Guid.NewGuid() })
        {
            var answer = await Office.PostAsync(nadia, "/staff/households", $"/staff/households/{id}?handler=Reason", ("reason", "mother"));

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var page = await Office.ReadAsync(answer);
            page.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Say in a few words why you need to see this record");
            page.QuerySelector("textarea")!.TextContent.Trim().ShouldBe("mother");
            page.Body!.TextContent.ShouldNotContain("Harrowmere");
        }
    }

    [Fact]
    public async Task Everybody_else_finds_no_such_page()
    {
        foreach (var handle in new[] { "nadia", "joy", "ian", "wyn" })
            (await (await office.SignedInAsync(handle)).GetAsync("/staff/looks")).StatusCode.ShouldBe(HttpStatusCode.NotFound, handle);
    }

    private async Task CloseAsync(Guid request)
    {
        await using var db = office.Database.Open();
        await db.Set<Ground>().Where(g => g.CauseId == request).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, office.Now.AddMinutes(-10)));
        await db.Set<Request>().Where(r => r.Id == request).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, RequestStatus.Helped));
    }
}
