using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AnyDoor.Tests;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>The published product, served from a new database of its own until it is disposed.</summary>
public sealed class ProductServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly string _folder;
    private readonly ConcurrentQueue<string> _output = new();

    private ProductServer(Process process, string folder, Uri address)
    {
        (_process, _folder, Address) = (process, folder, address);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Uri Address { get; }

    /// <summary>What the product has printed so far, for a test that fails.</summary>
    public string Output => string.Join('\n', _output);

    /// <param name="clock">An ISO instant that the product takes as the time; it does so only on a demo database.</param>
    /// <param name="options">More options of <c>start</c>, such as <c>--no-demo</c>.</param>
    public static async Task<ProductServer> StartAsync(string? clock = null, params string[] options)
    {
        var published = await Published.FolderAsync();
        var folder = Directory.CreateTempSubdirectory("anydoor-browser-").FullName;
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(published, "web", "AnyDoor.Web.dll"));
        foreach (var argument in (string[])["start", "--port", $"{port}", .. options])
            start.ArgumentList.Add(argument);

        start.Environment["ANYDOOR_HOME"] = TestRun.Root;
        start.Environment["ANYDOOR_DATABASE"] = Path.Combine(folder, "anydoor.db");
        start.Environment["ANYDOOR_KEYS"] = Path.Combine(folder, "keys");
        start.Environment["ANYDOOR_CHECKPOINTS"] = Path.Combine(folder, "checkpoints");
        start.Environment["ANYDOOR_CLOCK"] = clock;
        start.Environment.Remove("ANYDOOR_OWNER_DATABASE");

        // Passkeys need a host name, so the product is always met as localhost.
        var product = new ProductServer(new Process { StartInfo = start }, folder, new Uri($"http://localhost:{port}"));
        product._process.Start();
        product._process.StandardInput.Close();
        product._process.BeginOutputReadLine();
        product._process.BeginErrorReadLine();
        try
        {
            await product.WaitUntilReadyAsync();
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var waited = Stopwatch.StartNew();
        var last = "no answer";
        while (waited.Elapsed < StartLimit)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The product ended with {_process.ExitCode} before it was ready. It printed:\n{Output}");

            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;

                last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
            }
            catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
            {
                last = unreachable.Message;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"The product was not ready within {StartLimit.TotalSeconds} s ({last}). It printed:\n{Output}");
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;

        _output.Enqueue(line);
        while (_output.Count > 500)
            _output.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
