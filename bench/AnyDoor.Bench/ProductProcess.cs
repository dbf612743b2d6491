using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AnyDoor.Bench;

/// <summary>A process that serves HTTP on this machine: the published product, or the bare page it is measured against.</summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> printed = new();

    private ProductProcess(ProcessStartInfo start, int port)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        Address = new Uri($"http://localhost:{port}");
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public static async Task<ProductProcess> StartAsync(Installation installation)
    {
        var published = Environment.GetEnvironmentVariable("ANYDOOR_TEST_PUBLISHED") ?? throw new InvalidOperationException("Run the benches with: ./anydoor bench");
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(published, "web", "AnyDoor.Web.dll"), "start", "--port", $"{port}"]);
        start.Environment["ANYDOOR_DATABASE"] = installation.Database;
        start.Environment["ANYDOOR_KEYS"] = installation.KeysFolder;
        start.Environment["ANYDOOR_CHECKPOINTS"] = installation.CheckpointsFolder;
        start.Environment["ANYDOOR_HOME"] = Path.GetDirectoryName(installation.KeysFolder);
        return await ReadyAsync(new ProductProcess(start, port), "/health/ready");
    }

    /// <summary>This program again, serving the bare page.</summary>
    public static async Task<ProductProcess> StartBareAsync()
    {
        var port = FreePort();
        return await ReadyAsync(new ProductProcess(new ProcessStartInfo("dotnet", [typeof(ProductProcess).Assembly.Location, "serve-bare", $"{port}"]), port), "/");
    }

    private static async Task<ProductProcess> ReadyAsync(ProductProcess product, string path)
    {
        using var client = new HttpClient { BaseAddress = product.Address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(4); await Task.Delay(100))
        {
            if (product.process.HasExited) throw new InvalidOperationException($"It ended before it was ready:\n{string.Join('\n', product.printed)}");
            try
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK) return product;
            }
            catch (HttpRequestException) { }
        }
        throw new TimeoutException($"It was not ready in time:\n{string.Join('\n', product.printed)}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
