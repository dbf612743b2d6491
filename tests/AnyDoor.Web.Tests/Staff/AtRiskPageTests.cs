using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>Somebody may be looking for them: said on any page or by a partner's system, where they live is gone from every page, and comes back only on the word of a senior of the hub.</summary>
[Requirement("R-ISA-08"), Requirement("R-DA-02")]
public sealed class AtRiskPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        foreach (var (handle, name, organisation, role) in new[] { ("bea", "Bea Ormsley", "County hub", "approver"), ("petra", "Petra Oakshott", "Waterlees Community Pantry", "partner-administrator") })
            (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync(handle, name, organisation, role, job, default)).Done.ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private Task<Received> VeraAsync() => office.ReceiveAsync("Vera Canaryworth", change: r => r with { Address = "12 Zqcanary Drove", Postcode = AnyDoor.Common.Postcode.FromStored("CB74AA"), District = "E07000009" });

    /// <summary>The one of this name is found, and without the area of a postcode.</summary>
    private async Task<bool> IsMarkedAsync(string name) =>
        (await office.Get<HouseholdReader>().SearchAsync(ReadContextOf(await office.WorkerAsync("nadia")), name, default)).ShouldHaveSingleItem(name).PostcodeSector is null;

    /// <summary>As the job that goes along the log does.</summary>
    private Task IndexLooksAsync() => office.Get<Commands>().RunAsync(new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), async c =>
    {
        var there = await c.Db.Set<ReadSubject>().Select(s => s.ReadEventId).ToListAsync();
        foreach (var look in (await c.Db.Set<ReadEvent>().Where(e => !there.Contains(e.Id)).ToListAsync()).Where(e => e.Subjects.Length >= 16))
            c.Insert(new ReadSubject { SubjectId = new Guid(look.Subjects.AsSpan(0, 16), bigEndian: true), ReadEventId = look.Id });
        return (AnyDoor.Common.Result<int>)0;
    }, default);

    private AnyDoor.Sharing.ReadContext ReadContextOf(WhoIsWorking worker) => AnyDoor.Sharing.ReadContext.ForWorker(worker, Purpose.RespondToRequest, "test", "county-hub", office.Now);

    [Fact]
    public async Task Ticked_on_safe_contact_the_address_is_gone_and_comes_back_on_the_duty_managers_word()
    {
        var request = await VeraAsync();
        var (nadia, path) = (await office.SignedInAsync("nadia"), $"/staff/requests/{request.Reference}");
        (await Office.GetAsync(nadia, path)).Body!.TextContent.ShouldContain("12 Zqcanary Drove");
        var form = await Office.GetAsync(nadia, path + "/safe-contact");
        form.QuerySelector("main")!.TextContent.ShouldContain("Somebody may be looking for them: hide where they live");

        (await Forms.SubmitAsync(nadia, path + "/safe-contact", form, ("HideHome", "true"), ("How", "Gave her date of birth"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        foreach (var page in new[] { path, path + "/home", path + "/safe-contact", path + "/pass-on", path + "/permissions", $"/staff/households/{request.HouseholdId}", "/staff/queue" })
        {
            var text = (await Office.GetAsync(nadia, page)).DocumentElement.OuterHtml;
            foreach (var leak in new[] { "Zqcanary", "CB7 4AA", "CB74AA" }) (text.IndexOf(leak, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 60)] : "").ShouldBe("", page);
        }
        var shown = await Office.GetAsync(nadia, path + "/safe-contact");
        shown.QuerySelector("#hidden")!.TextContent.ShouldContain("Where they live is hidden");
        shown.QuerySelector("input[name=HideHome]").ShouldBeNull();

        var short_ = await Office.ReadAsync(await Office.PostAsync(nadia, path + "/safe-contact", path + "/safe-contact?handler=Lift", ("Lift", "He died")));
        short_.QuerySelector("#Lift-error")!.TextContent.ShouldContain("Say who told you");
        short_.QuerySelector("textarea[name=Lift]")!.TextContent.ShouldContain("He died", customMessage: "nothing is lost");
        const string why = "The refuge worker rang and says that he has died.";
        (await Office.PostAsync(nadia, path + "/safe-contact", path + "/safe-contact?handler=Lift", ("Lift", why))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(nadia, path + "/safe-contact")).QuerySelector("#hidden")!.TextContent.ShouldContain("has not answered yet");
        (await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/information")).QuerySelector("main")!.TextContent.ShouldContain(why);
        (await Office.GetAsync(nadia, path)).Body!.TextContent.ShouldNotContain("Zqcanary");

        (await Office.GetAsync(await office.SignedInAsync("petra"), "/staff/emergency")).Body!.TextContent.ShouldNotContain(why, customMessage: "not for a partner’s senior");
        var bea = await office.SignedInAsync("bea");
        var asked = await Office.GetAsync(bea, "/staff/emergency");
        asked.QuerySelector("main")!.TextContent.ShouldContain(why);
        asked.QuerySelector("main")!.TextContent.ShouldNotContain("Canaryworth");
        var ask = asked.QuerySelector("input[name=ask]")!.GetAttribute("value")!;
        (await Office.PostAsync(await office.SignedInAsync("petra"), "/staff/emergency", "/staff/emergency?handler=Lift", ("ask", ask), ("show", "true"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.PostAsync(bea, "/staff/emergency", "/staff/emergency?handler=Lift", ("ask", ask), ("show", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(nadia, path)).Body!.TextContent.ShouldContain("12 Zqcanary Drove");
        (await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/information")).QuerySelector("main")!.TextContent.ShouldContain("A hidden address is shown again");
    }

    [Fact]
    public async Task Ticked_by_a_partner_on_a_call_or_by_their_system_it_is_hidden_from_the_first()
    {
        var joy = await office.SignedInAsync("joy");
        (await Office.PostAsync(joy, "/staff/send", "/staff/send", ("FormKey", Guid.NewGuid().ToString()), ("FirstName", "Tamsin"), ("LastName", "Sentcanary"), ("PostcodeText", "CB7 4AA"), ("Need", "food"), ("HowSoon", "today"), ("By", "none"), ("HideHome", "true"), ("Heard", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var nadia = await office.SignedInAsync("nadia");
        (await Office.PostAsync(nadia, "/staff/calls/new", "/staff/calls/new", ("FormKey", Guid.NewGuid().ToString()), ("Name", "Una Callcanary"), ("PostcodeText", "CB7 4AA"), ("HowSoon", "today"), ("By", "none"), ("For", "self"), ("HideHome", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var key = (await Office.ReadAsync(await Office.PostAsync(await office.SignedInAsync("petra"), "/staff/systems/keys/new", "/staff/systems/keys/new", ("Label", "Case system"), ("For", "joy"), ("Days", "90"), ("Scopes", "requests:write")))).QuerySelector("#key")!.TextContent;
        foreach (var (name, hide) in new[] { ("Wilma Apicanary", (JsonNode?)true), ("Xena Plaincanary", null) })
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/requests") { Content = new StringContent(new JsonObject
            {
                ["door"] = "food-bank", ["for"] = "self", ["people"] = new JsonArray(new JsonObject { ["name"] = name }), ["postcode"] = "CB7 4AA", ["needs"] = new JsonArray("food"), ["urgency"] = "today", ["words"] = "Need food", ["hide_address"] = hide,
            }.ToJsonString(), Encoding.UTF8, "application/json") };
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            message.Headers.Add("Idempotency-Key", name);
            var answer = await office.Browser().SendAsync(message);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        }

        await using var db = office.Database.Open();
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind == "request.received")).ShouldBe(4);
        foreach (var (name, hidden) in new[] { ("Tamsin Sentcanary", true), ("Una Callcanary", true), ("Wilma Apicanary", true), ("Xena Plaincanary", false) }) (await IsMarkedAsync(name)).ShouldBe(hidden, name);
    }

    [Fact]
    public async Task A_hidden_address_takes_a_new_one_unseen()
    {
        var request = await office.ReceiveAsync("Vera Canaryworth", change: r => r with { Address = "12 Zqcanary Drove", Postcode = AnyDoor.Common.Postcode.FromStored("CB74AA"), AddressHidden = true });
        var (nadia, path) = (await office.SignedInAsync("nadia"), $"/staff/requests/{request.Reference}/home");
        var form = await Office.GetAsync(nadia, path);
        form.QuerySelector("input[name=Lines]")!.GetAttribute("value").ShouldBeNullOrEmpty();
        form.DocumentElement.OuterHtml.ShouldNotContain("Zqcanary");

        (await Forms.SubmitAsync(nadia, path, form, ("Lines", "3 Reed Bank"), ("PostcodeText", "PE13 3EQ"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await Office.GetAsync(nadia, path)).DocumentElement.OuterHtml.ShouldNotContain("Reed Bank");
        await using var db = office.Database.Open();
        (await db.Set<Request>().SingleAsync(r => r.Id == request.RequestId)).Postcode.ShouldBe("PE133EQ");
    }

    [Fact]
    public async Task A_handover_that_says_where_they_live_is_refused_beside_its_field_and_loses_nothing()
    {
        var request = await office.ReceiveAsync("Vera Canaryworth", change: r => r with { Address = "12 Zqcanary Drove", Postcode = AnyDoor.Common.Postcode.FromStored("CB74AA"), AddressHidden = true });
        var (nadia, path) = (await office.SignedInAsync("nadia"), $"/staff/requests/{request.Reference}/pass-on");

        var refused = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("FormKey", Guid.NewGuid().ToString()), ("What", "food"), ("Organisation", "Waterlees Community Pantry"), ("Told", "She lives at CB7 4AA, number 12 High Street"), ("TheyAgreed", "true")));

        refused.QuerySelector("#Told-error")!.TextContent.ShouldContain("where they live does not leave the hub");
        refused.QuerySelector("textarea[name=Told]")!.TextContent.ShouldContain("She lives at CB7 4AA");
        await using var db = office.Database.Open();
        (await db.Set<Handover>().CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_partner_administrator_cannot_agree_with_themselves()
    {
        var request = await office.ReceiveAsync("Vera Canaryworth", change: r => r with { Address = "12 Zqcanary Drove", AddressHidden = true });
        var petra = await office.SignedInAsync("petra");
        var form = await Office.GetAsync(petra, "/staff/emergency");
        form.Body!.TextContent.ShouldNotContain("You may agree yourself");

        var refused = await Office.ReadAsync(await Forms.SubmitAsync(petra, "/staff/emergency", form, ("Reference", request.Reference), ("Gateway", "life"), ("Reason", "She may be in danger of harm today"), ("Senior", "")));

        refused.QuerySelector("#Senior-error")!.TextContent.ShouldContain("Say who agreed");
        (await office.EventsAsync("emergency.opened")).ShouldBe(0);
    }

    [Fact]
    public async Task The_list_of_who_looked_says_nothing_of_an_address_that_was_hidden()
    {
        var open = await VeraAsync();
        var hidden = await office.ReceiveAsync("Ottoline Zephyrine", change: r => r with { Address = "9 Mill Lane", AddressHidden = true });
        var nadia = await office.SignedInAsync("nadia");
        foreach (var request in new[] { open, hidden })
        {
            await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}/home");
            await IndexLooksAsync();
            var code = (await office.Get<RequestStatusDesk>().ReissueCodeAsync(request.RequestId, "Rang back on her own number", (await office.WorkerAsync("nadia")).For(Purpose.RespondToRequest, "test", office.Now), default)).Value!;
            var own = office.Browser();
            (await Office.PostAsync(own, "/request", "/request", ("Reference", request.Reference), ("Code", code))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            var text = (await Office.GetAsync(own, "/request/record")).QuerySelector("main")!.TextContent;
            text.Contains("where you live", StringComparison.Ordinal).ShouldBe(request == open, text);
            text.ShouldContain("They saw how to reach you");
        }
    }

    [Fact]
    public async Task A_second_grown_ups_no_is_written_down_as_theirs_and_the_api_gives_what_the_page_gives()
    {
        var request = await office.ReceiveAsync("Alma Canarypair", change: r => r with { People = [new NewPerson("Alma Canarypair", MemberRole.Applicant, new DateOnly(1980, 2, 2)), new NewPerson("Bert Canarypair", MemberRole.Partner, new DateOnly(1979, 2, 3)), new NewPerson("Cleo Canarypair", MemberRole.Child, new DateOnly(2016, 2, 3))] });
        var (nadia, path) = (await office.SignedInAsync("nadia"), $"/staff/requests/{request.Reference}/permissions");
        var organisation = (await office.WorkerAsync("joy")).OrganisationId;
        var form = await Office.GetAsync(nadia, path);
        var options = form.QuerySelectorAll("select[name=SaidBy] option").Select(o => (o.TextContent.Trim(), o.GetAttribute("value")!)).ToList();
        options.Select(o => o.Item1).ShouldBe(["Alma Canarypair", "Bert Canarypair"]);
        async Task SayAsync(string by, string said) => (await Office.PostAsync(nadia, path, path, ("Organisation", organisation.ToString()), ("WhatFor", "food"), ("SaidBy", by), ("Said", said), ("Until", "stop"), ("How", "spoken"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await SayAsync(options[0].Item2, "yes");

        (await Office.PostAsync(nadia, $"/staff/requests/{request.Reference}/pass-on", $"/staff/requests/{request.Reference}/pass-on", ("FormKey", Guid.NewGuid().ToString()), ("What", "food"), ("Organisation", "Waterlees Community Pantry"), ("Told", "A household of three needs food."), ("TheyAgreed", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        string handover;
        await using (var db = office.Database.Open()) handover = await db.Set<Handover>().Select(h => h.Reference).SingleAsync();
        var joy = await office.SignedInAsync("joy");
        (await Office.PostAsync(joy, $"/staff/handovers/{handover}", $"/staff/handovers/{handover}", ("answer", "Accepted"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var key = (await Office.ReadAsync(await Office.PostAsync(await office.SignedInAsync("petra"), "/staff/systems/keys/new", "/staff/systems/keys/new", ("Label", "Case system"), ("For", "joy"), ("Days", "90"), ("Scopes", "handovers:read")))).QuerySelector("#key")!.TextContent;
        async Task<string> ApiAsync()
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/handovers/{handover}");
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            return await (await office.Browser().SendAsync(message)).Content.ReadAsStringAsync();
        }

        var people = JsonNode.Parse(await ApiAsync())!["household"]!["people"]!.AsArray();
        people.Select(p => (p!["name"]?.GetValue<string>(), p["role"]!.GetValue<string>(), p["date_of_birth"]?.GetValue<string>(), p["age_band"]!.GetValue<string>())).ShouldBe(
            [("Alma Canarypair", "applicant", "1980-02-02", "40 to 64"), (null, "partner", null, "40 to 64"), (null, "child", null, "under 18")]);
        var page = (await Office.GetAsync(joy, $"/staff/handovers/{handover}")).QuerySelector("main")!.TextContent;
        page.ShouldContain("partner, 40 to 64");
        foreach (var leak in new[] { "Bert", "Cleo", "1979" }) page.ShouldNotContain(leak);

        office.Clock.Advance(TimeSpan.FromMinutes(1));
        await SayAsync(options[1].Item2, "no");
        (await Office.GetAsync(nadia, path)).QuerySelector("#said")!.TextContent.ShouldContain("said by Bert");
        JsonNode.Parse(await ApiAsync())!["household"]!["people"]!.AsArray().Select(p => p!["role"]!.GetValue<string>()).ShouldBe(["applicant", "child"], "of him nothing is told any more");
    }
}
