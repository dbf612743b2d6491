using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Audit;

/// <summary>Each way to falsify the logs is tried with the owner's rights, and is found and named.</summary>
[Requirement("R-ISA-05")]
public sealed class TamperingTests
{
    private const string FourthWrite = "(SELECT max(seq) - 1 FROM audit_event)";

    private static readonly (string What, string Sql, string Log, string Why)[] Ways =
    [
        ("an event edited", $"UPDATE audit_event SET kind = 'other' WHERE seq = {FourthWrite}", "write", "not signed with this key: it was edited"),
        ("an event's actor edited", $"UPDATE audit_event SET actor_label = 'somebody' WHERE seq = {FourthWrite}", "write", "not signed with this key"),
        ("a look edited", "UPDATE read_event SET basis = 'x' WHERE seq = (SELECT min(seq) FROM read_event)", "read", "not signed with this key"),
        ("a signature edited", "UPDATE audit_event SET mac = commitment WHERE seq = (SELECT min(seq) FROM audit_event)", "write", "not signed with this key"),
        ("a look deleted", "DELETE FROM read_event WHERE seq = (SELECT min(seq) FROM read_event)", "read", "Seal 1 covers 2 events and 1 are there: one was deleted"),
        ("an event moved", "UPDATE audit_event SET seq = seq + 1000 WHERE seq = (SELECT min(seq) FROM audit_event)", "write", "eal 1 covers"),
        ("content deleted", "DELETE FROM audit_content WHERE event_id = (SELECT id FROM audit_event ORDER BY seq LIMIT 1)", "write", "missing, and no erasure was recorded"),
        ("content edited", "UPDATE audit_content SET body = 'other words' WHERE event_id = (SELECT id FROM audit_event ORDER BY seq LIMIT 1)", "write", "not what was written"),
        ("a seal edited", "UPDATE seal SET count = count + 1 WHERE log = 'Write' AND number = 2", "write", "Seal 2 is not signed with this key"),
        ("a first seal deleted", "DELETE FROM seal WHERE log = 'Write' AND number = 1", "write", "Seal 1 is missing"),
        ("reads' last seal deleted", "DELETE FROM seal WHERE log = 'Read' AND number = (SELECT max(number) FROM seal WHERE log = 'Read')", "read", "its end was cut off"),
    ];

    [Theory, OnBothDatabases]
    public async Task Verify_EachWayOfTampering_IsFoundAndNamed(Db kind)
    {
        foreach (var (what, sql, name, why) in Ways)
        {
            await using var log = await Logbook.OpenAsync(kind);
            await log.FillAsync();
            await log.Sealer.CheckpointAsync(default);
            (await log.VerifyAsync()).FirstBad.ShouldBeNull(what);

            await log.TamperAsync(sql);

            var bad = (await log.VerifyAsync()).FirstBad.ShouldNotBeNull(what);
            (bad.Log, bad.Why.Contains(why, StringComparison.Ordinal)).ShouldBe((name, true), $"{what}: {bad}");
        }
    }

    [Theory, OnBothDatabases]
    public async Task Verify_AWholeTableTakenAway_IsNamed(Db kind)
    {
        foreach (var table in new[] { "audit_event", "audit_content", "erasure", "read_event", "read_subject", "seal", "database_mark" })
        {
            await using var log = await Logbook.OpenAsync(kind);
            await log.FillAsync();
            await log.Sealer.CheckpointAsync(default);
            await log.TamperAsync($"ALTER TABLE {table} RENAME TO was_{table}");

            (await log.VerifyAsync()).FirstBad.ShouldNotBeNull(table).Why.ShouldStartWith($"The table {table} is not there");
        }
    }

