using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Places;

internal static class PlacesModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Dataset>(e => { e.ToTable("dataset"); e.HasKey(x => x.Id); });
        model.Entity<PostcodeRow>(e =>
        {
            e.ToTable("postcode");
            e.HasKey(x => new { x.DatasetId, x.Postcode });
            e.HasOne<Dataset>().WithMany().HasForeignKey(x => x.DatasetId);
        });
    }
}
