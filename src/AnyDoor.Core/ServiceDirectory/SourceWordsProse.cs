using System.Buffers;
using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>The less usual ways in which a source says the same.</summary>
internal static partial class SourceWords
{
    /// <summary>An area whose name says that it is one: a bare code of the Office for National Statistics gets its code, and the name of a district of ours.</summary>
    public static ServiceArea Coded(ServiceArea area)
    {
        if (area.Kind != AreaKind.Named || area.Outline is not null || (area.Code ?? CodeIn(area.Name)) is not { } code) return area;
        return area with { Code = code, Name = area.Name.Trim() == code && Places.District.Find(code) is { } district ? district.Name : area.Name };
    }

    private static string? CodeIn(string name) => AreaCode().Match(name) is { Success: true } m ? m.Value : null;

    private static IEnumerable<(string Name, bool Only)> AreasInProse(string text)
    {
        if (text.Contains("within ", StringComparison.Ordinal)) foreach (Match m in OnlyWithin().Matches(text)) yield return (m.Groups["area"].Value.Trim().TrimEnd('.'), true);
        // “For Polish families” names no place.
        foreach (Match m in ForPeopleOf().Matches(text)) if (IsPlace(m.Groups["area"].Value)) yield return (m.Groups["area"].Value.Trim().TrimEnd('.'), true);
        foreach (Match m in PeopleIn().Matches(text)) if (IsPlace(m.Groups["area"].Value)) yield return (m.Groups["area"].Value.Trim().TrimEnd('.'), false);
    }

    private static bool IsPlace(string name) => Folding.Fold(name) is var folded && (Whereabouts.DistrictNamed(folded) is not null || Gazetteer.Current.Find(folded) is not null || Gazetteer.Current.IsElsewhere(folded));