    /// <summary>Nothing is changed yet, and nothing refuses it any more: that is said before it is used.</summary>
    [Theory, OnBothDatabases]
    public async Task Verify_ATriggerTakenAwayOrChanged_IsNamed(Db kind)
    {
        (string Sql, string Why)[] ways = kind == Db.Sqlite ?
        [
            ("DROP TRIGGER audit_event_no_update", "The trigger audit_event_no_update on audit_event is missing."),
            ("DROP TRIGGER seal_no_delete; CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal WHEN 1 = 0 BEGIN SELECT RAISE(ABORT, 'seal is append-only'); END", "The trigger seal_no_delete on seal is not the one"),
            ("DROP TRIGGER audit_content_delete_recorded", "The trigger audit_content_delete_recorded on audit_content is missing."),
            ("DROP TRIGGER ledger_entry_no_update", "The trigger ledger_entry_no_update on ledger_entry is missing."),
            ("DROP TRIGGER database_mark_stays", "The trigger database_mark_stays on database_mark is missing."),
            ("CREATE TRIGGER swallow BEFORE INSERT ON read_event WHEN NEW.page = 'household' BEGIN SELECT RAISE(IGNORE); END", "The trigger swallow on read_event is not one of AnyDoor’s"),
        ] :
        [
            ("DROP TRIGGER audit_event_append_only ON audit_event", "The trigger audit_event_append_only on audit_event is missing."),
            ("ALTER TABLE read_event DISABLE TRIGGER read_event_no_truncate", "The trigger read_event_no_truncate on read_event is switched off."),
            ("DROP TRIGGER seal_append_only ON seal; CREATE TRIGGER seal_append_only BEFORE DELETE ON seal FOR EACH ROW EXECUTE FUNCTION refuse_change()", "The trigger seal_append_only on seal is not the one"),
            ("CREATE OR REPLACE FUNCTION refuse_unrecorded_erasure() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$", "The trigger audit_content_delete_recorded on audit_content is not the one"),
            ("ALTER TABLE ledger_entry DISABLE TRIGGER ALL", "The trigger ledger_entry_append_only on ledger_entry is switched off."),
            ("CREATE RULE swallow AS ON INSERT TO read_event DO INSTEAD NOTHING", "The rule swallow on read_event is not one of AnyDoor’s"),
        ];
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        foreach (var (sql, why) in ways)
        {
            (await log.VerifyAsync()).ShouldSatisfyAllConditions(f => f.FirstBad.ShouldBeNull(sql), f => f.Unguarded.ShouldBeNull(sql));
            await using var db = log.Test.Database.Open();
#pragma warning disable EF1002 // this test's own words
            await db.Database.ExecuteSqlRawAsync(sql);

            var found = await log.VerifyAsync();

            (found.FirstBad!.Log, found.FirstBad.Why.StartsWith(why, StringComparison.Ordinal), found.Unguarded![0].StartsWith(why, StringComparison.Ordinal)).ShouldBe((AuditVerifier.TriggersOff, true, true), found.FirstBad.Why);
            await log.Test.Database.Kind.RemakeGuardsAsync(db, default);
            if (sql.Contains("swallow", StringComparison.Ordinal)) await db.Database.ExecuteSqlRawAsync(kind == Db.Sqlite ? "DROP TRIGGER swallow" : "DROP RULE swallow ON read_event");
#pragma warning restore EF1002
        }
        // A row that was changed comes first; that nothing refuses it is told beside it.
        await log.TamperAsync($"UPDATE audit_event SET kind = 'other' WHERE seq = {FourthWrite}");
        (await log.VerifyAsync()).ShouldSatisfyAllConditions(f => f.FirstBad!.Log.ShouldBe("write"), f => f.Unguarded!.Count.ShouldBeGreaterThan(1));
    }

    [Theory, OnBothDatabases]
    public async Task Verify_EventDeletedWithItsContent_IsFound(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.TamperAsync($"DELETE FROM audit_content WHERE event_id = (SELECT id FROM audit_event WHERE seq = {FourthWrite})");
        await log.TamperAsync($"DELETE FROM audit_event WHERE seq = {FourthWrite}");

        var bad = (await log.VerifyAsync()).FirstBad!;

        bad.Log.ShouldBe("write");
        bad.Why.ShouldContain("was deleted");
    }

