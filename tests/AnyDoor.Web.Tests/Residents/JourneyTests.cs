using System.Net;
using AngleSharp.Html.Dom;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Tests;
using AnyDoor.Web.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Residents;

/// <summary>The public form over HTTP, as a browser without script sends it.</summary>
public sealed class JourneyTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private static async Task<string> AnswerAsync(HttpClient browser, string page, params (string, string)[] fields)
    {
        var answer = await Office.PostAsync(browser, page, page, [.. fields, ("go", "next")]);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, page);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<string> LeaveRestAsync(HttpClient browser, string at)
    {
        for (var i = 0; at != "/ask/check" && i < 20; i++)
        {
            var answer = await Office.PostAsync(browser, at, at, ("go", "leave"));
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, at);
            at = answer.Headers.Location!.ToString();
        }
        return at;
    }

    private async Task<HttpClient> AtCheckAsync()
    {
        var browser = office.Browser();
        (await AnswerAsync(browser, "/ask/needs", ("needs", "food"), ("needs", "heating-or-electricity"))).ShouldBe("/ask/safe-contact");
        var at = await AnswerAsync(browser, "/ask/safe-contact", ("by", "text"), ("phone-text", "07700 900418"), ("do-not", "voicemail"));
        at.ShouldBe("/ask/about-you");
        at = await AnswerAsync(browser, at, ("name", "Leanne Harrowmere"), ("born.Day", "14"), ("born.Month", "March"), ("born.Year", "1990"));
        (await LeaveRestAsync(browser, at)).ShouldBe("/ask/check");
        return browser;
    }

    private static async Task<(string Reference, string Code)> SendAsync(HttpClient browser)
    {
        (await Office.PostAsync(browser, "/ask/check", "/ask/check")).Headers.Location!.ToString().ShouldBe("/ask/sent");
        var page = await Office.GetAsync(browser, "/ask/sent");
        return (page.QuerySelector("#reference")!.TextContent, page.QuerySelector("#code")!.TextContent);
    }

    [Fact]
    public async Task A_form_that_cannot_go_yet_says_at_once_what_is_wrong_and_keeps_what_was_typed()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs", ("needs", "food"));
        (await Office.PostAsync(browser, "/ask/safe-contact", "/ask/safe-contact", ("by", "text"), ("phone-text", "0770"), ("go", "next"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var sent = await Office.PostAsync(browser, "/ask/check", "/ask/check");

        sent.Headers.Location!.ToString().ShouldBe("/ask/safe-contact?from=check&settle=yes");
        var page = await Office.GetAsync(browser, sent.Headers.Location.ToString());
        page.QuerySelectorAll(".govuk-error-summary a").Length.ShouldBe(1);
        page.QuerySelectorAll("input").OfType<IHtmlInputElement>().ShouldContain(i => i.Value == "0770");
        (await Office.GetAsync(browser, "/ask/safe-contact?from=check")).QuerySelector(".govuk-error-summary").ShouldBeNull("who comes to change an answer is not told off");
    }

    [Fact]
    public async Task A_question_that_was_left_after_a_wrong_answer_holds_nothing_up_and_is_shown_as_not_read()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs", ("needs", "food"));
        await Office.PostAsync(browser, "/ask/safe-contact", "/ask/safe-contact", ("by", "text"), ("phone-text", "0770"), ("go", "next"));
        (await Office.PostAsync(browser, "/ask/safe-contact", "/ask/safe-contact", ("by", "text"), ("phone-text", "0770"), ("do-not", "phone"), ("go", "leave"))).Headers.Location!.ToString().ShouldBe("/ask/about-you");
        await Office.PostAsync(browser, "/ask/where", "/ask/where", ("postcode", "nowhere"), ("go", "next"));
        await Office.PostAsync(browser, "/ask/where", "/ask/where", ("postcode", "nowhere"), ("go", "leave"));

        var check = (await Office.GetAsync(browser, "/ask/check")).QuerySelector("main")!.TextContent;
        var contact = await Office.GetAsync(browser, "/ask/safe-contact");
        await SendAsync(browser);

        check.ShouldContain("nowhere (we could not read this)");
        check.ShouldContain("Do not ring me");
        contact.QuerySelectorAll("input[type=radio][checked]").ShouldBeEmpty("a choice that was left is taken back");
        contact.QuerySelector("input[value=phone][type=checkbox]")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    [Requirement("R-DA-02")]
    public async Task A_way_and_a_no_to_it_are_said_at_the_box()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs", ("needs", "food"));

        var back = await Office.ReadAsync(await Office.PostAsync(browser, "/ask/safe-contact", "/ask/safe-contact", ("by", "text"), ("phone-text", "07700 900418"), ("do-not", "text"), ("go", "next")));

        back.QuerySelector("#do-not-error")!.TextContent.ShouldContain("You chose texts and “Do not text me”.");
    }

    [Fact]
    public async Task The_language_is_chosen_from_a_list_and_kept()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs", ("needs", "food"));

        var page = await Office.GetAsync(browser, "/ask/time-and-language");
        await AnswerAsync(browser, "/ask/time-and-language", ("language", "pl"));

        page.QuerySelectorAll("select[name=language] option").Select(o => o.GetAttribute("value")).Take(3).ShouldBe(["", "en", "pl"]);
        (await Office.GetAsync(browser, "/ask/time-and-language")).QuerySelector("select[name=language] option[selected]")!.GetAttribute("value").ShouldBe("pl");
        (await Office.GetAsync(browser, "/ask/check")).QuerySelector("main")!.TextContent.ShouldContain("Polski (Polish)");
    }

    [Fact]
    public async Task Every_question_of_the_form_has_the_input_that_its_kind_needs()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs?for=someone-else", ("right-now", "no-heat"), ("needs", "other"), ("needs", "food"));
        await AnswerAsync(browser, "/ask/home", ("tenure", "council"));
        await AnswerAsync(browser, "/ask/who-lives", ("children", "1"));
        foreach (var page in ResidentForm.Current.Pages.Where(p => p.Id != "how-soon"))
        {
            var shown = await Office.GetAsync(browser, $"/ask/{page.Id}");
            foreach (var field in page.Fields)
            {
                var kind = field.Input switch { "radios" => "input[type=radio]", "checkboxes" => "input[type=checkbox]", "textarea" => "textarea", "select" => "select", _ => "input" };
                shown.QuerySelectorAll($"{kind}[name='{field.Id}'], {kind}[name^='{field.Id}-'], {kind}[name='{field.Id}.Day']").ShouldNotBeEmpty($"{page.Id}.{field.Id} is a {field.Input}");
            }
        }
    }

    [Fact]
    [Requirement("R-APP-05")]
    public async Task Not_feeling_safe_in_the_long_list_shows_the_number_first_too()
    {
        var browser = office.Browser();

        (await AnswerAsync(browser, "/ask/needs", ("needs", "not-safe"))).ShouldBe("/ask/now");

        var now = await Office.GetAsync(browser, "/ask/now");
        now.QuerySelectorAll(".any-exits a").Select(a => a.TextContent).ShouldBe(["0808 2000 247", "999"]);
        now.QuerySelector("main")!.TextContent.ShouldContain("for 999, ring 18000");
    }

    [Fact]
    [Requirement("R-APP-06")]
    public async Task The_code_of_a_poster_goes_with_the_request()
    {
        var browser = office.Browser();
        var start = (await Office.GetAsync(browser, "/?c=wis-lib")).QuerySelector(".govuk-button--start")!.GetAttribute("href")!;
        var first = (await browser.GetAsync(start)).Headers.Location!.ToString();
        await AnswerAsync(browser, first, ("right-now", "no-food"));

        first.ShouldBe("/ask/needs?c=WIS-LIB");
        await using var db = office.Database.Open();
        (await db.Set<Request>().SingleAsync()).Campaign.ShouldBe("WIS-LIB");
        (await Office.GetAsync(browser, "/?c=%3Cb%3Ex")).QuerySelector(".govuk-button--start")!.GetAttribute("href").ShouldBe("/ask");
    }

    [Fact]
    public async Task What_is_promised_on_the_form_is_what_the_partnership_promises()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs", ("needs", "food"));

        (await Office.GetAsync(browser, "/ask/safe-contact")).QuerySelector("main")!.TextContent.ShouldContain("within 3 working days, or 5 if you say it is not urgent");
    }

    [Fact]
    [Requirement("R-APP-02")]
    public async Task The_check_page_and_the_numbers_speak_of_the_person_who_is_asked_for()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs?for=someone-else", ("right-now", "not-safe"));
        var now = (await Office.GetAsync(browser, "/ask/now")).QuerySelector("main")!.TextContent;
        await AnswerAsync(browser, "/ask/safe-contact", ("by", "text"), ("phone-text", "07700 900418"), ("phone-is-private-text", "yes"));
        await AnswerAsync(browser, "/ask/permission", ("knows", "yes"), ("you-are", "Ines Calloway, next door"));
        await AnswerAsync(browser, "/ask/sharing", ("doctor", "yes"), ("advice", "not-asked"));

        var check = (await Office.GetAsync(browser, "/ask/check")).QuerySelector("main")!.TextContent;

        now.ShouldContain("They are not safe at home");
        now.ShouldNotContain("You are not safe at home");
        check.ShouldContain("Only they read their messages");
        check.ShouldContain("Their doctor");
        check.ShouldContain("Yes: only what they need from their doctor");
        check.ShouldContain("Ask them later");
        foreach (var wrong in new[] { "Only you read", "Your doctor", "Ask me later", "help you", "tell you first" }) check.ShouldNotContain(wrong);
        var (reference, _) = await SendAsync(browser);
        AnyDoor.Common.Reference.TryParse(reference, out var bare).ShouldBeTrue();
        (await Office.GetAsync(await office.SignedInAsync("nadia"), $"/staff/requests/{bare}")).QuerySelector(".any-house")!.TextContent
            .ShouldContain("Asked for by Ines Calloway, next door: tell them nothing of the household. They know of it, and said it is all right.");
    }

    [Fact]
    public async Task Sharing_says_once_that_the_hub_reads_it()
    {
        var browser = office.Browser();
        await AnswerAsync(browser, "/ask/needs", ("needs", "food"));

        var text = (await Office.GetAsync(browser, "/ask/sharing")).QuerySelector("main")!.TextContent;

        text.Split("That is its job by law").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("/privacy", "the controller", "article 6(1)(e)", "28 days", "have it put right", "Information Commissioner’s Office", "Demo county partnership")]
    [InlineData("/accessibility", "partially compliant", "was prepared on", "axe", "Equality and Human Rights Commission", "Equality Advisory and Support Service", "Regulations 2018")]
    public async Task What_the_law_asks_a_public_page_to_say_stands_there(string page, params string[] said)
    {
        var text = (await Office.GetAsync(office.Browser(), page)).QuerySelector("main")!.TextContent;

        foreach (var words in said) text.ShouldContain(words);
    }

    [Fact]
    [Requirement("R-APP-01")]
    public async Task The_whole_form_is_filled_checked_sent_and_found_again_without_script()
    {
        var start = await Office.GetAsync(office.Browser(), "/");
        start.QuerySelectorAll(".any-exits a").Select(a => a.TextContent).ShouldBe(["999", "0808 2000 247", "0808 157 0123", "0808 157 0123", "0808 800 4444", "116 123"]);
        start.QuerySelector(".govuk-button--start")!.GetAttribute("href").ShouldBe("/ask");

        var browser = await AtCheckAsync();
        var check = await Office.GetAsync(browser, "/ask/check");
        check.Body!.TextContent.ShouldContain("07700 900 418");
        check.Body.TextContent.ShouldContain("Born 14 March 1990");
        check.QuerySelectorAll("[style]").ShouldBeEmpty();
        var (reference, code) = await SendAsync(browser);

        var later = office.Browser();
        (await Office.PostAsync(later, "/request", "/request", ("Reference", reference.ToLowerInvariant()), ("Code", code))).Headers.Location!.ToString().ShouldBe("/request/where");
        var where = await Office.GetAsync(later, "/request/where");
        where.QuerySelector(".any-trail .is-done")!.TextContent.ShouldContain("You asked for help");
        where.Body!.TextContent.ShouldContain(reference);

        await using var db = office.Database.Open();
        var request = await db.Set<Request>().SingleAsync();
        request.PartFilled.ShouldBeFalse();
        (await db.Set<RequestNeed>().Select(n => n.NeedId).OrderBy(n => n).ToListAsync()).ShouldBe(["food", "heating-or-electricity"]);
    }

    [Fact]
    public async Task Pressing_send_twice_sends_once()
    {
        var browser = await AtCheckAsync();
        var token = ((IHtmlInputElement)(await Office.GetAsync(browser, "/ask/check")).QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        Task<HttpResponseMessage> Press() => browser.PostAsync("/ask/check", new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]));

        var pressed = await Task.WhenAll(Press(), Press());

        pressed.ShouldAllBe(p => p.StatusCode == HttpStatusCode.Redirect && p.Headers.Location!.ToString() == "/ask/sent");
        await using var db = office.Database.Open();
        (await db.Set<Request>().CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_urgent_answer_shows_the_numbers_first_and_waits_in_the_queue_as_do_not_contact_first()
    {
        var browser = office.Browser();

        (await AnswerAsync(browser, "/ask/needs", ("right-now", "not-safe"))).ShouldBe("/ask/now");

        var now = await Office.GetAsync(browser, "/ask/now");
        now.QuerySelectorAll(".any-exits a").Select(a => a.TextContent).ShouldBe(["0808 2000 247", "999"]);
        now.QuerySelectorAll("a.govuk-button").Last().GetAttribute("href").ShouldBe("/ask/safe-contact");
        await using var db = office.Database.Open();
        var request = await db.Set<Request>().SingleAsync();
        (request.PartFilled, request.Urgency, request.Status).ShouldBe((true, Urgency.Today, RequestStatus.Waiting));
        (await db.Database.SqlQuery<string>($"SELECT \"by\" AS \"Value\" FROM safe_contact").SingleAsync()).ShouldBe(nameof(ContactWay.DoNotContactFirst));
    }

    [Theory]
    [InlineData("/ask/needs", "needs", "", "Choose at least one thing, or ring us and tell us")]
    [InlineData("/ask/safe-contact", "by", "", "Choose how we can reach you, or leave this question and ring us instead")]
    [InlineData("/ask/safe-contact", "phone-phone", "12", "Enter a phone number, like 07700 900123, or choose another way")]
    [InlineData("/ask/about-you", "name", "", "Enter a name we can call you by")]
    [InlineData("/ask/where", "postcode", "nowhere", "That does not look like a postcode. Check it, or choose “I have no fixed address”")]
    [InlineData("/ask/who-lives", "adults", "two", "Enter a number, like 2")]
    public async Task An_answer_that_does_not_read_is_kept_and_said_once_in_the_summary_and_at_its_field(string page, string field, string typed, string error)
    {
        var browser = office.Browser();
        if (page != "/ask/needs") await AnswerAsync(browser, "/ask/needs", ("needs", "food"));
        (string, string)[] fields = field == "phone-phone" ? [("by", "phone"), (field, typed)] : [(field, typed)];

        var back = await Office.ReadAsync(await Office.PostAsync(browser, page, page, [.. fields, ("go", "next")]));

        back.Title!.ShouldStartWith("Error: ");
        var link = back.QuerySelectorAll(".govuk-error-summary__list a").ShouldHaveSingleItem();
        link.TextContent.ShouldBe(error);
        back.QuerySelector(link.GetAttribute("href")!).ShouldNotBeNull();
        back.QuerySelectorAll(".govuk-error-message").ShouldHaveSingleItem();
        if (typed.Length > 0) back.QuerySelector($"input[name='{field}']")!.GetAttribute("value").ShouldBe(typed);
    }

    [Fact]
    public async Task A_wrong_code_and_a_reference_of_nothing_get_the_same_answer_and_five_tries_wait()
    {
        var (reference, code) = await SendAsync(await AtCheckAsync());
        async Task<string> TryAsync(string r, string c) =>
            (await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/request", "/request", ("Reference", r), ("Code", c)))).QuerySelector(".govuk-error-summary__list")!.TextContent.Trim();

        (await TryAsync(reference, "0000 0000")).ShouldBe(await TryAsync("7K4Q 2MXR C", "0000 0000"));

        for (var i = 0; i < 4; i++) await TryAsync(reference, "0000 0000");
        (await TryAsync(reference, code)).ShouldContain("Please wait 15 minutes");
    }

    [Fact]
    public async Task Saving_gives_a_code_that_opens_the_answers_elsewhere_and_leaving_quickly_ends_the_visit_on_the_server()
    {
        var browser = office.Browser();
        (await Office.PostAsync(browser, "/ask/needs", "/ask/needs", ("needs", "food"), ("go", "save"))).Headers.Location!.ToString().ShouldBe("/ask/saved");
        var code = (await Office.GetAsync(browser, "/ask/saved")).QuerySelector(".any-ref")!.TextContent;
        var elsewhere = office.Browser();
        var opened = await Office.PostAsync(elsewhere, "/ask/return", "/ask/return", ("Code", code));
        opened.Headers.Location!.ToString().ShouldBe("/ask");
        var cookie = opened.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("anydoor-visit=", StringComparison.Ordinal)).Split(';')[0];
        (await Office.GetAsync(elsewhere, "/ask/needs")).QuerySelector("input[value=food]")!.HasAttribute("checked").ShouldBeTrue();

        (await elsewhere.GetAsync("/leave")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var copied = office.Browser();
        copied.DefaultRequestHeaders.Add("Cookie", cookie);
        (await copied.GetAsync("/ask/saved")).Headers.Location!.ToString().ShouldBe("/ask");
    }

    [Fact]
    [Requirement("R-APP-02")]
    public async Task Whoever_asks_for_somebody_else_is_asked_about_them_and_not_about_themselves()
    {
        var browser = office.Browser();
        var first = await Office.GetAsync(browser, "/ask/needs?for=someone-else");
        await Office.PostAsync(browser, "/ask/needs?for=someone-else", "/ask/needs?for=someone-else", ("needs", "food"));

        var reach = await Office.GetAsync(browser, "/ask/safe-contact");

        first.QuerySelector("h1")!.TextContent.ShouldContain("What do they need help with today?");
        var text = reach.QuerySelector("main")!.TextContent;
        text.ShouldContain("Are they the only one who can read their messages?");
        text.ShouldContain("Do not ring them");
        text.ShouldNotContain("Do not ring me");
        var own = await Office.GetAsync(office.Browser(), "/ask/needs");
        own.QuerySelector("main")!.TextContent.ShouldContain("I do not feel safe at home");
        // A language that has no wording for it has its own plain one.
        (await Office.GetAsync(browser, "/ask/safe-contact?lang=pl")).QuerySelectorAll("h1").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_door_of_a_privacy_notice_is_in_its_path_and_nothing_else_changes_it()
    {
        var browser = office.Browser();
        var own = (await Office.GetAsync(browser, "/privacy")).QuerySelector("main")!.TextContent;

        (await Office.GetAsync(browser, "/privacy?door=x")).QuerySelector("main")!.TextContent.ShouldBe(own);
        (await Office.GetAsync(browser, "/privacy/partner")).QuerySelector("main")!.TextContent.ShouldNotBe(own);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ask/needs")]
    [InlineData("/ask/needs?for=someone-else")]
    [InlineData("/ask/return")]
    [InlineData("/request")]
    [InlineData("/accessibility")]
    [InlineData("/privacy")]
    [InlineData("/privacy/partner")]
    [InlineData("/privacy/telephone")]
    [InlineData("/privacy/form-export")]
    [InlineData("/cookies")]
    [InlineData("/complaints")]
    [InlineData("/contact")]
    public async Task Every_open_page_shows_in_English_and_in_a_language_from_the_right(string page)
    {
        foreach (var language in new[] { "en", "ur", "pl" })
        {
            var shown = await Office.GetAsync(office.Browser(), $"{page}{(page.Contains('?') ? '&' : '?')}lang={language}");
            shown.QuerySelectorAll("h1").ShouldHaveSingleItem();
            shown.QuerySelectorAll("[style]").ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("pl", "Pytania są na razie po angielsku."), InlineData("ur", "سوالات فی الحال انگریزی میں ہیں۔"), InlineData("en", null)]
    public async Task A_question_that_is_not_yet_in_the_chosen_language_says_so_in_it_with_the_number_to_ring(string language, string? says)
    {
        var main = (await Office.GetAsync(office.Browser(), $"/ask/needs?lang={language}")).QuerySelector("main")!;

        if (says is null) main.TextContent.ShouldNotContain("are in English");
        else main.QuerySelector(".any-note:has(a[href^='tel:'])")!.TextContent.ShouldContain(says);
    }
}
