using System.Security.Claims;
using AnyDoor.Organisations;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>
/// Back from the council's own sign-in: in, where somebody who works here has linked that account; or the account of an invitation that was opened just now.
/// A page and not a redirect: the session's cookie is sent only on the way from a page of ours.
/// </summary>
[ResponseCache(NoStore = true)]
public sealed class SignInAnswerModel(AccountStore store, SignInDesk desk, Invitations invitations, StaffLinks links, IServiceProvider services) : PageModel
{
    public string Next { get; private set; } = "/staff";

    /// <summary>Where to, and not yet back: sealed by us.</summary>
    [BindProperty(SupportsGet = true)] public string? Go { get; set; }

    public SingleSignOn? Council { get; } = services.GetService<SingleSignOn>();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Council is null) return NotFound();
        if (Go is not null)
        {
            if (SingleSignOn.LeadsTo(HttpContext, Go) is not { } there) return RedirectToPage("/Staff/SignIn", new { failed = "council" });
            Next = there;
            return Page();
        }
        var answer = await HttpContext.AuthenticateAsync(SingleSignOn.External);
        await HttpContext.SignOutAsync(SingleSignOn.External);
        if (answer.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is not { Length: > 0 } subject) return RedirectToPage("/Staff/SignIn", new { failed = "council" });

        var items = answer.Properties?.Items ?? new Dictionary<string, string?>();
        if (items.TryGetValue("invitation", out var code) && code is not null && items.TryGetValue("email", out var email))
        {
            items.TryGetValue("name", out var name);
            items.TryGetValue("organisation", out var organisation);
            var accepted = await invitations.AcceptAsync(code, new WayIn(email ?? "", SingleSignOn: subject, Name: name, Organisation: organisation), cancel);
            if (!accepted.Done) return RedirectToPage("/Staff/Invitation", new { code, failed = accepted.Refusal.Code });
        }
        if (await store.FindBySubjectAsync(subject, cancel) is not { } account || await desk.WorkerAsync(account, cancel) is not { } worker) return RedirectToPage("/Staff/SignIn", new { failed = "council" });
        await StaffSignIn.SignInAsync(HttpContext, worker, SignedInBy.SingleSignOn);
        Next = items.TryGetValue("back", out var back) && back is not null && Url.IsLocalUrl(back) ? back : links.Home(worker.Role);
        return Page();
    }
}
