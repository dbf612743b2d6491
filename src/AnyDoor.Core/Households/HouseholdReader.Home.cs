using System.Security.Cryptography;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Where a household lives from today on, as they said it.</summary>
/// <param name="District">ONS district code; null: not known, or outside.</param>
/// <param name="Shown">The mark of what stood on the page, so that two who change it at once meet.</param>
public sealed record HomeChange(string? Lines, Postcode? Postcode, bool NoFixedAddress, string? District, string Shown)
{
    /// <summary>The neighbourhood that the postcode gives.</summary>
    public PostcodeFacts? Place { get; init; }
    /// <summary>The area was chosen, or the postcode gives it: "outside" is a choice too.</summary>
    public bool AreaTold { get; init; }
}

/// <summary>Where a household lives now, and every record that is joined in it.</summary>
/// <param name="Withheld">The address stays as it was, unseen: nothing of it is to be written elsewhere.</param>
internal sealed record Moved(string? District, bool Withheld, IReadOnlyList<Guid> HouseholdIds);

public sealed partial class HouseholdReader
{
    public const string HomeMovedOn = "home-moved-on";

    /// <summary>What two pages are compared by: nothing of the address can be read from it.</summary>
    public static string MarkOf(HouseholdView household) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{household.Id}|{household.Home}|{household.District}")))[..16];

    /// <summary>
    /// Writes down where a household lives, inside the caller's command. The address before stays as history up to yesterday.
    /// Where the address is withheld a new one may be told: it is written down unseen, and nobody learns what stood before. What is left empty stays as it was.
    /// </summary>
    internal async Task<Result<Moved>> ChangeHomeAsync(Command c, ReadContext ctx, HouseholdView shown, HomeChange change)
    {
        if (ctx.Worker is not { } worker || !MayChange(ctx)) return NoSuchRecord;
        var (household, ids) = await ResolveAsync(c.Db, shown.Id, c.Cancel);
        if (household is null || !(await SightAsync(c.Db, ctx, ids, c.Cancel)).Allows(DataCategory.IdentityAndContact, shown.Applicant!.PersonId)) return NoSuchRecord;
        // Held, so that of two changes at once the second sees the first.
        await c.Kind.HoldRowsAsync(c.Db, "household", [household.Id], c.Cancel);
        var tracked = await c.Db.Set<Household>().AsTracking().SingleAsync(h => h.Id == household.Id, c.Cancel);
        var today = LondonTime.DayOf(c.Who.At);
        var home = await HomeAsync(c.Db, ctx, household.Id, await MembersAsync(c.Db, ids, today, c.Cancel), today, c.Cancel);
        if (MarkOf(shown with { Home = home, District = tracked.District }) != change.Shown && !home.Withheld)
            return new Refusal(HomeMovedOn, "Somebody else changed where they live while you had this open. What stands now is above; what you wrote is below. Save again if it is right.");

        var told = !home.Withheld || change.Lines is not null || change.Postcode is not null || change.NoFixedAddress;
        var before = await c.Db.Set<Address>().AsTracking().Where(a => a.HouseholdId == household.Id && a.To == null).ToListAsync(c.Cancel);
        var stands = before.MaxBy(a => a.From);
        var moved = told && (stands?.Lines, stands?.Postcode, stands?.NoFixedAddress ?? false) != (change.Lines, change.Postcode?.Compact, change.NoFixedAddress);
        if (moved)
        {
            // What was written down today was a slip of the pen: it is taken away, not kept as a home of no day.
            foreach (var address in before)
            {
                if (address.From >= today) c.Db.Remove(address);
                else address.To = today.AddDays(-1);
            }
            if (change.Lines is not null || change.Postcode is not null || change.NoFixedAddress)
            {
                c.Insert(new Address
                {
                    Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), HouseholdId = household.Id, Lines = change.Lines, Postcode = change.Postcode?.Compact,
                    NoFixedAddress = change.NoFixedAddress, From = today,
                });
            }
            (tracked.Lsoa11, tracked.Lsoa21) = (change.Place?.Lsoa11, change.Place?.Lsoa21);
        }
        // Withheld, the area was not shown either: an empty choice says nothing about it.
        if (!home.Withheld || change.AreaTold) tracked.District = change.District;
        tracked.Version++;
        c.Record("home.changed", household.Id, household.Id);
        return new Moved(tracked.District, home.Withheld && !moved, ids);
    }
}
