using System.Linq.Expressions;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>One colleague, as those who look after workers see them.</summary>
/// <param name="InvitedUntil">A link is out and not used.</param>
/// <param name="LastIn">When they last signed in.</param>
public sealed record Colleague(Guid Id, string Handle, string Name, string? Title, Role Role, Guid OrganisationId, string Organisation, bool Active, string? Email, int Passkeys, bool HasPassword, bool SingleSignOn, DateTime? InvitedUntil, DateTime? LastIn, int OpenSessions)
{
    public bool HasWayIn => Passkeys > 0 || HasPassword || SingleSignOn;
}

/// <summary>
/// The people of the partnership, for those who look after them: an administrator for all, a partner's administrator for their own organisation.
/// What is outside of what they look after is not there.
/// </summary>
public sealed class People(Database database, Commands commands)
{
    private static readonly Role[] OfAPartner = [Role.PartnerWorker, Role.PartnerAdministrator];

    /// <summary>Whom a partner’s administrator looks after: the partner workers and administrators of their own organisation. Null: everybody, for an administrator.</summary>
    internal static Expression<Func<Worker, bool>> OfAPartnerAt(Guid? organisation) =>
        w => organisation == null || (w.OrganisationId == organisation && (w.Role == Role.PartnerWorker || w.Role == Role.PartnerAdministrator));

    /// <summary>Somebody was given a role that reaches beyond their own organisation's work: the information lead hears of it, so that no administrator does it alone and unseen.</summary>
    public const string RoleGiven = "role-given";

    /// <param name="by">Whoever gave it.</param>
    internal static void TellOfRole(Command c, Guid worker, Role role, Guid by)
    {
        if (role is Role.PartnerWorker or Role.PartnerAdministrator or Role.Councillor or Role.ParishClerk) return;
        c.Insert(new InformationNotice { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Kind = RoleGiven, SubjectId = by, WorkerId = worker, At = c.Who.At });
    }

    public static bool MayInviteAnyone(Role by) => RoleTable.Default.May(by, "invite-anyone");

    /// <summary>Whether somebody of this role may make somebody else that.</summary>
    public static bool MayGive(Role by, Role role) => MayInviteAnyone(by) || (RoleTable.Default.May(by, "invite-own") && OfAPartner.Contains(role));

    /// <summary>The roles that somebody may give, in the table's order.</summary>
    public static IReadOnlyList<RoleEntry> RolesFor(Role by) => [.. RoleTable.Default.All.Where(r => MayGive(by, r.Role))];

    public async Task<IReadOnlyList<Colleague>> AllAsync(WhoIsWorking by, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await ReadAsync(db, by, null, cancel);
    }

    public async Task<Colleague?> OneAsync(WhoIsWorking by, string handle, CancellationToken cancel)
    {
        await using var db = database.Open();
        return (await ReadAsync(db, by, handle, cancel)).SingleOrDefault();
    }

