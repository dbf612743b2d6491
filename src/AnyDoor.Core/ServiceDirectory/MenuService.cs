using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <param name="Changed">How many services are new or differ from what was there.</param>
public sealed record MenuLoaded(int Services, int Changed);

/// <summary>Writes the menu: loads service files, confirms that a service is right, shows or takes off, and notes gaps. Every change raises the change number.</summary>
public sealed class MenuService(Commands commands)
{
    public const string FileRefused = "menu-file";
    private static readonly Refusal NoService = new("not-found", "There is no such service on the menu.");
    private static readonly Refusal Busy = new("busy", "Somebody else changed this service just now. Look again and repeat your change.");

    /// <summary>Loads the invented services that ship with the product, on a demo database only.</summary>
    public async Task<Result<MenuLoaded>> LoadDemoAsync(AuditContext who, CancellationToken cancel)
    {
        using var reader = new StreamReader(ContentFiles.Open("services/demo-services.json"));
        var written = Read(await reader.ReadToEndAsync(cancel));
        if (!written.Done) return written.Refusal;
        return await LoadAsync(who, [.. written.Value, .. DemoMenu.Services().Select(s => (s, JsonSerializer.Serialize(s, ServiceJson.Options)))], cancel, DemoMenu.AsAt);
    }

    /// <summary>Loads a file of services, whole or not at all. The same file again changes nothing; a check that somebody made since then stays.</summary>
    public async Task<Result<MenuLoaded>> LoadAsync(AuditContext who, string json, CancellationToken cancel)
    {
        var read = Read(json);
        return read.Done ? await LoadAsync(who, read.Value, cancel) : read.Refusal;
    }

    /// <param name="asAt">The day that its checks count from: on another day they are as long ago as they were on that one. None: as written.</param>
    private async Task<Result<MenuLoaded>> LoadAsync(AuditContext who, IReadOnlyList<(Service Service, string Body)> read, CancellationToken cancel, DateOnly? asAt = null)
    {
        var later = asAt is { } day ? LondonTime.DayOf(who.At).DayNumber - day.DayNumber : 0;
        for (var attempt = 1; ; attempt++)
        {
            try { return await commands.RunAsync(who, c => LoadAsync(c, read, later), cancel); }
            catch (DbUpdateException error) when (attempt < 4 && commands.Database.Kind.IsUniqueConflict(error)) { } // another process loads the same menu: look again
        }
    }

