using System.Globalization;
using AnyDoor.Common;
using AnyDoor.Entitlements;

namespace AnyDoor.Web.Charts;

/// <summary>Money a month against hours worked: three layers, the line on top of them, and the steepest step, drawn for a given size. Everything it says is in the table beside it too.</summary>
public sealed record HoursChart(string Who, long Hourly, decimal? Now, IReadOnlyList<HoursPoint> Points)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public long Most { get; } = Math.Max(1000_00, (Points.Max(p => p.Money.Total) + 999_99) / 1000_00 * 1000_00);
    public decimal Last => Points[^1].Hours;
    public HoursPoint? AtNow => Now is { } hours ? Points.FirstOrDefault(p => p.Hours == hours) : null;

    /// <summary>Where one hour more brings or takes far more than the others do: the benefit cap ends, or something else does. Null: there is no such step.</summary>
    public (HoursPoint Before, HoursPoint After)? Step
    {
        get
        {
            var whole = Points.Where(p => p.Hours == decimal.Truncate(p.Hours)).ToList();
            var steps = whole.Zip(whole.Skip(1)).Where(s => s.Second.Hours - s.First.Hours == 1).ToList();
            if (steps.Count == 0) return null;
            var steepest = steps.MaxBy(s => Math.Abs(s.Second.Money.Total - s.First.Money.Total));
            // An hour's pay a month is the most that an hour can bring by itself.
            var usual = Hourly * 52 / 12;
            return steepest.Second.Money.Total - steepest.First.Money.Total is var by && (by > usual * 3 / 2 || by < 0) ? steepest : null;
        }
    }

    /// <summary>Rows of the table: round hours, those of now, and both sides of the step.</summary>
    public IEnumerable<HoursPoint> Rows => Points.Where(p => p.Hours is 0 or 10 or 16 or 20 or 30 or 40 || p.Hours == Now || p == Step?.Before || p == Step?.After);

    public IEnumerable<decimal> Ticks => new decimal[] { 0, 10, 20, 30, 40 }.Where(h => h <= Last);
    public IEnumerable<long> Levels => Enumerable.Range(0, (int)(Most / 1000_00) + 1).Where(i => Most <= 6000_00 || i % 2 == 0).Select(i => i * 1000_00L);

    /// <summary>What is neither pay nor Universal Credit.</summary>
    public static long Other(MonthMoney m) => Math.Max(0, m.Total - m.TakeHome - m.UniversalCredit);

    public string OtherName => Points.All(p => Other(p.Money) == p.Money.ChildBenefit) ? "Child Benefit" : "Other benefits";

    public string Summary => $"Money a month by hours worked. {string.Join(", ", Rows.Select(p => $"at {Hours(p.Hours)} hours {new Money(p.Money.Total)}"))}.{(Step is { } step ? $" From {Hours(step.Before.Hours)} hours to {Hours(step.After.Hours)} it changes by {new Money(step.After.Money.Total - step.Before.Money.Total)}." : "")}";

    public static string Hours(decimal hours) => hours.ToString("0.##", Plain);

    public Drawing Draw(int width, int height, int left, int right, int top, int bottom) => new(this, width, height, left, right, top, bottom);

    /// <summary>The same at one size.</summary>
    public sealed record Drawing(HoursChart Chart, int Width, int Height, int Left, int Right, int Top, int Bottom)
    {
        public string X(decimal hours) => Number(Left + (hours / Chart.Last * (Width - Left - Right)));
        public string Y(long pence) => Number(Height - Bottom - ((decimal)pence / Chart.Most * (Height - Top - Bottom)));

        /// <summary>The area between two heights of each point.</summary>
        public string Area(Func<MonthMoney, long> low, Func<MonthMoney, long> high) =>
            Line(high) + string.Concat(Chart.Points.Reverse().Select(p => $"L{X(p.Hours)} {Y(low(p.Money))}")) + "z";

        public string Line(Func<MonthMoney, long> height) => "M" + string.Join('L', Chart.Points.Select(p => $"{X(p.Hours)} {Y(height(p.Money))}"));

        public string Number(decimal at) => at.ToString("0.#", Plain);
    }
}
