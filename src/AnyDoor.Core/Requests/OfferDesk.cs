using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Offers;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What they say to a line of the offer: yes to a place, no to anything. Each can be undone, and what was said stays as history.</summary>
public sealed class OfferDesk(Commands commands, RequestDesk desk)
{
    public Task<Result<string>> DeclineAsync(AuditContext who, string reference, OfferLine line, string? reason, CancellationToken cancel) => SayAsync(who, reference, line, false, reason, cancel);

    /// <summary>They want this: it goes on the list of what is agreed, and into the read-back.</summary>
    public Task<Result<string>> AddAsync(AuditContext who, string reference, OfferLine line, CancellationToken cancel) => SayAsync(who, reference, line, true, null, cancel);

    private Task<Result<string>> SayAsync(AuditContext who, string reference, OfferLine line, bool wanted, string? reason, CancellationToken cancel) => desk.ChangeAsync(who, reference, async (c, request, worker) =>
    {
        if (!request.IsOpen) return new Refusal(Request.WrongState, "This request has left the queue.");
        if (reason is { Length: > 300 }) return new Refusal("reason", "Say why in fewer than 300 letters, or leave it empty.", "reason");
        var standing = await c.Db.Set<OfferChoice>().AsTracking().Where(x => x.RequestId == request.Id && x.LineId == line.Id && x.UndoneAt == null).ToListAsync(c.Cancel);
        if (standing.Exists(x => x.Wanted == wanted)) return null;
        foreach (var before in standing) (before.UndoneAt, before.UndoneBy) = (c.Who.At, worker);
        var choice = new OfferChoice
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), RequestId = request.Id, HouseholdId = request.HouseholdId, LineId = line.Id, Title = line.Title, Wanted = wanted,
            Detail = wanted && !line.Quiet ? string.Join(". ", line.Facts) : null, Quiet = line.Quiet, Reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), At = c.Who.At, By = worker,
        };
        c.Insert(choice);
        request.Worked(worker, c.Who.At);
        c.Record(wanted ? "offer.added" : "offer.declined", choice.Id, request.HouseholdId);
        return null;
    }, cancel);

    public Task<Result<bool>> UndoAsync(AuditContext who, Guid requestId, string lineId, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        var standing = await c.Db.Set<OfferChoice>().AsTracking().Where(x => x.RequestId == requestId && x.LineId == lineId && x.UndoneAt == null).ToListAsync(c.Cancel);
        foreach (var choice in standing)
        {
            (choice.UndoneAt, choice.UndoneBy) = (c.Who.At, who.Actor.Id);
            c.Record("offer.choice-undone", choice.Id, choice.HouseholdId);
        }
        return standing.Count > 0;
    }, cancel);

    internal static Task<List<OfferChoice>> OfAsync(AnyDoorDb db, Guid requestId, CancellationToken cancel) =>
        db.Set<OfferChoice>().Where(x => x.RequestId == requestId && x.UndoneAt == null).OrderBy(x => x.At).ThenBy(x => x.Id).ToListAsync(cancel);
}
