using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Offers;
using AnyDoor.Requests;
using AnyDoor.Vocabulary;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>A page about one request: opened through the gate, or not there.</summary>
public abstract class RequestPage(HubSittings sittings, SettingsDesk settings) : StaffPage
{
    protected override string? Area => "queue";
    protected SettingsDesk Settings { get; } = settings;

    [BindProperty(SupportsGet = true)] public string Ref { get; set; } = "";
    public HubSitting Sitting { get; private set; } = null!;
    public string HubNumber { get; private set; } = "";

    protected async Task<bool> LoadAsync(string page, Purpose purpose, CancellationToken cancel)
    {
        var now = await Settings.CurrentAsync(cancel);
        HubNumber = now.Partnership.Telephone ?? "the hub";
        var crisis = now.CrisisNumbers.Where(n => n.Number is not null).Select(n => new CrisisLine(n.Id, n.Number!, n.Whose ?? n.For)).ToList();
        var found = await sittings.OpenAsync(Reading(page, purpose), Ref, new HubLine(HubNumber, Hours(now.Hours)), crisis, cancel);
        if (found is null) return false;
        Sitting = found;
        return true;
    }

    /// <summary>What is agreed so far, from what is really there: awards made, who it is passed to.</summary>
    public IReadOnlyList<AgreedStep> Agreed =>
    [
        .. Sitting.Awards.Where(a => a.RequestId == Sitting.Request.Id && a.Status is AnyDoor.Funds.AwardStatus.Committed or AnyDoor.Funds.AwardStatus.Issued or AnyDoor.Funds.AwardStatus.Redeemed)
            .Select(a => new AgreedStep($"{a.Label}: {a.Amount} is yours{(a.ExpiresOn is { } last ? $", to use by {LondonTime.Day(last)}" : "")}. You do not have to pay it back.")),
        .. Sitting.Handovers.Where(h => h.IsGoingOn || h.State == Casework.HandoverState.Helped).Select(h => new AgreedStep(h.Whole ? $"{h.Organisation} will help with this." : $"{h.Organisation} will help with {NeedWords(h.Needs.Split(','))}.",
            Quiet: h.Needs.Split(',').Contains(OwnWords.NotSafeAtHome))),
        .. Sitting.Choices.Where(x => x.Wanted).Select(x => new AgreedStep(x.Detail is { Length: > 0 } detail ? $"{x.Title}: {detail.TrimEnd('.')}." : $"{x.Title} can help too.", x.Quiet)),
    ];

    public ReadBack ReadBack => ReadBack.Compose(Sitting.Applicant.PersonId, Sitting.Answers.Where(a => Words.Current.Fact(a.Fact)?.Type != "text" || !OwnWords.SpeakOfSafety(a.Value)), Agreed,
        Sitting.Request.NextOn is { } on ? new Conversations.NextContact(on, WayInWords(Sitting.Request.NextWay), Sitting.Request.NextTime) : null, HubNumber, Reference.Show(Sitting.Request.Reference));

    /// <summary>Needs by id, in plain words, within a sentence.</summary>
    public static string NeedWords(IEnumerable<string> needs) => FactPhrases.Join([.. needs.Select(n => Say.Lower(Words.Current.Need(n)?.Plain ?? n))]);

    public static string WayInWords(string? way) => way switch { "phone" => "phone", "text" => "text", "email" => "email", "letter" => "letter", "in-person" => "coming to see you", _ => "phone" };

    public bool MayAskReview => May("ask-review") && !Sitting.Request.PartFilled;

    /// <summary>A sent request has a code, which its own person may lose.</summary>
    public bool MayMakeCode => May("hold-conversation") && !Sitting.Request.PartFilled;

    public string Back => $"/staff/requests/{Sitting.Request.Reference}";

    private static string Hours(OpeningHours hours) => hours.Telephone is [{ Opens: { } opens, Closes: { } closes }, ..] ? $"{Clock(opens)} to {Clock(closes)}" : "in working hours";
    private static string Clock(TimeOnly time) => time.ToString(time.Minute == 0 ? "htt" : "h:mmtt", CultureInfo.GetCultureInfo("en-GB")).ToLowerInvariant();
}

/// <summary>One line of the offer, on the page it stands on.</summary>
public sealed record OfferLineModel(SittingModel Sitting, OfferLine Line);

