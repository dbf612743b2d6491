using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.PlaceTeams;

/// <summary>A seat as it is on a day.</summary>
/// <param name="Holder">Null: it is vacant since <paramref name="VacantSince"/>.</param>
/// <param name="Cover">Who covers it while it is vacant.</param>
/// <param name="Gaps">Days between two holders on which nobody held it.</param>
/// <param name="OpenActions">Actions that the seat owns: they pass to whoever holds it next.</param>
public sealed record SeatLine(TeamSeat Seat, Posting? Holder, DateOnly? VacantSince, Posting? Cover, IReadOnlyList<Posting> Offers, IReadOnlyList<Posting> History, IReadOnlyList<(DateOnly From, DateOnly To)> Gaps, int OpenActions);

/// <summary>One piece of work with all that belongs to it.</summary>
public sealed record WorkView(PlaceWork Work, IReadOnlyList<PlaceNote> Notes, IReadOnlyList<(PlaceAction Action, string Owner)> Actions)
{
    public IEnumerable<PlaceNote> Of(PlaceNoteKind kind) => Notes.Where(n => n.Kind == kind);
}

/// <summary>A place that no partner serves.</summary>
public sealed record NotServed(NeighbourhoodLine Line, string? District);

/// <summary>Place teams, their roles over time, plans, events, local issues and areas of neighbourhoods. No person who asks for help is in any of it.</summary>
public sealed class PlaceDesk(Commands commands, PlaceBook book)
{
    private static readonly Refusal Gone = new("not-found", "That is no longer there.");

    // Areas

    /// <param name="retired">Those that were put away; otherwise those in use.</param>
    public async Task<IReadOnlyList<NamedArea>> AreasAsync(CancellationToken cancel, bool retired = false)
    {
        await using var db = commands.Database.Open();
        return await db.Set<NamedArea>().Where(a => a.RetiredAt != null == retired).OrderBy(a => a.Name).ToListAsync(cancel);
    }

    public async Task<NamedArea?> AreaAsync(string slug, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await db.Set<NamedArea>().FirstOrDefaultAsync(a => a.Slug == slug, cancel);
    }

    /// <summary>Any place by its address, also an area that somebody made.</summary>
    public async Task<Place?> FindAsync(string code, string? edition, CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        if (!code.StartsWith("area-", StringComparison.Ordinal)) return PlaceProfiles.Find(data, code, edition: edition);
        return await AreaAsync(code, cancel) is { } area ? PlaceProfiles.Find(data, code, (area.Name, area.Year, area.CodesIn(data))) : null;
    }

    // Teams

    public async Task<IReadOnlyList<SeatLine>> TeamAsync(string place, DateOnly day, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var seats = await db.Set<TeamSeat>().Where(s => s.Place == place).OrderBy(s => s.From).ThenBy(s => s.Role).ToListAsync(cancel);
        var ids = seats.ConvertAll(s => s.Id);
        var postings = (await db.Set<Posting>().Where(p => ids.Contains(p.SeatId)).OrderBy(p => p.FirstDay).ToListAsync(cancel)).ToLookup(p => p.SeatId);
        var open = (await db.Set<PlaceAction>().Where(a => a.SeatId != null && ids.Contains(a.SeatId.Value) && a.DoneOn == null).GroupBy(a => a.SeatId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel)).ToDictionary(g => g.Key, g => g.Count);
        return [.. seats.Where(s => s.To is null || s.To >= day).Select(s => LineOf(s, [.. postings[s.Id]], day, open.GetValueOrDefault(s.Id)))];
    }

