using System.Globalization;
using System.Runtime.InteropServices;

namespace AnyDoor.Places;

/// <summary>
/// Millions of postcodes in little memory: about 50 bytes each, with the codes of areas held once.
/// Found by open addressing over the seven letters packed in one number: one hash, and no text is made.
/// </summary>
internal sealed class PostcodeTable
{
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public ulong Key;
        public int Latitude, Longitude; // millionths of a degree
        public int District, Lsoa11, Lsoa21, Ward19, Ward24; // places in the list of codes; 0: none
        public int Terminated; // year and month; 0: in use
    }

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string?> codes = [null];
    private Entry[] entries = new Entry[1024];
    private int[] slots = new int[2048];
    private int count;

    public int Count => count;

    /// <summary>Adds a stored row, or takes the place of the one that is there.</summary>
    public void Set(string[] cells)
    {
        var key = KeyOf(cells[0]);
        var entry = new Entry
        {
            Key = key, Latitude = Degrees(cells[1]), Longitude = Degrees(cells[2]), District = Intern(cells[3]), Lsoa11 = Intern(cells[4]), Lsoa21 = Intern(cells[5]), Ward19 = Intern(cells[6]), Ward24 = Intern(cells[7]),
            Terminated = cells[8].Length > 0 ? int.Parse(cells[8], CultureInfo.InvariantCulture) : 0,
        };
        if (SlotOf(key) is > 0 and var at)
        {
            entries[at - 1] = entry;
            return;
        }
        if (count == entries.Length) Array.Resize(ref entries, entries.Length * 2);
        entries[count++] = entry;
        if (count * 2 > slots.Length) Rehash();
        else SlotOf(key) = count;
    }

    public PostcodeFacts? Find(ReadOnlySpan<char> compact)
    {
        var key = KeyOf(compact);
        return SlotOf(key) is > 0 and var at ? Facts(entries[at - 1]) : null;
    }

    /// <summary>Every first part with its district.</summary>
    public IEnumerable<(string Outward, string District)> Outwards()
    {
        var seen = new HashSet<(ulong, int)>();
        for (var i = 0; i < count; i++)
            if (seen.Add((entries[i].Key >> 24, entries[i].District))) yield return (TextOf(entries[i].Key >> 24), codes[entries[i].District] ?? "");
    }

    private PostcodeFacts Facts(in Entry entry) => new(codes[entry.District] ?? "", entry.Latitude / 1e6, entry.Longitude / 1e6, codes[entry.Lsoa11], codes[entry.Lsoa21], codes[entry.Ward19], codes[entry.Ward24], entry.Terminated > 0);

    private ref int SlotOf(ulong key)
    {
        var mask = slots.Length - 1;
        for (var at = (int)((key * 0x9E3779B97F4A7C15) >> 33) & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref slots[at];
            if (slot == 0 || entries[slot - 1].Key == key) return ref slot;
        }
    }

    private void Rehash()
    {
        slots = new int[slots.Length * 2];
        for (var i = 0; i < count; i++) SlotOf(entries[i].Key) = i + 1;
    }

    private int Intern(string code)
    {
        if (places.TryGetValue(code, out var at)) return at;
        codes.Add(code);
        return places[code] = codes.Count - 1;
    }

    private static int Degrees(string cell) => (int)Math.Round(double.Parse(cell, CultureInfo.InvariantCulture) * 1e6);

    private static ulong KeyOf(ReadOnlySpan<char> compact)
    {
        ulong key = 0;
        foreach (var letter in compact) key = key << 8 | (byte)letter;
        return key;
    }

    private static string TextOf(ulong key)
    {
        Span<char> text = stackalloc char[8];
        var from = 8;
        for (; key > 0; key >>= 8) text[--from] = (char)(key & 0xff);
        return new string(text[from..]);
    }
}
