using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Data;

/// <summary>The depth of a table below those it refers to, so that bulk inserts meet every foreign key.</summary>
internal static class InsertOrder
{
    private static readonly ConcurrentDictionary<Type, int> Depths = new();

    public static int Of(DbContext db, Type type) => Depths.GetOrAdd(type, t => Depth(db, t));

    private static int Depth(DbContext db, Type type) =>
        db.Model.FindEntityType(type)!.GetForeignKeys()
            .Select(f => f.PrincipalEntityType.ClrType)
            .Where(principal => principal != type)
            .Select(principal => Depth(db, principal) + 1)
            .DefaultIfEmpty(0).Max();
}
