namespace AnyDoor.Vocabulary;

public enum Verdict { Yes, No, Maybe }

/// <summary>A verdict with the facts that gave it, and the ones to ask when it is a maybe.</summary>
public sealed record Finding(Verdict Verdict, IReadOnlyList<string> Because, IReadOnlyList<string> Ask)
{
    public static Finding Of(Verdict verdict, string fact) => verdict == Verdict.Maybe ? new(verdict, [], [fact]) : new(verdict, [fact], []);
}

/// <summary>The one grammar of conditions, for rules, services, household types and the guide (see <c>Content/README.md</c>). Three results; maybe never refuses.</summary>
public abstract record Predicate
{
    /// <summary>The name under which an unknown area is asked for.</summary>
    public const string Area = "authority";

    public abstract Finding Of(Facts facts);

    public sealed record Always : Predicate
    {
        public override Finding Of(Facts facts) => new(Verdict.Yes, [], []);
    }

    public sealed record LivesIn(string Authority) : Predicate
    {
        public override Finding Of(Facts facts) =>
            Finding.Of(facts.Authority is null ? Verdict.Maybe : facts.Authority == Authority ? Verdict.Yes : Verdict.No, Area);
    }

    public sealed record AnyOf(string Fact, IReadOnlyList<string> Wanted) : Predicate
    {
        public override Finding Of(Facts facts) =>
            Finding.Of(facts.Options(Fact) is not { } options ? Verdict.Maybe : options.Any(Wanted.Contains) ? Verdict.Yes : Verdict.No, Fact);
    }

    public sealed record AtLeast(string Fact, long Number) : Predicate
    {
        public override Finding Of(Facts facts) =>
            Finding.Of(facts.Number(Fact) is not { } number ? Verdict.Maybe : number >= Number ? Verdict.Yes : Verdict.No, Fact);
    }

    public sealed record Below(string Fact, long Number) : Predicate
    {
        public override Finding Of(Facts facts) =>
            Finding.Of(facts.Number(Fact) is not { } number ? Verdict.Maybe : number < Number ? Verdict.Yes : Verdict.No, Fact);
    }

    public sealed record Known(string Fact) : Predicate
    {
        public override Finding Of(Facts facts) =>
            Finding.Of(facts.Known(Fact) is not { } known ? Verdict.Maybe : known ? Verdict.Yes : Verdict.No, Fact);
    }

    public sealed record AnyoneAged(int From, int To) : Predicate
    {
        public override Finding Of(Facts facts) =>
            Finding.Of(facts.Ages is not { } ages ? Verdict.Maybe : ages.Any(a => a >= From && a <= To) ? Verdict.Yes : Verdict.No, "household.people");
    }

    public sealed record Any(IReadOnlyList<Predicate> Parts) : Predicate
    {
        public override Finding Of(Facts facts)
        {
            var found = Parts.Select(p => p.Of(facts)).ToList();
            if (found.FirstOrDefault(f => f.Verdict == Verdict.Yes) is { } yes) return yes;
            return Join(found.All(f => f.Verdict == Verdict.No) ? Verdict.No : Verdict.Maybe, found);
        }
    }

    public sealed record All(IReadOnlyList<Predicate> Parts) : Predicate
    {
        public override Finding Of(Facts facts)
        {
            var found = Parts.Select(p => p.Of(facts)).ToList();
            if (found.FirstOrDefault(f => f.Verdict == Verdict.No) is { } no) return no;
            return Join(found.All(f => f.Verdict == Verdict.Yes) ? Verdict.Yes : Verdict.Maybe, found);
        }
    }

    private static Finding Join(Verdict verdict, List<Finding> found) =>
        new(verdict, [.. found.SelectMany(f => f.Because).Distinct()], verdict == Verdict.Maybe ? [.. found.SelectMany(f => f.Ask).Distinct()] : []);
}
