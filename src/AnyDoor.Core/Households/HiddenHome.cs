using System.Text.RegularExpressions;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>
/// Words about a household that go to others, like what a partner is told. Where somebody may be looking for a person who lives there, nothing in them may say where that is:
/// no postcode, no house and street, no line of an address that is written down, no telephone number or e-mail of theirs. One answer for all of it: it must not confirm a guess.
/// </summary>
public static partial class HiddenHome
{
    private const int LeastLetters = 4;

    /// <summary>Null: the words may go. Otherwise what to do about them; nothing that was written is lost.</summary>
    internal static async Task<Refusal?> RefuseAsync(AnyDoorDb db, Guid household, string? words, string field, CancellationToken cancel) =>
        await IsInAsync(db, household, words, cancel)
            ? new Refusal("hidden-home", "Somebody may be looking for them, so where they live does not leave the hub. Take out any postcode, house and street, place, phone number or e-mail of theirs. Whoever takes it on is told how to reach them safely.", field) : null;

    /// <summary>Where somebody is at risk: these words say where they live, or how to ring them.</summary>
    internal static async Task<bool> IsInAsync(AnyDoorDb db, Guid household, string? words, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(words)) return false;
        var root = await db.Set<Household>().Where(h => h.Id == household).Select(h => h.JoinedTo ?? h.Id).SingleOrDefaultAsync(cancel);
        var homes = await db.Set<Household>().Where(h => h.Id == root || h.JoinedTo == root).Select(h => h.Id).ToArrayAsync(cancel);
        var people = await db.Set<Membership>().Where(m => homes.Contains(m.HouseholdId) && m.To == null).Join(db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => new { p.Id, Kept = p.SameAs ?? p.Id, p.AtRisk }).ToListAsync(cancel);
        var kept = people.Select(p => p.Kept).Distinct().ToArray();
        if (!people.Exists(p => p.AtRisk) && !await db.Set<Person>().AnyAsync(p => kept.Contains(p.Id) && p.AtRisk, cancel)) return false;
        var records = await db.Set<Person>().Where(p => kept.Contains(p.Id) || (p.SameAs != null && kept.Contains(p.SameAs.Value))).Select(p => p.Id).ToArrayAsync(cancel);
        var addresses = await db.Set<Address>().Where(a => homes.Contains(a.HouseholdId)).Select(a => new { a.Lines, a.Postcode }).ToListAsync(cancel);
        var contacts = await db.Set<SafeContact>().Where(s => records.Contains(s.PersonId)).Select(s => new { s.Phone, s.Email, Letter = s.By == ContactWay.Letter ? s.To : null }).ToListAsync(cancel);
        return Says(words, addresses.Select(a => a.Lines).Concat(contacts.Select(s => s.Letter)).OfType<string>(), addresses.Select(a => a.Postcode).OfType<string>(), contacts.Select(s => s.Phone).OfType<string>(), contacts.Select(s => s.Email).OfType<string>());
    }

    /// <param name="lines">Addresses as they are written down.</param>
    /// <param name="postcodes">Compact.</param>
    /// <param name="phones">Digits, with a nought in front.</param>
    public static bool Says(string words, IEnumerable<string> lines, IEnumerable<string> postcodes, IEnumerable<string> phones, IEnumerable<string> emails)
    {
        if (AnyPostcode().IsMatch(words) || HouseAndStreet().IsMatch(words)) return true;
        var (folded, digits) = ($" {Folding.Fold(Apart().Replace(words, " "))} ", new string([.. words.Where(char.IsAsciiDigit)]));
        var squeezed = folded.Replace(" ", "", StringComparison.Ordinal);
        if (postcodes.Any(p => p.Length > 4 && squeezed.Contains(p.ToLowerInvariant(), StringComparison.Ordinal))) return true;
        // With +44 or 0044 in front too: what follows the nought is the same.
        if (phones.Any(p => p.Length > 6 && digits.Contains(p.TrimStart('0'), StringComparison.Ordinal))) return true;
        if (emails.Any(e => words.Contains(e, StringComparison.OrdinalIgnoreCase))) return true;
        return lines.SelectMany(l => l.Split(['\n', '\r', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).SelectMany(Parts).Any(part => folded.Contains($" {part} ", StringComparison.Ordinal));
    }

    /// <summary>A line as it stands, and without its house number: a street alone says enough.</summary>
    private static IEnumerable<string> Parts(string line)
    {
        var whole = Folding.Fold(Apart().Replace(line, " "));
        var street = HouseNumber().Replace(whole, "");
        return new[] { whole, street }.Where(p => p.Count(char.IsLetter) >= LeastLetters).Distinct();
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]{1,2}[\s.\-]?\d[A-Za-z\d]?[\s.,\-]*\d[\s.\-]?[A-Za-z][\s.\-]?[A-Za-z](?![A-Za-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnyPostcode();

    [GeneratedRegex(@"(?<!\w)(?:flat|house|number|no\.?|room|unit)?\s*\d+\s*[a-z]?[\s,]+(?:[\w'’-]+[\s,]+){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|way|drove|court|gardens?|crescent|terrace|place|row|square|grove|hill|park|bank|walk|mews|green|view|rise|end|gate|house)(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HouseAndStreet();

    [GeneratedRegex(@"^(?:(?:flat|house|number|no|room|unit|apartment)\s+)?\d+\s*[a-z]?\s+(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HouseNumber();

    [GeneratedRegex(@"[^\p{L}\p{Nd}\p{M}'’]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Apart();
}
