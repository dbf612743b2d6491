using System.Diagnostics;
using System.Globalization;

namespace AnyDoor.Bench;

/// <summary>Prints each figure as it is measured, and at the end what missed its limit.</summary>
public sealed class Report
{
    private readonly List<string> missed = [];

    public void Title(string title) => Console.WriteLine($"\n{title}");

    public void Line(string words) => Console.WriteLine($"  {words}");

    /// <summary>Five pairs, the product and its limit in turn, each answering how many it does in a second. The ratio is the median of the pairs.</summary>
    public async Task<double> PairsAsync(string what, double atLeast, Func<Task<double>> product, Func<Task<double>> limit)
    {
        var pairs = new List<(double Product, double Limit)>();
        for (var i = 0; i < 5; i++)
        {
            // Each goes first in turn, so that neither always meets the warmer machine.
            var first = i % 2 == 0 ? await product() : 0;
            var second = await limit();
            if (i % 2 == 1) first = await product();
            pairs.Add((first, second));
        }
        var ratio = Median(pairs.Select(p => p.Product / p.Limit));
        Line($"{what}: {Number(Median(pairs.Select(p => p.Product)))} a second, limit {Number(Median(pairs.Select(p => p.Limit)))} a second");
        Judge($"{what}: ratio {ratio.ToString("0.000", CultureInfo.InvariantCulture)}, at least {atLeast.ToString("0.00", CultureInfo.InvariantCulture)}", ratio >= atLeast);
        return ratio;
    }

    public void Judge(string words, bool met)
    {
        Console.WriteLine($"  {(met ? "met   " : "MISSED")} {words}");
        if (!met) missed.Add(words);
    }

    /// <returns>The exit code: 1 when a limit was missed.</returns>
    public int Close()
    {
        Console.WriteLine(missed.Count == 0 ? "\nEvery limit is met." : $"\n{missed.Count} missed:\n  {string.Join("\n  ", missed)}");
        return missed.Count == 0 ? 0 : 1;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    public static string Number(double value) => value.ToString(value < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>How many in a second, when so many clients do so many between them.</summary>
    public static async Task<double> RateAsync(int clients, int times, Func<int, int, Task> one)
    {
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < times;) await one(client, i);
        })));
        return times / clock.Elapsed.TotalSeconds;
    }
}
