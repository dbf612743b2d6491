using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Common;

namespace AnyDoor.Organisations;

/// <summary>What one role may open and do.</summary>
/// <param name="Areas">Page areas, like <c>queue</c> or <c>funds</c>.</param>
/// <param name="Actions">Like <c>claim-request</c> or <c>state-reason</c>.</param>
public sealed record RoleEntry(Role Role, string Name, HashSet<string> Areas, HashSet<string> Actions);

/// <summary>What each role may do, from <c>Content/roles.json</c>. A role that is not there may do nothing.</summary>
public sealed class RoleTable
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) } };
    private readonly Dictionary<Role, RoleEntry> byRole;

    private RoleTable(IEnumerable<RoleEntry> roles) => byRole = roles.ToDictionary(r => r.Role);

    public static RoleTable Default { get; } = Load();

    public IEnumerable<RoleEntry> All => byRole.Values;
    public string NameOf(Role role) => byRole.TryGetValue(role, out var entry) ? entry.Name : role.ToString();
    public bool MayOpen(Role role, string area) => byRole.TryGetValue(role, out var entry) && entry.Areas.Contains(area);
    public bool May(Role role, string action) => byRole.TryGetValue(role, out var entry) && entry.Actions.Contains(action);

    private static RoleTable Load()
    {
        using var stream = ContentFiles.Open("roles.json");
        return new RoleTable(JsonSerializer.Deserialize<RolesFile>(stream, Json)!.Roles);
    }

    private sealed record RolesFile(IReadOnlyList<RoleEntry> Roles);
}
