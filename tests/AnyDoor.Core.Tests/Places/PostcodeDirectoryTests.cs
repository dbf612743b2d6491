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
        await r.LoadPostcodesAsync("PE13 9ZT,52.66,0.16,E07000010", "PE13 9ZU,52.66,0.16,E07000010", "PE14 5AA,52.6,0.2,E07000010", "PE14 5AB,52.6,0.2,E07000146", "PE1 1AA,52.6,0.2,E07000010", "PE1 1AB,52.6,0.2,E07000011", "NR1 1AA,52.6,1.3,E07000148");
        var directory = new PostcodeDirectory(r.Desk.Test.Database);

        await directory.RefreshAsync(default);

        directory.DistrictOf("PE13").ShouldBe("E07000010");
        directory.DistrictOf("PE14").ShouldBeNull("some of its postcodes lie in a district that is not ours");
        directory.DistrictOf("PE1").ShouldBeNull();
        directory.DistrictOf(null).ShouldBeNull();
        directory.HasOutward("NR1").ShouldBeFalse();
        Postcode.TryParse("NR1 1AA", out var elsewhere).ShouldBeTrue();
        directory.Find(elsewhere).ShouldBeNull("the doors ask only for what this partnership serves");
        directory.FindAnywhere(elsewhere)!.District.ShouldBe("E07000148");
    }
}
