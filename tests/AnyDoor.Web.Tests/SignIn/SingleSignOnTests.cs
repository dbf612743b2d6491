using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AnyDoor.Organisations;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Tests.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnyDoor.Web.Tests.SignIn;

/// <summary>The council's own sign-in, against a provider on this machine that keeps to the protocol: it checks the client, the redirect, the one-time code and PKCE.</summary>
public sealed class SingleSignOnTests : IAsyncLifetime
{
    private const string Secret = "client-secret-of-the-test";
    private readonly ConcurrentDictionary<string, (string Challenge, string Redirect, string Subject)> codes = new();
    private readonly ConcurrentDictionary<string, string> tokens = new();
    private readonly string secretFile = Path.GetTempFileName();
    private WebApplication provider = null!;
    private LiveOffice office = null!;

    /// <summary>Who signs in there next.</summary>
    private string Subject { get; set; } = "council-7";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        provider = builder.Build();
        provider.MapGet("/authorize", (HttpRequest ask) =>
        {
            var q = ask.Query;
            if (q["response_type"] != "code" || q["client_id"] != "anydoor" || q["code_challenge_method"] != "S256" || q["state"].Count == 0) return Results.BadRequest();
            var code = Guid.NewGuid().ToString("N");
            codes[code] = (q["code_challenge"].ToString(), q["redirect_uri"].ToString(), Subject);
            return Results.Redirect($"{q["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(q["state"].ToString())}");
        });
        provider.MapPost("/token", async (HttpRequest ask) =>
        {
            var form = await ask.ReadFormAsync();
            if (!codes.TryRemove(form["code"].ToString(), out var given) || form["client_id"] != "anydoor" || form["client_secret"] != Secret || form["redirect_uri"] != given.Redirect) return Results.BadRequest(new { error = "invalid_grant" });
            var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
            if (challenge != given.Challenge) return Results.BadRequest(new { error = "invalid_grant" });
            var token = Guid.NewGuid().ToString("N");
            tokens[token] = given.Subject;
            return Results.Json(new { access_token = token, token_type = "Bearer", expires_in = 300 });
        });
        provider.MapGet("/userinfo", (HttpRequest ask) => tokens.TryGetValue(ask.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal), out var subject)
            ? Results.Json(new { sub = subject, email = "somebody@elsewhere.example" }) : Results.Unauthorized());
        await provider.StartAsync();
        await File.WriteAllTextAsync(secretFile, Secret + "\n");
        var at = provider.Urls.First();
        office = await LiveOffice.OpenAsync(new SingleSignOn("Fen account", $"{at}/authorize", $"{at}/token", $"{at}/userinfo", "anydoor", secretFile, "openid profile email"), TimeProvider.System.GetUtcNow()); // the framework's cookie of a few minutes is timed for the browser's own clock
    }

    public async ValueTask DisposeAsync()
    {
        await office.DisposeAsync();
        await provider.DisposeAsync();
        File.Delete(secretFile);
    }

    [Fact]
    public async Task An_invitation_links_a_council_account_once_and_it_is_the_way_in_from_then_on()
    {
        var (administrator, _, _) = await office.AdministratorAsync();
        var link = await LiveOffice.InviteAsync(administrator, "Noor Pell", "noor@hub.example", "hub-adviser", "Fen hub");
        var browser = office.Browser();
        var page = await Office.GetAsync(browser, link);

        var last = await FollowAsync(browser, await LiveOffice.SendAsync(browser, page, link + "?handler=Council", ("Email", "noor@hub.example")));
        last.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Office.ReadAsync(last)).QuerySelector("meta[http-equiv=refresh]")!.GetAttribute("content")!.ShouldEndWith("/staff/queue");
        (await browser.GetAsync("/staff/queue")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await office.Browser().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "the link is used");

        var again = office.Browser();
        var back = await FollowAsync(again, await Office.PostAsync(again, "/staff/sign-in", "/staff/sign-in?handler=Council", ("ReturnUrl", "/staff/account")));
        (await Office.ReadAsync(back)).QuerySelector("main a")!.GetAttribute("href").ShouldBe("/staff/account");
        (await Office.GetAsync(again, "/staff/account")).Body!.TextContent.ShouldContain("with your council account");
    }

    [Fact]
    public async Task Whoever_has_no_invitation_does_not_get_in_whatever_their_email_says()
    {
        await office.AdministratorAsync();
        Subject = "stranger";
        var browser = office.Browser();

        var last = await FollowAsync(browser, await Office.PostAsync(browser, "/staff/sign-in", "/staff/sign-in?handler=Council"));

        last.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/staff/sign-in?failed=council");
        (await Office.ReadAsync(last)).Body!.TextContent.ShouldContain("Nobody who works here signs in with that council account yet");
        (await browser.GetAsync("/staff/people")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_disabled_worker_does_not_come_back_in_by_the_council()
    {
        var (administrator, _, _) = await office.AdministratorAsync();
        var link = await LiveOffice.InviteAsync(administrator, "Noor Pell", "noor@hub.example", "hub-adviser", "Fen hub");
        var browser = office.Browser();
        await FollowAsync(browser, await LiveOffice.SendAsync(browser, await Office.GetAsync(browser, link), link + "?handler=Council", ("Email", "noor@hub.example")));
        await Office.PostAsync(administrator, "/staff/people/n.pell", "/staff/people/n.pell?handler=Active", ("active", "false"));

        var last = await FollowAsync(browser, await Office.PostAsync(browser, "/staff/sign-in", "/staff/sign-in?handler=Council"));

        last.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/staff/sign-in?failed=council");
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_and_one_with_another_state_open_nothing()
    {
        var browser = office.Browser();
        foreach (var answer in new[] { "/staff/sign-in/answer?code=made-up&state=made-up", "/staff/sign-in/answer?error=access_denied&state=x", "/staff/sign-in/council", "/staff/sign-in/council?go=https://evil.example" })
        {
            var said = await browser.GetAsync(answer);
            said.StatusCode.ShouldBe(HttpStatusCode.Redirect, answer);
            said.Headers.Location!.OriginalString.ShouldContain("/staff/sign-in?failed=council", Case.Sensitive, answer);
        }
    }

    [Theory]
    [InlineData("ANYDOOR_SSO_TOKEN", null, "ANYDOOR_SSO_TOKEN is not set")]
    [InlineData("ANYDOOR_SSO_USERINFO", "http://login.example/userinfo", "must be an https address")]
    [InlineData("ANYDOOR_SSO_SECRET_FILE", "/nowhere/at/all", "names no file")]
    public void Half_a_setting_is_said_at_the_start(string name, string? value, string says)
    {
        var set = new Dictionary<string, string?> { ["ANYDOOR_SSO_AUTHORIZE"] = "https://login.example/a", ["ANYDOOR_SSO_TOKEN"] = "https://login.example/t", ["ANYDOOR_SSO_USERINFO"] = "https://login.example/u", ["ANYDOOR_SSO_CLIENT"] = "anydoor", ["ANYDOOR_SSO_SECRET_FILE"] = secretFile, [name] = value };

        Should.Throw<InvalidOperationException>(() => SingleSignOn.Read(set.GetValueOrDefault)).Message.ShouldContain(says);
        SingleSignOn.Read(_ => null).ShouldBeNull();
    }

    /// <summary>As a browser follows, across both sites, to the page that stays.</summary>
    private static async Task<HttpResponseMessage> FollowAsync(HttpClient browser, HttpResponseMessage answer)
    {
        var here = answer.RequestMessage!.RequestUri!.Authority;
        for (var hops = 0; hops < 12; hops++)
        {
            if (answer.StatusCode is HttpStatusCode.Redirect)
            {
                // A form of ours ends on a page of ours: Chromium holds form-action against every redirect too.
                if (answer.RequestMessage!.Method == HttpMethod.Post) new Uri(answer.RequestMessage.RequestUri!, answer.Headers.Location!).Authority.ShouldBe(here);
                answer = await browser.GetAsync(new Uri(answer.RequestMessage.RequestUri!, answer.Headers.Location!));
            }
            else if (answer.RequestMessage!.RequestUri!.Query.StartsWith("?go=", StringComparison.Ordinal)) answer = await browser.GetAsync((await Office.ReadAsync(answer)).QuerySelector("main a")!.GetAttribute("href"));
            else break;
        }
        return answer;
    }
}
