using AnyDoor.Audit;
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
    [InlineData(Db.Sqlite, "UPDATE database_mark SET database_id = '4F8F2C61-6D0B-4C53-9A3D-2B8D1E0C7A11'", "it was changed")]
    [InlineData(Db.Sqlite, "DELETE FROM seal WHERE number = (SELECT max(number) FROM seal)", "its end was cut off")]
    [InlineData(Db.PostgreSql, "UPDATE audit_event SET kind = 'other' WHERE seq = (SELECT min(seq) FROM audit_event)", "not signed with this key")]
    [InlineData(Db.PostgreSql, "DELETE FROM audit_event WHERE seq = (SELECT min(seq) FROM audit_event)", "deleted")]
    [InlineData(Db.PostgreSql, "UPDATE audit_event SET seq = seq + 1000 WHERE seq = (SELECT min(seq) FROM audit_event)", "seal 1 covers")]
    [InlineData(Db.PostgreSql, "UPDATE database_mark SET database_id = gen_random_uuid()", "it was changed")]
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

    /// <summary>Each table of the logs, taken away whole: also those that the key's own check reads.</summary>
    [Theory, OnBothDatabases]
    public async Task Verify_AWholeTableTakenAway_NamesItAndEndsWith1(Db kind)
    {
        foreach (var table in new[] { "audit_event", "audit_content", "erasure", "read_event", "read_subject", "seal", "database_mark" })
        {
            await using var tool = await Tool.OnDemoAsync(kind);
            (await tool.RunAsync("settings", "show")).Well();
            await using (var database = Database.From(tool.Connection, null))
            await using (var db = database.Open())
            {
#pragma warning disable EF1002 // this test's own words
                await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {table} RENAME TO was_{table}");
#pragma warning restore EF1002
            }

            var ran = await tool.RunAsync("audit", "verify");
            (ran.Code, ran.Output.Contains($"BAD: The table {table} is not there", StringComparison.Ordinal)).ShouldBe((1, true), ran.Output);
            var json = await tool.RunAsync("audit", "verify", "--json");
            (json.Code, json.Json.GetProperty("first_bad").GetProperty("why").GetString()!.StartsWith($"The table {table} is not there", StringComparison.Ordinal)).ShouldBe((1, true));
        }
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

    [Theory, OnBothDatabases]
    public async Task Verify_WithoutCheckpoints_OrWithTheIndexEmptied_EndsWith1_AndSaysWhatToDo(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("settings", "show")).Well();
        await using (var database = Database.From(tool.Connection, null))
        await using (var reads = new ReadLog(database, LogKey.Open(tool.PathOf("keys"))))
            await reads.RecordAsync(new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, TimeProvider.System.GetUtcNow().UtcDateTime), "household", "open-request", [Guid.NewGuid()], default);
        (await tool.RunAsync("settings", "show")).Well();
        var said = (await tool.RunAsync("audit", "verify", "--json")).Well().Json;
        said.GetProperty("checkpoints").GetInt32().ShouldBeGreaterThan(0);
        said.GetProperty("newest_checkpoint").GetDateTime().ShouldBeGreaterThan(DateTime.UnixEpoch);

        await AttackAsync(tool, kind, "DELETE FROM read_subject WHERE read_event_id IN (SELECT id FROM read_event)");
        var ran = await tool.RunAsync("audit", "verify");
        (ran.Code, ran.Output.Contains("audit rebuild-index", StringComparison.Ordinal)).ShouldBe((1, true), ran.Output);
        (await tool.RunAsync("audit", "rebuild-index", "--json")).Well().Json.GetProperty("rows").GetInt32().ShouldBeGreaterThan(0);
        // Who did that took the triggers away first: that is told until they are back.
        ran = await tool.RunAsync("audit", "verify");
        (ran.Code, ran.Output.Contains(kind == Db.Sqlite ? "The trigger read_event_no_delete on read_event is missing." : "The trigger read_event_append_only on read_event is switched off.", StringComparison.Ordinal)).ShouldBe((1, true), ran.Output);
        (await tool.RunAsync("migrate")).Well();
        (await tool.RunAsync("audit", "verify")).Well().Output.ShouldContain(" checkpoints read in ");

        Directory.Delete(tool.PathOf("checkpoints"), recursive: true);
        ran = await tool.RunAsync("audit", "verify");
        (ran.Code, ran.Output.Contains("No checkpoint was read", StringComparison.Ordinal)).ShouldBe((1, true), ran.Output);
        ran.Output.ShouldContain("put it back from its copy");
        (await tool.RunAsync("settings", "show")).Well();
        (await tool.RunAsync("audit", "verify")).Well();
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
            foreach (var table in new[] { "audit_event", "audit_content", "read_event", "seal", "database_mark" }) await db.Database.ExecuteSqlRawAsync($"ALTER TABLE {table} DISABLE TRIGGER ALL");
        }
#pragma warning restore EF1002
        (await db.Database.ExecuteSqlRawAsync(sql)).ShouldBeGreaterThan(0);
    }
}
