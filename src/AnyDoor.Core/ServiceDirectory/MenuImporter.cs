using System.Security.Cryptography;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>A record that was set aside, as the command line prints it.</summary>
public sealed record FeedSetAside(string Source, int Row, string Column, string Reason);

/// <summary>The counts of one run: rows = imported + already present + repeated + quarantined.</summary>
/// <param name="Imported">New, or changed since the last time.</param>
/// <param name="TakenOff">Services that a feed, read to its end, does not hold any more.</param>
/// <param name="Stopped">Why a source was not read to its end; what came before is kept, and the next run goes on there.</param>
public sealed record MenuImported(int Rows, int Imported, int AlreadyPresent, int Repeated, IReadOnlyList<FeedSetAside> Quarantined, int TakenOff, IReadOnlyList<string> Stopped);

/// <summary>
/// Fills the menu from feeds, files and tables. A record is taken whole or not at all, a page at a time, so that a run that was cut off goes on where it
/// stopped, and running twice changes nothing. What the feed sent is kept beside the row. A page that fails never takes anything away.
/// </summary>
public sealed class MenuImporter(Database database, Commands commands)
{
    private sealed record Known(string Id, string? Source, string? SourceId, string NameKey, byte[] Fingerprint, bool Removed, bool Merged = false);

    private sealed class Present
    {
        public readonly Dictionary<(string, string), Known> BySource = [];
        public readonly Dictionary<string, Known> ById = new(StringComparer.OrdinalIgnoreCase);
        public readonly Dictionary<(string, string), Known> ByName = [];
        public readonly HashSet<(string, string)> Seen = [];
        /// <summary>Those that others are merged into.</summary>
        public readonly HashSet<string> Keeping = new(StringComparer.Ordinal);
        /// <summary>What came in or changed, in that order; true: it was not on the menu before.</summary>
        public readonly Dictionary<string, bool> Fresh = new(StringComparer.Ordinal);

        public void Add(Known k)
        {
            ById[k.Id] = k;
            if (!Guid.TryParse(k.Id, out _)) ById[NamedId.Of("service", k.Id).ToString()] = k;
            if (k.Source is not null && k.SourceId is not null) BySource[(k.Source, k.SourceId)] = k;
            if (k.SourceId is not null) ByName[(k.SourceId, k.NameKey)] = k;
        }
    }

    /// <param name="sources">Addresses or files.</param>
    /// <param name="mappingFile">How tables are read; none: by the usual names of columns.</param>
    /// <param name="allowedHosts">Hosts that may be on this network.</param>
    /// <exception cref="InvalidDataException">The mapping cannot be read.</exception>
    public async Task<MenuImported> ImportAsync(IReadOnlyList<string> sources, string? mappingFile, IReadOnlyList<string> allowedHosts, AuditContext who, Action<int>? progress, CancellationToken cancel)
    {
        var mapping = mappingFile is null ? null : TableMapping.Read(await File.ReadAllTextAsync(mappingFile, cancel), mappingFile);
        var fresh = new Dictionary<string, bool>(StringComparer.Ordinal);
        using var fetch = new PublicFetch(allowedHosts, TimeProvider.System);
        var total = new MenuImported(0, 0, 0, 0, [], 0, []);
        foreach (var name in sources)
        {
            var source = new FeedSource(name, mapping, fetch, LondonTime.DayOf(who.At));
            var one = await ReadAsync(source, fresh, who, rows => progress?.Invoke(total.Rows + rows), cancel);
            total = new(total.Rows + one.Rows, total.Imported + one.Imported, total.AlreadyPresent + one.AlreadyPresent, total.Repeated + one.Repeated, [.. total.Quarantined, .. one.Quarantined], total.TakenOff + one.TakenOff, [.. total.Stopped, .. one.Stopped]);
        }
        await new MenuDuplicates(commands).FindAsync(who, fresh, cancel);
        return total;
    }

