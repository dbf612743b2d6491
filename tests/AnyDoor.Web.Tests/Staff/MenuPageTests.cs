using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>An office with a place coordinator, who keeps the menu.</summary>
public abstract class MenuPageTests : IAsyncLifetime
{
    protected static readonly Guid Pantry = Service.UuidOf("waterlees-community-pantry");

    private protected readonly Office office = new();

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("piers", "Piers Quillmoor", "County places", "place-coordinator", job, default)).Done.ShouldBeTrue();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return office.DisposeAsync();
    }
}
