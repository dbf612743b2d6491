using System.Globalization;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>One question of the public form. What was typed is kept at every step, right or wrong.</summary>
[ResponseCache(NoStore = true)]
public sealed class QuestionModel(ResidentVisit visit, Drafts drafts, Texts texts) : PageModel
{
    public const string SomeoneElse = "someone-else";
    private static ResidentForm Form => ResidentForm.Current;

    [BindProperty(SupportsGet = true, Name = "for")]
    public string? For { get; set; }

    /// <summary>The code of the poster or message that brought them.</summary>
    [BindProperty(SupportsGet = true, Name = Campaign.Query)]
    public string? Came { get; set; }

    /// <summary>Set when the person came from the check page and goes back there.</summary>
    [BindProperty(SupportsGet = true, Name = "from")]
    public string? From { get; set; }

    /// <summary>Set when the form could not be sent before this page is put right: it says at once what is wrong.</summary>
    [BindProperty(SupportsGet = true, Name = "settle")]
    public string? Settle { get; set; }

    public FormPage Asked { get; private set; } = null!;
    public FormAnswers Answers { get; private set; } = new();
    public int Number { get; private set; }
    public int Total { get; private set; }
    public Promises Promised { get; private set; } = Promises.Usual;
    public string BackTo { get; private set; } = "/";

    /// <summary>The fields of the page itself; those that a choice opens stand under it.</summary>
    public IReadOnlyList<FormField> Fields => [.. Asked.Fields.Where(f => FormFields.OpenedBy(Asked, f).Count == 0 && (SamePage(f) || Answers.Holds(f.ShowWhen, Form)))];

    public async Task<IActionResult> OnGetAsync(string step, CancellationToken cancel)
    {
        var draft = await OpenAsync(cancel);
        if (draft?.SentRequest is not null) return Redirect("/ask/sent");
        Answers = draft?.Answers ?? new FormAnswers(For == SomeoneElse);
        Promised = (await visit.SettingsAsync(cancel)).Promised;
        if (Form.Page(step) is not { } page) return NotFound();
        // The first answer makes the form: nothing else can be answered before it.
        if (draft is null && page.Id != Form.Pages[0].Id) return Redirect("/ask");
        if (!Show(page)) return Redirect("/ask/check");
        return Settle == "yes" && draft is not null ? Again(page) : Page();
    }

    public async Task<IActionResult> OnPostAsync(string step, string? go, CancellationToken cancel)
    {
        if (Form.Page(step) is not { } page) return NotFound();
        var draft = await OpenAsync(cancel);
        if (draft?.SentRequest is not null) return Redirect("/ask/sent");
        if (draft is null && page.Id != Form.Pages[0].Id) return Redirect("/ask");
        Promised = (await visit.SettingsAsync(cancel)).Promised;

        var typed = FormFields.Read(page, Request.Form);
        var language = texts.Current.IsPseudo ? null : texts.Current.Code;
        if (go == "leave" && page.Skippable && draft is not null)
            return Redirect(await drafts.LeaveAsync(draft.Id, page, typed, language, visit.Who, cancel) is { } left ? After(page, left.Answers, settled: false) : "/ask");
        if (draft is null)
        {
            var trial = new FormAnswers(For == SomeoneElse);
            trial.Set(page, typed, passes: false);
            // Somebody who has told us nothing yet has nothing to keep.
            if (trial.IsEmpty)
            {
                Answers = trial;
                return go == "save" ? Redirect("/") : Again(page);
            }
            (var token, draft) = await drafts.StartAsync(page, typed, For == SomeoneElse, language, Campaign.Read(Came), visit.Who, cancel);
            visit.Sit(token);
        }
        else draft = await drafts.SaveAsync(draft.Id, page, typed, language, visit.Who, cancel);
        if (draft is null) return Redirect("/ask");

        Answers = draft.Answers;
        if (go == "save") return Redirect("/ask/saved");
        return draft.Answers.HasPassed(page.Id) ? Redirect(After(page, draft.Answers, settled: true)) : Again(page);
    }

    private string After(FormPage page, FormAnswers answers, bool settled)
    {
        if (settled && page.Id == Form.Crisis.AfterPage && answers.IsCrisis(Form)) return "/ask/now";
        return From == "check" || new Journey(Form, answers).Next(page.Id) is not { } next ? "/ask/check" : $"/ask/{next.Id}";
    }

    private IActionResult Again(FormPage page)
    {
        Show(page);
        foreach (var error in new FormCheck(Form, visit.Today).Errors(page, Answers))
            ModelState.AddModelError(FormFields.NameNow(page, page.Fields.Single(f => f.Id == error.Field), Answers),
                error.Limit is { } limit ? texts.Plain(error.Text, ("limit", limit.ToString(CultureInfo.InvariantCulture))) : texts.Plain(texts.Ask(error.Text, Answers.ForSomeoneElse)));
        return Page();
    }

    private bool Show(FormPage page)
    {
        var journey = new Journey(Form, Answers);
        (Asked, Number, Total) = (page, journey.Number(page.Id), journey.Total);
        BackTo = From == "check" ? "/ask/check" : journey.Previous(page.Id) is { } before ? $"/ask/{before.Id}" : "/";
        return Number > 0;
    }

    /// <summary>The open form; asking for somebody else begins another when the open one is one's own.</summary>
    private async Task<OpenDraft?> OpenAsync(CancellationToken cancel) =>
        await visit.DraftAsync(cancel) is { } draft && (For != SomeoneElse || draft.Answers.ForSomeoneElse) ? draft : null;

    private bool SamePage(FormField field) => field.ShowWhen?.Answer?.StartsWith(Asked.Id + ".", StringComparison.Ordinal) == true;
}
