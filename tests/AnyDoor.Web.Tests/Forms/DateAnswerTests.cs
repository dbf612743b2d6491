using AnyDoor.Web.Forms;

namespace AnyDoor.Web.Tests.Forms;

public class DateAnswerTests
{
    [Theory]
    [InlineData("14", "3", "1990", DateProblem.None), InlineData(" 4 ", "mar", "1990", DateProblem.None), InlineData("29", "February", "2024", DateProblem.None)]
    [InlineData("29", "2", "2023", DateProblem.NotReal), InlineData("12", "13", "1979", DateProblem.NotReal), InlineData("1", "ma", "1990", DateProblem.NotReal)]
    [InlineData("1", "1", "90", DateProblem.NotReal), InlineData("1", "1", "0000", DateProblem.NotReal), InlineData("-1", "1", "1990", DateProblem.NotReal)]
    [InlineData("", "", "", DateProblem.Empty), InlineData("", "1", "1990", DateProblem.NoDay), InlineData("1", null, "1990", DateProblem.NoMonth), InlineData("1", "1", " ", DateProblem.NoYear)]
    public void Read_TypedDate_IsADateOrSaysWhatIsWrong(string? day, string? month, string? year, DateProblem expected) =>
        new DateAnswer { Day = day, Month = month, Year = year }.Read(out _).ShouldBe(expected);

    [Fact]
    public void Read_MonthAsAWord_IsThatMonth()
    {
        new DateAnswer { Day = "14", Month = "Mar", Year = "1990" }.Read(out var date).ShouldBe(DateProblem.None);

        date.ShouldBe(new DateOnly(1990, 3, 14));
    }
}
