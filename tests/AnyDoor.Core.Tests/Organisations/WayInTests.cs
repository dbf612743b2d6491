using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Organisations;

/// <summary>Links, sessions and who looks after whom, on both databases.</summary>
public sealed class WayInTests
{
    private static readonly WhoIsWorking Administrator = new(Guid.NewGuid(), "ada", "Ada Fenwick", Role.Administrator, Guid.NewGuid(), "Fen County Council", OrganisationKind.Council);

    [Theory, OnBothDatabases]
    public async Task A_link_is_used_once_however_many_press_at_once(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var code = (await desk.InviteAsync("Noor Pell", "hub-adviser", "Fen hub")).Code;

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => desk.Invitations.AcceptAsync(code, new WayIn($"noor{i}@hub.example", PasswordHash: "hash", AppKey: "key"), default)));

        answers.Count(a => a.Done).ShouldBe(1);
        answers.Where(a => !a.Done).ShouldAllBe(a => a.Refusal!.Code == "over");
        await using var db = desk.Test.Database.Open();
        (await db.Set<Account>().CountAsync()).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Two_who_open_the_first_link_make_one_administrator(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var code = (await desk.Invitations.FirstOfAllAsync(desk.Who, default))!;
        WayIn Way(int i) => new($"ada{i}@council.example", PasswordHash: "hash", AppKey: "key", Name: $"Ada Fenwick", Organisation: "Fen County Council");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => desk.Invitations.AcceptAsync(code, Way(i), default)));

        answers.Count(a => a.Done).ShouldBe(1);
        (await desk.Invitations.FirstOfAllAsync(desk.Who, default)).ShouldBeNull();
        (await desk.People.AllAsync(Administrator, default)).Single().ShouldSatisfyAllConditions(w => w.Handle.ShouldBe("a.fenwick"), w => w.HasPassword.ShouldBeTrue(), w => w.Role.ShouldBe(Role.Administrator));
    }

    [Theory, OnBothDatabases]
    public async Task A_link_is_over_after_a_week_and_when_its_worker_is_disabled(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var (worker, code) = await desk.InviteAsync("Noor Pell", "hub-adviser", "Fen hub");
        (await desk.Invitations.FindAsync(code, default))!.Name.ShouldBe("Noor Pell");
        await desk.Staff.SetActiveAsync(worker.Handle, false, desk.Who, default);
        (await desk.Invitations.FindAsync(code, default)).ShouldBeNull();
        await desk.Staff.SetActiveAsync(worker.Handle, true, desk.Who, default);
        (await desk.Invitations.FindAsync(code, default)).ShouldNotBeNull();

        desk.Clock.Advance(Invitations.Good);

        (await desk.Invitations.FindAsync(code, default)).ShouldBeNull();
        (await desk.Invitations.AcceptAsync(code, new WayIn("noor@hub.example", PasswordHash: "hash"), default)).Refusal!.Code.ShouldBe("over");
    }

    [Theory, OnBothDatabases]
    public async Task A_session_is_there_until_it_is_over_ended_or_its_worker_is_somebody_else(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var (worker, _) = await desk.InviteAsync("Noor Pell", "hub-adviser", "Fen hub");
        var noor = (await new StaffAccess(desk.Test.Database).FindAsync(worker.Id, default))!;
        async Task<Guid> InAsync() => await desk.Sessions.BeginAsync(noor, SignedInBy.Passkey, "Chrome on Windows", default);
        async Task<bool> IsInAsync(Guid id) => await desk.Sessions.FindAsync(id, default) is not null;

        var (ended, other) = (await InAsync(), await InAsync());
        (await desk.Sessions.EndAsync(noor with { WorkerId = Guid.NewGuid() }, ended, default)).Value.ShouldBeFalse("somebody else's");
        (await desk.Sessions.EndAsync(noor, ended, default)).Value.ShouldBeTrue();
        (await IsInAsync(ended), await IsInAsync(other)).ShouldBe((false, true));
        var instead = await desk.Sessions.BeginAsync(noor, SignedInBy.Password, "Chrome on Windows", default, other);
        (await IsInAsync(other), await IsInAsync(instead)).ShouldBe((false, true));

        (await desk.People.ChangeRoleAsync(Administrator, worker.Handle, "navigator", null, desk.Who, default)).Done.ShouldBeTrue();
        (await IsInAsync(instead)).ShouldBeFalse("another role");
        noor = (await new StaffAccess(desk.Test.Database).FindAsync(worker.Id, default))!;
        var last = await InAsync();
        (await desk.People.OneAsync(Administrator, worker.Handle, default))!.OpenSessions.ShouldBe(1);
        desk.Clock.Advance(StaffSessions.AtMost);
        (await IsInAsync(last)).ShouldBeFalse("twelve hours");
        (await desk.Sessions.RanOutAsync(last, default)).ShouldBe(worker.Id);
        (await desk.Sessions.RanOutAsync(ended, default)).ShouldBeNull();

        desk.Clock.Advance(TimeSpan.FromDays(91));
        await desk.Sessions.PurgeAsync(desk.Who with { At = desk.Clock.UtcNow() }, default);
        (await desk.Sessions.OfAsync(worker.Id, default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task A_partners_administrator_sees_and_changes_their_own_partner_workers_only(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var (sal, _) = await desk.InviteAsync("Sal Orme", "partner-administrator", "Fen pantry");
        await desk.InviteAsync("Kit Hale", "partner-worker", "Fen pantry");
        await desk.InviteAsync("Rob Dyke", "partner-worker", "Fen school");
        await desk.InviteAsync("Nia Vale", "navigator", "Fen pantry");
        var by = (await new StaffAccess(desk.Test.Database).FindAsync(sal.Id, default))!;

        (await desk.People.AllAsync(by, default)).Select(w => w.Name).ShouldBe(["Kit Hale", "Sal Orme"]);
        (await desk.People.SetActiveAsync(by, "r.dyke", false, desk.Who, default)).Refusal!.Code.ShouldBe("not-found");
        (await desk.People.SetActiveAsync(by, "n.vale", false, desk.Who, default)).Refusal!.Code.ShouldBe("not-found");
        (await desk.People.ChangeRoleAsync(by, "k.hale", "hub-adviser", null, desk.Who, default)).Refusal!.Field.ShouldBe("role");
        (await desk.People.SetActiveAsync(by, "k.hale", false, desk.Who, default)).Done.ShouldBeTrue();
        foreach (var role in Enum.GetValues<Role>().Except([Role.Administrator, Role.PartnerAdministrator])) (await desk.People.AllAsync(by with { Role = role }, default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task A_way_in_that_somebody_elses_link_replaces_is_told_to_the_lead_and_to_the_worker(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var lead = new InformationDesk(desk.Test.Database, desk.Test.Commands(desk.Clock));
        var (maren, first) = await desk.InviteAsync("Maren Halliwick", "information-lead", "Fen rights");
        (await desk.Invitations.AcceptAsync(first, new WayIn("maren@fen.example", PasswordHash: "hash", AppKey: "key"), default)).Done.ShouldBeTrue();
        (await lead.RaisedAsync("way-in-", default)).ShouldBeEmpty("their own first way in is no news");
        (await desk.Invitations.LastReplacedAsync(maren.Id, default)).ShouldBeNull();
        (await lead.RaisedAsync("role-", default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Worker.ShouldBe("Maren Halliwick"), r => r.Role.ShouldNotBeNull(), r => r.Kind.ShouldBe(People.RoleGiven));

        var code = (await desk.Invitations.AgainAsync(Administrator, maren.Handle, "She says that her phone is lost", desk.Who, default)).Value!;
        (await desk.Invitations.AcceptAsync(code, new WayIn("somebody@else.example", PasswordHash: "other", AppKey: "other"), default)).Done.ShouldBeTrue();

        var raised = (await lead.RaisedAsync("way-in-", default)).ShouldHaveSingleItem();
        (raised.Kind, raised.Worker, raised.By).ShouldBe((Invitations.WayInReplaced, "Maren Halliwick", "ada"));
        (await desk.Invitations.LastReplacedAsync(maren.Id, default)).ShouldBe((desk.Clock.UtcNow(), "ada"));
        (await lead.SeenAsync(desk.Who, raised.Id, default)).Value.ShouldBeTrue();
        (await lead.RaisedAsync("way-in-", default)).ShouldBeEmpty();
        (await desk.Invitations.LastReplacedAsync(maren.Id, default)).ShouldNotBeNull("it stays on the worker’s own page");
    }

    private sealed class Desk(TestDatabase test, FakeTimeProvider clock) : IAsyncDisposable
    {
        private readonly Commands commands = test.Commands(clock);
        public TestDatabase Test => test;
        public FakeTimeProvider Clock => clock;
        public AuditContext Who => new(Actor.Job("test"), null, "test", Purpose.Assurance, clock.UtcNow());
        public Invitations Invitations => new(test.Database, commands, test.Key);
        public People People => new(test.Database, commands);
        public Staff Staff => new(test.Database, commands);
        public StaffSessions Sessions { get; } = new(test.Database, test.Commands(clock));

        public static async Task<Desk> OpenAsync(Db kind) => new(await TestDatabase.CreateAsync(kind), new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 14, 0, TimeSpan.Zero)));

        public async Task<(Worker Worker, string Code)> InviteAsync(string name, string role, string organisation) =>
            (await Invitations.InviteAsync(Administrator, new NewColleague(name, $"{name.Split(' ')[0]}@fen.example", null, role, organisation), Who, default)).Value;

        public ValueTask DisposeAsync() => test.DisposeAsync();
    }
}
