using AnyDoor.Audit;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Systems;

/// <summary>A key for a system. Its text is on the answer to this form and nowhere else, ever.</summary>
[ResponseCache(NoStore = true)]
public sealed class NewKeyModel(ApiKeys keys, AnyDoor.Organisations.Staff staff) : SystemsPage
{
    [BindProperty] public string? Label { get; set; }
    [BindProperty] public string? For { get; set; }
    [BindProperty] public List<string> Scopes { get; set; } = [];
    [BindProperty] public string? Days { get; set; } = Limits.Current.Keys.Days.ToString(System.Globalization.CultureInfo.InvariantCulture);
    public IReadOnlyList<WorkerChoice> Workers { get; private set; } = [];
    public IEnumerable<string> AllScopes => Workers.SelectMany(w => ApiKeys.ScopesOf(w.Role)).Distinct();
    public KeyMade? Made { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!MayChange) return NotFound();
        await LoadAsync(cancel);
        For = Workers.Any(w => w.Handle == Worker.Handle) ? Worker.Handle : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayChange) return NotFound();
        await LoadAsync(cancel);
        if (string.IsNullOrWhiteSpace(Label)) ModelState.AddModelError(nameof(Label), "Name the system, so that everybody knows which key is whose.");
        if (Workers.FirstOrDefault(w => w.Handle == For) is not { } chosen) ModelState.AddModelError(nameof(For), "Choose whom it acts for.");
        else if (Scopes.Count == 0) ModelState.AddModelError(nameof(Scopes), "Choose at least one thing that it may do.");
        else if (Scopes.Except(ApiKeys.ScopesOf(chosen.Role)).Any()) ModelState.AddModelError(nameof(Scopes), $"A key of {chosen.Name} may do: {string.Join("; ", ApiKeys.ScopesOf(chosen.Role).Select(Scope))}.");
        if (!int.TryParse(Days, out var days)) ModelState.AddModelError(nameof(Days), $"Write how many days it works, 1 to {Limits.Current.Keys.MostDays}.");
        if (!ModelState.IsValid) return Page();
        var made = await keys.CreateAsync(For!, new NewKey(Label, Scopes, days), Who(Purpose.Assurance), Whose, cancel);
        if (made.Done) Made = made.Value;
        else Refuse(made.Refusal, made.Refusal.Field switch { "label" => nameof(Label), "days" => nameof(Days), "scopes" => nameof(Scopes), "worker" => nameof(For), _ => null });
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel) => Workers = await staff.ForKeysAsync(Whose, cancel);
}
