using System.Text.RegularExpressions;
using AnyDoor.Browser.Tests.Harness;
using AnyDoor.Tests;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Journeys;

/// <summary>J1: a resident asks on a phone, with script and without; every page on the way is checked as it is met.</summary>
public sealed partial class ResidentTests(Chromium chromium, DemoProduct demo)
{
    [Theory, InlineData(true), InlineData(false)]
    [Requirement("R-APP-01"), Requirement("R-APP-04"), Requirement("R-APP-05"), Requirement("R-DOOR-01")]
    public async Task Asks_in_a_crisis_saves_comes_back_sends_and_sees_where_it_is(bool script)
    {
        var product = await demo.StartedAsync();
        await using var visit = await chromium.VisitAsync(Visitor.Phone with { Script = script }, product);
        var page = visit.Page;

        await page.GotoAsync("/");
        (await page.Locator("main a[href^='tel:']").First.IsVisibleAsync()).ShouldBeTrue("numbers to ring come before any form");
        await page.Locator("main a[href='/ask']").First.ClickAsync();
        await page.PressAsync("Continue");
        await page.Locator(".govuk-error-summary").WaitForAsync();
        await SoundAsync(page, script);
        await page.ChooseAsync("right-now", "no-heat");
        await page.ChooseAsync("needs", "heating-or-electricity");
        await page.ChooseAsync("needs", "food");
        await page.PressAsync("Continue");
        (await page.Locator("main a[href^='tel:']").CountAsync()).ShouldBeGreaterThan(0, "a crisis shows whom to ring first");
        await SoundAsync(page, script);
        await page.GetByText("Carry on and tell us how to reach you").First.ClickAsync();

        page.Url.ShouldEndWith("/ask/safe-contact", Case.Sensitive, "safe contact is the second question");
        await page.ChooseAsync("by", "text");
        await page.Locator("input[name=phone-text]").FillAsync("07700 900418");
        await page.ChooseAsync("do-not", "voicemail");
        await SoundAsync(page, script);
        await page.PressAsync("Save and come back later");
        var code = Code().Match(await page.Locator("main").InnerTextAsync()).Value;
        code.ShouldNotBeEmpty();
        await SoundAsync(page, script);

        await using var later = await chromium.VisitAsync(Visitor.Phone with { Script = script }, product);
        var back = later.Page;
        await back.GotoAsync("/ask/return");
        await back.Locator("main input:not([type=hidden])").First.FillAsync("AAAA AAAA A");
        await back.Locator("main form button").First.ClickAsync();
        await back.Locator(".govuk-error-summary").WaitForAsync();
        await SoundAsync(back, script);
        await back.Locator("main input:not([type=hidden])").First.FillAsync(code);
        await back.Locator("main form button").First.ClickAsync();
        await back.WaitForURLAsync(url => !url.Contains("/ask/return", StringComparison.Ordinal));
        await AnswerTheRestAsync(back, script);

        (await back.HeadingAsync()).ShouldContain("Check");
        (await back.Locator("main").InnerTextAsync()).ShouldContain("07700 900 418");
        await SoundAsync(back, script);
        await back.GotoAsync("/ask/again");
        (await back.HeadingAsync()).ShouldContain("Start again?");
        await SoundAsync(back, script);
        await back.GotoAsync("/ask/check");
        await back.PressAsync("Send");
        await back.WaitForURLAsync("**/ask/sent*");
        await SoundAsync(back, script);
        var sent = await back.Locator("main").InnerTextAsync();
        var reference = await back.Locator(".any-ref, .any-code").First.InnerTextAsync();
        reference.ShouldMatch("^[0-9A-Z ]{9,13}$");
        sent.ShouldNotContain("Winter Support");

        var secret = await back.Locator("#code").InnerTextAsync();

        await back.GotoAsync("/request");
        await back.Locator("#Reference").FillAsync(reference);
        await back.Locator("#Code").FillAsync("AAAA AAAA A");
        await back.PressAsync("Continue");
        await back.Locator(".govuk-error-summary").WaitForAsync();
        await SoundAsync(back, script);
        await back.Locator("#Reference").FillAsync(reference);
        await back.Locator("#Code").FillAsync(secret);
        await back.PressAsync("Continue");
        await back.Locator(".any-trail").WaitForAsync();
        (await back.Locator("main").InnerTextAsync()).ShouldContain(reference);
        await SoundAsync(back, script);
        foreach (var further in new[] { "/request/record", "/request/stop" })
        {
            await back.Locator($"main a[href='{further}']").ClickAsync();
            await back.WaitForURLAsync($"**{further}");
            await SoundAsync(back, script);
            await back.Locator(".govuk-back-link").ClickAsync();
            await back.Locator(".any-trail").WaitForAsync();
        }
        await back.PressAsync("Finish and clear this device");
        await back.GotoAsync("/request/where");
        back.Url.ShouldEndWith("/request", Case.Sensitive, "the device is clear");
        visit.Complaints.ShouldBeEmpty();
        later.Complaints.ShouldBeEmpty();
    }

