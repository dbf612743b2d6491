using AnyDoor.Audit;
using AnyDoor.Organisations;

namespace AnyDoor.Sharing;

/// <summary>Who looks, as the gate sees them. A partner's system looks as the worker its key belongs to.</summary>
/// <param name="AskedAs">The kind that residents are asked about, like <c>landlord</c>: see <see cref="Permissions.KindOf"/>.</param>
public sealed record Looker(ActorKind Kind, Guid? Id, Role? Role = null, Guid? OrganisationId = null, bool OfHub = false, string? AskedAs = null);

/// <summary>May this looker see this category of this person in this household, for this purpose, at this instant?</summary>
/// <param name="PersonId">Null: the household as such.</param>
public sealed record GateQuestion(Looker Who, Purpose Purpose, Guid HouseholdId, Guid? PersonId, DataCategory Category, DateTime At);

/// <summary>Allowed on a basis, or refused with what to say. Outside, "not allowed" and "not there" are one answer.</summary>
/// <param name="OnlyWhatTheyEntered">Allowed, but only what the looker's own organisation entered.</param>
public readonly record struct GateDecision(bool Allowed, string Basis, bool OnlyWhatTheyEntered, string Sentence)
{
    /// <summary>The one sentence for both: it must not tell whether there is such a record.</summary>
    public const string NotThere = "There is no record here that you can open. If you need to see one, say why, or ask the information-governance lead.";

    internal static GateDecision Refused { get; } = new(false, "", false, NotThere);
}

/// <summary>
/// The one decision. Reads grounds, permissions, agreements and the default table, and nothing else:
/// no clock, no database, no room above.
/// </summary>
public static class Gate
{
    /// <param name="agreed">Who shares only under an agreement, and those in force; null: nobody does.</param>
    public static GateDecision Decide(GateQuestion asked, IReadOnlyCollection<Ground> grounds, IReadOnlyCollection<Permission> permissions, VisibilityTable table, Agreed? agreed = null)
    {
        if (grounds.Any(g => g.HouseholdId == asked.HouseholdId && IsTie(g, asked.Who, asked.At))) return GateDecision.Refused;
        if (IsRestricted(asked, grounds)) return GateDecision.Refused;
        GateDecision? partly = null;
        foreach (var rule in table.Rules)
        {
            if (!IsFor(rule, asked.Who) || !rule.Purposes.Contains(asked.Purpose) || !rule.Categories.Contains(asked.Category)) continue;
            if (rule.UnderAgreement && agreed?.Covers(asked.Who, asked.Purpose, asked.Category, asked.At) == false) continue;
            if (BasisOf(rule, asked, grounds, permissions) is not { } basis) continue;
            if (!rule.OnlyWhatTheyEntered.Contains(asked.Category)) return new GateDecision(true, basis, false, "");
            partly ??= new GateDecision(true, basis, true, "");
        }
        return partly ?? GateDecision.Refused;
    }

    /// <summary>
    /// A restricted record is stored and nothing more (UK GDPR Article 18): it opens to the person themselves, for somebody's safety,
    /// and to the information lead for assurance, which is where legal claims are answered.
    /// </summary>
    internal static bool IsRestricted(GateQuestion asked, IReadOnlyCollection<Ground> grounds) =>
        !(asked.Who.Kind is ActorKind.Resident or ActorKind.Representative || asked.Purpose == Purpose.SafeguardingOrEmergency || asked is { Purpose: Purpose.Assurance, Who.Role: Role.InformationLead })
        && grounds.Any(g => g.Cause == Restriction.Cause && g.HouseholdId == asked.HouseholdId && IsOpen(g, asked.At));

    private static bool IsFor(VisibilityRule rule, Looker who) => who.Kind switch
    {
        ActorKind.Worker or ActorKind.System => who.Role is { } role && rule.Roles.Contains(role),
        _ => rule.Actors.Contains(who.Kind),
    };

    private static string? BasisOf(VisibilityRule rule, GateQuestion asked, IReadOnlyCollection<Ground> grounds, IReadOnlyCollection<Permission> permissions)
    {
        switch (rule.HeldBy)
        {
            case HeldBy.Nobody:
                return rule.Basis;
            case HeldBy.Self:
                return asked.Who.Id is { } self && self == asked.PersonId ? rule.Basis : null;
            case HeldBy.Permission:
                return Latest(asked, permissions).Any(given => Stands(given, asked.At) && Names(given, asked.Category)) ? rule.Basis : null;
            default:
                // The oldest of several, so that what the log says does not hang on the order of rows.
                var ground = grounds.Where(g => g.HouseholdId == asked.HouseholdId && rule.Grounds.Contains(g.Cause) && rule.Purposes.Contains(g.Purpose)
                    && IsOpen(g, asked.At) && IsHeld(rule.HeldBy, g, asked.Who)).MinBy(g => (g.From, g.Id));
                return ground is null || (rule.ANoStopsIt && SaidNo(rule, asked, permissions)) ? null : ground.Cause;
        }
    }

