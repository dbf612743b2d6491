using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;

namespace AnyDoor.Web.TagHelpers;

/// <summary>A single field with a label.</summary>
public abstract class LabelledTagHelper(Texts texts, PageFrame frame) : FieldTagHelper(texts, frame)
{
    public string? Label { get; set; }

    /// <summary>s, m, l or xl.</summary>
    public string? LabelSize { get; set; }

    /// <summary>The label is the page's heading.</summary>
    public bool LabelIsHeading { get; set; }

    /// <summary>There for a screen reader only, where the page around says it to everybody else.</summary>
    public bool LabelHidden { get; set; }

    public string? Value { get; set; }
    public string? Autocomplete { get; set; }
    public bool? Spellcheck { get; set; }
    public bool Disabled { get; set; }

    protected string? CurrentValue => Value ?? Typed(FieldName, For?.Model);

    protected LabelOptions LabelOptions
    {
        get
        {
            if (string.IsNullOrEmpty(Label)) throw new InvalidOperationException($"The field \"{FieldName}\" has no label. A field that nobody can see named cannot be filled in.");
            return new()
            {
                Html = Texts.Words(Label), IsPageHeading = LabelIsHeading,
                Classes = El.Join(LabelSize is null ? null : "govuk-label--" + LabelSize, LabelHidden ? "govuk-visually-hidden" : null),
            };
        }
    }
}
