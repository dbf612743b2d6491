using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Layout;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>Somebody does not agree with what was decided, and asks for a second look on the page that their own code opened. Whoever asked for somebody else has no such page.</summary>
[ResponseCache(NoStore = true)]
public sealed class ReviewModel(ResidentVisit visit, RequestStatusDesk status, ReviewDesk desk, Texts texts, PageChrome chrome) : PageModel
{
    /// <summary>They do not agree that they were given nothing, or nothing else.</summary>
    public const string Nothing = "nothing";

    [BindProperty] public string? About { get; set; }
    [BindProperty] public string? Why { get; set; }
    /// <summary>They have just sent it.</summary>
    [TempData] public bool Sent { get; set; }

    public RequestStatusView Status { get; private set; } = null!;
    public IReadOnlyList<ReviewTold> Own { get; private set; } = [];

    /// <summary>What was given and nobody has looked at again.</summary>
    public IEnumerable<StatusAward> Left => Status.Awards.Where(a => !Own.Any(o => o.Award is { } about && Reference.Show(about) == a.Reference));
    public bool NothingLeft => !Own.Any(o => o.Award is null);
    public bool MayAsk => NothingLeft || Left.Any();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await ReadAsync(cancel) is null ? Redirect("/request/where") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await ReadAsync(cancel) is not { } id) return Redirect("/request/where");
        if (string.IsNullOrEmpty(About))
        {
            ModelState.AddModelError(nameof(About), texts.Plain("review.about.missing"));
            if (string.IsNullOrWhiteSpace(Why)) ModelState.AddModelError(nameof(Why), texts.Plain("review.why.missing"));
            return Page();
        }
        var asked = await desk.AskOwnAsync(visit.Who, id, About == Nothing ? null : About, Why, cancel);
        Sent = asked.Done;
        if (asked.Done) return Redirect("/request/review");
        switch (asked.Refusal.Code)
        {
            case ReviewDesk.TooShort: ModelState.AddModelError(nameof(Why), texts.Plain("review.why.missing")); break;
            case ReviewDesk.TooLong: ModelState.AddModelError(nameof(Why), texts.Plain("review.why.long")); break;
            case ReviewDesk.NamesSomebody or "hidden-home": ModelState.AddModelError(nameof(Why), texts.Plain("review.why.named", ("phone", chrome.HubNumber))); break;
            case ReviewDesk.NoAward: ModelState.AddModelError(nameof(About), texts.Plain("review.about.missing")); break;
            // Sent twice, or from a page that was open before: what stands is shown.
            case ReviewDesk.AskedAlready or ReviewDesk.AnsweredAlready: return Redirect("/request/review");
            default: return Redirect("/request/where");
        }
        return Page();
    }

    /// <summary>What it was about, as the page of the request calls it.</summary>
    public string What(ReviewTold look) => Status.Awards.FirstOrDefault(a => look.Award is { } about && Reference.Show(about) == a.Reference) is { } award ? $"{award.Name}, {award.Amount}"
        : texts.Plain(Status.Awards.Count == 0 ? "review.nothing" : "review.nothing-else");

    private async Task<Guid?> ReadAsync(CancellationToken cancel)
    {
        if (await visit.SittingAsync(cancel) is not { RequestId: { } id, OfAsker: false } || await status.ReadAsync(id, visit.Now, cancel) is not { MayBeReviewed: true } found) return null;
        (Status, Own) = (found, await desk.OwnAsync(id, cancel));
        return id;
    }
}
