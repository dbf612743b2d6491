using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Who has looked at their record, for the person with their own code. On a page of its own: it names places that somebody beside them should not read.</summary>
[ResponseCache(NoStore = true)]
public sealed class RecordModel(ResidentVisit visit, RequestStatusDesk desk, SubjectDesk rights, Texts texts) : PageModel
{
    /// <summary>The mark of the look that is asked about.</summary>
    [BindProperty] public string? Look { get; set; }
    [BindProperty] public string? Question { get; set; }
    [TempData] public bool Asked { get; set; }

    public OwnRecord Own { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ReadAsync(cancel) is null ? Redirect("/request/where") : Page();

    /// <summary>A question about one look goes to the information lead, with which look it was.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await ReadAsync(cancel) is not { } id) return Redirect("/request/where");
        if (Own.Looks.FirstOrDefault(l => l.Mark == Look) is not { } look) return Redirect("/request/record");
        var question = Question?.Trim() ?? "";
        if (question.Length is < 3 or > 1000)
        {
            ModelState.AddModelError($"q-{look.Mark}", texts.Plain("rights.asked.missing"));
            return Page();
        }
        Asked = (await rights.FromOwnPageAsync(visit.Who, id, SubjectKind.Complaint, $"About a look: {look.InWords} {question}", cancel)).Done;
        return Redirect("/request/record");
    }

    private async Task<Guid?> ReadAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: false } || await desk.RecordAsync(id, visit.Now, cancel) is not { } own) return null;
        Own = own;
        return id;
    }

    public IHtmlContent Who(LookShown look) => look.Organisation.Length == 0 ? texts[RoleKey(look)] : texts.Of("record.who", ("role", texts.Plain(RoleKey(look))), ("organisation", look.Organisation));

    public string RoleKey(LookShown look) => $"record.role.{(look.Role is { } role ? Kebab(role.ToString()) : look.IsSystem ? "system" : "worker")}";
    public string WhyKey(LookShown look) => $"record.why.{Kebab(look.Why.ToString())}";

    /// <summary>The lawful basis of a purpose, in plain words.</summary>
    public static string LawKey(Purpose why) => $"record.law.{Kebab(why.ToString())}";

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
