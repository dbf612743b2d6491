using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Reporting;

/// <summary>Gains of one kind or of all, at one stage. Pence a year; <paramref name="BackdatedPence"/> was paid once. Reckoned ones have a range.</summary>
public sealed record GainCell(GainStage Stage, int Count, long LowYearPence, long HighYearPence, long BackdatedPence)
{
    public long WeekPence => new RegularSum(LowYearPence, PaidEvery.Year).WeekPence;
}

/// <summary>One kind of gain. <paramref name="Kind"/> is null for all of them together.</summary>
public sealed record GainRow(string? Kind, IReadOnlyList<GainCell> Cells)
{
    public GainCell this[GainStage stage] => Cells[(int)stage];
}

/// <summary>One gain behind a figure: no name.</summary>
public sealed record GainLine(string Request, string Kind, string? District, GainStage Stage, RegularSum? Awarded, long PredictedLow, long PredictedHigh, long BackdatedPence, SeenAs? Seen, string? ConfirmedBy);

/// <summary>What is behind a figure of gains, at the reader's level: see <see cref="FigurePage"/>.</summary>
public sealed record GainPage(bool ByReference, int? Count, IReadOnlyList<GainLine> Lines, PublishedTable? Parts);

/// <summary>Money that people gained beside what it was reckoned at: never one for the other (R-INC-04).</summary>
public sealed class GainFigures(Database database, ReadLog log)
{
    public const int Most = 500;

    /// <summary>A row for each kind that there is, and one for all.</summary>
    public async Task<IReadOnlyList<GainRow>> OfAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var gains = await db.Set<Gain>().ToListAsync(cancel);
        return [.. Gain.Kinds.Keys.Where(k => gains.Exists(g => g.Kind == k)).Select(k => Row(k, gains.FindAll(g => g.Kind == k))), Row(null, gains)];
    }

    private static GainRow Row(string? kind, List<Gain> gains) => new(kind, [.. Enum.GetValues<GainStage>().Select(stage =>
    {
        var here = gains.FindAll(g => g.Stage == stage);
        return new GainCell(stage, here.Count, here.Sum(g => Year(g).Low), here.Sum(g => Year(g).High), here.Sum(g => g.BackdatedPence));
    })]);

    /// <summary>What an award says, and what was reckoned until there is one.</summary>
    private static (long Low, long High) Year(Gain gain) => gain.Awarded is { } sum ? (sum.YearPence, sum.YearPence) : (gain.PredictedLow, gain.PredictedHigh);

    /// <summary>The gains of one cell. References are for whoever may see money by reference; others see by district what there is, as it may be published. Null: there is no such figure.</summary>
    public async Task<GainPage?> OpenAsync(ReadContext ctx, string? kind, GainStage stage, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker || !RoleTable.Default.MayOpen(worker.Role, "figures") || (kind is not null && !Gain.Kinds.ContainsKey(kind))) return null;
        await using var db = database.Open();
        var all = await (from gain in db.Set<Gain>()
                         where kind == null || gain.Kind == kind
                         join request in db.Set<Request>() on gain.RequestId equals request.Id
                         join seen in db.Set<Worker>() on gain.ConfirmedBy equals (Guid?)seen.Id into workers
                         from seen in workers.DefaultIfEmpty()
                         orderby gain.At
                         select new { gain, request.Reference, request.District, By = seen == null ? null : seen.Name }).ToListAsync(cancel);
        var here = all.FindAll(x => x.gain.Stage == stage);
        if (!BehindFigures.ByReference(worker.Role))
        {
            var counts = here.CountBy(x => x.District ?? BehindFigures.NotKnown).ToDictionary();
            var cells = Places.District.All.Select(d => (d.Code, d.Name)).Append((BehindFigures.NotKnown, "Area not known")).Select(d => new CellCount(d.Item1, d.Item2, counts.GetValueOrDefault(d.Item1)));
            return new GainPage(false, here.Count < SmallNumbers.Fewest ? null : SmallNumbers.Round(here.Count), [], SmallNumbers.Publish([new TableCounts("gains", "Where they are", "gains", [.. cells])], []).Tables[0]);
        }
        var leftOut = await Extracts.LeftOut(db).ToListAsync(cancel);
        var listed = here.FindAll(x => !leftOut.Contains(x.gain.HouseholdId)).Take(Most).ToList();
        await log.RecordAsync(ctx.Audit, ctx.Page, "by-reference", [.. listed.Select(x => x.gain.HouseholdId).Distinct()], cancel);
        return new GainPage(true, here.Count, listed.ConvertAll(x => new GainLine(x.Reference, x.gain.Kind, x.District, stage, x.gain.Awarded, x.gain.PredictedLow, x.gain.PredictedHigh, x.gain.BackdatedPence, x.gain.ConfirmedAs, x.By)), null);
    }
}
