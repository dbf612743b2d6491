using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Casework;

internal static class CaseworkModel
{
    public static void Configure(ModelBuilder model) =>
        model.Entity<Handover>(e =>
        {
            e.ToTable("handover");
            e.HasKey(x => x.Id);
            e.Property(x => x.Version).IsConcurrencyToken();
            e.HasIndex(x => x.Reference).IsUnique();
            e.HasIndex(x => x.HouseholdId);
            e.HasIndex(x => x.CauseId);
            e.HasIndex(x => new { x.State, x.AnswerBy });
            e.HasIndex(x => new { x.OrganisationId, x.State });
            e.Ignore(x => x.DueBy);
            e.Ignore(x => x.IsGoingOn);
            e.HasOne<Households.Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        });
}
