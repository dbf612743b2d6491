using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>What people say, in their own words and tongues, is read as the kind of help it asks for.</summary>
[Requirement("R-MEN-02")]
public sealed class LexiconTests
{
    private static IReadOnlyList<string> Read(string said) => [.. Lexicon.Current.Read(Tokens.Split(said)).Select(k => Lexicon.Current[k.Kind].Id)];

    [Theory]
    [InlineData("the cupboard is bare till payday", "food-parcel")]
    [InlineData("leccy on emergency", "fuel-voucher")]
    [InlineData("toaster's broke", "repair-cafe")]
    [InlineData("burgled last night", "victim", "crime")]
    [InlineData("my visa is running out", "migrant-advice")]
    [InlineData("tantrums every day cant cope", "parenting")]
    [InlineData("somewhere warm to sit in the day", "warm-space")]
    [InlineData("nan keeps falling", "falls")]
    [InlineData("bailifs at the dor", "debt")]
    [InlineData("formula costs too much", "baby-milk")]
    [InlineData("nothing for teenagers to do", "youth-club")]
    [InlineData("somewhere to sleep tonight", "rough-sleeping", "hostel")]
    [InlineData("I cannot see well enough to cook", "sight")]
    [InlineData("she can not hear us", "hearing")]
    [InlineData("fell off the wagon", "alcohol")]
    [InlineData("she cries all day", "mental-health")]
    [InlineData("I can't go on like this", "mental-crisis", "mental-health")]
    [InlineData("she doesn't know who I am any more", "dementia")]
    [InlineData("sat here on me tod since Monday", "befriending")]
    [InlineData("the boss took our passports and locks us in", "victim", "work-rights")]
    [InlineData("he's frit of nobody and I'm terrified of him", "domestic-abuse")]
    [InlineData("he shouts at me and takes my wages", "domestic-abuse")]
    [InlineData("we haven't eaten since Friday", "food-parcel")]
    [InlineData("potrzebuję jedzenia dla dzieci", "food-parcel")]
    [InlineData("потрібна допомога з житлом", "housing-advice")]
    [InlineData("nie mam za co kupić jedzenia", "food-parcel")]
    [InlineData("szukam pracy", "job-help")]
    [InlineData("mąż mnie bije", "domestic-abuse")]
    [InlineData("neturiu pinigų maistui", "crisis-money", "food-parcel")]
    [InlineData("kur mokytis anglų kalbos", "esol")]
    [InlineData("am nevoie de ajutor cu mâncarea", "food-parcel")]
    [InlineData("nu pot plăti chiria", "rent")]
    [InlineData("não consigo pagar a luz", "fuel-voucher")]
    [InlineData("roupa de inverno para os meus filhos", "clothes")]
    [InlineData("мені потрібна їжа", "food-parcel")]
    [InlineData("чоловік б'є мене", "domestic-abuse")]
    [InlineData("بجلی کا بل ادا نہیں کر سکتا", "energy-advice", "fuel-voucher", "debt")]
    [InlineData("رہنے کی جگہ نہیں", "homeless-prevention")]
    public void Read_PlainColloquialMisspeltOrForeign_NamesTheKindFirst(string said, params string[] kinds) => kinds.ShouldContain(Read(said)[0]);

    [Theory]
    [InlineData("I can't get to the shops", "mental-crisis")]
    [InlineData("cooker doesn't work", "job-help")]
    [InlineData("I feel sad today", "legal")]
    [InlineData("a practical problem in the bathroom", "job-help", "clothes")]
    [InlineData("the boiler is bust", "housing-advice")]
    [InlineData("I need a hot meal", "crime")]
    [InlineData("it costs a lot to join the club", "pregnancy")]
    [InlineData("I don't live near a bus stop", "mental-crisis")]
    [InlineData("we were tired at the end of it", "mental-crisis")]
    [InlineData("I can't leave him alone for a minute", "domestic-abuse")]
    [InlineData("water is coming out of the ceiling", "lgbt")]
    [InlineData("I want to get some help with my bills", "volunteering")]
    [InlineData("there is no car for my wife to get to work", "carers")]
    public void Read_AWordThatSaysNothingByItself_NamesNoKind(string said, params string[] not) => Read(said).ShouldNotContain(k => not.Contains(k));

