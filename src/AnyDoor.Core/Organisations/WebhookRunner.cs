using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>
/// Takes what waits to the partners' systems. Several processes may do it at once: each event is leased to one of them, and one that was cut off is told again under the same id,
/// by which the receiver knows it. An address that fails for days is disabled, and what waits for it stays.
/// </summary>
public sealed class WebhookRunner : IDisposable
{
    public const string SignatureHeader = "AnyDoor-Signature";
    public const string EventHeader = "AnyDoor-Event";
    private const int AtOnce = 50;
    private static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(2);

    private readonly Database database;
    private readonly Commands commands;
    private readonly LogKey key;
    private readonly WebhookRules rules;
    private readonly HttpClient http;
    private readonly Guid me = Guid.NewGuid();

    public WebhookRunner(Database database, Commands commands, LogKey key, WebhookRules rules)
    {
        (this.database, this.commands, this.key, this.rules) = (database, commands, key, rules);
        http = new HttpClient(new SocketsHttpHandler
        {
            // No redirect, no proxy of the environment, no cookie: it goes to the registered address, and to an address that was looked at, or nowhere.
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, MaxResponseHeadersLength = 16, MaxConnectionsPerServer = 4,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), ConnectTimeout = TimeSpan.FromSeconds(5), ConnectCallback = ConnectAsync,
        })
        { Timeout = TimeSpan.FromSeconds(Limits.Current.Webhooks.SecondsToAnswer), MaxResponseContentBufferSize = 4096 };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("AnyDoor", "1"));
    }

    /// <summary>One round. Gives how many arrived. Addresses go side by side, so that a slow one holds up nobody else's.</summary>
    public async Task<int> DeliverAsync(DateTime now, CancellationToken cancel)
    {
        List<(Guid Id, Guid Hook)> due;
        await using (var db = database.Open())
        {
            var found = await (from e in db.Set<WebhookEvent>()
                join hook in db.Set<Webhook>() on e.WebhookId equals hook.Id
                where e.State == WebhookEventState.Waiting && e.DueAt <= now && (e.LeasedUntil == null || e.LeasedUntil < now) && hook.State == WebhookState.On && hook.EndedAt == null
                orderby e.DueAt
                select new { e.Id, e.WebhookId }).Take(AtOnce).ToListAsync(cancel);
            due = found.ConvertAll(f => (f.Id, f.WebhookId));
        }
        if (due.Count == 0) return 0;
        var rounds = await Task.WhenAll(due.GroupBy(d => d.Hook).Select(async of =>
        {
            var arrived = 0;
            foreach (var (id, _) in of)
            {
                if (await TakeAsync(id, now, cancel) is not { } taken) continue;
                if (!await DeliverAsync(taken.Hook, taken.Event, now, cancel)) break; // the next one would meet the same
                arrived++;
            }
            return arrived;
        }));
        return rounds.Sum();
    }

    /// <summary><c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 with the secret over the seconds since 1970, a dot and the body. Two of them while a secret is being changed over.</summary>
    public static string Signature(IEnumerable<string> secrets, DateTime at, ReadOnlySpan<byte> body)
    {
        var seconds = new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds + "."), .. body];
        return $"t={seconds}," + string.Join(',', secrets.Select(s => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(s), signed))));
    }

    /// <summary>How long to wait after so many tries: twice as long each time, up to the longest.</summary>
    public static TimeSpan WaitAfter(int attempts)
    {
        var limits = Limits.Current.Webhooks;
        return TimeSpan.FromSeconds(Math.Min(limits.LongestWaitMinutes * 60d, limits.FirstWaitSeconds * Math.Pow(2, Math.Min(attempts - 1, 30))));
    }

    private async Task<(Webhook Hook, WebhookEvent Event)?> TakeAsync(Guid id, DateTime now, CancellationToken cancel)
    {
        var taken = await commands.RunAsync(Who(now), async c => (Result<int>)await c.Db.Set<WebhookEvent>()
            .Where(e => e.Id == id && e.State == WebhookEventState.Waiting && e.DueAt <= now && (e.LeasedUntil == null || e.LeasedUntil < now))
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.LeasedBy, (Guid?)me).SetProperty(x => x.LeasedUntil, (DateTime?)(now + LeaseFor)).SetProperty(x => x.Attempts, x => x.Attempts + 1), c.Cancel), cancel);
        if (taken.Value != 1) return null;
        await using var db = database.Open();
        var found = await db.Set<WebhookEvent>().Where(e => e.Id == id).Join(db.Set<Webhook>(), e => e.WebhookId, w => w.Id, (e, w) => new { Event = e, Hook = w }).SingleAsync(cancel);
        return (found.Hook, found.Event);
    }

    private async Task<bool> DeliverAsync(Webhook hook, WebhookEvent told, DateTime now, CancellationToken cancel)
    {
        string answer;
        var arrived = false;
        try
        {
            var status = await SendAsync(hook, told, now, cancel);
            arrived = (int)status is >= 200 and < 300;
            answer = arrived ? $"It answered {(int)status}." : (int)status is >= 300 and < 400 ? $"It answered {(int)status}: it leads elsewhere, and that is not followed." : $"It answered {(int)status}.";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            answer = $"It did not answer within {Limits.Current.Webhooks.SecondsToAnswer} seconds.";
        }
        catch (HttpRequestException error)
        {
            answer = error.InnerException is NotAllowedException ? "Its name leads into a private network, so nothing was sent."
                : error.InnerException is AuthenticationException ? "Its certificate is not good." : error.HttpRequestError == HttpRequestError.NameResolutionError ? "Its name is not known." : "It could not be reached.";
        }
        await SettleAsync(hook.Id, told, arrived, answer, now, cancel);
        return arrived;
    }

    private async Task<HttpStatusCode> SendAsync(Webhook hook, WebhookEvent told, DateTime now, CancellationToken cancel)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = told.Id, kind = told.Kind, at = told.At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), reference = told.Reference.Length == 0 ? null : told.Reference });
        var secrets = new List<string> { SealedText.Open(key, WebhookDesk.Use, hook.Secret) };
        if (hook.OldSecret is { } old && hook.OldSecretUntil > now) secrets.Add(SealedText.Open(key, WebhookDesk.Use, old));
        using var message = new HttpRequestMessage(HttpMethod.Post, hook.Url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add(EventHeader, told.Id.ToString());
        message.Headers.Add(SignatureHeader, Signature(secrets, now, body));
        using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel);
        return answer.StatusCode;
    }

    private Task<Result<int>> SettleAsync(Guid hookId, WebhookEvent told, bool arrived, string answer, DateTime now, CancellationToken cancel) => commands.RunAsync(Who(now), async c =>
    {
        var mine = c.Db.Set<WebhookEvent>().Where(e => e.Id == told.Id && e.State == WebhookEventState.Waiting && e.LeasedBy == me);
        // Only while the lease is ours: who lost it has nothing more to say.
        var settled = arrived
            ? await mine.ExecuteUpdateAsync(e => e.SetProperty(x => x.State, WebhookEventState.Delivered).SetProperty(x => x.DoneAt, (DateTime?)now).SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntil, (DateTime?)null), c.Cancel)
            : await mine.ExecuteUpdateAsync(e => e.SetProperty(x => x.DueAt, now + WaitAfter(told.Attempts)).SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntil, (DateTime?)null), c.Cancel);
        if (settled == 0) return (Result<int>)0;
        var hook = await c.Db.Set<Webhook>().AsTracking().SingleAsync(w => w.Id == hookId, c.Cancel);
        hook.LastAnswer = answer;
        if (arrived)
        {
            (hook.LastOkAt, hook.FailingSince) = (now, null);
            c.Record("webhook.delivered", told.Id);
        }
        else
        {
            hook.FailingSince ??= now;
            if (hook.State == WebhookState.On && now - hook.FailingSince >= TimeSpan.FromDays(Limits.Current.Webhooks.DisabledAfterDays))
            {
                hook.State = WebhookState.Failed;
                c.Record("webhook.disabled", hook.Id);
            }
        }
        return settled;
    }, cancel);

    /// <summary>Looks the name up and connects to an address that is allowed, and to that very one: what the name says a moment later does not matter.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var allowed = found.Where(rules.MayReach).ToArray();
        if (allowed.Length == 0) throw new NotAllowedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => http.Dispose();

    private static AuditContext Who(DateTime now) => new(Actor.Job("webhooks"), null, "job", Purpose.Handover, now);

    private sealed class NotAllowedException() : IOException("The address is not public.");
}
