using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Offers;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>Keeps what comes in and goes out, one budget for a request.</summary>
public sealed class BudgetDesk(Database database, RequestDesk desk)
{
    /// <summary>Somebody else saved one since this was opened: nothing is written over.</summary>
    public const string MovedOn = "moved-on";

    /// <summary>The budget of a request that was opened through the gate; null: none is kept.</summary>
    public async Task<Budget?> FindAsync(Guid requestId, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Budget>().SingleOrDefaultAsync(b => b.RequestId == requestId, cancel);
    }

    /// <param name="shown">When the budget was saved that the form was filled from; null: there was none.</param>
    public Task<Result<string>> SaveAsync(AuditContext who, string reference, IReadOnlyDictionary<string, long> lines, IReadOnlyDictionary<string, long> owed, DateTime? shown, CancellationToken cancel) => desk.ChangeAsync(who, reference, async (c, request, worker) =>
    {
        var known = Budget.AllLines.Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
        if (lines.Keys.Concat(owed.Keys).Any(k => !known.Contains(k))) return new Refusal("line", "There is no such line.");
        if (!lines.Values.Concat(owed.Values).Any(v => v > 0)) return new Refusal("empty", "Write one sum at least.");
        var budget = await c.Db.Set<Budget>().AsTracking().SingleOrDefaultAsync(b => b.RequestId == request.Id, c.Cancel);
        if (budget?.At != shown) return new Refusal(MovedOn, "Somebody else saved this budget while you had it open. What you wrote is still here: save again if it is right.");
        var (written, debts) = (JsonSerializer.Serialize(lines.Where(l => l.Value > 0).ToDictionary()), JsonSerializer.Serialize(owed.Where(l => l.Value > 0).ToDictionary()));
        if (budget is null) c.Insert(new Budget { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), RequestId = request.Id, HouseholdId = request.HouseholdId, Lines = written, Owed = debts, At = c.Who.At, By = worker });
        else (budget.Lines, budget.Owed, budget.At, budget.By) = (written, debts, c.Who.At, worker);
        c.Record("budget.saved", request.Id, request.HouseholdId);
        return null;
    }, cancel);
}
