namespace AnyDoor.Entitlements.Rules;

/// <summary>What Universal Credit pays towards the rent (Universal Credit Regulations 2013 reg. 25 and 26, Sch. 4). Monthly pence.</summary>
internal static partial class UniversalCredit
{
    /// <summary>
    /// Regulation 25 and 26 and Schedule 4: the rent of a social tenant less the bedroom rule; the lower of rent and Local Housing Allowance for a private one; nothing towards a mortgage.
    /// A contribution for each non-dependant of 21 or over, unless the claimant or partner gets a disability benefit for care or is blind (Sch. 4 para. 15).
    /// </summary>
    private static void Housing<T>(in PackedHousehold h, Period p, ref MonthFigures f, ref T t) where T : struct, ITracer
    {
        f.Housing = f.NonDependantDeductions = 0;
        if (!h.Rents || h.Rent <= 0) return;
        if (T.On) t.Open(Rule.HousingElement, How.SumNotBelowNil);
        var rent = EligibleRent(h, p, ref t);
        var deductions = 0L;
        if (h.NonDependantCount > 0 && !Spared(h.Claimant) && !(h.IsCouple && Spared(h.Partner)))
        {
            var number = 0;
            for (var i = 0; i < h.NonDependantCount; i++)
                if (!h.NonDependants[i].Is(NonDependantFlags.NoDeduction | NonDependantFlags.CareBenefit | NonDependantFlags.CarersAllowance) && p.Reached(h.NonDependants[i].Born, (int)p[RateId.UcNonDependantDeductionAge])) number++;
            deductions = number * p[RateId.UcNonDependantDeduction];
            if (T.On && number > 0)
            {
                t.Open(Rule.NonDependantDeductions, How.Times, less: true);
                t.Rate(RateId.UcNonDependantDeduction, p[RateId.UcNonDependantDeduction]);
                t.Count(Rule.Number, number);
                t.Close(deductions);
            }
        }
        f.Housing = Math.Max(0, rent - deductions);
        f.NonDependantDeductions = rent - f.Housing;
        if (T.On) t.Close(f.Housing);

        static bool Spared(in PackedAdult a) => a.Is(AdultFlags.DisabilityCare | AdultFlags.Blind);
    }

    private static long EligibleRent<T>(in PackedHousehold h, Period p, ref T t) where T : struct, ITracer
    {
        var rent = Sums.YearToMonth(h.Rent);
        if (h.Tenure == Tenure.PrivateTenant)
        {
            // Rent officers set it by the month; a week's is what Housing Benefit uses.
            var most = (long)h.LocalHousingAllowanceMonth;
            if (T.On)
            {
                t.Open(Rule.RentUpToAllowance, How.Least);
                RentMonth(h, rent, ref t);
                t.Open(Rule.LocalHousingAllowance, How.Sum);
                t.Answer(Answer.LocalHousingAllowanceMonth, most);
                t.Close(most);
                t.Close(Math.Min(rent, most));
            }
            return Math.Min(rent, most);
        }
        if (h.SpareBedrooms == 0)
        {
            if (T.On) RentMonth(h, rent, ref t);
            return rent;
        }
        var rate = h.SpareBedrooms == 1 ? RateId.UcBedroomOneSpare : RateId.UcBedroomTwoOrMoreSpare;
        var cut = Sums.Share(rent, p[rate]);
        if (T.On)
        {
            t.Open(Rule.RentAfterBedroomRule, How.Sum);
            RentMonth(h, rent, ref t);
            t.Open(Rule.BedroomRule, How.Share, less: true);
            RentMonth(h, rent, ref t);
            t.Rate(rate, p[rate]);
            t.Close(cut);
            t.Close(rent - cut);
        }
        return rent - cut;
    }

    private static void RentMonth<T>(in PackedHousehold h, long month, ref T t) where T : struct, ITracer
    {
        t.Open(Rule.RentMonth, How.YearToMonth);
        t.Answer(Answer.RentYear, h.Rent);
        t.Close(month);
    }
}
