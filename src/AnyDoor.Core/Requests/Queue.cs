using System.Collections.Concurrent;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

public enum QueueTab { Waiting, Yours, CallBack, FromPartners, PassedOn, All }

/// <summary>What is shown: nothing chosen in a filter means all of it.</summary>
public sealed record QueueFilter
{
    /// <summary>Stands for "not known" in a filter.</summary>
    public const string NotKnown = "not-known";

    public QueueTab Tab { get; init; }
    public IReadOnlyCollection<Urgency> HowSoon { get; init; } = [];
    public IReadOnlyCollection<string> Districts { get; init; } = [];
    public IReadOnlyCollection<string> Doors { get; init; } = [];
    public IReadOnlyCollection<string> Languages { get; init; } = [];
    public IReadOnlyCollection<string> TaskTypes { get; init; } = [];
    public bool LongestFirst { get; init; }
    public int Page { get; init; } = 1;

    public bool Any => HowSoon.Count + Districts.Count + Doors.Count + Languages.Count + TaskTypes.Count > 0;
}

/// <summary>One request as the queue knows it: no person. Names come from the gate, one read for the whole page.</summary>
public sealed record QueueRow(Guid Id, string Reference, Guid HouseholdId, string Door, string? Partner, DateTime SubmittedAt, Urgency Urgency, string? Why, DateTime AnswerBy, RequestStatus Status,
    Guid? ClaimedBy, string? ClaimedByName, DateTime? ClaimedUntil, string? District, string? Language, IReadOnlyList<string> Needs, string? PassedTo, DateTime? PassedAnswerBy,
    DateOnly? NextOn, string? NextTime, string? NextWay, DateTime? CameBackAt, DateTime? ClosedAt, string TaskType, Guid ApplicantId, string? NextWhoName = null)
{
    public bool IsOpen => Status is RequestStatus.Waiting or RequestStatus.Claimed;
}

/// <summary>One line of a filter, and how many there are.</summary>
public sealed record QueueChoice(string Id, string Label, int Count);

/// <summary>A page of the queue with its counts.</summary>
public sealed record QueuePage(IReadOnlyList<QueueRow> Rows, int Total, IReadOnlyDictionary<QueueTab, int> Tabs, int Today, int PastTime,
    IReadOnlyList<QueueChoice> HowSoon, IReadOnlyList<QueueChoice> Districts, IReadOnlyList<QueueChoice> Doors, IReadOnlyList<QueueChoice> Languages, IReadOnlyList<QueueChoice> TaskTypes)
{
    public int Pages => Math.Max(1, (Total + Queue.PageSize - 1) / Queue.PageSize);
}

/// <summary>
/// The hub's queue (R-HUB-01). Counts are sums over the open queue by index, so what has been helped costs nothing.
/// Every list ends at <see cref="Most"/>, so that no page costs more as the years go by; older requests are found by name or reference.
/// </summary>
public sealed class Queue(Database database, Commands commands)
{
    public const int PageSize = 20;
    private const string NotKnown = QueueFilter.NotKnown;
    // A door is only ever added, and one that is not known here is looked for.
    private volatile IReadOnlyDictionary<string, string> doorLabels = new Dictionary<string, string>();

    /// <summary>How many requests a list counts and shows at most: far more than any hub has open, so that counts and rows are of the same requests.</summary>
    public const int Most = 10_000;

    /// <summary>What a list says to whoever reads it: nobody's name is in it.</summary>
    private sealed record Reading(List<Tally> Open, int Passed, List<Tally> Here, IReadOnlyDictionary<string, string> Doors, List<QueueRow> Rows);

    // Twenty advisers who look at the same list in the same second cost one reading.
    private readonly KeptForASecond<(QueueTab Tab, Guid Worker, int Page, bool Longest, long Second), Reading> kept = new(commands);

