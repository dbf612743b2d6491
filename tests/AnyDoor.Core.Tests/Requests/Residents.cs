using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Data;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>The resident's rooms on one database, at a clock the test moves.</summary>
internal sealed class Residents : IAsyncDisposable
{
    public static readonly DateTime Morning = new(2026, 11, 24, 8, 12, 0, DateTimeKind.Utc);

    private Residents(Desk desk)
    {
        Desk = desk;
        Settings = new SettingsDesk(desk.Test.Database, desk.Commands, TimeProvider.System);
        RequestPost = new RequestPost(new Post(Settings));
        Drafts = new Drafts(desk.Test.Database, desk.Commands, desk.Test.Key, new Intake(new PostcodeDirectory(desk.Test.Database)), RequestPost);
        Sittings = new Sittings(desk.Test.Database, desk.Commands, desk.Test.Key);
        Status = new RequestStatusDesk(desk.Test.Database, desk.Commands, desk.Test.Key, desk.Reader, new PostcodeDirectory(desk.Test.Database), new AnyDoor.Funds.SchemeBook());
        Sender = new FolderSender(Path.Combine(desk.Test.Folder, "outbox"), TimeProvider.System);
    }

    public Desk Desk { get; }
    public SettingsDesk Settings { get; }
    public RequestPost RequestPost { get; }
    public Drafts Drafts { get; }
    public Sittings Sittings { get; }
    public RequestStatusDesk Status { get; }
    public FolderSender Sender { get; }
    public DateTime Now { get; set; } = Morning;
    public AuditContext Who => new(Actor.Resident(null), null, Drafts.Door, Purpose.RespondToRequest, Now);

    public static async Task<Residents> OpenAsync(Db kind)
    {
        var residents = new Residents(await Desk.OpenAsync(kind));
        await residents.Desk.Commands.RunAsync(residents.Who, c =>
        {
            c.Insert(new Door { Id = Drafts.Door, Label = "Web form" });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        return residents;
    }

    /// <summary>Loads postcodes as an operator does. A line is postcode, latitude, longitude, district.</summary>
    public async Task LoadPostcodesAsync(params string[] lines)
    {
        var file = Path.Combine(Desk.Test.Folder, "postcodes.csv");
        await File.WriteAllLinesAsync(file, ["pcds,lat,long,laua", .. lines]);
        await new PlaceImport(Desk.Test.Database, Desk.Commands, new PlaceBook(Desk.Test.Database)).LoadAsync(file, Who, default);
    }

    public Postman Postman(IMessageSender? sender = null) => new(Desk.Test.Database, Desk.Commands, Desk.Test.Key, Desk.Reader, sender ?? Sender);

    public static FormPage Page(string id) => ResidentForm.Current.Page(id)!;

    public async Task<(string Token, OpenDraft Draft)> StartAsync(params (string Field, string[] Values)[] needs) =>
        await Drafts.StartAsync(Page("needs"), needs.ToDictionary(n => n.Field, n => n.Values), false, "en", null, Who, default);

    public async Task<OpenDraft> SaveAsync(Guid id, string page, params (string Field, string[] Values)[] typed) =>
        (await Drafts.SaveAsync(id, Page(page), typed.ToDictionary(n => n.Field, n => n.Values), "en", Who, default))!;

    /// <summary>A sent request of Leanne's, reached as the test says.</summary>
    public async Task<SentForm> SendAsync(params (string Field, string[] Values)[] safeContact)
    {
        var (_, draft) = await StartAsync(("needs", ["food"]));
        await SaveAsync(draft.Id, "safe-contact", safeContact);
        await SaveAsync(draft.Id, "about-you", ("name", ["Leanne Harrowmere"]));
        return (await Drafts.SendAsync(draft.Id, "en", Who, default)).Value!;
    }

    public async Task<T> ReadAsync<T>(Func<AnyDoorDb, Task<T>> read)
    {
        await using var db = Desk.Test.Database.Open();
        return await read(db);
    }

    public Task<List<Request>> RequestsAsync() => ReadAsync(db => db.Set<Request>().ToListAsync());
    public Task<List<OutboxMessage>> OutboxAsync() => ReadAsync(db => db.Set<OutboxMessage>().ToListAsync());

    public string[] Files() => Directory.Exists(Sender.Folder) ? [.. Directory.EnumerateFiles(Sender.Folder).Select(File.ReadAllText)] : [];

    public async ValueTask DisposeAsync() => await Desk.DisposeAsync();
}
