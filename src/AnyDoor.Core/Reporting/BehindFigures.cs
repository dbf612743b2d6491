using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>Which figure is opened: requests by district or door, the help of one kind, or a door's share of the same need. Nothing chosen: every request of the scheme.</summary>
/// <param name="District">ONS code, or <see cref="BehindFigures.NotKnown"/>.</param>
/// <param name="Help">An award type's id.</param>
/// <param name="Same">As in <see cref="DoorFairness"/>, with its own idea of a scheme's requests.</param>
/// <param name="Given">Of those of the same need: with help for it, or without.</param>
public sealed record FigureFilter(string SchemeId, string? District = null, IReadOnlyList<string>? Doors = null, string? Help = null, SameNeed? Same = null, bool? Given = null);

/// <summary>One request behind a figure: no name, and nothing that a person told.</summary>
public sealed record FigureRequest(string Reference, DateTime SubmittedAt, string? District, string Door, RequestStatus Status);

/// <summary>One award behind a figure.</summary>
public sealed record FigureAward(string Reference, string? Request, DateOnly On, string? District, AwardStatus Status, Money Amount);

/// <summary>What is behind a figure, at the reader's level.</summary>
/// <param name="ByReference">The lines are listed; otherwise <paramref name="Parts"/> says what the figure consists of, with small numbers hidden.</param>
/// <param name="Count">Requests, or households helped: exact with the lines, rounded to five without. Null: fewer than five.</param>
/// <param name="Pence">What the help came to; null for requests, and where the count is not said.</param>
/// <param name="Lines">How many lines there are to list in all.</param>
public sealed record FigurePage(bool ByReference, int? Count, long? Pence, int Lines, IReadOnlyList<FigureRequest> Requests, IReadOnlyList<FigureAward> Awards, PublishedTable? Parts);

/// <summary>
/// What is behind each figure of <see cref="Figures"/> and of the comparison of doors, and of nothing else: the same conditions, so that the lines add up to it.
/// References are for whoever may see award facts by reference. Everybody else sees the figure as it may be published (F17). Whoever may be looked for, and whoever's record is
/// restricted, is counted and never listed.
/// </summary>
public sealed class BehindFigures(Database database, SchemeBook schemes, DoorFairness fairness, ReadLog log)
{
    public const string NotKnown = "not-known";
    public const int PageSize = 50;
    private const string Basis = "by-reference";

    public static bool ByReference(Role role) => RoleTable.Default.MayOpen(role, "funds");

