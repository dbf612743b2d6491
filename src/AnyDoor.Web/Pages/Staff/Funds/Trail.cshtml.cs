using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Funds;

/// <summary>One award: by which rule, why, and every move of its money. By reference; no names.</summary>
public sealed class TrailModel(FundReports reports, AwardDesk desk) : StaffPage
{
    protected override string? Area => "funds";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    public AwardTrail Trail { get; private set; } = null!;
    public bool MayRedeem => May("mark-redeemed") && Trail.Award.Status == AwardStatus.Issued;
    public bool MayCancel => May("cancel-award") && Trail.Award.Status is AwardStatus.Issued or AwardStatus.Committed;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRedeemAsync(CancellationToken cancel) =>
        !May("mark-redeemed") ? NotFound() : await MoveAsync(await desk.RedeemAsync(Who(Purpose.AwardAndPay), Id, cancel), cancel);

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel) =>
        !May("cancel-award") ? NotFound() : await MoveAsync(await desk.CancelAsync(Who(Purpose.AwardAndPay), Id, cancel), cancel);

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
}