    // Nearly every text has none of a pattern's own words, and is not read for it.
    private static readonly SearchValues<string> ClosedHints = SearchValues.Create(["shut", "close", "fold", "decommission", "supersed", "archiv", "removed", "replaced", "withdrawn", "funding", "funded", "spent", "exhausted", "application", "will not", "won't", "won’t", "does not", "do not", "duplicate", "have been", "have now", "have all", "ended", "finished", "stopped"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> PausedHints = SearchValues.Create(["hiatus", "on pause", "a pause", "suspended", "paused", "closed", "stopped", "not ", "no longer", "unable", "can't", "can’t", "no sessions", "no meetings", "no groups", "no classes", "season "], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> InternalHints = SearchValues.Create(["internal", " only", "officer", "team’", "team'", "team use", "colleagues", "caseworker", "workers", "not ", "intranet", "restricted", "limited to", "non-public", "non public", "back-office", "back office", "from public", "from the public", "from resident", "from the resident", "from website", "from the website", "from site", "from the site"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> WorkersHints = SearchValues.Create(["held ", "kept ", "reserved", "stored", "available", "ordered", " only", "professional", "practitioner", "clinicians", "workers"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> HiddenHints = SearchValues.Create(["address", "location", "venue", "whereabouts", "postcode", "safe ", "refuge", "secret"], StringComparison.OrdinalIgnoreCase);

    private static bool Says(string text, SearchValues<string> hints, Func<Regex> pattern) => text.AsSpan().ContainsAny(hints) && pattern().IsMatch(text);

    /// <summary>“Referral through the housing team only” is a way in, and no border.</summary>
    private const string NoRoute = @"(?<!\b(?:referr?(?:al|als|ed|s|ing)?|appl(?:y|ications?)|nominat\w+|requests?)\b[^.;:!?]{0,60})";

    private const string Thing = @"(?:service|group|club|project|scheme|centre|course|programme|session|charity|organisation|food ?bank|pantry|shelter|hub|fund|grant|listing|entry|record|page|caf[eé]|clinic|class)";

    [GeneratedRegex($@"\b(?:permanently shut|no longer funded\b|duplicate (?:entry|record|listing)\b|do not use(?=\W*$|[\s.:,–-]*(?:duplicate|old|closed|this (?:entry|record|listing)))|all (?:\w+ ){{1,2}}(?:for this year |this year )?have (?:now |all )?been (?:issued|used|spent|given out|allocated)\b|shut permanently|(?:we|it|{Thing}|sadly|unfortunately)(?: \w+){{0,2}} (?:had|have|has) (?:had )?(?:to|been forced to) (?:close|shut|fold)\b(?! (?:their|your|on|at|for|early))|(?:has|have|had|was|is) (?:been )?(?:now |sadly |since )*(?:folded|decommissioned|superseded)\b|{Thing}s? (?:has been |is |was )(?:now )?(?:archived|removed|replaced|superseded|withdrawn)\b|funding (?:for \w+ \w+ )?(?:has |have )?(?:now )?(?:run out|ended|ceased|stopped|come to an end|came to an end)\b|(?:fund|grant|scheme|budget) (?:is|has been|was) (?:now )?(?:fully spent|all spent|exhausted|closed)\b|(?:now )?fully spent\b|applications? (?:is |are |have |has )?(?:now )?closed\b|closed to (?:new )?applications?\b|(?:will|does|do) not (?:open|run|return|restart|operate|take place|meet) (?:this (?:year|winter|summer|autumn|spring|term)|again|in 20\d\d|any ?more)|(?:will not|won['’]t) be (?:opening|running|returning|operating|taking place|continuing|restarting)\b(?! (?:on|over|during|for|at|every|between) )|we (?:have )?(?:sadly |now |since )*(?:closed|ended|finished) (?:our|the|this) {Thing}|(?:closed|ended|finished|stopped) (?:in|since|at the end of) (?:(?:spring|summer|autumn|winter|early|late|mid) )?20[2-9]\d\b)", RegexOptions.IgnoreCase)]
    private static partial Regex ClosedInProse();

    [GeneratedRegex($@"\b(?:on (?:a )?(?:hiatus|pause)\b|season (?:has |is )?(?:now )?(?:finished|ended|over)\b|(?:not|no longer|unable|cannot|can['’]t|not able) (?:currently )?(?:to )?(?:be )?accept(?:ing)? (?:anyone|anybody|any|more|new|further)\b|not (?:currently )?(?:operating|running|open|available|meeting) (?:at present|at the moment|currently|just now|for now)|{Thing}s?,? (?:has been |is |are |was )?(?:now |currently |temporarily )?(?:suspended|paused)\b(?! (?:during|in|over|for) (?:the )?(?:school|summer|christmas|easter|half))|(?:suspended|paused) (?:while|whilst|until|due|because|owing|pending|as we|for (?:now|the (?:moment|time|foreseeable|winter|summer)))|closed (?:while|whilst|pending|for the (?:foreseeable|moment|time being|season)|for now)|closed to (?:new )?(?:referrals|clients|members|admissions|enquiries|cases)|(?:books|waiting list|referrals) (?:is|are) (?:now |currently |temporarily )?closed\b|(?:stopped|not|no longer|unable to|cannot) (?:currently )?(?:be )?tak(?:e|ing) (?:on )?(?:any )?(?:more |new |further )?(?:referrals|clients|applications|members|cases|people)|no (?:sessions|meetings|groups|classes) (?:at present|at the moment|currently|until|for now)|^paused\b|[.!] paused\b)", RegexOptions.IgnoreCase)]
    private static partial Regex PausedInProse();

    [GeneratedRegex(@"\(internal\)|\bintranet\b|\bnot open to (?:the |members of the )?(?:general )?public\b|\b(?:restricted|limited) to (?:council |our )?(?:staff|officers|employees|colleagues|professionals)\b|\binternal (?:pathway|process|procedure|route|referral|guidance|fund|scheme|resource|reference|contact|list|note)s?\b|" + NoRoute + @"\b(?:staff|officers?|team|colleagues?|caseworkers?|navigators?)['’]? (?:use )?only\b|\bfor (?:officers?|team|colleagues|workers|caseworkers)['’]? use\b|\bnot (?:to be |for )?(?:advertis(?:ed|ing)|promoted|signposted|general release|resident|customer|client)s?\b|\bdo not (?:advertise|promote|signpost|tell|give (?:this )?to) (?:to )?(?:residents?|members? of the public|clients?|customers?|the public|service users|publicly|this)|\bdo not (?:share|publish|give)\b[^.]{0,30}\b(?:public|residents?|clients?|customers?|service users)\b|\b(?:hidden|withheld|kept|removed|excluded) from (?:the )?(?:public|residents?|website|site)|\bnot (?:shown|visible|listed|displayed|published) (?:on|to|in) (?:the |our )?(?:public|website|site|residents?)|\bnot public(?:ly)?(?: facing)?\b(?! (?:funded|owned|transport))|\bnon[- ]public\b|\bback[- ]office\b|\b(?:council|local authority) (?:employees|staff|colleagues) only\b", RegexOptions.IgnoreCase)]
    private static partial Regex InternalInProse();

    [GeneratedRegex(@"\b(?:held|kept|reserved|stored|available|ordered) (?:only )?(?:for|by) (?:use by )?(?:social workers|professionals|practitioners|caseworkers|officers|staff|key ?workers|support workers|health visitors|midwives|agencies)\b(?! to (?:pass|give|offer))|" + NoRoute + @"\b(?:agenc(?:y|ies)|social workers|referrers|key ?workers) only\b|\bprofessional use only\b|\bfor (?:use by )?professionals\b(?! and| as| or)|\b(?:reflective practice|supervision|peer support|training|CPD|network(?:ing)?|forum|briefings?|courses?|workshops?|guidance|consultation|advice line|toolkit) for (?:[\w-]+ ){0,3}(?:practitioners|clinicians|social workers|(?:health|care|education|youth|family|support)(?: and [\w-]+)? (?:professionals|workers))\b(?!,? (?:and|or|&|as well) (?:parents|carers|famil|resident|the public|anyone|volunteer|people|communit))", RegexOptions.IgnoreCase)]
    private static partial Regex ForWorkers();

    [GeneratedRegex(@"\b(?:address|location|venue|whereabouts|postcode) (?:(?:isn|aren|won|can)['’]?t|is not|are not|will not|cannot|can not|not) (?:be )?(?:\w+ )?(?:published|disclosed|shared|shown|listed|given|public|available|revealed|advertised|printed|named)|\b(?:address|location|venue|whereabouts) (?:is |will be )?(?:only )?(?:disclosed|confirmed|revealed|given|shared|provided|supplied|told)(?: out)? (?:only )?(?:upon|after|once|when|following)\b|\bsecret (?:address|location|place|refuge)\b|\b(?:safe|refuge) (?:accommodation|housing|flat) for (?:women|those|people|anyone|victims|survivors|families) (?:\w+ ){0,4}(?:fleeing|escaping|abus|violen)", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenInProse();

    [GeneratedRegex($@"\b(?:[Mm]ust (?:live|be)|[Ww]ho live|[Ll]iving|[Rr]esidents|[Ff]or (?:people|those|anyone)|[Oo]nly|[Ff]or) (?:\w+ ){{0,3}}(?<area>within \d{{1,2}} miles? of {Named})")]
    private static partial Regex OnlyWithin();

    [GeneratedRegex($@"\b(?:[Ff]or|[Oo]nly|[Oo]pen to) (?<area>{Named}) (?:city |town |district |area )?(?:residents|tenants|households|families|people|pensioners|parishioners|council tenants)\b")]
    private static partial Regex ForPeopleOf();

    [GeneratedRegex($@"\b(?:people|residents|families|carers|adults|parents|patients|households|older people|young people|communities) in (?<area>{Named})")]
    private static partial Regex PeopleIn();

    private const string Named = @"[A-Z][\w'’-]+(?: (?:and |on |upon |of )?(?:the )?[A-Z][\w'’-]+){0,3}";

    [GeneratedRegex(@"\b[EWSNK]\d{8}\b")]
    private static partial Regex AreaCode();
}
