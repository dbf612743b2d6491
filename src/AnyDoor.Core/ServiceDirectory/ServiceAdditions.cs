using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// What our own feed says beyond the standard, in one block beside it: a reader that does not know it loses nothing of the standard, and ours reads it
/// back whole, so that a round trip changes nothing. Nothing internal is in it.
/// </summary>
internal static class ServiceAdditions
{
    /// <summary>What another house has of its own, or may not know.</summary>
    private static readonly string[] NotTold = ["id", "source", "source_id", "visibility", "assurer", "owner", "source_changed_at"];

    public static JsonObject Of(Service service)
    {
        // With the ids that the standard's fields have here, so that they are the same wherever it is read.
        var places = OpenReferralBook.PlacesOf(service).ToList();
        service = service with
        {
            Locations = [.. service.Locations.Select(l => places.Find(p => ReferenceEquals(p.Location, l)) is { } place
                ? l with { Id = place.LocationId.ToString(), AtLocationId = place.Id.ToString() } : new ServiceLocation("Confidential address", "", "", null, null, "") { Hidden = true })],
            Provider = OpenReferralBook.OrganisationId(service) is { } owner ? new Provider(owner.ToString(), service.Provider?.Description ?? service.Organisation, PlainText.Link(service.Provider?.Web), service.Provider?.Email) : null,
            Web = PlainText.Link(service.Web),
        };
        var block = JsonSerializer.SerializeToNode(service, ServiceJson.Options)!.AsObject();
        foreach (var field in NotTold) block.Remove(field);
        return block;
    }

    public static Service Put(Service read, JsonElement block)
    {
        try
        {
            // Onto what the standard's own fields gave: ours are the wider ones.
            var node = JsonSerializer.SerializeToNode(read, ServiceJson.Options)!.AsObject();
            foreach (var field in block.EnumerateObject())
                if (!NotTold.Contains(field.Name)) node[field.Name] = JsonNode.Parse(field.Value.GetRawText());
            // What ours does not have was only made for the standard's fields.
            foreach (var field in node.Select(n => n.Key).Where(k => !NotTold.Contains(k) && !block.TryGetProperty(k, out _)).ToList()) node.Remove(field);
            // A name or text of others is plain words here too, whoever says it comes from us.
            return !HasHoles(node) && node.Deserialize<Service>(Strict) is { } whole
                ? Cleaned(whole) with { Visibility = read.Visibility, Name = read.Name, Description = read.Description, Web = read.Web, Email = read.Email, Alert = read.Alert, Phone = PlainText.Line(whole.Phone, 40), Organisation = read.Organisation, Provider = read.Provider }
                : read;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException) { return read; }
    }

    private static bool HasHoles(JsonNode? node) => node switch
    {
        JsonArray list => list.Any(e => e is null || HasHoles(e)),
        JsonObject o => o.Any(p => p.Value is not null && HasHoles(p.Value)),
        _ => false,
    };

    private static Service Cleaned(Service s) => s with
    {
        Locations = [.. s.Locations.Select(l => l with { Name = Clean(l.Name), Address = Clean(l.Address), Postcode = Clean(l.Postcode), City = l.City is { } city ? Clean(city) : null, County = l.County is { } county ? Clean(county) : null })],
        Cost = s.Cost with { Words = Clean(s.Cost.Words) },
        Eligibility = s.Eligibility is { } eligibility ? eligibility with { Words = Clean(eligibility.Words) } : null,
        Contribution = s.Contribution is { } give ? give with { Words = Clean(give.Words) } : null,
        AreasServed = [.. s.AreasServed.Select(a => a with { Name = Clean(a.Name) })],
        Opening = s.Opening with { Rules = s.Opening.Rules is { } rules ? [.. rules.Select(r => r.Counted())] : null },
    };

    private static string Clean(string text) => text.AsSpan().ContainsAny('<', '&') ? PlainText.Line(text, 400) ?? "" : text;

    /// <summary>A null where something belongs is no record of ours.</summary>
    private static readonly JsonSerializerOptions Strict = new(ServiceJson.Options) { RespectNullableAnnotations = true };
}

internal static class ServiceJson
{
    /// <summary>As the content files, and what is not known is left out.</summary>
    public static readonly JsonSerializerOptions Options = new(ContentFiles.Json) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
