using System.Text.Json.Nodes;
using AnyDoor.Common;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>When somebody answers the telephone, and the office's own hours.</summary>
public sealed class HoursModel(SettingsDesk desk) : SettingsPage(desk)
{
    public static IReadOnlyList<(string Id, string Name)> Week { get; } =
        [("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday"), ("thu", "Thursday"), ("fri", "Friday"), ("sat", "Saturday"), ("sun", "Sunday")];

    public override string Key => "hours";

    [BindProperty] public List<string> TelephoneDays { get; set; } = [];
    [BindProperty] public string? TelephoneOpens { get; set; }
    [BindProperty] public string? TelephoneCloses { get; set; }
    [BindProperty] public List<string> WorkingHoursDays { get; set; } = [];
    [BindProperty] public string? WorkingHoursOpens { get; set; }
    [BindProperty] public string? WorkingHoursCloses { get; set; }
    [BindProperty] public string? OnBankHolidays { get; set; }

    /// <summary>Those of the next twelve months.</summary>
    public IReadOnlyList<BankHoliday> Holidays => [.. BankHolidays.All.Where(h => h.Date >= Today && h.Date < Today.AddYears(1))];

    public void OnGet()
    {
        Version = Part.Version;
        (TelephoneDays, TelephoneOpens, TelephoneCloses) = Of("telephone");
        (WorkingHoursDays, WorkingHoursOpens, WorkingHoursCloses) = Of("working_hours");
        OnBankHolidays = (string?)Part.Body!["on_bank_holidays"];
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var hours = Body();
        hours["telephone"] = Hours(TelephoneDays, TelephoneOpens, nameof(TelephoneOpens), TelephoneCloses, nameof(TelephoneCloses));
        hours["working_hours"] = Hours(WorkingHoursDays, WorkingHoursOpens, nameof(WorkingHoursOpens), WorkingHoursCloses, nameof(WorkingHoursCloses));
        hours["on_bank_holidays"] = Typed(OnBankHolidays);
        return SaveAsync(hours, cancel);
    }

    private (List<string> Days, string? Opens, string? Closes) Of(string name) =>
        Part.Body![name] is JsonArray { Count: > 0 } list && list[0] is JsonObject first ? ([.. first["days"]?.AsArray().Select(d => (string)d!) ?? []], (string?)first["opens"], (string?)first["closes"]) : ([], null, null);

    private JsonArray Hours(List<string> days, string? opens, string opensField, string? closes, string closesField) =>
        [new JsonObject { ["days"] = List(Week.Select(d => d.Id).Where(days.Contains)), ["opens"] = Time(opens, opensField), ["closes"] = Time(closes, closesField) }];

    private string? Time(string? typed, string field)
    {
        if (Typed(typed) is not { } text) return null;
        if (TimeOnly.TryParse(text.Replace('.', ':'), System.Globalization.CultureInfo.InvariantCulture, out var time)) return time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        ModelState.AddModelError(field, "Put a time, like 08:00.");
        return null;
    }
}
