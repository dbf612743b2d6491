using System.Globalization;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// One field of an entry as its provider edits it: read out of the entry as text, written back into it. A field that was not touched is never written, so that whatever else
/// the entry holds stays as it was.
/// </summary>
/// <param name="Id">Stable: it stands in stored edits.</param>
/// <param name="Write">The entry with the text in it, or why not.</param>
/// <param name="Rows">More than one: a box for lines.</param>
/// <param name="Options">Where it is a choice: values with their words.</param>
public sealed record EntryField(string Id, string Label, Func<Service, string> Read, Func<Service, string, Result<Service>> Write, string? Hint = null, int Rows = 1, IReadOnlyList<(string Value, string Words)>? Options = null)
{
    /// <summary>Several of the options: their values with commas between.</summary>
    public bool Many { get; init; }

    /// <summary>As people read it.</summary>
    public string Words(string text) => text.Length == 0 ? Options?.FirstOrDefault(o => o.Value.Length == 0).Words ?? "Nothing"
        : Many ? string.Join(", ", text.Split(',').Select(One)) : One(text);

    private string One(string value) => Options?.FirstOrDefault(o => o.Value == value).Words ?? value;
}

/// <summary>The fields of an entry, in the order of its form. A hidden place is in none of them.</summary>
public static class EntryFields
{
    private const int MostWords = 5000;
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string[] DayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] Codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private static readonly IReadOnlyList<(string, string)> Costs = [("Free", "Free"), ("PayWhatYouCan", "Pay what you can"), ("Fixed", "It has a price"), ("Depends", "It depends")];
    private static readonly IReadOnlyList<(string, string)> Ways =
        [("WalkIn", "Walk in"), ("WalkInOrHandover", "Walk in, or be introduced"), ("Referral", "Somebody must send them"), ("Handover", "The hub introduces them"), ("Book", "Book first"), ("Phone", "By phone"), ("RingFirst", "Ring first")];
    private static readonly IReadOnlyList<(string, string)> Rooms = [("", "Not said"), ("Open", "There is room"), ("Waiting", "There is a waiting list"), ("Ask", "Ask first")];
    private static readonly IReadOnlyList<(string, string)> States = [("Active", "Open"), ("TemporarilyClosed", "Closed for now"), ("Inactive", "Not running"), ("Defunct", "Closed for good")];

    /// <summary>The one field that stands in the row and not in the body.</summary>
    internal const string Seen = "visibility";

    /// <summary>In the order of the form, a part of it after another.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<EntryField> Fields)> Parts(Service service) =>
    [
        ("What it is", [.. What, EntryChoices.Main, EntryChoices.Also, EntryChoices.Level]), ("When", [.. When, EntryChoices.OtherDays, EntryChoices.From, EntryChoices.Until]), ("Where", [EntryChoices.Given, .. Places(service), EntryChoices.AddressTold, .. Doors]),
        ("How to reach and use it", Reach), ("Whom it is for", [.. Whom, EntryChoices.Only, EntryChoices.Areas, .. Tongues]), ("What it costs", Money), ("Room", Room), ("More", [EntryChoices.Diets, .. More, EntryChoices.Seen]),
    ];

    public static IReadOnlyList<EntryField> Of(Service service) => [.. Parts(service).SelectMany(p => p.Fields)];

    public static EntryField? Find(Service service, string id) => Of(service).FirstOrDefault(f => f.Id == id);

    private static readonly IReadOnlyList<EntryField> What =
    [
        new("name", "Name", s => s.Name, (s, text) => PlainText.Line(text, 160) is { } name ? s with { Name = name } : new Refusal("name", "Enter its name.")),
        new("description", "What it is, in plain words", s => s.Description, (s, text) => text.Length > MostWords ? new Refusal("long", $"Write at most {MostWords} letters.") : PlainText.Of(text) is { } words ? s with { Description = words } : new Refusal("description", "Say what it is."), Rows: 5),
        new("status", "Is it running?", s => s.Status.ToString(), (s, text) => Enum.TryParse<ServiceStatus>(text, out var status) && Enum.IsDefined(status) ? s with { Status = status } : Choose, Options: States, Hint: "What is not open is on no list of residents"),
        new("alert", "What people must know just now", s => s.Alert ?? "", (s, text) => s with { Alert = PlainText.Line(text) }, "Like: closed in the week of Christmas"),
    ];

    private static readonly IReadOnlyList<EntryField> When =
    [
        new("opening", "When it is open", s => OpeningText(s.Opening), Opening, "A line each, like: Monday to Friday 10am to 4pm. Or: first Tuesday of the month 2pm to 4pm. What cannot be read as times is shown in your words", Rows: 4),
    ];

    private static readonly IReadOnlyList<EntryField> Reach =
    [
        new("phone", "Telephone", s => s.Phone ?? "", (s, text) => text.Length == 0 ? s with { Phone = null } : text.Length <= 40 && text.Count(char.IsDigit) >= 3 && text.All(c => char.IsDigit(c) || c is ' ' or '+' or '(' or ')' or '-') ? s with { Phone = text } : new Refusal("phone", "Write a telephone number in figures, like 01945 555 0123.")),
        new("web", "Website", s => s.Web ?? "", (s, text) => text.Length == 0 ? s with { Web = null } : PlainText.Link(text) is { } link ? s with { Web = link } : new Refusal("web", "Write an address like https://example.org.")),
        new("email", "E-mail", s => s.Email ?? "", (s, text) => text.Length == 0 ? s with { Email = null } : PlainText.Email(text) is { } mail ? s with { Email = mail } : new Refusal("email", "Write an address like help@example.org."), "Of the organisation, not of one person"),
        new("how", "How people use it", s => s.HowToUse.ToString(), (s, text) => Enum.TryParse<HowToUse>(text, out var how) && Enum.IsDefined(how) ? s with { HowToUse = how } : Choose, Options: Ways),
    ];

    private static readonly IReadOnlyList<EntryField> Money =
    [
        new("cost", "What it costs", s => s.Cost.Kind.ToString(), (s, text) => Enum.TryParse<CostKind>(text, out var kind) && Enum.IsDefined(kind) ? s with { Cost = s.Cost with { Kind = kind, Words = kind == CostKind.Free ? "Free" : s.Cost.Words, Pence = kind == CostKind.Fixed ? s.Cost.Pence : null } } : Choose, Options: Costs),
        new("cost_words", "The cost in words", s => s.Cost.Words, (s, text) => PlainText.Line(text, 80) is { } words ? s with { Cost = s.Cost with { Words = words, Pence = null } } : new Refusal("cost_words", "Say what it costs, like Free or £2 a meal.")),
    ];

    private static readonly IReadOnlyList<EntryField> Whom =
    [
        new("who", "Who it is for", s => s.Eligibility?.Words ?? "", (s, text) => s with { Eligibility = PlainText.Line(text, 400) is { } words ? (s.Eligibility ?? new Eligibility("")) with { Words = words } : null }, "Empty: for everybody"),
        new("from_age", "From which age", s => Number(s.MinimumAge), (s, text) => Age(text) is { Done: true } age ? age.Value.Years > (s.MaximumAge ?? 200) ? new Refusal("age", "The lowest age is above the highest.") : s with { MinimumAge = age.Value.Years } : NoAge),
        new("to_age", "Up to which age", s => Number(s.MaximumAge), (s, text) => Age(text) is { Done: true } age ? age.Value.Years < (s.MinimumAge ?? 0) ? new Refusal("age", "The highest age is below the lowest.") : s with { MaximumAge = age.Value.Years } : NoAge),
    ];

    private static readonly IReadOnlyList<EntryField> Tongues =
    [
        new("languages", "Languages", s => string.Join(", ", s.Languages.Select(Languages.NameOf)), Spoken, "With commas between, like: English, Polish"),
    ];

    private static readonly IReadOnlyList<EntryField> Doors =
    [
        new("access", "Getting in", s => string.Join('\n', s.Access), (s, text) => s with { Access = [.. text.Split('\n').Select(l => PlainText.Line(l, 160)).OfType<string>().Take(20)] }, "A line each, like: Level entrance", Rows: 3),
    ];

    private static readonly IReadOnlyList<EntryField> Room =
    [
        new("room", "Is there room?", s => s.Capacity?.State.ToString() ?? "", (s, text) => text.Length == 0 ? s with { Capacity = null } : Enum.TryParse<CapacityState>(text, out var state) && Enum.IsDefined(state) ? s with { Capacity = state == CapacityState.Waiting ? (s.Capacity ?? new Capacity(state)) with { State = state } : new Capacity(state, s.Capacity?.Places) } : Choose, Options: Rooms),
        new("waiting", "Days to wait, about", s => Number(s.Capacity?.WaitingDays), (s, text) => text.Length == 0 ? s with { Capacity = s.Capacity is { } room ? room with { WaitingDays = null } : null } : Whole(text, 1000) is { } days ? s with { Capacity = (s.Capacity ?? new Capacity(CapacityState.Waiting)) with { WaitingDays = days } } : new Refusal("waiting", "Write a number of days.")),
    ];

    private static readonly IReadOnlyList<EntryField> More =
    [
        new("give", "What somebody may give, if they like", s => s.Contribution?.Words ?? "", (s, text) => s with { Contribution = PlainText.Line(text) is { } words ? (s.Contribution ?? new Contribution("")) with { Words = words } : null }, "Like: an hour at the tea table. Never a condition"),
        new("support", "What they get for it", s => s.Contribution?.Support ?? "", (s, text) => PlainText.Line(text) is not { } words ? s with { Contribution = s.Contribution is { } none ? none with { Support = null } : null } : s.Contribution is { } give ? s with { Contribution = give with { Support = words } } : new Refusal("support", "Say first what somebody may give."), "Training, fares, a meal, somebody beside them"),
    ];

    private static Result<Service> Choose => new Refusal("choose", "Choose one of these.");
    private static Result<Service> NoAge => new Refusal("age", "Write an age in whole years, or leave it empty.");

    /// <summary>Each place that may be told, by its position; a first one where there is none.</summary>
    private static IEnumerable<EntryField> Places(Service service)
    {
        var told = service.Locations.Select((l, at) => (l, at)).Where(p => !p.l.Hidden).Select(p => p.at).ToList();
        if (service.Locations.Count == 0) told.Add(0);
        foreach (var at in told)
        {
            var which = told.Count > 1 ? $", place {told.IndexOf(at) + 1}" : "";
            yield return new($"place{at}_name", $"Name of the place{which}", s => At(s, at)?.Name ?? "", (s, text) => PlainText.Line(text, 160) is { } name ? Put(s, at, l => l with { Name = name }) : new Refusal("place", "Enter the name of the place, like Wisbech library."));
            yield return new($"place{at}_address", $"Address{which}", s => At(s, at)?.Address ?? "", (s, text) => Put(s, at, l => l with { Address = PlainText.Line(text, 200) ?? "" }));
            // Where the old postcode was says nothing of where the new one is.
            yield return new($"place{at}_postcode", $"Postcode{which}", s => At(s, at)?.Postcode ?? "", (s, text) => text.Length == 0 ? Put(s, at, l => l with { Postcode = "", Lat = null, Lon = null, Ward = null }) : Postcode.TryParse(text, out var code) ? Put(s, at, l => l with { Postcode = code.ToString(), Lat = null, Lon = null, Ward = null }) : new Refusal("postcode", "Write a whole postcode, like PE13 3EQ."));
        }
    }

    private static ServiceLocation? At(Service s, int at) => at < s.Locations.Count && !s.Locations[at].Hidden ? s.Locations[at] : null;

    private static Result<Service> Put(Service s, int at, Func<ServiceLocation, ServiceLocation> change)
    {
        if (at < s.Locations.Count && s.Locations[at].Hidden) return new Refusal("hidden", "This place is kept private.");
        var places = s.Locations.ToList();
        if (at >= places.Count) places.Add(new ServiceLocation("", "", "", null, null, ""));
        places[at] = change(places[at]);
        return s with { Locations = places, Delivered = s.Delivered.Contains(Delivery.Place) ? s.Delivered : [Delivery.Place, .. s.Delivered] };
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static int? Whole(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private sealed record AgeRead(int? Years);

    private static Result<AgeRead> Age(string text) => text.Length == 0 ? new AgeRead(null) : Whole(text, 120) is { } years ? new AgeRead(years) : new Refusal("age", "");

    private static Result<Service> Spoken(Service s, string text)
    {
        var codes = new List<string>();
        foreach (var word in text.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // As it was shown, or as sources and people name it.
            var code = s.Languages.FirstOrDefault(l => string.Equals(Languages.NameOf(l), word, StringComparison.OrdinalIgnoreCase)) ?? Languages.CodeOf(word);
            if (code is null) return new Refusal("language", $"We do not know the language “{PlainText.Line(word, 40)}”. Write its English name.");
            if (!codes.Contains(code)) codes.Add(code);
        }
        return codes.Count == 0 ? new Refusal("language", "Name at least one language.") : s with { Languages = codes };
    }

    /// <summary>A line for each of its weekly hours; what is not simply weekly is shown in its source's words.</summary>
    internal static string OpeningText(Opening opening)
    {
        if (opening.Rules is { Count: > 0 } rules && !rules.All(IsSimple)) return opening.InWords ?? string.Join('\n', rules.Select(r => r.Words).OfType<string>());
        var lines = opening.Weekly.Select(h => Line(h.Days, h.Opens, h.Closes)).Concat((opening.Rules ?? []).Select(r => Line([.. r.ByDay.Select(d => Days[Array.IndexOf(Codes, d)])], r.Opens!.Value, r.Closes!.Value))).ToList();
        return lines.Count > 0 ? string.Join('\n', lines) : opening.InWords ?? "";
    }

    private static bool IsSimple(OpeningRule r) =>
        r is { Frequency: OpeningFrequency.Weekly, Interval: <= 1, Count: null, ValidFrom: null, ValidTo: null, Opens: not null, Closes: not null, ByMonthDay.Count: 0, ByDay.Count: > 0 } && r.ByDay.All(Codes.Contains);

    private static string Line(IReadOnlyList<string> days, TimeOnly opens, TimeOnly closes)
    {
        var at = days.Select(d => Array.IndexOf(Days, d)).Where(i => i >= 0).Order().ToList();
        var named = at.Count >= 3 && at[^1] - at[0] == at.Count - 1 ? $"{DayNames[at[0]]} to {DayNames[at[^1]]}" : string.Join(", ", at.Select(i => DayNames[i]));
        // “Midnight” is read as the end of a day.
        return $"{named} {(opens == TimeOnly.MinValue ? "00:00" : LondonTime.Time(opens))} to {LondonTime.Time(closes)}";
    }

    private static Result<Service> Opening(Service s, string text)
    {
        if (text.Length > 600) return new Refusal("opening", "Write at most 600 letters.");
        var bare = s.Opening with { Weekly = [], Rules = null, InWords = null };
        if (PlainText.Of(text) is not { } words) return s with { Opening = bare };
        var rules = ScheduleWords.Read(string.Join("; ", words.Split('\n')));
        if (rules.Count == 0) return s with { Opening = bare with { InWords = PlainText.Line(words) } };
        if (!rules.All(IsSimple)) return s with { Opening = bare with { Rules = rules, InWords = PlainText.Line(words) } };
        return s with { Opening = bare with { Weekly = [.. rules.Select(r => new OpeningHours([.. r.ByDay.Select(d => Days[Array.IndexOf(Codes, d)])], r.Opens!.Value, r.Closes!.Value))] } };
    }
}
