using AnyDoor.Common;

namespace AnyDoor.Core.Tests.Common;

public sealed class NamesNoPersonTests
{
    [Theory]
    [InlineData("winter coats, sizes 4 to 12")]
    [InlineData("6 coats and 12 pairs of boots for £250")]
    [InlineData("help with letters from the DWP and NHS")]
    [InlineData("hot meals on Tuesdays after 4pm, from 1 December 2026")]
    [InlineData("somewhere warm to meet")]
    public void What_names_nobody_passes(string words) => NamesNoPerson.WhyNot(words).ShouldBeNull();

    [Theory]
    [InlineData("coat for Leanne", "looks like somebody’s name")]
    [InlineData("Quenby Harrowmere needs food", "looks like somebody’s name")]
    [InlineData("Mrs Okonjo-Vale is cold", "looks like somebody’s name")]
    [InlineData("ring 07700 900418", "telephone number")]
    [InlineData("call +44 (0)1353 555 123", "telephone number")]
    [InlineData("write to a.person@example.org", "e-mail address")]
    [InlineData("family at PE13 3EQ", "full postcode")]
    [InlineData("pe133eq needs food", "full postcode")]
    [InlineData("the family at 41 Teasel Way", "address")]
    [InlineData("a boy born 14/03/2017", "date of birth")]
    [InlineData("AB 12 34 56 C", "National Insurance")]
    public void What_seems_to_name_somebody_is_said_plainly(string words, string why)
    {

        NamesNoPerson.WhyNot(words).ShouldNotBeNull().ShouldContain(why);
    }

    [Fact]
    public void A_place_that_is_known_may_stand() => NamesNoPerson.WhyNot("coats in Little Downham", w => w is "Little Downham").ShouldBeNull();
}