    /// <summary>Who held a seat on a day, from what is written of it.</summary>
    public static SeatLine LineOf(TeamSeat seat, IReadOnlyList<Posting> postings, DateOnly day, int openActions)
    {
        var held = postings.Where(p => p.Kind == PostingKind.Held).OrderBy(p => p.FirstDay).ToList();
        var holder = held.LastOrDefault(p => p.On(day));
        var gaps = new List<(DateOnly, DateOnly)>();
        DateOnly? until = null;
        foreach (var posting in held)
        {
            if (until is { } last && posting.FirstDay > last.AddDays(1)) gaps.Add((last.AddDays(1), posting.FirstDay.AddDays(-1)));
            if (posting.LastDay is null) { until = null; break; }
            until = until is { } known && known > posting.LastDay ? known : posting.LastDay;
        }
        var vacant = holder is not null ? (DateOnly?)null : held.Where(p => p.LastDay < day).Select(p => p.LastDay!.Value.AddDays(1)).DefaultIfEmpty(seat.From).Max();
        return new SeatLine(seat, holder, vacant, holder is null ? postings.LastOrDefault(p => p.Kind == PostingKind.Cover && p.On(day)) : null,
            [.. postings.Where(p => p.Kind == PostingKind.OfferedSecondment && (p.LastDay is null || p.LastDay >= day))], held, gaps, openActions);
    }

