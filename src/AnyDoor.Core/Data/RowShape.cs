using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AnyDoor.Data;

/// <summary>A table's columns as the model has them, with getters that give provider values. What the bulk writers share.</summary>
internal sealed class RowShape
{
    private RowShape(string table, Column[] columns) => (Table, Columns) = (table, columns);

    public string Table { get; }
    public Column[] Columns { get; }

    internal sealed record Column(string Name, string StoreType, Func<object, object?> Get);

    private static readonly ConditionalWeakTable<IModel, ConcurrentDictionary<Type, RowShape>> Known = [];

    public static RowShape Of(DbContext db, Type type) => Known.GetOrCreateValue(db.Model).GetOrAdd(type, Read, db);

    private static RowShape Read(Type type, DbContext db)
    {
        var entity = db.Model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not in the model.");
        var columns = entity.GetProperties()
            .Where(p => p.ValueGenerated != ValueGenerated.OnAdd)
            .Select(p =>
            {
                var getter = p.GetGetter();
                var convert = p.GetTypeMapping().Converter?.ConvertToProvider;
                return new Column(p.GetColumnName(), p.GetRelationalTypeMapping().StoreType,
                    row => getter.GetClrValue(row) is { } value ? (convert is null ? value : convert(value)) : null);
            }).ToArray();
        return new RowShape(entity.GetTableName()!, columns);
    }
}
