using System.Text.RegularExpressions;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>The fields of an entry that are chosen from lists, or are lines of places and days: what it helps with, where people must live, how it is given, who may see it.</summary>
internal static partial class EntryChoices
{
    private const int MostLines = 40;
    private static IReadOnlyList<(string, string)> Needs => [.. Words.Current.Needs.Select(n => (n.Id, n.Plain))];
    private static readonly IReadOnlyList<(string, string)> Ways = [("Place", "At a place"), ("Phone", "By telephone"), ("Online", "Online"), ("Home", "It comes to people’s homes")];
    private static readonly IReadOnlyList<(string, string)> Seers = [("Public", "Everybody"), ("Partners", "Partners and the hub only"), ("Internal", "The hub only")];
    private static readonly IReadOnlyList<(string, string)> Genders = [("Everyone", "Everybody"), ("Women", "Women only"), ("Men", "Men only")];
    private static readonly IReadOnlyList<(string, string)> Levels = [("", "As its conditions make it"), ("Universal", "Universal: for everybody"), ("NearUniversal", "Near-universal: for most people here"), ("Targeted", "Targeted: for some people")];
    private static readonly IReadOnlyList<(string, string)> Told = [("yes", "Yes"), ("no", "No: it is kept private")];

    public static EntryField Main { get; } = new("need", "What it helps with most", s => s.Needs is [var first, ..] ? first : "",
        (s, text) => Words.Current.Need(text) is not null ? s with { Needs = [text, .. s.Needs.Skip(1).Where(n => n != text)] } : new Refusal("need", "Choose what it helps with most."), Options: [("", "Choose one"), .. Needs]);

    public static EntryField Also { get; } = new("also", "What else it helps with", s => Joined(s.Needs.Skip(1), Needs), (s, text) =>
        Chosen(text, Needs) is not { } also ? Choose : s.Needs is [var main, ..] ? s with { Needs = [main, .. also.Where(n => n != main)] } : also.Count == 0 ? s : new Refusal("also", "Choose first what it helps with most."), Options: Needs) { Many = true };

    public static EntryField Level { get; } = new("level", "How far it is for all", s => s.Level?.ToString() ?? "", (s, text) => text.Length == 0 ? s with { Level = null } : One<ServiceLevel>(text) is { } level ? s with { Level = level } : Choose, Options: Levels);

    public static EntryField From { get; } = new("first_day", "First day, if it has not begun", s => DayText(s.ValidFrom), (s, text) => text.Length == 0 ? s with { ValidFrom = null } : SourceWords.Day(text) is not { } day ? NoDay : day > (s.ValidTo ?? DateOnly.MaxValue) ? new Refusal("day", "The first day is after the last.") : s with { ValidFrom = day });

    public static EntryField Until { get; } = new("last_day", "Last day, if it ends", s => DayText(s.ValidTo), (s, text) => text.Length == 0 ? s with { ValidTo = null } : SourceWords.Day(text) is not { } day ? NoDay : day < (s.ValidFrom ?? DateOnly.MinValue) ? new Refusal("day", "The last day is before the first.") : s with { ValidTo = day }, "Like: 19 December 2026. After it, it is on no list");

    public static EntryField OtherDays { get; } = new("other_days", "Days that differ", s => string.Join('\n', (s.Opening.Exceptions ?? []).Select(Line)), Differ, "A line each, like: 25 December 2026 to 28 December 2026: closed. Or: 24 December 2026: 10am to 12 noon", Rows: 3);

    public static EntryField Given { get; } = new("given", "How it is given", s => Joined(s.Delivered.Select(d => d.ToString()), Ways),
        (s, text) => Chosen(text, Ways) is not { } ways ? Choose : ways.Count == 0 ? new Refusal("given", "Choose at least one.") : s with { Delivered = [.. ways.Select(w => Enum.Parse<Delivery>(w))] }, Options: Ways) { Many = true };

    public static EntryField Areas { get; } = new("areas", "Where people must live", s => string.Join('\n', s.AreasServed.Where(a => a.Only).Select(a => a.Name).Distinct()), Served, "A line each: a district, a town or a village. Empty: anywhere", Rows: 3);

    public static EntryField Only { get; } = new("only_for", "Women or men only", s => s.OnlyFor.ToString(), (s, text) => One<OnlyFor>(text) is { } only ? s with { OnlyFor = only } : Choose, Options: Genders);

    public static EntryField Diets { get; } = new("diets", "Food for", s => Joined(s.Diets, Eaters), (s, text) => Chosen(text, Eaters) is { } diets ? s with { Diets = diets } : Choose, Options: Eaters) { Many = true };

    public static EntryField Seen { get; } = new(EntryFields.Seen, "Who may see it", s => s.Visibility.ToString(), (s, text) => One<Visibility>(text) is { } seen ? s with { Visibility = seen } : Choose, Options: Seers);

