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
    DateOnly? NextOn, string? NextTime, string? NextWay, DateTime? CameBackAt, DateTime? ClosedAt, string TaskType, bool PartFilled, string? NextWhoName = null)
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
/// The hub's queue (R-HUB-01). Counts are sums over the open queue by index, so what has been helped costs nothing;
/// only "All" counts everything there is.
/// </summary>
public sealed class Queue(Database database)
{
    public const int PageSize = 20;
    private const string NotKnown = QueueFilter.NotKnown;

    public async Task<QueuePage> ReadAsync(Guid worker, QueueFilter filter, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var today = LondonTime.DayOf(now);
        var doors = await db.Set<Door>().ToDictionaryAsync(d => d.Id, d => d.Label, cancel);

        var open = await CountAsync(db.Set<Request>().Where(r => r.QueueRank != null), worker, today, now, cancel);
        var passed = await db.Set<Request>().CountAsync(r => r.Status == RequestStatus.HandedOver, cancel);
        var here = filter.Tab is QueueTab.PassedOn or QueueTab.All ? await CountAsync(Of(db, filter.Tab, worker, today), worker, today, now, cancel) : open.FindAll(c => IsIn(c, filter.Tab));

        var tabs = new Dictionary<QueueTab, int> { [QueueTab.PassedOn] = passed };
        foreach (var tab in new[] { QueueTab.Waiting, QueueTab.Yours, QueueTab.CallBack, QueueTab.FromPartners }) tabs[tab] = open.Where(c => IsIn(c, tab)).Sum(c => c.Count);
        if (filter.Tab == QueueTab.All) tabs[QueueTab.All] = here.Sum(c => c.Count);

        var total = here.Where(c => Passes(c, filter, null)).Sum(c => c.Count);
        var rows = await RowsAsync(db, filter, worker, today, doors, cancel);
        return new QueuePage(rows, total, tabs, open.Where(c => c.Urgency == Urgency.Today).Sum(c => c.Count), open.Where(c => c.Late).Sum(c => c.Count),
            Choices(here, filter, "soon", c => c.Urgency.ToString(), Enum.GetValues<Urgency>().Select(u => (u.ToString(), InWords(u)))),
            Choices(here, filter, "district", c => c.District ?? NotKnown, District.All.Select(d => (d.Code, d.Name)).Append((NotKnown, "Area not known"))),
            Choices(here, filter, "door", c => c.DoorId, doors.Select(d => (d.Key, d.Value)), byCount: true),
            Choices(here, filter, "language", c => c.Language ?? NotKnown, here.Select(c => c.Language).OfType<string>().Distinct().Select(l => (l, LanguageName(l))).Append((NotKnown, "Not said")), byCount: true),
            Choices(here, filter, "task", c => c.TaskType, here.Select(c => c.TaskType).Distinct().Select(t => (t, TaskName(t)))));
    }

    public static string InWords(Urgency urgency) => urgency switch { Urgency.Today => "Today", Urgency.ThisWeek => "This week", _ => "Soon" };

    public static string LanguageName(string code)
    {
        try { return System.Globalization.CultureInfo.GetCultureInfo(code, predefinedOnly: true).EnglishName.Split(" (")[0]; }
        catch (System.Globalization.CultureNotFoundException) { return code; }
    }

    public static string TaskName(string type) => type.Length == 0 ? type : char.ToUpperInvariant(type[0]) + type[1..].Replace('-', ' ');

    private sealed record Tally(Urgency Urgency, string? District, string DoorId, string? Language, string TaskType, bool Mine, bool Partner, bool Due, bool Late, int Count);

