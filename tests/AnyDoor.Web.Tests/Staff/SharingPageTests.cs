using System.Net;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>What a household allows, said to a worker and stopped on its own page; agreements, emergencies and ties, over HTTP.</summary>
public sealed class SharingPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        foreach (var (handle, name, organisation, role, kind) in new[]
        {
            ("ruth", "Ruth Tansley-Cope", "Fen Reach Homes", "partner-worker", "housing-association"), ("greta", "Greta Hallowfield", "Larkmere Primary", "partner-worker", "school"),
            ("pc", "Perrin Coldharbour", "Fenland police team", "partner-worker", "other"), ("bea", "Bea Ormsley", "County hub", "approver", null),
        })
            (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync(handle, name, organisation, role, job, default, kind)).Done.ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task SayAsync(HttpClient nadia, Received request, string worker, string whatFor, bool yes)
    {
        var path = $"/staff/requests/{request.Reference}/permissions";
        var organisation = (await office.WorkerAsync(worker)).OrganisationId;
        (await Office.PostAsync(nadia, path, path, ("Organisation", organisation.ToString()), ("WhatFor", whatFor), ("Said", yes ? "yes" : "no"), ("Until", "stop"), ("How", "spoken"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>The person's own browser, opened with their reference and code.</summary>
    private async Task<HttpClient> OwnAsync(Received request)
    {
        var maren = (await office.WorkerAsync("nadia")).For(Purpose.RespondToRequest, "test", office.Now);
        var code = (await office.Get<RequestStatusDesk>().ReissueCodeAsync(request.RequestId, "Rang back on her own number", maren, default)).Value!;
        var browser = office.Browser();
        (await Office.PostAsync(browser, "/request", "/request", ("Reference", request.Reference), ("Code", code))).Headers.Location!.ToString().ShouldBe("/request/where");
        return browser;
    }

    private static async Task<string> LineAsync(HttpClient own, string organisation) =>
        (await Office.GetAsync(own, "/request/sharing")).QuerySelectorAll("li").Single(li => li.QuerySelector("h3")?.TextContent == organisation).QuerySelector("input[name=line]")!.GetAttribute("value")!;

    [Fact]
    [Requirement("R-ISA-02")]
    public async Task The_family_agrees_to_school_and_landlord_and_the_police_see_nothing_not_even_a_hint()
    {
        var request = await office.ReceiveAsync();
        var nadia = await office.SignedInAsync("nadia");
        await SayAsync(nadia, request, "ruth", "rent", yes: true);
        await SayAsync(nadia, request, "greta", "school", yes: true);
        await SayAsync(nadia, request, "pc", "alongside", yes: false);

        foreach (var allowed in new[] { "ruth", "greta" })
            (await office.Get<AnyDoor.Households.HouseholdReader>().OpenAsync(ReadContext.ForWorker(await office.WorkerAsync(allowed), Purpose.Handover, "test", "test", office.Now), request.HouseholdId, default)).ShouldNotBeNull(allowed);

        var police = await office.SignedInAsync("pc");
        foreach (var path in new[] { "/staff/send", "/staff/sent", "/staff/handovers", "/staff/emergency", "/staff/ties" })
            (await Office.GetAsync(police, path)).Body!.TextContent.ShouldNotContain("Harrowmere");
        var theirs = await police.GetAsync($"/staff/requests/{request.Reference}");
        var nobodys = await police.GetAsync($"/staff/requests/{Reference.New()}");
        (theirs.StatusCode, nobodys.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await Office.ReadAsync(theirs)).QuerySelector("main")!.TextContent.ShouldBe((await Office.ReadAsync(nobodys)).QuerySelector("main")!.TextContent);
        var find = await Office.PostAsync(police, "/staff/send", "/staff/send?handler=Find", ("Who", "Harrowmere"));
        (await find.Content.ReadAsStringAsync()).ShouldNotContain("PE13");
        (await office.Get<AnyDoor.Households.HouseholdReader>().SearchAsync(ReadContext.ForWorker(await office.WorkerAsync("pc"), Purpose.Handover, "test", "test", office.Now), "Harrowmere", default)).ShouldBeEmpty();
    }

    /// <summary>Fault case F13.</summary>
    [Fact]
    [Requirement("R-ISA-02")]
    public async Task Stopped_on_their_own_page_while_the_partner_has_it_open_the_partners_next_press_is_refused_and_kept()
    {
        var request = await office.ReceiveAsync(change: r => r with { Needs = ["food", "rent-or-council-tax"] });
        var nadia = await office.SignedInAsync("nadia");
        await SayAsync(nadia, request, "joy", "food", yes: true);
        var path = $"/staff/requests/{request.Reference}/pass-on";
        (await Office.PostAsync(nadia, path, path, ("FormKey", Guid.NewGuid().ToString()), ("What", "food"), ("Organisation", "Waterlees Community Pantry"), ("Told", "Leanne and her children need food today."), ("TheyAgreed", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        string handover;
        await using (var db = office.Database.Open()) handover = "/staff/handovers/" + await db.Set<Handover>().Select(h => h.Reference).SingleAsync();
        var joy = await office.SignedInAsync("joy");
        (await Office.PostAsync(joy, handover, handover, ("answer", "Accepted"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var open = await Office.GetAsync(joy, handover);
        open.QuerySelector(".any-house h2")!.TextContent.ShouldBe("Harrowmere household");

        var own = await OwnAsync(request);
        var page = await Office.GetAsync(own, "/request/sharing");
        var line = page.QuerySelector("#yes li")!;
        line.QuerySelector("h3")!.TextContent.ShouldBe("Waterlees Community Pantry");
        line.TextContent.ShouldContain("They see your name, date of birth, address, how to reach you safely, and who lives with you with their ages.");
        line.TextContent.ShouldContain("You said yes on the phone, 24 November 2026.");
        line.TextContent.ShouldContain("It goes on until you stop it.");
        (await Office.PostAsync(own, "/request/sharing", "/request/sharing?handler=Stop", ("line", line.QuerySelector("input[name=line]")!.GetAttribute("value")!))).Headers.Location!.ToString().ShouldBe("/request/sharing");
        page = await Office.GetAsync(own, "/request/sharing");
        page.QuerySelector("[role=status]")!.TextContent.ShouldContain("Stopped: Waterlees Community Pantry. They cannot see it now.");
        page.QuerySelector("#yes").ShouldBeNull();

        // The page was open, with its form's own token.
        var token = open.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var press = new FormUrlEncodedContent([KeyValuePair.Create("answer", "FirstContact"), KeyValuePair.Create("__RequestVerificationToken", token)]);
        var answer = await joy.PostAsync(handover, press);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = await Office.ReadAsync(answer);
        told.QuerySelector("main")!.TextContent.ShouldContain("They no longer share this with you, so nothing was written down.");
        told.QuerySelector("main")!.TextContent.ShouldNotContain("Harrowmere");
        told.QuerySelector("main")!.TextContent.ShouldNotContain("Leanne");
        (await office.EventsAsync("handover.answer-refused")).ShouldBe(1);
        (await office.EventsAsync("handover.first-contact")).ShouldBe(0);
        (await office.EventsAsync("permission.withdrawn")).ShouldBe(1);
        (await Office.GetAsync(nadia, "/staff/queue")).QuerySelector("tbody")!.TextContent.ShouldContain("Harrowmere", Case.Sensitive, "the hub answers for it again");

        // And changed back, on the same page.
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Office.PostAsync(own, "/request/sharing", "/request/sharing?handler=Allow", ("line", await LineAsync(own, "Waterlees Community Pantry")))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(own, "/request/sharing")).QuerySelector("#yes li")!.TextContent.ShouldContain("You said yes here");
    }

    [Fact]
    [Requirement("R-ISA-02")]
    public async Task What_was_handed_over_without_a_yes_can_be_stopped_too_and_another_persons_line_is_not_there()
    {
        var (mine, other) = (await office.ReceiveAsync(), await office.ReceiveAsync("Mary Fenwick"));
        var nadia = await office.WorkerAsync("nadia");
        var desk = office.Get<RequestDesk>();
        var joy = await office.WorkerAsync("joy");
        (await desk.PassOnAsync(nadia.For(Purpose.Handover, "test", office.Now), mine.Reference, new PassOn(joy.OrganisationId, "Waterlees Community Pantry", "A family of four needs food today.", ["food"]), default)).Done.ShouldBeTrue();
        string reference;
        await using (var db = office.Database.Open()) reference = await db.Set<Handover>().Select(h => h.Reference).SingleAsync();
        (await office.Get<HandoverDesk>().AnswerAsync(joy.For(Purpose.Handover, "test", office.Now), joy, reference, HandoverAnswer.Accepted, null, default)).Done.ShouldBeTrue();
        var own = await OwnAsync(mine);
        var line = await LineAsync(own, "Waterlees Community Pantry");

        var others = await OwnAsync(other);
        await Office.PostAsync(others, "/request/where", "/request/sharing?handler=Stop", ("line", line));
        (await Office.GetAsync(own, "/request/sharing")).QuerySelector("#yes li").ShouldNotBeNull("it was not theirs to stop");

        await Office.PostAsync(own, "/request/sharing", "/request/sharing?handler=Stop", ("line", line));
        (await office.Get<AnyDoor.Households.HouseholdReader>().OpenAsync(ReadContext.ForWorker(joy, Purpose.Handover, "test", "test", office.Now.AddMinutes(1)), mine.HouseholdId, default)).ShouldBeNull();
        (await office.EventsAsync("handover.sharing-stopped")).ShouldBe(1);
    }

    [Fact]
    [Requirement("R-ISA-01"), Requirement("R-ISA-03")]
    public async Task An_agreement_is_written_corrected_beside_its_fields_brought_into_force_and_ended()
    {
        var maren = await office.SignedInAsync("maren");
        var (hub, pantry, lead) = ((await office.WorkerAsync("nadia")).OrganisationId, (await office.WorkerAsync("joy")).OrganisationId, (await office.WorkerAsync("maren")).WorkerId);
        List<(string, string)> fields =
        [
            ("Name", "Hub and food banks"), ("Parties", hub.ToString()), ("Parties", pantry.ToString()), ("WhatFor", "Food and fuel for whoever asks"), ("WhatIsShared", "Name and safe contact. No health"), ("Purposes", "Handover"),
            ("Categories", "IdentityAndContact"), ("Bases", "public-task"), ("Dpia", "DPIA 9"), ("DpiaReviewOn.Day", "1"), ("DpiaReviewOn.Month", "3"), ("DpiaReviewOn.Year", "2027"), ("StartsOn.Day", "1"), ("StartsOn.Month", "4"), ("StartsOn.Year", "2026"),
            ("EndsOn.Day", "17"), ("EndsOn.Month", "12"), ("EndsOn.Year", "2026"), ("Owner", lead.ToString()),
        ];

        var consent = await Office.PostAsync(maren, "/staff/agreements/new", "/staff/agreements/new", [.. fields, ("Bases", "consent"), ("Power", "digital-economy-act-2017-s35"), ("Objective", "multiple-disadvantages"), ("Factors", "disability")]);
        consent.StatusCode.ShouldBe(HttpStatusCode.OK);
        var form = await Office.ReadAsync(consent);
        form.QuerySelector("#Bases-error")!.TextContent.ShouldContain("could not freely refuse");
        form.QuerySelector("#Factors-error")!.TextContent.ShouldContain("one is not enough");
        form.QuerySelector("#Specified-error")!.TextContent.ShouldContain("specified persons only");
        form.QuerySelector("#Checks-error").ShouldNotBeNull();
        form.QuerySelector("input[name=Name]")!.GetAttribute("value").ShouldBe("Hub and food banks");

        var saved = await Office.PostAsync(maren, "/staff/agreements/new", "/staff/agreements/new", [.. fields]);
        var path = saved.Headers.Location!.ToString();
        (await Office.GetAsync(maren, path)).Body!.TextContent.ShouldContain("It holds all it must");
        (await Office.PostAsync(maren, path, path + "?handler=InForce", ("Edit", "1"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var register = await Office.GetAsync(maren, "/staff/agreements");
        register.QuerySelector(".any-sentence")!.TextContent.ShouldContain("Hub and food banks ends in 23 days");
        register.QuerySelector("tbody tr")!.TextContent.ShouldContain("Maren Halliwick");
        (await Office.PostAsync(maren, "/staff/agreements", "/staff/agreements?handler=Need", ("organisation", pantry.ToString()), ("needed", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(maren, path)).Body!.TextContent.ShouldContain("Stops: it sees nothing by handover or permission without one.");

        var noReason = await Office.PostAsync(maren, path, path + "?handler=End");
        (await Office.ReadAsync(noReason)).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Say why it ends");
        (await Office.PostAsync(maren, path, path + "?handler=End", ("Why", "The pantry closes"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(maren, path)).Body!.TextContent.ShouldContain("The pantry closes");
        (await (await office.SignedInAsync("edwin")).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-ISA-03")]
    public async Task In_danger_a_record_opens_on_a_law_a_reason_and_a_seniors_word_and_everybody_concerned_sees_it()
    {
        var request = await office.ReceiveAsync(change: r => r with { AddressHidden = true, Address = "7 Teasel Way" });
        var joy = await office.SignedInAsync("joy");
        var bea = (await office.WorkerAsync("bea")).WorkerId;
        var form = await Office.GetAsync(joy, "/staff/emergency");
        form.QuerySelector("select[name=Senior]")!.TextContent.ShouldContain("Bea Ormsley");
        var short_ = await Office.ReadAsync(await Forms.SubmitAsync(joy, "/staff/emergency", form, ("Reference", request.Reference), ("Gateway", "child"), ("Reason", "Bruises"), ("Senior", bea.ToString())));
        form.QuerySelector("main form input[name=Reference]").ShouldNotBeNull("the field that is sent is the one that is shown");
        short_.QuerySelector("#Reason-error")!.TextContent.ShouldContain("who is in danger and of what");

        // Come from another request's page and corrected: what stands in the field is what opens.
        var other = await office.ReceiveAsync("Petra Lindqvist");
        var prefilled = await Office.GetAsync(joy, $"/staff/emergency?request={other.Reference}");
        var opened = await Forms.SubmitAsync(joy, $"/staff/emergency?request={other.Reference}", prefilled, ("Reference", request.Reference), ("Gateway", "child"), ("Reason", "A teacher saw bruises and the child is afraid"), ("Senior", bea.ToString()));
        var path = opened.Headers.Location!.ToString();
        var record = await Office.GetAsync(joy, path);
        record.QuerySelector("h1")!.TextContent.ShouldBe("Harrowmere household");
        record.QuerySelector(".any-house dl")!.TextContent.ShouldContain("Address withheld");
        record.Body!.TextContent.ShouldContain("Ring Bea Ormsley now");
        record.Body.TextContent.ShouldNotContain("7 Teasel Way");
        record.Body.TextContent.ShouldNotContain("900 418");
        (await (await office.SignedInAsync("ruth")).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var maren = await office.SignedInAsync("maren");
        foreach (var page in new[] { "/staff/agreements", "/staff/log", "/staff/account" }) (await Office.GetAsync(maren, page)).QuerySelector("main")!.TextContent.ShouldContain("An emergency opening: nobody has seen to it yet", customMessage: page);
        (await maren.GetAsync("/staff")).Headers.Location!.ToString().ShouldBe("/staff/information");
        var start = await Office.GetAsync(maren, "/staff/information");
        start.QuerySelector("main")!.TextContent.ShouldContain("Opened in an emergency: Joy Petherwin");
        start.Body!.TextContent.ShouldNotContain("Harrowmere");
        start.QuerySelectorAll("tbody tr").Select(r => r.QuerySelector("th")!.TextContent.Trim() + " " + r.QuerySelector("td")!.TextContent.Trim()).ShouldContain("Looks to decide 1");
        (await Office.GetAsync(joy, "/staff/account")).Body!.TextContent.ShouldNotContain("emergency opening");
        var looks = await Office.GetAsync(maren, "/staff/looks");
        looks.Body!.TextContent.ShouldContain("Opened in an emergency: Joy Petherwin");
        looks.QuerySelector("tbody tr")!.TextContent.ShouldContain("Senior: Bea Ormsley, not answered yet");
        looks.Body.TextContent.ShouldNotContain("Harrowmere");
        looks.QuerySelector("tbody td[data-l='Reason kept']")!.InnerHtml.ShouldContain("A teacher saw bruises and the child is afraid<br>");
        looks.QuerySelector("tbody tr")!.TextContent.ShouldContain("By law: A child is at risk of harm");
        (await Office.PostAsync(maren, "/staff/information", "/staff/information?handler=Seen", ("notice", start.QuerySelector("input[name=notice]")!.GetAttribute("value")!))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(maren, "/staff/agreements")).QuerySelector("main")!.TextContent.ShouldNotContain("emergency opening");

        var senior = await office.SignedInAsync("bea");
        var named = await Office.GetAsync(senior, "/staff/emergency");
        named.QuerySelector("tbody tr")!.TextContent.ShouldContain("A teacher saw bruises");
        (await Office.PostAsync(senior, "/staff/emergency", "/staff/emergency?handler=Answer", ("opening", named.QuerySelector("input[name=opening]")!.GetAttribute("value")!), ("agreed", "false"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await joy.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/looks")).Body!.TextContent.ShouldContain("An emergency opening was not agreed");
    }

    [Fact]
    [Requirement("R-ISA-05")]
    public async Task Whoever_knows_them_says_so_and_the_household_is_gone_for_them_alone()
    {
        var request = await office.ReceiveAsync();
        var (nadia, tom) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("tom"));
        var sitting = $"/staff/requests/{request.Reference}";
        await Office.PostAsync(nadia, sitting, sitting + "?handler=Claim");
        var link = (await Office.GetAsync(nadia, sitting)).QuerySelector("a[href$='i-know-them']")!.GetAttribute("href")!;

        (await Office.ReadAsync(await Office.PostAsync(nadia, link, link))).QuerySelector("#How-error")!.TextContent.ShouldContain("Choose how you know them");
        (await Office.PostAsync(nadia, link, link, ("How", "Neighbour"), ("Words", "Two doors down"))).Headers.Location!.ToString().ShouldBe("/staff/ties");

        foreach (var gone in new[] { sitting, $"/staff/households/{request.HouseholdId}" }) (await nadia.GetAsync(gone)).StatusCode.ShouldBe(HttpStatusCode.NotFound, gone);
        (await Office.GetAsync(nadia, "/staff/queue")).Body!.TextContent.ShouldNotContain("Harrowmere");
        (await Office.GetAsync(nadia, "/staff/ties")).QuerySelector("tbody tr")!.TextContent.ShouldContain("Neighbour");
        (await Office.GetAsync(tom, sitting)).QuerySelector("h1")!.TextContent.ShouldBe("Harrowmere household");
        var maren = await office.SignedInAsync("maren");
        var ties = await Office.GetAsync(maren, "/staff/ties");
        ties.QuerySelector("tbody tr")!.TextContent.ShouldContain("Nadia Wexcombe");
        ties.Body!.TextContent.ShouldNotContain("Harrowmere");
        (await Office.PostAsync(maren, "/staff/ties", "/staff/ties?handler=End", ("tie", ties.QuerySelector("input[name=tie]")!.GetAttribute("value")!))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        (await nadia.GetAsync(sitting)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
