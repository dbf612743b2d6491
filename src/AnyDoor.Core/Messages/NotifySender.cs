using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Common;

namespace AnyDoor.Messages;

/// <summary>
/// Gives messages to GOV.UK Notify (its REST API, version 2, as documented in 2026). The template of a channel holds <c>((message))</c> and nothing that names anybody;
/// an e-mail's also <c>((subject))</c>. Each goes under our own id as its reference, by which one that may have gone before is looked for first.
/// </summary>
public sealed class NotifySender(NotifyAccount account, TimeProvider clock) : IMessageSender, IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = account.Address, Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 1 << 20,
    };

    public bool Takes(MessageChannel channel) => account.Templates.ContainsKey(channel);

    public async Task<string?> SendAsync(Guid id, MessageChannel channel, string to, string words, bool again, CancellationToken cancel)
    {
        var (path, body, why) = Body(channel, to, words);
        if (why is not null) return why;
        body!["template_id"] = account.Templates[channel];
        body["reference"] = id;
        try
        {
            if (again && await HasItAsync(id, cancel)) return null;
            using var ask = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            using var answer = await AskAsync(ask, cancel);
            return answer.StatusCode switch
            {
                HttpStatusCode.Created => null,
                // What they say may quote the number or address, so it is not kept. A key for tests or of a team is refused like this too.
                HttpStatusCode.BadRequest => $"GOV.UK Notify refused it: the {Where(channel)}, or the template, is not one that it takes.",
                // The key, the day's limit, trouble of theirs: mended by an operator or by time.
                var status => throw new HttpRequestException($"GOV.UK Notify answered {(int)status}.", null, status),
            };
        }
        catch (TaskCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException("GOV.UK Notify did not answer in time.", error);
        }
    }

    private static (string Path, Dictionary<string, object>? Body, string? Why) Body(MessageChannel channel, string to, string words)
    {
        switch (channel)
        {
            case MessageChannel.Text:
                return ("/v2/notifications/sms", new() { ["phone_number"] = to, ["personalisation"] = new Dictionary<string, string> { ["message"] = words } }, null);
            case MessageChannel.Email:
                var parts = words.Split("\n\n", 2);
                return ("/v2/notifications/email", new() { ["email_address"] = to, ["personalisation"] = new Dictionary<string, string> { ["subject"] = parts[0], ["message"] = parts[^1] } }, null);
            default:
                var lines = to.Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                // Notify asks for three lines at least, seven at most, and a postcode at the end.
                if (lines.Length is < 3 or > 7 || !Postcode.TryParse(lines[^1], out _)) return ("", null, "The address for letters needs three to seven lines, the last of them a postcode: print it, and post it to where they said.");
                var values = lines.Select((line, at) => ($"address_line_{at + 1}", line)).Append(("message", words)).ToDictionary(p => p.Item1, p => p.Item2);
                return ("/v2/notifications/letter", new() { ["personalisation"] = values }, null);
        }
    }

    private async Task<bool> HasItAsync(Guid id, CancellationToken cancel)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/v2/notifications?reference={id}");
        using var answer = await AskAsync(ask, cancel);
        if (answer.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"GOV.UK Notify answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        try
        {
            using var found = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
            return found.RootElement.GetProperty("notifications").GetArrayLength() > 0;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new HttpRequestException("GOV.UK Notify answered with something else than a list.", error);
        }
    }

    private Task<HttpResponseMessage> AskAsync(HttpRequestMessage ask, CancellationToken cancel)
    {
        ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        return http.SendAsync(ask, cancel);
    }

    /// <summary>A JSON Web Token of this moment (HS256), which Notify takes for thirty seconds.</summary>
    private string Token()
    {
        var head = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = "HS256" }));
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { iss = account.ServiceId, iat = clock.GetUtcNow().ToUnixTimeSeconds() }));
        return $"{head}.{claims}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(account.Secret), Encoding.ASCII.GetBytes($"{head}.{claims}")))}";
    }

    private static string Where(MessageChannel channel) => channel switch { MessageChannel.Text => "number", MessageChannel.Email => "e-mail address", _ => "postal address" };

    public void Dispose() => http.Dispose();
}
