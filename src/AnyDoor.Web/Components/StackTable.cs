using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

/// <summary>Our own table: rows that stack on a phone, each cell after its column's name. The first cell of a row is its heading.</summary>
public sealed record StackTableOptions
{
    public string Caption { get; init; } = "";
    public IReadOnlyList<TableCell> Head { get; init; } = [];
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows { get; init; } = [];
    public IReadOnlyList<TableCell>? Foot { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public static class StackTable
{
    public static IHtmlContent Render(StackTableOptions o) => El.Div("any-frame").Add(
        new Element("table").Class("any-table any-table--stack").Attrs(o.Attributes)
            .Add(new Element("caption").Text(o.Caption))
            .Add(new Element("thead").Add(new Element("tr").Add(o.Head.Select(cell =>
                new Element("th").Attr("scope", "col").AttrIfAny("class", ClassOf(cell)).Attrs(cell.Attributes).Add(cell.Content)))))
            .Add(new Element("tbody").Add(o.Rows.Select(row => Row(o, row))))
            .Add(o.Foot is null ? null : new Element("tfoot").Add(Row(o, o.Foot))));

    private static Element Row(StackTableOptions o, IReadOnlyList<TableCell> row)
    {
        if (row.Count != o.Head.Count)
            throw new InvalidOperationException($"A row of \"{o.Caption}\" has {row.Count} cells under {o.Head.Count} headings.");
        return new Element("tr").Add(row.Select((cell, i) => i == 0
            ? new Element("th").Attr("scope", "row").AttrIfAny("class", ClassOf(cell)).Attrs(cell.Attributes).Add(cell.Content)
            : new Element("td").Attr("data-l", o.Head[i].Text).AttrIfAny("class", El.Join(ClassOf(o.Head[i]), cell.Classes)).Attrs(cell.Attributes)
                .Add(cell.Any ? new Element("span").Add(cell.Content) : null)));
    }

    private static string? ClassOf(TableCell cell) => El.Join(cell.Format == "numeric" ? "any-n" : null, cell.Classes);
}
