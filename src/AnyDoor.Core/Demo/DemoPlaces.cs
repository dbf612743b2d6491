using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>The demo's place teams, its 22 places with a plan each, and Cambridge City's own plan. Everyone in them is invented; the wards are those that the paper of 18 February 2021 prints.</summary>
public sealed class DemoPlaces(Commands commands)
{
    private const string East = "E07000009", Fenland = "E07000010", Hunts = "E07000011", South = "E07000012", City = "E07000008";

    private static readonly (string District, string Name, string[] Wards)[] Areas =
    [
        (East, "Ely", ["Ely North", "Ely South", "Ely East", "Ely West"]), (East, "Littleport", ["Littleport East", "Littleport West", "Littleport"]), (East, "Burwell and Sutton", ["Burwell", "Sutton"]), (East, "Cheveley and Isleham", ["Cheveley", "Isleham", "Woodditton", "Fordham & Isleham"]),
        (Fenland, "Wisbech", ["Staithe", "Waterlees Village", "Medworth", "Octavia Hill", "Clarkson", "Kirkgate", "Peckover", "Roman Bank"]), (Fenland, "March", ["March East", "March North", "March West"]), (Fenland, "Whittlesey", ["Bassenhally", "St Andrews"]),
        (Hunts, "Huntingdon", ["Huntingdon North", "Huntingdon East", "The Stukeleys"]), (Hunts, "Godmanchester and Hemingford", ["Godmanchester & Hemingford Abbots"]), (Hunts, "St Ives and Fenstanton", ["St Ives South", "Fenstanton", "St Ives East", "St Ives West"]),
        (Hunts, "St Neots and Little Paxton", ["St Neots Priory Park & Little Paxton", "St Neots Eatons", "St Neots Eynesbury", "St Neots East"]), (Hunts, "Ramsey", ["Ramsey"]), (Hunts, "Somersham and Needingworth", ["Somersham", "Holywell-cum-Needlingworth", "Holywell-cum-Needingworth"]),
        (South, "Melbourn and Gamlingay", ["Melbourn", "Gamlingay"]), (South, "Waterbeach and Fen Ditton", ["Milton & Waterbeach", "Fen Ditton & Fulbourn"]), (South, "Cottenham and Willingham", ["Cottenham", "Over & Willingham"]), (South, "Swavesey and Longstanton", ["Swavesey", "Longstanton"]),
        (South, "Girton and Histon", ["Girton", "Histon & Impington"]), (South, "Harston, Comberton and Hardwick", ["Harston & Comberton", "Hardwick"]), (South, "Cambourne", ["Cambridge", "Cambourne"]), (South, "Sawston, Shelford and Duxford", ["Sawston", "Shefford", "Shelford", "Duxford"]), (South, "Linton", ["Upton", "Linton"]),
    ];

