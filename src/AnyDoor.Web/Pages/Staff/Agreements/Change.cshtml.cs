using AnyDoor.Common;
using AnyDoor.Sharing;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Agreements;

/// <summary>The draft of an agreement; where there is none, a new version that starts from what stands.</summary>
public sealed class ChangeModel(AnyDoor.Sharing.Agreements agreements) : AgreementForm(agreements)
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    public override string Back => $"/staff/agreements/{Id}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await Register.FindAsync(Id, LondonTime.DayOf(Now), cancel) is not { } file) return NotFound();
        await LoadAsync(cancel);
        var draft = file.Versions.FirstOrDefault(v => v.State == AgreementState.Draft);
        Show((draft ?? file.Line.Version).Terms);
        Edit = draft?.Edit;
        return Page();
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => SaveAsync(Id, cancel);
}
