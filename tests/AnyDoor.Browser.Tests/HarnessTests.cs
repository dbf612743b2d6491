using AnyDoor.Browser.Tests.Harness;
using Microsoft.Playwright;
using Xunit.Sdk;

namespace AnyDoor.Browser.Tests;

/// <summary>A check that cannot fail proves nothing: each is shown a page it must refuse and one it must pass.</summary>
public sealed class HarnessTests(Chromium chromium)
{
    [Fact]
    public async Task Axe_names_the_rule_and_the_element()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Desk);
        await visit.Page.SetContentAsync(Document("<input type='text' id='surname'>"));

        var failure = await Should.ThrowAsync<FailException>(() => visit.Page.ShouldHaveNoAxeViolationsAsync());

        failure.Message.ShouldContain("- label (critical)");
        failure.Message.ShouldContain("#surname");
    }

    [Fact]
    public async Task Axe_passes_a_sound_page_under_a_strict_content_security_policy()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Desk);
        await ServeAsync(visit.Page, Document("<label for='surname'>Surname</label> <input type='text' id='surname' autocomplete='family-name'>"));

        await visit.Page.ShouldHaveNoAxeViolationsAsync();
        await visit.Page.ApplyTextSpacingAsync();

        (await visit.Page.EvalOnSelectorAsync<string>("label", "e => getComputedStyle(e).letterSpacing")).ShouldNotBe("normal");
        visit.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sideways_scroll_is_found_and_a_table_that_scrolls_by_itself_is_not()
    {
        await using var visit = await chromium.VisitAsync(Visitor.SmallPhone);
        await visit.Page.SetContentAsync(Document("<div style='overflow-x: auto'><table style='width: 900px'><tr><td>Wide</td></tr></table></div>"));
        await visit.Page.ShouldNotScrollSidewaysAsync();
        await visit.Page.SetContentAsync(Document("<p id='long' style='width: 900px'>Wide</p>"));

        var failure = await Should.ThrowAsync<FailException>(() => visit.Page.ShouldNotScrollSidewaysAsync());

        failure.Message.ShouldContain("id=\"long\"");
    }

    [Fact]
    public async Task Text_that_spacing_cuts_off_is_found()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Phone);
        await visit.Page.SetContentAsync(Document("<p style='font-size: 20px; height: 32px; width: 200px; overflow: hidden'>Help with fuel bills</p>"));
        await visit.Page.ShouldNotCutTextAsync();

        await visit.Page.ApplyTextSpacingAsync();
        var failure = await Should.ThrowAsync<FailException>(() => visit.Page.ShouldNotCutTextAsync());

        failure.Message.ShouldContain("Help with fuel bills");
    }

    [Fact]
    public async Task Larger_letters_reach_text_sized_in_rem()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Phone);
        await visit.Page.SetContentAsync(Document("<p style='font-size: 1rem'>Food</p>"));

        await visit.Page.EnlargeTextAsync(200);

        (await visit.Page.EvalOnSelectorAsync<string>("p", "e => getComputedStyle(e).fontSize")).ShouldBe("32px");
    }

    [Fact]
    public async Task A_button_without_an_edge_is_found_in_forced_colours()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Desk with { ForcedColours = true });
        await visit.Page.SetContentAsync(Document("<button style='border: 2px solid transparent'>Continue</button>"));
        await visit.Page.ShouldShowControlsInForcedColoursAsync();
        await visit.Page.SetContentAsync(Document("<button id='bare' style='border: 0; background: green'>Continue</button>"));

        var failure = await Should.ThrowAsync<FailException>(() => visit.Page.ShouldShowControlsInForcedColoursAsync());

        failure.Message.ShouldContain("id=\"bare\"");
    }

    [Theory, InlineData(true, "with script"), InlineData(false, "without")]
    public async Task Script_runs_only_for_a_visitor_who_has_it(bool script, string expected)
    {
        await using var visit = await chromium.VisitAsync(Visitor.Phone with { Script = script });

        await visit.Page.SetContentAsync(Document("<p>without</p><script>document.querySelector('p').textContent = 'with script'</script>"));

        (await visit.Page.TextContentAsync("p")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_broken_policy_and_a_script_error_are_complained_of()
    {
        await using var visit = await chromium.VisitAsync(Visitor.Desk);

        await ServeAsync(visit.Page, Document("<p>Help</p><script>document.title = 'inline'</script>"));
        var broke = new TaskCompletionSource();
        visit.Page.PageError += (_, _) => broke.TrySetResult();
        await visit.Page.EvaluateAsync("() => setTimeout(() => { throw new Error('the page broke') }, 0)");
        await broke.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        visit.Complaints.ShouldContain(complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
        visit.Complaints.ShouldContain(complaint => complaint.Contains("the page broke", StringComparison.Ordinal));
    }

    private static string Document(string main) =>
        $"<!doctype html><html lang='en'><head><title>A page</title><meta name='viewport' content='width=device-width'></head><body><main><h1>A page</h1>{main}</main></body></html>";

    /// <summary>The document as a site of ours sends it: from an address, with a policy that allows nothing inline.</summary>
    private static async Task ServeAsync(IPage page, string document)
    {
        await page.RouteAsync("http://page.test/", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "text/html",
            Body = document,
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = "default-src 'self'" },
        }));
        await page.GotoAsync("http://page.test/");
    }
}
