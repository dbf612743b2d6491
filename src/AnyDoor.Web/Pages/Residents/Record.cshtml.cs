using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Who has looked at their record, for the person with their own code. On a page of its own: it names places that somebody beside them should not read.</summary>
[ResponseCache(NoStore = true)]
public sealed class RecordModel(ResidentVisit visit, RequestStatusDesk desk) : PageModel
{
    public OwnRecord Own { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: false } || await desk.RecordAsync(id, visit.Now, cancel) is not { } own) return Redirect("/request/where");
        Own = own;
        return Page();
    }

    public string RoleKey(LookShown look) => $"record.role.{(look.Role is { } role ? Kebab(role.ToString()) : "system")}";
    public string WhyKey(LookShown look) => $"record.why.{Kebab(look.Why.ToString())}";

    /// <summary>The lawful basis of a purpose, in plain words.</summary>
    public static string LawKey(Purpose why) => $"record.law.{Kebab(why.ToString())}";

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
