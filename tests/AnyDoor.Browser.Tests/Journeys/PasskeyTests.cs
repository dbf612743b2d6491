using System.Text.RegularExpressions;
using AnyDoor.Browser.Tests.Harness;
using AnyDoor.Tests;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Journeys;

/// <summary>A live installation's first hour, in a browser with a passkey of its own: the printed link, the first administrator, the first invitation.</summary>
public sealed partial class PasskeyTests(Chromium chromium)
{
    [Fact]
    public async Task The_first_administrator_makes_a_passkey_comes_back_with_it_and_invites_a_colleague_who_has_no_script()
    {
        await using var product = await ProductServer.StartAsync(null, "--no-demo");
        // Said once it serves, which is a moment after it is ready.
        for (var waited = 0; waited < 600 && !Link().IsMatch(product.Output); waited++) await Task.Delay(100);
        var link = Link().Match(product.Output).Value;
        link.ShouldNotBeEmpty(product.Output);
        await using var visit = await chromium.VisitAsync(Visitor.SmallPhone, product);
        var page = visit.Page;
        await AddAuthenticatorAsync(visit);

        await page.GotoAsync(link);
        await LookAsync(page);
        await page.GetByLabel("Your name").FillAsync("Ada Fenwick");
        await page.GetByLabel("Where you work").FillAsync("Fen County Council");
        await page.GetByLabel("Work email").FillAsync("ada@council.example");
        await page.PressAsync("Make a passkey");
        await page.WaitForURLAsync("**/staff/account?made=passkey");
        await LookAsync(page);
        (await page.GetByRole(AriaRole.Main).InnerTextAsync()).ShouldContain("Make a second one on another device");

        await page.PressAsync("Sign out everywhere");
        await page.WaitForURLAsync("**/staff/sign-in");
        await LookAsync(page);
        await page.PressAsync("Use your passkey");
        await page.WaitForURLAsync("**/staff/imports");

        await page.GotoAsync("/staff/people/new");
        await LookAsync(page);
        await page.GetByLabel("Their name").FillAsync("Noor Pell");
        await page.GetByLabel("Their work email").FillAsync("noor@hub.example");
        await page.ChooseAsync("Role", "hub-adviser");
        await page.GetByText("It is not in the list").ClickAsync();
        await page.GetByLabel("Its name").FillAsync("Fen hub");
        await page.PressAsync("Make the invitation");
        var invited = await page.Locator("#link").InnerTextAsync();
        await LookAsync(page);
        await page.GotoAsync("/staff/people/n.pell");
        await LookAsync(page);

        await using var plain = await chromium.VisitAsync(Visitor.SmallPhone with { Script = false }, product);
        await plain.Page.GotoAsync(invited);
        (await plain.Page.GetByRole(AriaRole.Button, new() { Name = "Make a passkey" }).CountAsync()).ShouldBe(0);
        await plain.Page.GetByLabel("Choose a password").FillAsync("marmalade lantern drizzle");
        await plain.Page.Locator("summary").ClickAsync();
        var key = Key().Match(await plain.Page.Locator("details").InnerTextAsync()).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        await plain.Page.GetByLabel("The 6 digits the app shows now").FillAsync(AppCode.Of(key));
        await plain.Page.PressAsync("Sign in with these");
        (await plain.Page.Locator("#recovery li").CountAsync()).ShouldBe(10);
        await plain.Page.GotoAsync("/staff/queue");
        (await plain.Page.HeadingAsync()).ShouldBe("Queue");
    }

    private static async Task LookAsync(IPage page)
    {
        await page.ShouldHaveNoAxeViolationsAsync();
        await page.ShouldNotScrollSidewaysAsync();
    }

    /// <summary>A device with a passkey and a fingerprint that always fits.</summary>
    private static async Task AddAuthenticatorAsync(Visit visit)
    {
        var devtools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
    }

    [GeneratedRegex("/staff/invitation/[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    [GeneratedRegex("into the app: ([A-Z2-7 ]+)")]
    private static partial Regex Key();
}