    public async Task EnsureAsync(AuditContext who, CancellationToken cancel)
    {
        await using (var db = commands.Database.Open())
            if (await db.Set<NamedArea>().AnyAsync(cancel)) return;
        var today = LondonTime.DayOf(who.At);
        var printed = PapersTables.Deciles();
        var plans = ContentFiles.Read<DemoPlans>("demo-plans.json").Plans.ToDictionary(p => p.Place, StringComparer.Ordinal);
        await commands.RunAsync<Nothing>(who, c =>
        {
            foreach (var (district, name, wards) in Areas)
            {
                var ours = printed.Where(p => District.Find(district)!.Name == p.District && wards.Contains(p.Ward)).Select(p => PapersPlaces.Address(p.Name)).Distinct(StringComparer.Ordinal).ToList();
                var slug = "area-" + PapersPlaces.Address(name);
                c.Insert(new NamedArea { Id = Guid.CreateVersion7(), Slug = slug, Name = name, Year = 2011, Codes = string.Join(' ', ours), Wards = string.Join('\n', wards.Select(w => $"{district}/{w}")), MadeAt = c.Who.At, Version = 1 });
                Plan(c, slug, $"Place plan: {name}", "place", today, plans[name]);
            }
            Plan(c, City, "Cambridge City’s own arrangements", "cambridge-city", today, plans[City]);
            Teams(c, today);
            Wisbech(c, today);
            Gaps(c, today);
            c.Record("place.work-opened");
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
    }

    /// <summary>Two gaps that a team works at, and what two groups said, without anybody's name.</summary>
    private static void Gaps(Command c, DateOnly today)
    {
        foreach (var (need, place, owner, said, agreed) in new[]
        {
            ("transport", "march", "Community transport partnership", "No bus or lift after six, so evening classes and late shifts are out of reach", "A minibus on two evenings is asked for, to start in January"),
            ("english", "littleport", null, "Day classes only: people on shifts ask for an evening", null),
        })
        {
            var where = ServiceDirectory.GapPlace.Find(place)!;
            var gap = new Gap { Id = Guid.CreateVersion7(), NeedId = need, District = where.District, Place = where.Name, OpenedAt = c.Who.At.AddDays(-20), OpenedBy = Guid.Empty, Version = 1 };
            c.Insert(gap);
            c.Insert(new GapStep { Id = Guid.CreateVersion7(), GapId = gap.Id, Status = GapStatus.Open, Words = said, At = c.Who.At.AddDays(-20), By = Guid.Empty });
            if (owner is null) continue;
            gap.TakeOn(owner);
            gap.Commission();
            c.Insert(new GapStep { Id = Guid.CreateVersion7(), GapId = gap.Id, Status = GapStatus.Commissioned, Words = agreed!, At = c.Who.At.AddDays(-6), By = Guid.Empty });
        }
        foreach (var (count, whom, what, need, place, from) in new[] { (6, "families", "winter coats", "clothes", "littleport", "Drop-in at the library (demo)"), (9, "parents", "a playgroup that is open on Fridays", "childcare", "chatteris", "Parents’ group (demo)") })
        {
            var where = ServiceDirectory.GapPlace.Find(place)!;
            c.Insert(new GroupNeed { Id = Guid.CreateVersion7(), NeedId = need, District = where.District, Place = where.Name, Count = count, Whom = whom, What = what, From = from, Day = today, At = c.Who.At });
        }
    }

    private sealed record DemoPlans(IReadOnlyList<DemoPlan> Plans);

    private sealed record DemoPlan(string Place, string Said, string Where, int People, string Need, string Good, string Helped, int Helpers, string Action, string Owner, int InDays, string? Learned);

    private static void Plan(Command c, string place, string title, string template, DateOnly today, DemoPlan plan)
    {
        var work = Open(c, place, WorkKind.Plan, title, template, today.AddMonths(-2));
        Note(c, work, PlaceNoteKind.PeopleSay, plan.Said, $"Demo: {plan.Where}", plan.People);
        Note(c, work, PlaceNoteKind.Need, plan.Need, null);
        Note(c, work, PlaceNoteKind.Opportunity, plan.Good, null);
        Note(c, work, PlaceNoteKind.HelpedWrite, plan.Helped, null, plan.Helpers);
        if (plan.Learned is { } learned) Note(c, work, PlaceNoteKind.Learned, learned, null);
        c.Insert(new PlaceAction { Id = Guid.CreateVersion7(), WorkId = work, What = plan.Action, Owner = plan.Owner, DueOn = today.AddDays(plan.InDays) });
    }

    private static void Teams(Command c, DateOnly today)
    {
        // The handover of the papers' own dates: one to 31 March 2021, the next from 1 April.
        var coordinator = Seat(c, Fenland, "Place coordinator", new DateOnly(2020, 12, 1));
        Post(c, coordinator, PostingKind.Held, "Rowan Teasdale", "Demo county hub", new DateOnly(2020, 12, 1), new DateOnly(2021, 3, 31));
        Post(c, coordinator, PostingKind.Held, "Piers Coldmarsh", "Demo county hub", new DateOnly(2021, 4, 1), null);
        Post(c, Seat(c, Fenland, "Community connector", new DateOnly(2021, 2, 1)), PostingKind.Held, "Ines Quarrendon", "Fens and Forward", new DateOnly(2021, 2, 1), null);
        var early = Seat(c, Fenland, "Early help", today.AddMonths(-8));
        Post(c, early, PostingKind.Held, "Jory Penhallick", "Fenland district team", today.AddMonths(-8), today.AddDays(-23));
        Post(c, early, PostingKind.OfferedSecondment, "One worker, two days a week", "Fen Reach Homes", today.AddDays(-2), null);
        Post(c, Seat(c, Hunts, "Place coordinator", new DateOnly(2021, 2, 26)), PostingKind.Held, "Sage Ullathorne", "Demo county hub", new DateOnly(2021, 2, 26), null);
        var connectors = Seat(c, Hunts, "Community connectors", new DateOnly(2021, 2, 26));
        Post(c, connectors, PostingKind.Cover, "Ines Quarrendon", "Fenland", today.AddMonths(-3), null);
        foreach (var (place, name) in new[] { (East, "Wren Ollerenshaw"), (South, "Corin Applegarth"), (City, "Maud Threlkeld") })
            Post(c, Seat(c, place, "Place coordinator", new DateOnly(2021, 2, 1)), PostingKind.Held, name, "Demo county hub", new DateOnly(2021, 2, 1), null);
    }

    private static void Wisbech(Command c, DateOnly today)
    {
        var meeting = Open(c, "area-wisbech", WorkKind.Event, "Wisbech: what the numbers say and what we see", "event", today.AddDays(-41), "Community house");
        Note(c, meeting, PlaceNoteKind.PeopleSay, "There is nowhere warm for the little ones after four.", "Community house, 14 October 2026", 12);
        Note(c, meeting, PlaceNoteKind.HelpedWrite, "Waterlees Community Pantry, Larkmere Primary, Fenland Advice Centre, residents", null, 31);
        c.Insert(new PlaceAction { Id = Guid.CreateVersion7(), WorkId = meeting, What = "Open the school hall until six on three days", Owner = "Larkmere Primary", DueOn = today.AddDays(20) });
        var issue = Open(c, "area-wisbech", WorkKind.Issue, "Rubbish left behind the garages", "fly-tipping", today.AddDays(-30), "The alley behind Teasel Way");
        for (var i = 0; i < 4; i++) Note(c, issue, PlaceNoteKind.Report, i == 0 ? "Mattresses and bags" : "Reported again", null);
        c.Insert(new PartnerReach { Id = Guid.CreateVersion7(), Partner = "Littleport parish, demo council", Place = "area-littleport", From = today.AddMonths(-2) });
        c.Insert(new PartnerReach { Id = Guid.CreateVersion7(), Partner = "Fenland Advice Centre", Place = "area-march", From = today.AddMonths(-6) });
    }

    private static Guid Open(Command c, string place, WorkKind kind, string title, string topic, DateOnly day, string? spot = null)
    {
        var work = new PlaceWork { Id = Guid.CreateVersion7(), Place = place, Kind = kind, Title = title, Topic = topic, Spot = spot, Day = day, OpenedBy = null, Version = 1 };
        c.Insert(work);
        return work.Id;
    }

    private static void Note(Command c, Guid work, PlaceNoteKind kind, string words, string? source, int? people = null) =>
        c.Insert(new PlaceNote { Id = Guid.CreateVersion7(), WorkId = work, Kind = kind, Words = words, Source = source, Day = LondonTime.DayOf(c.Who.At), People = people, At = c.Who.At });

    private static Guid Seat(Command c, string place, string role, DateOnly from)
    {
        var seat = new TeamSeat { Id = Guid.CreateVersion7(), Place = place, Role = role, From = from };
        c.Insert(seat);
        return seat.Id;
    }

    private static void Post(Command c, Guid seat, PostingKind kind, string name, string organisation, DateOnly first, DateOnly? last) =>
        c.Insert(new Posting { Id = Guid.CreateVersion7(), SeatId = seat, Kind = kind, Name = name, Organisation = organisation, FirstDay = first, LastDay = last });
}
