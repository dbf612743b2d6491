using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// Entries changed through review. Only fields that were touched are written, into what stands then: what somebody else changed meanwhile is never undone unseen, and what the form
/// does not know stays word for word.
/// </summary>
public sealed class ServiceEdits(Commands commands, MenuDirectory directory, PostcodeDirectory postcodes)
{
    private const int Most = 200;
    private static readonly Refusal Gone = new("not-found", "That change is no longer there.");
    private static readonly Refusal Busy = new("busy", "Somebody else decided this just now. Look again.");

    /// <summary>Whether the service is run by this organisation, by its name.</summary>
    public static bool IsOf(Service service, string organisation) => service.Organisation.Length > 0 && Folding.Fold(service.Organisation) == Folding.Fold(organisation);

    /// <summary>Partners' workers change what their own organisation runs; who keeps the menu may change any.</summary>
    public static bool MayPropose(Service service, WhoIsWorking worker) =>
        RoleTable.Default.May(worker.Role, "keep-menu") || (RoleTable.Default.May(worker.Role, "edit-own-services") && IsOf(service, worker.OrganisationName));

    /// <summary>The entry's version: what a form is made from.</summary>
    public async Task<int> VersionAsync(string serviceId, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await db.Set<ServiceRow>().Where(s => s.Id == serviceId).Select(s => s.Version).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Sends a change to be looked at. With problems, nothing is kept and everything typed is the caller's to show again.</summary>
    /// <param name="version">The entry's version that the form was made from.</param>
    /// <param name="within">For whoever may post for an area only: what of the changed entry lies outside of it, by field; null: they may post for anywhere.</param>
    public async Task<EditSent> ProposeAsync(AuditContext who, WhoIsWorking worker, Guid uuid, int version, IReadOnlyDictionary<string, string> values, CancellationToken cancel, Func<Service, IEnumerable<(string Field, string Why)>>? within = null)
    {
        if ((await directory.RefreshAsync(cancel)).Find(uuid) is not { } service || !MayPropose(service, worker)) return Wrong("", "There is no such entry that you may change.");
        if (await VersionAsync(service.Id, cancel) != version) return Wrong("", "This entry changed while you wrote. What you typed is still here: look at it beside what the entry says now, and send it again.");
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var changes = new List<FieldChange>();
        var after = service;
        foreach (var field in EntryFields.Of(service))
        {
            if (!values.TryGetValue(field.Id, out var typed)) continue;
            var (before, text) = (field.Read(service), typed.Replace("\r\n", "\n", StringComparison.Ordinal).Trim());
            if (text == before.Trim()) continue;
            var written = field.Write(after, text);
            if (!written.Done) { problems[field.Id] = written.Refusal.Sentence; continue; }
            after = written.Value;
            if (field.Read(after) is var said && said != before) changes.Add(new FieldChange(field.Id, before, said));
        }
        if (problems.Count == 0 && changes.Count == 0) return Wrong("", "Nothing is different from what the entry says.");
        if (problems.Count == 0 && within is not null) foreach (var (field, why) in within(after)) problems.TryAdd(field, why);
        if (problems.Count > 0) return new EditSent(null, problems);
        var sent = await commands.RunAsync<Guid>(who, async c =>
        {
            foreach (var earlier in await c.Db.Set<ServiceEdit>().AsTracking().Where(e => e.ServiceId == service.Id && e.ProposedBy == worker.WorkerId && e.State == EditState.Waiting).ToListAsync(c.Cancel))
                (earlier.State, earlier.DecidedAt, earlier.DecidedBy, earlier.Version) = (EditState.Withdrawn, c.Who.At, worker.WorkerId, earlier.Version + 1);
            var edit = new ServiceEdit
            {
                Id = Guid.CreateVersion7(), ServiceId = service.Id, ProposedBy = worker.WorkerId, OrganisationId = worker.OrganisationId, From = worker.OrganisationName, OfProvider = IsOf(service, worker.OrganisationName), ProposedAt = c.Who.At,
                Changes = JsonSerializer.Serialize(changes, ContentFiles.Json), State = EditState.Waiting, Version = 1,
            };
            c.Insert(edit);
            c.Record("menu.edit-sent", edit.Id, content: service.Id);
            return edit.Id;
        }, cancel);
        return sent.Done ? new EditSent(sent.Value, problems) : Wrong("", sent.Refusal.Sentence);

        static EditSent Wrong(string field, string why) => new(null, new Dictionary<string, string> { [field] = why });
    }

    /// <summary>Those that wait, the longest first, then those decided lately.</summary>
    /// <param name="organisation">Of this organisation's workers alone; null: all.</param>
    public async Task<IReadOnlyList<EditShown>> ListAsync(Guid? organisation, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        await using var db = commands.Database.Open();
        var ours = db.Set<ServiceEdit>().Where(e => organisation == null || e.OrganisationId == organisation);
        var waiting = await ours.Where(e => e.State == EditState.Waiting).OrderBy(e => e.ProposedAt).Take(Most).ToListAsync(cancel);
        var decided = await ours.Where(e => e.State == EditState.Approved || e.State == EditState.SentBack).OrderByDescending(e => e.DecidedAt).Take(50).ToListAsync(cancel);
        return [.. waiting.Concat(decided).Select(e => Show(e, index))];
    }

    public async Task<int> WaitingAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await db.Set<ServiceEdit>().CountAsync(e => e.State == EditState.Waiting, cancel);
    }

