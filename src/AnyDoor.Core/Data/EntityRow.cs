using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AnyDoor.Data;

/// <summary>
/// An entity in a row that SQL of ours brought, by the model's own columns and conversions. EF Core sends one statement and waits for it;
/// what is opened all day sends several at once with <see cref="DatabaseKind.ReadTogetherAsync"/>. A left join that found nothing is null.
/// </summary>
internal sealed class EntityRow<T> where T : class
{
    private readonly string[] columns;
    private readonly Func<DbDataReader, int, T?> read;

    public EntityRow(AnyDoorDb db)
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not in the model.");
        List<IProperty> properties = [.. entity.GetProperties()];
        columns = [.. properties.Select(p => p.GetColumnName())];

        var (reader, from) = (Expression.Parameter(typeof(DbDataReader)), Expression.Parameter(typeof(int)));
        Expression IsNull(Expression at) => Expression.Call(reader, nameof(DbDataReader.IsDBNull), null, at);
        Expression Value(IProperty property, int ordinal)
        {
            var (mapping, at) = (property.GetRelationalTypeMapping(), Expression.Add(from, Expression.Constant(ordinal)));
            var value = mapping.CustomizeDataReaderExpression(Expression.Call(reader, mapping.GetDataReaderMethod(), at));
            if (mapping.Converter is { } converter) value = Expression.Invoke(converter.ConvertFromProviderExpression, Expression.Convert(value, converter.ConvertFromProviderExpression.Parameters[0].Type));
            value = Expression.Convert(value, property.ClrType);
            return property.IsNullable ? Expression.Condition(IsNull(at), Expression.Default(property.ClrType), value) : value;
        }
        var made = Expression.MemberInit(Expression.New(typeof(T)), properties.Select((p, i) => Expression.Bind(p.PropertyInfo!, Value(p, i))));
        var key = Expression.Add(from, Expression.Constant(properties.FindIndex(p => p.IsPrimaryKey())));
        read = Expression.Lambda<Func<DbDataReader, int, T?>>(Expression.Condition(IsNull(key), Expression.Default(typeof(T)), made), reader, from).Compile();
    }

    public int Count => columns.Length;

    /// <summary>The columns of a table that stands under this name in the statement.</summary>
    public string Of(string alias) => string.Join(", ", columns.Select(c => $"{alias}.\"{c}\""));

    /// <param name="from">The first column of this entity; moves on to the next one's.</param>
    public T? Read(DbDataReader reader, ref int from)
    {
        var at = from;
        from += Count;
        return read(reader, at);
    }
}
