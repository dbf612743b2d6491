using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>One entry of the menu, for everybody. Nothing about anybody is in it; what is closed, internal, for partners or not checked for a year is not there.</summary>
[ResponseCache(NoStore = true)]
public sealed class ServiceModel(MenuDirectory directory, TimeProvider clock) : PageModel
{
    public ServiceCard Card { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (ServiceCard.Find(await directory.RefreshAsync(cancel), id, MenuReader.Resident, clock.UtcNow()) is not { } card) return NotFound();
        Card = card;
        return Page();
    }
}
