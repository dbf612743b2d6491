using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Gaps;

/// <summary>How the menu's order is bent for a place, by whom and on what evidence; tried on everyday statements before it is set, and undone by one button (R-MEN-03).</summary>
public sealed class WeightsModel(MenuWeights weights, MenuDirectory directory) : StaffPage
{
    protected override string? Area => "places";

    [BindProperty] public string? Place { get; set; }
    [BindProperty] public string? NeedId { get; set; }
    [BindProperty] public WeightFor For { get; set; }
    [BindProperty] public int Points { get; set; } = 10;
    [BindProperty] public string? Evidence { get; set; }
    [BindProperty] public DateAnswer Until { get; set; } = new();

    public IReadOnlyList<MenuWeight> Weights { get; private set; } = [];
    public IReadOnlyList<WeightTried>? Tried { get; private set; }
    public bool Bends => May("bend-menu");

    public static string ForWords(WeightFor who) => who switch { WeightFor.Families => "Help for families", WeightFor.Older => "Help for older people", _ => "All help for it" };

    public static string PointsWords(int points) => WeightBook.Current.Steps.FirstOrDefault(s => s.Points == points)?.Words ?? $"{points:+0;-0} points";

    public async Task OnGetAsync(CancellationToken cancel) => Weights = await weights.ListAsync(cancel);

    public Task<IActionResult> OnPostTryAsync(CancellationToken cancel) => DoAsync(async ask =>
    {
        var tried = MenuWeights.Try(await directory.RefreshAsync(cancel), Who(Purpose.StatisticsAndPlanning), ask);
        Tried = tried.Value;
        return tried.Refusal;
    }, stay: true, cancel);

    public Task<IActionResult> OnPostSetAsync(CancellationToken cancel) => DoAsync(async ask => (await weights.SetAsync(Who(Purpose.StatisticsAndPlanning), ask, cancel)).Refusal, stay: false, cancel);

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken cancel) =>
        Bends && (await weights.UndoAsync(Who(Purpose.StatisticsAndPlanning), id, cancel)).Done ? LocalRedirect("/staff/weights") : NotFound();

    private async Task<IActionResult> DoAsync(Func<WeightAsk, Task<Common.Refusal?>> work, bool stay, CancellationToken cancel)
    {
        if (!Bends) return NotFound();
        var day = Until.Read(out var until);
        var refusal = day > DateProblem.Empty ? new Common.Refusal("until", "Write the day like 14 10 2027, or leave it empty.", "until") : await work(new WeightAsk(GapPlace.Find(Place), NeedId, For, Points, Evidence, until == default ? null : until));
        if (refusal is null && !stay) return LocalRedirect("/staff/weights");
        if (refusal is not null) Refuse(refusal, refusal.Field switch { "place" => nameof(Place), "need" => nameof(NeedId), "points" => nameof(Points), "until" => nameof(Until), _ => nameof(Evidence) });
        Weights = await weights.ListAsync(cancel);
        return Page();
    }
}
