using AnyDoor.Common;
using AnyDoor.Vocabulary;

namespace AnyDoor.Offers;

/// <summary>Awards that can be made now, or up to a sum, or after a question; what is on its way; and when there is not enough, the next best.</summary>
internal static class MoneyToday
{
    public static IReadOnlyList<OfferLine> Lines(OfferSnapshot snapshot, List<OfferLine> lookedAt, IReadOnlyList<OfferLine> monthly, IReadOnlyList<OfferLine> places)
    {
        var lines = new List<OfferLine>();
        var fits = snapshot.Awards.Where(a => Fits(a, snapshot)).ToList();
        var ready = fits.Where(IsReady).ToList();
        foreach (var award in snapshot.Awards.Except(fits).Where(a => a.Bar != AwardBar.SchemeNotOpen && a.Verdict != Verdict.No)) lookedAt.Add(NotAskedFor(award));
        foreach (var award in snapshot.Awards.Where(a => a.Bar == AwardBar.SchemeNotOpen).DistinctBy(a => a.SchemeId)) lookedAt.Add(Closed(award));
        foreach (var award in snapshot.Awards.Where(a => a.Bar != AwardBar.SchemeNotOpen && a.Verdict == Verdict.No)) lookedAt.Add(No(award));

        foreach (var award in fits)
        {
            if (award.Bar == AwardBar.LimitReached) { lookedAt.Add(No(award)); continue; }
            if (award.Bar == AwardBar.NotEnoughMoney) continue;
            if (ready.Any(r => Covers(r, award, snapshot))) continue;
            lines.Add(Line(award, snapshot, ready));
        }
        var order = lines.OrderBy(l => l.State).ThenBy(l => FirstNeed(l.Needs, snapshot)).ThenByDescending(l => l.Amount?.Pence ?? 0).ThenBy(l => l.Id, StringComparer.Ordinal).ToList();
        order = Together(order, fits, lookedAt);
        foreach (var award in fits.Where(a => a.Bar == AwardBar.NotEnoughMoney)) order.Add(NotEnough(award, snapshot, order.Concat(monthly).Concat(places)));
        order.AddRange(snapshot.OnTheWay.Select(c => new OfferLine
        {
            Id = c.Id, Title = c.Label, State = OfferState.OnItsWay, Worth = $"{c.Amount} on its way", Amount = c.Amount, Why = c.Words, Next = new(StepKind.Nothing, "Nothing to do."),
        }));
        return order;
    }

    /// <summary>
    /// Lines that stand side by side draw on the same money and count in the same limits: each ready one leaves less for those after it,
    /// so that all that is shown can be given. What cannot be given beside the others is told of among what was looked at.
    /// </summary>
    private static List<OfferLine> Together(List<OfferLine> lines, List<AwardCandidate> awards, List<OfferLine> lookedAt)
    {
        var (spent, used, kept) = (new Dictionary<string, Money>(), new Dictionary<(string Scheme, string Rule), (Money Pence, int Awards)>(), new List<OfferLine>());
        foreach (var line in lines)
        {
            var award = awards.First(a => IdOf(a) == line.Id);
            var room = (award.Available ?? award.Most) - spent.GetValueOrDefault(award.SchemeId);
            var full = award.Limits.FirstOrDefault(l => l.AwardsLeft - Used(l).Awards <= 0);
            foreach (var limit in award.Limits.Where(l => l.Left is not null))
                if (limit.Left!.Value - Used(limit).Pence is var left && left < room) (room, full) = (left, left < award.Least || (line.State == OfferState.Ready && left < line.Amount) ? limit : full);
            if (full is not null || room < award.Least || (line.State == OfferState.Ready && room < line.Amount))
            {
                lookedAt.Add(Bare(award) with
                {
                    Why = full is null ? $"With what stands above, {award.SchemeName} has {room} left, which is not enough for this too." : $"{full.Rule.Words} What stands above takes that up.",
                    Next = new(StepKind.NextBest, "It can be given instead of what stands above, if they would rather."), Cite = full?.Rule.Cite ?? award.Cite, RuleWords = full?.Rule.Words ?? award.RuleWords,
                });
                continue;
            }
            kept.Add(line.State == OfferState.UpTo && room < line.Amount ? line with { Amount = room, Worth = $"up to {room}", Next = line.Next.Kind == StepKind.Award ? line.Next with { Words = $"Award up to {room}" } : line.Next } : line);
            if (line.State != OfferState.Ready) continue;
            spent[award.SchemeId] = spent.GetValueOrDefault(award.SchemeId) + line.Amount!.Value;
            foreach (var limit in award.Limits) used[(award.SchemeId, limit.Rule.Id)] = (Used(limit).Pence + line.Amount.Value, Used(limit).Awards + 1);

            (Money Pence, int Awards) Used(Funds.LimitFinding limit) => used.GetValueOrDefault((award.SchemeId, limit.Rule.Id));
        }
        return kept;
    }

