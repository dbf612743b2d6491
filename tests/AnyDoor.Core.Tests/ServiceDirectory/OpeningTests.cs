using AnyDoor.Common;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Core.Tests.ServiceDirectory;

public sealed class OpeningTests
{
    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri"];
    private static readonly Opening Week = new([new(Weekdays, new(10, 0), new(12, 0)), new(["tue"], new(17, 0), new(19, 30))],
        [new(new(2026, 12, 2), new(2026, 12, 2), Opens: new(14, 0), Closes: new(15, 0)), new(new(2026, 12, 25), new(2026, 12, 28), Closed: true)]);

    [Theory]
    [InlineData("2026-11-24T10:14", "Open today until 12 noon")]
    [InlineData("2026-11-24T09:00", "Opens today 10am")]
    [InlineData("2026-11-24T12:00", "Opens today 5pm")]
    [InlineData("2026-11-24T19:30", "Opens tomorrow 10am")]
    [InlineData("2026-11-27T13:00", "Next open Monday 10am")]
    [InlineData("2026-12-01T20:00", "Opens tomorrow 2pm")]
    [InlineData("2026-12-24T13:00", "Next open Tuesday 10am")]
    [InlineData("2026-12-31T13:00", "Next open Monday 10am")]
    [InlineData("2026-07-01T10:30", "Open today until 12 noon")]
    [InlineData("2026-10-25T10:30", "Opens tomorrow 10am")]
    public void At_SaysWhenInWords(string local, string words) => Week.At(LondonTime.ToUtc(DateTime.Parse(local))).Words.ShouldBe(words);

    [Fact]
    public void At_BankHoliday_IsClosedUnlessItNeverCloses()
    {
        var newYear = LondonTime.ToUtc(new DateTime(2027, 1, 1, 11, 0, 0));

        Week.At(newYear).IsOpen.ShouldBeFalse();
        (Week with { OnBankHolidays = "open" }).At(newYear).IsOpen.ShouldBeTrue();
        new Opening([new([.. Weekdays, "sat", "sun"], new(8, 0), new(20, 0))]).At(newYear).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void At_OpenPastMidnight_SaysTheHourItReallyCloses()
    {
        string[] all = [.. Weekdays, "sat", "sun"];
        var line = new Opening([new(all, new(0, 0), new(2, 0)), new(all, new(18, 0), new(23, 59))]);

        line.At(LondonTime.ToUtc(new DateTime(2026, 11, 24, 22, 0, 0))).Words.ShouldBe("Open today until 2am");
        line.At(LondonTime.ToUtc(new DateTime(2026, 11, 24, 1, 0, 0))).Words.ShouldBe("Open today until 2am");
    }

    [Fact]
    public void At_SchoolTermsOnly_PromisesNoDay() =>
        new Opening([new(Weekdays, new(7, 45), new(8, 45))], SchoolTermsOnly: true).At(LondonTime.ToUtc(new DateTime(2026, 8, 4, 8, 0, 0)))
            .ShouldBe(new OpeningNow(false, null, "School days, 7:45am to 8:45am"));

    [Fact]
    public void At_NoHours_AsksToRing() => new Opening([]).At(Menu.Tuesday).Words.ShouldBe("Ring for times");
}
