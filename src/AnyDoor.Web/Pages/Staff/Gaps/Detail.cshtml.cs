using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Reporting;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Gaps;

/// <summary>One gap: what it rests on, whose it is, what was done. The requests behind it are listed, through the gate, for who works in the queue; others see counts.</summary>
public sealed class DetailModel(GapDesk desk, BehindGaps behind, MenuDirectory menu) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty] public string? Owner { get; set; }
    [BindProperty] public GapStatus To { get; set; }
    [BindProperty] public string? Words { get; set; }
    [BindProperty] public string? Service { get; set; }

    public GapView View { get; private set; } = null!;
    /// <summary>Null: this role sees counts.</summary>
    public IReadOnlyList<FigureRequest>? Requests { get; private set; }
    public bool Keeps => May("keep-places");

    public string Shown(int count) => BehindGaps.Say(count, Worker.Role);
    public Service? ServiceOf(string? id) => id is null ? null : menu.Index.Find(id);

    public static string DoorWords(string door) => door switch { "web-form" => "on the menu’s own page", "doorstep" => "at the doorstep", "phone-county-hub" => "at the hub", _ => $"at {door}" };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        (Version, Owner) = (View.Gap.Version, View.Gap.Owner);
        return Page();
    }

    public Task<IActionResult> OnPostOwnerAsync(CancellationToken cancel) => DoAsync(who => desk.TakeOnAsync(who, Id, Version, Owner, cancel), cancel);

    public Task<IActionResult> OnPostMoveAsync(CancellationToken cancel) => DoAsync(who => desk.MoveAsync(who, Id, Version, To, Words, Service, cancel), cancel);

    private async Task<IActionResult> DoAsync(Func<AuditContext, Task<Result<Nothing>>> work, CancellationToken cancel)
    {
        if (!Keeps) return NotFound();
        var done = await work(Who(Purpose.StatisticsAndPlanning));
        if (done.Done) return LocalRedirect($"/staff/gaps/{Id}");
        if (!await LoadAsync(cancel)) return NotFound();
        Refuse(done.Refusal, done.Refusal.Field switch { "owner" => nameof(Owner), "words" => nameof(Words), "service" => nameof(Service), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await desk.ViewAsync(Id, cancel) is not { } view) return false;
        View = view;
        Requests = await behind.OpenAsync(Reading("gap", Purpose.StatisticsAndPlanning), view.Demand, cancel);
        return true;
    }
}
