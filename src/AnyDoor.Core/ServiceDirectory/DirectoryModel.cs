using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>A service as it is stored: what is asked of the database in columns, the rest as its file states it.</summary>
public sealed class ServiceRow
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required string Organisation { get; set; }
    public required Visibility Visibility { get; set; }
    public required DateOnly LastChecked { get; set; }
    public required string Owner { get; set; }
    /// <summary>The whole service as JSON; the columns win over it.</summary>
    public required string Body { get; set; }
    /// <summary>SHA-256 of the body, so that loading the same file again changes nothing.</summary>
    public required byte[] Fingerprint { get; set; }
    public required bool Invented { get; init; }
    public required DateTime ChangedAt { get; set; }
    /// <summary>The menu's number at which it last changed: what is in memory reads only what came after.</summary>
    public required long ChangeNumber { get; set; }
    /// <summary>The feed or file it came from; none: it was written here.</summary>
    public string? Source { get; set; }
    public string? SourceId { get; set; }
    /// <summary>Nobody has confirmed it yet; <see cref="LastChecked"/> is the day it came in.</summary>
    public required bool NeverConfirmed { get; set; }
    /// <summary>Who said so last; null: its source, or who wrote it here.</summary>
    public CheckedBy? CheckedBy { get; set; }
    /// <summary>Taken off the menu; kept because handovers and figures speak of it.</summary>
    public DateTime? RemovedAt { get; set; }
    /// <summary>It is the same as this one, which is shown instead.</summary>
    public string? MergedInto { get; set; }
    /// <summary>What its own source says, where the body also holds what was merged into it or approved here.</summary>
    public string? OwnBody { get; set; }
    public required int Version { get; set; }
}

/// <summary>The menu's change number: whoever holds it in memory reads it anew when this has risen. One row.</summary>
public sealed class MenuChange
{
    public const int Only = 1;
    public required int Id { get; init; }
    public required long Number { get; set; }
}

/// <summary>What the source sent, word for word, beside the row that was read from it.</summary>
public sealed class ServiceDocument
{
    public required string ServiceId { get; init; }
    public required string Document { get; set; }
    public required DateTime ReadAt { get; set; }
}

/// <summary>A feed or file that the menu was filled from, and how far the last reading came.</summary>
public sealed class MenuFeed
{
    public required string Source { get; init; }
    public required DateTime StartedAt { get; set; }
    /// <summary>Read to its end; null: it stopped on the way, and goes on at <see cref="NextPage"/>.</summary>
    public DateTime? FinishedAt { get; set; }
    public required int NextPage { get; set; }
}

/// <summary>A record of a feed that could not be taken, and why. The next reading of that feed writes them anew.</summary>
public sealed class FeedProblemRow
{
    public required string Source { get; init; }
    public required int Row { get; init; }
    public required string Column { get; init; }
    public required string Reason { get; init; }
    public required DateTime At { get; init; }
}

/// <summary>How often a need at a place, on a day, found nothing on the menu, by where it was looked for. No person is in it.</summary>
public sealed class MenuGap
{
    /// <summary>When the district is not known.</summary>
    public const string NotKnown = "not-known";

    public required string NeedId { get; init; }
    /// <summary>ONS code, or <see cref="NotKnown"/>.</summary>
    public required string District { get; init; }
    /// <summary>As <see cref="GapPlace.Name"/> has it; empty: only the district is known.</summary>
    public required string Place { get; init; }
    /// <summary>The door that it was looked for at.</summary>
    public required string Door { get; init; }
    public required DateOnly Day { get; init; }
    public required int Times { get; set; }
}

internal static class DirectoryModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<ServiceRow>(e => { e.ToTable("service"); e.HasKey(x => x.Id); e.Property(x => x.Version).IsConcurrencyToken(); e.HasIndex(x => x.ChangeNumber); });
        model.Entity<MenuChange>(e => { e.ToTable("menu_change"); e.HasKey(x => x.Id); e.Property(x => x.Id).ValueGeneratedNever(); });
        model.Entity<ServiceDocument>(e =>
        {
            e.ToTable("service_document");
            e.HasKey(x => x.ServiceId);
            e.HasOne<ServiceRow>().WithMany().HasForeignKey(x => x.ServiceId);
        });
        model.Entity<MenuFeed>(e => { e.ToTable("menu_feed"); e.HasKey(x => x.Source); });
        model.Entity<FeedProblemRow>(e => { e.ToTable("menu_feed_problem"); e.HasKey(x => new { x.Source, x.Row, x.Column }); });
        model.Entity<MenuGap>(e => { e.ToTable("menu_gap"); e.HasKey(x => new { x.NeedId, x.District, x.Place, x.Door, x.Day }); });
        model.Entity<ServiceReport>(e => { e.ToTable("service_report"); e.HasKey(x => x.Id); e.HasIndex(x => x.ServiceId); e.HasIndex(x => x.ClosedAt); e.Property(x => x.Version).IsConcurrencyToken(); e.HasOne<ServiceRow>().WithMany().HasForeignKey(x => x.ServiceId); });
        model.Entity<ServiceEdit>(e => { e.ToTable("service_edit"); e.HasKey(x => x.Id); e.HasIndex(x => x.ServiceId); e.HasIndex(x => x.State); e.Property(x => x.Version).IsConcurrencyToken(); e.HasOne<ServiceRow>().WithMany().HasForeignKey(x => x.ServiceId); });
        model.Entity<DuplicatePair>(e =>
        {
            e.ToTable("service_duplicate");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.OlderId, x.NewerId }).IsUnique();
            e.HasIndex(x => x.State);
            e.HasOne<ServiceRow>().WithMany().HasForeignKey(x => x.OlderId);
            e.HasOne<ServiceRow>().WithMany().HasForeignKey(x => x.NewerId);
        });
        model.Entity<MenuAcceptance>(e => { e.ToTable("menu_acceptance"); e.HasKey(x => x.ServiceId); e.Ignore(x => x.Points); e.Ignore(x => x.IsOftenTaken); });
        model.Entity<MenuWeight>(e => { e.ToTable("menu_weight"); e.HasKey(x => x.Id); e.HasIndex(x => x.UndoneAt); });
    }
}
