using System.Net;
using System.Text;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A council's form export, loaded on a page.</summary>
public sealed class ImportPageTests : IAsyncLifetime
{
    private const string Path = "/staff/imports/new";
    private const string Header = "Reference,Submitted at,Door,Applying for,Permission given,First name,Last name,Date of birth,Address,Postcode,Area,Phone,Email,Contact me by,Language,Adults,Children,Ages of children,What do you need?,Meter,How urgent,In your own words,Contacted at,Support given,Value,Passed to";
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private static string Row(string reference, string submitted = "04/12/2020 05:22") =>
        $"{reference},{submitted},Web form,Myself,,Tamsin,Underbarrow,08/08/1992,1 Heron Drove,CB2 1QY,Fenland,07700 900319,,Phone,English,1,2,6; 17,Food,Prepayment,Today,,06/12/2020 21:22,,,";

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string name, string? text, string scheme = "winter-support-grant", bool strict = false)
    {
        var token = (await Office.GetAsync(browser, Path)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent(scheme), "Scheme" } };
        if (strict) form.Add(new StringContent("true"), "Strict");
        if (text is not null) form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Export", name);
        return await browser.PostAsync(Path, form);
    }

    [Fact]
    [Requirement("R-HUB-01")]
    public async Task A_file_is_loaded_once_and_what_is_wrong_with_it_is_said()
    {
        var edwin = await office.SignedInAsync("edwin");
        var file = "\uFEFF" + string.Join("\r\n", Header, Row("T-1"), Row("T-2", submitted: "soon"));

        var checkedFirst = await Office.ReadAsync(await SendAsync(edwin, "../../winter form.csv", file, strict: true));
        var loaded = await SendAsync(edwin, "../../winter form.csv", file);
        var again = await SendAsync(edwin, "../../winter form.csv", file);

        checkedFirst.Body!.TextContent.ShouldContain("1 row of 2 would be set aside");
        loaded.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.Headers.Location.ShouldBe(loaded.Headers.Location, "the same file has one record");
        var page = await Office.GetAsync(edwin, loaded.Headers.Location!.ToString());
        page.QuerySelector("main")!.TextContent.ShouldContain("winter form.csv");
        await using var db = office.Database.Open();
        (await db.Set<Request>().CountAsync(r => r.ImportId != null)).ShouldBe(1);
        (await Office.GetAsync(edwin, "/staff/imports")).QuerySelector($"a[href='{Path}']").ShouldNotBeNull();
    }

    [Theory, InlineData(27), InlineData(40)]
    public async Task A_file_that_is_too_large_is_said_to_be_and_nothing_else(int megabytes)
    {
        var edwin = await office.SignedInAsync("edwin");

        var answer = await SendAsync(edwin, "winter.csv", new string('x', megabytes * 1024 * 1024));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(edwin, answer.Headers.Location!.ToString())).QuerySelector("#Export-error")!.TextContent.ShouldContain("The file is larger than 25 MB.");
    }

    [Fact]
    public async Task Nothing_chosen_or_another_kind_of_file_is_a_sentence_on_its_field()
    {
        var edwin = await office.SignedInAsync("edwin");

        var nothing = await Office.ReadAsync(await SendAsync(edwin, "", null, scheme: ""));
        var other = await Office.ReadAsync(await SendAsync(edwin, "letters.csv", "To,From\r\nA,B\r\n"));

        nothing.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Choose the file");
        nothing.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Choose the scheme");
        other.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("No mapping knows the columns of letters.csv");
        (await (await office.SignedInAsync("nadia")).GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_row_that_is_dealt_with_shows_its_references_and_no_name_and_the_look_is_the_households()
    {
        var edwin = await office.SignedInAsync("edwin");
        var loaded = (await SendAsync(edwin, "winter.csv", "\uFEFF" + string.Join("\r\n", Header, Row("T-2", submitted: "soon"), Row("T-3", submitted: "never")))).Headers.Location!.ToString();
        var waiting = await Office.GetAsync(edwin, loaded);
        waiting.QuerySelector("main")!.TextContent.ShouldContain("Tamsin U");
        var rows = waiting.QuerySelectorAll("a[href^='/staff/imports/rows/']").Select(a => a.GetAttribute("href")!).ToList();
        var file = Guid.Parse(loaded.Split('/')[^1]);
        (await office.LooksAsync()).SelectMany(Office.Named).Distinct().ShouldBe([file], "nobody's record yet: the file");

        (await Office.PostAsync(edwin, rows[0], rows[0] + "?handler=Mend", ("Values[0]", "04/12/2020 05:22"), ("How", "Asked the council"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.PostAsync(edwin, rows[1], rows[1] + "?handler=LeaveOut", ("Why", "It is a test"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        Request request;
        await using (var db = office.Database.Open()) request = await db.Set<Request>().SingleAsync();
        var done = await Office.GetAsync(edwin, loaded + "?done=true");
        done.QuerySelector("main")!.TextContent.ShouldContain($"Request {AnyDoor.Common.Reference.Show(request.Reference)}");
        Office.Named((await office.LooksAsync())[^1]).ShouldContain(request.HouseholdId);
        var texts = new List<string> { done.Body!.TextContent };
        foreach (var row in rows) texts.Add((await Office.GetAsync(edwin, row)).Body!.TextContent);
        foreach (var text in texts) foreach (var told in new[] { "Tamsin", "Underbarrow", "Heron Drove", "900319" }) text.ShouldNotContain(told);
        Office.Named((await office.LooksAsync())[^2]).ShouldBe([request.HouseholdId]);
    }
}
