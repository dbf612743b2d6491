using System.Text;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>
/// Counts wrong tries, the same for a thing that exists and one that does not. Each is counted before it is known to be wrong,
/// so that many at once win nothing.
/// </summary>
public static class TryLimits
{
    /// <summary>How long one thing waits after too many wrong tries.</summary>
    public const int WaitMinutes = 15;
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(WaitMinutes);
    /// <summary>Codes typed from one address. A library's shared computer has one address, so this is wide.</summary>
    public const int FromOneAddress = 30;
    /// <summary>After a day of quiet a count starts anew.</summary>
    private static readonly TimeSpan Forgets = TimeSpan.FromDays(1);

    /// <summary>Whole minutes to wait, or null when it may be tried; the try is counted.</summary>
    public static async Task<int?> CountAsync(Command c, string kind, string what, int most, TimeSpan wait)
    {
        var key = KeyOf(c, kind, what);
        var now = c.Who.At;
        // One statement that makes the row or takes its lock: two tries at once follow one another.
        await c.Db.Database.ExecuteSqlAsync($"""INSERT INTO wrong_tries ("key", "count", last_at) VALUES ({key}, 0, {now}) ON CONFLICT ("key") DO UPDATE SET "count" = wrong_tries."count" """, c.Cancel);
        var row = await c.Db.Set<WrongTries>().AsTracking().SingleAsync(t => t.Key == key, c.Cancel);
        if (row.LockedUntil is { } until && until > now) return Minutes(until - now);
        if (row.LockedUntil is not null || row.LastAt < now - Forgets) (row.Count, row.LockedUntil) = (0, null);
        row.Count++;
        row.LastAt = now;
        if (row.Count >= most) row.LockedUntil = now + wait;
        return null;
    }

    /// <summary>The try was right after all.</summary>
    public static async Task ForgetAsync(Command c, string kind, string what)
    {
        var key = KeyOf(c, kind, what);
        foreach (var tracked in c.Db.ChangeTracker.Entries<WrongTries>().Where(e => e.Entity.Key.AsSpan().SequenceEqual(key)).ToList()) tracked.State = EntityState.Detached;
        await c.Db.Set<WrongTries>().Where(t => t.Key == key).ExecuteDeleteAsync(c.Cancel);
    }

    /// <summary>One right code from a shared address takes back its own try only.</summary>
    public static void TakeBack(Command c, string kind, string what)
    {
        var key = KeyOf(c, kind, what);
        if (c.Db.ChangeTracker.Entries<WrongTries>().FirstOrDefault(e => e.Entity.Key.AsSpan().SequenceEqual(key))?.Entity is not { } row) return;
        row.Count--;
        row.LockedUntil = null;
    }

    /// <summary>The same, in a command of its own.</summary>
    public static async Task GiveBackAsync(Command c, string kind, string what)
    {
        var key = KeyOf(c, kind, what);
        await c.Db.Set<WrongTries>().Where(t => t.Key == key && t.Count > 0).ExecuteUpdateAsync(t => t.SetProperty(x => x.Count, x => x.Count - 1).SetProperty(x => x.LockedUntil, (DateTime?)null), c.Cancel);
    }

    private static byte[] KeyOf(Command c, string kind, string what) => c.LogKey.Derive(Encoding.UTF8.GetBytes($"tries\n{kind}\n{what}"));

    private static int Minutes(TimeSpan left) => Math.Max(1, (int)Math.Ceiling(left.TotalMinutes));
}

/// <summary>Wrong tries at one thing: a reference, or the codes typed from one address. Holds a keyed hash only.</summary>
internal sealed class WrongTries
{
    public required byte[] Key { get; init; }
    public required int Count { get; set; }
    public required DateTime LastAt { get; set; }
    public DateTime? LockedUntil { get; set; }
}
