using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff;

/// <summary>The hub's queue: who waits, how soon and why, and whose move it is.</summary>
public sealed class QueueModel(Queue queue, RequestDesk desk, HandoverDesk handovers, HouseholdReader households, HeldForms held) : StaffPage
{
    protected override string? Area => "queue";

    private static readonly (QueueTab Tab, string Id, string Label)[] AllTabs =
    [
        (QueueTab.Waiting, "", "Waiting"), (QueueTab.Yours, "yours", "Yours"), (QueueTab.CallBack, "call-back", "Call back today"),
        (QueueTab.FromPartners, "partners", "From partners"), (QueueTab.PassedOn, "passed-on", "Passed on"), (QueueTab.All, "all", "All"),
    ];

    [BindProperty(SupportsGet = true)] public string? Tab { get; set; }
    [BindProperty(SupportsGet = true)] public List<string> Soon { get; set; } = [];
    [BindProperty(SupportsGet = true)] public List<string> District { get; set; } = [];
    [BindProperty(SupportsGet = true, Name = "Door")] public List<string> Doors { get; set; } = [];
    [BindProperty(SupportsGet = true)] public List<string> Language { get; set; } = [];
    [BindProperty(SupportsGet = true)] public List<string> Task { get; set; } = [];
    [BindProperty(SupportsGet = true)] public string? Order { get; set; }
    [BindProperty(SupportsGet = true)] public int P { get; set; } = 1;

    public QueueFilter Filter { get; private set; } = new();
    public QueuePage List { get; private set; } = null!;
    public IReadOnlyDictionary<(Guid Household, Guid Person), HouseholdRow> People { get; private set; } = new Dictionary<(Guid, Guid), HouseholdRow>();
    /// <summary>Forms that a rule marked and nobody has looked at.</summary>
    public int HeldForms { get; private set; }
    /// <summary>What went wrong with a press, in a sentence.</summary>
    public string? Told { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostClaimAsync(string reference, CancellationToken cancel)
    {
        if (!May("claim-request")) return NotFound();
        var claimed = await desk.ClaimAsync(Who(), reference, cancel);
        if (claimed.Done) return LocalRedirect($"/staff/requests/{claimed.Value}");
        if (claimed.Refusal == RequestDesk.NotThere) return NotFound();
        Told = claimed.Refusal.Sentence;
        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostReleaseAsync(string reference, CancellationToken cancel)
    {
        var released = await desk.ReleaseAsync(Who(), reference, cancel);
        if (!released.Done && released.Refusal == RequestDesk.NotThere) return NotFound();
        if (released.Done) return LocalRedirect(Link(Filter.Tab));
        Told = released.Refusal.Sentence;
        await LoadAsync(cancel);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        await handovers.BringBackNowAndThenAsync(Now, cancel);
        HeldForms = await held.WaitingAsync(cancel);
        Filter = new QueueFilter
        {
            Tab = AllTabs.FirstOrDefault(t => t.Id == (Tab ?? "")).Tab, LongestFirst = Order == "longest", Page = Math.Clamp(P, 1, 100_000),
            HowSoon = [.. Soon.Select(s => Enum.TryParse<Urgency>(s, out var urgency) ? urgency : (Urgency?)null).OfType<Urgency>()],
            Districts = District, Doors = Doors, Languages = Language, TaskTypes = Task,
        };
        List = await queue.ReadAsync(Worker.WorkerId, Filter, Now, cancel);
        // One look for the whole page. Whom this worker may not see has no name here.
        People = await households.ListAsync(Reading("queue"), [.. List.Rows.Select(r => (r.HouseholdId, r.ApplicantId))], cancel);
    }

    public IEnumerable<(QueueTab Tab, string Href, string Label)> TabLinks => AllTabs.Select(t => (t.Tab, Link(t.Tab), List.Tabs.TryGetValue(t.Tab, out var count) ? $"{t.Label}, {Number(count)}" : t.Label));

    /// <summary>A list is counted so far and no further.</summary>
    public static string Number(int count) => count < Queue.Most ? $"{count:N0}" : $"{count:N0} or more";

    public string TabId => AllTabs.First(t => t.Tab == Filter.Tab).Id;

    private static string Link(QueueTab tab) => AllTabs.First(t => t.Tab == tab).Id is { Length: > 0 } id ? $"/staff/queue?tab={id}" : "/staff/queue";

    /// <summary>This list, at another page or in another order.</summary>
    public string Here(int page, bool longest) => "/staff/queue" + QueryString.Create(
        new[] { ("tab", TabId), ("order", longest ? "longest" : ""), ("p", page > 1 ? page.ToString(System.Globalization.CultureInfo.InvariantCulture) : "") }.Where(q => q.Item2.Length > 0)
            .Concat(Soon.Select(v => ("soon", v))).Concat(District.Select(v => ("district", v))).Concat(Doors.Select(v => ("door", v))).Concat(Language.Select(v => ("language", v))).Concat(Task.Select(v => ("task", v)))
            .Select(q => KeyValuePair.Create(q.Item1, (string?)q.Item2)));

    public static string Who(HouseholdRow row) => (row.Size, row.Age) switch
    {
        ( > 1, _) => $"Household of {row.Size}", (1, { } age) => $"Lives alone, {age}", (1, _) => "Lives alone", (_, { } age) => $"Aged {age}", _ => "",
    };

    /// <summary>The row of whom this worker may see. A list of one district does not give away whose address is withheld.</summary>
    public HouseholdRow? Seen(QueueRow row) => People.GetValueOrDefault((row.HouseholdId, row.ApplicantId)) is { } person && !(person.Withheld && Filter.Districts.Count > 0) ? person : null;

    public int NotSeen => List.Rows.Count(r => Seen(r) is null);

    public static string Place(QueueRow row, HouseholdRow person) => (person.Withheld ? null : Places.District.Find(row.District)?.Name) ?? "Area not known";

    public static string NextInWords(string? way) => way switch { "text" => "Text", "email" => "Email", "letter" => "Write", "in-person" => "See them", _ => "Call back" };

    public static string Sentence(QueueRow row) => Say.CutTo(row.Why ?? "", 140);
}
