using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>What a coordinator wants to bend, not set yet.</summary>
public sealed record WeightAsk(GapPlace? Where, string? NeedId, WeightFor For, int Points, string? Evidence, DateOnly? Until);

/// <summary>One of the statements that a bend is tried on: the best five before and after.</summary>
public sealed record WeightTried(string Says, IReadOnlyList<string> Before, IReadOnlyList<string> After);

/// <summary>Steps of weights and the statements they are tried on (<c>Content/services/weights.json</c>).</summary>
public sealed record WeightBook(string Owner, string Source, DateOnly Starts, IReadOnlyList<WeightStep> Steps, IReadOnlyList<WeightStatement> Statements)
{
    private static readonly Lazy<WeightBook> Shipped = new(() => ContentFiles.Read<WeightBook>("services/weights.json"));
    public static WeightBook Current => Shipped.Value;
}

public sealed record WeightStep(int Points, string Words);

/// <param name="Ages">Who lives there.</param>
public sealed record WeightStatement(string Says, IReadOnlyList<int> Ages, IReadOnlyList<string>? Needs = null);

/// <summary>Sets and undoes how a place bends the menu's order. Each is an event with its evidence.</summary>
public sealed class MenuWeights(Commands commands)
{
    private const int ShownOfEach = 5;

    /// <summary>All of them, what stands first; those that were undone or are over stay as history.</summary>
    public async Task<IReadOnlyList<MenuWeight>> ListAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await db.Set<MenuWeight>().OrderBy(w => w.UndoneAt != null).ThenByDescending(w => w.SetAt).Take(500).ToListAsync(cancel);
    }

    public async Task<Result<Guid>> SetAsync(AuditContext who, WeightAsk ask, CancellationToken cancel) => await commands.RunAsync<Guid>(who, async c =>
    {
        if (Problem(ask, LondonTime.DayOf(c.Who.At)) is { } problem) return problem;
        var weight = Draft(ask, c.Who);
        c.Insert(weight);
        c.Record("menu.weight-set", weight.Id, content: $"{weight.Where.Words}: {weight.NeedId}, {weight.For}, {weight.Points:+0;-0}. {weight.Evidence}");
        await MenuService.NextNumberAsync(c);
        return weight.Id;
    }, cancel);

    public async Task<Result<Nothing>> UndoAsync(AuditContext who, Guid id, CancellationToken cancel) => await commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<MenuWeight>().AsTracking().SingleOrDefaultAsync(w => w.Id == id, c.Cancel) is not { } weight) return new Refusal("not-found", "That weight is no longer there.");
        if (weight.UndoneAt is not null) return Nothing.Value;
        (weight.UndoneAt, weight.UndoneBy) = (c.Who.At, c.Who.Actor.Id);
        c.Record("menu.weight-undone", weight.Id);
        await MenuService.NextNumberAsync(c);
        return Nothing.Value;
    }, cancel);

    /// <summary>How the statements' answers at that place change by it. Nothing is kept.</summary>
    public static Result<IReadOnlyList<WeightTried>> Try(MenuIndex index, AuditContext who, WeightAsk ask)
    {
        if (Problem(ask with { Evidence = "-" }, LondonTime.DayOf(who.At)) is { } problem) return problem;
        var place = ask.Where!.ToMenuPlace(index);
        var bent = index.Bent([.. index.Weights, Draft(ask, who)]);
        var own = new WeightStatement($"Somebody needs: {Words.Current.Need(ask.NeedId!)!.Plain}", ask.For switch { WeightFor.Families => [34, 8, 3], WeightFor.Older => [76], _ => [] }, [ask.NeedId!]);
        return new List<WeightTried>([.. WeightBook.Current.Statements.Prepend(own).Select(s => new WeightTried(s.Says, Best(index, s), Best(bent, s)))]);

        IReadOnlyList<string> Best(MenuIndex menu, WeightStatement statement) => [.. MenuMatch.Match(menu, new MenuQuery
        {
            Needs = statement.Needs ?? [], Text = statement.Needs is null ? statement.Says : null, Place = place, At = who.At, Most = ShownOfEach, Facts = statement.Ages.Count > 0 ? Facts.FromJson([], ages: statement.Ages) : Facts.None,
        }).Hits.Take(ShownOfEach).Select(h => h.Service.Name)];
    }

    private static Refusal? Problem(WeightAsk ask, DateOnly today)
    {
        if (ask.Where is null || ask.Where.District == MenuGap.NotKnown) return new Refusal("place", "Choose the place that it is for: a town, a village, a ward or a district.", "place");
        if (ask.NeedId is null || Words.Current.Need(ask.NeedId) is null) return new Refusal("need", "Choose the need.", "need");
        if (ask.Points == 0 || Math.Abs(ask.Points) > MenuBend.Most) return new Refusal("points", $"Choose how much: from {-MenuBend.Most} to {MenuBend.Most} points.", "points");
        if (ask.Evidence?.Trim() is not { Length: > 0 and <= 400 }) return new Refusal("evidence", "Say what it rests on, and from where and which year, in at most 400 letters.", "evidence");
        return ask.Until < today ? new Refusal("until", "The last day is over already.", "until") : null;
    }

    private static MenuWeight Draft(WeightAsk ask, AuditContext who) => new()
    {
        Id = Guid.CreateVersion7(), District = ask.Where!.District, Place = ask.Where.Name, NeedId = ask.NeedId!, For = ask.For, Points = ask.Points, Evidence = ask.Evidence?.Trim() ?? "",
        From = LondonTime.DayOf(who.At), Until = ask.Until, SetAt = who.At, SetBy = who.Actor.Id,
    };
}
