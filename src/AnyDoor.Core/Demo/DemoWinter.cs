using System.Globalization;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Requests;

namespace AnyDoor.Demo;

/// <summary>
/// The winter of 2020-21 with the totals of the January 2021 paper (2.4.8 to 2.4.10): 3,610 requests, 2,044 of them in Cambridgeshire as 457, 220, 427, 554 and 386,
/// and 234, 442, 98 and 9 households helped. Written as a council's form export and loaded as one is, with a few rows that need a person.
/// </summary>
public sealed class DemoWinter(RequestImporter importer)
{
    private const string Scheme = "winter-support-grant";
    private const string Header = "Reference,Submitted at,Door,Applying for,Permission given,First name,Last name,Date of birth,Address,Postcode,Area,Phone,Email,Contact me by,Language,Adults,Children,Ages of children,What do you need?,Meter,How urgent,In your own words,Contacted at,Support given,Value,Passed to";

    private static readonly (string Area, int Count, string[] Outward)[] Areas =
    [
        ("Cambridge City", 457, ["CB1", "CB2", "CB4"]), ("East Cambridgeshire", 220, ["CB6", "CB7"]), ("Fenland", 427, ["PE13", "PE15", "PE16"]),
        ("Huntingdonshire", 554, ["PE28", "PE29", "PE19"]), ("South Cambridgeshire", 386, ["CB22", "CB23", "CB24"]), ("Peterborough", 1566, ["PE1", "PE2", "PE3"]),
    ];

    private static readonly (string Door, int Count)[] Doors =
        [("Web form", 1636), ("Phone: county hub", 1105), ("Food bank", 290), ("School", 248), ("Housing association", 136), ("Citizens Advice", 121), ("Councillor", 74)];

    private static readonly (string Kind, int Count, int From, int To)[] Supports =
        [("Emergency food", 234, 30, 50), ("Fuel voucher", 442, 28, 50), ("Hygiene box", 98, 15, 25), ("Replacement appliance", 9, 180, 320)];

    private static readonly string[] OwnWords =
    [
        "", "", "Hours cut since November", "Waiting on first UC payment", "Gas runs out by Thursday", "Boiler broken, landlord not replying", "Food bank twice this month",
        "Separated, please do not ring the landline", "Nothing left after the rent", "First time asking",
    ];

    private static readonly string[] Needs = ["Food", "Heating or electricity", "Rent or council tax", "Debt or budgeting", "Hygiene and cleaning products", "Someone to talk to"];
    private static readonly string[] Passed = ["Citizens Advice", "District hub", "Voluntary organisation", "Local Assistance Scheme"];

