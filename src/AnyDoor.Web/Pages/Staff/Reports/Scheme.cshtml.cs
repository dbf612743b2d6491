using System.Globalization;
using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Reporting;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>What 2.4.8 to 2.4.10 of the January 2021 paper give, live. Counts and values; no person.</summary>
public sealed class SchemeModel(Figures figures, SchemeBook book, Database database) : StaffPage
{
    protected override string? Area => "figures";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";

    public SchemeDefinition Scheme { get; private set; } = null!;
    public AnyDoor.Reporting.SchemeFigures Figures { get; private set; } = null!;
    private Dictionary<string, string> doors = [];

    public static string? CodeOf(string area) => Places.District.All.FirstOrDefault(d => d.Name == area)?.Code;
    public string? DoorOf(string label) => doors.GetValueOrDefault(label);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var rows = new List<object?[]>();
        foreach (var property in JsonSerializer.SerializeToElement(Figures).EnumerateObject()) Flatten(property.Name, property.Value, rows);
        return File(CsvText.Write(["figure", "value", "counted_at_utc"], rows.Select(r => r.Append(Now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)))), "text/csv; charset=utf-8", $"{Id}-figures.csv");
    }

    private static void Flatten(string name, JsonElement value, List<object?[]> rows)
    {
        if (value.ValueKind == JsonValueKind.Object) foreach (var inner in value.EnumerateObject()) Flatten($"{name}: {inner.Name}", inner.Value, rows);
        else rows.Add([name, value.GetRawText()]);
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await book.FindAsync(db, Id, cancel) is not { } found) return false;
        Scheme = found.Newest;
        Figures = (await figures.OfAsync(Id, cancel))!;
        doors = (await db.Set<Door>().ToListAsync(cancel)).GroupBy(d => d.Label).ToDictionary(g => g.Key, g => g.First().Id);
        return true;
    }
}
