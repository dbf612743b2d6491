using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Parish;

/// <summary>A new entry for a clerk's parish. It is looked at by another person before anybody sees it; with mistakes, everything typed comes back.</summary>
public sealed class NewModel(ParishDesk desk, ServiceEdits edits) : StaffPage
{
    protected override string? Area => "parish";

    /// <summary>An earlier one of theirs that this takes the place of.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Again { get; set; }
    /// <summary>By field.</summary>
    [BindProperty] public Dictionary<string, string?> Value { get; set; } = [];

    public ParishArea Parish { get; private set; } = new([]);
    public EditShown? Earlier { get; private set; }
    public IReadOnlyList<(string Title, IReadOnlyList<EntryField> Fields)> Parts => NewEntries.Parts;

    public string Text(EntryField field) => Value.GetValueOrDefault(field.Id) ?? "";
    public bool Has(EntryField field, string value) => Text(field).Split(',').Contains(value);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (!Parish.Any) return LocalRedirect("/staff/parish");
        var typed = Earlier is { } earlier ? ServiceEdits.TypedIn(earlier.Edit) : null;
        var blank = NewEntries.Blank("", "");
        foreach (var field in Parts.SelectMany(p => p.Fields)) Value[field.Id] = typed?.GetValueOrDefault(field.Id) ?? (field.Id == "given" ? "Place" : field.Read(blank));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (!Parish.Any) return LocalRedirect("/staff/parish");
        // Ticks come one by one, and none where all were taken out.
        foreach (var field in Parts.SelectMany(p => p.Fields).Where(f => f.Many)) Value[field.Id] = string.Join(',', Request.Form[$"Value[{field.Id}]"].OfType<string>());
        var sent = await desk.PostAsync(Who(Purpose.StatisticsAndPlanning), Worker, Value.ToDictionary(v => v.Key, v => v.Value ?? ""), Again, cancel);
        if (sent.Id is { } id) return LocalRedirect($"/staff/menu/edits/{id}");
        foreach (var (field, why) in sent.Problems) ModelState.AddModelError(field.Length == 0 || field == "areas" ? "" : $"Value[{field}]", why);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        Parish = await desk.AreaAsync(Worker, cancel);
        if (Again is not { } id) return true;
        Earlier = await edits.FindAsync(id, cancel);
        return Earlier is { IsProposal: true, Edit: { State: EditState.Waiting or EditState.SentBack } edit } && edit.ProposedBy == Worker.WorkerId;
    }
}
