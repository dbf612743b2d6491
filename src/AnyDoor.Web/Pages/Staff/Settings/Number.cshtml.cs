using AnyDoor.Organisations;
using AnyDoor.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>One crisis number: what it is for, who checks it, and when it is rung again.</summary>
public sealed class NumberModel(SettingsDesk desk) : SettingsPage(desk)
{
    public override string Key => "crisis_numbers";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty] public string? For { get; set; }
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? Press { get; set; }
    [BindProperty] public string? Whose { get; set; }
    [BindProperty] public string? Note { get; set; }
    [BindProperty] public string? Owner { get; set; }
    [BindProperty] public DateAnswer? ReviewOn { get; set; }
    [BindProperty] public string? Source { get; set; }

    public string What => (string?)One(Part.Body!, Id)?["for"] ?? Id;

    protected override string? FieldOf(string path) => path.StartsWith(Id + "/", StringComparison.Ordinal) ? base.FieldOf(path[(Id.Length + 1)..]) : null;

    public IActionResult OnGet()
    {
        if (One(Part.Body!, Id) is not { } one) return NotFound();
        Version = Part.Version;
        string? Of(string name) => (string?)one[name];
        (For, Number, Press, Whose, Note, Owner, Source) = (Of("for"), Of("number"), Of("press"), Of("whose"), Of("note"), Of("owner"), Of("source"));
        ReviewOn = new DateAnswer(Of("review_on") is { } on ? DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture) : null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var numbers = Body();
        if (One(numbers, Id) is not { } one) return NotFound();
        foreach (var (name, value) in new[] { ("for", For), ("number", Number), ("press", Press), ("whose", Whose), ("note", Note), ("owner", Owner), ("source", Source) })
            if (Typed(value) is not null || one.ContainsKey(name)) one[name] = Typed(value);
        one["review_on"] = DayOf(ReviewOn, nameof(ReviewOn), "Put the whole day, like 26 2 2027.");
        return await SaveAsync(numbers, cancel);
    }
}
