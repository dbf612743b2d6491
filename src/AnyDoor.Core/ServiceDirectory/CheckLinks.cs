using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>Whether a link to confirm an entry still works.</summary>
public enum LinkState
{
    Works,
    /// <summary>Somebody confirmed the entry since it was made: it is done.</summary>
    Done,
    /// <summary>Its days are over.</summary>
    Over,
}

/// <summary>
/// One tap that says “nothing has changed”. The link's token holds the entry, the check it asks to renew and its last day, signed with the installation's key: it confirms that
/// one entry, once, and nothing of it is stored. No person is in it.
/// </summary>
public sealed class CheckLinks(LogKey key, MenuDirectory directory, MenuService menu)
{
    private const int Said = 16 + 4 + 1 + 4, Signed = 16;

    public static DateOnly LastDay(DateOnly today) => today.AddDays(MenuKeeping.Current.LinkDays);

    public string TokenFor(Service service, DateOnly today)
    {
        Span<byte> token = stackalloc byte[Said + Signed];
        service.Uuid.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token[16..], service.LastChecked.DayNumber);
        token[20] = service.NeverConfirmed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(token[21..], LastDay(today).DayNumber);
        Sign(token[..Said]).CopyTo(token[Said..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null: it is no link of ours, or the entry is gone.</summary>
    public async Task<(Service Service, LinkState State, DateOnly LastDay)?> ReadAsync(string? token, DateOnly today, CancellationToken cancel)
    {
        Span<byte> bytes = stackalloc byte[Said + Signed + 3];
        if (token is not { Length: > 0 and <= 64 } || Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length != Said + Signed) return null;
        if (!CryptographicOperations.FixedTimeEquals(Sign(bytes[..Said]), bytes[Said..length])) return null;
        var (id, day, never, last) = (new Guid(bytes[..16], bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), bytes[20] == 1, BinaryPrimitives.ReadInt32BigEndian(bytes[21..]));
        if ((await directory.RefreshAsync(cancel)).Find(id) is not { } service) return null;
        var asked = service.LastChecked.DayNumber == day && service.NeverConfirmed == never;
        return (service, !asked ? LinkState.Done : last < today.DayNumber ? LinkState.Over : LinkState.Works, DateOnly.FromDayNumber(last));
    }

    /// <summary>Nothing has changed, say those who run it. Where it was confirmed already, nothing happens.</summary>
    public async Task<Result<Nothing>> ConfirmAsync(AuditContext who, string? token, CancellationToken cancel)
    {
        if (await ReadAsync(token, LondonTime.DayOf(who.At), cancel) is not var (service, state, _)) return new Refusal("not-found", "This link is not one of ours.");
        return state switch
        {
            LinkState.Done => Nothing.Value,
            LinkState.Over => new Refusal("over", "This link has run out."),
            _ => await menu.ConfirmAsync(who, service.Id, cancel, CheckedBy.Provider),
        };
    }

    private byte[] Sign(ReadOnlySpan<byte> said) => key.Derive([.. "menu-check\n"u8, .. said])[..Signed];
}
