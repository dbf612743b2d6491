using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Messages;

/// <summary>Answers on loopback as GOV.UK Notify's documentation says that it does: it checks the token, the template and the number, and knows what it took by its reference.</summary>
internal sealed class NotifyServer : IDisposable
{
    public const string Service = "26785a09-ab16-4eb0-8407-a37497a57506";
    public const string Secret = "3d844edf-8d35-48ac-975b-e847b4f122b0";
    public static readonly Guid TextTemplate = Guid.Parse("f33517ff-2a88-4f6e-b855-c550268ce08a");
    public static readonly Guid EmailTemplate = Guid.Parse("aaaaaaaa-2a88-4f6e-b855-c550268ce08a");
    public static readonly Guid LetterTemplate = Guid.Parse("bbbbbbbb-2a88-4f6e-b855-c550268ce08a");

    private readonly HttpListener listener;
    private readonly TimeProvider clock;

    public NotifyServer(TimeProvider clock)
    {
        this.clock = clock;
        (listener, Address) = Loopback.Listen();
        _ = ServeAsync();
    }

    public string Address { get; }
    public List<JsonObject> Taken { get; } = [];
    /// <summary>It takes the next ones and its answer is lost on the way.</summary>
    public bool LosesAnswers { get; set; }
    public int? Trouble { get; set; }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try { context = await listener.GetContextAsync(); }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException) { return; }
            var (status, body) = Answer(context.Request);
            if (LosesAnswers && status == 201) { context.Response.Abort(); continue; }
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body.ToJsonString()));
            context.Response.Close();
        }
    }

    private (int Status, JsonObject Body) Answer(HttpListenerRequest request)
    {
        if (Trouble is { } trouble) return (trouble, Error("Exception", "Internal server error"));
        if (!SignedNow(request.Headers["Authorization"])) return (403, Error("AuthError", "Invalid token: signature, api token not found"));
        if (request.HttpMethod == "GET")
        {
            var reference = request.QueryString["reference"];
            return (200, new JsonObject { ["notifications"] = new JsonArray([.. Taken.Where(t => (string?)t["reference"] == reference).Select(t => t.DeepClone())]), ["links"] = new JsonObject() });
        }
        var sent = JsonNode.Parse(request.InputStream)!.AsObject();
        var values = sent["personalisation"]!.AsObject();
        var template = Guid.Parse((string)sent["template_id"]!);
        string? wrong = request.Url!.AbsolutePath switch
        {
            "/v2/notifications/sms" => template != TextTemplate ? "Template not found" : ((string?)sent["phone_number"])?.Length is 11 or 13 ? null : "phone_number Not enough digits",
            "/v2/notifications/email" => template != EmailTemplate ? "Template not found" : ((string?)sent["email_address"])?.Contains('@') != true ? "email_address Not a valid email address" : values["subject"] is null ? "Missing personalisation: subject" : null,
            "/v2/notifications/letter" => template != LetterTemplate ? "Template not found" : values["address_line_3"] is null ? "Address must be at least 3 lines" : null,
            _ => "no such path",
        };
        if (values["message"] is null) wrong = "Missing personalisation: message";
        if (wrong is not null) return (400, Error("BadRequestError", wrong));
        sent["path"] = request.Url.AbsolutePath;
        Taken.Add(sent);
        return (201, new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["reference"] = sent["reference"]!.DeepClone() });
    }

    private bool SignedNow(string? header)
    {
        if (header?.Split(' ') is not ["Bearer", var token] || token.Split('.') is not [var head, var claims, var signature]) return false;
        var read = JsonNode.Parse(Base64Url.DecodeFromChars(claims))!;
        return (string?)JsonNode.Parse(Base64Url.DecodeFromChars(head))!["alg"] == "HS256" && (string?)read["iss"] == Service
            && Math.Abs((long)read["iat"]! - clock.GetUtcNow().ToUnixTimeSeconds()) <= 30
            && HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes($"{head}.{claims}")).AsSpan().SequenceEqual(Base64Url.DecodeFromChars(signature));
    }

    private static JsonObject Error(string kind, string message) => new() { ["errors"] = new JsonArray(new JsonObject { ["error"] = kind, ["message"] = message }) };

    public void Dispose() => listener.Close();
}
