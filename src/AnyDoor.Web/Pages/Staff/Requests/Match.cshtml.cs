using AnyDoor.Audit;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>Two records side by side. Nothing is joined unless a worker says so and how they know.</summary>
public sealed class MatchModel(HubSittings sittings, SettingsDesk settings, HouseholdReader households) : RequestPage(sittings, settings)
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public string? Answer { get; set; }
    [BindProperty] public string? How { get; set; }
    [BindProperty] public bool OtherName { get; set; }
    [BindProperty] public bool OtherBorn { get; set; }
    /// <summary>The homes are one as well.</summary>
    [BindProperty] public bool Homes { get; set; }
    public MatchComparison Pair { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        Answer = "not-sure";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("answer-match") || !await LoadAsync(cancel)) return NotFound();
        var answer = Answer switch { "same" => MatchAnswer.Same, "not-same" => MatchAnswer.NotSame, "not-sure" => MatchAnswer.NotSure, _ => MatchAnswer.Open };
        var done = await households.AnswerMatchAsync(Reading("possible-match"), Id, answer, How, new JoinChoices(OtherName, OtherBorn, Homes), cancel);
        if (done is { Done: true, Value: true }) return LocalRedirect(Back);
        if (done.Done) return NotFound();
        Refuse(done.Refusal, done.Refusal.Field switch { "how" => nameof(How), "answer" => nameof(Answer), "homes" => nameof(Homes), _ => "" });
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("possible-match", Purpose.RespondToRequest, cancel)) return false;
        if (await households.CompareAsync(Reading("possible-match"), Id, cancel) is not { } pair) return false;
        // Only the matches of this very household.
        if (!Sitting.Household.HouseholdIds.Contains(pair.HouseholdId) && !Sitting.Household.HouseholdIds.Contains(pair.OtherHouseholdId)) return false;
        Pair = pair;
        return true;
    }
}
