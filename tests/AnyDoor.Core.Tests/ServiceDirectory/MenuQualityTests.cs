using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using System.Text.Json;

namespace AnyDoor.Core.Tests.ServiceDirectory;

public sealed class MenuQualityTests
{
    private static readonly DateOnly Today = LondonTime.DayOf(Menu.Tuesday);

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task Quality_CountsPublicEntriesThatRun_ByStateKindAndDistrict(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (menu, directory) = (new MenuService(test.Commands()), new MenuDirectory(test.Database));
        AuditContext On(int days) => new(Actor.Job("demo"), null, "test", Purpose.StatisticsAndPlanning, Menu.Tuesday.AddDays(days));
        Service At(string id, int days, string organisation) => Menu.Service(id, organisation: organisation) with { LastChecked = Today.AddDays(-days) };
        List<Service> services =
        [
            At("a", 10, "Fen food bank"), At("b", 100, "Fen food bank"), At("c", 200, "March Neighbours") with { Opening = new([]) }, At("d", 400, "March Neighbours") with { Cost = new(CostKind.Depends, "Ask about cost") },
            At("e", 5, "Cambridge city team") with { Locations = [new("Centre", "High Street, Cambridge", "CB1 1AA", 52.2, 0.12, "Cambridge City")], AreasServed = [new(AreaKind.District, "Cambridge City")] }, At("f", 5, "March Neighbours") with { Visibility = Visibility.Partners }, At("g", 5, "March Neighbours") with { Status = ServiceStatus.Defunct },
        ];
        (await menu.LoadAsync(On(0), JsonSerializer.Serialize(new { services }, ContentFiles.Json), default)).Refusal.ShouldBeNull();
        var reports = new ServiceReports(test.Commands(), directory);
        foreach (var day in new[] { -9, -4 }) await reports.ReportAsync(On(day), "c", ReportKind.Closed, null, default);
        await reports.AnswerAsync(On(-2), (await reports.ListAsync(default))[0].Report.Id, 1, "We put it right.", ReportOutcome.Mended, default);

        var quality = await new MenuQuality(test.Database, directory).OfAsync(Menu.Tuesday, default);

        quality.All.Services.ShouldBe(5);
        quality.All.States.Where(s => s.Value > 0).ToDictionary().ShouldBe(new Dictionary<AssuranceState, int> { [AssuranceState.Checked] = 2, [AssuranceState.Due] = 1, [AssuranceState.NotConfirmed] = 1, [AssuranceState.Hidden] = 1 }, ignoreOrder: true);
        (quality.All.MedianDays, quality.All.NoTimes, quality.All.NoPlace, quality.All.NoCost, quality.All.OpenReports).ShouldBe((100, 1, 0, 1, 1));
        quality.ByKind.Select(r => (r.Label, r.Services)).ShouldBe([("Councils", 1), ("Food banks and pantries", 2), ("Voluntary and community", 2)]);
        quality.ByDistrict.Single(r => r.Label == "Fenland").Services.ShouldBe(4);
        (quality.OpenReports, quality.LongestOpen, quality.ClosedLately, quality.MedianToClose).ShouldBe((1, 4, 1, 7));
    }

    [Fact]
    public void HasNoPlace_WherePeopleMustComeAndNoneIsNamed()
    {
        var service = Menu.Service("a") with { Locations = [] };

        MenuQuality.HasNoPlace(service).ShouldBeTrue();
        MenuQuality.HasNoPlace(service with { Delivered = [Delivery.Phone] }).ShouldBeFalse();
        MenuQuality.HasNoPlace(Menu.Service("a")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Fenland district team", OrganisationKind.Council), InlineData("Larkmere Primary", OrganisationKind.School), InlineData("Fens Health Together", OrganisationKind.Health), InlineData("Yaxley Larder", OrganisationKind.FoodBank), InlineData("South Cambs Advice", OrganisationKind.AdviceAgency), InlineData("Soham Forward", OrganisationKind.Voluntary), InlineData("", OrganisationKind.Other)]
    public void KindOf_ANameOfNoPartner_IsWhatTheNameSays(string name, OrganisationKind kind) => MenuQuality.KindOf(name).ShouldBe(kind);
}
