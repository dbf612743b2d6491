using System.Globalization;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Reporting;
using AnyDoor.Vocabulary;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>Whether the same need gets the same answer by every door. Counts, each open to what is behind it; no person.</summary>
public sealed class DoorsModel(DoorFairness fairness, SchemeBook book, Database database) : StaffPage
{
    protected override string? Area => "figures";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty(SupportsGet = true)] public SameNeedChoice Alike { get; set; } = new();

    public SchemeDefinition Scheme { get; private set; } = null!;
    public DoorComparison Found { get; private set; } = null!;
    /// <summary>What help for this need is called, when the scheme has one kind of it.</summary>
    public string HelpName { get; private set; } = "";

    public IEnumerable<SelectListItem> Needs => Found.Needs.Select(n => new SelectListItem($"{Words.Current.Need(n.Need)?.Plain ?? n.Need} ({n.Requests:N0})", n.Need));
    public static IEnumerable<SelectListItem> Withins => [new("Today", "today"), new("Within a week", "week")];
    public static IEnumerable<SelectListItem> ChildrenChoices => [new("Yes", "yes"), new("No", "no")];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        return File(CsvText.Write(["door", "requests", "same_need", "given_help", "share", "likely_from", "likely_to", "median_hours_to_first_talk", "compared"],
            Found.Doors.Append(Found.All).Select(d => new object?[] { d.Label, d.Requests, d.Alike, d.Given, Say(d.Share), Say(d.Range.Low), Say(d.Range.High), d.Hours?.ToString("0.0", CultureInfo.InvariantCulture), Alike.InWords() })),
            "text/csv; charset=utf-8", $"{Id}-doors.csv");
    }

    /// <summary>What the numbers can bear, in a sentence or two.</summary>
    public string Sentence()
    {
        if (Found.All.Alike == 0) return "Nobody has asked for this yet.";
        var told = Found.Doors.Select(d => (d.Label, Reading: d.ReadAgainst(Found.All.Share))).Where(d => d.Reading != ShareReading.TooFew).ToList();
        if (told.Count < 2) return "Too few doors have enough requests to compare.";
        string Named(params ShareReading[] readings) => Join([.. told.Where(d => readings.Contains(d.Reading)).Select(d => d.Label)]);
        var (lower, higher) = (Named(ShareReading.Lower, ShareReading.LowerSmall), Named(ShareReading.Higher, ShareReading.HigherSmall));
        if (lower.Length + higher.Length == 0) return "Help was given about as often at every door with enough requests to tell.";
        return $"{(lower.Length > 0 ? $"Lower than the others: {lower}. " : "")}{(higher.Length > 0 ? $"Higher: {higher}. " : "")}The rest are about alike.";
    }

    public static string InWords(ShareReading reading) => reading switch
    {
        ShareReading.TooFew => "Too few to tell", ShareReading.SmallNumber => "Small number, read with care", ShareReading.Enough => "About alike", ShareReading.Lower => "Lower", ShareReading.LowerSmall => "Lower, small number",
        ShareReading.Higher => "Higher", _ => "Higher, small number",
    };

    /// <summary>What is behind a number of one line.</summary>
    public string Behind(DoorShare line, bool? given) => $"/staff/reports/{Id}/behind" + QueryString.Create(new[] { ("same", (string?)"yes"), ("given", given?.ToString().ToLowerInvariant()) }
        .Concat(Alike.Query()).Concat(line.Doors.Select(d => ("door", (string?)d))).Where(q => q.Item2 is not null).Select(q => KeyValuePair.Create(q.Item1, q.Item2)));

    private static string Join(List<string> names) => names.Count < 2 ? names.FirstOrDefault() ?? "" : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string Say(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        await using (var db = database.Open())
        {
            if (!Alike.IsThere || await book.FindAsync(db, Id, cancel) is not { } found) return false;
            Scheme = found.Newest;
        }
        Found = (await fairness.CompareAsync(Id, Alike.Read(), cancel))!;
        Alike = SameNeedChoice.Of(Found.Same);
        var kinds = Scheme.AwardTypes.Where(t => Found.Same.Need is { } need && t.Needs.Contains(need)).ToList();
        HelpName = kinds.Count == 1 ? kinds[0].Label.ToLowerInvariant() : "help for it";
        return true;
    }
}