    [Theory, OnBothDatabases]
    public async Task Verify_ForgedEventOrForgedErasure_IsFound(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.TamperAsync($"INSERT INTO erasure (event_id, at, why, mac) SELECT id, at, 'made up', mac FROM audit_event WHERE seq = {FourthWrite}");
        await log.TamperAsync($"DELETE FROM audit_content WHERE event_id = (SELECT id FROM audit_event WHERE seq = {FourthWrite})");
        (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("erasure is not signed with this key");

        await using var other = await Logbook.OpenAsync(kind);
        await other.FillAsync();
        await using (var db = other.Test.Database.Open())
        {
            db.Add(new AuditEvent
            {
                Epoch = 1, Id = Guid.NewGuid(), At = Logbook.Who.At, ActorKind = ActorKind.Job, ActorLabel = "forged", Door = "test", Purpose = Purpose.Assurance, Kind = "award.made", Commitment = [], Mac = new byte[32],
            });
            await db.SaveChangesAsync();
        }
        (await other.VerifyAsync()).FirstBad!.Why.ShouldContain("not signed with this key: it was edited, put in");
    }

    /// <summary>A value that no event has cannot be read at all: the row is named all the same.</summary>
    [Theory, OnBothDatabases]
    public async Task Verify_AValueThatCannotBeRead_NamesItsRow(Db kind)
    {
        List<(string Sql, string Log, string Why)> ways =
        [
            ($"UPDATE audit_event SET actor_kind = 'Nobody' WHERE seq = {FourthWrite}", "write", "cannot be read"),
            ("UPDATE read_event SET purpose = 'Curiosity' WHERE seq = (SELECT max(seq) FROM read_event)", "read", "cannot be read"),
        ];
        if (kind == Db.Sqlite) ways.AddRange([($"UPDATE audit_event SET id = id || 'x' WHERE seq = {FourthWrite}", "write", "cannot be read"), ($"UPDATE audit_event SET at = 'never' WHERE seq = {FourthWrite}", "write", "cannot be read"), ("UPDATE seal SET at = 'never' WHERE log = 'Write' AND number = 2", "write", "Seal 2 cannot be read")]);
        foreach (var (sql, name, why) in ways)
        {
            await using var log = await Logbook.OpenAsync(kind);
            await log.FillAsync();
            await log.Sealer.CheckpointAsync(default);
            await using var db = log.Test.Database.Open();
            var fourth = await db.Set<AuditEvent>().MaxAsync(e => e.Seq) - 1;

            await log.TamperAsync(sql);

            var bad = (await log.VerifyAsync()).FirstBad.ShouldNotBeNull(sql);
            (bad.Log, bad.Why.Contains(why, StringComparison.Ordinal)).ShouldBe((name, true), $"{sql}: {bad}");
            if (sql.Contains(FourthWrite, StringComparison.Ordinal)) bad.Row.ShouldBe(fourth, sql);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Verify_AnErasureOfNoEvent_IsFound(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await using (var db = log.Test.Database.Open())
        {
            db.Add(new Erasure { EventId = Guid.NewGuid(), At = Logbook.Who.At, Why = "made up", Mac = new byte[32] });
            await db.SaveChangesAsync();
        }

        (await log.VerifyAsync()).FirstBad.ShouldNotBeNull().Why.ShouldContain("no such event");
    }

    /// <summary>A demo lets anybody in: a live database cannot be made into one by a row.</summary>
    [Theory, OnBothDatabases]
    public async Task ALiveDatabaseMarkedAsADemo_IsFound_AndIsNotServedAsOne(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        string Mark(bool demo) => $"UPDATE database_mark SET is_demo = {(kind == Db.Sqlite ? demo ? "1" : "0" : demo ? "true" : "false")}";
        await using (var db = log.Test.Database.Open())
        {
#pragma warning disable EF1002
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(Mark(false)))).Message.ShouldContain("stays");
#pragma warning restore EF1002
        }
        // The database of a test is a demo: made an honest live one first.
        await log.TamperAsync(Mark(false));
        await using (var db = log.Test.Database.Open())
        {
            var mark = await db.Set<DatabaseMark>().AsTracking().SingleAsync();
            mark.Sign(log.Test.Key);
            await db.SaveChangesAsync();
            await log.Test.Database.Kind.RemakeGuardsAsync(db, default);
        }
        await log.FillAsync();
        await log.Sealer.CheckpointAsync(default);
        (await log.VerifyAsync()).FirstBad.ShouldBeNull();

        await log.TamperAsync(Mark(true));

        (await log.VerifyAsync()).FirstBad.ShouldNotBeNull().Log.ShouldBe("database");
        (await Should.ThrowAsync<InvalidOperationException>(() => AnyDoor.Data.Migrator.MigrateAsync(log.Test.Database, () => log.Test.Key, demo: true, TimeProvider.System, default))).Message.ShouldContain("not signed with this installation’s key");
    }

    [Theory, OnBothDatabases]
    public async Task Verify_TailCutOff_IsFoundByTheCheckpoint(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.Sealer.CheckpointAsync(default);

        await log.TamperAsync("DELETE FROM audit_content WHERE event_id IN (SELECT e.id FROM audit_event e JOIN seal s ON s.log = 'Write' AND s.number > 1 AND e.position >= s.from_position)");
        await log.TamperAsync("DELETE FROM audit_event WHERE position >= (SELECT min(from_position) FROM seal WHERE log = 'Write' AND number > 1)");
        await log.TamperAsync("DELETE FROM seal WHERE log = 'Write' AND number > 1");

        var bad = (await log.VerifyAsync()).FirstBad!;
        bad.Log.ShouldBe("write");
        bad.Why.ShouldContain("the log ends at seal 1: its end was cut off, or an older copy of the database was put in its place");
    }

    [Fact]
    public async Task Verify_OlderCopyPutBackAndWorkedOn_IsFoundByTheCheckpoint()
    {
        await using var log = await Logbook.OpenAsync(Db.Sqlite);
        await log.WriteAsync();
        await log.SealAllAsync();
        var copy = log.Test.Connection + ".copy";
        await using (var db = log.Test.Database.Open()) await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        await log.WriteAsync("then.this");
        await log.SealAllAsync();
        await log.Sealer.CheckpointAsync(default);

        await using var older = new AnyDoor.Data.Database(new AnyDoor.Data.Sqlite.SqliteKind(copy));
        var verifier = new AuditVerifier(older, log.Test.Key, log.Checkpoints, log.Clock);
        (await verifier.VerifyAsync(default)).FirstBad!.Why.ShouldContain("an older copy of the database was put in its place");

        var commands = new Commands(older, log.Test.Key, log.Clock);
        await commands.RunAsync(Logbook.Who, c => { c.Record("but.that"); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);
        log.Clock.Advance(TimeSpan.FromMinutes(1));
        await new Sealer(older, log.Test.Key, log.Checkpoints, log.Clock).SealAsync(default);
        (await verifier.VerifyAsync(default)).FirstBad!.Why.ShouldContain("Seal 2 is not the one that the checkpoint");
    }

    /// <summary>With the owner's rights on the database alone: no key, and no way to the checkpoints.</summary>
    [Theory, OnBothDatabases]
    public async Task Verify_TailCutAndTheDatabaseGivenAnotherId_IsFound_AndNoCheckpointsBeginAnew(Db kind)
    {
        foreach (var all in new[] { false, true })
        {
            await using var log = await Logbook.OpenAsync(kind);
            await log.FillAsync();
            var keep = all ? 0 : 1;
            await log.TamperAsync($"DELETE FROM audit_content WHERE event_id IN (SELECT e.id FROM audit_event e JOIN seal s ON s.log = 'Write' AND s.number > {keep} AND e.position >= s.from_position)");
            await log.TamperAsync($"DELETE FROM audit_event WHERE position >= (SELECT min(from_position) FROM seal WHERE log = 'Write' AND number > {keep})");
            await log.TamperAsync($"DELETE FROM read_subject WHERE read_event_id IN (SELECT e.id FROM read_event e JOIN seal s ON s.log = 'Read' AND s.number > {keep} AND e.position >= s.from_position)");
            await log.TamperAsync($"DELETE FROM read_event WHERE position >= (SELECT min(from_position) FROM seal WHERE log = 'Read' AND number > {keep})");
            await log.TamperAsync($"DELETE FROM seal WHERE number > {keep}");
            (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("its end was cut off");

            await log.TamperAsync($"UPDATE database_mark SET database_id = '{Guid.NewGuid().ToString().ToUpperInvariant()}'");
            var files = Directory.GetFiles(log.Checkpoints.Folder).Length;
            await log.WriteAsync();

            (await Should.ThrowAsync<InvalidOperationException>(() => log.Sealer.SealNowAsync(default))).Message.ShouldContain("is not signed with this key: somebody changed it");
            Directory.GetFiles(log.Checkpoints.Folder).Length.ShouldBe(files, "no checkpoints begin anew");
            var found = await log.VerifyAsync();
            (found.FirstBad!.Log, found.FirstBad.Why.Contains("it was changed", StringComparison.Ordinal), found.OtherDatabases!.Count).ShouldBe(("database", true, 1));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Migrate_WhereTheMarkWasTakenAway_MakesNoOther(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.TamperAsync("DELETE FROM database_mark");

        (await Should.ThrowAsync<InvalidOperationException>(() => AnyDoor.Data.Migrator.MigrateAsync(log.Test.Database, () => log.Test.Key, null, log.Clock, default))).Message.ShouldContain("was taken away");
    }

    [Theory, OnBothDatabases]
    public async Task TheIdOfADatabase_StaysWhileTheTriggersStand(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await using var db = log.Test.Database.Open();
        foreach (var forbidden in new[] { $"UPDATE database_mark SET database_id = '{Guid.NewGuid()}'", "UPDATE database_mark SET epoch = 0", "DELETE FROM database_mark" })
#pragma warning disable EF1002
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(forbidden))).Message.ShouldMatch("stays|append-only", forbidden);
#pragma warning restore EF1002
    }

    /// <summary>A copy beside the live one, in the same folder of checkpoints: neither excuses nor blames the other.</summary>
    [Theory, OnBothDatabases]
    public async Task Verify_ACopyRestoredBesideTheLiveOne_HidesNothingOfEither(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.WriteAsync();
        await log.ReadAsync(Guid.NewGuid());
        await log.SealAllAsync();
        var file = Path.Combine(log.Test.Folder, "backup.zip");
        await new AnyDoor.Data.Backup(log.Test.Database, log.Checkpoints, log.Clock).WriteAsync(file, default);
        for (var i = 0; i < 3; i++)
        {
            await log.WriteAsync();
            await log.SealAllAsync();
        }
        log.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var copy = AnyDoor.Data.Database.From(Path.Combine(log.Test.Folder, "copy.db"));
        if (kind == Db.Sqlite) await new AnyDoor.Data.Backup(copy, log.Checkpoints, log.Clock).RestoreAsync(file, default);
        await using var schema = kind == Db.Sqlite ? null : AnyDoor.Data.Database.From(log.Test.Connection, "copy");
        if (schema is not null) await new AnyDoor.Data.Backup(schema, log.Checkpoints, log.Clock).RestoreAsync(file, default);
        var restored = schema ?? copy;
        var verifier = new AuditVerifier(restored, log.Test.Key, log.Checkpoints, log.Clock);

        // What is written in the copy is no false alarm for the live one, and the copy says where it comes from.
        await new Commands(restored, log.Test.Key, log.Clock).RunAsync(Logbook.Who, c => { c.Record("in.the-copy"); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);
        await new Sealer(restored, log.Test.Key, log.Checkpoints, TimeProvider.System).SealNowAsync(default);
        var told = await verifier.VerifyAsync(default);
        told.FirstBad.ShouldBeNull();
        var restore = told.Restores.ShouldHaveSingleItem();
        (restore.WriteSeal, restore.ReadSeal, restore.WriteSealsTakenBack, restore.ReadSealsTakenBack, told.OtherDatabases).ShouldBe((1, 1, 3, 0, null));
        var live = await log.VerifyAsync();
        (live.FirstBad, live.Restores, live.OtherDatabases!.Count).ShouldBe((null, null, 1));

        // And the copy's beginning excuses no cut of the live one.
        await log.TamperAsync("DELETE FROM audit_content WHERE event_id IN (SELECT e.id FROM audit_event e JOIN seal s ON s.log = 'Write' AND s.number > 1 AND e.position >= s.from_position)");
        await log.TamperAsync("DELETE FROM audit_event WHERE position >= (SELECT min(from_position) FROM seal WHERE log = 'Write' AND number > 1)");
        await log.TamperAsync("DELETE FROM seal WHERE log = 'Write' AND number > 1");
        (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("its end was cut off");
        // The copy still rests on what the live one's checkpoints saw before it branched off.
        await using (var db = restored.Open())
        {
            if (kind == Db.Sqlite) await db.Database.ExecuteSqlRawAsync("DROP TRIGGER seal_no_delete; DROP TRIGGER audit_event_no_delete");
            else await db.Database.ExecuteSqlRawAsync("ALTER TABLE seal DISABLE TRIGGER ALL; ALTER TABLE read_event DISABLE TRIGGER ALL");
            await db.Database.ExecuteSqlRawAsync("DELETE FROM seal WHERE log = 'Read'");
        }
        (await verifier.VerifyAsync(default)).FirstBad!.Why.ShouldContain("its end was cut off");
    }

    [Theory, OnBothDatabases]
    public async Task Verify_CheckpointEditedOrOtherKey_IsFound(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await log.Sealer.CheckpointAsync(default);
        (await log.VerifyAsync(LogKey.Open(Path.Combine(log.Test.Folder, "other-keys")))).FirstBad!.Why.ShouldContain("the key is another");

        var file = Directory.GetFiles(log.Checkpoints.Folder).ShouldHaveSingleItem();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"write_seal\":", "\"write_seal\":1", StringComparison.Ordinal));
        var bad = (await log.VerifyAsync()).FirstBad!;
        bad.Log.ShouldBe("checkpoint");
    }

    [Theory, OnBothDatabases]
    public async Task Verify_FolderOfCheckpointsEmptyOrMistyped_IsFound_AndSaysWhatToDo(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        (await log.VerifyAsync()).FirstBad.ShouldBeNull();
        await log.FillAsync();
        var elsewhere = new AuditVerifier(log.Test.Database, log.Test.Key, new Checkpoints(log.Checkpoints.Folder + "-mistyped", log.Test.Key), log.Clock);

        await log.TamperAsync("DELETE FROM seal WHERE log = 'Read'");
        await log.TamperAsync("DELETE FROM read_event");
        await log.TamperAsync("DELETE FROM read_subject");

        var found = await elsewhere.VerifyAsync(default);
        (found.Checkpoints, found.FirstBad!.Log).ShouldBe((0, "checkpoint"));
        found.FirstBad.Why.ShouldContain("-mistyped");
        found.FirstBad.Why.ShouldContain("put it back from its copy");
        (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("its end was cut off");
    }

    [Theory]
    [InlineData("cut", "cannot be read")]
    [InlineData("empty", "cannot be read")]
    [InlineData("out", "does not follow the one before it")]
    [InlineData("first", "does not follow the one before it")]
    [InlineData("twice", "does not follow the one before it")]
    public async Task Verify_ALineOfTheCheckpointsCutOrTakenOut_IsFound(string how, string why)
    {
        await using var log = await Logbook.OpenAsync(Db.Sqlite);
        await log.FillAsync();
        await log.WriteAsync();
        await log.SealAllAsync();
        var file = Directory.GetFiles(log.Checkpoints.Folder).ShouldHaveSingleItem();
        var lines = File.ReadAllLines(file).ToList();
        lines.Count.ShouldBe(3);

        switch (how)
        {
            case "cut": lines[1] = lines[1].TrimEnd('}'); break;
            case "empty": lines[1] = ""; break;
            case "out": lines.RemoveAt(1); break;
            case "first": lines.RemoveAt(0); break;
            default: lines.Add(lines[1]); break;
        }
        File.WriteAllText(file, string.Join('\n', lines) + "\n");

        var bad = (await log.VerifyAsync()).FirstBad!;
        (bad.Log, bad.Why.Contains(why, StringComparison.Ordinal)).ShouldBe(("checkpoint", true), bad.Why);
    }

    [Fact]
    public async Task Checkpoints_ALineThatACrashCutOff_IsLeftOut_AndTheNextGoesOnFromTheOneBefore()
    {
        await using var log = await Logbook.OpenAsync(Db.Sqlite);
        await log.FillAsync();
        var file = Directory.GetFiles(log.Checkpoints.Folder).ShouldHaveSingleItem();
        File.AppendAllText(file, File.ReadAllLines(file)[1][..40]);
        var found = await log.VerifyAsync();
        (found.FirstBad, found.Checkpoints).ShouldBe((null, 2));

        // A month later: the line that was cut off goes, and the new file goes on from the old one.
        log.Clock.Advance(TimeSpan.FromDays(31));
        await log.WriteAsync();
        await log.SealAllAsync();

        found = await log.VerifyAsync();
        (found.FirstBad, found.Checkpoints, Directory.GetFiles(log.Checkpoints.Folder).Length).ShouldBe((null, 3, 2));
        File.Delete(file);
        (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("does not follow the one before it");
    }

    [Fact]
    public async Task Checkpoints_WrittenBeforeLinesWereChained_AreStillRead()
    {
        await using var log = await Logbook.OpenAsync(Db.Sqlite);
        await log.FillAsync();
        await log.WriteAsync();
        await log.SealAllAsync();
        var file = Directory.GetFiles(log.Checkpoints.Folder).ShouldHaveSingleItem();
        var before = JsonSerializer.Deserialize<Checkpoint>(File.ReadAllLines(file)[0], ContentFiles.Json)! with { Previous = null, Mac = "" };
        before = before with { Mac = Convert.ToBase64String(log.Test.Key.Sign(before.Signed)) };
        File.WriteAllText(file, JsonSerializer.Serialize(before, ContentFiles.Json) + "\n");
        (await log.VerifyAsync()).FirstBad.ShouldBeNull();

        await log.WriteAsync();
        await log.SealAllAsync();

        var found = await log.VerifyAsync();
        (found.FirstBad, found.Checkpoints).ShouldBe((null, 2));
        // But not behind one that is chained.
        File.AppendAllText(file, JsonSerializer.Serialize(before, ContentFiles.Json) + "\n");
        (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("does not follow the one before it");
    }

    [Fact]
    public async Task Checkpoints_ManyAppendAtOnce_EachFollowsTheOneBefore()
    {
        await using var log = await Logbook.OpenAsync(Db.Sqlite);
        // Again and again from nothing: the first line is where two may begin at once.
        for (var round = 0; round < 12; round++)
        {
            var id = Guid.NewGuid();
            await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(() => log.Checkpoints.Append(new Checkpoint(id, Checkpoint.Sealed, Logbook.Who.At.AddDays(i % 2 * 20), 1, i, "", 0, "", "")))));

            var lines = log.Checkpoints.Of(id).ToList();
            (lines.Count, lines.TrueForAll(l => l is { Genuine: true, Follows: true })).ShouldBe((24, true));
        }
        Directory.GetFiles(log.Checkpoints.Folder, "*.first").ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05")]
    public async Task Verify_TheIndexOfWhoLookedEmptiedOrFilled_IsFound_AndMadeAnew(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.FillAsync();
        await using var db = log.Test.Database.Open();
        var second = await db.Set<ReadEvent>().OrderBy(e => e.Seq).Skip(1).FirstAsync();

        await db.Set<ReadSubject>().Where(s => s.ReadEventId == second.Id).Take(1).ExecuteDeleteAsync();
        var bad = (await log.VerifyAsync()).FirstBad!;
        (bad.Log, bad.Row).ShouldBe(("read", second.Seq));
        bad.Why.ShouldContain("audit rebuild-index");

        await db.Set<ReadSubject>().ExecuteDeleteAsync();
        (await log.VerifyAsync()).FirstBad.ShouldNotBeNull();
        (await log.Sealer.RebuildReadIndexAsync(default)).ShouldBe(6);
        (await log.VerifyAsync()).FirstBad.ShouldBeNull();

        db.Add(new ReadSubject { SubjectId = Guid.NewGuid(), ReadEventId = second.Id });
        await db.SaveChangesAsync();
        (await log.VerifyAsync()).FirstBad!.Why.ShouldContain("1 rows that no look made");
    }

    [Theory, OnBothDatabases]
    public async Task Verify_EventsDeletedFromABigSeal_AreNamedByTheirNumbers(Db kind)
    {
        await using var log = await Logbook.OpenAsync(kind);
        await log.Commands.RunAsync(Logbook.Who, c =>
        {
            for (var i = 0; i < 400; i++) c.Record("thing.done");
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        await log.SealAllAsync();
        await log.WriteAsync();
        await log.SealAllAsync();

        await log.TamperAsync("DELETE FROM audit_event WHERE seq IN (217, 400)");

        var bad = (await log.VerifyAsync()).FirstBad!;
        (bad.Log, bad.Row).ShouldBe(("write", 217L));
        bad.Why.ShouldBe("Seal 1 covers 400 events and 398 are there: some were deleted: numbers 217, 400.");
    }
}
