using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Finish and clear this device: the visit ends here and on the server, and only a code opens anything.</summary>
[ResponseCache(NoStore = true)]
public sealed class ClearModel(ResidentVisit visit) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await visit.EndAsync(cancel);
        return Redirect("/");
    }
}
