using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>What one organisation may see, as the person themselves reads it.</summary>
/// <param name="Id">The permission, or the handover where there was none.</param>
/// <param name="Organisation">By name; null: only its kind was asked about.</param>
/// <param name="Kind">Like <c>landlord</c>; null: of no kind that people are asked about.</param>
/// <param name="Ask">What it is for, as <c>permissions.json</c> names it; null: to help with what they asked.</param>
/// <param name="Stands">They see it now.</param>
/// <param name="How">Like <c>spoken</c>; null: by the hub's handover, which nobody asked this about.</param>
/// <param name="StoppedAt">When they took a yes back.</param>
/// <param name="LastLook">The last day somebody there looked; null: nobody did, or it cannot be said here.</param>
public sealed record OwnShare(Guid Id, string? Organisation, string? Kind, string? Ask, bool Stands, DateTime At, string? How, DateOnly? Until, bool EndsWithRequest, DateTime? StoppedAt, DateOnly? LastLook, bool MayAllow);

/// <summary>Without what <see cref="OwnRecordScreen"/> leaves out.</summary>
/// <param name="LooksShown">Nobody else grown-up lives there, so that each look is about them.</param>
/// <param name="HomeHidden">Where they live is hidden from everybody, so nobody of these is shown it.</param>
public sealed record OwnSharing(IReadOnlyList<OwnShare> Yes, IReadOnlyList<OwnShare> No, bool LooksShown, bool HomeHidden = false);

/// <summary>
/// What a household allows each organisation, said to a worker or on the person's own page, and taken back at any time (R-ISA-02).
/// Whatever an organisation has of theirs and may no longer see is the hub's again in the same breath.
/// </summary>
public sealed class SharingDesk(Database database, Commands commands, HouseholdReader households)
{
    private const int MostLooks = 2000;
    private static readonly Refusal NotThere = new("not-found", "There is no such thing to stop.");

