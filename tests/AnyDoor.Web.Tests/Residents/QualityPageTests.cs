using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using AnyDoor.Web.Tests.Staff;

namespace AnyDoor.Web.Tests.Residents;

/// <summary>The data quality of the menu, in public.</summary>
public sealed class QualityPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    [Requirement("R-MEN-01")]
    public async Task Anybody_sees_how_lately_entries_were_checked_what_they_lack_and_how_long_reports_wait()
    {
        var who = new AuditContext(Actor.Resident(null), null, "web-form", Purpose.StatisticsAndPlanning, office.Now.AddDays(-3));
        await office.Get<ServiceReports>().ReportAsync(who, "waterlees-community-pantry", ReportKind.Details, "Zzwords of somebody", default);

        var page = await Office.GetAsync(office.Browser(), "/menu/quality");

        page.Body!.TextContent.ShouldContain("1 report that something is wrong is open; the oldest waits 3 days.");
        page.Body.TextContent.ShouldNotContain("Zzwords");
        page.QuerySelectorAll("table").Length.ShouldBe(2);
        var kinds = page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr");
        kinds.Take(kinds.Length - 1).Sum(r => int.Parse(r.QuerySelector("td")!.TextContent, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(int.Parse(kinds[^1].QuerySelector("td")!.TextContent, System.Globalization.CultureInfo.InvariantCulture));
        page.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr").Length.ShouldBe(AnyDoor.Places.District.All.Count + 1);
        var csv = await office.Browser().GetStringAsync("/menu/quality?handler=Csv");
        csv.Split('\n').Length.ShouldBeGreaterThan(kinds.Length);
        csv.ShouldNotContain("Zzwords");
    }
}
