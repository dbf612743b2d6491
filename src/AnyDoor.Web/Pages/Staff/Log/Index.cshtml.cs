using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Pages.Staff.Log;

/// <summary>Every look at people: who, when, for what and on what basis. Counts of records, no names of residents.</summary>
public sealed class IndexModel(Database database) : StaffPage
{
    public const int PageSize = 50;

    protected override string? Area => "information";

    public sealed record Line(long Seq, DateTime At, string Worker, Purpose Purpose, string Page, string Basis, int Records);

    /// <summary>Only looks opened on a stated reason, which go to review.</summary>
    [BindProperty(SupportsGet = true)] public bool Stated { get; set; }
    [BindProperty(SupportsGet = true)] public long? Before { get; set; }
    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await using var db = database.Open();
        var events = db.Set<ReadEvent>().AsQueryable();
        if (Stated) events = events.Where(e => e.Basis == "stated-reason");
        if (Before is { } before) events = events.Where(e => e.Seq < before);
        var found = await events.OrderByDescending(e => e.Seq).Take(PageSize).ToListAsync(cancel);
        Lines = [.. found.Select(e => new Line(e.Seq, e.At, e.ActorLabel, e.Purpose, e.Page, e.Basis, e.Subjects.Length / 16))];
    }

    public static string Words(Purpose purpose) => purpose switch
    {
        Purpose.RespondToRequest => "To respond to a request",
        Purpose.AwardAndPay => "To award and pay",
        Purpose.Casework => "Casework",
        Purpose.Handover => "Handover",
        Purpose.CaseFinding => "Case finding",
        Purpose.SafeguardingOrEmergency => "Safeguarding or emergency",
        Purpose.Assurance => "Assurance",
        _ => "Statistics and planning",
    };
}
