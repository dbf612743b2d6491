using AnyDoor.Common;

namespace AnyDoor.Households;

/// <summary>What is compared of one person.</summary>
/// <param name="BirthYear">Where only an age is known.</param>
/// <param name="ChildYears">The birth years of the children of the household.</param>
public sealed record PersonFacts(string Name, DateOnly? DateOfBirth = null, int? BirthYear = null, IReadOnlyCollection<string>? Phones = null,
    IReadOnlyCollection<string>? Postcodes = null, int Adults = 1, IReadOnlyList<int>? ChildYears = null)
{
    /// <summary>Empty where no name was told.</summary>
    public string FoldedName { get; init; } = Folding.Fold(Name);
    public IReadOnlyCollection<string> Phones { get; } = Phones ?? [];
    public IReadOnlyCollection<string> Postcodes { get; init; } = Postcodes ?? [];
    public IReadOnlyList<int> ChildYears { get; } = ChildYears ?? [];
}

public enum Likelihood { None, Possible, VeryLikely }

/// <param name="Code">Like <c>name-one-letter</c>.</param>
/// <param name="Words">As the page says it: <c>One letter off</c>.</param>
public sealed record Agreement(string Code, string Words);

public sealed record Comparison(Likelihood Likelihood, IReadOnlyList<Agreement> Agrees)
{
    public string Codes => string.Join(',', Agrees.Select(a => a.Code));
    public string WordsFor(string field) => Agrees.FirstOrDefault(a => a.Code.StartsWith(field, StringComparison.Ordinal))?.Words ?? "";
}

/// <summary>May two records be one person? Pure; a person decides, never this.</summary>
public static class Matching
{
    public static Comparison Compare(PersonFacts a, PersonFacts b)
    {
        var agrees = new List<Agreement>(5);
        void Add(Agreement? agreement) { if (agreement is not null) agrees.Add(agreement); }
        var (name, born) = (Name(a.FoldedName, b.FoldedName), Born(a, b));
        var phone = a.Phones.Intersect(b.Phones, StringComparer.Ordinal).Any() ? new Agreement("phone-same", "Same") : null;
        var postcode = a.Postcodes.Intersect(b.Postcodes, StringComparer.Ordinal).Any() ? new Agreement("postcode-same", "Same postcode") : null;
        Add(name);
        Add(born);
        Add(phone);
        Add(postcode);
        if (Fits(a, b)) agrees.Add(new Agreement("household-fits", "Fits"));
        return new Comparison(Judge(a, b, name, born, phone, postcode), agrees);
    }

    private static Likelihood Judge(PersonFacts a, PersonFacts b, Agreement? name, Agreement? born, Agreement? phone, Agreement? postcode)
    {
        var reached = phone is not null || postcode is not null;
        // Two dates of birth that are really different are two people: a father and a son share name, landline and home.
        if (born is null && a.DateOfBirth is not null && b.DateOfBirth is not null) return Likelihood.None;
        if (born is null && Year(a) is not null && Year(b) is not null) return Likelihood.None;
        return (name?.Code, born?.Code) switch
        {
            ({ }, "born-same") => reached ? Likelihood.VeryLikely : Likelihood.Possible,
            ("name-same" or "name-one-letter", "born-day-month") => Likelihood.Possible,
            ("name-same" or "name-swapped", "born-year") when reached => Likelihood.Possible,
            ("name-same", null) when reached => Likelihood.Possible,
            // Married, or goes by another name.
            (null, "born-same") when phone is not null && SharesAWord(a.FoldedName, b.FoldedName) => Likelihood.Possible,
            _ => Likelihood.None,
        };
    }

    private static Agreement? Name(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return null;
        if (a == b) return new Agreement("name-same", "Same");
        var (first, second) = (a.Split(' '), b.Split(' '));
        if (first.Order(StringComparer.Ordinal).SequenceEqual(second.Order(StringComparer.Ordinal), StringComparer.Ordinal)) return new Agreement("name-swapped", "Same names in another order");
        return OneLetterOff(a, b) ? new Agreement("name-one-letter", "One letter off") : null;
    }

    private static Agreement? Born(PersonFacts a, PersonFacts b)
    {
        if (a.DateOfBirth is { } x && b.DateOfBirth is { } y)
        {
            if (x == y) return new Agreement("born-same", "Same");
            return x.Year == y.Year && x.Day == y.Month && x.Month == y.Day ? new Agreement("born-day-month", "Day and month swapped") : null;
        }
        // From an age the year is known to within one.
        return Year(a) is { } year && Year(b) is { } other && Math.Abs(year - other) <= 1 ? new Agreement("born-year", "The year fits") : null;
    }

    private static int? Year(PersonFacts p) => p.DateOfBirth?.Year ?? p.BirthYear;

    private static bool SharesAWord(string a, string b) => a.Split(' ').Intersect(b.Split(' '), StringComparer.Ordinal).Any(w => w.Length > 1);

    private static bool Fits(PersonFacts a, PersonFacts b)
    {
        var (fewer, more) = a.ChildYears.Count <= b.ChildYears.Count ? (a.ChildYears, b.ChildYears.ToList()) : (b.ChildYears, a.ChildYears.ToList());
        if (fewer.Count == 0) return more.Count == 0 && a.Adults == b.Adults;
        foreach (var year in fewer)
        {
            var at = more.FindIndex(other => Math.Abs(other - year) <= 1);
            if (at < 0) return false;
            more.RemoveAt(at);
        }
        return true;
    }

    /// <summary>One letter more, less, other, or two neighbours swapped.</summary>
    internal static bool OneLetterOff(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1) return false;
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start]) start++;
        var (endA, endB) = (a.Length, b.Length);
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1]) { endA--; endB--; }
        var (restA, restB) = (endA - start, endB - start);
        return (restA <= 1 && restB <= 1 && restA + restB > 0) || (restA == 2 && restB == 2 && a[start] == b[start + 1] && a[start + 1] == b[start]);
    }
}
