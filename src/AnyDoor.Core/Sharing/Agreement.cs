using System.Text.Json;
using System.Text.Json.Serialization;
using AnyDoor.Audit;
using AnyDoor.Common;

namespace AnyDoor.Sharing;

public enum AgreementState { Draft, InForce, Ended }

/// <summary>What organisations agree to share: who, what for, which kinds of fact, on which basis, for how long.</summary>
/// <param name="Parties">Organisations of this partnership.</param>
/// <param name="WhatFor">In a sentence, as the public register would say it.</param>
/// <param name="WhatIsShared">In a sentence, with what is left out.</param>
/// <param name="Bases">Lawful bases the parties rely on: ids of <c>Content/agreements.json</c>.</param>
/// <param name="Condition">For special categories (health, equality).</param>
/// <param name="Power">The statute a public party shares under; none where it needs none.</param>
/// <param name="Objective">Section 35 only: one of the four.</param>
/// <param name="Factors">Section 35 only: of the thirteen.</param>
/// <param name="Specified">Section 35 only: the parties that are named as specified persons.</param>
/// <param name="SpecifiedEntry">Section 35 only: under which entry a party is named that is no council.</param>
/// <param name="Checks">Section 35 only: what the code of practice asks for, and was done.</param>
/// <param name="Dpia">Where the impact assessment is: an address or a reference.</param>
/// <param name="EndsOn">Its last day. None: it runs until it is ended, and is looked at on the assessment's review day.</param>
/// <param name="Owner">A worker who may open the register.</param>
public sealed record AgreementTerms(string Name, string WhatFor, string WhatIsShared, IReadOnlyList<Guid> Parties, IReadOnlyList<Purpose> Purposes, IReadOnlyList<DataCategory> Categories, IReadOnlyList<string> Bases,
    string? Condition, string? Power, string? Objective, IReadOnlyList<string> Factors, IReadOnlyList<Guid> Specified, string? SpecifiedEntry, IReadOnlyList<string> Checks,
    string? Dpia, DateOnly? DpiaReviewOn, DateOnly? StartsOn, DateOnly? EndsOn, Guid? Owner)
{
    private static readonly JsonSerializerOptions Json = new(ContentFiles.Json) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) } };

    public static AgreementTerms Empty { get; } = new("", "", "", [], [], [], [], null, null, null, [], [], null, [], null, null, null, null, null);

    public string Write() => JsonSerializer.Serialize(this, Json);
    public static AgreementTerms Read(string body) => JsonSerializer.Deserialize<AgreementTerms>(body, Json)!;
}

/// <summary>One version of an agreement. A renewal is a new version; what stood before stays as history.</summary>
public sealed class AgreementVersion
{
    public const string WrongState = "wrong-state";
    /// <summary>How many days before its end an agreement is listed as ending, and its owner is told.</summary>
    public const int DaysOfWarning = 30;

    public required Guid Id { get; init; }
    /// <summary>The same in every version.</summary>
    public required Guid AgreementId { get; init; }
    public required int Number { get; init; }
    public required AgreementState State { get; set; }
    /// <summary><see cref="AgreementTerms"/>, as it stood when it was last saved.</summary>
    public required string Body { get; set; }
    public DateOnly? StartsOn { get; set; }
    public DateOnly? EndsOn { get; set; }
    public required DateTime SavedAt { get; set; }
    public Guid? SavedBy { get; set; }
    public DateTime? InForceAt { get; set; }
    public Guid? InForceBy { get; set; }
    public DateTime? EndedAt { get; set; }
    public Guid? EndedBy { get; set; }
    public string? WhyEnded { get; set; }
    /// <summary>Counts every save, so that two who change it at once meet.</summary>
    public required int Edit { get; set; }

    public AgreementTerms Terms => AgreementTerms.Read(Body);

    public bool IsInForce(DateOnly day) => State == AgreementState.InForce && StartsOn <= day && (EndsOn is null || day <= EndsOn);
    public bool HasRunOut(DateOnly day) => State == AgreementState.InForce && EndsOn < day;
    /// <summary>Whole days from this day to its last; negative once that has passed. None: no last day.</summary>
    public int? DaysLeft(DateOnly day) => EndsOn is { } end ? end.DayNumber - day.DayNumber : null;
    public bool EndsSoon(DateOnly day) => State == AgreementState.InForce && DaysLeft(day) is >= 0 and <= DaysOfWarning;

    public Refusal? Save(AgreementTerms terms, Guid? by, DateTime at)
    {
        if (State != AgreementState.Draft) return new Refusal(WrongState, "This version is no draft. Start a new version, and change that.");
        (Body, StartsOn, EndsOn, SavedAt, SavedBy) = (terms.Write(), terms.StartsOn, terms.EndsOn, at, by);
        Edit++;
        return null;
    }

    public Refusal? ComeIntoForce(Guid? by, DateTime at)
    {
        if (State != AgreementState.Draft) return new Refusal(WrongState, State == AgreementState.InForce ? "This is in force already." : "This has ended. Start a new version.");
        (State, InForceAt, InForceBy) = (AgreementState.InForce, at, by);
        Edit++;
        return null;
    }

    public Refusal? End(Guid? by, DateTime at, string? why)
    {
        if (State != AgreementState.InForce) return new Refusal(WrongState, "Only what is in force can be ended.");
        if (string.IsNullOrWhiteSpace(why)) return new Refusal("why-needed", "Say why it ends: the register keeps it.", "why");
        (State, EndedAt, EndedBy, WhyEnded) = (AgreementState.Ended, at, by, why.Trim());
        Edit++;
        return null;
    }
}

/// <summary>Whether an organisation shares only under an agreement: said once for each, kept as history. The newest counts.</summary>
public sealed class AgreementNeed
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }
    public required bool Needed { get; init; }
    public required DateTime At { get; init; }
    public Guid? SaidBy { get; init; }
}

/// <summary>What the gate knows of agreements: who may only share under one, and what stands in those that are in force.</summary>
public sealed record Agreed(IReadOnlySet<Guid> Needing, IReadOnlyList<AgreedTerms> InForce)
{
    public static Agreed Nobody { get; } = new(new HashSet<Guid>(), []);

    /// <summary>
    /// An organisation of which the partnership has said that it shares only under an agreement sees what one in force names, for its purposes, on its days.
    /// Of any other, and of the hub itself, nothing is asked here.
    /// </summary>
    public bool Covers(Looker who, Purpose purpose, DataCategory category, DateTime at)
    {
        if (who.OfHub || who.OrganisationId is not { } organisation || !Needing.Contains(organisation)) return true;
        var day = LondonTime.DayOf(at);
        return InForce.Any(a => a.Parties.Contains(organisation) && a.Purposes.Contains(purpose) && a.Categories.Contains(category) && a.From <= day && (a.To is null || day <= a.To));
    }
}

public sealed record AgreedTerms(DateOnly From, DateOnly? To, IReadOnlyCollection<Guid> Parties, IReadOnlyCollection<Purpose> Purposes, IReadOnlyCollection<DataCategory> Categories);
