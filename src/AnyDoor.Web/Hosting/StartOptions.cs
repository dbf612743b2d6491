namespace AnyDoor.Web.Hosting;

/// <param name="Port">0 takes a free one.</param>
/// <param name="Listen">An address, or <c>localhost</c> for loopback.</param>
public sealed record StartOptions(Installation Installation, int Port, string Listen, bool Demo)
{
    public bool OnLoopback => Listen is "localhost" or "127.0.0.1" or "::1";
}
