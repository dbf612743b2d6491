using AnyDoor.Browser.Tests.Harness;
using AnyDoor.Browser.Tests.Sweep;
using AnyDoor.Tests;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Journeys;

/// <summary>J2 and J3: a partner's worker sends, an adviser takes it up, talks, awards, reads back and passes on; each state on the way is looked at.</summary>
public sealed class AdviserTests(Chromium chromium, DemoProduct demo)
{
    [Fact]
    [Requirement("R-SRV-02"), Requirement("R-HUB-03"), Requirement("R-HH-01"), Requirement("R-HH-05")]
    public async Task A_partner_sends_and_an_adviser_ends_it_in_one_sitting()
    {
        var product = await demo.StartedAsync();
        await using var pantry = await chromium.VisitAsync(Visitor.Phone, product);
        var reference = await SendAsync(pantry.Page, "Philippa Thornquist");

        await using var hub = await chromium.VisitAsync(Visitor.Desk, product);
        var page = hub.Page;
        await page.SignInAsync("nadia");
        await page.GotoAsync("/staff/queue");
        var row = page.Locator("tr", new() { HasText = "Philippa Thornquist" });
        await row.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.WaitForURLAsync($"**/staff/requests/{reference}*");
        await LookAsync(page);

        // The conversation: an answer is kept as soon as it is given, and the offer comes up to date beside it.
        await page.Locator("#s-money-in > summary").ClickAsync();
        var saved = page.WaitForResponseAsync(r => r.Request.Method == "POST" && r.Url.Contains("/staff/requests/", StringComparison.Ordinal));
        await page.Locator("#f-shock-what-changed").First.CheckAsync(new() { Force = true });
        await saved;
        await page.Locator("[data-any-saved]:has-text('Last saved')").WaitForAsync();

        // Nobody knows that postcode: the area is written down, and the fund of the area can give.
        await page.GotoAsync($"/staff/requests/{reference}/home");
        await LookAsync(page);
        await page.Locator("#DistrictCode").SelectOptionAsync("E07000010");
        await page.PressAsync("Save");
        await page.WaitForURLAsync($"**/staff/requests/{reference}");

        // The award, with its rule.
        await page.Locator(".any-offer a[href*='/award/']").First.ClickAsync();
        await LookAsync(page);
        await page.PressAsync("Award");
        await page.Locator(".govuk-error-summary").WaitForAsync();
        await LookAsync(page);
        if (await page.Locator("#Amount").InputValueAsync() is "") await page.Locator("#Amount").FillAsync("49.00");
        await page.Locator("#Reason").FillAsync("Nothing to eat until Friday");
        await page.PressAsync("Award");
        await page.GetByText("The letter").First.WaitForAsync();
        await LookAsync(page);

        foreach (var part in new[] { "read-back", "safe-contact", "permissions", "pass-on" })
        {
            await page.GotoAsync($"/staff/requests/{reference}/{part}");
            await LookAsync(page);
        }
        await page.GotoAsync($"/staff/requests/{reference}");
        var over = page.Locator("main a[href^='/staff/households/']");
        var home = await over.First.GetAttributeAsync("href");
        await page.GotoAsync(home!);
        await LookAsync(page);

        hub.Complaints.ShouldBeEmpty();
        pantry.Complaints.ShouldBeEmpty();
    }

    [Fact]
    [Requirement("R-HH-04")]
    public async Task The_network_goes_and_comes_and_a_colleague_writes_too_and_nothing_is_lost()
    {
        var product = await demo.StartedAsync();
        await using var pantry = await chromium.VisitAsync(Visitor.Phone, product);
        var reference = await SendAsync(pantry.Page, "Ambrose Larkinfield");
        await using var hub = await chromium.VisitAsync(Visitor.Desk, product);
        await using var other = await chromium.VisitAsync(Visitor.Desk, product);
        foreach (var (visit, who) in new[] { (hub, "nadia"), (other, "tom") })
        {
            await visit.Page.SignInAsync(who);
            await visit.Page.GotoAsync($"/staff/requests/{reference}");
            await visit.Page.Locator("#s-home-and-bills > summary").ClickAsync();
        }

        await hub.Page.Context.SetOfflineAsync(true);
        await TypeAsync(hub.Page, "Fen Reach Homes");
        await hub.Page.Locator("[data-any-offline]:visible").WaitForAsync();
        await LookAsync(hub.Page);
        await TypeAsync(other.Page, "Somebody else");
        await other.Page.Locator("[data-any-saved]:has-text('Last saved')").WaitForAsync();
        await hub.Page.Context.SetOfflineAsync(false);
        // It tries again by itself as soon as the network is back.
        await hub.Page.Locator("[data-any-clashed]:visible").WaitForAsync();
        await hub.Page.Locator("[data-any-choose]").ClickAsync();
        await hub.Page.GetByText("Choose for each").WaitForAsync();

        var clash = await hub.Page.Locator(".any-asks").InnerTextAsync();
        clash.ShouldContain("Fen Reach Homes");
        clash.ShouldContain("Somebody else");
        await LookAsync(hub.Page);
    }

    private static async Task TypeAsync(IPage page, string landlord)
    {
        await page.Locator("#f-home-landlord").FillAsync(landlord);
        await page.Locator("#f-home-landlord").BlurAsync();
    }

    /// <summary>A partner's worker asks for the person in front of them; an empty form is met on the way. Gives the reference.</summary>
    private static async Task<string> SendAsync(IPage page, string name)
    {
        await page.SignInAsync("joy");
        await page.GotoAsync("/staff/send");
        await page.PressAsync("Send to the hub");
        await page.Locator(".govuk-error-summary").WaitForAsync();
        await LookAsync(page);
        await page.Locator("#FirstName").FillAsync(name.Split(' ')[0]);
        await page.Locator("#LastName").FillAsync(name.Split(' ')[1]);
        await page.Locator("#PostcodeText").FillAsync("PE13 9ZT");
        await page.Locator("#Adults").FillAsync("1");
        await page.Locator("#Children").FillAsync("2");
        await page.ChooseAsync("Need", "food");
        await page.ChooseAsync("HowSoon", "today");
        await page.ChooseAsync("By", "text");
        await page.Locator("#Number").FillAsync("07700 900471");
        await page.ChooseAsync("Heard", "true");
        await page.PressAsync("Send to the hub");
        await page.WaitForURLAsync("**/staff/sent*");
        await LookAsync(page);
        return (await page.Locator(".any-ref, .any-code").First.InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
    }

    private static async Task LookAsync(IPage page) => (await page.WrongAsync()).ShouldBeEmpty();
}
