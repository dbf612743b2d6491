using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>Ends the session, here and on the server. Only by a form of ours: a link could be followed by anything.</summary>
public sealed class SignOutModel(WorkingAs working, StaffSessions sessions) : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await sessions.EndAsync(working.Worker, working.Session.SessionId, cancel);
        await HttpContext.SignOutAsync(StaffSignIn.Scheme);
        return RedirectToPage("/Staff/SignIn");
    }
}
