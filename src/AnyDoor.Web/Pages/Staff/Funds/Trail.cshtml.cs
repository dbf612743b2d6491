using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Pages.Staff.Funds;

/// <summary>One award: by which rule, why, and every move of its money. By reference; a name only while it is opened to reconcile or drawn as a sample.</summary>
public sealed class TrailModel(FundReports reports, AwardDesk desk, SampleDesk samples, SchemeBook book, Database database) : StaffPage
{
    protected override string? Area => "funds";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty] public string? Line { get; set; }
    public AwardTrail Trail { get; private set; } = null!;
    /// <summary>Null: no ground of this worker's opens it.</summary>
    public string? Name { get; private set; }
    public bool MayReconcile => May("reconcile-award");
    public string SchemeName { get; private set; } = "";
    public string TypeName { get; private set; } = "";
    public string DoorName { get; private set; } = "";
    /// <summary>The worker and their organisation; empty: taken over with a file.</summary>
    public string DecidedBy { get; private set; } = "";
    public bool MayRedeem => May("mark-redeemed") && Trail.Award.Status == AwardStatus.Issued;
    public bool MayCancel => May("cancel-award") && Trail.Award.Status is AwardStatus.Issued or AwardStatus.Committed;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRedeemAsync(CancellationToken cancel) =>
        !May("mark-redeemed") ? NotFound() : await MoveAsync(await desk.RedeemAsync(Who(Purpose.AwardAndPay), Id, cancel), cancel);

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel) =>
        !May("cancel-award") ? NotFound() : await MoveAsync(await desk.CancelAsync(Who(Purpose.AwardAndPay), Id, cancel), cancel);

    public async Task<IActionResult> OnPostReconcileAsync(CancellationToken cancel)
    {
        if (!MayReconcile) return NotFound();
        var opened = await samples.ToReconcileAsync(Who(Purpose.Assurance), Worker, Id, Line, cancel);
        if (!await LoadAsync(cancel)) return NotFound();
        if (opened.Done) return LocalRedirect($"/staff/awards/{Id}#reconcile");
        Refuse(opened.Refusal, nameof(Line));
        return Page();
    }

    private async Task<IActionResult> MoveAsync(Result<Awarded> moved, CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (moved.Done) return LocalRedirect($"/staff/awards/{Id}");
        Refuse(moved.Refusal, "");
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await reports.TrailAsync(Id, cancel) is not { } trail) return false;
        Trail = trail;
        if (MayReconcile) Name = await samples.NameAsync(Reading("reconcile", Purpose.Assurance), Id, cancel);
        await using var db = database.Open();
        var scheme = (await book.FindAsync(db, trail.Award.SchemeId, cancel))!.Newest;
        (SchemeName, TypeName) = (scheme.Name, scheme.Type(trail.Award.AwardType)?.Label ?? Say.Upper(trail.Award.AwardType.Replace('-', ' ')));
        var (door, worker, organisation) = (trail.Award.Door, trail.WorkerId, trail.OrganisationId);
        DoorName = await db.Set<Door>().Where(d => d.Id == door).Select(d => d.Label).SingleOrDefaultAsync(cancel) ?? Say.Upper(door.Replace('-', ' '));
        DecidedBy = string.Join(", ", new[]
        {
            await db.Set<Worker>().Where(w => w.Id == worker).Select(w => w.Name).SingleOrDefaultAsync(cancel), await db.Set<Organisation>().Where(o => o.Id == organisation).Select(o => o.Name).SingleOrDefaultAsync(cancel),
        }.OfType<string>());
        return true;
    }

    public static string Words(MoveKind kind) => kind switch
    {
        MoveKind.Committed => "Promised",
        MoveKind.Redeemed => "Used",
        MoveKind.Expired => "Ran out",
        MoveKind.Reversed => "Taken back",
        _ => kind.ToString(),
    };

    /// <summary>Where the money stood, in words.</summary>
    public static string Words(AccountKind account) => account switch
    {
        AccountKind.Grantor => "The grant", AccountKind.Unallotted => "Not given to a scheme yet", AccountKind.Available => "Free to award", AccountKind.Committed => "Promised", AccountKind.Issued => "Out with people", AccountKind.Redeemed => "Used",
        AccountKind.Expired => "Ran out", AccountKind.Cancelled => "Cancelled", AccountKind.Withdrawn => "Withdrawn before it went out", _ => "Came back",
    };
}
