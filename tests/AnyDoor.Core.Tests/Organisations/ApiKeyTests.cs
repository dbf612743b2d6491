using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Organisations;

/// <summary>A partner's key: scoped, dated, followed by another, revocable, last used shown.</summary>
public sealed class ApiKeyTests
{
    private sealed class Rig(TestDatabase test) : IAsyncDisposable
    {
        public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 14, 0, TimeSpan.Zero));
        public TestDatabase Test => test;
        public ApiKeys Keys { get; private set; } = null!;
        public Guid Pantry { get; private set; }
        public AuditContext Who => new(Actor.Job("test"), null, "test", Purpose.Assurance, Clock.GetUtcNow().UtcDateTime);

        public static async Task<Rig> StartAsync(Db kind)
        {
            var rig = new Rig(await TestDatabase.CreateAsync(kind));
            var commands = rig.Test.Commands(rig.Clock);
            var staff = new AnyDoor.Organisations.Staff(rig.Test.Database, commands);
            rig.Pantry = (await staff.CreateAsync("pat", null, "Invented pantry", "partner-administrator", rig.Who, default)).Value!.OrganisationId;
            await staff.CreateAsync("sam", null, "Invented school", "partner-administrator", rig.Who, default);
            rig.Keys = new ApiKeys(rig.Test.Database, commands, rig.Test.Key);
            return rig;
        }

        public ValueTask DisposeAsync() => test.DisposeAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Rotate_TheOldKeyWorksOnForTheOverlap_ThenEnds(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var old = (await rig.Keys.CreateAsync("pat", new NewKey("Case system", [ApiKeys.ReadHandovers]), rig.Who, null, default)).Value!;

        var next = (await rig.Keys.RotateAsync(old.Id, 3, rig.Who, null, default)).Value!;

        (await rig.Keys.FindAsync(old.Text, default)).ShouldNotBeNull();
        (await rig.Keys.FindAsync(next.Text, default))!.Scopes.ShouldBe([ApiKeys.ReadHandovers]);
        (await rig.Keys.RotateAsync(old.Id, 3, rig.Who, null, default)).Refusal!.Code.ShouldBe("followed");
        rig.Clock.Advance(TimeSpan.FromDays(3));
        (await rig.Keys.FindAsync(old.Text, default)).ShouldBeNull();
        (await rig.Keys.FindAsync(next.Text, default)).ShouldNotBeNull();
        var shown = await rig.Keys.ListAsync(default);
        shown.Single(k => k.Id == old.Id).ShouldSatisfyAllConditions(k => k.Works.ShouldBeFalse(), k => k.FollowedBy.ShouldBe(next.Id));
        shown.Single(k => k.Id == next.Id).Label.ShouldBe("Case system");
        await using var db = rig.Test.Database.Open();
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind == "api-key.rotated" && e.SubjectId == old.Id)).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Rotate_WithoutOverlap_EndsTheOldKeyAtOnce(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var old = (await rig.Keys.CreateAsync("pat", new NewKey(), rig.Who, null, default)).Value!;

        (await rig.Keys.RotateAsync(old.Id, 0, rig.Who, null, default)).Done.ShouldBeTrue();

        (await rig.Keys.FindAsync(old.Text, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Key_AfterItsLastDay_WorksNoMore_AndItsLastUseIsShown(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var made = (await rig.Keys.CreateAsync("pat", new NewKey(Days: 30), rig.Who, null, default)).Value!;
        (await rig.Keys.ListAsync(default)).Single().LastUsedAt.ShouldBeNull();

        rig.Clock.Advance(TimeSpan.FromDays(29));
        (await rig.Keys.FindAsync(made.Text, default)).ShouldNotBeNull();

        (await rig.Keys.ListAsync(default)).Single().LastUsedAt.ShouldBe(rig.Clock.GetUtcNow().UtcDateTime);
        rig.Clock.Advance(TimeSpan.FromDays(1));
        (await rig.Keys.FindAsync(made.Text, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Create_MoreThanTheRoleMay_OrForAnother_IsRefused(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);

        (await rig.Keys.CreateAsync("pat", new NewKey(Scopes: [ApiKeys.WriteAwards]), rig.Who, null, default)).Refusal!.Code.ShouldBe("scopes");
        (await rig.Keys.CreateAsync("pat", new NewKey(Days: 0), rig.Who, null, default)).Refusal!.Code.ShouldBe("days");
        (await rig.Keys.CreateAsync("pat", new NewKey(Days: 100_000), rig.Who, null, default)).Refusal!.Code.ShouldBe("days");
        (await rig.Keys.CreateAsync("sam", new NewKey(), rig.Who, rig.Pantry, default)).Refusal!.Code.ShouldBe("not-found");
    }

    [Theory, OnBothDatabases]
    public async Task AnotherOrganisations_KeyIsNotThere(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var theirs = (await rig.Keys.CreateAsync("sam", new NewKey(), rig.Who, null, default)).Value!;

        (await rig.Keys.RotateAsync(theirs.Id, 3, rig.Who, rig.Pantry, default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Keys.RevokeAsync(theirs.Id, rig.Who, rig.Pantry, default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Keys.ListAsync(default, rig.Pantry)).ShouldBeEmpty();
        (await rig.Keys.FindAsync(theirs.Text, default)).ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Key_OfAWorkerWhoseRoleIsAnother_MayDoOnlyWhatThatRoleMay(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var staff = new AnyDoor.Organisations.Staff(rig.Test.Database, rig.Test.Commands(rig.Clock));
        await staff.CreateAsync("nia", null, "Invented pantry", "navigator", rig.Who, default);
        var all = (await rig.Keys.CreateAsync("nia", new NewKey(), rig.Who, null, default)).Value!;
        var answers = (await rig.Keys.CreateAsync("nia", new NewKey(Scopes: [ApiKeys.ReadHandovers, ApiKeys.WriteHandovers]), rig.Who, null, default)).Value!;
        (await rig.Keys.FindAsync(all.Text, default))!.Scopes.ShouldContain(ApiKeys.WriteHandovers);
        var ada = new WhoIsWorking(Guid.NewGuid(), "ada", "Ada Fenwick", Role.Administrator, Guid.NewGuid(), "Fen County Council", OrganisationKind.Council);

        (await new People(rig.Test.Database, rig.Test.Commands(rig.Clock)).ChangeRoleAsync(ada, "nia", "councillor", null, rig.Who, default)).Done.ShouldBeTrue();

        (await rig.Keys.FindAsync(all.Text, default))!.Scopes.ShouldBe([ApiKeys.ReadSchemes, ApiKeys.WriteRequests], ignoreOrder: true);
        (await rig.Keys.FindAsync(answers.Text, default))!.Scopes.ShouldBeEmpty();
        var next = (await rig.Keys.RotateAsync(all.Id, 0, rig.Who, null, default)).Value!;
        (await rig.Keys.RotateAsync(answers.Id, 0, rig.Who, null, default)).Refusal!.Code.ShouldBe("over");
        await using var db = rig.Test.Database.Open();
        (await db.Set<ApiKey>().SingleAsync(k => k.Id == next.Id)).Scopes.ShouldBe($"{ApiKeys.ReadSchemes},{ApiKeys.WriteRequests}");
        (await rig.Keys.ListAsync(default)).Single(k => k.Id == next.Id).Scopes.ShouldBe([ApiKeys.ReadSchemes, ApiKeys.WriteRequests]);
    }

    [Theory, OnBothDatabases]
    public async Task Key_OfSomebodyAboveAPartnersAdministrator_IsNotThereForThem(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        await new AnyDoor.Organisations.Staff(rig.Test.Database, rig.Test.Commands(rig.Clock)).CreateAsync("nia", null, "Invented pantry", "navigator", rig.Who, default);
        var nias = (await rig.Keys.CreateAsync("nia", new NewKey(), rig.Who, null, default)).Value!;

        (await rig.Keys.RotateAsync(nias.Id, 1, rig.Who, rig.Pantry, default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Keys.RevokeAsync(nias.Id, rig.Who, rig.Pantry, default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Keys.CreateAsync("nia", new NewKey(), rig.Who, rig.Pantry, default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Keys.ListAsync(default, rig.Pantry)).ShouldBeEmpty();
        (await rig.Keys.CreateAsync("pat", new NewKey(), rig.Who, rig.Pantry, default)).Done.ShouldBeTrue();
    }
}
