using System.Security.Cryptography;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Calls;

/// <summary>
/// A call to the hub (J3): who it is, whether they are known, and straight into the sitting. What is typed is posted, never in an address.
/// With script possible matches show as it is typed; without, a button looks.
/// </summary>
public sealed class NewModel(CallDesk calls, HouseholdReader households, PostcodeDirectory postcodes, SettingsDesk settings, DatabaseMark mark, SearchLimits limits) : StaffPage
{
    protected override string? Area => "queue";

    [BindProperty] public Guid FormKey { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public DateAnswer? Born { get; set; }
    [BindProperty] public string? PostcodeText { get; set; }
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? By { get; set; }
    [BindProperty] public bool Private { get; set; }
    [BindProperty] public string? HowSoon { get; set; }
    [BindProperty] public string? InTheirWords { get; set; }
    [BindProperty] public string? Language { get; set; }
    [BindProperty] public string? For { get; set; }
    [BindProperty] public bool TheyKnow { get; set; }
    /// <summary>Somebody may be looking for them.</summary>
    [BindProperty] public bool HideHome { get; set; }
    /// <summary>The one who is calling, of those that were found: household and person.</summary>
    [BindProperty] public string? Known { get; set; }

    public IReadOnlyList<LanguageSetting> Languages { get; private set; } = [];
    /// <summary>Null: nobody has looked yet.</summary>
    public IReadOnlyList<MatchView>? Matches { get; private set; }
    /// <summary>Why nothing was looked for.</summary>
    public string? Held { get; private set; }
    /// <summary>How the worker knows that it is them, as typed.</summary>
    public Dictionary<Guid, string> How { get; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("claim-request")) return NotFound();
        FormKey = Guid.NewGuid();
        await LoadAsync(cancel);
        return Page();
    }

    /// <summary>Looks, with the button.</summary>
    public async Task<IActionResult> OnPostLookAsync(CancellationToken cancel)
    {
        if (!May("claim-request")) return NotFound();
        await LoadAsync(cancel);
        if (Typed() is { } typed) Matches = await FoundAsync(typed, cancel);
        else ModelState.AddModelError(nameof(Name), "Type at least 3 letters of the name, or a date of birth, a whole postcode or a phone number");
        return Page();
    }

    /// <summary>Looks while they type: the list alone.</summary>
    public async Task<IActionResult> OnPostMatchesAsync(CancellationToken cancel)
    {
        if (!May("claim-request")) return NotFound();
        Matches = Typed() is { } typed ? await FoundAsync(typed, cancel) : null;
        KeepHow();
        return Partial("Calls/_Matches", this);
    }

    /// <summary>It is one of those that were found.</summary>
    public async Task<IActionResult> OnPostKnownAsync(CancellationToken cancel)
    {
        if (!May("claim-request")) return NotFound();
        await LoadAsync(cancel);
        var parts = (Known ?? "").Split('|');
        if (parts.Length != 2 || !Guid.TryParse(parts[0], out var household) || !Guid.TryParse(parts[1], out var person)) return NotFound();
        var how = How.GetValueOrDefault(person, "");
        var request = ReadRest(new NewRequest
        {
            DoorId = CallDesk.Door, People = [], Contact = new NewSafeContact(ContactWay.DoNotContactFirst), Urgency = Urgency.Soon, SubmittedAt = Now, Invented = mark.IsDemo == true,
        }, knownAlready: true);
        var taken = await calls.TakeKnownAsync(Reading("caller-known"), household, person, how, request, Key($"known:{household:N}"), cancel);
        if (taken.Done) return LocalRedirect($"/staff/requests/{taken.Value}");
        if (taken.Refusal == RequestDesk.NotThere) return NotFound();
        ModelState.AddModelError(taken.Refusal.Field == "how" ? $"how.{person}" : "", taken.Refusal.Sentence);
        if (Typed() is { } typed) Matches = await FoundAsync(typed, cancel);
        return Page();
    }

