using AnyDoor.Sharing;

namespace AnyDoor.Households;

/// <summary>
/// What one reader may see of one household, as the gate decided: upper rooms cut their own facts about it (answers, awards, notes) with this,
/// so that there is one decision for the whole page.
/// </summary>
public sealed class Sight
{
    private readonly ReadContext context;
    private readonly IReadOnlyList<Guid> households;
    private readonly IReadOnlyCollection<Ground> grounds;
    private readonly IReadOnlyCollection<Permission> permissions;
    private readonly VisibilityTable table;
    private readonly Agreed? agreed;
    private readonly bool tied;

    internal Sight(ReadContext context, IReadOnlyList<Guid> households, IReadOnlyCollection<Ground> grounds, IReadOnlyCollection<Permission> permissions, VisibilityTable table, Agreed? agreed)
    {
        (this.context, this.households, this.grounds, this.permissions, this.table, this.agreed) = (context, households, grounds, permissions, table, agreed);
        // Whoever knows somebody in one of the joined records opens none of them.
        tied = grounds.Any(g => Gate.IsTie(g, context.Looker, context.Audit.At));
    }

    /// <param name="personId">Whose fact it is; null: the household's as such.</param>
    public GateDecision Decide(DataCategory category, Guid? personId)
    {
        if (tied) return GateDecision.Refused;
        GateQuestion Of(Guid household) => new(context.Looker, context.Audit.Purpose, household, personId, category, context.Audit.At);
        // One restricted record restricts all that are joined with it.
        if (households.Any(h => Gate.IsRestricted(Of(h), grounds))) return GateDecision.Refused;
        GateDecision? partly = null;
        // A record that was joined brings its own grounds and permissions along.
        foreach (var household in households)
        {
            var decision = Gate.Decide(Of(household), grounds, permissions, table, agreed);
            if (decision.Allowed && !decision.OnlyWhatTheyEntered) return decision;
            if (decision.Allowed) partly ??= decision;
        }
        return partly ?? GateDecision.Refused;
    }

    /// <summary>This person themselves said yes to this organisation for this purpose, and it stands: another's yes in the same home is not theirs.</summary>
    public bool SaidYes(Guid personId) => households.Any(h => Gate.SaidYes(context.Looker, h, personId, context.Audit.Purpose, permissions, context.Audit.At));

    /// <param name="enteredBy">The organisation that entered the fact; null: not a partner.</param>
    public bool Allows(DataCategory category, Guid? personId, Guid? enteredBy = null)
    {
        var decision = Decide(category, personId);
        return decision.Allowed && (!decision.OnlyWhatTheyEntered || (enteredBy is not null && enteredBy == context.Looker.OrganisationId));
    }
}

/// <summary>What may stand in a letter, a text or a read-back to one member: only what that member said. Another member's answers are never in it.</summary>
public static class MemberPrivacy
{
    /// <param name="saidBy">Who gave the answer; nobody in particular means nobody may be told.</param>
    public static bool MayTell(Guid member, Guid? saidBy) => saidBy == member;

    /// <summary>The facts of <paramref name="facts"/> that may be told to this member.</summary>
    public static IEnumerable<T> ToTell<T>(Guid member, IEnumerable<T> facts, Func<T, Guid?> saidBy) => facts.Where(f => MayTell(member, saidBy(f)));
}
