using AnyDoor.Common;

namespace AnyDoor.Requests;

/// <summary>The public form as dated data (<c>resident-questions.json</c>): which questions, in which order, what follows from an answer. Texts are keys.</summary>
public sealed record ResidentForm(DateOnly Starts, string Owner, string Source, FormLimits Limits, FormCrisis Crisis, IReadOnlyList<FormPage> Pages, IReadOnlyList<CheckPart> Check)
{
    private static readonly Lazy<ResidentForm> Shipped = new(() => ContentFiles.Read<ResidentForm>("resident-questions.json"));
    private static readonly Lazy<IReadOnlyDictionary<string, string>> ShippedEnglish = new(() => ContentFiles.Read<StringsFile>("resident-strings/en.json").Strings);

    private sealed record StringsFile(Dictionary<string, string> Strings);

    public static ResidentForm Current => Shipped.Value;

    /// <summary>What a text key says in English: for staff, who read what was chosen in their own language.</summary>
    public static string English(string key) => ShippedEnglish.Value.GetValueOrDefault(key, key);

    public FormPage? Page(string? id) => Pages.FirstOrDefault(p => p.Id == id);

    /// <summary>A field by <c>page.field</c>.</summary>
    public FormField? Field(string key) =>
        key.Split('.', 2) is [var page, var field] ? Page(page)?.Fields.FirstOrDefault(f => f.Id == field) : null;
}

public sealed record FormLimits(int QuestionPagesAtMost, int Minutes, int DraftKeptDays, int CodeTries);

/// <summary>Who to ring first, and what an urgent answer opens.</summary>
/// <param name="ShownWhen">The answer that makes it a crisis.</param>
public sealed record FormCrisis(IReadOnlyList<CrisisExit> Exits, string AfterPage, CrisisPage Page, string Then, Condition ShownWhen);

/// <param name="Number">The id of a crisis number in the settings.</param>
/// <param name="PressOf">The crisis number whose key is pressed on the hub's line.</param>
public sealed record CrisisExit(string Id, string Title, string Whose, string Number, string? PressOf = null);

public sealed record CrisisPage(string Title, string Lead, string CarryOn, string Unsafe);

/// <summary>One question a page.</summary>
public sealed record FormPage(string Id, string Title, string Why, bool Skippable, IReadOnlyList<FormField> Fields, string? TitleForSomeoneElse = null, string? Hint = null,
    Condition? ShowWhen = null, Condition? SkipIf = null, IReadOnlyDictionary<string, string>? Notes = null)
{
    public string TitleFor(bool someoneElse) => someoneElse && TitleForSomeoneElse is not null ? TitleForSomeoneElse : Title;
}

/// <param name="Input">text, tel, email, number, money, date, month, textarea, radios, checkboxes or select.</param>
/// <param name="MissingUnless">Nothing is missing when this holds.</param>
/// <param name="Check">How an answer reads on the check page: by option id, or <c>*</c> for a line with {value}; an empty key leaves it out.</param>
public sealed record FormField(string Id, string Fact, string Input, string Label, string? Hint = null, IReadOnlyList<FormOption>? Options = null, Condition? ShowWhen = null,
    string? ErrorMissing = null, string? ErrorInvalid = null, Condition? MissingUnless = null, int? MaxLength = null, string? Autocomplete = null, long? Min = null, long? Max = null,
    string? Parse = null, int? Times = null, IReadOnlyDictionary<string, string>? Check = null)
{
    public bool IsChoice => Input is "radios" or "checkboxes" or "select";
    public bool HoldsMany => Input == "checkboxes";
}

/// <param name="Need">The need it stands for, when that is not its own id.</param>
/// <param name="Crisis">The exit it leads to.</param>
public sealed record FormOption(string Id, string Label, string? Hint = null, string? Need = null, string? Crisis = null, string? Opens = null);

/// <summary>The form's own predicate: over an answer on a page, over a fact, or over whom it is for; or one of several.</summary>
public sealed record Condition(string? Answer = null, string? Fact = null, IReadOnlyList<string>? AnyOf = null, long? AtLeast = null, string? For = null, IReadOnlyList<Condition>? Either = null);

/// <summary>One part of the check page.</summary>
public sealed record CheckPart(string Title, IReadOnlyList<CheckRowData> Rows, string? TitleForSomeoneElse = null, IReadOnlyList<CheckTold>? Told = null);

public sealed record CheckRowData(string Label, string Page, IReadOnlyList<string> Fields, string? LabelForSomeoneElse = null);

/// <summary>Something that is told there, and not asked.</summary>
public sealed record CheckTold(string Label, string Text);
