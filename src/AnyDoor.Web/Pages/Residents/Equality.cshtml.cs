using AnyDoor.Common;
using AnyDoor.Rights;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Questions that are only for counting. The page knows of no visit and no request, so its answers cannot be put to anybody.</summary>
public sealed class EqualityModel(EqualityBox box, TimeProvider clock) : PageModel
{
    public bool Kept { get; private set; }
    /// <summary>More answers came than forms did, so these were not counted.</summary>
    public bool Full { get; private set; }

    public void OnGet(bool kept = false, bool full = false) => (Kept, Full) = (kept, full);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var chosen = EqualityBox.Questions.Select(q => (q.Id, Chosen: Request.Form[q.Id].ToString())).Where(q => q.Chosen.Length > 0).ToDictionary(q => q.Id, q => q.Chosen);
        var kept = await box.KeepAsync(clock.UtcNow(), chosen, cancel);
        return Redirect(chosen.Count > 0 && kept.Value == 0 ? "/equality?full=true" : "/equality?kept=true");
    }
}
