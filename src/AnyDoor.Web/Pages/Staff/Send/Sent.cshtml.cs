using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Pages.Staff.Send;

/// <summary>What this worker sent: received, being looked at, helped or not. By reference; no person is read.</summary>
public sealed class SentModel(Database database) : StaffPage
{
    protected override string? Area => "send";

    public sealed record Line(string Reference, DateTime SubmittedAt, RequestStatus Status, DateTime AnswerBy);

    [BindProperty(SupportsGet = true, Name = "new")] public string? Fresh { get; set; }
    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public Line? Just => Lines.FirstOrDefault(l => l.Reference == Fresh);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        Lines = await db.Set<Request>().Where(r => r.BroughtByWorker == Worker.WorkerId).OrderByDescending(r => r.SubmittedAt).Take(100)
            .Select(r => new Line(r.Reference, r.SubmittedAt, r.Status, r.AnswerBy)).ToListAsync(cancel);
    }

    /// <summary>A councillor sees received, helped or not, and no more: not who it went to, nor what the household said.</summary>
    private bool SeesLeast => Worker.Role == Role.Councillor;

    /// <summary>Nobody has answered yet, as far as this worker is told.</summary>
    public bool Waits(RequestStatus status) => status is RequestStatus.Waiting or RequestStatus.Claimed || (SeesLeast && status == RequestStatus.HandedOver);

    public string Words(RequestStatus status) => SeesLeast ? Waits(status) ? "Received" : status is RequestStatus.Helped or RequestStatus.HandedOverAndAccepted ? "Helped" : "Not helped" : status switch
    {
        RequestStatus.Waiting => "Received",
        RequestStatus.Claimed => "Being looked at",
        RequestStatus.HandedOver => "Passed to an organisation that helps with this",
        RequestStatus.Helped or RequestStatus.HandedOverAndAccepted => "Helped",
        RequestStatus.UnableToReach => "They could not be reached",
        _ => "They did not want it to go on",
    };
}
