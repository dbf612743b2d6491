using System.Globalization;
using System.Text.Json;
using AnyDoor.Common;

namespace AnyDoor.Requests;

/// <summary>What was typed so far, as it was typed, and which pages are settled or left. Held as JSON in the draft.</summary>
public sealed class FormAnswers
{
    private sealed record Shape(SortedDictionary<string, string[]> Values, SortedSet<string> Passed, SortedSet<string>? Left = null);

    private readonly SortedDictionary<string, string[]> values;
    private readonly SortedSet<string> passed;
    private readonly SortedSet<string> left;

    private FormAnswers(Shape shape, bool forSomeoneElse) => (values, passed, left, ForSomeoneElse) = (shape.Values, shape.Passed, shape.Left ?? [], forSomeoneElse);

    public FormAnswers(bool forSomeoneElse = false) : this(new Shape([], []), forSomeoneElse) { }

    public bool ForSomeoneElse { get; }

    public bool IsEmpty => values.Count == 0;

    public static FormAnswers From(string json, bool forSomeoneElse) =>
        new(JsonSerializer.Deserialize<Shape>(json, ContentFiles.Json) ?? new Shape([], []), forSomeoneElse);

    public string ToJson() => JsonSerializer.Serialize(new Shape(values, passed, left), ContentFiles.Json);

    /// <summary>The values of <c>page.field</c>; none when it was not answered. A date is day, month, year.</summary>
    public IReadOnlyList<string> Of(string key) => values.GetValueOrDefault(key) ?? [];

    public string One(string key) => Of(key) is [var only, ..] ? only : "";

    public bool HasPassed(string page) => passed.Contains(page);

    /// <summary>They chose not to answer it: nothing on it keeps the form from being sent.</summary>
    public bool WasLeft(string page) => left.Contains(page);

    /// <summary>Sets one page's answers; the other pages stay as they are.</summary>
    public void Set(FormPage page, IReadOnlyDictionary<string, string[]> typed, bool passes)
    {
        foreach (var field in page.Fields)
        {
            var key = $"{page.Id}.{field.Id}";
            if (typed.GetValueOrDefault(field.Id) is { } given && given.Any(v => v.Length > 0)) values[key] = given;
            else values.Remove(key);
        }
        if (passes) passed.Add(page.Id);
        else passed.Remove(page.Id);
        left.Remove(page.Id);
    }

    /// <summary>
    /// Leaves a page. What was written stays as it was; a choice of one, which cannot be taken back otherwise, is taken back. What is not to be done is kept,
    /// and what was just ticked of it is added: it may be the one thing that somebody needed to say.
    /// </summary>
    public void Leave(FormPage page, IReadOnlyDictionary<string, string[]> typed)
    {
        foreach (var field in page.Fields)
        {
            var key = $"{page.Id}.{field.Id}";
            if (field.Fact == DoNotFact && typed.GetValueOrDefault(field.Id) is { Length: > 0 } ticked) values[key] = [.. Of(key).Union(ticked)];
            else if (field.IsChoice && !field.HoldsMany) values.Remove(key);
        }
        passed.Remove(page.Id);
        left.Add(page.Id);
    }

    /// <summary>What must not be done to reach somebody. It counts even where the rest of its page does not go together.</summary>
    public const string DoNotFact = "safety.do_not";

    /// <summary>The needs that were chosen, as the vocabulary has them.</summary>
    public IReadOnlyList<string> Needs(ResidentForm form) => Fact(form, "needs");

    /// <summary>What the form knows of a fact, from whichever fields ask it.</summary>
    public IReadOnlyList<string> Fact(ResidentForm form, string fact) =>
        [.. from page in form.Pages
            from field in page.Fields
            where field.Fact == fact
            from value in Of($"{page.Id}.{field.Id}")
            select field.Options?.FirstOrDefault(o => o.Id == value)?.Need ?? value];

    public bool Holds(Condition? condition, ResidentForm form)
    {
        if (condition is null) return true;
        if (condition.Either is { } either) return either.Any(one => Holds(one, form));
        if (condition.For is { } whom) return whom == "someone-else" == ForSomeoneElse;
        var given = condition.Answer is { } answer ? Of(answer) : condition.Fact is { } fact ? Fact(form, fact) : [];
        if (condition.AnyOf is { } any && !given.Any(any.Contains)) return false;
        if (condition.AtLeast is not { } least) return true;
        // Of boxes: how many are ticked. Of a number: the number.
        return condition.Answer is { } key && form.Field(key) is { HoldsMany: true } ? given.Count >= least
            : given is [var one, ..] && long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least;
    }

    public bool IsCrisis(ResidentForm form) => Holds(form.Crisis.ShownWhen, form);
}

/// <summary>The way through the form, which follows from the answers.</summary>
public sealed class Journey(ResidentForm form, FormAnswers answers)
{
    public IReadOnlyList<FormPage> Pages { get; } =
        [.. form.Pages.Where(p => answers.Holds(p.ShowWhen, form) && !(p.SkipIf is { } skip && answers.Holds(skip, form)))];

    public int Total => Pages.Count;

    /// <summary>From 1; 0 when the page is not asked of this person.</summary>
    public int Number(string page) => Index(page) + 1;

    public FormPage? Next(string page) => Index(page) is var i and >= 0 && i + 1 < Pages.Count ? Pages[i + 1] : null;
    public FormPage? Previous(string page) => Index(page) is var i and > 0 ? Pages[i - 1] : null;

    /// <summary>What must be settled before it can be sent: pages that may not be left, and pages where something typed does not read and that were not left.</summary>
    public FormPage? FirstToMend(FormCheck check) => Pages.FirstOrDefault(page =>
        !answers.HasPassed(page.Id) && !(page.Skippable && answers.WasLeft(page.Id)) && (!page.Skippable || page.Fields.Any(f => answers.Of($"{page.Id}.{f.Id}").Count > 0))
        && check.Errors(page, answers).Count > 0);

    private int Index(string page)
    {
        for (var i = 0; i < Pages.Count; i++)
            if (Pages[i].Id == page) return i;
        return -1;
    }
}
