using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Places;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What a worker wrote on the page.</summary>
/// <param name="District">ONS district code; empty: what the postcode gives; <see cref="HomeDesk.Outside"/>: none of ours.</param>
public sealed record HomeTold(string? Lines, string? Postcode, bool NoFixedAddress, string? District, string Shown);

/// <summary>Where a household lives, told in the sitting. Funds belong to areas, so an award waits until the area is known: with or without an address.</summary>
public sealed class HomeDesk(Commands commands, HouseholdReader households, PostcodeDirectory postcodes)
{
    public const string Outside = "outside";
    private const int MostLetters = 300;

    /// <summary>Takes it down, and gives the household's open requests the same area: the queue and the figures go by it.</summary>
    public async Task<Result<bool>> ChangeAsync(ReadContext ctx, HouseholdView shown, HomeTold told, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        var lines = string.IsNullOrWhiteSpace(told.Lines) ? null : told.Lines.Trim();
        if (lines?.Length > MostLetters) return new Refusal("address", $"The address is longer than {MostLetters} letters.", "lines");
        Postcode? postcode = null;
        if (!string.IsNullOrWhiteSpace(told.Postcode))
        {
            if (!Postcode.TryParse(told.Postcode, out var read)) return new Refusal("postcode", "That is not a whole postcode. Write it like PE13 3EQ, or leave it and choose the area.", "postcode");
            postcode = read;
        }
        if (told.NoFixedAddress && (lines is not null || postcode is not null)) return new Refusal("both", "Either an address, or no fixed address. Where they stay for now can go into the notes.", "noFixedAddress");
        var place = postcode is { } known ? postcodes.Find(known) : null;
        if (!string.IsNullOrEmpty(told.District) && told.District != Outside && District.Find(told.District) is null) return new Refusal("area", "Choose one of the areas.", "district");
        if (place is not null && !string.IsNullOrEmpty(told.District) && told.District != place.District)
            return new Refusal("area", $"{postcode} is in {District.Find(place.District)?.Name ?? "another area"}. Correct the postcode, or leave the area to it.", "district");
        var district = place?.District ?? (string.IsNullOrEmpty(told.District) || told.District == Outside ? null : told.District);

        return await commands.RunAsync<bool>(ctx.Audit, async c =>
        {
            var changed = await households.ChangeHomeAsync(c, ctx, shown, new HomeChange(lines, postcode, told.NoFixedAddress, district, told.Shown) { Place = place, AreaTold = place is not null || !string.IsNullOrEmpty(told.District) });
            if (!changed.Done) return changed.Refusal;
            var (area, withheld, ids) = changed.Value;
            var open = await c.Db.Set<Request>().Where(r => ids.Contains(r.HouseholdId) && r.QueueRank != null).Select(r => r.Id).ToListAsync(c.Cancel);
            // Held, so that a colleague who takes one up at this moment waits, and loses nothing.
            await c.Kind.HoldRowsAsync(c.Db, "request", open, c.Cancel);
            foreach (var request in await c.Db.Set<Request>().AsTracking().Where(r => open.Contains(r.Id)).ToListAsync(c.Cancel))
            {
                request.District = area;
                // The postcode that came with the request would give its old area again when postcodes are loaded.
                if (!withheld) request.Postcode = postcode?.Compact;
                request.Version++;
            }
            return true;
        }, cancel);
    }
}
