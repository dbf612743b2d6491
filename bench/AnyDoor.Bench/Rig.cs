using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnyDoor.Bench;

/// <summary>The published product on a database of its own with the demo county, and the same rooms opened beside it.</summary>
public sealed class Rig : IAsyncDisposable
{
    public const string Scheme = "crisis-and-resilience-fund";

    private Rig(ProductProcess product, Installation installation, Rooms rooms) => (Product, Installation, Rooms) = (product, installation, rooms);

    public ProductProcess Product { get; }
    public Installation Installation { get; }
    public Rooms Rooms { get; }

    public static async Task<Rig> OpenAsync(bool sqlite = false)
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-bench-").FullName;
        var installation = new Installation(sqlite ? Path.Combine(folder, "anydoor.db") : await NewPostgresAsync(), null, Path.Combine(folder, "keys"), Path.Combine(folder, "checkpoints"));
        Console.WriteLine($"Making the demo county on {(sqlite ? "SQLite" : "PostgreSQL")}...");
        var product = await ProductProcess.StartAsync(installation);
        return new Rig(product, installation, new Rooms(installation));
    }

    /// <summary>A new database on the run's PostgreSQL server. Plain text on the wire: the limit speaks without encryption too.</summary>
    public static async Task<string> NewPostgresAsync()
    {
        var server = Environment.GetEnvironmentVariable("ANYDOOR_TEST_POSTGRES") ?? throw new InvalidOperationException("Run the benches with: ./anydoor bench");
        var name = $"bench_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(server);
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(server) { Database = name, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable }.ConnectionString;
    }

    /// <summary>Requests of invented people, each a household that nothing was given yet.</summary>
    public async Task<List<Received>> RequestsAsync(int count)
    {
        var (commands, intake) = (Rooms.Of<Commands>(), Rooms.Of<Intake>());
        var who = Rooms.Job();
        var received = new List<Received>(count);
        while (received.Count < count)
        {
            var some = Enumerable.Range(received.Count, Math.Min(200, count - received.Count)).Select(i => New(i, who.At)).ToList();
            var made = await commands.RunAsync<List<Received>>(who, c => Task.FromResult<Common.Result<List<Received>>>(intake.Receive(c, some).ToList()), default);
            received.AddRange(made.Value!);
        }
        return received;
    }

    /// <summary>One adult in Fenland who has no food today and whose pay fell: rule 2.1 of the Crisis and Resilience Fund fits.</summary>
    public static NewRequest New(int i, DateTime at) => new()
    {
        DoorId = "phone-county-hub", People = [new NewPerson($"Benedict Measure {i}", MemberRole.Applicant, new DateOnly(1970, 1, 1).AddDays(i % 9000))],
        Contact = new NewSafeContact(ContactWay.Phone, Phone: "07700 900123"), Urgency = Urgency.Today, SubmittedAt = at, Invented = true, District = "E07000010", Needs = ["food"], HouseholdSize = 1,
        Answers = [new NewAnswer("shock.what_changed", JsonSerializer.Serialize(new[] { "lower-pay" })), new NewAnswer("shock.since", JsonSerializer.Serialize(at.ToString("yyyy-MM", null)))],
    };

    public async ValueTask DisposeAsync()
    {
        await Rooms.DisposeAsync();
        await Product.DisposeAsync();
    }
}

/// <summary>The product's rooms on one database, as its own processes compose them.</summary>
public sealed class Rooms : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public Rooms(Installation installation, string? database = null)
    {
        (Installation, Database) = (installation, Database.From(database ?? installation.Database));
        services = new ServiceCollection().AddAnyDoor(installation, Database, installation.OpenKey(), TimeProvider.System).BuildServiceProvider();
    }

    public Installation Installation { get; }
    public Database Database { get; }

    public T Of<T>() where T : notnull => services.GetRequiredService<T>();

    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public static AuditContext Job() => new(Actor.Job("bench"), null, "command-line", Purpose.StatisticsAndPlanning, Rooms.Now);

    public async Task<Worker> WorkerAsync(string handle)
    {
        await using var db = Database.Open();
        return await db.Set<Worker>().SingleAsync(w => w.Handle == handle);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
    }
}
