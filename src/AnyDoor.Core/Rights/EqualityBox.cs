using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>
/// How many gave one answer to one equality question in one month (R-EDI-04). There is no row of anybody's answer: no name, reference, household, request, door or day
/// leads from here to a person, and nothing leads here, so nothing that is decided about help can depend on it.
/// </summary>
public sealed class EqualityCount
{
    /// <summary>The first day of the month.</summary>
    public required DateOnly Month { get; init; }
    /// <summary>Like <c>equality.sex</c>.</summary>
    public required string Fact { get; init; }
    public required string Option { get; init; }
    public required int Count { get; set; }
}

/// <summary>Counts equality answers. Optional, explained, and given in no page about a person.</summary>
public sealed class EqualityBox(Commands commands)
{
    /// <summary>The questions, in their order.</summary>
    public static IReadOnlyList<Fact> Questions { get; } = [.. Words.Current.Facts.Where(f => f.StoredApart)];

    /// <summary>
    /// Counts what was chosen. No event is written: it would stand beside the request of whoever answers. Every count of the month is written with each answer,
    /// so that none is the one that was touched last: neither the order of rows nor the number of a transaction tells what was chosen.
    /// </summary>
    /// <param name="chosen">Option by fact. What is not an option is left out; nothing chosen is nothing counted.</param>
    /// <returns>How many answers were counted. A month takes no more answers to a question than forms came by the web since its eve, so that no machine makes up the published counts.</returns>
    public async Task<Result<int>> KeepAsync(DateTime now, IReadOnlyDictionary<string, string> chosen, CancellationToken cancel)
    {
        var today = LondonTime.DayOf(now);
        var month = new DateOnly(today.Year, today.Month, 1);
        var given = Questions.Where(q => chosen.TryGetValue(q.Id, out var option) && q.Options?.Any(o => o.Id == option) == true).ToList();
        if (given.Count == 0) return 0;
        await MakeReadyAsync(month, cancel);
        // Not the resident, not their door, not this minute.
        var who = new AuditContext(Actor.Job("equality"), null, "web-form", Purpose.StatisticsAndPlanning, LondonTime.ToUtc(month, TimeOnly.MinValue));
        return await commands.RunAsync(who, async c =>
        {
            var eve = LondonTime.ToUtc(month.AddDays(-1), TimeOnly.MinValue);
            var forms = await c.Db.Set<Request>().CountAsync(r => r.DoorId == Drafts.Door && r.SubmittedAt >= eve && !r.Held && r.Status != RequestStatus.SetAside, c.Cancel);
            var sums = await c.Db.Set<EqualityCount>().Where(x => x.Month == month).GroupBy(x => x.Fact).Select(g => new { g.Key, Sum = g.Sum(x => x.Count) }).ToDictionaryAsync(x => x.Key, x => x.Sum, c.Cancel);
            string[] cells = [.. given.Where(q => sums.GetValueOrDefault(q.Id) < forms).Select(q => $"{q.Id}/{chosen[q.Id]}")];
            if (cells.Length > 0)
                await c.Db.Set<EqualityCount>().Where(x => x.Month == month).ExecuteUpdateAsync(set => set.SetProperty(x => x.Count, x => x.Count + (cells.Contains(x.Fact + "/" + x.Option) ? 1 : 0)), c.Cancel);
            return (Result<int>)cells.Length;
        }, cancel);
    }

    /// <summary>Every count of a month stands from its first answer on, at nought.</summary>
    private async Task MakeReadyAsync(DateOnly month, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var there = (await db.Set<EqualityCount>().Where(x => x.Month == month).Select(x => new { x.Fact, x.Option }).ToListAsync(cancel)).ConvertAll(x => (x.Fact, x.Option));
        var lacking = Questions.SelectMany(q => q.Options!.Select(o => (Fact: q.Id, Option: o.Id))).Except(there).ToList();
        if (lacking.Count == 0) return;
        using var turn = await commands.Database.Kind.WriterTurnAsync(cancel);
        db.AddRange(lacking.Select(x => new EqualityCount { Month = month, Fact = x.Fact, Option = x.Option, Count = 0 }));
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException error) when (commands.Database.Kind.IsUniqueConflict(error)) { } // another was first
    }

    /// <summary>How many gave each answer, by question: every option is there, also with none.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> CountAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var counts = await db.Set<EqualityCount>().GroupBy(a => new { a.Fact, a.Option }).Select(g => new { g.Key.Fact, g.Key.Option, Count = g.Sum(x => x.Count) }).ToListAsync(cancel);
        return Questions.ToDictionary(q => q.Id, q => (IReadOnlyDictionary<string, int>)q.Options!.ToDictionary(o => o.Id, o => counts.FirstOrDefault(c => c.Fact == q.Id && c.Option == o.Id)?.Count ?? 0));
    }
}
