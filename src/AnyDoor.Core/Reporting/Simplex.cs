namespace AnyDoor.Reporting;

/// <summary>
/// The largest value of one variable under linear conditions: the textbook simplex with Bland's rule, for some hundreds of variables. It answers what somebody
/// with every published number in front of them could work out.
/// </summary>
internal sealed class Simplex(int variables)
{
    private const double Small = 1e-9;
    private readonly List<(double[] Row, double Most)> rows = [];

    /// <summary>Sum of weight times variable is at most this. Variables are never below zero.</summary>
    public void AtMost(double most, params ReadOnlySpan<(int Variable, double Weight)> terms)
    {
        var row = new double[variables];
        foreach (var (variable, weight) in terms) row[variable] += weight;
        rows.Add((row, most));
    }

    public void AtLeast(double least, params ReadOnlySpan<(int Variable, double Weight)> terms)
    {
        var turned = new (int, double)[terms.Length];
        for (var i = 0; i < terms.Length; i++) turned[i] = (terms[i].Variable, -terms[i].Weight);
        AtMost(-least, turned);
    }

    /// <summary>The largest value of sign times the variable. Null: the conditions contradict each other. Infinity: nothing bounds it.</summary>
    public double? Largest(int variable, int sign)
    {
        var (m, n) = (rows.Count, variables);
        // Columns: variables, the helper of the first phase, the right side. The last two rows: the aim, and the first phase's.
        var t = new double[m + 2, n + 2];
        var (basis, free) = (new int[m], new int[n + 1]);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++) t[i, j] = rows[i].Row[j];
            (basis[i], t[i, n], t[i, n + 1]) = (n + i, -1, rows[i].Most);
        }
        for (var j = 0; j < n; j++) free[j] = j;
        (free[n], t[m, variable], t[m + 1, n]) = (-1, -sign, 1);

        var lowest = 0;
        for (var i = 1; i < m; i++) if (t[i, n + 1] < t[lowest, n + 1]) lowest = i;
        if (m > 0 && t[lowest, n + 1] < -Small)
        {
            Pivot(lowest, n);
            if (!Climb(1) || t[m + 1, n + 1] < -1e-7) return null;
            for (var i = 0; i < m; i++)
            {
                if (basis[i] != -1) continue;
                var s = -1;
                for (var j = 0; j <= n; j++) if (s == -1 || t[i, j] < t[i, s] || (t[i, j] == t[i, s] && free[j] < free[s])) s = j;
                Pivot(i, s);
            }
        }
        return Climb(2) ? t[m, n + 1] : double.PositiveInfinity;

        void Pivot(int r, int s)
        {
            var inverse = 1 / t[r, s];
            for (var i = 0; i < m + 2; i++)
            {
                if (i == r || Math.Abs(t[i, s]) <= Small * 1e-3) continue;
                var times = t[i, s] * inverse;
                for (var j = 0; j < n + 2; j++) if (j != s) t[i, j] -= t[r, j] * times;
            }
            for (var j = 0; j < n + 2; j++) if (j != s) t[r, j] *= inverse;
            for (var i = 0; i < m + 2; i++) if (i != r) t[i, s] *= -inverse;
            t[r, s] = inverse;
            (basis[r], free[s]) = (free[s], basis[r]);
        }

        bool Climb(int phase)
        {
            var aim = phase == 1 ? m + 1 : m;
            while (true)
            {
                var s = -1;
                for (var j = 0; j <= n; j++)
                {
                    if (phase == 2 && free[j] == -1) continue;
                    if (t[aim, j] < -Small && (s == -1 || free[j] < free[s])) s = j;
                }
                if (s == -1) return true;
                var r = -1;
                for (var i = 0; i < m; i++)
                {
                    if (t[i, s] <= Small) continue;
                    if (r == -1) { r = i; continue; }
                    var (one, other) = (t[i, n + 1] / t[i, s], t[r, n + 1] / t[r, s]);
                    if (one < other - Small || (Math.Abs(one - other) <= Small && basis[i] < basis[r])) r = i;
                }
                if (r == -1) return false;
                Pivot(r, s);
            }
        }
    }
}
