using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Conversations;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>The whole sitting over HTTP, script off: take up, talk, award, pass on, read back, end.</summary>
public sealed class SittingPageTests : IAsyncLifetime
{
    private const string Crisis = "/award/crisis-payment?scheme=crisis-and-resilience-fund";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private Task<Received> HarrowmereAsync() => office.ReceiveAsync("Leanne Harrowmere", Urgency.Today, "84p on the meter", r => r with
    {
        District = "E07000010", HouseholdSize = 3, Needs = ["heating-or-electricity", "food"],
        People = [new NewPerson("Leanne Harrowmere", MemberRole.Applicant, new DateOnly(1990, 3, 14)), new NewPerson("Darren Harrowmere", MemberRole.Partner, new DateOnly(1988, 5, 2)), new NewPerson("Ellis Harrowmere", MemberRole.Child, new DateOnly(2015, 4, 1))],
        Answers = [new NewAnswer("shock.what_changed", "[\"lower-pay\"]"), new NewAnswer("energy.meter", "\"prepayment\"")],
    });

    private static string Path(Received request) => $"/staff/requests/{request.Reference}";

    [Fact]
    [Requirement("R-HH-01"), Requirement("R-HH-04"), Requirement("R-HH-05")]
    public async Task The_sitting_shows_safe_contact_strengths_first_and_what_is_already_known()
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync("nadia");

        var page = await Office.GetAsync(browser, Path(request));

