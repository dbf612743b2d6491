using System.Net;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A partner's worker asks for the person with them, and finds only whom their organisation brought.</summary>
public sealed class SendPageTests : IAsyncLifetime
{
    private const string Path = "/staff/send";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private static (string, string)[] Philippa(params (string, string)[] more) =>
    [
        ("FormKey", Guid.NewGuid().ToString()), ("FirstName", "Philippa"), ("LastName", "Thornquist"), ("Need", "food"), ("HowSoon", "today"), ("Heard", "true"), .. more,
    ];

    [Fact]
    [Requirement("R-DAW-08")]
    public async Task Whom_they_brought_before_is_found_by_them_alone_and_asked_for_again_in_the_same_household()
    {
        await office.ReceiveAsync("Philippa Thornquist"); // the same name by another door: not theirs to see
        var joy = await office.SignedInAsync("joy");
        (await Office.PostAsync(joy, Path, Path, Philippa(("By", "text"), ("Number", "07700 900256")))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var looked = await Office.ReadAsync(await Office.PostAsync(joy, Path, Path + "?handler=Look", Philippa()));

        looked.QuerySelectorAll("input[name=Known]").Length.ShouldBe(2, "one that they brought, and “somebody new”");
        looked.QuerySelector("#FirstName")!.GetAttribute("value").ShouldBe("Philippa");
        var known = looked.QuerySelector("input[name=Known]")!.GetAttribute("value")!;
        (await Office.PostAsync(joy, Path, Path, Philippa(("Known", known)))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using (var db = office.Database.Open())
            (await db.Set<Request>().Where(r => r.BroughtByOrganisation != null).Select(r => r.HouseholdId).ToListAsync()).ShouldSatisfyAllConditions(h => h.Count.ShouldBe(2), h => h.Distinct().Count().ShouldBe(1));

        var wyn = await office.SignedInAsync("wyn");
        var other = await Office.ReadAsync(await Office.PostAsync(wyn, Path, Path + "?handler=Look", Philippa()));
        other.QuerySelector("input[name=Known]").ShouldBeNull();
        other.Body!.TextContent.ShouldContain("Nobody that you brought fits");
        (await Office.PostAsync(wyn, Path, Path, Philippa(("Known", known)))).StatusCode.ShouldBe(HttpStatusCode.NotFound, "somebody else’s household is not there");
        (await office.LooksAsync()).Count(l => l.Page == "send-typed").ShouldBe(1, "one look, at the one household that was shown");
    }

    [Fact]
    [Requirement("R-DAW-08")]
    public async Task Whom_they_see_because_of_a_handover_is_not_whom_they_brought()
    {
        var request = await office.ReceiveAsync("Philippa Thornquist");
        var joy = await office.WorkerAsync("joy");
        await office.Get<Commands>().RunAsync<bool>(joy.For(Purpose.RespondToRequest, "test", office.Now), c =>
        {
            Grounds.Open(c, GroundCause.HandoverAccepted, request.HouseholdId, Purpose.RespondToRequest, request.RequestId, organisation: joy.OrganisationId);
            return Task.FromResult<Result<bool>>(true);
        }, default);
        var browser = await office.SignedInAsync("joy");

        var looked = await Office.ReadAsync(await Office.PostAsync(browser, Path, Path + "?handler=Look", Philippa()));
        var forged = await Office.PostAsync(browser, Path, Path, Philippa(("Known", $"{request.HouseholdId}|{request.ApplicantId}")));

        looked.QuerySelector("input[name=Known]").ShouldBeNull();
        forged.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.EventsAsync("request.brought-again")).ShouldBe(0);
    }

    [Fact]
    [Requirement("R-DAW-08")]
    public async Task A_stricter_way_told_the_second_time_stands_and_nothing_goes_to_the_old_number()
    {
        var joy = await office.SignedInAsync("joy");
        await Office.PostAsync(joy, Path, Path, Philippa(("By", "text"), ("Number", "07700 900256")));
        var known = (await Office.ReadAsync(await Office.PostAsync(joy, Path, Path + "?handler=Look", Philippa()))).QuerySelector("input[name=Known]")!.GetAttribute("value")!;
        await using var db = office.Database.Open();
        var sent = await db.Set<OutboxMessage>().CountAsync(m => m.Channel != MessageChannel.None);
        office.Clock.Advance(TimeSpan.FromMinutes(30));

        (await Office.PostAsync(joy, Path, Path, Philippa(("Known", known), ("By", "none")))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await db.Set<OutboxMessage>().CountAsync(m => m.Channel != MessageChannel.None)).ShouldBe(sent);
        var page = await Office.GetAsync(await office.SignedInAsync("nadia"), "/staff/queue");
        page.Body!.TextContent.ShouldContain("Philippa Thornquist");
        (await Office.ReadAsync(await Office.PostAsync(joy, Path, Path + "?handler=Look", Philippa()))).QuerySelector("#brought")!.TextContent.ShouldNotContain("by text");
    }

    [Fact]
    public async Task Too_little_to_look_by_says_so_and_loses_nothing()
    {
        var joy = await office.SignedInAsync("joy");

        var page = await Office.ReadAsync(await Office.PostAsync(joy, Path, Path + "?handler=Look", ("FirstName", "P"), ("InTheirWords", "Nothing in for tea")));

        page.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("3 letters");
        page.QuerySelector("#InTheirWords")!.TextContent.ShouldContain("Nothing in for tea");
    }

    [Fact]
    [Requirement("R-CLL-01")]
    public async Task A_councillor_reads_received_helped_or_not_and_no_more()
    {
        var wyn = await office.SignedInAsync("wyn");
        (await Office.PostAsync(wyn, Path, Path, Philippa(("By", "text"), ("Number", "07700 900256")))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var read = new Dictionary<RequestStatus, (string Where, string AnswerBy)>();
        foreach (var status in Enum.GetValues<RequestStatus>())
        {
            await using (var db = office.Database.Open()) await db.Set<Request>().ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, status));
            var row = (await Office.GetAsync(wyn, "/staff/sent")).QuerySelector("tbody tr")!;
            read[status] = (row.QuerySelector("td[data-l='Where it is']")!.TextContent, row.QuerySelector("td[data-l='Answer by']")!.TextContent);
        }

        foreach (var (where, statuses) in read.GroupBy(r => r.Value.Where).ToDictionary(g => g.Key, g => g.Select(r => r.Key).ToArray()))
            statuses.ShouldBe(where switch
            {
                "Received" => [RequestStatus.Waiting, RequestStatus.Claimed, RequestStatus.HandedOver], "Helped" => [RequestStatus.Helped, RequestStatus.HandedOverAndAccepted],
                "Not helped" => Enum.GetValues<RequestStatus>().Except([RequestStatus.Waiting, RequestStatus.Claimed, RequestStatus.HandedOver, RequestStatus.Helped, RequestStatus.HandedOverAndAccepted]), _ => [],
            }, ignoreOrder: true, where);
        read.Where(r => r.Value.Where == "Received").Select(r => r.Value.AnswerBy).Distinct().Count().ShouldBe(1, "who it went to is not said by the clock either");
    }
}
