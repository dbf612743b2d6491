using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.ServiceDirectory;

public sealed class MenuServiceTests
{
    private static readonly AuditContext Who = new(Actor.Job("demo"), null, "command-line", Purpose.StatisticsAndPlanning, Menu.Tuesday);

    /// <summary>A demo of another day is as lately checked as this one.</summary>
    [Fact]
    public async Task Demo_OnAnotherDay_IsCheckedAsLately()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var later = Menu.Tuesday.AddDays(500);
        await new MenuService(test.Commands()).LoadDemoAsync(new AuditContext(Actor.Job("demo"), null, "test", Purpose.StatisticsAndPlanning, later), default);

        var all = (await new MenuDirectory(test.Database).RefreshAsync(default)).Services.ToList();
        var day = AnyDoor.Common.LondonTime.DayOf(later);
        all.Count(s => Assurance.DaysSince(s, day) < Assurance.DueAfterDays).ShouldBeGreaterThan(all.Count * 95 / 100);
    }

    [Theory, OnBothDatabases]
    public async Task LoadDemo_Twice_LoadsItsServicesOnce(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var menu = new MenuService(test.Commands());
        var directory = new MenuDirectory(test.Database);

        (await menu.LoadDemoAsync(Who, default)).Value.ShouldBe(new MenuLoaded(645, 645));
        var first = await directory.RefreshAsync(default);
        (await menu.LoadDemoAsync(Who, default)).Value.ShouldBe(new MenuLoaded(645, 0));

        first.Count.ShouldBe(645);
        first.Services.ShouldAllBe(s => s.Invented);
        (first.Services.Count(s => new DateOnly(2026, 11, 24).DayNumber - s.LastChecked.DayNumber <= 90) / 645.0).ShouldBeGreaterThanOrEqualTo(0.95);
        (await directory.RefreshAsync(default)).ShouldBeSameAs(first);
        MenuMatch.Match(first, Menu.Near(Menu.Waterlees, "food")).Hits[0].Facts.ShouldContain("Open today until 4pm");
    }

    [Theory, OnBothDatabases]
    public async Task LoadDemo_LiveDatabase_IsRefused(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await test.MarkAsync(false);

        var refused = await new MenuService(test.Commands()).LoadDemoAsync(Who, default);

        refused.Refusal!.Sentence.ShouldContain("People would be sent to a place that is not there");
        await using var after = test.Database.Open();
        (await after.Set<ServiceRow>().CountAsync()).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Confirm_RaisesTheChangeNumberAndSurvivesLoadingTheFileAgain(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var menu = new MenuService(test.Commands());
        var directory = new MenuDirectory(test.Database);
        await menu.LoadDemoAsync(Who, default);
        var before = await directory.RefreshAsync(default);

        (await menu.ConfirmAsync(Who, "larkmere-breakfast-club", default)).Done.ShouldBeTrue();
        await menu.LoadDemoAsync(Who, default);

        var after = await directory.RefreshAsync(default);
        after.ChangeNumber.ShouldBeGreaterThan(before.ChangeNumber);
        after.Find("larkmere-breakfast-club")!.LastChecked.ShouldBe(new DateOnly(2026, 11, 24));
        before.Find("larkmere-breakfast-club")!.LastChecked.ShouldBe(new DateOnly(2026, 5, 18));
        (await menu.ConfirmAsync(Who, "no-such-service", default)).Refusal!.Code.ShouldBe("not-found");
    }

    [Theory, OnBothDatabases]
    public async Task TakeOffAndShowTo_ChangeWhoSeesIt(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var menu = new MenuService(test.Commands());
        await menu.LoadDemoAsync(Who, default);

        await menu.TakeOffAsync(Who, "fen-food-van", default);
        await menu.ShowToAsync(Who, "waterlees-community-pantry", Visibility.Partners, default);

        var index = await new MenuDirectory(test.Database).RefreshAsync(default);
        index.Find("fen-food-van").ShouldBeNull();
        MenuMatch.Match(index, Menu.Near(Menu.Waterlees, "food")).Hits.ShouldNotContain(h => h.Service.Id == "waterlees-community-pantry");
    }

    [Theory, OnBothDatabases]
    public async Task NoteGaps_ManyAtOnce_CountsEachAndHoldsNoPerson(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var menu = new MenuService(test.Commands());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => menu.NoteGapsAsync(Who, ["food", "bereavement", "not-a-need"], new GapPlace("E07000010", "March"), default)));
        await menu.NoteGapsAsync(Who, ["food"], GapPlace.NotKnown, default);
        await menu.NoteGapsAsync(Who, ["not-safe"], new GapPlace("E07000010", "March"), default);

        await using var db = test.Database.Open();
        var gaps = await db.Set<MenuGap>().OrderBy(g => g.NeedId).ThenBy(g => g.District).ToListAsync();
        gaps.Select(g => (g.NeedId, g.District, g.Place, g.Times)).ShouldBe([("bereavement", "E07000010", "March", 6), ("food", "E07000010", "March", 6), ("food", MenuGap.NotKnown, "", 1), ("not-safe", "E07000010", "", 1)]);
        (await db.Set<AuditEvent>().CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("{}", "The file is not a list of services")]
    [InlineData("""{"services":[{"id":"x"}]}""", "Service 1 cannot be read")]
    public async Task Load_UnreadableFile_SaysWhatIsWrong(string json, string words)
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);

        (await new MenuService(test.Commands()).LoadAsync(Who, json, default)).Refusal!.Sentence.ShouldContain(words);
    }
}
