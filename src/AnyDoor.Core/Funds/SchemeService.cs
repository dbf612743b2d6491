using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <param name="Changed">False when exactly this file was loaded before.</param>
public sealed record SchemeLoaded(string Id, string Name, int Version, bool Changed);

/// <summary>Loads scheme files, moves allocations, and closes and reopens schemes.</summary>
public sealed class SchemeService(Commands commands, SchemeBook book)
{
    private static readonly AccountKind[] RoundKinds = [AccountKind.Grantor, AccountKind.Unallotted];
    private static readonly AccountKind[] SchemeKinds =
    [
        AccountKind.Available, AccountKind.Committed, AccountKind.Issued, AccountKind.Redeemed,
        AccountKind.Expired, AccountKind.Cancelled, AccountKind.Withdrawn, AccountKind.Returned, AccountKind.CameBack,
    ];

    /// <summary>
    /// Loads one file, whole or not at all. The same file again changes nothing. A changed file makes a new version that counts from today,
    /// and each rule in it from its own start; earlier days keep the version they had. Allocations move through the ledger.
    /// </summary>
    /// <param name="onlyOver">Change nothing that somebody else than this loaded last.</param>
    public async Task<Result<SchemeLoaded>> LoadAsync(AuditContext who, string json, CancellationToken cancel, string? onlyOver = null)
    {
        var read = SchemeFile.Read(json);
        if (!read.Done) return read.Refusal;
        for (var attempt = 1; ; attempt++)
        {
            try { return await commands.RunAsync(who, c => LoadAsync(c, read.Value, onlyOver), cancel); }
            catch (DbUpdateException error) when (attempt < 4 && commands.Database.Kind.IsUniqueConflict(error)) { } // another process loads the same fund: look again
        }
    }

