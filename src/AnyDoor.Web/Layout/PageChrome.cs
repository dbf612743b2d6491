using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Components;
using AnyDoor.Web.Staff;

namespace AnyDoor.Web.Layout;

/// <summary>What stands round every page: whose partnership it is, which numbers to ring, who is signed in.</summary>
public sealed class PageChrome(PartnershipOptions partnership, WorkingAs working, TimeProvider clock, IHttpContextAccessor http)
{
    /// <summary>As the partnership has set itself; null where they could not be read: the page that says so still comes up.</summary>
    private PartnershipSettings? Set => http.HttpContext?.Items[typeof(PartnershipSettings)] as PartnershipSettings;

    // Nothing rather than a guess: somebody may ring the number.
    public string PartnershipName => Set?.Partnership.Name ?? "";
    public string HubNumber => Set?.Partnership.Telephone ?? "";
    /// <summary>The hub's number as a link, to stand within a sentence.</summary>
    public Element HubLink => PhoneLink(HubNumber);

    public string HelpDeskNumber => Set?.Partnership.HelpDesk ?? "";

    /// <summary>The address of the partnership's own logo; null when there is none.</summary>
    public string? Logo => Guid.TryParse(Set?.Partnership.Logo, out var id) ? $"{PartnershipLogo.Path}/{id}" : null;

    /// <summary>How many numbers and texts are past the day for a check, for staff.</summary>
    public int Overdue => Set?.Overdue(clock.Today()).Count ?? 0;

    public bool Demo => partnership.Demo;

    /// <summary>The time as the demo has it, for staff who must know that it is not today: "Tuesday 24 November 2026, 10:14am".</summary>
    public string ClockText => $"{LondonTime.LongDay(clock.Today())}, {LondonTime.Time(clock.UtcNow())}";

    /// <summary>Null when nobody is signed in.</summary>
    public WhoIsWorking? Worker => working.SignedIn ? working.Worker : null;

    /// <summary>When the visit is over if nothing happens, UTC; null when nobody is signed in.</summary>
    public DateTime? SessionEndsAt => working.SessionEndsAt;

    public int SecondsTo(DateTime at) => Math.Max(0, (int)(at - clock.UtcNow()).TotalSeconds);

    /// <summary>As the header says it: "Nadia Wexcombe, county hub adviser"; with the organisation when that is not the hub.</summary>
    public static string Line(WhoIsWorking worker) => string.Join(", ", new[]
    {
        worker.Name, worker.Title ?? StaffRoles.Of(worker.Role).Words,
        worker.IsHub || worker.OrganisationKind == OrganisationKind.Council || worker.Title?.Contains(worker.OrganisationName, StringComparison.OrdinalIgnoreCase) == true ? null : worker.OrganisationName,
    }.OfType<string>());

    public static Element PhoneLink(string number) => new Element("a").Class("govuk-link").Attr("href", Tel(number)).Add(new Element("bdi").Text(number));

    /// <summary>A number as a telephone link has it.</summary>
    public static string Tel(string number) => "tel:" + string.Concat(number.Where(char.IsAsciiDigit));
}