    /// <summary>A place is hidden here, and opened nowhere but by the hub: whoever opens one by a slip puts people in danger.</summary>
    public static EntryField AddressTold { get; } = new("address_told", "May people be told the address?", s => s.Locations.Any(l => l.Hidden) ? "no" : "yes",
        (s, text) => text == "no" ? s with { Locations = [.. s.Locations.Select(l => l with { Hidden = true })] } : s.Locations.Any(l => l.Hidden) ? new Refusal("hidden", "An address that is kept private is not opened here: ring the hub.") : s, "Choose no where somebody could be in danger: no page, map or feed shows it then", Options: Told);

    private static IReadOnlyList<(string, string)> Eaters => [.. FoodAssets.Diets.Select(d => (d.Id, d.Name))];

    private static Result<Service> Choose => new Refusal("choose", "Choose one of these.");
    private static Result<Service> NoDay => new Refusal("day", "Write a day like 19 December 2026.");

    private static T? One<T>(string text) where T : struct, Enum => Enum.TryParse<T>(text, out var one) && Enum.IsDefined(one) ? one : null;

    private static string Joined(IEnumerable<string> ids, IReadOnlyList<(string Id, string)> options)
    {
        var had = ids.ToHashSet();
        return string.Join(',', options.Select(o => o.Id).Where(had.Contains));
    }

    /// <summary>Null: one of them is none of the options.</summary>
    private static List<string>? Chosen(string text, IReadOnlyList<(string Id, string)> options)
    {
        var ids = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        return ids.TrueForAll(id => options.Any(o => o.Id == id)) ? ids : null;
    }

    private static string DayText(DateOnly? day) => day is { } one ? LondonTime.Day(one) : "";

    private static Result<Service> Served(Service s, string text)
    {
        var lines = text.Split('\n').Select(l => PlainText.Line(l, 200)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (lines.Count > MostLines) return new Refusal("areas", $"Name at most {MostLines} areas.");
        // What a description only speaks of stays; so does what the source says more of than the name.
        return s with { AreasServed = [.. lines.SelectMany(l => s.AreasServed.Where(a => a.Only && a.Name == l) is var same && same.Any() ? same : [Area(l)]), .. s.AreasServed.Where(a => !a.Only)] };
    }

    private static ServiceArea Area(string name)
    {
        var folded = Folding.Fold(name);
        if (District.All.FirstOrDefault(d => Folding.Fold(d.Name) == folded) is { } district) return new(AreaKind.District, district.Name);
        return District.All.FirstOrDefault(d => Folding.Fold(d.AuthorityShort) == folded) is { } county ? new(AreaKind.County, county.AuthorityShort) : new(AreaKind.Named, name);
    }

    private static string Line(OpeningException e)
    {
        var days = e.From == e.To ? LondonTime.Day(e.From) : $"{LondonTime.Day(e.From)} to {LondonTime.Day(e.To)}";
        return $"{days}: {(e is { Closed: false, Opens: { } opens, Closes: { } closes } ? $"{LondonTime.Time(opens)} to {LondonTime.Time(closes)}" : "closed")}";
    }

    private static Result<Service> Differ(Service s, string text)
    {
        var days = new List<OpeningException>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var match = ADifference().Match(line);
            var from = SourceWords.Day(match.Groups["from"].Value.Trim());
            var to = match.Groups["to"].Success ? SourceWords.Day(match.Groups["to"].Value.Trim()) : from;
            if (!match.Success || from is null || to is null || to < from) return new Refusal("other_days", $"“{PlainText.Line(line, 60)}” cannot be read. Write it like 25 December 2026: closed.");
            // As it stands already: the note that goes with it stays too.
            if ((s.Opening.Exceptions ?? []).FirstOrDefault(e => Line(e) == line) is { } same) { days.Add(same); continue; }
            var hours = match.Groups["hours"].Value.Trim();
            if (hours.Equals("closed", StringComparison.OrdinalIgnoreCase)) { days.Add(new OpeningException(from.Value, to.Value, Closed: true)); continue; }
            if (ScheduleWords.Read($"Monday {hours}") is not [{ Opens: { } opens, Closes: { } closes }]) return new Refusal("other_days", $"“{PlainText.Line(hours, 40)}” is no time. Write it like 10am to 12 noon, or closed.");
            days.Add(new OpeningException(from.Value, to.Value, Opens: opens, Closes: closes));
        }
        return days.Count > MostLines ? new Refusal("other_days", $"Name at most {MostLines}.") : s with { Opening = s.Opening with { Exceptions = days.Count > 0 ? days : null } };
    }

    [GeneratedRegex(@"^(?<from>[^:]+?)(?:\s+(?:to|until|-|–)\s+(?<to>[^:]+?))?\s*:\s*(?<hours>.+)$", RegexOptions.IgnoreCase)]
    private static partial Regex ADifference();
}
