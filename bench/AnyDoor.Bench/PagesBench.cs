using System.Net;
using System.Text.RegularExpressions;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Bench;

/// <summary>The queue and the household as an adviser gets them, each with its look committed before it is answered, beside a bare page of 28 KB.</summary>
public static partial class PagesBench
{
    private const int Clients = 8, Bare = 4000, Warm = 15000, Pages = 400;

    public static async Task RunAsync(Rig rig, Report report)
    {
        report.Title($"Pages, 8 clients, {rig.Rooms.Database.Kind.Name} that waits for the disk");
        await using var bare = await ProductProcess.StartBareAsync();
        using var visitor = new HttpClient { BaseAddress = bare.Address };
        using var nadia = await SignInAsync(rig.Product.Address, "nadia");
        var households = await HouseholdsAsync(rig);
        report.Line($"bare page {(await visitor.GetByteArrayAsync(new Uri("/", UriKind.Relative))).Length / 1024} KB, queue {await SizeAsync(nadia, "/staff/queue")} KB, household {await SizeAsync(nadia, $"/staff/households/{households[0]}")} KB");

        Task<double> BareAsync(int times) => Report.RateAsync(Clients, times, (_, _) => ReadAsync(visitor, "/"));
        Task<double> QueueAsync(int times) => Report.RateAsync(Clients, times, (_, _) => ReadAsync(nadia, "/staff/queue"));
        Task<double> HouseholdAsync(int times) => Report.RateAsync(Clients, times, (_, i) => ReadAsync(nadia, $"/staff/households/{households[i % households.Count]}"));

        // Until the runtime has settled: a web node lives for weeks.
        await BareAsync(5 * Bare);
        await QueueAsync(Warm);
        await HouseholdAsync(Warm);
        var before = await LooksAsync(rig);
        await report.PairsAsync($"queue page, {rig.Rooms.Database.Kind.Name}", 0.10, () => QueueAsync(Pages), () => BareAsync(Bare));
        await report.PairsAsync($"household page, {rig.Rooms.Database.Kind.Name}", 0.10, () => HouseholdAsync(Pages), () => BareAsync(Bare));
        var looks = await LooksAsync(rig) - before;
        if (looks != 10 * Pages) throw new InvalidOperationException($"{10 * Pages} looks were to be recorded, and {looks} were.");
    }

    public static async Task<HttpClient> SignInAsync(Uri address, string worker)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), MaxConnectionsPerServer = 64 }) { BaseAddress = address };
        var form = await client.GetStringAsync(new Uri("/staff/sign-in", UriKind.Relative));
        using var choice = new FormUrlEncodedContent(new Dictionary<string, string> { ["As"] = worker, ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value });
        using var answer = await client.PostAsync(new Uri("/staff/sign-in", UriKind.Relative), choice);
        answer.EnsureSuccessStatusCode();
        return client;
    }

    public static async Task ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path.Split('?')[0]} answered {(int)answer.StatusCode}.");
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<int> SizeAsync(HttpClient client, string path) => (await client.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length / 1024;

    /// <summary>Households of the queue: an adviser may open them.</summary>
    private static async Task<List<Guid>> HouseholdsAsync(Rig rig)
    {
        await using var db = rig.Rooms.Database.Open();
        return await db.Set<Request>().Where(r => r.QueueRank != null).OrderBy(r => r.Id).Take(30).Select(r => r.HouseholdId).ToListAsync();
    }

    private static async Task<int> LooksAsync(Rig rig)
    {
        await using var db = rig.Rooms.Database.Open();
        return await db.Set<Audit.ReadEvent>().CountAsync();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
