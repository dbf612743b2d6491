using System.Net;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A lost code: the adviser makes a new one, once it is sure whom they speak with.</summary>
public sealed class CodePageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    [Requirement("R-APP-04")]
    public async Task A_new_code_is_made_from_the_sitting_shown_once_and_opens_the_request()
    {
        var request = await office.ReceiveAsync(change: r => r with { Code = "AAAABBBB" });
        var browser = await office.SignedInAsync("nadia");
        var page = $"/staff/requests/{request.Reference}/code";
        (await Office.GetAsync(browser, $"/staff/requests/{request.Reference}")).QuerySelector($"a[href='{page}']")!.TextContent.ShouldBe("Make a new secret code");

        var refused = await Office.ReadAsync(await Office.PostAsync(browser, page, page, ("How", "")));
        refused.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("how you know that it is them");
        var made = await Office.ReadAsync(await Office.PostAsync(browser, page, page, ("How", "gave date of birth and address")));

        var code = made.QuerySelector("#code")!.TextContent;
        (await Office.GetAsync(browser, page)).QuerySelector("#code").ShouldBeNull("it is shown once");
        (await OpensAsync(request.Reference, "AAAABBBB")).ShouldBeFalse();
        (await OpensAsync(request.Reference, code)).ShouldBeTrue();
        (await office.EventsAsync("request.code-reissued")).ShouldBe(1);
    }

    [Fact]
    [Requirement("R-APP-02")]
    public async Task Somebody_who_was_asked_for_gets_a_code_of_their_own_once_they_were_spoken_with()
    {
        var request = await office.ReceiveAsync(change: r => r with { ForSomeoneElse = true, PermissionGiven = false, Code = "AAAABBBB" });
        var browser = await office.SignedInAsync("nadia");
        var (sitting, page) = ($"/staff/requests/{request.Reference}", $"/staff/requests/{request.Reference}/code");

        var early = await Office.ReadAsync(await Office.PostAsync(browser, page, page, ("How", "gave date of birth")));
        early.QuerySelector("#code").ShouldBeNull();
        early.Body!.TextContent.ShouldContain("Speak with them first");
        await Office.PostAsync(browser, sitting, sitting + "?handler=Claim");
        await Office.PostAsync(browser, sitting, sitting + "?handler=Contact", ("way", "phone"), ("outcome", "spoke"));

        (await Office.GetAsync(browser, sitting)).QuerySelector($"a[href='{page}']")!.TextContent.ShouldBe("Give Leanne a secret code of their own");
        (await Office.ReadAsync(await Office.PostAsync(browser, page, page, ("How", "gave date of birth")))).QuerySelector("#code").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_that_is_sent_twice_makes_one_code()
    {
        var request = await office.ReceiveAsync(change: r => r with { Code = "AAAABBBB" });
        var browser = await office.SignedInAsync("nadia");
        var page = $"/staff/requests/{request.Reference}/code";
        (string, string)[] form = [("How", "gave date of birth"), ("Version", (await Office.GetAsync(browser, page)).QuerySelector("input[name=Version]")!.GetAttribute("value")!)];
        var code = (await Office.ReadAsync(await Office.PostAsync(browser, page, page, form))).QuerySelector("#code")!.TextContent;

        var again = await Office.ReadAsync(await Office.PostAsync(browser, page, page, form));

        again.QuerySelector("#code").ShouldBeNull();
        again.Body!.TextContent.ShouldContain("a code that was made just now: that one stands");
        (await OpensAsync(request.Reference, code)).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_else_makes_codes()
    {
        var request = await office.ReceiveAsync();
        foreach (var handle in new[] { "joy", "ian", "maren", "edwin" })
            (await (await office.SignedInAsync(handle)).GetAsync($"/staff/requests/{request.Reference}/code")).StatusCode.ShouldBe(HttpStatusCode.NotFound, handle);
    }

    private async Task<bool> OpensAsync(string reference, string code) =>
        (await Office.PostAsync(office.Browser(), "/request", "/request", ("Reference", reference), ("Code", code))).StatusCode == HttpStatusCode.Redirect;
}
