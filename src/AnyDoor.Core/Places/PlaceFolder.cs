using AnyDoor.Audit;

namespace AnyDoor.Places;

/// <summary>Loads the files of place data that lie in a folder, each version once. What is none of ours is left alone; what cannot be loaded is said and keeps nothing else from it.</summary>
public sealed class PlaceFolder(PlaceImport import)
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".geojson", ".geojson.gz"];

    /// <param name="say">A line for whoever watches, before and after each file that is new.</param>
    /// <returns>How many files came in now.</returns>
    public async Task<int> LoadAsync(string folder, AuditContext who, Action<string> say, CancellationToken cancel)
    {
        var loaded = 0;
        List<string> files = [.. Files(folder)];
        for (var i = 0; i < files.Count; i++)
        {
            var (file, name) = (files[i], Path.GetFileName(files[i]));
            cancel.ThrowIfCancellationRequested();
            try
            {
                if (await import.HasAsync(file, cancel) || !PlaceImport.Knows(file)) continue;
                say($"Loading place data, file {i + 1} of {files.Count}: {name}, {(File.ResolveLinkTarget(file, returnFinalTarget: true) as FileInfo ?? new FileInfo(file)).Length / 1_000_000.0:0.0} MB");
                var done = await import.LoadAsync(file, who, cancel, again: LoadAgain.Leave, say: say);
                say($"{name}: {done.Rows:N0} rows of {done.Kind}, {done.Edition}; {done.Quarantined:N0} set aside");
                loaded++;
            }
            catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                say($"{name} was not loaded. {error.Message}");
            }
        }
        return loaded;
    }

    /// <summary>The folder's own files, and all below its folder <c>places</c>. Boundaries come first: coordinates are placed in them.</summary>
    private static IEnumerable<string> Files(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var below = Path.Combine(folder, "places");
        return Directory.EnumerateFiles(folder).Concat(Directory.Exists(below) ? Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories) : [])
            .Where(f => Endings.Any(e => f.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(f => f.Contains(".geojson", StringComparison.OrdinalIgnoreCase) ? 0 : 1).ThenBy(f => f, StringComparer.Ordinal);
    }
}
