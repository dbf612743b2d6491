namespace AnyDoor.Requests;

/// <summary>What is not safe is often said in the free words, or by a need alone. By every door they make contact stricter, and never looser.</summary>
public static class OwnWords
{
    public const string NotSafeAtHome = "not-safe";

    private static IReadOnlyList<OwnWordsPattern> Patterns => Mapping.Shipped("winter-support-requests")!.SafeContact.Patterns;

    /// <summary>Whether they say something of how it is safe to reach them, or of not being safe: not to be written down where others may read it.</summary>
    public static bool SpeakOfSafety(string words) => Patterns.Any(p => p.Matches(words));

    /// <summary>The request with the safe contact that its words ask for.</summary>
    public static NewRequest Tighten(NewRequest request)
    {
        var (contact, hide) = (request.Contact, request.AddressHidden || request.Needs.Contains(NotSafeAtHome));
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
