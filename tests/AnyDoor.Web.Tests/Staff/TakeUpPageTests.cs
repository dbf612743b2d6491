using System.Net;
using System.Text;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>Who is entitled and does not receive, whom to write to, and what came of it, as an analyst meets it.</summary>
public sealed class TakeUpPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<HttpClient> AnaAsync()
    {
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("ana", "Ana Lystwick", "County research", "analyst", new AnyDoor.Audit.AuditContext(AnyDoor.Audit.Actor.Job("test"), null, "test", AnyDoor.Audit.Purpose.Assurance, office.Now), default)).Done.ShouldBeTrue();
        return await office.SignedInAsync("ana");
    }

    private static string Households(int pensioners) => string.Join('\n', Enumerable.Range(1, pensioners).Select(i => $"P{i:000},Wisbech,Fenland,RENT_FROM_COUNCIL,1950-04-06,6000,")
        .Prepend("reference,place,district,tenure,adult1_born,adult1_state_pension,gets,rent")) + "\nP999,March,Fenland,RENT_FROM_COUNCIL,1950-04-06,6000,pension_credit housing_benefit council_tax_reduction\nbad,March,Fenland,castle,1950-04-06,6000,\n";

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string page, string path, (string Field, string Name, string Text)[] files, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent();
        content.Add(new StringContent((await Office.GetAsync(browser, page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken");
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        foreach (var (field, name, text) in files) content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), field, name);
        return await browser.PostAsync(path, content);
    }

    [Fact]
    public async Task A_file_gives_counts_letters_and_later_what_came_of_them()
    {
        var ada = await AnaAsync();
        (await Office.GetAsync(ada, "/staff/take-up")).QuerySelector("h2")!.TextContent.ShouldContain("No file was looked through yet");
        var sent = await SendAsync(ada, "/staff/take-up/new", "/staff/take-up/new", [("Households", "households.csv", Households(12))], ("Name", "Pensioners, autumn"), ("Basis", "The data agreement of the county and Fenland, schedule 2"), ("Year", "2026"), ("OptOutBy.Day", "31"), ("OptOutBy.Month", "12"), ("OptOutBy.Year", "2026"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Found);
        var path = sent.Headers.Location!.ToString();

        var page = await Office.GetAsync(ada, path);
        page.QuerySelector(".any-sentence")!.TextContent.ShouldContain("12 of 14 households");
        page.QuerySelector(".any-sentence")!.TextContent.ShouldContain("1 row could not be read");
        var credit = page.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Pension Credit", StringComparison.Ordinal));
        credit.QuerySelector("td")!.TextContent.Trim().ShouldBe("10", "to the nearest five");
        page.Body!.TextContent.ShouldNotContain("P001");
        page.QuerySelector("#not-read")!.TextContent.ShouldContain("the column “rent”");

        var letters = await (await Office.PostAsync(ada, path, $"{path}?handler=Letters")).Content.ReadAsStringAsync();
        letters.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(13);
        letters.ShouldContain("P001,Fenland,Wisbech");
        letters.ShouldNotContain("P999");

        var outcomes = "reference,claimed_on,awarded_a_year\nP001,2026-11-20,1118.00\nP002,2026-11-21,\nP003,2030-01-01,\nnobody,2026-11-21,\n";
        for (var again = 0; again < 2; again++)
        {
            var read = await Office.ReadAsync(await SendAsync(ada, path, $"{path}?handler=Outcomes", [("Outcomes", "outcomes.csv", outcomes)]));
            read.Body!.TextContent.ShouldContain("2 letters brought up to date");
            read.Body!.TextContent.ShouldContain("Row 4, claimed_on");
            read.Body!.TextContent.ShouldContain("“nobody” is not among the letters");
            read.QuerySelectorAll(".govuk-summary-list__value").Select(v => v.TextContent.Trim()).ShouldBe(["0", "0", "0", "0", "0", "2", "1, £1,118.00 a year"]);
        }
        foreach (var other in new[] { "nadia", "ian", "hester" }) (await (await office.SignedInAsync(other)).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, other);
    }

    private static readonly (string Name, string Value)[] Late = [("OptOutBy.Day", "31"), ("OptOutBy.Month", "12"), ("OptOutBy.Year", "2026")];
    private const string Meals = "reference,place,district,tenure,adult1_born,adult1_pay,children_born,free_school_meals,gets\n";

    private static string Families(string place, int count) => string.Concat(Enumerable.Range(1, count).Select(i => $"{place[..1]}{i:000},{place},Fenland,RENT_FROM_HA,1990-01-01,9000,2019-05-05,no,universal_credit child_benefit council_tax_reduction\n"));

    [Fact]
    [Requirement("R-FSM-07")]
    public async Task A_child_who_could_have_free_meals_is_found_with_the_reason_and_nobody_is_enrolled_before_they_could_say_no()
    {
        var ada = await AnaAsync();
        var path = (await SendAsync(ada, "/staff/take-up/new", "/staff/take-up/new", [("Households", "households.csv", Meals + Families("Waterlees", 3))], ("Name", "School meals"), ("Basis", "The data agreement of the county and Fenland"), ("Year", "2026"), ("OptOutBy.Day", "31"), ("OptOutBy.Month", "12"), ("OptOutBy.Year", "2026"))).Headers.Location!.ToString();
        var letters = await (await Office.PostAsync(ada, path, $"{path}?handler=Letters")).Content.ReadAsStringAsync();
        letters.ShouldContain("W001,Fenland,Waterlees,Free school meals,0.00,");
        letters.ShouldContain("a child of school age, and a benefit that opens them is paid");
        letters.ShouldContain("2026-12-31");
        await SendAsync(ada, path, $"{path}?handler=Outcomes", [("Outcomes", "outcomes.csv", "reference,written_on,opted_out_on\nW001,2026-11-20,\nW002,2026-11-20,2026-11-23\n")]);

        var page = await Office.GetAsync(ada, path);
        page.Body!.TextContent.ShouldContain("Whom to enrol can be taken when 31 December 2026 is over");
        (await Office.ReadAsync(await Office.PostAsync(ada, path, $"{path}?handler=Enrol"))).Body!.TextContent.ShouldContain("nobody is enrolled before");
        office.Clock.Advance(TimeSpan.FromDays(38));
        ada = await office.SignedInAsync("ana");
        var enrol = await (await Office.PostAsync(ada, path, $"{path}?handler=Enrol")).Content.ReadAsStringAsync();
        enrol.ShouldContain("W001");
        enrol.ShouldNotContain("W002", Case.Sensitive, "they said no");
        enrol.ShouldNotContain("W003", Case.Sensitive, "nobody wrote to them");
    }

    [Fact]
    [Requirement("R-INC-06")]
    public async Task Invited_started_finished_gained_and_dropped_are_counted_by_place()
    {
        var ada = await AnaAsync();
        var path = (await SendAsync(ada, "/staff/take-up/new", "/staff/take-up/new", [("Households", "households.csv", Meals + Families("Waterlees", 20) + Families("March", 2))], ("Name", "Mass offer"), ("Basis", "The data agreement of the county and Fenland"), ("Year", "2026"), ("Provider", "Fen Claims (invented)"), ("OptOutBy.Day", "31"), ("OptOutBy.Month", "12"), ("OptOutBy.Year", "2026"))).Headers.Location!.ToString();
        var rows = string.Concat(Enumerable.Range(1, 20).Select(i => $"W{i:000},2026-11-02,{(i <= 15 ? "2026-11-05" : "")},{(i <= 10 ? "2026-11-20" : "")},{(i is > 10 and <= 15 ? "2026-11-12" : "")},{(i <= 6 ? "500.00" : "")}\n")) + "M001,2026-11-02,,,,\n";
        (await Office.ReadAsync(await SendAsync(ada, path, $"{path}?handler=Outcomes", [("Outcomes", "outcomes.csv", "reference,written_on,started_on,finished_on,dropped_on,awarded_a_year\n" + rows)]))).Body!.TextContent.ShouldContain("21 letters brought up to date");

        var page = await Office.GetAsync(ada, path);
        page.Body!.TextContent.ShouldContain("Helped by Fen Claims (invented).");
        var place = page.QuerySelectorAll("#by-place tbody tr").ShouldHaveSingleItem("March has one only");
        place.QuerySelectorAll("td").Select(d => d.TextContent.Trim()).ShouldBe(["20", "none", "15", "10", "5", "none", "5", "about £3,000"]);
    }

    [Fact]
    public async Task Other_rates_are_shown_beside_the_law_and_never_as_it()
    {
        var ada = await AnaAsync();
        const string rates = """{"rates": [{"id": "pension_credit.minimum_guarantee.single", "values": [{"from": "2026-04-06", "value": 300}]}]}""";
        var sent = await SendAsync(ada, "/staff/take-up/new", "/staff/take-up/new", [("Households", "households.csv", Households(12)), ("Rates", "rates.json", rates)], ("Name", "What if"), ("Basis", "The data agreement of the county"), ("Year", "2026"), ("OptOutBy.Day", "31"), ("OptOutBy.Month", "12"), ("OptOutBy.Year", "2026"), ("ScenarioName", "Pension Credit up"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Found, await sent.Content.ReadAsStringAsync());

        var table = (await Office.GetAsync(ada, sent.Headers.Location!.ToString())).QuerySelectorAll("table").First(t => t.TextContent.Contains("What if: Pension Credit up. Not the law", StringComparison.Ordinal));
        table.QuerySelectorAll("tbody tr").First(r => r.TextContent.Contains("Pension Credit", StringComparison.Ordinal)).QuerySelector("td[data-l='With more']")!.TextContent.Trim().ShouldBe("15", "13 households, to the nearest five");
    }

    [Fact]
    public async Task Bad_files_get_a_sentence_and_nothing_is_kept()
    {
        var ada = await AnaAsync();
        async Task<string> Refused(string field, string text, params (string Name, string Value)[] more) => (await Office.ReadAsync(await SendAsync(ada, "/staff/take-up/new", "/staff/take-up/new", text.Length == 0 ? [] : [("Households", "households.csv", text)], [("Name", "A look"), ("Year", "2026"), .. more, .. Late.Where(l => more.All(m => m.Name != l.Name))]))).QuerySelector($"#{field}-error")!.TextContent;

        (await Refused("Households", "")).ShouldContain("Choose the file");
        (await Refused("OptOutBy", Households(2), ("Basis", "The data agreement of the county"), ("OptOutBy.Day", "1"), ("OptOutBy.Month", "12"), ("OptOutBy.Year", "2026"))).ShouldContain("at least 14 days");
        (await Refused("Basis", Households(2))).ShouldContain("which agreement or law");
        (await Refused("Households", "a,b\n1,2\n", ("Basis", "The data agreement of the county"))).ShouldContain("no column “reference”");
        (await Refused("Households", "reference,place,district,tenure,adult1_born\nx,y,z,castle,1950-01-01\n", ("Basis", "The data agreement of the county"))).ShouldContain("No row could be read");
        (await Office.GetAsync(ada, "/staff/take-up")).QuerySelector("table").ShouldBeNull();
    }
}
