using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

public sealed record SchemeLine(string Id, string Name, DateOnly Opens, DateOnly Closes, long AllocationPence, long AvailablePence);

/// <summary>Where a scheme's money is now. The allocation is what is available, committed, issued and redeemed together;
/// what expired, was cancelled or came back is available again, and <see cref="ReturnedPence"/> is the running total of all three.</summary>
public sealed record SchemeFigures(string Id, long AllocationPence, long AvailablePence, long CommittedPence, long IssuedPence, long RedeemedPence, long ExpiredPence, long CancelledPence, long ReturnedPence)
{
    /// <summary>Everything that was ever issued, whatever became of it.</summary>
    public required long EverIssuedPence { get; init; }
}

/// <summary>A round: the grant, its schemes and what is not allotted yet.</summary>
public sealed record RoundFigures(Guid Id, string Fund, string Authority, string Name, string Grantor, DateOnly Opens, DateOnly Closes, string? Predecessor, long GrantPence, long UnallottedPence, IReadOnlyList<string> Schemes);

/// <summary>A count and a value that opens to its awards through the filter with the same parts.</summary>
public sealed record AwardTotal(string AwardType, string Category, AwardStatus Status, int Count, long Pence);

/// <param name="UndecidedPence">Undecided applications at what they asked for.</param>
/// <param name="LeftAfterPence">What would be left if all were awarded; below zero when there is not enough.</param>
public sealed record Pipeline(long AvailablePence, int Undecided, long UndecidedPence, long LeftAfterPence);

/// <param name="EvenPacePence">What would be left if the money were spent evenly to the last day.</param>
public sealed record BurnPoint(DateOnly Day, long LeftPence, long EvenPacePence);

public sealed record AwardFilter(string? SchemeId = null, AwardStatus? Status = null, string? AwardType = null, string? Category = null, string? District = null);

public sealed record AwardLine(string Reference, string SchemeId, string AwardType, string Category, Money Amount, AwardStatus Status, DateOnly EffectiveOn, DateOnly? ExpiresOn, string? District, string Door, bool Imported);

public sealed record AwardPage(int Count, long Pence, IReadOnlyList<AwardLine> Awards);

public sealed record TrailEntry(Guid TransactionId, MoveKind Kind, AccountKind Account, Money Amount, DateOnly EffectiveOn, DateTime RecordedAt, Guid? Reverses);

/// <summary>Who, when and why of one award, by reference: no names.</summary>
public sealed record AwardTrail(AwardLine Award, Guid? OrganisationId, Guid? WorkerId, Decision Decision, DateTime EffectiveAt, IReadOnlyList<TrailEntry> Entries);

/// <param name="HouseholdsHelped">Each household once, however many rounds helped it.</param>
public sealed record RoundsStory(IReadOnlyList<(string Round, int Awards, long Pence, int Households)> Rounds, int Awards, int HouseholdsHelped);

