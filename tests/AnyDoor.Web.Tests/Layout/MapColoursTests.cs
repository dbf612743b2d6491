using System.Globalization;
using AnyDoor.Tests;

namespace AnyDoor.Web.Tests.Layout;

/// <summary>The map's classes as the style sheet has them, for eyes of every kind: each can be told from the next by its lightness alone, and the number in it can be read.</summary>
public sealed class MapColoursTests
{
    private static readonly string Css = File.ReadAllText(Path.Combine(TestRun.Root, "src", "AnyDoor.Web", "wwwroot", "css", "anydoor.css"));
    private static readonly double[][] Classes = [.. Enumerable.Range(1, 4).Select(i => Linear(Fill($".any-map__c{i} path,.any-map__k{i}{{fill:")))];
    private static readonly double[] White = [1, 1, 1], Ink = Linear("#10242b"), Lamp = Linear("#ffb938");

    /// <summary>How light arrives where one kind of cone is missing (Viénot, Brettel and Mollon 1999; blue after Brettel, simplified), and where only lightness is seen.</summary>
    public static TheoryData<string> Eyes => ["all three", "no red", "no green", "no blue", "grey"];

    [Theory, MemberData(nameof(Eyes))]
    [Requirement("R-PLC-04")]
    public void Each_class_stands_apart_from_the_next(string eyes)
    {
        var seen = Classes.Select(c => Light(See(c, eyes))).ToList();

        seen.SequenceEqual(seen.Order()).ShouldBeTrue("darkest is most deprived, for everybody");
        foreach (var (dark, light) in seen.Zip(seen.Skip(1))) ((light + 0.05) / (dark + 0.05)).ShouldBeGreaterThan(1.6);
        (Light(See(White, eyes)) + 0.05).ShouldBeGreaterThan((seen[^1] + 0.05) * 1.2, "the white border shows beside the lightest");
    }

    [Theory, MemberData(nameof(Eyes))]
    public void The_number_in_an_area_and_the_marks_over_it_can_be_read(string eyes)
    {
        double Contrast(double[] one, double[] other) => (Light(See(one, eyes)), Light(See(other, eyes))) is var (a, b) ? (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05) : 0;

        for (var i = 0; i < 4; i++) Contrast(Classes[i], i < 2 ? White : Ink).ShouldBeGreaterThan(4.5, $"class {i + 1}");
        // A mark has a dark edge in a white ring: one of the two stands out from every class.
        foreach (var shade in Classes) Math.Max(Contrast(shade, White), Contrast(shade, Ink)).ShouldBeGreaterThan(3);
        Contrast(Lamp, Ink).ShouldBeGreaterThan(4.5);
    }

    private static double[] Linear(string hex) => [.. Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];

    private static string Fill(string rule) => Css.IndexOf(rule, StringComparison.Ordinal) is >= 0 and var at ? Css.Substring(at + rule.Length, 7) : throw new InvalidOperationException($"The style sheet has no {rule}");

    private static double Light(double[] c) => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];

    private static double[] See(double[] c, string eyes)
    {
        double[][] matrix = eyes switch
        {
            "no red" => [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
            "no green" => [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
            "no blue" => [[1, 0.1461, -0.1461], [0, 0.8593, 0.1407], [0, 0.8593, 0.1407]],
            "grey" => [[0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722], [0.2126, 0.7152, 0.0722]],
            _ => [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        };
        return [.. matrix.Select(row => Math.Clamp(row.Zip(c, (m, v) => m * v).Sum(), 0, 1))];
    }
}
