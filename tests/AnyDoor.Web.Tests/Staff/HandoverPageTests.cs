using System.Net;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A need handed over in the sitting and answered by the receiving side, over HTTP.</summary>
public sealed class HandoverPageTests : IAsyncLifetime
{
    private const string Told = "Leanne is a month behind with the rent and would like a plan.";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<(Received Request, HttpClient Nadia, HttpClient Joy, string Handover)> SentAsync()
    {
        var request = await office.ReceiveAsync(change: r => r with { Needs = ["food", "rent-or-council-tax"] });
        var nadia = await office.SignedInAsync("nadia");
        var path = $"/staff/requests/{request.Reference}/pass-on";
        var form = await Office.GetAsync(nadia, path);
        form.QuerySelectorAll("input[name=What]").Length.ShouldBe(3, "two needs, and everything");
        form.QuerySelector("textarea[name=Told]")!.TextContent.Trim().ShouldBe("Somebody would like your help.", "who it is shows when they say yes");
        (await Office.PostAsync(nadia, path, path, ("FormKey", Guid.NewGuid().ToString()), ("What", "rent-or-council-tax"), ("Organisation", "Waterlees Community Pantry"), ("Told", Told), ("TheyAgreed", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var db = office.Database.Open();
        return (request, nadia, await office.SignedInAsync("joy"), await db.Set<Handover>().Select(h => h.Reference).SingleAsync());
    }

    /// <summary>References are looked through slowly and never unseen: each that is not there, or not theirs, is a line in the log.</summary>
    [Fact]
    [Requirement("R-ISA-05")]
    public async Task References_that_somebody_looks_through_are_logged_and_then_they_wait()
    {
        var joy = await office.SignedInAsync("joy");
        foreach (var missed in Enumerable.Range(0, 120)) (await joy.GetAsync($"/staff/handovers/Q{missed:00000000}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await joy.GetAsync("/staff/handovers/Q99999999")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        (await office.EveryLineAsync()).Count(l => l is { Page: "reference", Basis: "refused" }).ShouldBe(120);
    }

    /// <summary>A request's reference that nobody has is no quieter than one that may not be seen, whether or not it could be one.</summary>
    [Fact]
    [Requirement("R-ISA-05")]
    public async Task A_request_that_nobody_has_is_logged_by_a_hash_of_what_was_asked_for()
    {
        var nadia = await office.SignedInAsync("nadia");
        var made = Reference.New();
        foreach (var path in new[] { made, made.ToLowerInvariant(), "Q00000000", $"{Reference.New()}/money" }) (await nadia.GetAsync($"/staff/requests/{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var lines = (await office.EveryLineAsync()).FindAll(l => l.Basis == ReadLog.Refused);
        lines.Count.ShouldBe(4);
        lines.SelectMany(Office.Named).ShouldNotContain(Guid.Empty);
        lines.SelectMany(Office.Named).Distinct().Count().ShouldBe(3, "asked for twice, in whatever letters, it is one");

        foreach (var missed in Enumerable.Range(0, 116)) await nadia.GetAsync($"/staff/requests/Q{missed:00000000}");
        (await nadia.GetAsync($"/staff/requests/{Reference.New()}")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    [Requirement("R-HUB-03"), Requirement("R-CASE-01")]
    public async Task One_need_is_handed_over_accepted_and_its_chain_is_seen_on_both_sides()
    {
        var (request, nadia, joy, handover) = await SentAsync();
        var sitting = await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}");
        sitting.QuerySelector(".any-handover")!.TextContent.ShouldContain("They answer by Friday 27 November");
        sitting.QuerySelector("#finish").ShouldNotBeNull("the rest of the request is still open here");

        var list = await Office.GetAsync(joy, "/staff/handovers");
        list.QuerySelector("tbody")!.TextContent.ShouldContain(Told);
        list.QuerySelector("tbody")!.TextContent.ShouldContain("Answer by Friday 27 November");
        var before = await Office.GetAsync(joy, $"/staff/handovers/{handover}");
        before.Body!.TextContent.ShouldNotContain("Harrowmere");
        before.QuerySelector(".any-chain .is-now")!.TextContent.ShouldContain("Accepted");

        (await Office.PostAsync(joy, $"/staff/handovers/{handover}", $"/staff/handovers/{handover}", ("answer", "Accepted"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var mine = await Office.GetAsync(joy, $"/staff/handovers/{handover}");
        mine.QuerySelector(".any-house h2")!.TextContent.ShouldBe("Harrowmere household");
        mine.QuerySelector(".any-safe strong")!.TextContent.ShouldStartWith("Reach Leanne by text");
        (await office.LooksAsync()).ShouldContain(l => l.Page == "handover");
        (await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}")).QuerySelector(".any-handover")!.TextContent.ShouldContain("Joy Petherwin has it");
        (await joy.GetAsync($"/staff/requests/{request.Reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-CASE-01")]
    public async Task A_no_needs_a_reason_and_the_request_is_at_the_top_of_the_queue()
    {
        var (request, nadia, joy, handover) = await SentAsync();
        var path = $"/staff/handovers/{handover}";

        (await Office.ReadAsync(await Office.PostAsync(joy, path, path, ("answer", "Declined")))).QuerySelector("#Why-error")!.TextContent.ShouldContain("Say why");
        (await Office.PostAsync(joy, path, path, ("answer", "Declined"), ("Why", "No adviser until January"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(joy, path)).QuerySelector(".any-chain .is-back")!.TextContent.ShouldContain("Declined");
        (await Office.GetAsync(nadia, "/staff/queue")).QuerySelector("tbody tr")!.TextContent.ShouldContain("Came back");
        (await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}")).QuerySelector(".any-handover")!.TextContent.ShouldContain("No adviser until January");
        (await Office.PostAsync(joy, path, path, ("answer", "Accepted"), ("Why", ""))).StatusCode.ShouldBe(HttpStatusCode.OK, "it is not theirs any more");
    }

    /// <summary>Fault case F13: the household says no while the partner has the page open.</summary>
    [Fact]
    [Requirement("R-ISA-02")]
    public async Task After_a_no_what_they_were_told_is_taken_away_and_an_open_page_posts_into_nothing()
    {
        var (request, _, joy, handover) = await SentAsync();
        var path = $"/staff/handovers/{handover}";
        (await Office.PostAsync(joy, path, path, ("answer", "Accepted"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var open = await Office.GetAsync(joy, path);
        var token = open.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var (nadia, pantry) = (await office.WorkerAsync("nadia"), (await office.WorkerAsync("joy")).OrganisationId);
        (await office.Get<AnyDoor.Sharing.Permissions>().SayAsync(nadia.For(AnyDoor.Audit.Purpose.RespondToRequest, "phone-county-hub", office.Now),
            new AnyDoor.Sharing.NewPermissionSaid(request.HouseholdId, request.ApplicantId, pantry, "food", false, "spoken"), default)).Done.ShouldBeTrue();

        var posted = await joy.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("answer", "Helped")]));

        var text = (await Office.ReadAsync(posted)).Body!.TextContent;
        text.ShouldContain("They do not share this with you any more");
        foreach (var gone in new[] { Told, "Harrowmere", "Leanne" }) text.ShouldNotContain(gone);
        (await Office.GetAsync(joy, "/staff/handovers")).Body!.TextContent.ShouldNotContain(Told);
        await using var db = office.Database.Open();
        (await db.Set<Handover>().Select(h => h.State).SingleAsync()).ShouldBe(HandoverState.Accepted, "nothing was written");
        (await office.EveryLineAsync()).ShouldContain(l => l.Page == "handover" && l.Basis == AnyDoor.Audit.ReadLog.Refused, "and it is in the log");
    }

    [Theory]
    [InlineData("nadia"), InlineData("ian"), InlineData("wyn"), InlineData("maren")]
    public async Task For_other_roles_and_other_organisations_it_is_not_there(string handle)
    {
        var (_, _, _, handover) = await SentAsync();
        var browser = await office.SignedInAsync(handle);

        foreach (var path in new[] { "/staff/handovers", $"/staff/handovers/{handover}" }) (await browser.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var nothing = await office.SignedInAsync("joy");
        (await nothing.GetAsync("/staff/handovers/7K4Q2MXRC")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_hub_takes_it_back_with_a_reason_from_the_sitting()
    {
        var (request, nadia, _, handover) = await SentAsync();
        var path = $"/staff/requests/{request.Reference}";

        (await Office.PostAsync(nadia, path, path + "?handler=TakeBack", ("handover", "7K4Q2MXRC"), ("why", "Not of this request"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.PostAsync(nadia, path, path + "?handler=TakeBack", ("handover", handover), ("why", "She would rather wait"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(nadia, path)).QuerySelector(".any-handover")!.TextContent.ShouldContain("Taken back");
    }
}
