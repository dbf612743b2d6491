using System.Collections.Immutable;

namespace AnyDoor.Entitlements;

public enum Nation { England, Wales, Scotland, NorthernIreland }

/// <summary>What somebody is in the household that claims.</summary>
public enum Role
{
    Claimant,
    /// <summary>Lives with the claimant as a couple.</summary>
    Partner,
    /// <summary>A child or young person the claimant or partner is responsible for.</summary>
    Child,
    /// <summary>Another adult who lives there: a grown-up child, a parent, a friend.</summary>
    NonDependant,
}

public enum Sex { Female, Male }

/// <summary>Rates of a component; which can be had depends on the benefit.</summary>
public enum Component { None, Lowest, Standard, Enhanced }

/// <summary>How often pay comes, which decides the threshold of National Insurance for each payslip.</summary>
public enum PayEvery { Month, FourWeeks, TwoWeeks, Week }

/// <summary>One pay day. Pence. Tax and National Insurance not told are worked out (PAYE, code 1257L, cumulative; Class 1).</summary>
public sealed record Payslip(DateOnly Day, long Gross, long? IncomeTax = null, long? NationalInsurance = null, long PensionContributions = 0);

/// <summary>Work on one's own account.</summary>
public sealed record SelfEmployment
{
    /// <summary>Profit after expenses, pence a year; null: not answered.</summary>
    public long? ProfitYear { get; init; }

    /// <summary>The job centre takes it as the main work ("gainful"); only then is there a minimum income floor.</summary>
    public bool Gainful { get; init; } = true;

    /// <summary>When the start-up period began; it lasts twelve assessment months. Null: none.</summary>
    public DateOnly? StartUpFrom { get; init; }

    /// <summary>Hours a week of work expected, when the work coach agreed fewer than 35; null: the law's 35.</summary>
    public int? ExpectedHours { get; init; }
}

/// <summary>A person of the household. Money in pence. A null where a value may be null means "not answered", and makes a range; other values stand for what most people have: nothing.</summary>
public sealed record Person
{
    /// <summary>Any text of yours that is unique in the household; it comes back in the working. Names are not needed.</summary>
    public required string Id { get; init; }
    public required Role Role { get; init; }
    public required DateOnly DateOfBirth { get; init; }

    /// <summary>Only decides Savings Credit for those born from 6 April 1951 to 5 April 1953.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Gross pay that is the same all year, pence a year; null: not answered. Left aside when there are <see cref="Payslips"/>.</summary>
    public long? PayYear { get; init; } = 0;

    /// <summary>Pay by pay day, for pay that is not even: each counts in the assessment month its day falls in (Universal Credit Regulations 2013 reg. 54).</summary>
    public ImmutableArray<Payslip> Payslips { get; init; } = [];
    public PayEvery PaidEvery { get; init; }

    public SelfEmployment? SelfEmployment { get; init; }

    /// <summary>Paid into a pension from gross pay ("net pay arrangement"), pence a year.</summary>
    public long PensionContributionsYear { get; init; }
    public long PrivatePensionYear { get; init; }
    /// <summary>State Pension in payment, pence a year; null: not answered, which counts only from pension age.</summary>
    public long? StatePensionYear { get; init; } = 0;
    /// <summary>Other taxable income that benefits count in full, pence a year.</summary>
    public long OtherIncomeYear { get; init; }
    /// <summary>New-style Jobseeker's Allowance or Employment and Support Allowance, pence a year, beside <see cref="OtherIncomeYear"/>: taxable, counted in full, and counted against the benefit cap (Welfare Reform Act 2012 s. 96(10)).</summary>
    public long NewStyleBenefitsYear { get; init; }

    public Component PipDailyLiving { get; init; }
    public Component PipMobility { get; init; }
    /// <summary>Lowest, Standard (the middle rate) or Enhanced (the highest).</summary>
    public Component DlaCare { get; init; }
    /// <summary>Lowest (the lower rate) or Enhanced (the higher).</summary>
    public Component DlaMobility { get; init; }
    /// <summary>Standard (the lower rate) or Enhanced (the higher).</summary>
    public Component AttendanceAllowance { get; init; }
    /// <summary>Certified blind or severely sight impaired; gives the Blind Person's Allowance of Income Tax.</summary>
    public bool Blind { get; init; }

    /// <summary>Assessed as having limited capability for work and work-related activity; null: not known yet, may be.</summary>
    public bool? LimitedCapabilityActivity { get; init; } = false;
    public bool LimitedCapability { get; init; }
    /// <summary>Keeps the higher rate from April 2026: entitled before 6 April 2026, severe conditions or terminal illness; null: not known.</summary>
    public bool? ProtectedRate { get; init; } = false;

    /// <summary>Hours of care a week for somebody who gets a benefit for care.</summary>
    public int CareHours { get; init; }
    public bool ClaimsCarersAllowance { get; init; }
    public bool CaredForByPaidCarer { get; init; }
    public bool MainCarer { get; init; }
    public bool Pregnant { get; init; }

    /// <summary>In school, college or training that counts; matters from 16.</summary>
    public bool InEducation { get; init; }
    /// <summary>Registered childcare for this child, pence a year; null: not answered.</summary>
    public long? ChildcareYear { get; init; } = 0;
    /// <summary>An exception to the two-child limit applies.</summary>
    public bool LimitException { get; init; }
    /// <summary>Gets free school meals already, and keeps them by the protection to the end of the 2025/26 school year.</summary>
    public bool GetsFreeSchoolMeals { get; init; }

