using System.Globalization;
using System.Text.RegularExpressions;

namespace AnyDoor.ServiceDirectory;

/// <summary>Ages, both ends counted. None at an end: no limit there.</summary>
public readonly record struct AgeSpan(int? From, int? To)
{
    public static readonly AgeSpan All = new(null, null);
    public bool IsAll => From is null or 0 && To is null or >= 99;
    public bool IsEmpty => From > To;
    public bool Has(int age) => age >= (From ?? 0) && age <= (To ?? int.MaxValue);

    public AgeSpan And(AgeSpan other) => new(Most(From, other.From), Least(To, other.To));

    public AgeSpan Or(AgeSpan other) => new(From is null || other.From is null ? null : Math.Min(From.Value, other.From.Value), To is null || other.To is null ? null : Math.Max(To.Value, other.To.Value));

    private static int? Most(int? a, int? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
    private static int? Least(int? a, int? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}

/// <summary>
/// Reads for which ages something is out of the words of a source: “for over 55s”, “11 to 18 year olds”, “under fives”. Numbers that are no ages
/// (“over 20 years’ experience”) are left alone: an age that is not sure is not read.
/// </summary>
internal static partial class AgeWords
{
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["fives"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
        ["thirteen"] = 13, ["sixteen"] = 16, ["eighteen"] = 18, ["eighteens"] = 18, ["fifty"] = 50, ["fifties"] = 50, ["sixty"] = 60, ["sixties"] = 60, ["seventy"] = 70, ["seventies"] = 70, ["eighty"] = 80, ["eighties"] = 80, ["fourteen"] = 14, ["fifteen"] = 15, ["seventeen"] = 17, ["nineteen"] = 19, ["twenty"] = 20, ["twenty-one"] = 21, ["twenty-five"] = 25, ["thirty"] = 30, ["forty"] = 40, ["fifty-five"] = 55, ["sixty-five"] = 65,
    };

    /// <summary>Words of a taxonomy or a column that name a group by age, the whole of it.</summary>
    private static readonly (string Word, AgeSpan Ages)[] Groups =
    [
        ("infant", new(0, 1)), ("babies", new(0, 1)), ("baby", new(0, 1)), ("toddler", new(1, 3)), ("preschool", new(0, 4)), ("pre-school", new(0, 4)), ("early years", new(0, 5)), ("under fives", new(0, 4)), ("primary school age", new(4, 11)), ("secondary school age", new(11, 16)), ("children", new(0, 17)), ("child", new(0, 17)),
        ("teen", new(13, 19)), ("young people", new(11, 25)), ("young adult", new(16, 30)), ("youth", new(11, 25)), ("older people", new(50, null)), ("older adult", new(50, null)), ("older person", new(50, null)), ("senior", new(55, null)), ("pensioner", new(60, null)), ("elderly", new(60, null)), ("retired", new(55, null)),
        ("later life", new(55, null)), ("working age", new(16, 67)), ("adult", new(18, null)),
    ];

    /// <summary>What a name, a description or a line of eligibility says. None: it says nothing of ages.</summary>
    /// <param name="sure">The text is about who it is for (a line of eligibility, a column of ages), so that bare numbers count too.</param>
    public static AgeSpan? Read(string? text, bool sure = false)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (AllAges().IsMatch(text)) return AgeSpan.All;
        return OfLimits(text, sure) is not { } span ? null
            // Adults who are named too are no children.
            : span.To is < 18 && AdultsToo().IsMatch(text) ? AgeSpan.All : span;
    }

    private static AgeSpan? OfLimits(string text, bool sure)
    {
        AgeSpan? found = null;
        foreach (Match m in SchoolYears().Matches(text))
            if (SchoolAge(m.Groups["a"].Value) is { } starts && SchoolAge(m.Groups["b"].Value) is { } ends && starts < ends) found = found?.Or(new(starts, ends + 1)) ?? new(starts, ends + 1);
        foreach (Match m in Range().Matches(text))
        {
            if (IsOneOfSeveral(text, m) || (!sure && IsOfAPart(text, m))) continue;
            if (Number(m.Groups["a"].Value) is { } a && Number(m.Groups["b"].Value) is { } b && a < b && b <= 120 && !Months(m.Groups["b"].Value, text, m.Index + m.Length))
            {
                // “Two, three and four year olds” begin at two.
                if (Earlier().Match(text[..m.Groups["a"].Index]) is { Success: true } list && Number(list.Groups["n"].Value) is { } first && first < a) a = first;
                found = found?.Or(new(a, b)) ?? new(a, b);
            }
        }
        if (found is null && sure && BareRange().Match(text) is { Success: true } bare && Number(bare.Groups["a"].Value) is { } low && Number(bare.Groups["b"].Value) is { } high && low < high && high <= 120) return new(low, high);
        if (found is not null) return found;
        foreach (Match m in Over().Matches(text))
            if (!IsOneOfSeveral(text, m) && Number(First(m)) is { } from and >= 5 and <= 100) return new(from, null);
        foreach (Match m in Under().Matches(text))
        {
            if (IsOneOfSeveral(text, m) || (!sure && IsOfAPart(text, m))) continue;
            // “Under 5s” are 0 to 4; “up to 5” and “5 and under” have five in them.
            if (Number(First(m)) is { } to and >= 1 and <= 40) return new(null, m.Groups["to"].Success || m.Groups["and"].Success ? to : to - 1);
        }
        if (AdultsOnly().IsMatch(text) || (!sure && JustAdults().IsMatch(text))) return new(18, null);
        if (PensionAge().Match(text) is { Success: true } pension && !IsOneOfSeveral(text, pension)) return new(StatePensionAge, null);
        return sure ? Group(text) : ForGroup(text);
    }

    /// <summary>A term or an eligibility code that names a group: <c>Adults</c>, <c>Seniors</c>, <c>Young people (11-19)</c>.</summary>
    public static AgeSpan? Group(string text)
    {
        if (OpenToAll().IsMatch(text)) return null;
        AgeSpan? found = null;
        foreach (var (word, ages) in Groups)
        {
            var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || (at > 0 && char.IsLetter(text[at - 1]))) continue;
            found = found?.Or(ages) ?? ages;
            text = text.Remove(at, word.Length); // “young adults” are not “adults” too
        }
        return found;
    }

    private static AgeSpan? ForGroup(string text)
    {
        if (Pensioners().IsMatch(text)) return new(60, null);
        if (OlderOnly().IsMatch(text)) return new(50, null);
        return null;
    }

    /// <summary>“65 plus or disabled”, “is over 60, has a baby or is disabled”: the age is one way in of several, and refuses nobody.</summary>
    private static bool IsOneOfSeveral(string text, Match m) => OrOtherwise().IsMatch(text[(m.Index + m.Length)..]) || OtherwiseOr().IsMatch(text[..m.Index]);

    /// <summary>“Under 18s walk-in after school”, said of a part of what all are offered; “under 16s free”.</summary>
    private static bool IsOfAPart(string text, Match m)
    {
        var after = text[(m.Index + m.Length)..];
        return Allowance().IsMatch(after) || (SessionOfItsOwn().IsMatch(after) && SentenceEnd().IsMatch(text[..m.Index]));
    }

    /// <summary>Year 7 begins at eleven; reception at four.</summary>
    private static int? SchoolAge(string year) => int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n is >= 1 and <= 13 ? n + 4 : null : 4;

    private static string First(Match m) => m.Groups["n"].Value;

    private static int? Number(string text)
    {
        text = text.Trim();
        if (text.Equals("birth", StringComparison.OrdinalIgnoreCase) || text.Equals("newborn", StringComparison.OrdinalIgnoreCase)) return 0;
        if (Numbers.TryGetValue(text, out var named)) return named;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 120 ? number : null;
    }

    private static bool Months(string number, string text, int at) => number.Length <= 2 && at < text.Length && text[at..].TrimStart().StartsWith("month", StringComparison.OrdinalIgnoreCase);

    private const string N = @"\d{1,3}|birth|newborn|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty-one|twenty-five|twenty|thirty|forty|fifty-five|fifty|sixty-five|sixty|seventy|eighty";

    [GeneratedRegex(@"\b(?:everyone|everybody|anyone|anybody|all welcome|open to all|no restrictions|parents?|carers?|famil(?:y|ies)|including|especially|priority|mainly|particularly|volunteers?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OpenToAll();

    [GeneratedRegex(@"\b(all ages|any age|every age|people of all ages|all age groups|no age limit|young and old)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AllAges();

    [GeneratedRegex($@"\b(?<n>{N})(?:, ?(?:{N}))*, ?$", RegexOptions.IgnoreCase)]
    private static partial Regex Earlier();

    // "aged 11 to 18", "ages 5-11", "11-18 year olds", "from birth to 5", "between 16 and 24 years old", "(16-25)"
    [GeneratedRegex($@"(?:\b(?:aged?|ages|age range|aged between|aged from|between the ages of|between ages|ages of|from age|from ages|children|kids|people|boys and girls|girls|boys|youth|adults|men|women|teens)\s*:?\s*\(?(?:between |from )?(?:the )?(?:ages? )?(?:of )?(?<a>{N})\s*(?:yrs?|years?)?\s*(?:-|–|—|to|and|until|up to)\s*(?<b>{N})\b(?!\s*(?:%|pm|am|weeks?|months?|minutes?|mins|hours?|miles?|people|£)))|(?:\b(?:from )?(?<a>{N})\s*(?:yrs?|years?)?\s*(?:-|–|—|to|and)\s*(?<b>{N})\s*(?:-?\s*years?[\s-]*olds?|-?\s*yrs?[\s-]*olds?|s\b|year-olds?|years of age|yrs\b|years\b(?!\s+(?:of|experience|ago|and we))))|(?:\b(?<a>birth|newborn)s? (?:to|until|up to) (?<b>{N})\b)|(?:\((?<a>\d{{1,2}})\s*(?:-|–|to)\s*(?<b>\d{{1,2}})\)(?!\s*\d))", RegexOptions.IgnoreCase)]
    private static partial Regex Range();

    [GeneratedRegex($@"^\D{{0,40}}?(?<a>{N})\s*(?:yrs?|years?)?\s*(?:-|–|—|to|and)\s*(?<b>{N})\b", RegexOptions.IgnoreCase)]
    private static partial Regex BareRange();

    // "over 55s", "over-50s", "55+", "aged 60 and over", "50 plus", "18 years and above", "from age 16"
    [GeneratedRegex($@"\b(?:the )?over[\s-]?(?:(?<n>fifties|sixties|seventies|eighties)\b|(?<n>\d{{2}}|fifty|sixty|seventy)['’]?s\b)|\b(?:for|people|adults|anyone|anybody|residents|those|women|men|is|be|aged|age)\s+(?:aged |who are |is |are )?over[\s-]?(?:the age of )?(?<n>\d{{2}}|fifty|sixty|eighteen)\b(?!\s*(?:%|miles?|minutes?|volunteers?|members?|people|different|years?['’]? (?:of )?(?:experience|service)))|\b(?:aged?|ages|for|people|adults|anyone)\s+(?:aged )?(?<n>\d{{1,2}})\s*(?:\+|plus\b|(?:years? |yrs? )?(?:and|or|&) (?:over|above|older|up(?:wards)?)\b|years? (?:and|or) (?:over|older)|(?:years )?upwards)|(?<!\bBMI\W{{0,2}}(?:of |is |over |above )?)\b(?<n>\d{{2}})\s*(?:\+|plus)\s*(?:years?|yrs|s\b|only|group|club|over)?(?!\s*(?:%|volunteers|members|groups|activities|different|services|classes|years? of|years?['’] experience|hours|weeks))(?=[\s,.;:)!|-]|$)|\b(?<n>\d{{1,2}})\s*(?:years?|yrs?)?(?: old)?s? (?:and|or|&) (?:over|above|older|upwards)\b|\b(?:those|people|adults|anyone|residents|aged|age) (?:of |aged )?(?<n>\d{{2}}) (?:and|or) more\b(?! (?:people|members|hours|than))|\b(?:from age|from the age of|minimum age(?: is| of)?:?|must be(?: at least)?(?: aged)?|at least) (?<n>\d{{1,2}})\b(?= ?(?:years|yrs|or|and|$|[.,;)]))|\b(?<n>\d{{2}}) year olds? (?:and|or) (?:upwards|over|above|older)|\bin (?:their|your) (?<n>fifties|sixties|seventies|eighties)(?:,)? (?:and|or) (?:beyond|over|above|older|up\w*|later)|\b(?:aged |over |for (?:the )?over )(?<n>fifty-five|sixty-five|fifty|sixty|seventy|eighty)(?:s|-plus| plus| and over| or over)?\b(?= and over| or over|s\b|[.,;)]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Over();

    [GeneratedRegex($@"\b(?:the )?under[\s-]?(?<n>\d{{1,2}}|fives|eighteens)['’]?s\b|\bunder fives\b(?<n>)|\b(?:children|kids|child|babies|people|anyone|anybody|those|toddlers|aged|age|little ones|young people|a baby|clients|patients|applicants|members|students|must be|you are|you['’]re|if you['’]re)\s+(?:must be )?(?:aged |who are |is |are |must be )?under[\s-]?(?:the age of )?(?<n>\d{{1,2}}|five|one|two|three|four|eighteen)\b(?!\s*(?:%|miles?|minutes?|months?|weeks?))|\b(?:aged?|ages|children|kids|young people|babies)\s+(?:aged )?(?<to>up to|to)(?: the age of| age)? (?<n>{N})\b(?!\s*(?:months|weeks|hours|miles|people|minutes|\d))|\bup to (?:the )?age (?:of )?(?<n>{N})(?<and>\b)|\b(?<n>\d{{1,2}}) (?:years? )?(?<and>and|or) (?:under|below|younger)\b|\bmaximum age(?: is| of)?:? (?<n>\d{{1,2}})(?<and>\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Under();

    /// <summary>Since 2020; it rises to 67 by 2028.</summary>
    private const int StatePensionAge = 66;

    [GeneratedRegex(@"(?<!\b(?:allowance|credit|payments?|pass(?:es)?|benefits?|grants?|discounts?) )\b(?:for|only) (?:people|those|residents|anyone|adults|pensioners|couples)(?: who (?:have|are)(?: already)?)? (?:reached|of|at|above|over|beyond) (?:the )?(?:state )?pension(?:able)? age\b", RegexOptions.IgnoreCase)]
    private static partial Regex PensionAge();

    private const string OtherWays = @"(?:disab\w+|ill\b|illness|sick|pregnan\w+|vulnerable|frail|housebound|carers?\b|unpaid|blind|deaf|unable|unwell|struggl\w+|(?:long.?term|health|medical|mobility|learning|physical|sensory|mental|chronic)\b|qualifying|low incomes?|benefits?\b|universal credit|pension credit|receiv\w+|recover\w+|in receipt|bab(?:y|ies)\b|dementia)";

    [GeneratedRegex($@"^(?: years?(?: old)?| yrs| of age)?(?:, (?!(?:with|who|living|affected|experienc\w*|suffer\w*|including)\b)[^.;:!?,]{{0,30}}?){{0,3}},? or (?:(?:are|is|if|who|those|people|anyone|somebody|have|has|with|an?|you|living|by|registered|be|on|in|of|severely|otherwise) )*{OtherWays}", RegexOptions.IgnoreCase)]
    private static partial Regex OrOtherwise();

    [GeneratedRegex($@"\b{OtherWays}(?: people| adults| residents| persons?)?,? or (?:(?:are|is|if|who|those|people|anyone|have|has|you|be|else|simply|just) )*$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherwiseOr();

    [GeneratedRegex(@"^['’]?s?,?\s*(?:(?:go|are|get in|play|eat|travel|attend|come) )?(?:free\b(?! (?:service|support|drop|help))|half[ -]price|must be accompanied|(?:need|must (?:come|be)) (?:to be )?(?:with|accompanied)|accompanied by)", RegexOptions.IgnoreCase)]
    private static partial Regex Allowance();

    [GeneratedRegex(@"^['’]?s?[ -](?:only )?(?:walk|drop)[ -]?in|^['’]?s? (?:groups?|clubs?|sessions?|clinics?|class(?:es)?|teams?|sections?|nights?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SessionOfItsOwn();

    [GeneratedRegex(@"[.!?]\s+Adults\.(?=\s|$)")]
    private static partial Regex JustAdults();

    [GeneratedRegex(@"\w[.;!?](?=\s)")]
    private static partial Regex SentenceEnd();

    /// <summary>Whether it is about somebody who expects a baby: whoever offers help, or asks for it, in the languages that the menu reads.</summary>
    public static bool IsOfExpecting(string? text) => text is not null && Expecting().IsMatch(text);

    [GeneratedRegex(@"\b(?:pregn\w+|preggers|expectant|expecting (?:an? |our |my |their |her )?(?:bab|first|second|third|child|twins|mums|mothers|parents)\w*|(?:i['’]?m|she['’]?s|is) expecting(?=[.,!;]|$| and)|(?:mums?|mothers?|parents?|dads?)[ -]to[ -]be|antenatal|bumps? (?:and|to|&)|up the duff|bun in the oven|having a baby|baby (?:is )?(?:due|on the way)|midwi\w+|ci[aą][zż]\w*|n[eė][sš][cč]i\w*|laukiuosi|[iî]ns[aă]rcinat\w*|gr[aá]vid\w*|вагітн\w*|беремен\w*|жду реб\w+|бременн\w*|حامل|حاملہ|গর্ভবতী)", RegexOptions.IgnoreCase)]
    private static partial Regex Expecting();

    [GeneratedRegex(@"\bfor adults (?:with|who|and|aged)\b|\bboth adults and\b|\badults and (?:children|young people|families)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AdultsToo();

    // "Year 7 to Year 11", "school years 3-6", "Reception to Year 6"
    [GeneratedRegex(@"\b(?:(?:school )?years? (?<a>\d{1,2})|(?<a>reception))\s*(?:-|–|—|to|until|up to)\s*(?:school )?(?:years? )?(?<b>\d{1,2})\b(?! ?(?:years?|months?|weeks?|%|pm|am)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex SchoolYears();

    [GeneratedRegex(@"\badults? only\b|\bover[\s-]?18s? only\b|\bstrictly 18\b|\bfor adults\b(?! and (?:children|young|families))", RegexOptions.IgnoreCase)]
    private static partial Regex AdultsOnly();

    [GeneratedRegex(@"\b(?:for|only) (?:local )?(?:pensioners|senior citizens|retired people|the elderly)\b|\bpensioners only\b|\bpension age\b(?= (?:only|and over))", RegexOptions.IgnoreCase)]
    private static partial Regex Pensioners();

    [GeneratedRegex(@"\b(?:for|only) (?:local |isolated |lonely )?older (?:people|adults|residents|men|women)(?: only)?\b(?! and (?:famil|young|adults|people|child))|\bolder people only\b", RegexOptions.IgnoreCase)]
    private static partial Regex OlderOnly();
}
