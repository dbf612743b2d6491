using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;

namespace AnyDoor.Core.Tests.Conversations;

public sealed class ConversationTests
{
    private static readonly DateTime At = LondonTime.ToUtc(new DateTime(2026, 11, 24, 10, 13, 0));
    private static readonly Guid Leanne = Guid.CreateVersion7(), Darren = Guid.CreateVersion7(), Household = Guid.CreateVersion7();

    private static Answer Told(string fact, string value, Guid? by = null, Guid? about = null, int daysAgo = 0) =>
        new() { Id = Guid.CreateVersion7(), HouseholdId = Household, PersonId = by ?? Leanne, About = about, Fact = fact, Value = value, Origin = "conversation", At = At.AddDays(-daysAgo) };

    private static List<Answer> Family1()
    {
        using var persona = JsonDocument.Parse(ContentFiles.Open("personas/family-1-urban.json"));
        return [.. persona.RootElement.GetProperty("answers").EnumerateArray().Select(a => Told(a.GetProperty("fact").GetString()!, a.GetProperty("value").GetRawText(), about: a.TryGetProperty("about", out var who) && who.GetString() == "darren" ? Darren : null))];
    }

    [Fact]
    public void Guide_Shipped_StartsWithStrengthsAndAsksOnlyFactsThatExist()
    {
        Guide.Current.Sections[0].Id.ShouldBe("going-well");
        Guide.Current.Sections.SelectMany(s => s.Fields).ShouldAllBe(f => Words.Current.Fact(f.Fact) != null);
        Guide.Current.Sections.ShouldAllBe(s => s.IfTheyWouldRatherNot.Length > 0);
    }

    [Fact]
    [Requirement("R-HH-01")]
    public void Of_Family1_ShowsWhatIsAnsweredPartAnsweredAndNotAsked()
    {
        var facts = FactsOnTheDay.Of(Family1(), [new(Leanne, 36), new(Darren, 38), new(Guid.NewGuid(), 11)], 3, ["food"], "Cambridgeshire County Council", At);

        var states = Conversation.Of(Guide.Current, Family1(), facts, ["needs", "household.people"], At).Sections.ToDictionary(s => s.Section.Id, s => s.State);

        states["going-well"].ShouldBe(SectionState.Answered);
        states["home-and-bills"].ShouldBe(SectionState.PartAnswered);
        states["school-and-children"].ShouldBe(SectionState.PartAnswered);
        states["health-and-worries"].ShouldBe(SectionState.NotAsked);
        states["would-help-most"].ShouldBe(SectionState.NotAsked);
    }

    [Fact]
    public void Of_NoChildren_LeavesTheSchoolPartOutAndNotKnownKeepsIt()
    {
        bool HasSchool(Facts facts) => Conversation.Of(Guide.Current, [], facts, [], At).Sections.Any(s => s.Section.Id == "school-and-children");

        HasSchool(FactsOnTheDay.Of([], [new(Leanne, 36)], 1, [], null, At)).ShouldBeFalse();
        HasSchool(Facts.None).ShouldBeTrue();
    }

    [Fact]
    [Requirement("R-HH-04")]
    public void Of_Fields_TellNotAskedNoAnswerAnsweredAndStaleApart()
    {
        Answer[] answers = [Told("health.worry", Answer.RatherNot), Told("health.has_doctor", "\"yes\""), Told("health.someone_to_talk_to", "\"no\"", daysAgo: 61)];

        var fields = Conversation.Of(Guide.Current, answers, Facts.None, [], At).Sections.Single(s => s.Section.Id == "health-and-worries").Fields.ToDictionary(f => f.Field.Fact, f => f.State);

        fields["health.worry"].ShouldBe(FieldState.NoAnswerGiven);
        fields["health.has_doctor"].ShouldBe(FieldState.Answered);
        fields["health.someone_to_talk_to"].ShouldBe(FieldState.Stale);
        fields["health.work_limited"].ShouldBe(FieldState.NotAsked);
    }

    [Fact]
    [Requirement("R-HH-04")]
    public void Facts_AskedOnce_ServeEveryRuleAndStaleOnesAreUnknown()
    {
        Answer[] answers =
        [
            Told("energy.meter_left_pence", "84", daysAgo: 2), Told("health.worry", Answer.RatherNot), Told("home.tenure", "\"private\"", Darren, daysAgo: 1), Told("home.tenure", "\"housing-association\""),
            Told("income.employment", "\"zero-hours\"", about: Darren), Told("income.employment", "\"caring\""), Told("income.pay_monthly_pence", "110153", about: Darren),
        ];

        var facts = FactsOnTheDay.Of(answers, [new(Leanne, 36), new(Darren, 38), new(Guid.NewGuid(), 7)], 3, ["food"], "Cambridgeshire County Council", At);

        facts.Number("energy.meter_left_pence").ShouldBeNull();
        facts.Known("health.worry").ShouldBeNull();
        facts.Options("home.tenure").ShouldBe(["housing-association"]);
        facts.Options("income.employment").ShouldBe(["zero-hours", "caring"], ignoreOrder: true);
        facts.Number("income.annual_pence").ShouldBe(110153 * 12);
        (facts.Number("household.size"), facts.Number("household.children"), facts.Number("household.youngest_age")).ShouldBe((3, 1, 7));
    }

