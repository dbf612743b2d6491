using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace AnyDoor.Entitlements.Tests;

/// <summary>What holds for every household, tried on many invented ones.</summary>
public sealed class PropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(new Replay(new Rnd(20261129, 7), null));

    private static Gen<long> Money(int pounds) => Gen.OneOf(Gen.Constant(0L), Gen.Choose(0, pounds * 100).Select(p => (long)p));

    private static Gen<DateOnly> Born(int earliest, int latest) => Gen.Choose(new DateOnly(earliest, 1, 1).DayNumber, new DateOnly(latest, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);

    private static Gen<bool> OneIn(int n) => Gen.Choose(1, n).Select(x => x == 1);

    private static Gen<Person> Adult(string id, Role role, int earliest, int latest) =>
        from born in Born(earliest, latest)
        from pay in Money(70_000)
        from self in OneIn(6)
        from profit in Money(40_000)
        from pension in Money(3_000)
        from ill in OneIn(8)
        from guarded in OneIn(2)
        from hours in Gen.Elements(0, 0, 0, 34, 35, 60)
        from pip in Gen.Elements(Component.None, Component.None, Component.None, Component.Standard, Component.Enhanced)
        from sex in Gen.Elements(Sex.Female, Sex.Male)
        from privately in Money(9_000)
        select new Person
        {
            Id = id, Role = role, DateOfBirth = born, Sex = sex, PayYear = self ? 0 : pay, SelfEmployment = self ? new SelfEmployment { ProfitYear = profit } : null, PensionContributionsYear = Math.Min(pension, pay / 2),
            LimitedCapabilityActivity = ill, ProtectedRate = guarded, CareHours = ill ? 0 : hours, ClaimsCarersAllowance = hours >= 35, PipDailyLiving = pip, PrivatePensionYear = latest < 1960 ? privately : 0, StatePensionYear = latest < 1960 ? privately + 5_000_00 : 0,
        };

    private static Gen<Person> Child(int i) =>
        from born in Born(2007, 2025)
        from school in OneIn(2)
        from care in Gen.Elements(Component.None, Component.None, Component.None, Component.Lowest, Component.Standard, Component.Enhanced)
        from cost in Money(9_000)
        from sex in Gen.Elements(Sex.Female, Sex.Male)
        select new Person { Id = $"c{i}", Role = Role.Child, DateOfBirth = born, Sex = sex, InEducation = school, DlaCare = care, ChildcareYear = born.Year > 2014 ? cost : 0 };

    private static readonly Gen<Situation> Households =
        from old in OneIn(5)
        from couple in OneIn(2)
        from first in Adult("a1", Role.Claimant, old ? 1935 : 1965, old ? 1954 : 2002)
        from second in Adult("a2", Role.Partner, old ? 1935 : 1965, old ? 1954 : 2002)
        from count in Gen.Choose(0, old ? 0 : 5)
        from children in Gen.CollectToSequence(Enumerable.Range(0, count), Child)
        from lodger in OneIn(6)
        from tenure in Gen.Elements(Tenure.NoHousingCosts, Tenure.Mortgage, Tenure.CouncilTenant, Tenure.HousingAssociationTenant, Tenure.PrivateTenant)
        from rent in Money(20_000)
        from allowance in Gen.Choose(60_00, 350_00)
        from savings in Gen.OneOf(Gen.Constant(0L), Money(18_000))
        from london in OneIn(4)
        select new Situation
        {
            People = [first, .. couple ? [second] : Array.Empty<Person>(), .. children, .. lodger ? [new Person { Id = "n", Role = Role.NonDependant, DateOfBirth = new DateOnly(1999, 5, 5) }] : Array.Empty<Person>()],
            Home = new Home { Tenure = tenure, RentYear = rent, LocalHousingAllowanceWeek = allowance, London = london, CouncilTaxYear = 1_500_00, CouncilTaxScheme = "wexcombe-2026" }, Savings = savings,
        };

    private static readonly Gen<DateOnly> Months = Gen.Choose(0, 58).Select(m => new DateOnly(2021, 4, 6).AddMonths(m));

    private static void ForAll<T>(Gen<T> cases, Action<T> holds) => Check.One(Many, Prop.ForAll(cases.ToArbitrary(), holds));

    [Fact]
    public void EveryWorking_AddsUpToItsFigure_ToThePenny() => ForAll(Households.Zip(Months, (s, m) => (s, m)), x =>
    {
        var month = Engine.Official.Month(x.s, x.m);
        month.Refusal.ShouldBeNull();
        foreach (var statement in month.Statements.Where(s => s.Working is not null))
        {
            statement.Working!.Amount.ShouldBe(statement.Amount.Low, $"{statement.Benefit}");
            Unsound(statement.Working).ShouldBeNull($"{statement.Benefit}");
        }
    });

    private static string? Unsound(Explanation step) => step.AddsUp() ? null : step.Parts.Select(Unsound).FirstOrDefault(u => u is not null) ?? $"{step.Title} {step.How} {step.Amount}: {string.Join(", ", step.Parts.Select(p => $"{(p.Less ? "−" : "")}{p.Amount} {p.Title}"))}";

    [Fact]
    public void TheOrderOfPeople_DoesNotMatter() => ForAll(Households.Zip(Months, (s, m) => (s, m)), x =>
    {
        var swapped = x.s with { People = [.. x.s.People.Reverse().Select(p => p with { Role = p.Role switch { Role.Claimant when x.s.People.Any(q => q.Role == Role.Partner) => Role.Partner, Role.Partner => Role.Claimant, var other => other } })] };
        var (one, other) = (Engine.Official.Month(x.s, x.m), Engine.Official.Month(swapped, x.m));

        other.Lowest.ShouldBe(one.Lowest);
        other.Statements.Select(s => (s.Benefit, s.Amount)).ShouldBe(one.Statements.Select(s => (s.Benefit, s.Amount)));
    });

    /// <summary>Twelve months of a household whose circumstances stay as they are come to what the year of the cohort comes to, birthdays and changes of rates included.</summary>
    [Fact]
    public void TwelveMonths_AreTheYear() => ForAll(Households.Zip(Gen.Choose(2021, 2025), (s, y) => (s, y)), x =>
    {
        var rows = new Cohorts.CohortRow[1];
        var year = AssessmentYear.Of(x.y, RateBook.Official);
        Cohorts.Cohort.Run(new[] { Packing.Pack(x.s, year.First) }, year, rows);
        var months = Engine.Official.Run(x.s, TaxYears.Start(x.y), 12);

        // Surplus earnings are carried in a run of months; a cohort asks nobody to claim again.
        if (months.All(m => m.Statements.All(s => s.Working?.All().All(e => e.Rule != Rule.SurplusCarried) != false)))
            months.Sum(m => m.Lowest.UniversalCredit).ShouldBe(rows[0].UniversalCredit, $"{string.Join(", ", months.Select(m => m.Lowest.UniversalCredit))}; {string.Join('\n', x.s.People)}");
        Math.Abs(months.Sum(m => m.Lowest.ChildBenefit) - rows[0].ChildBenefit).ShouldBeLessThanOrEqualTo(12);
        Math.Abs(months.Sum(m => m.Lowest.PensionCredit) - rows[0].PensionCredit).ShouldBeLessThanOrEqualTo(12);
        months.Sum(m => m.Lowest.TakenByCap).ShouldBe(rows[0].CapReduction);
    });

    /// <summary>
    /// A pound more of pay never leaves a household with less, but where a rule has a cliff that the working shows: Child Benefit's charge by whole per cents, Carer's Allowance at its earnings limit, childcare and the end of an award.
    /// </summary>
    [Fact]
    public void EarningMore_NeverCostsMoreThanTheCliffThatIsShown() => ForAll(Households.Zip(Months, (s, m) => (s, m)).Zip(Gen.Choose(1, 5_000_00), (x, more) => (x.s, x.m, more)), x =>
    {
        var before = Engine.Official.Month(x.s, x.m);
        var after = Engine.Official.Month(x.s.With("a1", a => a with { PayYear = a.PayYear + x.more }), x.m);
        var fell = before.Lowest.Total - after.Lowest.Total;
        var charge = after.Lowest.Charge - before.Lowest.Charge;
        var caring = Math.Max(0, before.Lowest.CarersAllowance - after.Lowest.CarersAllowance);

        fell.ShouldBeLessThanOrEqualTo(Math.Max(0, charge) + caring + 3, $"{before.Lowest} then {after.Lowest}; {string.Join('\n', x.s.People)}");
    });

    [Fact]
    public void NothingIsEverBelowNothing() => ForAll(Households.Zip(Months, (s, m) => (s, m)), x =>
    {
        var money = Engine.Official.Month(x.s, x.m).Lowest;
        new[] { money.UniversalCredit, money.ChildBenefit, money.PensionCredit, money.HousingBenefit, money.TakenByCap, money.Charge, money.TakeHome }.ShouldAllBe(a => a >= 0);
    });

    private const long Aside = 1_00;

    private static Gen<Situation> Forgetting(Situation s) =>
        from bits in Gen.Choose(0, 1023)
        select s with
        {
            Savings = (bits & 1) != 0 ? null : s.Savings,
            Home = s.Home with { RentYear = (bits & 2) != 0 ? null : s.Home.RentYear, LocalHousingAllowanceWeek = (bits & 4) != 0 ? null : s.Home.LocalHousingAllowanceWeek, CouncilTaxYear = (bits & 8) != 0 ? null : s.Home.CouncilTaxYear },
            People =
            [
                .. s.People.Select(p => p with
                {
                    PayYear = (bits & (p.Role == Role.Partner ? 16 : 32)) != 0 && p.Role is Role.Claimant or Role.Partner && p.SelfEmployment is null ? null : p.PayYear,
                    SelfEmployment = (bits & (p.Role == Role.Partner ? 16 : 32)) != 0 ? p.SelfEmployment is { } self ? self with { ProfitYear = null } : null : p.SelfEmployment,
                    LimitedCapabilityActivity = (bits & 64) != 0 ? null : p.LimitedCapabilityActivity, ProtectedRate = (bits & 128) != 0 ? null : p.ProtectedRate,
                    ChildcareYear = (bits & 256) != 0 && p.Role == Role.Child ? null : p.ChildcareYear, Sex = (bits & 512) != 0 ? null : p.Sex,
                }),
            ],
        };

    /// <summary>Whatever was forgotten, the range holds the figure that the whole answers give, unless it says that it could be more or less. What is fixed by a threshold between two values that were tried may lie a little aside.</summary>
    [Fact]
    public void ARange_HoldsWhatTheAnswersWouldGive() => ForAll(Households.Zip(Months, (s, m) => (s, m)).SelectMany(x => Forgetting(x.s).Select(f => (x.s, f, x.m))), x =>
    {
        var (whole, open) = (Engine.Official.Month(x.s, x.m), Engine.Official.Month(x.f, x.m));
        foreach (var benefit in new[] { Benefit.UniversalCredit, Benefit.PensionCredit, Benefit.HousingBenefit, Benefit.ChildBenefit, Benefit.CouncilTaxReduction, Benefit.IncomeTax, Benefit.NationalInsurance, Benefit.TaxFreeChildcare })
        {
            if (whole.Of(benefit) is not { Standing: not Standing.NotKnown } told || open.Of(benefit) is not { Standing: not Standing.NotKnown } range) continue;
            if (!range.CouldBeMore) told.Amount.High.ShouldBeLessThanOrEqualTo(range.Amount.High + Aside, $"{benefit} {x.f}");
            if (!range.CouldBeLess) told.Amount.Low.ShouldBeGreaterThanOrEqualTo(range.Amount.Low - Aside, $"{benefit} {x.f}");
            if (told.Amount.High > 0) range.Standing.ShouldNotBe(Standing.NotEntitled, $"{benefit} {x.f}");
        }
    });
}