    public Task<Result<Guid>> AddSeatAsync(AuditContext who, string place, string? role, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        if (Plain(role, 60) is not { } named) return new Refusal("role", "Choose or enter a role.", "role");
        if (await FindAsync(place, null, c.Cancel) is null) return Gone;
        var seat = new TeamSeat { Id = Guid.CreateVersion7(), Place = place, Role = named, From = LondonTime.DayOf(c.Who.At) };
        c.Insert(seat);
        c.Record("place.seat-added", seat.Id);
        return seat.Id;
    }, cancel);

    /// <summary>Puts somebody into a seat, as its holder, as cover, or offered by another organisation. A seat has one holder a day.</summary>
    public Task<Result<Guid>> PostAsync(AuditContext who, Guid seatId, PostingKind kind, string? name, string? organisation, DateOnly? from, DateOnly? until, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        if (Plain(name, 80) is not { } called) return new Refusal("name", "Enter who it is: a worker’s name, or the team that covers.", "name");
        if (Plain(organisation, 80) is not { } of) return new Refusal("organisation", "Enter the organisation or the place that they come from.", "organisation");
        if (from is not { } first) return new Refusal("from", "Enter the first day.", "from");
        if (until < first) return new Refusal("until", "The last day comes before the first.", "until");
        if (await c.Db.Set<TeamSeat>().SingleOrDefaultAsync(s => s.Id == seatId, c.Cancel) is null) return Gone;
        if (kind == PostingKind.Held)
        {
            // Of two at once the second is told of the first.
            await c.Kind.HoldRowsAsync(c.Db, "team_seat", [seatId], c.Cancel);
            var others = await c.Db.Set<Posting>().Where(p => p.SeatId == seatId && p.Kind == PostingKind.Held).ToListAsync(c.Cancel);
            if (others.Find(p => (until is null || p.FirstDay <= until) && (p.LastDay is null || p.LastDay >= first)) is { } other)
                return new Refusal("from", $"{other.Name} holds it from {LondonTime.Day(other.FirstDay)}{(other.LastDay is { } last ? $" to {LondonTime.Day(last)}" : "")}. End that first, or take other days.", "from");
        }
        var posting = new Posting { Id = Guid.CreateVersion7(), SeatId = seatId, Kind = kind, Name = called, Organisation = of, FirstDay = first, LastDay = until };
        c.Insert(posting);
        c.Record("place.posting-added", seatId);
        return posting.Id;
    }, cancel);

    public Task<Result<Nothing>> EndPostingAsync(AuditContext who, Guid postingId, DateOnly? last, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<Posting>().AsTracking().SingleOrDefaultAsync(p => p.Id == postingId, c.Cancel) is not { } posting) return Gone;
        if (last is not { } day) return new Refusal("last", "Enter the last day.", "last");
        if (day < posting.FirstDay) return new Refusal("last", $"It began on {LondonTime.Day(posting.FirstDay)}: the last day cannot come before.", "last");
        posting.LastDay = day;
        c.Record("place.posting-ended", posting.SeatId);
        return Nothing.Value;
    }, cancel);

    // Plans, events, issues, notes of members

    public async Task<IReadOnlyList<PlaceWork>> WorkAsync(string? place, WorkKind? kind, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await db.Set<PlaceWork>().Where(w => (place == null || w.Place == place) && (kind == null || w.Kind == kind)).OrderBy(w => w.ClosedOn != null).ThenBy(w => w.DueOn).ThenByDescending(w => w.Day).ThenBy(w => w.Title).Take(500).ToListAsync(cancel);
    }

    public async Task<WorkView?> ViewAsync(Guid id, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        if (await db.Set<PlaceWork>().SingleOrDefaultAsync(w => w.Id == id, cancel) is not { } work) return null;
        var notes = await db.Set<PlaceNote>().Where(n => n.WorkId == id).OrderBy(n => n.At).ThenBy(n => n.Words).ToListAsync(cancel);
        var actions = await db.Set<PlaceAction>().Where(a => a.WorkId == id).OrderBy(a => a.DoneOn != null).ThenBy(a => a.DueOn).ThenBy(a => a.Id).ToListAsync(cancel);
        var seats = actions.Where(a => a.SeatId is not null).Select(a => a.SeatId!.Value).Distinct().ToList();
        var postings = (await db.Set<Posting>().Where(p => seats.Contains(p.SeatId)).ToListAsync(cancel)).ToLookup(p => p.SeatId);
        var today = commands.Clock.Today();
        // Whose it is today: whoever holds the seat now, or did when it was done.
        return new WorkView(work, notes, actions.ConvertAll(a => (a, a.SeatId is { } seat ? postings[seat].Where(p => p.Kind != PostingKind.OfferedSecondment && p.On(a.DoneOn ?? today)).OrderBy(p => p.Kind).Select(p => $"{a.Owner}: {p.Name}").FirstOrDefault() ?? $"{a.Owner}: vacant" : a.Owner)));
    }

    public Task<Result<Guid>> OpenAsync(AuditContext who, string place, WorkKind kind, string? title, string? topic, string? spot, DateOnly? day, string? words, CancellationToken cancel) => commands.RunAsync<Guid>(who, async c =>
    {
        if (Plain(title, 120) is not { } named) return new Refusal("title", "Enter what it is called, in at most 120 letters.", "title");
        if (await FindAsync(place, null, c.Cancel) is null) return Gone;
        var today = LondonTime.DayOf(c.Who.At);
        var chosen = kind switch { WorkKind.Plan => PlaceWords.Current.TemplateFor(place).Id, WorkKind.Event => "event", _ => topic };
        if (kind == WorkKind.Issue && PlaceWords.Current.Issues.All(i => i.Id != chosen)) return new Refusal("topic", "Choose what kind of issue it is.", "topic");
        if (kind == WorkKind.MemberNote && chosen is not ("challenge" or "risk" or "opportunity")) return new Refusal("topic", "Choose whether it is a challenge, a risk or an opportunity.", "topic");
        if (kind == WorkKind.MemberNote && Plain(words, 2_000) is null) return new Refusal("words", "Enter what you want officers to know.", "words");
        if (kind == WorkKind.Plan && await c.Db.Set<PlaceWork>().AnyAsync(w => w.Place == place && w.Kind == WorkKind.Plan && w.ClosedOn == null, c.Cancel)) return new Refusal("title", "This place has a plan. Close it before you begin another.", "title");
        var work = new PlaceWork
        {
            Id = Guid.CreateVersion7(), Place = place, Kind = kind, Title = named, Topic = chosen!, Spot = Plain(spot, 120), Day = day ?? today,
            DueOn = kind == WorkKind.MemberNote ? today.AddDays(PlaceWords.Current.AnswerDays) : null, OpenedBy = c.Who.Actor.Id, Version = 1,
        };
        c.Insert(work);
        if (kind == WorkKind.MemberNote) Note(c, work, PlaceNoteKind.PeopleSay, Plain(words, 2_000)!, "Councillor", null);
        if (kind == WorkKind.Issue) Report(c, work, 0, words);
        c.Record("place.work-opened", work.Id);
        return work.Id;
    }, cancel);

    /// <summary>Writes something into a plan, an event, an issue or a note. A report that makes enough at one spot opens one joint plan.</summary>
    public Task<Result<Nothing>> NoteAsync(AuditContext who, Guid workId, PlaceNoteKind kind, string? words, string? source, int? people, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<PlaceWork>().AsTracking().SingleOrDefaultAsync(w => w.Id == workId, c.Cancel) is not { } work) return Gone;
        if (work.ClosedOn is not null) return new Refusal("words", "It is closed. Open another to go on.", "words");
        if (kind == PlaceNoteKind.Report && work.Kind == WorkKind.Issue)
        {
            Report(c, work, await c.Db.Set<PlaceNote>().CountAsync(n => n.WorkId == workId && n.Kind == PlaceNoteKind.Report, c.Cancel), words);
            work.Version++;
            c.Record("place.noted", work.Id);
            return Nothing.Value;
        }
        if (Plain(words, 2_000) is not { } said) return new Refusal("words", "Enter what to write down, in at most 2,000 letters.", "words");
        if (kind is PlaceNoteKind.DataSays or PlaceNoteKind.PeopleSay && Plain(source, 200) is null) return new Refusal("source", kind == PlaceNoteKind.DataSays ? "Enter which data it is and of which year." : "Enter where it was said and by what group. No names of residents.", "source");
        if (people is < 1 or > 100_000) return new Refusal("people", "Enter how many people, or leave it empty.", "people");
        Note(c, work, kind, said, Plain(source, 200), people);
        if (kind == PlaceNoteKind.Answer && work.Kind == WorkKind.MemberNote) work.ClosedOn = LondonTime.DayOf(c.Who.At);
        work.Version++;
        c.Record("place.noted", work.Id);
        return Nothing.Value;
    }, cancel);

    public Task<Result<Nothing>> ActAsync(AuditContext who, Guid workId, string? what, Guid? seatId, string? owner, DateOnly? due, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<PlaceWork>().SingleOrDefaultAsync(w => w.Id == workId, c.Cancel) is not { } work) return Gone;
        if (Plain(what, 300) is not { } deed) return new Refusal("what", "Enter what will be done, in at most 300 letters.", "what");
        var seat = seatId is { } id ? await c.Db.Set<TeamSeat>().SingleOrDefaultAsync(s => s.Id == id, c.Cancel) : null;
        if (seat?.Role is null && Plain(owner, 80) is null) return new Refusal("owner", "An action has an owner: choose a role of the team, or enter an organisation.", "owner");
        c.Insert(new PlaceAction { Id = Guid.CreateVersion7(), WorkId = work.Id, What = deed, SeatId = seat?.Id, Owner = seat?.Role ?? Plain(owner, 80)!, DueOn = due });
        c.Record("place.action-added", work.Id);
        return Nothing.Value;
    }, cancel);

    public Task<Result<Nothing>> FinishAsync(AuditContext who, Guid actionId, string? result, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<PlaceAction>().AsTracking().SingleOrDefaultAsync(a => a.Id == actionId, c.Cancel) is not { } action) return Gone;
        if (action.DoneOn is not null) return Nothing.Value;
        if (Plain(result, 500) is not { } came) return new Refusal("result", "Enter what came of it, also when it did not work.", "result");
        (action.DoneOn, action.Result) = (LondonTime.DayOf(c.Who.At), came);
        c.Record("place.action-done", action.WorkId);
        return Nothing.Value;
    }, cancel);

    /// <summary>Closes it. An issue closes when residents were told what was done: that is its last words. A plan closes with what was learned.</summary>
    public Task<Result<Nothing>> CloseAsync(AuditContext who, Guid workId, string? words, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<PlaceWork>().AsTracking().SingleOrDefaultAsync(w => w.Id == workId, c.Cancel) is not { } work) return Gone;
        if (work.ClosedOn is not null) return Nothing.Value;
        if (Plain(words, 2_000) is not { } said) return new Refusal("closing", work.Kind == WorkKind.Issue ? "Enter what residents were told, and how." : "Enter what was learned, also what did not work.", "closing");
        Note(c, work, work.Kind == WorkKind.Issue ? PlaceNoteKind.Answer : PlaceNoteKind.Learned, said, null, null);
        work.ClosedOn = LondonTime.DayOf(c.Who.At);
        work.Version++;
        c.Record("place.work-closed", work.Id);
        return Nothing.Value;
    }, cancel);

    // Reach of partners

    public async Task<IReadOnlyList<PartnerReach>> ReachAsync(string? place, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var today = commands.Clock.Today();
        return await db.Set<PartnerReach>().Where(r => (place == null || r.Place == place) && (r.To == null || r.To >= today)).OrderBy(r => r.Partner).ToListAsync(cancel);
    }

    public Task<Result<Nothing>> SayReachAsync(AuditContext who, string place, string? partner, string? cohort, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (Plain(partner, 80) is not { } named) return new Refusal("partner", "Enter the partner’s name.", "partner");
        if (await FindAsync(place, null, c.Cancel) is null) return Gone;
        var reach = new PartnerReach { Id = Guid.CreateVersion7(), Partner = named, Place = place, Cohort = Plain(cohort, 80), From = LondonTime.DayOf(c.Who.At) };
        c.Insert(reach);
        c.Record("place.reach-said", reach.Id);
        return Nothing.Value;
    }, cancel);

    public Task<Result<Nothing>> EndReachAsync(AuditContext who, Guid id, CancellationToken cancel) => commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<PartnerReach>().AsTracking().SingleOrDefaultAsync(r => r.Id == id, c.Cancel) is not { } reach) return Gone;
        reach.To = LondonTime.DayOf(c.Who.At).AddDays(-1);
        c.Record("place.reach-ended", reach.Id);
        return Nothing.Value;
    }, cancel);

    /// <summary>The neighbourhoods that no partner serves, or none for these people: the most deprived first. A district as a whole is no reach: somebody must have named the neighbourhood, its ward or an area it is in.</summary>
    public async Task<IReadOnlyList<NotServed>> NotServedAsync(string? cohort, CancellationToken cancel)
    {
        var data = await book.RefreshAsync(cancel);
        if (PlaceProfiles.Find(data, Place.All) is not { } all) return [];
        var served = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reach in (await ReachAsync(null, cancel)).Where(r => r.Cohort is null || (cohort is not null && r.Cohort.Equals(cohort, StringComparison.OrdinalIgnoreCase))))
            if (District.Find(reach.Place) is null && reach.Place != Place.All && await FindAsync(reach.Place, null, cancel) is { } place)
                served.UnionWith(place.Year == all.Year ? place.Lines.Select(l => l.Code) : []);
        return [.. all.Lines.Where(l => !served.Contains(l.Code)).Select(l => new NotServed(l, data.Area(l.Code, all.Year)?.DistrictName ?? District.All.FirstOrDefault(d => l.Name.StartsWith(d.Name.Replace(" City", "", StringComparison.Ordinal), StringComparison.Ordinal))?.Name))];
    }

    private static void Report(Command c, PlaceWork work, int before, string? words)
    {
        Note(c, work, PlaceNoteKind.Report, Plain(words, 2_000) ?? "Reported again", null, null);
        var kind = PlaceWords.Current.Issues.First(i => i.Id == work.Topic);
        if (work.Joint || before + 1 < kind.JointFrom) return;
        work.Joint = true;
        foreach (var partner in kind.Partners) Note(c, work, PlaceNoteKind.Partner, partner, "One joint plan", null);
        c.Insert(new PlaceAction { Id = Guid.CreateVersion7(), WorkId = work.Id, What = "Agree one plan and who does what in it", Owner = string.Join(", ", kind.Partners), DueOn = LondonTime.DayOf(c.Who.At).AddDays(14) });
        c.Insert(new PlaceAction { Id = Guid.CreateVersion7(), WorkId = work.Id, What = "Tell residents what was done", Owner = kind.Partners[^1], DueOn = LondonTime.DayOf(c.Who.At).AddDays(42) });
        c.Record("place.issue-joint", work.Id);
    }

    private static void Note(Command c, PlaceWork work, PlaceNoteKind kind, string words, string? source, int? people) =>
        c.Insert(new PlaceNote { Id = Guid.CreateVersion7(), WorkId = work.Id, Kind = kind, Words = words, Source = source, Day = LondonTime.DayOf(c.Who.At), People = people, At = c.Who.At });

    private static string? Plain(string? text, int most) => text?.Trim() is { Length: > 0 } said && said.Length <= most ? said : null;
}
