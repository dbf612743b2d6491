using System.Globalization;
using System.Text.RegularExpressions;
using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What makes a form of the open door suspicious, as dated data (<c>spam-rules.json</c>): held for a person to look at, never refused and never dropped.</summary>
public sealed record SpamRules(DateOnly Starts, string Owner, string Source, IReadOnlyList<SpamRule> Rules, FormThrottle Throttle)
{
    private static readonly Lazy<SpamRules> Shipped = new(() => ContentFiles.Read<SpamRules>("spam-rules.json"));

    public static SpamRules Current => Shipped.Value;

    public SpamRule Rule(string id) => Rules.Single(r => r.Id == id);
}

/// <param name="MoreThan">So many are nothing; one more is.</param>
/// <param name="Minutes">How far back is counted; null: it looks at one form only.</param>
/// <param name="LeastLetters">Shorter words are alike by chance.</param>
public sealed record SpamRule(string Id, int MoreThan, string Says, int? Minutes = null, int LeastLetters = 0)
{
    public string InWords(int count) => Says.Replace("{count}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{minutes}", (Minutes ?? 0).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}

/// <summary>A queue, not a refusal: so many forms are worked on at once, so many more wait their turn.</summary>
/// <param name="EachVisitAtOnce">Of one visit: a person has one form; who sends many at once waits for themselves.</param>
public sealed record FormThrottle(int AtOnce, int MayWait, int EachVisitAtOnce);

/// <summary>That a form was sent, and keyed marks of its words and its contact, which cannot be read back: enough to count alike ones. Gone after a day.</summary>
internal sealed class FormMark
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required byte[] Mark { get; init; }
    public required DateTime At { get; init; }
}

public enum SuspectState { Waiting, Released, SetAside }

/// <summary>A form that a rule marked, and what a person decided. Held: it is not in the queue until then. A form for today is never held.</summary>
internal sealed class SuspectForm
{
    public required Guid RequestId { get; init; }
    /// <summary>What the rules said, one to a line.</summary>
    public required string Why { get; init; }
    public required bool Held { get; init; }
    public required DateTime At { get; init; }
    public required SuspectState State { get; set; }
    /// <summary>None: the time to answer came nearer, and it went into the queue by itself.</summary>
    public Guid? DecidedBy { get; set; }
    public DateTime? DecidedAt { get; set; }
}

/// <summary>Looks at a form as it is sent.</summary>
internal static partial class SpamCheck
{
    /// <summary>What is suspicious about it, in words; none: nothing. Leaves its own marks for the next one.</summary>
    public static async Task<IReadOnlyList<string>> LookAsync(Command c, NewRequest told)
    {
        var rules = SpamRules.Current;
        var says = new List<string>();
        var words = Folding.Fold(told.Words ?? "");
        var contact = told.Contact.Phone ?? told.Contact.Email?.Trim().ToLowerInvariant();
        await CountAsync(c, rules.Rule("flood"), "sent", [], says);
        if (words.Length >= rules.Rule("same-words").LeastLetters) await CountAsync(c, rules.Rule("same-words"), "words", c.LogKey.HashSecret("form words", words), says);
        if (contact is { Length: > 0 }) await CountAsync(c, rules.Rule("same-contact"), "contact", c.LogKey.HashSecret("form contact", contact), says);
        var (links, inNames) = (Link().Count(told.Words ?? ""), told.People.Count(p => Link().IsMatch(p.Name)));
        if (links > rules.Rule("links").MoreThan) says.Add(rules.Rule("links").InWords(links));
        if (inNames > rules.Rule("link-as-name").MoreThan) says.Add(rules.Rule("link-as-name").InWords(inNames));
        return says;
    }

    private static async Task CountAsync(Command c, SpamRule rule, string kind, byte[] mark, List<string> says)
    {
        var since = c.Who.At.AddMinutes(-rule.Minutes!.Value);
        var before = await c.Db.Set<FormMark>().CountAsync(m => m.Kind == kind && m.Mark == mark && m.At > since, c.Cancel);
        c.Insert(new FormMark { Id = Guid.CreateVersion7(), Kind = kind, Mark = mark, At = c.Who.At });
        if (before + 1 > rule.MoreThan) says.Add(rule.InWords(before + 1));
    }

    [GeneratedRegex(@"\b(https?://|www\.)\S+|\[url\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Link();
}
