namespace AnyDoor.Data;

/// <summary>The statements that are sent together, for what is opened all day: the same on both databases, and never with a value in them.</summary>
internal static class StandingSql
{
    /// <summary>The worker of a session (<c>@id</c>) that is open now (<c>@now</c>), who still works here in the same role.</summary>
    public const string SignedIn = """
        SELECT w.id, w.handle, w.name, w.role, o.id, o.name, o.kind, w.title, w.award_limit_pence, s.at, s.ends_at, s."by"
        FROM staff_session s JOIN worker w ON w.id = s.worker_id JOIN organisation o ON o.id = w.organisation_id
        WHERE s.id = @id AND s.ended_at IS NULL AND s.ends_at > @now AND w.active AND w.role = s.role
        """;

    /// <summary>A household (<c>@id</c>) with those joined in it, what opens them and where they live on a day (<c>@day</c>); then who lives there, the record that was kept of each, and what was said about reaching them.</summary>
    /// <remarks>The columns of each come from the model, under h, g, p, a and m, p, k, s.</remarks>
    public static string Opened(string household, string ground, string permission, string address, string membership, string person, string kept, string contact) => $"""
        SELECT {household}, {ground}, {permission}, {address}
        FROM household h
        LEFT JOIN ground g ON g.household_id = h.id
        LEFT JOIN permission p ON p.household_id = h.id
        LEFT JOIN address a ON a.household_id = h.id AND a."from" <= @day AND (a."to" IS NULL OR a."to" >= @day)
        WHERE h.id = @id OR h.joined_to = @id;
        SELECT {membership}, {person}, {kept}, {contact}, h.size, p.same_as IS NOT NULL OR EXISTS (SELECT 1 FROM person o WHERE o.same_as = p.id)
        FROM household h
        JOIN membership m ON m.household_id = h.id AND m."from" <= @day AND (m."to" IS NULL OR m."to" >= @day)
        JOIN person p ON p.id = m.person_id
        LEFT JOIN person k ON k.id = p.same_as
        LEFT JOIN safe_contact s ON s.person_id = COALESCE(p.same_as, p.id)
        WHERE h.id = @id OR h.joined_to = @id
        """;

    /// <summary>Awards, requests and events of some records (<c>@id0</c>, <c>@id1</c>…), newest first; of the events those of some kinds (<c>@kind0</c>…). Each by its own index, however large the tables are: a list of ids, where a join would leave the way to the planner.</summary>
    public static string Past(int records, int kinds)
    {
        var told = string.Join(", ", Enumerable.Range(0, kinds).Select(i => $"@kind{i}"));
        var these = string.Join(", ", Enumerable.Range(0, records).Select(i => $"@id{i}"));
        return $"""
            SELECT reference, scheme_id, award_type, amount, status, effective_on, expires_on, request_id
            FROM award WHERE household_id IN ({these}) ORDER BY effective_at DESC LIMIT 50;
            SELECT r.reference, r.submitted_at, r.status, (SELECT d.label FROM door d WHERE d.id = r.door_id)
            FROM request r WHERE r.household_id IN ({these}) ORDER BY r.submitted_at DESC LIMIT 50;
            SELECT e.at, e.kind, CASE WHEN e.actor_kind = 'Worker' THEN (SELECT w.name FROM worker w WHERE w.id = e.actor_id) END
            FROM audit_event e WHERE e.household_id IN ({these}) AND e.kind IN ({told}) ORDER BY e.at DESC, e.id DESC LIMIT 60
            """;
    }
}
