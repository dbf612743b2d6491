using System.Threading.Channels;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Audit;

/// <summary>A look at a person could not be recorded, so nothing is shown.</summary>
public sealed class ReadNotLoggedException(Exception? inner) : Exception(Sentence, inner)
{
    public const string Sentence = "We cannot show that just now, because the look at it could not be recorded. Nothing was changed. Try again in a minute.";
}

/// <summary>
/// Records every look at people before it is answered. One writer in each process commits what has gathered while the last commit was under way,
/// so that many readers share one wait for the disk.
/// </summary>
public sealed class ReadLog : IAsyncDisposable
{
    /// <summary>The basis of a look that was refused: it names what was asked for, whether that is there or not, and nothing was shown.</summary>
    public const string Refused = "refused";
    private const int MostInOneCommit = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Database database;
    private readonly LogKey key;
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Task writer;
    private int? epoch;

    public ReadLog(Database database, LogKey key)
    {
        (this.database, this.key) = (database, key);
        writer = Task.Run(WriteAsync);
    }

    /// <summary>Returns when the look is committed. No subjects, no event: nobody was shown. A search that finds nobody is one all the same (<paramref name="evenNobody"/>).</summary>
    /// <param name="page">Where it is shown, like <c>queue</c> or <c>household</c>.</param>
    /// <param name="basis">The causes of the grounds it stands on.</param>
    /// <param name="subjects">Everybody shown: the ids of households (or persons).</param>
    /// <exception cref="ReadNotLoggedException">It was not committed: show nothing.</exception>
    public async Task RecordAsync(AuditContext who, string page, string basis, IReadOnlyCollection<Guid> subjects, CancellationToken cancel, bool evenNobody = false)
    {
        if (subjects.Count == 0 && !evenNobody) return;
        var one = new Waiting(who, page, basis, Pack(subjects));
        try
        {
            await queue.Writer.WriteAsync(one, cancel);
            await one.Committed.Task.WaitAsync(Patience, cancel);
        }
        catch (Exception error) when (error is ChannelClosedException or TimeoutException)
        {
            throw new ReadNotLoggedException(error);
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Waiting>(MostInOneCommit);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostInOneCommit && queue.Reader.TryRead(out var one)) batch.Add(one);
            try
            {
                await CommitAsync(batch);
                foreach (var one in batch) one.Committed.TrySetResult();
            }
            catch (Exception error)
            {
                foreach (var one in batch) one.Committed.TrySetException(new ReadNotLoggedException(error));
            }
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = await database.Kind.WriterTurnAsync(default);
                await using var db = database.Open();
                epoch ??= await db.Set<DatabaseMark>().Select(m => m.Epoch).SingleAsync();
                await database.Kind.InsertAloneAsync(db, batch.ConvertAll(one => Signed(one, epoch.Value)), default);
                return;
            }
            catch (Exception error) when (attempt < 4 && database.Kind.MayRetry(error))
            {
                await Task.Delay(10 * attempt);
            }
        }
    }

    private ReadEvent Signed(Waiting one, int epoch)
    {
        var who = one.Who;
        ReadEvent With(byte[] mac) => new()
        {
            Id = one.Id, Epoch = epoch, At = new DateTime(who.At.Ticks / 10 * 10, DateTimeKind.Utc), ActorKind = who.Actor.Kind, ActorId = who.Actor.Id, ActorLabel = who.Actor.Label,
            OrganisationId = who.OrganisationId, Door = who.Door, Purpose = who.Purpose, Page = one.Page, Basis = one.Basis, Subjects = one.Subjects, Mac = mac,
        };
        return With(key.Sign(CanonicalForm.Of(With([]))));
    }

    private static byte[] Pack(IReadOnlyCollection<Guid> subjects)
    {
        var packed = new byte[16 * subjects.Count];
        var at = 0;
        foreach (var id in subjects.Distinct())
        {
            id.TryWriteBytes(packed.AsSpan(at), bigEndian: true, out _);
            at += 16;
        }
        return at == packed.Length ? packed : packed[..at];
    }

    internal static IEnumerable<Guid> Unpack(byte[] subjects)
    {
        for (var at = 0; at + 16 <= subjects.Length; at += 16) yield return new Guid(subjects.AsSpan(at, 16), bigEndian: true);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writer;
    }

    private sealed class Waiting(AuditContext who, string page, string basis, byte[] subjects)
    {
        public AuditContext Who => who;
        public string Page => page;
        public string Basis => basis;
        public byte[] Subjects => subjects;
        public Guid Id { get; } = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero));
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
