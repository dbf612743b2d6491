using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>What never passes: what is closed by its status or its dates (not by the hour), what is not for this reader, and what is for other ages.</summary>
internal static class MenuGate
{
    public static readonly Finding ForAll = new(Verdict.Yes, [], []);
    private const int BabyAge = 5;
    private static readonly Finding AgesNotKnown = new(Verdict.Maybe, [], ["household.people"]);

    public static bool IsClosed(Service service, DateOnly day) => new GateFacts(service).IsClosed(day.DayNumber);

    public static bool MayBeSeen(Service service, MenuReader reader, DateOnly day) => new GateFacts(service).MayBeSeen(reader, day.DayNumber);

    /// <summary>Whether it is for somebody in this household: its ages, its rule, and for women or men only. Nothing known refuses nobody.</summary>
    public static Finding WhoFor(Service service, MenuQuery query)
    {
        var finding = service.Eligibility?.When?.Of(query.Facts) ?? ForAll;
        if (finding.Verdict == Verdict.No) return finding;
        if (service.OnlyFor != OnlyFor.Everyone && query.Gender != OnlyFor.Everyone && query.Gender != service.OnlyFor) return new(Verdict.No, ["person.gender"], []);
        if (service.MinimumAge is null && service.MaximumAge is null) return finding;
        if (query.Facts.Ages is not { Count: > 0 } ages) return ReferenceEquals(finding, ForAll) ? AgesNotKnown : new(Verdict.Maybe, finding.Because, [.. finding.Ask.Append("household.people").Distinct()]);
        var span = new AgeSpan(service.MinimumAge, service.MaximumAge);
        // A baby that is on its way has no age yet: what is for those expecting too is not refused to whoever says so.
        if (service.MaximumAge <= BabyAge && AgeWords.IsOfExpecting(query.Text) && AgeWords.IsOfExpecting(service.Description)) return finding;
        return ages.Any(span.Has) ? finding : new(Verdict.No, ["household.people"], []);
    }

    /// <summary>Whom it is for, in a sentence's end.</summary>
    public static string? Words(Service service)
    {
        if (service.Eligibility is { } eligibility) return eligibility.Words.TrimEnd('.');
        var who = service.OnlyFor switch { OnlyFor.Women => "women", OnlyFor.Men => "men", _ => "people" };
        return (service.MinimumAge, service.MaximumAge) switch
        {
            (null, null) => service.OnlyFor == OnlyFor.Everyone ? null : $"For {who} only",
            ({ } from, null) => $"For {who} aged {from} and over",
            (null, { } to) => $"For {(to < 18 ? "children" : who)} up to {to}",
            ({ } from, { } to) => $"For {(to < 18 ? "children" : who)} aged {from} to {to}",
        };
    }
}

/// <summary>What the gate looks at first, small enough to lie beside that of the next service. Days are day numbers.</summary>
internal readonly struct GateFacts(Service service)
{
    private readonly int from = service.Status == ServiceStatus.Active ? service.ValidFrom?.DayNumber ?? int.MinValue : int.MaxValue;
    private readonly int to = service.ValidTo?.DayNumber ?? int.MaxValue;
    private readonly int hiddenFrom = service.NeverConfirmed ? int.MaxValue : service.LastChecked.DayNumber + MenuMatch.HideAfterDays;
    private readonly Visibility seen = service.Visibility;

    public bool IsClosed(int day) => day < from || day > to;

    /// <summary>A missing check hides nothing; one that is a year old hides from residents.</summary>
    public bool MayBeSeen(MenuReader reader, int day) =>
        seen <= reader switch { MenuReader.Resident => Visibility.Public, MenuReader.Partner => Visibility.Partners, _ => Visibility.Internal } && (reader != MenuReader.Resident || day < hiddenFrom);
}
