using System.Diagnostics;
using AnyDoor.Places;
using AnyDoor.Tests;

namespace AnyDoor.Bench;

/// <summary>All England's place data in the publishers' columns, made by rule: how long it takes to come in and how much memory that is, and how fast a typed postcode is found.</summary>
public static class PlacesBench
{
    private const int Lookups = 2_000_000;
    private const double Seconds = 60, Megabytes = 1_000;

    public static async Task RunAsync(Report report)
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-bench-").FullName;
        string[] files = [Path.Combine(folder, "File_7_2019.csv"), Path.Combine(folder, "File_7_2025.csv"), Path.Combine(folder, "NSPL_MAY_2025_UK.csv")];
        AllEngland.WriteIndex(files[0], 2019);
        AllEngland.WriteIndex(files[1], 2025);
        AllEngland.WriteNspl(files[2]);
        await ImportAsync("PostgreSQL", await Rig.NewPostgresAsync(), files, report);
        await using var rooms = await ImportAsync("SQLite", Path.Combine(folder, "anydoor.db"), files, report);
        await FindAsync(rooms, report);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Rooms> ImportAsync(string kind, string database, string[] files, Report report)
    {
        report.Title($"All England’s place data, {kind}: {AllEngland.Neighbourhoods2011:N0} and {AllEngland.Neighbourhoods2021:N0} neighbourhoods, {AllEngland.Postcodes:N0} postcodes, {files.Sum(f => new FileInfo(f).Length) / 1e6:N0} MB of CSV");
        var rooms = await ImportBench.EmptyAsync(database);
        using var most = new PeakMemory();
        var clock = Stopwatch.StartNew();
        foreach (var file in files)
        {
            var began = clock.Elapsed;
            var loaded = await rooms.Of<PlaceImport>().LoadAsync(file, Rooms.Job(), default);
            if (loaded.Quarantined > 0) throw new InvalidOperationException($"{loaded.File}: {loaded.Quarantined} rows were set aside: {loaded.SetAside[0]}");
            report.Line($"{loaded.File}: {loaded.Rows:N0} rows in {(clock.Elapsed - began).TotalSeconds:0.0} s");
        }
        report.Judge($"import on {kind}: {clock.Elapsed.TotalSeconds:0.0} s, at most {Seconds:0}", clock.Elapsed.TotalSeconds <= Seconds);
        clock.Restart();
        await rooms.Of<PostcodeLookup>().RefreshAsync(default);
        report.Line($"read into memory in {clock.Elapsed.TotalSeconds:0.0} s");
        report.Judge($"memory on {kind}: {most.Megabytes:N0} MB at most, limit {Megabytes:N0}", most.Megabytes <= Megabytes);
        return rooms;
    }

    /// <summary>Typed postcodes to neighbourhood, wards and deciles, beside a dictionary that is asked for the very postcodes, as they stand in it.</summary>
    private static async Task FindAsync(Rooms rooms, Report report)
    {
        report.Title($"A typed postcode to its neighbourhood, wards and deciles, {AllEngland.Postcodes:N0} loaded");
        var lookup = rooms.Of<PostcodeLookup>();
        var typed = Enumerable.Range(0, Lookups).Select(i => AllEngland.Postcode((int)((long)i * 7919 % AllEngland.Postcodes))).ToArray();
        var compact = typed.Select(t => t.Replace(" ", "", StringComparison.Ordinal)).ToArray();
        var bare = new Dictionary<string, int>(AllEngland.Postcodes, StringComparer.Ordinal);
        for (var i = 0; i < AllEngland.Postcodes; i++) bare[AllEngland.Postcode(i).Replace(" ", "", StringComparison.Ordinal)] = i;

        double product = 0;
        await report.PairsAsync("lookup", 0.05, () =>
        {
            var clock = Stopwatch.StartNew();
            var found = 0;
            foreach (var postcode in typed) if (lookup.Find(postcode).Decile2019 is not null) found++;
            if (found != typed.Length) throw new InvalidOperationException($"{found} of {typed.Length} were found.");
            product = Math.Max(product, Lookups / clock.Elapsed.TotalSeconds);
            return Task.FromResult(Lookups / clock.Elapsed.TotalSeconds);
        }, () =>
        {
            var clock = Stopwatch.StartNew();
            long sum = 0;
            foreach (var postcode in compact) sum += bare[postcode];
            if (sum == 0) throw new InvalidOperationException();
            return Task.FromResult(Lookups / clock.Elapsed.TotalSeconds);
        });
        report.Judge($"lookup: {product:N0} a second at best, at least 1,000,000", product >= 1_000_000);
    }

    /// <summary>The most memory that this process had while it lived.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer timer;
        private long peak;

        public PeakMemory() => timer = new Timer(_ => Look(), null, 0, 50);

        public double Megabytes
        {
            get
            {
                Look();
                return Interlocked.Read(ref peak) / 1e6;
            }
        }

        private void Look()
        {
            using var self = Process.GetCurrentProcess();
            var now = self.WorkingSet64;
            if (now > Interlocked.Read(ref peak)) Interlocked.Exchange(ref peak, now);
        }

        public void Dispose() => timer.Dispose();
    }
}
