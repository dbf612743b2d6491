using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Web.Components;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Tests.Components;

/// <summary>
/// The contract with the design system: for every example that govuk-frontend ships of a component we use,
/// what we render is what it renders.
/// </summary>
public class FixtureTests
{
    private static readonly Dictionary<string, Func<JsonNode, IHtmlContent?>> Renderers = new()
    {
        ["back-link"] = o => BackLink.Render(Read<BackLinkOptions>(o)),
        ["breadcrumbs"] = o => Breadcrumbs.Render(Read<BreadcrumbsOptions>(o)),
        ["button"] = o => Button.Render(Read<ButtonOptions>(o)),
        ["character-count"] = o => CharacterCount.Render(Read<CharacterCountOptions>(o)),
        ["checkboxes"] = o => Checkboxes.Render(Read<CheckboxesOptions>(o)),
        ["date-input"] = o => DateInput.Render(Read<DateInputOptions>(o)),
        ["details"] = o => Details.Render(Read<DetailsOptions>(o)),
        ["error-message"] = o => ErrorMessage.Render(Read<ErrorMessageOptions>(o)),
        ["error-summary"] = o => ErrorSummary.Render(Read<ErrorSummaryOptions>(o)),
        ["exit-this-page"] = o => ExitThisPage.Render(Read<ExitThisPageOptions>(o)),
        ["fieldset"] = o => Fieldset.Render(Read<FieldsetOptions>(o)),
        ["file-upload"] = o => FileUpload.Render(Read<FileUploadOptions>(o)),
        ["hint"] = o => Hint.Render(Read<HintOptions>(o)),
        ["input"] = o => Input.Render(Read<InputOptions>(o)),
        ["inset-text"] = o => InsetText.Render(Read<InsetTextOptions>(o)),
        ["label"] = o => Label.Render(Read<LabelOptions>(o)),
        ["notification-banner"] = o => NotificationBanner.Render(Read<NotificationBannerOptions>(o)),
        ["pagination"] = o => Pagination.Render(Read<PaginationOptions>(o)),
        ["panel"] = o => Panel.Render(Read<PanelOptions>(o)),
        ["radios"] = o => Radios.Render(Read<RadiosOptions>(o)),
        ["select"] = o => Select.Render(Read<SelectOptions>(o)),
        ["service-navigation"] = o => ServiceNavigation.Render(Read<ServiceNavigationOptions>(o)),
        ["skip-link"] = o => SkipLink.Render(Read<LinkItem>(o)),
        ["summary-list"] = o => SummaryList.Render(Read<SummaryListOptions>(o)),
        ["table"] = o => Table.Render(Read<TableOptions>(o)),
        ["tag"] = o => Tag.Render(Read<Part>(o)),
        ["textarea"] = o => Textarea.Render(Read<TextareaOptions>(o)),
        ["warning-text"] = o => WarningText.Render(Read<WarningTextOptions>(o)),
    };

    /// <summary>The examples we do not follow, and why. A whole variant is named by what its options hold.</summary>
    private static string? NotFollowed(string component, JsonNode options) => component switch
    {
        "panel" when options["actions"] is not null || options["classes"]?.ToString().Contains("--interruption", StringComparison.Ordinal) == true
            => "No screen interrupts a person: the variant with buttons inside the panel is not built.",
        "file-upload" when options["javascript"] is not null || options["chooseFilesButtonText"] is not null
            => "The browser's own control is used: no script, and every language it speaks.",
        "summary-list" when options["card"] is not null
            => "No screen has summary cards.",
        "service-navigation" when options["serviceName"] is not null || options["slots"] is not null
            => "Our own header carries the name and the find box, so the bar has neither a name nor slots.",
        _ => null,
    };

    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var component in Renderers.Keys)
            foreach (var (name, fixture) in Fixtures(component))
                if (NotFollowed(component, fixture["options"]!) is null) data.Add(component, name);
        return data;
    }

    [Theory, MemberData(nameof(All))]
    public void Render_DesignSystemExample_IsTheSameHtml(string component, string name)
    {
        var fixture = Fixtures(component)[name];

        var ours = Html(Renderers[component](Falsy(fixture["options"]!.DeepClone())));

        DomShape.Of(ours).ShouldBe(DomShape.Of(fixture["html"]!.ToString()), $"{component}: {name}\n{ours}");
    }

    [Fact]
    public void All_IsNearlyEveryExample()
    {
        var examples = Renderers.Keys.Sum(component => Fixtures(component).Count);

        (examples - All().Count).ShouldBeLessThanOrEqualTo(46);
        All().Count.ShouldBeGreaterThan(500);
    }

    private static Dictionary<string, JsonNode> Fixtures(string component) => Cache.GetOrAdd(component, static c =>
        JsonNode.Parse(File.ReadAllText(WebProject.PathTo("node_modules", "govuk-frontend", "dist", "govuk", "components", c, "fixtures.json")))!
            ["fixtures"]!.AsArray().ToDictionary(fixture => fixture!["name"]!.ToString(), fixture => fixture!));

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, Dictionary<string, JsonNode>> Cache = new();

    private static T Read<T>(JsonNode options) => options.Deserialize<T>(FixtureJson.Options)!;

    private static string Html(IHtmlContent? content)
    {
        using var writer = new StringWriter();
        content?.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    /// <summary>Nunjucks passes over an entry of a list, or an optional part, that is false or empty; JSON cannot say that to a record.</summary>
    private static JsonNode Falsy(JsonNode node)
    {
        if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
                if (IsFalsy(array[i])) array[i] = null;
                else Falsy(array[i]!);
        }
        else if (node is JsonObject item)
        {
            foreach (var (key, value) in item.ToList())
                if (key is "html" && IsFalsy(value)) item[key] = null;
                else if (key is "day" or "month" or "year" && value?.GetValueKind() == JsonValueKind.False) item[key] = new JsonObject { ["omit"] = true };
                else if (value is not null) Falsy(value);
        }
        return node;
    }

    private static bool IsFalsy(JsonNode? node) => node is null || node.GetValueKind() == JsonValueKind.False
        || (node.GetValueKind() == JsonValueKind.String && node.GetValue<string>().Length == 0);
}
