using AnyDoor.Organisations;
using AnyDoor.Web.Layout;

namespace AnyDoor.Web.Staff;

/// <summary>Where a role's links lead. Only what is there: a link never ends in nothing.</summary>
public sealed class StaffLinks(IEnumerable<EndpointDataSource> endpoints)
{
    private readonly Lazy<HashSet<string>> there = new(() => [.. endpoints.SelectMany(e => e.Endpoints).OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.Trim('/'))]);

    public bool IsThere(string path) => there.Value.Contains(path);
    public IReadOnlyList<NavItem> Of(Role role) => [.. StaffRoles.Of(role).Navigation.Where(item => IsThere(item.Href))];
    public string Home(Role role) => Of(role) is [var first, ..] ? first.Href : "/staff";
}
