using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Web.Language;
using AnyDoor.Web.Residents;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.Residents;

/// <summary>The first page: whom to ring if it cannot wait, and the one way in.</summary>
public sealed class StartModel(ResidentVisit visit, ClosedFunds funds, Texts texts) : PageModel
{
    public IReadOnlyList<ExitShown> Exits { get; private set; } = [];

    /// <summary>Carries the code of the poster that brought them into the form.</summary>
    public string Came => Campaign.Link(Request.Query[Campaign.Query]);

    /// <summary>Funds that closed early, with what their keepers want people to read.</summary>
    public IReadOnlyList<ClosedFund> Closed { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Exits = CrisisExits.Of(ResidentForm.Current, await visit.SettingsAsync(cancel), texts);
        Closed = await funds.NowAsync(visit.Now, cancel);
    }
}