    /// <summary>What may be given up to, all lines together: of each scheme no more than it has beside what is ready.</summary>
    public static Money UpTo(IEnumerable<OfferLine> today, OfferSnapshot snapshot) => new(today.Where(l => l.State is OfferState.UpTo or OfferState.Ready).Select(l => (Line: l, Award: snapshot.Awards.FirstOrDefault(a => IdOf(a) == l.Id)))
        .GroupBy(l => l.Award?.SchemeId).Sum(scheme =>
        {
            var (ready, upTo) = (scheme.Where(l => l.Line.State == OfferState.Ready).Sum(l => l.Line.Amount?.Pence ?? 0), scheme.Where(l => l.Line.State == OfferState.UpTo).Sum(l => l.Line.Amount?.Pence ?? 0));
            return scheme.First().Award?.Available is { } available ? Math.Min(upTo, Math.Max(0, available.Pence - ready)) : upTo;
        }));

    private static string IdOf(AwardCandidate award) => $"award:{award.SchemeId}:{award.AwardType}";

    /// <summary>It answers something that was asked for; when nothing was said yet, only what depends on being asked.</summary>
    private static bool Fits(AwardCandidate award, OfferSnapshot snapshot) =>
        award.Verdict != Verdict.No && award.Bar != AwardBar.SchemeNotOpen && (snapshot.Needs.Count > 0 ? award.Needs.Any(snapshot.Needs.Contains) : award.Ask.Contains("needs"));

    private static bool IsReady(AwardCandidate award) => award is { Verdict: Verdict.Yes, Amount: not null, UpTo: false, ToSee.Count: 0, Bar: AwardBar.None, Cash: true };

    /// <summary>Cash first: a voucher or goods for what a ready payment already answers stand beside it, and are not added to it.</summary>
    private static bool Covers(AwardCandidate ready, AwardCandidate other, OfferSnapshot snapshot) =>
        !ReferenceEquals(ready, other) && !other.Cash && ready.SchemeId == other.SchemeId && other.Needs.Where(snapshot.Needs.Contains).All(ready.Needs.Contains);

    private static OfferLine Line(AwardCandidate award, OfferSnapshot snapshot, List<AwardCandidate> ready)
    {
        var questions = Questions.Of(award.Ask);
        var isReady = award is { Verdict: Verdict.Yes, Amount: not null, UpTo: false, ToSee.Count: 0 };
        var state = award.Verdict == Verdict.Maybe ? OfferState.Ask : isReady ? OfferState.Ready : OfferState.UpTo;
        var sum = award.Amount ?? award.Most;
        var upTo = award.UpTo || award.Amount is null;
        return Start(award, snapshot, state) with
        {
            Worth = state == OfferState.Ask ? upTo ? $"up to {sum}, if it fits" : $"{sum}, if it fits" : upTo ? $"up to {sum}" : sum.ToString(),
            Amount = sum, Ask = questions, ToSee = award.ToSee, Notice = award.RecentHelp ?? award.NeedsReason,
            Instead = isReady ? [.. snapshot.Awards.Where(o => Fits(o, snapshot) && o.Bar == AwardBar.None && ready.Contains(award) && Covers(award, o, snapshot)).Select(o => $"{o.Label}, up to {o.Most}")] : [],
            Next = state == OfferState.Ask ? new(StepKind.Ask, Questions.InWords(questions), questions[0].Fact)
                : award.ToSee.Count > 0 ? new(StepKind.SeePaper, $"To see: {string.Join(", ", award.ToSee.Select(p => Conversations.FactPhrases.LowerFirst(p)))}.", award.AwardType)
                : new(StepKind.Award, isReady ? $"Award {sum}" : $"Award up to {sum}", award.AwardType),
        };
    }

