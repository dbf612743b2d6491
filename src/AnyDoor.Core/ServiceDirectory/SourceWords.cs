using System.Globalization;
using System.Text.RegularExpressions;

namespace AnyDoor.ServiceDirectory;

/// <summary>What a source says in words, and has no field for or did not fill: closed, whom for, for which area, whom it may be shown to, where it may not be named.</summary>
internal static partial class SourceWords
{
    /// <summary>Whether the words say that it is given no more, and from which day.</summary>
    public static (ServiceStatus Status, DateOnly? Last) Closure(string text)
    {
        var (ended, again) = (Ended().Match(text), Reopened().Match(text));
        if (again.Success && again.Index > ended.Index) return (ServiceStatus.Active, null);
        if (Day(ended) is { } last) return (ServiceStatus.Active, last);
        if (ClosedForGood().IsMatch(text) || EndedInWords().IsMatch(text) || Says(text, ClosedHints, ClosedInProse)) return (ServiceStatus.Defunct, null);
        return (ClosedForNow().IsMatch(text) || PausedInWords().IsMatch(text) || Says(text, PausedHints, PausedInProse) ? ServiceStatus.TemporarilyClosed : ServiceStatus.Active, null);
    }

    /// <summary>A name that says so itself: “Food bank (CLOSED)”. None: it says nothing of that.</summary>
    public static ServiceStatus? OfName(string name) => ClosedName().IsMatch(name) ? ServiceStatus.Defunct : PausedName().IsMatch(name) ? ServiceStatus.TemporarilyClosed : null;

    /// <summary>The first day, of something that has not begun: “starts on 4 January 2027”.</summary>
    public static DateOnly? Begins(string text) => Day(Starts().Match(text));

    public static OnlyFor ForWhom(string text) => WomenOnly().IsMatch(text) ? OnlyFor.Women : MenOnly().IsMatch(text) ? OnlyFor.Men : OnlyFor.Everyone;

    public static Visibility? Audience(string text)
    {
        // “The address is not published” says nothing of who may know the service.
        text = NorPublished().Replace(HiddenAddress().Replace(text, "¤"), " ");
        if (Says(text, HiddenHints, HiddenInProse)) text = HiddenInProse().Replace(text, " ");
        return Internal().IsMatch(text) || NotToBePublished().IsMatch(text) || Says(text, InternalHints, InternalInProse) ? Visibility.Internal : Professionals().IsMatch(text) || Says(text, WorkersHints, ForWorkers) ? Visibility.Partners : null;
    }

    public static bool HidesAddress(string text) => HiddenAddress().IsMatch(text) || AddressOnlyTold().IsMatch(text) || Says(text, HiddenHints, HiddenInProse);

    /// <summary>Areas that a description names. Those after “only for people in” refuse others; those after “across” do not.</summary>
    public static IEnumerable<(string Name, bool Only)> Areas(string text)
    {
        foreach (Match m in OnlyIn().Matches(text)) yield return (m.Groups["area"].Value.Trim().TrimEnd('.'), true);
        foreach (Match m in AcrossArea().Matches(text)) yield return (m.Groups["area"].Value.Trim().TrimEnd('.'), false);
        foreach (var area in AreasInProse(text)) yield return area;
    }

    /// <summary>A day as people write it: <c>4 January 2027</c>, <c>04/01/2027</c>, <c>2027-01-04</c>.</summary>
    public static DateOnly? Day(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var clean = Ordinal().Replace(text.Trim(), "$1");
        if (clean.Length > 10 && DateOnly.TryParseExact(clean[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso)) return iso;
        string[] formats = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "d/M/yy", "d MMMM yyyy", "d MMM yyyy", "MMMM d yyyy", "MMMM d, yyyy", "MMM d yyyy", "dd-MM-yyyy", "dd.MM.yyyy", "yyyy/MM/dd", "yyyyMMdd"];
        if (DateOnly.TryParseExact(clean, formats, CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.AllowWhiteSpaces, out var day)) return day;
        return DateOnly.TryParseExact(clean, ["MMMM yyyy", "MMM yyyy"], CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.AllowWhiteSpaces, out var month) && month.Year < 9999 ? month.AddMonths(1).AddDays(-1) : null;
    }

