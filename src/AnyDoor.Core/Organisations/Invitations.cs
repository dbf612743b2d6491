using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>Somebody to invite.</summary>
/// <param name="Email">The name they will sign in with. Nothing is sent to it.</param>
/// <param name="Organisation">By handle or name; made where there is none and the inviter may.</param>
/// <param name="Kind">Of a new organisation, like <c>food-bank</c>.</param>
public sealed record NewColleague(string Name, string Email, string? Title, string Role, string Organisation, string? Kind = null);

/// <summary>What a one-time link is for, as its page shows it.</summary>
/// <param name="FirstOfAll">The first administrator of a new installation: they say who they are, and are known by the link's id.</param>
/// <param name="Again">They had a way in; this gives a new one and ends the old.</param>
public sealed record InvitationShown(Guid Id, Guid? WorkerId, string? Name, string? Email, string? Role, string? Organisation, DateTime ExpiresAt, bool FirstOfAll, bool Again, string? Handle = null);

/// <summary>The way in that an invited worker chose: a password's hash with the app's key, or a passkey, or the council's own sign-in.</summary>
/// <param name="Name">Asked of the first administrator only, as is the organisation.</param>
public sealed record WayIn(string Email, string? PasswordHash = null, string? AppKey = null, Passkey? Passkey = null, string? SingleSignOn = null, string? Name = null, string? Organisation = null);

/// <summary>One-time links to a way in. A link works once and for a week; only its hash is kept; a newer one ends the older.</summary>
public sealed class Invitations(Database database, Commands commands, LogKey key)
{
    public static readonly TimeSpan Good = TimeSpan.FromDays(7);
    public const string Over = "This link does not work any more. It works once, for 7 days. Ask whoever sent it for a new one.";
    /// <summary>What the information lead is told, and the worker on their own page: a link that somebody else made has replaced a way in.</summary>
    public const string WayInReplaced = "way-in-replaced";
    private const string FirstOfAll = "first-of-all";

    /// <summary>Adds a colleague and gives the code of their link, once.</summary>
    public Task<Result<(Worker Worker, string Code)>> InviteAsync(WhoIsWorking by, NewColleague who, AuditContext audit, CancellationToken cancel) => commands.RunAsync<(Worker, string)>(audit, async c =>
    {
        var name = who.Name.Trim();
        if (name.Length is 0 or > 100) return new Refusal("name", "Enter their name, in up to 100 characters.", "name");
        if (Staff.ReadRole(who.Role) is not { } role || !People.MayGive(by.Role, role)) return new Refusal("role", "Choose what they will work as.", "role");
        if (who.Title is { Length: > 60 }) return new Refusal("title", "Write the title in up to 60 characters.", "title");
        if (await EmailFaultAsync(c, who.Email, null) is { } fault) return fault;
        var organisation = People.MayInviteAnyone(by.Role) ? who.Organisation : by.OrganisationName;
        if (organisation.Trim().Length == 0) return new Refusal("organisation", "Choose where they work.", "organisation");
        var added = await Staff.AddAsync(c, await FreeHandleAsync(c, name), name, organisation, who.Role, People.MayInviteAnyone(by.Role) ? who.Kind : null, string.IsNullOrWhiteSpace(who.Title) ? null : who.Title.Trim());
        if (!added.Done) return added.Refusal;
        People.TellOfRole(c, added.Value.Id, added.Value.Role, by.WorkerId);
        await c.FlushAsync();
        return (added.Value, await OpenAsync(c, added.Value.Id, who.Email.Trim(), by.Handle));
    }, cancel);

    /// <summary>A new link for somebody who was invited before, or who cannot get in any more.</summary>
    /// <param name="how">How it is known that it is them. Kept in the log.</param>
    public Task<Result<string>> AgainAsync(WhoIsWorking by, string handle, string how, AuditContext audit, CancellationToken cancel) => commands.RunAsync<string>(audit with { Reason = how.Trim() }, async c =>
    {
        if (await People.FindAsync(c, by, handle) is not { } worker) return new Refusal("not-found", "There is no such worker.");
        if (!worker.Active) return new Refusal("disabled", $"{worker.Name} is disabled. Let them work again first.");
        if (worker.Id == by.WorkerId) return new Refusal("yourself", "Change your own way in on your own page.");
        if (how.Trim().Length is < 5 or > 300) return new Refusal("how", "Say how you know that it is them, in 5 to 300 characters.", "how");
        return await OpenAsync(c, worker.Id, await EmailOfAsync(c, worker.Id), by.Handle);
    }, cancel);

    /// <summary>For the command line, where whoever runs it holds the database and the keys anyway.</summary>
    public Task<Result<string>> ByHandleAsync(string handle, string? email, AuditContext audit, CancellationToken cancel) => commands.RunAsync<string>(audit, async c =>
    {
        if (await c.Db.Set<Worker>().SingleOrDefaultAsync(w => w.Handle == handle, c.Cancel) is not { } worker) return new Refusal("not-found", $"There is no worker {handle}. Add one with: anydoor workers create", "handle");
        if (!worker.Active) return new Refusal("disabled", $"{handle} is disabled. Let them work again with: anydoor workers enable --handle {handle}", "handle");
        if (email is not null && await EmailFaultAsync(c, email, worker.Id) is { } fault) return fault;
        return await OpenAsync(c, worker.Id, email?.Trim() ?? await EmailOfAsync(c, worker.Id), audit.Actor.Label);
    }, cancel);

