using System.Text.Json;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// How a table of services is read: which column is which field, and what holds for every row. A mapping file names them; without one, the usual
/// names of columns are known.
/// </summary>
/// <param name="Columns">Field to the columns that hold it.</param>
/// <param name="Always">Field to a value that every row has where its own is empty.</param>
internal sealed record TableMapping(IReadOnlyDictionary<string, IReadOnlyList<string>> Columns, IReadOnlyDictionary<string, string> Always)
{
    /// <summary>Each field with the names that columns have for it, folded. The first is the field's own.</summary>
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["id"] = ["id", "service id", "serviceid", "identifier", "uuid", "record id", "ref", "reference", "unique id"],
        ["name"] = ["name", "service name", "servicename", "title", "service", "service title", "offer", "activity"],
        ["organisation"] = ["organisation", "organization", "provider", "organisation name", "organization name", "provider name", "run by", "delivered by", "network", "org", "charity"],
        ["organisation_id"] = ["organisation id", "organization id", "provider id"],
        ["description"] = ["description", "details", "summary", "about", "what", "what we do", "info", "information", "notes", "service description", "support"],
        ["location_name"] = ["location name", "venue", "venue name", "location", "site", "building", "place", "where"],
        ["address"] = ["address", "address 1", "address1", "address line 1", "street", "street address", "full address", "venue address"],
        ["address_2"] = ["address 2", "address2", "address line 2"],
        ["city"] = ["city", "town", "locality", "village", "post town", "town city"],
        ["county"] = ["county", "state province", "region"],
        ["postcode"] = ["postcode", "post code", "postal code", "zip"],
        ["lat"] = ["lat", "latitude", "y"],
        ["lon"] = ["lon", "lng", "long", "longitude", "x"],
        ["phone"] = ["phone", "telephone", "tel", "phone number", "telephone number", "contact number", "contact phone"],
        ["email"] = ["email", "e mail", "email address", "contact email"],
        ["web"] = ["url", "website", "web", "link", "web address", "web site", "homepage"],
        ["opening"] = ["opening", "opening hours", "opening times", "hours", "times", "open", "when", "schedule", "days and times", "opening time", "session times", "days"],
        ["category"] = ["category", "categories", "type", "service type", "taxonomy", "taxonomies", "taxonomy terms", "theme", "tags", "keywords", "need", "needs", "subcategory", "sub category", "topic"],
        ["eligibility"] = ["eligibility", "who for", "who is it for", "for whom", "audience description", "suitable for", "target group", "eligible", "who can use it", "whom", "criteria", "age group", "age range", "ages", "target audience"],
        ["min_age"] = ["min age", "minimum age", "age from", "minimumage", "from age", "age min", "lowest age"],
        ["max_age"] = ["max age", "maximum age", "age to", "maximumage", "to age", "age max", "highest age"],
        ["cost"] = ["cost", "fees", "price", "charge", "charges", "fee", "costs", "cost description"],
        ["free"] = ["free", "is free"],
        ["area"] = ["area", "area served", "areas served", "coverage", "service area", "service areas", "catchment", "districts", "district", "covers", "areas", "geographic area", "serves", "coverage area"],
        ["status"] = ["status", "state", "service status"],
        ["languages"] = ["languages", "language", "languages spoken"],
        ["referral"] = ["referral required", "referral", "referral needed", "needs referral"],
        ["how"] = ["how to access", "access", "how to use", "application process", "referral info", "referral process", "attending access"],
        ["delivery"] = ["delivery", "delivery option", "attending type", "mode", "delivered", "format"],
        ["accessibility"] = ["accessibility", "disabled access", "wheelchair access", "facilities"],
        ["assured"] = ["assured date", "last assured", "last checked", "last verified", "last reviewed", "verified", "reviewed", "checked", "last review", "date checked", "assured"],
        ["modified"] = ["last modified", "modified", "updated", "last updated", "updated at"],
        ["visibility"] = ["visibility", "audience", "visible to", "shown to", "public", "publish", "published", "internal"],
        ["hidden"] = ["hidden", "hide address", "confidential", "address hidden", "mask address", "confidential address", "address confidential", "mask exact address", "hidden address", "hidden location"],
        ["from"] = ["start date", "valid from", "starts", "from", "start"],
        ["until"] = ["end date", "valid to", "ends", "until", "closing date", "closed date", "to", "end", "closes"],
        ["waiting"] = ["waiting time", "wait time", "waiting", "waiting list", "capacity"],
        ["alert"] = ["alert", "notice", "warning"],
    };

    public static IEnumerable<string> Fields => Known.Keys;

    /// <exception cref="InvalidDataException">No column is known as a name.</exception>
    public static TableMapping For(IReadOnlyList<string> header, string called)
    {
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (field, names) in Known)
        {
            var own = names.SelectMany(n => header.Where(h => Plain(h) == n)).Where(h => !taken.Contains(h)).Distinct().ToList();
            // Several columns make one description or one set of categories; of any other field the likeliest counts.
            if (field is not ("description" or "category" or "opening" or "area" or "eligibility")) own = [.. own.Take(1)];
            if (own.Count == 0) continue;
            columns[field] = own;
            taken.UnionWith(own);
        }
        if (!columns.ContainsKey("name")) throw new InvalidDataException($"{Path.GetFileName(called)} has no column that is known as the service’s name. It has: {string.Join(", ", header.Take(12))}. Name the columns in a mapping file: --mapping FILE.");
        return new(columns, new Dictionary<string, string>());
    }

    /// <summary>
    /// <c>{"columns": {"name": "Title", "category": ["Type", "Theme"]}, "always": {"area": "Fenland"}}</c>. Columns may also stand first
    /// (<c>{"Title": "name"}</c>) or in a list of <c>{"column", "field"}</c>, as in the mappings of requests.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no mapping, or names a field that there is not.</exception>
    public static TableMapping Read(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = document.RootElement;
            var held = root.Get("columns", "fields", "mapping") ?? root;
            var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            if (held.ValueKind == JsonValueKind.Array)
                foreach (var one in held.EnumerateArray()) Add(one.Text("field", "to", "target"), one.Text("column", "from", "source", "header"));
            else if (held.ValueKind == JsonValueKind.Object)
                foreach (var one in held.EnumerateObject())
                {
                    if (held.GetRawText() == root.GetRawText() && one.Name is "id" or "owner" or "source" or "starts" or "invented" or "always" or "defaults" or "constants" && FieldOf(one.Name) is null) continue;
                    var values = one.Value.ValueKind == JsonValueKind.Array ? one.Value.EnumerateArray().Select(v => v.ToString()).ToList() : one.Value.ValueKind == JsonValueKind.Object ? [one.Value.Text("column", "from", "field", "to") ?? ""] : [one.Value.ToString()];
                    foreach (var value in values)
                    {
                        if (FieldOf(one.Name) is { } field && (FieldOf(value) is null || one.Name == field || !Known.ContainsKey(value))) Add(field, value);
                        else Add(FieldOf(value), one.Name);
                    }
                }
            if (!columns.ContainsKey("name")) throw new InvalidDataException($"{path} names no column for “name”. It needs \"columns\": {{ \"name\": \"…\" }}. Fields: {string.Join(", ", Known.Keys)}.");
            var always = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var one in root.Get("always", "defaults", "constants") is { ValueKind: JsonValueKind.Object } values2 ? values2.EnumerateObject().ToList() : [])
                if (FieldOf(one.Name) is { } field) always[field] = one.Value.ToString();
            return new(columns, always);

            void Add(string? field, string? column)
            {
                if (column is null) return;
                if (field is null || FieldOf(field) is not { } known) throw new InvalidDataException($"{path} maps “{column}” to “{field}”, and there is no such field. Fields: {string.Join(", ", Known.Keys)}.");
                columns[known] = columns.TryGetValue(known, out var before) ? [.. before, column] : [column];
            }
        }
        catch (JsonException error) { throw new InvalidDataException($"{path} is not a mapping: {error.Message}"); }
    }

    /// <summary>The field by its own name, by any name a column has for it, or as the standard calls it.</summary>
    private static string? FieldOf(string name)
    {
        var plain = Plain(name[(name.LastIndexOf('.') + 1)..]);
        if (name.StartsWith("organi", StringComparison.OrdinalIgnoreCase) && plain is "name" or "id" && name.Contains('.', StringComparison.Ordinal)) return plain == "id" ? "organisation_id" : "organisation";
        if (Known.ContainsKey(name)) return name;
        return Known.Where(k => Plain(k.Key) == plain).Concat(Known.Where(k => k.Value.Contains(plain))).Select(k => k.Key).FirstOrDefault();
    }

    private static string Plain(string text) => string.Join(' ', text.Trim().ToLowerInvariant().Split([' ', '_', '-', '/', '.', '?', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries));
}
