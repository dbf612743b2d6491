using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>A summary list. (Summary cards are not used here.)</summary>
public sealed record SummaryListOptions
{
    public IReadOnlyList<SummaryListRow?> Rows { get; init; } = [];
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record SummaryListRow
{
    public Part Key { get; init; } = new();
    public Part Value { get; init; } = new();
    public SummaryListActions? Actions { get; init; }
    public string? Classes { get; init; }
}

public sealed record SummaryListActions
{
    public IReadOnlyList<SummaryListAction>? Items { get; init; }
    public string? Classes { get; init; }
}

public sealed record SummaryListAction : LinkItem
{
    /// <summary>Read out after the words, so that "Change" says what.</summary>
    public string? VisuallyHiddenText { get; init; }
}

public static class SummaryList
{
    public static IHtmlContent Render(SummaryListOptions o)
    {
        var anyActions = o.Rows.Any(row => row?.Actions?.Items is { Count: > 0 });
        return new Element("dl").Class("govuk-summary-list", o.Classes).Attrs(o.Attributes)
            .Add(o.Rows.OfType<SummaryListRow>().Select(row => Row(row, anyActions)));
    }

    private static Element Row(SummaryListRow row, bool anyActions) =>
        El.Div("govuk-summary-list__row", anyActions && row.Actions?.Items is null ? "govuk-summary-list__row--no-actions" : null, row.Classes)
            .Add(new Element("dt").Class("govuk-summary-list__key", row.Key.Classes).Add(row.Key.Content))
            .Add(new Element("dd").Class("govuk-summary-list__value", row.Value.Classes).Add(row.Value.Content))
            .Add(Actions(row.Actions));

    private static Element? Actions(SummaryListActions? actions)
    {
        if (actions?.Items is not { Count: > 0 } items) return null;
        return new Element("dd").Class("govuk-summary-list__actions", actions.Classes).Add(items.Count == 1
            ? Link(items[0])
            : new Element("ul").Class("govuk-summary-list__actions-list")
                .Add(items.Select(item => new Element("li").Class("govuk-summary-list__actions-list-item").Add(Link(item)))));
    }

    private static Element Link(SummaryListAction action) => new Element("a").Class("govuk-link", action.Classes)
        .Attr("href", action.Href ?? "").Attrs(action.Attributes).Add(action.Content)
        .Add(string.IsNullOrEmpty(action.VisuallyHiddenText) ? null : El.Hidden(" " + action.VisuallyHiddenText));
}