    /// <summary>Somebody new, or nobody knows for sure: entered anew. If another door knows them, the two are put side by side later.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!May("claim-request")) return NotFound();
        await LoadAsync(cancel);
        if (Read() is not { } request) { if (Typed() is { } typed) Matches = await FoundAsync(typed, cancel); return Page(); }
        var taken = await calls.TakeAsync(Reading("call"), request, Key("new"), cancel);
        if (taken.Done) return LocalRedirect($"/staff/requests/{taken.Value}");
        Refuse(taken.Refusal.Code == Commands.KeyReused ? new Refusal("taken", "This call was taken down already, with other answers. Find it in the queue under “Yours”, or start a new one.") : taken.Refusal, "");
        return Page();
    }

    /// <summary>Those who may be the caller. Null, with the reason on top: this worker has looked too often in this hour.</summary>
    private async Task<IReadOnlyList<MatchView>?> FoundAsync(PersonFacts typed, CancellationToken cancel)
    {
        if (await limits.CountAsync(Reading("caller-typed"), typing: true, cancel) is not { } held) return await households.WhileTypingAsync(Reading("caller-typed"), typed, cancel);
        Refuse(held, "");
        Held = held.Sentence;
        return null;
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        Languages = [.. (await settings.CurrentAsync(cancel)).Languages.Where(l => l.Shown)];
        KeepHow();
    }

    private void KeepHow()
    {
        if (!Request.HasFormContentType) return;
        foreach (var key in Request.Form.Keys.Where(k => k.StartsWith("how.", StringComparison.Ordinal)))
            if (Guid.TryParse(key[4..], out var person)) How[person] = Request.Form[key].ToString().Trim();
    }

    private Once Key(string what) => new($"call:{Worker.WorkerId}", $"{FormKey:N}:{what}", SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { what, Name, PostcodeText, Number, By, Private, HowSoon, InTheirWords, Language, For, TheyKnow, Born?.Day, Born?.Month, Born?.Year })));

    /// <summary>As much as can be read of what is typed. Null: too little to look by.</summary>
    private PersonFacts? Typed()
    {
        DateOnly? born = Born is not null && Born.Read(out var date) == DateProblem.None ? date : null;
        var phones = Phone.TryParse(Number, out var digits) ? new[] { digits } : [];
        var homes = Postcode.TryParse(PostcodeText, out var postcode) ? new[] { postcode.Compact } : [];
        var name = (Name ?? "").Trim() is { Length: >= 3 and <= 200 } typed ? typed : "";
        return name.Length > 0 || born is not null || phones.Length > 0 || homes.Length > 0 ? new PersonFacts(name, born, null, phones, homes) : null;
    }

    private NewRequest? Read()
    {
        var name = (Name ?? "").Trim();
        if (name.Length > 200) ModelState.AddModelError(nameof(Name), "Use at most 200 letters for the name");
        DateOnly? born = null;
        if (Born is not null && Born.Read(out var date) is var problem && problem != DateProblem.Empty)
        {
            if (problem != DateProblem.None || date > LondonTime.DayOf(Now) || date < LondonTime.DayOf(Now).AddYears(-120)) ModelState.AddModelError(nameof(Born), "Put in a date of birth, like 2 9 1997, or leave it empty.");
            else born = date;
        }
        var noFixed = PostcodeText?.Contains("no fixed", StringComparison.OrdinalIgnoreCase) == true;
        Postcode? postcode = null;
        if (!string.IsNullOrWhiteSpace(PostcodeText) && !noFixed)
        {
            if (Postcode.TryParse(PostcodeText, out var read)) postcode = read;
            else ModelState.AddModelError(nameof(PostcodeText), $"“{PostcodeText.Trim()}” is not a postcode. Write it like PE13 1AB, or “no fixed address”.");
        }
        string? number = null;
        if (!string.IsNullOrWhiteSpace(Number))
        {
            if (Phone.TryParse(Number, out var digits)) number = digits;
            else ModelState.AddModelError(nameof(Number), "That is not a phone number. Write it like 07700 900123, or leave it empty.");
        }
        var by = By switch { "text" => ContactWay.Text, "phone" => ContactWay.Phone, _ => ContactWay.DoNotContactFirst };
        if (by != ContactWay.DoNotContactFirst && number is null && ModelState[nameof(Number)] is not { Errors.Count: > 0 }) ModelState.AddModelError(nameof(Number), "Write the number, or choose “Not asked yet”.");
        if (by == ContactWay.Text && number is not null && !Phone.IsMobile(number)) ModelState.AddModelError(nameof(Number), "Texts need a mobile number, like 07700 900123.");
        if (HowSoon is not ("today" or "this-week" or "soon")) ModelState.AddModelError(nameof(HowSoon), "Choose how soon it is needed.");
        if (InTheirWords is { Length: > 4000 }) ModelState.AddModelError(nameof(InTheirWords), "Shorten it to 4,000 letters.");
        if (!ModelState.IsValid) return null;
        return ReadRest(new NewRequest
        {
            DoorId = CallDesk.Door, People = [new NewPerson(name, MemberRole.Applicant, born)], Postcode = postcode, NoFixedAddress = noFixed, Invented = mark.IsDemo == true, SubmittedAt = Now, Urgency = Urgency.Soon,
            // A number that somebody else rings from is not this person's own.
            Contact = new NewSafeContact(by, Phone: number, PhoneIsPrivate: Private && number is not null && For != "someone-else"),
        }, knownAlready: false);
    }

    private NewRequest ReadRest(NewRequest request, bool knownAlready)
    {
        var words = string.IsNullOrWhiteSpace(InTheirWords) ? null : InTheirWords.Trim()[..Math.Min(4000, InTheirWords.Trim().Length)];
        return request with
        {
            Urgency = HowSoon switch { "today" => Urgency.Today, "this-week" => Urgency.ThisWeek, _ => Urgency.Soon }, Words = words, UrgencyWhy = words, AddressHidden = HideHome,
            Language = Languages.Any(l => l.Id == Language) ? Language : null, ForSomeoneElse = !knownAlready && For == "someone-else", PermissionGiven = knownAlready || For != "someone-else" || TheyKnow,
        };
    }
}
