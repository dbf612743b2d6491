using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnyDoor.ServiceDirectory;

/// <summary>Why a record of a feed is set aside.</summary>
public sealed record FeedProblem(string Column, string Reason);

/// <summary>
/// Reads one service of a feed: Open Referral UK 3.0 and 1.0, HSDS 3, the shape of Outpost, and our own with its block of additions. What a feed
/// leaves to its descriptions is read from there too: ages, areas, closures, whom it may be shown to.
/// </summary>
internal static partial class FeedReader
{
    public const string Additions = "anydoor";
    private const int LongestId = 500;

    public static (Service? Service, FeedProblem? Problem) Read(JsonElement e, string source, DateOnly today)
    {
        if (e.ValueKind != JsonValueKind.Object) return (null, new("record", "It is not a record in braces."));
        if (e.Text("id", "service_id", "identifier") is not { } id) return (null, new("id", "It has no id."));
        if (IdProblem(id) is { } odd) return (null, new("id", odd));
        if (e.Get("name", "title") is { ValueKind: not JsonValueKind.String }) return (null, new("name", "Its name is not text."));
        if (PlainText.Line(e.Text("name", "title")) is not { } name) return (null, new("name", "It has no name."));
        if (StatusOf(e) is not { } status) return (null, new("status", $"Its status “{PlainText.Line(e.Text("status"), 40)}” is none that the standard has."));

        var draft = new ServiceDraft { Source = source, SourceId = id.Trim(), Name = name, Status = status, Today = today, Organisation = OrganisationOf(e), Description = PlainText.Of(e.Text("description", "summary")) ?? "" };
        if (Ages(e, draft) is { } problem) return (null, problem);
        ReadWords(e, draft);
        ReadTerms(e, draft);
        ReadPlaces(e, draft);
        ReadAreas(e, draft);
        ReadOpening(e, draft);
        ReadMoney(e, draft);
        ReadContact(e, draft);
        var service = draft.Finish();
        return (e.Get(Additions) is { ValueKind: JsonValueKind.Object } more ? ServiceAdditions.Put(service, more) : service, null);
    }

    /// <summary>Why an id cannot be kept as it is; none: it can.</summary>
    internal static string? IdProblem(string id) => id.Length > LongestId ? $"Its id is longer than {LongestId} characters." : id.Any(char.IsControl) ? "Its id has characters in it that are no letters." : null;

    private static ServiceStatus? StatusOf(JsonElement e)
    {
        if (e.Flag("discarded", "deleted", "archived", "is_deleted") == true || e.Text("discarded_at", "deleted_at", "marked_for_deletion", "archived_at") is { } gone && FeedFields.YesNo(gone) != false) return ServiceStatus.Defunct;
        return ServiceDraft.StatusOf(e.Text("status"));
    }

    private static (string? Name, Provider? Provider) OrganisationOf(JsonElement e)
    {
        if (e.Get("organization", "organisation", "provider") is not { } o) return (PlainText.Line(e.Text("organization_name", "organisation_name", "provider_name")), e.Text("organization_id", "organisation_id") is { } only ? new Provider(only) : null);
        if (o.ValueKind == JsonValueKind.String) return (PlainText.Line(o.GetString()), null);
        var id = o.Text("id") ?? e.Text("organization_id", "organisation_id");
        return (PlainText.Line(o.Text("name")), new Provider(id, PlainText.Of(o.Text("description")), PlainText.Link(o.Text("website", "url", "uri")), PlainText.Email(o.Text("email"))));
    }