    private async Task<MenuImported> ReadAsync(FeedSource source, Dictionary<string, bool> cameIn, AuditContext who, Action<int> progress, CancellationToken cancel)
    {
        var present = await PresentAsync(cancel);
        await using var reading = database.Open();
        var feed = await reading.Set<MenuFeed>().FirstOrDefaultAsync(f => f.Source == source.Key, cancel);
        var from = source.IsWeb && feed is { FinishedAt: null } ? Math.Max(1, feed.NextPage) : 1;
        var (rows, imported, already, repeated, stopped) = (0, 0, 0, 0, new List<string>());
        var aside = new List<FeedSetAside>();
        await StartAsync(source.Key, from, who, cancel);
        try
        {
            await foreach (var page in source.PagesAsync(from, cancel))
            {
                rows += page.Records.Count;
                var fresh = new List<(FeedRecord Record, Service Service)>();
                var unread = new List<FeedSetAside>();
                foreach (var record in page.Records)
                {
                    if (record.Service is not { } service) unread.Add(new FeedSetAside(source.Key, record.Row, record.Problem!.Column, record.Problem.Reason));
                    else if (!present.Seen.Add((source.Key, service.SourceId!))) repeated++;
                    else fresh.Add((record, service));
                }
                aside.AddRange(unread);
                var taken = await TakeAsync(source.Key, fresh, unread, page.Next, present, who, cancel);
                imported += taken;
                already += fresh.Count - taken;
                progress(rows);
            }
        }
        catch (Exception error) when (error is FeedStoppedException or InvalidDataException or FileNotFoundException) { stopped.Add(error.Message); }
        foreach (var (id, isNew) in present.Fresh) cameIn.TryAdd(id, isNew);
        var gone = stopped.Count == 0 ? await FinishAsync(source, from == 1 && aside.Count == 0, present, who, cancel) : 0;
        return new MenuImported(rows, imported, already, repeated, aside, gone, stopped);
    }

    private async Task<Present> PresentAsync(CancellationToken cancel)
    {
        var present = new Present();
        await using var db = database.Open();
        var all = db.Set<ServiceRow>().Select(s => new { s.Id, s.Source, s.SourceId, s.Name, s.Organisation, s.Fingerprint, s.RemovedAt, s.MergedInto });
        await foreach (var s in all.AsAsyncEnumerable().WithCancellation(cancel))
        {
            present.Add(new Known(s.Id, s.Source, s.SourceId, NameKey(s.Name, s.Organisation), s.Fingerprint, s.RemovedAt is not null, s.MergedInto is not null));
            if (s.MergedInto is { } kept) present.Keeping.Add(kept);
        }
        return present;
    }

    private static string NameKey(string name, string organisation) => $"{Folding.Fold(name)}\n{Folding.Fold(organisation)}";

