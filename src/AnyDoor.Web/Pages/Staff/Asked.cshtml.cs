using AnyDoor.Audit;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>What a worker is asked about looks of their own. They answer in a sentence, which stands beside the look in the review.</summary>
public sealed class AskedModel(InformationDesk desk) : StaffPage
{
    protected override string? Area => null;

    [BindProperty] public Guid Look { get; set; }

    public IReadOnlyList<LookAskedAbout> Asked { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Asked = await desk.AskedAsync(Worker.WorkerId, cancel);

    public async Task<IActionResult> OnPostReplyAsync(CancellationToken cancel)
    {
        var done = await desk.ReplyAsync(Who(Purpose.Assurance), Look, Said(Look), cancel);
        if (done is { Done: true, Value: false }) return NotFound();
        if (done.Done) return LocalRedirect("/staff/asked");
        Refuse(done.Refusal, done.Refusal.Field is null ? null : Field(Look));
        await OnGetAsync(cancel);
        return Page();
    }

    /// <summary>Each question has a field of its own name, so that what is wrong is said beside it.</summary>
    public static string Field(Guid look) => $"words-{look:N}";

    public string? Said(Guid look) => Request.HasFormContentType ? Request.Form[Field(look)].ToString() : null;
}
