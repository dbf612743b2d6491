using System.Collections.Immutable;

namespace AnyDoor.Entitlements;

/// <summary>What can be had, and what is due.</summary>
public enum Benefit
{
    UniversalCredit,
    ChildBenefit,
    PensionCredit,
    HousingBenefit,
    CouncilTaxReduction,
    FreeSchoolMeals,
    HealthyStart,
    CarersAllowance,
    StatePension,
    PersonalIndependencePayment,
    DisabilityLivingAllowance,
    AttendanceAllowance,
    WinterFuelPayment,
    WarmHomeDiscount,
    TaxFreeChildcare,
    /// <summary>Due, not had.</summary>
    IncomeTax,
    /// <summary>Due, not had.</summary>
    NationalInsurance,
    /// <summary>Due, not had: the High Income Child Benefit Charge.</summary>
    ChildBenefitCharge,
}

/// <summary>How sure a statement is.</summary>
public enum Standing
{
    /// <summary>Yes, by what was answered.</summary>
    Entitled,
    /// <summary>No, by what was answered.</summary>
    NotEntitled,
    /// <summary>It hangs on an answer that is missing.</summary>
    Depends,
    /// <summary>A rate is not known, or the rules are not held here; the sentence says which.</summary>
    NotKnown,
}

/// <summary>From the least to the most, pence. Equal when every answer is there.</summary>
public readonly record struct PenceRange(long Low, long High)
{
    public bool IsExact => Low == High;
    public override string ToString() => IsExact ? Words.Pounds(Low) : $"{Words.Pounds(Low)} to {Words.Pounds(High)}";
}

/// <summary>A question that is open, and what the figure would be by the answers tried.</summary>
public sealed record OpenQuestion(string Question, string? Person);

/// <summary>What would change a figure, and by how much a month (pence; null: it would begin or end).</summary>
public sealed record Change(string Sentence, long? ByMonth);

/// <summary>
/// One benefit in one assessment month. <see cref="Amount"/> is pence a <see cref="Per"/> ("month"; "winter" for winter payments). Free school meals have no amount but a <see cref="Children"/> count.
/// </summary>
public sealed record Statement
{
    public required Benefit Benefit { get; init; }
    public required DateOnly Start { get; init; }
    public required DateOnly End { get; init; }
    public required Standing Standing { get; init; }
    public PenceRange Amount { get; init; }
    public string Per { get; init; } = "month";
    /// <summary>The highest figure stands where an answer that is missing was tried at its highest, and that is no bound: say "or more". A pay was tried to £30,000 a year, a rent to £1,300 a month.</summary>
    public bool CouldBeMore { get; init; }
    /// <summary>As <see cref="CouldBeMore"/>, for the lowest figure: "or less".</summary>
    public bool CouldBeLess { get; init; }
    /// <summary>In one plain sentence.</summary>
    public required string Sentence { get; init; }
    /// <summary>The working of the lowest figure; its top is <see cref="PenceRange.Low"/>.</summary>
    public Explanation? Working { get; init; }
    /// <summary>The working of the highest figure, where it is another.</summary>
    public Explanation? WorkingOfHigh { get; init; }
    public ImmutableArray<OpenQuestion> Unknown { get; init; } = [];
    public ImmutableArray<Change> WouldChange { get; init; } = [];
    /// <summary>What was taken for granted, each a sentence.</summary>
    public ImmutableArray<string> Assumed { get; init; } = [];
    /// <summary>How many children it is for, where that is what counts.</summary>
    public int Children { get; init; }
    /// <summary>What is left of Universal Credit after deductions for advances and debts, where some were told.</summary>
    public PenceRange? AfterDeductions { get; init; }
    /// <summary>The council's own scheme that it was worked out by, in a sentence; null: the law of the land.</summary>
    public string? Scheme { get; init; }
    /// <summary>That scheme is over: the figure is that year's, and must not be shown as this year's.</summary>
    public bool SchemeOfAnotherYear { get; init; }
    /// <summary>The whole is a scenario's, not the law's.</summary>
    public bool IsScenario { get; init; }
}

/// <summary>The money of a month, pence. Take-home pay is after Income Tax, National Insurance and pension contributions; <see cref="Charge"/> is a twelfth of the Child Benefit charge; <see cref="Total"/> is what there is to live on before rent and bills.</summary>
public readonly record struct MonthMoney(long TakeHome, long Pensions, long UniversalCredit, long ChildBenefit, long CarersAllowance, long PensionCredit, long HousingBenefit, long DisabilityBenefits, long Charge, long TakenByCap)
{
    public long Total => TakeHome + Pensions + UniversalCredit + ChildBenefit + CarersAllowance + PensionCredit + HousingBenefit + DisabilityBenefits - Charge;
}

/// <summary>All statements of one month. With a <see cref="Refusal"/> there are none, and it says why.</summary>
public sealed record MonthResult(DateOnly Start, DateOnly End, string? Refusal, ImmutableArray<Statement> Statements, MonthMoney Lowest, MonthMoney Highest)
{
    /// <summary>What there is to live on could be more than <see cref="Highest"/>: an answer that is missing is no further tried than to a common figure.</summary>
    public bool CouldBeMore { get; init; }
    /// <summary>As <see cref="CouldBeMore"/>, for <see cref="Lowest"/>.</summary>
    public bool CouldBeLess { get; init; }

    public Statement? Of(Benefit benefit) => Statements.FirstOrDefault(s => s.Benefit == benefit);
}

/// <summary>What a run of months says together, for pay that is not even.</summary>
public static class Runs
{
    /// <summary>The least and the most that a benefit comes to in any month of a run, pence a month; null where no month has a statement on it, or one is not known.</summary>
    public static PenceRange? Range(this IEnumerable<MonthResult> months, Benefit benefit)
    {
        PenceRange? range = null;
        foreach (var month in months)
        {
            if (month.Of(benefit) is not { Standing: not Standing.NotKnown } s) return null;
            range = range is { } r ? new PenceRange(Math.Min(r.Low, s.Amount.Low), Math.Max(r.High, s.Amount.High)) : s.Amount;
        }
        return range;
    }

    /// <summary>The least and the most there is to live on in any month of a run, pence.</summary>
    public static PenceRange ToLiveOn(this IReadOnlyCollection<MonthResult> months) => months.Count == 0 ? default : new PenceRange(months.Min(m => m.Lowest.Total), months.Max(m => m.Highest.Total));
}

/// <summary>One point of the line "money against hours".</summary>
public sealed record HoursPoint(decimal Hours, MonthMoney Money);
