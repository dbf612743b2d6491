using System.Globalization;
using System.Net;
using System.Text;

namespace AnyDoor.Tests;

/// <summary>A feed of services on loopback.</summary>
internal sealed class FeedServer : IDisposable
{
    /// <summary>The answer where there is no such page.</summary>
    public const string NotThere = "";

    private readonly HttpListener listener;

    /// <param name="answer">From the number of the page to its text; null: the server has trouble.</param>
    public FeedServer(Func<int, string?> answer)
    {
        Answer = answer;
        (listener, var address) = Loopback.Listen();
        Address = $"{address}/services";
        _ = ServeAsync();
    }

    public string Address { get; }
    public Func<int, string?> Answer { get; set; }
    /// <summary>Pages that were asked for, of those there are.</summary>
    public List<int> Asked { get; } = [];

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try { context = await listener.GetContextAsync(); }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException) { return; }
            var page = int.Parse(context.Request.QueryString["page"] ?? "0", CultureInfo.InvariantCulture);
            var text = Answer(page);
            if (text != NotThere) Asked.Add(page);
            context.Response.StatusCode = text switch { null => 503, NotThere => 404, _ => 200 };
            context.Response.ContentType = "application/json";
            if (text is not null) await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
            context.Response.Close();
        }
    }

    public void Dispose() => listener.Close();
}
