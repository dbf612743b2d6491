using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AnyDoor.Bench;

/// <summary>Where a value stands that differs from one command to the next, and what it is.</summary>
public sealed record Slot(int Trip, int Message, int Offset, int Length, string Value);

/// <summary>
/// One command as it went over the wire, with the values that must be new each time. Found by laying two commands side by side: what differs is new each time.
/// Values of the same content are the same value, as an id that is written in four tables.
/// </summary>
public sealed class Script
{
    private readonly IReadOnlyList<RoundTrip> trips;
    private readonly List<Slot> slots = [];

    private Script(IReadOnlyList<RoundTrip> trips) => this.trips = trips;

    /// <summary>Null when the two did not send the same: one prepared a statement, or its rows came in another order.</summary>
    /// <param name="given">The first command's own values, by the name that <see cref="Bytes"/> knows them by.</param>
    public static Script? Between(IReadOnlyList<RoundTrip> one, IReadOnlyList<RoundTrip> other, IReadOnlyDictionary<string, byte[]> given)
    {
        if (!one.Select(t => t.Sent.Count).SequenceEqual(other.Select(t => t.Sent.Count))) return null;
        var script = new Script(one);
        var names = given.ToDictionary(g => Convert.ToHexString(g.Value), g => g.Key);
        var known = other.SelectMany(t => t.Sent).SelectMany(m => Values(m).Select(v => Convert.ToHexString(m.Bytes, v.From, v.Length))).ToHashSet();
        for (var t = 0; t < one.Count; t++)
        {
            for (var m = 0; m < one[t].Sent.Count; m++)
            {
                var (a, b) = (one[t].Sent[m], other[t].Sent[m]);
                if (a.Type == 'P' || a.Type != b.Type) return null;
                foreach (var ((from, length), theirs) in Values(a).Zip(Values(b)))
                {
                    if (length != theirs.Length) return null;
                    // A time stays the first command's, and nothing is looked up by an answer that is kept.
                    if (length is 0 or 8 or > 64) continue;
                    var value = Convert.ToHexString(a.Bytes, from, length);
                    if (!known.Contains(value)) script.slots.Add(new Slot(t, m, from, length, names.GetValueOrDefault(value, value)));
                }
            }
        }
        return script;
    }

    public int RoundTrips => trips.Count;
    public int Statements => trips.Sum(t => t.Sent.Count(m => m.Type is 'B' or 'Q'));

    /// <summary>Names of the prepared statements that the command uses.</summary>
    public IEnumerable<string> Uses => trips.SelectMany(t => t.Sent).Where(m => m.Type == 'B').Select(StatementOf).Where(n => n.Length > 0).Distinct();

    /// <summary>The bytes of each round trip with new values in their places.</summary>
    public IEnumerable<(byte[] Sent, int Answers)> Bytes(IReadOnlyDictionary<string, byte[]> given)
    {
        var values = new Dictionary<string, byte[]>(given);
        var place = slots.ToLookup(s => (s.Trip, s.Message));
        for (var t = 0; t < trips.Count; t++)
        {
            using var sent = new MemoryStream();
            for (var m = 0; m < trips[t].Sent.Count; m++)
            {
                var from = (int)sent.Position;
                sent.Write(trips[t].Sent[m].Bytes);
                foreach (var slot in place[(t, m)])
                {
                    if (!values.TryGetValue(slot.Value, out var value)) values[slot.Value] = value = New(slot.Length);
                    if (value.Length != slot.Length) throw new InvalidOperationException($"{slot.Value} has {value.Length} bytes and its place {slot.Length}.");
                    value.CopyTo(sent.GetBuffer(), from + slot.Offset);
                }
            }
            yield return (sent.ToArray(), trips[t].Answers);
        }
    }

    /// <summary>A new id, ordered by time as the product's are; or random letters, or a random hash.</summary>
    private static byte[] New(int length) => length switch
    {
        16 => Guid.CreateVersion7().ToByteArray(bigEndian: true),
        32 => RandomNumberGenerator.GetBytes(32),
        _ => System.Text.Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", length)),
    };

    private static string StatementOf(WireMessage bind)
    {
        var rest = bind.Body[(bind.Body.IndexOf((byte)0) + 1)..];
        return System.Text.Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    /// <summary>Where the parameters of a Bind stand.</summary>
    private static List<(int From, int Length)> Values(WireMessage message)
    {
        var found = new List<(int, int)>();
        if (message.Type != 'B') return found;
        var bytes = message.Bytes;
        var at = Array.IndexOf(bytes, (byte)0, 5) + 1;
        at = Array.IndexOf(bytes, (byte)0, at) + 1;
        at += 2 + 2 * BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at));
        int count = BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at));
        at += 2;
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            at += 4;
            // An array of one id: the id is what differs.
            found.Add(length == 40 && bytes.AsSpan(at, 4).SequenceEqual(new byte[] { 0, 0, 0, 1 }) ? (at + 24, 16) : (at, Math.Max(length, 0)));
            at += Math.Max(length, 0);
        }
        return found;
    }
}

/// <summary>One connection that sends scripts as they are and waits for each answer, with nothing between it and the socket.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly TcpClient client;
    private readonly NetworkStream stream;
    private readonly byte[] buffer = new byte[64 * 1024];
    private int from, to;

    private RawConnection(TcpClient client) => (this.client, stream) = (client, client.GetStream());

    public static async Task<RawConnection> OpenAsync(string host, int port, byte[] startup, IEnumerable<WireMessage> prepare)
    {
        var connection = new RawConnection(new TcpClient(host, port) { NoDelay = true });
        await connection.stream.WriteAsync(startup);
        await connection.AnswersAsync(1);
        foreach (var parse in prepare) await connection.SendAsync([.. parse.Bytes, (byte)'S', 0, 0, 0, 4], 1);
        return connection;
    }

    public async Task SendAsync(byte[] bytes, int answers)
    {
        await stream.WriteAsync(bytes);
        await AnswersAsync(answers);
    }

    /// <summary>Reads until the server has said so often that it is ready for the next.</summary>
    private async Task AnswersAsync(int count)
    {
        while (count > 0)
        {
            await FillAsync(5);
            var type = (char)buffer[from];
            var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(from + 1)) + 1;
            await FillAsync(length);
            if (type == 'E') throw new InvalidOperationException($"PostgreSQL refused: {System.Text.Encoding.UTF8.GetString(buffer, from + 5, length - 5).Replace('\0', ' ')}");
            from += length;
            if (type is 'Z' or 'G') count--;
        }
    }

    private async Task FillAsync(int count)
    {
        if (to - from >= count) return;
        buffer.AsSpan(from, to - from).CopyTo(buffer);
        (from, to) = (0, to - from);
        while (to < count)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(to));
            if (read == 0) throw new IOException("PostgreSQL closed the connection.");
            to += read;
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }
}
