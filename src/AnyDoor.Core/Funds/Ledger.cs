using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>A round's or a scheme's accounts. Ids never change, so they may be kept in memory.</summary>
public sealed record Accounts(Guid RoundId, string? SchemeId, string Name, IReadOnlyDictionary<AccountKind, Guid> Ids)
{
    public Guid this[AccountKind kind] => Ids[kind];
}

/// <summary>
/// The moves of one command, in double entry. Entries are written with the command's other rows; every account touched is changed once,
/// last, in the order of ids, by a guarded update. One that misses rolls the whole command back with the reason.
/// </summary>
public sealed class Ledger
{
    public const string NotEnoughMoney = "not-enough-money";
    public const string SchemeClosed = "scheme-closed";
    public const string BeforeDecision = "before-decision";
    public const string BadAmount = "bad-amount";

    /// <summary>A hundred billion pounds: above this it is a slip of the hand, and sums stay far from the limits of the stored numbers.</summary>
    public static readonly Money Most = new(10_000_000_000_000);

    private const int Last = int.MaxValue;
    private readonly Command command;
    private readonly SortedDictionary<Guid, Change> changes = [];

    private Ledger(Command command)
    {
        this.command = command;
        command.AtEnd(Last, ChangeBalancesAsync);
    }

    public static Ledger In(Command command) => command.Shared(c => new Ledger(c));

    public Guid Grant(Accounts round, Money amount, DateOnly on) =>
        Post(MoveKind.Granted, null, on, (round, AccountKind.Grantor, -amount), (round, AccountKind.Unallotted, amount));

    /// <summary>The grantor takes back or lowers the grant.</summary>
    public Guid Ungrant(Accounts round, Money amount, DateOnly on) =>
        Post(MoveKind.Granted, null, on, (round, AccountKind.Unallotted, -amount), (round, AccountKind.Grantor, amount));

    public Guid Allot(Accounts round, Accounts scheme, Money amount, DateOnly on) =>
        Post(MoveKind.Allotted, null, on, (round, AccountKind.Unallotted, -amount), (scheme, AccountKind.Available, amount));

    /// <summary>A scheme's allocation is lowered: only what is still available can go back.</summary>
    public Guid Unallot(Accounts round, Accounts scheme, Money amount, DateOnly on) =>
        Post(MoveKind.Allotted, null, on, (scheme, AccountKind.Available, -amount), (round, AccountKind.Unallotted, amount));

    /// <summary>Promises money to an award. The only move that the scheme's dates bind.</summary>
    public Guid Commit(Accounts scheme, Money amount, Guid awardId, DateTime effectiveAt)
    {
        var id = Post(MoveKind.Committed, awardId, LondonTime.DayOf(effectiveAt), (scheme, AccountKind.Available, -amount), (scheme, AccountKind.Committed, amount));
        changes[scheme[AccountKind.Available]].At(effectiveAt);
        return id;
    }

    public Guid Issue(Accounts scheme, Money amount, Guid awardId, DateOnly on) =>
        Post(MoveKind.Issued, awardId, on, (scheme, AccountKind.Committed, -amount), (scheme, AccountKind.Issued, amount));

    public Guid Redeem(Accounts scheme, Money amount, Guid awardId, DateOnly on) =>
        Post(MoveKind.Redeemed, awardId, on, (scheme, AccountKind.Issued, -amount), (scheme, AccountKind.Redeemed, amount));

    public Guid Expire(Accounts scheme, Money amount, Guid awardId, DateOnly on) =>
        ComeBack(MoveKind.Expired, scheme, AccountKind.Issued, AccountKind.Expired, amount, awardId, on);

    public Guid CancelIssued(Accounts scheme, Money amount, Guid awardId, DateOnly on) =>
        ComeBack(MoveKind.Cancelled, scheme, AccountKind.Issued, AccountKind.Cancelled, amount, awardId, on);

    public Guid CancelCommitted(Accounts scheme, Money amount, Guid awardId, DateOnly on) =>
        ComeBack(MoveKind.Cancelled, scheme, AccountKind.Committed, AccountKind.Withdrawn, amount, awardId, on);

    public Guid Return(Accounts scheme, Money amount, Guid awardId, DateOnly on) =>
        ComeBack(MoveKind.Returned, scheme, AccountKind.Redeemed, AccountKind.Returned, amount, awardId, on);

    /// <summary>Takes a transaction back by its mirror image. An entry is never edited.</summary>
    public async Task<Result<IReadOnlyList<LedgerEntry>>> ReverseAsync(Guid transactionId, DateOnly on)
    {
        var lines = await command.Db.Set<LedgerEntry>().Where(e => e.TransactionId == transactionId).OrderBy(e => e.Line).ToListAsync(command.Cancel);
        if (lines.Count == 0) return new Refusal("not-found", "There is no such transaction in the ledger.");
        if (lines[0].Reverses is not null) return new Refusal("already-reversed", "This transaction is itself a reversal. Make the move again instead.");
        if (await command.Db.Set<LedgerEntry>().AnyAsync(e => e.Reverses == transactionId && e.Line == 1, command.Cancel))
            return new Refusal("already-reversed", "This transaction was reversed before.");
        var accountIds = lines.Select(l => l.AccountId).ToList();
        var accounts = await command.Db.Set<LedgerAccount>().Where(a => accountIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, command.Cancel);
        var id = NewId();
        foreach (var line in lines)
        {
            var account = accounts[line.AccountId];
            Add(id, line.Line, MoveKind.Reversed, line.AwardId, on, account.Id, account.Kind, "The account", -line.Amount, transactionId);
        }
        return lines;
    }

