using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AnyDoor.Data.Migrations;

/// <summary>
/// A migration whose statements stand in one SQL file for each database: <c>Data/Sqlite/NAME.sql</c> and <c>Data/PostgreSql/NAME.sql</c>.
/// Forward only. On SQLite only add-table, add-column and raw statements: a table rebuild would drop triggers.
/// </summary>
public abstract class SqlMigration(string name) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var folder = migrationBuilder.IsSqlite() ? "Sqlite" : "PostgreSql";
        migrationBuilder.Sql(Read(folder, name));
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("Migrations only go forward. Restore the backup that was made before migrating.");

    internal static string Read(string folder, string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var resource = $"AnyDoor.Core.Data.{folder}/{name}.sql";
        using var stream = assembly.GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