    /// <summary>How many were new or differ.</summary>
    private async Task<int> TakeAsync(string source, List<(FeedRecord Record, Service Service)> fresh, List<FeedSetAside> unread, int? next, Present present, AuditContext who, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var known = attempt == 1 ? present : await PresentAsync(cancel);
            var made = new List<Known>();
            try
            {
                var done = await commands.RunAsync<int>(who, async c =>
                {
                    made.Clear();
                    var changed = await WriteAsync(c, source, fresh, known, made);
                    // A feed whose pages change their length may have had a record at this place before.
                    var places = unread.ConvertAll(u => u.Row);
                    if (places.Count > 0) await c.Db.Set<FeedProblemRow>().Where(p => p.Source == source && places.Contains(p.Row)).ExecuteDeleteAsync(c.Cancel);
                    foreach (var one in unread) c.Insert(new FeedProblemRow { Source = source, Row = one.Row, Column = one.Column, Reason = one.Reason, At = who.At });
                    if (next is { } page) await c.Db.Set<MenuFeed>().Where(f => f.Source == source).ExecuteUpdateAsync(set => set.SetProperty(f => f.NextPage, page), c.Cancel);
                    return changed;
                }, cancel);
                foreach (var one in made)
                {
                    present.Fresh.TryAdd(one.Id, !present.ById.ContainsKey(one.Id));
                    present.Add(one);
                }
                return done.Value;
            }
            catch (Exception error) when (attempt < 4 && commands.Database.Kind.IsUniqueConflict(error)) { } // another process reads the same feed: look again
        }
    }

    private static async Task<int> WriteAsync(Command c, string source, List<(FeedRecord Record, Service Service)> fresh, Present present, List<Known> made)
    {
        var news = new List<(FeedRecord Record, Service Service)>();
        var changes = new Dictionary<string, (FeedRecord Record, Service Service)>(StringComparer.Ordinal);
        foreach (var (record, service) in fresh)
        {
            var key = NameKey(service.Name, service.Organisation);
            var (body, print) = Body(service);
            if (present.BySource.GetValueOrDefault((source, service.SourceId!)) is { } own)
            {
                if ((own.Removed && !own.Merged) || !own.Fingerprint.AsSpan().SequenceEqual(print)) changes[own.Id] = (record, service);
                continue;
            }
            var same = present.ById.GetValueOrDefault(service.SourceId!) ?? present.ByName.GetValueOrDefault((service.SourceId!, key));
            if (same is not null && same.NameKey == key)
            {
                // It came from here, or from a copy of that feed: ours is the original, and a copy brings only what it has anew.
                if (same.Source is null || record.IsOurs || Same(service with { Source = same.Source, SourceId = same.SourceId }, same.Fingerprint)) continue;
                changes[same.Id] = (record, service with { Source = same.Source });
                continue;
            }
            var id = Guid.TryParse(service.SourceId, out var own2) && own2 != Guid.Empty && !present.ById.ContainsKey(own2.ToString()) ? own2.ToString() : NamedId.Of("service", $"{source}\n{service.SourceId}").ToString();
            news.Add((record, service with { Id = id }));
            made.Add(new Known(id, source, service.SourceId, key, print, false));
        }
        if (news.Count + changes.Count == 0) return 0;
        var number = await MenuService.NextNumberAsync(c);
        foreach (var (record, service) in news)
        {
            var (body, print) = Body(service);
            c.Insert(new ServiceRow
            {
                Id = service.Id, Name = service.Name, Organisation = service.Organisation, Visibility = service.Visibility, LastChecked = service.LastChecked, NeverConfirmed = service.NeverConfirmed, Owner = service.Owner, Body = body, Fingerprint = print,
                Invented = service.Invented, ChangedAt = c.Who.At, ChangeNumber = number, Source = service.Source, SourceId = service.SourceId, Version = 1,
            });
            c.Insert(new ServiceDocument { ServiceId = service.Id, Document = record.Document, ReadAt = c.Who.At });
        }
        await UpdateAsync(c, changes, number, made);
        c.Record("menu.imported", content: $"{news.Count} new and {changes.Count} changed, from {source}");
        return news.Count + changes.Count;
    }

    private static async Task UpdateAsync(Command c, Dictionary<string, (FeedRecord Record, Service Service)> changes, long number, List<Known> made)
    {
        if (changes.Count == 0) return;
        var ids = changes.Keys.ToList();
        var rows = await c.Db.Set<ServiceRow>().AsTracking().Where(s => ids.Contains(s.Id)).ToListAsync(c.Cancel);
        var documents = await c.Db.Set<ServiceDocument>().AsTracking().Where(d => ids.Contains(d.ServiceId)).ToDictionaryAsync(d => d.ServiceId, c.Cancel);
        foreach (var row in rows)
        {
            var (record, service) = changes[row.Id];
            var (body, print) = Body(service);
            // Where somebody here said who may see it, a source opens nothing further.
            var (own, seen) = (EntryBody.Read(row.OwnBody ?? row.Body).Visibility, row.Visibility);
            row.Visibility = seen == own || (service.Visibility != own && service.Visibility > seen) ? service.Visibility : seen;
            (row.Name, row.Organisation, row.Fingerprint) = (service.Name, service.Organisation, print);
            // One that was merged stays off, and what it says goes on into the one that is kept.
            if (row.MergedInto is null) row.RemovedAt = null;
            if (row.OwnBody is not null) row.OwnBody = body;
            else row.Body = body;
            // A check that somebody made here since then stays.
            if (!service.NeverConfirmed && (row.NeverConfirmed || service.LastChecked > row.LastChecked)) (row.LastChecked, row.NeverConfirmed, row.CheckedBy) = (service.LastChecked, false, null);
            (row.ChangedAt, row.ChangeNumber, row.Version) = (c.Who.At, number, row.Version + 1);
            if (documents.TryGetValue(row.Id, out var document)) (document.Document, document.ReadAt) = (record.Document, c.Who.At);
            else c.Insert(new ServiceDocument { ServiceId = row.Id, Document = record.Document, ReadAt = c.Who.At });
            made.Add(new Known(row.Id, row.Source, row.SourceId, NameKey(row.Name, row.Organisation), print, row.RemovedAt is not null, row.MergedInto is not null));
        }
        foreach (var row in rows.Where(r => r.OwnBody is not null || r.MergedInto is not null)) await EntryBody.WorkOutAsync(c, row, number);
    }

    /// <summary>What is stored, and its mark: without the day it came in and our own id, so that tomorrow it is still the same.</summary>
    private static (string Body, byte[] Fingerprint) Body(Service service)
    {
        var steady = service with { Id = "", LastChecked = service.NeverConfirmed ? DateOnly.MinValue : service.LastChecked, SourceChangedAt = null };
        var print = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(steady with { Owner = "" }, ServiceJson.Options));
        return (JsonSerializer.Serialize(service, ServiceJson.Options), print);
    }

    private static bool Same(Service service, byte[] fingerprint) => Body(service).Fingerprint.AsSpan().SequenceEqual(fingerprint);

    private Task<Result<Nothing>> StartAsync(string source, int from, AuditContext who, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        var feed = await c.Db.Set<MenuFeed>().AsTracking().FirstOrDefaultAsync(f => f.Source == source, c.Cancel);
        if (feed is null) c.Insert(new MenuFeed { Source = source, StartedAt = who.At, NextPage = from });
        else (feed.StartedAt, feed.FinishedAt, feed.NextPage) = (from == 1 ? who.At : feed.StartedAt, null, from);
        if (from == 1) await c.Db.Set<FeedProblemRow>().Where(p => p.Source == source).ExecuteDeleteAsync(c.Cancel);
        return Nothing.Value;
    }, cancel);

    /// <summary>Marks the feed read. Of a feed that was read whole, in one go and without a fault, what it does not hold any more is taken off.</summary>
    private async Task<int> FinishAsync(FeedSource source, bool whole, Present present, AuditContext who, CancellationToken cancel)
    {
        var gone = !whole || !source.IsWeb ? [] : present.BySource.Where(k => k.Key.Item1 == source.Key && !k.Value.Removed && !present.Keeping.Contains(k.Value.Id) && !present.Seen.Contains(k.Key)).Select(k => k.Value.Id).ToList();
        // A feed that suddenly lacks half of itself is broken, not wiser.
        if (gone.Count * 2 > present.Seen.Count) gone = [];
        await commands.RunAsync<Nothing>(who, async c =>
        {
            await c.Db.Set<MenuFeed>().Where(f => f.Source == source.Key).ExecuteUpdateAsync(set => set.SetProperty(f => f.FinishedAt, (DateTime?)who.At).SetProperty(f => f.NextPage, 1), c.Cancel);
            if (gone.Count == 0) return Nothing.Value;
            var number = await MenuService.NextNumberAsync(c);
            foreach (var some in gone.Chunk(500))
                await c.Db.Set<ServiceRow>().Where(s => some.Contains(s.Id)).ExecuteUpdateAsync(set => set.SetProperty(s => s.RemovedAt, (DateTime?)who.At).SetProperty(s => s.ChangeNumber, number).SetProperty(s => s.Version, s => s.Version + 1), c.Cancel);
            c.Record("menu.taken-off", content: $"{gone.Count} services that {source.Key} does not hold any more");
            return Nothing.Value;
        }, cancel);
        return gone.Count;
    }
}
