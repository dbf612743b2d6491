using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

internal static class ReportingModel
{
    public static void Configure(ModelBuilder model) =>
        model.Entity<PublishedEdition>(e => { e.ToTable("published_edition"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.Series, x.Number }).IsUnique(); });
}
