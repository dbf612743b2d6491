using AnyDoor.Common;

namespace AnyDoor.Organisations;

/// <summary>How much a partner's system may do and how long its key lives, as dated data (<c>limits.json</c>).</summary>
/// <param name="CallsPerMinute">By role of the worker a key acts for; <c>other</c> for every role that is not named. Each web node counts for itself.</param>
public sealed record Limits(DateOnly Starts, string Owner, string Source, KeyLimits Keys, IReadOnlyDictionary<string, int> CallsPerMinute, MissLimits Misses, WebhookLimits Webhooks)
{
    private static readonly Lazy<Limits> Shipped = new(() => ContentFiles.Read<Limits>("limits.json"));

    public static Limits Current => Shipped.Value;

    public int PerMinute(Role role) => CallsPerMinute.TryGetValue(Staff.Word(role.ToString()), out var calls) ? calls : CallsPerMinute["other"];
}

/// <param name="Days">How long a key works when nobody says otherwise.</param>
/// <param name="OverlapDays">How long the old key still works after a new one took its place.</param>
public sealed record KeyLimits(int Days, int MostDays, int OverlapDays, int MostOverlapDays, int MostForEachOrganisation);

/// <summary>How often a key may ask for what is not there, or not for it: so that nobody finds people by trying references.</summary>
public sealed record MissLimits(int Most, int Minutes);

public sealed record WebhookLimits(int MostForEachOrganisation, int SecondsToAnswer, int FirstWaitSeconds, int LongestWaitMinutes, int DisabledAfterDays, int KeptDays, int SecretOverlapDays);
