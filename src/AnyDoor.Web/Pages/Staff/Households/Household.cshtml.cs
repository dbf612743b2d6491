using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Households;

/// <summary>A household with its members on a day, its requests, and what happened.</summary>
public sealed class HouseholdModel(HubSittings sittings, HouseholdReader households) : StaffPage
{
    protected override string? Area => "households";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? On { get; set; }
    /// <summary>Null: a reason to open it is asked for.</summary>
    public HouseholdFile? Record { get; private set; }
    [BindProperty] public string? Reason { get; set; }
    public IReadOnlyList<StandingJoin> Joins { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await sittings.HouseholdAsync(Reading("household"), Id, On, cancel) is not { } file) return NotFound();
        Record = file;
        if (file.Household.HasJoins && May("answer-match")) Joins = await households.JoinsAsync(Reading("household"), file.Household, cancel);
        return Page();
    }

    /// <summary>Opens it for half an hour on a stated reason, which goes to review. Where this role may not, it is not there.</summary>
    public async Task<IActionResult> OnPostReasonAsync(CancellationToken cancel)
    {
        var opened = await households.StatedReasonAsync(Reading("household"), Id, Reason ?? "", cancel);
        // Said before anything is looked up, so it tells nothing of what is there.
        if (!opened.Done && opened.Refusal.Field == "reason") { Refuse(opened.Refusal, nameof(Reason)); return Page(); }
        return opened is { Done: true, Value: true } ? LocalRedirect($"/staff/households/{Id}") : NotFound();
    }

    public static string Sentence(string kind) => kind switch
    {
        "request.received" => "Asked for help", "request.claimed" => "Taken up", "request.released" => "Let go of", "request.contact" => "Contact recorded", "request.next-contact" => "Next contact set",
        "request.helped" => "Ended: helped", "request.declined" => "Ended: they said no", "request.not-reached" => "Ended: not reached", "conversation.saved" => "Answers saved", "conversation.need-confirmed" => "Need added",
        "conversation.need-removed" => "Need taken off", "award.made" => "Award made", "award.imported" => "Award taken over from a file", "award.redeemed" => "Award used", "award.cancelled" => "Award cancelled", "award.expired" => "Award ran out",
        "handover.sent" => "Passed to an organisation", "handover.accepted" => "The organisation accepted", "handover.declined" => "The organisation said no", "handover.came-back" => "Back: nobody answered in time",
        "handover.first-contact" => "The organisation was in touch", "handover.helped" => "The organisation helped", "match.joined" => "Joined with another record", "match.undone" => "Join taken back", "look.reason-stated" => "Opened on a stated reason",
        "home.changed" => "Where they live changed", "safe-contact.changed" => "How to reach them changed", "permission.given" => "Permission given", "permission.refused" => "They said no to sharing", "permission.withdrawn" => "Permission withdrawn", "offer.added" => "Added to what is agreed",
        "offer.declined" => "They said no to a line of the offer", "offer.choice-undone" => "Put back into the offer", "handover.taken-back" => "Taken back from an organisation", "episode.closed" => "This crisis is over", "episode.over" => "The days of this crisis ran out",
        "request.language" => "Language written down", "caller.known" => "Rang, and was known", "message.queued" => "Message written", "message.withheld" => "Message held back for safety", _ => AnyDoor.Web.Staff.Say.Upper(kind.Replace('.', ' ').Replace('-', ' ')),
    };
}
