using AnyDoor.Requests;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>The way in: to the first question, or to where this visit's form was left.</summary>
[ResponseCache(NoStore = true)]
public sealed class AskModel(ResidentVisit visit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) =>
        Redirect(await visit.DraftAsync(cancel) is { } draft ? $"/ask/{draft.Page}" : $"/ask/{ResidentForm.Current.Pages[0].Id}{Campaign.Link(Request.Query[Campaign.Query])}");
}
