using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Offers;

internal static class OffersModel
{
    public static void Configure(ModelBuilder model) => model.Entity<OfferChoice>(e =>
    {
        e.ToTable("offer_choice");
        e.HasKey(x => x.Id);
        e.HasIndex(x => x.RequestId);
        e.Ignore(x => x.NoInWords);
    });
}
