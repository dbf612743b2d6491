using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>
/// Equality answers as they are kept: apart (R-EDI-04). No name, reference, household, request, door or day leads from here to anybody,
/// and nothing leads here, so nothing that is decided about help can depend on them.
/// </summary>
public sealed class EqualityAnswer
{
    /// <summary>Random: it is not ordered by time.</summary>
    public required Guid Id { get; init; }
    /// <summary>The first day of the month.</summary>
    public required DateOnly Month { get; init; }
    /// <summary>Like <c>equality.sex</c>. The answers of one person are not kept together: two or three of them at once could point at somebody.</summary>
    public required string Fact { get; init; }
    public required string Option { get; init; }
}

/// <summary>Keeps equality answers and counts them. Optional, explained, and given in no page about a person.</summary>
public sealed class EqualityBox(Commands commands)
{
    /// <summary>The questions, in their order.</summary>
    public static IReadOnlyList<Fact> Questions { get; } = [.. Words.Current.Facts.Where(f => f.StoredApart)];

    /// <param name="chosen">Option by fact. What is not an option is left out; nothing chosen is nothing kept.</param>
    public Task<Result<int>> KeepAsync(DateTime now, IReadOnlyDictionary<string, string> chosen, CancellationToken cancel)
    {
        var today = LondonTime.DayOf(now);
        var month = new DateOnly(today.Year, today.Month, 1);
        // Not the resident, not their door, not this minute: the log must not lead from a request to its answers either.
        var who = new AuditContext(Actor.Job("equality"), null, "web-form", Purpose.StatisticsAndPlanning, LondonTime.ToUtc(month, TimeOnly.MinValue));
        return commands.RunAsync(who, c =>
        {
            var given = Questions.Where(q => chosen.TryGetValue(q.Id, out var option) && q.Options?.Any(o => o.Id == option) == true).ToList();
            foreach (var question in given) c.Insert(new EqualityAnswer { Id = Guid.NewGuid(), Month = month, Fact = question.Id, Option = chosen[question.Id] });
            if (given.Count > 0) c.Record("equality.kept");
            return Task.FromResult((Result<int>)given.Count);
        }, cancel);
    }

    /// <summary>How many gave each answer, by question: every option is there, also with none.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> CountAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var counts = await db.Set<EqualityAnswer>().GroupBy(a => new { a.Fact, a.Option }).Select(g => new { g.Key.Fact, g.Key.Option, Count = g.Count() }).ToListAsync(cancel);
        return Questions.ToDictionary(q => q.Id, q => (IReadOnlyDictionary<string, int>)q.Options!.ToDictionary(o => o.Id, o => counts.FirstOrDefault(c => c.Fact == q.Id && c.Option == o.Id)?.Count ?? 0));
    }
}
