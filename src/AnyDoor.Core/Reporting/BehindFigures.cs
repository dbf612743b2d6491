using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Requests;
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

/// <param name="Count">Requests, or households helped.</param>
/// <param name="Pence">What the help came to; null for requests.</param>
/// <param name="Lines">How many lines there are in all.</param>
public sealed record FigurePage(int Count, long? Pence, int Lines, IReadOnlyList<FigureRequest> Requests, IReadOnlyList<FigureAward> Awards);

/// <summary>What is behind each figure of <see cref="Figures"/>, by reference: the same conditions, so that the lines add up to it.</summary>
public sealed class BehindFigures(Database database, SchemeBook schemes)
{
    public const string NotKnown = "not-known";
    public const int PageSize = 50;

    public async Task<FigurePage> OpenAsync(FigureFilter filter, int page, CancellationToken cancel)
    {
        await using var db = database.Open();
        var skip = (Math.Clamp(page, 1, 100_000) - 1) * PageSize;
        return filter.Help is null ? await RequestsAsync(db, await WhichAsync(db, filter, cancel), skip, cancel) : await AwardsAsync(db, filter, skip, cancel);
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

    private static async Task<FigurePage> RequestsAsync(AnyDoorDb db, IQueryable<Request> requests, int skip, CancellationToken cancel)
    {
        var count = await requests.CountAsync(cancel);
        var lines = await requests.OrderBy(r => r.SubmittedAt).ThenBy(r => r.Id).Skip(skip).Take(PageSize)
            .Join(db.Set<Door>(), r => r.DoorId, d => d.Id, (r, d) => new FigureRequest(r.Reference, r.SubmittedAt, r.District, d.Label, r.Status)).ToListAsync(cancel);
        return new FigurePage(count, null, count, lines, []);
    }

    private static async Task<FigurePage> AwardsAsync(AnyDoorDb db, FigureFilter filter, int skip, CancellationToken cancel)
    {
        var awards = db.Set<Award>().Where(a => a.SchemeId == filter.SchemeId && a.AwardType == filter.Help && Figures.Kept.Contains(a.Status));
        var households = await awards.Select(a => a.HouseholdId).Distinct().CountAsync(cancel);
        var (count, pence) = (await awards.CountAsync(cancel), await awards.SumAsync(a => AnyDoorDb.PenceOf(a.Amount), cancel));
        var lines = await awards.OrderBy(a => a.EffectiveAt).ThenBy(a => a.Id).Skip(skip).Take(PageSize)
            .Select(a => new FigureAward(a.Reference, db.Set<Request>().Where(r => r.Id == a.RequestId).Select(r => r.Reference).FirstOrDefault(), a.EffectiveOn, a.District, a.Status, a.Amount)).ToListAsync(cancel);
        return new FigurePage(households, pence, count, [], lines);
    }
}
