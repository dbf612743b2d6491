using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Offers;

internal static class OffersModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<OfferChoice>(e => { e.ToTable("offer_choice"); e.HasKey(x => x.Id); e.HasIndex(x => x.RequestId); e.Ignore(x => x.NoInWords); });
        model.Entity<Budget>(e => { e.ToTable("budget"); e.HasKey(x => x.Id); e.HasIndex(x => x.RequestId).IsUnique(); e.HasIndex(x => x.HouseholdId); e.Ignore(x => x.Sums); });
        model.Entity<Gain>(e => { e.ToTable("gain"); e.HasKey(x => x.Id); e.HasIndex(x => x.RequestId); e.HasIndex(x => x.HouseholdId); e.Ignore(x => x.Stage); e.Ignore(x => x.Awarded); });
    }
}
