using System.Text.Json.Nodes;

namespace AnyDoor.Organisations;

/// <summary>One value that differs between two bodies of a setting. Elements of a list are named by their id.</summary>
/// <param name="Path">Like <c>telephone</c>, <c>complaints/email</c> or <c>domestic-abuse/number</c>.</param>
public sealed record SettingChange(string Path, string? Before, string? After)
{
    /// <summary>The last part of the path: the field on the page.</summary>
    public string Field => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>Compares and joins bodies of settings value by value, so that two people who change two things both keep their change.</summary>
internal static class SettingsMerge
{
    public static IReadOnlyList<SettingChange> Changes(JsonNode? before, JsonNode? after)
    {
        var changes = new List<SettingChange>();
        Compare(before, after, "", changes);
        return changes;
    }

    /// <summary>What <paramref name="mine"/> changed since <paramref name="known"/>, put into <paramref name="theirs"/>.</summary>
    /// <param name="clashes">The paths that both changed, to different values. There, mine is put.</param>
    public static JsonNode? Merge(JsonNode? known, JsonNode? mine, JsonNode? theirs, List<string> clashes, string path = "")
    {
        if (Same(mine, known) || Same(mine, theirs)) return theirs?.DeepClone();
        if (Same(theirs, known)) return mine?.DeepClone();
        if (mine is JsonObject m && theirs is JsonObject t)
        {
            var whole = new JsonObject();
            foreach (var key in t.Select(p => p.Key).Union(m.Select(p => p.Key))) whole[key] = Merge((known as JsonObject)?[key], m[key], t[key], clashes, Join(path, key));
            return whole;
        }
        if (ById(mine) is { } myOnes && ById(theirs) is { } theirOnes)
        {
            var was = ById(known) ?? [];
            var list = new JsonArray();
            foreach (var id in theirOnes.Keys.Union(myOnes.Keys))
                if (Merge(was.GetValueOrDefault(id), myOnes.GetValueOrDefault(id), theirOnes.GetValueOrDefault(id), clashes, Join(path, id)) is { } one) list.Add(one);
            return list;
        }
        clashes.Add(path);
        return mine?.DeepClone();
    }

    private static void Compare(JsonNode? before, JsonNode? after, string path, List<SettingChange> changes)
    {
        if (Same(before, after)) return;
        if ((before ?? after) is JsonObject && (before is null or JsonObject) && (after is null or JsonObject))
        {
            var (b, a) = (before as JsonObject ?? [], after as JsonObject ?? []);
            foreach (var key in b.Select(p => p.Key).Union(a.Select(p => p.Key))) Compare(b[key], a[key], Join(path, key), changes);
        }
        else if ((ById(before) ?? ById(after)) is not null && (before is null || ById(before) is not null) && (after is null || ById(after) is not null))
        {
            var (b, a) = (ById(before) ?? [], ById(after) ?? []);
            foreach (var id in b.Keys.Union(a.Keys)) Compare(b.GetValueOrDefault(id), a.GetValueOrDefault(id), Join(path, id), changes);
        }
        else
        {
            changes.Add(new SettingChange(path, Words(before), Words(after)));
        }
    }

    /// <summary>The elements of a list by their ids; null when it is no such list.</summary>
    private static Dictionary<string, JsonNode>? ById(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } list) return null;
        var ones = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var one in list)
            if (one is not JsonObject o || o["id"] is not JsonValue id || !id.TryGetValue(out string? name) || !ones.TryAdd(name, one)) return null;
        return ones;
    }

    // A value that is not there and one that is empty mean the same.
    private static bool Same(JsonNode? one, JsonNode? other) => JsonNode.DeepEquals(one, other);

    private static string? Words(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonArray list => string.Join(", ", list.Select(Words)),
        _ => node.ToJsonString(Common.ContentFiles.Json),
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
}
