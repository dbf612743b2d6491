using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.ServiceDirectory;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.PlaceTeams;

/// <summary>A need of one place with what it rests on.</summary>
public sealed record Demand(string NeedId, GapPlace Where, IReadOnlyList<Guid> Requests, IReadOnlyDictionary<string, int> Searches, IReadOnlyList<GroupNeed> Groups)
{
    public GapCounts Counts => new(Requests.Count, Searches.Values.Sum(), Groups.Sum(g => g.Count));
}

public sealed record GapView(Gap Gap, IReadOnlyList<GapStep> Steps, Demand Demand, Cover Cover);

/// <summary>What a group says. The need is read from the words where none is chosen.</summary>
public sealed record GroupSays(string? Count, string? Whom, string? What, string? NeedId, string? Place, string? From);

/// <summary>
/// The gap board: gathers what was asked for in vain (requests, searches, the doorstep, groups) by need and place, opens a gap where the menu has no free place for it,
/// and closes it when something appears. No person is in it; the requests behind one are reached through the gate alone.
/// </summary>
public sealed class GapDesk(Commands commands, MenuDirectory directory, PostcodeDirectory postcodes)
{
    private static readonly Refusal Gone = new("not-found", "That gap is no longer there.");

    /// <summary>One round: opens, counts and closes. Run again it does nothing more.</summary>
    public async Task<(int Opened, int Closed)> GatherAsync(AuditContext who, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        var index = await directory.RefreshAsync(cancel);
        Dictionary<(string, GapPlace), Demand> demand;
        List<Gap> gaps;
        await using (var db = commands.Database.Open())
        {
            gaps = await db.Set<Gap>().ToListAsync(cancel);
            demand = await DemandAsync(db, null, LondonTime.DayOf(who.At), null, cancel);
        }
        var places = new Dictionary<GapPlace, MenuPlace>();
        Cover CoverOf(string need, GapPlace where) => MenuCover.Of(index, need, places.TryGetValue(where, out var known) ? known : places[where] = where.ToMenuPlace(index), who.At);
        var (opened, closed) = (0, 0);
        foreach (var gap in gaps.Where(g => g.IsOpen))
        {
            var counts = demand.GetValueOrDefault((gap.NeedId, gap.Where))?.Counts ?? new GapCounts(0, 0, 0);
            // What somebody opened although something is there is for them to close.
            var cover = CoverOf(gap.NeedId, gap.Where);
            var filled = gap.OpenedBy is null && cover.State == CoverState.Met ? cover.By.OrderByDescending(s => s.ChangedAt > gap.OpenedAt).ThenByDescending(s => s.ChangedAt).First() : null;
            if (filled is null && counts == new GapCounts(gap.Requests, gap.Searches, gap.People)) continue;
            var done = await ChangeAsync(who, gap.Id, gap.Version, g =>
            {
                g.Counted(counts);
                return filled is null ? null : g.Close(who.At, filled.Id);
            }, filled is null ? null : $"Closed: {filled.Name} is on the menu.", filled is null ? null : "gap.closed", cancel);
            if (done.Done && filled is not null) closed++;
        }
        foreach (var one in demand.Values.Where(d => d.Where.District != MenuGap.NotKnown && IsEnough(d.Counts)))
        {
            var before = gaps.Find(g => g.NeedId == one.NeedId && g.Where == one.Where);
            if (before is { IsOpen: true }) continue;
            if (before?.ClosedAt is { } since && !IsEnough((await SinceAsync(one.NeedId, one.Where, since, who, cancel)).Counts)) continue;
            var cover = CoverOf(one.NeedId, one.Where);
            if (cover.State == CoverState.Met) continue;
            if ((await OpenAsync(who, one.NeedId, one.Where, cover.Words, null, one.Counts, cancel)).Done) opened++;
        }
        return (opened, closed);
    }

    private async Task<Demand> SinceAsync(string need, GapPlace where, DateTime since, AuditContext who, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return (await DemandAsync(db, need, LondonTime.DayOf(who.At), since, cancel)).GetValueOrDefault((need, where)) ?? new Demand(need, where, [], new Dictionary<string, int>(), []);
    }

    private static bool IsEnough(GapCounts counts) => counts.Requests + counts.Searches >= GapRules.Current.OpensFrom || counts.People >= GapRules.Current.OfGroupsOpensFrom;

