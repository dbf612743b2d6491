using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>Ends the session. Only by a form of ours: a link could be followed by anything.</summary>
public sealed class SignOutModel : PageModel
{
    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(StaffSignIn.Scheme);
        return RedirectToPage("/Staff/SignIn");
    }
}
