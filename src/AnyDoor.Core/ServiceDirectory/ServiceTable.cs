using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Common;

namespace AnyDoor.ServiceDirectory;

/// <summary>Reads services out of a table, a row each. A row without an id gets one from its name and place, which stays the same when it comes again.</summary>
internal sealed class ServiceTable
{
    private static readonly char[] Lists = [';', '|', '\n', ','];

    private readonly DelimitedFile file;
    private readonly TableMapping mapping;
    private readonly string source;
    private readonly DateOnly today;
    private readonly Dictionary<string, int[]> columns;
    private readonly Dictionary<string, int> made = [];

    public ServiceTable(DelimitedFile file, TableMapping mapping, string source, DateOnly today)
    {
        (this.file, this.mapping, this.source, this.today) = (file, mapping, source, today);
        columns = mapping.Columns.ToDictionary(c => c.Key, c => c.Value.Select(name =>
        {
            var at = Array.FindIndex(file.Header, h => h.Equals(name, StringComparison.OrdinalIgnoreCase));
            return at >= 0 ? at : throw new InvalidDataException($"The mapping names a column “{name}”, and the table has none. It has: {string.Join(", ", file.Header)}.");
        }).ToArray());
    }

    public IEnumerable<FeedRecord> Records()
    {
        while (file.Next())
        {
            if (file.IsBlank()) continue;
            var document = JsonSerializer.Serialize(file.Header.Select((h, i) => (h, Value: file[i])).Where(c => c.Value.Length > 0).DistinctBy(c => c.h).ToDictionary(c => c.h, c => c.Value), ContentFiles.Json);
            var (service, problem) = Read();
            yield return new FeedRecord(file.Row, service, problem, document);
        }
    }

    private (Service? Service, FeedProblem? Problem) Read()
    {
        if (file.Count > file.Header.Length) return (null, new(file.Header[0], $"This row has {file.Count} cells and the header has {file.Header.Length}. A comma or a quote is missing or too many."));
        if (PlainText.Line(Cell("name")) is not { } name) return (null, new(Column("name"), "It has no name."));
        if (ServiceDraft.StatusOf(Cell("status")) is not { } status) return (null, new(Column("status"), $"Its status “{PlainText.Line(Cell("status"), 40)}” is none that is known: active, inactive, defunct or temporarily closed."));
        var (lat, lon, bad) = Point();
        if (bad is not null) return (null, bad);
        var (from, to, wrong) = Ages();
        if (wrong is not null) return (null, wrong);

        var place = PlainText.Line(Cell("location_name"));
        if (Cell("id") is { } own && FeedReader.IdProblem(own) is { } odd) return (null, new(Column("id"), odd));
        var id = Cell("id") ?? IdFrom(name, place, Cell("postcode"), Cell("address"));
        var organisation = PlainText.Line(Cell("organisation"));
        var draft = new ServiceDraft
        {
            Source = source, SourceId = id, Name = place is not null && columns.ContainsKey("organisation") && Cell("id") is null && !name.Contains(place, StringComparison.OrdinalIgnoreCase) ? $"{name}, {place}" : name, Status = status, Today = today,
            Organisation = (organisation, Cell("organisation_id") is { } owner ? new Provider(owner) : null), Description = PlainText.Of(Cell("description")) ?? "", Alert = PlainText.Of(Cell("alert")), HowTo = PlainText.Of(Cell("how")),
            Referral = FeedFields.YesNo(Cell("referral")), Assured = SourceWords.Day(Cell("assured")), ValidFrom = SourceWords.Day(Cell("from")), ValidTo = SourceWords.Day(Cell("until")), WaitWords = PlainText.Line(Cell("waiting")),
            Fees = PlainText.Line(Cell("cost")), Free = FeedFields.YesNo(Cell("free")), Web = PlainText.Link(Cell("web")), Email = PlainText.Email(Cell("email")), Phone = PlainText.Line(Cell("phone"), 40),
            ChangedAt = SourceWords.Day(Cell("modified")) is { } changed ? changed.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : null,
        };
        if (Cell("how") is { } how) draft.Access.Add(how);
        if (Cell("delivery") is { } delivery) draft.Attending.Add(FeedFields.YesNo(delivery) == true ? "home delivery" : FeedFields.YesNo(delivery) == false ? "" : delivery);
        draft.AddAges(from, to);
        draft.AddEligibility(Cell("eligibility"));
        foreach (var term in Several("category")) draft.AddTerm(term, null, null, null, null, null);
        foreach (var language in Several("languages")) draft.AddLanguage(language);
        foreach (var area in Several("area")) draft.Areas.Add(new ServiceArea(AreaKind.Named, area));
        ShownTo(draft);
        draft.OpeningText(Cell("opening"));
        draft.AddLocation(new LocationDraft
        {
            Name = place, Lines = [Cell("address"), Cell("address_2")], City = Cell("city"), County = Cell("county"), Postcode = Cell("postcode"), Lat = lat, Lon = lon,
            Hidden = FeedFields.YesNo(Cell("hidden")) == true || ServiceDraft.Confidential(Cell("hidden")) || ServiceDraft.Confidential(Cell("address")), Access = [.. Several("accessibility")],
        });
        return (draft.Finish(), null);
    }

    private void ShownTo(ServiceDraft draft)
    {
        if (Cell("visibility") is not { } shown) return;
        // The very word depends on the column's own name: “public: no” and “internal: yes” say the same.
        var column = Column("visibility");
        if (FeedFields.YesNo(shown) is not { } yes) draft.ShownTo(shown);
        else if (yes == column.Contains("internal", StringComparison.OrdinalIgnoreCase)) draft.Visibility = Visibility.Internal;
    }

    private (double? Lat, double? Lon, FeedProblem? Problem) Point()
    {
        var (lat, lon) = (Cell("lat"), Cell("lon"));
        if (lat is null || lon is null) return default;
        if (!double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var y) || y is < -90 or > 90) return (null, null, new(Column("lat"), "Its latitude is not a number of degrees."));
        if (!double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) || x is < -180 or > 180) return (null, null, new(Column("lon"), "Its longitude is not a number of degrees."));
        return (y, x, null);
    }

    private (double? From, double? To, FeedProblem? Problem) Ages()
    {
        double? from = null, to = null;
        foreach (var (field, set) in new (string, Action<double>)[] { ("min_age", n => from = n), ("max_age", n => to = n) })
        {
            if (Cell(field) is not { } text) continue;
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var age) || age is < 0 or > 150) return (null, null, new(Column(field), "It is not an age in whole years."));
            set(age);
        }
        return from > to && to > 0 ? (null, null, new(Column("max_age"), "Its highest age is below its lowest.")) : (from, to, null);
    }

    private string IdFrom(string name, string? place, string? postcode, string? address)
    {
        var identity = string.Join('\n', new[] { name, place, postcode, address }.Select(Folding.Fold));
        var id = "row-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
        var times = made[id] = made.GetValueOrDefault(id) + 1;
        return times == 1 ? id : $"{id}-{times}";
    }

    private string Column(string field) => columns.TryGetValue(field, out var at) ? file.Header[at[0]] : field;

    private string? Cell(string field)
    {
        string? text = null;
        if (columns.TryGetValue(field, out var at))
            foreach (var column in at)
                if (file[column].Trim() is { Length: > 0 } cell) text = text is null ? cell : field is "area" or "category" ? $"{text};{cell}" : $"{text}\n{cell}";
        return text ?? (mapping.Always.TryGetValue(field, out var always) ? always : null);
    }

    private IEnumerable<string> Several(string field) => (Cell(field) ?? "").Split(Lists, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(t => t.Length > 0);
}
