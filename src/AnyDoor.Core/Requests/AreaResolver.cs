using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>Gives requests whose area was not known the area of their postcode, once postcodes are loaded.</summary>
public sealed class AreaResolver(Commands commands, PostcodeDirectory postcodes)
{
    public async Task<int> ResolveAsync(AuditContext who, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        List<(Guid Id, string District, PostcodeFacts Place)> found = [];
        await using (var db = commands.Database.Open())
        {
            await foreach (var request in db.Set<Request>().Where(r => r.District == null && r.Postcode != null).Select(r => new { r.Id, r.Postcode }).AsAsyncEnumerable().WithCancellation(cancel))
                if (Postcode.FromStored(request.Postcode) is { } postcode && postcodes.Find(postcode) is { } place) found.Add((request.Id, place.District, place));
        }
        foreach (var chunk in found.Chunk(100))
        {
            await commands.RunAsync(who, async c =>
            {
                foreach (var (id, district, place) in chunk)
                {
                    var request = await c.Db.Set<Request>().AsTracking().SingleAsync(r => r.Id == id, c.Cancel);
                    if (request.District is not null) continue; // another process was first
                    request.District = district;
                    request.Version++;
                    var household = await c.Db.Set<Household>().AsTracking().SingleAsync(h => h.Id == request.HouseholdId, c.Cancel);
                    household.District ??= district;
                    household.Lsoa11 ??= place.Lsoa11;
                    household.Lsoa21 ??= place.Lsoa21;
                    household.Version++;
                    c.Record("request.area-resolved", request.Id, request.HouseholdId);
                }
                return (Result<Nothing>)Nothing.Value;
            }, cancel);
        }
        return found.Count;
    }
}