    private async Task<Result<SchemeLoaded>> LoadAsync(Command c, SchemeFile file, string? onlyOver)
    {
        var scheme = file.Definition;
        var before = await c.Db.Set<SchemeVersion>().Where(v => v.SchemeId == scheme.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(c.Cancel);
        if (before is not null && (before.Fingerprint.AsSpan().SequenceEqual(file.Fingerprint) || (onlyOver is not null && before.LoadedBy != onlyOver))) return new SchemeLoaded(scheme.Id, scheme.Name, before.Number, Changed: false);

        var known = before is null ? null : (await book.FindAsync(c.Db, scheme.Id, c.Cancel))!.Accounts;
        var round = await RoundOfAsync(c, scheme, known?.RoundId);
        var accounts = known ?? AddScheme(c, scheme, round);
        if (accounts.RoundId != round.RoundId) return new Refusal(SchemeFile.Unreadable, $"fund: {scheme.Name} belongs to another fund or round. A scheme cannot move; give the new one its own id.");

        var number = (before?.Number ?? 0) + 1;
        c.Insert(new SchemeVersion
        {
            SchemeId = scheme.Id, Number = number, Starts = before is null ? new DateOnly(1900, 1, 1) : LondonTime.DayOf(c.Who.At), LoadedAt = c.Who.At,
            LoadedBy = c.Who.Actor.Label, Fingerprint = file.Fingerprint, Body = file.WithEarlierRulesOf(before?.Body),
        });
        await MoveMoneyAsync(c, scheme, round, accounts, isNew: before is null);
        if (before is not null) c.AtEnd(0, _ => SetDatesAsync(c, accounts, scheme));
        c.Record(before is null ? "scheme.loaded" : "scheme.changed", content: string.Create(CultureInfo.InvariantCulture, $"{scheme.Id}, version {number}, allocation {scheme.Allocation}"));
        return new SchemeLoaded(scheme.Id, scheme.Name, number, Changed: true);
    }

    /// <summary>Allots more of the round's grant to a scheme (or takes back, when negative, what is still available).</summary>
    public Task<Result<Nothing>> AllotAsync(AuditContext who, string schemeId, Money amount, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync<Nothing>(who, async c =>
        {
            if (await book.FindAsync(c.Db, schemeId, c.Cancel) is not { } scheme) return NoScheme;
            if (amount == Money.Zero || amount > Ledger.Most || amount < -Ledger.Most) return new Refusal(Ledger.BadAmount, "Write an amount in pounds and pence that is more than zero.");
            var day = LondonTime.DayOf(c.Who.At);
            if (amount > Money.Zero) Ledger.In(c).Allot(scheme.RoundAccounts, scheme.Accounts, amount, day);
            else Ledger.In(c).Unallot(scheme.RoundAccounts, scheme.Accounts, -amount, day);
            c.Record("scheme.allotted", content: $"{schemeId} {amount}");
            return Nothing.Value;
        }, cancel, once);

    /// <summary>
    /// Sets the instant from which nothing more is awarded, and gives the one that holds. What is under way meets it in the ledger's guard.
    /// An award that was already made for a later instant stands, so the close then moves to just after it.
    /// </summary>
    public Task<Result<DateTime>> CloseAtAsync(AuditContext who, string schemeId, DateTime at, string words, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync<DateTime>(who, async c =>
        {
            if (await book.FindAsync(c.Db, schemeId, c.Cancel) is not { } scheme) return NoScheme;
            await SetCloseAsync(c, schemeId, at, words);
            await SetDatesAsync(c, scheme.Accounts, scheme.Newest);
            // The account is held now: no award can come in between.
            var last = await c.Db.Set<Award>().Where(a => a.SchemeId == schemeId && a.EffectiveAt >= at).MaxAsync(a => (DateTime?)a.EffectiveAt, c.Cancel);
            if (last is { } made)
            {
                at = made.AddMicroseconds(1);
                await SetCloseAsync(c, schemeId, at, words);
                await SetDatesAsync(c, scheme.Accounts, scheme.Newest);
            }
            c.Record("scheme.close-set", content: string.Create(CultureInfo.InvariantCulture, $"{schemeId} {at:yyyy-MM-dd HH:mm:ss} {words}"));
            return at;
        }, cancel, once);

    public Task<Result<Nothing>> ReopenAsync(AuditContext who, string schemeId, string words, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync<Nothing>(who, async c =>
        {
            if (await book.FindAsync(c.Db, schemeId, c.Cancel) is not { } scheme) return NoScheme;
            await SetCloseAsync(c, schemeId, null, null);
            await SetDatesAsync(c, scheme.Accounts, scheme.Newest);
            c.Record("scheme.reopened", content: $"{schemeId} {words}");
            return Nothing.Value;
        }, cancel, once);

    internal static readonly Refusal NoScheme = new("not-found", "There is no such scheme.");

    private static Task<int> SetCloseAsync(Command c, string schemeId, DateTime? at, string? words) =>
        c.Db.Set<Scheme>().Where(s => s.Id == schemeId).ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosesAt, at).SetProperty(s => s.CloseWords, words), c.Cancel);

    private static async Task<Refusal?> SetDatesAsync(Command c, Accounts accounts, SchemeDefinition scheme)
    {
        var closesAt = await c.Db.Set<Scheme>().Where(s => s.Id == scheme.Id).Select(s => s.ClosesAt).SingleAsync(c.Cancel);
        DateTime? until = closesAt is { } notice && notice < scheme.OpenUntil ? notice : scheme.OpenUntil;
        DateTime? from = scheme.OpenFrom;
        var available = accounts[AccountKind.Available];
        await c.Db.Set<LedgerAccount>().Where(a => a.Id == available)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.OpenFrom, from).SetProperty(a => a.OpenUntil, until), c.Cancel);
        return null;
    }

