using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>A key that makes a command happen once. The same key with the same content gives the first answer again.</summary>
/// <param name="Scope">Whose key it is, so that two callers cannot meet each other's keys.</param>
/// <param name="ContentHash">SHA-256 of what was asked.</param>
public sealed record Once(string Scope, string Key, byte[] ContentHash);

/// <summary>
/// The one way to write. In one transaction: the key first, then the work's rows with their events and messages,
/// and last the guarded updates. A refusal leaves nothing behind. Only a whole transaction is ever tried again.
/// </summary>
public sealed class Commands(Database database, LogKey logKey, TimeProvider clock)
{
    public const string KeyReused = "key-reused";
    private int? epoch;
    private long done;

    /// <summary>How many commands this process has done: what is kept in memory for a moment is thrown away when it moves.</summary>
    public long Done => Interlocked.Read(ref done);

    public Database Database => database;
    public TimeProvider Clock => clock;
    public LogKey LogKey => logKey;

    public async Task<Result<T>> RunAsync<T>(AuditContext who, Func<Command, Task<Result<T>>> work, CancellationToken cancel, Once? once = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(who, work, once, cancel);
            }
            catch (Exception error) when (attempt < 6 && database.Kind.MayRetry(error))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5 * attempt * attempt), clock, cancel);
            }
        }
    }

    /// <summary>What a key was answered before, or that it was used for something else; null: it is new. So that a repeated ask that would now be refused gets its first answer.</summary>
    public async Task<Result<T>?> EarlierAsync<T>(Once once, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await db.Set<CommandKey>().SingleOrDefaultAsync(k => k.Scope == once.Scope && k.Key == once.Key, cancel) is not { } first) return null;
        return Earlier<T>(first, once);
    }

    private async Task<Result<T>> RunOnceAsync<T>(AuditContext who, Func<Command, Task<Result<T>>> work, Once? once, CancellationToken cancel)
    {
        using var turn = await database.Kind.WriterTurnAsync(cancel);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);

        if (once is not null && await AnswerOfAsync<T>(db, once, cancel) is { } earlier) return earlier;

        var command = new Command(db, database.Kind, who, logKey, await EpochAsync(db, cancel), cancel);
        var result = await work(command);
        if (!result.Done) return result.Refusal;

        await command.FlushAsync();
        if (once is not null)
        {
            var answer = JsonSerializer.Serialize(result.Value);
            await db.Database.ExecuteSqlAsync($"UPDATE command_key SET answer = {answer} WHERE scope = {once.Scope} AND key = {once.Key}", cancel);
        }
        if (await command.FinishAsync() is { } refusal) return refusal;
        await transaction.CommitAsync(cancel);
        Interlocked.Increment(ref done);
        return result;
    }

    /// <summary>Takes the key, or gives what was answered (or refused) the first time.</summary>
    private static async Task<Result<T>?> AnswerOfAsync<T>(AnyDoorDb db, Once once, CancellationToken cancel)
    {
        var at = db.Database.IsSqlite() ? "strftime('%Y-%m-%d %H:%M:%f', 'now')" : "now()";
#pragma warning disable EF1002 // only our own expression is put into the text
        var taken = await db.Database.ExecuteSqlRawAsync(
            $"INSERT INTO command_key (scope, key, content_hash, at) VALUES ({{0}}, {{1}}, {{2}}, {at}) ON CONFLICT (scope, key) DO NOTHING",
            [once.Scope, once.Key, once.ContentHash], cancel);
#pragma warning restore EF1002
        if (taken == 1) return null;
        return Earlier<T>(await db.Set<CommandKey>().SingleAsync(k => k.Scope == once.Scope && k.Key == once.Key, cancel), once);
    }

    private static Result<T> Earlier<T>(CommandKey first, Once once)
    {
        if (!first.ContentHash.AsSpan().SequenceEqual(once.ContentHash))
            return new Refusal(KeyReused, "This key was used before for something else. Use a new key for a new command.");
        return JsonSerializer.Deserialize<T>(first.Answer ?? throw new InvalidOperationException("A committed key has no answer."))!;
    }

    private async ValueTask<int> EpochAsync(AnyDoorDb db, CancellationToken cancel) =>
        epoch ??= await db.Set<DatabaseMark>().Select(m => m.Epoch).SingleAsync(cancel);
}

/// <summary>One transaction's work. Rows are collected and written together; guarded updates come last.</summary>
public sealed class Command
{
    // Above this many rows the database's own bulk writer is faster than EF Core's batches. Both pass the same model.
    private const int BulkFrom = 200;

    private readonly DatabaseKind kind;
    private readonly LogKey logKey;
    private readonly int epoch;
    private readonly Dictionary<Type, IRowList> rows = [];
    private readonly SortedList<int, List<Func<Command, Task<Refusal?>>>> finishers = [];
    private readonly Dictionary<Type, object> shared = [];

