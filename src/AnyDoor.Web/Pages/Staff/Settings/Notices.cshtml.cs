using System.Text.Json.Nodes;
using AnyDoor.Organisations;
using AnyDoor.Web.Forms;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>What the partnership adds to the privacy notice of each door.</summary>
public sealed class NoticesModel(SettingsDesk desk) : SettingsPage(desk)
{
    public override string Key => "notices";

    [BindProperty] public string? Owner { get; set; }
    [BindProperty] public DateAnswer? ReviewOn { get; set; }
    /// <summary>In the order of <see cref="Notices.Doors"/>.</summary>
    [BindProperty] public List<string?> Words { get; set; } = [];

    protected override string? FieldOf(string path) => path.Split('/') is ["privacy", var door, ..]
        ? $"Words[{Notices.Doors.ToList().IndexOf(door)}]" : base.FieldOf(path);

    public void OnGet()
    {
        Version = Part.Version;
        Owner = (string?)Part.Body?["owner"];
        ReviewOn = new DateAnswer((string?)Part.Body?["review_on"] is { } on ? DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture) : null);
        Words = [.. Notices.Doors.Select(door => One(Part.Body!["privacy"], door)?["words"] is JsonArray words ? string.Join("\n\n", words.Select(w => (string)w!)) : null)];
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var notices = Body();
        notices["owner"] = Typed(Owner);
        notices["review_on"] = DayOf(ReviewOn, nameof(ReviewOn), "Put the whole day, like 26 2 2027.");
        if (notices["privacy"] is not JsonArray privacy) notices["privacy"] = privacy = [];
        foreach (var (door, words) in Notices.Doors.Zip(Words))
        {
            if (One(privacy, door) is not { } one) privacy.Add(one = new JsonObject { ["id"] = door });
            one["words"] = List(Paragraphs(words));
        }
        return SaveAsync(notices, cancel);
    }

    public static string DoorName(string door) => door switch
    {
        "web" => "Somebody asks on these pages",
        "partner" => "A partner sends a request for somebody",
        "telephone" => "Somebody rings the hub",
        _ => "A request comes from a council’s own form",
    };
}
