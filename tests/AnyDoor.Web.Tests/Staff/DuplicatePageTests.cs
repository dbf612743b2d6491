using System.Net;
using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>Entries listed twice, as a place coordinator meets them: side by side, merged part by part, or said to be two.</summary>
public sealed class DuplicatePageTests : MenuPageTests
{
    [Fact]
    [Requirement("R-MEN-01")]
    public async Task A_coordinator_merges_two_entries_and_says_of_others_that_they_are_two()
    {
        var who = new AuditContext(Actor.Job("menu import"), null, "test", Purpose.StatisticsAndPlanning, office.Now);
        var folder = Directory.CreateTempSubdirectory("menu-").FullName;
        foreach (var (file, phone) in new[] { ("first.json", "01223 555 010"), ("second.json", "01223 555 011") })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), string.Join('\n', new[] { "Quenby Larder", "Quenby Repair Shed" }.Select(name =>
                $$$"""{"id":"{{{file}}}-{{{name}}}","name":"{{{name}}}","status":"active","description":"Help for all.","email":"{{{name.Replace(" ", "")}}}@example.org","organization":{"name":"Quenby Trust"},"phones":[{"number":"{{{phone}}}"}],"locations":[{"name":"Hall","latitude":52.2,"longitude":0.12,"addresses":[{"address_1":"Mill Road","city":"Cambridge","postal_code":"CB1 2AZ"}]}]}""")));
            await office.Get<MenuImporter>().ImportAsync([Path.Combine(folder, file)], null, [], who, null, default);
        }
        var piers = await office.SignedInAsync("piers");

        var list = await Office.GetAsync(piers, "/staff/menu/duplicates");
        list.QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("2 pairs look");
        var links = list.QuerySelectorAll("tbody th a").Select(a => (a.TextContent, Href: a.GetAttribute("href")!)).ToDictionary(l => l.TextContent, l => l.Href);
        var page = await Office.GetAsync(piers, links["Quenby Larder"]);
        page.QuerySelectorAll("fieldset legend").Select(l => l.TextContent.Trim()).ShouldBe(["Telephone"]);

        (await Office.PostAsync(piers, links["Quenby Larder"], links["Quenby Larder"] + "?handler=Merge", ("part-phone", "newer"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.PostAsync(piers, links["Quenby Repair Shed"], links["Quenby Repair Shed"] + "?handler=Differ")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var index = await office.Get<MenuDirectory>().RefreshAsync(default);
        index.Services.Where(s => s.Name.StartsWith("Quenby", StringComparison.Ordinal)).Select(s => (s.Name, s.Phone)).Order().ShouldBe([("Quenby Larder", "01223 555 011"), ("Quenby Repair Shed", "01223 555 010"), ("Quenby Repair Shed", "01223 555 011")]);
        (await Office.GetAsync(piers, "/staff/menu/duplicates")).QuerySelector(".any-sentence")!.TextContent.ShouldBe("No entries look like one and the same.");
        (await Office.GetAsync(piers, "/staff/menu/duplicates")).QuerySelectorAll("caption").Last().TextContent.ShouldBe("Merged lately");
        (await office.EventsAsync("menu.duplicate-merged"), await office.EventsAsync("menu.duplicate-refused")).ShouldBe((1, 1));

        // Who follows the address of the one that went comes to the one that is kept; taken apart, both are there again.
        var merge = (await office.Get<MenuDuplicates>().MergedAsync(default)).ShouldHaveSingleItem();
        (await office.Browser().GetAsync($"/menu/{merge.Other.Uuid}")).Headers.Location!.OriginalString.ShouldBe($"/menu/{merge.Kept.Uuid}");
        (await Office.GetAsync(piers, links["Quenby Larder"])).QuerySelector("tbody")!.TextContent.ShouldContain("taken from this one");
        (await Office.PostAsync(piers, links["Quenby Larder"], links["Quenby Larder"] + "?handler=Undo")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(office.Browser(), $"/menu/{merge.Other.Uuid}")).QuerySelector("h1")!.TextContent.ShouldBe("Quenby Larder");
        (await Office.GetAsync(piers, "/staff/menu/duplicates")).QuerySelector(".any-sentence")!.TextContent.ShouldStartWith("1 pair looks");
        (await (await office.SignedInAsync("nadia")).GetAsync("/staff/menu/duplicates")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