    [Fact]
    [Requirement("R-APP-02")]
    public async Task A_neighbour_asks_and_the_adviser_sees_who_it_was_and_that_nothing_is_awarded_yet()
    {
        var product = await demo.StartedAsync();
        await using var visit = await chromium.VisitAsync(Visitor.Phone, product);
        var page = visit.Page;
        await page.GotoAsync("/");
        await page.GetByText("Ask for someone else").First.ClickAsync();
        for (var i = 0; i < 25 && !page.Url.Contains("/ask/check", StringComparison.Ordinal); i++)
        {
            switch (Step(page))
            {
                case "needs":
                    await page.ChooseAsync("needs", "food");
                    await page.PressAsync("Continue");
                    break;
                case "permission":
                    await page.ChooseAsync("knows", "not-yet");
                    await page.Locator("input[name=you-are]").FillAsync("Ines Calloway, next door");
                    await page.Locator("input[name=reach-you]").FillAsync("07700 900555");
                    await SoundAsync(page, script: true);
                    await page.PressAsync("Continue");
                    break;
                case "about-you":
                    await page.Locator("input[name=name]").FillAsync("Bertram Quillhaven");
                    await page.PressAsync("Continue");
                    break;
                case "safe-contact":
                    await page.ChooseAsync("by", "phone");
                    await page.Locator("input[name=phone-phone]").FillAsync("07700 900556");
                    await page.PressAsync("Continue");
                    break;
                case "where":
                    await page.Locator("input[name=postcode]").FillAsync("PE13 9ZT");
                    await page.PressAsync("Continue");
                    break;
                default:
                    await LeaveAsync(page);
                    break;
            }
        }
        await page.PressAsync("Send");
        await page.WaitForURLAsync("**/ask/sent*");
        var reference = (await page.Locator(".any-ref, .any-code").First.InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        var code = await page.Locator("#code").InnerTextAsync();
        await SoundAsync(page, script: true);
        await page.GotoAsync("/request");
        await page.Locator("#Reference").FillAsync(reference);
        await page.Locator("#Code").FillAsync(code);
        await page.PressAsync("Continue");
        await page.WaitForURLAsync("**/request/where");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("We cannot tell you more than this");
        await SoundAsync(page, script: true);

        await using var desk = await chromium.VisitAsync(Visitor.Desk, product);
        await desk.Page.SignInAsync("nadia");
        await desk.Page.GotoAsync($"/staff/requests/{reference}");

        var shown = await desk.Page.Locator("main").InnerTextAsync();
        shown.ShouldContain("Asked for by Ines Calloway, next door, 07700 900555");
        shown.ShouldContain("they may not know yet");
        await desk.Page.ShouldHaveNoAxeViolationsAsync();
    }

    [Fact]
    public async Task The_crisis_exits_and_the_leave_button_work_and_back_and_sending_twice_lose_nothing()
    {
        var product = await demo.StartedAsync();
        await using var visit = await chromium.VisitAsync(Visitor.Phone, product);
        var page = visit.Page;
        await page.GotoAsync("/ask/needs");
        if (!page.Url.EndsWith("/ask/needs", StringComparison.Ordinal))
        {
            await page.GotoAsync("/");
            await page.Locator("main a[href='/ask']").First.ClickAsync();
        }
        await page.ChooseAsync("needs", "food");
        await page.PressAsync("Continue");
        await page.WaitForURLAsync("**/ask/safe-contact");

        await page.GoBackAsync();
        (await page.Locator("main input[name=needs][value=food]").IsCheckedAsync()).ShouldBeTrue("what was chosen is there after the browser's Back");
        await page.PressAsync("Continue");
        await page.ChooseAsync("by", "letter");
        await page.Locator("textarea[name=letter-to]").FillAsync("c/o the library, March");
        await page.PressAsync("Continue");
        await AnswerTheRestAsync(page, script: true, check: false);
        var send = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Send" }).First;
        await send.DblClickAsync();
        // Two presses may be two answers to the same form: what counts is the page that they end on.
        await page.Locator("#reference").WaitForAsync(new() { Timeout = 60_000 });
        var reference = await page.Locator(".any-ref, .any-code").First.InnerTextAsync();
        await page.ReloadAsync();

        (await page.Locator(".any-ref, .any-code").First.InnerTextAsync()).ShouldBe(reference);
        visit.Complaints.ShouldBeEmpty();
    }

    /// <summary>Leaves every question that may be left, and answers the others with the least.</summary>
    private static async Task AnswerTheRestAsync(IPage page, bool script, bool check = true)
    {
        for (var i = 0; i < 25 && !page.Url.Contains("/ask/check", StringComparison.Ordinal); i++)
        {
            if (check) await SoundAsync(page, script);
            switch (Step(page))
            {
                case "now":
                    await page.GetByText("Carry on and tell us how to reach you").First.ClickAsync();
                    break;
                case "safe-contact":
                    // It was kept: there is nothing to answer again.
                    (await page.Locator("input[name=phone-text]").InputValueAsync()).ShouldBe("07700 900418");
                    await page.PressAsync("Continue");
                    break;
                case "about-you":
                    await page.Locator("input[name=name]").FillAsync("Wilhelmina Ostrander");
                    await page.PressAsync("Continue");
                    break;
                case "where":
                    await page.ChooseAsync("no-fixed-address", "yes");
                    await page.PressAsync("Continue");
                    break;
                case "meter":
                    await page.ChooseAsync("meter", "prepayment");
                    await page.Locator("input[name=left-prepayment]").FillAsync("0.84");
                    await page.PressAsync("Continue");
                    break;
                default:
                    await LeaveAsync(page);
                    break;
            }
        }
        page.Url.ShouldContain("/ask/check");
    }

    private static async Task LeaveAsync(IPage page)
    {
        var leave = page.Locator("main button[name=go][value=leave]");
        await (await leave.CountAsync() > 0 ? leave.First : page.Locator("main button[name=go][value=next]").First).ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    private static string Step(IPage page) => new Uri(page.Url).AbsolutePath.Split('/')[^1];

    private static async Task SoundAsync(IPage page, bool script)
    {
        if (script) await page.ShouldHaveNoAxeViolationsAsync();
        await page.ShouldNotScrollSidewaysAsync();
    }

    [GeneratedRegex(@"\b[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]\b")]
    private static partial Regex Code();
}
