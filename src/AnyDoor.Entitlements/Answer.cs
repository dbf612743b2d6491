namespace AnyDoor.Entitlements;

/// <summary>An answer of the household that a step used.</summary>
public enum Answer
{
    PayYear,
    PayMonth,
    ProfitYear,
    ProfitMonth,
    PensionContributions,
    IncomeTaxOnEarnings,
    NationalInsuranceOnEarnings,
    IncomeTaxOnPensions,
    PrivatePensionYear,
    StatePensionYear,
    OtherIncomeYear,
    NewStyleBenefitsYear,
    Savings,
    RentYear,
    LocalHousingAllowanceWeek,
    LocalHousingAllowanceMonth,
    ChildcareYear,
    CouncilTaxYear,
}

/// <summary>The words of each answer.</summary>
public static class AnswerBook
{
    public static string Title(Answer answer) => answer switch
    {
        Answer.PayYear => "Pay before tax in a year",
        Answer.PayMonth => "Pay before tax in the month",
        Answer.ProfitYear => "Profit from self-employment in a year",
        Answer.ProfitMonth => "Profit from self-employment in the month",
        Answer.PensionContributions => "Paid into a pension",
        Answer.IncomeTaxOnEarnings => "Income Tax on it",
        Answer.NationalInsuranceOnEarnings => "National Insurance on it",
        Answer.IncomeTaxOnPensions => "Income Tax on it",
        Answer.PrivatePensionYear => "Private pension in a year",
        Answer.StatePensionYear => "State Pension in a year",
        Answer.OtherIncomeYear => "Other income in a year",
        Answer.NewStyleBenefitsYear => "New-style Jobseeker’s Allowance or Employment and Support Allowance in a year",
        Answer.Savings => "Savings",
        Answer.RentYear => "Rent in a year",
        Answer.LocalHousingAllowanceWeek => "Local Housing Allowance in a week",
        Answer.LocalHousingAllowanceMonth => "Local Housing Allowance in a month",
        Answer.ChildcareYear => "Childcare in a year",
        _ => "Council Tax in a year",
    };
}
