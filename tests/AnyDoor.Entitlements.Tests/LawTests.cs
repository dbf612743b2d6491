using AnyDoor.Tests;

namespace AnyDoor.Entitlements.Tests;

/// <summary>Each rule by hand, at its edges. The figures are worked from the regulation in a comment, not taken from what the engine says.</summary>
public sealed class LawTests
{
    private static readonly DateOnly May2024 = Some.May2024, May2025 = Some.May2025, May2026 = Some.May2026;

    // ---- Standard allowance -------------------------------------------------------------------------------------

    /// <summary>25 on the last day of the month counts for all of it; the day after does not.</summary>
    [Theory]
    [InlineData(2000, 6, 5, 400_14), InlineData(2000, 6, 6, 316_98)]
    public void StandardAllowance_TurnsAt25(int y, int m, int d, long pence) =>
        Some.Of(Some.Adult() with { DateOfBirth = new DateOnly(y, m, d) }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(pence);

    [Theory]
    [InlineData(2003, 2003, 497_55), InlineData(2003, 1999, 628_10), InlineData(1990, 2003, 628_10)]
    public void StandardAllowance_OfACouple_IsTheHigherWhenOneIs25(int one, int two, long pence) =>
        Some.Of(Some.Adult(born: one), Some.Adult("a2", Role.Partner, two)).Pence(Benefit.UniversalCredit, May2025).ShouldBe(pence);

    // ---- Children -----------------------------------------------------------------------------------------------

    /// <summary>Three children born after 5 April 2017: two amounts until April 2026, three from the month that begins on 6 April 2026. Of a child born the day before the limit, all three before too.</summary>
    [Fact]
    public void TheTwoChildLimit_IsByDateOfBirth_AndEndsInApril2026()
    {
        Situation With(DateOnly eldest) => Some.Of(Some.Adult(), Some.Child("c1", eldest), Some.Child("c2", new DateOnly(2018, 5, 1)), Some.Child("c3", new DateOnly(2020, 5, 1)));
        long Element(DateOnly eldest, DateOnly month) => With(eldest).Get(Benefit.UniversalCredit, month).Step(Rule.ChildElement).Amount;

        Element(new DateOnly(2017, 4, 6), new DateOnly(2026, 4, 5)).ShouldBe(2 * 292_81);
        Element(new DateOnly(2017, 4, 5), new DateOnly(2026, 4, 5)).ShouldBe(339_00 + 292_81);
        Element(new DateOnly(2017, 4, 6), new DateOnly(2026, 4, 6)).ShouldBe(3 * 303_94);
        Element(new DateOnly(2017, 4, 5), new DateOnly(2026, 4, 6)).ShouldBe(351_88 + 2 * 303_94);
        With(new DateOnly(2017, 4, 6)).Get(Benefit.UniversalCredit, May2025).Step(Rule.TwoChildLimit).Parts[1].Amount.ShouldBe(1);
    }

    [Fact]
    public void ChildrenBornBeforeTheLimit_AreAllCounted()
    {
        var s = Some.Of(Some.Adult(), Some.Child("c1", new DateOnly(2012, 1, 1)), Some.Child("c2", new DateOnly(2014, 1, 1)), Some.Child("c3", new DateOnly(2016, 1, 1)), Some.Child("c4", new DateOnly(2019, 1, 1)));

        s.Get(Benefit.UniversalCredit, May2025).Step(Rule.ChildElement).Amount.ShouldBe(339_00 + 2 * 292_81);
        s.With("c4", c => c with { LimitException = true }).Get(Benefit.UniversalCredit, May2025).Step(Rule.ChildElement).Amount.ShouldBe(339_00 + 3 * 292_81);
    }

    /// <summary>The addition for a disabled child is paid for a child whom the limit leaves out.</summary>
    [Fact]
    public void TheDisabledChildAddition_KnowsNoLimit()
    {
        var s = Some.Of(Some.Adult(), Some.Child("c1", new DateOnly(2018, 1, 1)), Some.Child("c2", new DateOnly(2019, 1, 1)), Some.Child("c3", new DateOnly(2020, 1, 1)) with { DlaCare = Component.Standard });

        s.Get(Benefit.UniversalCredit, May2025).Step(Rule.DisabledChildren).Amount.ShouldBe(158_76);
        s.With("c3", c => c with { DlaCare = Component.Enhanced }).Get(Benefit.UniversalCredit, May2025).Step(Rule.DisabledChildren).Amount.ShouldBe(495_87);
        s.With("c3", c => c with { DlaCare = Component.None, PipDailyLiving = Component.Enhanced }).Get(Benefit.UniversalCredit, May2025).Step(Rule.DisabledChildren).Amount.ShouldBe(495_87);
    }

    /// <summary>To 31 August after the 16th birthday; in education to that after the 19th (regulation 5).</summary>
    [Theory]
    [InlineData("2009-08-31", false, "2025-07-20", true), InlineData("2009-08-31", false, "2025-08-20", false)]
    [InlineData("2009-09-01", false, "2025-08-20", true), InlineData("2006-08-31", true, "2025-07-20", true), InlineData("2006-08-31", true, "2025-08-20", false)]
    public void AYoungPerson_CountsToTheEndOfAugust(string born, bool education, string month, bool counts)
    {
        var s = Some.Of(Some.Adult(), Some.Child("c1", DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture)) with { InEducation = education });

        s.Get(Benefit.UniversalCredit, DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture)).Has(Rule.ChildElement).ShouldBe(counts);
    }

    // ---- Health and caring --------------------------------------------------------------------------------------

    [Fact]
    public void Lcwra_HasALowerRateForNewClaims_FromApril2026()
    {
        var s = Some.Of(Some.Adult() with { LimitedCapabilityActivity = true });

        s.Pence(Benefit.UniversalCredit, new DateOnly(2026, 4, 5)).ShouldBe(400_14 + 423_27);
        s.Pence(Benefit.UniversalCredit, new DateOnly(2026, 4, 6)).ShouldBe(424_90 + 217_26);
        s.With("a1", a => a with { ProtectedRate = true }).Pence(Benefit.UniversalCredit, new DateOnly(2026, 4, 6)).ShouldBe(424_90 + 429_80);
    }

    [Fact]
    public void OneLcwraElement_ForACouple_AndTheProtectedOneIfEitherIs()
    {
        var s = Some.Of(Some.Adult() with { LimitedCapabilityActivity = true }, Some.Adult("a2", Role.Partner) with { LimitedCapabilityActivity = true, ProtectedRate = true });

        s.Pence(Benefit.UniversalCredit, May2026).ShouldBe(666_97 + 429_80);
        s.Pence(Benefit.UniversalCredit, May2025).ShouldBe(628_10 + 423_27);
    }

    /// <summary>Regulation 29(4): not the carer element and LCWRA for the same person.</summary>
    [Fact]
    public void ACarerWithLcwra_GetsLcwraOnly()
    {
        var carer = Some.Adult() with { CareHours = 35 };

        Some.Of(carer).Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14 + 201_68);
        Some.Of(carer with { CareHours = 34 }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14);
        Some.Of(carer with { LimitedCapabilityActivity = true }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14 + 423_27);
        Some.Of(carer, Some.Adult("a2", Role.Partner) with { LimitedCapabilityActivity = true }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(628_10 + 423_27 + 201_68);
        Some.Of(carer, Some.Adult("a2", Role.Partner) with { CareHours = 40 }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(628_10 + 2 * 201_68);
    }

    // ---- Housing ------------------------------------------------------------------------------------------------

    [Fact]
    public void APrivateTenant_GetsTheRentUpToTheAllowance()
    {
        // Rent officers set it by the calendar month (SI 2013/382 Sch. 1): £150 a week is 365/84 of it, not 52/12.
        Some.Of(Some.Adult()).Renting(9_600_00, Tenure.PrivateTenant, 150_00).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(651_79);
        (Some.Of(Some.Adult()) with { Home = new Home { Tenure = Tenure.PrivateTenant, RentYear = 12_000_00, LocalHousingAllowanceMonth = 900_00 } }).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(900_00);
        Some.Of(Some.Adult()).Renting(6_000_00, Tenure.PrivateTenant, 150_00).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(500_00);
        (Some.Of(Some.Adult()) with { Home = new Home { Tenure = Tenure.Mortgage, RentYear = 6_000_00 } }).Get(Benefit.UniversalCredit, May2025).Has(Rule.HousingElement).ShouldBeFalse();
    }

    /// <summary>14% for one bedroom too many, 25% for two or more (Sch. 4 para. 36).</summary>
    [Theory]
    [InlineData(1, 500_00), InlineData(2, 430_00), InlineData(3, 375_00), InlineData(5, 375_00)]
    public void TheBedroomRule_TakesOff14Or25PerCent(int bedrooms, long pence) => Some.Of(Some.Adult()).Renting(6_000_00, bedrooms: bedrooms).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(pence);

    [Fact]
    public void BedroomsNeeded_FollowTheSizeCriteria()
    {
        Person Kid(string id, int age, Sex sex) => Some.Child(id, new DateOnly(2025, 1, 1).AddYears(-age)) with { Sex = sex };
        int Rooms(params Person[] others) => Engine.Official.BedroomsNeeded(Some.Of([Some.Adult(), .. others]), May2025);

        Rooms().ShouldBe(1);
        Rooms(Kid("a", 5, Sex.Female), Kid("b", 8, Sex.Male)).ShouldBe(2);
        Rooms(Kid("a", 5, Sex.Female), Kid("b", 12, Sex.Male)).ShouldBe(3);
        Rooms(Kid("a", 14, Sex.Female), Kid("b", 12, Sex.Female)).ShouldBe(2);
        Rooms(Kid("a", 14, Sex.Female), Kid("b", 5, Sex.Female), Kid("c", 6, Sex.Male)).ShouldBe(3);
        Rooms(Some.Adult("n", Role.NonDependant, 2000)).ShouldBe(2);
    }

    [Fact]
    public void ANonDependant_CostsFrom21_UnlessADisabilityBenefitSpares()
    {
        var s = Some.Of(Some.Adult(), Some.Adult("n", Role.NonDependant) with { DateOfBirth = new DateOnly(2004, 6, 5) }).Renting(6_000_00);

        s.Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(500_00 - 93_02);
        s.With("n", n => n with { DateOfBirth = new DateOnly(2004, 6, 6) }).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(500_00);
        s.With("n", n => n with { NoDeduction = true }).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(500_00);
        s.With("a1", a => a with { PipDailyLiving = Component.Standard }).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(500_00);
        s.With("a1", a => a with { PipMobility = Component.Enhanced }).Get(Benefit.UniversalCredit, May2025).Step(Rule.HousingElement).Amount.ShouldBe(500_00 - 93_02);
    }

    // ---- Childcare ----------------------------------------------------------------------------------------------

    [Fact]
    public void Childcare_Is85PerCent_UpToTheMost_WhereAllWork()
    {
        var s = Some.Of(Some.Adult(pay: 15_000_00), Some.Child("c1", new DateOnly(2022, 1, 1)) with { ChildcareYear = 6_000_00 });

        s.Get(Benefit.UniversalCredit, May2025).Step(Rule.ChildcareElement).Amount.ShouldBe(425_00);
        s.With("c1", c => c with { ChildcareYear = 24_000_00 }).Get(Benefit.UniversalCredit, May2025).Step(Rule.ChildcareElement).Amount.ShouldBe(1_031_88);
        s.With("a1", a => a with { PayYear = 0 }).Get(Benefit.UniversalCredit, May2025).Has(Rule.ChildcareElement).ShouldBeFalse();
        var couple = s with { People = s.People.Add(Some.Adult("a2", Role.Partner)) };
        couple.Get(Benefit.UniversalCredit, May2025).Step(Rule.ChildcareNeedsWork).Amount.ShouldBe(0);
        couple.With("a2", a => a with { LimitedCapability = true }).Get(Benefit.UniversalCredit, May2025).Step(Rule.ChildcareElement).Amount.ShouldBe(425_00);
    }

    // ---- Income and capital -------------------------------------------------------------------------------------

    /// <summary>£4.35 for each £250 begun above £6,000; nothing at all above £16,000.</summary>
    [Theory]
    [InlineData(6_000_00, 400_14), InlineData(6_000_01, 400_14 - 4_35), InlineData(6_250_00, 400_14 - 4_35), InlineData(6_250_01, 400_14 - 8_70), InlineData(16_000_00, 400_14 - 40 * 4_35), InlineData(16_000_01, 0)]
    public void Savings_MakeTariffIncome_AndEndItAbove16000(long savings, long pence) => (Some.Of(Some.Adult()) with { Savings = savings }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(pence);

    [Fact]
    public void TheTaper_Is55Pence_AboveTheWorkAllowance()
    {
        // No work allowance without a child or limited capability: £1,000 a month less nothing (under the thresholds of tax and insurance) x 55%.
        Some.Of(Some.Adult(pay: 6_000_00)).Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14 - 275_00);
        // With a child and no housing costs: 684; with housing costs: 411.
        var family = Some.Of(Some.Adult(pay: 12_000_00), Some.Child("c1", new DateOnly(2018, 1, 1)));
        family.Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14 + 292_81 - 173_80);
        family.Renting(6_000_00).Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14 + 292_81 + 500_00 - 323_95);
    }

    /// <summary>In September 2021: 63%, work allowance 515. In December 2021: 55%, 557 (SI 2021/1283).</summary>
    [Fact]
    public void TheTaper_FellInNovember2021()
    {
        var family = Some.Of(Some.Adult(pay: 9_000_00), Some.Child("c1", new DateOnly(2018, 1, 1)));

        family.Pence(Benefit.UniversalCredit, new DateOnly(2021, 8, 6)).ShouldBe(411_51 + 237_08 - 148_05); // (750 − 515) x 63%
        family.Pence(Benefit.UniversalCredit, new DateOnly(2021, 12, 6)).ShouldBe(324_84 + 237_08 - 106_15); // (750 − 557) x 55%
    }

    [Fact]
    public void OtherIncome_CountsInFull_ButDisabilityBenefitsDoNot()
    {
        Some.Of(Some.Adult() with { PrivatePensionYear = 1_200_00 }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(300_14);
        Some.Of(Some.Adult() with { PipDailyLiving = Component.Enhanced }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14);
        // Carer's Allowance 83.30 x 52 / 12 = 360.97.
        Some.Of(Some.Adult() with { CareHours = 35, ClaimsCarersAllowance = true }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(400_14 + 201_68 - 360_97);
    }

    // ---- The minimum income floor -------------------------------------------------------------------------------

    /// <summary>
    /// 35 hours x 12.21 x 52 = 22,222.20 a year. Tax (22,222.20 − 12,570) x 20% = 1,930.44; Class 4 (22,222.20 − 12,570) x 6% = 579.13. Left 19,712.63 a year, 1,642.72 a month: net, not gross as some models have it.
    /// </summary>
    [Fact]
    public void TheFloor_IsTheMinimumWageNetOfTax()
    {
        var s = Some.Of(Some.Adult() with { SelfEmployment = new SelfEmployment { ProfitYear = 3_000_00 } });
        var credit = s.Renting(18_000_00).Get(Benefit.UniversalCredit, May2025);

        credit.Step(Rule.MinimumIncomeFloor).Amount.ShouldBe(1_642_72);
        credit.Amount.Low.ShouldBe(400_14 + 1_500_00 - 903_50); // 1,642.72 x 55%
    }

    [Fact]
    public void TheFloor_IsOffInTheStartUpPeriod_AndForThoseNotAskedToSeekAllWork()
    {
        var worker = Some.Adult() with { SelfEmployment = new SelfEmployment { ProfitYear = 3_000_00, StartUpFrom = new DateOnly(2024, 6, 6) } };
        bool Floor(Person a, DateOnly month, params Person[] others) => Some.Of([a, .. others]).Renting(18_000_00).Get(Benefit.UniversalCredit, month).Has(Rule.MinimumIncomeFloor);

        Floor(worker, new DateOnly(2025, 5, 6)).ShouldBeFalse();
        Floor(worker, new DateOnly(2025, 6, 6)).ShouldBeTrue();
        Floor(worker with { LimitedCapabilityActivity = true }, new DateOnly(2025, 6, 6)).ShouldBeFalse();
        Floor(worker with { CareHours = 35 }, new DateOnly(2025, 6, 6)).ShouldBeFalse();
        Floor(worker, new DateOnly(2025, 6, 6), Some.Child("c1", new DateOnly(2022, 7, 6))).ShouldBeFalse();
        Floor(worker, new DateOnly(2025, 6, 6), Some.Child("c1", new DateOnly(2022, 7, 5))).ShouldBeTrue();
        Floor(worker with { SelfEmployment = worker.SelfEmployment! with { Gainful = false } }, new DateOnly(2025, 6, 6)).ShouldBeFalse();
    }

    [Fact]
    public void ACouplesFloor_StopsAtTheirJointThreshold()
    {
        // One earns more than both thresholds together: nobody is raised.
        var s = Some.Of(Some.Adult() with { SelfEmployment = new SelfEmployment { ProfitYear = 0 } }, Some.Adult("a2", Role.Partner, pay: 60_000_00)).Renting(60_000_00);

        s.Get(Benefit.UniversalCredit, May2025).Has(Rule.MinimumIncomeFloor).ShouldBeFalse();
        s.With("a2", a => a with { PayYear = 10_000_00 }).Get(Benefit.UniversalCredit, May2025).Step(Rule.MinimumIncomeFloor).Amount.ShouldBe(1_642_72);
    }

    // ---- The benefit cap ----------------------------------------------------------------------------------------

    private static Situation Capped => Some.Of(Some.Adult(), Some.Adult("a2", Role.Partner), Some.Child("c1", new DateOnly(2014, 1, 1)), Some.Child("c2", new DateOnly(2016, 1, 1)), Some.Child("c3", new DateOnly(2016, 12, 1))).Renting(13_000_00);

    [Fact]
    public void TheCap_IsByHouseholdAndLondon()
    {
        // 628.10 + 339 + 2 x 292.81 + 1,083.33 = 2,636.05; Child Benefit 60.55 x 52 / 12 = 262.38; cap 22,020 / 12 = 1,835.
        Capped.Pence(Benefit.UniversalCredit, May2025).ShouldBe(1_835_00 - 262_38);
        (Capped with { Home = Capped.Home with { London = true } }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(2_110_25 - 262_38);
        Some.Of(Some.Adult()).Renting(13_000_00).Pence(Benefit.UniversalCredit, May2025).ShouldBe(1_229_42);
        (Some.Of(Some.Adult()).Renting(24_000_00) with { Home = new Home { Tenure = Tenure.CouncilTenant, RentYear = 24_000_00, London = true } }).Pence(Benefit.UniversalCredit, May2025).ShouldBe(1_413_92);
    }

    /// <summary>Joint net earnings of 846 in a month end the cap in 2025/26; 793 did in 2024/25. Some models hold one figure for all years.</summary>
    [Theory]
    [InlineData(2024, 793_00), InlineData(2025, 846_00), InlineData(2026, 881_00)]
    public void TheCap_EndsAtSixteenHoursOfTheMinimumWage(int year, long month)
    {
        bool CappedAt(long pay) => Capped.With("a1", a => a with { PayYear = pay * 12 }).Get(Benefit.UniversalCredit, new DateOnly(year, 5, 6)).Has(Rule.BenefitCap);

        CappedAt(month - 1).ShouldBeTrue();
        CappedAt(month).ShouldBeFalse();
    }

    [Fact]
    public void TheCap_SparesDisability_Carers_AndTheNineMonths()
    {
        bool IsCapped(Situation s) => s.Get(Benefit.UniversalCredit, May2025).Has(Rule.BenefitCap);

        IsCapped(Capped).ShouldBeTrue();
        IsCapped(Capped.With("a1", a => a with { LimitedCapabilityActivity = true })).ShouldBeFalse();
        IsCapped(Capped.With("a1", a => a with { LimitedCapability = true })).ShouldBeTrue();
        IsCapped(Capped.With("a2", a => a with { CareHours = 35 })).ShouldBeFalse();
        IsCapped(Capped.With("a2", a => a with { PipMobility = Component.Standard })).ShouldBeFalse();
        IsCapped(Capped.With("c2", a => a with { DlaMobility = Component.Lowest })).ShouldBeFalse();
        IsCapped(Capped with { GraceUntil = May2025 }).ShouldBeFalse();
        IsCapped(Capped with { GraceUntil = May2025.AddDays(-1) }).ShouldBeTrue();
    }

    /// <summary>Regulation 81(1): the childcare element is left out of the cap.</summary>
    [Fact]
    public void TheCap_LeavesChildcareOut()
    {
        var working = Some.Of(Some.Adult(pay: 6_000_00), Some.Child("c1", new DateOnly(2021, 1, 1)), Some.Child("c2", new DateOnly(2022, 1, 1)) with { ChildcareYear = 4_800_00 }).Renting(14_400_00);
        var credit = working.Get(Benefit.UniversalCredit, May2025);

        // 400.14 + 585.62 + 1,200 + 340 = 2,525.76, less (500 − 411) x 55% = 48.95: 2,476.81. With Child Benefit 187.63, less 1,835 and less 340: 489.44 over.
        credit.Step(Rule.BenefitCap).Amount.ShouldBe(489_44);
        credit.Amount.Low.ShouldBe(2_476_81 - 489_44);
    }

    // ---- Surplus earnings and deductions ------------------------------------------------------------------------

    /// <summary>A bonus month: earnings more than £2,500 above the point where the award ends count again in the next (regulation 54A).</summary>
    [Fact]
    public void SurplusEarnings_AreCarriedIntoTheNextMonth()
    {
        var s = Some.Of(Some.Adult() with { Payslips = [new Payslip(new DateOnly(2025, 5, 20), 6_000_00, 0, 0), new Payslip(new DateOnly(2025, 6, 20), 500_00, 0, 0)] });
        var run = Engine.Official.Run(s, May2025, 2);

        run[0].Of(Benefit.UniversalCredit)!.Amount.Low.ShouldBe(0);
        // The award ends at 400.14 / 0.55 = 727.53. 6,000 − 727.53 − 2,500 = 2,772.47 is carried.
        run[1].Of(Benefit.UniversalCredit)!.Step(Rule.SurplusCarried).Amount.ShouldBe(2_772_47);
        run[1].Of(Benefit.UniversalCredit)!.Amount.Low.ShouldBe(0);
    }

    [Fact]
    public void Deductions_AreAtMostAShareOfTheStandardAllowance()
    {
        var s = Some.Of(Some.Adult()) with { DeductionsMonth = 500_00 };

        s.Get(Benefit.UniversalCredit, May2024).AfterDeductions!.Value.Low.ShouldBe(393_45 - 98_36); // 25%
        s.Get(Benefit.UniversalCredit, May2025).AfterDeductions!.Value.Low.ShouldBe(400_14 - 60_02); // 15%
        (s with { DeductionsMonth = 20_00 }).Get(Benefit.UniversalCredit, May2025).AfterDeductions!.Value.Low.ShouldBe(380_14);
    }

    // ---- Child Benefit and its charge ---------------------------------------------------------------------------

    /// <summary>1% for each whole £200 above £60,000 (2024/25 on), each £100 above £50,000 before; whole per cents and pounds, down (s. 681C).</summary>
    [Theory]
    [InlineData(60_199_99, 2025, 0), InlineData(60_200_00, 2025, 13), InlineData(66_500_00, 2025, 433), InlineData(80_000_00, 2025, 1354), InlineData(90_000_00, 2025, 1354)]
    [InlineData(50_099_00, 2023, 0), InlineData(50_100_00, 2023, 12), InlineData(60_000_00, 2023, 1248), InlineData(60_000_00, 2024, 0)]
    public void TheCharge_StepsByWholePerCents(long income, int year, long pounds)
    {
        var s = Some.Of(Some.Adult(pay: income), Some.Child("c1", new DateOnly(2018, 1, 1)));
        var month = Engine.Official.Month(s, new DateOnly(year, 5, 6)).Of(Benefit.ChildBenefitCharge);

        (month?.Working!.Parts[0].Amount ?? 0).ShouldBe(pounds * 100);
    }

    /// <summary>Pension contributions lower the income that the charge looks at; the one of a couple with more is charged. It is no deduction from Universal Credit earnings.</summary>
    [Fact]
    public void TheCharge_LooksAtAdjustedNetIncome()
    {
        var s = Some.Of(Some.Adult(pay: 66_500_00) with { PensionContributionsYear = 6_500_00 }, Some.Child("c1", new DateOnly(2018, 1, 1)));

        Engine.Official.Month(s, May2025).Of(Benefit.ChildBenefitCharge).ShouldBeNull();
        var couple = Some.Of(Some.Adult(pay: 10_000_00), Some.Adult("a2", Role.Partner, pay: 70_000_00), Some.Child("c1", new DateOnly(2018, 1, 1)));
        var month = Engine.Official.Month(couple, May2025);
        month.Of(Benefit.ChildBenefitCharge)!.Working!.Parts[0].Person.ShouldBe("a2");
        month.Of(Benefit.UniversalCredit)!.Working!.All().ShouldNotContain(e => e.Rule == Rule.ChildBenefitCharge);
    }

    // ---- Income Tax and National Insurance ----------------------------------------------------------------------

    [Theory]
    [InlineData(12_570_00, 2025, 0), InlineData(12_571_00, 2025, 20), InlineData(50_270_00, 2025, 7_540_00), InlineData(60_000_00, 2025, 11_432_00)]
    [InlineData(110_000_00, 2025, 33_432_00), InlineData(125_140_00, 2025, 42_516_00), InlineData(150_000_00, 2025, 53_703_00)]
    [InlineData(150_000_00, 2022, 52_460_00), InlineData(160_000_00, 2022, 56_960_00)]
    public void IncomeTax_ByBand(long pay, int year, long tax) =>
        Engine.Official.Month(Some.Of(Some.Adult(pay: pay)), new DateOnly(year, 5, 6)).Of(Benefit.IncomeTax)!.Working!.Parts[0].Parts[0].Amount.ShouldBe(tax);

    /// <summary>3,000 a month. 2025: (3,000 − 1,047.50) x 8%. Each change within a year has its months.</summary>
    [Theory]
    [InlineData(2025, 5, 156_20), InlineData(2022, 5, 288_41), InlineData(2022, 8, 258_71), InlineData(2022, 12, 234_30), InlineData(2023, 12, 234_30), InlineData(2024, 2, 195_25), InlineData(2024, 5, 156_20)]
    public void NationalInsurance_ByMonth(int year, int month, long pence) => Some.Of(Some.Adult(pay: 36_000_00)).Pence(Benefit.NationalInsurance, new DateOnly(year, month, 6)).ShouldBe(pence);

    [Fact]
    public void NobodyOfPensionAge_PaysNationalInsurance()
    {
        Some.Of(Some.Adult(born: 1955, pay: 36_000_00)).Pence(Benefit.NationalInsurance, May2025).ShouldBe(0);
        Some.Of(Some.Adult() with { SelfEmployment = new SelfEmployment { ProfitYear = 20_000_00 } }).Pence(Benefit.NationalInsurance, May2025).ShouldBe(37_15); // (20,000 − 12,570) x 6% / 12
    }

    /// <summary>Weekly pay: each pay day has its own threshold, 241.73; a month of four or five.</summary>
    [Fact]
    public void Payslips_HaveTheThresholdOfTheirPayDay()
    {
        var s = Some.Of(Some.Adult() with { PaidEvery = PayEvery.Week, Payslips = [new Payslip(new DateOnly(2025, 5, 9), 341_73, 0), new Payslip(new DateOnly(2025, 5, 16), 100_00, 0), new Payslip(new DateOnly(2025, 6, 6), 900_00, 0)] });

        s.Pence(Benefit.NationalInsurance, May2025).ShouldBe(8_00);
        s.Get(Benefit.UniversalCredit, May2025).Step(Rule.NetEarnings).Amount.ShouldBe(441_73 - 8_00);
    }

    /// <summary>PAYE is cumulative: a good month is taxed on what the months before left free.</summary>
    [Fact]
    public void Payslips_AreTaxedCumulatively()
    {
        // April and May 2,000 each: two twelfths of 12,570 are 2,095, so 4,000 − 2,095 = 1,905 x 20% = 381 so far; the first month 190.50.
        var s = Some.Of(Some.Adult() with { Payslips = [new Payslip(new DateOnly(2025, 4, 30), 2_000_00), new Payslip(new DateOnly(2025, 5, 30), 2_000_00)] });

        s.Pence(Benefit.IncomeTax, new DateOnly(2025, 4, 6)).ShouldBe(190_50);
        s.Pence(Benefit.IncomeTax, May2025).ShouldBe(190_50);
        s.With("a1", a => a with { Payslips = [a.Payslips[0], a.Payslips[1] with { Gross = 0 }] }).Pence(Benefit.IncomeTax, May2025).ShouldBe(-190_50);
    }

    /// <summary>Equal weekly pay is taxed the same every week, and a month of four pay days gives nothing back: free pay comes due by the week (PAYE Regulations 2003 reg. 23).</summary>
    [Theory]
    [InlineData(PayEvery.Week, 253_84), InlineData(PayEvery.TwoWeeks, 507_68), InlineData(PayEvery.FourWeeks, 1_015_36)]
    public void EqualPayByTheWeek_IsTaxedEvenly(PayEvery every, long gross)
    {
        var apart = every switch { PayEvery.Week => 7, PayEvery.TwoWeeks => 14, _ => 28 };
        var days = Enumerable.Range(0, 52 * 7 / apart).Select(i => new DateOnly(2025, 4, 11).AddDays(i * apart)).ToList();
        var s = Some.Of(Some.Adult() with { PaidEvery = every, Payslips = [.. days.Select(d => new Payslip(d, gross))] });

        foreach (var month in Enumerable.Range(0, 11).Select(m => new DateOnly(2025, 4, 6).AddMonths(m)))
        {
            var count = days.Count(d => d >= month && d < month.AddMonths(1));
            // (253.84 - 241.73) x 20% = 2.42 a week.
            s.Pence(Benefit.IncomeTax, month).ShouldBeInRange(count * apart / 7 * 242 - 10, count * apart / 7 * 242 + 10, $"{every}, the month from {month}");
        }
    }

    // ---- Pension age --------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("1960-04-05", "2026-04-05", true), InlineData("1960-04-06", "2026-04-06", false), InlineData("1960-04-06", "2026-05-06", true), InlineData("1960-05-06", "2026-06-06", false), InlineData("1960-05-06", "2026-07-06", true), InlineData("1961-03-06", "2027-04-05", false)]
    public void PensionAge_RisesFromApril2026(string born, string month, bool pensioner)
    {
        var result = Engine.Official.Month(Some.Of(Some.Adult() with { DateOfBirth = DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture) }), DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture));

        (result.Of(Benefit.PensionCredit) is not null).ShouldBe(pensioner);
        (result.Of(Benefit.UniversalCredit) is not null).ShouldBe(!pensioner);
    }

    [Fact]
    public void AMixedAgeCouple_ClaimsUniversalCredit() =>
        Engine.Official.Month(Some.Of(Some.Adult(born: 1950), Some.Adult("a2", Role.Partner, 1970)), May2025).Of(Benefit.UniversalCredit).ShouldNotBeNull();

    [Fact]
    public void GuaranteeCredit_TopsUp_WithTheAdditions()
    {
        var old = Some.Adult(born: 1945) with { Sex = Sex.Female, StatePensionYear = 5_200_00 };
        long Week(Situation s) => s.Get(Benefit.PensionCredit, May2025).Step(Rule.GuaranteeCredit).Amount;

        Week(Some.Of(old)).ShouldBe(227_10 - 100_00);
        Week(Some.Of(old with { AttendanceAllowance = Component.Standard })).ShouldBe(227_10 + 82_90 - 100_00);
        Week(Some.Of(old with { AttendanceAllowance = Component.Standard, CaredForByPaidCarer = true })).ShouldBe(227_10 - 100_00);
        Week(Some.Of(old with { AttendanceAllowance = Component.Standard }, Some.Adult("n", Role.NonDependant, 1980))).ShouldBe(227_10 - 100_00);
        // Both of a couple must qualify: some models give it for one.
        Week(Some.Of(old with { AttendanceAllowance = Component.Standard }, Some.Adult("a2", Role.Partner, 1944) with { Sex = Sex.Male })).ShouldBe(346_60 - 100_00);
        Week(Some.Of(old with { AttendanceAllowance = Component.Standard }, Some.Adult("a2", Role.Partner, 1944) with { Sex = Sex.Male, PipDailyLiving = Component.Enhanced })).ShouldBe(346_60 + 2 * 82_90 - 100_00);
        Week(Some.Of(old with { CareHours = 40, ClaimsCarersAllowance = true })).ShouldBe(227_10 + 46_40 - 100_00);
        // £1 for each £500 begun above £10,000, and no upper limit.
        Week(Some.Of(old) with { Savings = 10_500_01 }).ShouldBe(227_10 - 102_00);
    }

    /// <summary>2025/26, income 260 a week: 60% of (227.10 − 198.27) = 17.30, less 40% of (260 − 227.10) = 13.16.</summary>
    [Fact]
    public void SavingsCredit_IsForThoseWhoReachedPensionAgeBeforeApril2016()
    {
        Person Born(int y, int m, int d, Sex sex) => Some.Adult() with { DateOfBirth = new DateOnly(y, m, d), Sex = sex, PrivatePensionYear = 13_520_00 };
        bool Has(Person a) => Some.Of(a).Get(Benefit.PensionCredit, May2025).Has(Rule.SavingsCredit);

        // Tax of (13,520 − 12,570) x 20% = 190 a year comes off: 256.35 a week. 17.30 − 40% of 29.25 = 5.60.
        Some.Of(Born(1940, 1, 1, Sex.Male)).Get(Benefit.PensionCredit, May2025).Step(Rule.SavingsCredit).Amount.ShouldBe(5_60);
        Has(Born(1951, 4, 5, Sex.Male)).ShouldBeTrue();
        Has(Born(1951, 4, 6, Sex.Male)).ShouldBeFalse();
        Has(Born(1953, 4, 5, Sex.Female)).ShouldBeTrue();
        Has(Born(1953, 4, 6, Sex.Female)).ShouldBeFalse();
    }

    [Fact]
    public void HousingBenefit_AndCouncilTaxReduction_OfPensionAge()
    {
        var old = Some.Of(Some.Adult(born: 1945) with { Sex = Sex.Female, StatePensionYear = 13_000_00 }).Renting(5_200_00);
        old = old with { Home = old.Home with { CouncilTaxYear = 1_560_00 } };
        var month = Engine.Official.Month(old, May2025);

        // Income 250 less tax (13,000 − 12,570) x 20% = 86 a year: 248.35 a week. Savings Credit 17.30 − 40% of 21.25 = 8.80. Applicable 244.40: 12.75 over.
        month.Of(Benefit.HousingBenefit)!.Step(Rule.HousingBenefitWeek).Amount.ShouldBe(100_00 - 8_29);
        month.Of(Benefit.CouncilTaxReduction)!.Step(Rule.CouncilTaxReductionWeek).Amount.ShouldBe(30_00 - 2_55);
        // A rent of £450 a month is £103.85 a week, rounded, and 52 over 12 of that is 450.02: never more than the rent. So with the bill.
        var round = Engine.Official.Month(old.With("a1", a => a with { StatePensionYear = 5_200_00 }) with { Home = old.Home with { RentYear = 5_400_00, CouncilTaxYear = 1_500_00 } }, May2025);
        round.Of(Benefit.HousingBenefit)!.ShouldSatisfyAllConditions(b => b.Amount.ShouldBe(new PenceRange(450_00, 450_00)), b => b.Step(Rule.HousingBenefitMonth).Amount.ShouldBe(450_02), b => b.Working!.AddsUp().ShouldBeTrue());
        round.Of(Benefit.CouncilTaxReduction)!.ShouldSatisfyAllConditions(b => b.Amount.ShouldBe(new PenceRange(125_00, 125_00)), b => b.Working!.AddsUp().ShouldBeTrue());
        // With Guarantee Credit: all of it, whatever the capital.
        var poor = old.With("a1", a => a with { StatePensionYear = 5_200_00 }) with { Savings = 20_000_00 };
        Engine.Official.Month(poor, May2025).Of(Benefit.HousingBenefit)!.Step(Rule.HousingBenefitWeek).Amount.ShouldBe(100_00);
        // Without it, nothing above 16,000.
        Engine.Official.Month(old with { Savings = 16_000_01 }, May2025).Of(Benefit.HousingBenefit)!.Standing.ShouldBe(Standing.NotEntitled);
        // Pension age reached on or after 1 April 2021: the lower amount.
        Engine.Official.Month(old.With("a1", a => a with { DateOfBirth = new DateOnly(1955, 4, 1) }), May2025).Of(Benefit.HousingBenefit)!.Step(Rule.ApplicableAmount).Amount.ShouldBe(227_10);
        Engine.Official.Month(old.With("a1", a => a with { DateOfBirth = new DateOnly(1955, 3, 31) }), May2025).Of(Benefit.HousingBenefit)!.Step(Rule.ApplicableAmount).Amount.ShouldBe(244_40);
    }

    [Fact]
    public void ADeductionThatIsNotFound_IsRefusedByName_AndTheRestStands()
    {
        var s = Some.Of(Some.Adult(born: 1945) with { StatePensionYear = 13_000_00 }, Some.Adult("n", Role.NonDependant, 1980, pay: 10_000_00)).Renting(5_200_00) with { Savings = 20_000_00 };
        var month = Engine.Official.Month(s with { Home = s.Home with { CouncilTaxYear = 1_560_00 } }, May2026);

        month.Of(Benefit.CouncilTaxReduction)!.Standing.ShouldBe(Standing.NotKnown);
        month.Of(Benefit.CouncilTaxReduction)!.Sentence.ShouldContain("council_tax.second_adult");
        month.Of(Benefit.PensionCredit)!.Standing.ShouldNotBe(Standing.NotKnown);
    }

    // ---- The smaller helps --------------------------------------------------------------------------------------

    [Theory]
    [InlineData(196_00, true), InlineData(196_01, false)]
    public void CarersAllowance_StopsAtItsEarningsLimit(long week, bool gets)
    {
        var s = Some.Of(Some.Adult(pay: week * 52) with { CareHours = 35, ClaimsCarersAllowance = true });

        s.Pence(Benefit.CarersAllowance, May2025).ShouldBe(gets ? 360_97 : 0);
    }

    /// <summary>7,400 a year is 616.67 a month of take-home pay, to August 2026; from September every household on Universal Credit.</summary>
    [Theory]
    [Requirement("R-FSM-07")]
    [InlineData(7_400_00, "2026-07-06", Standing.Entitled), InlineData(7_412_00, "2026-07-06", Standing.NotEntitled), InlineData(12_000_00, "2026-08-31", Standing.NotEntitled), InlineData(12_000_00, "2026-09-01", Standing.Entitled)]
    public void FreeSchoolMeals_HaveAnEarningsLimit_UntilSeptember2026(long pay, string month, Standing standing)
    {
        var s = Some.Of(Some.Adult(pay: pay), Some.Child("c1", new DateOnly(2014, 1, 1))).Renting(9_000_00);

        s.Get(Benefit.FreeSchoolMeals, DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture)).Standing.ShouldBe(standing);
        s.With("c1", c => c with { GetsFreeSchoolMeals = true }).Get(Benefit.FreeSchoolMeals, new DateOnly(2026, 7, 6)).Standing.ShouldBe(Standing.Entitled);
    }

    [Fact]
    public void Infants_EatFree_WhateverTheIncome()
    {
        var s = Some.Of(Some.Adult(pay: 90_000_00), Some.Child("c1", new DateOnly(2019, 1, 1)), Some.Child("c2", new DateOnly(2015, 1, 1)));

        s.Get(Benefit.FreeSchoolMeals, new DateOnly(2025, 10, 6)).Children.ShouldBe(1);
        s.Get(Benefit.FreeSchoolMeals, new DateOnly(2026, 10, 6)).Standing.ShouldBe(Standing.NotEntitled);
    }

    [Fact]
    public void HealthyStart_IsByAge_AndTakeHomePay()
    {
        var s = Some.Of(Some.Adult(pay: 408_00 * 12), Some.Child("c1", new DateOnly(2025, 1, 1)), Some.Child("c2", new DateOnly(2023, 1, 1)), Some.Child("c3", new DateOnly(2020, 1, 1)));

        s.Get(Benefit.HealthyStart, May2025).Step(Rule.AmountWeek).Amount.ShouldBe(8_50 + 4_25);
        s.With("a1", a => a with { PayYear = 409_00 * 12 }).Get(Benefit.HealthyStart, May2025).Standing.ShouldBe(Standing.NotEntitled);
        s.With("a1", a => a with { Pregnant = true }).Get(Benefit.HealthyStart, May2025).Step(Rule.AmountWeek).Amount.ShouldBe(8_50 + 2 * 4_25);
    }

    /// <summary>2023/24 everybody; 2024/25 with a means-tested benefit; from 2025/26 each person up to £35,000.</summary>
    [Fact]
    public void WinterFuel_ByYear_AndByPerson()
    {
        Situation Old(long pension, int born = 1950) => Some.Of(Some.Adult(born: born) with { Sex = Sex.Male, PrivatePensionYear = pension });
        long Winter(Situation s, int year) => s.Get(Benefit.WinterFuelPayment, new DateOnly(year, 11, 6)).Amount.Low;

        Winter(Old(50_000_00), 2023).ShouldBe(200_00);
        Winter(Old(50_000_00), 2024).ShouldBe(0);
        Winter(Old(5_000_00), 2024).ShouldBe(200_00);
        Winter(Old(35_000_00), 2025).ShouldBe(200_00);
        Winter(Old(35_001_00), 2025).ShouldBe(0);
        Winter(Old(9_000_00, 1940), 2025).ShouldBe(300_00);
        // Of a couple only the share of the one above the limit is taken back.
        Winter(Some.Of(Some.Adult(born: 1950) with { Sex = Sex.Male, PrivatePensionYear = 50_000_00 }, Some.Adult("a2", Role.Partner, 1950) with { Sex = Sex.Male, PrivatePensionYear = 12_000_00 }), 2025).ShouldBe(100_00);
    }

    [Fact]
    public void WarmHomeDiscount_IsNotKnown_ForAWinterWithoutRules()
    {
        Some.Of(Some.Adult()).Get(Benefit.WarmHomeDiscount, new DateOnly(2025, 11, 6)).Amount.Low.ShouldBe(150_00);
        Some.Of(Some.Adult()).Get(Benefit.WarmHomeDiscount, new DateOnly(2023, 11, 6)).Standing.ShouldBe(Standing.Depends);
        Some.Of(Some.Adult()).Get(Benefit.WarmHomeDiscount, new DateOnly(2026, 11, 6)).Standing.ShouldBe(Standing.NotKnown);
    }

    /// <summary>£2 for every £8: a fifth of what the childcare costs, to £2,000 a year for each child, not with Universal Credit. Some models take a quarter of the cost.</summary>
    [Fact]
    public void TaxFreeChildcare_IsAFifthOfTheCost()
    {
        var s = Some.Of(Some.Adult(pay: 45_000_00), Some.Child("c1", new DateOnly(2022, 1, 1)) with { ChildcareYear = 6_000_00 });

        s.Pence(Benefit.TaxFreeChildcare, May2025).ShouldBe(100_00);
        s.With("c1", c => c with { ChildcareYear = 24_000_00 }).Pence(Benefit.TaxFreeChildcare, May2025).ShouldBe(0); // Universal Credit is paid then
        s.With("a1", a => a with { PayYear = 90_000_00 }).With("c1", c => c with { ChildcareYear = 24_000_00 }).Pence(Benefit.TaxFreeChildcare, May2025).ShouldBe(166_67);
        s.With("a1", a => a with { PayYear = 100_001_00 }).Pence(Benefit.TaxFreeChildcare, May2025).ShouldBe(0);
    }

    [Fact]
    public void Amounts_OfAwardsThatOthersDecide()
    {
        Some.Of(Some.Adult() with { PipDailyLiving = Component.Standard, PipMobility = Component.Enhanced }).Pence(Benefit.PersonalIndependencePayment, May2025).ShouldBe(654_12);
        Some.Of(Some.Adult(), Some.Child("c1", new DateOnly(2018, 1, 1)) with { DlaCare = Component.Lowest }).Pence(Benefit.DisabilityLivingAllowance, May2025).ShouldBe(126_53);
        Some.Of(Some.Adult(born: 1945) with { AttendanceAllowance = Component.Enhanced }).Pence(Benefit.AttendanceAllowance, May2025).ShouldBe(478_40);
    }

    // ---- Working-age Council Tax Reduction ----------------------------------------------------------------------

    [Fact]
    public void ACouncilsOwnScheme_IsData_OfEitherKind()
    {
        Situation Under(string? scheme, long pay) => Some.Of(Some.Adult(pay: pay)) with { Home = new Home { CouncilTaxYear = 1_200_00, CouncilTaxScheme = scheme } };

        Under("fenmarsh-2026", 0).Pence(Benefit.CouncilTaxReduction, May2026).ShouldBe(100_00);
        Under("fenmarsh-2026", 120_00 * 52).Pence(Benefit.CouncilTaxReduction, May2026).ShouldBe(80_00);
        Under("fenmarsh-2026", 130_00 * 52).Pence(Benefit.CouncilTaxReduction, May2026).ShouldBe(55_00);
        Under("fenmarsh-2026", 300_00 * 52).Pence(Benefit.CouncilTaxReduction, May2026).ShouldBe(0);
        (Under("fenmarsh-2026", 0) with { Savings = 6_000_01 }).Pence(Benefit.CouncilTaxReduction, May2026).ShouldBe(0);
        // 80% of the bill, less 20% of what pay and award are above the maximum: 500 a month leaves 45% of it, 225.
        Under("wexcombe-2026", 0).Pence(Benefit.CouncilTaxReduction, May2026).ShouldBe(80_00);
        Under("wexcombe-2026", 6_000_00).Pence(Benefit.CouncilTaxReduction, May2026).ShouldBe(80_00 - 45_00);
        Under(null, 0).Get(Benefit.CouncilTaxReduction, May2026).Standing.ShouldBe(Standing.NotKnown);
        Under("nowhere", 0).Get(Benefit.CouncilTaxReduction, May2026).Sentence.ShouldContain("nowhere");
    }

    // ---- What is not worked out ---------------------------------------------------------------------------------

    [Theory]
    [InlineData(Nation.Scotland), InlineData(Nation.Wales), InlineData(Nation.NorthernIreland)]
    public void OtherNations_AreRefused(Nation nation)
    {
        var month = Engine.Official.Month(Some.Of(Some.Adult()) with { Nation = nation }, May2025);

        month.Refusal.ShouldNotBeNull().ShouldContain("England only");
        month.Statements.ShouldBeEmpty();
    }

    [Fact]
    public void WhatCannotBe_IsRefusedWithASentence()
    {
        string? Refusal(Situation s, DateOnly? month = null) => Engine.Official.Month(s, month ?? May2025).Refusal;

        Refusal(new Situation { People = [] })!.ShouldContain("exactly one claimant");
        Refusal(Some.Of(Some.Adult(), Some.Adult("a2")))!.ShouldContain("exactly one claimant");
        Refusal(Some.Of(Some.Adult(), Some.Adult("a1", Role.Partner)))!.ShouldContain("same id");
        Refusal(Some.Of(Some.Adult(pay: -1)))!.ShouldContain("below nothing");
        Refusal(Some.Of(Some.Adult(pay: long.MaxValue)))!.ShouldContain("above £10 million");
        Refusal(Some.Of(Some.Adult()), RateBook.Official.Known.Last.AddDays(1))!.ShouldContain("is not known");
        Refusal(Some.Of([Some.Adult(), .. Enumerable.Range(0, 13).Select(i => Some.Child($"c{i}", new DateOnly(2018, 1, 1)))]))!.ShouldContain("At most 12 children");
    }
}
