using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AnyDoor.Data;

/// <summary>A column, with the type it has in the database and the type its values have on the way there.</summary>
public sealed record RowColumn(string Name, string StoreType, Type ProviderType);

/// <summary>A table's columns as the model has them, with getters that give provider values. What the bulk writer and the backup share.</summary>
internal sealed class RowShape
{
    private RowShape(string table, RowColumn[] columns, Converter<object, object?>[] getters) => (Table, Columns, Getters) = (table, columns, getters);

    public string Table { get; }
    public RowColumn[] Columns { get; }
    public Converter<object, object?>[] Getters { get; }

    /// <param name="whole">Columns that the database fills in too (numbers, positions), but for computed ones.</param>
    public static RowShape Of(DbContext db, Type type, bool whole = false)
    {
        var entity = db.Model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is not in the model.");
        List<IProperty> properties = [.. entity.GetProperties().Where(p => p.GetComputedColumnSql() is null && (whole || p.ValueGenerated != ValueGenerated.OnAdd))];
        return new RowShape(entity.GetTableName()!,
            [.. properties.Select(p => new RowColumn(p.GetColumnName(), p.GetRelationalTypeMapping().StoreType, Provider(p)))],
            [.. properties.Select<IProperty, Converter<object, object?>>(p =>
            {
                var getter = p.GetGetter();
                var convert = p.GetTypeMapping().Converter?.ConvertToProvider;
                return row => getter.GetClrValue(row) is { } value ? (convert is null ? value : convert(value)) : null;
            })]);
    }

    private static Type Provider(IProperty property)
    {
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }
}
