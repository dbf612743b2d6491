using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Organisations;

/// <summary>Who works where, which organisation is the hub, and whose keys work.</summary>
public sealed class StaffTests
{
    private static readonly AuditContext Who = new(Actor.Job("test"), null, "command-line", Purpose.Assurance, new DateTime(2026, 11, 24, 8, 12, 0, DateTimeKind.Utc));

    [Theory, OnBothDatabases]
    public async Task DisabledWorker_HasNoAccessAndNoKey_UntilEnabledAgain(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        await desk.AddAsync("nadia", "County hub", "hub-adviser");
        var key = (await desk.Keys.CreateAsync("nadia", Who, default)).Value!;

        (await desk.Staff.SetActiveAsync("nadia", false, Who, default)).Done.ShouldBeTrue();
        (await desk.Staff.SetActiveAsync("nadia", false, Who, default)).Done.ShouldBeTrue("the same again changes nothing");

        (await desk.Staff.FindAsync("nadia", default)).ShouldBeNull();
        (await desk.Access.FindAsync("nadia", default)).ShouldBeNull();
        (await desk.Keys.FindAsync(key, default)).ShouldBeNull();
        (await desk.Keys.CreateAsync("nadia", Who, default)).Refusal!.Code.ShouldBe("not-found");
        (await desk.AddAsync("nadia", "County hub", "hub-adviser")).Refusal!.Sentence.ShouldContain("workers enable --handle nadia");
        (await desk.Staff.SetActiveAsync("nobody", false, Who, default)).Refusal!.Sentence.ShouldBe("There is no worker nobody.");

        (await desk.Staff.SetActiveAsync("nadia", true, Who, default)).Done.ShouldBeTrue();

        (await desk.Keys.FindAsync(key, default)).ShouldNotBeNull().Worker.Handle.ShouldBe("nadia");
        (await desk.EventsAsync()).Where(e => e.StartsWith("worker", StringComparison.Ordinal)).ShouldBe(["worker.added", "worker.disabled", "worker.enabled"]);
    }

    [Theory, OnBothDatabases]
    public async Task KeysWhoseTextIsLost_AreRevokedByTheirWorker(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        await desk.AddAsync("joy", "Pantry", "partner-worker");
        await desk.AddAsync("wyn", "Council", "councillor");
        var (one, two, other) = ((await desk.Keys.CreateAsync("joy", Who, default)).Value!, (await desk.Keys.CreateAsync("joy", Who, default)).Value!, (await desk.Keys.CreateAsync("wyn", Who, default)).Value!);
        await desk.Keys.RevokeAsync(one, Who, default);

        (await desk.Keys.RevokeAllAsync("joy", Who, default)).Value.ShouldBe(1);

        (await desk.Keys.FindAsync(two, default)).ShouldBeNull();
        (await desk.Keys.FindAsync(other, default)).ShouldNotBeNull();
        (await desk.Keys.RevokeAllAsync("nobody", Who, default)).Refusal!.Sentence.ShouldBe("There is no worker nobody.");
        var keys = await desk.Keys.ListAsync(default);
        keys.Select(k => (k.Worker, k.Works)).ShouldBe([("joy", false), ("joy", false), ("wyn", true)]);
        (await desk.EventsAsync()).Count(e => e == "api-key.revoked").ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task SlipOfThePen_MakesNoSecondHub(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind, live: true);
        (await desk.AddAsync("nadia", "County hub", "hub-adviser")).Done.ShouldBeTrue();
        (await desk.AddAsync("joy", "Pantry", "partner-worker")).Done.ShouldBeTrue();

        (await desk.AddAsync("tom", "Conuty hub", "hub-adviser")).Refusal!.Sentence.ShouldBe("The hub is “County hub”, and there is one. Use that for a hub adviser: --organisation county-hub");
        (await desk.AddAsync("tom", "Pantry", "hub-adviser")).Refusal!.Sentence.ShouldBe("“Pantry” is not the hub, and a hub adviser works there. The hub is: --organisation county-hub");
        (await desk.AddAsync("tom", "Pantry", "hub-adviser", "county-hub")).Refusal!.Code.ShouldBe("second-hub");
        (await desk.AddAsync("tom", "Pantry", "partner-worker", "county-hub")).Refusal!.Code.ShouldBe("second-hub");
        (await desk.AddAsync("tom", "!?", "partner-worker")).Refusal!.Code.ShouldBe("organisation");
        (await desk.AddAsync("tom", "Pantry", "partner-worker", "palace")).Refusal!.Sentence.ShouldContain("food-bank");

        (await desk.AddAsync("tom", "county-hub", "hub-adviser")).Done.ShouldBeTrue();
        (await desk.AddAsync("nadia", "County hub", "hub-adviser")).Done.ShouldBeTrue("the same again");
        (await desk.HubsAsync()).ShouldBe(["County hub"]);
    }

    [Theory, OnBothDatabases]
    public async Task HubWhoseFirstWorkerIsNoAdviser_IsTheHubWhereSomebodySaysSo(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind, live: true);
        (await desk.AddAsync("edwin", "County hub", "administrator")).Done.ShouldBeTrue();

        (await desk.AddAsync("nadia", "County hub", "hub-adviser")).Refusal!.Sentence.ShouldEndWith("If it is the hub, say so with: --kind county-hub");
        (await desk.AddAsync("nadia", "County hub", "hub-adviser", "county-hub")).Done.ShouldBeTrue();

        (await desk.HubsAsync()).ShouldBe(["County hub"]);
        (await desk.AddAsync("ada", "County hub", "analyst", "food-bank")).Refusal!.Code.ShouldBe("kind", "what was said once stays");
        (await desk.EventsAsync()).ShouldContain("organisation.kind-told");
    }

    /// <summary>Scripts on a demo bring their own; nobody there is real.</summary>
    [Fact]
    public async Task OnADemo_AScriptMayBringAHubOfItsOwn()
    {
        await using var desk = await Desk.OpenAsync(Db.Sqlite);

        (await desk.AddAsync("nadia", "County hub", "hub-adviser")).Done.ShouldBeTrue();
        (await desk.AddAsync("tester", "Test hub", "hub-adviser")).Done.ShouldBeTrue();
    }

    private sealed class Desk(TestDatabase test, Commands commands) : IAsyncDisposable
    {
        public Staff Staff { get; } = new(test.Database, commands);
        public ApiKeys Keys { get; } = new(test.Database, commands, test.Key);
        public StaffAccess Access { get; } = new(test.Database);

        public static async Task<Desk> OpenAsync(Db kind, bool live = false)
        {
            var test = await TestDatabase.CreateAsync(kind);
            if (live) await test.MarkAsync(false);
            return new Desk(test, test.Commands());
        }

        public Task<Result<Worker>> AddAsync(string handle, string organisation, string role, string? kind = null) => Staff.CreateAsync(handle, null, organisation, role, Who, default, kind);

        public async Task<List<string>> HubsAsync()
        {
            await using var db = test.Database.Open();
            return await db.Set<Organisation>().Where(o => o.Kind == OrganisationKind.CountyHub).Select(o => o.Name).ToListAsync();
        }

        public async Task<List<string>> EventsAsync()
        {
            await using var db = test.Database.Open();
            return await db.Set<AuditEvent>().OrderBy(e => e.Seq).Select(e => e.Kind).ToListAsync();
        }

        public ValueTask DisposeAsync() => test.DisposeAsync();
    }
}
