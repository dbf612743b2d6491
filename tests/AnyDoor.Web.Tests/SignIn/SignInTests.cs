using System.Net;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using AnyDoor.Web.Tests.Staff;

namespace AnyDoor.Web.Tests.SignIn;

/// <summary>The way in of a live installation: the first link, invitations, password with code, and everything that ends a session.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task The_first_link_makes_one_administrator_and_works_once()
    {
        await using var office = await LiveOffice.OpenAsync();
        var older = await office.FirstLinkAsync();
        var link = await office.FirstLinkAsync();
        (await office.Browser().GetAsync(older)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a newer one ends the older");

        var (browser, _, _) = await office.AcceptAsync(link, "ada@council.example", ("Name", "Ada Fenwick"), ("Organisation", "Fen County Council"));

        (await Office.GetAsync(browser, "/staff/people")).Body!.TextContent.ShouldContain("Ada Fenwick");
        (await office.Browser().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.Get<Invitations>().FirstOfAllAsync(office.Job, default)).ShouldBeNull("there is an administrator");
        (await office.EventsAsync("way-in.made")).ShouldBe(1);
    }

    [Fact]
    public async Task A_live_page_has_no_invented_people_and_nobody_gets_in_by_naming_one()
    {
        await using var office = await LiveOffice.OpenAsync();
        (await Office.GetAsync(office.Browser(), "/staff/sign-in")).Body!.TextContent.ShouldNotContain("Demo");

        (await Office.PostAsync(office.Browser(), "/staff/sign-in", "/staff/sign-in", ("As", "nadia"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Somebody_who_was_invited_makes_a_way_in_and_comes_back_with_it()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (administrator, _, _) = await office.AdministratorAsync();
        var link = await LiveOffice.InviteAsync(administrator, "Noor Pell", "noor@hub.example", "hub-adviser", "Fen hub");

        var (_, key, _) = await office.AcceptAsync(link, "noor@hub.example");
        var browser = office.Browser();
        var answer = await LiveOffice.SignInAsync(browser, " Noor@HUB.example ", LiveOffice.Password, AppCode.Of(key, 1));

        answer.Headers.Location!.OriginalString.ShouldBe("/staff/queue");
        (await browser.GetAsync("/staff/queue")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Office.GetAsync(browser, "/staff/account")).Body!.TextContent.ShouldContain("with a password and code");
    }

    [Fact]
    public async Task A_wrong_password_a_wrong_code_and_nobody_get_one_answer_and_are_counted_alike()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (_, key, _) = await office.AdministratorAsync();
        string Plain(string html) => System.Text.RegularExpressions.Regex.Replace(html, "(value=\"[^\"]*\"|nobody@council.example|ada@council.example)", "");

        var answers = new List<string>();
        foreach (var (email, password, code) in new[] { ("ada@council.example", "wrong wrong wrong wrong", AppCode.Of(key, 1)), ("ada@council.example", LiveOffice.Password, "000000"), ("nobody@council.example", LiveOffice.Password, AppCode.Of(key, 1)) })
        {
            var answer = await LiveOffice.SignInAsync(office.Browser(), email, password, code);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answers.Add(Plain(await answer.Content.ReadAsStringAsync()));
        }
        answers.Distinct().Count().ShouldBe(1);
        answers[0].ShouldContain(Web.SignIn.SignInDesk.DidNotWork);

        foreach (var email in new[] { "ada@council.example", "nobody@council.example" })
        {
            var browser = office.Browser();
            var last = HttpStatusCode.OK;
            for (var i = 0; i < Web.SignIn.SignInDesk.TriesForOne + 1; i++) last = (await LiveOffice.SignInAsync(browser, email, "no", "000000")).StatusCode;
            last.ShouldBe(HttpStatusCode.TooManyRequests, email);
        }
        (await LiveOffice.SignInAsync(office.Browser(), "ada@council.example", LiveOffice.Password, AppCode.Of(key, 1))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests, "also with the right ones, while it waits");
        office.Clock.Advance(TimeSpan.FromMinutes(16));
        (await LiveOffice.SignInAsync(office.Browser(), "ada@council.example", LiveOffice.Password, AppCode.Of(key, 1))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_code_opens_once_and_so_does_a_recovery_code()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (_, key, codes) = await office.AdministratorAsync();
        async Task<HttpStatusCode> TryAsync(string code) => (await LiveOffice.SignInAsync(office.Browser(), "ada@council.example", LiveOffice.Password, code)).StatusCode;

        var code = AppCode.Of(key, 1);
        (await TryAsync(code)).ShouldBe(HttpStatusCode.Redirect);
        (await TryAsync(code)).ShouldBe(HttpStatusCode.OK);
        (await TryAsync(codes[3].ToLowerInvariant())).ShouldBe(HttpStatusCode.Redirect);
        (await TryAsync(codes[3])).ShouldBe(HttpStatusCode.OK);
        (await office.EventsAsync("way-in.recovery-code-used")).ShouldBe(1);
    }

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("aaaaaaaaaaaaaaaa", "different characters")]
    [InlineData("Password1234", "first that somebody would try")]
    public async Task A_weak_password_is_refused_beside_its_field_and_the_link_still_works(string password, string says)
    {
        await using var office = await LiveOffice.OpenAsync();
        var link = await office.FirstLinkAsync();
        var browser = office.Browser();
        var page = await Office.GetAsync(browser, link);
        var key = page.QuerySelector("input[name=AppKey]")!.GetAttribute("value")!;

        var answer = await Office.ReadAsync(await LiveOffice.SendAsync(browser, page, link + "?handler=Password", ("Email", "ada@council.example"), ("Name", "Ada"), ("Organisation", "Fen"), ("Password", password), ("AppKey", key), ("AppCode", AppCode.Of(LiveOffice.KeyOf(page)))));

        answer.QuerySelector("#Password-error")!.TextContent.ShouldContain(says);
        answer.QuerySelector("input[name=AppKey]")!.GetAttribute("value").ShouldBe(key, "the app need not scan again");
        (await office.Browser().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_leaver_is_out_with_the_next_request_and_their_session_does_not_come_back_with_them()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (administrator, _, _) = await office.AdministratorAsync();
        var (noor, _, _) = await office.AcceptAsync(await LiveOffice.InviteAsync(administrator, "Noor Pell", "noor@hub.example", "hub-adviser", "Fen hub"), "noor@hub.example");
        (await noor.GetAsync("/staff/queue")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Office.PostAsync(administrator, "/staff/people/n.pell", "/staff/people/n.pell?handler=Active", ("active", "false"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await noor.GetAsync("/staff/queue")).Headers.Location!.OriginalString.ShouldContain("/staff/sign-in", Case.Sensitive, "F19: at the next request");
        (await Office.PostAsync(administrator, "/staff/people/n.pell", "/staff/people/n.pell?handler=Active", ("active", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await noor.GetAsync("/staff/queue")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "the old session is over for good");
    }

    [Fact]
    public async Task Another_role_is_another_sign_in()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (administrator, _, _) = await office.AdministratorAsync();
        var (ian, key, _) = await office.AcceptAsync(await LiveOffice.InviteAsync(administrator, "Ian Quill", "ian@fin.example", "fund-manager", "Fen finance"), "ian@fin.example");
        (await ian.GetAsync("/staff/funds")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Office.PostAsync(administrator, "/staff/people/i.quill", "/staff/people/i.quill?handler=Role", ("Role", "analyst"));

        (await ian.GetAsync("/staff/funds")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await LiveOffice.SignInAsync(ian, "ian@fin.example", LiveOffice.Password, AppCode.Of(key, 1));
        (await ian.GetAsync("/staff/funds")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_on_every_device()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (first, key, _) = await office.AdministratorAsync();
        var second = office.Browser();
        await LiveOffice.SignInAsync(second, "ada@council.example", LiveOffice.Password, AppCode.Of(key, 1));
        (await second.GetAsync("/staff/people")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Office.PostAsync(first, "/staff/account", "/staff/account?handler=Everywhere");

        (await first.GetAsync("/staff/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await second.GetAsync("/staff/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_signed_out_cookie_that_was_kept_opens_nothing()
    {
        await using var office = await LiveOffice.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(office.Address, "/staff/people"));
        // The cookie as a thief would have it.
        var cookie = await SignedInCookieAsync(office);
        request.Headers.Add("Cookie", cookie.Cookie);
        using var bare = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        (await bare.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Office.PostAsync(cookie.Browser, "/staff/account", "/staff/sign-out");

        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(office.Address, "/staff/people"));
        again.Headers.Add("Cookie", cookie.Cookie);
        (await bare.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Two_hours_of_nothing_or_twelve_in_all_end_a_session_and_an_hour_never_does()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (browser, _, _) = await office.AdministratorAsync();
        for (var hour = 0; hour < 11; hour++)
        {
            office.Clock.Advance(TimeSpan.FromMinutes(61));
            (await browser.GetAsync("/staff/people")).StatusCode.ShouldBe(HttpStatusCode.OK, $"hour {hour}");
        }
        office.Clock.Advance(TimeSpan.FromMinutes(61));
        (await browser.GetAsync("/staff/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "twelve hours in all");
    }

    [Fact]
    public async Task What_is_sent_after_the_session_ran_out_is_kept_for_the_same_worker()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (browser, key, _) = await office.AdministratorAsync();
        var page = await Office.GetAsync(browser, "/staff/people/new");
        office.Clock.Advance(TimeSpan.FromHours(3));

        var late = await LiveOffice.SendAsync(browser, page, "/staff/people/new", ("Name", "Una Marsh"), ("Email", "una@fin.example"), ("Role", "fund-manager"), ("NewOrganisation", "Fen finance"), ("Title", "<b>&\"quoted\""));
        var to = Uri.UnescapeDataString(late.Headers.Location!.OriginalString);
        to.ShouldStartWith("/staff/sign-in?returnUrl=/staff/kept/");
        var kept = to["/staff/sign-in?returnUrl=".Length..];
        (await Office.GetAsync(browser, late.Headers.Location.OriginalString)).Body!.TextContent.ShouldContain("It is kept");

        // Somebody else who signs in there finds nothing of it.
        var (other, otherKey, _) = await office.AcceptAsync("/staff/invitation/" + await InvitedAsync(office), "noor@hub.example");
        (await other.GetAsync(kept)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        otherKey.ShouldNotBe(key);

        var back = await LiveOffice.SignInAsync(browser, "ada@council.example", LiveOffice.Password, AppCode.Of(key, 1), kept);
        back.Headers.Location!.OriginalString.ShouldBe(kept);
        var form = (await Office.GetAsync(browser, kept)).QuerySelector("main form[action='/staff/people/new']")!;
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!)).ToArray();
        fields.ShouldContain(("Title", "<b>&\"quoted\""));
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        var done = await Office.ReadAsync(await browser.PostAsync("/staff/people/new", content));
        done.QuerySelector("#link").ShouldNotBeNull();
        (await Office.GetAsync(browser, "/staff/people")).Body!.TextContent.ShouldContain("Una Marsh");
    }

    [Fact]
    public async Task What_is_sent_after_being_signed_out_or_without_the_cookie_is_not_kept()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (browser, _, _) = await office.AdministratorAsync();
        var page = await Office.GetAsync(browser, "/staff/people/new");
        var fields = new[] { ("Name", "Una Marsh"), ("Email", "una@fin.example") };

        (await LiveOffice.SendAsync(office.Browser(), page, "/staff/people/new", fields)).Headers.Location!.OriginalString.ShouldNotContain("kept", Case.Sensitive, "another browser has no cookie of that session");
        await office.Get<StaffSessions>().EndAllAsync(office.Job, (await office.Get<StaffAccess>().FindAsync("a.fenwick", default))!.WorkerId, default);
        (await LiveOffice.SendAsync(browser, page, "/staff/people/new", fields)).Headers.Location!.OriginalString.ShouldNotContain("kept", Case.Sensitive, "somebody ended that session");
    }

    [Fact]
    public async Task No_password_is_kept_with_a_form_and_no_form_that_makes_a_way_in_is_kept()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (browser, key, _) = await office.AdministratorAsync();
        var page = await Office.GetAsync(browser, "/staff/people/new");
        office.Clock.Advance(TimeSpan.FromHours(3));
        var secrets = new[] { ("Password", "lost marmalade drizzle"), ("appcode", "123456"), ("AppKey", "sealed"), ("Credential", "{}") };

        foreach (var path in new[] { "/staff/account?handler=Password", "/STAFF/Account?handler=Passkey", "/staff/sign-in/council" })
            (await LiveOffice.SendAsync(browser, page, path, secrets)).Headers.Location?.OriginalString.ShouldNotContain("kept", Case.Sensitive, path);
        await using (var db = office.Get<AnyDoor.Data.Database>().Open()) (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(db.Set<KeptForm>())).ShouldBe(0);

        var kept = Uri.UnescapeDataString((await LiveOffice.SendAsync(browser, page, "/staff/people/new", [("Name", "Una Marsh"), .. secrets])).Headers.Location!.OriginalString)["/staff/sign-in?returnUrl=".Length..];
        (await LiveOffice.SignInAsync(browser, "ada@council.example", LiveOffice.Password, AppCode.Of(key, 1), kept)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var again = await Office.GetAsync(browser, kept);
        again.QuerySelectorAll("main form input[type=hidden]").Select(i => i.GetAttribute("name")).Where(n => n != "__RequestVerificationToken").ShouldBe(["Name"]);
    }

    [Fact]
    public async Task Somebody_whose_way_in_a_link_replaced_reads_it_on_their_page_and_the_information_lead_on_theirs()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (administrator, _, _) = await office.AdministratorAsync();
        await office.AcceptAsync(await LiveOffice.InviteAsync(administrator, "Maren Halliwick", "lead@fen.example", "information-lead", "Fen rights"), "lead@fen.example");
        var handle = (await office.Get<People>().AllAsync((await office.Get<StaffAccess>().FindAsync("a.fenwick", default))!, default)).Single(w => w.Role == Role.InformationLead).Handle;
        var link = (await Office.ReadAsync(await Office.PostAsync(administrator, $"/staff/people/{handle}", $"/staff/people/{handle}?handler=Link", ("How", "She rang from her own number")))).QuerySelector("#link")!.TextContent;

        var (maren, _, _) = await office.AcceptAsync(new Uri(link).AbsolutePath, "lead@fen.example");

        (await Office.GetAsync(maren, "/staff/account")).QuerySelector("main")!.TextContent.ShouldContain("by a link that Ada Fenwick made");
        var work = await Office.GetAsync(maren, "/staff/information");
        work.QuerySelector("main")!.TextContent.ShouldContain("Maren Halliwick signs in another way since");
        (await Office.PostAsync(maren, "/staff/information", "/staff/information?handler=Seen", ("notice", work.QuerySelector("input[name=notice]")!.GetAttribute("value")!))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(maren, "/staff/information")).QuerySelector("main")!.TextContent.ShouldNotContain("signs in another way");
        (await Office.GetAsync(administrator, "/staff/account")).QuerySelector("main")!.TextContent.ShouldNotContain("was replaced");
    }

    [Fact]
    public async Task A_way_in_is_changed_only_after_a_new_sign_in()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (browser, key, _) = await office.AdministratorAsync();
        (await Office.GetAsync(browser, "/staff/account")).QuerySelector("form[action*=Codes]").ShouldNotBeNull();
        office.Clock.Advance(TimeSpan.FromMinutes(20));

        (await Office.GetAsync(browser, "/staff/account")).QuerySelector("form[action*=Codes]").ShouldBeNull();
        (await Office.PostAsync(browser, "/staff/account", "/staff/account?handler=Codes")).Headers.Location!.OriginalString.ShouldStartWith("/staff/sign-in");

        await LiveOffice.SignInAsync(browser, "ada@council.example", LiveOffice.Password, AppCode.Of(key, 1), "/staff/account");
        var codes = await Office.ReadAsync(await Office.PostAsync(browser, "/staff/account", "/staff/account?handler=Codes"));
        codes.QuerySelectorAll("#recovery li").Length.ShouldBe(10);
    }

    /// <summary>A worker's own password, changed on their own page together with the app: from then on the old pair opens nothing.</summary>
    [Fact]
    public async Task A_worker_changes_their_own_password_with_their_app_and_the_old_ones_open_nothing()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (browser, old, _) = await office.AdministratorAsync();
        const string Other = "seven quiet herons wade";
        var page = await Office.GetAsync(browser, "/staff/account");
        var key = LiveOffice.KeyOf(page);
        var sealedKey = page.QuerySelector("input[name=AppKey]")!.GetAttribute("value")!;
        var weak = await Office.ReadAsync(await LiveOffice.SendAsync(browser, page, "/staff/account?handler=Password", ("Password", "short"), ("AppKey", sealedKey), ("AppCode", AppCode.Of(key))));
        weak.QuerySelector("#Password-error").ShouldNotBeNull();

        (await LiveOffice.SendAsync(browser, page, "/staff/account?handler=Password", ("Password", Other), ("AppKey", sealedKey), ("AppCode", AppCode.Of(key)))).IsSuccessStatusCode.ShouldBeTrue();

        (await LiveOffice.SignInAsync(office.Browser(), "ada@council.example", LiveOffice.Password, AppCode.Of(old, 1))).StatusCode.ShouldBe(HttpStatusCode.OK, "the old password and app open nothing");
        (await LiveOffice.SignInAsync(office.Browser(), "ada@council.example", Other, AppCode.Of(old, 1))).StatusCode.ShouldBe(HttpStatusCode.OK, "nor the old app with the new password");
        (await LiveOffice.SignInAsync(office.Browser(), "ada@council.example", Other, AppCode.Of(key, 1))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_new_link_ends_the_old_way_in_once_it_is_used()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (administrator, _, _) = await office.AdministratorAsync();
        var (noor, key, _) = await office.AcceptAsync(await LiveOffice.InviteAsync(administrator, "Noor Pell", "noor@hub.example", "hub-adviser", "Fen hub"), "noor@hub.example");
        (await Office.ReadAsync(await Office.PostAsync(administrator, "/staff/people/n.pell", "/staff/people/n.pell?handler=Link", ("How", " ")))).QuerySelector("#How-error").ShouldNotBeNull();
        var made = await Office.ReadAsync(await Office.PostAsync(administrator, "/staff/people/n.pell", "/staff/people/n.pell?handler=Link", ("How", "Rang back on the number we had")));
        (await noor.GetAsync("/staff/queue")).StatusCode.ShouldBe(HttpStatusCode.OK, "until it is used");

        await office.AcceptAsync(new Uri(made.QuerySelector("#link")!.TextContent).AbsolutePath, "noor@hub.example");

        (await noor.GetAsync("/staff/queue")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await LiveOffice.SignInAsync(office.Browser(), "noor@hub.example", LiveOffice.Password, AppCode.Of(key, 1))).StatusCode.ShouldBe(HttpStatusCode.OK, "the old app opens nothing");
    }

    [Fact]
    public async Task A_partners_administrator_looks_after_their_own_and_no_other()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (administrator, _, _) = await office.AdministratorAsync();
        var (sal, _, _) = await office.AcceptAsync(await LiveOffice.InviteAsync(administrator, "Sal Orme", "sal@pantry.example", "partner-administrator", "Fen pantry"), "sal@pantry.example");
        await LiveOffice.InviteAsync(administrator, "Rob Dyke", "rob@school.example", "partner-worker", "Fen school");

        var list = (await Office.GetAsync(sal, "/staff/people")).Body!.TextContent;
        list.ShouldContain("Sal Orme");
        list.ShouldNotContain("Rob Dyke");
        list.ShouldNotContain("Ada Fenwick");
        foreach (var other in new[] { "r.dyke", "a.fenwick", "nobody" }) (await sal.GetAsync($"/staff/people/{other}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, other);
        var token = await Office.PostAsync(sal, "/staff/people/new", "/staff/people/r.dyke?handler=Active", ("active", "false"));
        token.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // Neither another role nor another organisation can be slipped in.
        var refused = await Office.ReadAsync(await Office.PostAsync(sal, "/staff/people/new", "/staff/people/new", ("Name", "Eve Sly"), ("Email", "eve@pantry.example"), ("Role", "administrator"), ("NewOrganisation", "Fen County Council")));
        refused.QuerySelector("#Role-error").ShouldNotBeNull();
        await LiveOffice.InviteAsync(sal, "Kit Hale", "kit@pantry.example", "partner-worker", "Fen County Council");
        (await office.Get<StaffAccess>().FindAsync("k.hale", default))!.OrganisationName.ShouldBe("Fen pantry");
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_shut_out_and_nobody_changes_themselves()
    {
        await using var office = await LiveOffice.OpenAsync();
        var (ada, _, _) = await office.AdministratorAsync();
        var (bo, _, _) = await office.AcceptAsync(await LiveOffice.InviteAsync(ada, "Bo Reed", "bo@council.example", "administrator", "Fen County Council"), "bo@council.example");

        (await Office.ReadAsync(await Office.PostAsync(ada, "/staff/people/a.fenwick", "/staff/people/a.fenwick?handler=Active", ("active", "false")))).Body!.TextContent.ShouldContain("Somebody else changes that for you");
        (await Office.PostAsync(ada, "/staff/people/b.reed", "/staff/people/b.reed?handler=Active", ("active", "false"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await bo.GetAsync("/staff/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var last = await office.Get<AnyDoor.Organisations.People>().SetActiveAsync((await office.Get<StaffAccess>().FindAsync("a.fenwick", default))! with { WorkerId = Guid.NewGuid() }, "a.fenwick", false, office.Job, default);
        last.Refusal!.Code.ShouldBe("last-administrator");
    }

    private static async Task<string> InvitedAsync(LiveOffice office)
    {
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("noor", "Noor Pell", "Fen hub", "hub-adviser", office.Job, default)).Done.ShouldBeTrue();
        return (await office.Get<Invitations>().ByHandleAsync("noor", "noor@hub.example", office.Job, default)).Value!;
    }

    private static async Task<(HttpClient Browser, string Cookie)> SignedInCookieAsync(LiveOffice office)
    {
        var jar = new CookieContainer();
        var browser = new HttpClient(new HttpClientHandler { CookieContainer = jar, AllowAutoRedirect = false }) { BaseAddress = office.Address };
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("adm2", "Bea Lane", "Fen County Council", "administrator", office.Job, default)).Done.ShouldBeTrue();
        var link = "/staff/invitation/" + (await office.Get<Invitations>().ByHandleAsync("adm2", "bea@council.example", office.Job, default)).Value;
        var page = await Office.GetAsync(browser, link);
        var answer = await LiveOffice.SendAsync(browser, page, link + "?handler=Password", ("Email", "bea@council.example"), ("Password", LiveOffice.Password), ("AppKey", page.QuerySelector("input[name=AppKey]")!.GetAttribute("value")!), ("AppCode", AppCode.Of(LiveOffice.KeyOf(page))));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (browser, string.Join("; ", jar.GetCookies(office.Address).Select(c => $"{c.Name}={c.Value}")));
    }
}
