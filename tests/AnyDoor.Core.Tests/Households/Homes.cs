using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Households;

/// <summary>A household made for a test; whatever the test does not care about is filled in.</summary>
internal sealed record Home(Guid Id, IReadOnlyList<Guid> People)
{
    public Guid Applicant => People[0];
}

internal sealed record Told(string Name, MemberRole Role = MemberRole.Applicant, string? Born = null, bool AtRisk = false);

internal sealed class Desk : IAsyncDisposable
{
    public static readonly DateTime Now = new(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc);

    private Desk(TestDatabase test)
    {
        Test = test;
        Commands = test.Commands();
        Log = new ReadLog(test.Database, test.Key);
        Reader = new HouseholdReader(test.Database, Commands, Log);
    }

    public TestDatabase Test { get; }
    public Commands Commands { get; }
    public ReadLog Log { get; }
    public HouseholdReader Reader { get; }
    public WhoIsWorking Nadia { get; private set; } = null!;
    public WhoIsWorking Joy { get; private set; } = null!;
    public WhoIsWorking Other(Role role) => Nadia with { WorkerId = Guid.NewGuid(), Role = role };

    public static async Task<Desk> OpenAsync(Db kind)
    {
        var desk = new Desk(await TestDatabase.CreateAsync(kind));
        desk.Nadia = await desk.WorkerAsync("nadia", "Nadia Wexcombe", Role.HubAdviser, "county-hub", OrganisationKind.CountyHub);
        desk.Joy = await desk.WorkerAsync("joy", "Joy Petherwin", Role.PartnerWorker, "waterlees-pantry", OrganisationKind.FoodBank);
        return desk;
    }

    public static AuditContext Job(string? reason = null) => new(Actor.Job("test"), null, "test", Purpose.RespondToRequest, Now.AddDays(-1), reason);

    public static ReadContext As(WhoIsWorking worker, Purpose purpose = Purpose.RespondToRequest, string page = "household", DateTime? at = null) =>
        ReadContext.ForWorker(worker, purpose, page, "county-hub", at ?? Now);

    private async Task<WhoIsWorking> WorkerAsync(string handle, string name, Role role, string organisation, OrganisationKind kind)
    {
        var (worker, org) = (Guid.NewGuid(), Guid.NewGuid());
        await Commands.RunAsync(Job(), c =>
        {
            c.Insert(new Organisation { Id = org, Handle = organisation, Name = organisation, Kind = kind, Invented = true });
            c.Insert(new Worker { Id = worker, Handle = handle, Name = name, Role = role, OrganisationId = org, Active = true, Invented = true });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        return (await new StaffAccess(Test.Database).FindAsync(handle, default))!;
    }

    public async Task<Home> HomeAsync(string postcode = "PE139ZT", string? phone = null, NewReach? reach = null, params Told[] people)
    {
        var household = Guid.CreateVersion7();
        var ids = people.Select(_ => Guid.CreateVersion7()).ToList();
        await Commands.RunAsync(Job(), c =>
        {
            c.Insert(new Household { Id = household, CreatedAt = c.Who.At, District = "E07000010", Version = 1 });
            foreach (var (told, id) in people.Zip(ids))
            {
                var born = told.Born is null ? (DateOnly?)null : DateOnly.Parse(told.Born);
                c.Insert(new Person { Id = id, Name = told.Name, FoldedName = Folding.Fold(told.Name), DateOfBirth = born, BirthYear = born?.Year, AtRisk = told.AtRisk, Invented = true });
                c.Insert(new Membership { Id = Guid.CreateVersion7(), HouseholdId = household, PersonId = id, Role = told.Role, From = new DateOnly(2019, 3, 1) });
            }
            c.Insert(new Address { Id = Guid.CreateVersion7(), HouseholdId = household, Lines = "41 Teasel Way", Postcode = postcode, NoFixedAddress = false, From = new DateOnly(2019, 3, 1) });
            reach ??= new NewReach(ContactWay.Text, DoNot.VoiceMessage, "9am to 2:30pm");
            c.Insert(new SafeContact
            {
                Id = Guid.CreateVersion7(), PersonId = ids[0], By = reach.By, Phone = phone, DoNot = reach.DoNot, BestTime = reach.BestTime, PhoneIsPrivate = true, CheckBeforeContact = false, At = c.Who.At,
            });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        return new Home(household, ids);
    }

    public async Task<Guid> GroundAsync(Home home, string cause, Guid? worker = null, Guid? organisation = null, Purpose purpose = Purpose.RespondToRequest, DateTime? until = null)
    {
        var causeId = Guid.CreateVersion7();
        await Commands.RunAsync(Job(), c =>
        {
            Grounds.Open(c, cause, home.Id, purpose, causeId, worker, organisation, until);
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        return causeId;
    }

    /// <summary>Looks that showed somebody: what was refused and searches that found nobody are apart.</summary>
    public async Task<List<ReadEvent>> LooksAsync() => (await EveryLineAsync()).FindAll(e => e.Basis != ReadLog.Refused && e.Subjects.Length > 0);

    public async Task<List<ReadEvent>> EveryLineAsync()
    {
        await using var db = Test.Database.Open();
        return await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.Set<ReadEvent>().OrderBy(e => e.Seq));
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Test.DisposeAsync();
    }
}

internal sealed record NewReach(ContactWay By, DoNot DoNot, string? BestTime = null);
