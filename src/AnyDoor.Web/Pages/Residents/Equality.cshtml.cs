using AnyDoor.Common;
using AnyDoor.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Questions that are only for counting. The page knows of no visit and no request, so its answers cannot be put to anybody.</summary>
public sealed class EqualityModel(EqualityBox box, TimeProvider clock) : PageModel
{
    public bool Kept { get; private set; }

    public void OnGet(bool kept = false) => Kept = kept;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await box.KeepAsync(clock.UtcNow(), EqualityBox.Questions.Select(q => (q.Id, Chosen: Request.Form[q.Id].ToString())).Where(q => q.Chosen.Length > 0).ToDictionary(q => q.Id, q => q.Chosen), cancel);
        return Redirect("/equality?kept=true");
    }
}
