using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Places;

internal static class PlacesModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Dataset>(e =>
        {
            e.ToTable("dataset");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.Series);
        });
        model.Entity<DatasetBlock>(e =>
        {
            e.ToTable("dataset_block");
            e.HasKey(x => new { x.DatasetId, x.Key });
            e.HasOne<Dataset>().WithMany().HasForeignKey(x => x.DatasetId);
        });
        model.Entity<DatasetProblem>(e =>
        {
            e.ToTable("dataset_problem");
            e.HasKey(x => new { x.DatasetId, x.Row, x.Column });
            e.HasOne<Dataset>().WithMany().HasForeignKey(x => x.DatasetId);
        });
    }
}
