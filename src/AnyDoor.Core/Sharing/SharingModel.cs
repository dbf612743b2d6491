using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Sharing;

internal static class SharingModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Ground>(e =>
        {
            e.ToTable("ground");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.HouseholdId);
            e.HasIndex(x => x.CauseId);
        });
        model.Entity<Permission>(e => { e.ToTable("permission"); e.HasKey(x => x.Id); e.HasIndex(x => x.HouseholdId); });
    }
}
