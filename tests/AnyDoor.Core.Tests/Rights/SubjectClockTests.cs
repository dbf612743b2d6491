using AnyDoor.Rights;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Rights;

public sealed class SubjectClockTests
{
    private static DateOnly Day(string day) => DateOnly.Parse(day);

    private static ClockPause Pause(string from, string? to) => new() { Id = Guid.NewGuid(), SubjectRequestId = Guid.Empty, From = Day(from), To = to is null ? null : Day(to), For = PauseFor.Identity, Why = "We asked for a call back." };

    private static SubjectRequest Request(SubjectKind kind, string received) => new()
    {
        Id = Guid.NewGuid(), Reference = "0", Kind = kind, State = SubjectState.Open, Way = SubjectWay.Letter, ReceivedOn = Day(received), RecordedAt = new DateTime(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc), Asked = "Everything", GiveBy = GiveBy.NotChosen, Version = 1,
    };

    [Theory]
    [InlineData("2026-11-02", "2026-12-02")]
    [InlineData("2026-08-31", "2026-09-30")] // no 31 September: the month's last day
    [InlineData("2027-01-31", "2027-03-01")] // 28 February 2027 is a Sunday
    [InlineData("2026-11-25", "2026-12-29")] // Christmas Day, Boxing Day on a Saturday and its substitute, a Sunday between
    [Requirement("R-ISA-06")]
    public void DueOn_IsTheSameDayNextMonth_OrTheNextWorkingDay(string received, string due) => SubjectClock.DueOn(Day(received), [], false, Day(received)).ShouldBe(Day(due));

    [Fact]
    public void DueOn_Extended_IsThreeMonths() => SubjectClock.DueOn(Day("2026-11-02"), [], true, Day("2026-11-02")).ShouldBe(Day("2027-02-02"));

    [Fact]
    public void DueOn_AfterAPause_MovesByItsDays() => SubjectClock.DueOn(Day("2026-11-02"), [Pause("2026-11-03", "2026-11-09")], false, Day("2026-11-24")).ShouldBe(Day("2026-12-08"));

    [Fact]
    public void PausedDays_OfTwoPausesAtOnce_CountOnce() => SubjectClock.PausedDays([Pause("2026-11-03", "2026-11-09"), Pause("2026-11-05", "2026-11-12")], Day("2026-11-24")).ShouldBe(9);

    [Fact]
    public void PausedDays_WhileItStands_CountUpToToday() => SubjectClock.PausedDays([Pause("2026-11-20", null)], Day("2026-11-24")).ShouldBe(4);

    [Fact]
    public void Complaint_IsAcknowledgedWithinThirtyDays_TheFirstBeingTheDayItCame() => SubjectClock.Of(Request(SubjectKind.Complaint, "2026-11-02"), [], Day("2026-11-24")).AcknowledgeBy.ShouldBe(Day("2026-12-01"));

    [Fact]
    public void Extend_AfterTheFirstMonth_IsRefused()
    {
        var request = Request(SubjectKind.Access, "2026-11-02");

        request.Extend(Day("2026-12-03"), "Four years of records in three places.", []).ShouldNotBeNull().Code.ShouldBe("too-late");
        request.Extend(Day("2026-12-02"), "Four years of records in three places.", []).ShouldBeNull();
        request.Extend(Day("2026-12-02"), "Four years of records in three places.", []).ShouldNotBeNull();
    }

    [Fact]
    public void Answer_WithoutKnowingWhoTheyAre_IsRefused()
    {
        var request = Request(SubjectKind.Objection, "2026-11-02");
        var at = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);

        request.Answer(at, "We have stopped.").ShouldNotBeNull().Code.ShouldBe("identity");
        request.KnowIdentity(Day("2026-11-24"), "Called back on the number we have").ShouldBeNull();
        request.Answer(at, "We have stopped.").ShouldBeNull();
        request.Withdraw(at).ShouldNotBeNull();
    }
}
