using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Demo;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Bench;

/// <summary>What one request costs as the years go by: at 3,610 requests, ten times and a hundred times as many.</summary>
public static class GrowthBench
{
    private const double MostGrowth = 1.5;

    private sealed record Costs(int Requests, double Import, double Award, double Queue, double Household, double Figures);

    public static async Task RunAsync(bool slow, Report report)
    {
        report.Title("Cost of one request as the table grows, PostgreSQL, milliseconds");
        await using var empty = await ImportBench.EmptyAsync(await Rig.NewPostgresAsync());
        await MoreMoneyAsync(empty);
        var import = await ImportAsync(empty, 1);

        await using var rooms = await ImportBench.EmptyAsync(await Rig.NewPostgresAsync());
        await rooms.Of<DemoCounty>().EnsureAsync(Rooms.Job(), default);
        await MoreMoneyAsync(rooms);
        var measured = new List<Costs>();
        var copies = 1;
        foreach (var size in slow ? new[] { 1, 10, 100 } : [1, 10])
        {
            while (copies < size) import = await ImportAsync(rooms, ++copies);
            measured.Add(await MeasureAsync(rooms, import));
            var m = measured[^1];
            report.Line(string.Create(CultureInfo.InvariantCulture, $"{m.Requests,9:N0} requests: import {m.Import:0.00}, award {m.Award:0.00}, queue page {m.Queue:0.00}, household {m.Household:0.00}, figures of a scheme {m.Figures:0.00}"));
        }
        var (first, last) = (measured[0], measured[^1]);
        foreach (var (what, cost) in new (string, Func<Costs, double>)[] { ("import", c => c.Import), ("award", c => c.Award), ("queue page", c => c.Queue), ("household", c => c.Household) })
            report.Judge(string.Create(CultureInfo.InvariantCulture, $"{what}: {cost(last) / cost(first):0.00} times the cost at {last.Requests / (double)first.Requests:0} times the requests, at most {MostGrowth:0.0}"), cost(last) <= MostGrowth * cost(first));
        report.Line("The figures of a scheme are sums over its awards, and are read for a report: they grow with the awards.");
    }

    /// <summary>The winter's money would be spent before the table is ten times as long.</summary>
    private static async Task MoreMoneyAsync(Rooms rooms)
    {
        using var text = new StreamReader(ContentFiles.Open($"schemes/{ImportBench.DemoToLoad}.json"));
        var scheme = JsonNode.Parse(await text.ReadToEndAsync())!;
        foreach (var (part, amount) in new[] { ("round", "allocation_pence"), ("fund_round", "grant_pence") })
            if (scheme[part]?[amount] is { } pence) scheme[part]![amount] = pence.GetValue<long>() * 200;
        scheme["version"] = (scheme["version"]?.GetValue<int>() ?? 1) + 1;
        var loaded = await rooms.Of<SchemeService>().LoadAsync(Rooms.Job(), scheme.ToJsonString(), default);
        if (!loaded.Done) throw new InvalidOperationException(loaded.Refusal.Sentence);
    }

    private static async Task<double> ImportAsync(Rooms rooms, int copy)
    {
        var file = Path.Combine(Path.GetTempPath(), $"anydoor-bench-{Guid.NewGuid():N}.csv");
        // The same people, other references: a row that is equal would be a row that came twice.
        await File.WriteAllTextAsync(file, DemoWinter.Write().Replace("DEMO-", $"W{copy}-", StringComparison.Ordinal), Encoding.UTF8);
        var clock = Stopwatch.StartNew();
        var summary = await rooms.Of<RequestImporter>().ImportAsync(file, ImportBench.DemoToLoad, null, Rooms.Job(), strict: false, progress: null, default);
        var spent = clock.Elapsed.TotalMilliseconds;
        File.Delete(file);
        if (summary.Imported < 3000) throw new InvalidOperationException($"Only {summary.Imported} requests came in.");
        return spent / summary.Imported;
    }

    private static async Task<Costs> MeasureAsync(Rooms rooms, double import)
    {
        await using var db = rooms.Database.Open();
        var requests = await db.Set<Request>().CountAsync();
        await db.Database.ExecuteSqlRawAsync("ANALYZE"); // as the database does by itself within a minute
        var worker = (await rooms.Of<StaffAccess>().FindAsync("nadia", default))!;
        var (nadia, households) = (await rooms.WorkerAsync("nadia"), await db.Set<Request>().Where(r => r.QueueRank != null).OrderBy(r => r.Id).Take(30).Select(r => r.HouseholdId).ToListAsync());
        ReadContext Reading(string page) => ReadContext.ForWorker(worker, Purpose.RespondToRequest, page, "phone-county-hub", Rooms.Now);

        var waiting = new Queue<Received>((await rooms.Of<Commands>().RunAsync<List<Received>>(Rooms.Job(), c =>
            Task.FromResult<Result<List<Received>>>(rooms.Of<Intake>().Receive(c, [.. Enumerable.Range(0, 300).Select(i => Rig.New(i, Rooms.Now))]).ToList()), default)).Value!);
        async Task AwardAsync(int _)
        {
            var made = await rooms.Of<RequestAwards>().AwardAsync(worker.For(Purpose.AwardAndPay, "phone-county-hub", Rooms.Now), nadia,
                new RequestAward(waiting.Dequeue().Reference, Rig.Scheme, "crisis-payment", 1000, AwardAsk.PrintedLetter, "Nothing to eat until Friday", null), null, default);
            if (!made.Done) throw new InvalidOperationException(made.Refusal.Sentence);
        }
        return new Costs(requests, import, await EachAsync(AwardAsync),
            await EachAsync(async _ =>
            {
                // Read anew each time: the moment that a reading is kept for would hide its cost.
                var list = await new Requests.Queue(rooms.Database, rooms.Of<Commands>()).ReadAsync(nadia.Id, new QueueFilter(), Rooms.Now, default);
                await rooms.Of<HouseholdReader>().ListAsync(Reading("queue"), [.. list.Rows.Select(r => (r.HouseholdId, r.ApplicantId))], default);
            }),
            await EachAsync(i => rooms.Of<HubSittings>().HouseholdAsync(Reading("household"), households[i % households.Count], null, default)),
            await EachAsync(_ => rooms.Of<FundReports>().TotalsAsync(ImportBench.DemoToLoad, default), times: 20));
    }

    /// <summary>The median of 100, in milliseconds, after 50 to warm up.</summary>
    private static async Task<double> EachAsync(Func<int, Task> one, int times = 100)
    {
        for (var i = 0; i < times / 2; i++) await one(i);
        var spent = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.StartNew();
            await one(i);
            spent.Add(clock.Elapsed.TotalMilliseconds);
        }
        return Report.Median(spent);
    }
}
