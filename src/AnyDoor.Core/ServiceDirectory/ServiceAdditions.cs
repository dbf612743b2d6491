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
    private static readonly string[] Fields =
    [
        "needs", "how_to_use", "delivered", "cost", "opening", "areas_served", "locations", "languages", "access", "eligibility", "capacity", "contribution", "level", "only_for", "never_confirmed", "last_checked", "owner", "phone", "source_id", "invented", "description", "organisation", "provider", "terms",
    ];

    /// <summary>The block, out of the body as it is stored.</summary>
    public static JsonObject Of(string body, Service service)
    {
        var stored = JsonNode.Parse(body)!.AsObject();
        var block = new JsonObject();
        foreach (var field in Fields)
        {
            if (field == "locations" && service.Locations.Any(l => l.Hidden)) block[field] = Open(stored[field]!.AsArray());
            else if (stored[field] is { } value) block[field] = value.DeepClone();
        }
        block["never_confirmed"] = service.NeverConfirmed;
        block["last_checked"] = service.LastChecked.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return block;
    }

    public static Service Put(Service read, JsonElement block)
    {
        try
        {
            // Onto what the standard's own fields gave: ours are the wider ones.
            var node = JsonSerializer.SerializeToNode(read, ServiceJson.Options)!.AsObject();
            foreach (var field in Fields)
                if (block.TryGetProperty(field, out var value)) node[field] = JsonNode.Parse(value.GetRawText());
            node["source"] = read.Source;
            node["id"] = read.Id;
            return node.Deserialize<Service>(ServiceJson.Options) is { } whole ? whole with { Visibility = read.Visibility } : read;
        }
        catch (JsonException) { return read; }
    }

    /// <summary>Hidden places without their address.</summary>
    private static JsonArray Open(JsonArray locations)
    {
        var open = new JsonArray();
        foreach (var one in locations)
        {
            var place = one!.DeepClone().AsObject();
            if (place["hidden"]?.GetValue<bool>() == true) place = new JsonObject { ["name"] = "Confidential address", ["address"] = "", ["postcode"] = "", ["district"] = "", ["hidden"] = true };
            open.Add(place);
        }
        return open;
    }
}

internal static class ServiceJson
{
    /// <summary>As the content files, and what is not known is left out.</summary>
    public static readonly JsonSerializerOptions Options = new(ContentFiles.Json) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };
}