    /// <summary>Said about any purpose that the rule serves: neither another purpose nor a yes to another walks round a no.</summary>
    private static bool SaidNo(VisibilityRule rule, GateQuestion asked, IReadOnlyCollection<Permission> permissions) =>
        permissions.Count > 0 && rule.Purposes.Any(p => Latest(asked with { Purpose = p }, permissions) is { Count: > 0 } said && !said.Exists(given => Stands(given, asked.At)));

    private static bool IsHeld(HeldBy by, Ground ground, Looker who) => by switch
    {
        HeldBy.Worker => ground.WorkerId is not null && ground.WorkerId == who.Id,
        HeldBy.Organisation => ground.WorkerId is null && ground.OrganisationId is not null && ground.OrganisationId == who.OrganisationId,
        // The host hub's ground names nobody, or the hub's own organisation.
        HeldBy.Hub => who.OfHub && ground.WorkerId is null && (ground.OrganisationId is null || ground.OrganisationId == who.OrganisationId),
        _ => false,
    };

    /// <summary>This worker said that they know somebody there. It goes over everything, an emergency too: a colleague opens it.</summary>
    internal static bool IsTie(Ground ground, Looker who, DateTime at) => ground.Cause == Tie.Cause && ground.WorkerId is not null && ground.WorkerId == who.Id && IsOpen(ground, at);

    internal static bool IsOpen(Ground ground, DateTime at) => ground.From <= at && (ground.To is null || at < ground.To);

    /// <summary>
    /// What each person last said to this organisation for this purpose, of each thing it was asked for: a no to the repairs leaves a yes to the rent alone.
    /// A no to its whole kind, like every landlord, goes over what was said before it.
    /// </summary>
    private static List<Permission> Latest(GateQuestion asked, IReadOnlyCollection<Permission> permissions)
    {
        if (asked.Who.OrganisationId is not { } organisation) return [];
        var said = permissions.Where(p => p.HouseholdId == asked.HouseholdId && p.Purpose == asked.Purpose && p.GivenAt <= asked.At && (asked.PersonId is null || p.PersonId == asked.PersonId)).ToList();
        var noToKind = said.Where(p => p.OrganisationId is null && p.ToKind is { } kind && kind == asked.Who.AskedAs).GroupBy(p => p.PersonId).Select(Last).Where(p => !p.Allowed).ToDictionary(p => p.PersonId);
        return [.. said.Where(p => p.OrganisationId == organisation && !(noToKind.TryGetValue(p.PersonId, out var no) && p.GivenAt <= no.GivenAt)).GroupBy(p => (p.PersonId, p.WhatFor)).Select(Last), .. noToKind.Values];
    }

    /// <summary>This person's own yes to this organisation for this purpose stands.</summary>
    internal static bool SaidYes(Looker who, Guid household, Guid person, Purpose purpose, IReadOnlyCollection<Permission> permissions, DateTime at) =>
        Latest(new GateQuestion(who, purpose, household, person, DataCategory.IdentityAndContact, at), permissions).Exists(p => Stands(p, at) && Names(p, DataCategory.IdentityAndContact));

    /// <summary>Asked about this organisation for this purpose, they said no, or took back every yes.</summary>
    internal static bool SaidNo(Looker who, Guid household, Purpose purpose, IReadOnlyCollection<Permission> permissions, DateTime at) =>
        Latest(new GateQuestion(who, purpose, household, null, DataCategory.IdentityAndContact, at), permissions) is { Count: > 0 } said && !said.Exists(p => Stands(p, at));

    private static Permission Last<TKey>(IGrouping<TKey, Permission> said) => said.OrderBy(p => p.GivenAt).ThenBy(p => p.Id).Last();

    private static bool Stands(Permission given, DateTime at) =>
        given.Allowed && (given.WithdrawnAt is null || at < given.WithdrawnAt) && (given.Until is not { } until || Common.LondonTime.DayOf(at) <= until);

    private static bool Names(Permission given, DataCategory category) =>
        given.Categories.Split(',', StringSplitOptions.TrimEntries).Contains(category.ToString(), StringComparer.Ordinal);
}
