using System.IO.Compression;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Places;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Places;

/// <summary>The room of places on a database of its own.</summary>
internal sealed class PlaceRig : IAsyncDisposable
{
    private PlaceRig(TestDatabase test, TimeProvider? clock)
    {
        Test = test;
        Commands = test.Commands(clock);
        Book = new PlaceBook(test.Database);
        Import = new PlaceImport(test.Database, Commands, Book);
        Postcodes = new PostcodeDirectory(test.Database);
        Lookup = new PostcodeLookup(Postcodes, Book);
    }

    public TestDatabase Test { get; }
    public Commands Commands { get; }
    public PlaceBook Book { get; }
    public PlaceImport Import { get; }
    public PostcodeDirectory Postcodes { get; }
    public PostcodeLookup Lookup { get; }
    public AuditContext Who { get; } = new(Actor.Job("test"), null, "command-line", Purpose.StatisticsAndPlanning, new DateTime(2026, 11, 24, 8, 0, 0, DateTimeKind.Utc), null);

    public static async Task<PlaceRig> OpenAsync(Db kind = Db.Sqlite, TimeProvider? clock = null) => new(await TestDatabase.CreateAsync(kind), clock);

    /// <summary>One of the official files beside the repository.</summary>
    public Task<PlaceFile> OfficialAsync(string relative) => Import.LoadAsync(Shared.Path("places/" + relative), Who, default);

    public Task<PlaceFile> TextAsync(string name, string text, OwnData? mapping = null, bool strict = false, LoadAgain again = LoadAgain.PutIntoUse, bool replace = false) =>
        Import.LoadAsync(File(name, Encoding.UTF8.GetBytes(text)), Who, default, mapping, strict, again, replace);

    public string File(string name, byte[] bytes)
    {
        var path = Path.Combine(Test.Folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest)) stream.Write(bytes);
        return packed.ToArray();
    }

    public async Task<(int Datasets, int Blocks)> StoredAsync()
    {
        await using var db = Test.Database.Open();
        return (await db.Set<Dataset>().CountAsync(), await db.Set<DatasetBlock>().CountAsync());
    }

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}
