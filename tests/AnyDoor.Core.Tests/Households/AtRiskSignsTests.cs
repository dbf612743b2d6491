using AnyDoor.Households;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Households;

/// <summary>What says that somebody may be looking for a person.</summary>
public sealed class AtRiskSignsTests
{
    [Fact]
    [Requirement("R-ISA-08")]
    public void EachPattern_FindsItsWords_AndLeavesTheOthersAlone()
    {
        var wrong = new List<string>();
        foreach (var pattern in AtRiskSigns.Current.Patterns)
        {
            wrong.AddRange(pattern.Matches.Where(words => !AtRiskSigns.Current.InWords(words)).Select(words => $"{pattern.Id}: not found: {words}"));
            wrong.AddRange(pattern.DoesNotMatch.Where(AtRiskSigns.Current.InWords).Select(words => $"{pattern.Id}: found by {AtRiskSigns.Current.Found(words)!.Id}: {words}"));
            pattern.Matches.Count.ShouldBeGreaterThan(1);
            pattern.DoesNotMatch.ShouldNotBeEmpty();
        }
        string.Join('\n', wrong).ShouldBe("");
    }

    [Theory]
    [Requirement("R-ISA-08")]
    [InlineData("I am in a refuge, I fled from him. Keep my address secret.")]
    [InlineData("My ex partner must never find out my new address, please keep it confidential")]
    [InlineData("domestic violence and he is looking for me")]
    [InlineData("I am hiding from my ex")]
    [InlineData("non molestation order against my ex")]
    [InlineData("NON-MOLESTATION ORDER")]
    [InlineData("He mustn’t know where I live")]
    [InlineData("He must not know where I live, I have left my husband who is violent. Hide my address")]
    [InlineData("We fled him and are somewhere new")]
    [InlineData("Please\nkeep my address\nsecret")]
    [InlineData("uciekłam od męża i ukrywam się")]
    [InlineData("Uciekłam przed mężem, nie może wiedzieć gdzie mieszkam")]
    [InlineData("Slapstausi, pabėgau nuo vyro")]
    [InlineData("Я втекла від чоловіка, він мене шукає")]
    [InlineData("Am fugit de sotul meu, nu trebuie sa stie unde locuiesc")]
    public void Words_ThatSayIt_AreFound(string words) => AtRiskSigns.Current.InWords(words).ShouldBeTrue();

    [Theory]
    [Requirement("R-ISA-08")]
    [InlineData("Need food")]
    [InlineData("I have moved house and my new address is not on the letter. The boiler is broken.")]
    [InlineData("He does not know I am asking")]
    [InlineData("My husband doesn't know I am asking, please ring after 10am")]
    [InlineData("My husband lost his job and we cannot pay the rent")]
    [InlineData("I am looking for work and a home for my family")]
    [InlineData("I had to leave my job to look after my mum")]
    [InlineData("My son is in hospital and he is looking forward to coming home")]
    [InlineData("Please do not give my number to anybody")]
    [InlineData("We came as refugees two years ago")]
    [InlineData("My key worker is helping me find a flat where I can keep my dog")]
    [InlineData("The landlord has the wrong address")]
    [InlineData("No food in the house, the fridge broke and the children are hungry")]
    [InlineData("Straciłam pracę, szukam nowej. Mój mąż jest chory.")]
    [InlineData("Чоловік втратив роботу, нам потрібна їжа")]
    [InlineData("")]
    [InlineData(null)]
    public void Words_ThatSaySomethingElse_AreLeftAlone(string? words) => (AtRiskSigns.Current.Found(words)?.Id ?? "nothing").ShouldBe("nothing");

    [Fact]
    [Requirement("R-ISA-08")]
    public void AnswersAndNeeds_ThatSayIt()
    {
        var signs = AtRiskSigns.Current;
        signs.InAnswer("safety.not_safe_now", "\"yes\"").ShouldBeTrue();
        signs.InAnswer("safety.not_safe_now", "true").ShouldBeTrue();
        signs.InAnswer("safety.hidden_address", "\"yes\"").ShouldBeTrue();
        signs.InAnswer("shock.what_changed", "[\"moved\",\"fled\"]").ShouldBeTrue();
        signs.InAnswer("needs.own_words", "\"I am in a refuge\"").ShouldBeTrue();
        signs.InNeed("not-safe").ShouldBeTrue();

        signs.InAnswer("safety.not_safe_now", "\"no\"").ShouldBeFalse();
        signs.InAnswer("safety.not_safe_now", "null").ShouldBeFalse();
        signs.InAnswer("shock.what_changed", "[\"moved\"]").ShouldBeFalse();
        signs.InAnswer("needs.own_words", "\"Nothing to eat\"").ShouldBeFalse();
        signs.InAnswer("household.adults", "2").ShouldBeFalse();
        signs.InNeed("food").ShouldBeFalse();
    }

    [Fact]
    [Requirement("R-ISA-08")]
    public void LongAndOddWords_TakeNoTime()
    {
        var began = System.Diagnostics.Stopwatch.StartNew();
        AtRiskSigns.Current.InWords(string.Concat(Enumerable.Repeat("he she they must not can never keep ", 120)));
        AtRiskSigns.Current.InWords(new string('a', 4000));
        began.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }
}
