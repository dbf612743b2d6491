using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

internal static class HouseholdsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Household>(e => { e.ToTable("household"); e.HasKey(x => x.Id); e.Property(x => x.Version).IsConcurrencyToken(); e.HasIndex(x => x.JoinedTo); });
        model.Entity<Person>(e =>
        {
            e.ToTable("person");
            e.HasKey(x => x.Id);
            e.HasIndex(x => x.FoldedName);
            e.HasIndex(x => x.FoldedLast);
            e.HasIndex(x => x.SameAs);
            e.HasIndex(x => x.DateOfBirth);
        });
        model.Entity<Membership>(e =>
        {
            e.ToTable("membership");
            e.HasKey(x => x.Id);
            e.HasOne<Household>().WithMany().HasForeignKey(x => x.HouseholdId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
        });
        model.Entity<Address>(e =>
        {
            e.ToTable("address");
            e.HasKey(x => x.Id);
            e.HasOne<Household>().WithMany().HasForeignKey(x => x.HouseholdId);
            e.HasIndex(x => x.Postcode);
        });
        model.Entity<SafeContact>(e =>
        {
            e.ToTable("safe_contact");
            e.HasKey(x => x.Id);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasIndex(x => x.Phone);
        });
        model.Entity<CrisisEpisode>(e =>
        {
            e.ToTable("crisis_episode");
            e.HasKey(x => x.Id);
            e.HasOne<Household>().WithMany().HasForeignKey(x => x.HouseholdId);
        });
        model.Entity<PossibleMatch>(e =>
        {
            e.ToTable("possible_match");
            e.HasKey(x => x.Id);
            e.HasIndex(x => new { x.PersonId, x.OtherPersonId }).IsUnique();
            e.HasIndex(x => x.OtherPersonId);
        });
        model.Entity<PersonJoin>(e => { e.ToTable("person_join"); e.HasKey(x => x.Id); e.HasIndex(x => x.MatchId); });
    }
}
