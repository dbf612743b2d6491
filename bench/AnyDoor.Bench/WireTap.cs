using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AnyDoor.Bench;

/// <summary>One message of PostgreSQL's protocol: its type and its bytes, with the type and the length in front.</summary>
public sealed record WireMessage(char Type, byte[] Bytes)
{
    public ReadOnlySpan<byte> Body => Bytes.AsSpan(5);
}

/// <summary>What was sent in one round trip, up to the answer that was waited for.</summary>
public sealed record RoundTrip(IReadOnlyList<WireMessage> Sent)
{
    /// <summary>How often the server says that it is ready before the round trip is over: a BEGIN goes along with what comes after it.</summary>
    public int Answers => Sent.Count(m => m.Type is 'Q' or 'S' or 'c');
}

/// <summary>
/// Stands between a client and PostgreSQL on one connection, and writes down what is sent and where an answer is waited for.
/// So the limit is what the product really sends, whatever it becomes: nobody keeps a copy of its statements.
/// </summary>
public sealed class WireTap : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string host;
    private readonly int port;
    private readonly Lock gate = new();
    private readonly List<RoundTrip> trips = [];
    private readonly Dictionary<string, WireMessage> prepared = [];
    private List<WireMessage> sending = [];
    private readonly Task serving;

    public WireTap(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The first message of the connection, which names the user and the database.</summary>
    public byte[]? Startup { get; private set; }

    /// <summary>Statements that the connection prepared by name.</summary>
    public IReadOnlyDictionary<string, WireMessage> Prepared => prepared;

    /// <summary>What was sent since the last call.</summary>
    public IReadOnlyList<RoundTrip> Take()
    {
        lock (gate)
        {
            var taken = trips.ToArray();
            trips.Clear();
            return taken;
        }
    }

    private async Task ServeAsync()
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var server = new TcpClient(host, port);
        client.NoDelay = server.NoDelay = true;
        var (down, up) = (client.GetStream(), server.GetStream());
        var length = new byte[4];
        await down.ReadExactlyAsync(length);
        Startup = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        length.CopyTo(Startup, 0);
        await down.ReadExactlyAsync(Startup.AsMemory(4));
        await up.WriteAsync(Startup);
        try
        {
            await Task.WhenAny(PumpAsync(down, up, Sent), PumpAsync(up, down, Answered));
        }
        catch (IOException) { }
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, Action<WireMessage> note)
    {
        while (await ReadAsync(from) is { } message)
        {
            note(message);
            await to.WriteAsync(message.Bytes);
        }
    }

    /// <summary>The next message; null at the end of the stream.</summary>
    public static async Task<WireMessage?> ReadAsync(Stream from)
    {
        var head = new byte[5];
        if (await from.ReadAtLeastAsync(head, 5, throwOnEndOfStream: false) < 5) return null;
        var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) + 1];
        head.CopyTo(bytes, 0);
        await from.ReadExactlyAsync(bytes.AsMemory(5));
        return new WireMessage((char)head[0], bytes);
    }

    private void Sent(WireMessage message)
    {
        lock (gate)
        {
            sending.Add(message);
            if (message.Type == 'P' && message.Body[0] != 0) prepared[NameOf(message)] = message;
        }
    }

    private void Answered(WireMessage message)
    {
        if (message.Type is not ('Z' or 'G')) return;
        lock (gate)
        {
            if (sending.Count > 0) trips.Add(new RoundTrip(sending));
            sending = [];
        }
    }

    /// <summary>The name of the statement that a Parse makes.</summary>
    public static string NameOf(WireMessage parse) => System.Text.Encoding.UTF8.GetString(parse.Body[..parse.Body.IndexOf((byte)0)]);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        try { await serving; } catch (SocketException) { } catch (ObjectDisposedException) { } catch (OperationCanceledException) { }
    }
}
