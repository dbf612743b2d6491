using AnyDoor.Entitlements.Cohorts;

namespace AnyDoor.Entitlements.Tests;

/// <summary>The samples of the package's readme, word for word; <see cref="PackageTests"/> holds the two together.</summary>
internal static class Samples
{
    public static List<string> Family()
    {
        var Console = new Said();
        var family = new Situation
        {
            People =
            [
                new Person { Id = "leanne", Role = Role.Claimant, DateOfBirth = new DateOnly(1990, 2, 3) },
                new Person { Id = "darren", Role = Role.Partner, DateOfBirth = new DateOnly(1988, 7, 9), PayYear = 13_218_40 },
                new Person { Id = "first", Role = Role.Child, DateOfBirth = new DateOnly(2015, 5, 1) },
                new Person { Id = "second", Role = Role.Child, DateOfBirth = new DateOnly(2017, 9, 1) },
                new Person { Id = "third", Role = Role.Child, DateOfBirth = new DateOnly(2019, 9, 1) },
            ],
            Home = new Home { Tenure = Tenure.HousingAssociationTenant, RentYear = 6_500_00 },
        };

        MonthResult month = Engine.Official.Month(family, new DateOnly(2026, 11, 6));
        Statement credit = month.Of(Benefit.UniversalCredit)!;

        Console.WriteLine(credit.Sentence);          // "£1,805.73 a month."
        foreach (Explanation step in credit.Working!.All())
            Console.WriteLine($"{step.Title}: {step.Shown}  {step.Law?.Title ?? step.Rate?.Sources[0].Title}");
        return Console.Lines;
    }

    public static List<string> Range()
    {
        var Console = new Said();
        var caller = new Situation
        {
            People = [new Person { Id = "caller", Role = Role.Claimant, DateOfBirth = new DateOnly(1980, 1, 1), PayYear = null }],
            Home = new Home { Tenure = Tenure.PrivateTenant, RentYear = 9_000_00, LocalHousingAllowanceWeek = 150_00 },
        };

        Statement credit = Engine.Official.Month(caller, new DateOnly(2026, 5, 6)).Of(Benefit.UniversalCredit)!;
        Console.WriteLine($"{credit.Standing}: {credit.Amount}");      // "Depends: £0 to £1,076.69"
        Console.WriteLine(credit.Unknown[0].Question);                  // "How much is the pay?"
        return Console.Lines;
    }

    public static List<string> Months()
    {
        var Console = new Said();
        var zeroHours = new Situation
        {
            People =
            [
                new Person
                {
                    Id = "sam", Role = Role.Claimant, DateOfBirth = new DateOnly(1995, 6, 1), PaidEvery = PayEvery.Week,
                    Payslips = [new Payslip(new DateOnly(2026, 5, 8), 180_00), new Payslip(new DateOnly(2026, 5, 15), 95_00), new Payslip(new DateOnly(2026, 6, 12), 410_00)],
                },
            ],
        };

        foreach (MonthResult month in Engine.Official.Run(zeroHours, new DateOnly(2026, 5, 6), 3))
            Console.WriteLine($"{month.Start}: {month.Of(Benefit.UniversalCredit)!.Amount}, to live on {month.Lowest.Total / 100m:0.00}");
        return Console.Lines;
    }

    public static List<string> OfCohort()
    {
        var Console = new Said();
        using var csv = new StringReader("""
            reference,place,district,tenure,adult1_born,adult1_pay,children_born,gets
            H1,Northfield,Fenmarsh,OWNED_OUTRIGHT,1990-01-01,9000,2018-05-05 2020-01-01,child_benefit
            """);
        CohortData data = CohortFile.Read(csv);
        CohortFindings found = CohortReport.Make(data, 2026);
        Console.WriteLine($"{found.Totals[0].Benefit}: {found.Totals[0].Households} household, {found.Totals[0].WorthYear / 100m:0.00} a year");

        var rows = new CohortRow[data.Packed.Length];
        Cohort.Run(data.Packed, AssessmentYear.Of(2026, RateBook.Official), rows);   // the six figures of each, nothing allocated per household
        return Console.Lines;
    }

    private sealed class Said
    {
        public List<string> Lines { get; } = [];
        public void WriteLine(string line) => Lines.Add(line);
    }
}
