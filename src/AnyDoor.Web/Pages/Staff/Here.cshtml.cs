using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>"I am still here": counts the two hours anew, up to the end of the session. Answers how many seconds there are.</summary>
[ResponseCache(NoStore = true)]
public sealed class HereModel : StaffPage
{
    protected override string? Area => null;

    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignInAsync(StaffSignIn.Scheme, User);
        var end = Now + StaffSessions.Idle < Working.Session.EndsAt ? Now + StaffSessions.Idle : Working.Session.EndsAt;
        return new JsonResult(new { seconds = (int)(end - Now).TotalSeconds });
    }
}
