using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Closes an unsent form on this screen, to begin with none. Its code still opens it: it may be somebody else's.</summary>
[ResponseCache(NoStore = true)]
public sealed class AgainModel(ResidentVisit visit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await visit.DraftAsync(cancel) is null ? Redirect("/ask") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await visit.EndAsync(cancel);
        return Redirect("/ask");
    }
}