    private static async Task<Accounts> RoundOfAsync(Command c, SchemeDefinition scheme, Guid? known)
    {
        var fund = await c.Db.Set<Fund>().SingleOrDefaultAsync(f => f.Name == scheme.Fund && f.Authority == scheme.Authority, c.Cancel);
        if (fund is null) c.Insert(fund = new Fund { Id = NewId(c), Name = scheme.Fund, Authority = scheme.Authority });
        // A file that names no grant above it is a round of its own dates; and stays that round when its dates change.
        var key = scheme.Round?.Id ?? string.Create(CultureInfo.InvariantCulture, $"{scheme.Opens:yyyy-MM-dd}-to-{scheme.Closes:yyyy-MM-dd}");
        var rounds = c.Db.Set<FundRound>().Where(r => r.FundId == fund.Id);
        var round = await (scheme.Round is null && known is not null ? rounds.Where(r => r.Id == known) : rounds.Where(r => r.Key == key)).SingleOrDefaultAsync(c.Cancel);
        if (round is not null && scheme.Round is null && known is not null)
            await c.Db.Set<FundRound>().Where(r => r.Id == round.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Opens, scheme.Opens).SetProperty(x => x.Closes, scheme.Closes), c.Cancel);
        if (round is not null)
        {
            var ids = await c.Db.Set<LedgerAccount>().Where(a => a.RoundId == round.Id && a.SchemeId == null).ToDictionaryAsync(a => a.Kind, a => a.Id, c.Cancel);
            return new Accounts(round.Id, null, round.Name, ids);
        }
        round = new FundRound
        {
            Id = NewId(c), FundId = fund.Id, Key = key, Name = scheme.Round?.Name ?? scheme.Fund, Grantor = scheme.Round?.Grantor ?? scheme.Fund,
            Opens = scheme.Round?.Opens ?? scheme.Opens, Closes = scheme.Round?.Closes ?? scheme.Closes, Predecessor = scheme.Round?.Predecessor,
        };
        c.Insert(round);
        return AddAccounts(c, round.Id, null, round.Name, RoundKinds, null);
    }

    private static Accounts AddScheme(Command c, SchemeDefinition scheme, Accounts round)
    {
        c.Insert(new Scheme { Id = scheme.Id, RoundId = round.RoundId, AddedAt = c.Who.At });
        return AddAccounts(c, round.RoundId, scheme.Id, scheme.Name, SchemeKinds, scheme);
    }

    private static Accounts AddAccounts(Command c, Guid roundId, string? schemeId, string name, AccountKind[] kinds, SchemeDefinition? dates)
    {
        var ids = new Dictionary<AccountKind, Guid>();
        foreach (var kind in kinds)
        {
            var dated = kind == AccountKind.Available ? dates : null;
            c.Insert(new LedgerAccount
            {
                Id = ids[kind] = NewId(c), Kind = kind, RoundId = roundId, SchemeId = schemeId, Balance = Money.Zero,
                Sign = kind is AccountKind.Grantor or AccountKind.CameBack ? -1 : 1, OpenFrom = dated?.OpenFrom, OpenUntil = dated?.OpenUntil,
            });
        }
        return new Accounts(roundId, schemeId, name, ids);
    }

    /// <summary>Brings grant and allocation to what the file says, as moves of today (of the round's first day, when it is new).</summary>
    private static async Task MoveMoneyAsync(Command c, SchemeDefinition scheme, Accounts round, Accounts accounts, bool isNew)
    {
        var ledger = Ledger.In(c);
        var on = isNew && scheme.Opens < LondonTime.DayOf(c.Who.At) ? scheme.Opens : LondonTime.DayOf(c.Who.At);
        AccountKind[] held = [AccountKind.Available, AccountKind.Committed, AccountKind.Issued, AccountKind.Redeemed];
        var balances = await c.Db.Set<LedgerAccount>().Where(a => a.RoundId == round.RoundId && (a.SchemeId == scheme.Id || a.SchemeId == null)).ToListAsync(c.Cancel);
        var more = scheme.Allocation - new Money(balances.Where(a => a.SchemeId == scheme.Id && held.Contains(a.Kind)).Sum(a => a.Balance.Pence));
        var granted = new Money(-balances.Where(a => a.Kind == AccountKind.Grantor).Sum(a => a.Balance.Pence));
        var grantMore = scheme.Round is { } stated ? stated.Grant - granted : more;

        if (grantMore > Money.Zero) ledger.Grant(round, grantMore, on);
        if (more > Money.Zero) ledger.Allot(round, accounts, more, on);
        if (more < Money.Zero) ledger.Unallot(round, accounts, -more, on);
        if (grantMore < Money.Zero) ledger.Ungrant(round, -grantMore, on);
    }

    private static Guid NewId(Command c) => Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero));
}
