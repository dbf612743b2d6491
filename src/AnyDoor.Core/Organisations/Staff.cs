using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>Organisations and the people who work in them.</summary>
public sealed class Staff(Database database, Commands commands)
{
    /// <summary>The roles as scripts and files write them, like <c>hub-adviser</c>.</summary>
    public static IReadOnlyList<string> RoleWords { get; } = [.. Enum.GetNames<Role>().Select(Word)];

    public static string Word(string name) => AnyDoorDb.SnakeCase(name).Replace('_', '-');

    public static Role? ReadRole(string word) =>
        Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(r => string.Equals(Word(r.ToString()!), word.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(r.ToString(), word.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds a worker, and the organisation when there is none of that handle or name. The same again changes nothing.</summary>
    public async Task<Result<Worker>> CreateAsync(string handle, string? name, string organisation, string role, AuditContext who, CancellationToken cancel)
    {
        if (ReadRole(role) is not { } wanted) return new Refusal("role", $"“{role}” is not a role. Use one of: {string.Join(", ", RoleWords)}.", "role");
        if (handle.Length is 0 or > 60 || !handle.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            return new Refusal("handle", $"“{handle}” cannot be a handle. Use letters, digits, dots and dashes, at most 60.", "handle");
        return await commands.RunAsync(who, async c =>
        {
            var demo = await c.Db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(c.Cancel);
            var existing = await c.Db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle, c.Cancel);
            var slug = Handle(organisation);
            var home = await c.Db.Set<Organisation>().FirstOrDefaultAsync(o => o.Handle == slug || o.Name == organisation, c.Cancel);
            if (existing is not null)
                return existing.Role == wanted && existing.OrganisationId == home?.Id ? existing
                    : (Result<Worker>)new Refusal("handle-taken", $"There is a worker {handle} already, with another role or organisation.", "handle");
            if (home is null)
            {
                home = new Organisation { Id = Guid.CreateVersion7(), Handle = slug, Name = organisation, Kind = wanted == Role.HubAdviser ? OrganisationKind.CountyHub : OrganisationKind.Other, Invented = demo == true };
                c.Insert(home);
                c.Record("organisation.added", home.Id);
            }
            var worker = new Worker { Id = Guid.CreateVersion7(), Handle = handle, Name = name ?? handle, Role = wanted, OrganisationId = home.Id, Active = true, Invented = demo == true };
            c.Insert(worker);
            c.Record("worker.added", worker.Id);
            return worker;
        }, cancel);
    }

    public async Task<Worker?> FindAsync(string handle, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle && w.Active, cancel);
    }

    /// <summary>A stable short name from a name: <c>waterlees-community-pantry</c>.</summary>
    public static string Handle(string name) => string.Join('-', Folding.Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