    public async Task EnsureAsync(AuditContext who, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-demo-").FullName;
        try
        {
            var path = Path.Combine(folder, "winter-2020-21-demo.csv");
            await File.WriteAllTextAsync(path, Write(), Encoding.UTF8, cancel);
            await importer.ImportAsync(path, Scheme, null, who, strict: false, progress: null, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static string Write()
    {
        var people = new InventedPeople(2020);
        List<string> areas = [.. Areas.SelectMany(a => Enumerable.Repeat(a.Area, a.Count))];
        List<string> doors = [.. Doors.SelectMany(d => Enumerable.Repeat(d.Door, d.Count))];
        people.Shuffle(areas);
        people.Shuffle(doors);

        // Each household helped is in Cambridgeshire, and is helped once.
        var helped = new Dictionary<int, (string Kind, int Pounds)>();
        List<int> cambridgeshire = [.. Enumerable.Range(0, areas.Count).Where(i => areas[i] != "Peterborough")];
        people.Shuffle(cambridgeshire);
        var next = 0;
        foreach (var (kind, count, from, to) in Supports)
            for (var i = 0; i < count; i++) helped[cambridgeshire[next++]] = (kind, people.Next(from, to));

        // One of the fuel vouchers in Fenland went to a household that asks again today, under a name that differs by one letter.
        var known = helped.First(h => h.Value.Kind == "Fuel voucher" && areas[h.Key] == "Fenland").Key;
        var text = new StringBuilder(Header).Append("\r\n");
        for (var i = 0; i < areas.Count; i++)
        {
            var submitted = new DateTime(2020, 12, 4, 0, 0, 0).AddMinutes(people.Next(0, 60 * 24 * 34));
            var contacted = submitted.AddHours(people.Next(5, 60));
            var children = people.Pick([0, 0, 1, 1, 2, 2, 3, 4]);
            var given = helped.TryGetValue(i, out var support);
            var row = new[]
            {
                $"DEMO-{i + 1:00000}", submitted.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), doors[i], people.Chance(28) ? "Someone else" : "Myself", "Yes",
                people.FirstName(), people.LastName(), people.Born(18, 82, new DateOnly(2020, 12, 1)).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), people.Address(),
                $"{people.Pick(Areas.First(a => a.Area == areas[i]).Outward)} {people.Next(1, 9)}{people.Pick("ABDEFGHJ".ToCharArray())}{people.Pick("NPQRSTUW".ToCharArray())}",
                areas[i], people.Phone(), "", people.Pick(["Phone", "Text", "Letter", "Do not phone: text only"]), people.Pick(["English", "English", "English", "English", "Polish", "Lithuanian", "Romanian", "Urdu"]),
                people.Next(1, 3).ToString(CultureInfo.InvariantCulture), children.ToString(CultureInfo.InvariantCulture), string.Join("; ", Enumerable.Range(0, children).Select(_ => people.Next(0, 18))),
                given && support.Kind == "Fuel voucher" ? "Heating or electricity" : people.Chance(45) ? $"Food; {people.Pick(Needs[1..])}" : people.Pick(Needs), people.Pick(["Direct debit", "Prepayment", "Smart prepayment", "Not sure", ""]),
                people.Pick(["Today", "This week", "This week", "Soon", "Soon"]), people.Pick(OwnWords), contacted.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
                given ? support.Kind : "", given ? $"£{support.Pounds}.00" : "", given ? "" : people.Pick(Passed),
            };
            if (i == known)
            {
                (row[1], row[2], row[5], row[6], row[7], row[8], row[9], row[11], row[13]) = ("15/12/2020 16:40", "Phone: county hub", "Leann", "Harrowmere", "14/03/1990", "9 Cinder Lane", "PE13 9ZT", "07700 900418", "Phone");
                (row[15], row[16], row[17], row[22], row[24]) = ("1", "3", "1; 3; 5", "16/12/2020 10:05", "£38.00");
            }
            Append(text, row);
            if (i is 411 or 1902) Append(text, row); // sent twice, as forms are
        }
        // Rows that need a person: each says why on its page.
        Append(text, ["DEMO-90001", "12/12/2020 09:14", "Web form", "Myself", "", "Farida", "Pennywick", "31/02/1980", "4 Osier Lane", "PE1 5TG", "Peterborough", "07700 900114", "", "Text", "English", "1", "2", "4; 9", "Food", "", "This week", "", "13/12/2020 10:00", "", "", "District hub"]);
        Append(text, ["DEMO-90002", "soon", "School", "Someone else", "Yes", "Yusuf", "Copperwhistle", "17/04/1966", "11 Reed Way", "PE2 6XS", "Peterborough", "07700 900115", "", "Phone", "English", "2", "1", "8", "Food", "", "Soon", "", "15/12/2020 12:00", "", "", ""]);
        Append(text, ["DEMO-90003", "18/12/2020 17:20", "Food bank", "Myself", "", "", "", "05/02/1974", "", "PE4 6WH", "Peterborough", "", "", "Letter", "", "1", "0", "", "Food; Heating or electricity", "Prepayment", "Today", "", "18/12/2020 18:00", "", "", ""]);
        Append(text, ["DEMO-90004", "21/12/2020 08:02", "Web form", "Myself", "", "Nadia", "Thistlewade", "18/07/1973", "", "", "", "07700 900116", "", "Text", "English", "1", "1", "15", "Rent or council tax", "", "Soon", "", "22/12/2020 09:00", "", "", ""]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] row) => text.AppendJoin(',', row.Select(c => c.Contains(',', StringComparison.Ordinal) ? $"\"{c}\"" : c)).Append("\r\n");
}
