using System.Security.Cryptography;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Organisations;

/// <summary>An address as it may be shown: never its secret.</summary>
/// <param name="Waiting">How many events have not arrived yet.</param>
public sealed record WebhookShown(Guid Id, Guid OrganisationId, string Organisation, string Url, WebhookState State, DateTime CreatedAt, DateTime? LastOkAt, DateTime? FailingSince, string? LastAnswer, int Waiting);

/// <param name="Secret">Shown once.</param>
public sealed record WebhookMade(Guid Id, string Secret);

/// <summary>One thing that was told, or is to be.</summary>
public sealed record WebhookTold(Guid Id, string Kind, string Reference, DateTime At, WebhookEventState State, int Attempts, DateTime DueAt, DateTime? DoneAt);

/// <summary>The addresses of partners' own systems: registered by the partner's administrator, each with a secret that signs what is sent there (R-ISA-04).</summary>
public sealed class WebhookDesk(Database database, Commands commands, WebhookRules rules)
{
    internal const string Use = "webhook secret";
    public const string Test = "test";
    private static readonly Refusal NotThere = new("not-found", "There is no such address.");

    /// <summary>Puts an event into the outbox of every address of an organisation that is still wanted: in the command that gives the cause, so that both are kept or neither.</summary>
    public static async Task TellAsync(Command c, Guid? organisation, string kind, string reference)
    {
        if (organisation is null) return;
        foreach (var id in await c.Db.Set<Webhook>().Where(w => w.OrganisationId == organisation && w.EndedAt == null && w.State != WebhookState.Off).Select(w => w.Id).ToListAsync(c.Cancel))
            c.Insert(New(id, kind, reference, c.Who.At));
    }

    public async Task<IReadOnlyList<WebhookShown>> ListAsync(Guid? organisation, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await (from hook in db.Set<Webhook>()
            join home in db.Set<Organisation>() on hook.OrganisationId equals home.Id
            where hook.EndedAt == null && (organisation == null || home.Id == organisation)
            orderby home.Name, hook.CreatedAt
            select new WebhookShown(hook.Id, home.Id, home.Name, hook.Url, hook.State, hook.CreatedAt, hook.LastOkAt, hook.FailingSince, hook.LastAnswer,
                db.Set<WebhookEvent>().Count(e => e.WebhookId == hook.Id && e.State == WebhookEventState.Waiting))).ToListAsync(cancel);
    }

    public async Task<WebhookShown?> FindAsync(Guid id, Guid? organisation, CancellationToken cancel) => (await ListAsync(organisation, cancel)).FirstOrDefault(w => w.Id == id);

    /// <summary>What was told last, newest first.</summary>
    public async Task<IReadOnlyList<WebhookTold>> ToldAsync(Guid id, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<WebhookEvent>().Where(e => e.WebhookId == id).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(20)
            .Select(e => new WebhookTold(e.Id, e.Kind, e.Reference, e.At, e.State, e.Attempts, e.DueAt, e.DoneAt)).ToListAsync(cancel);
    }

    public Task<Result<WebhookMade>> AddAsync(Guid organisation, string? typed, AuditContext who, CancellationToken cancel) => commands.RunAsync<WebhookMade>(who, async c =>
    {
        if (rules.Problem(typed, out var url) is { } problem) return new Refusal("url", problem, "url");
        if (!await c.Db.Set<Organisation>().AnyAsync(o => o.Id == organisation, c.Cancel)) return new Refusal("organisation", "Choose the organisation.", "organisation");
        var there = await c.Db.Set<Webhook>().Where(w => w.OrganisationId == organisation && w.EndedAt == null).Select(w => w.Url).ToListAsync(c.Cancel);
        if (there.Contains(url!.AbsoluteUri)) return new Refusal("url", "This address is there already.", "url");
        var most = Limits.Current.Webhooks.MostForEachOrganisation;
        if (there.Count >= most) return new Refusal("url", $"There are {most} addresses already. Take one away first.", "url");
        var secret = NewSecret();
        var row = new Webhook { Id = Guid.CreateVersion7(), OrganisationId = organisation, Url = url.AbsoluteUri, Secret = SealedText.Seal(c.LogKey, Use, secret), State = WebhookState.On, CreatedAt = who.At };
        c.Insert(row);
        c.Record("webhook.added", row.Id);
        return new WebhookMade(row.Id, secret);
    }, cancel);

