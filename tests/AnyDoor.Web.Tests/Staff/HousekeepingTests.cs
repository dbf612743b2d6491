using AnyDoor.Audit;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

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
        house.All.Select(c => c.Name).ShouldBe(["expire-awards", "bring-back-handovers", "release-held-forms", "close-crises", "purge-sessions", "purge-drafts", "close-old-messages", "purge-webhook-events", "purge-take-up", "purge-menu-reports", "count-acceptance", "gather-gaps", "remind-of-settings", "remind-of-agreements", "dispose"]);
        var who = new AuditContext(Actor.Resident(null), null, Drafts.Door, Purpose.RespondToRequest, office.Now);
        await office.Get<Drafts>().StartAsync(ResidentForm.Current.Page("needs")!, new Dictionary<string, string[]> { ["needs"] = ["food"] }, false, "en", null, who, default);
        await house.RoundAsync(default);
        (await DraftsAsync()).ShouldBe(1);

        office.Clock.Advance(TimeSpan.FromDays(29));
        await house.RoundAsync(default);

        (await DraftsAsync()).ShouldBe(0);
        (await office.EventsAsync("drafts.purged")).ShouldBe(1);
    }

    [Fact]
    public async Task Only_messages_are_taken_from_the_outbox_and_only_where_its_sender_is_in_use()
    {
        // The server's own first round would take them meanwhile.
        await office.Get<Housekeeping>().StopAsync(default);
        var sender = office.Get<FolderSender>();
        Directory.CreateDirectory(sender.Folder);
        string[] names = [$"{Guid.NewGuid():N}.txt", $".{Guid.NewGuid():N}.{Guid.NewGuid():N}", "notes.txt", "2026-11.zip", "deadbeef.txt"];
        foreach (var name in names)
        {
            await File.WriteAllTextAsync(Path.Combine(sender.Folder, name), "words");
            File.SetLastWriteTimeUtc(Path.Combine(sender.Folder, name), office.Now.AddDays(-FolderSender.DaysKept - 1));
        }
        string[] Left() => [.. names.Where(n => File.Exists(Path.Combine(sender.Folder, n)))];
        var live = new Housekeeping(office.Get<Chores>(), office.Get<AwardDesk>(), office.Get<Drafts>(), new Postman(office.Database, office.Get<Commands>(), office.Get<LogKey>(), office.Get<HouseholdReader>(), null),
            office.Get<SettingsDesk>(), office.Get<AnyDoor.Sharing.Agreements>(), office.Get<HandoverDesk>(), office.Get<CrisisEpisodes>(), office.Get<StaffSessions>(), office.Get<AnyDoor.Organisations.WebhookDesk>(), office.Get<HeldForms>(), sender, office.Get<AnyDoor.Rights.RetentionDesk>(), office.Get<AnyDoor.Reporting.TakeUp>(), office.Get<AnyDoor.PlaceTeams.GapDesk>(), office.Get<AnyDoor.ServiceDirectory.ServiceReports>(), office.Get<AnyDoor.Offers.AcceptanceCounts>(), NullLogger<Housekeeping>.Instance);
        await live.RoundAsync(default);
        Left().ShouldBe(names);

        await office.Get<Housekeeping>().RoundAsync(default);

        Left().ShouldBe(names[2..]);
    }

    private async Task<int> DraftsAsync()
    {
        await using var db = office.Database.Open();
        return await db.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM draft").SingleAsync();
    }
}
