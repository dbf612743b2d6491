using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.ServiceDirectory;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Menu;

/// <summary>One entry of the menu as workers see it: also what residents are not shown, why, and where it comes from.</summary>
public sealed class ServiceModel(MenuDirectory directory, MenuService menu, ServiceReports reports, ServiceEdits edits, CheckLinks links) : StaffPage
{
    // A service is nobody's record: whoever works here may read one.
    protected override string? Area => null;

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public ServiceCard Card { get; private set; } = null!;
    public bool OnMenu => Organisations.RoleTable.Default.MayOpen(Worker.Role, "menu");
    public bool Keeps => May("keep-menu");
    public IReadOnlyList<ServiceReport> Reports { get; private set; } = [];
    public bool MayChange => ServiceEdits.MayPropose(Card.Service, Worker);
    /// <summary>What its source says instead of what was approved here.</summary>
    public EditShown? FromSource { get; private set; }
    public IReadOnlyList<EditShown> History { get; private set; } = [];
    public string Link => $"{Request.Scheme}://{Request.Host}/menu/check/{links.TokenFor(Card.Service, LondonTime.DayOf(Now))}";
    public DateOnly LinkUntil => CheckLinks.LastDay(LondonTime.DayOf(Now));
    public string Mail => DueModel.MailTo(Card.Service, Link, LinkUntil);

    /// <summary>Why residents do not see it; null: they do.</summary>
    public string? HiddenBecause => Card switch
    {
        { Service.Visibility: Visibility.Internal } => "Residents and partners do not see this: it is for the hub only.",
        { Service.Visibility: Visibility.Partners } => "Residents do not see this: it is for partners only.",
        { IsClosed: true } => "Residents do not see this: it is closed by its status or its dates.",
        { Assurance: AssuranceState.Hidden } => $"Residents do not see this: nobody has confirmed it for {Card.DaysSince} days.",
        _ => null,
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => !await LoadAsync(cancel) ? NotFound() : Card.Service.Uuid == Id ? Page() : LocalRedirect($"/staff/menu/{Card.Service.Uuid}");

    /// <summary>Somebody here checked it today.</summary>
    public async Task<IActionResult> OnPostCheckedAsync(CancellationToken cancel)
    {
        if (!Keeps || !await LoadAsync(cancel)) return NotFound();
        var done = await menu.ConfirmAsync(Who(Purpose.StatisticsAndPlanning), Card.Service.Id, cancel, MenuPages.ChecksAs(Worker));
        if (done.Done) return LocalRedirect($"/staff/menu/{Id}");
        Refuse(done.Refusal, "");
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (ServiceCard.Find(await directory.RefreshAsync(cancel), Id, MenuPages.ReaderOf(Worker), Now) is not { } card) return false;
        Card = card;
        if (Keeps || MayChange) History = await edits.HistoryAsync(card.Service.Id, cancel);
        if (Keeps) FromSource = await edits.OwnAsync(card.Service.Id, ServiceEdit.Source, cancel) is { Edit.State: EditState.Waiting } waiting ? waiting : null;
        if (Keeps) Reports = [.. (await reports.OfAsync(card.Service.Id, Now, cancel)).Where(r => r.IsOpen)];
        return true;
    }
}
