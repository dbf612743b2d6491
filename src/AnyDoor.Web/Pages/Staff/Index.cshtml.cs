using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>Leads everybody to where their work is.</summary>
public sealed class IndexModel(StaffLinks links) : StaffPage
{
    protected override string? Area => null;

    public IActionResult OnGet() => links.Home(Worker.Role) is var home && home != "/staff" ? LocalRedirect(home) : Page();
}
