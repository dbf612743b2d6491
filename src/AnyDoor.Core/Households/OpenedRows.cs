using System.Collections.Concurrent;
using System.Data.Common;
using AnyDoor.Data;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AnyDoor.Households;

/// <summary>
/// All that opening a household asks, in one round trip: the record with those joined in it, what opens them, where they live on a day,
/// and who lives there with what was said about reaching them. Nothing is cut here; that is the gate's, in <see cref="HouseholdReader"/>.
/// </summary>
internal sealed class OpenedRows
{
    internal sealed record Row(Household Household, Ground? Ground, Permission? Permission, Address? Address);

    private static readonly ConcurrentDictionary<IModel, OpenedRows> Known = new();

    private readonly EntityRow<Household> household;
    private readonly EntityRow<Ground> ground;
    private readonly EntityRow<Permission> permission;
    private readonly EntityRow<Address> address;
    private readonly EntityRow<Membership> membership;
    private readonly EntityRow<Person> person;
    private readonly EntityRow<SafeContact> contact;
    private readonly string sql;

    private OpenedRows(AnyDoorDb db)
    {
        (household, ground, permission, address, membership, person, contact) = (new(db), new(db), new(db), new(db), new(db), new(db), new(db));
        sql = StandingSql.Opened(household.Of("h"), ground.Of("g"), permission.Of("p"), address.Of("a"), membership.Of("m"), person.Of("p"), person.Of("k"), contact.Of("s"));
    }

    /// <summary>Made once for each database's model.</summary>
    public static OpenedRows Of(AnyDoorDb db) => Known.GetOrAdd(db.Model, _ => new OpenedRows(db));

    public Task<(List<Row> Rows, List<HouseholdReader.MemberRow> Members)> ReadAsync(Database database, AnyDoorDb db, Guid id, DateOnly day, CancellationToken cancel) =>
        database.Kind.ReadTogetherAsync(db, sql, [("id", id), ("day", day)], reader => ReadAsync(reader, cancel), cancel);

    private async Task<(List<Row> Rows, List<HouseholdReader.MemberRow> Members)> ReadAsync(DbDataReader reader, CancellationToken cancel)
    {
        var (rows, members) = (new List<Row>(), new List<HouseholdReader.MemberRow>());
        while (await reader.ReadAsync(cancel))
        {
            var at = 0;
            rows.Add(new Row(household.Read(reader, ref at)!, ground.Read(reader, ref at), permission.Read(reader, ref at), address.Read(reader, ref at)));
        }
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var at = 0;
            var (lives, who, kept, said) = (membership.Read(reader, ref at)!, person.Read(reader, ref at)!, person.Read(reader, ref at), contact.Read(reader, ref at));
            int? size = reader.IsDBNull(at) ? null : reader.GetInt32(at);
            members.Add(new HouseholdReader.MemberRow(lives.HouseholdId, size, lives.Role, lives.From, lives.To, who, kept, said, reader.GetBoolean(at + 1)));
        }
        return (rows, members);
    }
}
