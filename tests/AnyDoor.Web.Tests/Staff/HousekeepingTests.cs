using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

public sealed class HousekeepingTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task The_server_itself_takes_away_a_form_that_nobody_went_on_with_when_its_days_are_over()
    {
        var house = office.Get<Housekeeping>();
        house.All.Select(c => c.Name).ShouldBe(["expire-awards", "bring-back-handovers", "close-crises", "purge-drafts", "close-old-messages", "remind-of-settings"]);
        var who = new AuditContext(Actor.Resident(null), null, Drafts.Door, Purpose.RespondToRequest, office.Now);
        await office.Get<Drafts>().StartAsync(ResidentForm.Current.Page("needs")!, new Dictionary<string, string[]> { ["needs"] = ["food"] }, false, "en", null, who, default);
        await house.RoundAsync(default);
        (await DraftsAsync()).ShouldBe(1);

        office.Clock.Advance(TimeSpan.FromDays(29));
        await house.RoundAsync(default);

        (await DraftsAsync()).ShouldBe(0);
        (await office.EventsAsync("drafts.purged")).ShouldBe(1);
    }

    private async Task<int> DraftsAsync()
    {
        await using var db = office.Database.Open();
        return await db.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM draft").SingleAsync();
    }
}
