using AnyDoor.Reporting;
using AnyDoor.Requests;
using AnyDoor.Vocabulary;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Reports;

/// <summary>The same need as it is chosen on a page and stands in its address.</summary>
public sealed class SameNeedChoice
{
    [FromQuery(Name = "need")] public string? Need { get; set; }
    /// <summary><c>today</c> or <c>week</c>.</summary>
    [FromQuery(Name = "within")] public string? Within { get; set; }
    /// <summary><c>yes</c> or <c>no</c>.</summary>
    [FromQuery(Name = "children")] public string? Children { get; set; }

    public bool IsThere => (Need is null or "" || Words.Current.Need(Need) is not null) && Within is null or "" or "today" or "week" && Children is null or "" or "yes" or "no";

    public SameNeed Read() => new(string.IsNullOrEmpty(Need) ? null : Need, Within switch { "today" => Urgency.Today, "week" => Urgency.ThisWeek, _ => null }, Children switch { "yes" => true, "no" => false, _ => null });

    public static SameNeedChoice Of(SameNeed same) => new()
    {
        Need = same.Need, Within = same.Within switch { Urgency.Today => "today", Urgency.ThisWeek => "week", _ => null }, Children = same.Children switch { true => "yes", false => "no", _ => null },
    };

    public IEnumerable<(string Key, string? Value)> Query() => new[] { ("need", Need), ("within", Within), ("children", Children) }.Where(q => !string.IsNullOrEmpty(q.Item2));

    /// <summary>"Heating or electricity, children at home, needed within a week".</summary>
    public string InWords() => string.Join(", ", new[]
    {
        Words.Current.Need(Need ?? "")?.Plain ?? "Any need", Children switch { "yes" => "children at home", "no" => "no children at home", _ => null }, Within switch { "today" => "needed today", "week" => "needed within a week", _ => null },
    }.OfType<string>());
}
