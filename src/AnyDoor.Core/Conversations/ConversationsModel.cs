using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Conversations;

internal static class ConversationsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Answer>(e =>
        {
            e.ToTable("answer");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.HouseholdId, x.Fact });
            e.HasOne<Households.Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        });
        model.Entity<NeedSaid>(e =>
        {
            e.ToTable("need_said");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.HouseholdId);
            e.HasOne<Households.Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        });
    }
}
