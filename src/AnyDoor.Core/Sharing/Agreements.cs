using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Sharing;

/// <summary>An agreement as the register lists it: the version that counts, and whether another is being drafted.</summary>
/// <param name="Parties">By name, the hub first.</param>
/// <param name="Owner">By name; null: nobody is named, or they left.</param>
public sealed record AgreementLine(AgreementVersion Version, AgreementTerms Terms, IReadOnlyList<string> Parties, string? Owner, bool HasDraft, IReadOnlyList<DependentFlow> Depends);

/// <summary>What of one organisation stops when the agreement does.</summary>
/// <param name="Needs">The partnership has said that it shares only under an agreement: without one these stop.</param>
/// <param name="Workers">Who work there and may sign in.</param>
/// <param name="Permissions">Households' permissions that stand.</param>
/// <param name="Handovers">Households it sees because it took them on.</param>
/// <param name="Keys">Keys of its own systems.</param>
/// <param name="Covered">Another agreement in force covers it as well, so that this one's end stops nothing.</param>
public sealed record DependentFlow(Guid OrganisationId, string Organisation, bool Needs, bool Covered, int Workers, int Permissions, int Handovers, int Keys, IReadOnlyList<string> Doors);

/// <summary>One agreement with every version of it, the newest first.</summary>
public sealed record AgreementFile(AgreementLine Line, IReadOnlyList<AgreementVersion> Versions, IReadOnlyDictionary<Guid, string> Names);

/// <summary>The register of sharing agreements (R-ISA-01).</summary>
public sealed class Agreements(Database database, Commands commands)
{
    public const string Changed = "changed";
    public const string NotInForce = "no-agreement";
    private static readonly Refusal NotThere = new("not-found", "There is no such agreement.");

    /// <summary>What the gate is told: read with each look of a partner's, and not kept longer than a second.</summary>
    internal static async Task<Agreed> AgreedAsync(AnyDoorDb db, CancellationToken cancel)
    {
        var needing = await NeedingAsync(db, cancel);
        if (needing.Count == 0) return Agreed.Nobody;
        var rows = await db.Set<AgreementVersion>().Where(v => v.State == AgreementState.InForce).ToListAsync(cancel);
        return new Agreed(needing, rows.ConvertAll(v => AgreedIn(v, v.Terms)));
    }

    private static AgreedTerms AgreedIn(AgreementVersion version, AgreementTerms terms) => new(version.StartsOn ?? DateOnly.MaxValue, version.EndsOn, terms.Parties, terms.Purposes, terms.Categories);

    private static async Task<HashSet<Guid>> NeedingAsync(AnyDoorDb db, CancellationToken cancel) =>
        [.. (await db.Set<AgreementNeed>().ToListAsync(cancel)).GroupBy(n => n.OrganisationId).Select(g => g.OrderBy(n => n.At).ThenBy(n => n.Id).Last()).Where(n => n.Needed).Select(n => n.OrganisationId)];

    /// <summary>May this organisation be handed a household now? Null: it may; otherwise what to say.</summary>
    internal static async Task<Refusal?> MayHandOverAsync(Command c, Guid organisation, string name)
    {
        var agreed = await AgreedAsync(c.Db, c.Cancel);
        return agreed.Covers(new Looker(ActorKind.Worker, null, null, organisation), Purpose.Handover, DataCategory.IdentityAndContact, c.Who.At) ? null
            : new Refusal(NotInForce, $"No sharing agreement with {name} is in force, so nothing can be passed to them. Ask the information-governance lead, or choose another organisation.", "organisation");
    }

    /// <summary>The register: what needs somebody first, then by what ends soonest.</summary>
    public async Task<IReadOnlyList<AgreementLine>> ListAsync(DateOnly today, CancellationToken cancel)
    {
        await using var db = database.Open();
        var lines = await LinesAsync(db, await db.Set<AgreementVersion>().ToListAsync(cancel), today, cancel);
        return [.. lines.OrderBy(l => l.Version.State == AgreementState.Ended ? 2 : l.Version.State == AgreementState.Draft ? 1 : 0).ThenBy(l => l.Version.EndsOn ?? DateOnly.MaxValue).ThenBy(l => l.Terms.Name, StringComparer.Ordinal)];
    }

