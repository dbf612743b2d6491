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

namespace AnyDoor.Web.Pages.Staff.Send;

/// <summary>The person in front of a partner's worker, in a dozen fields: the same clock as if they had asked themselves (R-DAW-08).</summary>
public sealed class IndexModel(SendDesk desk, HouseholdReader households, PostcodeDirectory postcodes, DatabaseMark mark, SearchLimits limits) : StaffPage
{
    protected override string? Area => "send";

    public static readonly (string Id, string Label)[] Needs =
    [
        ("food", "Food"), ("heating-or-electricity", "Heating or electricity"), ("rent-or-council-tax", "Rent or council tax"), ("hygiene-and-cleaning", "Cleaning and hygiene"),
        ("home-items", "Something for the home"), ("debt-or-budgeting", "Debt or budgeting"), ("someone-to-talk-to", "Someone to talk to"), ("baby-things", "Things for a baby"),
    ];

    [BindProperty] public Guid FormKey { get; set; }
    [BindProperty] public string? FirstName { get; set; }
    [BindProperty] public string? LastName { get; set; }
    [BindProperty] public DateAnswer? Born { get; set; }
    [BindProperty] public string? PostcodeText { get; set; }
    [BindProperty] public string? Adults { get; set; }
    [BindProperty] public string? Children { get; set; }
    [BindProperty] public List<string> Need { get; set; } = [];
    [BindProperty] public string? HowSoon { get; set; }
    [BindProperty] public string? InTheirWords { get; set; }
    [BindProperty] public string? By { get; set; }
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public List<string> PleaseDoNot { get; set; } = [];
    /// <summary>Somebody may be looking for them.</summary>
    [BindProperty] public bool HideHome { get; set; }
    [BindProperty] public bool Heard { get; set; }
    /// <summary>One of those that their organisation brought before: household and person. Empty: somebody new.</summary>
    [BindProperty] public string? Known { get; set; }

    /// <summary>Whom they brought before and who may be this person. Null: nobody has looked.</summary>
    public IReadOnlyList<MatchView>? Matches { get; private set; }

    public void OnGet() => FormKey = Guid.NewGuid();

    /// <summary>Looks among the households that their organisation brought, and no others. What is typed is posted, never in an address.</summary>
    public async Task<IActionResult> OnPostLookAsync(CancellationToken cancel)
    {
        if (Typed() is not { } typed) ModelState.AddModelError(nameof(FirstName), "Type at least 3 letters of the name, or a whole postcode or a phone number");
        else Matches = await FoundAsync(typed, cancel);
        return Page();
    }

