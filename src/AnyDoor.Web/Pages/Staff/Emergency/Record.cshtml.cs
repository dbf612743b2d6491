using AnyDoor.Audit;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;

namespace AnyDoor.Web.Pages.Staff.Emergency;

/// <summary>A record while an emergency has it open to this worker. Afterwards, and to anybody else, it is not there.</summary>
public sealed class RecordModel(EmergencyDesk desk) : StaffPage
{
    protected override string? Area => "emergency";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    public EmergencyFile Open { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!May("open-in-emergency") || await desk.ReadAsync(Reading("emergency", Purpose.SafeguardingOrEmergency), Id, cancel) is not { } open) return NotFound();
        Open = open;
        return Page();
    }
}