    /// <summary>A new secret. The old one signs too for some days, so that the receiver can change over without missing anything.</summary>
    public Task<Result<WebhookMade>> NewSecretAsync(Guid id, Guid? organisation, AuditContext who, CancellationToken cancel) => commands.RunAsync<WebhookMade>(who, async c =>
    {
        if (await FindAsync(c, id, organisation) is not { } row) return NotThere;
        var secret = NewSecret();
        (row.OldSecret, row.OldSecretUntil, row.Secret) = (row.Secret, who.At.AddDays(Limits.Current.Webhooks.SecretOverlapDays), SealedText.Seal(c.LogKey, Use, secret));
        c.Record("webhook.new-secret", row.Id);
        return new WebhookMade(row.Id, secret);
    }, cancel);

    /// <summary>Turned off, nothing new is put by for it. Turned on again, what waits goes out.</summary>
    public Task<Result<Nothing>> TurnAsync(Guid id, bool on, Guid? organisation, AuditContext who, CancellationToken cancel) => ChangeAsync(id, organisation, who, async (c, row) =>
    {
        row.State = on ? WebhookState.On : WebhookState.Off;
        if (on)
        {
            row.FailingSince = null;
            await c.Db.Set<WebhookEvent>().Where(e => e.WebhookId == id && e.State == WebhookEventState.Waiting).ExecuteUpdateAsync(e => e.SetProperty(x => x.DueAt, who.At), c.Cancel);
        }
        c.Record(on ? "webhook.turned-on" : "webhook.turned-off", row.Id);
    }, cancel);

    /// <summary>Takes the address away: what waits for it goes too.</summary>
    public Task<Result<Nothing>> RemoveAsync(Guid id, Guid? organisation, AuditContext who, CancellationToken cancel) => ChangeAsync(id, organisation, who, async (c, row) =>
    {
        (row.EndedAt, row.State) = (who.At, WebhookState.Off);
        await c.Db.Set<WebhookEvent>().Where(e => e.WebhookId == id && e.State == WebhookEventState.Waiting)
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.State, WebhookEventState.GivenUp).SetProperty(x => x.DoneAt, (DateTime?)who.At), c.Cancel);
        c.Record("webhook.removed", row.Id);
    }, cancel);

    /// <summary>An event that says nothing, to see whether it arrives.</summary>
    public Task<Result<Nothing>> SendTestAsync(Guid id, Guid? organisation, AuditContext who, CancellationToken cancel) => ChangeAsync(id, organisation, who, (c, row) =>
    {
        c.Insert(New(row.Id, Test, "", who.At));
        c.Record("webhook.test-asked", row.Id);
        return Task.CompletedTask;
    }, cancel);

    /// <summary>What arrived or was given up long ago is of no use any more. Gives how many.</summary>
    public async Task<int> PurgeAsync(AuditContext who, CancellationToken cancel)
    {
        var before = who.At.AddDays(-Limits.Current.Webhooks.KeptDays);
        var gone = await commands.RunAsync(who, async c =>
        {
            await c.Db.Set<WebhookEvent>().Where(e => e.State == WebhookEventState.Waiting && e.At < before).ExecuteUpdateAsync(e => e.SetProperty(x => x.State, WebhookEventState.GivenUp).SetProperty(x => x.DoneAt, (DateTime?)who.At), c.Cancel);
            return (Result<int>)await c.Db.Set<WebhookEvent>().Where(e => e.State != WebhookEventState.Waiting && e.DoneAt < before).ExecuteDeleteAsync(c.Cancel);
        }, cancel);
        return gone.Value;
    }

    private Task<Result<Nothing>> ChangeAsync(Guid id, Guid? organisation, AuditContext who, Func<Command, Webhook, Task> change, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await FindAsync(c, id, organisation) is not { } row) return NotThere;
        await change(c, row);
        return Nothing.Value;
    }, cancel);

    private static Task<Webhook?> FindAsync(Command c, Guid id, Guid? organisation) =>
        c.Db.Set<Webhook>().AsTracking().SingleOrDefaultAsync(w => w.Id == id && w.EndedAt == null && (organisation == null || w.OrganisationId == organisation), c.Cancel);

    private static WebhookEvent New(Guid hook, string kind, string reference, DateTime at) => new()
    {
        Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), WebhookId = hook, Kind = kind, Reference = reference, At = at, State = WebhookEventState.Waiting, Attempts = 0, DueAt = at,
    };

    private static string NewSecret() => "whs_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
