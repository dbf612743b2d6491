using AnyDoor.Common;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>
/// A menu in which some services are listed twice, as two lists would have them, and others only look so: branches of one charity, two services of one
/// organisation at one address, chains with one telephone line, the same session for other ages or on other days. One half is for tuning; the other is only
/// reported on. No organisation is in both halves, and each half spoils its copies by another chance.
/// </summary>
internal sealed record SeededPairs(IReadOnlyList<Service> Services, HashSet<(string, string)> Same)
{
    private static readonly (string Name, double Lat, double Lon, string Outward)[] Towns =
        [("March", 52.551, 0.088, "PE15"), ("Chatteris", 52.456, 0.052, "PE16"), ("Ely", 52.399, 0.262, "CB7"), ("Soham", 52.334, 0.337, "CB7"), ("Huntingdon", 52.331, -0.183, "PE29"), ("Ramsey", 52.449, -0.109, "PE26"), ("Cambourne", 52.219, -0.07, "CB23"), ("Sawston", 52.124, 0.17, "CB22"), ("Whittlesey", 52.558, -0.13, "PE7")];

    public static SeededPairs Of(bool report, int seed)
    {
        var random = new Random(seed);
        var half = StandardTests.Demo.Where(s => Side(s.Organisation) == report).OrderBy(s => s.Id, StringComparer.Ordinal).ToList();
        var services = new List<Service>();
        var same = new HashSet<(string, string)>();
        foreach (var service in half)
        {
            var contact = service with { Source = "a", Email = service.Email ?? $"{Word(service.Name)}@{Word(service.Organisation)}.example.org", Web = service.Web ?? $"https://www.{Word(service.Organisation)}.example.org/{Word(service.Name)}" };
            services.Add(contact);
            if (random.Next(2) == 0)
            {
                var copy = Spoil(contact, random) with { Id = $"copy-{service.Id}", Source = "b" };
                services.Add(copy);
                same.Add(Pair(service.Id, copy.Id));
            }
            for (var kind = 0; kind < 5; kind++)
            {
                if (random.Next(6) > 0 || Sibling(contact, half, kind, random) is not { } sibling) continue;
                // Half of them are in the other list, with its slips.
                services.Add((random.Next(2) == 0 ? sibling with { Source = "a" } : Spoil(sibling, random) with { Source = "b" }) with { Id = $"other-{kind}-{service.Id}" });
            }
        }
        return new(services, same);
    }

