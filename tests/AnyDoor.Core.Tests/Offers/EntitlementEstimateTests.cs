using System.Text.Json;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Entitlements;
using AnyDoor.Households;
using AnyDoor.Offers;
using AnyDoor.Tests;
using Answer = AnyDoor.Conversations.Answer;

namespace AnyDoor.Core.Tests.Offers;

/// <summary>What was told in a conversation, as the entitlement engine reads it, and the lines of the offer that come of it.</summary>
public sealed class EntitlementEstimateTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc);
    private static readonly Guid Leanne = new(1, 0, 0, new byte[8]), Darren = new(2, 0, 0, new byte[8]), Home = new(3, 0, 0, new byte[8]);

    /// <summary>The papers' Persona 1 of today: a couple on Universal Credit, three children, a housing association's rent.</summary>
    private static readonly Occupant[] Family =
    [
        new(Leanne, "Leanne", MemberRole.Applicant, new DateOnly(1990, 3, 14)), new(Darren, "Darren", MemberRole.Partner, new DateOnly(1988, 7, 9)),
        new(new Guid(4, 0, 0, new byte[8]), "Maisie", MemberRole.Child, new DateOnly(2015, 5, 1)), new(new Guid(5, 0, 0, new byte[8]), "Kai", MemberRole.Child, new DateOnly(2017, 9, 1)), new(new Guid(6, 0, 0, new byte[8]), "Poppy", MemberRole.Child, new DateOnly(2019, 9, 1)),
    ];

    private static readonly (string Fact, object Value, Guid? About)[] Told =
    [
        ("income.employment", "zero-hours", Darren), ("income.pay_monthly_pence", 110153, Darren), ("income.hours_weekly", 20, Darren), ("income.employment", "caring", Leanne),
        ("home.tenure", "housing-association", null), ("home.rent_monthly_pence", 54167, null), ("home.council_tax_annual_pence", 150000, null), ("savings.over_6000", "no", null),
        ("benefits.list", new[] { "universal-credit", "child-benefit" }, null), ("benefits.universal_credit_monthly_pence", 136952, null),
    ];

    private static EntitlementEstimate Estimate(IEnumerable<(string Fact, object Value, Guid? About)> told, IReadOnlyList<Occupant>? people = null, int? size = null, LocalRates? rates = null, HomePlace? place = null) => EntitlementEstimate.Of(Circumstances.Of(people ?? Family, size,
        [.. told.Select(t => new Answer { Id = Guid.NewGuid(), HouseholdId = Home, PersonId = Leanne, About = t.About == Leanne ? null : t.About, Fact = t.Fact, Value = JsonSerializer.Serialize(t.Value), Origin = "conversation", At = Now.AddMinutes(-5) })], Now, rates, place), LondonTime.DayOf(Now));

    private static IEnumerable<(string Fact, object Value, Guid? About)> Without(params string[] facts) => Told.Where(t => !facts.Contains(t.Fact));

    [Fact]
    [Requirement("R-INC-01")]
    public void TheFamilyOfThePapers_Today_IsOwedTheDifference_ToThePenny_AndItIsExplained()
    {
        var estimate = Estimate(Told);

        estimate.Refusal.ShouldBeNull();
        estimate[Benefit.UniversalCredit]!.Amount.ShouldBe(new PenceRange(180573, 180573));
        estimate[Benefit.UniversalCredit]!.Lowest.Working!.AddsUp().ShouldBeTrue();
        estimate.ToLiveOn.ShouldBe(new PenceRange(316448, 316448));
        var line = estimate.Lines().Single(l => l.Id == "universal-credit-change");
        (line.FromMonthly, line.ToMonthly).ShouldBe((new Money(43621), new Money(43621)));
        line.Why.ShouldBe("They get £1,369.52 a month; by what they told it would be £1,805.73. That is before anything is taken off or paid straight to the landlord: ask how much is.");
        line.RestsOn!.ShouldContain("2026/27 rates");
        estimate.Lines().ShouldNotContain(l => l.Id == "child-benefit", "it is paid");
        estimate.Circumstances.RestsOn.ShouldContain(new Rest("Darren’s pay", "£1,101.53 a month before tax, 20 hours a week", "income.pay_monthly_pence"));
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void APrivateRent_IsARange_UntilTheLocalHousingAllowanceIsTold()
    {
        IEnumerable<(string, object, Guid?)> rented = [.. Without("home.tenure", "home.rent_monthly_pence"), ("home.tenure", "private", null), ("home.rent_monthly_pence", 95000, null)];
        var open = Estimate(rented);
        open[Benefit.UniversalCredit]!.Amount.IsExact.ShouldBeFalse();
        open.Say(open[Benefit.UniversalCredit]!.Unknown).ShouldContain("Local Housing Allowance");

        var told = Estimate([.. rented, ("home.local_housing_allowance_weekly_pence", 15000, null)]);
        // 541.67 of housing became 150.00 x 365 / 84 = 651.79, the lower of it and the rent.
        told[Benefit.UniversalCredit]!.Amount.ShouldBe(new PenceRange(180573 - 54167 + 65179, 180573 - 54167 + 65179));
        told.Circumstances.RestsOn.ShouldContain(new Rest("Local Housing Allowance", "£150.00 a week", "home.local_housing_allowance_weekly_pence"));
        Estimate([.. Told, ("home.local_housing_allowance_weekly_pence", 15000, null)])[Benefit.UniversalCredit]!.Amount.ShouldBe(new PenceRange(180573, 180573), "a social tenant has none");
    }

    /// <summary>SI 2002/1792 Sch. I para. 1: the addition hangs on whether somebody gets Carer's Allowance for them, which nobody asked.</summary>
    [Fact]
    [Requirement("R-INC-01")]
    public void AttendanceAllowance_MayAddToPensionCredit_AndTheRangeSaysSo()
    {
        Occupant[] alone = [new(Leanne, "Callum", MemberRole.Applicant, new DateOnly(1945, 3, 14))];
        (string, object, Guid?)[] told = [("home.tenure", "council", null), ("home.rent_monthly_pence", 45000, null), ("home.council_tax_annual_pence", 100000, null), ("income.pension_monthly_pence", 90000, Leanne), ("savings.over_6000", "no", null), ("income.employment", "retired", Leanne)];
        var without = Estimate([.. told, ("benefits.list", new[] { "state-pension" }, null)], alone)[Benefit.PensionCredit]!.Amount;
        var with = Estimate([.. told, ("benefits.list", new[] { "state-pension", "attendance-allowance" }, null)], alone);

        without.IsExact.ShouldBeTrue();
        with[Benefit.PensionCredit]!.Amount.Low.ShouldBe(without.Low);
        // £86.05 a week more.
        with[Benefit.PensionCredit]!.Amount.High.ShouldBeInRange(without.Low + 37286, without.Low + 37290);
        with.Circumstances.Assumed.ShouldContain(a => a.Contains("Carer’s Allowance for looking after them", StringComparison.Ordinal));
    }

    /// <summary>Universal Credit Regulations 2013 reg. 82(2).</summary>
    [Fact]
    [Requirement("R-INC-01")]
    public void TheCap_IsNotTakenAsCertain_WhileNobodyAskedForTheYearBefore()
    {
        var capped = Estimate([.. Without("income.pay_monthly_pence", "income.hours_weekly"), ("income.pay_monthly_pence", 60000, Darren), ("income.hours_weekly", 11, Darren)]);

        var amount = capped[Benefit.UniversalCredit]!.Amount;
        (amount.High - amount.Low).ShouldBe(capped.Months.Max(m => m.Lowest.TakenByCap));
        (amount.High - amount.Low).ShouldBeGreaterThan(0);
        capped.Circumstances.Assumed.ShouldContain(a => a.Contains("nine months", StringComparison.Ordinal));
        Estimate(Told).Circumstances.Assumed.ShouldNotContain(a => a.Contains("nine months", StringComparison.Ordinal), "no cap, no question");
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void WhatComesInForTheWholeHomeInAYear_IsTheMostThatPayCanBe()
    {
        Occupant[] family = [Family[0], Family[2]];
        IEnumerable<(string, object, Guid?)> told = [("home.tenure", "housing-association", null), ("home.rent_monthly_pence", 54167, null), ("home.council_tax_annual_pence", 150000, null), ("savings.over_6000", "no", null), ("benefits.list", new[] { "none" }, null)];
        var (open, yearly) = (Estimate(told, family), Estimate([.. told, ("income.annual_pence", 1320000, null)], family));

        yearly[Benefit.UniversalCredit]!.Amount.Low.ShouldBeGreaterThan(open[Benefit.UniversalCredit]!.Amount.Low, "13,200 a year leaves more than 30,000");
        yearly[Benefit.UniversalCredit]!.Amount.High.ShouldBe(open[Benefit.UniversalCredit]!.Amount.High);
        yearly.Circumstances.RestsOn.ShouldContain(new Rest("The whole home", "£13,200.00 a year before tax", "income.annual_pence"));
    }

    /// <summary>The requirement's own example: a family on Universal Credit with pay that changes.</summary>
    [Fact]
    [Requirement("R-INC-01")]
    public void PayThatChanges_MakesARange_AndSaysWhy()
    {
        var estimate = Estimate([.. Told, ("income.pay_varies", "yes", Darren)]);

        var credit = estimate[Benefit.UniversalCredit]!;
        credit.Amount.IsExact.ShouldBeFalse();
        credit.Amount.Low.ShouldBeLessThan(180573);
        credit.Amount.High.ShouldBeGreaterThanOrEqualTo(180573);
        estimate.Circumstances.Assumed.ShouldContain(a => a.Contains("Darren’s pay changes"));
        estimate.Lines().Single(l => l.Id == "universal-credit-change").Why.ShouldContain(" to £");
    }

    [Theory]
    [InlineData("home.rent_monthly_pence", "How much is the rent?")]
    [InlineData("savings.over_6000", "How much is in savings?")]
    [InlineData("income.employment", "Leanne: how much is the pay?")]
    public void AnAnswerThatIsMissing_MakesARange_AndIsAskedFor(string fact, string question)
    {
        var estimate = Estimate(Without(fact));

        var credit = estimate[Benefit.UniversalCredit]!;
        credit.Amount.IsExact.ShouldBeFalse();
        estimate.Say(credit.Unknown).ShouldContain(question);
    }

    [Fact]
    public void SavingsBetweenTheTwoLines_CountAtBothEnds()
    {
        var estimate = Estimate([.. Without("savings.over_6000"), ("savings.over_6000", "yes", null), ("savings.over_16000", "no", null)]);

        // £1 of income counts for each £250 above £6,000, or part of one: £4.35 at the lower end, £174 at the upper.
        estimate[Benefit.UniversalCredit]!.Amount.ShouldBe(new PenceRange(180573 - 17400, 180573 - 435));
    }

    [Fact]
    public void TooMuchSaved_IsNoLineOfMoney_ButAReasonUnderWhatWasLookedAt()
    {
        var estimate = Estimate([.. Without("savings.over_6000", "benefits.list", "benefits.universal_credit_monthly_pence"), ("savings.over_16000", "yes", null), ("benefits.list", new[] { "none" }, null)]);

        var line = estimate.Lines().Single(l => l.Id == "universal-credit");
        line.NotDue.ShouldBeTrue();
        line.FromMonthly.ShouldBeNull();
        var offer = Offer.Compose(new OfferSnapshot { At = Now, Hub = new HubLine("0345", "9am to 5pm"), Entitlements = estimate.Lines() });
        offer[OfferGroupKind.LookedAt].Lines.ShouldContain(l => l.Id == "entitlement:universal-credit" && l.Why == line.Why);
        offer[OfferGroupKind.MoneyEveryMonth].Lines.ShouldNotContain(l => l.Id == "entitlement:universal-credit");
    }

    [Fact]
    public void NotClaimedYet_TheOfferCountsWhatCouldBeClaimed_AndItsWorkingOpens()
    {
        var estimate = Estimate([.. Without("benefits.list", "benefits.universal_credit_monthly_pence"), ("benefits.list", new[] { "none" }, null)]);

        var offer = Offer.Compose(new OfferSnapshot { At = Now, Hub = new HubLine("0345", "9am to 5pm"), Entitlements = estimate.Lines() });

        var money = offer[OfferGroupKind.MoneyEveryMonth].Lines;
        money.Single(l => l.Id == "entitlement:universal-credit").ShouldSatisfyAllConditions(l => l.Worth.ShouldBe("£1,805.73 a month, estimate"), l => l.HasWorking.ShouldBeTrue());
        money.Single(l => l.Id == "entitlement:child-benefit").Amount.ShouldBe(new Money(27235));
        (offer.Sums.MonthlyFrom, offer.Sums.MonthlyTo).ShouldBe((new Money(180573 + 27235), new Money(180573 + 27235)));
        money[0].Id.ShouldBe("entitlement:benefits-check", "the income check stands first");
    }

    [Theory]
    [InlineData("immigration.public_funds_condition", "yes", "no public funds")]
    [InlineData("household.partner", "yes", "partner")]
    public void WhatWouldMislead_IsNotWorkedOut_AndSaysWhatIsNeeded(string fact, string value, string why)
    {
        var alone = Estimate([.. Told, (fact, value, null)], [Family[0]]);

        alone.Refusal!.ShouldContain(why);
        alone.Lines().ShouldBeEmpty();
    }

    [Fact]
    public void WhoIsNotKnownByAge_IsWrittenDownFirst()
    {
        Estimate(Told, Family, size: 7).Refusal.ShouldBe("7 live there and 5 are known by name and age. Write the others down first.");
        Estimate(Told, [Family[0], Family[2] with { DateOfBirth = null }]).Refusal.ShouldBe("When Maisie was born is not known.");
        Estimate(Told, [Family[0], Family[2] with { DateOfBirth = null, BirthYear = 2015 }]).Circumstances.Assumed.ShouldContain("Maisie’s birthday is not known: taken as 1 July 2015.");
    }

    [Fact]
    public void HealthThatLimitsWork_StaysOpen_UntilItIsAssessed()
    {
        var estimate = Estimate([.. Told, ("health.work_limited", "yes", Leanne)]);

        estimate[Benefit.UniversalCredit]!.Amount.ShouldBe(new PenceRange(180573, 180573 + 42980), "at the highest an award from before 6 April 2026");
        estimate.Say(estimate[Benefit.UniversalCredit]!.Unknown).ShouldContain("Leanne: is health keeping them from work");
    }

    /// <summary>What was told long ago is asked again, and is not counted till then.</summary>
    [Fact]
    public void AnswersOfAnotherPerson_AndStaleOnes_DoNotMixIn()
    {
        var answers = Told.Select(t => new Answer { Id = Guid.NewGuid(), HouseholdId = Home, PersonId = Leanne, About = t.About == Leanne ? null : t.About, Fact = t.Fact, Value = JsonSerializer.Serialize(t.Value), Origin = "conversation", At = Now.AddYears(-3) });

        var estimate = EntitlementEstimate.Of(Circumstances.Of(Family, null, [.. answers], Now), LondonTime.DayOf(Now));

        estimate.Circumstances.RestsOn.ShouldNotContain(r => r.What == "Darren’s pay");
        estimate[Benefit.UniversalCredit]!.Amount.IsExact.ShouldBeFalse();
    }

    private static readonly Occupant[] Alone = [new(Leanne, "Callum", MemberRole.Applicant, new DateOnly(1985, 4, 3))];
    private static readonly Occupant[] Older = [new(Leanne, "Callum", MemberRole.Applicant, new DateOnly(1950, 4, 3))];
    private static readonly (string Fact, object Value, Guid? About)[] Council = [("home.tenure", "council", null), ("home.rent_monthly_pence", 45000, null), ("home.council_tax_annual_pence", 100000, null), ("savings.over_6000", "no", null)];

    /// <summary>Social Security Contributions and Benefits Act 1992 s. 70; State Pension Credit Regulations 2002 Sch. I para. 4: what is not claimed yet is the very thing to be told.</summary>
    [Fact]
    [Requirement("R-INC-01")]
    public void ACarerWhoHasNotClaimed_IsToldToClaim_AndWhatItMakesOfTheWhole()
    {
        (string, object, Guid?)[] cares = [("carer.looks_after_anyone", "yes", Leanne), ("carer.hours_weekly", 40, Leanne), ("carer.they_get_care_benefit", "yes", Leanne), ("benefits.list", new[] { "none" }, null)];
        var young = Estimate([.. Council, .. cares, ("income.employment", "caring", Leanne)], Alone);
        young[Benefit.UniversalCredit]!.Amount.IsExact.ShouldBeTrue();
        young[Benefit.CarersAllowance]!.Amount.ShouldBe(new PenceRange(37462, 37462), "86.45 x 52 / 12");
        var line = young.Lines().Single(l => l.Id == "carers-allowance");
        line.NotDue.ShouldBeFalse();
        line.FromMonthly.ShouldBeNull();
        line.Why.ShouldBe("It would be £374.62 a month, and Universal Credit falls by as much: no more in all, but it also counts for a pension. Check first what the person looked after gets: it can end an addition of theirs.");

        // The State Pension is more than Carer's Allowance, so only the claim is worth something: 48.15 x 52 / 12.
        var old = Estimate([.. Council, .. cares, ("income.employment", "retired", Leanne), ("income.pension_monthly_pence", 90000, Leanne)], Older);
        old[Benefit.CarersAllowance]!.Amount.High.ShouldBe(0);
        var claim = old.Lines().Single(l => l.Id == "carers-allowance");
        claim.NotDue.ShouldBeFalse();
        claim.FromMonthly!.Value.Pence.ShouldBeInRange(20864, 20866);
        claim.Why.ShouldStartWith("The State Pension is more, so nothing is paid of it. Claim it all the same");
        old.Lines().Single(l => l.Id == "pension-credit").FromMonthly!.Value.Pence.ShouldBeInRange(13132, 13136);
        old.Lines().ShouldContain(l => l.Id == "housing-benefit" && l.FromMonthly != null);
        old.Lines().ShouldContain(l => l.Id == "council-tax-reduction" && l.FromMonthly != null);
        old.Lines().Single(l => l.Id == "universal-credit").NotDue.ShouldBeTrue();

        Estimate([.. Council, .. cares.Where(c => c.Item1 != "carer.they_get_care_benefit"), ("income.employment", "caring", Leanne)], Alone)[Benefit.UniversalCredit]!.Amount.IsExact.ShouldBeFalse("nobody asked whether the other person gets a benefit for care");
        Estimate([.. Council, .. cares.Where(c => c.Item1 != "carer.they_get_care_benefit"), ("carer.they_get_care_benefit", "no", Leanne), ("income.employment", "caring", Leanne)], Alone).Lines().Single(l => l.Id == "carers-allowance").NotDue.ShouldBeTrue();
        Estimate([.. Council, ("income.employment", "caring", Leanne), ("benefits.list", new[] { "carers-allowance" }, null)], Alone).Circumstances.Assumed.ShouldContain("Carer’s Allowance is paid: taken as Callum’s, for 35 hours a week.");
    }

    /// <summary>Welfare Reform Act 2012 s. 4(1)(d); Universal Credit Regulations 2013 regs. 12 to 14.</summary>
    [Fact]
    [Requirement("R-INC-01")]
    public void AStudent_IsNeverToldAnExactSum()
    {
        var alone = Estimate([.. Council, ("income.employment", "studying", Leanne)], Alone);
        alone[Benefit.UniversalCredit]!.ShouldSatisfyAllConditions(u => u.Amount.Low.ShouldBe(0), u => u.Amount.High.ShouldBeGreaterThan(0), u => u.Standing.ShouldBe(Standing.Depends));
        alone.ToLiveOn.Low.ShouldBe(0);
        alone.Lines().Single(l => l.Id == "universal-credit").Why.ShouldStartWith("Callum studies: most full-time students cannot get Universal Credit.");
        Estimate([.. Without("income.employment"), ("income.employment", "studying", Leanne)]).Circumstances.CreditHangsOn.ShouldNotBeNull().ShouldContain("student loan or grant takes from Universal Credit");
    }

    /// <summary>Universal Credit Regulations 2013 regs. 62 to 64.</summary>
    [Fact]
    [Requirement("R-INC-01")]
    public void OwnWork_HasTheFloor_OnlyWhereItWasTold()
    {
        (string, object, Guid?)[] told = [.. Council, ("income.employment", "self-employed", Leanne), ("income.self_employed_monthly_pence", 30000, Leanne)];
        var open = Estimate(told, Alone);
        open[Benefit.UniversalCredit]!.Amount.ShouldSatisfyAllConditions(a => a.Low.ShouldBe(0), a => a.High.ShouldBeGreaterThan(60000));
        open.Circumstances.Assumed.ShouldContain(a => a.Contains("minimum income floor", StringComparison.Ordinal));
        Estimate([.. told, ("income.minimum_income_floor", "no", Leanne)], Alone)[Benefit.UniversalCredit]!.Amount.ShouldBe(new PenceRange(open[Benefit.UniversalCredit]!.Amount.High, open[Benefit.UniversalCredit]!.Amount.High));
        Estimate([.. told, ("income.minimum_income_floor", "yes", Leanne)], Alone)[Benefit.UniversalCredit]!.Amount.High.ShouldBe(0);
        var well = Estimate([.. Council, ("income.employment", "self-employed", Leanne), ("income.self_employed_monthly_pence", 300000, Leanne)], Alone);
        well.Circumstances.Ways.Length.ShouldBe(1, "what is above the floor is not asked about");
    }

    /// <summary>What is paid is after deductions (SI 2013/380 Sch. 6 and 7); what is worked out is before.</summary>
    [Fact]
    [Requirement("R-INC-04")]
    public void UniversalCreditThatIsPaid_IsComparedBeforeWhatIsTakenOff()
    {
        var unknown = Estimate([.. Told, ("benefits.deductions", "yes", null)]);
        unknown.CreditChange.ShouldBeNull();
        unknown.Lines().Single(l => l.Id == "universal-credit-change").FromMonthly.ShouldBeNull();
        var told = Estimate([.. Told, ("benefits.deductions", "yes", null), ("benefits.universal_credit_deductions_monthly_pence", 40000, null)]);
        told.CreditChange.ShouldBe(new PenceRange(3621, 3621));
        told.Lines().Single(l => l.Id == "universal-credit-change").Why.ShouldBe("They get £1,369.52 a month after £400.00 is taken off, so £1,769.52; by what they told it would be £1,805.73.");
        Estimate([.. Told, ("benefits.deductions", "yes", null), ("benefits.universal_credit_deductions_monthly_pence", 43600, null)]).Lines().ShouldNotContain(l => l.Id == "universal-credit-change");
        Estimate([.. Without("benefits.universal_credit_monthly_pence"), ("benefits.universal_credit_monthly_pence", 250000, null)]).Lines().Single(l => l.Id == "universal-credit-change").Why.ShouldContain("transitional protection");
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void WhatIsTold_IsCounted_OrSaidNotToBe()
    {
        var other = Estimate([.. Told, ("income.other_monthly_pence", 60000, null)]);
        other.Circumstances.RestsOn.ShouldContain(new Rest("Other money", "£600.00 a month, not counted", "income.other_monthly_pence"));
        var pip = Estimate([.. Without("benefits.list"), ("benefits.list", new[] { "universal-credit", "child-benefit", "personal-independence-payment" }, null)]);
        pip.ToLiveOn.High.ShouldBe(Estimate(Told).ToLiveOn.High + pip[Benefit.UniversalCredit]!.Amount.High - Estimate(Told)[Benefit.UniversalCredit]!.Amount.High, "its rate was not asked, so no guess of it is counted");
        pip[Benefit.PersonalIndependencePayment].ShouldBeNull();
        (string, object, Guid?)[] sick = [.. Council, ("income.employment", "not-able", Leanne), ("benefits.list", new[] { "employment-support-allowance-new-style" }, null)];
        Estimate(sick, Alone)[Benefit.UniversalCredit]!.Amount.IsExact.ShouldBeFalse();
        var paid = Estimate([.. sick, ("benefits.esa_new_style_monthly_pence", 40000, null)], Alone)[Benefit.UniversalCredit]!.Amount;
        paid.ShouldBe(new PenceRange(Estimate(sick, Alone)[Benefit.UniversalCredit]!.Amount.High - 40000, Estimate(sick, Alone)[Benefit.UniversalCredit]!.Amount.High - 40000));
        // One bedroom more than a single person needs: 14% of the rent (Universal Credit Regulations 2013 Sch. 4 para. 36).
        (string, object, Guid?)[] rooms = [.. Council, ("income.employment", "looking", Leanne)];
        (Estimate(rooms, Alone)[Benefit.UniversalCredit]!.Amount.Low - Estimate([.. rooms, ("home.bedrooms", 2, null)], Alone)[Benefit.UniversalCredit]!.Amount.Low).ShouldBe(6300);
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void WhatAnotherAdultEarns_LeavesAPensionersHelpWithRentOpen()
    {
        Occupant[] two = [.. Older, new(Darren, "Marcin", MemberRole.Adult, new DateOnly(1990, 1, 1))];
        (string, object, Guid?)[] told = [.. Council, ("income.employment", "retired", Leanne), ("income.pension_monthly_pence", 90000, Leanne)];
        Estimate(told, two)[Benefit.HousingBenefit]!.Amount.IsExact.ShouldBeFalse();
        Estimate([.. told, ("income.employment", "looking", Darren)], two)[Benefit.HousingBenefit]!.Amount.IsExact.ShouldBeTrue();
    }

    private static IEnumerable<(string Fact, object Value, Guid? About)> Privately => [.. Without("home.tenure", "home.rent_monthly_pence", "benefits.list"), ("home.tenure", "private", null), ("home.rent_monthly_pence", 110000, null), ("benefits.list", new[] { "child-benefit" }, null)];

    [Fact]
    [Requirement("R-INC-01")]
    public void TheRentalArea_GivesTheAllowance_AndSaysWhichRateWasUsed()
    {
        var estimate = Estimate([.. Privately, ("home.rental_area", "kings-lynn", null)]);

        // The couple, Maisie who is 11, and two under 10 who share.
        estimate.Circumstances.Allowances.Select(a => (a.Area, a.Size, a.Month)).ShouldBe([("Kings Lynn", AllowanceSize.ThreeBedrooms, 775_00L)]);
        estimate.Circumstances.RestsOn.ShouldContain(r => r.What == "Local Housing Allowance" && r.Value == "Kings Lynn, three bedrooms: £775.00 a month, set 1 April 2024 (second-hand)");
        estimate[Benefit.UniversalCredit]!.Unknown.ShouldNotContain(q => q.Question.Contains("Local Housing Allowance", StringComparison.Ordinal));
        estimate[Benefit.UniversalCredit]!.Lowest.Working!.All().ShouldContain(e => e.Rule == Rule.LocalHousingAllowance && e.Amount == 775_00);
        var told = Estimate([.. Privately, ("home.rental_area", "kings-lynn", null), ("home.local_housing_allowance_weekly_pence", 15000, null)]);
        told.Circumstances.Allowances.ShouldBeEmpty("what was looked up comes first");
    }

    [Fact]
    public void AnOperatorsFiles_LieOverWhatIsShipped_AndABrokenOneIsLeftOut()
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-rates-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "council-tax-schemes-2026.json"), """{"schemes": [{"key": "fenland-2026", "name": "Fenland District Council", "district": "E07000010", "from": "2026-04-01", "kind": "taper", "capital_limit": 16000, "most_share": 0.8, "taper": 0.05}]}""");
            File.WriteAllText(Path.Combine(folder, "england-rates-2027-to-2028.csv"), "BRMA,SAR,1,2,3,4\nPeterborough,350,600,720,830,1100\n");
            File.WriteAllText(Path.Combine(folder, "rental-areas.csv"), "postcode,area\nPE13,Kings Lynn\nPE13 2,Peterborough\n");
            File.WriteAllText(Path.Combine(folder, "local-housing-allowance.json"), "{}");
            var rates = LocalRates.Load(folder);

            rates.Said.ShouldBe(["council-tax-schemes-2026.json: 1 Council Tax Reduction scheme", "england-rates-2027-to-2028.csv: rates of Local Housing Allowance from 1 April 2027", "local-housing-allowance.json was left out: A file of Local Housing Allowance is {\"determinations\": [...]}.", "rental-areas.csv: 2 postcodes"]);
            (rates.AreaOf("PE13 2AB"), rates.AreaOf("pe133zz"), rates.AreaOf("CB1 1AA"), rates.AreaOf(null)).ShouldBe(("Peterborough", "Kings Lynn", null, null));
            rates.Rate("peterborough", AllowanceSize.OneBedroom, new DateOnly(2027, 5, 6))!.Month.ShouldBe(600_00);
            var estimate = Estimate(Privately, rates: rates, place: new HomePlace("E07000010", "PE13 2AB"));
            estimate.Circumstances.RestsOn.ShouldContain(r => r.Value.Contains("Peterborough, three bedrooms: £810.00 a month", StringComparison.Ordinal) && r.Value.EndsWith("by the postcode", StringComparison.Ordinal));
            var line = estimate.Lines().Single(l => l.Id == "council-tax-reduction");
            line.FromMonthly.ShouldNotBeNull();
            line.Why.ShouldContain("By Fenland District Council’s scheme of 2026/27.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void ACouncilsScheme_ThatIsNotHeldOrOver_IsNamed_AndGivesNoSum()
    {
        var fenland = Estimate(Told, place: new HomePlace("E07000010", null)).Lines().Single(l => l.Id == "council-tax-reduction");
        (fenland.FromMonthly, fenland.NotDue, fenland.Hint).ShouldBe((null, false, true));
        fenland.Why.ShouldStartWith("Fenland District Council has a scheme of its own");
        var cambridge = Estimate(Told, place: new HomePlace("E07000008", null)).Lines().Single(l => l.Id == "council-tax-reduction");
        cambridge.FromMonthly.ShouldBeNull("it is the sum of another year");
        cambridge.Why.ShouldContain("scheme of 2023/24");
        // The check stands for whom it is for, and says it.
        Offer Composed(string tenure) => Offer.Compose(new OfferSnapshot { At = Now, Hub = new HubLine("01", "9 to 5"), Entitlements = Estimate(Told, place: new HomePlace("E07000010", null)).Lines(), Facts = AnyDoor.Vocabulary.Facts.None.With([("home.tenure", JsonSerializer.SerializeToElement(tenure)), ("benefits.list", JsonSerializer.SerializeToElement(new[] { "universal-credit" }))]) });
        Composed("housing-association")[OfferGroupKind.MoneyEveryMonth].Lines.Single(l => l.Id == "entitlement:council-tax-reduction").Why.ShouldStartWith("Fenland District Council has a scheme of its own");
        Composed("with-others")[OfferGroupKind.MoneyEveryMonth].Lines.ShouldNotContain(l => l.Id == "entitlement:council-tax-reduction");
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void RatesOfDisabilityBenefits_ThatWereTold_CountAsMoney_AndAreNotGuessed()
    {
        IEnumerable<(string, object, Guid?)> paid = [.. Without("benefits.list"), ("benefits.list", new[] { "universal-credit", "child-benefit", "personal-independence-payment" }, null)];
        var open = Estimate(paid);
        open.Circumstances.Assumed.ShouldContain(a => a.Contains("its rate was not asked", StringComparison.Ordinal));
        open[Benefit.PersonalIndependencePayment].ShouldBeNull();
        var told = Estimate([.. paid, ("benefits.pip_daily_living", "none", Darren), ("benefits.pip_mobility", "enhanced", Darren)]);

        told.Circumstances.Assumed.ShouldNotContain(a => a.Contains("its rate was not asked", StringComparison.Ordinal));
        told.Circumstances.RestsOn.ShouldContain(r => r.Value == "Daily living none, mobility enhanced");
        told[Benefit.PersonalIndependencePayment]!.Amount.IsExact.ShouldBeTrue();
        told.ToLiveOn.Low.ShouldBe(open.ToLiveOn.Low + told[Benefit.PersonalIndependencePayment]!.Amount.Low);
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void AChildsDla_AtItsRate_IsOneFigure()
    {
        IEnumerable<(string, object, Guid?)> paid = [.. Without("benefits.list"), ("benefits.list", new[] { "universal-credit", "child-benefit", "disability-living-allowance" }, null)];
        Estimate(paid)[Benefit.UniversalCredit]!.Amount.IsExact.ShouldBeFalse();
        var told = Estimate([.. paid, ("benefits.dla_care", "highest", null), ("benefits.dla_mobility", "none", null)]);

        told[Benefit.UniversalCredit]!.Amount.IsExact.ShouldBeTrue();
        told[Benefit.UniversalCredit]!.Amount.Low.ShouldBe(Estimate(paid)[Benefit.UniversalCredit]!.Amount.High);
        told.Circumstances.Assumed.ShouldContain(a => a.Contains("taken for the first", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("R-INC-01")]
    public void Dla_IsToldForEachChild_AndEachCountsByItsOwnRate()
    {
        var (maisie, poppy) = (Family[2].Id, Family[4].Id);
        IEnumerable<(string, object, Guid?)> paid = [.. Without("benefits.list"), ("benefits.list", new[] { "universal-credit", "child-benefit", "disability-living-allowance" }, null)];
        var one = Estimate([.. paid, ("benefits.dla_care", "middle", poppy), ("benefits.dla_mobility", "none", poppy), ("benefits.dla_care", "none", maisie)]);
        var two = Estimate([.. paid, ("benefits.dla_care", "middle", poppy), ("benefits.dla_care", "highest", maisie), ("benefits.dla_mobility", "higher", maisie)]);

        // 164.79 for the one; 514.71 more for the other.
        (two[Benefit.UniversalCredit]!.Amount.Low - one[Benefit.UniversalCredit]!.Amount.Low).ShouldBe(514_71);
        one.Circumstances.Ways[0].People.Where(p => p.DlaCare != Component.None).ShouldHaveSingleItem().Id.ShouldBe(poppy.ToString());
        one.Circumstances.RestsOn.ShouldContain(r => r.Value == "Poppy: care middle, mobility none");
        two.Circumstances.RestsOn.ShouldContain(r => r.Value == "Maisie: care highest, mobility higher. Poppy: care middle, mobility none");
        two.Circumstances.Assumed.ShouldNotContain(a => a.Contains("taken for the first", StringComparison.Ordinal));
    }
}