    /// <summary>A page of the queue as one worker sees it. What another process changed shows within a second.</summary>
    public async Task<QueuePage> ReadAsync(Guid worker, QueueFilter filter, DateTime now, CancellationToken cancel)
    {
        var (open, passed, here, doors, rows) = await ReadingAsync(worker, filter, now, cancel);
        if (filter.Tab is not (QueueTab.PassedOn or QueueTab.All)) here = open.FindAll(c => IsIn(c, filter.Tab, worker));

        var tabs = new Dictionary<QueueTab, int> { [QueueTab.PassedOn] = passed };
        foreach (var tab in new[] { QueueTab.Waiting, QueueTab.Yours, QueueTab.CallBack, QueueTab.FromPartners }) tabs[tab] = open.Where(c => IsIn(c, tab, worker)).Sum(c => c.Count);
        if (filter.Tab == QueueTab.All) tabs[QueueTab.All] = here.Sum(c => c.Count);

        var total = here.Where(c => Passes(c, filter, null)).Sum(c => c.Count);
        return new QueuePage(rows, total, tabs, open.Where(c => c.Urgency == Urgency.Today).Sum(c => c.Count), open.Where(c => c.Late).Sum(c => c.Count),
            Choices(here, filter, "soon", c => c.Urgency.ToString(), Enum.GetValues<Urgency>().Select(u => (u.ToString(), InWords(u)))),
            Choices(here, filter, "district", c => c.District ?? NotKnown, District.All.Select(d => (d.Code, d.Name)).Append((NotKnown, "Area not known"))),
            Choices(here, filter, "door", c => c.DoorId, doors.Select(d => (d.Key, d.Value)), byCount: true),
            Choices(here, filter, "language", c => c.Language ?? NotKnown, here.Select(c => c.Language).OfType<string>().Distinct().Select(l => (l, LanguageName(l))).Append((NotKnown, "Not said")), byCount: true),
            Choices(here, filter, "task", c => c.TaskType, here.Select(c => c.TaskType).Distinct().Select(t => (t, TaskName(t)))));
    }

    private async ValueTask<Reading> ReadingAsync(Guid worker, QueueFilter filter, DateTime now, CancellationToken cancel)
    {
        if (!filter.Any) return await kept.GetAsync((filter.Tab, filter.Tab == QueueTab.Yours ? worker : Guid.Empty, filter.Page, filter.LongestFirst, now.Ticks / TimeSpan.TicksPerSecond), db => ReadAsync(db, worker, filter, now, cancel));
        await using var db = database.Open();
        return await ReadAsync(db, worker, filter, now, cancel);
    }

    private async Task<Reading> ReadAsync(AnyDoorDb db, Guid worker, QueueFilter filter, DateTime now, CancellationToken cancel)
    {
        var today = LondonTime.DayOf(now);
        var open = await CountAsync(List(db, QueueTab.Waiting, worker, today), today, now, cancel);
        var passed = await List(db, QueueTab.PassedOn, worker, today).CountAsync(cancel);
        var here = filter.Tab is QueueTab.PassedOn or QueueTab.All ? await CountAsync(List(db, filter.Tab, worker, today), today, now, cancel) : open;
        var doors = await DoorsAsync(db, here, cancel);
        return new Reading(open, passed, here, doors, await RowsAsync(db, filter, worker, today, doors, cancel));
    }

    public static string InWords(Urgency urgency) => urgency switch { Urgency.Today => "Today", Urgency.ThisWeek => "This week", _ => "Soon" };

    private static readonly ConcurrentDictionary<string, string> LanguageNames = new();

    /// <summary>A code that nobody knows, an unlikely one, stands for itself and is not kept.</summary>
    public static string LanguageName(string code)
    {
        if (LanguageNames.TryGetValue(code, out var known)) return known;
        try { return LanguageNames[code] = System.Globalization.CultureInfo.GetCultureInfo(code, predefinedOnly: true).EnglishName.Split(" (")[0]; }
        catch (System.Globalization.CultureNotFoundException) { return code; }
    }

    public static string TaskName(string type) => type.Length == 0 ? type : char.ToUpperInvariant(type[0]) + type[1..].Replace('-', ' ');

    private sealed record Tally(Urgency Urgency, string? District, string DoorId, string? Language, string TaskType, Guid? ClaimedBy, bool Partner, bool Due, bool Late, int Count);

