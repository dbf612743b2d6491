using System.Collections;
using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AnyDoor.Web.TagHelpers;

/// <summary>A question answered by choosing. Its choices are child elements, or <c>items</c>, or both, in that order.</summary>
public abstract class ChoicesTagHelper(Texts texts, PageFrame frame) : FieldTagHelper(texts, frame)
{
    public string? Legend { get; set; }

    /// <summary>s, m, l or xl.</summary>
    public string? LegendSize { get; set; }

    /// <summary>The legend is the page's heading.</summary>
    public bool LegendIsHeading { get; set; }
    public bool LegendHidden { get; set; }
    public bool Small { get; set; }
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    /// <summary>Stands for the model where there is none.</summary>
    public string? Value { get; set; }

    protected async Task<IReadOnlyList<ChoiceItem?>> ChoicesAsync(TagHelperContext context, TagHelperOutput output)
    {
        Frame.Field(FieldName, FieldId);
        var choices = new List<ChoiceItem?>();
        context.Items[typeof(ChoiceItem)] = choices;
        await output.GetChildContentAsync();
        choices.AddRange(Items.Select(item => new ChoiceItem
        {
            Value = item.Value ?? item.Text, Html = Texts.Words(item.Text), Disabled = item.Disabled, Checked = item.Selected ? true : null,
        }));
        if (choices.Count == 0) throw new InvalidOperationException($"The question \"{FieldName}\" has no choices.");
        return choices;
    }

    /// <summary>The chosen values: what was posted when the form comes back, the model's otherwise.</summary>
    protected IReadOnlyList<string> Chosen()
    {
        if (Value is not null) return [Value];
        if (ViewContext.ViewData.ModelState.TryGetValue(FieldName, out var entry) && entry.RawValue is not null)
            return entry.RawValue as string[] ?? [entry.AttemptedValue ?? ""];
        return For?.Model switch
        {
            null => [],
            string one => [one],
            IEnumerable many => [.. many.Cast<object?>().Select(Format).OfType<string>()],
            var one => [Format(one)!],
        };
    }

    protected FieldsetOptions FieldsetOptions()
    {
        if (string.IsNullOrEmpty(Legend)) throw new InvalidOperationException($"The question \"{FieldName}\" has no legend. Choices without a question mean nothing read aloud.");
        return new()
        {
            Legend = new()
            {
                Html = Texts.Words(Legend), IsPageHeading = LegendIsHeading,
                Classes = El.Join(LegendSize is null ? null : "govuk-fieldset__legend--" + LegendSize, LegendHidden ? "govuk-visually-hidden" : null),
            },
        };
    }
}

/// <summary><c>&lt;any-radios asp-for="Way" legend="…"&gt;&lt;any-radio value="text"&gt;Text message&lt;/any-radio&gt;…&lt;/any-radios&gt;</c></summary>
[HtmlTargetElement("any-radios")]
public sealed class AnyRadiosTagHelper(Texts texts, PageFrame frame) : ChoicesTagHelper(texts, frame)
{
    /// <summary>In a row: for two or three short choices.</summary>
    public bool Inline { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await ChoicesAsync(context, output);
        output.Show(Radios.Render(new RadiosOptions
        {
            Attributes = output.Rest(), IdPrefix = FieldId, Name = FieldName, Items = items, Value = Chosen() is [var chosen, ..] ? chosen : null,
            Classes = El.Join(El.Join(Inline ? "govuk-radios--inline" : null, Small ? "govuk-radios--small" : null), Class),
            Fieldset = FieldsetOptions(), Hint = HintOptions, ErrorMessage = ErrorOptions(), FormGroup = Group,
        }));
    }
}

/// <summary><c>&lt;any-checkboxes asp-for="Needs" legend="…"&gt;&lt;any-checkbox value="food"&gt;Food&lt;/any-checkbox&gt;…&lt;/any-checkboxes&gt;</c></summary>
[HtmlTargetElement("any-checkboxes")]
public sealed class AnyCheckboxesTagHelper(Texts texts, PageFrame frame) : ChoicesTagHelper(texts, frame)
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var items = await ChoicesAsync(context, output);
        output.Show(Checkboxes.Render(new CheckboxesOptions
        {
            Attributes = output.Rest(), IdPrefix = FieldId, Name = FieldName, Items = items, Values = Chosen(),
            Classes = El.Join(Small ? "govuk-checkboxes--small" : null, Class),
            Fieldset = FieldsetOptions(), Hint = HintOptions, ErrorMessage = ErrorOptions(), FormGroup = Group,
        }));
    }
}

/// <summary>One choice. Its content is its words; <c>&lt;any-conditional&gt;</c> inside is shown while it is chosen.</summary>
[HtmlTargetElement("any-radio", ParentTag = "any-radios")]
[HtmlTargetElement("any-checkbox", ParentTag = "any-checkboxes")]
public sealed class AnyChoiceTagHelper(Texts texts) : TagHelper
{
    public string Value { get; set; } = "";
    public string? Id { get; set; }
    public string? Hint { get; set; }
    public bool? Checked { get; set; }
    public bool Disabled { get; set; }

    /// <summary>Checkboxes: "none of these", which unticks the others.</summary>
    public bool Exclusive { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var choices = (List<ChoiceItem?>)context.Items[typeof(ChoiceItem)];
        var conditional = new Conditional();
        context.Items[typeof(Conditional)] = conditional;
        var words = await output.GetChildContentAsync();
        choices.Add(new ChoiceItem
        {
            Value = Value, Id = Id, Html = words, Checked = Checked, Disabled = Disabled,
            Hint = string.IsNullOrEmpty(Hint) ? null : new() { Html = texts.Words(Hint) },
            Behaviour = Exclusive ? "exclusive" : null,
            Conditional = conditional.Content is null ? null : new() { Html = conditional.Content },
        });
        output.SuppressOutput();
    }

    internal sealed class Conditional
    {
        public IHtmlContent? Content { get; set; }
    }
}

/// <summary>What is asked only when the choice around it is made. Without script it is always there.</summary>
[HtmlTargetElement("any-conditional", ParentTag = "any-radio")]
[HtmlTargetElement("any-conditional", ParentTag = "any-checkbox")]
public sealed class AnyConditionalTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ((AnyChoiceTagHelper.Conditional)context.Items[typeof(AnyChoiceTagHelper.Conditional)]).Content = await output.GetChildContentAsync();
        output.SuppressOutput();
    }
}

/// <summary>A word between two groups of choices: <c>&lt;any-divider&gt;or&lt;/any-divider&gt;</c></summary>
[HtmlTargetElement("any-divider")]
public sealed class AnyDividerTagHelper : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var words = await output.GetChildContentAsync();
        ((List<ChoiceItem?>)context.Items[typeof(ChoiceItem)]).Add(new ChoiceItem { Divider = System.Net.WebUtility.HtmlDecode(words.GetContent()) });
        output.SuppressOutput();
    }
}