    private static async Task<List<Tally>> CountAsync(IQueryable<Request> requests, Guid worker, DateOnly today, DateTime now, CancellationToken cancel)
    {
        var counted = await requests.GroupBy(r => new
        {
            r.Urgency, r.District, r.DoorId, r.Language, r.TaskType,
            Mine = r.Status == RequestStatus.Claimed && r.ClaimedBy == worker, Partner = r.BroughtByOrganisation != null, Due = r.NextOn != null && r.NextOn <= today, Late = r.AnswerBy < now && r.FirstContactAt == null,
        }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return counted.ConvertAll(g => new Tally(g.Key.Urgency, g.Key.District, g.Key.DoorId, g.Key.Language, g.Key.TaskType, g.Key.Mine, g.Key.Partner, g.Key.Due, g.Key.Late, g.Count));
    }

    private static bool IsIn(Tally c, QueueTab tab) => tab switch { QueueTab.Yours => c.Mine, QueueTab.CallBack => c.Due, QueueTab.FromPartners => c.Partner, _ => true };

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

    private static IQueryable<Request> Of(AnyDoorDb db, QueueTab tab, Guid worker, DateOnly today)
    {
        var all = db.Set<Request>();
        return tab switch
        {
            QueueTab.All => all,
            QueueTab.PassedOn => all.Where(r => r.Status == RequestStatus.HandedOver),
            QueueTab.Yours => all.Where(r => r.QueueRank != null && r.Status == RequestStatus.Claimed && r.ClaimedBy == worker),
            QueueTab.CallBack => all.Where(r => r.QueueRank != null && r.NextOn != null && r.NextOn <= today),
            QueueTab.FromPartners => all.Where(r => r.QueueRank != null && r.BroughtByOrganisation != null),
            _ => all.Where(r => r.QueueRank != null),
        };
    }

    private static async Task<List<QueueRow>> RowsAsync(AnyDoorDb db, QueueFilter f, Guid worker, DateOnly today, Dictionary<string, string> doors, CancellationToken cancel)
    {
        var chosen = Of(db, f.Tab, worker, today);
        if (f.HowSoon.Count > 0) chosen = chosen.Where(r => f.HowSoon.Contains(r.Urgency));
        if (f.Districts.Count > 0) { var unknown = f.Districts.Contains(NotKnown); chosen = chosen.Where(r => f.Districts.Contains(r.District!) || (unknown && r.District == null)); }
        if (f.Doors.Count > 0) chosen = chosen.Where(r => f.Doors.Contains(r.DoorId));
        if (f.Languages.Count > 0) { var unsaid = f.Languages.Contains(NotKnown); chosen = chosen.Where(r => f.Languages.Contains(r.Language!) || (unsaid && r.Language == null)); }
        if (f.TaskTypes.Count > 0) chosen = chosen.Where(r => f.TaskTypes.Contains(r.TaskType));
        var ordered = f.Tab == QueueTab.All ? chosen.OrderByDescending(r => r.SubmittedAt).ThenBy(r => r.Id)
            : f.Tab == QueueTab.PassedOn ? chosen.OrderBy(r => r.AnswerBy).ThenBy(r => r.Id)
            : f.LongestFirst ? chosen.OrderBy(r => r.SubmittedAt).ThenBy(r => r.Id)
            : chosen.OrderBy(r => r.QueueRank).ThenBy(r => r.SubmittedAt).ThenBy(r => r.Id);

        var found = await ordered.Skip((Math.Clamp(f.Page, 1, 100_000) - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var ids = found.ConvertAll(r => r.Id);
        var needs = (await db.Set<RequestNeed>().Where(n => ids.Contains(n.RequestId)).ToListAsync(cancel)).ToLookup(n => n.RequestId, n => n.NeedId);
        var workers = found.Select(r => r.ClaimedBy).Concat(found.Select(r => r.NextWho)).OfType<Guid>().Distinct().ToArray();
        var names = workers.Length == 0 ? [] : await db.Set<Worker>().Where(w => workers.Contains(w.Id)).ToDictionaryAsync(w => w.Id, w => w.Name, cancel);
        var partners = found.Where(r => r.BroughtByOrganisation is not null).Select(r => r.BroughtByOrganisation!.Value).Distinct().ToArray();
        var organisations = partners.Length == 0 ? [] : await db.Set<Organisation>().Where(o => partners.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, cancel);
        var away = found.Where(r => r.Status == RequestStatus.HandedOver).Select(r => r.Id).ToArray();
        var answers = away.Length == 0 ? [] : (await db.Set<Handover>().Where(h => h.CauseId != null && away.Contains(h.CauseId.Value) && h.State == HandoverState.Sent).ToListAsync(cancel))
            .GroupBy(h => h.CauseId!.Value).ToDictionary(g => g.Key, g => g.Max(h => h.AnswerBy));

        return found.ConvertAll(r => new QueueRow(r.Id, r.Reference, r.HouseholdId, doors.GetValueOrDefault(r.DoorId, r.DoorId), r.BroughtByOrganisation is { } o ? organisations.GetValueOrDefault(o) : null,
            r.SubmittedAt, r.Urgency, r.UrgencyWhy, r.AnswerBy, r.Status, r.ClaimedBy, r.ClaimedBy is { } w ? names.GetValueOrDefault(w) : null, r.ClaimedUntil, r.District, r.Language,
            [.. needs[r.Id].Select(n => Vocabulary.Words.Current.Need(n)?.Plain ?? n).Order(StringComparer.Ordinal)], r.PassedTo, answers.TryGetValue(r.Id, out var by) ? by : null,
            r.NextOn, r.NextTime, r.NextWay, r.CameBackAt, r.ClosedAt, r.TaskType, false, r.NextWho is { } n ? names.GetValueOrDefault(n) : null));
    }
}
