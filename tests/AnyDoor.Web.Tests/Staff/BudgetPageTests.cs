using System.Net;
using AnyDoor.Conversations;
using AnyDoor.Households;
using AnyDoor.Offers;
using AnyDoor.Requests;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>What comes in and goes out, as an adviser writes it down with a household.</summary>
public sealed class BudgetPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Theory]
    [InlineData("120", 12000)]
    [InlineData("£1,200.50", 120050)]
    [InlineData("21 a week", 9100)]
    [InlineData("21pw", 9100)]
    [InlineData("85 every four weeks", 9208)]
    [InlineData("300 a year", 2500)]
    [InlineData("50 a month", 5000)]
    [InlineData("", 0)]
    public void A_sum_is_read_as_it_is_paid(string typed, long pence)
    {
        Budget.TryMonthly(typed, out var read).ShouldBeTrue();
        read.ShouldBe(pence);
    }

    [Theory]
    [InlineData("about 50")]
    [InlineData("50 a fortnight or so")]
    [InlineData("-5")]
    [InlineData("1e9")]
    public void What_cannot_be_read_is_not_guessed(string typed) => Budget.TryMonthly(typed, out _).ShouldBeFalse();

    [Fact]
    [Requirement("R-INC-03")]
    public async Task A_budget_says_what_is_short_and_rent_stands_before_a_card_with_advice_offered()
    {
        var request = await office.ReceiveAsync();
        var nadia = await office.SignedInAsync("nadia");
        var worker = await office.WorkerAsync("nadia");
        await office.Get<AnyDoor.Audit.Commands>().RunAsync(worker.For(AnyDoor.Audit.Purpose.RespondToRequest, "phone-county-hub", office.Now), c =>
        {
            c.Insert(new Answer { Id = Guid.CreateVersion7(), HouseholdId = request.HouseholdId, PersonId = request.ApplicantId, Fact = "home.rent_monthly_pence", Value = "54167", Origin = "conversation", At = office.Now, ByWorker = worker.WorkerId });
            return Task.FromResult<AnyDoor.Common.Result<AnyDoor.Common.Nothing>>(AnyDoor.Common.Nothing.Value);
        }, default);
        var path = $"/staff/requests/{request.Reference}/budget";
        var empty = await Office.GetAsync(nadia, path);
        empty.QuerySelector("input[name='Line[rent]']")!.GetAttribute("value").ShouldBe("541.67", "it was told, and is not asked again");

        var wrong = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Line[rent]", "541.67"), ("Line[food]", "lots"), ("Line[pay]", "900")));
        wrong.QuerySelector(".govuk-error-summary a")!.TextContent.ShouldContain("Write pounds a month");
        wrong.QuerySelector("input[name='Line[food]']")!.GetAttribute("value").ShouldBe("lots");
        wrong.QuerySelector("input[name='Line[pay]']")!.GetAttribute("value").ShouldBe("900");

        (await Office.PostAsync(nadia, path, path, ("Line[pay]", "900"), ("Line[rent]", "541.67"), ("Line[food]", "90 a week"), ("Owed[cards]", "800"), ("Line[cards]", "25"), ("Owed[rent-arrears]", "600"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var page = await Office.GetAsync(nadia, path);
        page.QuerySelector(".any-sentence")!.TextContent.ShouldContain("£56.67 a month short");
        var rows = page.QuerySelectorAll("tbody th").Select(r => r.TextContent).ToList();
        rows.IndexOf("Debts that bite first").ShouldBeLessThan(rows.IndexOf("Other debts"));
        rows.ShouldContain("Debts that bite first");
        page.QuerySelector($"a[href='/staff/requests/{request.Reference}/pass-on']").ShouldNotBeNull();

        var late = await Office.ReadAsync(await Office.PostAsync(nadia, path, path, ("Shown", "1"), ("Line[pay]", "950")));
        late.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Somebody else saved");
        late.QuerySelector("input[name='Line[pay]']")!.GetAttribute("value").ShouldBe("950");
        (await office.LooksAsync()).ShouldContain(l => l.Page == "budget");
        foreach (var other in new[] { "joy", "maren", "ian" }) (await (await office.SignedInAsync(other)).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, other);
    }
}
