using AnyDoor.Audit;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Sharing;

/// <summary>The causes a ground may have. Upper rooms open and close grounds; the gate reads them.</summary>
public static class GroundCause
{
    public const string OpenRequest = "open-request";
    public const string Brought = "brought";
    public const string InContact = "in-contact";
    public const string CaseLed = "case-led";
    public const string HandoverAccepted = "handover-accepted";
    public const string StatedReason = "stated-reason";
    public const string Review = "review";
    public const string Reconcile = "reconcile";
    public const string Sample = "sample";
    public const string AssuranceReference = "assurance-reference";
    /// <summary>Somebody may be in danger: for some hours, on a reason, a legal gateway and a senior’s word.</summary>
    public const string Emergency = "emergency-override";
}

/// <summary>What stands beside the grounds and takes away what they give: while it is open, the record is stored and not worked with (UK GDPR Article 18).</summary>
public static class Restriction
{
    public const string Cause = "restricted";
}

/// <summary>Opens and closes grounds inside the command that gives the cause, so that they commit together.</summary>
public static class Grounds
{
    /// <summary>From now. Neither worker nor organisation: the host hub's own.</summary>
    /// <param name="causeId">What gave it (a request, a case): closing that closes the ground.</param>
    public static Guid Open(Command c, string cause, Guid household, Purpose purpose, Guid? causeId, Guid? worker = null, Guid? organisation = null, DateTime? until = null)
    {
        var id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero));
        c.Insert(new Ground
        {
            Id = id, HouseholdId = household, WorkerId = worker, OrganisationId = organisation, Purpose = purpose, From = c.Who.At, To = until, Cause = cause, CauseId = causeId,
        });
        return id;
    }

    /// <summary>Its processing is restricted just now: nothing is written about it either.</summary>
    public static Task<bool> IsRestrictedAsync(AnyDoorDb db, Guid household, DateTime at, CancellationToken cancel) =>
        db.Set<Ground>().AnyAsync(g => g.HouseholdId == household && g.Cause == Restriction.Cause && g.From <= at && (g.To == null || g.To > at), cancel);

    /// <summary>Restricted, or of somebody whom this worker said they know: to them it is not there.</summary>
    public static Task<bool> IsShutAsync(AnyDoorDb db, Guid household, Guid worker, DateTime at, CancellationToken cancel) =>
        db.Set<Ground>().AnyAsync(g => g.HouseholdId == household && (g.Cause == Restriction.Cause || (g.Cause == Tie.Cause && g.WorkerId == worker)) && g.From <= at && (g.To == null || g.To > at), cancel);

    /// <summary>Ends every ground that this cause gave. Those that ended before stay as they were.</summary>
    /// <param name="cause">Only grounds of this kind; null: all of them.</param>
    public static Task CloseAsync(Command c, Guid causeId, string? cause = null)
    {
        var now = c.Who.At;
        return c.Db.Set<Ground>()
            .Where(g => g.CauseId == causeId && (cause == null || g.Cause == cause) && (g.To == null || g.To > now))
            .ExecuteUpdateAsync(g => g.SetProperty(x => x.To, now), c.Cancel);
    }
}
