using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AnyDoor.Audit;

/// <summary>
/// The keys that sign log events, seals and checkpoints, and the pepper for codes and API keys.
/// They live in <c>ANYDOOR_KEYS</c>, outside the database and outside backups: who can write rows cannot forge them.
/// <c>log.key</c> signs. <c>log.key.1</c>, <c>log.key.2</c>… are those before it, oldest first: they prove what they signed and sign nothing more.
/// The pepper, and what is derived for residents, stays with the oldest, so that no code stops working when the key is changed.
/// </summary>
public sealed class LogKey
{
    private readonly byte[][] ring;

    private LogKey(byte[][] ring) => this.ring = ring;

    private byte[] Oldest => ring[0];

    /// <summary>How many keys there have been, less one: what is signed now has this generation.</summary>
    public int Generation => ring.Length - 1;

    /// <summary>Reads the folder's keys, making one (32 random bytes, readable by the owner only) when there is none.</summary>
    /// <param name="make">False where something is signed already: with a fresh key nothing of it could be proved.</param>
    /// <exception cref="InvalidOperationException">There is no key, and none may be made.</exception>
    public static LogKey Open(string folder, bool make = true)
    {
        var path = Path.Combine(folder, "log.key");
        if (!File.Exists(path))
        {
            if (!make) throw new InvalidOperationException($"There is no log.key in {folder}, and the logs are signed with one. Set ANYDOOR_KEYS to the folder that holds it.");
            Common.OwnFolder.Make(folder);
            var fresh = WriteFresh(folder);
            // Two processes may start at once: the first to link wins, and both then read the same key.
            try { File.Move(fresh, path, overwrite: false); } catch (IOException) { File.Delete(fresh); }
        }
        return new LogKey([.. Before(folder).Select(ReadKey), ReadKey(path)]);
    }

    /// <summary>Makes a new key that signs from now on; the one before stays to prove what it signed. Every process must be started anew with it.</summary>
    public static LogKey Rotate(string folder)
    {
        var path = Path.Combine(folder, "log.key");
        var next = Path.Combine(folder, $"log.key.{Before(folder).Count + 1}");
        File.Copy(path, next, overwrite: false);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(WriteFresh(folder), path, overwrite: true);
        return Open(folder, make: false);
    }

    private static List<string> Before(string folder)
    {
        var before = new List<string>();
        while (Path.Combine(folder, $"log.key.{before.Count + 1}") is var path && File.Exists(path)) before.Add(path);
        return before;
    }

    private static byte[] ReadKey(string path) => Convert.FromBase64String(File.ReadAllText(path));

    private static string WriteFresh(string folder)
    {
        var fresh = Path.Combine(folder, $".log.key.{Guid.NewGuid():N}");
        File.WriteAllText(fresh, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return fresh;
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA256.HashData(ring[^1], message);

    public bool Matches(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac) => GenerationOf(message, mac) is not null;

    /// <summary>Which key signed this, counted from the oldest; null: none of ours.</summary>
    public int? GenerationOf(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac)
    {
        for (var i = ring.Length - 1; i >= 0; i--)
            if (CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(ring[i], message), mac)) return i;
        return null;
    }

    /// <summary>What follows from the installation's first key and a name, and stays when the key that signs is changed.</summary>
    public byte[] Derive(ReadOnlySpan<byte> name) => HMACSHA256.HashData(Oldest, name);

    /// <summary>A keyed hash of a secret code or API key: what is stored instead of it.</summary>
    public byte[] HashSecret(string purpose, string secret) => Derive(Encoding.UTF8.GetBytes($"{purpose}\n{secret}"));

    /// <summary>A reference that somebody asked for and that is not there, as a line of the log names it: what was typed may be anything, so it is not written down itself.</summary>
    public Guid OfAsked(string typed) => new(HashSecret("asked-reference", typed.Trim().ToUpperInvariant()).AsSpan(0, 16));
}

/// <summary>Writes fields in one fixed form for hashing: a length before each, so that two different records never read the same.</summary>
internal sealed class CanonicalForm
{
    private readonly ArrayBufferWriter<byte> buffer = new(256);

    public CanonicalForm Add(string? text) => Add(text is null ? null : Encoding.UTF8.GetBytes(text));
    public CanonicalForm Add(Guid? id) => Add(id?.ToByteArray(bigEndian: true));

    public CanonicalForm Add(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        buffer.Write(bytes);
        return this;
    }

    // Both databases keep at least microseconds.
    public CanonicalForm Add(DateTime at) => Add(at.Ticks / 10);

    public CanonicalForm Add(byte[]? bytes)
    {
        Add(bytes is null ? -1L : bytes.Length);
        if (bytes is not null) buffer.Write(bytes);
        return this;
    }

    public ReadOnlySpan<byte> Bytes => buffer.WrittenSpan;

    public static ReadOnlySpan<byte> Of(AuditEvent e) => new CanonicalForm().Add(e.Id).Add(e.At).Add((long)e.ActorKind).Add(e.ActorId).Add(e.ActorLabel)
        .Add(e.OrganisationId).Add(e.Door).Add((long)e.Purpose).Add(e.Kind).Add(e.SubjectId).Add(e.HouseholdId).Add(e.Commitment).Bytes;

    public static ReadOnlySpan<byte> Of(ReadEvent e) => new CanonicalForm().Add(e.Id).Add(e.At).Add((long)e.ActorKind).Add(e.ActorId).Add(e.ActorLabel)
        .Add(e.OrganisationId).Add(e.Door).Add((long)e.Purpose).Add(e.Page).Add(e.Basis).Add(e.Subjects).Bytes;

    public static ReadOnlySpan<byte> Of(Seal s) => new CanonicalForm().Add((long)s.Log).Add(s.Number).Add(s.Epoch).Add(s.FromPosition).Add(s.ToPosition)
        .Add(s.Count).Add(s.At).Add(s.Hash).Add(s.PreviousHash).Bytes;

    public static ReadOnlySpan<byte> Of(DatabaseMark m) => new CanonicalForm().Add("database").Add(m.DatabaseId).Add(m.CreatedAt).Add(m.IsDemo is { } demo ? demo ? "demo" : "live" : "undecided").Add(m.Epoch).Bytes;

    public static ReadOnlySpan<byte> Of(Erasure e) => new CanonicalForm().Add(e.EventId).Add(e.At).Add(e.Why).Bytes;

    public static ReadOnlySpan<byte> Of(ILogged e) => e is AuditEvent write ? Of(write) : Of((ReadEvent)e);

    /// <summary>What a seal hashes of one event: where it stands, what it says, and its MAC.</summary>
    public static ReadOnlySpan<byte> InSeal(ILogged e) => new CanonicalForm().Add(e.Position).Add(e.Seq).Add(Of(e).ToArray()).Add(e.Mac).Bytes;
}
