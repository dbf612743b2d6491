using AnyDoor.Vocabulary;

namespace AnyDoor.ServiceDirectory;

/// <summary>The menu in memory, ready to be matched. It never changes: another change number is another index.</summary>
public sealed class MenuIndex
{
    /// <summary>A service with what a search looks at.</summary>
    internal sealed record Entry(Service Service, HashSet<string> Needs, HashSet<string> NameWords, HashSet<string> OtherWords);

    public static readonly MenuIndex Empty = new(0, []);

    public MenuIndex(long changeNumber, IEnumerable<Service> services)
    {
        ChangeNumber = changeNumber;
        Entries = [.. services.OrderBy(s => s.Id, StringComparer.Ordinal).Select(s => new Entry(s, [.. s.Needs], WordsOf($"{s.Name} {s.Organisation}"), WordsOf(s.Description)))];
    }

    public long ChangeNumber { get; }
    public int Count => Entries.Count;
    public IEnumerable<Service> Services => Entries.Select(e => e.Service);
    internal IReadOnlyList<Entry> Entries { get; }

    public Service? Find(string id) => Entries.FirstOrDefault(e => e.Service.Id == id)?.Service;

    private static HashSet<string> WordsOf(string text) => [.. TextToken.Split(text).Select(t => t.Word).Where(w => w.Length > 2)];
}
