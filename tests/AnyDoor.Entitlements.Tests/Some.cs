using System.Collections.Immutable;

namespace AnyDoor.Entitlements.Tests;

/// <summary>Invented households, and the month they are worked out for.</summary>
internal static class Some
{
    public static readonly DateOnly May2024 = new(2024, 5, 6), May2025 = new(2025, 5, 6), May2026 = new(2026, 5, 6);

    public static Person Adult(string id = "a1", Role role = Role.Claimant, int born = 1990, long pay = 0) => new() { Id = id, Role = role, DateOfBirth = new DateOnly(born, 1, 1), PayYear = pay };

    public static Person Child(string id, DateOnly born) => new() { Id = id, Role = Role.Child, DateOfBirth = born, Sex = Sex.Female };

    public static Situation Of(params ReadOnlySpan<Person> people) => new() { People = [.. people] };

    public static Situation Renting(this Situation s, long rent, Tenure tenure = Tenure.CouncilTenant, long? allowance = null, int? bedrooms = null) =>
        s with { Home = s.Home with { Tenure = tenure, RentYear = rent, LocalHousingAllowanceWeek = allowance, Bedrooms = bedrooms } };

    public static Statement Get(this Situation s, Benefit benefit, DateOnly start)
    {
        var month = Engine.Official.Month(s, start);
        month.Refusal.ShouldBeNull();
        return month.Of(benefit) ?? throw new InvalidOperationException($"No statement on {benefit}.");
    }

    /// <summary>The exact figure, pence a month.</summary>
    public static long Pence(this Situation s, Benefit benefit, DateOnly start)
    {
        var statement = s.Get(benefit, start);
        statement.Amount.IsExact.ShouldBeTrue(statement.Sentence);
        return statement.Amount.Low;
    }

    public static Explanation Step(this Statement statement, Rule rule) => statement.Working!.All().First(e => e.Rule == rule);
    public static bool Has(this Statement statement, Rule rule) => statement.Working!.All().Any(e => e.Rule == rule);
}
