using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record TableOptions
{
    public string? Caption { get; init; }
    public string? CaptionClasses { get; init; }
    public IReadOnlyList<TableCell>? Head { get; init; }
    public IReadOnlyList<IReadOnlyList<TableCell>?> Rows { get; init; } = [];
    public bool FirstCellIsHeader { get; init; }
    public string? Classes { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public sealed record TableCell : Part
{
    /// <summary>"numeric" lines numbers up.</summary>
    public string? Format { get; init; }
    public int? Colspan { get; init; }
    public int? Rowspan { get; init; }
}

public static class Table
{
    public static IHtmlContent Render(TableOptions o) => new Element("table").Class("govuk-table", o.Classes).Attrs(o.Attributes)
        .Add(string.IsNullOrEmpty(o.Caption) ? null : new Element("caption").Class("govuk-table__caption", o.CaptionClasses).Text(o.Caption))
        .Add(o.Head is null ? null : new Element("thead").Class("govuk-table__head").Add(
            new Element("tr").Class("govuk-table__row").Add(o.Head.Select(cell => Cell(cell, "th", "header", "col")))))
        .Add(new Element("tbody").Class("govuk-table__body").Add(o.Rows.Where(row => row is not null).Select(row =>
            new Element("tr").Class("govuk-table__row").Add(row!.Select((cell, i) => i == 0 && o.FirstCellIsHeader
                ? Cell(cell with { Format = null }, "th", "header", "row")
                : Cell(cell, "td", "cell", null))))));

    private static Element Cell(TableCell cell, string tag, string block, string? scope) => new Element(tag).Attr("scope", scope)
        .Class("govuk-table__" + block, string.IsNullOrEmpty(cell.Format) ? null : $"govuk-table__{block}--{cell.Format}", cell.Classes)
        .Attr("colspan", cell.Colspan?.ToString(CultureInfo.InvariantCulture)).Attr("rowspan", cell.Rowspan?.ToString(CultureInfo.InvariantCulture))
        .Attrs(cell.Attributes).Add(cell.Content);
}
