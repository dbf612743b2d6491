using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>One record of a source: read, or why not; with what was sent.</summary>
/// <param name="Row">Its place in the source, from 1; a table's header is row 1.</param>
internal sealed record FeedRecord(int Row, Service? Service, FeedProblem? Problem, string Document)
{
    /// <summary>An AnyDoor sent it.</summary>
    public bool IsOurs { get; init; }
}

/// <summary>The records of one page, and the page that follows; none: it was the last.</summary>
internal sealed record FeedPage(IReadOnlyList<FeedRecord> Records, int Page, int? Next);

/// <summary>Where services come from: a feed on the web, page after page, or a file: JSON in any of the shapes a feed answers with, one record a line, or a table.</summary>
internal sealed class FeedSource(string name, TableMapping? mapping, PublicFetch fetch, DateOnly today)
{
    private const int PageSize = 100;
    private static readonly JsonDocumentOptions Lax = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 128 };

    public bool IsWeb { get; } = name.Contains("://", StringComparison.Ordinal);

    /// <summary>What rows of it are kept under: the same for each page of it, and for the same file from another folder.</summary>
    public string Key { get; } = name.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(name, UriKind.Absolute, out var uri) ? $"{uri.GetLeftPart(UriPartial.Path).TrimEnd('/')}" : $"file:{Path.GetFileName(name)}";

    public IAsyncEnumerable<FeedPage> PagesAsync(int from, CancellationToken cancel) => IsWeb ? WebAsync(from, cancel) : FileAsync(cancel);

    private async IAsyncEnumerable<FeedPage> FileAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (!File.Exists(name)) throw new FileNotFoundException($"There is no file {name}.");
        // A mapping says how tables are read; a document beside them is still one.
        if (LooksLikeTable(name))
        {
            using var file = DelimitedFile.Open(name);
            var reader = new ServiceTable(file, mapping ?? TableMapping.For(file.Header, name), Key, today);
            foreach (var chunk in reader.Records().Chunk(1000)) yield return new FeedPage(chunk, 1, 2);
            yield break;
        }
        var text = await ReadAsync(name, cancel);
        foreach (var chunk in Records(text, Path.GetFileName(name)).Chunk(1000)) yield return new FeedPage(chunk, 1, 2);
    }

    private async IAsyncEnumerable<FeedPage> WebAsync(int from, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!Uri.TryCreate(name, UriKind.Absolute, out var given)) throw new FeedStoppedException($"{name} is not an address on the web.");
        var (address, first) = await FirstAsync(given, from, cancel);
        var (row, details) = (0, true);
        string? before = null;
        for (var page = from; ;)
        {
            var text = page == from ? first : await fetch.TextAsync(PageOf(address, page), cancel) ?? throw new FeedStoppedException($"Page {page} of {Key} is not there.");
            using var document = Parse(text);
            if (document is null || document.RootElement is { ValueKind: JsonValueKind.Array } || Contents(document.RootElement) is null)
            {
                // One record a line, a list, one service or a table: all of it at once.
                yield return new FeedPage(AtOnce(text), page, null);
                yield break;
            }
            var root = document.RootElement;
            var items = Contents(root)!.Value.EnumerateArray().ToList();
            var mark = items.Count > 0 ? items[0].GetRawText() : null;
            // Gone on at a later page: the records before it count too.
            if (page == from) row = (from - 1) * (int)Math.Max(PageSize, Math.Max(items.Count, Math.Min(root.Number("size", "per_page") ?? 0, 10_000)));
            // A feed that gives the same page for every number has only one.
            if (mark is not null && mark == before) yield break;
            before = mark;
            var records = new List<FeedRecord>(items.Count);
            foreach (var item in items)
            {
                row++;
                if (details && !IsWhole(item) && item.Text("id") is { } id)
                {
                    var (whole, problem) = await DetailAsync(address, id, cancel);
                    if (problem is not null) { records.Add(new FeedRecord(row, null, problem, item.GetRawText())); continue; }
                    if (whole is null) details = false; // it has no page for one service
                    else { records.Add(Record(whole.Value, row)); continue; }
                }
                records.Add(Record(item, row));
            }
            var next = Next(root, page, items.Count);
            yield return new FeedPage(records, page, next);
            if (next is null) yield break;
            page = next.Value;
        }
    }

    private List<FeedRecord> AtOnce(string text)
    {
        try
        {
            if (Parse(text) is { } document) document.Dispose();
            else if (text.AsSpan().TrimStart().TrimStart('\uFEFF') is [not ('{' or '[' or '<'), ..])
            {
                using var table = DelimitedFile.Read(new StringReader(text), Key);
                return [.. new ServiceTable(table, mapping ?? TableMapping.For(table.Header, Key), Key, today).Records()];
            }
            return [.. Records(text, Key)];
        }
        catch (InvalidDataException error) { throw new FeedStoppedException(error.Message); }
    }

    /// <summary>The list of services behind the address given: itself, or below it.</summary>
    private async Task<(Uri Address, string Text)> FirstAsync(Uri given, int page, CancellationToken cancel)
    {
        var direct = await fetch.TextAsync(PageOf(given, page), cancel);
        if (direct is not null && !IsFront(direct) && !direct.TrimStart().StartsWith('<')) return (given, direct);
        var below = new UriBuilder(given) { Path = given.AbsolutePath.TrimEnd('/') + "/services" }.Uri;
        return await fetch.TextAsync(PageOf(below, page), cancel) is { } text ? (below, text) : throw new FeedStoppedException($"{Key} has no list of services.");
    }

    /// <summary>The first page of an API says what it is, and lists nothing.</summary>
    private static bool IsFront(string text)
    {
        using var document = Parse(text);
        return document is { RootElement.ValueKind: JsonValueKind.Object } && document.RootElement.Get("openapi_url", "version", "profile") is not null && Contents(document.RootElement) is null && document.RootElement.Get("id") is null;
    }

    private async Task<(JsonElement? Whole, FeedProblem? Problem)> DetailAsync(Uri list, string id, CancellationToken cancel)
    {
        var uri = new UriBuilder(list) { Path = $"{list.AbsolutePath.TrimEnd('/')}/{Uri.EscapeDataString(id)}", Query = "" }.Uri;
        try
        {
            var text = await fetch.TextAsync(uri, cancel);
            if (text is null) return (null, null);
            using var document = Parse(text);
            return document is { RootElement.ValueKind: JsonValueKind.Object } ? (document.RootElement.Clone(), null) : (null, new("id", "Its own page is not a record."));
        }
        catch (FeedStoppedException stopped) { return (null, new("id", $"Its own page could not be read: {stopped.Message}")); }
    }

    private static Uri PageOf(Uri address, int page)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        query["page"] = page.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (query["per_page"] is null) query["per_page"] = PageSize.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (query["full"] is null) query["full"] = "true";
        return new UriBuilder(address) { Query = query.ToString() }.Uri;
    }

    /// <summary>None: it was the last. Feeds say it in many ways; an empty page ends all of them.</summary>
    private static int? Next(JsonElement root, int page, int count)
    {
        if (count == 0 || root.Flag("last_page", "last", "empty") == true) return null;
        if (root.Number("total_pages", "totalPages") is { } pages && page >= pages) return null;
        if (root.Number("total_pages", "totalPages", "total_items", "totalElements") is null && root.Flag("last_page", "last") is null && root.Get("next") is null) return null;
        return page + 1;
    }

    private IEnumerable<FeedRecord> Records(string text, string called)
    {
        if (Parse(text) is { } whole)
        {
            using (whole)
            {
                var root = whole.RootElement;
                var list = root.ValueKind == JsonValueKind.Array ? root : Contents(root) ?? default;
                if (list.ValueKind == JsonValueKind.Array)
                {
                    var row = 0;
                    foreach (var item in list.EnumerateArray()) yield return Record(item, ++row);
                    yield break;
                }
                yield return root.ValueKind == JsonValueKind.Object ? Record(root, 1) : throw new InvalidDataException($"{called} holds no services.");
                yield break;
            }
        }
        var (line, parts) = (0, text.TrimStart('\uFEFF').Split('\n'));
        // One record a line, some of them spoilt; where most are no record, it is a document that broke off, or no feed at all.
        if (parts.Count(IsRecord) * 2 <= parts.Count(p => !string.IsNullOrWhiteSpace(p))) throw new InvalidDataException($"{called} is neither whole JSON nor a table.");
        foreach (var part in parts)
        {
            line++;
            if (string.IsNullOrWhiteSpace(part)) continue;
            using var one = Parse(part);
            yield return one is null ? new FeedRecord(line, null, new("record", "This line is not JSON."), part.Length > 2000 ? part[..2000] : part) : Record(one.RootElement, line);
        }
    }

    private FeedRecord Record(JsonElement item, int row)
    {
        try
        {
            // A list of services at a location holds the service inside.
            if (item.Get("service") is { ValueKind: JsonValueKind.Object } inner && item.Get("name") is null) item = inner;
            var (service, problem) = FeedReader.Read(item, Key, today);
            return new FeedRecord(row, service, problem, item.GetRawText()) { IsOurs = item.Get(FeedReader.Additions) is not null };
        }
        // Half a letter (a lone surrogate) is JSON and no text.
        catch (InvalidOperationException) { return new FeedRecord(row, null, new("record", "Some of its text is spoilt: a letter in it is only half there."), item.GetRawText()); }
    }

    private static bool IsRecord(string line)
    {
        if (line.AsSpan().Trim() is not ['{', .., '}']) return false;
        using var one = Parse(line);
        return one is not null;
    }

    private static JsonElement? Contents(JsonElement root)
    {
        foreach (var holder in new[] { "contents", "content", "services", "items", "results", "data", "records" })
            if (root.Get(holder) is { ValueKind: JsonValueKind.Array } list && !(holder == "services" && root.Get("name") is not null)) return list;
        return null;
    }

    private static bool IsWhole(JsonElement item)
    {
        foreach (var part in new[] { "service_at_locations", "schedules", "service_areas", "attributes", "eligibilitys", "cost_options", "locations", "regular_schedules", "service_taxonomys", "languages", "contacts", FeedReader.Additions })
            if (item.Get(part) is { ValueKind: JsonValueKind.Array or JsonValueKind.Object }) return true;
        return false;
    }

    private static JsonDocument? Parse(string text)
    {
        try { return JsonDocument.Parse(text.TrimStart('\uFEFF'), Lax); }
        catch (JsonException) { return null; }
    }

    /// <summary>UTF-8 or UTF-16, or else Windows-1252; gzipped or not.</summary>
    private static async Task<string> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            using var reader = new StreamReader(DelimitedFile.OpenBytes(path), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return await reader.ReadToEndAsync(cancel);
        }
        catch (DecoderFallbackException)
        {
            using var reader = new StreamReader(DelimitedFile.OpenBytes(path), CodePagesEncodingProvider.Instance.GetEncoding(1252)!);
            return await reader.ReadToEndAsync(cancel);
        }
    }

    private static bool LooksLikeTable(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase)) return true;
        using var reader = new StreamReader(DelimitedFile.OpenBytes(path));
        int c;
        while ((c = reader.Read()) >= 0 && (char.IsWhiteSpace((char)c) || c == '\uFEFF')) { }
        return c is not ('{' or '[');
    }
}
