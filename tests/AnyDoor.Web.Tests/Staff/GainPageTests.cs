using System.Net;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>Money gained: what was reckoned, claimed, awarded and seen, and the figures made of it.</summary>
public sealed class GainPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private static (string, string)[] Day(string name, int day, int month, int year) => [($"{name}.Day", $"{day}"), ($"{name}.Month", $"{month}"), ($"{name}.Year", $"{year}")];

    /// <summary>A claim written down, and the address of its page.</summary>
    private static async Task<string> WrittenAsync(HttpClient nadia, string list, string kind, string amount, string every)
    {
        (await Office.PostAsync(nadia, list, list, ("Kind", kind), ("Amount", amount), ("Every", every))).StatusCode.ShouldBe(HttpStatusCode.Found);
        return (await Office.GetAsync(nadia, list)).QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")!).First();
    }

    [Fact]
    [Requirement("R-INC-04")]
    public async Task A_gain_confirmed_by_letter_counts_by_the_year_as_confirmed_and_not_as_reckoned()
    {
        var request = await office.ReceiveAsync();
        var nadia = await office.SignedInAsync("nadia");
        var list = $"/staff/requests/{request.Reference}/gains";
        (await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}")).QuerySelector($"a[href='{list}']").ShouldNotBeNull("the sitting leads to it");
        var one = await WrittenAsync(nadia, list, "universal-credit", "90", "Month");
        (await Office.GetAsync(nadia, list)).QuerySelector(".any-sentence")!.TextContent.ShouldContain("Nothing is confirmed yet");

        await Office.PostAsync(nadia, one, $"{one}?handler=Claim", Day("On", 2, 11, 2026));
        (await Office.PostAsync(nadia, one, $"{one}?handler=Confirm", ("Seen", "Letter"))).StatusCode.ShouldBe(HttpStatusCode.OK, "nothing is awarded that could be confirmed");
        await Office.PostAsync(nadia, one, $"{one}?handler=Award", [("Amount", "21.50"), ("Every", "Week"), .. Day("From", 9, 11, 2026), ("Backdated", "43")]);
        (await Office.PostAsync(nadia, one, $"{one}?handler=Confirm", ("Seen", "Letter"))).StatusCode.ShouldBe(HttpStatusCode.Found);

        var page = await Office.GetAsync(nadia, list);
        page.QuerySelector(".any-sentence")!.TextContent.ShouldContain("£1,118.00 a year");
        page.QuerySelector("tbody")!.TextContent.ShouldContain("Nadia");
        var ian = await office.SignedInAsync("ian");
        var figures = await Office.GetAsync(ian, "/staff/reports/gains");
        var row = figures.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Universal Credit", StringComparison.Ordinal));
        row.QuerySelector("td[data-l=Reckoned]")!.TextContent.Trim().ShouldBe("none");
        row.QuerySelector("td[data-l=Confirmed]")!.TextContent.ShouldContain("£1,118.00, £43.00 once");
        var behind = await Office.GetAsync(ian, row.QuerySelector("td[data-l=Confirmed] a")!.GetAttribute("href")!);
        behind.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        behind.QuerySelector("tbody")!.TextContent.ShouldContain(AnyDoor.Common.Reference.Show(request.Reference));
        (await office.LooksAsync()).ShouldContain(l => l.Page == "figure" && l.Basis == "by-reference");
        (await Office.GetAsync(await office.SignedInAsync("hester"), "/staff/reports/gains/behind?kind=universal-credit&stage=Confirmed")).Body!.TextContent.ShouldContain("Fewer than 5 claims");
        (await nadia.GetAsync("/staff/reports/gains")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-INC-04")]
    public async Task What_came_to_nothing_and_what_was_mistaken_is_never_counted()
    {
        var request = await office.ReceiveAsync();
        var nadia = await office.SignedInAsync("nadia");
        var list = $"/staff/requests/{request.Reference}/gains";
        var one = await WrittenAsync(nadia, list, "pension-credit", "30", "Week");
        (await Office.ReadAsync(await Office.PostAsync(nadia, list, list, ("Kind", "pension-credit"), ("Amount", "30"), ("Every", "Week")))).QuerySelector("#Kind-error")!.TextContent.ShouldContain("on the list already");

        await Office.PostAsync(nadia, one, $"{one}?handler=Award", [("Amount", "30"), ("Every", "Week"), .. Day("From", 2, 11, 2026)]);
        await Office.PostAsync(nadia, one, $"{one}?handler=Confirm", ("Seen", "Payment"));
        (await Office.ReadAsync(await Office.PostAsync(nadia, one, $"{one}?handler=Award", [("Amount", "3000"), ("Every", "Week"), .. Day("From", 2, 11, 2026)]))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Take that back first");
        await Office.PostAsync(nadia, one, $"{one}?handler=Unconfirm");
        (await Office.ReadAsync(await Office.PostAsync(nadia, one, $"{one}?handler=Award", [("Amount", "3000"), ("Every", "Week"), .. Day("From", 2, 11, 2026)]))).QuerySelector("#Amount-error")!.TextContent.ShouldContain("Check the sum");
        await Office.PostAsync(nadia, one, $"{one}?handler=End", ("Why", "Refused"));

        (await Office.GetAsync(nadia, list)).QuerySelector("main")!.TextContent.ShouldContain("it was refused");
        (await nadia.GetAsync(one)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var all = (await Office.GetAsync(await office.SignedInAsync("ian"), "/staff/reports/gains")).QuerySelectorAll("tbody tr").Last();
        all.QuerySelector("td[data-l=Confirmed]")!.TextContent.Trim().ShouldBe("none");
        all.QuerySelector("td[data-l='Not gained']")!.TextContent.ShouldContain("1");
    }

    [Fact]
    public async Task Bad_input_stays_on_its_field_and_nobody_without_grounds_reaches_it()
    {
        var request = await office.ReceiveAsync();
        var nadia = await office.SignedInAsync("nadia");
        var list = $"/staff/requests/{request.Reference}/gains";
        var wrong = await Office.ReadAsync(await Office.PostAsync(nadia, list, list, ("Kind", "warm-home-discount"), ("Amount", "a lot")));
        wrong.QuerySelector("#Amount-error")!.TextContent.ShouldContain("Write pounds");
        wrong.QuerySelector("input[name=Amount]")!.GetAttribute("value").ShouldBe("a lot");
        var one = await WrittenAsync(nadia, list, "warm-home-discount", "150", "Year");
        (await Office.ReadAsync(await Office.PostAsync(nadia, one, $"{one}?handler=Claim", Day("On", 2, 11, 2027)))).QuerySelector("#On-error")!.TextContent.ShouldContain("future");

        foreach (var other in new[] { "joy", "maren", "ian" }) (await (await office.SignedInAsync(other)).GetAsync(list)).StatusCode.ShouldBe(HttpStatusCode.NotFound, other);
        var second = await office.ReceiveAsync("Quilla Farrowmere");
        (await Office.PostAsync(nadia, list, $"/staff/requests/{second.Reference}/gains/{one.Split('/')[^1]}?handler=End", ("Why", "Mistake"))).StatusCode.ShouldBe(HttpStatusCode.NotFound, "a claim of another request");
    }
}
