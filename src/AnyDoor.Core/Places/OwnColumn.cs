namespace AnyDoor.Places;

/// <summary>One measure of a partnership's own table, with its value for each area.</summary>
public sealed class OwnColumn
{
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    private OwnColumn(string id, string title, string unit, Dataset from, int place) => (Id, Title, Unit, From, Place) = (id, title, unit, from, place);

    public string Id { get; }
    public string Title { get; }

    /// <summary>As the mapping says: <c>count</c>, <c>rate</c>, <c>percentage</c>, <c>score</c>, <c>rank</c> or <c>decile</c>. Percentages are kept from 0 to 1.</summary>
    public string Unit { get; }

    public Dataset From { get; }

    /// <summary>Which column of its table it is.</summary>
    public int Place { get; }

    /// <summary><c>lsoa</c>, <c>ward</c> or <c>district</c>.</summary>
    public string Area { get; private set; } = "";

    public IReadOnlyDictionary<string, double> Values => values;

    /// <summary>How a page and an address name it: apart from every other table's.</summary>
    public string Key => $"{From.Series}.{Id}";

    /// <summary>The value as people read it; null: the table gives none for this area.</summary>
    public double? Find(string code) => values.TryGetValue(code, out var value) ? Unit == "percentage" ? value * 100 : value : null;

    public string Sign => Unit == "percentage" ? "%" : "";

    internal void Take(string code, double value, string area)
    {
        values[code] = value;
        Area = area;
    }

    /// <summary>How the dataset's list of columns keeps it: its id, unit and title.</summary>
    internal static string Written(Measure measure, string unit) => $"{measure.Id}:{unit}:{measure.Title}";

    internal static OwnColumn Read(string written, Dataset from, int place)
    {
        var parts = written.Split(':', 3);
        return new OwnColumn(parts[0], parts.Length == 3 ? parts[2] : parts[0], parts.Length == 3 ? parts[1] : "", from, place);
    }
}