    internal Command(AnyDoorDb db, DatabaseKind kind, AuditContext who, LogKey logKey, int epoch, CancellationToken cancel) =>
        (Db, this.kind, Who, this.logKey, this.epoch, Cancel) = (db, kind, who, logKey, epoch, cancel);

    public AnyDoorDb Db { get; }
    public AuditContext Who { get; }
    public CancellationToken Cancel { get; }
    public LogKey LogKey => logKey;

    /// <summary>Adds a row to what this transaction inserts.</summary>
    public void Insert<T>(T row) where T : class
    {
        if (!rows.TryGetValue(typeof(T), out var list)) rows[typeof(T)] = list = new RowList<T>();
        ((RowList<T>)list).Add(row);
    }

    /// <summary>Records what happened. <paramref name="content"/> is erasable: words and values about a person go there and nowhere else.</summary>
    public Guid Record(string what, Guid? subject = null, Guid? household = null, string? content = null, AuditContext? by = null)
    {
        var who = by ?? Who;
        var id = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero));
        var body = who.Reason is null ? content : content is null ? who.Reason : $"{who.Reason}\n{content}";
        var salt = body is null ? [] : System.Security.Cryptography.RandomNumberGenerator.GetBytes(16);
        var draft = new AuditEvent
        {
            Id = id, Epoch = epoch, At = new DateTime(who.At.Ticks / 10 * 10, DateTimeKind.Utc), ActorKind = who.Actor.Kind, ActorId = who.Actor.Id, ActorLabel = who.Actor.Label,
            OrganisationId = who.OrganisationId, Door = who.Door, Purpose = who.Purpose, Kind = what, SubjectId = subject, HouseholdId = household,
            Commitment = body is null ? [] : Commit(salt, body), Mac = [],
        };
        Insert(new AuditEvent
        {
            Id = draft.Id, Epoch = draft.Epoch, At = draft.At, ActorKind = draft.ActorKind, ActorId = draft.ActorId, ActorLabel = draft.ActorLabel,
            OrganisationId = draft.OrganisationId, Door = draft.Door, Purpose = draft.Purpose, Kind = draft.Kind, SubjectId = draft.SubjectId,
            HouseholdId = draft.HouseholdId, Commitment = draft.Commitment, Mac = logKey.Sign(CanonicalForm.Of(draft)),
        });
        if (body is not null) Insert(new AuditContent { EventId = id, Salt = salt, Body = body });
        return id;
    }

    internal static byte[] Commit(byte[] salt, string body) =>
        System.Security.Cryptography.SHA256.HashData([.. salt, .. System.Text.Encoding.UTF8.GetBytes(body)]);

    /// <summary>A room's own companion of this command, made at the first call: the ledger gathers a whole batch's moves this way.</summary>
    public T Shared<T>(Func<Command, T> make) where T : class
    {
        if (!shared.TryGetValue(typeof(T), out var one)) shared[typeof(T)] = one = make(this);
        return (T)one;
    }

    internal DatabaseKind Kind => kind;

    /// <summary>A step for the very end, after every row is in: a guarded update, in the given order.</summary>
    public void AtEnd(int order, Func<Command, Task<Refusal?>> step)
    {
        if (!finishers.TryGetValue(order, out var steps)) finishers[order] = steps = [];
        steps.Add(step);
    }

    /// <summary>Writes the rows collected so far, and any tracked changes.</summary>
    public async Task FlushAsync()
    {
        var count = rows.Values.Sum(r => r.Count);
        if (count >= BulkFrom)
        {
            foreach (var list in rows.OrderBy(r => InsertOrder.Of(Db, r.Key)).Select(r => r.Value)) await list.InsertManyAsync(kind, Db, Cancel);
        }
        else
        {
            foreach (var list in rows.Values) list.AddTo(Db);
        }
        rows.Clear();
        await Db.SaveChangesAsync(Cancel);
    }

    internal async Task<Refusal?> FinishAsync()
    {
        foreach (var step in finishers.Values.SelectMany(s => s))
            if (await step(this) is { } refusal) return refusal;
        return null;
    }

    private interface IRowList
    {
        int Count { get; }
        void AddTo(AnyDoorDb db);
        Task InsertManyAsync(DatabaseKind kind, AnyDoorDb db, CancellationToken cancel);
    }

    private sealed class RowList<T> : List<T>, IRowList where T : class
    {
        public void AddTo(AnyDoorDb db) => db.AddRange(this);
        public Task InsertManyAsync(DatabaseKind kind, AnyDoorDb db, CancellationToken cancel) => kind.InsertManyAsync(db, this, cancel);
    }
}
