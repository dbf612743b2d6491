using AnyDoor.Places;

namespace AnyDoor.ServiceDirectory;

/// <summary>An entry whose owner is to be asked whether it is still right.</summary>
public sealed record DueEntry(Service Service, AssuranceState State, int Days);

/// <summary>What was not confirmed in the last 90 days, and what never was: the longest ago first.</summary>
public static class DueList
{
    public static IReadOnlyList<DueEntry> Of(MenuIndex index, DateOnly day, string? district = null) =>
        [.. index.Services.Where(s => !MenuGate.IsClosed(s, day) && (district is null || IsIn(s, district)))
            .Select(s => new DueEntry(s, Assurance.Of(s, day), Assurance.DaysSince(s, day))).Where(d => d.State != AssuranceState.Checked)
            .OrderByDescending(d => d.State != AssuranceState.Never).ThenByDescending(d => d.Days).ThenBy(d => d.Service.Name, StringComparer.Ordinal)];

    /// <summary>It is there, or serves it.</summary>
    /// <param name="district">ONS code.</param>
    public static bool IsIn(Service service, string district) =>
        District.Find(district)?.Name is { } name && (service.Locations.Any(l => l.District == name) || service.AreasServed.Any(a => a.Name == name || a.Code == district));
}
