using System.Net;
using System.Net.Sockets;

namespace AnyDoor.ServiceDirectory;

/// <summary>A page of a feed could not be had. What came before it is kept.</summary>
public sealed class FeedStoppedException(string sentence) : Exception(sentence);

/// <summary>
/// Reads feeds over http and https, and only from the public internet: every address a name leads to is looked at, at the moment of the connection,
/// and so is each redirect. A host that was named with its allowance may be on this network.
/// </summary>
internal sealed class PublicFetch : IDisposable
{
    private const int MostRedirects = 5;
    private const int MostBytes = 256 * 1024 * 1024;
    private const int Attempts = 4;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    private readonly HashSet<string> allowed;
    private readonly HttpClient client;
    private readonly TimeProvider clock;
    private long last;

    /// <param name="allowedHosts">Hosts, with or without a port, that may have a private address.</param>
    public PublicFetch(IEnumerable<string> allowedHosts, TimeProvider clock)
    {
        allowed = [.. allowedHosts.Select(h => h.Trim().ToLowerInvariant().TrimEnd('/'))];
        this.clock = clock;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(15), MaxConnectionsPerServer = 2, AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = ConnectAsync,
        }) { Timeout = TimeSpan.FromSeconds(100), MaxResponseContentBufferSize = MostBytes };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("AnyDoor/1.0 (menu import)");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, application/x-ndjson, text/csv;q=0.8, */*;q=0.1");
    }

    public bool Allows(string host, int port) => allowed.Contains(host.ToLowerInvariant()) || allowed.Contains($"{host.ToLowerInvariant()}:{port}");

    /// <summary>The body, or none when it is not there (404, 405, 410, 501).</summary>
    /// <exception cref="FeedStoppedException">It could not be had after several tries, or it is not a place we may read.</exception>
    public async Task<string?> TextAsync(Uri uri, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? wait;
            string sentence;
            try
            {
                using var response = await SendAsync(uri, cancel);
                if (response.IsSuccessStatusCode) return await response.Content.ReadAsStringAsync(cancel);
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Gone or HttpStatusCode.NotImplemented) return null;
                sentence = $"{Named(uri)} answered {(int)response.StatusCode}.";
                if ((int)response.StatusCode is < 500 and not 429 and not 408) throw new FeedStoppedException(sentence);
                wait = response.Headers.RetryAfter?.Delta;
            }
            catch (Exception error) when (error is HttpRequestException or IOException || error is TaskCanceledException && !cancel.IsCancellationRequested)
            {
                if (error.InnerException is FeedStoppedException no) throw no;
                (sentence, wait) = ($"{Named(uri)} could not be reached.", null);
            }
            if (attempt == Attempts) throw new FeedStoppedException(sentence);
            var pause = wait ?? TimeSpan.FromMilliseconds(250 * Math.Pow(2, attempt - 1));
            await Task.Delay(pause < TimeSpan.FromSeconds(20) ? pause : TimeSpan.FromSeconds(20), clock, cancel);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri uri, CancellationToken cancel)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            Check(uri);
            await PauseAsync(cancel);
            var response = await client.GetAsync(uri, HttpCompletionOption.ResponseContentRead, cancel);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } to) return response;
            response.Dispose();
            uri = to.IsAbsoluteUri ? to : new Uri(uri, to);
        }
        throw new FeedStoppedException($"{Named(uri)} sends us on and on.");
    }

    /// <summary>One page after another, with a breath between.</summary>
    private async Task PauseAsync(CancellationToken cancel)
    {
        var since = clock.GetElapsedTime(last);
        if (last != 0 && since < Between && allowed.Count == 0) await Task.Delay(Between - since, clock, cancel);
        last = clock.GetTimestamp();
    }

    private static void Check(Uri uri)
    {
        if (uri.Scheme is not ("http" or "https")) throw new FeedStoppedException($"{uri.Scheme} addresses are not read: only http and https.");
        if (uri.UserInfo.Length > 0) throw new FeedStoppedException("An address with a name or password in it is not read.");
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        var open = Allows(host, port) ? addresses : [.. addresses.Where(IsPublic)];
        // All or none: a name that leads to both kinds is somebody's trick.
        if (open.Length == 0 || open.Length < addresses.Length) throw new FeedStoppedException($"{host} is not on the public internet. To read from it all the same: --allow-host {host}");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Not this machine, not a private or reserved network (IANA's special-purpose registries), and no way round to one.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (b.Length == 4)
            return b[0] switch
            {
                0 or 10 or 127 or >= 224 => false,
                100 => b[1] is < 64 or > 127,
                169 => b[1] != 254,
                172 => b[1] is < 16 or > 31,
                192 => !(b[1] == 168 || (b[1] == 0 && b[2] is 0 or 2) || (b[1] == 88 && b[2] == 99)),
                198 => !(b[1] is 18 or 19 || (b[1] == 51 && b[2] == 100)),
                203 => !(b[1] == 0 && b[2] == 113),
                _ => true,
            };
        // Only global unicast (2000::/3), and of that not 6to4, Teredo, documentation or benchmarking.
        if ((b[0] & 0xE0) != 0x20) return false;
        return !((b[0] == 0x20 && b[1] == 0x02) || (b[0] == 0x20 && b[1] == 0x01 && (b[2] == 0 || (b[2] == 0x0D && b[3] == 0xB8))) || (b[0] == 0x3F && b[1] == 0xFF));
    }

    private static string Named(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped);

    public void Dispose() => client.Dispose();
}
