using System.Globalization;
using System.Text.Json.Nodes;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// Our services as Open Referral UK 3.0 has them, each also a valid record of HSDS 3.1. What is not known is left out, never null; what the standard has no
/// place for stands in one block of additions. Nothing internal, no hidden place, no named person.
/// </summary>
public static class OpenReferral
{
    public static JsonObject Minimal(Service s) => new() { ["id"] = s.Uuid.ToString(), ["name"] = s.Name, ["status"] = StatusOf(s), ["last_modified"] = Moment(s.ChangedAt) };

    /// <summary>The fields that a service has once.</summary>
    public static JsonObject Summary(Service s)
    {
        var o = new JsonObject { ["id"] = s.Uuid.ToString() };
        if (OpenReferralBook.OrganisationId(s) is { } owner) o["organization_id"] = owner.ToString();
        o["name"] = s.Name;
        Put(o, "description", s.Description);
        Put(o, "url", PlainText.Link(s.Web));
        Put(o, "email", s.Email);
        o["status"] = StatusOf(s);
        Put(o, "fees", s.Cost.Words);
        Put(o, "fees_description", s.Cost.Words);
        Put(o, "eligibility_description", MenuGate.Words(s));
        Put(o, "accreditations", s.Accreditations);
        if (s.MinimumAge is { } from) o["minimum_age"] = from;
        if (s.MaximumAge is { } to) o["maximum_age"] = to;
        if (!s.NeverConfirmed) o["assured_date"] = Day(s.LastChecked);
        Put(o, "alert", s.Alert);
        if (s.Capacity?.WaitingDays is { } wait) o["wait_time"] = wait == 1 ? "About 1 day" : $"About {wait} days";
        o["last_modified"] = Moment(s.ChangedAt);
        if (Organisation(s) is { } organisation) o["organization"] = organisation;
        return o;
    }

    /// <summary>All of it.</summary>
    public static JsonObject Full(Service s)
    {
        var o = Summary(s);
        var id = s.Uuid;
        Put(o, "schedules", [.. Schedules(s)]);
        Put(o, "service_areas", [.. s.AreasServed.Where(a => a.Only).Select((a, i) => { var area = new JsonObject { ["id"] = NamedId.OwnOr(a.Id, "service_area", $"{id}\n{i}").ToString(), ["name"] = a.Name, ["service_area"] = a.Name }; if (a.Code is { } code) area["uri"] = $"http://statistics.data.gov.uk/id/statistical-geography/{code}"; return area; })]);
        Put(o, "service_at_locations", [.. OpenReferralBook.PlacesOf(s).Select(p => Place(p, withService: false))]);
        Put(o, "languages", [.. s.Languages.Select(l => new JsonObject { ["id"] = NamedId.Of("language", $"{id}\n{l}").ToString(), ["name"] = Languages.NameOf(l), ["code"] = l })]);
        Put(o, "cost_options", [.. s.CostOptions.Select((c, i) => Cost(id, c, i))]);
        if (s.Phone is { } phone)
        {
            JsonObject Number(string kind) => new() { ["id"] = NamedId.Of("phone", $"{id}\n{kind}\n{phone}").ToString(), ["number"] = phone };
            o["phones"] = new JsonArray(Number("service"));
            o["contacts"] = new JsonArray(new JsonObject { ["id"] = NamedId.Of("contact", $"{id}").ToString(), ["phones"] = new JsonArray(Number("contact")) });
        }
        if (s.Capacity?.Places is { } places) o["capacities"] = new JsonArray(new JsonObject { ["id"] = NamedId.Of("capacity", $"{id}").ToString(), ["unit"] = new JsonObject { ["id"] = NamedId.Of("unit", "place").ToString(), ["name"] = "place" }, ["available"] = places, ["updated"] = Moment(s.ChangedAt) });
        Put(o, "attributes", [.. OpenReferralBook.TermsOf(s).DistinctBy(t => t.Id).Select(t => new JsonObject { ["id"] = NamedId.Of("attribute", $"{id}\n{t.Id}").ToString(), ["link_type"] = t.Taxonomy == OpenReferralBook.OurNeeds ? "need" : "category", ["taxonomy_term"] = Term(t) })]);
        o[FeedReader.Additions] = ServiceAdditions.Of(s);
        return o;
    }

    public static JsonObject Place(FeedPlace p, bool withService, bool full = true)
    {
        var o = new JsonObject { ["id"] = p.Id.ToString(), ["service_id"] = p.Service.Uuid.ToString(), ["location_id"] = p.LocationId.ToString() };
        var location = new JsonObject { ["id"] = p.LocationId.ToString(), ["location_type"] = "physical" };
        Put(location, "name", p.Location.Name);
        if (p.Location.Point is { } point) (location["latitude"], location["longitude"]) = (point.Latitude, point.Longitude);
        if (full)
        {
            var town = p.Location.Town.Length > 0 ? p.Location.Town : p.Location.District;
            location["addresses"] = new JsonArray(new JsonObject
            {
                ["id"] = NamedId.Of("address", p.LocationId.ToString()).ToString(), ["address_1"] = p.Location.Address.Length > 0 ? p.Location.Address : p.Location.Name, ["city"] = town, ["state_province"] = p.Location.County ?? p.Location.District,
                ["postal_code"] = p.Location.Postcode, ["country"] = "GB", ["address_type"] = "physical",
            });
            Put(location, "accessibility", [.. p.Service.Access.Select((a, i) => new JsonObject { ["id"] = NamedId.Of("accessibility", $"{p.Id}\n{i}").ToString(), ["description"] = a })]);
        }
        o["location"] = location;
        if (withService) o["service"] = Summary(p.Service);
        return o;
    }

