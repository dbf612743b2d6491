using System.Reflection;
using System.Text.Json;

namespace AnyDoor.Common;

/// <summary>The dated data files that ship inside the product (<c>src/AnyDoor.Core/Content</c>).</summary>
public static class ContentFiles
{
    /// <summary>Property names are snake_case in every file.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        WriteIndented = false,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Assembly Here = typeof(ContentFiles).Assembly;

    public static Stream Open(string path) =>
        Here.GetManifestResourceStream($"Content/{path}") ?? throw new FileNotFoundException($"The product holds no content file {path}.");

    public static T Read<T>(string path)
    {
        using var stream = Open(path);
        return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new InvalidDataException($"{path} is empty.");
    }

    public static IEnumerable<string> In(string folder) =>
        Here.GetManifestResourceNames().Where(n => n.StartsWith($"Content/{folder}/", StringComparison.Ordinal)).Select(n => n["Content/".Length..]).Order(StringComparer.Ordinal);
}
