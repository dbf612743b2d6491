using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Somebody who may be the person that asks for their own data.</summary>
/// <param name="PostcodeSector">Null where somebody there is at risk: the sector alone could find them.</param>
public sealed record SubjectCandidate(Guid HouseholdId, Guid PersonId, string Name, DateOnly? DateOfBirth, int? BirthYear, string? PostcodeSector);

public sealed partial class HouseholdReader
{
    private const string SubjectRequest = "subject-request";

    /// <summary>
    /// Finds every record that may be of somebody who asks for their own data: by name, postcode or telephone number, whoever brought them and however long ago.
    /// For the information lead alone, for assurance; everybody shown is in one event.
    /// </summary>
    internal async Task<IReadOnlyList<SubjectCandidate>> FindSubjectAsync(ReadContext ctx, string text, CancellationToken cancel)
    {
        if (ctx is not { Worker.Role: Role.InformationLead, Audit.Purpose: Purpose.Assurance }) return [];
        await using var db = database.Open();
        if (await CandidatesAsync(db, ctx, text, cancel) is not { } people) return [];
        var found = await (from person in people
                           where person.SameAs == null
                           join membership in db.Set<Membership>() on person.Id equals membership.PersonId
                           orderby person.FoldedName, person.Id, membership.From descending
                           select new { membership.HouseholdId, membership.Role, Person = person }).Take(5 * MostFound).ToListAsync(cancel);
        var shown = found.DistinctBy(f => f.Person.Id).Take(2 * MostFound).ToList();
        if (shown.Count == 0) return [];
        var homes = shown.Select(f => f.HouseholdId).Distinct().ToArray();
        await log.RecordAsync(ctx.Audit, ctx.Page, SubjectRequest, homes, cancel);
        var sectors = (await db.Set<Address>().Where(a => homes.Contains(a.HouseholdId) && a.To == null && a.Postcode != null).ToListAsync(cancel))
            .GroupBy(a => a.HouseholdId).ToDictionary(g => g.Key, g => Postcode.FromStored(g.MaxBy(a => a.From)!.Postcode)?.Sector);
        var atRisk = await AtRiskAsync(db, ctx, homes, cancel);
        return [.. shown.Select(f => new SubjectCandidate(f.HouseholdId, f.Person.Id, Names.Shown(f.Person.Name, f.Role), f.Person.DateOfBirth, f.Person.BirthYear, atRisk.Contains(f.HouseholdId) ? null : sectors.GetValueOrDefault(f.HouseholdId)))];
    }

    /// <summary>Whoever talks with people changes how they are reached and where they live; so does whoever puts right what somebody asked to have corrected.</summary>
    private static bool MayChange(ReadContext ctx) => ctx.Worker is { } worker && (RoleTable.Default.May(worker.Role, "hold-conversation") || (ctx.Audit.Purpose == Purpose.Assurance && RoleTable.Default.May(worker.Role, "answer-subject-requests")));

    /// <summary>A look at words that were taken from these records and now stand elsewhere, like a copy that was given.</summary>
    internal Task RecordLookAsync(AuditContext who, string page, string basis, IReadOnlyCollection<Guid> households, CancellationToken cancel) => log.RecordAsync(who, page, basis, households, cancel);

    /// <summary>
    /// For whoever judges facts without being shown whose they are: what they may see of a household, with the look recorded on the ground that gives them this kind of fact. Null: not there, or nothing for them.
    /// </summary>
    internal async Task<(Sight Sight, IReadOnlyList<Guid> Ids)?> SeeAsync(ReadContext ctx, Guid householdId, DataCategory kind, CancellationToken cancel)
    {
        await using var db = database.Open();
        var (household, ids) = await ResolveAsync(db, householdId, cancel);
        var sight = household is null ? null : await SightAsync(db, ctx, ids, cancel);
        if (household is null || sight?.Decide(kind, null) is not { Allowed: true } decision)
        {
            await RefusedAsync(ctx, householdId, cancel);
            return null;
        }
        await log.RecordAsync(ctx.Audit, ctx.Page, decision.Basis, [household.Id], cancel);
        return (sight, ids);
    }

    /// <summary>Whether there are grounds to open it just now. Nothing is shown, so nothing is logged.</summary>
    public async Task<bool> MayOpenAsync(ReadContext ctx, Guid householdId, CancellationToken cancel)
    {
        await using var db = database.Open();
        var (household, ids) = await ResolveAsync(db, householdId, cancel);
        return household is not null && (await SightAsync(db, ctx, ids, cancel)).Allows(DataCategory.IdentityAndContact, null);
    }
}
