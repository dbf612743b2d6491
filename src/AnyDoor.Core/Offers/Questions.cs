using AnyDoor.Vocabulary;

namespace AnyDoor.Offers;

internal static class Questions
{
    /// <summary>Each fact with its own question; an unknown area is asked for by the postcode.</summary>
    public static IReadOnlyList<OfferQuestion> Of(IEnumerable<string> facts) =>
        [.. facts.Distinct().Select(f => f == Predicate.Area ? "contact.postcode" : f).Distinct().Select(f => new OfferQuestion(f, Words.Current.Fact(f)?.Question ?? f))];

    public static string InWords(IReadOnlyList<OfferQuestion> questions) => $"Maybe: ask “{questions[0].Question}”";
}
