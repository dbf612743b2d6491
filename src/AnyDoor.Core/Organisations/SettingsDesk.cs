using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <param name="Version">0: as it ships.</param>
/// <param name="NextStarts">A later version waits for this day.</param>
public sealed record SettingPart(string Key, int Version, JsonNode? Body, string? SavedBy, DateTime? SavedAt, DateOnly? NextStarts);

public sealed record SettingVersion(int Version, DateOnly Starts, DateTime SavedAt, string SavedBy, DateTime? WithdrawnAt, string? WithdrawnBy, IReadOnlyList<SettingChange> Changes);

/// <summary>
/// Reads and saves what the partnership sets about itself: the file that ships with the product, and over it each part's newest version that has started.
/// Kept in memory for a few seconds, so that another process's change is seen soon.
/// </summary>
public sealed class SettingsDesk(Database database, Commands commands, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Indented = new(ContentFiles.Json) { WriteIndented = true };
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private Kept? kept;

    public ValueTask<PartnershipSettings> CurrentAsync(CancellationToken cancel) => CurrentAsync(BodyAsync, cancel);

    internal async ValueTask<PartnershipSettings> CurrentAsync(Func<DateOnly, CancellationToken, Task<JsonObject>> look, CancellationToken cancel)
    {
        var (now, today) = (clock.UtcNow(), clock.Today());
        var known = Volatile.Read(ref kept);
        if (known?.Settings is { } still && known.Day == today && now - known.At < Fresh && now >= known.At) return still;
        var settings = Read(await look(today, cancel));
        // Only in the place of what was there before the look: what was saved meanwhile is not covered by what was read before it.
        Interlocked.CompareExchange(ref kept, new Kept(now, today, settings), known);
        return settings;
    }

    /// <summary>A new one each time, so that a look that began before this cannot be put in its place.</summary>
    private void Forget() => Volatile.Write(ref kept, new Kept(default, default, null));

    /// <summary>One part as JSON text, as it stands on a day.</summary>
    public async Task<string> PartAsync(string key, DateOnly day, CancellationToken cancel) =>
        (await BodyAsync(day, cancel))[key]?.ToJsonString(Indented) ?? "null";

    /// <summary>Parts as one JSON text, as they stand on a day: to be changed in an editor and loaded again.</summary>
    public async Task<string> TextAsync(IEnumerable<string> keys, DateOnly day, CancellationToken cancel)
    {
        var body = await BodyAsync(day, cancel);
        return new JsonObject(keys.Select(k => KeyValuePair.Create(k, body[k]?.DeepClone()))).ToJsonString(Indented);
    }

    /// <summary>One part as it counts today, with the version that a form was filled from.</summary>
    public async Task<SettingPart> FindAsync(string key, CancellationToken cancel)
    {
        var today = clock.Today();
        await using var db = database.Open();
        var (shipped, rows) = (await ShippedAsync(db, cancel), await RowsAsync(db, key, cancel));
        var now = Newest(rows, today);
        return new SettingPart(key, now?.Version ?? 0, (now is null ? shipped[key]?.DeepClone() : JsonNode.Parse(now.Body)), now?.SavedBy, now?.SavedAt,
            rows.Where(r => r.Starts > today).Select(r => (DateOnly?)r.Starts).Min());
    }

    /// <summary>Every version of a part, newest first, with what each changed.</summary>
    public async Task<IReadOnlyList<SettingVersion>> HistoryAsync(string key, CancellationToken cancel)
    {
        await using var db = database.Open();
        var shipped = (await ShippedAsync(db, cancel))[key];
        var rows = await db.Set<Setting>().Where(s => s.Key == key).OrderBy(s => s.Version).ToListAsync(cancel);
        return [.. rows.Select(row => new SettingVersion(row.Version, row.Starts, row.SavedAt, row.SavedBy, row.WithdrawnAt, row.WithdrawnBy,
            SettingsMerge.Changes(Newest(rows.Where(r => r.Version < row.Version && (r.WithdrawnAt is null || r.WithdrawnAt > row.SavedAt)), row.Starts) is { } before ? JsonNode.Parse(before.Body) : shipped, JsonNode.Parse(row.Body))))
            .Reverse()];
    }

    /// <summary>What is wrong with a part as it was typed, all of it: before it is saved.</summary>
    public async Task<IReadOnlyList<Refusal>> CheckAsync(string key, JsonNode? body, DateOnly starts, CancellationToken cancel)
    {
        var whole = await BodyAsync(starts, cancel);
        whole[key] = body?.DeepClone();
        try
        {
            RefuseGaps(key, body);
            return [.. SettingsCheck.Of(key, Read(whole), starts)];
        }
        catch (JsonException error) { return [Unreadable(error)]; }
    }

    /// <summary>
    /// Saves one part from a day on. What was changed is checked first, and refused with its place; nothing changes then. Two who change different
    /// things both keep their change; two who change the same thing: the second is told. A change is also put into versions that begin later.
    /// </summary>
    /// <param name="known">The version that was changed, as <see cref="FindAsync"/> gave it; null: whatever counts on the day.</param>
    public async Task<Result<Nothing>> SaveAsync(string key, string body, DateOnly starts, AuditContext who, CancellationToken cancel, int? known = null)
    {
        if (!PartnershipSettings.Keys.Contains(key)) return new Refusal("key", $"There is no setting “{key}”. Use: {string.Join(", ", PartnershipSettings.Keys)}.", "key");
        if (starts < LondonTime.DayOf(who.At)) return new Refusal("starts", "A setting counts from today or later. What was in force stays as it was.", "starts");
        JsonNode? mine;
        try { mine = JsonNode.Parse(body); }
        catch (JsonException error) { return Unreadable(error); }
        if (mine is null) return new Refusal("body", $"There is nothing in “{key}”. Leave it out to keep it as it is.", "body");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await commands.RunAsync(who, c => PutAsync(c, key, mine, starts, known), cancel);
                Forget();
                return result;
            }
            catch (Exception error) when (attempt < 5 && database.Kind.IsUniqueConflict(error))
            {
                // Somebody saved in this very moment: look again at what counts now.
            }
        }
    }

    /// <summary>Takes back what was to begin on a later day.</summary>
    public async Task<Result<Nothing>> TakeBackAsync(string key, DateOnly starts, AuditContext who, CancellationToken cancel)
    {
        var result = await commands.RunAsync(who, async c =>
        {
            if (starts <= LondonTime.DayOf(who.At)) return new Refusal("begun", "This counts already. Change it instead.");
            var rows = await c.Db.Set<Setting>().AsTracking().Where(s => s.Key == key && s.Starts == starts && s.WithdrawnAt == null).ToListAsync(c.Cancel);
            if (rows.Count == 0) return new Refusal("not-found", "Nothing is to begin on that day.");
            foreach (var row in rows) (row.WithdrawnAt, row.WithdrawnBy) = (who.At, who.Actor.Label);
            c.Record("setting.taken-back", rows[^1].Id, content: $"{key} from {starts:yyyy-MM-dd}");
            return (Result<Nothing>)Nothing.Value;
        }, cancel);
        Forget();
        return result;
    }

    /// <summary>Keeps a picture and makes it the logo. What it was before stays in the history.</summary>
    public async Task<Result<Nothing>> PutLogoAsync(byte[] file, AuditContext who, CancellationToken cancel)
    {
        var image = LogoImage.Read(file);
        if (!image.Done) return image.Refusal;
        var picture = new PartnershipPicture
        {
            Id = Guid.CreateVersion7(), ContentType = image.Value.ContentType, Width = image.Value.Width, Height = image.Value.Height, Bytes = image.Value.Bytes, SavedAt = who.At, SavedBy = who.Actor.Label,
        };
        await commands.RunAsync(who, c =>
        {
            c.Insert(picture);
            c.Record("logo.stored", picture.Id);
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
        return await SetLogoAsync(picture.Id.ToString(), who, cancel);
    }

    /// <param name="id">Null: none.</param>
    public async Task<Result<Nothing>> SetLogoAsync(string? id, AuditContext who, CancellationToken cancel)
    {
        var part = await FindAsync("partnership", cancel);
        var body = part.Body!.AsObject();
        body["logo"] = id;
        return await SaveAsync("partnership", body.ToJsonString(), LondonTime.DayOf(who.At), who, cancel, part.Version);
    }

    /// <summary>A picture that was stored, to serve it or to know its size.</summary>
    public async Task<PartnershipPicture?> PictureAsync(Guid id, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<PartnershipPicture>().SingleOrDefaultAsync(p => p.Id == id, cancel);
    }

    /// <summary>Writes down what is past the day for a check, once for each and its day. Gives how many are new.</summary>
    public async Task<int> RemindAsync(AuditContext who, CancellationToken cancel)
    {
        var fresh = 0;
        foreach (var due in (await CurrentAsync(cancel)).Overdue(LondonTime.DayOf(who.At)))
        {
            var which = $"{due.Key}/{due.Id}/{due.On:yyyy-MM-dd}";
            var wrote = false;
            await commands.RunAsync(who, c =>
            {
                wrote = true;
                c.Record("setting.review-due", content: due.Sentence);
                return Task.FromResult<Result<bool>>(true);
            }, cancel, new Once("setting-review", which, System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(which))));
            if (wrote) fresh++;
        }
        return fresh;
    }

    private static async Task<Result<Nothing>> PutAsync(Command c, string key, JsonNode? mine, DateOnly starts, int? known)
    {
        // One look at the part: its next number must come from the very rows that were merged, or a save made in between would be lost.
        var (shipped, all) = (await ShippedAsync(c.Db, c.Cancel), await c.Db.Set<Setting>().Where(s => s.Key == key).OrderBy(s => s.Starts).ThenBy(s => s.Version).ToListAsync(c.Cancel));
        List<Setting> rows = [.. all.Where(s => s.WithdrawnAt is null)];
        JsonNode? BodyOf(Setting? row) => row is null ? shipped[key]?.DeepClone() : JsonNode.Parse(row.Body);
        var last = Newest(rows, starts);
        var theirs = BodyOf(last);
        var basis = known is { } version ? BodyOf(rows.SingleOrDefault(r => r.Version == version)) : theirs;
        var clashes = new List<string>();
        var merged = SettingsMerge.Merge(basis, mine, theirs, clashes);
        if (clashes.Count > 0) return Clash(clashes, SettingsMerge.Changes(basis, theirs), last!);
        var changes = SettingsMerge.Changes(theirs, merged);
        if (changes.Count == 0) return Nothing.Value;

        var whole = await BodyAsync(c.Db, starts, c.Cancel);
        whole[key] = merged;
        try
        {
            RefuseGaps(key, merged);
            // Only what was changed must be right: a part may be filled in step by step.
            if (SettingsCheck.Of(key, Read(whole), starts).FirstOrDefault(r => changes.Any(ch => Touches(ch.Path, r.Field!))) is { } wrong) return wrong;
        }
        catch (JsonException error)
        {
            return Unreadable(error);
        }
        var next = all.Select(s => s.Version).DefaultIfEmpty().Max();
        foreach (var (day, put) in rows.Where(r => r.Starts > starts).GroupBy(r => r.Starts).OrderBy(g => g.Key)
            .Select(g => (g.Key, SettingsMerge.Merge(theirs, merged, BodyOf(g.Last()), []))).Prepend((starts, merged)))
        {
            var row = new Setting { Id = Guid.CreateVersion7(), Key = key, Version = ++next, Starts = day, Body = put!.ToJsonString(ContentFiles.Json), SavedAt = c.Who.At, SavedBy = c.Who.Actor.Label };
            c.Insert(row);
            c.Record("setting.saved", row.Id, content: $"{key}: {string.Join(", ", changes.Select(ch => ch.Path))}");
        }
        return Nothing.Value;
    }

    private static Refusal Clash(List<string> paths, IReadOnlyList<SettingChange> theirs, Setting last)
    {
        var said = paths.Select(p => theirs.FirstOrDefault(t => t.Path == p) is { After: { } after } ? $"“{after}”" : "empty");
        return new Refusal("clash", $"{last.SavedBy} changed this at {LondonTime.Time(last.SavedAt)}, while you had it open. It is {string.Join(", and ", said)} now. Nothing of yours is lost: save again to put yours in its place.", paths[0]);
    }

    private static bool Touches(string changed, string wrong) => changed == wrong || changed.Length == 0 || changed.StartsWith(wrong + "/", StringComparison.Ordinal) || wrong.StartsWith(changed + "/", StringComparison.Ordinal);

    private static Refusal Unreadable(JsonException error) => new("body", $"This does not read{(error.Path is { Length: > 1 } path ? $" at {path}" : "")}. Nothing was changed.", "body");

    private static Setting? Newest(IEnumerable<Setting> rows, DateOnly day) => rows.Where(r => r.Starts <= day).OrderBy(r => r.Starts).ThenBy(r => r.Version).LastOrDefault();

    private static Task<List<Setting>> RowsAsync(AnyDoorDb db, string key, CancellationToken cancel) =>
        db.Set<Setting>().Where(s => s.Key == key && s.WithdrawnAt == null).OrderBy(s => s.Starts).ThenBy(s => s.Version).ToListAsync(cancel);

    private static async Task<JsonObject> ShippedAsync(AnyDoorDb db, CancellationToken cancel) =>
        ContentFiles.Read<JsonObject>(await db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(cancel) == true ? "settings/demo.json" : "settings/live-template.json");

    private async Task<JsonObject> BodyAsync(DateOnly day, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await BodyAsync(db, day, cancel);
    }

    private static async Task<JsonObject> BodyAsync(AnyDoorDb db, DateOnly day, CancellationToken cancel)
    {
        var body = await ShippedAsync(db, cancel);
        var rows = await db.Set<Setting>().Where(s => s.Starts <= day && s.WithdrawnAt == null).OrderBy(s => s.Starts).ThenBy(s => s.Version).ToListAsync(cancel);
        foreach (var row in rows) body[row.Key] = JsonNode.Parse(row.Body);
        return body;
    }

    /// <summary>What a part leaves out is empty, so that no page meets a list that is not there.</summary>
    internal static PartnershipSettings Read(JsonObject body) =>
        body.Deserialize<PartnershipSettings>(ContentFiles.Json) is { Partnership: not null, CrisisNumbers: not null, Texts.Messages: not null } settings
            ? settings with
            {
                Authorities = [.. There(settings.Authorities).Select(a => a with { Districts = a.Districts ?? [] })],
                CrisisNumbers = There(settings.CrisisNumbers),
                AccessPoints = [.. There(settings.AccessPoints).Select(p => p with { Districts = p.Districts ?? [] })],
                Languages = There(settings.Languages),
                Texts = settings.Texts with { Messages = [.. There(settings.Texts.Messages).Select(Whole)] },
                Notices = settings.Notices is { } notices ? notices with { Privacy = [.. There(notices.Privacy).Select(p => p with { Words = p.Words ?? [] })] } : null,
            }
            : throw new JsonException("A part of the settings is missing.");

    private static IReadOnlyList<T> There<T>(IReadOnlyList<T>? list) => [.. (list ?? []).Where(one => one is not null)];

    private static MessageText Whole(MessageText message) => message with
    {
        Channels = message.Channels ?? [], Placeholders = message.Placeholders ?? [],
        Texts = (message.Texts ?? new Dictionary<string, MessageWords>()).Where(t => t.Value is not null).ToDictionary(),
    };

    /// <exception cref="JsonException">A list holds nothing at one of its places.</exception>
    private static void RefuseGaps(string key, JsonNode? body)
    {
        if (Gap(body, $"$.{key}") is { } path) throw new JsonException("A list holds nothing at one of its places.", path, null, null);
    }

    private static string? Gap(JsonNode? node, string path) => node switch
    {
        JsonArray list => list.Select((one, i) => one is null ? $"{path}[{i}]" : Gap(one, $"{path}[{i}]")).FirstOrDefault(p => p is not null),
        JsonObject whole => whole.Select(p => Gap(p.Value, $"{path}.{p.Key}")).FirstOrDefault(p => p is not null),
        _ => null,
    };

    /// <param name="Settings">None: to be read again.</param>
    private sealed record Kept(DateTime At, DateOnly Day, PartnershipSettings? Settings);
}
