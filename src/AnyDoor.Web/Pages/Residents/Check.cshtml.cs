using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Everything that was told, to look over; then it is sent, once however often that is pressed.</summary>
[ResponseCache(NoStore = true)]
public sealed class CheckModel(ResidentVisit visit, Drafts drafts, Texts texts) : PageModel
{
    public IReadOnlyList<CheckSection> Sections { get; private set; } = [];
    public string BackTo { get; private set; } = "/ask";
    public bool ForSomeoneElse { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.LatestAsync(cancel) is not { } draft) return Redirect("/ask");
        if (draft.SentRequest is not null) return Redirect("/ask/sent");
        var form = ResidentForm.Current;
        Sections = CheckPage.Of(form, draft.Answers, new FormCheck(form, visit.Today));
        ForSomeoneElse = draft.Answers.ForSomeoneElse;
        BackTo = $"/ask/{new Journey(form, draft.Answers).Pages[^1].Id}";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await visit.LatestAsync(cancel) is not { } draft) return Redirect("/ask");
        var sent = await drafts.SendAsync(draft.Id, texts.Current.IsPseudo ? null : texts.Current.Code, visit.Who, cancel);
        if (sent.Done) return Redirect("/ask/sent");
        // The page that must be settled first says what is wrong there.
        return Redirect(sent.Refusal?.Field is { } page ? $"/ask/{page}?from=check&settle=yes" : "/ask");
    }
}
