using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AnyDoor.Common;
using AnyDoor.Households;

namespace AnyDoor.Requests;

/// <summary>
/// How one council's form export is read: a data file, so that another council's export needs a mapping and not code.
/// The shape is described in <c>Content/README.md</c>.
/// </summary>
public sealed record Mapping(string Id, string Name, bool Invented, string Owner, string Source, string Scheme, MappingFile File,
    IReadOnlyList<MappingColumn> Columns, MappingWords Words, MappingSafeContact SafeContact)
{
    /// <summary>One of the mappings that ship with the product, by id.</summary>
    public static Mapping? Shipped(string id) => ContentFiles.In("mappings").Where(p => p == $"mappings/{id}.json").Select(ContentFiles.Read<Mapping>).FirstOrDefault();

    /// <summary>The mapping that a file was last read with.</summary>
    public static Mapping Of(RequestImport import) => import.MappingBody is { } body ? JsonSerializer.Deserialize<Mapping>(body, ContentFiles.Json)!
        : Shipped(import.MappingId) ?? throw new InvalidDataException($"The mapping “{import.MappingId}” is not in this product any more. Load {import.FileName} again with --mapping FILE.");

    /// <summary>The shipped mapping whose columns are all in this header.</summary>
    public static Mapping? For(IReadOnlyCollection<string> header) =>
        ContentFiles.In("mappings").Select(ContentFiles.Read<Mapping>).FirstOrDefault(m => m.Columns.All(c => header.Contains(c.Column)));

    /// <summary>A mapping of somebody's own. A kind of word it does not name has no words.</summary>
    /// <exception cref="InvalidDataException">It is no mapping; the sentence says what it lacks.</exception>
    public static Mapping Read(string json, string path)
    {
        Mapping? mapping;
        try { mapping = JsonSerializer.Deserialize<Mapping>(json, ContentFiles.Json); }
        catch (JsonException error) { throw new InvalidDataException($"{path} is not a mapping: {error.Message}"); }
        if (mapping is null) throw new InvalidDataException($"{path} is empty.");
        foreach (var (name, there) in new[]
        {
            ("id", !string.IsNullOrWhiteSpace(mapping.Id)), ("file", mapping.File is { DateFormats: not null, DateTimeFormats: not null, ListSeparator.Length: > 0 }), ("columns", mapping.Columns is { Count: > 0 } columns && columns.All(c => c is { Column: not null, Field: not null })), ("words", mapping.Words is not null), ("safe_contact", mapping.SafeContact?.Patterns is not null),
        })
            if (!there) throw new InvalidDataException($"{path} is not a whole mapping: it lacks “{name}”. The shape is described in Content/README.md.");
        var words = mapping.Words!;
        IReadOnlyList<MappingWord> Of(string name, IReadOnlyList<MappingWord>? list) => [.. (list ?? []).Select(w => w is { Id: not null, Words.Count: > 0 } ? w : throw new InvalidDataException($"{path} is not a whole mapping: in words, “{name}” holds one without “id” or “words”."))];
        return mapping with
        {
            Words = new MappingWords(Of("doors", words.Doors), Of("areas", words.Areas), Of("applying_for", words.ApplyingFor), Of("yes_no", words.YesNo), Of("contact_by", words.ContactBy), Of("languages", words.Languages),
                Of("needs", words.Needs), Of("meters", words.Meters), Of("urgency", words.Urgency), Of("support", words.Support), Of("passed_to", words.PassedTo)),
            SafeContact = new MappingSafeContact([.. mapping.SafeContact!.Patterns.Select(p => p is { Pattern: not null, DoNot: not null } ? p : throw new InvalidDataException($"{path} is not a whole mapping: a pattern of safe_contact lacks “pattern” or “do_not”."))]),
        };
    }

    public string? ColumnOf(string field) => Columns.FirstOrDefault(c => c.Field == field)?.Column;

    /// <summary>Folds a word for look-up: straight quotes, no full stops, one space, no case.</summary>
    internal static string Fold(string word) =>
        string.Join(' ', word.Replace('’', '\'').Replace('‘', '\'').Replace(".", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}

public sealed record MappingFile(IReadOnlyList<string> DateFormats, IReadOnlyList<string> DateTimeFormats, string ListSeparator);

/// <param name="Field">The field it fills, like <c>person.first_name</c>; see <see cref="RowReader"/>.</param>
public sealed record MappingColumn(string Column, string Field);

/// <summary>One meaning and the words that stand for it.</summary>
public sealed record MappingWord(string Id, IReadOnlyList<string> Words, string? Code = null, string? By = null, IReadOnlyList<string>? DoNot = null, string? Name = null);

/// <summary>The words of each column that holds a choice.</summary>
public sealed record MappingWords(IReadOnlyList<MappingWord> Doors, IReadOnlyList<MappingWord> Areas, IReadOnlyList<MappingWord> ApplyingFor, IReadOnlyList<MappingWord> YesNo,
    IReadOnlyList<MappingWord> ContactBy, IReadOnlyList<MappingWord> Languages, IReadOnlyList<MappingWord> Needs, IReadOnlyList<MappingWord> Meters,
    IReadOnlyList<MappingWord> Urgency, IReadOnlyList<MappingWord> Support, IReadOnlyList<MappingWord> PassedTo);

/// <summary>What in a person's own words makes contact stricter. Words never loosen what the column says.</summary>
public sealed record MappingSafeContact(IReadOnlyList<OwnWordsPattern> Patterns);

public sealed record OwnWordsPattern(string Id, string Means, string Pattern, IReadOnlyList<string> DoNot, bool CheckBeforeContact, bool HideAddress = false, string? By = null)
{
    private Regex? regex;

    /// <summary>Matches with straight quotes, any case; a pattern that takes too long counts as a match, the strict side.</summary>
    public bool Matches(string words)
    {
        regex ??= new Regex(Pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));
        try { return regex.IsMatch(words.Replace('’', '\'').Replace('‘', '\'')); }
        catch (RegexMatchTimeoutException) { return true; }
    }
}

/// <summary>Safe contact as files and partners write it.</summary>
public static class DoNotWords
{
    public static DoNot Read(IEnumerable<string?>? words) => (words ?? []).Aggregate(DoNot.Nothing, (all, word) => all | word switch
    {
        "phone" => DoNot.Phone,
        "voicemail" or "voice-message" => DoNot.VoiceMessage,
        "letter" => DoNot.Letter,
        "text" => DoNot.Text,
        "email" => DoNot.Email,
        "landline" => DoNot.Landline,
        "after-three" => DoNot.AfterThree,
        "visit" => DoNot.Visit,
        "speak-to-others" => DoNot.SpeakToOthers,
        _ => throw new InvalidDataException($"“{word}” is not one of: phone, voicemail, letter, text, email, landline, after-three, visit, speak-to-others."),
    });

    public static ContactWay Way(string? word) => word switch
    {
        "text" => ContactWay.Text,
        "phone" => ContactWay.Phone,
        "email" => ContactWay.Email,
        "letter" => ContactWay.Letter,
        "through-someone" => ContactWay.ThroughSomeone,
        null or "" or "none" => ContactWay.DoNotContactFirst,
        _ => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"“{word}” is not one of: text, phone, email, letter, through-someone.")),
    };
}
