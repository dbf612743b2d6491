using AnyDoor.Entitlements.Rules;

namespace AnyDoor.Entitlements.Cohorts;

/// <summary>Why a household could have a benefit, in words that it knows itself by: who lives there, rent, pay, pensions. Only what the benefit was worked out from; never illness, disability or care.</summary>
internal sealed class Reasons
{
    private static readonly string[] Numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private readonly PackedHousehold _h;
    private readonly AssessmentYear _year;
    private readonly YearFigures _y;

    public Reasons(in PackedHousehold household, AssessmentYear year)
    {
        (_h, _year) = (household, year);
        try
        {
            WholeYear.Run(_h, year, ref _y);
        }
        catch (RateNotKnownException)
        {
            WholeYear.Run(_h, year, ref _y, meansTested: false);
        }
    }

    /// <summary>"a couple with two children, rent of £150 a week and pay of £900 a month".</summary>
    public string For(Received benefit)
    {
        var facts = new List<string> { Who(benefit == Received.ChildBenefit) };
        if (benefit == Received.ChildBenefit) return _y.ChildBenefitCharge > 0 ? $"{facts[0]}; the charge on a high income is taken off" : facts[0];
        if (benefit == Received.UniversalCredit ? _y.FirstMonth.Housing > 0 : benefit == Received.HousingBenefit) facts.Add($"rent of {Pounds(Sums.YearToWeek(_h.Rent))} a week");
        if (benefit == Received.CouncilTaxReduction) facts.Add($"Council Tax of {Pounds(Sums.YearToWeek(_h.CouncilTax))} a week");
        if (benefit == Received.UniversalCredit && _y.FirstMonth.ChildcareElement > 0) facts.Add($"childcare of {Pounds(Sums.YearToMonth(_h.Childcare))} a month");
        Sum("pensions", (long)_h.Claimant.PrivatePension + _h.Claimant.StatePension + _h.Partner.PrivatePension + _h.Partner.StatePension);
        Sum("pay", (long)_h.Claimant.Pay + _h.Partner.Pay);
        Sum("profit from own work", (long)_h.Claimant.Profit + _h.Partner.Profit);
        if (benefit == Received.UniversalCredit && (long)_h.Claimant.Pay + _h.Claimant.Profit + _h.Partner.Pay + _h.Partner.Profit == 0) facts.Add("no pay");
        if (_h.Savings > _year.First[_y.FirstMonth.PensionAge ? RateId.PensionCreditCapitalLowerLimit : RateId.UcCapitalLowerLimit]) facts.Add($"savings of {Pounds(_h.Savings)}");
        return facts.Count == 1 ? facts[0] : $"{string.Join(", ", facts.SkipLast(1))} and {facts[^1]}";

        void Sum(string of, long year)
        {
            if (year > 0) facts.Add($"{of} of {Pounds(Sums.YearToMonth(year))} a month");
        }
    }

    private string Who(bool childBenefit)
    {
        var children = 0;
        for (var i = 0; i < _h.ChildCount; i++)
            if (childBenefit ? Ages.ForChildBenefit(_h.Children[i], _year.First) || Ages.ForChildBenefit(_h.Children[i], _year.Last) : Ages.Counts(_h.Children[i], _year.First) || Ages.Counts(_h.Children[i], _year.Last)) children++;
        var adults = (_h.IsCouple, _y.FirstMonth.PensionAge) switch { (true, true) => "a couple of pension age", (true, _) => "a couple", (_, true) => "one person of pension age", _ => "one adult" };
        return children == 0 ? adults : $"{adults} with {Numbers[children]} {(children == 1 ? "child" : "children")}";
    }

    private static string Pounds(long pence) => Words.Pounds((pence + 50) / 100 * 100);
}
