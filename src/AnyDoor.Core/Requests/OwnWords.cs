using AnyDoor.Households;

namespace AnyDoor.Requests;

/// <summary>What is not safe is often said in the free words, or by a need alone. By every door they make contact stricter, and never looser.</summary>
public static class OwnWords
{
    public const string NotSafeAtHome = "not-safe";

    private static IReadOnlyList<OwnWordsPattern> Patterns => Mapping.Shipped("winter-support-requests")!.SafeContact.Patterns;

    /// <summary>Whether they say something of how it is safe to reach them, or of not being safe: not to be written down where others may read it.</summary>
    public static bool SpeakOfSafety(string words) => Patterns.Any(p => p.Matches(words)) || AtRiskSigns.Current.InWords(words);

    /// <summary>Somebody may be looking for them: it was ticked, or an answer, a need or their words say so.</summary>
    public static bool IsAtRisk(NewRequest request) => request.AddressHidden || request.Needs.Any(AtRiskSigns.Current.InNeed) || request.Answers.Any(a => AtRiskSigns.Current.InAnswer(a.Fact, a.Value))
        || new[] { request.Words, request.UrgencyWhy, request.Contact.Words, request.Contact.To, request.Contact.BestTime, request.Address }.Distinct().Any(AtRiskSigns.Current.InWords);

    /// <summary>The request with the safe contact that its words ask for.</summary>
    public static NewRequest Tighten(NewRequest request)
    {
        var (contact, hide) = (request.Contact, IsAtRisk(request));
        // Said in words: somebody reads them before anything goes.
        if (AtRiskSigns.Current.InWords(request.Words)) contact = contact with { CheckBeforeContact = true, Words = request.Words };
        foreach (var pattern in Patterns.Where(p => request.Words is { } words && p.Matches(words)))
        {
            contact = contact with
            {
                DoNot = contact.DoNot | DoNotWords.Read(pattern.DoNot), CheckBeforeContact = contact.CheckBeforeContact | pattern.CheckBeforeContact,
                Words = pattern.CheckBeforeContact ? request.Words : contact.Words,
            };
            hide |= pattern.HideAddress;
        }
        return request with { Contact = contact, AddressHidden = hide };
    }
}
