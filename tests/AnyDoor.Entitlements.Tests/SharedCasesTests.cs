using System.Globalization;
using System.Text.Json;
using AnyDoor.Tests;

namespace AnyDoor.Entitlements.Tests;

/// <summary>The 200 made-up households that another model worked out, and the what-ifs of the founding papers' family. They lie in ../shared.</summary>
public sealed class SharedCasesTests
{
    /// <summary>What each caveat of the cases leaves out, because the other model is not the law there. What is worked out from a figure left out goes with it.</summary>
    private static readonly Dictionary<string, string[]> LeftOut = new()
    {
        ["benefit_cap_earnings_threshold"] = ["benefit_cap_reduction", "universal_credit"],
        ["benefit_cap_ignores_childcare_protection"] = ["benefit_cap_reduction", "universal_credit"],
        ["minimum_income_floor_simplified"] = ["universal_credit", "universal_credit_pre_benefit_cap", "uc_earned_income", "uc_income_reduction", "benefit_cap_reduction"],
        ["hicbc_deducted_from_uc_earnings"] = ["universal_credit", "universal_credit_pre_benefit_cap", "uc_earned_income", "uc_income_reduction"],
        ["pension_credit_severe_disability_one_of_couple"] = ["pension_credit", "guarantee_credit", "housing_benefit", "council_tax_reduction"],
        ["pension_age_hb_ctr_allowances_2025_26_indexed_not_enacted"] = ["housing_benefit", "council_tax_reduction"],
        ["winter_fuel_individual_income_test"] = ["winter_fuel_payment"],
    };

    private static readonly string[] Within3 = ["income_tax", "national_insurance", "CB_HITC"];
    private static readonly string[] Exactly = ["adjusted_net_income", "carers_allowance", "pip", "dla", "attendance_allowance", "state_pension"];

    [Fact]
    public void The200Cases_AreReached()
    {
        string[] lines = [.. File.ReadLines(Shared.Path("benefits/examples.jsonl"))];

        var wrong = Wrong(lines, out var compared);

        lines.Length.ShouldBe(200);
        compared.ShouldBeGreaterThan(7000);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void TheFamilyOfThePapers_IsReached()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Shared.Path("benefits/persona1_examples.json")));
        string[] lines = [.. file.RootElement.EnumerateArray().Select(c => c.GetRawText().ReplaceLineEndings(" "))];

        var wrong = Wrong(lines, out var compared);

        lines.Length.ShouldBe(24);
        compared.ShouldBeGreaterThan(500);
        wrong.ShouldBeEmpty();
    }

    private static List<string> Wrong(string[] lines, out int compared)
    {
        var results = Cases.Run(string.Join('\n', lines));
        var (wrong, count) = (new List<string>(), 0);
        for (var i = 0; i < lines.Length; i++)
        {
            using var one = JsonDocument.Parse(lines[i]);
            var (input, expected, got) = (one.RootElement.GetProperty("input"), one.RootElement.GetProperty("expected"), results[i]);
            var id = input.GetProperty("id").GetString();
            if (got.TryGetProperty("error", out var error))
            {
                wrong.Add($"{id}: {error}");
                continue;
            }
            var caveats = one.RootElement.TryGetProperty("caveats", out var c) ? c.EnumerateArray().SelectMany(x => LeftOut[x.GetString()!]).ToHashSet() : [];
            var attendance = input.GetProperty("people").EnumerateArray().Any(p => p.TryGetProperty("attendance_allowance", out var a) && a.GetString() != "NONE");
            void Compare(string name, JsonElement want, JsonElement have, decimal within)
            {
                if (caveats.Contains(name)) return;
                count++;
                if (Math.Abs(want.GetDecimal() - have.GetDecimal()) > within) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{id} {name}: wanted {want}, got {have}"));
            }
            var unit = expected.GetProperty("benefit_unit");
            foreach (var field in unit.EnumerateObject())
            {
                if (field.Name is "pension_credit" or "savings_credit" or "housing_benefit") continue;
                // A family of working age has no Guarantee Credit; some cases show what it would be.
                if (field.Name == "guarantee_credit" && (attendance || unit.TryGetProperty("uc_maximum_amount", out _))) continue;
                Compare(field.Name, field.Value, got.GetProperty("benefit_unit").GetProperty(field.Name), field.Name == "guarantee_credit" ? 3 : 1);
            }
            foreach (var person in expected.GetProperty("people").EnumerateObject())
                foreach (var field in person.Value.EnumerateObject())
                    if (Within3.Contains(field.Name) || Exactly.Contains(field.Name)) Compare(field.Name, field.Value, got.GetProperty("people").GetProperty(person.Name).GetProperty(field.Name), Within3.Contains(field.Name) ? 3 : 0.05m);
        }
        compared = count;
        return wrong;
    }
}
