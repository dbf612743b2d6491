using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

internal static class ReportingModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<PublishedEdition>(e => { e.ToTable("published_edition"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.Series, x.Number }).IsUnique(); });
        model.Entity<TakeUpRun>(e => { e.ToTable("take_up_run"); e.HasKey(x => x.Id); e.HasIndex(x => x.At); });
        model.Entity<TakeUpLetter>(e => { e.ToTable("take_up_letter"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.RunId, x.Reference }).IsUnique(); });
        model.Entity<UnusualSeen>(e => { e.ToTable("unusual_seen"); e.HasKey(x => new { x.Rule, x.WorkerId, x.Day }); e.HasIndex(x => x.Day); });
    }
}
