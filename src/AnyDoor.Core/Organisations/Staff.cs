using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>Somebody to choose from a list.</summary>
public sealed record WorkerChoice(string Handle, string Name, Role Role, string Organisation);

/// <summary>Organisations and the people who work in them.</summary>
public sealed class Staff(Database database, Commands commands)
{
    /// <summary>The roles as scripts and files write them, like <c>hub-adviser</c>.</summary>
    public static IReadOnlyList<string> RoleWords { get; } = [.. Enum.GetNames<Role>().Select(Word)];

    public static string Word(string name) => AnyDoorDb.SnakeCase(name).Replace('_', '-');

    public static Role? ReadRole(string word) => Read<Role>(word);

    /// <summary>The kinds of organisation as scripts write them, like <c>food-bank</c>.</summary>
    public static IReadOnlyList<string> KindWords { get; } = [.. Enum.GetNames<OrganisationKind>().Select(Word)];

    private static T? Read<T>(string word) where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(r => string.Equals(Word(r.ToString()!), word.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(r.ToString(), word.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a worker, and the organisation when there is none of that handle or name. The same again changes nothing.</summary>
    /// <param name="kind">What the organisation is, like <c>food-bank</c>. Null: the hub where its first worker is a hub adviser, otherwise what nobody has said yet.</param>
    public Task<Result<Worker>> CreateAsync(string handle, string? name, string organisation, string role, AuditContext who, CancellationToken cancel, string? kind = null) =>
        commands.RunAsync(who, c => AddAsync(c, handle, name, organisation, role, kind), cancel);

    internal static async Task<Result<Worker>> AddAsync(Command c, string handle, string? name, string organisation, string role, string? kind, string? title = null, Guid? id = null)
    {
        if (ReadRole(role) is not { } wanted) return new Refusal("role", $"“{role}” is not a role. Use one of: {string.Join(", ", RoleWords)}.", "role");
        var told = kind is null ? null : Read<OrganisationKind>(kind);
        if (kind is not null && told is null) return new Refusal("kind", $"“{kind}” is not a kind of organisation. Use one of: {string.Join(", ", KindWords)}.", "kind");
        if (handle.Length is 0 or > 60 || !handle.All(s => char.IsAsciiLetterOrDigit(s) || s is '.' or '-' or '_'))
            return new Refusal("handle", $"“{handle}” cannot be a handle. Use letters, digits, dots and dashes, at most 60.", "handle");
        organisation = organisation.Trim();
        var slug = Handle(organisation);
        if (slug.Length == 0) return new Refusal("organisation", $"“{organisation}” cannot be an organisation’s name. Use letters or digits in it.", "organisation");
        var demo = await c.Db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(c.Cancel) == true;
        var existing = await c.Db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle, c.Cancel);
        var home = await c.Db.Set<Organisation>().AsTracking().FirstOrDefaultAsync(o => o.Handle == slug || o.Name == organisation, c.Cancel);
        if (existing is not null)
        {
            if (existing.Role != wanted || existing.OrganisationId != home?.Id) return new Refusal("handle-taken", $"There is a worker {handle} already, with another role or organisation.", "handle");
            if (!existing.Active) return new Refusal("disabled", $"{handle} is disabled. Let them work again with: anydoor workers enable --handle {handle}", "handle");
            if (told is null || told == home.Kind) return existing;
        }
        var of = told ?? home?.Kind ?? (wanted == Role.HubAdviser ? OrganisationKind.CountyHub : OrganisationKind.Other);
        if (await MayBeAsync(c, home, of, wanted, demo) is { } refusal) return refusal;
        if (home is null)
        {
            home = new Organisation { Id = Guid.CreateVersion7(), Handle = slug, Name = organisation, Kind = of, Invented = demo };
            c.Insert(home);
            c.Record("organisation.added", home.Id);
        }
        else if (home.Kind != of)
        {
            home.Kind = of;
            c.Record("organisation.kind-told", home.Id, content: Word(of.ToString()));
        }
        if (existing is not null) return existing;
        var worker = new Worker { Id = id ?? Guid.CreateVersion7(), Handle = handle, Name = name ?? handle, Title = title, Role = wanted, OrganisationId = home.Id, Active = true, Invented = demo };
        c.Insert(worker);
        c.Record("worker.added", worker.Id);
        return worker;
    }

    /// <summary>Takes away a worker's access at once, and their keys' with it; or gives both back. What they did stays theirs. The same again changes nothing.</summary>
    public Task<Result<Worker>> SetActiveAsync(string handle, bool active, AuditContext who, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        if (await c.Db.Set<Worker>().AsTracking().SingleOrDefaultAsync(w => w.Handle == handle, c.Cancel) is not { } worker)
            return (Result<Worker>)new Refusal("not-found", $"There is no worker {handle}.", "handle");
        if (worker.Active == active) return worker;
        worker.Active = active;
        c.Record(active ? "worker.enabled" : "worker.disabled", worker.Id);
        if (!active) await StaffSessions.EndAllAsync(c, worker.Id);
        return worker;
    }, cancel);

    /// <summary>
    /// Whoever works for the hub sees every open request, so no slip of the pen may make a hub: there is one, and what is in already is it only where somebody says so.
    /// On a demo, where everybody is invented, a script may bring a hub of its own.
    /// </summary>
    private static async Task<Refusal?> MayBeAsync(Command c, Organisation? home, OrganisationKind of, Role role, bool demo)
    {
        if (home is not null && home.Kind != of && home.Kind != OrganisationKind.Other)
            return new Refusal("kind", $"“{home.Name}” is in already, as {Word(home.Kind.ToString())}. Leave out --kind, or use another organisation.", "kind");
        var hub = demo ? null : await c.Db.Set<Organisation>().FirstOrDefaultAsync(o => o.Kind == OrganisationKind.CountyHub, c.Cancel);
        if (of == OrganisationKind.CountyHub)
            return hub is null || hub.Id == home?.Id ? null : new Refusal("second-hub", $"The hub is “{hub.Name}”, and there is one. Use that for a hub adviser: --organisation {hub.Handle}", "organisation");
        if (role != Role.HubAdviser) return null;
        var where = home is null ? $"An organisation of another kind than {Word(nameof(OrganisationKind.CountyHub))}" : $"“{home.Name}”";
        return new Refusal("not-the-hub", hub is not null ? $"{where} is not the hub, and a hub adviser works there. The hub is: --organisation {hub.Handle}"
            : $"{where} is not the hub, and a hub adviser works there. {(home is { Kind: OrganisationKind.Other } ? "If it is the hub, say so with: --kind county-hub" : "Use the hub’s own name.")}", "organisation");
    }

    /// <summary>Whose system may act for them: everybody who works here, or a partner's own people.</summary>
    /// <param name="organisation">Null: all of them, for an administrator.</param>
    public async Task<IReadOnlyList<WorkerChoice>> ForKeysAsync(Guid? organisation, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await (from worker in db.Set<Worker>().Where(People.OfAPartnerAt(organisation))
            join home in db.Set<Organisation>() on worker.OrganisationId equals home.Id
            where worker.Active
            orderby home.Name, worker.Name
            select new WorkerChoice(worker.Handle, worker.Name, worker.Role, home.Name)).Take(1000).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<(Guid Id, string Name)>> OrganisationsAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return (await db.Set<Organisation>().OrderBy(o => o.Name).Select(o => new { o.Id, o.Name }).ToListAsync(cancel)).ConvertAll(o => (o.Id, o.Name));
    }

    public async Task<Worker?> FindAsync(string handle, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle && w.Active, cancel);
    }

    /// <summary>A stable short name from a name: <c>waterlees-community-pantry</c>.</summary>
    public static string Handle(string name) => string.Join('-', Folding.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