    private static FeedProblem? Ages(JsonElement e, ServiceDraft draft)
    {
        var (from, to) = (e.Number("minimum_age", "min_age", "age_from"), e.Number("maximum_age", "max_age", "age_to"));
        if (from is < 0 or > 150) return new("minimum_age", "Its lowest age is not an age.");
        if (to is < 0) return new("maximum_age", "Its highest age is not an age.");
        if (from > to) return new("maximum_age", "Its highest age is below its lowest.");
        draft.AddAges(from, to);
        foreach (var part in e.Many("eligibilitys", "eligibilities", "eligibility"))
        {
            var (low, high) = (part.Number("minimum_age", "min_age"), part.Number("maximum_age", "max_age"));
            if (low > high) return new("maximum_age", "Its highest age is below its lowest.");
            draft.AddAges(low, high);
            draft.AddEligibility(part.Text("eligibility", "description", "name"));
            foreach (var term in part.Many("taxonomys", "taxonomies", "link_taxonomies")) draft.AddEligibilityTerm((term.Get("taxonomy") ?? term).Text("name"));
        }
        foreach (var text in e.Get("eligibility", "eligibilities") is { ValueKind: JsonValueKind.String or JsonValueKind.Array } ? e.Texts("eligibility", "eligibilities") : []) draft.AddEligibility(text);
        draft.AddEligibility(e.Text("eligibility_description", "who_for", "suitable_for", "target_audience"));
        foreach (var text in e.Texts("suitabilities", "eligible", "eligibility_codes", "age_groups", "ages")) draft.AddEligibilityTerm(text);
        AgeSpan? bands = null;
        foreach (var (band, ages) in new (string, AgeSpan)[] { ("age_band_under_2", new(0, 1)), ("age_band_2", new(2, 2)), ("age_band_3_4", new(3, 4)), ("age_band_5_7", new(5, 7)), ("age_band_8_plus", new(8, 17)) })
            if (e.Flag(band) == true) bands = bands?.Or(ages) ?? ages;
        if (bands is { } span && e.Flag("age_band_all") != true) draft.AddAges(span.From, span.To);
        return null;
    }