/// <summary>What the fund pages and figures read. Counts, values and references; no person is in any of it.</summary>
public sealed class FundReports(Database database, SchemeBook book)
{
    public async Task<IReadOnlyList<SchemeLine>> SchemesAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var lines = new List<SchemeLine>();
        foreach (var scheme in await book.AllAsync(db, cancel))
        {
            var figures = await FiguresAsync(db, scheme, cancel);
            lines.Add(new SchemeLine(scheme.Id, scheme.Newest.Name, scheme.Newest.Opens, scheme.Newest.Closes, figures.AllocationPence, figures.AvailablePence));
        }
        return lines;
    }

    public async Task<SchemeFigures?> SchemeAsync(string id, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await book.FindAsync(db, id, cancel) is { } scheme ? await FiguresAsync(db, scheme, cancel) : null;
    }

    public async Task<IReadOnlyList<RoundFigures>> RoundsAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var rounds = await db.Set<FundRound>().Join(db.Set<Fund>(), r => r.FundId, f => f.Id, (r, f) => new { Round = r, f.Name, f.Authority }).OrderBy(r => r.Round.Opens).ThenBy(r => r.Name).ToListAsync(cancel);
        var accounts = await db.Set<LedgerAccount>().Where(a => a.SchemeId == null).ToListAsync(cancel);
        var schemes = await db.Set<Scheme>().OrderBy(s => s.Id).ToListAsync(cancel);
        return [.. rounds.Select(r => new RoundFigures(r.Round.Id, r.Name, r.Authority, r.Round.Name, r.Round.Grantor, r.Round.Opens, r.Round.Closes, r.Round.Predecessor,
            -accounts.Single(a => a.RoundId == r.Round.Id && a.Kind == AccountKind.Grantor).Balance.Pence,
            accounts.Single(a => a.RoundId == r.Round.Id && a.Kind == AccountKind.Unallotted).Balance.Pence,
            [.. schemes.Where(s => s.RoundId == r.Round.Id).Select(s => s.Id)]))];
    }

    /// <summary>Counts and values by type, category and state. Each opens to its awards by <see cref="AwardsAsync"/>.</summary>
    public async Task<IReadOnlyList<AwardTotal>> TotalsAsync(string schemeId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Award>().Where(a => a.SchemeId == schemeId)
            .GroupBy(a => new { a.AwardType, a.Category, a.Status })
            .Select(g => new AwardTotal(g.Key.AwardType, g.Key.Category, g.Key.Status, g.Count(), g.Sum(a => AnyDoorDb.PenceOf(a.Amount))))
            .ToListAsync(cancel);
    }

    public async Task<Pipeline?> PipelineAsync(string schemeId, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await book.FindAsync(db, schemeId, cancel) is not { } scheme) return null;
        var available = (await FiguresAsync(db, scheme, cancel)).AvailablePence;
        var undecided = db.Set<Application>().Where(a => a.SchemeId == schemeId && a.Status == ApplicationStatus.Undecided);
        var count = await undecided.CountAsync(cancel);
        var pence = await undecided.SumAsync(a => AnyDoorDb.PenceOf(a.Asked), cancel);
        return new Pipeline(available, count, pence, available - pence);
    }

    /// <summary>What was left at the end of each week and on the last day asked for, by effective date and as known now, beside an even pace.</summary>
    public async Task<IReadOnlyList<BurnPoint>> BurnDownAsync(string schemeId, DateOnly until, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await book.FindAsync(db, schemeId, cancel) is not { } scheme) return [];
        var available = scheme.Accounts[AccountKind.Available];
        var moves = await db.Set<LedgerEntry>().Where(e => e.AccountId == available).GroupBy(e => new { e.EffectiveOn, Allotted = e.Kind == MoveKind.Allotted })
            .Select(g => new { g.Key.EffectiveOn, g.Key.Allotted, Pence = g.Sum(e => AnyDoorDb.PenceOf(e.Amount)) }).OrderBy(m => m.EffectiveOn).ToListAsync(cancel);
        var definition = scheme.Newest;
        var first = definition.Opens > definition.Decision.Date ? definition.Opens : definition.Decision.Date;
        var last = until < definition.Closes ? until : definition.Closes;
        var points = new List<BurnPoint>();
        for (var day = first; ; day = day.AddDays(7) < last ? day.AddDays(7) : last)
        {
            var allotted = moves.Where(m => m.Allotted && m.EffectiveOn <= day).Sum(m => m.Pence);
            var left = moves.Where(m => m.EffectiveOn <= day).Sum(m => m.Pence);
            var days = definition.Closes.DayNumber - first.DayNumber;
            points.Add(new BurnPoint(day, left, days == 0 ? 0 : (long)((Int128)allotted * (definition.Closes.DayNumber - day.DayNumber) / days)));
            if (day >= last) return points;
        }
    }

    /// <summary>The awards behind a total, newest first. The count and value are of the whole total, not of the page.</summary>
    public async Task<AwardPage> AwardsAsync(AwardFilter filter, int page, int size, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await PageAsync(Filtered(db, filter), page, size, cancel);
    }

    /// <summary>Issued letters that can still be used after the round has ended, and promises not yet issued by then: money that may be lost.</summary>
    public async Task<AwardPage> AtRiskAfterEndAsync(string schemeId, int page, int size, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await book.FindAsync(db, schemeId, cancel) is not { } scheme) return new AwardPage(0, 0, []);
        var closes = scheme.Newest.Closes;
        return await PageAsync(db.Set<Award>().Where(a => a.SchemeId == schemeId && (a.Status == AwardStatus.Committed || (a.Status == AwardStatus.Issued && a.ExpiresOn > closes))), page, size, cancel);
    }

    public async Task<AwardTrail?> TrailAsync(string typedReference, CancellationToken cancel)
    {
        if (!Reference.TryParse(typedReference, out var reference)) return null;
        await using var db = database.Open();
        if (await db.Set<Award>().SingleOrDefaultAsync(a => a.Reference == reference, cancel) is not { } award) return null;
        var decision = await db.Set<Decision>().Where(d => d.ApplicationId == award.ApplicationId).OrderBy(d => d.At).FirstAsync(cancel);
        var entries = await db.Set<LedgerEntry>().Where(e => e.AwardId == award.Id)
            .Join(db.Set<LedgerAccount>(), e => e.AccountId, a => a.Id, (e, a) => new { Entry = e, a.Kind }).ToListAsync(cancel);
        return new AwardTrail(Line(award), award.OrganisationId, award.WorkerId, decision, award.EffectiveAt,
            [.. entries.OrderBy(e => e.Entry.RecordedAt).ThenBy(e => e.Entry.Reverses is null ? e.Entry.Kind : MoveKind.Reversed).ThenBy(e => e.Entry.TransactionId).ThenBy(e => e.Entry.Line)
                .Select(e => new TrailEntry(e.Entry.TransactionId, e.Entry.Kind, e.Kind, e.Entry.Amount, e.Entry.EffectiveOn, e.Entry.RecordedAt, e.Entry.Reverses))]);
    }

    /// <summary>Reads across the rounds before one, by their predecessors: each household is counted once, each award every time.</summary>
    public async Task<RoundsStory> StoryAsync(IReadOnlyList<string> roundKeys, CancellationToken cancel)
    {
        await using var db = database.Open();
        var awards = db.Set<Award>().Join(db.Set<Scheme>(), a => a.SchemeId, s => s.Id, (a, s) => new { Award = a, s.RoundId })
            .Join(db.Set<FundRound>(), a => a.RoundId, r => r.Id, (a, r) => new { a.Award, r.Key, r.Opens })
            .Where(a => roundKeys.Contains(a.Key) && a.Award.Status != AwardStatus.Cancelled && a.Award.Status != AwardStatus.Expired);
        var rounds = await awards.GroupBy(a => new { a.Key, a.Opens })
            .Select(g => new { g.Key.Key, g.Key.Opens, Awards = g.Count(), Pence = g.Sum(a => AnyDoorDb.PenceOf(a.Award.Amount)), Households = g.Select(a => a.Award.HouseholdId).Distinct().Count() })
            .OrderBy(r => r.Opens).ToListAsync(cancel);
        var households = await awards.Select(a => a.Award.HouseholdId).Distinct().CountAsync(cancel);
        return new RoundsStory([.. rounds.Select(r => (r.Key, r.Awards, r.Pence, r.Households))], rounds.Sum(r => r.Awards), households);
    }

    private static async Task<AwardPage> PageAsync(IQueryable<Award> awards, int page, int size, CancellationToken cancel)
    {
        var total = await awards.GroupBy(_ => 1).Select(g => new { Count = g.Count(), Pence = g.Sum(a => AnyDoorDb.PenceOf(a.Amount)) }).SingleOrDefaultAsync(cancel);
        var rows = await awards.OrderByDescending(a => a.EffectiveAt).ThenBy(a => a.Reference).Skip((Math.Max(page, 1) - 1) * size).Take(size).ToListAsync(cancel);
        return new AwardPage(total?.Count ?? 0, total?.Pence ?? 0, [.. rows.Select(Line)]);
    }

    private static IQueryable<Award> Filtered(AnyDoorDb db, AwardFilter filter)
    {
        IQueryable<Award> awards = db.Set<Award>();
        if (filter.SchemeId is { } scheme) awards = awards.Where(a => a.SchemeId == scheme);
        if (filter.Status is { } status) awards = awards.Where(a => a.Status == status);
        if (filter.AwardType is { } type) awards = awards.Where(a => a.AwardType == type);
        if (filter.Category is { } category) awards = awards.Where(a => a.Category == category);
        if (filter.District is { } district) awards = awards.Where(a => a.District == district);
        return awards;
    }

    private static AwardLine Line(Award a) => new(a.Reference, a.SchemeId, a.AwardType, a.Category, a.Amount, a.Status, a.EffectiveOn, a.ExpiresOn, a.District, a.Door, a.Imported);

    private static async Task<SchemeFigures> FiguresAsync(AnyDoorDb db, SchemeInUse scheme, CancellationToken cancel)
    {
        var roundId = scheme.Accounts.RoundId;
        var pence = await db.Set<LedgerAccount>().Where(a => a.RoundId == roundId && a.SchemeId == scheme.Id).ToDictionaryAsync(a => a.Kind, a => a.Balance.Pence, cancel);
        var (available, committed, issued, redeemed) = (pence[AccountKind.Available], pence[AccountKind.Committed], pence[AccountKind.Issued], pence[AccountKind.Redeemed]);
        var (expired, cancelled, withdrawn, returned) = (pence[AccountKind.Expired], pence[AccountKind.Cancelled], pence[AccountKind.Withdrawn], pence[AccountKind.Returned]);
        return new SchemeFigures(scheme.Id, available + committed + issued + redeemed, available, committed, issued, redeemed, expired, cancelled + withdrawn, expired + cancelled + withdrawn + returned)
        {
            EverIssuedPence = issued + redeemed + expired + cancelled + returned,
        };
    }
}
