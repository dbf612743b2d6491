using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Opens a sent request. A wrong code and a reference that nobody has are one answer.</summary>
[ResponseCache(NoStore = true)]
public sealed class RequestModel(ResidentVisit visit, RequestStatusDesk desk, Texts texts, PageChrome chrome) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "Reference")] string? reference, [FromForm(Name = "Code")] string? code, CancellationToken cancel)
    {
        var tried = await desk.OpenAsync(reference, code, visit.Address, visit.Who, cancel);
        if (tried.Token is { } token)
        {
            visit.Sit(token);
            return Redirect("/request/where");
        }
        ModelState.Clear();
        ModelState.AddModelError("Reference", tried.Wait is { } wait ? texts.Plain("save.return.wait", ("minutes", wait)) : texts.Plain("save.return.error", ("phone", chrome.HubNumber)));
        return Page();
    }
}
