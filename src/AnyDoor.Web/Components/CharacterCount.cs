using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Components;

public sealed record CharacterCountOptions : FieldOptions
{
    public int? Rows { get; init; }
    public int? Maxlength { get; init; }
    public int? Maxwords { get; init; }

    /// <summary>The share of the limit, in per cent, before which the count stays hidden.</summary>
    public int? Threshold { get; init; }

    /// <summary>"words" or "characters"; words when only a limit of words is given.</summary>
    public string? CountType { get; init; }

    /// <summary>With <c>%{count}</c> where the limit goes.</summary>
    public string? TextareaDescriptionText { get; init; }
    public IReadOnlyDictionary<string, string>? CharactersUnderLimitText { get; init; }
    public string? CharactersAtLimitText { get; init; }
    public IReadOnlyDictionary<string, string>? CharactersOverLimitText { get; init; }
    public IReadOnlyDictionary<string, string>? WordsUnderLimitText { get; init; }
    public string? WordsAtLimitText { get; init; }
    public IReadOnlyDictionary<string, string>? WordsOverLimitText { get; init; }
    public Part? CountMessage { get; init; }
}

/// <summary>A text area with a limit. Without script it says the limit; with it, what is left.</summary>
public static class CharacterCount
{
    public static IHtmlContent Render(CharacterCountOptions o)
    {
        var countType = !string.IsNullOrEmpty(o.CountType) ? o.CountType : o.Maxwords is > 0 ? "words" : null;
        var limit = o.Maxwords is > 0 ? o.Maxwords : o.Maxlength is > 0 ? o.Maxlength : null;
        var description = !string.IsNullOrEmpty(o.TextareaDescriptionText)
            ? o.TextareaDescriptionText
            : $"You can enter up to %{{count}} {(countType == "words" ? "words" : "characters")}";

        var data = new Dictionary<string, string?> { ["data-module"] = "govuk-character-count" };
        void Add(string name, string? value)
        {
            if (value is not null) data[name] = value;
        }
        void AddEach(string name, IReadOnlyDictionary<string, string>? messages)
        {
            foreach (var (plural, message) in messages ?? new Dictionary<string, string>()) Add($"data-i18n.{name}.{plural}", message);
        }
        Add("data-maxlength", Number(o.Maxlength));
        Add("data-maxwords", Number(o.Maxwords));
        Add("data-threshold", Number(o.Threshold));
        Add("data-count-type", countType);
        if (limit is null && !string.IsNullOrEmpty(o.TextareaDescriptionText)) Add("data-i18n.textarea-description.other", o.TextareaDescriptionText);
        AddEach("characters-under-limit", o.CharactersUnderLimitText);
        Add("data-i18n.characters-at-limit", o.CharactersAtLimitText);
        AddEach("characters-over-limit", o.CharactersOverLimitText);
        AddEach("words-under-limit", o.WordsUnderLimitText);
        Add("data-i18n.words-at-limit", o.WordsAtLimitText);
        AddEach("words-over-limit", o.WordsOverLimitText);
        foreach (var (name, value) in o.FormGroup?.Attributes ?? new Dictionary<string, string?>()) data[name] = value;

        return Textarea.Render(new TextareaOptions
        {
            Id = o.FieldId, Name = o.Name, Value = o.Value, Rows = o.Rows, Spellcheck = o.Spellcheck,
            Label = o.Label, Hint = o.Hint, ErrorMessage = o.ErrorMessage, Attributes = o.Attributes, DescribedBy = o.FieldId + "-info",
            Classes = El.Join("govuk-js-character-count", o.Classes),
            FormGroup = new()
            {
                Classes = El.Join("govuk-character-count", o.FormGroup?.Classes),
                Attributes = data,
                BeforeInput = o.FormGroup?.BeforeInput,
                AfterInput = new()
                {
                    Html = El.Of(
                        Hint.Render(new HintOptions
                        {
                            Id = o.FieldId + "-info",
                            Classes = El.Join("govuk-character-count__message", o.CountMessage?.Classes),
                            Text = limit is null ? null : description.Replace("%{count}", Number(limit), StringComparison.Ordinal),
                        }),
                        o.FormGroup?.AfterInput?.Content),
                },
            },
        });
    }

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
