using System.IO.Compression;
using System.Net.Http.Headers;
using AnyDoor.Audit;
using AnyDoor.Places;
using AnyDoor.Tests;
using AnyDoor.Web.Hosting;
using AnyDoor.Web.Tests.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace AnyDoor.Web.Tests.Hosting;

/// <summary>How the pages of places are sent, and what is made ready before anybody asks.</summary>
public sealed class PlacesServingTests
{
    private const long MostCompressed = 150_000;

    [Fact]
    [Requirement("R-PLC-01")]
    public async Task Place_pages_are_sent_compressed_and_a_county_map_is_small_and_other_staff_pages_are_not_compressed()
    {
        await using var office = new Office();
        await office.InitializeAsync();
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.StatisticsAndPlanning, office.Now);
        foreach (var file in new[] { "boundaries/lsoa11_cp.geojson", "iod2019/File_2_-_IoD2019_Domains_of_Deprivation.csv.gz", "iod2019/File_7_format_composite_cp.csv", "lookups/lsoa11_msoa11_wd19_lad19_cp.csv", "lookups/lsoa21_msoa21_hocl_names_cp.csv" })
            await office.Get<PlaceImport>().LoadAsync(Shared.Path("places/" + file), who, default);
        await office.Get<PlaceBook>().RefreshAsync(default);
        var wyn = await office.SignedInAsync("wyn");

        async Task<(string? Encoding, byte[] Bytes)> AskAsync(string path, string encoding)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, path);
            message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
            var answer = await wyn.SendAsync(message);
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            return (answer.Content.Headers.ContentEncoding.SingleOrDefault(), await answer.Content.ReadAsByteArrayAsync());
        }

        foreach (var encoding in new[] { "br", "gzip" })
        {
            var (sent, bytes) = await AskAsync("/staff/places/all", encoding);
            (sent, bytes.LongLength).ShouldSatisfyAllConditions(x => x.sent.ShouldBe(encoding), x => x.LongLength.ShouldBeLessThan(MostCompressed));
            await using Stream packed = encoding == "br" ? new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress) : new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            (await new StreamReader(packed).ReadToEndAsync()).ShouldContain("Fenland 002C");
        }
        (await AskAsync("/staff/places/all?handler=Csv", "br")).Encoding.ShouldBe("br");
        (await AskAsync("/staff/places/all", "identity")).Encoding.ShouldBeNull();
        // A page with a token and something of a person in it is never compressed.
        (await AskAsync("/staff/menu", "br")).Encoding.ShouldBeNull();
        (await AskAsync("/staff/account", "br")).Encoding.ShouldBeNull();
    }

    [Fact]
    [Requirement("R-PLC-01")]
    public async Task Outlines_of_a_folders_boundaries_are_ready_before_anybody_opens_a_map()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var folder = Directory.CreateDirectory(Path.Combine(test.Folder, "places")).FullName;
        File.Copy(Shared.Path("places/boundaries/lsoa11_cp.geojson"), Path.Combine(folder, "lsoa11.geojson"));
        var installation = new Installation(test.Connection, null, Path.Combine(test.Folder, "keys"), Path.Combine(test.Folder, "checkpoints"));
        await using var app = await WebHost.BuildAsync(new StartOptions(installation, 0, "127.0.0.1", Demo: true, County: false, PlacesFolder: folder), default);
        await app.StartAsync();
        var book = app.Services.GetRequiredService<PlaceBook>();

        for (var waited = 0; waited < 600 && !book.Current.HasOutlinesOf("lsoa", 2011); waited++) await Task.Delay(100);

        book.Current.HasOutlinesOf("lsoa", 2011).ShouldBeTrue();
        book.Current.OutlinesOf("lsoa", 2011).Codes.Count().ShouldBe(487);
    }
}