    /// <summary>Everything that was asked in the last months, by need and place.</summary>
    /// <param name="need">This one only; null: all.</param>
    private async Task<Dictionary<(string Need, GapPlace Where), Demand>> DemandAsync(AnyDoorDb db, string? need, DateOnly today, DateTime? since, CancellationToken cancel)
    {
        var from = since is { } moment ? LondonTime.DayOf(moment) : today.AddDays(-GapRules.Current.CountsForDays);
        var start = since ?? LondonTime.ToUtc(from, TimeOnly.MinValue);
        var requests = await (from r in db.Set<Request>()
                              where r.SubmittedAt >= start && !r.PartFilled && r.Status != RequestStatus.SetAside
                              join n in db.Set<RequestNeed>() on r.Id equals n.RequestId
                              where need == null || n.NeedId == need
                              select new { r.Id, r.Postcode, r.District, n.NeedId }).Distinct().ToListAsync(cancel);
        var searches = await db.Set<MenuGap>().Where(g => (need == null || g.NeedId == need) && (since == null ? g.Day >= from : g.Day > from)).ToListAsync(cancel);
        var groups = await db.Set<GroupNeed>().Where(g => g.TakenBackAt == null && g.At >= start && (need == null || g.NeedId == need)).ToListAsync(cancel);
        var places = new Dictionary<(string?, string?), GapPlace>();
        GapPlace PlaceOf(string? postcode, string? district)
        {
            if (places.TryGetValue((postcode, district), out var known)) return known;
            var point = Postcode.FromStored(postcode) is { } typed ? postcodes.FindAnywhere(typed) is { } facts ? new GeoPoint(facts.Latitude, facts.Longitude) : Gazetteer.Current.Sector(typed.Sector)?.Point : null;
            return places[(postcode, district)] = point is { } here ? GapPlace.At(here, district) : new GapPlace(district ?? MenuGap.NotKnown, "");
        }
        var asked = requests.Select(r => (Key: (r.NeedId, PlaceOf(r.Postcode, r.District).For(r.NeedId)), r.Id)).Distinct().ToLookup(r => r.Key, r => r.Id);
        var sought = searches.ToLookup(s => (s.NeedId, new GapPlace(s.District, s.Place)));
        var said = groups.ToLookup(g => (g.NeedId, g.Where));
        return asked.Select(a => a.Key).Concat(sought.Select(s => s.Key)).Concat(said.Select(s => s.Key)).Distinct().ToDictionary(k => k, k =>
            new Demand(k.Item1, k.Item2, [.. asked[k].Order()], sought[k].GroupBy(s => s.Door).ToDictionary(d => d.Key, d => d.Sum(x => x.Times)), [.. said[k].OrderByDescending(g => g.At)]));
    }

