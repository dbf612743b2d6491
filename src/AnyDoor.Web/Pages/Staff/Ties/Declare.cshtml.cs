using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Ties;

/// <summary>"I know them." The page and its answer are the same whether there is such a household or not.</summary>
public sealed class DeclareModel(TieDesk desk) : StaffPage
{
    protected override string? Area => "ties";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public TieKind? How { get; set; }
    [BindProperty] public string? Words { get; set; }

    public IActionResult OnGet() => May("declare-tie") ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var done = await desk.DeclareAsync(Reading("tie", Purpose.Assurance), Id, How, Words, cancel);
        if (done is { Done: true, Value: true }) return LocalRedirect("/staff/ties");
        if (done.Done) return NotFound();
        ModelState.Clear();
        Refuse(done.Refusal, done.Refusal.Field == "kind" ? nameof(How) : nameof(Words));
        return Page();
    }
}
