using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>What happens to an award after it was made: issued, used, run out, cancelled, returned, or a move taken back. Each moves the ledger.</summary>
public sealed class AwardDesk(Commands commands, SchemeBook book)
{
    /// <summary>Wrong codes in a row after which a letter is held.</summary>
    public const int MostTries = 5;

    /// <summary>Issues a promised award, with a printed letter. The code in the answer is there once.</summary>
    public Task<Result<Awarded>> IssueAsync(AuditContext who, string reference, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync(who, c => MoveAsync(c, reference, "award.issued", (a, scheme) => a.Issue(LastDay(a, scheme, LondonTime.DayOf(c.Who.At))), (ledger, accounts, award, today) => ledger.Issue(accounts, award.Amount, award.Id, today)), cancel, once);

    /// <summary>A worker marks the award as used.</summary>
    public Task<Result<Awarded>> RedeemAsync(AuditContext who, string reference, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync(who, c => MoveAsync(c, reference, "award.redeemed", (a, _) => StillGood(a, c) ?? a.Redeem(), (ledger, accounts, award, today) => ledger.Redeem(accounts, award.Amount, award.Id, today)), cancel, once);

    public Task<Result<Awarded>> CancelAsync(AuditContext who, string reference, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync(who, c =>
        {
            var issued = false;
            return MoveAsync(c, reference, "award.cancelled", (a, _) => { issued = a.Status == AwardStatus.Issued; return a.Cancel(); }, (ledger, accounts, award, today) =>
            {
                if (issued) ledger.CancelIssued(accounts, award.Amount, award.Id, today);
                else ledger.CancelCommitted(accounts, award.Amount, award.Id, today);
            });
        }, cancel, once);

    /// <summary>What was used came back: a bank refused it, a partner returns what it did not spend.</summary>
    public Task<Result<Awarded>> ReturnAsync(AuditContext who, string reference, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync(who, c => MoveAsync(c, reference, "award.returned", (a, _) => a.Return(), (ledger, accounts, award, today) => ledger.Return(accounts, award.Amount, award.Id, today)), cancel, once);

    public Task<Result<Awarded>> ExpireAsync(AuditContext who, string reference, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync(who, c => MoveAsync(c, reference, "award.expired", (a, _) => a.Expire(LondonTime.DayOf(c.Who.At)), (ledger, accounts, award, today) => ledger.Expire(accounts, award.Amount, award.Id, today)), cancel, once);

    /// <summary>Expires every award whose last day has passed, some hundreds in a command. Gives how many.</summary>
    public async Task<int> ExpireDueAsync(AuditContext who, CancellationToken cancel)
    {
        for (var total = 0; ;)
        {
            var some = await commands.RunAsync(who, c => ExpireSomeAsync(c), cancel);
            total += some.Value;
            if (some.Value == 0) return total;
        }
    }

    /// <summary>The last move was made in error: its mirror image goes into the ledger, and the award stands where it stood before.</summary>
    public Task<Result<Awarded>> TakeBackAsync(AuditContext who, string reference, CancellationToken cancel, Once? once = null) =>
        commands.RunAsync<Awarded>(who, async c =>
        {
            if (await FindAsync(c, reference) is not { } award) return NoAward;
            if (award.Status == AwardStatus.Committed) return new Refusal(Award.WrongState, "This award is only promised. Cancel it instead.");
            var kind = Enum.Parse<MoveKind>(award.Status.ToString());
            var entries = await c.Db.Set<LedgerEntry>().Where(e => e.AwardId == award.Id && (e.Kind == kind || e.Reverses != null)).ToListAsync(c.Cancel);
            var reversed = entries.Where(e => e.Reverses is not null).Select(e => e.Reverses!.Value).ToHashSet();
            var last = entries.First(e => e.Kind == kind && !reversed.Contains(e.TransactionId));
            var lines = await Ledger.In(c).ReverseAsync(last.TransactionId, LondonTime.DayOf(c.Who.At));
            if (!lines.Done) return lines.Refusal;
            var fromId = lines.Value.Single(l => l.Line == 1).AccountId;
            var from = await c.Db.Set<LedgerAccount>().Where(a => a.Id == fromId).Select(a => a.Kind).SingleAsync(c.Cancel);
            award.TakeBackTo(Enum.Parse<AwardStatus>(from.ToString()));
            if (kind == MoveKind.Redeemed && await c.Db.Set<Voucher>().AsTracking().SingleOrDefaultAsync(v => v.AwardId == award.Id, c.Cancel) is { } voucher) voucher.Unuse();
            c.Record("award.taken-back", award.Id, award.HouseholdId, kind.ToString());
            return Answer(award);
        }, cancel, once);

    /// <summary>
    /// At a counter: the letter's number and its code. After five wrong codes the letter is held until a new code is printed. A wrong code is counted even though it is refused.
    /// </summary>
    public async Task<Result<Awarded>> RedeemLetterAsync(AuditContext who, string letterNumber, string code, CancellationToken cancel)
    {
        var wrong = new Refusal("wrong-letter", "That letter and code do not go together, or the letter is held. Check both, or ask the hub for a new letter.");
        if (!Reference.TryParse(letterNumber, out var letter)) return wrong;
        var done = await commands.RunAsync<Redeemed>(who, async c =>
        {
            if (await HoldVoucherAsync(c, letter) is not { } voucher) return wrong;
            if (voucher.CodeTries >= MostTries) return wrong;
            voucher.Version++;
            if (!CryptographicEquals(voucher.CodeHash, c.LogKey.HashSecret(VoucherCode.Purpose, VoucherCode.Read(code))))
            {
                voucher.CodeTries++;
                c.Record("voucher.wrong-code", voucher.AwardId);
                return new Redeemed(null);
            }
            voucher.CodeTries = 0;
            var reference = await c.Db.Set<Award>().Where(a => a.Id == voucher.AwardId).Select(a => a.Reference).SingleAsync(c.Cancel);
            var moved = await MoveAsync(c, reference, "award.redeemed", (a, _) => StillGood(a, c) ?? a.Redeem(), (ledger, accounts, award, today) => ledger.Redeem(accounts, award.Amount, award.Id, today));
            return moved.Done ? new Redeemed(moved.Value) : moved.Refusal;
        }, cancel);
        return !done.Done ? done.Refusal : done.Value.Award is { } award ? award : wrong;
    }

    /// <summary>A letter was lost or held: a new code for the same letter. The old one stops working.</summary>
    public Task<Result<Awarded>> ReprintAsync(AuditContext who, string reference, CancellationToken cancel) =>
        commands.RunAsync<Awarded>(who, async c =>
        {
            if (await FindAsync(c, reference) is not { } award) return NoAward;
            if (award.Status != AwardStatus.Issued) return new Refusal(Award.WrongState, $"This award is {Award.InWords(award.Status)}, so there is no letter to print.");
            var voucher = await c.Db.Set<Voucher>().AsTracking().SingleOrDefaultAsync(v => v.AwardId == award.Id, c.Cancel);
            if (voucher is null) return new Refusal(Award.WrongState, "This award did not go by printed letter.");
            var code = VoucherCode.New();
            voucher.PrintAgain(c.LogKey.HashSecret(VoucherCode.Purpose, code));
            c.Record("voucher.reprinted", award.Id, award.HouseholdId);
            return new Awarded(award.Id, award.Reference, award.Status, voucher.LetterNumber, award.ExpiresOn) { Code = code };
        }, cancel);

    private static readonly Refusal NoAward = new("not-found", "There is no such award.");

    private sealed record Redeemed(Awarded? Award);

    private static DateOnly LastDay(Award award, SchemeInUse scheme, DateOnly today)
    {
        var definition = scheme.On(award.EffectiveOn).Definition;
        return definition.Type(award.AwardType)?.LastDay(today) ?? definition.Closes;
    }

    private static Refusal? StillGood(Award award, Command c) =>
        award.Status == AwardStatus.Issued && award.ExpiresOn is { } last && LondonTime.DayOf(c.Who.At) > last
            ? new Refusal(Award.WrongState, $"This award could be used until {LondonTime.Day(last)}. Ask the hub about a new one.") : null;

    private async Task<Result<Awarded>> MoveAsync(Command c, string reference, string what, Func<Award, SchemeInUse, Refusal?> change, Action<Ledger, Accounts, Award, DateOnly> post)
    {
        if (await FindAsync(c, reference) is not { } award) return NoAward;
        var scheme = (await book.FindAsync(c.Db, award.SchemeId, c.Cancel))!;
        if (change(award, scheme) is { } refused) return refused;
        post(Ledger.In(c), scheme.Accounts, award, LondonTime.DayOf(c.Who.At));
        c.Record(what, award.Id, award.HouseholdId);
        if (award.Status is not (AwardStatus.Redeemed or AwardStatus.Issued) || award.Delivery != AwardAsk.PrintedLetter) return Answer(award);
        var voucher = await c.Db.Set<Voucher>().AsTracking().SingleOrDefaultAsync(v => v.AwardId == award.Id, c.Cancel);
        if (award.Status == AwardStatus.Redeemed)
        {
            voucher?.Use(c.Who.At, c.Who.Actor.Id);
            return Answer(award);
        }
        var code = VoucherCode.New();
        var hash = c.LogKey.HashSecret(VoucherCode.Purpose, code);
        if (voucher is not null) voucher.PrintAgain(hash); // issued before, and taken back
        else c.Insert(voucher = Voucher.Print(award, hash, c.Who.At));
        return new Awarded(award.Id, award.Reference, award.Status, voucher.LetterNumber, award.ExpiresOn) { Code = code };
    }

    private async Task<Result<int>> ExpireSomeAsync(Command c)
    {
        var today = LondonTime.DayOf(c.Who.At);
        var ids = await c.Db.Set<Award>().Where(a => a.Status == AwardStatus.Issued && a.ExpiresOn < today).OrderBy(a => a.ExpiresOn).Select(a => a.Id).Take(500).ToListAsync(c.Cancel);
        await c.Kind.HoldRowsAsync(c.Db, "award", [.. ids.Order()], c.Cancel);
        var due = await c.Db.Set<Award>().AsTracking().Where(a => ids.Contains(a.Id) && a.Status == AwardStatus.Issued).ToListAsync(c.Cancel);
        foreach (var award in due)
        {
            if (award.Expire(today) is not null) continue;
            var scheme = (await book.FindAsync(c.Db, award.SchemeId, c.Cancel))!;
            Ledger.In(c).Expire(scheme.Accounts, award.Amount, award.Id, today);
            c.Record("award.expired", award.Id, award.HouseholdId);
        }
        return due.Count;
    }

    /// <summary>Held until the command ends: of two counters with one letter, the second sees what the first did.</summary>
    private static async Task<Award?> FindAsync(Command c, string typed)
    {
        if (!Reference.TryParse(typed, out var reference)) return null;
        var id = await c.Db.Set<Award>().Where(a => a.Reference == reference).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(c.Cancel);
        if (id is null) return null;
        await c.Kind.HoldRowsAsync(c.Db, "award", [id.Value], c.Cancel);
        return await c.Db.Set<Award>().AsTracking().SingleAsync(a => a.Id == id, c.Cancel);
    }

    private static async Task<Voucher?> HoldVoucherAsync(Command c, string letter)
    {
        var id = await c.Db.Set<Voucher>().Where(v => v.LetterNumber == letter).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(c.Cancel);
        if (id is null) return null;
        await c.Kind.HoldRowsAsync(c.Db, "voucher", [id.Value], c.Cancel);
        return await c.Db.Set<Voucher>().AsTracking().SingleAsync(v => v.Id == id, c.Cancel);
    }

    private static bool CryptographicEquals(byte[] a, byte[] b) => System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(a, b);

    private static Awarded Answer(Award award) => new(award.Id, award.Reference, award.Status, null, award.ExpiresOn);
}
