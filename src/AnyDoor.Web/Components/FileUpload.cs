using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record FileUploadOptions : FieldOptions
{
    public bool Multiple { get; init; }
}

/// <summary>A file from the person's own machine. The browser's own control: it works without script and in every language.</summary>
public static class FileUpload
{
    public static IHtmlContent Render(FileUploadOptions o)
    {
        var (group, describedBy) = Field.Open(o);
        return group.Add(o.FormGroup?.BeforeInput?.Content)
            .Add(new Element("input")
                .Class("govuk-file-upload", o.Classes, o.ErrorMessage is null ? null : "govuk-file-upload--error")
                .Attr("id", o.FieldId).Attr("name", o.Name).Attr("type", "file")
                .Flag("disabled", o.Disabled).Flag("multiple", o.Multiple)
                .AttrIfAny("aria-describedby", describedBy).Attrs(o.Attributes))
            .Add(o.FormGroup?.AfterInput?.Content);
    }
}
