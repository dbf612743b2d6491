using AnyDoor.Audit;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Systems;

/// <summary>One key: what it may do, when it was used, a new one in its place, or its end.</summary>
[ResponseCache(NoStore = true)]
public sealed class KeyModel(ApiKeys keys) : SystemsPage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? Overlap { get; set; } = Limits.Current.Keys.OverlapDays.ToString(System.Globalization.CultureInfo.InvariantCulture);
    public KeyShown Key { get; private set; } = null!;
    public KeyMade? Made { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRenewAsync(CancellationToken cancel)
    {
        if (!MayChange || !await LoadAsync(cancel)) return NotFound();
        if (!int.TryParse(Overlap, out var days))
        {
            ModelState.AddModelError(nameof(Overlap), $"Write for how many days the old key works on, 0 to {Limits.Current.Keys.MostOverlapDays}.");
            return Page();
        }
        var made = await keys.RotateAsync(Id, days, Who(Purpose.Assurance), Whose, cancel);
        if (made.Done) Made = made.Value;
        else Refuse(made.Refusal, made.Refusal.Field == "overlap" ? nameof(Overlap) : null);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(CancellationToken cancel)
    {
        if (!MayChange || !await LoadAsync(cancel)) return NotFound();
        return (await keys.RevokeAsync(Id, Who(Purpose.Assurance), Whose, cancel)).Done ? LocalRedirect("/staff/systems") : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if ((await keys.ListAsync(cancel, Whose)).FirstOrDefault(k => k.Id == Id) is not { } found) return false;
        Key = found;
        return true;
    }
}