    [Fact]
    public void Facts_OneAdultNotToldOf_MakesNoYearlyIncome() =>
        FactsOnTheDay.Of([Told("income.pay_monthly_pence", "110153", about: Darren)], [new(Leanne, 36), new(Darren, 38)], 2, [], null, At).Number("income.annual_pence").ShouldBeNull();

    [Fact]
    [Requirement("R-HH-05")]
    public void Suggestions_Family1sWords_QuoteThePhraseAndCodeTheNeed()
    {
        var found = NeedSuggestions.From("Darren’s hours were cut in September. The meter has 84p on it. First time we missed the rent.", []);

        found.Select(f => (f.Need.Id, f.Phrase)).ShouldBe(
        [
            ("pay-dropped", "Darren’s hours were cut in September"), ("heating-or-electricity", "The meter has 84p on it"), ("rent-or-council-tax", "First time we missed the rent"),
        ], ignoreOrder: true);
        found.Single(f => f.Need.Id == "pay-dropped").Need.Capitals.ShouldBe(["economic-capital"]);
        NeedSuggestions.From("The meter has 84p on it", ["heating-or-electricity"]).ShouldBeEmpty();
    }

    [Fact]
    public void Suggestions_UrgentWords_ComeFirst()
    {
        var found = NeedSuggestions.From("I would like to do a course. There is nothing to eat until Friday.", []);

        (found[0].Need.Id, found[0].Urgent).ShouldBe(("food", true));
    }

    [Theory]
    [InlineData("{\"energy.meter_left_pence\":84,\"household.children\":3}", null, "84p left on the meter, three children")]
    [InlineData("{\"home.notice_to_leave\":\"yes\",\"household.youngest_age\":0,\"household.children\":1}", null, "a notice to leave, a baby, one child")]
    [InlineData("{\"household.children\":2}", "There is nothing in for tea", "“nothing in for tea”, two children")]
    [InlineData("{\"energy.meter_left_pence\":4000,\"household.children\":2}", "We manage", null)]
    [InlineData("{}", null, null)]
    public void Urgency_SaysTheCauseInWords(string answers, string? words, string? reason) =>
        UrgencyReason.Of(Facts.FromJson(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(answers)!.Select(a => new KeyValuePair<string, string>(a.Key, a.Value.GetRawText()))), words).ShouldBe(reason);

    [Fact]
    public void ReadBack_Family1_SaysWhatWasToldAndAgreedInPlainWords()
    {
        var back = ReadBack.Compose(Leanne, Family1(), [new("£190.00 can come today."), new("The pantry is open until 4pm.")], new(new DateOnly(2026, 11, 26), "text", "12 noon to 2:30pm"), "0808 157 0123", "7K4Q 2MXR C");

        back.Words.ShouldBe("You told us pay or hours went down, there is 84p on the meter, you missed a month’s rent and the children share one laptop. £190.00 can come today. The pantry is open until 4pm. We will be in touch by text on Thursday 26 November, 12 noon to 2:30pm. Ring 0808 157 0123 and say 7K4Q 2MXR C at any time.");
        back.Neutral.ShouldBe("Your request: we have written down what we agreed. We will be in touch on Thursday 26 November. Ring 0808 157 0123 and say 7K4Q 2MXR C.");
    }

    [Fact]
    public void ReadBack_NeverSaysWhatAnotherToldOrWhatIsQuiet()
    {
        Answer[] answers = [Told("needs.matters_most", "\"To leave him\"", Leanne), Told("shock.what_changed", "[\"fled\",\"ill-or-disabled\"]"), Told("health.worry", "\"cannot-cope\""), Told("energy.meter_left_pence", "84", Darren)];

        var his = ReadBack.Compose(Darren, answers, [new("Refuge will ring.", Quiet: true)], null, "0808 157 0123", "7K4Q 2MXR C");
        var hers = ReadBack.Compose(Leanne, answers, [], null, "0808 157 0123", "7K4Q 2MXR C");

        his.Words.ShouldBe("You told us there is 84p on the meter. Ring 0808 157 0123 and say 7K4Q 2MXR C at any time.");
        hers.Words.ShouldBe("What matters most to you: “To leave him” Ring 0808 157 0123 and say 7K4Q 2MXR C at any time.");
        hers.Neutral.ShouldNotContain("leave");
    }

    [Fact]
    [Requirement("R-HH-04"), Requirement("R-APP-03")]
    public void Facts_WhoIsToldOfAndNotNamed_CountsAsTold_AndNothingIsMadeUpForThem()
    {
        var told = FactsOnTheDay.Of([Told("household.adults", "2"), Told("household.children", "3"), Told("income.pay_monthly_pence", "90000")], [new(Leanne, 36)], null, [], null, At);
        var counted = FactsOnTheDay.Of([], [new(Leanne, 36)], 5, [], null, At);
        var unasked = FactsOnTheDay.Of([], [new(Leanne, 36)], null, [], null, At);
        var alone = FactsOnTheDay.Of([], [new(Leanne, 36)], 1, [], null, At);

        (told.Number("household.size"), told.Number("household.adults"), told.Number("household.children"), told.Number("income.annual_pence")).ShouldBe((5, 2, 3, null));
        (counted.Number("household.size"), counted.Number("household.children")).ShouldBe((5, null));
        (unasked.Number("household.size"), unasked.Number("household.children")).ShouldBe((null, null));
        (alone.Number("household.size"), alone.Number("household.children")).ShouldBe((1, 0));
    }
}
