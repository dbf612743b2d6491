using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Profiles;

/// <summary>Challenges, risks and opportunities that councillors put to officers, who answer within ten days.</summary>
public sealed class NotesModel(PlaceDesk desk, PlaceBook book, TimeProvider clock) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public string? Place { get; set; }
    [BindProperty] public string? Title { get; set; }
    [BindProperty] public string? Topic { get; set; }
    [BindProperty] public string? Words { get; set; }

    public IReadOnlyList<(PlaceWork Note, string Place)> Lines { get; private set; } = [];
    public IReadOnlyList<(string Code, string Name)> Places { get; private set; } = [];
    public bool Raises => May("note-to-officers");
    public DateOnly Today => clock.Today();

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Raises) return NotFound();
        await LoadAsync(cancel);
        if (string.IsNullOrEmpty(Place)) { ModelState.AddModelError(nameof(Place), "Choose the place it is about."); return Page(); }
        var done = await desk.OpenAsync(Who(Purpose.StatisticsAndPlanning), Place, WorkKind.MemberNote, Title, Topic, null, null, Words, cancel);
        if (done.Done) return LocalRedirect($"/staff/places/activities/{done.Value}");
        Refuse(done.Refusal, done.Refusal.Field switch { "title" => nameof(Title), "topic" => nameof(Topic), "words" => nameof(Words), _ => nameof(Place) });
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        var lines = new List<(PlaceWork, string)>();
        foreach (var note in await desk.WorkAsync(null, WorkKind.MemberNote, cancel)) lines.Add((note, (await desk.FindAsync(note.Place, null, cancel))?.Name ?? note.Place));
        Lines = lines;
        var named = Place is { Length: > 0 } asked && District.Find(asked) is null && await desk.FindAsync(asked, null, cancel) is { } own ? [(own.Code, own.Name)] : Array.Empty<(string, string)>();
        var areas = (await desk.AreasAsync(cancel)).Select(a => (a.Slug, a.Name)).Where(a => a.Slug != Place);
        Places = [.. named, .. District.All.Where(d => PlaceProfiles.Find(data, d.Code) is not null).Select(d => (d.Code, d.Name)), .. areas];
    }
}
