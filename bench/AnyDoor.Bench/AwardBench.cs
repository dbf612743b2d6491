using System.Net.Http.Headers;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AnyDoor.Bench;

/// <summary>An award over HTTP at 8 clients, beside the same statements in the same round trips and isolation sent to PostgreSQL by hand.</summary>
public static class AwardBench
{
    private const int Clients = 8, Awards = 320, Warm = 800;

    public static async Task RunAsync(Rig rig, Report report)
    {
        report.Title("Award over HTTP, 8 clients, PostgreSQL that waits for the disk");
        var requests = await rig.RequestsAsync(2 * (5 * Awards + Warm) + 40);
        var next = -1;
        Received Next() => requests[Interlocked.Increment(ref next)];

        var key = (await rig.Rooms.Of<ApiKeys>().CreateAsync("nadia", Rooms.Job(), default)).Value!;
        var (script, tap) = await RecordAsync(rig, key, Next);
        report.Line($"{script.Statements} statements in {script.RoundTrips} round trips");

        var server = new NpgsqlConnectionStringBuilder(rig.Installation.Database);
        var raw = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RawConnection.OpenAsync(server.Host!, server.Port, tap.Startup!, script.Uses.Select(u => tap.Prepared[u]))));
        using var http = new HttpClient { BaseAddress = rig.Product.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        Task<double> OverHttpAsync(int times) => Report.RateAsync(Clients, times, async (_, _) =>
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/awards") { Content = JsonContent.Create(Body(Next().Reference)) };
            message.Headers.Add("Idempotency-Key", $"bench-{Guid.NewGuid():N}");
            using var answer = await http.SendAsync(message);
            if ((int)answer.StatusCode != 201) throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        });
        Task<double> ByHandAsync(int times) => Report.RateAsync(Clients, times, async (client, _) =>
        {
            foreach (var (sent, answers) in script.Bytes(Of(Next()))) await raw[client].SendAsync(sent, answers);
        });

        await OverHttpAsync(Warm);
        await ByHandAsync(Warm);
        var before = await CountAsync(rig);
        await report.PairsAsync("award", 0.35, () => OverHttpAsync(Awards), () => ByHandAsync(Awards));
        var made = await CountAsync(rig) - before;
        if (made != 10 * Awards) throw new InvalidOperationException($"{10 * Awards} awards were to be made, and {made} were.");
        foreach (var connection in raw) connection.Dispose();
        await tap.DisposeAsync();
    }

    private static object Body(string request) => new { request_reference = request, scheme = Rig.Scheme, award_type = "crisis-payment", amount_pence = 1000, delivery = AwardAsk.PrintedLetter, reason = "Nothing to eat until Friday" };

    /// <summary>Makes awards through a tap until every statement is prepared, then lays the last two side by side.</summary>
    private static async Task<(Script, WireTap)> RecordAsync(Rig rig, string key, Func<Received> next)
    {
        var server = new NpgsqlConnectionStringBuilder(rig.Installation.Database);
        var tap = new WireTap(server.Host!, server.Port);
        (server.Port, server.MaxPoolSize, server.MinPoolSize, server.Host) = (tap.Port, 1, 1, "127.0.0.1");
        await using var rooms = new Rooms(rig.Installation, server.ConnectionString);
        var (before, one) = (default(Received), (IReadOnlyList<RoundTrip>)[]);
        for (var i = 0; i < 40; i++)
        {
            var request = next();
            tap.Take();
            var caller = (await rooms.Of<ApiKeys>().FindAsync(key, default))!;
            var who = new AuditContext(new Actor(ActorKind.System, caller.Worker.Id, $"{caller.Worker.Handle} by key"), caller.Worker.OrganisationId, "api", Purpose.AwardAndPay, Rooms.Now);
            var made = await rooms.Of<RequestAwards>().AwardAsync(who, caller.Worker, new RequestAward(request.Reference, Rig.Scheme, "crisis-payment", 1000, AwardAsk.PrintedLetter, "Nothing to eat until Friday", null),
                new Once($"api-awards:{caller.Worker.Id}", $"bench-{Guid.NewGuid():N}", System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)), default);
            if (!made.Done) throw new InvalidOperationException(made.Refusal.Sentence);
            var other = tap.Take();
            if (i > 8 && Script.Between(one, other, Of(before!)) is { } script) return (script, tap);
            (before, one) = (request, other);
        }
        throw new InvalidOperationException("No two awards in a row sent the same.");
    }

    private static Dictionary<string, byte[]> Of(Received request) => new()
    {
        ["request"] = request.RequestId.ToByteArray(bigEndian: true),
        ["household"] = request.HouseholdId.ToByteArray(bigEndian: true),
        ["reference"] = Encoding.UTF8.GetBytes(request.Reference),
    };

    private static async Task<int> CountAsync(Rig rig)
    {
        await using var db = rig.Rooms.Database.Open();
        return await db.Set<Award>().CountAsync();
    }
}