    /// <summary>The link that makes the first administrator; null where there is one who can sign in. A newer one ends the older.</summary>
    public async Task<string?> FirstOfAllAsync(AuditContext audit, CancellationToken cancel)
    {
        await using (var db = database.Open())
        {
            if (await IsSetUpAsync(db, cancel)) return null;
        }
        var made = await commands.RunAsync<string>(audit, async c => await IsSetUpAsync(c.Db, c.Cancel) ? new Refusal("set-up", "There is an administrator.") : await OpenAsync(c, null, null, FirstOfAll), cancel);
        return made.Value;
    }

    /// <summary>Null where the code opens nothing: never made, used, over, or taken back.</summary>
    public async Task<InvitationShown?> FindAsync(string code, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await FindAsync(db, code, commands.Clock.UtcNow(), cancel);
    }

    /// <summary>Uses the link and keeps the way in, both or neither. Whatever way in there was before is gone, and its sessions end.</summary>
    public Task<Result<Guid>> AcceptAsync(string code, WayIn way, CancellationToken cancel) => commands.RunAsync<Guid>(new AuditContext(Actor.Job("invitation"), null, "sign-in", Purpose.Assurance, commands.Clock.UtcNow()), async c =>
    {
        if (await FindAsync(c.Db, code, c.Who.At, c.Cancel) is not { } invitation) return new Refusal("over", Over);
        if (invitation.FirstOfAll && await IsSetUpAsync(c.Db, c.Cancel)) return new Refusal("over", Over);
        if (await EmailFaultAsync(c, way.Email, invitation.WorkerId) is { } fault) return fault;
        // Two who press at once: the second finds it used.
        if (await c.Db.Set<Invitation>().Where(i => i.Id == invitation.Id && i.EndedAt == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.EndedAt, c.Who.At), c.Cancel) == 0) return new Refusal("over", Over);
        var worker = invitation.WorkerId ?? Guid.Empty;
        if (invitation.FirstOfAll)
        {
            if (way.Name?.Trim() is not { Length: > 0 and <= 100 } name) return new Refusal("name", "Enter your name, in up to 100 characters.", "name");
            if (way.Organisation?.Trim() is not { Length: > 0 and <= 100 } organisation) return new Refusal("organisation", "Enter where you work, in up to 100 characters.", "organisation");
            var added = await Staff.AddAsync(c, await FreeHandleAsync(c, name), name, organisation, Staff.Word(nameof(Role.Administrator)), null, id: invitation.Id);
            if (!added.Done) return added.Refusal;
            worker = added.Value.Id;
            await c.FlushAsync();
        }
        if (way.SingleSignOn is { } subject && await c.Db.Set<Account>().AnyAsync(a => a.SingleSignOn == subject && a.WorkerId != worker, c.Cancel))
            return new Refusal("single-sign-on", "Somebody else signs in here with that council account. Ask an administrator.");
        await c.Db.Set<Passkey>().Where(p => p.WorkerId == worker).ExecuteDeleteAsync(c.Cancel);
        var account = await c.Db.Set<Account>().AsTracking().SingleOrDefaultAsync(a => a.WorkerId == worker, c.Cancel);
        if (account is null) c.Insert(account = new Account { WorkerId = worker, Email = "", EmailFolded = "", CreatedAt = c.Who.At });
        else c.Insert(new InformationNotice { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Kind = WayInReplaced, SubjectId = invitation.Id, WorkerId = worker, At = c.Who.At });
        (account.Email, account.EmailFolded, account.PasswordHash, account.AppKey, account.SingleSignOn) = (way.Email.Trim(), Account.Fold(way.Email), way.PasswordHash, way.AppKey, way.SingleSignOn);
        (account.UsedCodes, account.RecoveryCodes, account.Version) = (null, null, account.Version + 1);
        if (way.Passkey is { } passkey) c.Insert(passkey.Of(worker));
        await StaffSessions.EndAllAsync(c, worker);
        c.Record("way-in.made", worker, content: way.Passkey is not null ? "passkey" : way.SingleSignOn is not null ? "single sign-on" : "password");
        return worker;
    }, cancel);

    /// <summary>When a link last replaced this worker's way in, and who made it. Null: never.</summary>
    public async Task<(DateTime At, string By)?> LastReplacedAsync(Guid worker, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await db.Set<InformationNotice>().Where(n => n.Kind == WayInReplaced && n.WorkerId == worker).OrderByDescending(n => n.At).FirstOrDefaultAsync(cancel) is not { } last) return null;
        return (last.At, (await MakersAsync(db, [last.SubjectId], cancel)).Values.FirstOrDefault("somebody"));
    }

    /// <summary>Who made these links: a worker's name, or what it was made with where that is no worker.</summary>
    internal static async Task<Dictionary<Guid, string>> MakersAsync(AnyDoorDb db, IReadOnlyCollection<Guid?> links, CancellationToken cancel)
    {
        var ids = links.OfType<Guid>().ToArray();
        if (ids.Length == 0) return [];
        return await (from invitation in db.Set<Invitation>()
                      where ids.Contains(invitation.Id)
                      join worker in db.Set<Worker>() on invitation.CreatedBy equals worker.Handle into workers
                      from worker in workers.DefaultIfEmpty()
                      select new { invitation.Id, By = worker == null ? invitation.CreatedBy : worker.Name }).ToDictionaryAsync(i => i.Id, i => i.By, cancel);
    }

    private async Task<InvitationShown?> FindAsync(AnyDoorDb db, string code, DateTime now, CancellationToken cancel)
    {
        var hash = Hash(code);
        var found = await (from invitation in db.Set<Invitation>()
                           where invitation.CodeHash == hash && invitation.EndedAt == null && invitation.ExpiresAt > now
                           join worker in db.Set<Worker>() on invitation.WorkerId equals (Guid?)worker.Id into workers
                           from worker in workers.DefaultIfEmpty()
                           join organisation in db.Set<Organisation>() on worker.OrganisationId equals organisation.Id into organisations
                           from organisation in organisations.DefaultIfEmpty()
                           select new { invitation, worker, Organisation = organisation == null ? null : organisation.Name }).SingleOrDefaultAsync(cancel);
        if (found is null || found.worker is { Active: false }) return null;
        var again = found.worker is not null && await db.Set<Account>().AnyAsync(a => a.WorkerId == found.worker.Id, cancel);
        return new InvitationShown(found.invitation.Id, found.worker?.Id, found.worker?.Name, found.invitation.Email, found.worker is null ? null : RoleTable.Default.NameOf(found.worker.Role), found.Organisation,
            found.invitation.ExpiresAt, found.worker is null, again, found.worker?.Handle);
    }

    private async Task<string> OpenAsync(Command c, Guid? worker, string? email, string by)
    {
        await c.Db.Set<Invitation>().Where(i => i.WorkerId == worker && i.EndedAt == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.EndedAt, c.Who.At), c.Cancel);
        var code = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');
        c.Insert(new Invitation { Id = Guid.CreateVersion7(), CodeHash = Hash(code), WorkerId = worker, Email = email, CreatedAt = c.Who.At, CreatedBy = by, ExpiresAt = c.Who.At + Good });
        c.Record("worker.invited", worker);
        return code;
    }

    /// <summary>Set up: an administrator who works here and has a way in.</summary>
    private static Task<bool> IsSetUpAsync(AnyDoorDb db, CancellationToken cancel) =>
        db.Set<Worker>().Where(w => w.Active && w.Role == Role.Administrator).Join(db.Set<Account>(), w => w.Id, a => a.WorkerId, (w, a) => a).AnyAsync(cancel);

    private static async Task<string?> EmailOfAsync(Command c, Guid worker) =>
        await c.Db.Set<Account>().Where(a => a.WorkerId == worker).Select(a => a.Email).SingleOrDefaultAsync(c.Cancel)
        ?? await c.Db.Set<Invitation>().Where(i => i.WorkerId == worker && i.Email != null).OrderByDescending(i => i.CreatedAt).Select(i => i.Email).FirstOrDefaultAsync(c.Cancel);

    private static async Task<Refusal?> EmailFaultAsync(Command c, string email, Guid? worker)
    {
        var folded = Account.Fold(email);
        if (folded.Length is < 3 or > 200 || folded.IndexOf('@', StringComparison.Ordinal) is < 1 || folded.EndsWith('@') || folded.Any(char.IsWhiteSpace)) return new Refusal("email", "Enter a work email address, like n.name@council.example.", "email");
        return await c.Db.Set<Account>().AnyAsync(a => a.EmailFolded == folded && a.WorkerId != worker, c.Cancel) ? new Refusal("email", "Somebody signs in with that email already. Use another.", "email") : null;
    }

    /// <summary>Like <c>n.wexcombe</c>, or <c>n.wexcombe2</c> where that is taken.</summary>
    private static async Task<string> FreeHandleAsync(Command c, string name)
    {
        var words = Staff.Handle(name).Split('-', StringSplitOptions.RemoveEmptyEntries);
        var wanted = words switch { [] => "worker", [var one] => one, [var first, .., var last] => $"{first[0]}.{last}" };
        wanted = string.Concat(wanted.Where(s => char.IsAsciiLetterOrDigit(s) || s == '.'));
        wanted = wanted.Length is 0 or 1 ? "worker" : wanted[..Math.Min(50, wanted.Length)];
        var taken = (await c.Db.Set<Worker>().Where(w => w.Handle.StartsWith(wanted)).Select(w => w.Handle).ToListAsync(c.Cancel)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? wanted : $"{wanted}{n}").First(h => !taken.Contains(h));
    }

    private byte[] Hash(string code) => key.HashSecret("invitation", code);
}
