using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>Erases an event's content on purpose: the erasure is recorded and signed first, and is an event of its own. The chain stays whole.</summary>
public static class Eraser
{
    /// <param name="why">The rule or the request it follows from, without personal data, like <c>retention: six years after closing</c>.</param>
    public static async Task<Result<Nothing>> EraseAsync(Command c, Guid eventId, string why)
    {
        if (string.IsNullOrWhiteSpace(why)) return new Refusal("reason-needed", "Say which rule or request the erasure follows from.", "why");
        await c.FlushAsync();
        if (!await c.Db.Set<AuditContent>().AnyAsync(x => x.EventId == eventId, c.Cancel))
            return new Refusal("nothing-to-erase", "That event has no content, or it was erased before.");
        Erasure With(byte[] mac) => new() { EventId = eventId, At = new DateTime(c.Who.At.Ticks / 10 * 10, DateTimeKind.Utc), Why = why.Trim(), Mac = mac };
        c.Insert(With(c.LogKey.Sign(CanonicalForm.Of(With([])))));
        c.Record("content.erased", subject: eventId);
        await c.FlushAsync();
        await c.Db.Set<AuditContent>().Where(x => x.EventId == eventId).ExecuteDeleteAsync(c.Cancel);
        return Nothing.Value;
    }

    /// <summary>Erases the content of many events for one reason. Each has its own signed erasure; what was erased before is passed over.</summary>
    /// <returns>How many were erased.</returns>
    public static async Task<int> EraseManyAsync(Command c, IReadOnlyCollection<Guid> events, string why)
    {
        if (string.IsNullOrWhiteSpace(why)) throw new ArgumentException("Say which rule or request the erasure follows from.", nameof(why));
        await c.FlushAsync();
        var asked = events.ToArray();
        var ids = await c.Db.Set<AuditContent>().Where(x => asked.Contains(x.EventId)).Select(x => x.EventId).ToArrayAsync(c.Cancel);
        foreach (var id in ids)
        {
            Erasure With(byte[] mac) => new() { EventId = id, At = new DateTime(c.Who.At.Ticks / 10 * 10, DateTimeKind.Utc), Why = why.Trim(), Mac = mac };
            c.Insert(With(c.LogKey.Sign(CanonicalForm.Of(With([])))));
            c.Record("content.erased", subject: id);
        }
        await c.FlushAsync();
        await c.Db.Set<AuditContent>().Where(x => ids.Contains(x.EventId)).ExecuteDeleteAsync(c.Cancel);
        return ids.Length;
    }
}
