using AnyDoor.Rights;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.SubjectRequests;

/// <summary>Every look at one person's records, in plain words, to print and give to them.</summary>
public sealed class LooksModel(SubjectDesk desk) : SubjectPage(desk)
{
    public FullLooks List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel) || !Subject.Request.IsOpen) return NotFound();
        List = await Desk.LooksAsync(Subject, cancel);
        return Page();
    }
}
