using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Messages;

/// <summary>
/// Takes what waits in the outbox to the sender. Several processes may do it at once: each message is leased to one of them,
/// a lease that ran out is taken over, and the sender knows a message by its id, so that a crash in between sends nothing twice.
/// </summary>
/// <param name="sender">None on a live database until one is set up: everything then stays "not sent", as does what goes by a channel that the sender does not carry.</param>
public sealed class Postman(Database database, Commands commands, LogKey key, HouseholdReader households, IMessageSender? sender)
{
    private const int AtOnce = 20;
    private const int MostAttempts = 8;
    public const int DaysToSend = 14;
    private static readonly TimeSpan LeaseFor = TimeSpan.FromMinutes(2);
    private readonly Guid me = Guid.NewGuid();

    /// <summary>The ways in which messages go by themselves.</summary>
    public IReadOnlyList<MessageChannel> Channels { get; } = [.. Enum.GetValues<MessageChannel>().Where(c => c != MessageChannel.None && sender?.Takes(c) == true)];

    public bool Uses(IMessageSender one) => ReferenceEquals(sender, one);

    /// <summary>One round. Gives how many went.</summary>
    public async Task<int> DeliverAsync(DateTime now, CancellationToken cancel)
    {
        if (Channels.Count == 0) return 0;
        var went = 0;
        await using var db = database.Open();
        var due = await db.Set<OutboxMessage>()
            .Where(m => m.State == MessageState.Waiting && Channels.Contains(m.Channel) && m.DueAt <= now && (m.LeasedUntil == null || m.LeasedUntil < now))
            .OrderBy(m => m.DueAt).Select(m => m.Id).Take(AtOnce).ToListAsync(cancel);
        foreach (var id in due)
            if (await TakeAsync(id, now, cancel) is { } message && await DeliverAsync(message, now, cancel)) went++;
        return went;
    }

    /// <summary>What nobody could send in its days is of no use any more: it is closed as not sent, and its words go. Gives how many.</summary>
    public async Task<int> CloseOldAsync(AuditContext who, CancellationToken cancel)
    {
        var before = who.At.AddDays(-DaysToSend);
        var result = await commands.RunAsync(who, async c =>
        {
            var old = await c.Db.Set<OutboxMessage>().Where(m => m.State == MessageState.Waiting && m.CreatedAt < before && (m.LeasedUntil == null || m.LeasedUntil < who.At))
                .OrderBy(m => m.CreatedAt).Select(m => new { m.Id, m.HouseholdId }).Take(500).ToListAsync(c.Cancel);
            var ids = old.Select(m => m.Id).ToList();
            await c.Db.Set<OutboxMessage>().Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Failed)
                .SetProperty(x => x.Why, $"It could not be sent within {DaysToSend} days, and is too old to be of use.").SetProperty(x => x.SealedWords, (byte[]?)null), c.Cancel);
            foreach (var message in old) c.Record("message.failed", message.Id, message.HouseholdId);
            return (Result<int>)old.Count;
        }, cancel);
        return result.Value;
    }

    private async Task<OutboxMessage?> TakeAsync(Guid id, DateTime now, CancellationToken cancel)
    {
        var taken = await commands.RunAsync(Who(now), async c => (Result<int>)await c.Db.Set<OutboxMessage>()
            .Where(m => m.Id == id && m.State == MessageState.Waiting && (m.LeasedUntil == null || m.LeasedUntil < now))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.LeasedBy, me).SetProperty(x => x.LeasedUntil, now + LeaseFor).SetProperty(x => x.Attempts, x => x.Attempts + 1), c.Cancel), cancel);
        if (taken.Value != 1) return null;
        await using var db = database.Open();
        return await db.Set<OutboxMessage>().SingleAsync(m => m.Id == id, cancel);
    }

    private async Task<bool> DeliverAsync(OutboxMessage message, DateTime now, CancellationToken cancel)
    {
        // What they said about safety may have changed since it was written: the newest counts.
        Addressee to;
        await using (var db = database.Open()) to = await Post.AddresseeAsync(db, message.PersonId, null, cancel);
        var decision = PostRules.Decide(to);
        if (decision.Channel != message.Channel || (message.HasContent && !decision.Content))
        {
            await SettleAsync(message, now, MessageState.Withheld, decision.Why ?? "How to reach them safely has changed since this was written.", cancel);
            return false;
        }
        if (message.AddressMark is { } mark && !mark.AsSpan().SequenceEqual(Post.Mark(key, to.Reach, message.Channel)))
        {
            await SettleAsync(message, now, MessageState.Withheld, "The number or address has changed since this was written: it was not sent to either.", cancel);
            return false;
        }
        var reading = new ReadContext(Who(now), null, "message");
        if (await households.ReachOfAsync(reading, message.HouseholdId, message.PersonId, cancel) is null)
        {
            await SettleAsync(message, now, MessageState.Withheld, "There are no grounds to contact them any more.", cancel);
            return false;
        }
        try
        {
            if (await sender!.SendAsync(message.Id, message.Channel, PostRules.Address(to.Reach, message.Channel), Post.Unseal(key, message.SealedWords!), message.Attempts > 1, cancel) is { } never)
            {
                await SettleAsync(message, now, MessageState.Failed, never, cancel);
                return false;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            await AgainLaterAsync(message, now, cancel);
            return false;
        }
        await SettleAsync(message, now, MessageState.Sent, null, cancel);
        return true;
    }

    private Task<Result<int>> SettleAsync(OutboxMessage message, DateTime now, MessageState state, string? why, CancellationToken cancel) =>
        commands.RunAsync(Who(now), async c =>
        {
            // Only while the lease is ours: who lost it has nothing more to say.
            var mine = await c.Db.Set<OutboxMessage>().Where(m => m.Id == message.Id && m.State == MessageState.Waiting && m.LeasedBy == me).ExecuteUpdateAsync(m => m
                .SetProperty(x => x.State, state).SetProperty(x => x.Why, why).SetProperty(x => x.SentAt, state == MessageState.Sent ? now : (DateTime?)null)
                .SetProperty(x => x.SealedWords, (byte[]?)null).SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntil, (DateTime?)null), c.Cancel);
            if (mine == 1) c.Record(state switch { MessageState.Sent => "message.sent", MessageState.Failed => "message.failed", _ => "message.withheld" }, message.Id, message.HouseholdId);
            return (Result<int>)mine;
        }, cancel);

    private Task<Result<int>> AgainLaterAsync(OutboxMessage message, DateTime now, CancellationToken cancel) =>
        message.Attempts >= MostAttempts
            ? SettleAsync(message, now, MessageState.Failed, "It could not be sent, eight times over.", cancel)
            : commands.RunAsync(Who(now), async c => (Result<int>)await c.Db.Set<OutboxMessage>().Where(m => m.Id == message.Id && m.LeasedBy == me)
                .ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, now.AddMinutes(Math.Pow(2, message.Attempts))).SetProperty(x => x.LeasedBy, (Guid?)null).SetProperty(x => x.LeasedUntil, (DateTime?)null), c.Cancel), cancel);

    private static AuditContext Who(DateTime now) => new(Actor.Job("postman"), null, "job", Purpose.RespondToRequest, now);
}
