using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Reporting;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>What is behind one figure of a scheme: requests or awards by reference, that add up to it, for whoever may see those; for others what it consists of, with small numbers hidden. No person.</summary>
public sealed class BehindModel(BehindFigures behind, SchemeBook book, Database database) : StaffPage
{
    protected override string? Area => "figures";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string? District { get; set; }
    [BindProperty(SupportsGet = true, Name = "Door")] public List<string> Doors { get; set; } = [];
    [BindProperty(SupportsGet = true)] public string? Help { get; set; }
    /// <summary>As the comparison of doors has it; with no need, children or urgency chosen it is <c>same=all</c>.</summary>
    [BindProperty(SupportsGet = true)] public string? Same { get; set; }
    [BindProperty(SupportsGet = true)] public SameNeedChoice Alike { get; set; } = new();
    [BindProperty(SupportsGet = true)] public bool? Given { get; set; }
    [BindProperty(SupportsGet = true)] public int P { get; set; } = 1;

    public SchemeDefinition Scheme { get; private set; } = null!;
    public FigurePage List { get; private set; } = null!;
    /// <summary>The figure in words.</summary>
    public string What { get; private set; } = "";
    public int LastPage => Math.Max(1, (List.Lines + BehindFigures.PageSize - 1) / BehindFigures.PageSize);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        P = Math.Clamp(P, 1, 100_000);
        await using var db = database.Open();
        if (await book.FindAsync(db, Id, cancel) is not { } found) return NotFound();
        Scheme = found.Newest;
        var doors = await db.Set<Door>().Where(d => Doors.Contains(d.Id)).ToListAsync(cancel);
        var help = Help is null ? null : Scheme.Type(Help);
        var area = District is null or BehindFigures.NotKnown ? null : Places.District.Find(District);
        // A figure that is not there has nothing behind it.
        if (doors.Count != Doors.Distinct().Count() || (Same is not null && !Alike.IsThere) || (Help is not null && help is null) || (District is not null and not BehindFigures.NotKnown && area is null)) return NotFound();
        var by = string.Join(", ", doors.Select(d => d.Label));
        What = help?.Label ?? (Same is not null ? $"{Alike.InWords()}{(by.Length == 0 ? "" : $", by {by}")}{Given switch { true => ", given help for it", false => ", given none for it", _ => "" }}" : by.Length > 0 ? $"Requests by {by}" : District is null ? "All requests" : area is null ? "Requests, area not known" : $"Requests from {area.Name}");
        if (await behind.OpenAsync(Reading("figure", Purpose.AwardAndPay), new FigureFilter(Id, District, Doors, Help, Same is null ? null : Alike.Read(), Given), P, cancel) is not { } list) return NotFound();
        List = list;
        return Page();
    }

    public string Here(int page) => $"/staff/reports/{Id}/behind" + QueryString.Create(new (string Key, string? Value)[]
        { ("district", District), ("help", Help), ("same", Same), ("given", Given?.ToString().ToLowerInvariant()), ("p", page.ToString(System.Globalization.CultureInfo.InvariantCulture)) }
        .Concat(Doors.Select(d => (Key: "door", Value: (string?)d))).Concat(Alike.Query()).Where(q => q.Value is not null).Select(q => KeyValuePair.Create(q.Key, q.Value)));
}
