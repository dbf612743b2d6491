using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>Entries of the menu that are likely listed twice, the surest first.</summary>
public sealed class DuplicatesModel(MenuDuplicates duplicates) : StaffPage
{
    private const int OnAPage = 50;

    protected override string? Area => "menu";

    [BindProperty(SupportsGet = true, Name = "p")] public int Number { get; set; } = 1;

    public IReadOnlyList<DuplicateShown> Waiting { get; private set; } = [];
    public IReadOnlyList<MergeShown> Merged { get; private set; } = [];
    public int All { get; private set; }
    public int Held { get; private set; }
    public int Pages => Math.Max(1, (All + OnAPage - 1) / OnAPage);

    /// <summary>The feed's host or the file's name.</summary>
    public static string SourceWords(Service service) =>
        service.Source is not { } source ? "Written here" : Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host : source.Replace("file:", "", StringComparison.Ordinal);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("keep-menu")) return NotFound();
        var waiting = await duplicates.WaitingAsync(cancel);
        (All, Held, Number) = (waiting.Count, waiting.Count(w => w.Pair.Held), Math.Clamp(Number, 1, Math.Max(1, (waiting.Count + OnAPage - 1) / OnAPage)));
        Waiting = [.. waiting.Skip((Number - 1) * OnAPage).Take(OnAPage)];
        if (Number == 1) Merged = await duplicates.MergedAsync(cancel);
        return Page();
    }
}
