using AnyDoor.Common;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Offers;

/// <summary>
/// Who comes alongside, before a second case opens: safety first, then who leads already, who knows them, advice, a navigator, and always the hub.
/// </summary>
internal static class PersonAlongside
{
    private static readonly string[] Advice = ["rent-or-council-tax", "debt-or-budgeting", "benefits-check", "legal-rights", "losing-home", "no-recourse-or-visa"];
    private const int ManyNeeds = 4;

    public static (List<OfferLine> Lines, IReadOnlySet<string> Taken) Lines(OfferSnapshot snapshot)
    {
        var lines = new List<OfferLine>();
        var taken = new HashSet<string>();
        if (snapshot.Needs.Contains("not-safe") || Says(snapshot, "safety.not_safe_now", "yes"))
            lines.Add(Crisis(snapshot, "domestic-abuse", "Safety first. Speak only when they are alone; change nothing they did not ask for."));
        if (Says(snapshot, "health.worry", "cannot-cope"))
            lines.Add(Crisis(snapshot, "cannot-cope", "They said they cannot cope. Stay on the line, and put this before everything else."));

        if (snapshot.Lead is { } lead)
            lines.Add(Line($"person:{lead.Id}", lead, "leads already", $"{lead.Role}, {lead.Organisation}.{Since(lead)} One person leads: tell them, and open no second case.", new(StepKind.KeepTogether, $"Tell {lead.Name} what is agreed.", lead.Id)));
        else
            lines.AddRange(snapshot.InTouch.Select(p => Line($"person:{p.Id}", p, "knows them", $"{p.Role}, {p.Organisation}.{Since(p)} Ask them to lead, with the hub behind them.", new(StepKind.AskToLead, $"Ask {p.Name} to lead.", p.Id))));

        if (AdviceOrganisation(snapshot) is { } advice)
        {
            taken.Add(advice.Service.Id);
            lines.Add(HelpNearby.Line(advice, OfferState.Person) with
            {
                Id = $"person:{advice.Service.Id}", Worth = advice.Service.Capacity?.WaitingDays is { } days ? days == 1 ? "1 day" : $"{days} days" : "takes handovers",
                Why = $"{advice.Why} You introduce them, so that nobody has to tell it twice.", Next = new(StepKind.HandOver, $"Hand over to {advice.Service.Name}.", advice.Service.Id),
            });
        }
        if (snapshot.Lead is null && snapshot.Needs.Count >= ManyNeeds)
            lines.AddRange(snapshot.Navigators.Take(1).Select(n => Line($"person:{n.Id}", n, "navigator", $"{n.Role}, {n.Organisation}. {Conversations.FactPhrases.UpperFirst(Conversations.FactPhrases.Count(snapshot.Needs.Count))} things at once: somebody to walk with them.", new(StepKind.HandOver, $"Ask {n.Name} to come alongside.", n.Id))));
        if (lines.All(l => l.Next.Kind == StepKind.Ring)) lines.Add(Hub(snapshot));
        return (lines, taken);
    }

    public static OfferLine Hub(OfferSnapshot snapshot) => new()
    {
        Id = "person:hub", Title = "Somebody at the county hub", State = OfferState.Person, Worth = snapshot.Hub.Hours,
        Why = "A person looks with them at all of it, whoever they are and whatever else fits.", Next = new(StepKind.Ring, $"Ring {snapshot.Hub.Telephone}, {snapshot.Hub.Hours}."),
    };

    private static MenuHit? AdviceOrganisation(OfferSnapshot snapshot)
    {
        var needs = snapshot.Needs.Where(Advice.Contains).ToList();
        return MenuMatch.Match(snapshot.Menu, HelpNearby.Query(snapshot, needs.Count > 0 ? needs : ["benefits-check", "debt-or-budgeting"])).Hits.FirstOrDefault(h => h.Service.TakesHandovers && h.Ask.Count == 0);
    }

    private static OfferLine Crisis(OfferSnapshot snapshot, string id, string why)
    {
        var line = snapshot.CrisisLines.FirstOrDefault(c => c.For == id);
        var emergency = snapshot.CrisisLines.FirstOrDefault(c => c.For == "emergency")?.Number ?? "999";
        return new OfferLine
        {
            Id = $"person:crisis:{id}", Title = line?.Whose ?? "The hub’s safeguarding lead", State = OfferState.Person, Worth = "now", Why = why, Quiet = true,
            Next = new(StepKind.Ring, $"Ring {line?.Number ?? snapshot.Hub.Telephone}. In danger now: {emergency}.", id),
        };
    }

    private static OfferLine Line(string id, Alongside who, string worth, string why, OfferStep next) => new() { Id = id, Title = who.Name, State = OfferState.Person, Worth = worth, Why = why, Next = next };

    private static string Since(Alongside who) => who.Since is { } day ? $" In touch since {LondonTime.Day(day)}." : "";

    private static bool Says(OfferSnapshot snapshot, string fact, string option) => snapshot.Facts.Options(fact)?.Contains(option) == true;
}
