using System.Text.Json.Nodes;
using AnyDoor.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Settings;

/// <summary>One message in every language.</summary>
public sealed class MessageTextModel(SettingsDesk desk) : SettingsPage(desk)
{
    public sealed class Tongue
    {
        public string Code { get; set; } = "";
        public string? Text { get; set; }
        public string? Subject { get; set; }
        public string? Letter { get; set; }
        public bool Reviewed { get; set; }
    }

    public override string Key => "texts";

    [BindProperty(SupportsGet = true)] public string Id { get; set; } = "";
    [BindProperty] public List<Tongue> Tongues { get; set; } = [];

    public JsonObject? Message { get; private set; }
    public string What => (string?)Message?["when"] ?? Id;
    public IReadOnlyList<string> Gaps => [.. Message!["placeholders"]?.AsArray().Select(p => (string)p!) ?? []];
    public IReadOnlyList<(string Code, string Name, string Direction)> Languages { get; private set; } = [];

    public bool GoesBy(string channel) => Message!["channels"]?.AsArray().Any(c => (string?)c == channel) == true;

    protected override string? FieldOf(string path)
    {
        var start = $"messages/{Id}/texts/";
        if (!path.StartsWith(start, StringComparison.Ordinal) || path[start.Length..].Split('/') is not [var code, .. var field]) return null;
        var at = Tongues.FindIndex(t => t.Code == code);
        return at < 0 || field is not [var name, ..] ? "" : $"Tongues[{at}].{base.FieldOf(name)}";
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        Version = Part.Version;
        Tongues = [.. Languages.Select(l => Message!["texts"]?[l.Code] is JsonObject words
            ? new Tongue { Code = l.Code, Text = (string?)words["text"], Subject = (string?)words["subject"], Letter = words["letter"] is JsonArray letter ? string.Join("\n\n", letter.Select(p => (string)p!)) : null, Reviewed = (bool?)words["reviewed"] == true }
            : new Tongue { Code = l.Code })];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var body = Body();
        var whole = One(body["messages"], Id)!;
        if (whole["texts"] is not JsonObject message) whole["texts"] = message = [];
        foreach (var tongue in Tongues.Where(t => Languages.Any(l => l.Code == t.Code)))
        {
            if (message[tongue.Code] is not JsonObject words)
            {
                if (Typed(tongue.Text) is null && Typed(tongue.Letter) is null) continue;
                message[tongue.Code] = words = [];
            }
            if (GoesBy("text") || GoesBy("email")) words["text"] = Typed(tongue.Text);
            if (GoesBy("email")) words["subject"] = Typed(tongue.Subject);
            if (GoesBy("letter") && (words.ContainsKey("letter") || Typed(tongue.Letter) is not null)) words["letter"] = Paragraphs(tongue.Letter) is { Count: > 0 } letter ? List(letter) : null;
            words["reviewed"] = tongue.Reviewed;
        }
        return await SaveAsync(body, cancel);
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        Message = One(Part.Body!["messages"], Id);
        Languages = [.. (await Desk.CurrentAsync(cancel)).Languages.Select(l => (l.Id, l.Name, l.Direction))];
        return Message is not null;
    }
}