    private static async Task<Result<MenuLoaded>> LoadAsync(Command c, IReadOnlyList<(Service Service, string Body)> services, int later)
    {
        var demo = await c.Db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(c.Cancel) == true;
        if (demo && services.FirstOrDefault(s => !s.Service.Invented) is { Service: { } real })
            return new Refusal(FileRefused, $"{real.Name} is not marked invented, and a demo takes only invented services.");
        if (!demo && services.FirstOrDefault(s => s.Service.Invented) is { Service: { } invented })
            return new Refusal(FileRefused, $"{invented.Name} is invented. People would be sent to a place that is not there: load it on a demo only.");

        var stored = await c.Db.Set<ServiceRow>().AsTracking().Where(s => s.Source == null).ToDictionaryAsync(s => s.Id, c.Cancel);
        var changed = 0;
        long? number = null;
        foreach (var (service, body) in services)
        {
            var fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(body));
            if (stored.TryGetValue(service.Id, out var row))
            {
                if (row.Fingerprint.AsSpan().SequenceEqual(fingerprint)) continue;
                (row.Name, row.Organisation, row.Owner, row.Fingerprint) = (service.Name, service.Organisation, service.Owner, fingerprint);
                if (service.LastChecked > row.LastChecked) (row.LastChecked, row.CheckedBy) = (service.LastChecked, null);
                (row.ChangedAt, row.ChangeNumber, row.Version) = (c.Who.At, number ??= await NextNumberAsync(c), row.Version + 1);
                changed++;
                if (row.OwnBody is null) { row.Body = body; continue; }
                row.OwnBody = body;
                await EntryBody.WorkOutAsync(c, row, number.Value);
                continue;
            }
            else
            {
                number ??= await NextNumberAsync(c);
                c.Insert(new ServiceRow
                {
                    Id = service.Id, Name = service.Name, Organisation = service.Organisation, Visibility = service.Visibility, LastChecked = service.LastChecked.AddDays(later),
                    Owner = service.Owner, Body = body, Fingerprint = fingerprint, Invented = service.Invented, ChangedAt = c.Who.At, ChangeNumber = number.Value, NeverConfirmed = false, Version = 1,
                });
            }
            changed++;
        }
        if (changed > 0) c.Record("menu.loaded", content: $"{changed} of {services.Count} services");
        return new MenuLoaded(services.Count, changed);
    }

    /// <summary>Somebody checked today that what the menu says is right.</summary>
    public Task<Result<Nothing>> ConfirmAsync(AuditContext who, string serviceId, CancellationToken cancel, CheckedBy by = CheckedBy.PlaceTeam) =>
        ChangeAsync(who, serviceId, "menu.confirmed", row => (row.LastChecked, row.NeverConfirmed, row.CheckedBy) = (LondonTime.DayOf(who.At), false, by), cancel);

    public Task<Result<Nothing>> ShowToAsync(AuditContext who, string serviceId, Visibility visibility, CancellationToken cancel) =>
        ChangeAsync(who, serviceId, $"menu.shown-to-{visibility.ToString().ToLowerInvariant()}", row => row.Visibility = visibility, cancel, also: c => MenuDuplicates.SaidWhoMaySeeAsync(c, serviceId));

    public Task<Result<Nothing>> TakeOffAsync(AuditContext who, string serviceId, CancellationToken cancel) =>
        ChangeAsync(who, serviceId, "menu.taken-off", row => row.RemovedAt = who.At, cancel);

    /// <summary>Notes needs that nothing met, by place, day and door. The count rises; nothing about a person is kept, so there is no event.</summary>
    public async Task<Result<Nothing>> NoteGapsAsync(AuditContext who, IReadOnlyCollection<string> needs, GapPlace where, CancellationToken cancel)
    {
        // One at a time: two that note the same needs never wait for each other.
        foreach (var need in needs.Where(n => Words.Current.Need(n) is not null).Distinct().Order(StringComparer.Ordinal)) await NoteGapAsync(who, need, where.For(need), LondonTime.DayOf(who.At), cancel);
        return Nothing.Value;
    }

    private async Task NoteGapAsync(AuditContext who, string need, GapPlace where, DateOnly day, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await commands.RunAsync<Nothing>(who, async c =>
                {
                    var raised = await c.Db.Set<MenuGap>().Where(g => g.NeedId == need && g.District == where.District && g.Place == where.Name && g.Door == who.Door && g.Day == day)
                        .ExecuteUpdateAsync(set => set.SetProperty(g => g.Times, g => g.Times + 1), c.Cancel);
                    if (raised == 0) c.Insert(new MenuGap { NeedId = need, District = where.District, Place = where.Name, Door = who.Door, Day = day, Times = 1 });
                    return Nothing.Value;
                }, cancel);
                return;
            }
            catch (DbUpdateException error) when (attempt < 4 && commands.Database.Kind.IsUniqueConflict(error)) { } // somebody else noted it first: count on theirs
        }
    }

    private async Task<Result<Nothing>> ChangeAsync(AuditContext who, string serviceId, string what, Action<ServiceRow> change, CancellationToken cancel, Func<Command, Task>? also = null)
    {
        try
        {
            return await commands.RunAsync<Nothing>(who, async c =>
            {
                if (await c.Db.Set<ServiceRow>().AsTracking().SingleOrDefaultAsync(s => s.Id == serviceId && s.RemovedAt == null, c.Cancel) is not { } row) return NoService;
                change(row);
                if (also is not null) await also(c);
                (row.ChangedAt, row.ChangeNumber, row.Version) = (c.Who.At, await NextNumberAsync(c), row.Version + 1);
                c.Record(what, content: serviceId);
                return Nothing.Value;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException) { return Busy; }
    }

    /// <summary>Raises the menu's number and holds it until the command ends: whoever changes the menu next waits, so that no number is passed over.</summary>
    internal static async Task<long> NextNumberAsync(Command c)
    {
        var raised = await c.Db.Set<MenuChange>().Where(m => m.Id == MenuChange.Only).ExecuteUpdateAsync(set => set.SetProperty(m => m.Number, m => m.Number + 1), c.Cancel);
        if (raised == 0)
        {
            c.Insert(new MenuChange { Id = MenuChange.Only, Number = 1 });
            await c.FlushAsync();
        }
        return await c.Db.Set<MenuChange>().Where(m => m.Id == MenuChange.Only).Select(m => m.Number).SingleAsync(c.Cancel);
    }

    internal static Service FromRow(ServiceRow row) =>
        JsonSerializer.Deserialize<Service>(row.Body, ContentFiles.Json)! with
        {
            Id = row.Id, Visibility = row.Visibility, LastChecked = row.LastChecked, NeverConfirmed = row.NeverConfirmed, Owner = row.Owner, Source = row.Source, SourceId = row.SourceId, ChangedAt = row.ChangedAt, CheckedBy = row.CheckedBy,
        };

    private static Result<IReadOnlyList<(Service Service, string Body)>> Read(string json)
    {
        var read = new List<(Service, string)>();
        var ids = new HashSet<string>();
        try
        {
            using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'));
            foreach (var (element, number) in document.RootElement.GetProperty("services").EnumerateArray().Select((e, i) => (e, i + 1)))
            {
                Service service;
                try { service = element.Deserialize<Service>(ContentFiles.Json)!; }
                catch (JsonException error) { return new Refusal(FileRefused, $"Service {number} cannot be read: {error.Message}"); }
                if (Problem(service) is { } problem) return new Refusal(FileRefused, $"{service.Name}: {problem}");
                if (!ids.Add(service.Id)) return new Refusal(FileRefused, $"{service.Name}: the id {service.Id} is used twice.");
                read.Add((service, JsonSerializer.Serialize(element, ContentFiles.Json)));
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new Refusal(FileRefused, "The file is not a list of services: it needs “services”, each as the content guide describes.");
        }
        return read;
    }

    private static string? Problem(Service service)
    {
        if (service.Needs.Count == 0) return "name at least one need.";
        if (service.Needs.FirstOrDefault(n => Words.Current.Need(n) is null) is { } need) return $"there is no need called “{need}”.";
        if (service.AreasServed.Count == 0) return "say which area it serves.";
        if (service.Delivered.Count == 0) return "say how it is given: at a place, by phone, online or at home.";
        if (service.Delivered.Contains(Delivery.Place) && service.Locations.Count == 0) return "it is given at a place, and no place is named.";
        return service.Opening.Weekly.SelectMany(h => h.Days).FirstOrDefault(d => d is not ("mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun")) is { } day ? $"“{day}” is not a weekday; write mon to sun." : null;
    }
}
