using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Offers;
using AnyDoor.Places;
using AnyDoor.ServiceDirectory;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>What the menu holds at one level.</summary>
/// <param name="ByDistrict">Services that serve each district, in the districts' order; one may serve several.</param>
public sealed record LevelRow(ServiceLevel Level, int Services, IReadOnlyList<int> ByDistrict);

/// <param name="Agreed">Places on the menu that households said yes to, by level, as it may be published.</param>
public sealed record MenuSplit(IReadOnlyList<LevelRow> Rows, PublishedTable Agreed);

/// <summary>The menu split by universal, near-universal and targeted (R-FRM-03), and what households said yes to of each.</summary>
public sealed class MenuFigures(Database database, MenuDirectory directory)
{
    public async Task<MenuSplit> OfAsync(DateTime now, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        var today = LondonTime.DayOf(now);
        var reaches = District.All.Select(d => new AreaReach(Whereabouts.Of(new MenuPlace(d.Code), index))).ToList();
        var open = index.Services.Where(s => s.Visibility == Visibility.Public && !MenuGate.IsClosed(s, today)).ToList();
        var rows = Enum.GetValues<ServiceLevel>().Select(level =>
        {
            var of = open.Where(s => MenuLevels.Of(s) == level).ToList();
            return new LevelRow(level, of.Count, [.. reaches.Select(r => of.Count(s => r.Of(s) != Vocabulary.Verdict.No))]);
        }).ToList();
        await using var db = database.Open();
        var chosen = await db.Set<OfferChoice>().Where(c => c.Wanted && c.UndoneAt == null && c.LineId.StartsWith("menu:")).Select(c => c.LineId).ToListAsync(cancel);
        var agreed = chosen.Select(l => index.Find(l["menu:".Length..])).OfType<Service>().CountBy(MenuLevels.Of).ToDictionary(c => c.Key, c => c.Value);
        return new MenuSplit(rows, SmallNumbers.Publish([new TableCounts("menu-levels", "What households said yes to", "menu-levels", [.. Enum.GetValues<ServiceLevel>().Select(l => new CellCount(l.ToString(), MenuLevels.Words(l), agreed.GetValueOrDefault(l)))])], []).Tables[0]);
    }
}
