using AnyDoor.Common;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Save and come back later: the code that opens the answers again.</summary>
[ResponseCache(NoStore = true)]
public sealed class SavedModel(ResidentVisit visit) : PageModel
{
    public string Code { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.DraftAsync(cancel) is not { } draft) return Redirect("/ask");
        Code = Reference.Show(draft.Code);
        return Page();
    }
}
