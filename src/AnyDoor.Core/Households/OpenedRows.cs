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
        sql = $"""
            SELECT {household.Of("h")}, {ground.Of("g")}, {permission.Of("p")}, {address.Of("a")}
            FROM household h
            LEFT JOIN ground g ON g.household_id = h.id
            LEFT JOIN permission p ON p.household_id = h.id
            LEFT JOIN address a ON a.household_id = h.id AND a."from" <= @day AND (a."to" IS NULL OR a."to" >= @day)
            WHERE h.id = @id OR h.joined_to = @id;
            SELECT {membership.Of("m")}, {person.Of("p")}, {person.Of("k")}, {contact.Of("s")}, h.size, p.same_as IS NOT NULL OR EXISTS (SELECT 1 FROM person o WHERE o.same_as = p.id)
            FROM household h
            JOIN membership m ON m.household_id = h.id AND m."from" <= @day AND (m."to" IS NULL OR m."to" >= @day)
            JOIN person p ON p.id = m.person_id
            LEFT JOIN person k ON k.id = p.same_as
            LEFT JOIN safe_contact s ON s.person_id = COALESCE(p.same_as, p.id)
            WHERE h.id = @id OR h.joined_to = @id
            """;
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
