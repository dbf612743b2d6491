using AnyDoor.Organisations;

namespace AnyDoor.Web.Pages.Staff.Systems;

/// <summary>The keys of partners' systems and the addresses that are told when something moves.</summary>
public sealed class IndexModel(ApiKeys keys, WebhookDesk webhooks) : SystemsPage
{
    public IReadOnlyList<KeyShown> Good { get; private set; } = [];
    public IReadOnlyList<KeyShown> Over { get; private set; } = [];
    public IReadOnlyList<WebhookShown> Addresses { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = await keys.ListAsync(cancel, Whose);
        Good = [.. all.Where(k => k.Works)];
        Over = [.. all.Where(k => !k.Works).OrderByDescending(k => k.CreatedAt).Take(20)];
        Addresses = await webhooks.ListAsync(Whose, cancel);
    }
}
