using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Requests;

/// <summary>How somebody is to be reached from now on, asked in the sitting. What was written for another number or address no longer goes.</summary>
public sealed class SafeContactModel(HubSittings sittings, SettingsDesk settings, HouseholdReader households, RequestDesk desk) : RequestPage(sittings, settings)
{
    public static readonly (DoNot Flag, string Id, string Label)[] DoNots =
    [
        (DoNot.Phone, "phone", "Ring"), (DoNot.VoiceMessage, "voicemail", "Leave voice messages"), (DoNot.Landline, "landline", "Ring the landline"), (DoNot.AfterThree, "after-three", "Ring after 3pm"), (DoNot.Text, "text", "Text"),
        (DoNot.Email, "email", "Email"), (DoNot.Letter, "letter", "Write to their home"), (DoNot.Visit, "visit", "Visit"), (DoNot.SpeakToOthers, "speak-to-others", "Speak to anybody else at home"),
    ];

    [BindProperty] public string? By { get; set; }
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? To { get; set; }
    [BindProperty] public bool Private { get; set; }
    [BindProperty] public List<string> PleaseDoNot { get; set; } = [];
    [BindProperty] public string? BestTime { get; set; }
    [BindProperty] public string? InTheirWords { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public string? How { get; set; }
    /// <summary>Somebody may be looking for them.</summary>
    [BindProperty] public bool HideHome { get; set; }
    /// <summary>Why where they live may be shown again.</summary>
    [BindProperty] public string? Lift { get; set; }
    /// <summary>Which safe contact stood on the page when it was shown.</summary>
    [BindProperty] public string Shown { get; set; } = "";

    public IReadOnlyList<LanguageSetting> Languages { get; private set; } = [];
    /// <summary>Where they live is hidden.</summary>
    public bool Hidden => Sitting.Household.Notices.Count > 0;
    /// <summary>It was asked whether it may be shown again, and no senior has answered.</summary>
    public bool LiftWaits { get; private set; }
    public bool MayAskLift => Worker.IsHub;
    /// <summary>Somebody else changed it meanwhile: what stands now.</summary>
    public bool MovedOn { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync(cancel)) return NotFound();
        ShowWhatStands();
        return Page();
    }

    private void ShowWhatStands()
    {
        var reach = Sitting.Applicant.Reach ?? Reach.Unanswered;
        By = reach.By switch { ContactWay.Text => "text", ContactWay.Phone => "phone", ContactWay.Email => "email", ContactWay.Letter => "letter", ContactWay.ThroughSomeone => "through-someone", _ => "none" };
        (Number, Email, To, Private, BestTime, InTheirWords) = (reach.Phone is { } phone ? Phone.Show(phone) : null, reach.Email, reach.To, reach.PhoneIsPrivate, reach.BestTime, reach.Words);
        PleaseDoNot = [.. DoNots.Where(d => reach.DoNot.HasFlag(d.Flag)).Select(d => d.Id)];
        Language = Sitting.Request.Language ?? Sitting.Applicant.Language;
        Shown = SafeContacts.Mark(Sitting.Applicant.Reach);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync(cancel)) return NotFound();
        if (By is not ("text" or "phone" or "email" or "letter" or "through-someone" or "none")) ModelState.AddModelError(nameof(By), "Choose how they want to be reached. “Not yet” is fine.");
        string? number = null;
        if (!string.IsNullOrWhiteSpace(Number) && !Phone.TryParse(Number, out number!)) ModelState.AddModelError(nameof(Number), "That is not a phone number. Write it like 07700 900123.");
        var email = string.IsNullOrWhiteSpace(Email) ? null : Email.Trim();
        if (email is not null && (!email.Contains('@', StringComparison.Ordinal) || email.Length > 200)) ModelState.AddModelError(nameof(Email), "That is not an email address. Write it like name@example.org.");
        if (!ModelState.IsValid) return Page();
        // Confirmed with the person now: there is nothing left to check before the first contact.
        var reach = new Reach(DoNotWords.Way(By), DoNotWords.Read(PleaseDoNot.Where(d => DoNots.Any(x => x.Id == d))), Text(To), number, email, Private, false, Text(BestTime), Text(InTheirWords));
        var language = Languages.Any(l => l.Id == Language) ? Language : null;
        var changed = await households.ChangeReachAsync(Reading("safe-contact"), Sitting.Household.Id, Sitting.Applicant.PersonId, new ReachChange(reach, Shown, How ?? "", language, HideHome), cancel);
        if (changed.Done)
        {
            if (language is not null) await desk.SetLanguageAsync(Who(), Ref, language, cancel);
            return LocalRedirect(Back);
        }
        if (changed.Refusal.Code == RequestDesk.NotThere.Code) return NotFound();
        if (changed.Refusal.Code == HouseholdReader.ReachMovedOn)
        {
            (MovedOn, Shown) = (true, SafeContacts.Mark(Sitting.Applicant.Reach));
            ModelState.Remove(nameof(Shown));
        }
        Refuse(changed.Refusal, changed.Refusal.Field switch { "phone" => nameof(Number), "email" => nameof(Email), "to" => nameof(To), "private" => nameof(Private), "doNot" => nameof(PleaseDoNot), "words" => nameof(InTheirWords), "bestTime" => nameof(BestTime), "how" => nameof(How), _ => "" });
        return Page();
    }

    /// <summary>Asks a senior of the hub whether where they live may be shown again.</summary>
    public async Task<IActionResult> OnPostLiftAsync(CancellationToken cancel)
    {
        if (!May("hold-conversation") || !await LoadAsync(cancel)) return NotFound();
        var asked = await households.AskLiftAsync(Reading("safe-contact"), Sitting.Household.Id, Lift, cancel);
        if (asked.Done) return LocalRedirect($"{Back}/safe-contact#hidden");
        if (asked.Refusal.Code == RequestDesk.NotThere.Code) return NotFound();
        ShowWhatStands();
        Refuse(asked.Refusal, asked.Refusal.Field == "lift" ? nameof(Lift) : "");
        return Page();
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!await LoadAsync("safe-contact", Purpose.RespondToRequest, cancel)) return false;
        LiftWaits = Hidden && await households.LiftWaitsAsync(Sitting.Household.Id, cancel);
        Languages = [.. (await Settings.CurrentAsync(cancel)).Languages.Where(l => l.Shown)];
        return true;
    }
}
