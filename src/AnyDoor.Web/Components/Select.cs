using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record SelectOptions : FieldOptions
{
    public IReadOnlyList<SelectItem?> Items { get; init; } = [];
}

public sealed record SelectItem
{
    public string? Value { get; init; }
    public string? Text { get; init; }
    public bool? Selected { get; init; }
    public bool Disabled { get; init; }
    public IReadOnlyDictionary<string, string?>? Attributes { get; init; }
}

public static class Select
{
    public static IHtmlContent Render(SelectOptions o)
    {
        var (group, describedBy) = Field.Open(o);
        return group.Add(o.FormGroup?.BeforeInput?.Content)
            .Add(new Element("select")
                .Class("govuk-select", o.Classes, o.ErrorMessage is null ? null : "govuk-select--error")
                .Attr("id", o.FieldId).Attr("name", o.Name).Flag("disabled", o.Disabled)
                .AttrIfAny("aria-describedby", describedBy).Attrs(o.Attributes)
                .Add(o.Items.OfType<SelectItem>().Select(item => Option(item, o.Value))))
            .Add(o.FormGroup?.AfterInput?.Content);
    }

    private static Element Option(SelectItem item, string? chosen) => new Element("option")
        .Attr("value", item.Value)
        .Flag("selected", item.Selected ?? (!string.IsNullOrEmpty(chosen) && (item.Value ?? item.Text) == chosen))
        .Flag("disabled", item.Disabled).Attrs(item.Attributes).Text(item.Text);
}
