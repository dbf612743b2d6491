using AnyDoor.Organisations;

namespace AnyDoor.Web.Layout;

/// <summary>A link of the service navigation.</summary>
public sealed record NavItem(string Text, string Href);

/// <summary>What the find box looks for: people only for those who may look for people.</summary>
public sealed record FindBox(string Label, string Placeholder);

/// <summary>A role as the header shows it: its words, its find box, its links.</summary>
public sealed record StaffRole(Role Role, string Words, FindBox Find, IReadOnlyList<NavItem> Navigation);

/// <summary>Every role's header.</summary>
public static class StaffRoles
{
    private static readonly FindBox People = new("Find a person, household or reference", "Name, postcode or reference");
    private static readonly FindBox Places = new("Find a place", "Place or postcode");
    private static readonly FindBox Awards = new("Find an award or fund", "Award or fund reference");
    private static readonly FindBox References = new("Find by reference", "Reference");

    private static readonly NavItem Queue = new("Queue", "/staff/queue");
    private static readonly NavItem Households = new("Households", "/staff/households");
    private static readonly NavItem Handovers = new("Handed to you", "/staff/handovers");
    private static readonly NavItem Menu = new("Menu", "/staff/menu");
    private static readonly NavItem PlacesLink = new("Places", "/staff/places");
    private static readonly NavItem Reports = new("Reports", "/staff/reports");
    private static readonly NavItem Systems = new("Systems", "/staff/systems");
    private static readonly NavItem Funds = new("Funds", "/staff/funds");
    private static readonly NavItem Danger = new("In danger", "/staff/emergency");
    private static readonly NavItem Doorstep = new("Doorstep", "/staff/doorstep");
    private static readonly NavItem Known = new("People you know", "/staff/ties");

    public static IReadOnlyList<StaffRole> All { get; } =
    [
        new(Role.HubAdviser, "county hub adviser", People, [Queue, Households, Menu, PlacesLink, Doorstep, Danger, Known]),
        new(Role.Navigator, "navigator", People, [new("Today", "/staff/today"), Handovers, Households, Menu, PlacesLink, Doorstep, Danger, Known]),
        new(Role.PartnerWorker, "partner worker", new("Find a household you brought", "Name or reference"), [new("Send", "/staff/send"), new("Your requests", "/staff/sent"), Handovers, Menu, Doorstep, Danger, Known]),
        new(Role.PartnerAdministrator, "partner administrator", new("Find a household you brought", "Name or reference"), [new("Send", "/staff/send"), new("Your requests", "/staff/sent"), Handovers, new("Your workers", "/staff/people"), Systems, Menu, Doorstep, Danger, Known]),
        new(Role.FundManager, "fund manager", Awards, [Funds, new("Samples", "/staff/samples"), new("Imports", "/staff/imports"), new("Partners", "/staff/partners"), Reports]),
        new(Role.Approver, "approver", Awards, [new("To approve", "/staff/approvals"), Funds, Danger]),
        new(Role.Reviewer, "reviewer", References, [new("Second looks", "/staff/reviews")]),
        new(Role.PlaceCoordinator, "place coordinator", Places, [PlacesLink, new("Gaps", "/staff/gaps"), Doorstep, Menu, Reports]),
        new(Role.Connector, "connector", Places, [PlacesLink, new("Gaps", "/staff/gaps"), Doorstep, Menu]),
        new(Role.Councillor, "councillor", Places, [PlacesLink, Doorstep, Menu, new("Send", "/staff/send")]),
        new(Role.ParishClerk, "parish clerk", Places, [new("Your parish", "/staff/parish"), Menu, Doorstep]),
        new(Role.Analyst, "analyst", Places, [PlacesLink, Reports, new("Take-up", "/staff/take-up"), new("Extracts", "/staff/extracts")]),
        new(Role.ReportAuthor, "report author", References, [Reports, PlacesLink]),
        new(Role.InformationLead, "information lead", References,
        [
            new("Your work", "/staff/information"), new("Agreements", "/staff/agreements"), new("Looks to review", "/staff/looks"), new("Who knows whom", "/staff/ties"), new("Subject requests", "/staff/subject-requests"),
            new("Retention", "/staff/retention"), new("The log", "/staff/log"),
        ]),
        new(Role.Administrator, "administrator", new("Find an import, a row or a setting", "Import or row reference"),
            [new("Imports", "/staff/imports"), new("People", "/staff/people"), Systems, new("Held forms", "/staff/held"), Menu, new("Settings", "/staff/settings")]),
    ];

    public static StaffRole Of(Role role) => All.Single(r => r.Role == role);
}
