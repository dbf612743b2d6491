using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;

namespace AnyDoor.Cli.Verbs;

/// <summary>What the partnership sets about itself, for a live installation before anybody can sign in, and for scripts. The same checks and history as on the pages.</summary>
internal static class SettingsVerbs
{
    public static Command Command()
    {
        var from = new Option<string?>("--from") { Description = "The day from which it counts, like 2026-12-01. Default: today." };
        return new Command("settings", "What the partnership sets about itself: names, numbers, hours, texts.") { Show(), Set(from), Load(from) };
    }

    private static Command Show()
    {
        var part = new Argument<string?>("part") { Description = $"One of: {string.Join(", ", PartnershipSettings.Keys)}. Default: all.", Arity = ArgumentArity.ZeroOrOne };
        var show = new Command("show", "Print the settings as they count today, as JSON that “settings load” reads. What is missing or due for a check goes to standard error.") { part };
        show.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var desk = s.Get<SettingsDesk>();
            var today = s.Get<TimeProvider>().Today();
            if (parsed.GetValue(part) is { } key && !PartnershipSettings.Keys.Contains(key))
                return Verb.Session.Refuse(new Refusal("key", $"There is no part “{key}”. Use one of: {string.Join(", ", PartnershipSettings.Keys)}."));
            Console.WriteLine(await desk.TextAsync(parsed.GetValue(part) is { } one ? [one] : PartnershipSettings.Keys, today, s.Cancel));
            var settings = await desk.CurrentAsync(s.Cancel);
            if (settings.Missing() is { Count: > 0 } missing) await Console.Error.WriteLineAsync($"Residents’ pages of a live installation stay shut until this is set:\n  {string.Join("\n  ", missing)}");
            foreach (var due in settings.Overdue(today)) await Console.Error.WriteLineAsync(due.Sentence);
            return 0;
        }, cancel));
        return show;
    }

    private static Command Set(Option<string?> from)
    {
        var path = new Argument<string>("path") { Description = "The part, then names with dots: partnership.telephone, crisis_numbers.gas.owner." };
        var value = new Argument<string>("value") { Description = "The new value; JSON where it is no text, like [\"Fenland\"] or null." };
        var set = new Command("set", "Change one value.") { path, value, from };
        set.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var steps = parsed.GetValue(path)!.Split('.');
            if (!PartnershipSettings.Keys.Contains(steps[0]) || steps.Length < 2)
                return Verb.Session.Refuse(new Refusal("path", $"Start with one of: {string.Join(", ", PartnershipSettings.Keys)}; then the value’s name, like partnership.telephone."));
            if (!TryDay(parsed.GetValue(from), s, out var day)) return NoDay();
            var body = JsonNode.Parse(await s.Get<SettingsDesk>().PartAsync(steps[0], day, s.Cancel));
            var at = body;
            foreach (var step in steps[1..^1])
                if ((at = Step(at, step)) is null) return Verb.Session.Refuse(new Refusal("path", $"There is nothing named “{step}” in {parsed.GetValue(path)}. See: anydoor settings show {steps[0]}"));
            if (at is not JsonObject whole || !whole.ContainsKey(steps[^1])) return Verb.Session.Refuse(new Refusal("path", $"There is nothing named “{steps[^1]}” there. See: anydoor settings show {steps[0]}"));
            whole[steps[^1]] = Value(parsed.GetValue(value)!);
            return await SaveAsync(s, new JsonObject { [steps[0]] = body }, day);
        }, cancel));
        return set;
    }

    private static Command Load(Option<string?> from)
    {
        var file = new Argument<string>("file") { Description = "A JSON file with any of the parts that “settings show” prints." };
        var load = new Command("load", "Change every part that is in a file. Loading it again changes nothing.") { file, from };
        load.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.");
            if (!TryDay(parsed.GetValue(from), s, out var day)) return NoDay();
            JsonObject? parts;
            try { parts = JsonNode.Parse(await File.ReadAllTextAsync(path, s.Cancel), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject; }
            catch (JsonException error) { throw new InvalidDataException($"{path} does not read as JSON, in line {error.LineNumber + 1}."); }
            if (parts is null) throw new InvalidDataException($"{path} must hold an object with parts like “partnership”.");
            if (parts.Select(p => p.Key).FirstOrDefault(k => !PartnershipSettings.Keys.Contains(k)) is { } unknown)
                return Verb.Session.Refuse(new Refusal("key", $"There is no part “{unknown}”. Use: {string.Join(", ", PartnershipSettings.Keys)}."));
            return await SaveAsync(s, parts, day);
        }, cancel));
        return load;
    }

    private static async Task<int> SaveAsync(Verb.Session s, JsonObject parts, DateOnly day)
    {
        var desk = s.Get<SettingsDesk>();
        var saved = new List<string>();
        foreach (var (key, body) in parts)
        {
            var done = await desk.SaveAsync(key, body?.ToJsonString() ?? "null", day, s.Who("settings", Purpose.Assurance), s.Cancel);
            if (!done.Done)
            {
                await Console.Error.WriteLineAsync($"{key}{(done.Refusal.Field is { } field && field != "body" ? $", {field}" : "")}: {done.Refusal.Sentence}{(saved.Count > 0 ? $" Saved before that: {string.Join(", ", saved)}." : " Nothing was changed.")}");
                return 1;
            }
            saved.Add(key);
        }
        var missing = (await desk.CurrentAsync(s.Cancel)).Missing();
        s.Print(new { saved, starts = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), missing },
            [$"Saved: {string.Join(", ", saved)}, from {LondonTime.Day(day)}.", .. missing.Count > 0 ? [$"{missing.Count:N0} values are still missing before residents’ pages open. See: anydoor settings show"] : Array.Empty<string>()]);
        return 0;
    }

    private static JsonNode? Step(JsonNode? at, string step) => at switch
    {
        JsonObject o => o[step],
        JsonArray list => list.FirstOrDefault(one => one is JsonObject o && o["id"] is JsonValue id && id.TryGetValue(out string? name) && name == step),
        _ => null,
    };

    private static JsonNode? Value(string text)
    {
        if (text is "null" or "true" or "false" || text.StartsWith('[') || text.StartsWith('{'))
            try { return JsonNode.Parse(text); }
            catch (JsonException) { return text; }
        return text;
    }

    private static bool TryDay(string? text, Verb.Session s, out DateOnly day)
    {
        day = s.Get<TimeProvider>().Today();
        return text is null || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static int NoDay() => Verb.Session.Refuse(new Refusal("from", "Write the day like 2026-12-01."));
}
