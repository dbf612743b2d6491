using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>
/// What an entry says: what its own source says, with what was merged into it, and with what was approved here. A source that says something else afterwards overwrites nothing that a
/// person approved: what was approved stands, and what the source says waits beside it until somebody decides.
/// </summary>
internal static class EntryBody
{
    private const int MostHops = 10;

    /// <summary>A field that was approved as one thing, and of which the source now says another.</summary>
    private sealed record Differing(string Field, string Stands, string Source);

    /// <summary>Works a row out anew from what <see cref="ServiceRow.OwnBody"/> holds; then what it is merged into itself. Its body is still the one before.</summary>
    public static async Task WorkOutAsync(Command c, ServiceRow row, long number)
    {
        for (var hop = 0; hop < MostHops; hop++)
        {
            if (row.OwnBody is { } own)
            {
                var before = Read(row.Body);
                var edits = await c.Db.Set<ServiceEdit>().Where(e => e.ServiceId == row.Id && e.State == EditState.Approved).OrderBy(e => e.DecidedAt).ThenBy(e => e.Id).ToListAsync(c.Cancel);
                var joined = await JoinedAsync(c, row, own);
                var (after, differing) = WithApproved(joined, edits);
                after = Placed(after, before);
                row.Body = Put(own, Read(own), after);
                (row.Name, row.Organisation) = (after.Name, after.Organisation);
                if (joined.Visibility > row.Visibility) row.Visibility = joined.Visibility;
                (row.ChangedAt, row.ChangeNumber, row.Version) = (c.Who.At, number, row.Version + 1);
                await AskAsync(c, row, row.RemovedAt is null ? differing : []);
                await c.FlushAsync();
            }
            if (row.MergedInto is not { } next || await c.Db.Set<ServiceRow>().AsTracking().FirstOrDefaultAsync(s => s.Id == next, c.Cancel) is not { } further) return;
            row = further;
        }
    }

    /// <summary>With all that were merged into it, in the order of the merges.</summary>
    private static async Task<Service> JoinedAsync(Command c, ServiceRow row, string own)
    {
        var joined = Read(own) with { Visibility = row.Visibility };
        foreach (var merge in await c.Db.Set<DuplicatePair>().Where(p => p.State == DuplicateState.Merged && p.KeptId == row.Id).OrderBy(p => p.DecidedAt).ThenBy(p => p.Id).ToListAsync(c.Cancel))
        {
            var otherId = merge.OlderId == row.Id ? merge.NewerId : merge.OlderId;
            if (await c.Db.Set<ServiceRow>().AsTracking().FirstOrDefaultAsync(s => s.Id == otherId, c.Cancel) is { } other) joined = ServiceParts.Join(joined, Read(other.Body) with { Visibility = other.Visibility }, (merge.Taken ?? "").Split(','));
        }
        return joined;
    }

    /// <summary>What was approved, field by field, put over it; and the fields of which the source says neither what it said before nor what was approved.</summary>
    private static (Service After, List<Differing> Differing) WithApproved(Service joined, List<ServiceEdit> edits)
    {
        var standing = new Dictionary<string, (string After, HashSet<string> Before)>(StringComparer.Ordinal);
        foreach (var edit in edits)
            foreach (var change in ServiceEdits.ChangesOf(edit))
            {
                // Who may see it stands in the row, and is kept there.
                if (change.Field == EntryFields.Seen) continue;
                // What was taken from the source is the source’s own from then on.
                if (edit.IsFromSource) { standing.Remove(change.Field); continue; }
                var before = standing.TryGetValue(change.Field, out var earlier) ? earlier.Before : [];
                before.Add(change.Before);
                standing[change.Field] = (change.After, before);
            }
        var (after, differing) = (joined, new List<Differing>());
        foreach (var field in EntryFields.Of(joined))
        {
            if (!standing.TryGetValue(field.Id, out var approved)) continue;
            var said = field.Read(joined);
            if (said == approved.After) continue;
            var written = field.Write(after, approved.After);
            if (!written.Done) continue;
            after = written.Value;
            if (!approved.Before.Contains(said)) differing.Add(new(field.Id, approved.After, said));
        }
        return (after, differing);
    }

    /// <summary>What the source says instead waits as a change of its own. What somebody sent back is not asked again.</summary>
    private static async Task AskAsync(Command c, ServiceRow row, List<Differing> differing)
    {
        var asked = await c.Db.Set<ServiceEdit>().AsTracking().Where(e => e.ServiceId == row.Id && e.ProposedBy == ServiceEdit.Source && (e.State == EditState.Waiting || e.State == EditState.SentBack)).ToListAsync(c.Cancel);
        var refused = asked.Where(e => e.State == EditState.SentBack).SelectMany(ServiceEdits.ChangesOf).Select(f => (f.Field, f.After)).ToHashSet();
        var changes = JsonSerializer.Serialize(differing.Where(d => !refused.Contains((d.Field, d.Source))).Select(d => new FieldChange(d.Field, d.Stands, d.Source)).ToList(), ContentFiles.Json);
        var waiting = asked.FindAll(e => e.State == EditState.Waiting);
        if (waiting.Exists(e => e.Changes == changes)) return;
        foreach (var earlier in waiting) (earlier.State, earlier.DecidedAt, earlier.Version) = (EditState.Withdrawn, c.Who.At, earlier.Version + 1);
        if (changes == "[]") return;
        var edit = new ServiceEdit
        {
            Id = Guid.CreateVersion7(), ServiceId = row.Id, ProposedBy = ServiceEdit.Source, From = row.Source is { } source ? Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.Host : source.Replace("file:", "", StringComparison.Ordinal) : "its file", OfProvider = false,
            ProposedAt = c.Who.At, Changes = changes, State = EditState.Waiting, Version = 1,
        };
        c.Insert(edit);
        c.Record("menu.source-differs", edit.Id, content: row.Id);
    }

    /// <summary>A place whose postcode was approved is where that postcode is, as it was found then.</summary>
    private static Service Placed(Service after, Service before) => after with
    {
        Locations = [.. after.Locations.Select((l, at) => l.Point is null && !l.Hidden && l.Postcode.Length > 0 && at < before.Locations.Count && before.Locations[at] is { Point: not null } was && was.Postcode == l.Postcode
            ? l with { Lat = was.Lat, Lon = was.Lon, District = was.District, Ward = was.Ward } : l)],
    };

    /// <summary>A stored body with what differs put in, and every other word of it as it was.</summary>
    public static string Put(string body, Service before, Service after)
    {
        var (old, fresh) = (JsonSerializer.SerializeToNode(before, ServiceJson.Options)!.AsObject(), JsonSerializer.SerializeToNode(after, ServiceJson.Options)!.AsObject());
        var whole = JsonNode.Parse(body)!.AsObject();
        foreach (var field in fresh.Select(f => f.Key).Union(old.Select(f => f.Key)).ToList())
        {
            if (JsonNode.DeepEquals(old[field], fresh[field])) continue;
            if (fresh[field] is { } value) whole[field] = value.DeepClone();
            else whole.Remove(field);
        }
        return whole.ToJsonString(ServiceJson.Options);
    }

    public static Service Read(string body) => JsonSerializer.Deserialize<Service>(body, ContentFiles.Json)!;
}