    public async Task<EditShown?> FindAsync(Guid id, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        await using var db = commands.Database.Open();
        return await db.Set<ServiceEdit>().SingleOrDefaultAsync(e => e.Id == id, cancel) is { } edit ? Show(edit, index) : null;
    }

    /// <summary>An entry's history: what was approved, the latest first.</summary>
    public async Task<IReadOnlyList<EditShown>> HistoryAsync(string serviceId, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        await using var db = commands.Database.Open();
        return [.. (await db.Set<ServiceEdit>().Where(e => e.ServiceId == serviceId && e.State == EditState.Approved).OrderByDescending(e => e.DecidedAt).Take(50).ToListAsync(cancel)).Select(e => Show(e, index))];
    }

    /// <summary>A worker's own last one of this entry that waits or was sent back.</summary>
    public async Task<EditShown?> OwnAsync(string serviceId, Guid worker, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        await using var db = commands.Database.Open();
        return await db.Set<ServiceEdit>().Where(e => e.ServiceId == serviceId && e.ProposedBy == worker).OrderByDescending(e => e.ProposedAt).FirstOrDefaultAsync(cancel) is { State: EditState.Waiting or EditState.SentBack } edit ? Show(edit, index) : null;
    }

    /// <summary>Writes it into the directory: what it says is on every page and in every search from now on.</summary>
    public Task<Result<Nothing>> ApproveAsync(AuditContext who, Guid id, int version, CancellationToken cancel) => DecideAsync(who, id, version, async (c, edit) =>
    {
        await postcodes.RefreshAsync(cancel);
        if (await c.Db.Set<ServiceRow>().AsTracking().SingleOrDefaultAsync(s => s.Id == edit.ServiceId && (s.RemovedAt == null || edit.IsNew), c.Cancel) is not { } row) return new Refusal("gone", "This entry was taken off the menu.");
        var before = MenuService.FromRow(row);
        var after = before;
        foreach (var change in ChangesOf(edit))
        {
            if (EntryFields.Find(before, change.Field) is not { } field) return new Refusal("changed", "The entry changed since, so that this cannot be put into it. Send it back, with what it says now.");
            if (field.Read(before) != change.Before) return new Refusal("changed", $"“{field.Label}” changed since. Send it back, so that they see what it says now.");
            var written = field.Write(after, change.After);
            if (!written.Done) return new Refusal("changed", $"{field.Label}: {written.Refusal.Sentence}");
            after = written.Value;
        }
        after = after with { Locations = [.. after.Locations.Select((l, at) => at < before.Locations.Count && before.Locations[at].Postcode == l.Postcode ? l : Located(l))] };
        // What the source says stays beside it: the source never undoes this unseen.
        if (edit.IsNew) row.RemovedAt = null;
        else row.OwnBody ??= row.Body;
        row.Body = EntryBody.Put(row.Body, before, after);
        if (after.Visibility != row.Visibility) await MenuDuplicates.SaidWhoMaySeeAsync(c, row.Id);
        (row.Name, row.Organisation, row.Visibility) = (after.Name, after.Organisation, after.Visibility);
        (row.LastChecked, row.NeverConfirmed, row.CheckedBy) = (LondonTime.DayOf(edit.ProposedAt) is var day && day > row.LastChecked || row.NeverConfirmed ? LondonTime.DayOf(edit.ProposedAt) : row.LastChecked, false, edit.OfProvider ? CheckedBy.Provider : CheckedBy.PlaceTeam);
        (row.ChangedAt, row.ChangeNumber, row.Version) = (c.Who.At, await MenuService.NextNumberAsync(c), row.Version + 1);
        edit.State = EditState.Approved;
        c.Record("menu.edit-approved", edit.Id, content: edit.ServiceId);
        return null;
    }, cancel);