    private async Task<IReadOnlyList<MatchView>?> FoundAsync(PersonFacts typed, CancellationToken cancel)
    {
        if (await limits.CountAsync(Reading("send-typed"), typing: false, cancel) is not { } held) return await households.WhileTypingAsync(Reading("send-typed"), typed, cancel);
        Refuse(held, "");
        return null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        (Guid, Guid)? known = null;
        if (!string.IsNullOrEmpty(Known))
        {
            var parts = Known.Split('|');
            if (parts.Length != 2 || !Guid.TryParse(parts[0], out var household) || !Guid.TryParse(parts[1], out var person)) return NotFound();
            known = (household, person);
        }
        if (Read(known is not null) is not { } request)
        {
            if (known is not null && Typed() is { } typed) Matches = await FoundAsync(typed, cancel);
            return Page();
        }
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { FirstName, LastName, PostcodeText, Need, HowSoon, InTheirWords, By, Number, PleaseDoNot, HideHome, Known }));
        // Pressing twice sends once: the key came with the form.
        var sent = await desk.SendAsync(Reading("send"), request, known, By is not null, new Once($"send:{Worker.WorkerId}", FormKey.ToString("N"), hash), cancel);
        if (sent.Done) return LocalRedirect($"/staff/sent?new={sent.Value}");
        if (sent.Refusal == RequestDesk.NotThere) return NotFound();
        Refuse(sent.Refusal.Code == Commands.KeyReused ? new Refusal("sent", "This form was sent already with other answers. Look at your requests, or start a new one.") : sent.Refusal, "");
        return Page();
    }

    private string Name => string.Join(' ', new[] { FirstName, LastName }.Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => n!.Trim()));

    /// <summary>As much as can be read of what is typed. Null: too little to look by.</summary>
    private PersonFacts? Typed()
    {
        DateOnly? born = Born is not null && Born.Read(out var date) == DateProblem.None ? date : null;
        var phones = Phone.TryParse(Number, out var digits) ? new[] { digits } : [];
        var homes = Postcode.TryParse(PostcodeText, out var postcode) ? new[] { postcode.Compact } : [];
        var name = Name.Length is >= 3 and <= 200 ? Name : "";
        return name.Length > 0 || phones.Length > 0 || homes.Length > 0 ? new PersonFacts(name, born, null, phones, homes) : null;
    }

    /// <param name="knownAlready">How they are reached is known: it is not asked again.</param>
    private NewRequest? Read(bool knownAlready)
    {
        var name = Name;
        if (name.Length is 0 or > 200) ModelState.AddModelError(nameof(FirstName), "Put in a name, at most 200 letters. It can be what they like to be called.");
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
        int? Count(string? text, string field) =>
            string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text.Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) && n <= 20 ? n
            : Wrong(field, "Write how many in figures, like 2, or leave it empty.");
        int? Wrong(string field, string sentence) { ModelState.AddModelError(field, sentence); return null; }
        var (adults, children) = (Count(Adults, nameof(Adults)), Count(Children, nameof(Children)));
        var needs = Need.Where(n => Needs.Any(x => x.Id == n)).ToList();
        if (needs.Count == 0) ModelState.AddModelError(nameof(Need), "Choose at least one thing that is needed.");
        if (HowSoon is not ("today" or "this-week" or "soon")) ModelState.AddModelError(nameof(HowSoon), "Choose how soon it is needed.");
        if (InTheirWords is { Length: > 4000 }) ModelState.AddModelError(nameof(InTheirWords), "Shorten it to 4,000 letters.");
        if (!(knownAlready && By is null) && By is not ("text" or "phone" or "letter" or "through-someone" or "none")) ModelState.AddModelError(nameof(By), "Choose how they want to be reached. “Not yet” is fine.");
        string? phone = null;
        if (By is "text" or "phone")
        {
            if (Phone.TryParse(Number, out var digits)) phone = digits;
            else ModelState.AddModelError(nameof(Number), "Enter a phone number, like 07700 900123, or choose another way.");
        }
        if (!Heard) ModelState.AddModelError(nameof(Heard), "Read it to them first. It is sent only when they want it sent.");
        if (!ModelState.IsValid) return null;

        return new NewRequest
        {
            DoorId = Doors.Of(Worker.Role, Worker.OrganisationKind), People = [new NewPerson(name, MemberRole.Applicant, born)], Postcode = postcode, NoFixedAddress = noFixed,
            Contact = new NewSafeContact(DoNotWords.Way(By), DoNotWords.Read(PleaseDoNot.Where(d => d is "phone" or "voicemail" or "letter")), Phone: phone, To: By == "through-someone" ? Worker.OrganisationName : null),
            Urgency = HowSoon switch { "today" => Urgency.Today, "this-week" => Urgency.ThisWeek, _ => Urgency.Soon }, UrgencyWhy = string.IsNullOrWhiteSpace(InTheirWords) ? null : InTheirWords.Trim(),
            AddressHidden = HideHome, Words = string.IsNullOrWhiteSpace(InTheirWords) ? null : InTheirWords.Trim(), SubmittedAt = Now, Invented = mark.IsDemo == true, ForSomeoneElse = true, PermissionGiven = true,
            BroughtByOrganisation = Worker.OrganisationId, BroughtByWorker = Worker.WorkerId, Needs = needs, HouseholdSize = adults is null && children is null ? null : Math.Max(1, adults ?? 1) + (children ?? 0),
            Answers = [.. new[] { ("household.adults", adults), ("household.children", children) }.Where(a => a.Item2 is not null).Select(a => new NewAnswer(a.Item1, JsonSerializer.Serialize(a.Item2)))],
        };
    }
}
