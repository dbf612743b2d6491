using System.Net;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>When the database fails under a page, the page that says so must not fail on it too.</summary>
public class DatabaseGoneTests(Office office) : IClassFixture<Office>
{
    [Fact]
    public async Task Get_DatabaseFails_SaysThatItIsOursAndShowsNoNumberThatMayBeWrong()
    {
        var adviser = await office.SignedInAsync("nadia");
        await using (var db = office.Database.Open())
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF; ALTER TABLE setting RENAME TO setting_gone; ALTER TABLE worker RENAME TO worker_gone;");
        office.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var (browser, path) in new[] { (office.Browser(), "/"), (adviser, "/staff/queue") })
        {
            var response = await browser.GetAsync(path);

            response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError, path);
            var page = await Office.ReadAsync(response);
            page.QuerySelector("h1").ShouldNotBeNull(path).TextContent.ShouldBe("We could not do this");
            page.QuerySelector(".any-code").ShouldNotBeNull(path);
            page.QuerySelectorAll("a[href^='tel:']").ShouldBeEmpty();
        }
    }
}
