using AnyDoor.Audit;
using AnyDoor.Common;

namespace AnyDoor.Sharing;

/// <summary>What is worth a question to a worker: dated data (<c>Content/unusual-looks.json</c>).</summary>
/// <param name="SearchesAnHour">Searches by name, postcode or number that one worker may make in one hour of the clock.</param>
/// <param name="TypedAnHour">The same while somebody is being typed in, where every few letters is one.</param>
public sealed record UnusualRules(string Owner, string Source, DateOnly Starts, int SearchesAnHour, int TypedAnHour, IReadOnlyList<UnusualRule> Rules)
{
    public static UnusualRules Current { get; } = ContentFiles.Read<UnusualRules>("unusual-looks.json");
}

/// <param name="AtLeast">This many on one day (many-records: in one hour).</param>
/// <param name="WithinHours">How long the work may take to come.</param>
public sealed record UnusualRule(string Id, int AtLeast, string Words, TimeOnly? From = null, TimeOnly? To = null, int? WithinHours = null);

/// <summary>
/// Counts what one worker searches for in an hour, found or not, so that nobody can try name after name (F15). Who goes over waits until the hour is out,
/// with the same words whatever they typed, and the information lead hears of it once.
/// </summary>
public sealed class SearchLimits(Commands commands, UnusualRules? rules = null)
{
    public const string Held = "search.held";
    private readonly UnusualRules rules = rules ?? UnusualRules.Current;

    /// <summary>Null: it may be searched, and is counted. Otherwise what to say.</summary>
    /// <param name="typing">Looked up while somebody is typed in.</param>
    public async Task<Refusal?> CountAsync(ReadContext ctx, bool typing, CancellationToken cancel)
    {
        if (ctx.Worker is not { } worker) return null;
        var (kind, most) = typing ? ("typed-in-an-hour", rules.TypedAnHour) : ("searched-in-an-hour", rules.SearchesAnHour);
        var at = ctx.Audit.At;
        var left = TimeSpan.FromHours(1) - TimeSpan.FromTicks(at.Ticks % TimeSpan.TicksPerHour);
        var what = $"{worker.WorkerId:N} {at.Ticks / TimeSpan.TicksPerHour}";
        var counted = await commands.RunAsync<int>(ctx.Audit, async c =>
        {
            if (await TryLimits.CountAsync(c, kind, what, most, left) is not { } wait) return 0;
            if (await TryLimits.CountAsync(c, kind + "-told", what, 1, left) is null) c.Record(Held, worker.WorkerId);
            return wait;
        }, cancel);
        return counted.Value == 0 ? null : new Refusal("search-held", $"You have searched very often in this hour. You can search again in {(counted.Value == 1 ? "1 minute" : $"{counted.Value} minutes")}. The information-governance lead sees that this happened. To take a call or a request, carry on without searching.");
    }
}
