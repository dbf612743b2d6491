using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AnyDoor.Browser.Tests.Harness;

/// <summary>One visitor's sitting: a page, and everything the browser complained of while it was open.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    internal Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        context.Console += (_, message) =>
        {
            // The browser asks for an icon, or not, in its own time where a page (such as plain text) names none.
            if (message.Type == "error" && !message.Location.Contains("/favicon.ico", StringComparison.Ordinal))
                _complaints.Enqueue($"{message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => _complaints.Enqueue(error.Error);
        context.RequestFailed += (_, request) =>
        {
            // Leaving a page ends what was still loading; that is no fault.
            if (request.Failure != "net::ERR_ABORTED")
                _complaints.Enqueue($"{request.Method} {request.Url}: {request.Failure}");
        };
    }

    public IPage Page { get; }

    /// <summary>Script errors, refusals by the content security policy, missing files.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
