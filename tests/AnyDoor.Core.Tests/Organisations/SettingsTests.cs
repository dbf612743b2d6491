using AnyDoor.Core.Tests.Requests;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Organisations;

public sealed class SettingsTests
{
    [Theory]
    [Requirement("R-DOOR-02")]
    [InlineData("Fenland", "0345 045 5219")]
    [InlineData("Huntingdonshire", "01480 388388")]
    [InlineData(null, "0345 045 5219")]
    [InlineData("Norwich", "0345 045 5219")]
    public async Task AccessPoint_FollowsFromTheDistrict(string? district, string telephone)
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);

        (await r.Settings.CurrentAsync(default)).AccessPointFor(district)!.Telephone.ShouldBe(telephone);
    }

    [Fact]
    public async Task Demo_IsReady_AndALiveTemplateIsNot()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        (await r.Settings.CurrentAsync(default)).IsReadyForResidents.ShouldBeTrue();

        await r.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE database_mark SET is_demo = 0"));
        var live = await new SettingsDesk(r.Desk.Test.Database, r.Desk.Commands, TimeProvider.System).CurrentAsync(default);

        live.IsReadyForResidents.ShouldBeFalse();
        live.Problems(null).ShouldContain("“Someone is in danger now” has no owner. Put the name of the person who checks this number.");
    }

    [Theory, OnBothDatabases]
    public async Task Setting_CountsFromItsDay_AndWhatDoesNotReadIsRefusedWhole(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var today = new DateOnly(2026, 11, 24);
        var numbers = (await r.Settings.PartAsync("crisis_numbers", today, default)).Replace("0808 2000 247", "0808 157 0777", StringComparison.Ordinal);

        (await r.Settings.SaveAsync("crisis_numbers", numbers, today.AddDays(3), r.Who, default)).Done.ShouldBeTrue();
        (await r.Settings.SaveAsync("crisis_numbers", "[{", today, r.Who, default)).Refusal!.Code.ShouldBe("body");
        (await r.Settings.SaveAsync("crisis_numbers", "null", today, r.Who, default)).Refusal!.Code.ShouldBe("body");
        (await r.Settings.SaveAsync("hats", "[]", today, r.Who, default)).Refusal!.Code.ShouldBe("key");
        (await r.Settings.SaveAsync("hours", "{}", today.AddDays(-1), r.Who, default)).Refusal!.Code.ShouldBe("starts");

        (await r.Settings.PartAsync("crisis_numbers", today.AddDays(2), default)).ShouldContain("0808 2000 247");
        (await r.Settings.PartAsync("crisis_numbers", today.AddDays(3), default)).ShouldContain("0808 157 0777");
    }

    [Fact]
    public async Task MessageText_WithAGapThatNothingFills_IsRefused()
    {
        await using var r = await Residents.OpenAsync(Db.Sqlite);
        var today = new DateOnly(2026, 11, 24);
        var texts = (await r.Settings.PartAsync("texts", today, default)).Replace("Reference {reference}.", "Reference {referance}.", StringComparison.Ordinal);

        (await r.Settings.SaveAsync("texts", texts, today, r.Who, default)).Refusal!.Sentence.ShouldContain("{referance}");
    }
}