        page.QuerySelector(".any-safe strong")!.TextContent.ShouldBe("Reach Leanne by text, 9am to 2:30pm. No voice messages. Talk about this only with Leanne.");
        page.QuerySelectorAll(".any-talk details summary b").First().TextContent.ShouldBe("What is going well");
        page.QuerySelector(".any-needs")!.TextContent.ShouldContain("Heating or electricity");
        page.QuerySelector("#f-shock-what-changed")!.HasAttribute("checked").ShouldBeTrue();
        page.QuerySelector("h2#offer")!.TextContent.ShouldBe("The offer so far");
        page.QuerySelector(".any-sums .is-big")!.TextContent.ShouldStartWith("£");
        (await office.LooksAsync()).ShouldContain(l => l.Page == "sitting");
    }

    [Fact]
    [Requirement("R-ISA-02")]
    public async Task Passing_on_shows_what_they_said_no_to_on_their_form()
    {
        var request = await HarrowmereAsync();
        await office.Get<Commands>().RunAsync(new AuditContext(Actor.Resident(null), null, "web-form", Purpose.RespondToRequest, office.Now), c =>
        {
            c.Insert(new AnyDoor.Sharing.Permission
            {
                Id = Guid.CreateVersion7(), HouseholdId = request.HouseholdId, PersonId = request.ApplicantId, ToKind = "school", Purpose = Purpose.Handover, Categories = "IdentityAndContact",
                WhatFor = "For uniform, meals or a laptop", Allowed = false, GivenAt = office.Now, How = "web-form",
            });
            return Task.FromResult<AnyDoor.Common.Result<AnyDoor.Common.Nothing>>(AnyDoor.Common.Nothing.Value);
        }, default);
        var browser = await office.SignedInAsync("nadia");

        var page = await Office.GetAsync(browser, Path(request) + "/pass-on");

        page.QuerySelector("main form")!.TextContent.ShouldContain("Leanne said no about the children’s school");
    }

    [Theory]
    [InlineData("joy"), InlineData("ian"), InlineData("wyn"), InlineData("maren")]
    public async Task For_other_roles_no_page_of_a_request_is_there(string handle)
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync(handle);

        foreach (var path in new[] { "", Crisis, "/pass-on", "/read-back", "/safe-contact", "/permissions", $"/match/{Guid.NewGuid()}", "?handler=Offer" })
        {
            var answer = await browser.GetAsync(Path(request) + path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Harrowmere");
        }
        (await browser.GetAsync($"/staff/households/{request.HouseholdId}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.LooksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_not_allowed_are_one_answer()
    {
        var browser = await office.SignedInAsync("nadia");
        var nothing = await browser.GetAsync("/staff/requests/7K4Q2MXRC");
        var nonsense = await browser.GetAsync("/staff/requests/nonsense");

        (nothing.StatusCode, nonsense.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
        (await Office.ReadAsync(nothing)).QuerySelector("main")!.TextContent.ShouldBe((await Office.ReadAsync(nonsense)).QuerySelector("main")!.TextContent);
    }

    [Fact]
    [Requirement("R-HH-04")]
    public async Task Saving_a_part_keeps_it_says_where_it_came_from_and_leaves_the_rest_alone()
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync("nadia");

        var saved = await SaveAsync(browser, request, "home-and-bills", ("v.home.rent_monthly_pence", "£541.67"), ("v.home.tenure", "housing-association"));

        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await Office.GetAsync(browser, Path(request));
        ((IHtmlInputElement)page.QuerySelector("#f-home-rent-monthly-pence")!).Value.ShouldBe("541.67");
        page.QuerySelector("#s-home-and-bills")!.TextContent.ShouldContain("Said on this call, 10:14am");
        await using var db = office.Database.Open();
        var answers = await db.Set<Answer>().Where(a => a.HouseholdId == request.HouseholdId && a.Origin == "conversation").ToListAsync();
        answers.Select(a => (a.Fact, a.Value, a.PersonId)).OrderBy(a => a.Fact).ShouldBe([("home.rent_monthly_pence", "54167", request.ApplicantId), ("home.tenure", "\"housing-association\"", request.ApplicantId)]);
        (await office.EventsAsync("conversation.saved")).ShouldBe(1);
    }

    [Fact]
    public async Task A_bad_answer_is_said_beside_its_field_and_stays_as_typed()
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync("nadia");

        var page = await Office.ReadAsync(await SaveAsync(browser, request, "home-and-bills", ("v.home.rent_monthly_pence", "about five hundred"), ("v.home.landlord", "Fen Reach")));

        page.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Write an amount in pounds and pence, like 42.50.");
        ((IHtmlInputElement)page.QuerySelector("#f-home-rent-monthly-pence")!).Value.ShouldBe("about five hundred");
        page.Title.ShouldStartWith("Error:");
        (await office.EventsAsync("conversation.saved")).ShouldBe(1, "the other answer is kept");
    }

    [Fact]
    public async Task Two_advisers_in_one_record_see_the_clash_and_choose()
    {
        var request = await HarrowmereAsync();
        var (nadia, tom) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("tom"));
        var shown = await Office.GetAsync(nadia, Path(request));
        await SaveAsync(tom, request, "home-and-bills", ("v.home.landlord", "Somebody else"));

        var page = await Office.ReadAsync(await SaveAsync(nadia, request, "home-and-bills", shown, ("v.home.landlord", "Fen Reach Homes")));

        page.QuerySelector(".any-note--warn")!.TextContent.ShouldContain("Tom Ellerholt saved this household at 10:14am, while you were in it.");
        page.QuerySelector(".any-asks tbody")!.TextContent.ShouldContain("“Somebody else”");
        var fields = page.QuerySelectorAll(".any-asks input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? "")).Append(("c0.keep", "both"));
        (await Office.PostAsync(nadia, Path(request), Path(request) + "?handler=Settle", [.. fields])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        ((IHtmlInputElement)(await Office.GetAsync(nadia, Path(request))).QuerySelector("#f-home-landlord")!).Value.ShouldContain("Somebody else");
    }

    [Fact]
    [Requirement("R-HH-04")]
    public async Task A_choice_that_cannot_be_kept_comes_back_with_both_texts_and_rather_not_say_stays_so()
    {
        var request = await HarrowmereAsync();
        var (nadia, tom) = (await office.SignedInAsync("nadia"), await office.SignedInAsync("tom"));
        var shown = await Office.GetAsync(nadia, Path(request));
        await SaveAsync(tom, request, "home-and-bills", ("v.home.landlord", new string('t', 150)));

        var page = await Office.ReadAsync(await SaveAsync(nadia, request, "home-and-bills", shown, ("v.home.landlord", new string('n', 150))));
        var again = await SettleAsync(page, "both");

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = (await Office.ReadAsync(again)).QuerySelector(".any-asks tbody")!.TextContent;
        text.ShouldContain(new string('t', 150));
        text.ShouldContain(new string('n', 150));

        var third = await Office.GetAsync(nadia, Path(request));
        await SaveAsync(tom, request, "home-and-bills", ("v.home.landlord", "Fen Reach"));
        var rather = await Office.ReadAsync(await SaveAsync(nadia, request, "home-and-bills", third, ("v.home.landlord", "rather-not-say")));
        rather.QuerySelector(".any-asks tbody")!.TextContent.ShouldContain("Would rather not say");
        (await SettleAsync(rather, "mine")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var db = office.Database.Open();
        (await db.Set<AnyDoor.Conversations.Answer>().SingleAsync(a => a.Fact == "home.landlord" && a.ReplacedAt == null)).IsGiven.ShouldBeFalse();

        Task<HttpResponseMessage> SettleAsync(IHtmlDocument clash, string keep) => Office.PostAsync(nadia, Path(request), Path(request) + "?handler=Settle",
            [.. clash.QuerySelectorAll(".any-asks input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? "")).Append(("c0.keep", keep))]);
    }

    [Fact]
    [Requirement("R-APP-02")]
    public async Task Nothing_is_awarded_to_somebody_who_may_not_know_that_a_neighbour_asked()
    {
        var request = await office.ReceiveAsync("Leanne Harrowmere", change: r => r with { ForSomeoneElse = true, PermissionGiven = false, District = "E07000010", HouseholdSize = 3, Needs = ["heating-or-electricity"], Answers = [new NewAnswer("shock.what_changed", "[\"lower-pay\"]")] });
        var browser = await office.SignedInAsync("nadia");
        (string, string)[] fields = [("Key", "k"), ("Amount", "120.00"), ("Reason", "Pay halved"), ("scheme", "crisis-and-resilience-fund")];

        (await Office.GetAsync(browser, Path(request))).QuerySelector("main")!.TextContent.ShouldContain("Somebody else asked for them, and they may not know yet.");
        (await Office.GetAsync(browser, Path(request) + Crisis)).QuerySelector("#Amount").ShouldBeNull();
        var refused = await Office.ReadAsync(await Office.PostAsync(browser, Path(request), Path(request) + Crisis, fields));
        await Office.PostAsync(browser, Path(request), Path(request) + "?handler=Contact", ("way", "phone"), ("outcome", "spoke"));

        refused.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Speak with them first");
        (await Office.GetAsync(browser, Path(request) + Crisis)).QuerySelector("#Amount").ShouldNotBeNull();
        (await Office.GetAsync(browser, Path(request))).QuerySelector("main")!.TextContent.ShouldNotContain("they may not know yet");
    }

    [Fact]
    [Requirement("R-HSF-01"), Requirement("R-HUB-03")]
    public async Task An_award_cites_its_rule_is_made_once_and_its_code_is_shown_once()
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync("nadia");
        var path = Path(request) + Crisis;
        var form = await Office.GetAsync(browser, path);
        form.QuerySelector(".any-said")!.TextContent.ShouldContain("Crisis Payment");
        var amount = ((IHtmlInputElement)form.QuerySelector("#Amount")!).Value;
        var key = form.QuerySelector("input[name=Key]")!.GetAttribute("value")!;
        (string, string)[] fields = [("Key", key), ("Amount", amount), ("Reason", "Pay halved; 84p on the meter"), ("scheme", "crisis-and-resilience-fund")];

        var first = await Office.ReadAsync(await Office.PostAsync(browser, path, path, fields));
        var second = await Office.ReadAsync(await Office.PostAsync(browser, path, path, fields));

        first.QuerySelector(".any-letter")!.TextContent.ShouldContain("Code");
        second.QuerySelector(".any-letter").ShouldBeNull("the code is kept nowhere");
        second.Body!.TextContent.ShouldContain("awarded once only");
        await using var db = office.Database.Open();
        var award = await db.Set<Award>().SingleAsync(a => a.HouseholdId == request.HouseholdId);
        (award.Status, award.RequestId).ShouldBe((AwardStatus.Issued, request.RequestId));
        (await office.EventsAsync("award.made")).ShouldBe(1);
        (await Office.GetAsync(browser, Path(request))).QuerySelector("#agreed")!.TextContent.ShouldContain(award.Amount.ToString());
    }

    [Theory]
    [InlineData("", "Pay halved", "Amount", "Write an amount")]
    [InlineData("9999.00", "Pay halved", "Amount", "more")]
    [InlineData("-5", "Pay halved", "Amount", "Write an amount")]
    [InlineData("65.00", "", "Reason", "Say why, in a sentence")]
    public async Task An_award_that_is_not_right_is_refused_beside_its_field(string amount, string reason, string field, string sentence)
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync("nadia");
        var path = Path(request) + Crisis;

        var page = await Office.ReadAsync(await Office.PostAsync(browser, path, path, ("Key", "one"), ("Amount", amount), ("Reason", reason), ("scheme", "crisis-and-resilience-fund")));

        page.QuerySelector($"#{field}-error")!.TextContent.ShouldContain(sentence);
        (await office.EventsAsync("award.made")).ShouldBe(0);
    }

    [Fact]
    [Requirement("R-DOOR-04")]
    public async Task Passing_on_tells_only_what_was_agreed_and_no_ending_without_contact()
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync("nadia");

        (await Office.ReadAsync(await Office.PostAsync(browser, Path(request), Path(request) + "?handler=Finish", ("how", "helped")))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Nobody has spoken with them yet");
        (await Office.ReadAsync(await Office.PostAsync(browser, Path(request) + "/pass-on", Path(request) + "/pass-on", ("Organisation", "Waterlees Community Pantry"), ("Told", "Leanne would like a food parcel.")))).QuerySelector(".govuk-error-summary").ShouldNotBeNull();
        var passed = await Office.PostAsync(browser, Path(request) + "/pass-on", Path(request) + "/pass-on", ("What", "everything"), ("FormKey", Guid.NewGuid().ToString()), ("Organisation", "Waterlees Community Pantry"), ("Told", "Leanne would like a food parcel."), ("TheyAgreed", "true"));

        passed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var db = office.Database.Open();
        var handover = await db.Set<Handover>().SingleAsync();
        (handover.Told, handover.State, handover.OrganisationId).ShouldBe(("Leanne would like a food parcel.", HandoverState.Sent, (await office.WorkerAsync("joy")).OrganisationId));
        (await office.EventsAsync("handover.sent", request.RequestId)).ShouldBe(1);
    }

    [Fact]
    public async Task The_read_back_has_nothing_that_somebody_else_in_the_home_said()
    {
        var request = await HarrowmereAsync();
        await using (var db = office.Database.Open())
        {
            var darren = (await office.Get<HouseholdReader>().OpenAsync(Sharing.ReadContext.ForWorker(await office.WorkerAsync("nadia"), Purpose.RespondToRequest, "test", "test", office.Now), request.HouseholdId, default))!.Members.Single(m => m.Name.StartsWith("Darren", StringComparison.Ordinal));
            var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.RespondToRequest, office.Now);
            await office.Get<ConversationService>().SaveAsync(who, request.HouseholdId, darren.PersonId, [new AnswerChange("needs.matters_most", "\"Nobody must know where the money goes\""), new AnswerChange("home.rent_missed_months", "7")], default);
        }
        var browser = await office.SignedInAsync("nadia");

        var page = await Office.GetAsync(browser, Path(request) + "/read-back");

        var words = ((IHtmlTextAreaElement)page.QuerySelector("#Words")!).Value;
        words.ShouldContain("pay or hours went down");
        words.ShouldNotContain("Nobody must know");
        words.ShouldNotContain("seven");
        var printed = await Office.ReadAsync(await Office.PostAsync(browser, Path(request) + "/read-back", Path(request) + "/read-back", ("Words", "You said pay went down.")));
        printed.QuerySelector(".any-letter")!.TextContent.ShouldContain("You said pay went down.");
    }

    [Fact]
    [Requirement("R-HUB-04")]
    public async Task Finding_somebody_puts_no_name_in_an_address_and_a_reference_opens_the_request()
    {
        var request = await HarrowmereAsync();
        var browser = await office.SignedInAsync("nadia");

        var found = await Office.PostAsync(browser, "/staff/queue", "/staff/households", ("q", "Harrowmere"));

        (await Office.ReadAsync(found)).QuerySelectorAll("tbody .any-who").Select(e => e.TextContent).ShouldContain("Leanne Harrowmere");
        found.RequestMessage!.RequestUri!.ToString().ShouldNotContain("Harrowmere");
        (await Office.PostAsync(browser, "/staff/queue", "/staff/households", ("q", Common.Reference.Show(request.Reference)))).Headers.Location!.ToString().ShouldBe(Path(request));
        (await Office.GetAsync(browser, $"/staff/households/{request.HouseholdId}")).QuerySelector("h1")!.TextContent.ShouldBe("Harrowmere household");
        (await Office.ReadAsync(await Office.PostAsync(browser, "/staff/queue", "/staff/households", ("q", "a")))).QuerySelector(".govuk-error-summary").ShouldNotBeNull();
    }

    private static async Task<HttpResponseMessage> SaveAsync(HttpClient browser, Received request, string section, params (string Name, string Value)[] typed) =>
        await SaveAsync(browser, request, section, await Office.GetAsync(browser, Path(request)), typed);

    /// <summary>Sends one part's form as a browser would: every field as it was shown, but for what was typed.</summary>
    private static async Task<HttpResponseMessage> SaveAsync(HttpClient browser, Received request, string section, IHtmlDocument shown, params (string Name, string Value)[] typed)
    {
        var form = shown.QuerySelectorAll($"#s-{section} form").OfType<IHtmlFormElement>().Single(f => f.HasAttribute("data-any-keep"));
        var fields = form.Elements.OfType<IHtmlElement>().Select(e => (Name: e.GetAttribute("name") ?? "", Element: e)).Where(e => e.Name.Length > 0 && typed.All(t => t.Name != e.Name))
            .Select(e => (e.Name, Value: e.Element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? box.Value : null,
                IHtmlInputElement input => input.Value, IHtmlTextAreaElement area => area.Value, IHtmlSelectElement select => select.Value, _ => null,
            })).Where(e => e.Value is not null).Select(e => (e.Name, e.Value!)).Concat(typed);
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await browser.PostAsync(form.Action.StartsWith("http", StringComparison.Ordinal) ? new Uri(form.Action).PathAndQuery : Regex.Replace(form.GetAttribute("action")!, "^about://", "", RegexOptions.None, TimeSpan.FromSeconds(1)), content);
    }
}
