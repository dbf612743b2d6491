using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

internal static class AwardsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Application>(e =>
        {
            e.ToTable("application");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.HouseholdId);
            e.HasIndex(x => new { x.SchemeId, x.Status });
            e.HasOne<Households.Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        });
        model.Entity<Decision>(e =>
        {
            e.ToTable("decision");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.ApplicationId);
            e.HasOne<Application>().WithMany().HasForeignKey(x => x.ApplicationId);
        });
        model.Entity<Award>(e =>
        {
            e.ToTable("award");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => x.Reference).IsUnique();
            e.HasIndex(x => x.ApplicationId);
            e.HasIndex(x => new { x.HouseholdId, x.EffectiveAt });
            e.HasIndex(x => new { x.SchemeId, x.Status, x.EffectiveAt });
            e.HasIndex(x => x.RequestId);
            e.HasIndex(x => new { x.Status, x.ExpiresOn });
            e.HasOne<Application>().WithMany().HasForeignKey(x => x.ApplicationId);
            e.HasOne<Households.Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        });
        model.Entity<DecisionReview>(e =>
        {
            e.ToTable("decision_review");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => x.Reference).IsUnique();
            e.HasIndex(x => x.RequestId);
            e.HasIndex(x => x.HouseholdId);
            e.HasIndex(x => new { x.State, x.AnswerBy });
            e.HasOne<Households.Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        });
        model.Entity<AwardSample>(e =>
        {
            e.ToTable("award_sample");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => new { x.Month, x.AwardId }).IsUnique();
            e.HasIndex(x => x.HouseholdId);
            e.HasOne<Award>().WithMany().HasForeignKey(x => x.AwardId);
        });
        model.Entity<Voucher>(e =>
        {
            e.ToTable("voucher");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => x.AwardId).IsUnique();
            e.HasIndex(x => x.LetterNumber).IsUnique();
            e.HasOne<Award>().WithMany().HasForeignKey(x => x.AwardId);
        });
    }
}