    public async Task<IReadOnlyList<Gap>> BoardAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await db.Set<Gap>().OrderBy(g => g.Status == GapStatus.Closed).ThenByDescending(g => g.Requests + g.Searches + g.People).ThenBy(g => g.NeedId).Take(1000).ToListAsync(cancel);
    }

    public async Task<GapView?> ViewAsync(Guid id, CancellationToken cancel)
    {
        await postcodes.RefreshAsync(cancel);
        var index = await directory.RefreshAsync(cancel);
        await using var db = commands.Database.Open();
        if (await db.Set<Gap>().SingleOrDefaultAsync(g => g.Id == id, cancel) is not { } gap) return null;
        var steps = await db.Set<GapStep>().Where(s => s.GapId == id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).ToListAsync(cancel);
        var demand = (await DemandAsync(db, gap.NeedId, commands.Clock.Today(), null, cancel)).GetValueOrDefault((gap.NeedId, gap.Where)) ?? new Demand(gap.NeedId, gap.Where, [], new Dictionary<string, int>(), []);
        return new GapView(gap, steps, demand, MenuCover.Of(index, gap.NeedId, gap.Where.ToMenuPlace(index), commands.Clock.UtcNow()));
    }

    /// <summary>Opens a gap, or opens the closed one again.</summary>
    public async Task<Result<Guid>> OpenAsync(AuditContext who, string? need, GapPlace? where, string? words, Guid? by, GapCounts? counts, CancellationToken cancel)
    {
        if (need is null || Words.Current.Need(need) is null) return new Refusal("need", "Choose the need.", "need");
        if (where is null || where.District == MenuGap.NotKnown) return new Refusal("place", "Choose the place: a town, a village, a ward or a district.", "place");
        if (Plain(words) is not { } why) return new Refusal("words", "Say in at most 400 letters what is missing.", "words");
        if (NamesNoPerson.WhyNot(why, GapPlace.IsNamed) is { } named && by is not null) return new Refusal("words", named, "words");
        try
        {
            return await commands.RunAsync<Guid>(who, async c =>
            {
                var gap = await c.Db.Set<Gap>().AsTracking().SingleOrDefaultAsync(g => g.NeedId == need && g.District == where.District && g.Place == where.Name, c.Cancel);
                if (gap is { IsOpen: true }) return by is null ? gap.Id : new Refusal("place", "This gap is on the board already.", "place");
                if (gap is null) c.Insert(gap = new Gap { Id = Guid.CreateVersion7(), NeedId = need, District = where.District, Place = where.Name, OpenedAt = c.Who.At, OpenedBy = by, Version = 1 });
                else { gap.Reopen(c.Who.At, by); gap.Version++; }
                if (counts is not null) gap.Counted(counts);
                Step(c, gap, why);
                c.Record("gap.opened", gap.Id);
                return gap.Id;
            }, cancel);
        }
        catch (DbUpdateException error) when (commands.Database.Kind.IsUniqueConflict(error)) { return new Refusal("place", "This gap is on the board already.", "place"); }
    }

    public Task<Result<Nothing>> TakeOnAsync(AuditContext who, Guid id, int version, string? owner, CancellationToken cancel) => ChangeAsync(who, id, version, g => g.TakeOn(owner), $"Owner: {owner?.Trim()}.", "gap.taken-on", cancel);

    /// <summary>Commissioned, adapted or filled by a partner, with what was agreed.</summary>
    public async Task<Result<Nothing>> MoveAsync(AuditContext who, Guid id, int version, GapStatus to, string? words, string? service, CancellationToken cancel)
    {
        if (Plain(words) is not { } said) return new Refusal("words", "Say in at most 400 letters what was agreed.", "words");
        if (NamesNoPerson.WhyNot(said, GapPlace.IsNamed) is { } named) return new Refusal("words", named, "words");
        var found = string.IsNullOrWhiteSpace(service) ? null : (await directory.RefreshAsync(cancel)).Find(service.Trim());
        if (!string.IsNullOrWhiteSpace(service) && found is null) return new Refusal("service", "There is no such service on the menu.", "service");
        return await ChangeAsync(who, id, version, g => to switch
        {
            GapStatus.Commissioned => g.Commission(),
            GapStatus.Adapted => g.Adapt(found?.Id),
            GapStatus.PartnerFilled => g.FillByPartner(found?.Id),
            GapStatus.Closed => g.Close(who.At, found?.Id),
            _ => g.Reopen(who.At, who.Actor.Id),
        }, said, to switch { GapStatus.Closed => "gap.closed", GapStatus.Open => "gap.opened", _ => "gap.moved" }, cancel);
    }

    private async Task<Result<Nothing>> ChangeAsync(AuditContext who, Guid id, int version, Func<Gap, Refusal?> change, string? words, string? what, CancellationToken cancel)
    {
        try
        {
            return await commands.RunAsync<Nothing>(who, async c =>
            {
                if (await c.Db.Set<Gap>().AsTracking().SingleOrDefaultAsync(g => g.Id == id, c.Cancel) is not { } gap) return Gone;
                if (gap.Version != version) return new Refusal("busy", "Somebody else changed this gap just now. Look again and repeat your change.");
                if (change(gap) is { } refusal) return refusal;
                gap.Version++;
                if (words is not null) Step(c, gap, words);
                if (what is not null) c.Record(what, gap.Id);
                return Nothing.Value;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException) { return new Refusal("busy", "Somebody else changed this gap just now. Look again and repeat your change."); }
    }

    private static void Step(Command c, Gap gap, string words) =>
        c.Insert(new GapStep { Id = Guid.CreateVersion7(), GapId = gap.Id, Status = gap.Status, Words = words, ServiceId = gap.ServiceId, At = c.Who.At, By = c.Who.Actor.Id });

    // What groups say

    /// <summary>Writes down what a group says, with nobody's name in it; the gap opens at once where nothing meets it.</summary>
    public async Task<Result<GroupNeed>> SayAsync(AuditContext who, GroupSays says, CancellationToken cancel)
    {
        if (!int.TryParse(says.Count, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) || count is < 1 or > 5000) return new Refusal("count", "Enter how many, in figures, like 6.", "count");
        if (says.Whom?.Trim() is not { Length: > 0 and <= 40 } whom) return new Refusal("whom", "Choose or enter whom, like families.", "whom");
        if (says.What?.Trim() is not { Length: > 0 and <= 120 } what) return new Refusal("what", "Enter what they need, in at most 120 letters, like winter coats.", "what");
        if (says.From?.Trim() is not { Length: > 0 and <= 80 } from) return new Refusal("from", "Enter which group or place says so, like the Tuesday drop-in.", "from");
        if (NamesNoPerson.WhyNot(what, GapPlace.IsNamed) is { } inWhat) return new Refusal("what", inWhat, "what");
        if (NamesNoPerson.WhyNot(whom, GapPlace.IsNamed) is { } inWhom) return new Refusal("whom", inWhom, "whom");
        if (Reaches(from) is { } inFrom) return new Refusal("from", inFrom, "from");
        await postcodes.RefreshAsync(cancel);
        var index = await directory.RefreshAsync(cancel);
        if (Postcode.TryParse(says.Place, out _)) return new Refusal("place", "Name the town or village, not a postcode: a postcode can point to one home.", "place");
        if (string.IsNullOrWhiteSpace(says.Place) || Whereabouts.Find(null, says.Place, index, postcodes) is not { } found || GapPlace.Of(found) is not { District: not MenuGap.NotKnown } where) return new Refusal("place", "Enter a town, village or ward of ours, like Littleport.", "place");
        var need = says.NeedId is { Length: > 0 } chosen ? Words.Current.Need(chosen)?.Id : (NeedReader.Current.Read(what) is [var read, ..] ? read.NeedId : null);
        if (need is null) return new Refusal("need", "Choose the kind of need: we could not read it from the words.", "need");
        where = where.For(need);
        var done = await commands.RunAsync<GroupNeed>(who, c =>
        {
            var one = new GroupNeed { Id = Guid.CreateVersion7(), NeedId = need, District = where.District, Place = where.Name, Count = count, Whom = Lower(whom), What = Lower(what), From = from, Day = LondonTime.DayOf(c.Who.At), At = c.Who.At, By = c.Who.Actor.Id };
            c.Insert(one);
            c.Record("group-need.said", one.Id);
            return Task.FromResult<Result<GroupNeed>>(one);
        }, cancel);
        if (done.Done) await GatherAsync(who, cancel);
        return done;
    }

    public async Task<Result<Nothing>> TakeBackAsync(AuditContext who, Guid id, CancellationToken cancel) => await commands.RunAsync<Nothing>(who, async c =>
    {
        if (await c.Db.Set<GroupNeed>().AsTracking().SingleOrDefaultAsync(g => g.Id == id && g.By == c.Who.Actor.Id, c.Cancel) is not { } one) return new Refusal("not-found", "That is no longer there, or somebody else said it.");
        if (one.TakenBackAt is not null) return Nothing.Value;
        one.TakenBackAt = c.Who.At;
        c.Record("group-need.taken-back", one.Id);
        return Nothing.Value;
    }, cancel);

    public async Task<IReadOnlyList<GroupNeed>> SaidAsync(CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await db.Set<GroupNeed>().Where(g => g.TakenBackAt == null).OrderByDescending(g => g.At).Take(100).ToListAsync(cancel);
    }

    /// <summary>What the menu has for each of a persona's wants at a place (R-MEN-08).</summary>
    public async Task<IReadOnlyList<WantMet>> WantsAsync(Persona persona, GapPlace where, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        var (place, at) = (where.ToMenuPlace(index), commands.Clock.UtcNow());
        return [.. persona.Wants.Select(w =>
        {
            var covers = w.Needs.Select(n => MenuCover.Of(index, n, place, at, persona.Facts)).ToList();
            return new WantMet(w, covers.TrueForAll(c => c.State == CoverState.Met) ? CoverState.Met : covers.TrueForAll(c => c.State == CoverState.Gap) ? CoverState.Gap : CoverState.PartMet, covers);
        })];
    }

    /// <summary>A group may be called after somebody; it may not be reached here.</summary>
    private static string? Reaches(string from) => NamesNoPerson.WhyNot(from, _ => true);

    private static string Lower(string text) => text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..].TrimEnd('.') : text;

    private static string? Plain(string? text) => text?.Trim() is { Length: > 0 and <= 400 } said ? said : null;
}
