using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AnyDoor.Data;

/// <summary>The one model for both databases. Each room maps its own entities; people entities are internal to Core.</summary>
public sealed partial class AnyDoorDb(DbContextOptions<AnyDoorDb> options) : DbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Money>().HaveConversion<MoneyConverter>();
        configurationBuilder.DefaultTypeMapping<Money>().HasConversion<MoneyConverter>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var configure in Rooms) configure(modelBuilder);

        modelBuilder.HasDbFunction(typeof(AnyDoorDb).GetMethod(nameof(PenceOf))!)
            .HasTranslation(arguments => new SqlUnaryExpression(System.Linq.Expressions.ExpressionType.Convert, arguments[0], typeof(long), new LongTypeMapping("bigint")));

        // What seals count by: see AuditEvent.Position.
        foreach (var type in new[] { typeof(AuditEvent), typeof(ReadEvent) })
        {
            var position = modelBuilder.Entity(type).Property<long>(nameof(AuditEvent.Position));
            if (Database.IsNpgsql()) position.HasDefaultValueSql("(pg_current_xact_id()::text)::bigint");
            else position.HasComputedColumnSql("\"seq\"", stored: false);
        }

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
                // Prefix searches are ranges of code points: the server's own order of letters would miss some.
                if (Database.IsNpgsql() && property.Name.StartsWith("Folded", StringComparison.Ordinal)) property.SetCollation("C");
                // Ids are made by the application.
                if (property.ClrType == typeof(Guid)) property.ValueGenerated = ValueGenerated.Never;
            }
            foreach (var key in entity.GetKeys()) key.SetName($"pk_{entity.GetTableName()}");
            foreach (var foreign in entity.GetForeignKeys())
            {
                foreign.DeleteBehavior = DeleteBehavior.Restrict;
                foreign.SetConstraintName($"fk_{entity.GetTableName()}_{string.Join('_', foreign.Properties.Select(p => SnakeCase(p.Name)))}");
            }
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName($"ix_{entity.GetTableName()}_{string.Join('_', index.Properties.Select(p => SnakeCase(p.Name)))}");
        }
    }

    /// <summary>The pence of a stored amount inside a query, so that the database can sum them.</summary>
    public static long PenceOf(Money amount) => throw new NotSupportedException("Only inside a query.");

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    private sealed class MoneyConverter() : ValueConverter<Money, long>(m => m.Pence, p => new Money(p));

    // Rounded to the microsecond, which both databases keep, so that a stored time equals the one that was signed.
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        d => new DateTime(d.Ticks / 10 * 10, DateTimeKind.Utc), d => DateTime.SpecifyKind(d, DateTimeKind.Utc));
}
