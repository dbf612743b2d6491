using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

internal static class AuditModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<AuditEvent>(e =>
        {
            e.ToTable("audit_event");
            e.HasKey(x => x.Seq);
            e.Property(x => x.Seq).ValueGeneratedOnAdd();
            e.Property(x => x.Position).ValueGeneratedOnAdd();
            e.HasIndex(x => x.Id).IsUnique();
            e.HasIndex(x => new { x.Epoch, x.Position });
            e.HasIndex(x => x.HouseholdId);
            e.HasIndex(x => x.SubjectId);
        });
        model.Entity<AuditContent>(e => { e.ToTable("audit_content"); e.HasKey(x => x.EventId); });
        model.Entity<ReadEvent>(e =>
        {
            e.ToTable("read_event");
            e.HasKey(x => x.Seq);
            e.Property(x => x.Seq).ValueGeneratedOnAdd();
            e.Property(x => x.Position).ValueGeneratedOnAdd();
            e.HasIndex(x => x.Id).IsUnique();
            e.HasIndex(x => new { x.Epoch, x.Position });
        });
        model.Entity<ReadSubject>(e => { e.ToTable("read_subject"); e.HasKey(x => new { x.SubjectId, x.ReadEventId }); });
        model.Entity<Seal>(e => { e.ToTable("seal"); e.HasKey(x => new { x.Log, x.Number }); });
        model.Entity<Erasure>(e => { e.ToTable("erasure"); e.HasKey(x => x.EventId); });
        model.Entity<InformationNotice>(e =>
        {
            e.ToTable("information_notice");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.Kind, x.HouseholdId, x.OtherHouseholdId });
        });
        model.Entity<WrongTries>(e => { e.ToTable("wrong_tries"); e.HasKey(x => x.Key); e.HasIndex(x => x.LastAt); });
        model.Entity<Lease>(e => { e.ToTable("lease"); e.HasKey(x => x.Name); });
        model.Entity<CommandKey>(e => { e.ToTable("command_key"); e.HasKey(x => new { x.Scope, x.Key }); });
        model.Entity<DatabaseMark>(e => { e.ToTable("database_mark"); e.HasKey(x => x.Id); e.Property(x => x.Id).ValueGeneratedNever(); });
    }
}
