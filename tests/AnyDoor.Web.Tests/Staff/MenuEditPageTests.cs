using System.Net;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A partner's worker changes their own entry; a coordinator looks at it.</summary>
public sealed class MenuEditPageTests : MenuPageTests
{
    /// <summary>The form as it stands, with some fields written over.</summary>
    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string path, params (string Field, string Text)[] fields)
    {
        var form = await Office.GetAsync(browser, path);
        var values = new List<(string, string)>();
        foreach (var e in form.QuerySelectorAll("main form [name]").Where(e => e.GetAttribute("name") != "__RequestVerificationToken" && !fields.Any(f => e.GetAttribute("name") == $"Value[{f.Field}]")))
        {
            if (e.GetAttribute("type") == "checkbox" && !e.HasAttribute("checked")) continue;
            values.Add((e.GetAttribute("name")!, e switch { AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value, AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value, _ => e.GetAttribute("value") } ?? ""));
        }
        return await Office.PostAsync(browser, path, path, [.. values, .. fields.Select(f => ($"Value[{f.Field}]", f.Text))]);
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public async Task A_partner_changes_their_entry_and_after_review_everybody_reads_it()
    {
        var (joy, piers) = (await office.SignedInAsync("joy"), await office.SignedInAsync("piers"));
        (await Office.GetAsync(joy, "/staff/menu")).Body!.TextContent.ShouldContain("Waterlees Community Pantry");
        var edit = (await Office.GetAsync(joy, $"/staff/menu/{Pantry}")).QuerySelectorAll("a").First(a => a.TextContent.StartsWith("Change this entry", StringComparison.Ordinal)).GetAttribute("href")!;

        var wrong = await Office.ReadAsync(await SendAsync(joy, edit, ("phone", "ask Joy"), ("description", "Choose a bag of food. Zzquinces."), ("web", "nope at all")));
        wrong.QuerySelectorAll(".govuk-error-summary__list a").Length.ShouldBe(2);
        wrong.QuerySelector("#f-phone")!.GetAttribute("value").ShouldBe("ask Joy");
        wrong.QuerySelector("#f-description")!.TextContent.Trim().ShouldBe("Choose a bag of food. Zzquinces.", "nothing that was typed is lost");
        var sent = await SendAsync(joy, edit, ("phone", "01945 555 0100"), ("description", "Choose a bag of food. Zzquinces."));
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var review = sent.Headers.Location!.OriginalString;

        (await Office.GetAsync(joy, review)).QuerySelectorAll("main form").ShouldBeEmpty("nobody approves their own");
        (await Office.GetAsync(office.Browser(), $"/menu/{Pantry}")).Body!.TextContent.ShouldNotContain("Zzquinces");
        (await Office.GetAsync(piers, "/staff/menu/edits")).QuerySelector("tbody")!.TextContent.ShouldContain("What it is, in plain words, Telephone");
        var before = await Office.GetAsync(piers, review);
        before.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        before.QuerySelectorAll("tbody tr")[1].QuerySelector("td[data-l=After]")!.TextContent.Trim().ShouldBe("01945 555 0100");
        (await Office.PostAsync(piers, review, $"{review}?handler=Approve", ("Version", "1"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var page = await Office.GetAsync(office.Browser(), $"/menu/{Pantry}");
        page.Body!.TextContent.ShouldContain("Zzquinces");
        page.Body.TextContent.ShouldContain("by the people who run it");
        (await Office.ReadAsync(await Office.PostAsync(office.Browser(), "/menu", "/menu", ("Wanted", "zzquinces"), ("Near", "Wisbech")))).QuerySelector(".any-hits h3")!.TextContent.ShouldBe("Waterlees Community Pantry");
        (await Office.GetAsync(piers, $"/staff/menu/{Pantry}")).Body!.TextContent.ShouldContain("What changed");
        (await office.EventsAsync("menu.edit-approved")).ShouldBe(1);
    }

    [Fact]
    public async Task A_change_sent_back_says_why_and_keeps_what_was_typed()
    {
        var (joy, piers) = (await office.SignedInAsync("joy"), await office.SignedInAsync("piers"));
        var review = (await SendAsync(joy, $"/staff/menu/{Pantry}/edit", ("phone", "01945 555 0100"))).Headers.Location!.OriginalString;

        (await Office.ReadAsync(await Office.PostAsync(piers, review, $"{review}?handler=Back", ("Version", "1"), ("Reason", "")))).QuerySelector("#Reason-error").ShouldNotBeNull();
        (await Office.PostAsync(piers, review, $"{review}?handler=Back", ("Version", "1"), ("Reason", "That is the hall’s number."))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var form = await Office.GetAsync(joy, $"/staff/menu/{Pantry}/edit");
        form.QuerySelector(".any-note--warn")!.TextContent.ShouldContain("That is the hall’s number.");
        form.QuerySelector("#f-phone")!.GetAttribute("value").ShouldBe("01945 555 0100");
    }

    [Fact]
    [Requirement("R-MEN-01")]
    public async Task Every_part_of_an_entry_is_in_the_form_and_ticks_come_back()
    {
        var joy = await office.SignedInAsync("joy");
        var form = await Office.GetAsync(joy, $"/staff/menu/{Pantry}/edit");
        form.QuerySelectorAll("main form h2").Select(h => h.TextContent).ShouldBe(["What it is", "When", "Where", "How to reach and use it", "Whom it is for", "What it costs", "Room", "More"]);
        form.QuerySelectorAll("input[name='Value[also]'][checked]").Select(t => t.GetAttribute("value")).Order().ShouldBe(["baby-things", "hygiene-and-cleaning"]);

        var wrong = await Office.ReadAsync(await SendAsync(joy, $"/staff/menu/{Pantry}/edit", ("also", "clothes"), ("also", "baby-things"), ("last_day", "soon")));
        wrong.QuerySelectorAll("input[name='Value[also]'][checked]").Select(t => t.GetAttribute("value")).Order().ShouldBe(["baby-things", "clothes"]);
        var review = (await SendAsync(joy, $"/staff/menu/{Pantry}/edit", ("also", "clothes"), ("also", "baby-things"), ("visibility", "Partners"))).Headers.Location!.OriginalString;

        var rows = (await Office.GetAsync(joy, review)).QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        rows.Count.ShouldBe(2);
        rows[0].ShouldContain("Clothes and winter coats");
        rows[1].ShouldContain("Partners and the hub only");
    }

    [Fact]
    public async Task Only_those_who_run_it_or_keep_the_menu_may_change_an_entry()
    {
        var van = Service.UuidOf("fen-food-van");

        (await (await office.SignedInAsync("joy")).GetAsync($"/staff/menu/{van}/edit")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await office.SignedInAsync("nadia")).GetAsync($"/staff/menu/{Pantry}/edit")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await office.SignedInAsync("piers")).GetAsync($"/staff/menu/{van}/edit")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