    /// <summary>Writes down a yes or a no that a worker heard.</summary>
    public Task<Result<Guid>> SayAsync(AuditContext who, NewPermissionSaid said, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        var done = await Permissions.SayAsync(c, said);
        if (done.Done && !said.Allowed) await StopAsync(c, [said.HouseholdId]);
        return done;
    }, cancel);

    /// <summary>Takes a yes back that a worker was told of.</summary>
    public Task<Result<bool>> WithdrawAsync(AuditContext who, IReadOnlyList<Guid> records, Guid permission, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        var done = await Permissions.WithdrawAsync(c, records, permission);
        if (done is { Done: true, Value: true }) await StopAsync(c, records);
        return done;
    }, cancel);

    /// <summary>What each organisation may see, and what they said no to, for the person of a request. Their own read of their own record, logged as such.</summary>
    public async Task<OwnSharing?> OwnAsync(Guid requestId, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await OfAsync(db, requestId, cancel) is not { } own) return null;
        var reading = ReadContext.ForResident(own.Request.ApplicantId, Purpose.RespondToRequest, "own-sharing", Drafts.Door, now);
        if (await households.ReachOfAsync(reading, own.Request.HouseholdId, own.Request.ApplicantId, cancel) is null) return null;

        var said = (await db.Set<Permission>().Where(p => own.Records.Contains(p.HouseholdId) && own.Person.Contains(p.PersonId)).ToListAsync(cancel))
            .GroupBy(p => (p.OrganisationId, Named: p.OrganisationId is null ? p.ToNamed : null, Kind: p.OrganisationId is null ? p.ToKind : null, p.WhatFor)).Select(g => g.OrderBy(p => p.GivenAt).ThenBy(p => p.Id).Last()).ToList();
        var handed = await db.Set<Handover>().Where(h => own.Records.Contains(h.HouseholdId) && h.OrganisationId != null && (h.State == HandoverState.Accepted || h.State == HandoverState.FirstContact)).ToListAsync(cancel);
        handed = handed.FindAll(h => said.TrueForAll(p => p.OrganisationId != h.OrganisationId)).DistinctBy(h => h.OrganisationId).ToList();
        var ids = said.Select(p => p.OrganisationId).Concat(handed.Select(h => h.OrganisationId)).OfType<Guid>().Distinct().ToArray();
        var organisations = await db.Set<Organisation>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var alone = !await OwnLooks.HasOtherAdultAsync(db, own.Records, own.Person, cancel);
        var looks = alone ? await LooksAsync(db, own, cancel) : [];
        // A place that somebody over their shoulder should not read of: a person speaks of it with them.
        bool Left(Guid? organisation, string? named) => organisation is { } id ? OwnRecordScreen.Current.LeavesOut(organisations.GetValueOrDefault(id)) : named is not null && OwnRecordScreen.Current.LeavesOut(named);
        said.RemoveAll(p => Left(p.OrganisationId, p.ToNamed));
        handed.RemoveAll(h => Left(h.OrganisationId, null));

        OwnShare Line(Permission p) => new(p.Id, p.OrganisationId is { } id ? organisations[id].Name : p.ToNamed, p.OrganisationId is { } of ? Permissions.KindOf(organisations[of].Kind) : p.ToKind, Permissions.Asks.FirstOrDefault(a => a.WhatFor == p.WhatFor)?.Id,
            p.Allowed && p.WithdrawnAt is null && !(LondonTime.DayOf(now) > p.Until), p.GivenAt, p.How, p.Until, p.EndsWith is not null, p.WithdrawnAt, p.OrganisationId is { } looked && looks.TryGetValue(looked, out var day) ? day : null,
            p.OrganisationId is not null && p.WhatFor is not null);
        OwnShare Taken(Handover h) => new(h.Id, organisations[h.OrganisationId!.Value].Name, Permissions.KindOf(organisations[h.OrganisationId.Value].Kind), null, true, h.AcceptedAt ?? h.SentAt, null, null, false, null, looks.TryGetValue(h.OrganisationId.Value, out var day) ? day : null, false);
        var lines = said.ConvertAll(Line).Concat(handed.ConvertAll(Taken)).OrderBy(l => l.Organisation ?? l.Kind, StringComparer.Ordinal).ThenBy(l => l.At).ToList();
        return new OwnSharing(lines.FindAll(l => l.Stands), lines.FindAll(l => !l.Stands), alone, (await RequestStatusDesk.HiddenAtAsync(db, own.Records, own.Person, cancel))(now));
    }

    /// <summary>The person stops one of them, from now. Of a kind, like every landlord: everything that was said of it before.</summary>
    public Task<Result<bool>> StopOwnAsync(Guid requestId, AuditContext who, Guid line, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        if (who.Actor.Kind != ActorKind.Resident) return RequestStatusDesk.NotTheAskers;
        if (await OfAsync(c.Db, requestId, c.Cancel) is not { } own) return NotThere;
        var given = await c.Db.Set<Permission>().SingleOrDefaultAsync(p => p.Id == line && own.Records.Contains(p.HouseholdId) && own.Person.Contains(p.PersonId), c.Cancel);
        if (given is not null)
        {
            // Pressed twice: it is stopped, which is what was wanted.
            if (!given.Allowed || given.WithdrawnAt is not null) return true;
            var done = await Permissions.WithdrawAsync(c, own.Records, line);
            if (!done.Done) return done;
            if (given.OrganisationId is null) SayNo(c, own, null, given.ToKind, given.ToNamed, given.WhatFor);
        }
        else if (await c.Db.Set<Handover>().SingleOrDefaultAsync(h => h.Id == line && own.Records.Contains(h.HouseholdId) && h.OrganisationId != null, c.Cancel) is { } handover) SayNo(c, own, handover.OrganisationId, null, null, null);
        else return NotThere;
        await StopAsync(c, own.Records);
        return true;
    }, cancel);

    /// <summary>The person changes a no to a yes, for this organisation and what it was asked for, until this request is closed.</summary>
    public Task<Result<bool>> AllowOwnAsync(Guid requestId, AuditContext who, Guid line, CancellationToken cancel) => commands.RunAsync<bool>(who, async c =>
    {
        if (who.Actor.Kind != ActorKind.Resident) return RequestStatusDesk.NotTheAskers;
        if (await OfAsync(c.Db, requestId, c.Cancel) is not { } own) return NotThere;
        var said = await c.Db.Set<Permission>().SingleOrDefaultAsync(p => p.Id == line && own.Records.Contains(p.HouseholdId) && own.Person.Contains(p.PersonId), c.Cancel);
        if (said?.OrganisationId is not { } organisation || Permissions.Asks.FirstOrDefault(a => a.WhatFor == said.WhatFor) is not { } ask) return NotThere;
        var done = await Permissions.SayAsync(c, new NewPermissionSaid(own.Request.HouseholdId, own.Request.ApplicantId, organisation, ask.Id, true, Permissions.OwnPage, EndsWith: requestId));
        return done.Done ? true : done.Refusal;
    }, cancel);

    /// <summary>They objected to this organisation having anything of theirs, and it was upheld: what it was allowed ends, what it could see shuts, and a no stands from now.</summary>
    internal static async Task ObjectedAsync(Command c, IReadOnlyList<Guid> records, Guid household, Guid person, Guid organisation)
    {
        var (ids, now) = (records.ToArray(), c.Who.At);
        foreach (var given in await c.Db.Set<Permission>().Where(p => ids.Contains(p.HouseholdId) && p.OrganisationId == organisation && p.Allowed && p.WithdrawnAt == null).Select(p => p.Id).ToListAsync(c.Cancel)) await Permissions.WithdrawAsync(c, ids, given);
        SayNo(c, household, person, organisation, null, null, null, "objection");
        await c.Db.Set<Ground>().Where(g => ids.Contains(g.HouseholdId) && g.OrganisationId == organisation && g.Cause != Tie.Cause && (g.To == null || g.To > now)).ExecuteUpdateAsync(g => g.SetProperty(x => x.To, now), c.Cancel);
        await StopAsync(c, ids);
    }

    private static void SayNo(Command c, Own own, Guid? organisation, string? kind, string? named, string? whatFor) => SayNo(c, own.Request.HouseholdId, own.Request.ApplicantId, organisation, kind, named, whatFor, Permissions.OwnPage);

    private static void SayNo(Command c, Guid household, Guid person, Guid? organisation, string? kind, string? named, string? whatFor, string how)
    {
        var no = new Permission
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), HouseholdId = household, PersonId = person, OrganisationId = organisation, ToKind = kind, ToNamed = named, Purpose = Purpose.Handover,
            Categories = "", Allowed = false, GivenAt = c.Who.At, How = how, WhatFor = whatFor,
        };
        c.Insert(no);
        c.Record("permission.refused", no.Id, no.HouseholdId);
    }

    private static async Task StopAsync(Command c, IReadOnlyCollection<Guid> records)
    {
        await c.FlushAsync();
        await HandoverDesk.StopSharingAsync(c, records);
    }

    private sealed record Own(Request Request, IReadOnlyList<Guid> Records, IReadOnlyList<Guid> Person);

    /// <summary>A request with every record that is joined with its household's, and with its person's.</summary>
    private static async Task<Own?> OfAsync(AnyDoorDb db, Guid requestId, CancellationToken cancel)
    {
        if (await db.Set<Request>().SingleOrDefaultAsync(r => r.Id == requestId && !r.PartFilled, cancel) is not { } request) return null;
        var (household, applicant) = (request.HouseholdId, request.ApplicantId);
        var root = await db.Set<Household>().Where(h => h.Id == household).Select(h => h.JoinedTo ?? h.Id).SingleAsync(cancel);
        var kept = await db.Set<Person>().Where(p => p.Id == applicant).Select(p => p.SameAs ?? p.Id).SingleAsync(cancel);
        return new Own(request, await db.Set<Household>().Where(h => h.Id == root || h.JoinedTo == root).Select(h => h.Id).ToListAsync(cancel),
            await db.Set<Person>().Where(p => p.Id == kept || p.SameAs == kept).Select(p => p.Id).ToListAsync(cancel));
    }

    private static async Task<Dictionary<Guid, DateOnly>> LooksAsync(AnyDoorDb db, Own own, CancellationToken cancel)
    {
        var (looks, _) = await OwnLooks.ReadAsync(db, own.Records, own.Person, [own.Request], MostLooks, cancel);
        return looks.Where(l => l is { Theirs: true, Screened: false, IsSearch: false, Organisation: not null }).GroupBy(l => l.Organisation!.Id).ToDictionary(g => g.Key, g => LondonTime.DayOf(g.Max(l => l.At)));
    }
}
