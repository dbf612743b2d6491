using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>One entry of the menu as workers see it: also what residents are not shown, why, and where it comes from.</summary>
public sealed class ServiceModel(MenuDirectory directory) : StaffPage
{
    // A service is nobody's record: whoever works here may read one.
    protected override string? Area => null;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public ServiceCard Card { get; private set; } = null!;
    public bool Keeps => May("keep-menu");

    /// <summary>Why residents do not see it; null: they do.</summary>
    public string? HiddenBecause => Card switch
    {
        { Service.Visibility: Visibility.Internal } => "Residents and partners do not see this: it is for the hub only.",
        { Service.Visibility: Visibility.Partners } => "Residents do not see this: it is for partners only.",
        { IsClosed: true } => "Residents do not see this: it is closed by its status or its dates.",
        { Assurance: AssuranceState.Hidden } => $"Residents do not see this: nobody has confirmed it for {Card.DaysSince} days.",
        _ => null,
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (ServiceCard.Find(await directory.RefreshAsync(cancel), Id, MenuPages.ReaderOf(Worker), Now) is not { } card) return NotFound();
        Card = card;
        return Page();
    }
}
