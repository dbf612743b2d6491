using System.Text;
using AnyDoor.Rights;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.SubjectRequests;

/// <summary>The copy as they read it, to print or to save for a computer: the draft while it is open, and what was given once it was.</summary>
public sealed class CopyModel(SubjectDesk desk) : SubjectPage(desk)
{
    public CopyPack Pack { get; private set; } = null!;
    public bool IsDraft => Subject.Request.IsOpen;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ReadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetFileAsync(CancellationToken cancel) =>
        await ReadAsync(cancel) && !IsDraft ? File(Encoding.UTF8.GetBytes(Pack.ToJson()), "application/json", $"copy-{Ref}.json") : NotFound();

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || Subject.Request.Kind != SubjectKind.Access) return false;
        var pack = Subject.Request.IsOpen ? Subject.Items.Count > 0 ? SubjectDesk.Compose(Subject, Today) : null : await Desk.ReleasedAsync(Worker, Ref, Now, cancel);
        if (pack is null) return false;
        Pack = pack;
        return true;
    }
}