    private Guid ComeBack(MoveKind kind, Accounts scheme, AccountKind from, AccountKind total, Money amount, Guid awardId, DateOnly on) =>
        Post(kind, awardId, on, (scheme, from, -amount), (scheme, AccountKind.Available, amount), (scheme, total, amount), (scheme, AccountKind.CameBack, -amount));

    private Guid Post(MoveKind kind, Guid? awardId, DateOnly on, params ReadOnlySpan<(Accounts Of, AccountKind Kind, Money Amount)> lines)
    {
        var id = NewId();
        var number = 0;
        foreach (var line in lines)
        {
            // Whoever asks for money checks the amount first and refuses with a sentence; here a wrong one is a bug.
            if (line.Amount == Money.Zero || line.Amount > Most || line.Amount < -Most) throw new ArgumentOutOfRangeException(nameof(lines), line.Amount, "Not an amount for the ledger.");
            Add(id, ++number, kind, awardId, on, line.Of[line.Kind], line.Kind, line.Of.Name, line.Amount, null);
        }
        return id;
    }

    private void Add(Guid transaction, int line, MoveKind kind, Guid? awardId, DateOnly on, Guid account, AccountKind accountKind, string name, Money amount, Guid? reverses)
    {
        command.Insert(new LedgerEntry
        {
            TransactionId = transaction, Line = line, AccountId = account, Amount = amount, Kind = kind, AwardId = awardId,
            EffectiveOn = on, RecordedAt = command.Who.At, Reverses = reverses,
        });
        if (!changes.TryGetValue(account, out var change)) changes[account] = change = new Change(accountKind, name);
        change.Pence = checked(change.Pence + amount.Pence);
    }

    private Guid NewId() => Guid.CreateVersion7(new DateTimeOffset(command.Who.At, TimeSpan.Zero));

    private async Task<Refusal?> ChangeBalancesAsync(Command c)
    {
        var guarded = changes.Where(x => x.Value.Pence != 0 || x.Value.Dates is not null)
            .Select(x => new BalanceChange(x.Key, x.Value.Pence, x.Value.Dates)).ToList();
        if (guarded.Count == 0) return null;
        var missed = await c.Kind.ChangeBalancesAsync(c.Db, guarded, c.Cancel);
        // The scheme's own money first: it is what a person can do something about.
        return missed.Count == 0 ? null : await WhyAsync(c, missed.OrderBy(m => changes[m.AccountId].Kind).First());
    }

    private async Task<Refusal> WhyAsync(Command c, BalanceChange missed)
    {
        var change = changes[missed.AccountId];
        var account = await c.Db.Set<LedgerAccount>().SingleAsync(a => a.Id == missed.AccountId, c.Cancel);
        if (missed.Dates is { } dates && DatesRefusal(change.Name, account.OpenFrom, account.OpenUntil, dates.First, dates.Last) is { } closed) return closed;
        var left = new Money(account.Balance.Pence * account.Sign);
        var asked = new Money(-missed.Pence * account.Sign);
        var what = account.Kind switch
        {
            AccountKind.Unallotted => "left to allot",
            AccountKind.Available => "left to award",
            AccountKind.Committed => "promised and not yet issued",
            AccountKind.Issued => "issued and not yet used",
            AccountKind.Redeemed => "used",
            _ => "counted",
        };
        return new Refusal(NotEnoughMoney, $"{change.Name} has {left} {what}. {asked} is {asked - left} more than is left.");
    }

    internal static Refusal? DatesRefusal(string name, DateTime? from, DateTime? until, DateTime first, DateTime last) =>
        Outside(from, until, first, last) is not { } outside ? null : new Refusal(SchemeClosed,
            last >= until ? $"{name} is closed: it {outside}. The menu, the benefit check and a person to talk to are still there." : $"{name} {outside}.");

    /// <summary>What a scheme does, after its name, when not all of the time is inside its dates.</summary>
    internal static string? Outside(DateTime? from, DateTime? until, DateTime first, DateTime last)
    {
        if (until is { } end && last >= end)
        {
            var local = LondonTime.FromUtc(end);
            return local.TimeOfDay == TimeSpan.Zero ? $"gives no awards after {LondonTime.Day(DateOnly.FromDateTime(local).AddDays(-1))}" : $"gives no awards from {LondonTime.Time(end)} on {LondonTime.Day(DateOnly.FromDateTime(local))}";
        }
        if (from is null) return "is not open";
        return first < from ? $"gives awards from {LondonTime.Day(LondonTime.DayOf(from.Value))}" : null;
    }

    private sealed class Change(AccountKind kind, string name)
    {
        public AccountKind Kind => kind;
        public string Name => name;
        public long Pence { get; set; }
        public (DateTime First, DateTime Last)? Dates { get; private set; }

        public void At(DateTime effective) => Dates = Dates is { } d ? (effective < d.First ? effective : d.First, effective > d.Last ? effective : d.Last) : (effective, effective);
    }
}
