using AngleSharp.Dom;

namespace AnyDoor.Web.Tests.TagHelpers;

/// <summary>The form tag helpers as a page author uses them: a page with a model, posted and come back.</summary>
public class FormTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task Get_Form_HasNamesIdsAndValuesFromTheModel()
    {
        var page = await WebApp.GetAsync(app.Browser(), "/test/form");

        page.Title.ShouldBe("How can we reach you safely? - AnyDoor");
        page.QuerySelectorAll("h1").Single().TextContent.Trim().ShouldBe("How can we reach you safely?");
        page.QuerySelector("input[name=Way][value=text]")!.HasAttribute("checked").ShouldBeTrue();
        page.QuerySelector("input[name=Way][value=text]")!.GetAttribute("data-aria-controls").ShouldBe("conditional-Way");
        page.QuerySelector("#conditional-Way #Phone").ShouldNotBeNull();
        page.QuerySelector("#Way-2")!.GetAttribute("aria-describedby").ShouldBe("Way-2-item-hint");
        page.QuerySelector(".govuk-radios__divider")!.TextContent.ShouldBe("or");
        page.QuerySelector("input[name=DoNot][value=voice]")!.HasAttribute("checked").ShouldBeTrue();
        page.QuerySelector("input[name=DoNot][value=letters]")!.HasAttribute("checked").ShouldBeFalse();
        page.QuerySelector("input[name=DoNot][value=none]")!.GetAttribute("data-behaviour").ShouldBe("exclusive");
        page.QuerySelector("input[name='Born.Day']")!.GetAttribute("value").ShouldBe("14");
        page.QuerySelector("input[name='Born.Year']")!.GetAttribute("autocomplete").ShouldBe("bday-year");
        page.QuerySelector("label[for=Born_Month]")!.TextContent.Trim().ShouldBe("Month");
        page.QuerySelectorAll("#Door option").Select(o => o.TextContent).ShouldBe(["Choose a door", "Web form", "Food bank"]);
        page.QuerySelector("#Words")!.GetAttribute("data-test").ShouldBe("kept & whole");
        page.QuerySelector(".govuk-character-count")!.GetAttribute("data-i18n.characters-under-limit.other").ShouldBe("You have %{count} characters left");
        page.QuerySelector(".govuk-error-summary").ShouldBeNull();
    }

    [Fact]
    public async Task Post_Errors_ListsThemInPageOrderLinkedToTheirFields()
    {
        var response = await WebApp.PostAsync(app.Browser(), "/test/form",
            ("Way", "nobody"), ("Phone", "07700 9"), ("Born.Day", "31"), ("Born.Month", ""), ("Born.Year", "1990"), ("Door", ""));

        var page = await WebApp.ReadAsync(response);

        page.Title.ShouldStartWith("Error: How can we");
        var links = page.QuerySelectorAll(".govuk-error-summary__list a");
        links.Select(a => (a.GetAttribute("href"), a.TextContent)).ShouldBe([
            ("#Phone", "Enter a phone number, like 07700 900123"),
            ("#Born_Month", "Date of birth must be a real date"),
            ("#Door", "Choose a door"),
        ]);
        links.ShouldAllBe(a => page.QuerySelector(a.GetAttribute("href")!) != null);
        page.QuerySelectorAll(".govuk-error-summary__list li").Last().TextContent.ShouldBe("Nobody can be asked");
    }

    [Fact]
    public async Task Post_Errors_KeepsWhatWasTypedAndSaysItAtTheField()
    {
        var response = await WebApp.PostAsync(app.Browser(), "/test/form",
            ("Way", "call"), ("Phone", "<b>07700"), ("DoNot", "letters"), ("Born.Day", "31"), ("Born.Month", "Febr"), ("Born.Year", "1990"), ("Words", "\nFirst line"));

        var page = await WebApp.ReadAsync(response);

        var phone = page.QuerySelector("#Phone")!;
        phone.GetAttribute("value").ShouldBe("<b>07700");
        phone.ClassList.ShouldContain("govuk-input--error");
        phone.GetAttribute("aria-describedby").ShouldBe("Phone-hint Phone-error");
        Words(page.QuerySelector("#Phone-error")!).ShouldBe("Error: Enter a phone number, like 07700 900123");
        page.QuerySelector("input[name=Way][value=call]")!.HasAttribute("checked").ShouldBeTrue();
        page.QuerySelectorAll("input[name=DoNot][checked]").Single().GetAttribute("value").ShouldBe("letters");
        page.QuerySelector("#Born_Month")!.GetAttribute("value").ShouldBe("Febr");
        page.QuerySelectorAll("#Born .govuk-input--error").Length.ShouldBe(3);
        page.QuerySelector("#Words")!.TextContent.ShouldBe("\nFirst line");
    }

    [Fact]
    public async Task Post_OnePartOfADateMissing_MarksOnlyThatPart()
    {
        var response = await WebApp.PostAsync(app.Browser(), "/test/form", ("Born.Day", "3"), ("Born.Month", ""), ("Born.Year", "1990"), ("Door", "web"));

        var page = await WebApp.ReadAsync(response);

        page.QuerySelectorAll("#Born .govuk-input--error").Single().Id.ShouldBe("Born_Month");
        Words(page.QuerySelector("#Born-error")!).ShouldBe("Error: Date of birth must be a real date");
    }

    [Fact]
    public async Task Post_EverythingRight_GoesOn()
    {
        var response = await WebApp.PostAsync(app.Browser(), "/test/form",
            ("Way", "call"), ("Phone", "07700 900123"), ("Born.Day", "3"), ("Born.Month", "march"), ("Born.Year", "1990"), ("Door", "web"));

        response.Headers.Location!.ToString().ShouldBe("/test/done");
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