    private static async Task<List<Tally>> CountAsync(IQueryable<Request> requests, DateOnly today, DateTime now, CancellationToken cancel)
    {
        var counted = await requests.GroupBy(r => new
        {
            r.Urgency, r.District, r.DoorId, r.Language, r.TaskType,
            By = r.Status == RequestStatus.Claimed ? r.ClaimedBy : null, Partner = r.BroughtByOrganisation != null, Due = r.NextOn != null && r.NextOn <= today, Late = r.AnswerBy < now && r.FirstContactAt == null,
        }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return counted.ConvertAll(g => new Tally(g.Key.Urgency, g.Key.District, g.Key.DoorId, g.Key.Language, g.Key.TaskType, g.Key.By, g.Key.Partner, g.Key.Due, g.Key.Late, g.Count));
    }

    private static bool IsIn(Tally c, QueueTab tab, Guid worker) => tab switch { QueueTab.Yours => c.ClaimedBy == worker, QueueTab.CallBack => c.Due, QueueTab.FromPartners => c.Partner, _ => true };

    private static bool Passes(Tally c, QueueFilter f, string? but) =>
        (but == "soon" || f.HowSoon.Count == 0 || f.HowSoon.Contains(c.Urgency))
        && (but == "district" || f.Districts.Count == 0 || f.Districts.Contains(c.District ?? NotKnown))
        && (but == "door" || f.Doors.Count == 0 || f.Doors.Contains(c.DoorId))
        && (but == "language" || f.Languages.Count == 0 || f.Languages.Contains(c.Language ?? NotKnown))
        && (but == "task" || f.TaskTypes.Count == 0 || f.TaskTypes.Contains(c.TaskType));

    /// <summary>Beside each choice: how many it would show with the other filters as they are. A choice with none is left out unless it is chosen.</summary>
    private static List<QueueChoice> Choices(List<Tally> counted, QueueFilter filter, string which, Func<Tally, string> key, IEnumerable<(string Id, string Label)> known, bool byCount = false)
    {
        var counts = counted.Where(c => Passes(c, filter, which)).GroupBy(key).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        var there = counted.Select(key).ToHashSet();
        IEnumerable<QueueChoice> choices = known.Where(k => there.Contains(k.Id)).Select(k => new QueueChoice(k.Id, k.Label, counts.GetValueOrDefault(k.Id)));
        return [.. byCount ? choices.OrderByDescending(c => c.Count).ThenBy(c => c.Label, StringComparer.Ordinal) : choices];
    }

    private async Task<IReadOnlyDictionary<string, string>> DoorsAsync(AnyDoorDb db, List<Tally> counted, CancellationToken cancel)
    {
        if (counted.Any(c => !doorLabels.ContainsKey(c.DoorId))) doorLabels = await db.Set<Door>().ToDictionaryAsync(d => d.Id, d => d.Label, cancel);
        return doorLabels;
    }

    /// <summary>A tab's requests in its own order, so many and no more.</summary>
    private static IQueryable<Request> List(AnyDoorDb db, QueueTab tab, Guid worker, DateOnly today) => (tab switch
    {
        QueueTab.All => Of(db, tab, worker, today).OrderByDescending(r => r.SubmittedAt).ThenBy(r => r.Id),
        QueueTab.PassedOn => Of(db, tab, worker, today).OrderBy(r => r.AnswerBy).ThenBy(r => r.Id),
        _ => Of(db, tab, worker, today).OrderBy(r => r.QueueRank).ThenBy(r => r.SubmittedAt).ThenBy(r => r.Id),
    }).Take(Most);

    private static IQueryable<Request> Of(AnyDoorDb db, QueueTab tab, Guid worker, DateOnly today)
    {
        var all = db.Set<Request>();
        return tab switch
        {
            QueueTab.All => all,
            // With an organisation that was asked here. What an old form's file says was passed on is history: nobody waits for an answer to it.
            QueueTab.PassedOn => all.Where(r => r.Status == RequestStatus.HandedOver && db.Set<Handover>().Any(h => h.CauseId == r.Id)),
            QueueTab.Yours => all.Where(r => r.QueueRank != null && r.Status == RequestStatus.Claimed && r.ClaimedBy == worker),
            QueueTab.CallBack => all.Where(r => r.QueueRank != null && r.NextOn != null && r.NextOn <= today),
            QueueTab.FromPartners => all.Where(r => r.QueueRank != null && r.BroughtByOrganisation != null),
            _ => all.Where(r => r.QueueRank != null),
        };
    }

    private static async Task<List<QueueRow>> RowsAsync(AnyDoorDb db, QueueFilter f, Guid worker, DateOnly today, IReadOnlyDictionary<string, string> doors, CancellationToken cancel)
    {
        var chosen = List(db, f.Tab, worker, today);
        if (f.HowSoon.Count > 0) chosen = chosen.Where(r => f.HowSoon.Contains(r.Urgency));
        if (f.Districts.Count > 0) { var unknown = f.Districts.Contains(NotKnown); chosen = chosen.Where(r => f.Districts.Contains(r.District!) || (unknown && r.District == null)); }
        if (f.Doors.Count > 0) chosen = chosen.Where(r => f.Doors.Contains(r.DoorId));
        if (f.Languages.Count > 0) { var unsaid = f.Languages.Contains(NotKnown); chosen = chosen.Where(r => f.Languages.Contains(r.Language!) || (unsaid && r.Language == null)); }
        if (f.TaskTypes.Count > 0) chosen = chosen.Where(r => f.TaskTypes.Contains(r.TaskType));
        if (f.LongestFirst && f.Tab is not (QueueTab.All or QueueTab.PassedOn)) chosen = chosen.OrderBy(r => r.SubmittedAt).ThenBy(r => r.Id);

        // One statement for the page: what stands beside each request comes along with it.
        var found = await chosen.Skip((Math.Clamp(f.Page, 1, 100_000) - 1) * PageSize).Take(PageSize).Select(r => new
        {
            r.Id, r.Reference, r.HouseholdId, r.ApplicantId, r.DoorId, r.SubmittedAt, r.Urgency, r.UrgencyWhy, r.AnswerBy, r.Status, r.ClaimedBy, r.ClaimedUntil, r.District, r.Language, r.PassedTo,
            r.NextOn, r.NextTime, r.NextWay, r.CameBackAt, r.ClosedAt, r.TaskType,
            Partner = db.Set<Organisation>().Where(o => o.Id == r.BroughtByOrganisation).Select(o => o.Name).FirstOrDefault(),
            ClaimedByName = db.Set<Worker>().Where(w => w.Id == r.ClaimedBy).Select(w => w.Name).FirstOrDefault(),
            NextWhoName = db.Set<Worker>().Where(w => w.Id == r.NextWho).Select(w => w.Name).FirstOrDefault(),
            PassedAnswerBy = r.Status != RequestStatus.HandedOver ? null : db.Set<Handover>().Where(h => h.CauseId == r.Id && h.State == HandoverState.Sent).Max(h => (DateTime?)h.AnswerBy),
            Needs = db.Set<RequestNeed>().Where(n => n.RequestId == r.Id).Select(n => n.NeedId).ToList(),
        }).ToListAsync(cancel);
        return found.ConvertAll(r => new QueueRow(r.Id, r.Reference, r.HouseholdId, doors.GetValueOrDefault(r.DoorId, r.DoorId), r.Partner,
            r.SubmittedAt, r.Urgency, r.UrgencyWhy, r.AnswerBy, r.Status, r.ClaimedBy, r.ClaimedByName, r.ClaimedUntil, r.District, r.Language,
            [.. r.Needs.Select(n => Vocabulary.Words.Current.Need(n)?.Plain ?? n).Order(StringComparer.Ordinal)], r.PassedTo, r.PassedAnswerBy,
            r.NextOn, r.NextTime, r.NextWay, r.CameBackAt, r.ClosedAt, r.TaskType, r.ApplicantId, r.NextWhoName));
    }
}