    private static OfferLine NotEnough(AwardCandidate award, OfferSnapshot snapshot, IEnumerable<OfferLine> others)
    {
        var best = others.FirstOrDefault(o => o.State is OfferState.Ready or OfferState.UpTo or OfferState.Place && o.Needs.Any(award.Needs.Contains))
            ?? others.FirstOrDefault(o => o.State is OfferState.Ready or OfferState.UpTo or OfferState.Check or OfferState.Estimate or OfferState.Place);
        return Start(award, snapshot, OfferState.NotEnough) with
        {
            Worth = "not enough left", Why = award.BarWords!,
            Next = best is null ? new(StepKind.Ring, $"Ring {snapshot.Hub.Telephone}: a person will look with you.") : new(StepKind.NextBest, $"Next best: {best.Title}.", best.Id),
        };
    }

    private static OfferLine No(AwardCandidate award) => Bare(award) with
    {
        Why = award.Bar == AwardBar.LimitReached ? award.BarWords! : $"It is not for this household by its rule: {award.RuleWords}",
        Next = new(StepKind.NextBest, award.Otherwise ?? "We look at the other help here with you. A different officer can look again, if you ask."),
    };

    private static OfferLine Closed(AwardCandidate award) => Bare(award) with
    {
        Id = $"scheme:{award.SchemeId}", Title = award.SchemeName, Why = award.BarWords!, Next = new(StepKind.NextBest, "The other help here does not depend on it."), Cite = null, RuleWords = null,
    };

    private static OfferLine NotAskedFor(AwardCandidate award) => Bare(award) with
    {
        Why = $"Nothing was said that calls for it ({Conversations.FactPhrases.Join([.. award.Needs.Take(3).Select(n => Conversations.FactPhrases.LowerFirst(Words.Current.Need(n)?.Plain ?? n))])}).",
        Next = new(StepKind.Ask, "Ask if there is."),
    };

    private static OfferLine Start(AwardCandidate award, OfferSnapshot snapshot, OfferState state) => new()
    {
        Id = IdOf(award), Title = award.Label, State = state, Worth = "", Why = award.Why(snapshot.Facts), Next = new(StepKind.Nothing, ""),
        Cite = award.Cite, RuleWords = award.RuleWords, How = award.Note is null ? award.Delivery : $"{award.Delivery} {award.Note}", Needs = [.. award.Needs.Where(snapshot.Needs.Contains)],
    };

    private static OfferLine Bare(AwardCandidate award) => new()
    {
        Id = IdOf(award), Title = award.Label, State = OfferState.NotOffered, Worth = "not offered", Why = "", Next = new(StepKind.Nothing, ""), Cite = award.Cite, RuleWords = award.RuleWords,
    };

    private static int FirstNeed(IReadOnlyList<string> needs, OfferSnapshot snapshot) => needs.Count == 0 ? int.MaxValue : needs.Min(n => IndexOf(snapshot.Needs, n));

    private static int IndexOf(IReadOnlyList<string> needs, string need)
    {
        for (var i = 0; i < needs.Count; i++) if (needs[i] == need) return i;
        return int.MaxValue;
    }
}