    public static (string, string) Pair(string a, string b) => string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);

    private static bool Side(string organisation) => organisation.Aggregate(7u, (h, c) => h * 31 + c) % 2 == 0;

    private static string Word(string text) => string.Concat(Folding.Fold(text).Where(char.IsAsciiLetterOrDigit)) is { Length: > 24 } w ? w[..24] : string.Concat(Folding.Fold(text).Where(char.IsAsciiLetterOrDigit));

    /// <summary>Another service that only looks the same.</summary>
    private static Service? Sibling(Service s, List<Service> all, int kind, Random random)
    {
        var town = Towns[random.Next(Towns.Length)];
        var there = s.Locations.Count > 0 && !s.Locations[0].Hidden ? s.Locations[0] : null;
        switch (kind)
        {
            case 0: // a branch: all the same in the next town
                if (there?.Point is not { } point || point.MilesTo(new(town.Lat, town.Lon)) < 3 || all.Exists(o => o.Organisation == s.Organisation && o.Locations.Any(l => l.Point?.MilesTo(new(town.Lat, town.Lon)) < 3))) return null;
                var name = there.Town.Length > 2 && $" {s.Name} ".Contains($" {there.Town} ", StringComparison.Ordinal) ? s.Name.Replace(there.Town, town.Name, StringComparison.Ordinal) : random.Next(2) == 0 ? $"{s.Name} {town.Name}" : s.Name;
                return s with { Name = name, Locations = [there with { Name = $"{town.Name} Hall", Address = $"High Street, {town.Name}", City = town.Name, Postcode = $"{town.Outward} {random.Next(10)}AB", Lat = town.Lat, Lon = town.Lon }] };
            case 1: // another service of theirs at the same address
                var other = all[random.Next(all.Count)];
                return other.Needs.Intersect(s.Needs).Any() || there is null ? null : other with { Organisation = s.Organisation, Locations = s.Locations, Phone = s.Phone, Web = s.Web, Email = s.Email };
            case 2: // for other ages
                return s with { Name = s.Name + (s.MinimumAge is >= 50 ? " for under 5s" : " for over 60s"), MinimumAge = s.MinimumAge is >= 50 ? 0 : 60, MaximumAge = s.MinimumAge is >= 50 ? 4 : null };
            case 3: // the same name, elsewhere and by others
                return there?.Point is not { } here || here.MilesTo(new(town.Lat, town.Lon)) < 3 ? null : s with
                {
                    Organisation = $"{town.Name} {(random.Next(2) == 0 ? "Community Trust" : "Parish Church")}", Phone = $"01354 {random.Next(100_000, 999_999)}", Email = null, Web = $"https://{town.Name.ToLowerInvariant()}{random.Next(99)}.example.org",
                    Locations = [there with { Name = "Village Hall", Address = $"Church Lane, {town.Name}", City = town.Name, Postcode = $"{town.Outward} {random.Next(10)}XY", Lat = town.Lat + 0.002, Lon = town.Lon }],
                };
            default: // a neighbour in the same building, of another organisation and kind
                var neighbour = all[random.Next(all.Count)];
                return neighbour.Organisation == s.Organisation || neighbour.Needs.Intersect(s.Needs).Any() || there is null ? null : neighbour with { Organisation = $"{there.Town} Guildhall Association {random.Next(9)}", Name = $"Guildhall {neighbour.Name}", Phone = $"01353 {random.Next(100_000, 999_999)}", Web = null, Email = null, Locations = s.Locations };
        }
    }

    /// <summary>The same service as another list has it.</summary>
    private static Service Spoil(Service s, Random random)
    {
        bool Chance(int percent) => random.Next(100) < percent;
        var name = s.Name;
        if (Chance(35)) name = Slip(name, random);
        if (Chance(25)) name = name.Replace(" and ", " & ", StringComparison.Ordinal).Replace("Centre", "Ctr", StringComparison.Ordinal);
        if (Chance(20)) name = name.ToUpperInvariant();
        if (Chance(15) && s.Organisation.Length > 0 && !name.Contains(s.Organisation, StringComparison.OrdinalIgnoreCase)) name = $"{s.Organisation} - {name}";
        if (Chance(15) && s.Locations is [{ Hidden: false, Town: { Length: > 2 } town }, ..]) name = name.Contains(town, StringComparison.OrdinalIgnoreCase) ? name.Replace(town, "", StringComparison.OrdinalIgnoreCase).Trim(' ', ',', '-') : $"{name} ({town})";
        if (Chance(10)) name = "The " + name;
        if (name.Length < 4) name = s.Name;
        var locations = s.Locations.Select(l => l with
        {
            Name = Chance(50) ? l.Name : "", Postcode = Chance(20) ? "" : Chance(30) ? l.Postcode.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() : l.Postcode,
            Lat = l.Lat + (random.NextDouble() - 0.5) * 0.0012, Lon = l.Lon + (random.NextDouble() - 0.5) * 0.0012, Address = Chance(40) ? l.Address.Replace("Street", "St", StringComparison.Ordinal).Replace("Road", "Rd", StringComparison.Ordinal) : l.Address,
        }).ToList();
        if (Chance(12)) locations = [.. locations.Select(l => l with { Lat = null, Lon = null })];
        if (Chance(6)) locations = [];
        var sentences = s.Description.Split(". ");
        var description = Chance(30) ? sentences[0] : Chance(40) ? string.Join(". ", sentences.Reverse()) : Chance(30) ? $"We offer help to local people. {sentences[^1]}" : s.Description;
        var phone = s.Phone is not { Length: > 6 } p ? s.Phone : Chance(15) ? null : Chance(8) ? $"07700 900{random.Next(100, 999)}" : Chance(40) ? "+44 " + p.TrimStart('0') : Chance(40) ? p.Replace(" ", "", StringComparison.Ordinal) : p;
        return s with
        {
            Name = name, Locations = locations, Description = description, Phone = phone, Organisation = Chance(12) ? "" : Chance(15) ? s.Organisation + " CIO" : Chance(10) ? Slip(s.Organisation, random) : s.Organisation,
            Email = Chance(40) ? null : Chance(10) ? $"info{random.Next(99)}@mail.example.com" : s.Email?.ToUpperInvariant(),
            Web = Chance(30) ? null : Chance(30) ? s.Web?.Replace("https://www.", "http://", StringComparison.Ordinal) + "/" : Chance(20) && Uri.TryCreate(s.Web, UriKind.Absolute, out var uri) ? $"https://{uri.Host}" : s.Web,
            Terms = [], Needs = Chance(50) ? [] : s.Needs, MinimumAge = Chance(30) ? null : s.MinimumAge, MaximumAge = Chance(30) ? null : s.MaximumAge, Eligibility = null,
        };
    }

    /// <summary>Two letters changed over, one missing or one twice.</summary>
    private static string Slip(string text, Random random)
    {
        if (text.Length < 6) return text;
        var at = random.Next(2, text.Length - 2);
        return random.Next(3) switch { 0 => text[..at] + text[at + 1] + text[at] + text[(at + 2)..], 1 => text.Remove(at, 1), _ => text.Insert(at, text[at].ToString()) };
    }
}
