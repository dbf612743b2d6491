using AnyDoor.Common;

namespace AnyDoor.Core.Tests.Common;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("£47.00", 4700)]
    [InlineData("47", 4700)]
    [InlineData("£1,234.5", 123450)]
    [InlineData(" £0.01 ", 1)]
    public void Money_ReadsWhatPeopleWrite(string text, long pence)
    {
        Money.TryParse(text, out var money).ShouldBeTrue();
        money.Pence.ShouldBe(pence);
    }

    [Theory]
    [InlineData("£fifty")]
    [InlineData("1.234")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("1,23")]
    [InlineData("9999999999999999999")]
    public void Money_RefusesTheRest(string text) => Money.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Money_Shows_PoundsAndPence() => new Money(245715800).ToString().ShouldBe("£2,457,158.00");

    [Theory]
    [InlineData("pe19 7sr", "PE19 7SR")]
    [InlineData("CB12QY", "CB1 2QY")]
    [InlineData(" cb1  2qy. ", "CB1 2QY")]
    [InlineData("PE13 OZT", "PE13 0ZT")]
    [InlineData("\tcb1\u00a02qy\t", "CB1 2QY")]
    [InlineData("“CB1 2QY”,", "CB1 2QY")]
    [InlineData("CB1-2QY;", "CB1 2QY")]
    [InlineData("C B 1 2 Q Y", "CB1 2QY")]
    [InlineData("CB1                                      2QY", "CB1 2QY")]
    [InlineData("ＣＢ１ ２ＱＹ", "CB1 2QY")]
    [InlineData("CBI 2QY", "CB1 2QY")]
    [InlineData("PE1O IAA", "PE10 1AA")]
    [InlineData("0X1 2JD", "OX1 2JD")]
    [InlineData("1P1 2JD", "IP1 2JD")]
    [InlineData("S015 2JD", "SO15 2JD")]
    [InlineData("S01 2JD", "SO1 2JD")]
    [InlineData("Y01 2JD", "YO1 2JD")]
    [InlineData("EI 6AN", "E1 6AN")]
    [InlineData("EI0 6AN", "E10 6AN")]
    [InlineData("SWIA 1AA", "SW1A 1AA")]
    [InlineData("SO15 2JD", "SO15 2JD")]
    [InlineData("gir oaa", "GIR 0AA")]
    [InlineData("=\"CB1 2QY\"", "CB1 2QY")]
    [InlineData("CB1\u200b 2QY\ufeff", "CB1 2QY")]
    [InlineData("M1 1AE", "M1 1AE")]
    [InlineData("DN55 1PT", "DN55 1PT")]
    [InlineData("EC1A 1BB", "EC1A 1BB")]
    [InlineData("PE13 lAA", "PE13 1AA")]
    [InlineData("pel3 9aa", "PE13 9AA")]
    [InlineData("PEl lAA", "PE1 1AA")]
    [InlineData("cbl Oaa", "CB1 0AA")]
    [InlineData("Bl lAA", "B1 1AA")]
    [InlineData("El4 oHA", "E14 0HA")]
    [InlineData("Nl9 3EH", "N19 3EH")]
    [InlineData("Wla 1AA", "W1A 1AA")]
    [InlineData("lP1 2AN", "IP1 2AN")]
    [InlineData("lv2 3dp", "IV2 3DP")]
    [InlineData("sll 1aa", "SL1 1AA")]
    [InlineData("ml4 1aa", "ML4 1AA")]
    [InlineData("ll57 2dg", "LL57 2DG")]
    [InlineData("ls1 4pl", "LS1 4PL")]
    [InlineData("pl1 1al", "PL1 1AL")]
    public void Postcode_ReadsEverySpelling(string text, string shown)
    {
        Postcode.TryParse(text, out var postcode).ShouldBeTrue();
        postcode.ToString().ShouldBe(shown);
    }

    [Theory]
    [InlineData("CB")]
    [InlineData("hello")]
    [InlineData("CB1 2Q")]
    [InlineData("123 456")]
    [InlineData("11 1AA")]
    [InlineData("L115 1AA")]
    [InlineData("CB1 2QO")]
    [InlineData("CB1 22Y")]
    [InlineData("CB1 2QY CB1 2QZ")]
    [InlineData("CB1 2QY Cambridge")]
    [InlineData("СВ1 2QY")] // Cyrillic
    [InlineData("CB١ 2QY")] // an Arabic figure
    [InlineData("\ufffdB1 2QY")] // a letter that was lost
    [InlineData("")]
    [InlineData(null)]
    public void Postcode_RefusesTheRest_AndSaysWhy(string? text)
    {
        Postcode.TryParse(text, out _).ShouldBeFalse();
        Postcode.WhyNot(text).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Postcode_WhyNot_OfOneThatIs_IsNothing() => Postcode.WhyNot("cb1 2qy").ShouldBeNull();

    [Theory]
    [InlineData("07700 900319", "07700900319")]
    [InlineData("7700 900319", "07700900319")]
    [InlineData("+44 7700 900319", "07700900319")]
    [InlineData("(01632) 960001", "01632960001")]
    public void Phone_GivesBackTheNoughtASpreadsheetLost(string text, string number)
    {
        Phone.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(number);
    }

    [Fact]
    public void Reference_ReadsBackWhatItShows_AndCatchesASlip()
    {
        for (var i = 0; i < 500; i++)
        {
            var reference = Reference.New();
            Reference.TryParse(Reference.Show(reference).ToLowerInvariant(), out var read).ShouldBeTrue();
            read.ShouldBe(reference);
            var slipped = (reference[0] == 'A' ? "B" : "A") + reference[1..];
            Reference.TryParse(slipped, out _).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("D’Aubernoune", "daubernoune")]
    [InlineData("O'Brambley", "obrambley")]
    [InlineData("Wainfleet-Moor", "wainfleet moor")]
    [InlineData("Łukasz  Żak", "lukasz zak")]
    public void Fold_DropsCaseAccentsAndPunctuation(string name, string folded) => Folding.Fold(name).ShouldBe(folded);

    [Fact]
    public void LondonTime_WritesTimesAsWeDo()
    {
        LondonTime.Time(new DateTime(2026, 7, 1, 11, 0, 0, DateTimeKind.Utc)).ShouldBe("12 noon");
        LondonTime.Time(new DateTime(2026, 11, 24, 8, 12, 0, DateTimeKind.Utc)).ShouldBe("8:12am");
        LondonTime.DayOf(new DateTime(2026, 6, 30, 23, 30, 0, DateTimeKind.Utc)).ShouldBe(new DateOnly(2026, 7, 1));
    }
}
