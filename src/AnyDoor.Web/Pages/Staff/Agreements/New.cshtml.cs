using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Agreements;

/// <summary>A new agreement, as a draft.</summary>
public sealed class NewModel(AnyDoor.Sharing.Agreements agreements) : AgreementForm(agreements)
{
    public override string Back => "/staff/agreements";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        Parties = [.. Organisations.Where(o => o.Id == Worker.OrganisationId || o.Kind == AnyDoor.Organisations.OrganisationKind.CountyHub).Take(1).Select(o => o.Id)];
        Owner = Owners.Any(o => o.Id == Worker.WorkerId) ? Worker.WorkerId : null;
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) => SaveAsync(null, cancel);
}
