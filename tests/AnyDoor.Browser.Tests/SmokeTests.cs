using AnyDoor.Browser.Tests.Harness;

namespace AnyDoor.Browser.Tests;

public sealed class SmokeTests(Chromium chromium, DemoProduct demo)
{
    [Fact]
    public async Task The_published_product_says_that_it_lives()
    {
        var product = await demo.StartedAsync();
        await using var visit = await chromium.VisitAsync(Visitor.Phone with { Script = false }, product);

        var answer = await visit.Page.GotoAsync("/health/live");

        answer!.Status.ShouldBe(200, product.Output);
        visit.Complaints.ShouldBeEmpty();
    }
}
