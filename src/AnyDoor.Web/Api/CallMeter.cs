using System.Collections.Concurrent;
using AnyDoor.Organisations;

namespace AnyDoor.Web.Api;

/// <summary>
/// Counts what each key asks of this node: a bucket that fills evenly, so that a key may use a minute's calls at once and then waits. The limits are data (<c>limits.json</c>).
/// Each node counts for itself: behind a proxy that shares calls out evenly over n nodes a key has n times as many.
/// </summary>
public sealed class CallMeter(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Guid Key, string What), Bucket> buckets = new();

    /// <summary>Whole seconds to wait, or null when it may be done; then it is counted.</summary>
    public int? Call(ApiCaller caller) => Take(caller.KeyId, "call", Limits.Current.PerMinute(caller.Worker.Role), TimeSpan.FromMinutes(1), take: true);

    /// <summary>Something was asked for that is not there, or not for this key.</summary>
    public void Miss(ApiCaller caller) => Take(caller.KeyId, "miss", Limits.Current.Misses.Most, TimeSpan.FromMinutes(Limits.Current.Misses.Minutes), take: true);

    /// <summary>Whole seconds to wait when it has asked for too much that is not there: what is there is answered alike, so that nothing is learned by waiting for the difference.</summary>
    public int? MissedTooOften(ApiCaller caller) => Take(caller.KeyId, "miss", Limits.Current.Misses.Most, TimeSpan.FromMinutes(Limits.Current.Misses.Minutes), take: false);

    /// <summary>The same for a worker who follows or types references of records.</summary>
    public void Miss(Guid worker) => Take(worker, "look", Limits.Current.Misses.Most, TimeSpan.FromMinutes(Limits.Current.Misses.Minutes), take: true);
    public int? MissedTooOften(Guid worker) => Take(worker, "look", Limits.Current.Misses.Most, TimeSpan.FromMinutes(Limits.Current.Misses.Minutes), take: false);

    private int? Take(Guid key, string what, int most, TimeSpan over, bool take)
    {
        var bucket = buckets.GetOrAdd((key, what), _ => new Bucket(most, clock.GetTimestamp()));
        lock (bucket)
        {
            var now = clock.GetTimestamp();
            var perSecond = most / over.TotalSeconds;
            bucket.Left = Math.Min(most, bucket.Left + clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond);
            bucket.At = now;
            if (bucket.Left < 1) return Math.Max(1, (int)Math.Ceiling((1 - bucket.Left) / perSecond));
            if (take) bucket.Left--;
            return null;
        }
    }

    private sealed class Bucket(double left, long at)
    {
        public double Left { get; set; } = left;
        public long At { get; set; } = at;
    }
}
