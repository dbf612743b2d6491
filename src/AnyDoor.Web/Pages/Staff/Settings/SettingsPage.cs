using System.Globalization;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>
/// A page that changes one part of the settings, or one thing in it. Every error is beside its field; what somebody else changed meanwhile is said,
/// and what was typed stays.
/// </summary>
public abstract class SettingsPage(SettingsDesk desk) : StaffPage
{
    protected override string? Area => "settings";

    /// <summary>The part, as <see cref="PartnershipSettings.Keys"/> has it.</summary>
    public abstract string Key { get; }

    /// <summary>The version that the form was filled from.</summary>
    [BindProperty] public int Version { get; set; }

    /// <summary>The day from which it counts; empty: today.</summary>
    [BindProperty] public DateAnswer? From { get; set; }

    public SettingPart Part { get; private set; } = null!;
    public DateOnly Today => LondonTime.DayOf(Now);
    protected SettingsDesk Desk => desk;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Part = await desk.FindAsync(Key, HttpContext.RequestAborted);
        await base.OnPageHandlerExecutionAsync(context, next);
    }

    /// <summary>A copy of the part to put the typed values into.</summary>
    protected JsonNode Body() => Part.Body!.DeepClone();

    /// <summary>The field on this page that a path of the part belongs to; null for what is not on it.</summary>
    protected virtual string? FieldOf(string path) => string.Concat(path.Split('/', '_').Select(word => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word)));

    /// <summary>Saves the part and goes to the overview, or gives the page again with what is wrong.</summary>
    protected async Task<IActionResult> SaveAsync(JsonNode body, CancellationToken cancel)
    {
        if (!May("edit-settings")) return NotFound();
        var day = Today;
        if (From is { } from && from.Read(out var typed) is var problem && problem != DateProblem.Empty)
        {
            if (problem != DateProblem.None) ModelState.AddModelError(Place(nameof(From), problem), "Put the day from which it counts, like 1 12 2026, or leave it empty for today.");
            else if (typed < Today) ModelState.AddModelError(nameof(From), "Put today or a later day. What was in force stays as it was.");
            else day = typed;
        }
        foreach (var wrong in await desk.CheckAsync(Key, body, day, cancel))
            if (wrong.Field is { } path && FieldOf(path) is { } field && !HasError(field)) ModelState.AddModelError(field, wrong.Sentence);
        if (!ModelState.IsValid) return Page();

        var done = await desk.SaveAsync(Key, body.ToJsonString(), day, Who(Purpose.Assurance), cancel, Version);
        if (done.Done) return LocalRedirect($"/staff/settings?saved={Key}{(day == Today ? "" : "&from=" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}");
        ModelState.AddModelError(done.Refusal.Field is { } at ? FieldOf(at) ?? "" : "", done.Refusal.Sentence);
        if (done.Refusal.Code == "clash")
        {
            // From here on it is theirs that is known: saving again is on purpose.
            ModelState.Remove(nameof(Version));
            Version = (await desk.FindAsync(Key, cancel)).Version;
        }
        return Page();
    }

    /// <summary>An answer of a date field, or an error beside it.</summary>
    protected string? DayOf(DateAnswer? answer, string name, string say)
    {
        if (answer is null) return null;
        var problem = answer.Read(out var day);
        if (problem == DateProblem.None) return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (problem != DateProblem.Empty) ModelState.AddModelError(Place(name, problem), say);
        return null;
    }

    /// <summary>What was typed; nothing but spaces is nothing.</summary>
    protected static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Paragraphs, one blank line between.</summary>
    protected static IReadOnlyList<string> Paragraphs(string? text) =>
        [.. (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    protected static JsonArray List(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode?)w)]);

    /// <summary>One thing of a list by its id.</summary>
    protected static JsonObject? One(JsonNode? body, string id) => (body as JsonArray)?.OfType<JsonObject>().FirstOrDefault(o => (string?)o["id"] == id);

    public static string Name(string key) => key switch
    {
        "partnership" => "Partnership and contacts",
        "authorities" => "Authorities",
        "hours" => "Opening hours",
        "crisis_numbers" => "Crisis numbers",
        "access_points" => "Access points",
        "languages" => "Languages",
        "texts" => "Texts of messages",
        "promises" => "By when somebody answers",
        _ => "Privacy notices",
    };

    private bool HasError(string field) => ModelState.Any(m => m.Value?.Errors.Count > 0 && (m.Key == field || m.Key.StartsWith(field + ".", StringComparison.Ordinal)));

    private static string Place(string name, DateProblem problem) => DateAnswer.PartOf(problem) is { } part ? $"{name}.{part}" : name;
}
