using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Reporting;
using AnyDoor.Sharing;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.Log;

/// <summary>Both logs in words: who looked and who wrote, when, for what and on which ground. Workers by name, residents by reference or count.</summary>
public sealed class IndexModel(LogReader log) : StaffPage
{
    private const int MostInAFile = 20_000;

    protected override string? Area => "information";

    /// <summary>Empty: who looked. <c>changes</c>: what was written. <c>stated</c>: looks on a stated reason, which go to review.</summary>
    [BindProperty(SupportsGet = true)] public string? Show { get; set; }
    [BindProperty(SupportsGet = true, Name = "ref")] public string? About { get; set; }
    [BindProperty(SupportsGet = true, Name = "by")] public Guid? By { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }
    [BindProperty(SupportsGet = true)] public long? Before { get; set; }

    public LogPage Found { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Workers { get; private set; } = [];
    public bool Changes => Show == "changes";
    public bool Stated => Show == "stated";
    public bool Narrowed => !string.IsNullOrWhiteSpace(About) || By is not null || Day is not null;

    private LogFilter Filter => new(Changes, Stated, About, By, Day);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Workers = [.. (await log.WorkersAsync(cancel)).Select(w => new SelectListItem(w.Name, w.Id.ToString()))];
        Found = await log.ReadAsync(Who(Purpose.Assurance), Filter, Before, LogReader.PageSize, cancel);
        if (Found.NoSuchReference) ModelState.AddModelError("ref", "Nothing has that reference. Type it as it stands on the request or the award, like 7K4M 2QXR D");
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        var lines = await log.DownloadAsync(Who(Purpose.Assurance), Filter, MostInAFile, cancel);
        return File(CsvText.Write(["when", "who", "organisation", Changes ? "what_was_done" : "where", "for_what", "on_which_ground", "records_shown", "references", "lawful_basis"],
            lines.Select(l => new object?[] { l.At, l.Who, l.Organisation, l.What, l.Why, l.Basis, l.Records, string.Join("; ", l.References.Select(Reference.Show)), l.Law })), "text/csv; charset=utf-8", Changes ? "log-of-changes.csv" : "log-of-looks.csv");
    }

    /// <summary>This list with something else chosen.</summary>
    public string Here(string? show, long? before = null, bool csv = false) => "/staff/log" + QueryString.Create(new (string Key, string? Value)[]
        { ("show", show), ("ref", About), ("by", By?.ToString()), ("day", Day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ("before", before?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("handler", csv ? "Csv" : null) }
        .Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => KeyValuePair.Create(q.Key, q.Value)));

    public static string Words(Purpose purpose) => LookWords.Of(purpose);
}
