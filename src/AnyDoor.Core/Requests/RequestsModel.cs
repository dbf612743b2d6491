using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

internal static class RequestsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Request>(e =>
        {
            e.ToTable("request");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => x.Reference).IsUnique();
            e.HasIndex(x => x.HouseholdId);
            e.HasIndex(x => new { x.Status, x.AnswerBy });
            // The queue is read in this order and never looks at what has left it.
            e.HasIndex(x => new { x.QueueRank, x.SubmittedAt });
            e.HasIndex(x => new { x.District, x.SubmittedAt });
            e.HasIndex(x => x.SubmittedAt);
            e.HasIndex(x => new { x.SchemeId, x.SourceReference }).IsUnique();
            e.HasOne<Households.Household>().WithMany().HasForeignKey(x => x.HouseholdId);
            e.HasOne<Organisations.Door>().WithMany().HasForeignKey(x => x.DoorId);
        });
        model.Entity<RequestNeed>(e =>
        {
            e.ToTable("request_need");
            e.HasKey(x => new { x.RequestId, x.NeedId });
            e.HasOne<Request>().WithMany().HasForeignKey(x => x.RequestId);
        });
        model.Entity<Contact>(e =>
        {
            e.ToTable("contact");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.RequestId);
            e.HasOne<Request>().WithMany().HasForeignKey(x => x.RequestId);
        });
        model.Entity<Representation>(e =>
        {
            e.ToTable("representation");
            e.HasKey(x => x.RequestId);
            e.HasOne<Request>().WithMany().HasForeignKey(x => x.RequestId);
        });
        model.Entity<Draft>(e =>
        {
            e.ToTable("draft");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => x.CodeHash).IsUnique();
            e.HasIndex(x => x.ExpiresAt);
        });
        model.Entity<Sitting>(e =>
        {
            e.ToTable("sitting");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.TokenHash).IsUnique();
            e.HasIndex(x => x.SeenAt);
        });
        model.Entity<FormMark>(e => { e.ToTable("form_mark"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.Kind, x.Mark, x.At }); e.HasIndex(x => x.At); });
        model.Entity<SuspectForm>(e =>
        {
            e.ToTable("suspect_form");
            e.HasKey(x => x.RequestId);
            e.HasIndex(x => new { x.State, x.At });
            e.HasOne<Request>().WithMany().HasForeignKey(x => x.RequestId);
        });
        model.Entity<RequestImport>(e => { e.ToTable("request_import"); e.HasKey(x => x.Id); });
        model.Entity<QuarantinedRow>(e =>
        {
            e.ToTable("quarantined_row");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.ImportId, x.Row });
            e.HasIndex(x => x.Fingerprint).IsUnique();
            e.HasOne<RequestImport>().WithMany().HasForeignKey(x => x.ImportId);
        });
    }
}
