using System.Security.Cryptography;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor;

/// <summary>What every database holds from the start: the doors and the schemes that ship with the product. Once for each version of those files. A scheme that the partnership has loaded itself is theirs, and stays as it is.</summary>
public sealed class Foundation(Database database, Commands commands, SchemeService schemes)
{
    private const string SetUp = "set-up";

    private sealed record ShippedDoor(string Id, string Label);

    public async Task EnsureAsync(AuditContext who, CancellationToken cancel)
    {
        var files = ContentFiles.In("schemes").Prepend("doors.json").Select(path => (path, Text: Read(path))).ToList();
        var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select(f => f.path + f.Text))));
        var version = Convert.ToHexString(fingerprint)[..16];
        await using (var db = database.Open())
        {
            if (await db.Set<CommandKey>().AnyAsync(k => k.Scope == "foundation" && k.Key == version, cancel)) return;
        }

        var setUp = who with { Actor = Actor.Job(SetUp) };
        foreach (var (path, text) in files.Skip(1))
        {
            var loaded = await schemes.LoadAsync(setUp, text, cancel, onlyOver: setUp.Actor.Label);
            if (!loaded.Done) throw new InvalidOperationException($"{path}: {loaded.Refusal.Sentence}");
        }
        await commands.RunAsync(who, async c =>
        {
            var known = await c.Db.Set<Door>().Select(d => d.Id).ToListAsync(c.Cancel);
            foreach (var door in ContentFiles.Read<List<ShippedDoor>>("doors.json").Where(d => !known.Contains(d.Id))) c.Insert(new Door { Id = door.Id, Label = door.Label });
            return (Result<string>)version;
        }, cancel, new Once("foundation", version, fingerprint));
    }

    private static string Read(string path)
    {
        using var reader = new StreamReader(ContentFiles.Open(path));
        return reader.ReadToEnd();
    }
}
