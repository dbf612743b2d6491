using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Opens a kept form with its code.</summary>
[ResponseCache(NoStore = true)]
public sealed class ReturnModel(ResidentVisit visit, Drafts drafts, Texts texts, PageChrome chrome) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "Code")] string? code, CancellationToken cancel)
    {
        var tried = await drafts.OpenAsync(code, visit.Address, visit.Who, cancel);
        if (tried.Token is { } token)
        {
            visit.Sit(token);
            return Redirect("/ask");
        }
        // What was typed does not come back: a shared screen may be read by the next person.
        ModelState.Clear();
        ModelState.AddModelError("Code", tried.Wait is { } wait ? texts.Plain("save.return.wait", ("minutes", wait)) : texts.Plain("save.return.wrong", ("phone", chrome.HubNumber)));
        return Page();
    }
}
