using AnyDoor.Places;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.PlaceTeams;

/// <summary>An area that a coordinator makes of neighbourhoods and names as people name it. Its address stays, whatever becomes of its name.</summary>
public sealed class NamedArea
{
    public required Guid Id { get; init; }
    /// <summary>Its address, like <c>area-wisbech</c>.</summary>
    public required string Slug { get; init; }
    public required string Name { get; set; }
    /// <summary>The year of its neighbourhoods' boundaries.</summary>
    public required int Year { get; init; }
    /// <summary>Neighbourhoods by code, or by name as <see cref="PapersPlaces.Address"/> has it, with spaces between.</summary>
    public required string Codes { get; set; }
    /// <summary>Whole wards of 2019 as <c>E07000010/Staithe</c>, one a line. Their neighbourhoods are in it wherever a lookup of wards is loaded.</summary>
    public string? Wards { get; set; }
    public required DateTime MadeAt { get; init; }
    /// <summary>Put away: in no list any more, and still at its address.</summary>
    public DateTime? RetiredAt { get; set; }
    public required int Version { get; set; }

    public IReadOnlyCollection<string> CodesIn(PlaceSnapshot data)
    {
        var codes = Codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var wards = (Wards ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (wards.Count > 0 && Year == 2011)
            codes.AddRange(District.All.Where(d => wards.Any(w => w.StartsWith(d.Code, StringComparison.Ordinal))).SelectMany(d => data.Neighbourhoods(d.Code, Year).Where(a => data.Ward(a.Code, Year, 2019) is { } ward && wards.Contains($"{d.Code}/{ward.Name}")).Select(a => a.Code)));
        var addresses = codes.Where(c => !c.StartsWith("E01", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        // A neighbourhood by its name becomes one by its code as soon as codes are loaded, and counts once.
        return [.. codes.Where(c => !addresses.Contains(c)).Concat(addresses.SelectMany(a => data.Addressed(a, Year))).Concat(data.Areas("lsoa", Year).Any() ? [] : addresses).Distinct(StringComparer.Ordinal)];
    }
}

/// <summary>A role in a place's team, like coordinator. Work belongs to the seat, so that it goes on with whoever holds it (R-PTM-02).</summary>
public sealed class TeamSeat
{
    public required Guid Id { get; init; }
    /// <summary>A place's address: ONS code or that of a named area.</summary>
    public required string Place { get; init; }
    public required string Role { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>The last day the team has this seat.</summary>
    public DateOnly? To { get; set; }
}

public enum PostingKind { Held, Cover, OfferedSecondment }

/// <summary>Who holds a seat, covers it while it is vacant, or is offered for it by another organisation, from which day to which.</summary>
public sealed class Posting
{
    public required Guid Id { get; init; }
    public required Guid SeatId { get; init; }
    public required PostingKind Kind { get; init; }
    public required string Name { get; init; }
    /// <summary>The organisation they work for, or the neighbouring place that covers.</summary>
    public required string Organisation { get; init; }
    public required DateOnly FirstDay { get; init; }
    /// <summary>Still in the seat on this day. None: it goes on.</summary>
    public DateOnly? LastDay { get; set; }

    public bool On(DateOnly day) => FirstDay <= day && (LastDay is null || day <= LastDay);
}

public enum WorkKind { Plan, Event, Issue, MemberNote }

/// <summary>What a place's team and people work at together: a plan, an event, a local issue, or what a councillor put to officers.</summary>
public sealed class PlaceWork
{
    public required Guid Id { get; init; }
    public required string Place { get; init; }
    public required WorkKind Kind { get; init; }
    public required string Title { get; set; }
    /// <summary>The plan's template, the kind of issue, or challenge, risk or opportunity.</summary>
    public required string Topic { get; init; }
    /// <summary>Where an issue or event is, in words: no home and no name.</summary>
    public string? Spot { get; init; }
    /// <summary>The day of the event, or the day it was opened.</summary>
    public required DateOnly Day { get; init; }
    /// <summary>When an answer is due.</summary>
    public DateOnly? DueOn { get; init; }
    /// <summary>An issue that several partners now work at by one plan.</summary>
    public bool Joint { get; set; }
    public DateOnly? ClosedOn { get; set; }
    public required Guid? OpenedBy { get; init; }
    public required int Version { get; set; }
}

/// <summary>What a note is: evidence from data stands beside evidence from people (R-PTM-04, R-PTM-05).</summary>
public enum PlaceNoteKind { DataSays, PeopleSay, Need, Opportunity, HelpedWrite, Partner, Report, Learned, Answer }

public sealed class PlaceNote
{
    public required Guid Id { get; init; }
    public required Guid WorkId { get; init; }
    public required PlaceNoteKind Kind { get; init; }
    public required string Words { get; init; }
    /// <summary>The data and its year, or where and by whom it was said; never a resident's name.</summary>
    public string? Source { get; init; }
    public required DateOnly Day { get; init; }
    /// <summary>How many people said so or were there.</summary>
    public int? People { get; init; }
    public required DateTime At { get; init; }
}

public sealed class PlaceAction
{
    public required Guid Id { get; init; }
    public required Guid WorkId { get; init; }
    public required string What { get; init; }
    /// <summary>The seat that owns it; none: <see cref="Owner"/> does.</summary>
    public Guid? SeatId { get; init; }
    public required string Owner { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly? DoneOn { get; set; }
    /// <summary>What came of it.</summary>
    public string? Result { get; set; }
}

/// <summary>That a partner serves a place, and whom there (R-DAW-07).</summary>
public sealed class PartnerReach
{
    public required Guid Id { get; init; }
    public required string Partner { get; init; }
    /// <summary>A neighbourhood, ward, district or named area.</summary>
    public required string Place { get; init; }
    /// <summary>Like families with children under five; none: everybody.</summary>
    public string? Cohort { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; set; }
}

internal static class PlaceTeamsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<NamedArea>(e => { e.ToTable("named_area"); e.HasKey(x => x.Id); e.HasIndex(x => x.Slug).IsUnique(); });
        model.Entity<TeamSeat>(e => { e.ToTable("team_seat"); e.HasKey(x => x.Id); e.HasIndex(x => x.Place); });
        model.Entity<Posting>(e => { e.ToTable("posting"); e.HasKey(x => x.Id); e.HasIndex(x => x.SeatId); e.HasOne<TeamSeat>().WithMany().HasForeignKey(x => x.SeatId); });
        model.Entity<PlaceWork>(e => { e.ToTable("place_work"); e.HasKey(x => x.Id); e.HasIndex(x => new { x.Place, x.Kind }); e.HasIndex(x => new { x.Kind, x.DueOn }); e.Property(x => x.Version).IsConcurrencyToken(); });
        model.Entity<PlaceNote>(e => { e.ToTable("place_note"); e.HasKey(x => x.Id); e.HasIndex(x => x.WorkId); e.HasOne<PlaceWork>().WithMany().HasForeignKey(x => x.WorkId); });
        model.Entity<PlaceAction>(e => { e.ToTable("place_action"); e.HasKey(x => x.Id); e.HasIndex(x => x.WorkId); e.HasOne<PlaceWork>().WithMany().HasForeignKey(x => x.WorkId); });
        model.Entity<PartnerReach>(e => { e.ToTable("partner_reach"); e.HasKey(x => x.Id); e.HasIndex(x => x.Place); });
    }
}
