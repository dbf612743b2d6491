using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Requests;

namespace AnyDoor.Web.Api;

/// <summary><c>POST /api/v1/awards</c>: application, decision and award in one command, once for each key.</summary>
internal static class AwardsApi
{
    // The amount is read by hand: a number that is no whole number of pence is a bad amount, not bad JSON.
    internal sealed record Body(string? RequestReference, string? Scheme, string? AwardType, JsonElement AmountPence, string? Delivery, string? Reason, string? RecentHelpReason);

    internal sealed record Answer(Guid AwardId, string Reference, string Status);

    public static async Task<IResult> PostAsync(HttpContext http, Commands commands, RequestAwards awards, TimeProvider clock)
    {
        var (caller, refused) = await ApiCall.CallerAsync(http, ApiKeys.WriteAwards, looksUp: true);
        if (caller is null) return refused!;
        var (key, noKey) = ApiCall.IdempotencyKey(http);
        if (key is null) return noKey!;
        var (body, hash, bad) = await ApiCall.ReadAsync<Body>(http);
        if (body is null) return bad!;
        var once = new Once($"api-awards:{caller.Worker.Id}", key, hash);
        var (made, status) = await AwardAsync(http, caller, awards, body, once, clock);
        // A key that was answered before is answered so again, whatever has changed since; and one that was used for something else is no new ask.
        if (!made.Done && made.Refusal.Code != Commands.KeyReused && await commands.EarlierAsync<Awarded>(once, http.RequestAborted) is { } earlier) (made, status) = (earlier, 409);
        if (made.Done) return Results.Json(new Answer(made.Value.AwardId, made.Value.Reference, Status(made.Value.Status)), ApiCall.Json, statusCode: 201);
        return status == 404 ? ApiCall.NotThere(http, caller) : ApiCall.Refuse(status, made.Refusal);
    }

    private static async Task<(Result<Awarded> Made, int Status)> AwardAsync(HttpContext http, ApiCaller caller, RequestAwards awards, Body body, Once once, TimeProvider clock)
    {
        if (Missing(body) is { } missing) return (missing, 400);
        if (body.AmountPence.ValueKind != JsonValueKind.Number || !body.AmountPence.TryGetInt64(out var pence))
            return (new Refusal(Ledger.BadAmount, "Write amount_pence as a whole number of pence that is more than zero, like 4900.", "amount_pence"), 422);

        var asked = new RequestAward(body.RequestReference!, body.Scheme!, body.AwardType!, pence, body.Delivery!, body.Reason!.Trim(), Given(body.RecentHelpReason));
        var made = await awards.AwardAsync(ApiCall.Who(caller, "api", Purpose.AwardAndPay, clock), caller.Worker, asked, once, http.RequestAborted);
        return (made, made.Done ? 201 : made.Refusal.Code switch { "not-found" => 404, Commands.KeyReused => 409, _ => 422 });
    }

    private static Refusal? Missing(Body body)
    {
        foreach (var (field, value) in new[] { ("request_reference", body.RequestReference), ("scheme", body.Scheme), ("award_type", body.AwardType), ("reason", body.Reason) })
            if (string.IsNullOrWhiteSpace(value) || value.Length > 2000) return new Refusal("missing-field", $"Send {field}, at most 2,000 letters.", field);
        if (body.RecentHelpReason is { Length: > 2000 }) return new Refusal("missing-field", "recent_help_reason is longer than 2,000 letters.", "recent_help_reason");
        return body.Delivery == AwardAsk.PrintedLetter ? null : new Refusal("bad-delivery", $"delivery can be “{AwardAsk.PrintedLetter}”.", "delivery");
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Status(AwardStatus status) => status.ToString().ToLowerInvariant();
}
