using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Messages;
using AnyDoor.Requests;
using AnyDoor.Tests;
using AnyDoor.Web.Tests.Staff;

namespace AnyDoor.Web.Tests.Residents;

public sealed class PostroomTests(Office office) : IClassFixture<Office>
{
    [Fact]
    [Requirement("R-DA-02")]
    public async Task MessageInTheOutbox_IsTakenToTheDemosSender_ByTheServerItself()
    {
        var received = await office.ReceiveAsync();
        await office.Get<Commands>().RunAsync(new AuditContext(Actor.Job("test"), null, "test", Purpose.RespondToRequest, office.Now), async c =>
        {
            await office.Get<RequestPost>().QueueAsync(c, received.RequestId, "something-to-read", new Dictionary<string, string>());
            return (Result<Nothing>)Nothing.Value;
        }, default);

        var folder = office.Get<FolderSender>().Folder;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "*.txt").Any()) await Task.Delay(100, patience.Token);

        (await File.ReadAllTextAsync(Directory.EnumerateFiles(folder, "*.txt").Single())).ShouldContain("Your request: there is something to read.");
    }

    [Fact]
    public async Task SecurityAndRobots_AreThereForMachines()
    {
        var browser = office.Browser();

        (await browser.GetStringAsync("/.well-known/security.txt")).ShouldContain("Contact: mailto:security@example.org");
        (await browser.GetStringAsync("/robots.txt")).ShouldContain("Disallow: /staff");
    }
}
