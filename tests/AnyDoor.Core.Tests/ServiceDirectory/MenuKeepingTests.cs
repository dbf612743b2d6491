using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>How the menu is kept right: states of assurance, the link with one tap, reports with a clock.</summary>
public sealed class MenuKeepingTests
{
    private const string Club = "larkmere-breakfast-club";
    private static readonly AuditContext Who = new(Actor.Job("demo"), null, "command-line", Purpose.StatisticsAndPlanning, Menu.Tuesday);
    private static readonly DateOnly Today = LondonTime.DayOf(Menu.Tuesday);

    [Theory]
    [InlineData(0, AssuranceState.Checked), InlineData(89, AssuranceState.Checked), InlineData(90, AssuranceState.Due), InlineData(179, AssuranceState.Due), InlineData(180, AssuranceState.NotConfirmed)]
    [InlineData(364, AssuranceState.NotConfirmed), InlineData(365, AssuranceState.Hidden), InlineData(4000, AssuranceState.Hidden)]
    [Requirement("R-MEN-01")]
    public void Assurance_ByDays_IsDueAt90NotConfirmedAt180HiddenAt365(int days, AssuranceState state)
    {
        var service = Menu.Service("pantry") with { LastChecked = Today.AddDays(-days) };
        var index = new MenuIndex(1, [service]);

        Assurance.Of(service, Today).ShouldBe(state);
        Assurance.Of(service with { NeverConfirmed = true }, Today).ShouldBe(AssuranceState.Never);
        (ServiceCard.Find(index, service.Uuid, MenuReader.Resident, Menu.Tuesday) is null).ShouldBe(state == AssuranceState.Hidden);
        ServiceCard.Find(index, service.Uuid, MenuReader.Partner, Menu.Tuesday).ShouldNotBeNull();
        ServiceCard.Find(new MenuIndex(1, [service with { NeverConfirmed = true }]), service.Uuid, MenuReader.Resident, Menu.Tuesday).ShouldNotBeNull("nobody confirmed it yet, and it is hidden for nothing");
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public void DueList_HoldsWhatIsDueTheLongestAgoFirst_AndNothingThatIsClosed()
    {
        Service At(string id, int days) => Menu.Service(id) with { LastChecked = Today.AddDays(-days) };
        var index = new MenuIndex(1, [At("new", 3), At("due", 100), At("old", 400), At("unsure", 200), At("never", 9) with { NeverConfirmed = true }, At("shut", 500) with { Status = ServiceStatus.Defunct }]);

        DueList.Of(index, Today).Select(d => d.Service.Id).ShouldBe(["old", "unsure", "due", "never"]);
        DueList.Of(index, Today, "E07000010").Count.ShouldBe(4);
        DueList.Of(index, Today, "E07000008").ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task CheckLink_OneTap_ConfirmsThatEntryOnceAndNothingElse(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (menu, directory) = (new MenuService(test.Commands()), new MenuDirectory(test.Database));
        await menu.LoadDemoAsync(Who, default);
        var links = new CheckLinks(test.Commands().LogKey, directory, menu);
        var before = await directory.RefreshAsync(default);
        var token = links.TokenFor(before.Find(Club)!, Today);

        token.Length.ShouldBeLessThan(64);
        (await links.ReadAsync(token, Today, default))!.Value.State.ShouldBe(LinkState.Works);
        (await directory.RefreshAsync(default)).ShouldBeSameAs(before, "looking confirms nothing: mail programs look at every link");
        (await links.ReadAsync(token, Today.AddDays(MenuKeeping.Current.LinkDays + 1), default))!.Value.State.ShouldBe(LinkState.Over);
        (await links.ConfirmAsync(Who with { At = Who.At.AddDays(MenuKeeping.Current.LinkDays + 1) }, token, default)).Refusal!.Code.ShouldBe("over");
        (await links.ConfirmAsync(Who, token, default)).Done.ShouldBeTrue();

        var after = await directory.RefreshAsync(default);
        (after.Find(Club)!.LastChecked, after.Find(Club)!.CheckedBy).ShouldBe((Today, CheckedBy.Provider));
        after.Services.Count(s => s.CheckedBy is not null).ShouldBe(1);
        (await links.ReadAsync(token, Today, default))!.Value.State.ShouldBe(LinkState.Done);
        (await links.ConfirmAsync(Who with { At = Who.At.AddDays(20) }, token, default)).Done.ShouldBeTrue();
        (await directory.RefreshAsync(default)).Find(Club)!.LastChecked.ShouldBe(Today, "a link that was used does nothing more");
    }

    [Theory, OnBothDatabases]
    public async Task CheckLink_ChangedInAnyByte_IsNoneOfOurs(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (menu, directory) = (new MenuService(test.Commands()), new MenuDirectory(test.Database));
        await menu.LoadDemoAsync(Who, default);
        var links = new CheckLinks(test.Commands().LogKey, directory, menu);
        var token = links.TokenFor((await directory.RefreshAsync(default)).Find(Club)!, Today);
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);

        for (var at = 0; at < bytes.Length; at++)
        {
            var other = bytes.ToArray();
            other[at] ^= 1;
            (await links.ReadAsync(System.Buffers.Text.Base64Url.EncodeToString(other), Today, default)).ShouldBeNull($"byte {at}");
        }
        foreach (var wrong in new[] { null, "", "x", token[1..], token + "A", new string('A', 4000), "%00" }) (await links.ReadAsync(wrong, Today, default)).ShouldBeNull(wrong);
        await menu.TakeOffAsync(Who, Club, default);
        (await links.ReadAsync(token, Today, default)).ShouldBeNull("the entry is gone");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-MEN-01")]
    public async Task Confirm_KeepsWhatKindOfBodySaidSo_UntilItsSourceSaysSoLater(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (menu, directory) = (new MenuService(test.Commands()), new MenuDirectory(test.Database));
        await menu.LoadDemoAsync(Who, default);

        await menu.ConfirmAsync(Who, Club, default, CheckedBy.Hub);

        (await directory.RefreshAsync(default)).Find(Club)!.CheckedBy.ShouldBe(CheckedBy.Hub);
        (await directory.RefreshAsync(default)).Find("fen-food-van")!.CheckedBy.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Report_IsAnsweredThenClosed_AndItsWordsGoByTheSchedule(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (menu, directory) = (new MenuService(test.Commands()), new MenuDirectory(test.Database));
        await menu.LoadDemoAsync(Who, default);
        var reports = new ServiceReports(test.Commands(), directory);
        AuditContext On(int days) => Who with { At = Who.At.AddDays(days) };

        (await reports.ReportAsync(Who, Club, null, "They moved", default)).Refusal!.Field.ShouldBe("kind");
        (await reports.ReportAsync(Who, Club, ReportKind.Details, new string('x', 501), default)).Refusal!.Field.ShouldBe("words");
        (await reports.ReportAsync(Who, "no-such", ReportKind.Details, null, default)).Refusal!.Code.ShouldBe("not-found");
        (await reports.ReportAsync(Who, Club, ReportKind.Details, "<b>They</b> open at 8", default)).Value.ShouldBeNull();
        var report = (await reports.ListAsync(default)).ShouldHaveSingleItem().Report;

        (report.Words, report.DaysWaiting(On(6).At)).ShouldBe(("They open at 8", 6));
        (await reports.WaitingAsync(On(5).At, default)).ShouldBe((1, 0));
        (await reports.WaitingAsync(On(6).At, default)).ShouldBe((1, 1));
        (await reports.AnswerAsync(On(6), report.Id, 1, "I rang Leanne Harrowmere", null, default)).Refusal!.Sentence.ShouldContain("somebody’s name");
        (await reports.AnswerAsync(On(6), report.Id, 1, "We asked the school.", null, default)).Done.ShouldBeTrue();
        (await reports.WaitingAsync(On(9).At, default)).ShouldBe((1, 0));
        (await reports.AnswerAsync(On(7), report.Id, 1, "Now it says 8.", ReportOutcome.Mended, default)).Refusal!.Code.ShouldBe("busy");
        (await reports.AnswerAsync(On(7), report.Id, 2, "Now it says 8.", ReportOutcome.Mended, default)).Done.ShouldBeTrue();
        (await reports.AnswerAsync(On(8), report.Id, 3, "Again", ReportOutcome.Mended, default)).Refusal!.Code.ShouldBe("closed");

        (await reports.OfAsync(Club, On(8).At, default)).ShouldHaveSingleItem().DaysWaiting(On(100).At).ShouldBe(7);
        (await reports.OfAsync(Club, On(8 + MenuKeeping.Current.ReportShownDays).At, default)).ShouldBeEmpty();
        await reports.PurgeAsync(On(7 + MenuKeeping.Current.ReportWordsKeptDays), default);
        (await reports.FindAsync(report.Id, default))!.Report.Words.ShouldNotBeNull("its last day is not over");
        await reports.PurgeAsync(On(8 + MenuKeeping.Current.ReportWordsKeptDays), default);
        var kept = (await reports.FindAsync(report.Id, default))!.Report;
        (kept.Words, kept.Answer, kept.Outcome).ShouldBe((null, "Now it says 8.", ReportOutcome.Mended));
        MenuKeeping.Current.ReportWordsKeptDays.ShouldBe(AnyDoor.Rights.RetentionSchedule.Current["menu-report"].Days!.Value, "the schedule says the same");
        await using var db = test.Database.Open();
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind.StartsWith("menu.report"))).ShouldBe(4);
    }

    [Theory, OnBothDatabases]
    public async Task Report_TooManyAboutOne_WaitsAndOthersDoNot(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var (menu, directory) = (new MenuService(test.Commands()), new MenuDirectory(test.Database));
        await menu.LoadDemoAsync(Who, default);
        var reports = new ServiceReports(test.Commands(), directory);

        for (var i = 0; i < MenuKeeping.Current.MostReportsOfOne; i++) (await reports.ReportAsync(Who, Club, ReportKind.Closed, null, default)).Value.ShouldBeNull();

        (await reports.ReportAsync(Who, Club, ReportKind.Closed, null, default)).Value.ShouldBe(TryLimits.WaitMinutes);
        (await reports.ReportAsync(Who, "fen-food-van", ReportKind.Closed, null, default)).Value.ShouldBeNull();
        (await reports.ReportAsync(Who with { At = Who.At.AddMinutes(16) }, Club, ReportKind.Closed, null, default)).Value.ShouldBeNull();
    }
}
