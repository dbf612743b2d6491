using AnyDoor.Organisations;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>A form that came after the session had run out: shown to whoever sent it, to send again or throw away.</summary>
[ResponseCache(NoStore = true)]
public sealed class KeptModel(StaffSessions sessions, KeptForms forms) : StaffPage
{
    protected override string? Area => null;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public string Path { get; private set; } = "";
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await sessions.KeptAsync(Id, Worker.WorkerId, cancel) is not { } kept) return NotFound();
        (Path, Fields) = (kept.Path, forms.Open(kept));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        (await sessions.ForgetAsync(Id, Worker.WorkerId, cancel)).Value ? Redirect("/staff") : NotFound();
}