/// <summary>The sitting: the household, the conversation and the live offer side by side, and all that follows from a call.</summary>
public sealed class SittingModel(HubSittings sittings, SettingsDesk settings, ConversationService conversations, RequestDesk desk, HandoverDesk handovers, OfferDesk choices, CrisisEpisodes crises, HouseholdReader households) : RequestPage(sittings, settings)
{
    [BindProperty(SupportsGet = true)] public string? Open { get; set; }
    public IReadOnlyList<Clash> Clashes { get; private set; } = [];
    public IReadOnlyList<MatchView> Matches { get; private set; } = [];
    public string? Told { get; private set; }
    /// <summary>What was typed and could not be kept, by field, so that it stays on the page.</summary>
    public Dictionary<string, string> Kept { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        return Page();
    }

    public async Task<IActionResult> OnGetOfferAsync(CancellationToken cancel) => await LoadAsync("sitting-offer", Purpose.RespondToRequest, cancel) ? Partial("Requests/_Offer", this) : NotFound();

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("sitting", Purpose.RespondToRequest, cancel)) return false;
        Matches = await households.MatchesAsync(Reading("possible-match"), Sitting.Request.HouseholdId, cancel);
        return true;
    }

    public async Task<IActionResult> OnPostSaveAsync(string section, CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync(cancel)) return NotFound();
        var saved = await conversations.SaveAsync(Who(), Sitting.Household.Id, Sitting.Applicant.PersonId, GuideForm.Changes(Request.Form), cancel);
        if (saved is { Done: true, Value.Saved.Count: > 0 } && Sitting.Request.IsHeldBy(Worker.WorkerId, Now)) await desk.ClaimAsync(Who(), Ref, cancel);
        if (Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal)) return Json(saved);
        if (!saved.Done) { Told = saved.Refusal.Sentence; Keep(); Open = section; return Page(); }
        if (saved.Value is { Clashes.Count: 0, Refused.Count: 0 }) return LocalRedirect($"/staff/requests/{Sitting.Request.Reference}?open={Uri.EscapeDataString(section ?? "")}#s-{Uri.EscapeDataString(section ?? "")}");
        await LoadAsync(cancel);
        Clashes = saved.Value.Clashes;
        foreach (var refused in saved.Value.Refused) ModelState.AddModelError("v." + refused.Field, refused.Sentence);
        if (saved.Value.Refused.Count > 0) Keep();
        Open = section;
        return Page();
    }

    /// <summary>For each answer that two gave: theirs, mine, or both.</summary>
    public async Task<IActionResult> OnPostSettleAsync(CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync(cancel)) return NotFound();
        var changes = new List<AnswerChange>();
        var asked = new Dictionary<(string, Guid?), Clash>();
        for (var i = 0; Request.Form.ContainsKey($"c{i}.fact"); i++)
        {
            string At(string what) => Request.Form[$"c{i}.{what}"].ToString();
            if (At("keep") is not ("mine" or "both") || Words.Current.Fact(At("fact")) is not { } fact) continue;
            Guid? shown = Guid.TryParse(At("theirs"), out var id) ? id : null;
            Guid? about = Guid.TryParse(At("about"), out var person) ? person : null;
            var theirs = Sitting.Answers.FirstOrDefault(a => a.Id == shown);
            var kind = Enum.TryParse<ChangeKind>(At("kind"), out var said) ? said : ChangeKind.Answer;
            if (kind == ChangeKind.Answer && At("mine").Length == 0) continue;
            var mine = new AnswerChange(fact.Id, kind == ChangeKind.Answer ? At("mine") : null, null, about, kind);
            var clash = new Clash(fact.Id, about, null, Now, theirs?.Value, shown, mine, fact.Type == "text" && theirs is not null);
            if (clash.Settle(At("keep") == "both" && clash.MayKeepBoth ? ClashChoice.Both : ClashChoice.Mine) is not { } settled) continue;
            changes.Add(settled);
            asked[(fact.Id, about)] = clash;
        }
        var saved = await conversations.SaveAsync(Who(), Sitting.Household.Id, Sitting.Applicant.PersonId, changes, cancel);
        if (saved is { Done: true, Value: { Clashes.Count: 0, Refused.Count: 0 } }) return LocalRedirect(Back);
        await LoadAsync(cancel);
        // What could not be kept, like two long texts together, is asked again with its words.
        Clashes = saved.Done ? [.. saved.Value.Clashes, .. saved.Value.Refused.SelectMany(r => asked.Where(a => a.Key.Item1 == r.Field).Select(a => a.Value))] : [.. asked.Values];
        Told = saved.Done ? (saved.Value.Refused is [var first, ..] ? first.Sentence : null) : saved.Refusal.Sentence;
        return Page();
    }

    public Task<IActionResult> OnPostNeedAsync(string need, string? phrase, CancellationToken cancel) => DoAsync("hold-conversation", async () =>
        (await conversations.ConfirmNeedAsync(Who(), Sitting.Household.Id, Sitting.Applicant.PersonId, need, phrase, cancel)).Refusal, "needed-today", cancel);

    public Task<IActionResult> OnPostNeedOffAsync(string need, CancellationToken cancel) => DoAsync("hold-conversation", async () =>
        (await conversations.RemoveNeedAsync(Who(), Sitting.Household.Id, Sitting.Applicant.PersonId, need, cancel)).Refusal, "needed-today", cancel);

    public Task<IActionResult> OnPostClaimAsync(CancellationToken cancel) => DoAsync("claim-request", async () => (await desk.ClaimAsync(Who(), Ref, cancel)).Refusal, null, cancel);

    public async Task<IActionResult> OnPostReleaseAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var done = await desk.ReleaseAsync(Who(), Ref, cancel);
        if (done.Done) return LocalRedirect("/staff/queue");
        Told = done.Refusal.Sentence;
        return Page();
    }

    public Task<IActionResult> OnPostContactAsync(string? way, string? outcome, CancellationToken cancel) => DoAsync("record-contact", async () =>
        (await desk.RecordContactAsync(Who(), Ref, new ContactTry(way ?? "", outcome ?? ""), cancel)).Refusal, null, cancel);

    public Task<IActionResult> OnPostNextAsync(DateOnly? nextOn, string? nextTime, string? nextWay, Guid? nextWho, CancellationToken cancel) => DoAsync("record-contact", async () =>
        (await desk.SetNextAsync(Who(), Ref, nextOn, nextTime, string.IsNullOrEmpty(nextWay) ? null : nextWay, cancel, nextWho)).Refusal, null, cancel, "next");

    public async Task<IActionResult> OnPostFinishAsync(string? how, CancellationToken cancel)
    {
        if (!May("claim-request") || !await LoadAsync(cancel)) return NotFound();
        var status = how switch { "helped" => RequestStatus.Helped, "declined" => RequestStatus.DeclinedByResident, "not-reached" => RequestStatus.UnableToReach, _ => RequestStatus.Waiting };
        var done = await desk.FinishAsync(Who(), Ref, status, cancel);
        if (done.Done) return LocalRedirect("/staff/queue");
        Refuse(done.Refusal);
        return Page();
    }

    /// <summary>What an organisation said to a handover, written down by the hub. Only of this very request.</summary>
    public Task<IActionResult> OnPostAnswerAsync(string handover, HandoverAnswer answer, string? why, CancellationToken cancel) => DoAsync("claim-request", async () =>
        IsOurs(handover) ? (await handovers.AnswerAsync(Who(Purpose.Handover), Worker, handover, answer, why, cancel)).Refusal : RequestDesk.NotThere, null, cancel, "agreed");

    public Task<IActionResult> OnPostTakeBackAsync(string handover, string? why, CancellationToken cancel) => DoAsync("claim-request", async () =>
        IsOurs(handover) ? (await handovers.TakeBackAsync(Who(Purpose.Handover), Worker, handover, why, cancel)).Refusal : RequestDesk.NotThere, null, cancel, "agreed");

    private bool IsOurs(string handover) => Sitting.Handovers.Any(h => h.Reference == handover);

    public Task<IActionResult> OnPostDeclineAsync(string line, string? reason, CancellationToken cancel) => DoAsync("hold-conversation", async () =>
        Line(line) is { } found ? (await choices.DeclineAsync(Who(), Ref, found, reason, cancel)).Refusal : Gone, null, cancel, "offer");

    public Task<IActionResult> OnPostAddAsync(string line, CancellationToken cancel) => DoAsync("hold-conversation", async () =>
        Line(line) is { } found ? (await choices.AddAsync(Who(), Ref, found, cancel)).Refusal : Gone, null, cancel, "offer");

    public Task<IActionResult> OnPostUndoChoiceAsync(string line, CancellationToken cancel) => DoAsync("hold-conversation", async () =>
        (await choices.UndoAsync(Who(), Sitting.Request.Id, line, cancel)).Refusal, null, cancel, "offer");

    public Task<IActionResult> OnPostCrisisOverAsync(CancellationToken cancel) => DoAsync("hold-conversation", async () =>
        (await crises.CloseAsync(Who(), Sitting.Household.HouseholdIds, cancel)).Refusal, null, cancel, "finish");

    private static readonly Refusal Gone = new("gone", "The offer has changed, and this line is no longer in it. Look at it again.");
    private OfferLine? Line(string id) => Sitting.Offer.Groups.Where(g => g.Kind != OfferGroupKind.LookedAt).SelectMany(g => g.Lines).FirstOrDefault(l => l.Id == id);

    /// <summary>What they said to a line of the offer, if anything.</summary>
    public bool IsAdded(string line) => Sitting.Choices.Any(x => x.Wanted && x.LineId == line);
    public bool IsDeclined(string line) => Sitting.Choices.Any(x => !x.Wanted && x.LineId == line);

    /// <summary>The handover that this line of the offer became, while it goes on.</summary>
    public Casework.Handover? HandedTo(OfferLine line) => Sitting.Handovers.FirstOrDefault(h => h.IsGoingOn && h.Organisation == line.Title);

    private async Task<IActionResult> DoAsync(string action, Func<Task<Refusal?>> work, string? open, CancellationToken cancel, string? at = null)
    {
        if (!May(action) || !await LoadAsync(cancel)) return NotFound();
        if (await work() is not { } refused) return LocalRedirect(open is not null ? $"{Back}?open={open}#s-{open}" : at is not null ? $"{Back}#{at}" : Back);
        if (refused == RequestDesk.NotThere) return NotFound();
        await LoadAsync(cancel);
        if (refused.Field is null) Told = refused.Sentence;
        else Refuse(refused);
        return Page();
    }

    /// <summary>What was typed stays on the page when some of it could not be saved.</summary>
    private void Keep()
    {
        foreach (var key in Request.Form.Keys.Where(k => k.StartsWith("v.", StringComparison.Ordinal))) Kept[key] = Request.Form[key].ToString();
    }

    private JsonResult Json(Result<SaveOutcome> saved) => new(saved.Done
        ? new
        {
            at = LondonTime.Time(Now), saved = saved.Value.Saved.Count, clashes = saved.Value.Clashes.Count, refused = saved.Value.Refused.Select(r => new { field = r.Field, sentence = r.Sentence }),
            standing = saved.Value.Standing.Select(s => new { key = s.About is null ? s.Fact : $"{s.Fact}@{s.About}", id = s.Id }),
        }
        : new { error = saved.Refusal.Sentence }) { StatusCode = saved.Done ? 200 : 409 };

    public string Sentence(ConversationSection section) => section.State switch
    {
        SectionState.NotAsked => "Not asked", SectionState.PartAnswered => "Part answered", _ => "Answered",
    };

    public string WhoLives => string.Join(", ", Sitting.Household.Members.Select(m => m.Age is { } age ? $"{m.FirstName} {age}" : m.FirstName));

    public IEnumerable<(DateOnly Day, string Words)> NextDays
    {
        get
        {
            var today = LondonTime.DayOf(Now);
            for (var i = 0; i <= 14; i++)
                if (today.AddDays(i) is { DayOfWeek: not DayOfWeek.Sunday } day) yield return (day, Say.Upper(Say.Day(day, today)));
        }
    }

    public static string MessageName(string id) => id switch { RequestPost.Received => "We have your request", RequestPost.ReadBack => "What we agreed", "next-contact" => "Next contact", _ => Say.Upper(id.Replace('-', ' ')) };

    /// <summary>What became of a message: "sent" only once a sender took it, otherwise why not.</summary>
    public static string WhereMessage(AnyDoor.Messages.PostedMessage message, DateTime now) => message.State switch
    {
        AnyDoor.Messages.MessageState.Sent => $"Sent by {Say.Lower(message.Channel.ToString())}, {Say.When(message.SentAt ?? message.CreatedAt, now)}",
        AnyDoor.Messages.MessageState.Waiting => $"Not sent yet, by {Say.Lower(message.Channel.ToString())}",
        _ => $"Not sent. {message.Why}",
    };

    public static string OutcomeInWords(string outcome) => outcome switch { "spoke" => "Spoke", "no-answer" => "No answer", "dropped" => "The call dropped", "declined" => "They said no", _ => outcome };
    public static string WayName(string way) => way switch { "phone" => "Phone", "text" => "Text", "email" => "Email", "letter" => "Letter", "in-person" => "In person", _ => "Way not recorded" };
}
