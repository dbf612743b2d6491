using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Ties;

/// <summary>Whom a worker knows, by a record's mark alone: their own; for the information lead everybody's, to end what is over.</summary>
public sealed class IndexModel(TieDesk desk) : StaffPage
{
    protected override string? Area => "ties";

    public IReadOnlyList<TieLine> Lines { get; private set; } = [];
    public bool SeesAll => May("end-tie");

    public async Task OnGetAsync(CancellationToken cancel) => Lines = SeesAll ? await desk.AllAsync(cancel) : await desk.OfAsync(Worker.WorkerId, cancel);

    public async Task<IActionResult> OnPostEndAsync(Guid tie, CancellationToken cancel)
    {
        if (!SeesAll) return NotFound();
        var done = await desk.EndAsync(Who(Purpose.Assurance), tie, cancel);
        if (done is { Done: true, Value: true }) return LocalRedirect("/staff/ties");
        if (done.Done) return NotFound();
        Refuse(done.Refusal);
        await OnGetAsync(cancel);
        return Page();
    }
}