    /// <summary>Organisations to choose from, by name.</summary>
    public async Task<IReadOnlyList<Organisation>> OrganisationsAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Organisation>().OrderBy(o => o.Name).ToListAsync(cancel);
    }

    /// <summary>Takes away access on the next request, on every node, and signs out; or gives it back.</summary>
    public Task<Result<Worker>> SetActiveAsync(WhoIsWorking by, string handle, bool active, AuditContext who, CancellationToken cancel) => ChangeAsync(by, handle, who, async (c, worker) =>
    {
        if (worker.Active == active) return null;
        if (!active && await IsLastAdministratorAsync(c, worker)) return LastAdministrator;
        worker.Active = active;
        c.Record(active ? "worker.enabled" : "worker.disabled", worker.Id);
        if (!active) await StaffSessions.EndAllAsync(c, worker.Id);
        return null;
    }, cancel);

    /// <summary>Gives another role. Whoever is signed in signs in again with it.</summary>
    public Task<Result<Worker>> ChangeRoleAsync(WhoIsWorking by, string handle, string role, string? title, AuditContext who, CancellationToken cancel) => ChangeAsync(by, handle, who, async (c, worker) =>
    {
        if (Staff.ReadRole(role) is not { } wanted || !MayGive(by.Role, wanted)) return new Refusal("role", "Choose what they work as.", "role");
        if (title is { Length: > 60 }) return new Refusal("title", "Write the title in up to 60 characters.", "title");
        var written = string.IsNullOrWhiteSpace(title) ? null : title.Trim();
        if (worker.Role == wanted && worker.Title == written) return null;
        if (worker.Role != wanted)
        {
            if (await IsLastAdministratorAsync(c, worker)) return LastAdministrator;
            var home = await c.Db.Set<Organisation>().SingleAsync(o => o.Id == worker.OrganisationId, c.Cancel);
            if (wanted == Role.HubAdviser && home.Kind != OrganisationKind.CountyHub) return new Refusal("not-the-hub", $"{home.Name} is not the hub, and a hub adviser works there.", "role");
            await StaffSessions.EndAllAsync(c, worker.Id);
        }
        if (worker.Role != wanted) TellOfRole(c, worker.Id, wanted, by.WorkerId);
        c.Record("worker.role-changed", worker.Id, content: $"{Staff.Word(worker.Role.ToString())} to {Staff.Word(wanted.ToString())}");
        (worker.Role, worker.Title) = (wanted, written);
        return null;
    }, cancel);

    public Task<Result<Worker>> SignOutAsync(WhoIsWorking by, string handle, AuditContext who, CancellationToken cancel) => ChangeAsync(by, handle, who, async (c, worker) =>
    {
        await StaffSessions.EndAllAsync(c, worker.Id);
        return null;
    }, cancel);

    private Task<Result<Worker>> ChangeAsync(WhoIsWorking by, string handle, AuditContext who, Func<Command, Worker, Task<Refusal?>> change, CancellationToken cancel) => commands.RunAsync<Worker>(who, async c =>
    {
        if (await FindAsync(c, by, handle) is not { } worker) return new Refusal("not-found", "There is no such worker.");
        if (worker.Id == by.WorkerId) return new Refusal("yourself", "Somebody else changes that for you.");
        return await change(c, worker) is { } refusal ? refusal : worker;
    }, cancel);

    /// <summary>A worker that this one looks after; null for all others.</summary>
    internal static Task<Worker?> FindAsync(Command c, WhoIsWorking by, string handle)
    {
        var anyone = MayInviteAnyone(by.Role);
        if (!anyone && !RoleTable.Default.May(by.Role, "invite-own")) return Task.FromResult<Worker?>(null);
        return c.Db.Set<Worker>().AsTracking().Where(OfAPartnerAt(anyone ? null : by.OrganisationId)).SingleOrDefaultAsync(w => w.Handle == handle, c.Cancel);
    }

    private static Refusal LastAdministrator { get; } = new("last-administrator", "This is the only administrator who can sign in. Let somebody else be one first.");

    private static async Task<bool> IsLastAdministratorAsync(Command c, Worker worker) => worker is { Role: Role.Administrator, Active: true }
        && !await c.Db.Set<Worker>().Where(w => w.Active && w.Role == Role.Administrator && w.Id != worker.Id).Join(c.Db.Set<Account>(), w => w.Id, a => a.WorkerId, (w, a) => a).AnyAsync(c.Cancel);

    private async Task<IReadOnlyList<Colleague>> ReadAsync(AnyDoorDb db, WhoIsWorking by, string? handle, CancellationToken cancel)
    {
        var now = commands.Clock.UtcNow();
        var anyone = MayInviteAnyone(by.Role);
        if (!anyone && !RoleTable.Default.May(by.Role, "invite-own")) return [];
        var lookedAfter = db.Set<Worker>().Where(OfAPartnerAt(anyone ? null : by.OrganisationId));
        var rows = await (from worker in lookedAfter
                          where handle == null || worker.Handle == handle
                          join organisation in db.Set<Organisation>() on worker.OrganisationId equals organisation.Id
                          join account in db.Set<Account>() on worker.Id equals account.WorkerId into accounts
                          from account in accounts.DefaultIfEmpty()
                          orderby organisation.Name, worker.Name
                          select new
                          {
                              worker, Organisation = organisation.Name, account,
                              Passkeys = db.Set<Passkey>().Count(p => p.WorkerId == worker.Id),
                              Invitation = db.Set<Invitation>().Where(i => i.WorkerId == worker.Id && i.EndedAt == null && i.ExpiresAt > now).Max(i => (DateTime?)i.ExpiresAt),
                              Email = db.Set<Invitation>().Where(i => i.WorkerId == worker.Id && i.Email != null).OrderByDescending(i => i.CreatedAt).Select(i => i.Email).FirstOrDefault(),
                              LastIn = db.Set<StaffSession>().Where(s => s.WorkerId == worker.Id).Max(s => (DateTime?)s.At),
                              Open = db.Set<StaffSession>().Count(s => s.WorkerId == worker.Id && s.EndedAt == null && s.EndsAt > now),
                          }).ToListAsync(cancel);
        return [.. rows.Select(r => new Colleague(r.worker.Id, r.worker.Handle, r.worker.Name, r.worker.Title, r.worker.Role, r.worker.OrganisationId, r.Organisation, r.worker.Active, r.account?.Email ?? r.Email,
            r.Passkeys, r.account?.PasswordHash is not null, r.account?.SingleSignOn is not null, r.Invitation, r.LastIn, r.Open))];
    }
}
