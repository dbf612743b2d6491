using System.Globalization;
using System.Text.RegularExpressions;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>A place as a source gives it, before it is made sound.</summary>
internal sealed record LocationDraft
{
    public string? Id { get; init; }
    public string? AtId { get; init; }
    public string? Name { get; init; }
    public IReadOnlyList<string?> Lines { get; init; } = [];
    public string? City { get; init; }
    public string? County { get; init; }
    public string? Postcode { get; init; }
    public double? Lat { get; init; }
    public double? Lon { get; init; }
    public bool Hidden { get; init; }
    public IReadOnlyList<string> Access { get; init; } = [];
}

/// <summary>What any source says of one service, gathered until it is whole. Words that say more than the fields are read at the end.</summary>
internal sealed partial class ServiceDraft
{
    public required string Source { get; init; }
    public required string SourceId { get; init; }
    public required string Name { get; init; }
    public required ServiceStatus Status { get; set; }
    public required DateOnly Today { get; init; }
    public (string? Name, Provider? Provider) Organisation { get; set; }
    public string Description { get; set; } = "";
    public string? Alert { get; set; }
    public string? Accreditations { get; set; }
    public string? HowTo { get; set; }
    public List<string> Access { get; } = [];
    public List<string> Attending { get; } = [];
    public bool? Referral { get; set; }
    public DateOnly? Assured { get; set; }
    public string? Assurer { get; set; }
    public DateTime? ChangedAt { get; set; }
    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }
    public Visibility? Visibility { get; set; }
    public string? WaitWords { get; set; }
    public int? Places { get; set; }
    public List<ServiceArea> Areas { get; } = [];
    public List<OpeningRule> Rules { get; } = [];
    public List<OpeningException> Exceptions { get; } = [];
    public string? Fees { get; set; }
    public bool? Free { get; set; }
    public List<CostOption> CostOptions { get; } = [];
    public string? Web { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }

    private readonly List<string> eligibility = [];
    private readonly List<string> openingWords = [];
    private readonly List<ServiceTerm> terms = [];
    private readonly List<ServiceLocation> locations = [];
    private readonly List<string> access = [];
    private readonly List<string> languages = [];
    private AgeSpan fromFields = AgeSpan.All;
    private AgeSpan? fromTerms;
    private AgeSpan? fromEligibility;

    /// <summary>None: a status that says neither open nor closed.</summary>
    public static ServiceStatus? StatusOf(string? text) => text?.Trim().ToLowerInvariant().Replace('_', ' ').Replace('-', ' ') switch
    {
        null or "" or "active" or "open" or "live" or "published" or "current" or "approved" or "running" or "true" or "yes" or "available" or "1" => ServiceStatus.Active,
        "inactive" or "draft" or "pending" or "suspended" or "unpublished" or "paused" or "false" or "no" or "0" or "not active" or "rejected" or "dormant" or "not running" or "on hold" => ServiceStatus.Inactive,
        "defunct" or "closed" or "ended" or "deleted" or "archived" or "permanently closed" or "ceased" or "discontinued" or "closed permanently" or "expired" => ServiceStatus.Defunct,
        "temporarily closed" or "temporarily unavailable" or "closed temporarily" or "temporarily suspended" or "temporary closure" => ServiceStatus.TemporarilyClosed,
        { } other when other.Contains("closed", StringComparison.Ordinal) => other.Contains("temp", StringComparison.Ordinal) ? ServiceStatus.TemporarilyClosed : ServiceStatus.Defunct,
        _ => null,
    };

    public static bool Confidential(string? text) => text is not null && ConfidentialWord().IsMatch(text);

    public void AddAges(double? from, double? to)
    {
        if (from is null && to is null) return;
        // A fraction of a year at the top, and “0 to 0”, say nothing.
        var span = new AgeSpan(from is { } f ? (int)Math.Floor(f) : null, to is { } t and > 0 ? (int)Math.Floor(t) : null);
        fromFields = fromFields.And(span);
    }

    public void AddEligibility(string? text)
    {
        if (PlainText.Line(text, 400) is not { } words) return;
        if (!eligibility.Contains(words)) eligibility.Add(words);
        if (AgeWords.Read(words, sure: true) is { } ages) fromEligibility = fromEligibility?.Or(ages) ?? ages;
        ShownTo(words, sure: false);
    }

    /// <summary>Terms of one list hold for any of them: adults and seniors is from 18.</summary>
    public void AddEligibilityTerm(string? text)
    {
        if (PlainText.Line(text, 120) is not { } words) return;
        if (AgeWords.Read(words, sure: true) is { } ages) fromTerms = fromTerms?.Or(ages) ?? ages;
        if (!eligibility.Contains(words)) eligibility.Add(words);
    }

    public void AddTerm(string name, string? id, string? taxonomy, string? uri, string? parent, string? kind)
    {
        if (PlainText.Line(name, 160) is not { } clean) return;
        if (!terms.Any(t => t.Name == clean && t.Id == id)) terms.Add(new ServiceTerm(clean, id, PlainText.Line(taxonomy, 120), uri, parent));
        if (taxonomy is null ? BareFlag().IsMatch(clean) : SeenBy().IsMatch(taxonomy)) ShownTo(clean);
        if (taxonomy is null ? BareStatus().IsMatch(clean) : StatusKind().IsMatch(taxonomy)) AddStatus(clean);
        if (taxonomy is not null && AudienceKind().IsMatch(taxonomy)) audiences.Add((taxonomy, clean));
        if (EligibilityKind().IsMatch($"{taxonomy} {kind}")) AddEligibilityTerm(clean);
        else AddFlagWords(clean, kind);
    }

    /// <summary>A term such as “internal only”, “address confidential” or “closed” is a flag however it is filed.</summary>
    public void AddFlagWords(string name, string? value)
    {
        if (FeedFields.YesNo(value) == false) return;
        ShownTo(name, sure: false);
        if (SourceWords.HidesAddress(name)) hidesAddress = true;
        if (value is null) return;
        if (SeenBy().IsMatch(name)) ShownTo(value);
        if (StatusKind().IsMatch(name)) AddStatus(value);
        if (AudienceKind().IsMatch(name)) audiences.Add((name, value));
    }

    private void AddStatus(string text)
    {
        if (Status == ServiceStatus.Active && StatusOf(text) is { } said) Status = said;
    }

    /// <summary>A list of those it is for with nobody on it but workers: families and professionals is for families too.</summary>
    private bool IsForWorkersAlone => audiences.GroupBy(a => a.Taxonomy, StringComparer.OrdinalIgnoreCase).Any(g => g.All(a => WorkersAlone().IsMatch(a.Words)));

    private readonly List<(string Taxonomy, string Words)> audiences = [];
    private bool hidesAddress;

    public void ShownTo(string? text, bool sure = true)
    {
        if (PlainText.Line(text, 200) is not { } words) return;
        var seen = SourceWords.Audience(words) ?? (sure ? words.ToLowerInvariant() switch
        {
            var w when InternalWord().IsMatch(w) => ServiceDirectory.Visibility.Internal,
            var w when PartnersWord().IsMatch(w) => ServiceDirectory.Visibility.Partners,
            _ => null,
        } : null);
        if (seen is { } narrower && narrower > (Visibility ?? ServiceDirectory.Visibility.Public)) Visibility = narrower;
    }

    public void AddLanguage(string? text)
    {
        if (Languages.CodeOf(text) is { } code && !languages.Contains(code)) languages.Add(code);
    }

    public void AddLocation(LocationDraft d)
    {
        var hidden = d.Hidden;
        // A corner of the sea off Africa is where a source had no coordinates; outside the islands somebody mixed them up.
        var there = d is { Lat: >= 49 and <= 61.5, Lon: >= -9 and <= 2.5 };
        var postcode = Postcode.TryParse(d.Postcode, out var read) ? read.ToString() : "";
        var name = PlainText.Line(d.Name, 160);
        var city = PlainText.Line(d.City, 80);
        if (name is null && postcode.Length == 0 && !there && d.Lines.All(string.IsNullOrWhiteSpace) && city is null) return;
        if (!there && postcode.Length == 0 && NoPlace().IsMatch($"{name} {city}")) { Attending.Add("online"); return; }
        var address = string.Join(", ", d.Lines.Append(city).Select(l => PlainText.Line(l, 200)).Where(l => !string.IsNullOrWhiteSpace(l)).Distinct(StringComparer.OrdinalIgnoreCase));
        access.AddRange(d.Access.Select(a => PlainText.Line(a, 160)).OfType<string>().Where(a => !access.Contains(a)));
        locations.Add(new ServiceLocation(name ?? (address.Length > 0 ? address.Split(',')[0] : city ?? postcode), address, postcode, there ? d.Lat : null, there ? d.Lon : null, "")
        {
            Id = d.Id, AtLocationId = d.AtId, City = city, County = PlainText.Line(d.County, 80), Hidden = hidden,
        });
    }

    /// <summary>Reads times in words; false: they stay words.</summary>
    public bool OpeningText(string? text)
    {
        if (PlainText.Of(text) is not { } words) return true;
        var rules = ScheduleWords.Read(words);
        if (rules.Count == 0) openingWords.Add(words.Replace('\n', ';'));
        Rules.AddRange(rules);
        return rules.Count > 0;
    }

    /// <summary>Dates without hours: all of it is given between them.</summary>
    public void Dates(DateOnly? from, DateOnly? to)
    {
        if (to is not null && from == to) return;
        ValidFrom ??= from;
        ValidTo ??= to;
    }

    public Service Finish()
    {
        // Whatever stands in any of its words.
        var words = string.Join(". ", new[] { Name, Alert, Description, HowTo }.Concat(eligibility).OfType<string>());
        var status = Status;
        var (said, last) = SourceWords.Closure(string.Join(". ", new[] { Name, Alert, Description }.OfType<string>()));
        if (status == ServiceStatus.Active) status = SourceWords.OfName(Name) ?? said;
        if (SourceWords.Audience(words) is { } narrower && narrower > (Visibility ?? ServiceDirectory.Visibility.Public)) Visibility = narrower;
        if (IsForWorkersAlone && (Visibility ?? ServiceDirectory.Visibility.Public) == ServiceDirectory.Visibility.Public) Visibility = ServiceDirectory.Visibility.Partners;
        if (hidesAddress || SourceWords.HidesAddress(words) || Confidential(string.Join(' ', terms.Select(t => t.Name))))
            for (var i = 0; i < locations.Count; i++) locations[i] = locations[i] with { Hidden = true };
        foreach (var (area, only) in SourceWords.Areas(words))
            if (Areas.Count == 0 || !Areas.Exists(a => a.Only && a.Outline is null)) Areas.Add(new ServiceArea(AreaKind.Named, area, Only: only));
        for (var i = 0; i < Areas.Count; i++) Areas[i] = SourceWords.Coded(Areas[i]);

        var ages = Ages();
        var delivered = Delivered(words);
        var shut = Rules.Count > 0 && Rules.TrueForAll(r => r.ValidTo is not null) ? Rules.Max(r => r.ValidTo) : null;
        var opens = Rules.Count > 0 && Rules.TrueForAll(r => (r.ValidFrom ?? r.Starts) is not null) ? Rules.Min(r => r.ValidFrom ?? r.Starts) : null;
        // A single day in the past is a sample's way to fill a field, and no closing day.
        if (shut is not null && Rules.TrueForAll(r => r.ValidFrom == r.ValidTo)) shut = ValidTo;
        return new Service
        {
            Id = SourceId, SourceId = SourceId, Source = Source, Name = Name, Organisation = Organisation.Name ?? "", Provider = Organisation.Provider, Description = Description, Needs = [], Terms = terms, Status = status,
            Cost = Cost(words), CostOptions = CostOptions, HowToUse = HowToUse(words), Delivered = delivered, Locations = locations, AreasServed = Areas,
            Opening = new Opening([], Exceptions.Count > 0 ? Exceptions : null) { Rules = Rules.Count > 0 ? [.. Rules.Distinct()] : null, InWords = openingWords.Count > 0 ? PlainText.Line(string.Join("; ", openingWords), 300) : Rules.Select(r => r.Words).FirstOrDefault(w => w is not null) },
            Eligibility = eligibility.Count > 0 ? new Eligibility(PlainText.Line(string.Join("; ", eligibility), 400)!) : null, MinimumAge = ages.From is > 0 ? ages.From : null, MaximumAge = ages.To is < 99 ? ages.To : null, OnlyFor = SourceWords.ForWhom(words),
            Languages = languages.Contains("en") ? languages : ["en", .. languages], Access = access, Phone = Phone, Web = Web, Email = Email, Alert = Alert, Accreditations = Accreditations,
            Capacity = Capacity(words), Contribution = null, LastChecked = Assured ?? Today, NeverConfirmed = Assured is null || Assured > Today.AddDays(1), Assurer = Assurer, Owner = Organisation.Name ?? "Its source",
            Visibility = Visibility ?? ServiceDirectory.Visibility.Public, ValidFrom = Latest(ValidFrom, SourceWords.Begins(Description), opens), ValidTo = Earliest(ValidTo, last, shut), SourceChangedAt = ChangedAt,
        };
    }

    /// <summary>Fields first; a narrower line of eligibility or name narrows them; a description counts where there is nothing else.</summary>
    private AgeSpan Ages()
    {
        var ages = fromFields;
        foreach (var more in new[] { fromEligibility, AgeWords.Read(Name) })
            if (more is { } span && !ages.And(span).IsEmpty) ages = ages.And(span);
        if (ages.IsAll && fromTerms is { } group) ages = group;
        if (ages.IsAll && AgeWords.Read(Description) is { } told) ages = told;
        // It is the parent who is under 22: a baby in the house is not.
        if (ages is { From: null or 0, To: > YoungestParent and <= 30 } && YoungParents().IsMatch($"{Name}. {Description}")) ages = ages with { From = YoungestParent };
        return ages;
    }

    private const int YoungestParent = 12;

    [GeneratedRegex(@"\b(?:parents|mums|mothers|dads|fathers|families)(?: who are| aged| and their babies)?(?: aged)? (?:under|up to)[\s-]?(?:the age of )?\d{2}\b|\b(?:young|teen(?:age)?) (?:parents|mums|mothers|dads|fathers)\b", RegexOptions.IgnoreCase)]
    private static partial Regex YoungParents();

    private List<Delivery> Delivered(string words)
    {
        var ways = new List<Delivery>();
        var attending = string.Join(' ', Attending).ToLowerInvariant();
        if (locations.Count > 0 || attending.Contains("venue", StringComparison.Ordinal)) ways.Add(Delivery.Place);
        if (attending.Contains("phone", StringComparison.Ordinal) || ByPhone().IsMatch(words)) ways.Add(Delivery.Phone);
        if (attending.Contains("online", StringComparison.Ordinal) || attending.Contains("virtual", StringComparison.Ordinal) || attending.Contains("remote", StringComparison.Ordinal) || Online().IsMatch(words)) ways.Add(Delivery.Online);
        if (attending.Contains("home", StringComparison.Ordinal) || AtHome().IsMatch(words)) ways.Add(Delivery.Home);
        if (ways.Count == 0) ways.Add(Phone is not null ? Delivery.Phone : Web is not null || Email is not null ? Delivery.Online : Delivery.Place);
        return ways;
    }

    private ServiceCost Cost(string words)
    {
        var known = CostOptions.Where(c => c.Pence is not null).ToList();
        if (Free == true || Fees is { } fees && FreeWord().IsMatch(fees) && !fees.Contains('£', StringComparison.Ordinal) || known.Count > 0 && known.TrueForAll(c => c.Pence == 0)) return new(CostKind.Free, "Free");
        if (known.Count > 0)
        {
            var least = known.MinBy(c => c.Pence)!;
            var amount = new Money(least.Pence!.Value).ToString();
            return least.Pence == 0 ? new(CostKind.Depends, "Free for some") : new(CostKind.Fixed, $"{(known.Count > 1 ? "From " : "")}{amount}{(least.Per is { Length: < 40 } per ? $" {per}" : "")}", least.Pence);
        }
        if (Fees is { Length: > 0 } said) return new(DonationWord().IsMatch(said) ? CostKind.PayWhatYouCan : CostKind.Depends, said.Length <= 80 ? said : said[..77].TrimEnd() + "…");
        if (CostOptions.FirstOrDefault(c => c.Words is not null) is { } option) return FreeWord().IsMatch(option.Words!) ? new(CostKind.Free, "Free") : new(CostKind.Depends, option.Words!);
        return FreeService().IsMatch(words) ? new(CostKind.Free, "Free") : new(CostKind.Depends, ServiceCost.NotSaid);
    }

    private HowToUse HowToUse(string words)
    {
        var ways = string.Join(' ', Access).ToLowerInvariant();
        if (Referral == true || ways.Contains("referral", StringComparison.Ordinal)) return SelfReferral().IsMatch(words) ? ServiceDirectory.HowToUse.RingFirst : ServiceDirectory.HowToUse.Referral;
        if (ways.Contains("drop", StringComparison.Ordinal) || DropIn().IsMatch(words)) return ServiceDirectory.HowToUse.WalkIn;
        if (ways.Contains("appointment", StringComparison.Ordinal) || Booking().IsMatch(words)) return ServiceDirectory.HowToUse.Book;
        if (NeedsReferral().IsMatch(words) && !SelfReferral().IsMatch(words)) return ServiceDirectory.HowToUse.Referral;
        return locations.Count == 0 && Phone is not null ? ServiceDirectory.HowToUse.Phone : Referral == false ? ServiceDirectory.HowToUse.WalkIn : ServiceDirectory.HowToUse.RingFirst;
    }

    private Capacity? Capacity(string words)
    {
        if (Places is { } free) return free > 0 ? new(CapacityState.Open, free) : new(CapacityState.Waiting, 0);
        var wait = Wait().Match($"{WaitWords}. {words}");
        if (wait.Success)
        {
            var count = int.Parse(wait.Groups["n"].Value, CultureInfo.InvariantCulture);
            var days = wait.Groups["unit"].Value.ToLowerInvariant() switch { "d" => count, "w" => count * 7, _ => count * 30 };
            return new(CapacityState.Waiting, WaitingDays: days);
        }
        return Full().IsMatch($"{WaitWords} {Alert} {Description}") ? new(CapacityState.Waiting) : null;
    }

    private static DateOnly? Latest(params ReadOnlySpan<DateOnly?> days)
    {
        DateOnly? latest = null;
        foreach (var day in days) if (day > (latest ?? DateOnly.MinValue)) latest = day;
        return latest;
    }

    private static DateOnly? Earliest(params ReadOnlySpan<DateOnly?> days)
    {
        DateOnly? earliest = null;
        foreach (var day in days) if (day < (earliest ?? DateOnly.MaxValue)) earliest = day;
        return earliest;
    }

    [GeneratedRegex(@"\b(?:confidential|hidden|secret|withheld|undisclosed|mask(?:ed)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ConfidentialWord();

    [GeneratedRegex(@"eligib|suitab|audience|\bages?\b|age[\s_-]?(?:group|band|range)|circumstance|who.?for|target|population|beneficiar", RegexOptions.IgnoreCase)]
    private static partial Regex EligibilityKind();

    [GeneratedRegex(@"\b(?:internal|staff|private|hidden|council only|nobody|none|draft)\b")]
    private static partial Regex InternalWord();

    [GeneratedRegex(@"\b(?:professionals?|practitioners?|partners?|referrers?|agencies)\b")]
    private static partial Regex PartnersWord();

    [GeneratedRegex(@"^\W*(?:(?:service|listing|record|entry|directory|page)\s+)?(?:visibility|visible\s+(?:to|for)|access\s*level|published\s+to|publish(?:ing)?\s+(?:status|level)|who\s+(?:can|may|should)\s+see(?:\s+\w+)?|shown?\s+to|display(?:ed)?\s+to|privacy(?:\s+level)?)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex SeenBy();

    [GeneratedRegex(@"^\W*(?:internal|unlisted|staff|not\s+public|private\s+listing)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex BareFlag();

    [GeneratedRegex(@"^\W*(?:(?:service|listing|record|entry|current|operating|operational|opening)\s+)?status\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex StatusKind();

    [GeneratedRegex(@"^\W*(?:(?:permanently|temporarily)\s+closed|closed(?:\s+(?:permanently|temporarily))?|ceased|defunct|archived|discontinued)\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex BareStatus();

    [GeneratedRegex(@"audience|who.?(?:it.?s?|is.it)?.?for\b|target|intended|suitab|user.?(?:type|group)", RegexOptions.IgnoreCase)]
    private static partial Regex AudienceKind();

    [GeneratedRegex(@"^\W*(?:for\s+)?(?:(?:health|care|social|and|other|support|frontline|front-line|council|local|authority|nhs|school|partner|hub|referring|registered)\s+)*(?:professionals?|practitioners?|referrers?|agenc(?:y|ies)|staff|officers?|social\s+workers?|frontline\s+workers?|partner\s+organisations?|internal|colleagues)(?:\s+(?:only|use|use\s+only))?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex WorkersAlone();

    [GeneratedRegex(@"\b(?:online|virtual|zoom|nationwide|telephone|phone|remote|website)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NoPlace();

    [GeneratedRegex(@"\b(?:helpline|telephone (?:advice|support|befriending|line|service|counselling|appointments?)|phone (?:line|support|advice|befriending)|by (?:tele)?phone|over the (?:tele)?phone|call centre|text line|freephone)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ByPhone();

    [GeneratedRegex(@"\b(?:online (?:support|advice|chat|course|sessions?|counselling|service|group|meetings?|classes|learning|activities)|via zoom|on zoom|by zoom|web ?chat|live chat|virtual(?:ly)?|by video)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Online();

    [GeneratedRegex(@"\b(?:home visits?|in (?:your|their|people['’]s) (?:own )?homes?|(?:to|at) your (?:door|home)|we (?:come to you|deliver|visit you)|delivered to (?:your|their|people)|delivery (?:service|available|to)|outreach visits?|door[\s-]?to[\s-]?door|meals on wheels)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AtHome();

    [GeneratedRegex(@"\bfree\b|\bno (?:charge|cost|fee)\b|^0$|^£?0(?:\.00)?$|\bnil\b|^none$", RegexOptions.IgnoreCase)]
    private static partial Regex FreeWord();

    [GeneratedRegex(@"\b(?:free (?:of charge|service|advice|support|to|and confidential|food|help|sessions?|entry|for|,)|no charge|it is free|it['’]s free|all free|completely free|is free)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FreeService();

    [GeneratedRegex(@"\b(?:donation|pay what you|contribution|suggested)", RegexOptions.IgnoreCase)]
    private static partial Regex DonationWord();

    [GeneratedRegex(@"\b(?:self[\s-]?referr?als?|refer (?:themselves|yourself)|no referral|referral (?:is )?not (?:needed|required)|without (?:a )?referral)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SelfReferral();

    [GeneratedRegex(@"(?<!\b(?:not|no|n['’]t|never)\b[^.!?,;:]{0,12})\b(?:drop[\s-]?in|walk[\s-]?in|just (?:turn|come|pop|drop)|pop in|turn up)\b|\bno (?:appointment|booking|need to book|referral)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DropIn();

    [GeneratedRegex(@"\b(?:by appointment|appointment (?:needed|required|only)|booking (?:is )?(?:essential|required|needed)|book (?:a place|in advance|ahead|online)|must (?:be booked|book))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Booking();

    [GeneratedRegex(@"\b(?:by referral|referrals? (?:is |are )?(?:only )?(?:by|through|from|via)\b(?! (?:yourself|self|(?:our |the |an? )?(?:web|on-?line|tele|phone|e-?mail|form|text)))|referral (?:only|needed|required|is needed)|referred by|need(?:s)? a (?:referral|voucher)|with a (?:voucher|referral)|food ?bank voucher|agency referral)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NeedsReferral();

    [GeneratedRegex(@"\b(?:wait(?:ing)?(?: list| time)?)\b[^.]{0,30}?\b(?<n>\d{1,3})\s*(?<unit>d|w|m)(?:ays?|eeks?|onths?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wait();

    [GeneratedRegex(@"\b(?:currently full|waiting list (?:is )?(?:only|in operation|applies)|there is (?:\w+ ){0,2}a waiting list|full:|full (?:until|at (?:present|the moment))|list (?:is |now )*closed to new|no places (?:left|available)|fully booked)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Full();
}
