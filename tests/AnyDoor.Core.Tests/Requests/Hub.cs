using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>The hub at its desk: the queue, the handovers and the calls, on a database of its own.</summary>
internal sealed record Hub(Desk Desk, Queue Queue, RequestDesk Requests, Intake Intake, HandoverDesk Handovers, CallDesk Calls, SettingsDesk Settings) : IAsyncDisposable
{
    public static readonly PassOn Advice = new(null, "Fenland Advice Centre", "Rent is one month behind; wants help with a budget.", ["debt-or-budgeting"]);

    private static readonly DateTime Now = Desk.Now;

    public AuditContext Nadia => Desk.Nadia.For(Purpose.RespondToRequest, "phone-county-hub", Now);

    public static async Task<Hub> OpenAsync(Db kind)
    {
        var desk = await Desk.OpenAsync(kind);
        await desk.Commands.RunAsync(Desk.Job(), c =>
        {
            c.Insert(new Door { Id = "web-form", Label = "Web form" });
            c.Insert(new Door { Id = "food-bank", Label = "Food bank" });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        var (requests, intake, settings) = (new RequestDesk(desk.Test.Database, desk.Commands), new Intake(new PostcodeDirectory(desk.Test.Database)), new SettingsDesk(desk.Test.Database, desk.Commands, TimeProvider.System));
        return new Hub(desk, new Queue(desk.Test.Database, desk.Commands), requests, intake, new HandoverDesk(desk.Test.Database, desk.Commands, desk.Reader),
            new CallDesk(desk.Commands, new Arrivals(intake, new RequestPost(new Post(settings))), desk.Reader, requests), settings);
    }

    public async Task<Received> ReceiveAsync(string name, Urgency urgency, int hoursAgo = 2, string? district = null, string? language = null, string door = "web-form") =>
        (await Desk.Commands.RunAsync(Desk.Job() with { At = Now.AddHours(-hoursAgo) }, c => Task.FromResult<Result<Received>>(Intake.Receive(c, new NewRequest
        {
            DoorId = door, People = [new NewPerson(name, MemberRole.Applicant, new DateOnly(1990, 3, 14))], Contact = new NewSafeContact(ContactWay.Text), Urgency = urgency,
            SubmittedAt = Now.AddHours(-hoursAgo), Invented = true, District = district, Language = language, Needs = ["food"],
        })), default)).Value!;

    public async Task<AuditContext> ColleagueAsync(string handle, string name)
    {
        var id = Guid.CreateVersion7();
        await Desk.Commands.RunAsync(Desk.Job(), c =>
        {
            c.Insert(new Worker { Id = id, Handle = handle, Name = name, Role = Role.HubAdviser, OrganisationId = Desk.Nadia.OrganisationId, Active = true, Invented = true });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        return new AuditContext(Actor.Worker(id, handle), Desk.Nadia.OrganisationId, "phone-county-hub", Purpose.RespondToRequest, Now);
    }

    /// <summary>What an organisation said, written down by the hub: of the newest handover of a request.</summary>
    public async Task<Result<string>> AnswerAsync(string request, HandoverAnswer answer, string? why) =>
        await Handovers.AnswerAsync(Nadia with { Purpose = Purpose.Handover }, Desk.Nadia, (await HandoversAsync(request))[0].Reference, answer, why, default);

    /// <summary>The handovers of a request, the newest first.</summary>
    public async Task<List<Handover>> HandoversAsync(string request)
    {
        await using var db = Desk.Test.Database.Open();
        return await db.Set<Handover>().Where(h => db.Set<Request>().Any(r => r.Id == h.CauseId && r.Reference == request)).OrderByDescending(h => h.SentAt).ThenByDescending(h => h.Id).ToListAsync();
    }

    public async Task<Request> RequestAsync(string reference)
    {
        await using var db = Desk.Test.Database.Open();
        return await db.Set<Request>().SingleAsync(r => r.Reference == reference);
    }

    public Task<QueuePage> ReadAsync(QueueFilter filter) => Queue.ReadAsync(Desk.Nadia.WorkerId, filter, Now, default);

    public async Task<int> EventsAsync(string what)
    {
        await using var db = Desk.Test.Database.Open();
        return await db.Set<AuditEvent>().CountAsync(e => e.Kind == what);
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
