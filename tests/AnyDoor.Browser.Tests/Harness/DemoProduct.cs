namespace AnyDoor.Browser.Tests.Harness;

/// <summary>
/// One product with the demo county and a fixed clock, shared by all tests that leave it as others expect it:
/// they read, or add requests of their own. A test that changes settings or money starts a <see cref="ProductServer"/>.
/// </summary>
public sealed class DemoProduct : IAsyncDisposable
{
    /// <summary>A working Wednesday morning: the clock of the tests and of the screenshots.</summary>
    public const string Clock = "2026-06-10T09:30:00Z";

    private readonly Lazy<Task<ProductServer>> _server = new(() => ProductServer.StartAsync(Clock));

    public Task<ProductServer> StartedAsync() => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
            await (await _server.Value).DisposeAsync();
    }
}
