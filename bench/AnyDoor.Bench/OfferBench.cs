using System.Diagnostics;
using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.ServiceDirectory;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Bench;

/// <summary>The offer for every household of the demo's queue, composed again and again over the snapshot that the adviser's page has.</summary>
public static class OfferBench
{
    private const int Times = 40;
    private const double MostMilliseconds = 5;

    public static async Task RunAsync(Rig rig, Report report)
    {
        report.Title("Offer, CPU time of one thread");
        var snapshots = new List<OfferSnapshot>();
        var worker = (await rig.Rooms.Of<StaffAccess>().FindAsync("nadia", default))!;
        var menu = await rig.Rooms.Of<MenuDirectory>().RefreshAsync(default);
        foreach (var reference in await WaitingAsync(rig))
        {
            var hub = new HubLine("0808 157 0100", "8am to 6pm");
            var sitting = await rig.Rooms.Of<HubSittings>().OpenAsync(ReadContext.ForWorker(worker, Purpose.RespondToRequest, "sitting", "phone-county-hub", Rooms.Now), reference, hub, [], default);
            if (sitting is null) continue;
            var snapshot = new OfferSnapshot
            {
                At = sitting.Offer.At, Facts = sitting.Facts, Answers = sitting.Offer.Answers, Needs = [.. sitting.Needs.Select(n => n.Need.Id)], NoFixedAddress = sitting.Household.Home.NoFixedAddress, Hub = hub,
                Place = new MenuPlace(sitting.Household.District, sitting.Ward, null), Language = sitting.Request.Language ?? sitting.Applicant.Language, Awards = sitting.Candidates, Menu = menu, Reader = MenuReader.Hub,
            };
            if (Offer.Compose(snapshot).Lines.Count() != sitting.Offer.Lines.Count()) throw new InvalidOperationException("The bench’s snapshot gives another offer than the page has.");
            snapshots.Add(snapshot);
        }

        foreach (var snapshot in snapshots) Cpu(snapshot); // once to warm up
        var each = snapshots.Select(s => (Cpu: Cpu(s), Lines: Offer.Compose(s).Lines.Count())).OrderBy(x => x.Cpu).ToList();
        string Ms(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + " ms";
        report.Line($"{each.Count} households of the queue, {each.Min(x => x.Lines)} to {each.Max(x => x.Lines)} lines, {menu.Count} services");
        report.Judge($"offer composed: median {Ms(each[each.Count / 2].Cpu)}, slowest {Ms(each[^1].Cpu)}, at most {Ms(MostMilliseconds)}", each[^1].Cpu < MostMilliseconds);
    }

    /// <summary>Milliseconds of this process's CPU for one offer.</summary>
    private static double Cpu(OfferSnapshot snapshot)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var i = 0; i < Times; i++) Offer.Compose(snapshot);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / Times;
    }

    private static async Task<List<string>> WaitingAsync(Rig rig)
    {
        await using var db = rig.Rooms.Database.Open();
        return await db.Set<Request>().Where(r => r.QueueRank != null).OrderBy(r => r.Id).Take(60).Select(r => r.Reference).ToListAsync();
    }
}