    private static void ReadWords(JsonElement e, ServiceDraft draft)
    {
        draft.Alert = PlainText.Of(e.Text("alert"));
        draft.Accreditations = PlainText.Line(e.Text("accreditations"));
        draft.HowTo = PlainText.Of(e.Text("application_process", "referral_information", "how_to_access"));
        draft.Access.AddRange(e.Texts("attending_access").Concat(e.Many("schedules", "regular_schedules").SelectMany(s => s.Texts("attending_access"))));
        draft.Attending.AddRange(e.Texts("attending_type", "deliverable_type").Concat(e.Many("schedules").SelectMany(s => s.Texts("attending_type"))).Concat(e.Many("service_at_locations").SelectMany(l => l.Many("schedules")).SelectMany(s => s.Texts("attending_type"))));
        if (e.Flag("needs_referral", "referral_required") is { } referral) draft.Referral = referral;
        draft.Assured = e.Day("assured_date", "last_assured", "last_verified", "verified_date", "reviewed_at", "last_checked");
        draft.Assurer = e.Text("assurer_email") is null ? null : "Its own source";
        draft.ChangedAt = e.Moment("last_modified", "updated_at", "modified_date");
        draft.ValidFrom = e.Day("valid_from", "start_date", "starts_on", "visible_from");
        draft.ValidTo = e.Day("valid_to", "end_date", "ends_on", "closing_date", "closed_date", "visible_to", "expires_at");
        draft.ShownTo(e.Text("visibility", "audience", "visible_for", "access_level", "published_to"));
        if (e.Flag("public", "is_public", "visible", "published", "approved") == false || e.Flag("internal", "internal_only", "private", "is_internal", "hidden", "staff_only") == true) draft.Visibility = Visibility.Internal;
        draft.WaitWords = PlainText.Line(e.Text("wait_time"));
        foreach (var spoken in e.Many("languages")) draft.AddLanguage(spoken.Text("code", "language", "name"));
        foreach (var spoken in e.Get("languages") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()) : []) draft.AddLanguage(spoken);
        foreach (var room in e.Many("capacities"))
            if (room.Number("available") is { } free) draft.Places = (int)Math.Clamp(free, 0, 1_000_000);
    }

    private static void ReadTerms(JsonElement e, ServiceDraft draft)
    {
        foreach (var attribute in e.Many("attributes"))
        {
            var term = attribute.Get("taxonomy_term") ?? attribute;
            var taxonomy = term.Text("taxonomy") ?? term.Get("taxonomy_detail")?.Text("name");
            Add(term, taxonomy, attribute.Text("link_type", "link_entity"), attribute.Text("value", "label"));
        }
        foreach (var link in e.Many("service_taxonomys", "service_taxonomies").Concat(e.Many("link_taxonomies")))
        {
            var term = link.Get("taxonomy") is { ValueKind: JsonValueKind.Object } inner ? inner : link;
            Add(term, term.Text("vocabulary"), link.Text("link_type"), null);
        }
        foreach (var term in e.Many("taxonomies", "taxonomy_terms", "categories", "needs", "circumstances")) Add(term, term.Text("vocabulary", "taxonomy"), null, null);
        if (e.Get("categories", "category", "taxonomies", "tags", "keywords") is { ValueKind: JsonValueKind.Array or JsonValueKind.String }) foreach (var name in Plain(e, "categories", "category", "taxonomies", "tags", "keywords")) draft.AddTerm(name, null, null, null, null, null);
        foreach (var name in e.Texts("send_needs")) draft.AddTerm($"Special educational needs: {name}", null, null, null, null, null);

        static IEnumerable<string> Plain(JsonElement e, params ReadOnlySpan<string> names)
        {
            var found = new List<string>();
            foreach (var name in names)
            {
                if (e.Get(name) is not { } value) continue;
                if (value.ValueKind == JsonValueKind.String) found.AddRange(value.GetString()!.Split([';', '|', ',']));
                else if (value.ValueKind == JsonValueKind.Array) found.AddRange(value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!));
            }
            return found;
        }

        void Add(JsonElement term, string? taxonomy, string? kind, string? label)
        {
            var name = PlainText.Line(term.Text("name", "term", "label") ?? label ?? (term.ValueKind == JsonValueKind.Object ? null : term.GetString()));
            if (name is null) return;
            if (label is not null && !name.Contains(label, StringComparison.OrdinalIgnoreCase) && label.Length < 60) draft.AddFlagWords(name, label);
            draft.AddTerm(name, term.Text("id", "term_uri"), taxonomy, PlainText.Link(term.Text("term_uri", "uri")), term.Text("parent_id"), kind);
        }
    }

    private static void ReadPlaces(JsonElement e, ServiceDraft draft)
    {
        foreach (var at in e.Many("service_at_locations", "service_at_location"))
        {
            if (at.Get("location") is { } location) Place(location, at.Text("id"), at);
            else if (at.Many("addresses", "physical_addresses").Any()) Place(at, at.Text("id"), at);
        }
        foreach (var location in e.Many("locations", "location")) Place(location, null, location);

        void Place(JsonElement location, string? atId, JsonElement holder)
        {
            if (location.ValueKind != JsonValueKind.Object) return;
            var addresses = location.Many("addresses", "physical_addresses", "address").ToList();
            var address = addresses.FirstOrDefault(a => a.Text("address_type") is null or "physical");
            if (address.ValueKind != JsonValueKind.Object) address = addresses.Count > 0 ? addresses[0] : location;
            var words = $"{location.Text("description")} {location.Text("name")} {address.Text("address_1")} {location.Text("alternate_name")}";
            var flags = location.Many("attributes").Concat(holder.Many("attributes")).Select(a => $"{a.Text("link_type", "value", "label")} {(a.Get("taxonomy_term") ?? a).Text("name", "term")}");
            var hidden = location.Flag("mask_exact_address", "hidden", "confidential", "address_hidden", "hide_address", "is_confidential", "private", "address_confidential") == true || location.Flag("visible", "public", "is_public") == false
                || holder.Flag("hidden", "confidential") == true || address.Flag("hidden", "confidential") == true || addresses.Any(a => ServiceDraft.Confidential(a.Text("attention", "address_type")))
                || SourceWords.HidesAddress(words) || flags.Any(f => ServiceDraft.Confidential(f)) || ServiceDraft.Confidential(location.Text("location_type", "visibility", "access", "external_identifier_type"));
            if (location.Text("location_type")?.Equals("virtual", StringComparison.OrdinalIgnoreCase) == true) { draft.Attending.Add("online"); return; }
            var (lat, lon) = (location.Number("latitude", "lat"), location.Number("longitude", "lon", "lng"));
            if (location.Get("geometry") is { } geometry && geometry.Get("coordinates") is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2 && pair[0].TryGetDouble(out var x) && pair[1].TryGetDouble(out var y)) (lat, lon) = (y, x);
            draft.AddLocation(new LocationDraft
            {
                Id = location.Text("id"), AtId = atId, Name = location.Text("name"), Lines = [address.Text("address_1"), address.Text("address_2")], City = address.Text("city"), County = address.Text("state_province", "county") ?? address.Text("region"),
                Postcode = address.Text("postal_code", "postcode"), Lat = lat, Lon = lon, Hidden = hidden,
                Access = [.. location.Many("accessibility", "accessibility_for_disabilities", "accessibilities").Select(a => a.Text("description", "accessibility", "name", "details")).OfType<string>()],
            });
        }
    }

    private static void ReadAreas(JsonElement e, ServiceDraft draft)
    {
        foreach (var area in e.Many("service_areas").Concat(e.Many("service_at_locations").SelectMany(l => l.Many("service_areas"))))
        {
            var name = PlainText.Line(area.Text("name", "service_area", "area") ?? area.Text("description"), 400);
            var uri = area.Text("uri");
            var (extent, type) = (area.Get("extent"), area.Text("extent_type") ?? "");
            var outline = extent is { } shape ? Outline(shape) : null;
            if (outline is null && extent?.ValueKind == JsonValueKind.String && PlainText.Line(extent.Value.GetString(), 400) is { } said && !said.Equals("extent", StringComparison.OrdinalIgnoreCase) && !said.StartsWith('{'))
                name = name is null || type.Contains("postcode", StringComparison.OrdinalIgnoreCase) || type.Contains("name", StringComparison.OrdinalIgnoreCase) ? said : name;
            var code = OnsCode().Match($"{uri} {(extent?.ValueKind == JsonValueKind.String ? extent.Value.GetString() : "")} {area.Text("code", "identifier")}") is { Success: true } m ? m.Value : null;
            if (name is not null || code is not null || outline is not null) draft.Areas.Add(new ServiceArea(AreaKind.Named, name ?? code ?? "", code, outline) { Id = area.Text("id") });
        }
        foreach (var text in e.Get("service_areas") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()) : e.Texts("service_area", "areas_served", "area_served", "coverage"))
            if (PlainText.Line(text, 400) is { } name) draft.Areas.Add(new ServiceArea(AreaKind.Named, name));
    }

    /// <summary>The outer ring of a GeoJSON area, of the first polygon.</summary>
    private static List<double>? Outline(JsonElement extent)
    {
        try
        {
            using var parsed = extent.ValueKind == JsonValueKind.String && extent.GetString() is { Length: > 20 } text && text.TrimStart().StartsWith('{') ? JsonDocument.Parse(text) : null;
            var e = parsed?.RootElement ?? extent;
            if (e.ValueKind != JsonValueKind.Object) return null;
            if (e.Get("geometry") is { } geometry) e = geometry;
            if (e.Many("features").FirstOrDefault().Get("geometry") is { } first) e = first;
            if (e.Get("coordinates") is not { ValueKind: JsonValueKind.Array } rings) return null;
            while (rings.GetArrayLength() > 0 && rings[0].ValueKind == JsonValueKind.Array && rings[0].GetArrayLength() > 0 && rings[0][0].ValueKind == JsonValueKind.Array) rings = rings[0];
            var points = rings.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Array && p.GetArrayLength() >= 2).SelectMany(p => new[] { p[1].GetDouble(), p[0].GetDouble() }).ToList();
            return points.Count is >= 6 and <= 20_000 ? points : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException) { return null; }
    }

    private static void ReadOpening(JsonElement e, ServiceDraft draft)
    {
        var schedules = e.Many("schedules", "regular_schedules", "regular_schedule").Concat(e.Many("service_at_locations").SelectMany(l => l.Many("schedules", "regular_schedules", "regular_schedule").Concat((l.Get("location") ?? l).Many("schedules", "regular_schedules"))));
        foreach (var schedule in schedules) Add(schedule);
        foreach (var holiday in e.Many("holiday_schedules", "holiday_schedule").Concat(e.Many("service_at_locations").SelectMany(l => l.Many("holiday_schedules", "holiday_schedule"))))
        {
            if (holiday.Day("start_date") is not { } from) continue;
            draft.Exceptions.Add(new OpeningException(from, holiday.Day("end_date") ?? from, holiday.Flag("closed") ?? holiday.Text("opens_at") is null, ScheduleWords.Time(holiday.Text("opens_at")), ScheduleWords.Time(holiday.Text("closes_at"))));
        }
        draft.OpeningText(e.Text("opening_hours", "opening_times", "hours"));

        void Add(JsonElement s)
        {
            var days = (s.Text("byday") ?? s.Text("weekday", "day") ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(d => ByDay().Match(d) is { Success: true } m ? m.Groups["n"].Value.TrimStart('+') + m.Groups["d"].Value.ToUpperInvariant() : ScheduleWords.DayCode(d)).OfType<string>().Distinct().ToList();
            var monthDays = (s.Text("bymonthday") ?? "").Split(',', StringSplitOptions.TrimEntries).Select(d => int.TryParse(d, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n is >= -31 and <= 31 and not 0 ? n : 0).Where(n => n != 0).ToList();
            var frequency = s.Text("freq")?.ToUpperInvariant() switch { "MONTHLY" => OpeningFrequency.Monthly, "DAILY" => OpeningFrequency.Daily, _ => OpeningFrequency.Weekly };
            var rule = new OpeningRule
            {
                Frequency = frequency, Interval = (int)Math.Clamp(s.Number("interval") ?? 1, 1, 1000), ByDay = days, ByMonthDay = frequency == OpeningFrequency.Weekly ? [] : monthDays, Starts = s.Day("dtstart"), ValidFrom = s.Day("valid_from"),
                ValidTo = Least(s.Day("valid_to"), s.Day("until")), Count = s.Number("count") is { } count and >= 1 ? (int)Math.Min(count, 10_000) : null,
                Opens = ScheduleWords.Time(s.Text("opens_at", "opens")), Closes = ScheduleWords.Time(s.Text("closes_at", "closes")), Words = PlainText.Line(s.Text("description") ?? s.Text("notes"), 400), Id = s.Text("id"),
            };
            // 1 January 2005 to 1 January 2005 and the like: a rule with a start and no day is one of that weekday.
            if (days.Count == 0 && monthDays.Count == 0 && rule.Starts is null && frequency != OpeningFrequency.Daily)
            {
                if (rule.Words is { } words && !draft.OpeningText(words) || rule.Opens is null) { draft.Dates(rule.ValidFrom, rule.ValidTo); return; }
                return;
            }
            draft.Rules.Add(rule.Counted());
        }
    }

    private static void ReadMoney(JsonElement e, ServiceDraft draft)
    {
        draft.Fees = PlainText.Line(e.Text("fees", "fees_description", "cost", "price"));
        if (e.Flag("free") is { } free) draft.Free = free;
        foreach (var cost in e.Many("cost_options"))
            draft.CostOptions.Add(new CostOption(PlainText.Line(cost.Text("option") ?? cost.Text("description"), 120), cost.Number("amount") is { } amount and >= 0 and < 1_000_000 ? (long)Math.Round(amount * 100) : null, PlainText.Line(cost.Text("amount_description", "cost_type"), 120)));
    }

    private static void ReadContact(JsonElement e, ServiceDraft draft)
    {
        draft.Web = PlainText.Link(e.Text("url", "website"));
        draft.Email = PlainText.Email(e.Text("email"));
        var numbers = e.Many("phones").Concat(e.Many("contacts").SelectMany(c => c.Many("phones"))).Select(p => p.Text("number", "phone"))
            .Concat(e.Many("contacts").Select(c => c.Text("phone", "telephone"))).Append(e.Text("phone", "telephone")).Concat(e.Many("service_at_locations").SelectMany(l => l.Many("phones")).Select(p => p.Text("number")));
        draft.Phone = numbers.OfType<string>().Select(n => PlainText.Line(n, 40)).FirstOrDefault(n => n is not null && n.Count(char.IsAsciiDigit) >= 3);
    }

    private static DateOnly? Least(DateOnly? a, DateOnly? b) => a is null ? b : b is null ? a : a < b ? a : b;

    [GeneratedRegex(@"^(?<n>[+-]?\d{0,2})(?<d>MO|TU|WE|TH|FR|SA|SU)$", RegexOptions.IgnoreCase)]
    private static partial Regex ByDay();

    [GeneratedRegex(@"\b[EWSNK]\d{8}\b")]
    private static partial Regex OnsCode();
}