    private static DateOnly? Day(Match match) => match.Success ? Day(match.Groups["day"].Value) : null;

    private const string ADay = @"(?<day>\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]{2,8},? \d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|[A-Z][a-z]{2,8} \d{4})";

    [GeneratedRegex($@"\b(?:[Cc]losed?(?: permanently| for good| down| its doors)?|CLOSED|[Cc]losing|[Ee]nd(?:ed|s|ing)|[Ff]inish(?:ed|es|ing)|[Cc]eased?|[Ww]ithdrawn|[Ss]topped|[Dd]iscontinued|[Rr]uns? until|[Rr]an until|[Rr]unning until|[Aa]vailable until|[Oo]pen until|[Ff]unded until|[Ll]ast (?:session|day)(?: is| was| will be)?|[Ss]hut(?: down| for good| permanently)?|[Pp]ermanently shut)(?: on| in| from| at the end of| as of)? {ADay}(?! (?:for|due to|as) (?:Christmas|holiday))")]
    private static partial Regex Ended();

    [GeneratedRegex($@"\b(?:[Ss]tart(?:s|ing)|[Oo]pen(?:s|ing)|[Ll]aunch(?:es|ing)|[Bb]egin(?:s|ning)|[Cc]oming|[Ww]ill (?:start|open|begin|launch)|[Nn]ot open until|[Ff]rom)(?: on| in| from)? {ADay}")]
    private static partial Regex Starts();

    [GeneratedRegex(@"\b(?:permanently closed|clos(?:ed|ing) permanently|closed for good|(?:has|have|is|are|now|was) (?:now |sadly |since |permanently )*(?:closed down|shut down|shut for good|ceased|disbanded|discontinued|wound up|defunct)|(?:has|have) (?:now |sadly |since |permanently )+closed\b|(?:service|group|club|project|scheme|centre|course|session|charity|organisation|organization|food ?bank|it) (?:has|have) (?:now |sadly |since )*(?:closed|ended|stopped|finished|ceased)\b|(?:is|are) (?:no longer|not) (?:running|operating|available|offered|provided|open|active|taking place|in operation|being (?:offered|run))\b|no longer (?:running|operating|available|offered|provided|exists|in operation|takes place)|(?:is|are) now closed\b(?! on| for (?:lunch|christmas|the))|service (?:closed|withdrawn|ended|discontinued)\b|do not (?:refer|use)\b.{0,20}closed|ceased (?:trading|operating|to operate)|closed permanently)", RegexOptions.IgnoreCase)]
    private static partial Regex ClosedForGood();

