using AnyDoor.Audit;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace AnyDoor.Web.Pages.Staff.People;

/// <summary>Invite somebody: their link is shown once, to be given to them.</summary>
[ResponseCache(NoStore = true)]
public sealed class NewModel(AnyDoor.Organisations.People people, Invitations invitations) : StaffPage
{
    protected override string? Area => "people";

    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Email { get; set; }
    [BindProperty] public string? Title { get; set; }
    [BindProperty] public string? Role { get; set; }
    /// <summary>A handle of one that is there; empty: a new one.</summary>
    [BindProperty] public string? Organisation { get; set; }
    [BindProperty] public string? NewOrganisation { get; set; }
    [BindProperty] public string? Kind { get; set; }

    public bool Anyone => AnyDoor.Organisations.People.MayInviteAnyone(Worker.Role);
    public IReadOnlyList<RoleEntry> Roles => AnyDoor.Organisations.People.RolesFor(Worker.Role);
    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];
    public IEnumerable<SelectListItem> OrganisationItems => Organisations.Select(o => new SelectListItem(o.Name, o.Handle));
    public static IEnumerable<SelectListItem> KindItems => AnyDoor.Organisations.Staff.KindWords.Select(k => new SelectListItem(char.ToUpperInvariant(k[0]) + k[1..].Replace('-', ' '), k));
    public (string Name, string Link)? Invited { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        var isNew = Anyone && string.IsNullOrWhiteSpace(Organisation) && !string.IsNullOrWhiteSpace(NewOrganisation);
        var invited = await invitations.InviteAsync(Worker, new NewColleague(Name ?? "", Email ?? "", Title, Role ?? "", isNew ? NewOrganisation! : Organisation ?? "", isNew && !string.IsNullOrWhiteSpace(Kind) ? Kind : null), Who(Purpose.Assurance), cancel);
        if (!invited.Done)
        {
            Refuse(invited.Refusal, invited.Refusal.Field switch { "name" => nameof(Name), "email" => nameof(Email), "title" => nameof(Title), "role" => nameof(Role), "organisation" => isNew ? nameof(NewOrganisation) : nameof(Organisation), "kind" => nameof(Kind), _ => null });
            return Page();
        }
        Invited = (invited.Value.Worker.Name, $"{Request.Scheme}://{Request.Host}/staff/invitation/{invited.Value.Code}");
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel) => Organisations = Anyone ? await people.OrganisationsAsync(cancel) : [];
}
