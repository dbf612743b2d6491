using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>After an urgent answer: the numbers first, then how to reach the person.</summary>
[ResponseCache(NoStore = true)]
public sealed class NowModel(ResidentVisit visit, Texts texts) : PageModel
{
    public IReadOnlyList<ExitShown> Exits { get; private set; } = [];
    public string Code { get; private set; } = "";
    public bool ForSomeoneElse { get; private set; }
    public string Next { get; } = $"/ask/{ResidentForm.Current.Crisis.Then}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.DraftAsync(cancel) is not { } draft) return Redirect("/ask");
        var form = ResidentForm.Current;
        if (!draft.Answers.IsCrisis(form)) return Redirect(Next);
        var exits = form.Page("needs")!.Fields.SelectMany(f => (f.Options ?? []).Where(o => o.Crisis is not null && draft.Answers.Of($"needs.{f.Id}").Contains(o.Id))).Select(o => o.Crisis!);
        ForSomeoneElse = draft.Answers.ForSomeoneElse;
        Exits = [.. CrisisExits.For(CrisisExits.Of(form, await visit.SettingsAsync(cancel), texts), [.. exits]).Select(e => e with { Title = texts.Ask(e.Title, ForSomeoneElse) })];
        Code = Reference.Show(draft.Code);
        return Page();
    }
}
