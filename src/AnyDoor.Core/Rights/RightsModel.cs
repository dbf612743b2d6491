using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

internal static class RightsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<SubjectRequest>(e =>
        {
            e.ToTable("subject_request");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => x.Reference).IsUnique();
            e.HasIndex(x => new { x.State, x.ReceivedOn });
        });
        model.Entity<ClockPause>(e => { e.ToTable("clock_pause"); e.HasKey(x => x.Id); e.HasOne<SubjectRequest>().WithMany().HasForeignKey(x => x.SubjectRequestId); });
        model.Entity<SubjectRecord>(e =>
        {
            e.ToTable("subject_record");
            e.HasKey(x => new { x.SubjectRequestId, x.PersonId });
            e.HasIndex(x => x.HouseholdId);
            e.HasOne<SubjectRequest>().WithMany().HasForeignKey(x => x.SubjectRequestId);
        });
        model.Entity<SubjectItem>(e =>
        {
            e.ToTable("subject_item");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.SubjectRequestId, x.Number });
            e.HasOne<SubjectRequest>().WithMany().HasForeignKey(x => x.SubjectRequestId);
        });
        model.Entity<SubjectMark>(e =>
        {
            e.ToTable("subject_mark");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.SubjectRequestId);
            e.HasOne<SubjectItem>().WithMany().HasForeignKey(x => x.ItemId);
        });
        model.Entity<SubjectPack>(e => { e.ToTable("subject_pack"); e.HasKey(x => x.Id); e.HasIndex(x => x.SubjectRequestId); e.HasOne<SubjectRequest>().WithMany().HasForeignKey(x => x.SubjectRequestId); });
        model.Entity<Correction>(e => { e.ToTable("correction"); e.HasKey(x => x.Id); e.HasOne<SubjectRequest>().WithMany().HasForeignKey(x => x.SubjectRequestId); });
        model.Entity<RecipientTold>(e => { e.ToTable("recipient_told"); e.HasKey(x => new { x.SubjectRequestId, x.Organisation }); e.HasOne<SubjectRequest>().WithMany().HasForeignKey(x => x.SubjectRequestId); });
        model.Entity<Hold>(e => { e.ToTable("hold"); e.HasKey(x => x.Id); e.HasIndex(x => x.HouseholdId); });
        model.Entity<EqualityCount>(e => { e.ToTable("equality_count"); e.HasKey(x => new { x.Month, x.Fact, x.Option }); });
        model.Entity<DisposalRun>(e => { e.ToTable("disposal_run"); e.HasKey(x => x.Id); e.HasIndex(x => x.StartedAt); });
        model.Entity<DisposalLine>(e => { e.ToTable("disposal_line"); e.HasKey(x => new { x.RunId, x.RuleId }); e.HasOne<DisposalRun>().WithMany().HasForeignKey(x => x.RunId); });
    }
}
