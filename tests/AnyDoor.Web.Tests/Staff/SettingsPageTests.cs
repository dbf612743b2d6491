using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AnyDoor.Organisations;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

public sealed class SettingsPageTests : IAsyncLifetime
{
    private readonly Office office = new();
    private HttpClient edwin = null!;

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        edwin = await office.SignedInAsync("edwin");
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task Everybody_else_finds_no_settings()
    {
        foreach (var handle in new[] { "nadia", "joy", "ian", "maren" })
        {
            var browser = await office.SignedInAsync(handle);
            foreach (var page in new[] { "", "/partnership", "/logo", "/numbers", "/numbers/gas", "/hours", "/access-points", "/access-points/new", "/texts", "/texts/next-contact", "/notices", "/history/hours" })
                (await browser.GetAsync("/staff/settings" + page)).StatusCode.ShouldBe(HttpStatusCode.NotFound, handle + page);
        }
    }

    [Fact]
    public async Task Every_part_opens_and_saves_as_it_is_without_a_change()
    {
        foreach (var page in new[] { "partnership", "numbers/gas", "hours", "access-points/fenland", "texts/request-received", "notices" })
        {
            var form = await Office.GetAsync(edwin, "/staff/settings/" + page);
            var answer = await SubmitAsync("/staff/settings/" + page, form);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, page + (await Office.ReadAsync(answer)).QuerySelector(".govuk-error-summary")?.TextContent);
        }
        (await office.EventsAsync("setting.saved")).ShouldBe(0);
    }

    [Fact]
    public async Task A_change_is_in_every_page_at_once_and_the_history_says_who_and_what()
    {
        var answer = await SubmitAsync("/staff/settings/partnership", await Office.GetAsync(edwin, "/staff/settings/partnership"), ("PartnershipName", "Lantern partnership"), ("Telephone", "0808 157 0777"));

        answer.Headers.Location!.ToString().ShouldBe("/staff/settings?saved=partnership");
        (await Office.GetAsync(edwin, "/staff/settings?saved=partnership")).QuerySelector(".govuk-notification-banner")!.TextContent.ShouldContain("Partnership and contacts: saved, and in use now.");
        var start = await Office.GetAsync(office.Browser(), "/");
        start.QuerySelector(".any-brand")!.TextContent.ShouldContain("Lantern partnership");
        start.QuerySelector(".any-call")!.GetAttribute("href").ShouldBe("tel:08081570777");
        var history = (await Office.GetAsync(edwin, "/staff/settings/history/partnership")).Body!.TextContent;
        history.ShouldContain("edwin");
        history.ShouldContain("Demo county partnership");
        history.ShouldContain("Lantern partnership");
        (await office.EventsAsync("setting.saved")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_what_was_typed_stays()
    {
        var answer = await SubmitAsync("/staff/settings/numbers/gas", await Office.GetAsync(edwin, "/staff/settings/numbers/gas"),
            ("Number", "ring us"), ("Owner", ""), ("ReviewOn.Day", "31"), ("ReviewOn.Month", "2"), ("Note", "A note of mine"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await Office.ReadAsync(answer);
        page.QuerySelector("#Number-error")!.TextContent.ShouldContain("digits and spaces");
        page.QuerySelector("#Owner-error")!.TextContent.ShouldContain("the person who checks the number");
        page.QuerySelector("#ReviewOn-error")!.TextContent.ShouldContain("like 26 2 2027");
        page.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")).ShouldBe(["#Number", "#Owner", "#ReviewOn_Day"]);
        ((IHtmlInputElement)page.QuerySelector("#Note")!).Value.ShouldBe("A note of mine");
        page.Title.ShouldStartWith("Error:");
        (await office.EventsAsync("setting.saved")).ShouldBe(0);
    }

    [Fact]
    public async Task Two_at_one_field_the_second_is_told_and_may_still_put_theirs()
    {
        var (mine, theirs) = (await Office.GetAsync(edwin, "/staff/settings/numbers/gas"), await Office.GetAsync(edwin, "/staff/settings/numbers/gas"));
        (await SubmitAsync("/staff/settings/numbers/gas", theirs, ("Note", "Theirs"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var clash = await Office.ReadAsync(await SubmitAsync("/staff/settings/numbers/gas", mine, ("Note", "Mine")));

        clash.QuerySelector("#Note-error")!.TextContent.ShouldContain("edwin changed this at 10:14am, while you had it open. It is “Theirs” now.");
        ((IHtmlInputElement)clash.QuerySelector("#Note")!).Value.ShouldBe("Mine");
        (await SubmitAsync("/staff/settings/numbers/gas", clash)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await office.Get<SettingsDesk>().CurrentAsync(default)).Crisis("gas")!.Note.ShouldBe("Mine");
    }

    [Fact]
    public async Task A_later_day_waits_and_can_be_taken_back()
    {
        var answer = await SubmitAsync("/staff/settings/hours", await Office.GetAsync(edwin, "/staff/settings/hours"), ("TelephoneOpens", "09:30"), ("From.Day", "1"), ("From.Month", "12"), ("From.Year", "2026"));
        answer.Headers.Location!.ToString().ShouldBe("/staff/settings?saved=hours&from=2026-12-01");
        (await office.Get<SettingsDesk>().CurrentAsync(default)).Hours.Telephone[0].Opens.ShouldBe(new TimeOnly(8, 0));
        (await Office.GetAsync(edwin, "/staff/settings")).Body!.TextContent.ShouldContain("Another version from 1 December 2026");

        var back = await Office.PostAsync(edwin, "/staff/settings/history/hours", "/staff/settings/history/hours?handler=TakeBack", ("starts", "2026-12-01"));

        back.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(edwin, "/staff/settings/history/hours")).Body!.TextContent.ShouldContain("Taken back by edwin");
        (await SubmitAsync("/staff/settings/hours", await Office.GetAsync(edwin, "/staff/settings/hours"), ("From.Day", "1"), ("From.Month", "11"), ("From.Year", "2026"), ("TelephoneOpens", "07:00"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Requirement("R-DOOR-05")]
    public async Task A_number_past_its_check_is_said_to_staff_and_stays_up_for_residents()
    {
        office.Clock.SetUtcNow(new DateTimeOffset(2027, 3, 1, 10, 0, 0, TimeSpan.Zero));

        edwin = await office.SignedInAsync("edwin");
        (await Office.GetAsync(edwin, "/staff/settings")).QuerySelector(".any-note--warn")!.TextContent.ShouldContain("Smell of gas");
        (await Office.GetAsync(edwin, "/staff/imports")).QuerySelector(".any-note--warn")!.TextContent.ShouldContain("See which");
        (await Office.GetAsync(await office.SignedInAsync("nadia"), "/staff/queue")).QuerySelector(".any-note--warn")!.TextContent.ShouldContain("Somebody is checking");
        (await Office.GetAsync(await office.SignedInAsync("ian"), "/staff/funds")).QuerySelector(".any-note--warn").ShouldBeNull();
        (await Office.GetAsync(office.Browser(), "/")).Body!.TextContent.ShouldContain("0808 2000 247");
    }

    [Fact]
    [Requirement("R-DOOR-02")]
    public async Task An_access_point_is_added_and_taken_away()
    {
        var form = await Office.GetAsync(edwin, "/staff/settings/access-points/new");
        var taken = await Office.ReadAsync(await SubmitAsync("/staff/settings/access-points/new", form, ("PointName", "Wisbech desk"), ("Districts", "Fenland"), ("Telephone", "01632 960 555"), ("Owner", "Edwin"), ("ReviewOn.Day", "1"), ("ReviewOn.Month", "6"), ("ReviewOn.Year", "2027")));
        taken.QuerySelector("#Districts-error")!.TextContent.ShouldContain("Fenland belongs to Fenland District Council already");

        (await Office.PostAsync(edwin, "/staff/settings/access-points/fenland", "/staff/settings/access-points/fenland?handler=Remove", ("Version", "0"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await SubmitAsync("/staff/settings/access-points/new", taken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await office.Get<SettingsDesk>().CurrentAsync(default)).AccessPointFor("Fenland")!.Telephone.ShouldBe("01632 960 555");
        (await edwin.GetAsync("/staff/settings/access-points/fenland")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_text_that_names_the_partnership_or_a_gap_that_nothing_fills_is_refused()
    {
        var form = await Office.GetAsync(edwin, "/staff/settings/texts/something-to-read");
        var page = await Office.ReadAsync(await SubmitAsync("/staff/settings/texts/something-to-read", form, ("Tongues[0].Text", "Demo county has news. {linc}"), ("Tongues[1].Text", "Demo county")));

        page.QuerySelector("#Tongues_0__Text-error")!.TextContent.ShouldContain("{linc}");
        page.QuerySelector("#Tongues_1__Text-error")!.TextContent.ShouldContain("somebody else may read this phone");
    }

    [Fact]
    public async Task The_logo_is_served_as_what_it_is_and_a_drawing_with_script_is_not_taken()
    {
        var svg = await UploadAsync("logo.png", "image/png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray());
        (await Office.ReadAsync(svg)).QuerySelector("#Picture-error")!.TextContent.ShouldContain("SVG");
        (await UploadAsync("none.png", "image/png", [])).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await UploadAsync("anything.html", "text/html", Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var browser = office.Browser();
        var shown = (await Office.GetAsync(browser, "/")).QuerySelector(".any-brand img")!;
        shown.GetAttribute("alt").ShouldBe("");
        var picture = await browser.GetAsync(shown.GetAttribute("src"));
        picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        picture.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        picture.Headers.CacheControl!.ToString().ShouldContain("immutable");
        picture.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("object-src 'none'");
        (await browser.GetAsync($"/partnership/logo/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Office.PostAsync(edwin, "/staff/settings/logo", "/staff/settings/logo?handler=Remove")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(browser, "/")).QuerySelector(".any-brand img").ShouldBeNull();
    }

    [Fact]
    public async Task A_logo_that_is_far_too_large_is_said_to_be()
    {
        var answer = await UploadAsync("logo.png", "image/png", new byte[5 * 1024 * 1024]);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(edwin, answer.Headers.Location!.ToString())).QuerySelector("#Picture-error")!.TextContent.ShouldContain("200 KB or less");
    }

    private async Task<HttpResponseMessage> UploadAsync(string name, string type, byte[] bytes)
    {
        var token = (await Office.GetAsync(edwin, "/staff/settings/logo")).QuerySelector("form[enctype] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        content.Add(file, "Picture", name);
        return await edwin.PostAsync("/staff/settings/logo", content);
    }

    /// <summary>Sends the page's own form as it came, with some fields changed: as a browser does.</summary>
    private Task<HttpResponseMessage> SubmitAsync(string path, IHtmlDocument page, params (string Name, string Value)[] changes) => Forms.SubmitAsync(edwin, path, page, changes);

    [Fact]
    [Requirement("R-ISA-01")]
    public async Task What_the_partnership_adds_to_a_door_s_notice_stands_on_that_notice_only()
    {
        var page = await Office.GetAsync(edwin, "/staff/settings/notices");
        var fields = page.QuerySelectorAll("main form[method=post] input, main form[method=post] textarea").Select(e => (Name: e.GetAttribute("name")!, Value: e is IHtmlTextAreaElement area ? area.Value : ((IHtmlInputElement)e).Value)).Where(f => f.Name is not null and not "__RequestVerificationToken" and not "Words[1]");

        var saved = await Office.PostAsync(edwin, "/staff/settings/notices", "/staff/settings/notices", [.. fields, ("Words[1]", "Your controller is the Invented Trust.\n\nIt keeps this for six years.")]);

        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var resident = office.Browser();
        (await Office.GetAsync(resident, "/privacy/partner")).QuerySelector("main")!.TextContent.ShouldContain("It keeps this for six years.");
        (await Office.GetAsync(resident, "/privacy/telephone")).QuerySelector("main")!.TextContent.ShouldNotContain("Invented Trust");
        (await resident.GetAsync("/privacy/other")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_award_letter_is_saved_on_its_page_and_a_letter_that_is_cleared_is_said_beside_its_field()
    {
        const string path = "/staff/settings/texts/award-letter";
        var saved = await SubmitAsync(path, await Office.GetAsync(edwin, path), ("Tongues[0].Letter", "This letter is for {name}.\n\nIt is worth {amount}."));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, (await Office.ReadAsync(saved)).QuerySelector(".govuk-error-summary")?.TextContent);
        (await office.Get<SettingsDesk>().CurrentAsync(default)).Texts.Messages.Single(m => m.Id == "award-letter").Texts["en"].Letter.ShouldBe(["This letter is for {name}.", "It is worth {amount}."]);

        var page = await Office.ReadAsync(await SubmitAsync(path, await Office.GetAsync(edwin, path), ("Tongues[0].Letter", " ")));

        page.QuerySelector("#Tongues_0__Letter-error")!.TextContent.ShouldContain("The English letter cannot be empty");
    }

    [Fact]
    public async Task Parts_that_a_file_left_out_leave_no_page_broken()
    {
        var (desk, who) = (office.Get<SettingsDesk>(), (await office.WorkerAsync("edwin")).For(AnyDoor.Audit.Purpose.Assurance, "test", office.Now));
        var today = DateOnly.FromDateTime(office.Now);
        (await desk.SaveAsync("access_points", """[{"id": "county", "name": "County helpline", "telephone": "01632 960 123", "owner": "Sam Ferrow", "review_on": "2027-02-26"}]""", today, who, default)).Done.ShouldBeTrue();
        (await desk.SaveAsync("notices", """{"privacy": [{"id": "web"}]}""", today, who, default)).Done.ShouldBeTrue();

        foreach (var page in new[] { "", "/access-points", "/access-points/county", "/notices", "/history/notices" }) await Office.GetAsync(edwin, "/staff/settings" + page);
        (await desk.SaveAsync("notices", """{"owner": "Sam Ferrow"}""", today, who, default)).Done.ShouldBeTrue();
        await Office.GetAsync(edwin, "/staff/settings/notices");
        await Office.GetAsync(office.Browser(), "/privacy/web");
        // Without words of the partnership's own in their notice residents' pages are shut, and say so.
        foreach (var page in new[] { "/", "/ask/needs" }) (await office.Browser().GetAsync(page)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }
}
