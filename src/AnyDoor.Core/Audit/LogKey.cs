using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AnyDoor.Audit;

/// <summary>
/// The key that signs log events, seals and checkpoints, and the pepper for codes and API keys.
/// Lives in <c>ANYDOOR_KEYS</c>, outside the database and outside backups: who can write rows cannot forge them.
/// </summary>
public sealed class LogKey
{
    private readonly byte[] key;

    private LogKey(byte[] key) => this.key = key;

    /// <summary>Reads the folder's key, making it (32 random bytes, readable by the owner only) when there is none.</summary>
    /// <param name="make">False where something is signed already: with a fresh key nothing of it could be proved.</param>
    /// <exception cref="InvalidOperationException">There is no key, and none may be made.</exception>
    public static LogKey Open(string folder, bool make = true)
    {
        var path = Path.Combine(folder, "log.key");
        if (!File.Exists(path))
        {
            if (!make) throw new InvalidOperationException($"There is no log.key in {folder}, and the logs are signed with one. Set ANYDOOR_KEYS to the folder that holds it.");
            Directory.CreateDirectory(folder);
            var fresh = Path.Combine(folder, $".log.key.{Guid.NewGuid():N}");
            File.WriteAllText(fresh, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            // Two processes may start at once: the first to link wins, and both then read the same key.
            try { File.Move(fresh, path, overwrite: false); } catch (IOException) { File.Delete(fresh); }
        }
        return new LogKey(Convert.FromBase64String(File.ReadAllText(path)));
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA256.HashData(key, message);

    public bool Matches(ReadOnlySpan<byte> message, ReadOnlySpan<byte> mac) => CryptographicOperations.FixedTimeEquals(Sign(message), mac);

    /// <summary>A keyed hash of a secret code or API key: what is stored instead of it.</summary>
    public byte[] HashSecret(string purpose, string secret) => Sign(Encoding.UTF8.GetBytes($"{purpose}\n{secret}"));
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

    public static ReadOnlySpan<byte> Of(Erasure e) => new CanonicalForm().Add(e.EventId).Add(e.At).Add(e.Why).Bytes;

    public static ReadOnlySpan<byte> Of(ILogged e) => e is AuditEvent write ? Of(write) : Of((ReadEvent)e);

    /// <summary>What a seal hashes of one event: where it stands, what it says, and its MAC.</summary>
    public static ReadOnlySpan<byte> InSeal(ILogged e) => new CanonicalForm().Add(e.Position).Add(e.Seq).Add(Of(e).ToArray()).Add(e.Mac).Bytes;
}
