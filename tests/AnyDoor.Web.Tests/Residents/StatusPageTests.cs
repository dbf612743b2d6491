using System.Net;
using AngleSharp.Html.Dom;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Tests;
using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Pages.Residents;
using AnyDoor.Web.Residents;
using AnyDoor.Web.Tests.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnyDoor.Web.Tests.Residents;

/// <summary>What a resident reads after sending, and what whoever asked for somebody else does not.</summary>
public sealed class StatusPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private static async Task<string> AnswerAsync(HttpClient browser, string page, params (string, string)[] fields) =>
        (await Office.PostAsync(browser, page, page, [.. fields, ("go", "next")])).Headers.Location!.ToString();

    /// <summary>A sent form, with the least that can be said.</summary>
    private async Task<(HttpClient Browser, IHtmlDocument Sent)> SendAsync(bool forSomeoneElse = false, bool safeWay = true)
    {
        var browser = office.Browser();
        var at = await AnswerAsync(browser, forSomeoneElse ? "/ask/needs?for=someone-else" : "/ask/needs", ("needs", "food"));
        for (var i = 0; at != "/ask/check" && i < 25; i++)
            at = at switch
            {
                "/ask/permission" => await AnswerAsync(browser, at, ("knows", "yes"), ("you-are", "Ines Calloway"), ("reach-you", "07700 900555")),
                "/ask/safe-contact" when safeWay => await AnswerAsync(browser, at, ("by", "text"), ("phone-text", "07700 900418")),
                "/ask/about-you" => await AnswerAsync(browser, at, ("name", "Leanne Harrowmere")),
                _ => (await Office.PostAsync(browser, at, at, ("go", "leave"))).Headers.Location?.ToString() ?? await AnswerAsync(browser, at),
            };
        (await Office.PostAsync(browser, "/ask/check", "/ask/check")).Headers.Location!.ToString().ShouldBe("/ask/sent");
        return (browser, await Office.GetAsync(browser, "/ask/sent"));
    }

    private static (string Reference, string Code) Codes(IHtmlDocument sent) => (sent.QuerySelector("#reference")!.TextContent, sent.QuerySelector("#code")!.TextContent);

    private async Task<HttpClient> OpenAsync(string reference, string code)
    {
        var browser = office.Browser();
        (await Office.PostAsync(browser, "/request", "/request", ("Reference", reference), ("Code", code))).Headers.Location!.ToString().ShouldBe("/request/where");
        return browser;
    }

    private static string Words(IHtmlDocument page) => page.QuerySelector("main")!.TextContent;

    [Fact]
    [Requirement("R-APP-02"), Requirement("R-APP-04")]
    public async Task Whoever_asked_for_somebody_else_sees_that_we_have_it_and_can_stop_nothing()
    {
        var (_, sent) = await SendAsync(forSomeoneElse: true);
        var (reference, code) = Codes(sent);
        Words(sent).ShouldContain("it shows that we have the request, and nothing more");
        Words(sent).ShouldContain("A person contacts them");
        var request = reference.Replace(" ", "", StringComparison.Ordinal);
        var nadia = await office.SignedInAsync("nadia");
        var sitting = $"/staff/requests/{request}";
        await Office.PostAsync(nadia, sitting, sitting + "?handler=Claim");
        (await Office.PostAsync(nadia, sitting, sitting + "?handler=Contact", ("way", "phone"), ("outcome", "spoke"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var asker = await OpenAsync(reference, code);
        var where = await Office.GetAsync(asker, "/request/where");

        Words(where).ShouldContain("We cannot tell you more than this");
        Words(where).ShouldContain("Only they can stop it");
        Words(where).ShouldNotContain("Nadia");
        where.QuerySelector(".any-trail").ShouldBeNull();
        where.QuerySelector("a[href='/request/record'], a[href='/request/stop'], #point").ShouldBeNull();
        foreach (var shut in new[] { "/request/record", "/request/stop" }) (await asker.GetAsync(shut)).Headers.Location!.ToString().ShouldBe("/request/where");
        (await Office.PostAsync(asker, "/request/where", "/request/stop")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var db = office.Database.Open();
        (await db.Set<Request>().SingleAsync()).Status.ShouldBe(RequestStatus.Claimed);
    }

    [Fact]
    [Requirement("R-APP-04")]
    public async Task Stopping_asks_once_and_then_stops()
    {
        var (reference, code) = Codes((await SendAsync()).Sent);
        var browser = await OpenAsync(reference, code);
        var where = await Office.GetAsync(browser, "/request/where");
        where.QuerySelectorAll("main form").ShouldHaveSingleItem().GetAttribute("action").ShouldBe("/ask/clear", "nothing on this page stops it at one press");

        var stop = await Office.GetAsync(browser, where.QuerySelector("a[href='/request/stop']")!.GetAttribute("href")!);
        Words(stop).ShouldContain("Stop this request?");
        (await Office.PostAsync(browser, "/request/stop", "/request/stop")).Headers.Location!.ToString().ShouldBe("/request/where");

        Words(await Office.GetAsync(browser, "/request/where")).ShouldContain("This request is stopped");
        (await browser.GetAsync("/request/stop")).Headers.Location!.ToString().ShouldBe("/request/where");
    }

    [Fact]
    public async Task A_sent_form_is_nobodys_any_more_and_its_code_shows_for_ten_minutes()
    {
        var (browser, sent) = await SendAsync();
        sent.QuerySelector("#code").ShouldNotBeNull();

        (await browser.GetAsync("/ask")).Headers.Location!.ToString().ShouldBe("/ask/needs");
        (await Office.GetAsync(browser, "/ask/needs")).QuerySelectorAll("input[checked]").ShouldBeEmpty("nothing of the last form");
        office.Clock.Advance(SentModel.CodeShows);
        var later = await Office.GetAsync(browser, "/ask/sent");
        later.QuerySelector("#code").ShouldBeNull();
        Words(later).ShouldContain("We do not show it again");

        (await AnswerAsync(browser, "/ask/needs", ("needs", "food"))).ShouldBe("/ask/safe-contact");
        (await browser.GetAsync("/ask/sent")).Headers.Location!.ToString().ShouldBe("/ask", "the next person's form has taken its place");
    }

    [Fact]
    public async Task Finishing_clears_the_device()
    {
        var (browser, _) = await SendAsync();

        (await Office.PostAsync(browser, "/ask/sent", "/ask/clear")).Headers.Location!.ToString().ShouldBe("/");

        (await browser.GetAsync("/ask/sent")).Headers.Location!.ToString().ShouldBe("/ask");
    }

    [Fact]
    public async Task Starting_again_asks_first_and_leaves_the_old_answers_to_their_code()
    {
        var browser = office.Browser();
        await Office.PostAsync(browser, "/ask/needs", "/ask/needs", ("needs", "food"), ("go", "save"));
        var saved = await Office.GetAsync(browser, "/ask/saved");
        var code = saved.QuerySelector(".any-ref")!.TextContent;
        saved.QuerySelector("form[action='/ask/clear']").ShouldNotBeNull();
        (await Office.GetAsync(browser, "/ask/needs")).QuerySelector("a[href='/ask/again']").ShouldNotBeNull();

        Words(await Office.GetAsync(browser, "/ask/again")).ShouldContain("Start again?");
        (await Office.PostAsync(browser, "/ask/again", "/ask/again")).Headers.Location!.ToString().ShouldBe("/ask");

        (await Office.GetAsync(browser, "/ask/needs")).QuerySelectorAll("input[checked]").ShouldBeEmpty();
        (await browser.GetAsync("/ask/again")).Headers.Location!.ToString().ShouldBe("/ask");
        (await Office.PostAsync(office.Browser(), "/ask/return", "/ask/return", ("Code", code))).Headers.Location!.ToString().ShouldBe("/ask");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Somebody_without_a_safe_way_is_promised_no_contact(bool forSomeoneElse)
    {
        var (_, sent) = await SendAsync(forSomeoneElse, safeWay: false);
        var (reference, code) = Codes(sent);

        var where = await Office.GetAsync(await OpenAsync(reference, code), "/request/where");

        var whom = forSomeoneElse ? "so we will not contact them" : "so we will not contact you";
        foreach (var page in new[] { sent, where })
        {
            Words(page).ShouldContain(whom);
            Words(page).ShouldNotContain("in the way you chose");
            Words(page).ShouldNotContain("in the way you said");
        }
    }

    [Fact]
    public async Task Each_step_says_in_words_where_it_stands()
    {
        var (reference, code) = Codes((await SendAsync()).Sent);

        var where = await Office.GetAsync(await OpenAsync(reference, code), "/request/where");

        where.QuerySelectorAll(".any-trail__state").Select(s => s.TextContent).ShouldBe(["Done", "Now", "Next", "Next", "Next"]);
        where.QuerySelectorAll("[aria-current=step]").ShouldHaveSingleItem().QuerySelector(".any-trail__state")!.TextContent.ShouldBe("Now");
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task The_access_point_of_their_district_and_its_own_numbers_are_shown()
    {
        var (browser, sent) = await SendAsync();
        var (reference, code) = Codes(sent);
        await SetAsync(r => r.SetProperty(x => x.District, "E07000010"));

        foreach (var page in new[] { await Office.GetAsync(browser, "/ask/sent"), await Office.GetAsync(await OpenAsync(reference, code), "/request/where") })
        {
            var point = page.QuerySelector("#point")!;
            point.TextContent.ShouldContain("Fenland District Council");
            point.QuerySelector("a[href^='tel:']")!.TextContent.ShouldBe("0345 045 5219");
            point.TextContent.ShouldContain("8am to 8pm, every day");
        }
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task Somebody_from_outside_is_told_that_it_is_passed_to_their_council()
    {
        var (browser, _) = await SendAsync();
        await SetAsync(r => r.SetProperty(x => x.District, "E08000035"));

        Words(await Office.GetAsync(browser, "/ask/sent")).ShouldContain("we will pass it to the council where you live");
    }

    [Fact]
    public async Task What_became_of_it_is_said_and_never_as_finished_when_it_is_not()
    {
        var (reference, code) = Codes((await SendAsync()).Sent);
        var browser = await OpenAsync(reference, code);
        async Task<IHtmlDocument> AtAsync(RequestStatus status)
        {
            await SetAsync(r => r.SetProperty(x => x.Status, status));
            return await Office.GetAsync(browser, "/request/where");
        }

        var notReached = await AtAsync(RequestStatus.UnableToReach);
        notReached.QuerySelector(".any-trail").ShouldBeNull();
        Words(notReached).ShouldContain("could not reach you");
        Words(await AtAsync(RequestStatus.HandedOver)).ShouldContain("We asked another organisation to help you");
        Words(await AtAsync(RequestStatus.HandedOverAndAccepted)).ShouldContain("Another organisation has taken this on");
        var helped = await AtAsync(RequestStatus.Helped);
        helped.QuerySelectorAll("[aria-current=step]").ShouldBeEmpty();
        Words(helped).ShouldContain("This request is finished");
        Words(helped).ShouldContain("Ask a different person to look again");
        Words(helped).ShouldNotContain("Sent to you");
    }

    [Theory]
    [InlineData(AwardStatus.Committed, "2026-12-09", "Agreed: £49.00. It is not sent yet.")]
    [InlineData(AwardStatus.Issued, "2026-12-09", "Ready to use until Wednesday 9 December: £49.00.")]
    [InlineData(AwardStatus.Issued, "2026-11-20", "You could use this until Friday 20 November. It has run out.")]
    [InlineData(AwardStatus.Expired, "2026-11-20", "You could use this until Friday 20 November. It has run out.")]
    [InlineData(AwardStatus.Redeemed, "2026-12-09", "Used: £49.00.")]
    [InlineData(AwardStatus.Cancelled, "2026-12-09", "This was cancelled. No money comes from it.")]
    [InlineData(AwardStatus.Returned, "2026-12-09", "This went back to the fund. No money comes from it.")]
    public void An_award_is_told_by_its_state(AwardStatus state, string last, string told)
    {
        using var scope = office.Get<IServiceScopeFactory>().CreateScope();
        var award = new StatusAward("7K4Q 2MXR C", "Crisis payment", new Money(4900), state, DateOnly.Parse(last), new DateOnly(2026, 11, 1));

        var shown = StatusSteps.Of(award, scope.ServiceProvider.GetRequiredService<Texts>(), new Element("b").Text("0808 157 0123"), new DateOnly(2026, 11, 24));

        using var written = new StringWriter();
        shown.WriteTo(written, System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        written.ToString().ShouldStartWith(told);
    }

    [Fact]
    [Requirement("R-ISA-05")]
    public async Task Who_has_looked_is_a_page_of_its_own_by_role_place_day_and_why()
    {
        var (reference, code) = Codes((await SendAsync()).Sent);
        var nadia = await office.SignedInAsync("nadia");
        await Office.GetAsync(nadia, $"/staff/requests/{reference.Replace(" ", "", StringComparison.Ordinal)}");
        await IndexLooksAsync();
        var browser = await OpenAsync(reference, code);
        var where = await Office.GetAsync(browser, "/request/where");
        Words(where).ShouldNotContain("A hub adviser at");

        var record = await Office.GetAsync(browser, where.QuerySelector("a[href='/request/record']")!.GetAttribute("href")!);

        var look = record.QuerySelectorAll("#looks li").ShouldHaveSingleItem().TextContent;
        look.ShouldContain("A hub adviser at County hub");
        look.ShouldContain("24 November 2026. To answer your request.");
        record.QuerySelectorAll("#law li").ShouldHaveSingleItem().TextContent.ShouldBe("To answer you: the council must help people in need. The law calls this a public task.");
        Words(record).ShouldNotContain("Nadia");
    }

    [Fact]
    [Requirement("R-ISA-06")]
    public async Task What_they_ask_of_their_data_is_received_and_the_page_says_so()
    {
        var (reference, code) = Codes((await SendAsync()).Sent);
        var browser = await OpenAsync(reference, code);
        (await Office.GetAsync(browser, "/request/rights")).QuerySelector("[role=status]").ShouldBeNull();

        var sent = await Office.PostAsync(browser, "/request/rights", "/request/rights", ("Kind", "Access"));

        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await Office.GetAsync(browser, sent.Headers.Location!.ToString());
        page.QuerySelector("[role=status]")!.TextContent.ShouldContain("We have it.");
        page.QuerySelectorAll("#own li").ShouldHaveSingleItem().TextContent.ShouldContain("A copy");
    }

    [Fact]
    public void Every_role_and_purpose_has_its_words()
    {
        using var scope = office.Get<IServiceScopeFactory>().CreateScope();
        var (texts, page) = (scope.ServiceProvider.GetRequiredService<Texts>(), new RecordModel(null!, null!, null!, null!));
        foreach (var role in Enum.GetValues<Organisations.Role>())
            foreach (var why in Enum.GetValues<Purpose>())
            {
                var look = new LookShown(default, role, "", why);
                texts.Plain(page.RoleKey(look)).ShouldNotBeEmpty();
                texts.Plain(page.WhyKey(look)).ShouldNotBeEmpty();
                texts.Plain(RecordModel.LawKey(why)).Length.ShouldBeGreaterThan(30);
            }
        texts.Plain(page.RoleKey(new LookShown(default, null, "", Purpose.Assurance, IsSystem: true))).ShouldBe("The computer system");
    }

    [Fact]
    public async Task A_fund_that_closed_early_is_told_on_the_first_page_with_its_keepers_words()
    {
        var scheme = await OpenSchemeAsync();
        Words(await Office.GetAsync(office.Browser(), "/")).ShouldNotContain("This fund has closed");
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.AwardAndPay, office.Now);

        (await office.Get<SchemeService>().CloseAtAsync(who, scheme, office.Now.AddMinutes(-1), "We ran out of money for fridges.", default)).Done.ShouldBeTrue();

        var start = Words(await Office.GetAsync(office.Browser(), "/"));
        start.ShouldContain("We ran out of money for fridges.");
        start.ShouldContain("This fund has closed. Here is what else there is");
    }

    private async Task<string> OpenSchemeAsync()
    {
        await using var db = office.Database.Open();
        var schemes = await office.Get<SchemeBook>().AllAsync(db, default);
        return schemes.First(s => s.Newest.OpenUntil > office.Now).Id;
    }

    private Task SetAsync(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Request>> set) =>
        office.Get<Commands>().RunAsync(new AuditContext(Actor.Job("test"), null, "test", Purpose.RespondToRequest, office.Now), async c =>
        {
            await c.Db.Set<Request>().ExecuteUpdateAsync(set);
            return (Result<Nothing>)Nothing.Value;
        }, default);

    /// <summary>What the sealer does in its own time.</summary>
    private Task IndexLooksAsync() =>
        office.Get<Commands>().RunAsync(new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), async c =>
        {
            var there = await c.Db.Set<ReadSubject>().Select(s => s.ReadEventId).ToListAsync();
            foreach (var look in await c.Db.Set<ReadEvent>().Where(e => !there.Contains(e.Id)).ToListAsync())
                c.Insert(new ReadSubject { SubjectId = new Guid(look.Subjects.AsSpan(0, 16), bigEndian: true), ReadEventId = look.Id });
            return (Result<Nothing>)Nothing.Value;
        }, default);
}
