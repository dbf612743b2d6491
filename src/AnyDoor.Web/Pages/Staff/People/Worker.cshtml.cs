using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.People;

/// <summary>One colleague: what they work as, how they get in, and whether they may.</summary>
[ResponseCache(NoStore = true)]
public sealed class WorkerModel(AnyDoor.Organisations.People people, Invitations invitations, StaffSessions sessions) : StaffPage
{
    protected override string? Area => "people";

    [BindProperty(SupportsGet = true)] public string Handle { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? Done { get; set; }
    [BindProperty] public string? How { get; set; }
    [BindProperty] public string? Role { get; set; }
    [BindProperty] public string? Title { get; set; }

    public Colleague Shown { get; private set; } = null!;
    public IReadOnlyList<SessionShown> Sessions { get; private set; } = [];
    public IReadOnlyList<RoleEntry> Roles => AnyDoor.Organisations.People.RolesFor(Worker.Role);
    public IEnumerable<SelectListItem> RoleItems => Roles.Select(r => new SelectListItem(r.Name, AnyDoor.Organisations.Staff.Word(r.Role.ToString())));
    public bool Anyone => AnyDoor.Organisations.People.MayInviteAnyone(Worker.Role);
    public bool IsSelf => Shown.Id == Worker.WorkerId;
    public (string Name, string Link)? Link { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostActiveAsync(bool active, CancellationToken cancel) => ChangeAsync(who => people.SetActiveAsync(Worker, Handle, active, who, cancel), active ? "enabled" : "disabled", cancel);

    public Task<IActionResult> OnPostRoleAsync(CancellationToken cancel) => ChangeAsync(who => people.ChangeRoleAsync(Worker, Handle, Role ?? "", Title, who, cancel), "role", cancel);

    public Task<IActionResult> OnPostSignOutAsync(CancellationToken cancel) => ChangeAsync(who => people.SignOutAsync(Worker, Handle, who, cancel), "signed-out", cancel);

    public async Task<IActionResult> OnPostLinkAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var made = await invitations.AgainAsync(Worker, Handle, How ?? "", Who(Purpose.Assurance), cancel);
        if (made.Done) Link = (Shown.Name, $"{Request.Scheme}://{Request.Host}/staff/invitation/{made.Value}");
        else Refuse(made.Refusal, made.Refusal.Field == "how" ? nameof(How) : null);
        return Page();
    }

    private async Task<IActionResult> ChangeAsync(Func<AuditContext, Task<Result<Worker>>> change, string done, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var changed = await change(Who(Purpose.Assurance));
        if (changed.Done) return RedirectToPage(new { Handle, done });
        Refuse(changed.Refusal, changed.Refusal.Field switch { "role" => nameof(Role), "title" => nameof(Title), _ => null });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await people.OneAsync(Worker, Handle, cancel) is not { } found) return false;
        Shown = found;
        Sessions = [.. (await sessions.OfAsync(found.Id, cancel)).Where(s => s.IsOpen(Now))];
        Role ??= AnyDoor.Organisations.Staff.Word(found.Role.ToString());
        if (Request.Method == HttpMethods.Get) Title = found.Title;
        return true;
    }
}