    /// <summary>Null: no page has such a figure. One look names every household of the lines, before they are given.</summary>
    public async Task<FigurePage?> OpenAsync(ReadContext ctx, FigureFilter filter, int page, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker || !RoleTable.Default.MayOpen(worker.Role, "figures") || !await IsThereAsync(filter, cancel)) return null;
        await using var db = database.Open();
        var skip = ByReference(worker.Role) ? (Math.Clamp(page, 1, 100_000) - 1) * PageSize : (int?)null;
        return filter.Help is null ? await RequestsAsync(db, ctx, await WhichAsync(db, filter, cancel), skip, cancel) : await AwardsAsync(db, ctx, filter, skip, cancel);
    }

    /// <summary>Conditions that no figure has together are not answered: the difference of two lists would say what is behind neither.</summary>
    private async Task<bool> IsThereAsync(FigureFilter filter, CancellationToken cancel)
    {
        var doors = filter.Doors ?? [];
        if (filter.Same is not { } same) return filter.Given is null && (filter.District is null ? 0 : 1) + (filter.Help is null ? 0 : 1) + doors.Count <= 1;
        if (filter.District is not null || filter.Help is not null || (doors.Count == 0 && filter.Given is not null)) return false;
        return doors.Count == 0 || (same.Need is not null && await fairness.CompareAsync(filter.SchemeId, same, cancel) is { } compared && compared.Doors.Any(d => d.Doors.ToHashSet().SetEquals(doors)));
    }

    private async Task<IQueryable<Request>> WhichAsync(AnyDoorDb db, FigureFilter filter, CancellationToken cancel)
    {
        var requests = db.Set<Request>().Where(r => r.SchemeId == filter.SchemeId);
        if (filter.Same is { } same && await schemes.FindAsync(db, filter.SchemeId, cancel) is { } scheme)
        {
            requests = DoorFairness.Alike(db, DoorFairness.Requests(db, scheme.Newest), same);
            var help = DoorFairness.Given(db, scheme.Newest, same);
            if (filter.Given is { } given) requests = requests.Where(r => help.Any(a => a.RequestId == r.Id) == given);
        }
        if (filter.District is { } district) requests = district == NotKnown ? requests.Where(r => r.District == null) : requests.Where(r => r.District == district);
        if (filter.Doors is { Count: > 0 } doors) requests = requests.Where(r => doors.Contains(r.DoorId));
        return requests;
    }

    private async Task<FigurePage> RequestsAsync(AnyDoorDb db, ReadContext ctx, IQueryable<Request> requests, int? skip, CancellationToken cancel)
    {
        if (skip is not { } from)
        {
            var now = await requests.GroupBy(r => r.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
            return Published(now.Values.Sum(), null, Parts("requests", "Where the requests are now", Enum.GetValues<RequestStatus>(), now, Words));
        }
        var leftOut = Extracts.LeftOut(db);
        var listed = requests.Where(r => !leftOut.Contains(r.HouseholdId));
        var found = await listed.OrderBy(r => r.SubmittedAt).ThenBy(r => r.Id).Skip(from).Take(PageSize)
            .Join(db.Set<Door>(), r => r.DoorId, d => d.Id, (r, d) => new { r.HouseholdId, Line = new FigureRequest(r.Reference, r.SubmittedAt, r.District, d.Label, r.Status) }).ToListAsync(cancel);
        await log.RecordAsync(ctx.Audit, ctx.Page, Basis, [.. found.Select(f => f.HouseholdId)], cancel);
        return new FigurePage(true, await requests.CountAsync(cancel), null, await listed.CountAsync(cancel), found.ConvertAll(f => f.Line), [], null);
    }

    private async Task<FigurePage> AwardsAsync(AnyDoorDb db, ReadContext ctx, FigureFilter filter, int? skip, CancellationToken cancel)
    {
        var awards = db.Set<Award>().Where(a => a.SchemeId == filter.SchemeId && a.AwardType == filter.Help && Figures.Kept.Contains(a.Status));
        var households = await awards.Select(a => a.HouseholdId).Distinct().CountAsync(cancel);
        var pence = await awards.SumAsync(a => AnyDoorDb.PenceOf(a.Amount), cancel);
        if (skip is not { } from)
        {
            var now = await awards.GroupBy(a => a.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
            return Published(households, pence, Parts("awards", "Where the awards are now", Figures.Kept, now, Words));
        }
        var leftOut = Extracts.LeftOut(db);
        var listed = awards.Where(a => !leftOut.Contains(a.HouseholdId));
        var found = await listed.OrderBy(a => a.EffectiveAt).ThenBy(a => a.Id).Skip(from).Take(PageSize)
            .Select(a => new { a.HouseholdId, Line = new FigureAward(a.Reference, db.Set<Request>().Where(r => r.Id == a.RequestId).Select(r => r.Reference).FirstOrDefault(), a.EffectiveOn, a.District, a.Status, a.Amount) }).ToListAsync(cancel);
        await log.RecordAsync(ctx.Audit, ctx.Page, Basis, [.. found.Select(f => f.HouseholdId)], cancel);
        return new FigurePage(true, households, pence, await listed.CountAsync(cancel), [], found.ConvertAll(f => f.Line), null);
    }

    private static FigurePage Published(int count, long? pence, PublishedTable parts) =>
        count < SmallNumbers.Fewest ? new FigurePage(false, null, null, 0, [], [], parts) : new FigurePage(false, SmallNumbers.Round(count), pence, 0, [], [], parts);

    /// <summary>Every part has its line, also one that nobody is in: that there is none says something too.</summary>
    private static PublishedTable Parts<T>(string of, string title, IEnumerable<T> all, IReadOnlyDictionary<T, int> counts, Func<T, string> words) where T : struct, Enum =>
        SmallNumbers.Publish([new TableCounts(of, title, of, [.. all.Select(k => new CellCount(k.ToString(), words(k), counts.GetValueOrDefault(k)))])], []).Tables[0];

    public static string Words(AwardStatus status) => status switch { AwardStatus.Committed => "Promised", AwardStatus.Issued => "Issued", _ => "Used" };

    public static string Words(RequestStatus status) => status switch
    {
        RequestStatus.Waiting => "Waiting", RequestStatus.Claimed => "Taken up", RequestStatus.HandedOver => "Passed on", RequestStatus.HandedOverAndAccepted => "Passed on and accepted", RequestStatus.Helped => "Helped",
        RequestStatus.DeclinedByResident => "They said no", RequestStatus.UnableToReach => "Not reached", RequestStatus.SetAside => "Set aside", _ => "Stopped by them",
    };
}
