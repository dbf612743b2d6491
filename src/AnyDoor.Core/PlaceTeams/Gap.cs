using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.PlaceTeams;

public enum GapStatus { Open, Commissioned, Adapted, PartnerFilled, Closed }

/// <summary>A need in a place that nothing on the menu meets (R-MEN-04). One row for a need at a place, however often it opens again; <see cref="GapStep"/> is its history.</summary>
public sealed class Gap
{
    public required Guid Id { get; init; }
    public required string NeedId { get; init; }
    public required string District { get; init; }
    /// <summary>As <see cref="GapPlace.Name"/>; empty: the whole district.</summary>
    public required string Place { get; init; }
    public GapStatus Status { get; private set; } = GapStatus.Open;
    public required DateTime OpenedAt { get; set; }
    /// <summary>None: it opened by itself, from what was asked.</summary>
    public Guid? OpenedBy { get; set; }
    /// <summary>Whose it is: a role or an organisation, in words.</summary>
    public string? Owner { get; private set; }
    /// <summary>The service that fills it.</summary>
    public string? ServiceId { get; private set; }
    public DateTime? ClosedAt { get; private set; }
    /// <summary>What it rests on, as last counted: requests, times looked for in vain, and how many people groups spoke of. They stand still once it is closed.</summary>
    public int Requests { get; private set; }
    public int Searches { get; private set; }
    public int People { get; private set; }
    public required int Version { get; set; }

    public GapPlace Where => new(District, Place);
    public bool IsOpen => Status != GapStatus.Closed;

    public void Counted(GapCounts counts) => (Requests, Searches, People) = (counts.Requests, counts.Searches, counts.People);

    public Refusal? TakeOn(string? owner)
    {
        if (!IsOpen) return Over;
        if (owner?.Trim() is not { Length: > 0 and <= 80 } named) return new Refusal("owner", "Enter whose it is: a role or an organisation, in at most 80 letters.", "owner");
        Owner = named;
        return null;
    }

    /// <summary>Somebody was asked to provide it.</summary>
    public Refusal? Commission() => Go(GapStatus.Commissioned, null);
    /// <summary>What is there is changed so that it serves.</summary>
    public Refusal? Adapt(string? service) => Go(GapStatus.Adapted, service);
    /// <summary>A partner does it.</summary>
    public Refusal? FillByPartner(string? service) => Go(GapStatus.PartnerFilled, service);

    public Refusal? Close(DateTime at, string? service)
    {
        if (!IsOpen) return Over;
        (Status, ClosedAt, ServiceId) = (GapStatus.Closed, at, service ?? ServiceId);
        return null;
    }

    public Refusal? Reopen(DateTime at, Guid? by)
    {
        if (IsOpen) return new Refusal("state", "It is open already.");
        (Status, ClosedAt, ServiceId, OpenedAt, OpenedBy) = (GapStatus.Open, null, null, at, by);
        return null;
    }

    private Refusal? Go(GapStatus to, string? service)
    {
        if (!IsOpen) return Over;
        if (Owner is null) return new Refusal("owner", "Say first whose it is.", "owner");
        (Status, ServiceId) = (to, service ?? ServiceId);
        return null;
    }

    private static Refusal Over => new("state", "It is closed. Open it again first.");
}

/// <summary>What happened to a gap, in order. Never changed.</summary>
public sealed class GapStep
{
    public required Guid Id { get; init; }
    public required Guid GapId { get; init; }
    public required GapStatus Status { get; init; }
    public required string Words { get; init; }
    public string? ServiceId { get; init; }
    public required DateTime At { get; init; }
    /// <summary>None: it went by itself.</summary>
    public Guid? By { get; init; }
}

/// <summary>A need that a group or an outreach place speaks of, without anybody's name: “6 families need winter coats, Littleport” (R-CAS-06).</summary>
public sealed class GroupNeed
{
    public required Guid Id { get; init; }
    public required string NeedId { get; init; }
    public required string District { get; init; }
    public required string Place { get; init; }
    public required int Count { get; init; }
    /// <summary>Families, older people…</summary>
    public required string Whom { get; init; }
    public required string What { get; init; }
    /// <summary>The group or place that says so.</summary>
    public required string From { get; init; }
    public required DateOnly Day { get; init; }
    public required DateTime At { get; init; }
    public Guid? By { get; init; }
    /// <summary>Taken back: said by mistake.</summary>
    public DateTime? TakenBackAt { get; set; }

    public GapPlace Where => new(District, Place);
    public string Sentence => $"{Count} {Whom} need {What}, {Where.Words}";
}

public sealed record GapCounts(int Requests, int Searches, int People);

/// <summary>How much makes a gap (<c>Content/gaps.json</c>).</summary>
public sealed record GapRules(string Owner, string Source, DateOnly Starts, int CountsForDays, int OpensFrom, int OfGroupsOpensFrom)
{
    private static readonly Lazy<GapRules> Shipped = new(() => ContentFiles.Read<GapRules>("gaps.json"));
    public static GapRules Current => Shipped.Value;
}

internal static class GapModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Gap>(e => { e.ToTable("gap"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.NeedId, x.District, x.Place }).IsUnique(); e.Property(x => x.Version).IsConcurrencyToken(); });
        model.Entity<GapStep>(e => { e.ToTable("gap_step"); e.HasKey(x => x.Id); e.HasIndex(x => x.GapId); e.HasOne<Gap>().WithMany().HasForeignKey(x => x.GapId); });
        model.Entity<GroupNeed>(e => { e.ToTable("group_need"); e.HasKey(x => x.Id); e.HasIndex(x => x.Day); });
    }
}
