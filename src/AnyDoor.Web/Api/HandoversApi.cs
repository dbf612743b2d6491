using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;

namespace AnyDoor.Web.Api;

/// <summary>
/// <c>/api/v1/handovers</c>: what was handed to the key's organisation, and its answers, so that a partner keeps its own system and types nothing twice (R-ISA-04).
/// The list names nobody; one handover gives the household once it was accepted, as the gate lets the key's worker see it, and the look is recorded.
/// </summary>
internal static class HandoversApi
{
    internal sealed record Body(string? Answer, string? Why);

    public static async Task<IResult> ListAsync(HttpContext http, HandoverDesk desk, StaffAccess staff, TimeProvider clock, string? state = null)
    {
        var (caller, refused) = await ApiCall.CallerAsync(http, ApiKeys.ReadHandovers);
        if (caller is null) return refused!;
        if (state is not (null or "going-on" or "ended" or "all")) return ApiCall.Refuse(422, new Refusal("bad-state", "state can be “going-on”, “ended” or “all”.", "state"));
        await desk.BringBackNowAndThenAsync(clock.UtcNow(), http.RequestAborted);
        if (await staff.FindAsync(caller.Worker.Id, http.RequestAborted) is not { } worker) return ApiCall.NotThere(http, caller);
        var all = await desk.ForAsync(ReadContext.ForSystem(worker, Purpose.Handover, "handovers", "api", clock.UtcNow()), http.RequestAborted);
        return Results.Json(new { handovers = all.Where(l => state switch { "going-on" => l.GoesOn, "ended" => !l.GoesOn, _ => true }).Select(Line) }, ApiCall.Json);
    }

    public static async Task<IResult> GetAsync(HttpContext http, string reference, HandoverDesk desk, StaffAccess staff, TimeProvider clock)
    {
        var (caller, refused) = await ApiCall.CallerAsync(http, ApiKeys.ReadHandovers, looksUp: true);
        if (caller is null) return refused!;
        if (await staff.FindAsync(caller.Worker.Id, http.RequestAborted) is not { } worker) return ApiCall.NotThere(http, caller);
        if (await desk.OpenAsync(ReadContext.ForSystem(worker, Purpose.Handover, "handover", "api", clock.UtcNow()), reference, http.RequestAborted) is not var (line, household)) return ApiCall.NotThere(http, caller);
        return Results.Json(new { handover = Line(line), shared = line.Shared, told = line.Told, why_back = line.WhyBack, household = household is null ? null : Home(household) }, ApiCall.Json);
    }

    public static async Task<IResult> AnswerAsync(HttpContext http, string reference, HandoverDesk desk, StaffAccess staff, TimeProvider clock)
    {
        var (caller, refused) = await ApiCall.CallerAsync(http, ApiKeys.WriteHandovers, looksUp: true);
        if (caller is null) return refused!;
        var (key, noKey) = ApiCall.IdempotencyKey(http);
        if (key is null) return noKey!;
        var (body, hash, bad) = await ApiCall.ReadAsync<Body>(http);
        if (body is null) return bad!;
        if (body.Answer is null || !HandoverDesk.Answers.TryGetValue(body.Answer, out var answer)) return ApiCall.Refuse(422, new Refusal("bad-answer", $"answer can be: {string.Join(", ", HandoverDesk.Answers.Keys)}.", "answer"));
        if (await staff.FindAsync(caller.Worker.Id, http.RequestAborted) is not { } worker) return ApiCall.NotThere(http, caller);
        // The reference is a part of what is asked: the same key for another handover is another command.
        var once = new Once($"api-handovers:{caller.Worker.Id}", key, System.Security.Cryptography.SHA256.HashData([.. hash, .. System.Text.Encoding.UTF8.GetBytes(reference)]));
        var done = await desk.AnswerAsync(ApiCall.Who(caller, "api", Purpose.Handover, clock), worker, reference, answer, body.Why, http.RequestAborted, once);
        if (!done.Done) return done.Refusal == RequestDesk.NotThere ? ApiCall.NotThere(http, caller) : ApiCall.Refuse(done.Refusal.Code == Commands.KeyReused ? 409 : 422, done.Refusal);
        return await desk.StateAsync(worker, done.Value, http.RequestAborted) is not var (its, state) ? ApiCall.NotThere(http, caller) : Results.Json(new { reference = its, state = HandoverDesk.Word(state) }, ApiCall.Json);
    }

    private static object Line(HandoverLine line) => new
    {
        reference = line.Reference, state = HandoverDesk.Word(line.State), needs = line.Needs, whole_request = line.Whole, from = line.From, sent_at = At(line.SentAt), due_by = At(line.DueBy),
        accepted_at = At(line.AcceptedAt), reached_at = At(line.FirstContactAt), helped_at = At(line.HelpedAt), back_at = At(line.BackAt),
    };

    private static object Home(HouseholdView home) => new
    {
        name = home.Name, size = home.Sight.Allows(DataCategory.HouseholdComposition, null) ? home.Size : (int?)null, home = home.Home.ToString(), safe_contact = home.SafeContactStrip, notices = home.Notices, phone = home.Members[0].Reach?.Phone,
        people = home.Members.Select((m, place) => Person(m, whole: place == 0 || (m.Role != MemberRole.Child && home.Sight.SaidYes(m.PersonId)))),
    };

    /// <summary>As the page: who asked, whole; another grown-up only with their own yes. Of everybody else, what they are to the household and about how old.</summary>
    private static object Person(MemberView m, bool whole) => new
    {
        name = whole ? m.Name : null, role = m.Role.ToString().ToLowerInvariant(), date_of_birth = whole ? m.DateOfBirth : null, language = whole ? m.Language : null, age_band = m.InBand,
    };

    private static string? At(DateTime? at) => at?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
