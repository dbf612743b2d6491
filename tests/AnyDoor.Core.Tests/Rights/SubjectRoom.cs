using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Funds;
using Database = AnyDoor.Data.Database;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Rights;

/// <summary>The information lead at their desk, with homes whose people ask of their own data.</summary>
internal sealed record SubjectRoom(Hub Hub, SubjectDesk Desk, WhoIsWorking Maren, SharingDesk Sharing) : IAsyncDisposable
{
    public static readonly DateTime Now = Core.Tests.Households.Desk.Now;
    public AuditContext Who => Maren.For(Purpose.Assurance, "phone-county-hub", Now);
    public Database Database => Hub.Desk.Test.Database;

    public static async Task<SubjectRoom> OpenAsync(Db kind, Gatherer? gatherer = null)
    {
        var hub = await Hub.OpenAsync(kind);
        var desk = hub.Desk;
        var home = new HomeDesk(desk.Commands, desk.Reader, new PostcodeDirectory(desk.Test.Database));
        return new SubjectRoom(hub, new SubjectDesk(desk.Test.Database, desk.Commands, desk.Reader, home, gatherer ?? new Gatherer(new SchemeBook())), desk.Other(Role.InformationLead), new SharingDesk(desk.Test.Database, desk.Commands, desk.Reader));
    }

    /// <summary>Gethin, who lives with Rhys; a worker wrote down what he said.</summary>
    public async Task<Received> GethinAsync(bool atRisk = false)
    {
        var received = await ReceiveAsync(r => r with { AddressHidden = atRisk });
        await WriteAsync(async c =>
        {
            var rhys = await c.Db.Set<Membership>().Where(m => m.HouseholdId == received.HouseholdId && m.PersonId != received.ApplicantId).Select(m => m.PersonId).SingleAsync();
            Answer Of(Guid teller, Guid? about, string value) => new() { Id = Guid.NewGuid(), HouseholdId = received.HouseholdId, PersonId = teller, About = about, Fact = "needs.own_words", Value = $"\"{value}\"", Origin = "conversation", At = Now.AddDays(-40) };
            c.Insert(Of(received.ApplicantId, null, "Lost my job"));
            c.Insert(Of(rhys, received.ApplicantId, "He drinks, says Rhys"));
            c.Insert(Of(rhys, null, "My own illness"));
        });
        return received;
    }

    public async Task<Received> ReceiveAsync(Func<NewRequest, NewRequest> change) => (await Hub.Desk.Commands.RunAsync(Core.Tests.Households.Desk.Job(), c => Task.FromResult<Result<Received>>(Hub.Intake.Receive(c, change(new NewRequest
    {
        DoorId = "web-form", People = [new NewPerson("Gethin Rushbeck", MemberRole.Applicant, new DateOnly(1984, 5, 2)), new NewPerson("Rhys Rushbeck", MemberRole.Adult, new DateOnly(1981, 1, 9))],
        Contact = new NewSafeContact(ContactWay.Phone, Phone: "07700900418"), Urgency = Urgency.ThisWeek, SubmittedAt = Now.AddDays(-50), Invented = true, Address = "41 Teasel Way",
        Needs = ["food"], Words = "My brother Rhys lent me £60, ring him on 07700 900555. Nadia Wexcombe booked a parcel.", Code = "abc",
    }))), default)).Value!;

    public async Task WriteAsync(Func<Command, Task> write) => (await Hub.Desk.Commands.RunAsync(Core.Tests.Households.Desk.Job(), async c =>
    {
        await write(c);
        return (Result<Nothing>)Nothing.Value;
    }, default)).Refusal.ShouldBeNull();

    public Task WriteAsync(Action<Command> write) => WriteAsync(c =>
    {
        write(c);
        return Task.CompletedTask;
    });

    public async Task<string> AskedAsync(SubjectKind kind = SubjectKind.Access, string? identity = "Called back on the number we have") =>
        (await Desk.TakeInAsync(Who, new NewSubjectRequest(kind, SubjectWay.Letter, LondonTime.DayOf(Now).AddDays(-3), "Gethin Rushbeck", "Everything since I lost my job", IdentityHow: identity), default)).Value!;

    /// <summary>An ask of this person's, found to be theirs.</summary>
    public async Task<string> AskedByAsync(Guid person, SubjectKind kind = SubjectKind.Access)
    {
        var reference = await AskedAsync(kind);
        (await Desk.LinkAsync(Who, reference, person, default)).Refusal.ShouldBeNull();
        return reference;
    }

    public async Task<SubjectFile> GatheredAsync(Guid person)
    {
        var reference = await AskedByAsync(person);
        (await Desk.GatherAsync(Maren, reference, Now, default)).Refusal.ShouldBeNull();
        return await FileAsync(reference);
    }

    /// <summary>Everything is read, and what was held back stays out.</summary>
    public async Task DecideAllAsync(string reference)
    {
        (await Desk.TakeSuggestionsAsync(Who, reference, default)).Refusal.ShouldBeNull();
        foreach (var place in SubjectPlaces.All)
        {
            (await Desk.ReadPlaceAsync(Who, reference, place, default)).Refusal.ShouldBeNull();
            (await Desk.LeaveOutPlaceAsync(Who, reference, place, "About his brother too", default)).Refusal.ShouldBeNull();
        }
    }

    public async Task<SubjectFile> FileAsync(string reference) => (await Desk.OpenAsync(Maren, reference, Now, default)).ShouldNotBeNull();

    /// <summary>A refuge with a worker, as the partnership has them.</summary>
    public async Task<WhoIsWorking> RefugeAsync()
    {
        var (organisation, worker) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await WriteAsync(c =>
        {
            c.Insert(new Organisation { Id = organisation, Handle = "fenland-refuge", Name = "Fenland Women’s Refuge", Kind = OrganisationKind.Voluntary, Invented = true });
            c.Insert(new Worker { Id = worker, Handle = "perpetua", Name = "Perpetua Ashlock", Role = Role.PartnerWorker, OrganisationId = organisation, Active = true, Invented = true });
        });
        return (await new StaffAccess(Database).FindAsync("perpetua", default))!;
    }

    /// <summary>A look, with its line in the sealer's index.</summary>
    public async Task LookAsync(WhoIsWorking worker, Guid household, DateTime at, string basis = "open-request", Purpose purpose = Purpose.RespondToRequest)
    {
        await Hub.Desk.Log.RecordAsync(worker.For(purpose, "county-hub", at), "household", basis, [household], default);
        await WriteAsync(async c => c.Insert(new ReadSubject { SubjectId = household, ReadEventId = (await c.Db.Set<ReadEvent>().OrderByDescending(e => e.Seq).FirstAsync()).Id }));
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
