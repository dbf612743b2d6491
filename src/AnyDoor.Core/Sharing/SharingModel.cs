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
            e.HasIndex(x => x.OrganisationId);
        });
        model.Entity<Permission>(e => { e.ToTable("permission"); e.HasKey(x => x.Id); e.HasIndex(x => x.HouseholdId); });
        model.Entity<LookReview>(e => { e.ToTable("look_review"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.Answer, x.At }); e.HasIndex(x => new { x.HouseholdId, x.WorkerId }); });
        model.Entity<AgreementVersion>(e =>
        {
            e.ToTable("agreement_version");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.AgreementId, x.Number }).IsUnique();
            e.Ignore(x => x.Terms);
            e.Property(x => x.Edit).IsConcurrencyToken();
        });
        model.Entity<AgreementNeed>(e => { e.ToTable("agreement_need"); e.HasKey(x => x.Id); e.HasIndex(x => x.OrganisationId); });
        model.Entity<Tie>(e => { e.ToTable("tie"); e.HasKey(x => x.Id); e.HasIndex(x => x.WorkerId); });
        model.Entity<EmergencyOpening>(e => { e.ToTable("emergency_opening"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.AgreedBy, x.Answer }); });
    }
}
