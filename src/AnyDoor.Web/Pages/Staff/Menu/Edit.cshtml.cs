using AnyDoor.Audit;
using AnyDoor.PlaceTeams;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>An entry changed by those who run it, or who keep the menu. It is looked at by another person before anybody sees it; with mistakes, everything typed comes back.</summary>
public sealed class EditModel(MenuDirectory directory, ServiceEdits edits, ParishDesk parish) : StaffPage
{
    protected override string? Area => "menu";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    /// <summary>By field.</summary>
    [BindProperty] public Dictionary<string, string?> Value { get; set; } = [];

    public Service Entry { get; private set; } = null!;
    public IReadOnlyList<(string Title, IReadOnlyList<EntryField> Fields)> Parts { get; private set; } = [];
    private IEnumerable<EntryField> Fields => Parts.SelectMany(p => p.Fields);
    /// <summary>Their own last one that waits or was sent back.</summary>
    public EditShown? Own { get; private set; }
    /// <summary>The entry changed while they wrote: what it says now stands beside what they typed.</summary>
    public bool ShowsNow { get; private set; }

    public string Text(EntryField field) => Value.GetValueOrDefault(field.Id) ?? "";
    public bool Has(EntryField field, string value) => Text(field).Split(',').Contains(value);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var typed = Own is { Edit.State: EditState.SentBack } back ? ServiceEdits.TypedIn(back.Edit) : null;
        foreach (var field in Fields) Value[field.Id] = typed?.GetValueOrDefault(field.Id) ?? field.Read(Entry);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        // Ticks come one by one, and none where all were taken out.
        foreach (var field in Fields.Where(f => f.Many && Request.Form.ContainsKey("Version"))) Value[field.Id] = string.Join(',', Request.Form[$"Value[{field.Id}]"].OfType<string>());
        var now = Version;
        var area = ParishDesk.IsBound(Worker.Role) ? await parish.AreaAsync(Worker, cancel) : null;
        var sent = await edits.ProposeAsync(Who(Purpose.StatisticsAndPlanning), Worker, Id, Version, Value.ToDictionary(v => v.Key, v => v.Value ?? ""), cancel, area is null ? null : entry => parish.Outside(entry, area));
        if (sent.Id is { } id) return LocalRedirect($"/staff/menu/edits/{id}");
        foreach (var (field, why) in sent.Problems) ModelState.AddModelError(field.Length == 0 ? "" : $"Value[{field}]", why);
        Version = await edits.VersionAsync(Entry.Id, cancel);
        ShowsNow = Version != now;
        // The form goes on from what the entry says now, with what was typed still in it.
        ModelState.Remove(nameof(Version));
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if ((await directory.RefreshAsync(cancel)).Find(Id) is not { } service || !ServiceEdits.MayPropose(service, Worker)) return false;
        (Entry, Parts) = (service, EntryFields.Parts(service));
        if (HttpMethods.IsGet(Request.Method)) Version = await edits.VersionAsync(service.Id, cancel);
        Own = await edits.OwnAsync(service.Id, Worker.WorkerId, cancel);
        return true;
    }
}
