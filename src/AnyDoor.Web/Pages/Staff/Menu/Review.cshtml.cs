using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>One change of an entry, field by field, before and after: approved, or sent back with a reason, by somebody who did not send it.</summary>
public sealed class ReviewModel(ServiceEdits edits, MenuDuplicates duplicates) : StaffPage
{
    protected override string? Area => "menu";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public EditShown Shown { get; private set; } = null!;
    public bool IsOwn => Shown.Edit.ProposedBy == Worker.WorkerId;
    public bool Decides => May("keep-menu") && !IsOwn && Shown.Edit.State == EditState.Waiting;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        Version = Shown.Edit.Version;
        return Page();
    }

    public Task<IActionResult> OnPostApproveAsync(CancellationToken cancel) => DecideAsync(async () =>
    {
        var done = await edits.ApproveAsync(Who(Purpose.StatisticsAndPlanning), Id, Version, cancel);
        // A new one may be on the menu already, in other words.
        if (done.Done && Shown.Edit.IsNew) await duplicates.FindAsync(Who(Purpose.StatisticsAndPlanning), new Dictionary<string, bool> { [Shown.Edit.ServiceId] = true }, cancel);
        return done;
    }, cancel);

    public Task<IActionResult> OnPostBackAsync(CancellationToken cancel) => DecideAsync(() => edits.SendBackAsync(Who(Purpose.StatisticsAndPlanning), Id, Version, Reason, cancel), cancel);

    private async Task<IActionResult> DecideAsync(Func<Task<Result<Nothing>>> decide, CancellationToken cancel)
    {
        if (!May("keep-menu") || !await LoadAsync(cancel)) return NotFound();
        var done = await decide();
        if (done.Done) return LocalRedirect("/staff/menu/edits");
        Refuse(done.Refusal, done.Refusal.Field == "reason" ? nameof(Reason) : "");
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await edits.FindAsync(Id, cancel) is not { } shown || !(May("keep-menu") || (May("edit-own-services") && shown.Edit.OrganisationId == Worker.OrganisationId))) return false;
        Shown = shown;
        return true;
    }
}
