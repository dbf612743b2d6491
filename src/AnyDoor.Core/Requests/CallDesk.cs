using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>
/// A call to the hub: the adviser finds or begins the household, and sits down with it (J3). The household of a caller who is known is opened only when the worker may find it
/// and says how they know that it is them.
/// </summary>
public sealed class CallDesk(Commands commands, Arrivals arrivals, HouseholdReader households, RequestDesk desk)
{
    public const string Door = "phone-county-hub";
    private const string HowNeeded = "Say how you know that it is them, like their date of birth and address. The information lead can read it.";

    /// <summary>Somebody new, or whom this worker does not know for sure: entered anew, and matched unseen. The caller is in conversation already, so it is this worker's.</summary>
    public async Task<Result<string>> TakeAsync(ReadContext ctx, NewRequest request, Once once, CancellationToken cancel)
    {
        if (!MayTake(ctx)) return RequestDesk.NotThere;
        var taken = await commands.RunAsync<string>(ctx.Audit, async c => (await arrivals.ReceiveAsync(c, request)).Reference, cancel, once);
        return taken.Done ? await SitDownAsync(ctx, taken.Value, cancel) : taken.Refusal;
    }

    /// <summary>A caller whom the worker found: their own open request if there is one, or a new one of the same household.</summary>
    public async Task<Result<string>> TakeKnownAsync(ReadContext ctx, Guid householdId, Guid personId, string how, NewRequest request, Once once, CancellationToken cancel)
    {
        if (!MayTake(ctx)) return RequestDesk.NotThere;
        if (how.Trim().Length is < 5 or > 500) return new Refusal("how", HowNeeded, "how");
        var taken = await commands.RunAsync<string>(ctx.Audit with { Reason = how.Trim() }, async c =>
        {
            if (await households.OfCallerAsync(c, ctx, householdId, personId) is not { } home) return RequestDesk.NotThere;
            c.Record("caller.known", personId, home.Household);
            // Theirs, whichever record of them it was made by: what somebody else at home asked for is not this caller's.
            var records = c.Db.Set<Person>().Where(p => p.Id == personId || p.SameAs == personId).Select(p => p.Id);
            var open = await c.Db.Set<Request>().Where(r => home.Ids.Contains(r.HouseholdId) && records.Contains(r.ApplicantId) && (r.Status == RequestStatus.Waiting || r.Status == RequestStatus.Claimed)).OrderByDescending(r => r.SubmittedAt).Select(r => r.Reference).FirstOrDefaultAsync(c.Cancel);
            if (open is not null)
            {
                if (OwnWords.IsAtRisk(request)) await AtRiskMark.SetAsync(c, home.Household, personId);
                return open;
            }
            return (await arrivals.ReceiveAgainAsync(c, request with { Language = request.Language ?? home.Language }, home.Household, personId, home.District)).Reference;
        }, cancel, once);
        return taken.Done ? await SitDownAsync(ctx, taken.Value, cancel) : taken.Refusal;
    }

    private static bool MayTake(ReadContext ctx) => ctx.Worker is { IsHub: true } worker && RoleTable.Default.May(worker.Role, "claim-request");

    /// <summary>Theirs, and talked with. A colleague who has it keeps it: the page says who.</summary>
    private async Task<Result<string>> SitDownAsync(ReadContext ctx, string reference, CancellationToken cancel)
    {
        var claimed = await desk.ClaimAsync(ctx.Audit, reference, cancel);
        if (!claimed.Done && claimed.Refusal.Code != Request.SomebodyHasIt) return claimed;
        var talked = await desk.RecordContactAsync(ctx.Audit, reference, new ContactTry("phone", "spoke"), cancel);
        return talked.Done ? reference : talked.Refusal;
    }
}