    [Fact]
    public void Name_AWordInsideALongerName_IsNotMeantByItself()
    {
        var kinds = new Dictionary<int, float>();

        Lexicon.Current.Name(Tokens.Split("Community fridge and slow cooker club"), 1, kinds);

        var named = kinds.Keys.Select(k => Lexicon.Current[k].Id).ToList();
        named.ShouldContain("food-club");
        named.ShouldContain("cook");
        named.ShouldNotContain("appliance");
    }

    [Fact]
    public void Name_WhatAServiceAsksOfItsReader_SaysWhatItIs()
    {
        var index = new MenuIndex(1, [Menu.Service("haven", "other") with { Needs = [], Name = "Haven", Organisation = "Haven", Description = "Losing your home, or nowhere to stay tonight? Come in." }]);

        MenuMatch.Match(index, new MenuQuery { Text = "evicted", Place = Menu.Waterlees, At = Menu.Tuesday, WithinMiles = 20 }).Hits.ShouldHaveSingleItem();
    }

    /// <summary>No phrase has these words in this order; each of them stands in others.</summary>
    [Theory]
    [InlineData("shifts the agency gives have been dropping off", "pay-dropped")]
    [InlineData("mum forgets our names and wanders", "dementia")]
    [InlineData("every coin goes in those slots and machines", "gambling")]
    public void Guess_WordsThatNoPhraseHas_SpeakForTheKindsThatHaveThem(string said, string kind) => Guess(said).ShouldContain(kind);

    [Fact]
    public void Guess_WordsThatSayNothing_NamesNoKind() => Guess("it is what it is").ShouldBeEmpty();

    /// <summary>In languages whose words change at the end, one of the same beginning says as much.</summary>
    [Fact]
    public void Guess_AnotherEnding_IsTheSameWord() => Guess("zadłużeniami").ShouldContain("debt");

    [Fact]
    public void Read_AWordOfTwoKinds_IsOfTheOneThatTheOtherWordsSpeakOf() => Read("the chemist has my tablets ready and I can't get to the chemist").ShouldNotContain("laptop");

    [Fact]
    public void Match_ATroubleThatIsNotUnderstood_ShowsWhoAdvisesOnAnything()
    {
        var index = new MenuIndex(1, [Menu.Service("advice", "legal-rights") with { Needs = [], Name = "Citizens Advice", Organisation = "Advice", Description = "General advice on anything." }, Menu.Service("yoga", "things-to-do") with { Needs = [], Name = "Yoga", Description = "Gentle yoga." }]);

        var hit = MenuMatch.Match(index, Menu.Near(Menu.Waterlees) with { Text = "qqqq wwww zzzz yyyy" }).Hits.ShouldHaveSingleItem();

        (hit.Service.Id, hit.HasTheirWords).ShouldBe(("advice", false));
        hit.Why.ShouldStartWith("It may help with what you say");
        MenuMatch.Match(index, Menu.Near(Menu.Waterlees) with { Text = "zzyx" }).Hits.ShouldBeEmpty("one word is a name that is looked for");
    }

    [Fact]
    public void Match_AChildWhoIsNotUnderstood_IsLedToHelpForTheYoung()
    {
        var index = new MenuIndex(1, [Menu.Service("advice", "legal-rights") with { Needs = [], Name = "Citizens Advice", Organisation = "Advice", Description = "General advice on anything." }, Menu.Service("young", "young-people") with { Needs = [], Name = "Young minds", Description = "Mental health support for young people." }]);
        IEnumerable<string> For(params int[] ages) => MenuMatch.Match(index, Menu.Near(Menu.Waterlees) with { Text = "qqqq wwww zzzz yyyy", Facts = Menu.Household(ages) }).Hits.Select(h => h.Service.Id);

        For(15).ShouldBe(["young"]);
        For(41, 15).ShouldBe(["advice"]);
    }

    [Fact]
    public void Split_AShortVerbWithItsEnding_IsThatVerb() => Tokens.Split("raped rapped rating hating shopped").ShouldBe(["rape", "rap", "rate", "hate", "shop"]);

    private static IReadOnlyList<string> Guess(string said) => [.. Lexicon.Current.Guess(Tokens.Split(said)).Select(k => Lexicon.Current[k.Kind].Id)];
}
