using System.Net;
using AnyDoor.Conversations;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>The working of each monthly figure, what if, and month by month, as an adviser meets them in a sitting.</summary>
public sealed class MoneyPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<(Received Request, HttpClient Nadia)> ToldAsync(bool all = true, params (string, string)[] also)
    {
        var request = await office.ReceiveAsync(change: r => r with { Address = "12 Sallow Drove", Postcode = AnyDoor.Common.Postcode.FromStored("CB74AA"), District = "E07000009", People = [new NewPerson("Leanne Harrowmere", MemberRole.Applicant, new DateOnly(1990, 3, 14)), new NewPerson("Kai Harrowmere", MemberRole.Child, new DateOnly(2017, 9, 1))] });
        var nadia = await office.WorkerAsync("nadia");
        (string, string)[] told = all ? [("income.employment", "\"employed\""), ("income.pay_monthly_pence", "110153"), ("income.hours_weekly", "20"), ("home.tenure", "\"housing-association\""), ("home.rent_monthly_pence", "54167"), ("home.council_tax_annual_pence", "150000"), ("savings.over_6000", "\"no\""), ("benefits.list", "[\"none\"]")] : [];
        await office.Get<AnyDoor.Audit.Commands>().RunAsync(nadia.For(AnyDoor.Audit.Purpose.RespondToRequest, "phone-county-hub", office.Now), c =>
        {
            foreach (var (fact, value) in told.Where(t => also.All(a => a.Item1 != t.Item1)).Concat(also)) c.Insert(new Answer { Id = Guid.CreateVersion7(), HouseholdId = request.HouseholdId, PersonId = request.ApplicantId, Fact = fact, Value = value, Origin = "conversation", At = office.Now, ByWorker = nadia.WorkerId });
            return Task.FromResult<AnyDoor.Common.Result<AnyDoor.Common.Nothing>>(AnyDoor.Common.Nothing.Value);
        }, default);
        return (request, await office.SignedInAsync("nadia"));
    }

    [Fact]
    [Requirement("R-INC-01")]
    public async Task The_offer_holds_the_figure_and_its_working_opens_step_by_step()
    {
        var (request, nadia) = await ToldAsync();
        var sitting = await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}");
        sitting.QuerySelector(".any-offer")!.TextContent.ShouldContain("a month, estimate");

        var page = await Office.GetAsync(nadia, sitting.QuerySelector(".any-offer a[href$='/money']")!.GetAttribute("href")!);

        page.QuerySelector("h1")!.TextContent.ShouldBe("Money every month: the working");
        page.QuerySelector(".any-working table")!.TextContent.ShouldContain("UC Regs 2013 reg. 36");
        page.QuerySelector(".any-working table tfoot")!.TextContent.ShouldContain("Universal Credit");
        page.QuerySelectorAll(".any-chart svg").Length.ShouldBe(2, "a large one and a small one");
        page.QuerySelector(".any-chart table")!.TextContent.ShouldContain("20, now");
        page.Body!.TextContent.ShouldContain("An estimate, not a decision.");
        (await office.LooksAsync()).ShouldContain(l => l.Page == "entitlements");
        (await (await office.SignedInAsync("joy")).GetAsync($"/staff/requests/{request.Reference}/money")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Requirement("R-INC-01")]
    public async Task A_private_rent_says_which_allowance_was_used_and_a_council_whose_scheme_is_not_held_is_named_unless_the_home_is_hidden()
    {
        var (request, nadia) = await ToldAsync(also: [("home.tenure", "\"private\""), ("home.rent_monthly_pence", "120000"), ("home.rental_area", "\"cambridge\"")]);
        var path = $"/staff/requests/{request.Reference}";

        var page = await Office.GetAsync(nadia, path + "/money");
        page.QuerySelector("#allowance")!.TextContent.ShouldContain("Cambridge, two bedrooms: £950.00 a month (£218.63 a week), since 1 April 2024.");
        page.QuerySelector(".any-working table")!.TextContent.ShouldContain("£950");
        var sitting = await Office.GetAsync(nadia, path);
        sitting.QuerySelector(".any-offer")!.TextContent.ShouldContain("East Cambridgeshire District Council has a scheme of its own");

        var form = await Office.GetAsync(nadia, path + "/safe-contact");
        (await Forms.SubmitAsync(nadia, path + "/safe-contact", form, ("HideHome", "true"), ("How", "Gave her date of birth"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        foreach (var hidden in new[] { path, path + "/money" }) (await Office.GetAsync(nadia, hidden)).QuerySelector("main")!.TextContent.ShouldNotContain("East Cambridgeshire", Case.Sensitive, hidden);
    }

    [Fact]
    [Requirement("R-INC-01")]
    public async Task Disability_living_allowance_is_asked_for_each_child()
    {
        var (request, nadia) = await ToldAsync(also: [("benefits.list", "[\"universal-credit\",\"disability-living-allowance\"]")]);
        var page = await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}");
        var asked = page.QuerySelectorAll("select[name^='v.benefits.dla_care@']");

        asked.Length.ShouldBe(page.QuerySelectorAll("select[name^='v.benefits.dla_mobility@']").Length);
        asked.Length.ShouldBeGreaterThan(0);
        page.QuerySelectorAll("select[name='v.benefits.dla_care']").ShouldBeEmpty();
        foreach (var one in asked) page.QuerySelector($"label[for='{one.Id}']")!.TextContent.ShouldEndWith(": DLA, care");
    }

    [Fact]
    public async Task What_if_stands_side_by_side_and_keeps_nothing_and_bad_input_stays_on_the_page()
    {
        var (request, nadia) = await ToldAsync();
        var path = $"/staff/requests/{request.Reference}/money";

        var bad = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Hours", "many"), ("Rent", "about 500")));
        bad.QuerySelector("#Hours-error")!.TextContent.ShouldContain("0 to 100");
        bad.QuerySelector("input[name=Rent]")!.GetAttribute("value").ShouldBe("about 500");
        (await Office.ReadAsync(await Office.PostAsync(nadia, path, path))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Change one thing at least");

        var then = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Hours", "30"), ("Baby.Day", "1"), ("Baby.Month", "11"), ("Baby.Year", "2026")));
        var table = then.QuerySelector("#then table")!.TextContent;
        table.ShouldContain("To live on, before rent and bills");
        then.QuerySelector("#then ul")!.TextContent.ShouldContain("A child is born on 1 November 2026");
        then.QuerySelectorAll("#then tbody tr").Length.ShouldBeGreaterThan(2);
        (await Office.GetAsync(nadia, path)).QuerySelector("#then").ShouldBeNull();
    }

    [Fact]
    public async Task Month_by_month_a_fifth_pay_day_takes_from_that_month_and_the_next_brings_it_back()
    {
        var (request, nadia) = await ToldAsync();
        var path = $"/staff/requests/{request.Reference}/money/months";
        var form = await Office.GetAsync(nadia, path);
        form.QuerySelector("textarea[name=Days]")!.TextContent.Trim().Split('\n').Length.ShouldBe(13);
        var who = form.QuerySelector("select[name=Person] option")!.GetAttribute("value")!;

        (await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Person", who), ("Every", "Week"), ("Begins", "24"), ("Days", "27 11 2026 254\nnext Friday"))))
            .QuerySelector("#Days-error")!.TextContent.ShouldContain("Line 2, “next Friday”");
        var days = string.Join('\n', Enumerable.Range(0, 13).Select(i => $"{new DateOnly(2026, 11, 27).AddDays(7 * i):d M yyyy} 254.20"));
        var months = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Person", who), ("Every", "Week"), ("Begins", "24"), ("Days", days)));

        var rows = months.QuerySelectorAll("#months tbody tr").Select(r => r.TextContent).ToList();
        rows.Count.ShouldBe(3, "as far as pay days were written");
        rows.ShouldContain(r => r.Contains("5 pay days"));
        rows.ShouldContain(r => r.Contains("4 pay days"));

        // Before the first day that is written the month is not whole: it is left out, and said so.
        var late = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Person", who), ("Every", "Week"), ("Begins", "6"), ("Days", days)));
        late.QuerySelectorAll("#months tbody tr th").First().TextContent.ShouldStartWith("6 December 2026 to 5 January 2027");
        late.Body!.TextContent.ShouldContain("Left out, because their month is not whole: 27 November 2026, 4 December 2026");
        (await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Person", who), ("Every", "Week"), ("Begins", "6"), ("Days", "27 11 2026 254.20"))))
            .QuerySelector("#Days-error")!.TextContent.ShouldContain("Write every pay day of one whole month");
    }

    [Fact]
    public async Task Before_enough_is_told_the_working_says_what_is_open()
    {
        var (request, nadia) = await ToldAsync(all: false);

        var page = await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}/money");

        page.Body!.TextContent.ShouldContain("Still open:");
        page.Body.TextContent.ShouldContain("How much is in savings?");
    }
}
