using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Offers;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>
/// Money that people gain, from what it was reckoned at to what somebody saw (R-INC-04). Each step is by a person, on its day, and also after the request has left the queue:
/// an award takes weeks. Whoever may open the request may write these.
/// </summary>
public sealed class GainDesk(RequestDesk desk)
{
    /// <summary>More than any household gets in a year from one thing, pence: a slip of the finger is refused.</summary>
    public const long MostAYear = 100_000_00;
    private static readonly Refusal Gone = new("gain", "This is not there any more. Look at the list again.");

    /// <summary>Writes down what they may gain, as it was reckoned. One of a kind at a time for a request.</summary>
    /// <param name="low">Pence a year.</param>
    /// <param name="high">Pence a year; not less than <paramref name="low"/>.</param>
    public Task<Result<string>> PredictAsync(AuditContext who, string reference, string kind, long low, long high, CancellationToken cancel) => desk.ChangeAsync(who, reference, async (c, request, worker) =>
    {
        if (!Gain.Kinds.ContainsKey(kind)) return new Refusal("kind", "Choose what they may gain from the list.", "kind");
        if (low < 0 || high < low || high is 0 or > MostAYear) return new Refusal("amount", $"Write a sum of up to {new Money(MostAYear)} a year.", "amount");
        if (kind is not ("other" or "debt") && await c.Db.Set<Gain>().AnyAsync(g => g.RequestId == request.Id && g.Kind == kind && g.EndedAt == null, c.Cancel)) return new Refusal("kind", $"{Gain.Kinds[kind]} is on the list already. Go on with that one.", "kind");
        var gain = new Gain { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), RequestId = request.Id, HouseholdId = request.HouseholdId, Kind = kind, At = c.Who.At, By = worker, PredictedLow = low, PredictedHigh = high };
        c.Insert(gain);
        c.Record("gain.predicted", gain.Id, request.HouseholdId, kind);
        return null;
    }, cancel);

    public Task<Result<string>> ClaimAsync(AuditContext who, string reference, Guid id, DateOnly on, CancellationToken cancel) => StepAsync(who, reference, id, "gain.claimed", (c, gain) =>
    {
        if (gain.Stage is not (GainStage.Predicted or GainStage.Claimed)) return new Refusal("stage", "It is awarded already.");
        if (on > LondonTime.DayOf(c.Who.At)) return new Refusal("on", "The day of the claim cannot be in the future.", "on");
        if (on < LondonTime.DayOf(c.Who.At).AddYears(-2)) return new Refusal("on", "That is more than two years ago. Check the year.", "on");
        gain.ClaimedOn = on;
        return null;
    }, cancel);

    /// <param name="sum">What is paid regularly; nothing, where all of it was paid once.</param>
    /// <param name="backdated">Paid once for time gone by, pence.</param>
    public Task<Result<string>> AwardAsync(AuditContext who, string reference, Guid id, RegularSum sum, DateOnly from, long backdated, CancellationToken cancel) => StepAsync(who, reference, id, "gain.awarded", (c, gain) =>
    {
        if (gain.Stage == GainStage.Confirmed) return new Refusal("stage", "It is confirmed. Take that back first, if the sum is wrong.");
        if (sum.Pence < 0 || backdated < 0 || (sum.Pence == 0 && backdated == 0)) return new Refusal("amount", "Write what is paid, like 21.50.", "amount");
        if (sum.YearPence > MostAYear || backdated > MostAYear) return new Refusal("amount", $"That is more than {new Money(MostAYear)} a year. Check the sum and how often it is paid.", "amount");
        var today = LondonTime.DayOf(c.Who.At);
        if (from > today.AddMonths(3) || from < today.AddYears(-5)) return new Refusal("from", "Write the day it is paid from, within the last five years or the next three months.", "from");
        (gain.AwardedPence, gain.AwardedEvery, gain.AwardedFrom, gain.BackdatedPence) = (sum.Pence, sum.Every, from, backdated);
        return null;
    }, cancel);

    /// <summary>Somebody saw it: from here on it counts as gained.</summary>
    public Task<Result<string>> ConfirmAsync(AuditContext who, string reference, Guid id, SeenAs seen, CancellationToken cancel) => StepAsync(who, reference, id, "gain.confirmed", (c, gain) =>
    {
        if (gain.Stage == GainStage.Confirmed) return null;
        if (gain.Stage != GainStage.Awarded) return new Refusal("stage", "Write down first what was awarded.");
        (gain.ConfirmedAt, gain.ConfirmedBy, gain.ConfirmedAs) = (c.Who.At, c.Who.Actor.Id, seen);
        return null;
    }, cancel);

    /// <summary>It turned out not to be so: the award stands as awarded again, and can be written anew.</summary>
    public Task<Result<string>> UnconfirmAsync(AuditContext who, string reference, Guid id, CancellationToken cancel) => StepAsync(who, reference, id, "gain.unconfirmed", (_, gain) =>
    {
        if (gain.Stage != GainStage.Confirmed) return new Refusal("stage", "It is not confirmed.");
        (gain.ConfirmedAt, gain.ConfirmedBy, gain.ConfirmedAs) = (null, null, null);
        return null;
    }, cancel);

    public Task<Result<string>> EndAsync(AuditContext who, string reference, Guid id, NotGainedWhy why, CancellationToken cancel) => StepAsync(who, reference, id, "gain.ended", (c, gain) =>
    {
        if (gain.Stage == GainStage.Confirmed) return new Refusal("stage", "It is confirmed. Take that back first, if it is wrong.");
        (gain.EndedAt, gain.EndedWhy) = (c.Who.At, why);
        return null;
    }, cancel);

    private Task<Result<string>> StepAsync(AuditContext who, string reference, Guid id, string kind, Func<Command, Gain, Refusal?> step, CancellationToken cancel) => desk.ChangeAsync(who, reference, async (c, request, _) =>
    {
        var gain = await c.Db.Set<Gain>().AsTracking().SingleOrDefaultAsync(g => g.Id == id && g.RequestId == request.Id && g.EndedAt == null, c.Cancel);
        if (gain is null) return Gone;
        if (step(c, gain) is { } refused) return refused;
        c.Record(kind, gain.Id, request.HouseholdId, gain.Kind);
        return null;
    }, cancel);
}