    public static JsonObject Organisation(FeedOrganisation organisation, bool withServices, bool fullServices)
    {
        var o = Organisation(organisation.Services[0])!;
        if (withServices) o["services"] = new JsonArray([.. organisation.Services.Select(s => fullServices ? Full(s) : Minimal(s))]);
        return o;
    }

    public static JsonObject Taxonomy(FeedTaxonomy t, IEnumerable<FeedTerm>? terms = null)
    {
        var o = new JsonObject { ["id"] = t.Id.ToString(), ["name"] = t.Name, ["description"] = t.Description };
        if (terms is not null) Put(o, "taxonomy_terms", [.. terms.Select(Term)]);
        return o;
    }

    public static JsonObject Term(FeedTerm t)
    {
        var o = new JsonObject { ["id"] = t.Id.ToString(), ["name"] = t.Name, ["description"] = t.Description, ["taxonomy"] = t.Taxonomy.Name, ["taxonomy_id"] = t.Taxonomy.Id.ToString(), ["term"] = t.Name };
        if (t.ParentId is { } parent) o["parent_id"] = parent.ToString();
        Put(o, "term_uri", t.Uri);
        return o;
    }

    private static JsonObject? Organisation(Service s)
    {
        if (OpenReferralBook.OrganisationId(s) is not { } id) return null;
        var o = new JsonObject { ["id"] = id.ToString(), ["name"] = s.Organisation, ["description"] = s.Provider?.Description ?? s.Organisation };
        Put(o, "email", s.Provider?.Email);
        Put(o, "website", PlainText.Link(s.Provider?.Web));
        return o;
    }

    private static JsonObject Cost(Guid service, CostOption cost, int i)
    {
        var o = new JsonObject { ["id"] = NamedId.Of("cost_option", $"{service}\n{i}").ToString() };
        Put(o, "option", cost.Words);
        if (cost.Pence is { } pence) (o["amount"], o["currency"]) = (pence / 100m, "GBP");
        Put(o, "amount_description", cost.Per);
        return o;
    }

    private static IEnumerable<JsonObject> Schedules(Service s)
    {
        var (opening, n) = (s.Opening, 0);
        foreach (var hours in opening.Weekly)
        {
            var o = New($"week {n++}");
            (o["freq"], o["interval"], o["byday"]) = ("WEEKLY", 1, string.Join(',', hours.Days.Select(ScheduleWords.DayCode)));
            (o["opens_at"], o["closes_at"]) = (Time(hours.Opens), Time(hours.Closes));
            var notes = (opening.SchoolTermsOnly ? "School terms only. " : "") + string.Join(' ', (opening.Exceptions ?? []).Select(e => $"{(e.Closed ? "Closed" : $"{e.Opens:HH\\:mm} to {e.Closes:HH\\:mm}")} {Day(e.From)} to {Day(e.To)}."));
            Put(o, "notes", notes.Trim());
            yield return o;
        }
        foreach (var rule in opening.Rules ?? [])
        {
            var o = New($"rule {n++}", rule.Id);
            // The standard knows weeks and months; every day is each day of the week.
            var daily = rule.Frequency == OpeningFrequency.Daily;
            (o["freq"], o["interval"]) = (rule.Frequency == OpeningFrequency.Monthly ? "MONTHLY" : "WEEKLY", daily ? 1 : rule.Interval);
            Put(o, "byday", daily && rule.ByDay.Count == 0 ? "MO,TU,WE,TH,FR,SA,SU" : string.Join(',', rule.ByDay));
            Put(o, "bymonthday", string.Join(',', rule.ByMonthDay));
            if (rule.Starts is { } starts) o["dtstart"] = Day(starts);
            if (rule.ValidFrom is { } from) o["valid_from"] = Day(from);
            if (rule.ValidTo is { } to) o["valid_to"] = Day(to);
            if (rule.Count is { } count) o["count"] = count;
            if (rule.Opens is { } opens) o["opens_at"] = Time(opens);
            if (rule.Closes is { } closes) o["closes_at"] = Time(closes);
            Put(o, "description", rule.Words);
            yield return o;
        }
        if (n == 0 && opening.InWords is { } words)
        {
            var o = New("words");
            o["description"] = words;
            yield return o;
        }

        JsonObject New(string which, string? own = null) => new() { ["id"] = NamedId.OwnOr(own, "schedule", $"{s.Uuid}\n{which}").ToString() };
    }

    private static string StatusOf(Service s) => s.Status switch { ServiceStatus.Active => "active", ServiceStatus.Inactive => "inactive", ServiceStatus.Defunct => "defunct", _ => "temporarily closed" };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
    private static string Moment(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Put(JsonObject o, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) o[name] = value;
    }

    private static void Put(JsonObject o, string name, JsonObject[] values)
    {
        if (values.Length > 0) o[name] = new JsonArray([.. values]);
    }
}
