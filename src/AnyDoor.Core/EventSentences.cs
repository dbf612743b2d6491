using System.Collections.Frozen;
using AnyDoor.Audit;
using AnyDoor.Conversations;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Reporting;
using AnyDoor.Rights;
using AnyDoor.ServiceDirectory;
using AnyDoor.Sharing;

namespace AnyDoor;

/// <summary>Every kind of event in plain words, gathered from the rooms that write them.</summary>
public static class EventSentences
{
    private static readonly FrozenDictionary<string, string> Words = new[]
    {
        AuditEvents.Words, PlacesEvents.Words, OrganisationsEvents.Words, SharingEvents.Words, HouseholdsEvents.Words, MessagesEvents.Words, ServiceDirectoryEvents.Words,
        FundsEvents.Words, ConversationsEvents.Words, RequestsEvents.Words, PlaceTeamsEvents.Words, RightsEvents.Words, ReportingEvents.Words,
    }.SelectMany(words => words).ToFrozenDictionary(StringComparer.Ordinal);

    public static bool Knows(string kind) => Words.ContainsKey(kind);

    /// <summary>Like <c>Asked for help</c>. A kind from a later version reads as its own words.</summary>
    public static string Of(string kind)
    {
        if (Words.TryGetValue(kind, out var sentence)) return sentence;
        var plain = kind.Replace('.', ' ').Replace('-', ' ');
        return plain.Length == 0 ? plain : char.ToUpperInvariant(plain[0]) + plain[1..];
    }
}
