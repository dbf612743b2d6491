using System.Data.Common;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Sharing;

namespace AnyDoor.Requests;

/// <summary>
/// Awards, requests and events of a household's records, newest first, in one round trip, cut to what the gate gave this reader: what happened is told to whoever sees
/// its needs and answers in full, and what happened to money to whoever sees money.
/// </summary>
/// <param name="Awards">With the ids of scheme and award type where their names belong.</param>
internal sealed record HouseholdPast(List<AwardLine> Awards, List<EarlierRequest> Requests, List<Happened> Events)
{
    // What a worker is told of the past. Who looked and why, ties, emergencies, permissions, and what people asked of their own data are not among it.
    private static readonly string[] ToldOfNeeds =
    [
        "request.received", "request.finished", "request.filled-further", "request.brought-again", "request.claimed", "request.released", "request.contact", "request.next-contact", "request.area-resolved", "request.language",
        "request.helped", "request.declined", "request.not-reached", "request.stopped-by-resident", "request.code-reissued", "caller.known", "conversation.saved", "conversation.need-confirmed", "conversation.need-removed",
        "offer.added", "offer.declined", "offer.choice-undone", "handover.sent", "handover.accepted", "handover.declined", "handover.first-contact", "handover.helped", "handover.came-back", "handover.taken-back",
        "message.queued", "message.sent", "message.withheld", "message.failed", "safe-contact.changed", "home.changed", "match.joined", "match.undone", "episode.closed", "episode.over",
    ];

    private static readonly string[] ToldOfMoney =
        ["application.received", "application.refused", "award.made", "award.imported", "award.issued", "award.redeemed", "award.cancelled", "award.returned", "award.expired", "award.taken-back", "voucher.reprinted"];

    public static async Task<HouseholdPast> ReadAsync(Database database, AnyDoorDb db, HouseholdView household, CancellationToken cancel)
    {
        var (needs, money) = (household.Sight.Allows(DataCategory.NeedsAndAnswers, null), household.Sight.Allows(DataCategory.Money, null));
        string[] kinds = !needs ? [""] : money ? [.. ToldOfNeeds, .. ToldOfMoney] : ToldOfNeeds;
        var past = await database.Kind.ReadTogetherAsync(db, StandingSql.Past(household.HouseholdIds.Count, kinds.Length),
            [.. household.HouseholdIds.Select((id, i) => ($"id{i}", (object)id)), .. kinds.Select((kind, i) => ($"kind{i}", (object)kind))], reader => ReadAsync(reader, cancel), cancel);
        return new HouseholdPast(money ? past.Awards : [], needs ? past.Requests : [], past.Events);
    }

    private static async Task<HouseholdPast> ReadAsync(DbDataReader reader, CancellationToken cancel)
    {
        var past = new HouseholdPast([], [], []);
        T? Or<T>(int at) where T : struct => reader.IsDBNull(at) ? null : reader.GetFieldValue<T>(at);
        DateTime Utc(int at) => DateTime.SpecifyKind(reader.GetDateTime(at), DateTimeKind.Utc);
        while (await reader.ReadAsync(cancel))
            past.Awards.Add(new AwardLine(reader.GetString(0), reader.GetString(1), reader.GetString(2), new Money(reader.GetInt64(3)), Enum.Parse<AwardStatus>(reader.GetString(4)), reader.GetFieldValue<DateOnly>(5), Or<DateOnly>(6), Or<Guid>(7)));
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel)) past.Requests.Add(new EarlierRequest(reader.GetString(0), Utc(1), Enum.Parse<RequestStatus>(reader.GetString(2)), reader.GetString(3)));
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel)) past.Events.Add(new Happened(Utc(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return past;
    }
}
