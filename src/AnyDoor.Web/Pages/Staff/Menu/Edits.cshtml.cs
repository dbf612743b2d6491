using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>Changes of entries: those that wait to be looked at, and what came of others. Partners see their own organisation's.</summary>
public sealed class EditsModel(ServiceEdits edits) : StaffPage
{
    protected override string? Area => "menu";

    public IReadOnlyList<EditShown> All { get; private set; } = [];
    public bool Keeps => May("keep-menu");

    public static string StateWords(EditState state) => state switch { EditState.Waiting => "Waits", EditState.Approved => "Approved", EditState.SentBack => "Sent back", _ => "Another took its place" };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!Keeps && !May("edit-own-services")) return NotFound();
        All = await edits.ListAsync(Keeps ? null : Worker.OrganisationId, cancel);
        return Page();
    }
}
