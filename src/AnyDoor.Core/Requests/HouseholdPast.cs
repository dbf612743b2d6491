using System.Data.Common;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;

namespace AnyDoor.Requests;

/// <summary>Awards, requests and events of a household's records, newest first, in one round trip. The reader's grounds are asked before and after: nothing is cut here.</summary>
/// <param name="Awards">With the ids of scheme and award type where their names belong.</param>
internal sealed record HouseholdPast(List<AwardLine> Awards, List<EarlierRequest> Requests, List<Happened> Events)
{
    public static Task<HouseholdPast> ReadAsync(Database database, AnyDoorDb db, IReadOnlyList<Guid> records, CancellationToken cancel) =>
        database.Kind.ReadTogetherAsync(db, StandingSql.Past(records.Count), [.. records.Select((id, i) => ($"id{i}", (object)id))], reader => ReadAsync(reader, cancel), cancel);

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