    [GeneratedRegex(@"\b(?:temporar(?:ily|y) (?:closed|suspended|closure|shut|unavailable|paused)|(?:currently|presently|at present|at the moment) (?:closed|suspended|not (?:running|open|operating|available|taking place|accepting|taking))|closed (?:until further notice|temporarily|at present|at the moment|due to|because of|for refurbishment|for repairs|for building work)|(?:is|are|been) (?:currently |temporarily )?(?:suspended|paused|on hold)(?! (?:during|in|over|for) (?:the )?(?:school|summer|christmas|easter|half))|suspended until|(?:not|stopped) (?:currently )?(?:taking|accepting) (?:any )?(?:new )?(?:referrals|clients|applications|members)|will reopen|re-?opening soon|closed over the summer until)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ClosedForNow();

    [GeneratedRegex(@"\b(?:(?:now|has|have|is|are|since) (?:now |since )?(?:re-?opened|open again|running again|back open|up and running)|now open|never closed?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reopened();

    [GeneratedRegex(@"\b(?:wom[ae]n|ladies|girls|females?|mums)[\s-]only\b|(?<!\b(?:and|or|&) )\b(?:women|ladies) of (?:any|all) ages?\b(?! and (?:men|gent))|\b(?:only|exclusively) for (?:wom[ae]n|ladies|females?|girls)\b|\bfor women (?:who|only|experiencing|fleeing|escaping|and (?:their )?children|aged|over|of all)|\bwomen['’]s (?:refuge|group|centre|circle|group)\b|\bfemale residents only\b|\b(?:wom[ae]n and children|women and their children) only\b", RegexOptions.IgnoreCase)]
    private static partial Regex WomenOnly();

    [GeneratedRegex(@"(?<!\bwo)\b(?:m[ae]n|males?|dads|fathers|boys|gentlemen|fellas|blokes|chaps)[\s-]only\b|(?<!\b(?:and|or|&) )\b(?:men|fellas|blokes|chaps|gents|gentlemen) of (?:any|all) ages?\b(?! and (?:wom|lad))|\bfor (?:fellas|blokes|chaps|gents)\b(?! and (?:wom|lad|lass))|\b(?:only|exclusively) for (?:men|males?|boys|dads|fathers)\b|\bfor men (?:who|only|aged|over|of all)|(?<!wo)\bmen['’]?s['’]? (?:shed|group|breakfast|circle)\b", RegexOptions.IgnoreCase)]
    private static partial Regex MenOnly();

    [GeneratedRegex(@"\binternal(?: use)?(?: only)?[:\-–]|\binternal (?:use|only|service|team|directory|entry|record|listing)\b|\bfor internal\b|" + NoRoute + @"\bstaff (?:use )?only\b|\bfor (?:council |our |hub )?staff(?: use)? only\b|\bnot for (?:the )?(?:public|publication|general public)\b|\bdo not (?:publish|share with (?:the )?public|give out|show to (?:the )?public|list publicly)|\bnot (?:to be )?(?:published|made public|shared publicly|publicly (?:listed|available|advertised))|\bemployees? only\b", RegexOptions.IgnoreCase)]
    private static partial Regex Internal();

    [GeneratedRegex(@"\b(?:for|to) (?:use by )?(?:professionals|practitioners|referrers|partner (?:agencies|organisations)|partners) only\b|" + NoRoute + @"\b(?:professionals?|practitioners?|partners?)[\s-]only\b|\bonly (?:for|available to|open to) (?:professionals|practitioners|partner)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Professionals();

    [GeneratedRegex(@"\b(?:address|location|venue|whereabouts) (?:is |are |will be |has been |must be |to be )?(?:kept |held |remain(?:s|ing)? |strictly )?(?:confidential|secret|withheld|hidden|not (?:disclosed|published|public|given|shared|shown|listed|to be (?:disclosed|published|shared))|undisclosed|private and)|\b(?:confidential|secret|undisclosed|hidden|withheld|unpublished) (?:address|location|venue)\b|^[^.]{0,80}\brefuges?\b(?! (?:advice|outreach|referral line|helpline))(?=.{0,600}\b(?:wom[ae]n|abus|violen|partner|fleeing|safety))|\b(?:do not|never|don['’]t) (?:publish|show|share|disclose|give out|reveal) (?:the |its |this |our )?(?:address|location)|\bsafe ?house\b|\b(?:women['’]?s['’]?|domestic abuse|domestic violence) refuges?\b(?! (?:advice|outreach|referral line|helpline))|\brefuge (?:accommodation|for women|places?|space)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenAddress();

    [GeneratedRegex(@"\b(?:service|group|club|project|scheme|centre|course|programme|session|charity|food ?bank|pantry|it|this|which)s? (?:has |have )?(?:now |sadly |since )*(?:came|come) to an end\b|\b(?:has|have) (?:now |sadly |since )*(?:finished|ended|stopped|gone|folded)(?: \w+){0,2} for good\b|\b(?:finished|ended|stopped) for good\b|\b(?:shut|closed) (?:its|their|our|the) doors\b(?! (?:at|on|for (?:the )?(?:day|night|weekend|lunch)|every|early))|\bno longer (?:able to )?(?:provid\w+|offer\w*|run\w*|operat\w+) (?:this|the|our) (?:service|group|club|project|session|scheme|food ?bank|pantry)\b|\bno longer in existence\b|\b(?:service|group|club|project|scheme|session|food ?bank|pantry|it) no longer (?:exists?|runs?|meets?|operates?|takes place)\b(?! (?:on|at|in|from|during|for))", RegexOptions.IgnoreCase)]
    private static partial Regex EndedInWords();

    [GeneratedRegex(@"\b(?:taking|having) a (?:short |long |little )?(?:break|pause)\b(?=[^.]{0,30}\b(?:until|for now|at the moment|at present)\b)|\b(?:stopped|cancelled|postponed|not (?:running|meeting|open|operating))\b[^.]{0,20}\buntil further notice\b", RegexOptions.IgnoreCase)]
    private static partial Regex PausedInWords();

    [GeneratedRegex(@"\((?:now |permanently |sadly )?closed\)|(?:^|[-–—:|*]\s*)(?:now |permanently )?closed[\s*!.]*$|^\W*closed\s*[-–—:]|\bnow closed\b", RegexOptions.IgnoreCase)]
    private static partial Regex ClosedName();

    [GeneratedRegex(@"\((?:temporarily |currently )?(?:paused|suspended|on hold)\)|\((?:temporarily|currently) (?:closed|unavailable|not running)\)|[-–—:]\s*(?:temporarily closed|paused|suspended)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex PausedName();

    [GeneratedRegex(@"\b(?:must|should|may) not be (?:published|made public|shared (?:publicly|with (?:the )?(?:public|residents))|shown to (?:the )?(?:public|residents))\b|\bdo not share (?:publicly|externally)\b|\bstaff reference\b", RegexOptions.IgnoreCase)]
    private static partial Regex NotToBePublished();

    [GeneratedRegex(@"\b(?:cannot|can not|can['’]t|do not|don['’]t|will not|won['’]t|never|(?:un|not )able to) (?:\w+ )?(?:disclose|publish|share|reveal|give out|print|list|tell you) (?:our|the|its|this|their|where) (?:\w+ )?(?:address|location|whereabouts|venue|we are|it is)\b|\b(?:address|location|venue) (?:is |will be )?(?:only )?(?:given|provided|supplied|shared|disclosed|told|released|sent)(?: out)? (?:only )?(?:on|upon|after|once|when|at the time of|following) (?:\w+ )?(?:referr|book|assess|request|enquir|contact|regist|accept|you\b)", RegexOptions.IgnoreCase)]
    private static partial Regex AddressOnlyTold();

    /// <summary>What a sentence on an address that is kept goes on to say of it: “… and must not be published”.</summary>
    [GeneratedRegex(@"¤\w*(?:,| -| –|;)? ?(?:and|so|which|it)\b(?: it)? ?(?:must|should|may|can|will|is|are) ?(?:not|never)\b[^.!?]*|¤", RegexOptions.IgnoreCase)]
    private static partial Regex NorPublished();

    private const string Areas_ = @"(?<area>(?:the )?[A-Z][\w'’.-]+(?:(?: |, | and | & |, and )(?:the |of |in |on |upon |St |City |surrounding |area|villages?|district|county|[A-Z][\w'’.-]+))*)";

    [GeneratedRegex($@"\b(?:[Oo]nly (?:for |available (?:to |in )|open to |serves? |covers? |in )?(?:people |residents |families |households |those |anyone |adults |tenants )?(?:who )?(?:living |live |resident |based )?(?:of |in |within )?|(?:[Rr]esidents|[Pp]eople|[Ff]amilies|[Hh]ouseholds|[Tt]hose|[Aa]nyone|[Aa]dults|[Tt]enants|[Cc]hildren|[Yy]ou)(?: must)? (?:who )?(?:living |live |lives |resident |residing |based )(?:in |within )|[Ff]or (?:local )?(?:residents|tenants) (?:of|in) |[Mm]ust (?:live|be (?:resident|living)) in |[Rr]esidents (?:of|in) )(?:the )?(?:(?:parish|town|city|village|borough|district|county|ward)s? of )?{Areas_}(?<only> only)?")]
    private static partial Regex OnlyIn();

    [GeneratedRegex($@"\b(?:across|throughout|covering|covers|serving|serves|all over|anywhere in|based in|available in|in and around) {Areas_}")]
    private static partial Regex AcrossArea();

    [GeneratedRegex(@"\b(\d{1,2})(?:st|nd|rd|th)(?: of)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Ordinal();
}
