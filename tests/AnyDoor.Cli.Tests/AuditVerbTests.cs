using AnyDoor.Data;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Cli.Tests;

/// <summary>The attacks of <c>docs/audit.md</c>, and the keys, with the real verb.</summary>
[Requirement("R-ISA-05")]
public sealed class AuditVerbTests
{
    [Theory]
    [InlineData(Db.Sqlite, "UPDATE audit_event SET kind = 'other' WHERE seq = (SELECT min(seq) FROM audit_event)", "not signed with this key")]
    [InlineData(Db.Sqlite, "DELETE FROM audit_event WHERE seq = (SELECT min(seq) FROM audit_event)", "deleted")]
    [InlineData(Db.Sqlite, "UPDATE audit_event SET seq = seq + 1000 WHERE seq = (SELECT min(seq) FROM audit_event)", "seal 1 covers")]
    [InlineData(Db.Sqlite, "DELETE FROM seal WHERE number = (SELECT max(number) FROM seal)", "its end was cut off")]
    [InlineData(Db.PostgreSql, "UPDATE audit_event SET kind = 'other' WHERE seq = (SELECT min(seq) FROM audit_event)", "not signed with this key")]
    [InlineData(Db.PostgreSql, "DELETE FROM audit_event WHERE seq = (SELECT min(seq) FROM audit_event)", "deleted")]
    [InlineData(Db.PostgreSql, "UPDATE audit_event SET seq = seq + 1000 WHERE seq = (SELECT min(seq) FROM audit_event)", "seal 1 covers")]
    [InlineData(Db.PostgreSql, "DELETE FROM seal WHERE number = (SELECT max(number) FROM seal)", "its end was cut off")]
    public async Task Verify_AfterAnAttack_NamesTheFirstBadRowAndEndsWith1(Db kind, string sql, string says)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("settings", "show")).Well();
        (await tool.RunAsync("audit", "verify")).Well().Output.ShouldContain("The logs are whole.");

        await AttackAsync(tool, kind, sql);

        var ran = await tool.RunAsync("audit", "verify");
        ran.Code.ShouldBe(1);
        ran.Output.ShouldContain("BAD: ");
        ran.Output.ShouldContain(says, Case.Insensitive);
    }

    [Theory, OnBothDatabases]
    public async Task RotateKey_KeepsTheProof_AndKeyLostSaysSo(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("settings", "show")).Well();

        (await tool.RunAsync("audit", "rotate-key", "--json")).Well().Json.GetProperty("keys").GetInt32().ShouldBe(2);
        (await tool.RunAsync("audit", "verify")).Well().Output.ShouldContain("Every signature was read.");
        (await tool.RunAsync("audit", "key-lost", "--why", "It is not lost at all")).Code.ShouldBe(1);

        foreach (var file in Directory.GetFiles(tool.PathOf("keys"), "log.key*")) System.IO.File.Delete(file);
        (await tool.RunAsync("settings", "show")).Code.ShouldBe(1);
        (await tool.RunAsync("audit", "key-lost", "--why", "The disk burned and both copies with it")).Well();
        (await tool.RunAsync("settings", "show")).Well();
        (await tool.RunAsync("audit", "verify")).Well().Output.ShouldContain("The key was lost on ");
    }

    private static async Task AttackAsync(Tool tool, Db kind, string sql)
    {
        await using var database = Database.From(tool.Connection, null);
        await using var db = database.Open();
#pragma warning disable EF1002 // names from the schema itself, and this test's own words
        if (kind == Db.Sqlite)
        {
            foreach (var trigger in await db.Database.SqlQueryRaw<string>("SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger'").ToListAsync()) await db.Database.ExecuteSqlRawAsync($"DROP TRIGGER {trigger}");
        }
        else
        {
            foreach (var table in new[] { "audit_event", "audit_content", "read_event", "seal" }) await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {table} DISABLE TRIGGER ALL");
        }
#pragma warning restore EF1002
        (await db.Database.ExecuteSqlRawAsync(sql)).ShouldBeGreaterThan(0);
    }
}
