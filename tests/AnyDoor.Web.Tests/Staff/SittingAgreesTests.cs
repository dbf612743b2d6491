using System.Net;
using AngleSharp.Html.Dom;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>What is agreed in the sitting, over HTTP: the offer's lines, safe contact, sharing, the read-back, the next contact, a join taken back.</summary>
public sealed class SittingAgreesTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private static string Path(Received request) => $"/staff/requests/{request.Reference}";

    private Task<Received> LeanneAsync(bool isPrivate = true) => office.ReceiveAsync(change: r => r with
    {
        District = "E07000010", HouseholdSize = 3, Needs = ["food", "heating-or-electricity"], Answers = [new NewAnswer("shock.what_changed", "[\"lower-pay\"]")],
        Contact = new NewSafeContact(ContactWay.Text, DoNot.VoiceMessage, Phone: "07700900418", PhoneIsPrivate: isPrivate),
    });

    [Fact]
    public async Task A_line_they_do_not_want_is_left_out_with_why_and_can_be_put_back()
    {
        var request = await LeanneAsync();
        var browser = await office.SignedInAsync("nadia");
        var before = await Office.GetAsync(browser, Path(request));
        before.QuerySelector(".any-sums .is-big")!.TextContent.ShouldBe("£115.00");
        const string Line = "award:crisis-and-resilience-fund:crisis-payment";

        (await Office.PostAsync(browser, Path(request), Path(request) + "?handler=Decline", ("line", Line), ("reason", "A friend lends it"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var after = await Office.GetAsync(browser, Path(request));
        after.QuerySelector(".any-sums .is-big")!.TextContent.ShouldBe("£0.00");
        after.QuerySelector(".any-looked")!.TextContent.ShouldContain("they said no: A friend lends it");
        (await Office.PostAsync(browser, Path(request), Path(request) + "?handler=UndoChoice", ("line", Line))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(browser, Path(request))).QuerySelector(".any-sums .is-big")!.TextContent.ShouldBe("£115.00");
        (await Office.ReadAsync(await Office.PostAsync(browser, Path(request), Path(request) + "?handler=Decline", ("line", "award:none:none")))).Body!.TextContent.ShouldContain("The offer has changed");
    }

    [Fact]
    [Requirement("R-APP-03"), Requirement("R-HH-02")]
    public async Task Somebody_without_an_address_is_awarded_once_the_area_is_written_down()
    {
        var request = await office.ReceiveAsync(change: r => r with { NoFixedAddress = true, HouseholdSize = 3, Answers = [new NewAnswer("shock.what_changed", "[\"lower-pay\"]")] });
        var browser = await office.SignedInAsync("nadia");
        var home = Path(request) + "/home";
        var before = await Office.GetAsync(browser, Path(request));
        before.QuerySelector(".any-sums .is-big")!.TextContent.ShouldBe("£0.00");
        before.QuerySelector(".any-offer")!.TextContent.ShouldContain("where did you sleep last night");
        before.QuerySelector($".any-offer a[href='{home}']").ShouldNotBeNull();
        var shown = (await Office.GetAsync(browser, home)).QuerySelector("input[name=Shown]")!.GetAttribute("value")!;

        (await Office.PostAsync(browser, home, home, ("Shown", shown), ("NoFixedAddress", "true"), ("DistrictCode", "E07000010"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var after = await Office.GetAsync(browser, Path(request));
        after.QuerySelector(".any-house")!.TextContent.ShouldContain("No fixed address");
        after.QuerySelector(".any-house")!.TextContent.ShouldContain("Fenland");
        after.QuerySelector(".any-sums .is-big")!.TextContent.ShouldBe("£115.00");
        (await Office.GetAsync(browser, "/staff/queue?district=E07000010")).Body!.TextContent.ShouldContain("Leanne Harrowmere");
        (await office.EventsAsync("home.changed")).ShouldBe(1);
    }

    [Fact]
    [Requirement("R-HH-04")]
    public async Task A_home_that_two_change_at_once_is_shown_to_the_second_and_nothing_is_lost()
    {
        var request = await LeanneAsync();
        var (nadia, tom) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("tom"));
        var home = Path(request) + "/home";
        var shown = (await Office.GetAsync(nadia, home)).QuerySelector("input[name=Shown]")!.GetAttribute("value")!;
        await Office.PostAsync(nadia, home, home, ("Shown", shown), ("Lines", "7 Osier Lane"), ("DistrictCode", "E07000010"));

        var second = await Office.ReadAsync(await Office.PostAsync(tom, home, home, ("Shown", shown), ("Lines", "9 Windlass Lane"), ("DistrictCode", "E07000011")));

        second.Body!.TextContent.ShouldContain("Somebody else changed");
        second.Body!.TextContent.ShouldContain("7 Osier Lane");
        second.QuerySelector("#Lines")!.GetAttribute("value").ShouldBe("9 Windlass Lane");
        var bad = await Office.ReadAsync(await Office.PostAsync(tom, home, home, ("Shown", shown), ("PostcodeText", "PE13"), ("DistrictCode", "E07000010")));
        bad.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("not a whole postcode");
    }

    [Fact]
    public async Task A_withheld_address_is_not_shown_and_stays_when_nothing_is_written_and_the_fund_of_its_area_still_gives()
    {
        var request = await office.ReceiveAsync(change: r => r with
        {
            AddressHidden = true, Address = "3 Hidden Row", District = "E07000010", HouseholdSize = 3, Answers = [new NewAnswer("shock.what_changed", "[\"lower-pay\"]")],
        });
        var browser = await office.SignedInAsync("nadia");
        var home = Path(request) + "/home";

        var page = await Office.GetAsync(browser, home);
        await Office.PostAsync(browser, home, home, ("Shown", page.QuerySelector("input[name=Shown]")!.GetAttribute("value")!), ("Lines", ""), ("PostcodeText", ""), ("DistrictCode", ""));

        page.Body!.TextContent.ShouldContain("withheld");
        page.DocumentElement.OuterHtml.ShouldNotContain("Hidden Row");
        page.QuerySelector("#Lines")!.GetAttribute("value").ShouldBeNullOrEmpty("a new address may be written over it unseen");
        (await Office.GetAsync(browser, Path(request))).QuerySelector(".any-sums .is-big")!.TextContent.ShouldBe("£115.00");
        await using var db = office.Database.Open();
        (await db.Set<Request>().SingleAsync(r => r.Id == request.RequestId)).District.ShouldBe("E07000010");
    }

    [Fact]
    [Requirement("R-CAS-04")]
    public async Task What_is_about_safety_at_home_is_never_in_what_is_read_back()
    {
        var request = await office.ReceiveAsync(change: r => r with { District = "E07000010", Needs = ["food", "not-safe"], Words = "Please don’t text me, he reads my phone" });
        var browser = await office.SignedInAsync("nadia");
        await Office.PostAsync(browser, "/staff/queue", "/staff/queue?handler=Claim", ("reference", request.Reference));
        var nadia = new Audit.AuditContext(Audit.Actor.Worker((await office.Get<Organisations.StaffAccess>().FindAsync("nadia", default))!.WorkerId, "nadia"), null, "staff", Audit.Purpose.Handover, office.Now);
        (await office.Get<RequestDesk>().PassOnAsync(nadia, request.Reference, new PassOn(null, "Rowan House", "Needs a place that is safe tonight.", ["not-safe"], Whole: false), default)).Done.ShouldBeTrue();
        (await office.Get<RequestDesk>().PassOnAsync(nadia, request.Reference, new PassOn(null, "Waterlees Pantry", "Needs food for three days.", ["food"], Whole: false), default)).Done.ShouldBeTrue();

        var page = await Office.GetAsync(browser, Path(request) + "/read-back");

        var words = page.QuerySelector("textarea")!.TextContent;
        words.ShouldContain("Waterlees Pantry");
        words.ShouldNotContain("Rowan House");
        words.ShouldNotContain("reads my phone");
    }

    [Fact]
    public async Task A_line_they_want_is_marked_listed_and_read_back()
    {
        var request = await LeanneAsync();
        var browser = await office.SignedInAsync("nadia");
        var line = (await Office.GetAsync(browser, Path(request))).QuerySelectorAll(".any-offer form").First(f => f.GetAttribute("action")!.EndsWith("handler=Add", StringComparison.Ordinal));
        var id = line.QuerySelector("input[name=line]")!.GetAttribute("value")!;
        var title = line.Closest("li")!.QuerySelector("h4")!.TextContent;

        await Office.PostAsync(browser, Path(request), Path(request) + "?handler=Add", ("line", id));

        var page = await Office.GetAsync(browser, Path(request));
        page.QuerySelector("#agreed")!.TextContent.ShouldContain(title);
        page.QuerySelectorAll(".any-offer .govuk-tag").ShouldContain(t => t.TextContent == "Added");
        page.QuerySelector("#read-back blockquote")!.TextContent.ShouldContain(title);
    }

    [Fact]
    [Requirement("R-DA-02"), Requirement("R-HH-04")]
    public async Task Safe_contact_is_changed_in_the_sitting_and_two_who_do_it_at_once_see_the_clash()
    {
        var request = await LeanneAsync();
        var (nadia, tom) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("tom"));
        var path = Path(request) + "/safe-contact";
        var shown = (await Office.GetAsync(nadia, path)).QuerySelector("input[name=Shown]")!.GetAttribute("value")!;
        (string, string)[] Typed(string number, string how) => [("Shown", shown), ("By", "phone"), ("Number", number), ("PleaseDoNot", "voicemail"), ("PleaseDoNot", "after-three"), ("Language", "pl"), ("How", how)];

        (await Office.ReadAsync(await Office.PostAsync(tom, path, path, Typed("07700 900512", "")))).QuerySelector("#How-error")!.TextContent.ShouldContain("Say in a few words how you know");
        (await Office.PostAsync(tom, path, path, Typed("07700 900512", "Gave date of birth"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var clash = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, Typed("07700 900999", "Knows her street")));

        clash.QuerySelector(".any-note--warn")!.TextContent.ShouldContain("Somebody else changed this while you had it open. What stands now: Reach Leanne by phone.");
        ((IHtmlInputElement)clash.QuerySelector("#Number")!).Value.ShouldBe("07700 900999", "nothing that was typed is lost");
        var page = await Office.GetAsync(nadia, Path(request));
        page.QuerySelector(".any-safe strong")!.TextContent.ShouldBe("Reach Leanne by phone. No voice messages. Do not phone after 3pm.");
        page.QuerySelector(".any-house")!.TextContent.ShouldContain("Polish");
        (await office.EventsAsync("safe-contact.changed", request.ApplicantId)).ShouldBe(1);
    }

    [Fact]
    [Requirement("R-ISA-02")]
    public async Task Permission_is_written_down_and_withdrawn()
    {
        var request = await LeanneAsync();
        var browser = await office.SignedInAsync("nadia");
        var path = Path(request) + "/permissions";
        var pantry = (await office.WorkerAsync("joy")).OrganisationId.ToString();

        (await Office.ReadAsync(await Office.PostAsync(browser, path, path, ("How", "spoken")))).QuerySelectorAll(".govuk-error-summary li").Length.ShouldBe(3);
        (await Office.PostAsync(browser, path, path, ("Organisation", pantry), ("WhatFor", "food"), ("Said", "yes"), ("Until", "closed"), ("How", "spoken"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var page = await Office.GetAsync(browser, path);
        var row = page.QuerySelector(".any-asks")!;
        foreach (var words in new[] { "Waterlees Community Pantry", "Food, and that they are coming", "Yes, 10:14am, by phone, to Nadia Wexcombe", "This request is closed" }) row.TextContent.ShouldContain(words);
        (await Office.GetAsync(browser, Path(request))).QuerySelector("#s-who-may-we-share-with")!.TextContent.ShouldContain("Waterlees Community Pantry");
        var permission = row.QuerySelector("input[name=permission]")!.GetAttribute("value")!;
        (await Office.PostAsync(browser, path, path + "?handler=Withdraw", ("permission", Guid.NewGuid().ToString()))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Office.PostAsync(browser, path, path + "?handler=Withdraw", ("permission", permission))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(browser, path)).QuerySelector(".any-asks")!.TextContent.ShouldContain("Withdrawn 10:14am");
    }

    [Fact]
    public async Task The_read_back_is_texted_once_where_the_phone_is_private()
    {
        var request = await LeanneAsync();
        var browser = await office.SignedInAsync("nadia");
        var path = Path(request) + "/read-back";
        var key = (await Office.GetAsync(browser, path)).QuerySelector("input[name=FormKey]")!.GetAttribute("value")!;
        (string, string)[] typed = [("FormKey", key), ("Words", "You told us pay went down. £115.00 can come today.")];

        var ready = await Office.ReadAsync(await Office.PostAsync(browser, path, path, typed));
        ready.QuerySelector("button[formaction='?handler=Text']")!.TextContent.ShouldContain("Text it to Leanne");
        var sent = await Office.ReadAsync(await Office.PostAsync(browser, path, path + "?handler=Text", typed));
        await Office.PostAsync(browser, path, path + "?handler=Text", typed);

        sent.QuerySelector(".any-note--done")!.TextContent.ShouldContain("On its way to Leanne by text.");
        await using var db = office.Database.Open();
        (await db.Set<OutboxMessage>().CountAsync(m => m.CauseId == request.RequestId && m.MessageId == "read-back")).ShouldBe(1);
        (await Office.GetAsync(browser, Path(request))).QuerySelector("#read-back")!.TextContent.ShouldContain("What we agreed");
    }

    [Fact]
    [Requirement("R-DA-02")]
    public async Task Where_others_may_read_the_phone_it_is_printed_and_says_why()
    {
        var request = await LeanneAsync(isPrivate: false);
        var browser = await office.SignedInAsync("nadia");
        var path = Path(request) + "/read-back";

        var page = await Office.ReadAsync(await Office.PostAsync(browser, path, path, ("FormKey", Guid.NewGuid().ToString()), ("Words", "You told us pay went down.")));
        page.QuerySelector("button[formaction='?handler=Text']").ShouldBeNull();
        page.QuerySelector(".any-note--warn")!.TextContent.ShouldContain("To print only. Others may read that phone: nobody has said that it is private.");
        var forced = await Office.ReadAsync(await Office.PostAsync(browser, path, path + "?handler=Text", ("FormKey", Guid.NewGuid().ToString()), ("Words", "You told us pay went down.")));

        forced.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Others may read that phone");
        await using var db = office.Database.Open();
        (await db.Set<OutboxMessage>().CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_next_contact_has_a_who_and_is_marked_when_it_is_overdue()
    {
        var request = await LeanneAsync();
        var browser = await office.SignedInAsync("nadia");
        var tom = (await office.WorkerAsync("tom")).WorkerId.ToString();

        (await Office.PostAsync(browser, Path(request), Path(request) + "?handler=Next", ("nextOn", "2026-11-26"), ("nextTime", "9am to 11am"), ("nextWay", "text"), ("nextWho", tom))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(browser, "/staff/queue")).QuerySelector("tbody")!.TextContent.ShouldContain("Text Thursday 26 November, 9am to 11am, Tom Ellerholt");

        office.Clock.Advance(TimeSpan.FromDays(3));
        var later = await office.SignedInAsync("nadia");
        (await Office.GetAsync(later, "/staff/queue?tab=call-back")).QuerySelector("tbody")!.TextContent.ShouldContain("Contact was due yesterday");
        (await Office.GetAsync(later, Path(request))).QuerySelector("#next .govuk-tag")!.TextContent.ShouldBe("Overdue");
    }

    [Fact]
    [Requirement("R-HUB-04")]
    public async Task A_join_is_taken_back_after_saying_what_that_does()
    {
        var first = await office.ReceiveAsync("Leann Harrowmere");
        var second = await office.ReceiveAsync("Leanne Harrowmere");
        var browser = await office.SignedInAsync("nadia");
        var match = (await Office.GetAsync(browser, Path(second))).QuerySelector("a[href*='/match/']")!.GetAttribute("href")!;
        (await Office.PostAsync(browser, match, match, ("Answer", "same"), ("How", "Same phone, and she said so"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var household = (await Office.GetAsync(browser, $"/staff/households/{second.HouseholdId}")).QuerySelector("a[href*='/undo-join/']")!;
        var path = household.GetAttribute("href")!;
        var asked = await Office.GetAsync(browser, path);
        asked.QuerySelector("h1")!.TextContent.ShouldBe("Are they two people after all?");
        asked.Body!.TextContent.ShouldContain("Same phone, and she said so");
        (await office.EventsAsync("match.undone")).ShouldBe(0, "asking changes nothing");
        (await Office.PostAsync(browser, path, path)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await office.EventsAsync("match.undone")).ShouldBe(1);
        await using var db = office.Database.Open();
        (await Office.GetAsync(browser, Path(first))).QuerySelector("h1")!.TextContent.ShouldBe("Harrowmere household");
        (await Office.GetAsync(browser, Path(second))).QuerySelector("a[href*='/match/']").ShouldNotBeNull("the pair is a possible match once more");
        (await (await office.SignedInAsync("joy")).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-HUB-04")]
    public async Task A_join_under_a_later_one_says_to_take_the_later_one_back_first()
    {
        await office.ReceiveAsync("Leann Harrowmere");
        var browser = await office.SignedInAsync("nadia");
        async Task<string> JoinAsync(string path)
        {
            var match = (await Office.GetAsync(browser, path)).QuerySelector("a[href*='/match/']")!.GetAttribute("href")!;
            (await Office.PostAsync(browser, match, match, ("Answer", "same"), ("How", "Same phone, and she said so"), ("OtherName", "true"), ("Homes", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            return match.Split('/')[^1];
        }
        var earlier = await JoinAsync(Path(await office.ReceiveAsync("Leanne Harrowmere")));
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = await office.ReceiveAsync("Leanne Harrowmere");
        await JoinAsync(Path(third));

        var path = $"/staff/households/{third.HouseholdId}/undo-join/{earlier}";
        var refused = await Office.PostAsync(browser, path, path);

        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Take the later one back first, and then this one.");
        (await office.EventsAsync("match.undone")).ShouldBe(0);
    }

    [Fact]
    public async Task A_partners_request_is_told_of_like_a_residents_own_and_has_a_code()
    {
        var joy = await office.SignedInAsync("joy");

        (await Office.PostAsync(joy, "/staff/send", "/staff/send", ("FormKey", Guid.NewGuid().ToString()), ("FirstName", "Xanthe"), ("Need", "food"), ("HowSoon", "today"), ("By", "text"), ("Number", "07700 900256"), ("Heard", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        await using var db = office.Database.Open();
        var request = await db.Set<Request>().SingleAsync();
        request.CodeHash.ShouldNotBeNull();
        var message = await db.Set<OutboxMessage>().SingleAsync(m => m.CauseId == request.Id);
        (message.MessageId, message.Channel, message.HasContent).ShouldBe(("request-received", MessageChannel.Text, false), "nobody said that the phone is private");
    }

    [Fact]
    public async Task A_look_with_no_grounds_is_answered_as_for_one_that_is_not_there()
    {
        var request = await LeanneAsync();
        await using (var db = office.Database.Open()) await db.Set<Ground>().ExecuteUpdateAsync(g => g.SetProperty(x => x.To, office.Now.AddHours(-1)));
        var browser = await office.SignedInAsync("nadia");

        async Task<(HttpStatusCode, string)> AnswerAsync(string path) => await browser.GetAsync(path) is var answer ? (answer.StatusCode, (await Office.ReadAsync(answer)).QuerySelector("main")!.TextContent) : default;

        (await AnswerAsync($"/staff/households/{request.HouseholdId}")).ShouldBe(await AnswerAsync($"/staff/households/{Guid.NewGuid()}"));
        foreach (var page in new[] { "", "/read-back", "/safe-contact", "/permissions", "/pass-on" })
            (await AnswerAsync(Path(request) + page)).ShouldBe(await AnswerAsync("/staff/requests/7K4Q2MXRC" + page));
        (await office.LooksAsync()).ShouldBeEmpty();
    }
}
