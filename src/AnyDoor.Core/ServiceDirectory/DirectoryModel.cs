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
    /// <summary>Taken off the menu; kept because handovers and figures speak of it.</summary>
    public DateTime? RemovedAt { get; set; }
    public required int Version { get; set; }
}

/// <summary>The menu's change number: whoever holds it in memory reads it anew when this has risen. One row.</summary>
public sealed class MenuChange
{
    public const int Only = 1;
    public required int Id { get; init; }
    public required long Number { get; set; }
}

/// <summary>A need in a district, on a day, that nothing on the menu met. No person is in it.</summary>
public sealed class MenuGap
{
    /// <summary>When the district is not known.</summary>
    public const string NotKnown = "not-known";

    public required string NeedId { get; init; }
    /// <summary>ONS code, or <see cref="NotKnown"/>.</summary>
    public required string District { get; init; }
    public required DateOnly Day { get; init; }
    public required int Times { get; set; }
}

internal static class DirectoryModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<ServiceRow>(e => { e.ToTable("service"); e.HasKey(x => x.Id); e.Property(x => x.Version).IsConcurrencyToken(); });
        model.Entity<MenuChange>(e => { e.ToTable("menu_change"); e.HasKey(x => x.Id); e.Property(x => x.Id).ValueGeneratedNever(); });
        model.Entity<MenuGap>(e => { e.ToTable("menu_gap"); e.HasKey(x => new { x.NeedId, x.District, x.Day }); });
    }
}