    public Task<Result<Nothing>> SendBackAsync(AuditContext who, Guid id, int version, string? reason, CancellationToken cancel)
    {
        if (reason?.Trim() is not { Length: > 0 and <= 400 } why) return Task.FromResult<Result<Nothing>>(new Refusal("reason", "Say in at most 400 letters what is to be changed.", "reason"));
        return DecideAsync(who, id, version, (c, edit) =>
        {
            (edit.State, edit.Reason) = (EditState.SentBack, why);
            c.Record("menu.edit-sent-back", edit.Id, content: edit.ServiceId);
            return Task.FromResult<Refusal?>(null);
        }, cancel);
    }

    private async Task<Result<Nothing>> DecideAsync(AuditContext who, Guid id, int version, Func<Command, ServiceEdit, Task<Refusal?>> decide, CancellationToken cancel)
    {
        try
        {
            return await commands.RunAsync<Nothing>(who, async c =>
            {
                if (await c.Db.Set<ServiceEdit>().AsTracking().SingleOrDefaultAsync(e => e.Id == id, c.Cancel) is not { } edit) return Gone;
                if (edit.Version != version || edit.State != EditState.Waiting) return Busy;
                if (edit.ProposedBy == c.Who.Actor.Id) return new Refusal("own", "You sent this yourself. Somebody else looks at it.");
                if (await decide(c, edit) is { } refusal) return refusal;
                (edit.DecidedAt, edit.DecidedBy, edit.Version) = (c.Who.At, c.Who.Actor.Id, edit.Version + 1);
                return Nothing.Value;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException) { return Busy; }
    }

    /// <summary>Where its postcode says it is; not known: no point, so that no old one is taken for it.</summary>
    private ServiceLocation Located(ServiceLocation location) =>
        Postcode.TryParse(location.Postcode, out var code) && postcodes.FindAnywhere(code) is { } facts ? location with { Lat = facts.Latitude, Lon = facts.Longitude, District = District.Find(facts.District)?.Name ?? location.District, Ward = null } : location;

    internal static IReadOnlyList<FieldChange> ChangesOf(ServiceEdit edit) => JsonSerializer.Deserialize<List<FieldChange>>(edit.Changes, ContentFiles.Json)!;

    /// <summary>What the form shows of an edit that was sent back: the texts as they were typed.</summary>
    public static IReadOnlyDictionary<string, string> TypedIn(ServiceEdit edit) => ChangesOf(edit).ToDictionary(c => c.Field, c => c.After);

    private static EditShown Show(ServiceEdit edit, MenuIndex index)
    {
        var service = index.Find(edit.ServiceId) ?? (edit is { IsNew: true, State: not EditState.Approved } ? NewEntries.Proposed(edit) : null);
        return new EditShown(edit, service, [.. ChangesOf(edit).Select(c =>
        {
            var field = service is null ? null : EntryFields.Find(service, c.Field);
            string Words(string text) => field?.Words(text) ?? text;
            var now = field?.Read(service!);
            return new FieldDiff(field?.Label ?? c.Field, Words(c.Before), Words(c.After), edit is { State: EditState.Waiting, IsNew: false } && now is not null && now != c.Before ? Words(now) : null);
        })]);
    }
}
