using AnyDoor.Web.Components;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>
/// <c>&lt;any-date asp-for="Born" legend="Date of birth" /&gt;</c>, for a <see cref="DateAnswer"/>. An error on <c>Born</c> marks all three parts,
/// one on <c>Born.Month</c> only that.
/// </summary>
[HtmlTargetElement("any-date", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnyDateTagHelper(Texts texts, PageFrame frame) : FieldTagHelper(texts, frame)
{
    private static readonly string[] Parts = [nameof(DateAnswer.Day), nameof(DateAnswer.Month), nameof(DateAnswer.Year)];

    public string? Legend { get; set; }
    public string? LegendSize { get; set; }
    public bool LegendIsHeading { get; set; }

    /// <summary>It is the person's own date of birth, which a browser may fill in.</summary>
    public bool Birthday { get; set; }

    /// <summary>Asks for month and year only.</summary>
    public bool WithoutDay { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (string.IsNullOrEmpty(Legend)) throw new InvalidOperationException($"The date \"{FieldName}\" has no legend.");
        var model = For?.Model as DateAnswer;
        var asked = WithoutDay ? Parts[1..] : Parts;
        var wrong = asked.Where(part => Errors(FieldName + "." + part).Count > 0).ToList();
        Frame.Field(FieldName, FieldId + "_" + (wrong.FirstOrDefault() ?? asked[0]));
        foreach (var part in asked) Frame.Field(FieldName + "." + part, FieldId + "_" + part);

        output.Show(DateInput.Render(new DateInputOptions
        {
            Id = FieldId, Attributes = output.Rest(), Classes = Class,
            Items = [.. asked.Select(part => Item(part, model, wrong))],
            Fieldset = new()
            {
                Legend = new()
                {
                    Html = Texts.Words(Legend), IsPageHeading = LegendIsHeading,
                    Classes = LegendSize is null ? null : "govuk-fieldset__legend--" + LegendSize,
                },
            },
            Hint = HintOptions, FormGroup = Group,
            ErrorMessage = ErrorOptions() ?? (wrong.Count > 0 ? ErrorOptions(FieldName + "." + wrong[0]) : null),
        }));
    }

    private DateInputItem Item(string part, DateAnswer? model, List<string> wrong) => new()
    {
        Id = FieldId + "_" + part, Name = FieldName + "." + part,
        Label = Texts.Plain("date." + part.ToLowerInvariant()),
        Value = Typed(FieldName + "." + part, model?.Part(part)),
        Classes = part == nameof(DateAnswer.Year) ? "govuk-input--width-4" : "govuk-input--width-2",
        // Letters too: some people write the month as a word.
        Inputmode = part == nameof(DateAnswer.Month) ? "text" : null,
        Autocomplete = Birthday ? "bday-" + part.ToLowerInvariant() : null,
        Error = wrong.Count == 0 ? null : wrong.Contains(part),
    };
}
