using System.Runtime.CompilerServices;

namespace AnyDoor.Entitlements;

/// <summary>How the home is held.</summary>
public enum Tenure : byte
{
    /// <summary>No rent and no mortgage of their own: owned outright, or living with others.</summary>
    NoHousingCosts,
    Mortgage,
    CouncilTenant,
    HousingAssociationTenant,
    PrivateTenant,
}

[Flags]
public enum AdultFlags
{
    None = 0,
    Female = 1,
    SexNotKnown = 2,
    /// <summary>Limited capability for work (only claims from before 3 April 2017 carry an amount).</summary>
    LimitedCapability = 4,
    /// <summary>Limited capability for work and work-related activity.</summary>
    LimitedCapabilityActivity = 8,
    /// <summary>Keeps the higher LCWRA rate from April 2026: entitled before 6 April 2026, severe conditions, or terminally ill.</summary>
    ProtectedRate = 16,
    /// <summary>Cares 35 hours a week or more for a severely disabled person.</summary>
    Carer = 32,
    /// <summary>Carer's Allowance has been claimed, or will be.</summary>
    ClaimsCarersAllowance = 64,
    /// <summary>PIP daily living, DLA care at the middle or highest rate, or Attendance Allowance.</summary>
    DisabilityCare = 128,
    /// <summary>Any PIP, DLA or Attendance Allowance.</summary>
    DisabilityBenefit = 256,
    /// <summary>Within the twelve months of a start-up period: no minimum income floor.</summary>
    StartUp = 512,
    /// <summary>Works with a self-employment that the job centre takes as gainful; without it there is no minimum income floor.</summary>
    GainfullySelfEmployed = 1024,
    /// <summary>The main carer of the children, who is not asked to look for all work while the youngest is under 3.</summary>
    MainCarer = 2048,
    /// <summary>Somebody gets Carer's Allowance for looking after this person (no severe disability addition).</summary>
    CaredForByPaidCarer = 4096,
    /// <summary>Class 2 is left out.</summary>
    NoClass2 = 8192,
    /// <summary>Certified blind or severely sight impaired.</summary>
    Blind = 16384,
}

[Flags]
public enum ChildFlags
{
    None = 0,
    /// <summary>In school, college or training that counts, when 16 or over.</summary>
    InEducation = 1,
    /// <summary>PIP or DLA below the higher addition.</summary>
    Disabled = 2,
    /// <summary>DLA care at the highest rate, PIP daily living enhanced, or blind.</summary>
    SeverelyDisabled = 4,
    /// <summary>Registered childcare is paid for this child.</summary>
    Childcare = 8,
    /// <summary>An exception to the two-child limit (multiple birth, adoption, kinship care, non-consensual conception).</summary>
    LimitException = 16,
    /// <summary>Severely disabled by blindness alone: no enhanced premium in Housing Benefit.</summary>
    SevereByBlindness = 32,
}

[Flags]
public enum NonDependantFlags
{
    None = 0,
    /// <summary>No deduction from any benefit: Pension Credit, in the forces abroad, or in prison.</summary>
    NoDeduction = 1,
    /// <summary>Gets Universal Credit or another means-tested benefit and does not work.</summary>
    MeansTestedNoWork = 2,
    /// <summary>In paid work of 16 hours a week or more.</summary>
    Works = 4,
    /// <summary>PIP daily living, DLA care at the middle or highest rate, or Attendance Allowance: no deduction from Universal Credit (Sch. 4 para. 16), and does not keep a pensioner's severe disability addition away.</summary>
    CareBenefit = 8,
    /// <summary>Carer's Allowance: no deduction from Universal Credit.</summary>
    CarersAllowance = 16,
}

[Flags]
public enum HouseholdFlags
{
    None = 0,
    Couple = 1,
    London = 2,
    /// <summary>Nine months after a year of earnings at the level that exempts from the cap.</summary>
    GracePeriod = 4,
    /// <summary>Somebody is pregnant, 10 weeks or more.</summary>
    Pregnant = 8,
    /// <summary>Childcare is for more than one child, where it is known only as a sum.</summary>
    SeveralInChildcare = 16,
    /// <summary>Somebody under 18 is pregnant, 10 weeks or more.</summary>
    PregnantUnder18 = 32,
}

/// <summary>One adult of the benefit unit. Yearly money in pence, constant over the period it stands for.</summary>
public struct PackedAdult
{
    /// <summary>Day of birth, as <see cref="DateOnly.DayNumber"/>.</summary>
    public int Born;
    /// <summary>Gross pay from jobs, pence a year.</summary>
    public int Pay;
    /// <summary>Profit from self-employment after expenses, pence a year.</summary>
    public int Profit;
    /// <summary>Contributions to a pension under a net-pay arrangement, pence a year.</summary>
    public int PensionContributions;
    /// <summary>Private pensions in payment, pence a year.</summary>
    public int PrivatePension;
    /// <summary>State Pension in payment, pence a year.</summary>
    public int StatePension;
    /// <summary>Other taxable income that benefits count in full, pence a year.</summary>
    public int OtherIncome;
    /// <summary>Hours a week of work expected (0: 35), for the minimum income floor.</summary>
    public byte ExpectedHours;
    public AdultFlags Flags;

    public readonly bool Is(AdultFlags flag) => (Flags & flag) != 0;
}

