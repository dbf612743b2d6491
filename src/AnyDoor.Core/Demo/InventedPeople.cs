namespace AnyDoor.Demo;

/// <summary>Names, streets and telephone numbers that nobody has. The same seed gives the same people.</summary>
internal sealed class InventedPeople(int seed)
{
#pragma warning disable CA5394 // invented people need no secrets
    private readonly Random random = new(seed);

    private static readonly string[] First =
    [
        "Amara", "Bronwyn", "Bryony", "Callum", "Danuta", "Dorian", "Eilidh", "Farida", "Gethin", "Hollie", "Imran", "Jadzia", "Kestrel", "Kwame", "Lowri", "Marlowe", "Mateusz",
        "Nadia", "Oluwaseun", "Ottoline", "Piotr", "Quinn", "Rosheen", "Samir", "Tamsin", "Tegan", "Uzma", "Viktorija", "Wiktor", "Xanthe", "Yusuf", "Zofia",
    ];

    private static readonly string[] Last =
    [
        "Abernook", "Brackenby", "Copperwhistle", "Dunmallow", "Elmstead-Rowe", "Fennimoor", "Garrowby", "Hollinside", "Inkerfield", "Jessopwell", "Kettlebrook", "Larkmoor",
        "Mossendale", "Nettlefold-Ash", "Oakhanger", "Pennywick", "Quillfeather", "Rushbeck", "Saltmarsh", "Thistlewade", "Underbarrow", "Vellacombe", "Wainfleet-Moor", "Yarnbrook", "Zielonka",
    ];

    private static readonly string[] Streets = ["Heron", "Teasel", "Windlass", "Tallow", "Mallard", "Osier", "Sluice", "Reed"];
    private static readonly string[] Kinds = ["Road", "Lane", "Drove", "Way", "Close"];

    public string FirstName() => Pick(First);
    public string LastName() => Pick(Last);
    public string Address() => $"{random.Next(1, 180)} {Pick(Streets)} {Pick(Kinds)}";
    /// <summary>From the range that is kept for drama.</summary>
    public string Phone() => $"07700 900{random.Next(0, 1000):000}";
    public DateOnly Born(int youngest, int oldest, DateOnly on) => on.AddDays(-random.Next(youngest * 365 + 10, oldest * 365));
    public int Next(int from, int to) => random.Next(from, to);
    public bool Chance(int percent) => random.Next(100) < percent;
    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public void Shuffle<T>(IList<T> list)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }
#pragma warning restore CA5394
}
