using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Rights;
using AnyDoor.Web.Forms;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.SubjectRequests;

/// <summary>Anybody may ask anybody of us: whoever hears it writes it down, and it goes to the information lead. No record is looked at for it.</summary>
public sealed class NewModel(SubjectDesk desk) : StaffPage
{
    protected override string? Area => "rights-in";

    [BindProperty] public SubjectKind? Kind { get; set; }
    [BindProperty] public SubjectWay? Way { get; set; }
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public DateAnswer Born { get; set; } = new();
    [BindProperty] public string? Representative { get; set; }
    [BindProperty] public string? Asked { get; set; }
    [BindProperty] public DateAnswer Came { get; set; } = new();
    [BindProperty] public string? How { get; set; }

    public bool IsLead => RoleTable.Default.May(Worker.Role, "answer-subject-requests");
    /// <summary>The reference of what was written down.</summary>
    [TempData] public string? Written { get; set; }

    public void OnGet() => Came = new DateAnswer(LondonTime.DayOf(Now));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Kind is null) ModelState.AddModelError(nameof(Kind), "Choose what they ask for");
        if (Way is null or SubjectWay.OwnPage) ModelState.AddModelError(nameof(Way), "Choose how it came");
        if (Came.Read(out var came) != DateProblem.None) ModelState.AddModelError(nameof(Came), "Write the day it came, like 2 11 2026");
        var born = Born.Read(out var day) switch { DateProblem.None => day, DateProblem.Empty => (DateOnly?)null, _ => DateOnly.MaxValue };
        if (born == DateOnly.MaxValue) ModelState.AddModelError(nameof(Born), "Write the day of birth like 2 9 1997, or leave it empty");
        if (!ModelState.IsValid) return Page();
        var done = await desk.TakeInAsync(Who(Purpose.Assurance), new NewSubjectRequest(Kind!.Value, Way!.Value, came, Name ?? "", Asked ?? "", born, Representative, How), cancel);
        if (!done.Done)
        {
            Refuse(done.Refusal, done.Refusal.Field switch { "name" => nameof(Name), "asked" => nameof(Asked), "day" => nameof(Came), "way" => nameof(Way), "how" => nameof(How), _ => "" });
            return Page();
        }
        if (IsLead) return LocalRedirect($"/staff/subject-requests/{done.Value}");
        Written = done.Value;
        return LocalRedirect("/staff/subject-requests/new");
    }
}
