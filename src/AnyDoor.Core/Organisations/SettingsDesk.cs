using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>
/// Reads and saves what the partnership sets about itself: the file that ships with the product, and over it each part's newest version that has started.
/// Kept in memory for a few seconds, so that another process's change is seen soon.
/// </summary>
public sealed class SettingsDesk(Database database, Commands commands, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private (DateTime At, DateOnly Day, PartnershipSettings Settings)? kept;

    public async ValueTask<PartnershipSettings> CurrentAsync(CancellationToken cancel)
    {
        var (now, today) = (clock.UtcNow(), clock.Today());
        if (kept is { } known && known.Day == today && now - known.At < Fresh && now >= known.At) return known.Settings;
        var settings = Read(await BodyAsync(today, cancel));
        kept = (now, today, settings);
        return settings;
    }

    /// <summary>One part as JSON text, as it stands on a day: what a settings page shows.</summary>
    public async Task<string> PartAsync(string key, DateOnly day, CancellationToken cancel) =>
        (await BodyAsync(day, cancel))[key]?.ToJsonString(new JsonSerializerOptions(ContentFiles.Json) { WriteIndented = true }) ?? "null";

    /// <summary>Saves one part from a day on. It is checked first: what does not read is refused with the place, and nothing changes.</summary>
    public async Task<Result<Nothing>> SaveAsync(string key, string body, DateOnly starts, AuditContext who, CancellationToken cancel)
    {
        if (!PartnershipSettings.Keys.Contains(key)) return new Refusal("key", $"There is no setting “{key}”.", "key");
        if (starts < LondonTime.DayOf(who.At)) return new Refusal("starts", "A setting counts from today or later. What was in force stays as it was.", "starts");
        JsonObject whole;
        try
        {
            whole = await BodyAsync(starts, cancel);
            whole[key] = JsonNode.Parse(body);
            var read = Read(whole);
            if (UnknownPlaceholder(read.Texts) is { } sentence) return new Refusal("placeholder", sentence, "body");
        }
        catch (JsonException error)
        {
            return new Refusal("body", $"This does not read{(error.Path is { Length: > 1 } path ? $" at {path}" : "")}. Nothing was changed.", "body");
        }
        var result = await commands.RunAsync(who, c =>
        {
            var row = new Setting { Id = Guid.CreateVersion7(), Key = key, Starts = starts, Body = whole[key]!.ToJsonString(ContentFiles.Json), SavedAt = who.At, SavedBy = who.Actor.Label };
            c.Insert(row);
            c.Record("setting.saved", row.Id, content: key);
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
        kept = null;
        return result;
    }

    private async Task<JsonObject> BodyAsync(DateOnly day, CancellationToken cancel)
    {
        await using var db = database.Open();
        var demo = await db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(cancel) == true;
        var body = ContentFiles.Read<JsonObject>(demo ? "settings/demo.json" : "settings/live-template.json");
        var rows = await db.Set<Setting>().Where(s => s.Starts <= day).OrderBy(s => s.Starts).ThenBy(s => s.SavedAt).ToListAsync(cancel);
        foreach (var row in rows) body[row.Key] = JsonNode.Parse(row.Body);
        return body;
    }

    internal static PartnershipSettings Read(JsonObject body) =>
        body.Deserialize<PartnershipSettings>(ContentFiles.Json) is { Partnership: not null, CrisisNumbers: not null, Texts.Messages: not null } settings
            ? settings with { Authorities = settings.Authorities ?? [], AccessPoints = settings.AccessPoints ?? [], Languages = settings.Languages ?? [] }
            : throw new JsonException("A part of the settings is missing.");

    private static string? UnknownPlaceholder(MessageTexts texts)
    {
        foreach (var message in texts.Messages)
        {
            foreach (var (language, words) in message.Texts)
            {
                foreach (var text in (words.Letter ?? []).Append(words.Text ?? "").Append(words.Subject ?? ""))
                    foreach (var name in Fill.Names(text).Where(n => !message.Placeholders.Contains(n)))
                        return $"The message “{message.Id}” in “{language}” holds {{{name}}}, which nothing fills in. Use: {string.Join(", ", message.Placeholders)}.";
            }
        }
        return null;
    }
}