/// <summary>A day of birth and up to twelve flags in 32 bits.</summary>
public readonly struct PackedPerson(int born, int flags)
{
    private readonly uint _bits = (uint)born & 0xFFFFF | (uint)flags << 20;

    public int Born => (int)(_bits & 0xFFFFF);
    public bool Is(ChildFlags flag) => (_bits >> 20 & (uint)flag) != 0;
    public bool Is(NonDependantFlags flag) => (_bits >> 20 & (uint)flag) != 0;
}

[InlineArray(PackedHousehold.MostChildren)]
public struct PackedChildren
{
    private PackedPerson _first;
}

[InlineArray(PackedHousehold.MostNonDependants)]
public struct PackedNonDependants
{
    private PackedPerson _first;
}

[InlineArray(PackedHousehold.MostNonDependants)]
public struct PackedIncomes
{
    private int _first;
}

/// <summary>
/// A household as the rules read it: plain values, no references, fit for a million in an array. <see cref="Situation"/> is the friendly way to make one.
/// Money is in pence, yearly or weekly as each field says.
/// </summary>
public struct PackedHousehold
{
    public const int MostChildren = 12, MostNonDependants = 4;

    public PackedAdult Claimant, Partner;
    public PackedChildren Children;
    public PackedNonDependants NonDependants;
    /// <summary>Gross income of each non-dependant, pence a year.</summary>
    public PackedIncomes NonDependantIncomes;
    /// <summary>Eligible rent, pence a year.</summary>
    public int Rent;
    /// <summary>Local Housing Allowance, pence a week; 0 with a private tenant means nothing can be paid.</summary>
    public int LocalHousingAllowance;
    /// <summary>The same by the month, as rent officers set it for Universal Credit; 0 with a private tenant means nothing can be paid.</summary>
    public int LocalHousingAllowanceMonth;
    /// <summary>The full bill, pence a year.</summary>
    public int CouncilTax;
    /// <summary>Capital that counts, pence.</summary>
    public int Savings;
    /// <summary>Registered childcare for all children, pence a year.</summary>
    public int Childcare;
    /// <summary>New-style Jobseeker's Allowance and Employment and Support Allowance, pence a year: within <see cref="PackedAdult.OtherIncome"/> too, and counted against the benefit cap.</summary>
    public int NewStyleBenefits;
    public HouseholdFlags Flags;
    public byte ChildCount, NonDependantCount;
    /// <summary>Bedrooms more than the size criteria allow, for social tenants of working age.</summary>
    public byte SpareBedrooms;
    public Tenure Tenure;

    public readonly bool Is(HouseholdFlags flag) => (Flags & flag) != 0;
    public readonly bool IsCouple => Is(HouseholdFlags.Couple);
    public readonly bool Rents => Tenure is Tenure.CouncilTenant or Tenure.HousingAssociationTenant or Tenure.PrivateTenant;
    public readonly bool SocialTenant => Tenure is Tenure.CouncilTenant or Tenure.HousingAssociationTenant;
}

/// <summary>What somebody earned in one assessment month, pence: what was paid in it, and what was taken off.</summary>
internal struct MonthPay
{
    public long Pay, Profit, PensionContributions, IncomeTax, NationalInsurance;

    /// <summary>What Universal Credit counts: never below nil (Universal Credit Regulations 2013 reg. 55 and 57).</summary>
    public readonly long Net => Math.Max(0, Pay + Profit - PensionContributions - IncomeTax - NationalInsurance);
}

/// <summary>What a year's tax is made of, for one adult, pence a year.</summary>
internal struct YearTax
{
    /// <summary>All taxable income before pension contributions.</summary>
    public long TotalIncome;
    /// <summary>The legal adjusted net income: after pension contributions.</summary>
    public long AdjustedNetIncome;
    /// <summary>Without the High Income Child Benefit Charge.</summary>
    public long IncomeTax;
    /// <summary>The part of <see cref="IncomeTax"/> that falls on earnings, taken as the top slice.</summary>
    public long TaxOnEarnings;
    public long Class1, Class2, Class4;
    public long ChildBenefitCharge;
    /// <summary>Carer's Allowance for the year.</summary>
    public long CarersAllowance;

    public readonly long NationalInsurance => Class1 + Class2 + Class4;
}

/// <summary>The figures of one assessment month. Monthly pence; those named weekly are per week.</summary>
internal struct MonthFigures
{
    public bool PensionAge;
    public long StandardAllowance, ChildElement, DisabledChildren, Capability, CarerElement, Housing, NonDependantDeductions, ChildcareElement, MaximumAmount;
    public long WorkAllowance, NetEarnings, EarnedIncome, EarningsDeduction, UnearnedIncome, TariffIncome, IncomeReduction;
    public long BeforeCap, CapReduction, UniversalCredit;
    public long ChildBenefitWeekly, ChildBenefit;
    public long GuaranteeCreditWeekly, SavingsCreditWeekly, PensionCredit;
    public long HousingBenefitWeekly, HousingBenefit;
    public long CouncilTaxReductionWeekly, CouncilTaxReduction;
    /// <summary>Earnings above the floor of a surplus, carried into the next month.</summary>
    public long SurplusEarnings;
    /// <summary>A minimum income floor raised the earnings.</summary>
    public bool FloorApplied;
    /// <summary>Over the capital limit: no Universal Credit at all.</summary>
    public bool TooMuchCapital;
    /// <summary>Under 18 with none of the exceptions: no Universal Credit at all.</summary>
    public bool TooYoung;
}
