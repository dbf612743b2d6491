using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>The hours of one day; none: closed.</summary>
public sealed record DayHours(DateOnly Day, IReadOnlyList<(TimeOnly Opens, TimeOnly Closes)> Hours);

/// <summary>One entry of the menu as a page shows it: what may be told to this reader, and nothing of a hidden place.</summary>
/// <param name="Line">The line of reasons: cost, opening, waiting, when it was checked.</param>
/// <param name="Week">The next seven days; empty: no hours are known by day.</param>
/// <param name="Places">Those that may be told.</param>
/// <param name="HasHiddenPlace">It has a place that nobody outside may learn.</param>
/// <param name="WhoFor">In its own words or by its ages; none: for everybody.</param>
/// <param name="Areas">Where people must live; empty: anywhere.</param>
/// <param name="IsClosed">By its status or its dates, not by the hour.</param>
public sealed record ServiceCard(
    Service Service, IReadOnlyList<string> Line, OpeningNow Now, IReadOnlyList<DayHours> Week, IReadOnlyList<ServiceLocation> Places, bool HasHiddenPlace, string? WhoFor, IReadOnlyList<string> Areas,
    AssuranceState Assurance, int DaysSince, bool IsClosed)
{
    /// <summary>Null: there is no such entry for this reader. Residents meet nothing that is closed, internal, for partners only, or not checked for a year.</summary>
    public static ServiceCard? Find(MenuIndex index, Guid id, MenuReader reader, DateTime at)
    {
        var day = LondonTime.DayOf(at);
        return index.Find(id) is { } service && MenuGate.MayBeSeen(service, reader, day) && (reader != MenuReader.Resident || !MenuGate.IsClosed(service, day)) ? Of(service, at) : null;
    }

    public static ServiceCard Of(Service service, DateTime at)
    {
        var day = LondonTime.DayOf(at);
        var now = service.Opening.At(at);
        var byDay = !service.Opening.SchoolTermsOnly && (service.Opening.Weekly.Count > 0 || service.Opening.Rules is { Count: > 0 });
        return new ServiceCard(
            service, MenuWords.Line(service, now, ServiceDirectory.Assurance.DaysSince(service, day)), now, byDay ? [.. Enumerable.Range(0, 7).Select(n => day.AddDays(n)).Select(d => new DayHours(d, [.. service.Opening.On(d)]))] : [],
            [.. service.Locations.Where(l => !l.Hidden)], service.Locations.Any(l => l.Hidden), MenuGate.Words(service), [.. service.AreasServed.Where(a => a.Only && a.Name.Length > 0).Select(a => a.Name).Distinct()],
            ServiceDirectory.Assurance.Of(service, day), ServiceDirectory.Assurance.DaysSince(service, day), MenuGate.IsClosed(service, day));
    }
}
