using AnyDoor.Core.Tests.Requests;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Places;

public sealed class PostcodeDirectoryTests
{
    [Theory, OnBothDatabases]
    public async Task DistrictOf_AFirstPart_IsKnownWhereAllItsPostcodesAgree(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var dataset = Guid.CreateVersion7();
        await r.Desk.Commands.RunAsync(r.Who, c =>
        {
            c.Insert(new Dataset { Id = dataset, Kind = PostcodeImport.Kind, Edition = "test", Source = "test", Licence = "test", Fingerprint = [1], Rows = 4, Quarantined = 0, LoadedAt = r.Now, InUse = true });
            foreach (var (postcode, district) in new[] { ("PE139ZT", "E07000010"), ("PE139ZU", "E07000010"), ("PE145AA", "E07000010"), ("PE145AB", "E07000011") })
                c.Insert(new PostcodeRow { DatasetId = dataset, Postcode = postcode, District = district, Latitude = 52, Longitude = 0 });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        var directory = new PostcodeDirectory(r.Desk.Test.Database);

        await directory.RefreshAsync(default);

        directory.DistrictOf("PE13").ShouldBe("E07000010");
        directory.DistrictOf("PE14").ShouldBeNull();
        directory.DistrictOf("PE1").ShouldBeNull();
        directory.DistrictOf(null).ShouldBeNull();
    }
}
