using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>A drawn award as whoever drew it sees it.</summary>
/// <param name="Name">Null: not open to them, or not any more.</param>
public sealed record SampleLine(Guid Id, string Award, string Scheme, string Type, Money Amount, DateOnly On, string Organisation, SampleState State, DateTime DrawnAt, bool IsLate, string? Found, DateTime? CheckedAt, string? Name);

/// <param name="Awards">How many were made that month.</param>
/// <param name="ToDraw">How many more may be drawn now.</param>
public sealed record MonthOfSamples(DateOnly Month, int Awards, int ToDraw, IReadOnlyList<SampleLine> Lines);

/// <summary>
/// The two occasions on which a fund manager meets a name: awards drawn at random to be checked (R-DAW-06), and one award that a supplier's or a bank's line has to be matched with.
/// Each opens the name on a ground of its own, for that worker, for a time; every look is logged.
/// </summary>
public sealed class SampleDesk(Database database, Commands commands, SchemeBook schemes, HouseholdReader households)
{
    private const string NobodySaid = "Taken over with a file";
    private static readonly Refusal NotThere = new("not-found", "There is no such award.");

    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <param name="ctx">For assurance: the gate shows the names of what this worker drew.</param>
    public async Task<MonthOfSamples> ReadAsync(ReadContext ctx, DateOnly month, CancellationToken cancel)
    {
        await using var db = database.Open();
        var made = await MadeAsync(db, month, cancel);
        var drawn = await db.Set<AwardSample>().Where(s => s.Month == month).OrderBy(s => s.DrawnAt).ThenBy(s => s.Id).ToListAsync(cancel);
        var ids = drawn.Select(s => s.AwardId).ToArray();
        var awards = await db.Set<Award>().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancel);
        var organisations = await db.Set<Organisation>().ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        var names = await households.ListAsync(ctx, [.. drawn.Where(s => s.State == SampleState.Drawn).Select(s => (s.HouseholdId, Guid.Empty)).Distinct()], cancel);
        var all = (await schemes.AllAsync(db, cancel)).ToDictionary(s => s.Id);
        var lines = drawn.ConvertAll(s =>
        {
            var (award, scheme) = (awards[s.AwardId], all.GetValueOrDefault(awards[s.AwardId].SchemeId)?.Newest);
            return new SampleLine(s.Id, award.Reference, scheme?.Name ?? award.SchemeId, scheme?.Type(award.AwardType)?.Label ?? award.AwardType, award.Amount, award.EffectiveOn, s.OrganisationId is { } id ? organisations.GetValueOrDefault(id, NobodySaid) : NobodySaid,
                s.State, s.DrawnAt, s.State == SampleState.Drawn && s.DrawnAt.AddDays(Sampling.Current.LateAfterDays) < ctx.Audit.At, s.Found, s.CheckedAt, names.GetValueOrDefault((s.HouseholdId, Guid.Empty))?.Name);
        });
        return new MonthOfSamples(month, made.Count, ToDraw(made, drawn).Sum(d => d.More), lines);
    }

    /// <summary>Draws what is still to be drawn of a month: so many of what each organisation awarded, at random. Again, it draws only for what was awarded since.</summary>
    public Task<Result<int>> DrawAsync(AuditContext who, WhoIsWorking worker, DateOnly month, CancellationToken cancel) => commands.RunAsync<int>(who, async c =>
    {
        if (!RoleTable.Default.May(worker.Role, "draw-sample")) return NotThere;
        if (month != MonthOf(month) || month > LondonTime.DayOf(who.At)) return new Refusal("month", "Choose this month, or one before it.", "month");
        var made = await MadeAsync(c.Db, month, c.Cancel);
        var drawn = await c.Db.Set<AwardSample>().Where(s => s.Month == month).ToListAsync(c.Cancel);
        var count = 0;
        foreach (var (left, more) in ToDraw(made, drawn))
        {
            var some = left.ToArray();
            RandomNumberGenerator.Shuffle(some.AsSpan());
            foreach (var award in some.Take(more))
            {
                var sample = new AwardSample
                {
                    Id = Guid.CreateVersion7(new DateTimeOffset(who.At, TimeSpan.Zero)), Month = month, AwardId = award.Id, HouseholdId = award.HouseholdId, OrganisationId = award.OrganisationId, DrawnAt = who.At, DrawnBy = worker.WorkerId, State = SampleState.Drawn, Version = 1,
                };
                c.Insert(sample);
                Grounds.Open(c, GroundCause.Sample, award.HouseholdId, Purpose.Assurance, sample.Id, worker: worker.WorkerId, until: who.At.AddDays(Sampling.Current.DaysOpen));
                c.Record("sample.drawn", sample.Id, award.HouseholdId);
                count++;
            }
        }
        return count > 0 ? count : new Refusal("nothing-to-draw", made.Count == 0 ? "Nothing was awarded in that month." : "This month’s sample is drawn. When more is awarded, more can be drawn.", "month");
    }, cancel);

    /// <summary>It is right, or it is not; then the name is shut again.</summary>
    public Task<Result<Nothing>> CheckAsync(AuditContext who, WhoIsWorking worker, Guid id, bool right, string? found, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        await c.Kind.HoldRowsAsync(c.Db, "award_sample", [id], c.Cancel);
        if (await c.Db.Set<AwardSample>().AsTracking().SingleOrDefaultAsync(s => s.Id == id && s.DrawnBy == worker.WorkerId, c.Cancel) is not { } sample) return NotThere;
        var words = found?.Trim() is { Length: > 0 } said ? said : null;
        if (!right && words is null) return new Refusal("found", "Say what is not right, like: no receipt after two reminders.", "found");
        if (words is { Length: > 500 }) return new Refusal("found", "Keep it under 500 letters.", "found");
        if (NamesNoPerson.WhyNot(words) is { } named) return new Refusal("found", named, "found");
        if (sample.Check(right, words, who.At) is { } refused) return refused;
        await Grounds.CloseAsync(c, sample.Id, GroundCause.Sample);
        c.Record(right ? "sample.right" : "sample.not-right", sample.Id, sample.HouseholdId);
        return Nothing.Value;
    }, cancel);

    /// <summary>Opens the name behind one award for a while, to match it with a line of a supplier's or a bank's file.</summary>
    public async Task<Result<Nothing>> ToReconcileAsync(AuditContext who, WhoIsWorking worker, string reference, string? line, CancellationToken cancel)
    {
        if (line?.Trim() is not { Length: >= 5 and <= 200 } said) return new Refusal("line", "Say which line you match it with, like: Paypoint file of 12 November, line 48.", "line");
        return await commands.RunAsync<Nothing>(who with { Reason = said }, async c =>
        {
            if (!RoleTable.Default.May(worker.Role, "reconcile-award") || !Reference.TryParse(reference, out var read) || await c.Db.Set<Award>().SingleOrDefaultAsync(a => a.Reference == read, c.Cancel) is not { } award) return NotThere;
            if (await Grounds.IsShutAsync(c.Db, award.HouseholdId, worker.WorkerId, who.At, c.Cancel)) return new Refusal("shut", "The name behind this award cannot be opened now. Ask the information lead.", "line");
            Grounds.Open(c, GroundCause.Reconcile, award.HouseholdId, Purpose.Assurance, award.Id, worker: worker.WorkerId, until: who.At.AddMinutes(Sampling.Current.MinutesToReconcile));
            c.Record("award.opened-to-reconcile", award.Id, award.HouseholdId);
            return Nothing.Value;
        }, cancel);
    }

    /// <summary>The name behind an award, while there is a ground for it. Null: there is none, and nothing is logged.</summary>
    public async Task<string?> NameAsync(ReadContext ctx, string reference, CancellationToken cancel)
    {
        if (!Reference.TryParse(reference, out var read)) return null;
        await using var db = database.Open();
        if (await db.Set<Award>().Where(a => a.Reference == read).Select(a => (Guid?)a.HouseholdId).SingleOrDefaultAsync(cancel) is not { } household) return null;
        return (await households.ListAsync(ctx, [(household, Guid.Empty)], cancel)).Values.FirstOrDefault()?.Name;
    }

    private static async Task<List<Award>> MadeAsync(AnyDoorDb db, DateOnly month, CancellationToken cancel)
    {
        var after = month.AddMonths(1);
        return await db.Set<Award>().Where(a => a.EffectiveOn >= month && a.EffectiveOn < after && a.Status != AwardStatus.Cancelled).ToListAsync(cancel);
    }

    private static IEnumerable<(IReadOnlyList<Award> Left, int More)> ToDraw(List<Award> made, List<AwardSample> drawn)
    {
        var done = drawn.Select(s => s.AwardId).ToHashSet();
        return made.GroupBy(a => a.OrganisationId).Select(g => ((IReadOnlyList<Award>)[.. g.Where(a => !done.Contains(a.Id))], Math.Max(0, Sampling.Current.Of(g.Count()) - g.Count(a => done.Contains(a.Id)))));
    }
}
