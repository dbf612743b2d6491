using System.Reflection;

namespace AnyDoor.Web.Tests;

/// <summary>The web project's own files.</summary>
internal static class WebProject
{
    public static string Folder { get; } = typeof(WebProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "WebProject").Value!;

    public static string PathTo(params string[] parts) => Path.Combine([Folder, .. parts]);
}
