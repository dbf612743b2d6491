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
        foreach (var award in fits.Where(a => a.Bar == AwardBar.NotEnoughMoney)) order.Add(NotEnough(award, snapshot, order.Concat(monthly).Concat(places)));
        order.AddRange(snapshot.OnTheWay.Select(c => new OfferLine
        {
            Id = c.Id, Title = c.Label, State = OfferState.OnItsWay, Worth = $"{c.Amount} on its way", Amount = c.Amount, Why = c.Words, Next = new(StepKind.Nothing, "Nothing to do."),
        }));
        return order;
    }

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
        Id = $"award:{award.SchemeId}:{award.AwardType}", Title = award.Label, State = state, Worth = "", Why = award.Why(snapshot.Facts), Next = new(StepKind.Nothing, ""),
        Cite = award.Cite, RuleWords = award.RuleWords, How = award.Note is null ? award.Delivery : $"{award.Delivery} {award.Note}", Needs = [.. award.Needs.Where(snapshot.Needs.Contains)],
    };

    private static OfferLine Bare(AwardCandidate award) => new()
    {
        Id = $"award:{award.SchemeId}:{award.AwardType}", Title = award.Label, State = OfferState.NotOffered, Worth = "not offered", Why = "", Next = new(StepKind.Nothing, ""), Cite = award.Cite, RuleWords = award.RuleWords,
    };

    private static int FirstNeed(IReadOnlyList<string> needs, OfferSnapshot snapshot) => needs.Count == 0 ? int.MaxValue : needs.Min(n => IndexOf(snapshot.Needs, n));

    private static int IndexOf(IReadOnlyList<string> needs, string need)
    {
        for (var i = 0; i < needs.Count; i++) if (needs[i] == need) return i;
        return int.MaxValue;
    }
}