    /// <summary>A non-dependant for whom no benefit makes a deduction: on Pension Credit, in prison, or away with the forces. Benefits for care and Carer's Allowance are told by their own answers.</summary>
    public bool NoDeduction { get; init; }
    /// <summary>A non-dependant on a means-tested benefit who does not work.</summary>
    public bool MeansTestedNoWork { get; init; }
}

/// <summary>The home. Money in pence; a null means "not answered".</summary>
public sealed record Home
{
    public Tenure Tenure { get; init; }
    public bool London { get; init; }
    /// <summary>Eligible rent, pence a year.</summary>
    public long? RentYear { get; init; } = 0;
    /// <summary>Local Housing Allowance for the household's size, pence a week; for private tenants. Null: worked out of the month's, or not answered.</summary>
    public long? LocalHousingAllowanceWeek { get; init; }
    /// <summary>The same by the month, as rent officers set it for Universal Credit. Null: worked out of the week's, or not answered.</summary>
    public long? LocalHousingAllowanceMonth { get; init; }
    /// <summary>Bedrooms of a social tenant's home; null: the bedroom rule is not looked at, and said so.</summary>
    public int? Bedrooms { get; init; }
    /// <summary>The Council Tax bill, pence a year.</summary>
    public long? CouncilTaxYear { get; init; } = 0;
    /// <summary>GSS code of the authority that sends the Council Tax bill, like <c>E07000011</c>: its own working-age scheme of the day is used, where one is held. Null: not known.</summary>
    public string? BillingDistrict { get; init; }
    /// <summary>The key of a working-age Council Tax Reduction scheme, in place of the authority's; null: the authority's.</summary>
    public string? CouncilTaxScheme { get; init; }
}

/// <summary>A household on a day, or over a run of months. Immutable: <c>situation with { … }</c> is the way to ask "what if".</summary>
public sealed record Situation
{
    public Nation Nation { get; init; }
    public required ImmutableArray<Person> People { get; init; }
    public Home Home { get; init; } = new();
    /// <summary>Capital that counts, of the claimant and partner, pence; null: not answered.</summary>
    public long? Savings { get; init; } = 0;
    /// <summary>The last day of the nine months without benefit cap after a year in work; null: none.</summary>
    public DateOnly? GraceUntil { get; init; }
    /// <summary>Surplus earnings from before the first month, pence.</summary>
    public long SurplusEarnings { get; init; }
    /// <summary>Deductions asked from Universal Credit for advances and debts, pence a month.</summary>
    public long DeductionsMonth { get; init; }

    /// <summary>The same with one person changed.</summary>
    public Situation With(string id, Func<Person, Person> change) => this with { People = [.. People.Select(p => p.Id == id ? change(p) : p)] };

    /// <summary>What keeps this from being worked out, each a sentence. Empty: nothing.</summary>
    public ImmutableArray<string> Problems()
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        void If(bool wrong, string sentence)
        {
            if (wrong) problems.Add(sentence);
        }
        if (Nation != Nation.England) problems.Add($"{(Nation == Nation.NorthernIreland ? "Northern Ireland" : Nation)} has rules of its own. This works out England only.");
        If(People.IsDefaultOrEmpty || People.Count(p => p.Role == Role.Claimant) != 1, "There must be exactly one claimant.");
        if (People.IsDefaultOrEmpty) return problems.ToImmutable();
        If(People.Count(p => p.Role == Role.Partner) > 1, "There can be one partner at most.");
        If(People.Count(p => p.Role == Role.Child) > PackedHousehold.MostChildren, $"At most {PackedHousehold.MostChildren} children can be worked out.");
        If(People.Count(p => p.Role == Role.NonDependant) > PackedHousehold.MostNonDependants, $"At most {PackedHousehold.MostNonDependants} other adults can be worked out.");
        If(People.Select(p => p.Id).Distinct(StringComparer.Ordinal).Count() != People.Length, "Two people have the same id.");
        If(People.Any(p => p.DateOfBirth.Year < 1900), "A date of birth is before 1900.");
        If(People.SelectMany(Amounts).Concat([Home.RentYear ?? 0, Home.LocalHousingAllowanceWeek ?? 0, Home.LocalHousingAllowanceMonth ?? 0, Home.CouncilTaxYear ?? 0, Savings ?? 0, DeductionsMonth, SurplusEarnings]).Any(a => a is < 0 or > 1_000_000_000), "An amount of money is below nothing or above £10 million.");
        If(People.Where(p => p.Role == Role.Child).Sum(p => p.ChildcareYear ?? 0) > 1_000_000_000, "The childcare of all children together is above £10 million.");
        return problems.ToImmutable();
    }

    private static IEnumerable<long> Amounts(Person p) => p.Payslips.Select(s => s.Gross).Concat([p.PayYear ?? 0, p.SelfEmployment?.ProfitYear ?? 0, p.PensionContributionsYear, p.PrivatePensionYear, p.StatePensionYear ?? 0, p.OtherIncomeYear, p.NewStyleBenefitsYear, p.ChildcareYear ?? 0]);
}
