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
            return node.Deserialize<Service>(ServiceJson.Options) is { } whole
                ? whole with { Visibility = read.Visibility, Name = read.Name, Description = read.Description, Web = read.Web, Email = read.Email, Alert = read.Alert, Phone = PlainText.Line(whole.Phone, 40), Organisation = read.Organisation, Provider = read.Provider }
                : read;
        }
        catch (JsonException) { return read; }
    }
}

internal static class ServiceJson
{
    /// <summary>As the content files, and what is not known is left out.</summary>
    public static readonly JsonSerializerOptions Options = new(ContentFiles.Json) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