    public async Task<AgreementFile?> FindAsync(Guid agreement, DateOnly today, CancellationToken cancel)
    {
        await using var db = database.Open();
        var versions = await db.Set<AgreementVersion>().Where(v => v.AgreementId == agreement).OrderByDescending(v => v.Number).ToListAsync(cancel);
        if (versions.Count == 0) return null;
        var people = versions.SelectMany(v => new[] { v.SavedBy, v.InForceBy, v.EndedBy }).OfType<Guid>().Distinct().ToArray();
        var names = await db.Set<Worker>().Where(w => people.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancel);
        return new AgreementFile((await LinesAsync(db, versions, today, cancel))[0], versions, names);
    }

    private static async Task<List<AgreementLine>> LinesAsync(AnyDoorDb db, List<AgreementVersion> versions, DateOnly today, CancellationToken cancel)
    {
        var organisations = await db.Set<Organisation>().ToDictionaryAsync(o => o.Id, cancel);
        var counting = versions.GroupBy(v => v.AgreementId).Select(g => (Counts: Counting(g, today), Draft: g.Any(v => v.State == AgreementState.Draft))).ToList();
        var terms = counting.ToDictionary(v => v.Counts.Id, v => v.Counts.Terms);
        var owners = terms.Values.Select(t => t.Owner).OfType<Guid>().Distinct().ToArray();
        var names = await db.Set<Worker>().Where(w => owners.Contains(w.Id) && w.Active).ToDictionaryAsync(w => w.Id, w => w.Name, cancel);
        var flows = await FlowsAsync(db, [.. terms.Values.SelectMany(t => t.Parties).Distinct()], organisations, today, cancel);
        return counting.ConvertAll(v =>
        {
            var (version, t) = (v.Counts, terms[v.Counts.Id]);
            var parties = t.Parties.Select(p => organisations.GetValueOrDefault(p)).OfType<Organisation>().OrderBy(o => o.Kind == OrganisationKind.CountyHub ? 0 : 1).ThenBy(o => o.Name, StringComparer.Ordinal).ToList();
            return new AgreementLine(version, t, parties.ConvertAll(o => o.Name), t.Owner is { } owner ? names.GetValueOrDefault(owner) : null, v.Draft,
                [.. parties.Where(o => o.Kind != OrganisationKind.CountyHub).Select(o => flows[o.Id] with { Covered = counting.Any(other => other.Counts.Id != version.Id && other.Counts.IsInForce(today) && terms[other.Counts.Id].Parties.Contains(o.Id) && t.Purposes.All(terms[other.Counts.Id].Purposes.Contains)) })]);
        });
    }

    /// <summary>What is in force counts; otherwise the newest that was, or the draft while there is nothing else.</summary>
    private static AgreementVersion Counting(IEnumerable<AgreementVersion> versions, DateOnly today) =>
        versions.OrderBy(v => v.IsInForce(today) ? 0 : 1).ThenBy(v => v.State switch { AgreementState.InForce => 0, AgreementState.Ended => 1, _ => 2 }).ThenByDescending(v => v.Number).First();

