using System.Collections.Concurrent;
using AnyDoor.Data;

namespace AnyDoor.Audit;

/// <summary>
/// What was read for one serves whoever asks the same within a second. Any command of this process ends it;
/// what another process changed shows within the second. Never for what a look must be recorded of: only for what lies behind it.
/// </summary>
public sealed class KeptForASecond<TKey, T>(Commands commands) where TKey : notnull
{
    private const int Most = 200;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<TKey, (long Done, long At, T Value)> kept = new();

    public async ValueTask<T> GetAsync(TKey key, Func<AnyDoorDb, Task<T>> read)
    {
        var (done, at) = (commands.Done, commands.Clock.GetTimestamp());
        if (kept.TryGetValue(key, out var before) && before.Done == done && commands.Clock.GetElapsedTime(before.At, at) < Fresh) return before.Value;
        await using var db = commands.Database.Open();
        var value = await read(db);
        if (kept.Count >= Most) kept.Clear();
        kept[key] = (done, at, value);
        return value;
    }
}
