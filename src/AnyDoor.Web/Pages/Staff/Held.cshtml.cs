using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>Forms that a rule marked: a person puts each into the queue, or aside. Who may see the people of the queue sees what they wrote; an administrator sees which rule and when.</summary>
public sealed class HeldModel(HeldForms held, HouseholdReader households) : StaffPage
{
    protected override string? Area => "held";

    public IReadOnlyList<HeldForm> Forms { get; private set; } = [];
    public IReadOnlyList<HeldForm> Aside { get; private set; } = [];
    public IReadOnlyDictionary<(Guid Household, Guid Person), HouseholdRow> People { get; private set; } = new Dictionary<(Guid, Guid), HouseholdRow>();
    [BindProperty(SupportsGet = true)] public int? Done { get; set; }
    [BindProperty] public List<Guid> Chosen { get; set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public Task<IActionResult> OnPostReleaseAsync(CancellationToken cancel) => DecideAsync(held.ReleaseAsync, cancel);

    public Task<IActionResult> OnPostAsideAsync(CancellationToken cancel) => DecideAsync(held.SetAsideAsync, cancel);

    private async Task<IActionResult> DecideAsync(Func<Audit.AuditContext, IReadOnlyCollection<Guid>, CancellationToken, Task<Common.Result<int>>> decide, CancellationToken cancel)
    {
        if (!May("sort-held")) return NotFound();
        var done = await decide(Who(), Chosen, cancel);
        if (done.Done) return LocalRedirect($"/staff/held?done={done.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        Refuse(done.Refusal);
        await LoadAsync(cancel);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Forms = await held.ListAsync(cancel);
        Aside = await held.SetAsideAsync(Now, cancel);
        if (RoleTable.Default.MayOpen(Worker.Role, "queue"))
            People = await households.ListAsync(Reading("held-forms"), [.. Forms.Concat(Aside).Select(f => (f.HouseholdId, f.ApplicantId))], cancel);
    }

    public HouseholdRow? Person(HeldForm form) => People.GetValueOrDefault((form.HouseholdId, form.ApplicantId));
}
