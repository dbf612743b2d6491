using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Audit;

/// <summary>What another key signs can never be proved, so nothing is signed with one.</summary>
public sealed class RightKeyTests
{
    private static readonly AuditContext Who = new(Actor.Job("test"), null, "command-line", Purpose.Assurance, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));

    [Theory]
    [InlineData(Db.Sqlite, true), InlineData(Db.PostgreSql, true), InlineData(Db.Sqlite, false), InlineData(Db.PostgreSql, false)]
    public async Task OpenKey_OnLogsThatAnotherKeySigned_IsRefused(Db kind, bool @sealed)
    {
        await using var test = await WorkedAsync(kind, @sealed);
        LogKey.Open(Path.Combine(test.Folder, "other-keys"));

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => At(test, "other-keys").OpenKeyAsync(test.Database, default));

        refused.Message.ShouldContain("Set ANYDOOR_KEYS");
        (await At(test, "other-keys").OpenKeyAsync(test.Database, default, any: true)).ShouldNotBeNull("the proof says itself what is wrong");
        (await At(test, "keys").OpenKeyAsync(test.Database, default)).ShouldNotBeNull();
    }

    [Fact]
    public void TheFolderOfTheKeys_IsItsOwnersAlone_AndOneThatWasThereStays()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, shared = own | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        var (home, keys) = (Directory.CreateTempSubdirectory("anydoor-keys-").FullName, "");
        try
        {
            keys = Path.Combine(home, "data", "keys");
            LogKey.Open(keys);
            LogKey.Rotate(keys);
            File.GetUnixFileMode(keys).ShouldBe(own);
            OwnFolder.IsOpenToOthers(keys).ShouldBeFalse();
            foreach (var file in Directory.GetFiles(keys)) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);

            var theirs = Directory.CreateDirectory(Path.Combine(home, "shared"), shared).FullName;
            File.SetUnixFileMode(theirs, shared);
            LogKey.Open(theirs);
            (File.GetUnixFileMode(theirs), OwnFolder.IsOpenToOthers(theirs)).ShouldBe((shared, true));
        }
        finally { Directory.Delete(home, recursive: true); }
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task OpenKey_WhereTheFolderIsMistyped_IsRefusedAndMakesNone(bool any)
    {
        await using var test = await WorkedAsync(Db.Sqlite, @sealed: true);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => At(test, "kyes").OpenKeyAsync(test.Database, default, any));

        refused.Message.ShouldStartWith("There is no log.key in");
        refused.Message.ShouldContain("Set ANYDOOR_KEYS");
        Directory.Exists(Path.Combine(test.Folder, "kyes")).ShouldBeFalse();
    }

    [Theory, OnBothDatabases]
    public async Task OpenKey_WhereNothingIsSignedYet_MakesOne(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var nothing = kind == Db.Sqlite ? AnyDoor.Data.Database.From(Path.Combine(test.Folder, "nothing.db")) : AnyDoor.Data.Database.From(test.Connection, "nothing");

        (await Should.ThrowAsync<InvalidOperationException>(() => At(test, "new-keys").OpenKeyAsync(test.Database, default))).Message.ShouldStartWith("There is no log.key in", Case.Sensitive, "its mark is signed");
        await nothing.Kind.PrepareAsync(default);
        await At(test, "new-keys").OpenKeyAsync(nothing, default);

        File.Exists(Path.Combine(test.Folder, "new-keys", "log.key")).ShouldBeTrue();
    }

    private static Installation At(TestDatabase test, string keys) => new(test.Connection, null, Path.Combine(test.Folder, keys), Path.Combine(test.Folder, "checkpoints"));

    private static async Task<TestDatabase> WorkedAsync(Db kind, bool @sealed)
    {
        var test = await TestDatabase.CreateAsync(kind);
        await test.Commands().RunAsync(Who, c =>
        {
            c.Insert(new Door { Id = "a-door", Label = "A door" });
            c.Record("door.added");
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        if (@sealed) await new Sealer(test.Database, test.Key, new Checkpoints(Path.Combine(test.Folder, "checkpoints"), test.Key), TimeProvider.System).SealNowAsync(default);
        return test;
    }
}