    private static async Task<Dictionary<Guid, DependentFlow>> FlowsAsync(AnyDoorDb db, Guid[] parties, Dictionary<Guid, Organisation> organisations, DateOnly today, CancellationToken cancel)
    {
        var now = LondonTime.ToUtc(today, new TimeOnly(12, 0));
        var needing = await NeedingAsync(db, cancel);
        var workers = await db.Set<Worker>().Where(w => w.Active && parties.Contains(w.OrganisationId)).GroupBy(w => w.OrganisationId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var permissions = await db.Set<Permission>().Where(p => p.Allowed && p.WithdrawnAt == null && p.OrganisationId != null && parties.Contains(p.OrganisationId.Value) && (p.Until == null || p.Until >= today))
            .GroupBy(p => p.OrganisationId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var handovers = await db.Set<Ground>().Where(g => g.Cause == GroundCause.HandoverAccepted && g.OrganisationId != null && parties.Contains(g.OrganisationId.Value) && (g.To == null || g.To > now))
            .GroupBy(g => g.OrganisationId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var keys = await db.Set<ApiKey>().Where(k => k.RevokedAt == null).Join(db.Set<Worker>().Where(w => w.Active && parties.Contains(w.OrganisationId)), k => k.WorkerId, w => w.Id, (k, w) => w.OrganisationId)
            .GroupBy(o => o).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var doors = (await db.Set<Door>().Where(d => d.OrganisationId != null && parties.Contains(d.OrganisationId.Value)).ToListAsync(cancel)).ToLookup(d => d.OrganisationId!.Value, d => d.Label);
        return parties.Where(organisations.ContainsKey).ToDictionary(id => id, id => new DependentFlow(id, organisations[id].Name, needing.Contains(id), false, workers.GetValueOrDefault(id),
            permissions.GetValueOrDefault(id), handovers.GetValueOrDefault(id), keys.GetValueOrDefault(id), [.. doors[id]]));
    }

    /// <summary>Organisations that may be party, the hub first; and which of them share only under an agreement.</summary>
    public async Task<IReadOnlyList<(Organisation Organisation, bool Needs, bool Covered)>> OrganisationsAsync(DateOnly today, CancellationToken cancel)
    {
        await using var db = database.Open();
        var needing = await NeedingAsync(db, cancel);
        var covered = (await db.Set<AgreementVersion>().Where(v => v.State == AgreementState.InForce).ToListAsync(cancel)).Where(v => v.IsInForce(today)).SelectMany(v => v.Terms.Parties).ToHashSet();
        var all = await db.Set<Organisation>().ToListAsync(cancel);
        return [.. all.OrderBy(o => o.Kind == OrganisationKind.CountyHub ? 0 : 1).ThenBy(o => o.Name, StringComparer.Ordinal).Select(o => (o, needing.Contains(o.Id), covered.Contains(o.Id)))];
    }

    /// <summary>Who may own an agreement: those who may open the register.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> OwnersAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var roles = RoleTable.Default.All.Where(r => r.Actions.Contains("keep-agreements")).Select(r => r.Role).ToArray();
        var found = await db.Set<Worker>().Where(w => w.Active && roles.Contains(w.Role)).OrderBy(w => w.Name).Select(w => new { w.Id, w.Name }).ToListAsync(cancel);
        return found.ConvertAll(w => (w.Id, w.Name));
    }

    /// <summary>Saves a draft: a new agreement's, or the one that is open. What is in force gets a new version, and stays in force until that is.</summary>
    /// <param name="edit">The count of saves that the page was shown with, so that two who change it at once meet; null: nothing was shown.</param>
    /// <returns>The agreement's id.</returns>
    public Task<Result<Guid>> SaveAsync(AuditContext who, Guid? agreement, AgreementTerms terms, int? edit, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        var parties = await PartiesAsync(c.Db, terms, c.Cancel);
        if (AgreementRules.Current.Wrong(terms, parties).FirstOrDefault() is { } wrong) return wrong;
        if (terms.Owner is { } owner && !await MayOwnAsync(c.Db, owner, c.Cancel)) return new Refusal("owner", "Choose somebody from the list.", "owner");
        var versions = agreement is null ? [] : await c.Db.Set<AgreementVersion>().AsTracking().Where(v => v.AgreementId == agreement).OrderBy(v => v.Number).ToListAsync(c.Cancel);
        if (agreement is not null && versions.Count == 0) return NotThere;
        if (versions.Find(v => v.State == AgreementState.Draft) is { } draft)
        {
            if (edit is { } seen && seen != draft.Edit) return new Refusal(Changed, "Somebody else changed this while you had it open. What they saved is on the agreement’s page; what you wrote is below.");
            if (draft.Save(terms, c.Who.Actor.Id, c.Who.At) is { } refused) return refused;
            c.Record("agreement.changed", draft.AgreementId);
            return draft.AgreementId;
        }
        var id = agreement ?? Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero));
        c.Insert(new AgreementVersion
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), AgreementId = id, Number = versions.Count + 1, State = AgreementState.Draft, Body = terms.Write(), StartsOn = terms.StartsOn, EndsOn = terms.EndsOn,
            SavedAt = c.Who.At, SavedBy = c.Who.Actor.Id, Edit = 1,
        });
        c.Record(versions.Count == 0 ? "agreement.drafted" : "agreement.version-drafted", id);
        return id;
    }, cancel);

    /// <summary>Brings the draft into force, whole or not at all. A version that was in force until now ends.</summary>
    public Task<Result<Guid>> ComeIntoForceAsync(AuditContext who, Guid agreement, int edit, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        var versions = await c.Db.Set<AgreementVersion>().AsTracking().Where(v => v.AgreementId == agreement).ToListAsync(c.Cancel);
        if (versions.Find(v => v.State == AgreementState.Draft) is not { } draft) return versions.Count == 0 ? NotThere : new Refusal(AgreementVersion.WrongState, "There is no draft to bring into force.");
        if (draft.Edit != edit) return new Refusal(Changed, "Somebody else changed this while you had it open. Read it again, and bring it into force if it is right.");
        var terms = draft.Terms;
        var parties = await PartiesAsync(c.Db, terms, c.Cancel);
        var today = LondonTime.DayOf(c.Who.At);
        if (AgreementRules.Current.Wrong(terms, parties).Concat(AgreementRules.Current.Missing(terms, parties, today)).FirstOrDefault() is { } not) return not;
        if (!await MayOwnAsync(c.Db, terms.Owner!.Value, c.Cancel)) return new Refusal("owner", "Who was to look after it does so no more. Choose somebody else.", "owner");
        foreach (var before in versions.Where(v => v.State == AgreementState.InForce))
        {
            // Until the new one's first day the old one stands, where it would by itself.
            if (draft.StartsOn > today) before.EndsOn = before.EndsOn < draft.StartsOn ? before.EndsOn : draft.StartsOn!.Value.AddDays(-1);
            else if (before.End(c.Who.Actor.Id, c.Who.At, $"Version {draft.Number} took its place.") is { } kept) return kept;
        }
        if (draft.ComeIntoForce(c.Who.Actor.Id, c.Who.At) is { } refused) return refused;
        c.Record("agreement.in-force", agreement, content: $"Version {draft.Number}");
        return agreement;
    }, cancel);

    /// <summary>Ends what is in force, from now: whoever shares only under it sees nothing at their next press.</summary>
    public Task<Result<Guid>> EndAsync(AuditContext who, Guid agreement, string? why, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        if (why is { Length: > 500 }) return new Refusal("why", "Say why in fewer than 500 letters.", "why");
        var standing = await c.Db.Set<AgreementVersion>().AsTracking().Where(v => v.AgreementId == agreement && v.State == AgreementState.InForce).ToListAsync(c.Cancel);
        if (standing.Count == 0) return await c.Db.Set<AgreementVersion>().AnyAsync(v => v.AgreementId == agreement, c.Cancel) ? new Refusal(AgreementVersion.WrongState, "Only what is in force can be ended.") : NotThere;
        foreach (var version in standing)
            if (version.End(c.Who.Actor.Id, c.Who.At, why) is { } refused) return refused;
        c.Record("agreement.ended", agreement, content: why!.Trim());
        return agreement;
    }, cancel);

    /// <summary>Says that an organisation shares only under an agreement, or that it does not have to. The same again writes nothing.</summary>
    public Task<Result<bool>> NeedAsync(AuditContext who, Guid organisation, bool needed, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        if (await c.Db.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == organisation, c.Cancel) is not { } of) return false;
        if (of.Kind == OrganisationKind.CountyHub) return new Refusal("the-hub", "The hub shares with itself: an agreement is asked of the others.");
        if ((await NeedingAsync(c.Db, c.Cancel)).Contains(organisation) == needed) return true;
        c.Insert(new AgreementNeed { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), OrganisationId = organisation, Needed = needed, At = c.Who.At, SaidBy = c.Who.Actor.Kind == ActorKind.Worker ? c.Who.Actor.Id : null });
        c.Record(needed ? "agreement.needed" : "agreement.not-needed", organisation);
        return true;
    }, cancel);

    private static readonly int[] Warnings = [30, 14, 3];

    /// <summary>
    /// What ends in 30, 14 or 3 days, whose impact assessment is due, or that ran out, is put before its owner: once each. What ran out is ended.
    /// </summary>
    public async Task<int> RemindAsync(AuditContext who, CancellationToken cancel)
    {
        var today = LondonTime.DayOf(who.At);
        await using var db = database.Open();
        var raised = 0;
        foreach (var version in await db.Set<AgreementVersion>().Where(v => v.State == AgreementState.InForce).ToListAsync(cancel))
        {
            if (version.HasRunOut(today)) { raised += await RaiseAsync(who, version, "agreement-ended", "ended", cancel); continue; }
            if (version.EndsSoon(today)) raised += await RaiseAsync(who, version, "agreement-ending", $"{version.EndsOn:yyyy-MM-dd}/{Warnings.Where(d => version.DaysLeft(today) <= d).Min()}", cancel);
            if (version.Terms.DpiaReviewOn is { } review && review.DayNumber - today.DayNumber <= AgreementVersion.DaysOfWarning) raised += await RaiseAsync(who, version, "agreement-assessment", $"{review:yyyy-MM-dd}", cancel);
        }
        return raised;
    }

    private async Task<int> RaiseAsync(AuditContext who, AgreementVersion about, string kind, string which, CancellationToken cancel)
    {
        var (key, wrote) = ($"{about.Id}/{kind}/{which}", 0);
        await commands.RunAsync<bool>(who, async c =>
        {
            var version = await c.Db.Set<AgreementVersion>().AsTracking().SingleAsync(v => v.Id == about.Id, c.Cancel);
            if (version.State != AgreementState.InForce) return true;
            if (kind == "agreement-ended")
            {
                if (version.End(null, c.Who.At, "Its last day has passed.") is { } refused) return refused;
                c.Record("agreement.ran-out", version.AgreementId);
            }
            else c.Record(kind.Replace('-', '.'), version.AgreementId);
            c.Insert(new InformationNotice { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Kind = kind, SubjectId = version.AgreementId, WorkerId = version.Terms.Owner, At = c.Who.At });
            wrote = 1;
            return true;
        }, cancel, new Once("agreement-notice", key, System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key))));
        return wrote;
    }

    private static Task<List<Organisation>> PartiesAsync(AnyDoorDb db, AgreementTerms terms, CancellationToken cancel)
    {
        var ids = terms.Parties.ToArray();
        return db.Set<Organisation>().Where(o => ids.Contains(o.Id)).ToListAsync(cancel);
    }

    /// <summary>What stands on the form that is not right, each beside its field, and what would still be missing before it is in force.</summary>
    public async Task<(IReadOnlyList<Refusal> Wrong, IReadOnlyList<Refusal> Missing)> CheckAsync(AgreementTerms terms, DateOnly today, CancellationToken cancel)
    {
        await using var db = database.Open();
        var parties = await PartiesAsync(db, terms, cancel);
        return ([.. AgreementRules.Current.Wrong(terms, parties)], [.. AgreementRules.Current.Missing(terms, parties, today)]);
    }

    private static async Task<bool> MayOwnAsync(AnyDoorDb db, Guid worker, CancellationToken cancel) =>
        await db.Set<Worker>().Where(w => w.Id == worker && w.Active).Select(w => (Role?)w.Role).SingleOrDefaultAsync(cancel) is { } role && RoleTable.Default.May(role, "keep-agreements");
}
