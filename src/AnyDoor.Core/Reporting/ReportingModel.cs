using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

internal static class ReportingModel
{
    public static void Configure(ModelBuilder model) =>
        model.Entity<UnusualSeen>(e => { e.ToTable("unusual_seen"); e.HasKey(x => new { x.Rule, x.WorkerId, x.Day }); e.HasIndex(x => x.Day); });
}
