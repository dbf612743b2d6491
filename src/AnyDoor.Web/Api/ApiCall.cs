using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Web.Api;

/// <summary>What every endpoint of the HTTP API shares: the caller behind the key, and how it answers.</summary>
internal static class ApiCall
{
    private const int MostBytes = 256 * 1024;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        MaxDepth = 16,
    };

    /// <summary>The caller, or the answer that says why not: no key, a wrong one and one that is over are answered alike.</summary>
    /// <param name="looksUp">It asks for one thing by its reference: who missed too often waits, whether this one is there or not.</param>
    public static async Task<(ApiCaller? Caller, IResult? Refused)> CallerAsync(HttpContext http, string scope, bool looksUp = false)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var key = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : "";
        var caller = key.Length is > 20 and < 200 ? await http.RequestServices.GetRequiredService<ApiKeys>().FindAsync(key, http.RequestAborted) : null;
        if (caller is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return (null, Refuse(401, new Refusal("no-key", "Send a valid key as: Authorization: Bearer KEY")));
        }
        var meter = http.RequestServices.GetRequiredService<CallMeter>();
        if (meter.Call(caller) is { } wait) return (null, Wait(http, wait, "This key has asked for too much in a short time."));
        if (!caller.Scopes.Contains(scope)) return (null, Refuse(403, new Refusal("not-allowed", "This key may not do that.")));
        return looksUp && meter.MissedTooOften(caller) is { } longer ? (null, Wait(http, longer, "This key has asked too often for what is not there.")) : (caller, null);
    }

    private static IResult Wait(HttpContext http, int seconds, string why)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Refuse(429, new Refusal("too-many", $"{why} Try again in {seconds} seconds."));
    }

    public static IResult Refuse(int status, Refusal refusal) =>
        Results.Json(refusal.Field is null ? new { code = refusal.Code, sentence = refusal.Sentence } : (object)new { code = refusal.Code, sentence = refusal.Sentence, field = refusal.Field }, statusCode: status);

    /// <summary>One body for an unknown id and one that the caller may not see.</summary>
    public static IResult NotThere() => Refuse(404, new Refusal("not-found", "There is nothing here, or it is not for this key."));

    /// <summary>As that, and counted: a key that looks through references has to wait.</summary>
    public static IResult NotThere(HttpContext http, ApiCaller caller)
    {
        http.RequestServices.GetRequiredService<CallMeter>().Miss(caller);
        return NotThere();
    }

    /// <summary>Reads the body; malformed JSON is a sentence, never an error of ours.</summary>
    public static async Task<(T? Body, byte[] Hash, IResult? Refused)> ReadAsync<T>(HttpContext http) where T : class
    {
        var tooLarge = Refuse(413, new Refusal("too-large", "This is more than 256 KB."));
        if (http.Request.ContentLength > MostBytes) return (null, [], tooLarge);
        // A body that does not say how long it is stops at the same length.
        using var buffer = new MemoryStream();
        var piece = new byte[16 * 1024];
        try
        {
            for (int read; (read = await http.Request.Body.ReadAsync(piece, http.RequestAborted)) > 0;)
            {
                if (buffer.Length + read > MostBytes) return (null, [], tooLarge);
                buffer.Write(piece, 0, read);
            }
        }
        catch (BadHttpRequestException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return (null, [], tooLarge);
        }
        var bytes = buffer.ToArray();
        try
        {
            var body = JsonSerializer.Deserialize<T>(bytes, Json);
            // The content, not its spaces: the same content written otherwise is the same command.
            using var document = JsonDocument.Parse(bytes);
            if (HasNul(document.RootElement)) return (null, [], Refuse(400, new Refusal("bad-json", "The body holds U+0000, which no text has.")));
            return body is null ? (null, [], Refuse(400, new Refusal("bad-json", "The body is empty."))) : (body, SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(document.RootElement))), null);
        }
        catch (JsonException error)
        {
            return (null, [], Refuse(400, new Refusal("bad-json", $"The body is not the JSON this expects{(error.Path is { Length: > 1 } path ? $", at {path}" : "")}.")));
        }
    }

    public static (string? Key, IResult? Refused) IdempotencyKey(HttpContext http) =>
        http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 and <= 200 } key ? (key, null)
            : (null, Refuse(400, new Refusal("no-idempotency-key", "Send an Idempotency-Key header of 1 to 200 characters, new for each command.")));

    public static AuditContext Who(ApiCaller caller, string door, Purpose purpose, TimeProvider clock, string? reason = null) =>
        new(new Actor(ActorKind.System, caller.Worker.Id, $"{caller.Worker.Handle} by key"), caller.Worker.OrganisationId, door, purpose, clock.UtcNow(), reason);

    private static bool HasNul(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(p => HasNul(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasNul),
        JsonValueKind.String => element.GetString()!.Contains('\0', StringComparison.Ordinal),
        _ => false,
    };

    private static string Canonical(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => JsonSerializer.Serialize(p.Name) + ":" + Canonical(p.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', element.EnumerateArray().Select(Canonical)) + "]",
        _ => element.GetRawText(),
    };
}
