using AnyDoor.Vocabulary;

namespace AnyDoor.Offers;

public static class Questions
{
    /// <summary>What stands for the area in <see cref="OfferQuestion.Fact"/>: it is no answer of the conversation but follows from where they live.</summary>
    public const string Home = "contact.postcode";

    /// <summary>Each fact with its own question.</summary>
    public static IReadOnlyList<OfferQuestion> Of(IEnumerable<string> facts) =>
        [.. facts.Distinct().Select(f => f == Predicate.Area ? new OfferQuestion(Home, "Where do you live, or where did you sleep last night?") : new OfferQuestion(f, Words.Current.Fact(f)?.Question ?? f))];

    public static string InWords(IReadOnlyList<OfferQuestion> questions) => $"Maybe: ask “{questions[0].Question}”";
}
