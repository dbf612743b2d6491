using AnyDoor.Common;

namespace AnyDoor.Offers;

/// <summary>How far money that somebody may gain has come. Only <see cref="Confirmed"/> was seen.</summary>
public enum GainStage { Predicted, Claimed, Awarded, Confirmed, NotGained }

/// <summary>How often a sum is paid.</summary>
public enum PaidEvery { Week, FourWeeks, Month, Year }

/// <summary>What was seen by whoever confirmed it.</summary>
public enum SeenAs { Letter, Payment, OnlineAccount, PayingOffice }

/// <summary>Why it came to nothing.</summary>
public enum NotGainedWhy { NotWanted, NotClaimed, Refused, Mistake }

/// <summary>A sum and how often it is paid. A week's is the year's divided by 52, so that £21.50 a week is £1,118 a year.</summary>
public readonly record struct RegularSum(long Pence, PaidEvery Every)
{
    public long YearPence => checked(Pence * Every switch { PaidEvery.Week => 52, PaidEvery.FourWeeks => 13, PaidEvery.Month => 12, _ => 1 });
    public long WeekPence => Every == PaidEvery.Week ? Pence : (long)decimal.Round(YearPence / 52m, MidpointRounding.AwayFromZero);
    public override string ToString() => $"{new Money(Pence)} {InWords(Every)}";
    public static string InWords(PaidEvery every) => every switch { PaidEvery.Week => "a week", PaidEvery.FourWeeks => "every four weeks", PaidEvery.Month => "a month", _ => "a year" };
}

/// <summary>
/// Money that somebody gains through help with one thing they may claim: what it was reckoned at, what was awarded, and who saw it (R-INC-04).
/// What was only reckoned never counts as gained.
/// </summary>
public sealed class Gain
{
    public required Guid Id { get; init; }
    /// <summary>The request it came of. Opaque here.</summary>
    public required Guid RequestId { get; init; }
    public required Guid HouseholdId { get; init; }
    /// <summary>As in <see cref="Kinds"/>.</summary>
    public required string Kind { get; init; }
    public required DateTime At { get; init; }
    public required Guid By { get; init; }
    /// <summary>Pence a year, as reckoned: the least and the most.</summary>
    public required long PredictedLow { get; init; }
    public required long PredictedHigh { get; init; }
    /// <summary>The day on which the claim was made.</summary>
    public DateOnly? ClaimedOn { get; set; }
    public long? AwardedPence { get; set; }
    public PaidEvery? AwardedEvery { get; set; }
    public DateOnly? AwardedFrom { get; set; }
    /// <summary>Paid once for time gone by, pence.</summary>
    public long BackdatedPence { get; set; }
    public DateTime? ConfirmedAt { get; set; }
    public Guid? ConfirmedBy { get; set; }
    public SeenAs? ConfirmedAs { get; set; }
    public DateTime? EndedAt { get; set; }
    public NotGainedWhy? EndedWhy { get; set; }

    public GainStage Stage => EndedAt is not null ? GainStage.NotGained : ConfirmedAt is not null ? GainStage.Confirmed : AwardedPence is not null ? GainStage.Awarded : ClaimedOn is not null ? GainStage.Claimed : GainStage.Predicted;

    /// <summary>What is or would be paid regularly; null before an award.</summary>
    public RegularSum? Awarded => AwardedPence is { } pence && AwardedEvery is { } every ? new RegularSum(pence, every) : null;

    /// <summary>What somebody can gain, by id. Ids that an entitlement check has are the check's.</summary>
    public static readonly IReadOnlyDictionary<string, string> Kinds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["universal-credit"] = "Universal Credit", ["universal-credit-change"] = "Universal Credit, a change", ["pension-credit"] = "Pension Credit", ["housing-benefit"] = "Housing Benefit", ["council-tax-reduction"] = "Council Tax Reduction",
        ["child-benefit"] = "Child Benefit", ["free-school-meals"] = "Free school meals", ["healthy-start"] = "Healthy Start", ["carers-allowance"] = "Carer’s Allowance", ["personal-independence-payment"] = "Personal Independence Payment",
        ["disability-living-allowance"] = "Disability Living Allowance for a child", ["attendance-allowance"] = "Attendance Allowance", ["state-pension"] = "State Pension", ["warm-home-discount"] = "Warm Home Discount", ["water-social-tariff"] = "A lower water bill",
        ["phone-social-tariff"] = "A lower phone or internet bill", ["energy-bill"] = "A lower energy bill", ["debt"] = "A debt lowered or written off", ["other"] = "Something else",
    };

    public static string InWords(GainStage stage) => stage switch { GainStage.Predicted => "Reckoned", GainStage.Claimed => "Claimed", GainStage.Awarded => "Awarded", GainStage.Confirmed => "Confirmed", _ => "Not gained" };
    public static string InWords(SeenAs seen) => seen switch { SeenAs.Letter => "the award letter", SeenAs.Payment => "a payment in their account", SeenAs.OnlineAccount => "their online account", _ => "the office that pays" };
    public static string InWords(NotGainedWhy why) => why switch { NotGainedWhy.NotWanted => "They do not want it", NotGainedWhy.NotClaimed => "It was not claimed", NotGainedWhy.Refused => "It was refused", _ => "Written down by mistake" };
}
