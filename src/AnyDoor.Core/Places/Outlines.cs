namespace AnyDoor.Places;

/// <summary>
/// Outlines that share their borders. They are made simpler together, border by border, so that two neighbours never come apart, and who touches whom is known.
/// Points are on a flat map: the longitude shrunk by the cosine of the middle latitude, north up, in degrees of latitude.
/// </summary>
public sealed class Outlines
{
    /// <summary>A plain projection is right to a metre or so over one county.</summary>
    private readonly record struct Spot(double X, double Y);

    private readonly record struct Key(int X, int Y);

    private readonly Dictionary<string, List<Spot[]>> rings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> touching = new(StringComparer.Ordinal);
    private readonly HashSet<Key> corners = [];
    private readonly double shrink;

    private Outlines(double shrink) => this.shrink = shrink;

    public bool Any => rings.Count > 0;
    public IEnumerable<string> Codes => rings.Keys;
    public bool Has(string code) => rings.ContainsKey(code);

    /// <summary>The areas that share a border with this one, not a corner alone.</summary>
    public IReadOnlySet<string> Neighbours(string code) => touching.GetValueOrDefault(code) ?? [];

    internal static Outlines Of(IEnumerable<Boundary> boundaries)
    {
        var all = boundaries.ToList();
        var latitudes = all.SelectMany(b => b.Rings).SelectMany(r => r.Where((_, i) => i % 2 == 1)).DefaultIfEmpty(0).ToList();
        var made = new Outlines(Math.Cos(double.DegreesToRadians((latitudes.Min() + latitudes.Max()) / 2)));
        var beside = new Dictionary<Key, HashSet<Key>>();
        var borders = new Dictionary<(Key, Key), string>();
        foreach (var boundary in all)
        {
            var own = made.rings[boundary.Code] = [];
            foreach (var ring in boundary.Rings)
            {
                var spots = new List<Spot>(ring.Length / 2);
                for (var i = 0; i + 1 < ring.Length; i += 2) spots.Add(new Spot(ring[i] * made.shrink, -ring[i + 1]));
                if (spots.Count > 1 && KeyOf(spots[0]) == KeyOf(spots[^1])) spots.RemoveAt(spots.Count - 1);
                if (spots.Count < 3) continue;
                own.Add([.. spots]);
                for (var i = 0; i < spots.Count; i++)
                {
                    var (here, next) = (KeyOf(spots[i]), KeyOf(spots[(i + 1) % spots.Count]));
                    if (here == next) continue;
                    Beside(here).Add(next);
                    Beside(next).Add(here);
                    var border = Less(here, next) ? (here, next) : (next, here);
                    if (borders.TryGetValue(border, out var other) && other != boundary.Code) made.Touch(boundary.Code, other);
                    else borders[border] = boundary.Code;
                }
            }
        }
        foreach (var (at, around) in beside) if (around.Count != 2) made.corners.Add(at);
        return made;

        HashSet<Key> Beside(Key at)
        {
            if (!beside.TryGetValue(at, out var around)) beside[at] = around = [];
            return around;
        }
    }

    /// <summary>These areas as paths of whole numbers on a canvas of this width.</summary>
    /// <param name="finest">How far a border may move, in units of the canvas.</param>
    /// <param name="frame">Areas that the canvas must hold, with as much again around them; what lies outside it is cut off.</param>
    public OutlineDrawing Draw(IReadOnlyCollection<string> codes, int width, double finest, IReadOnlyCollection<string>? frame = null)
    {
        var within = (frame ?? codes).Where(rings.ContainsKey).SelectMany(c => rings[c]).SelectMany(r => r).ToList();
        if (within.Count == 0) return new OutlineDrawing(width, 0, [], shrink, 0, 0, 1);
        const int margin = 8;
        var (west, east, north, south) = (within.Min(s => s.X), within.Max(s => s.X), within.Min(s => s.Y), within.Max(s => s.Y));
        if (frame is not null)
        {
            var (wider, higher) = ((east - west) / 2, (south - north) / 2);
            var drawn = codes.Where(rings.ContainsKey).SelectMany(c => rings[c]).SelectMany(r => r).ToList();
            (west, east) = (Math.Max(west - wider, drawn.Min(s => s.X)), Math.Min(east + wider, drawn.Max(s => s.X)));
            (north, south) = (Math.Max(north - higher, drawn.Min(s => s.Y)), Math.Min(south + higher, drawn.Max(s => s.Y)));
        }
        // A tall place would fill a page: its canvas is no higher than it is wide.
        var scale = Math.Min((width - 2 * margin) / Math.Max(east - west, 1e-9), (width - 2 * margin) / Math.Max(south - north, 1e-9));
        var (left, top) = (west - ((width - (east - west) * scale) / 2 / scale), north - margin / scale);
        var height = (int)Math.Ceiling((south - north) * scale) + 2 * margin;
        var shapes = new List<OutlineShape>();
        var shared = new Dictionary<(Key, Key, Key), (List<Spot> Line, List<string> Codes)>();
        foreach (var code in codes.Where(rings.ContainsKey))
        {
            var path = new System.Text.StringBuilder();
            var (best, label, room) = (0d, default(Spot), 0d);
            foreach (var ring in rings[code])
            {
                var drawn = Write(path, Simpler(code, ring, finest / scale, shared), left, top, scale, closed: true);
                if (drawn <= best) continue;
                (label, room) = Middle([.. ring.Select(s => new Spot((s.X - left) * scale, (s.Y - top) * scale))], width, height);
                best = drawn;
            }
            if (path.Length > 0) shapes.Add(new OutlineShape(code, path.ToString(), label.X, label.Y, room));
        }
        var borders = shared.Values.Select(b =>
        {
            var path = new System.Text.StringBuilder();
            Write(path, b.Line, left, top, scale, closed: false);
            return new OutlineBorder(path.ToString(), b.Codes[0], b.Codes.ElementAtOrDefault(1));
        }).Where(b => b.Path.Length > 0).ToList();
        return new OutlineDrawing(width, height, shapes, shrink, left, top, scale) { Borders = borders };
    }

    /// <summary>A border between two corners is the same line for both who share it, whichever way round they go.</summary>
    private List<Spot> Simpler(string code, Spot[] ring, double finest, Dictionary<(Key, Key, Key), (List<Spot> Line, List<string> Codes)> shared)
    {
        var start = Array.FindIndex(ring, s => corners.Contains(KeyOf(s)));
        // An island, or a place all within another: cut where both would cut.
        if (start < 0) start = Array.IndexOf(ring, ring.MinBy(s => (s.X, s.Y)));
        var line = new List<Spot>();
        var border = new List<Spot> { ring[start] };
        for (var i = 1; i <= ring.Length; i++)
        {
            var spot = ring[(start + i) % ring.Length];
            border.Add(spot);
            if (i < ring.Length && !corners.Contains(KeyOf(spot))) continue;
            var turn = !Less(KeyOf(border[0]), KeyOf(border[^1])) && !(border[0] == border[^1] && Less(KeyOf(border[1]), KeyOf(border[^2])));
            if (turn) border.Reverse();
            var key = (KeyOf(border[0]), KeyOf(border[1]), KeyOf(border[^1]));
            if (shared.TryGetValue(key, out var known)) known.Codes.Add(code);
            else shared[key] = known = (Keep(border, finest), [code]);
            var kept = known.Line.ToList();
            if (turn) kept.Reverse();
            line.AddRange(kept.Take(kept.Count - 1));
            border = [spot];
        }
        return line;
    }

    /// <summary>Douglas and Peucker's rule: a point stays while leaving it out would move the line by more than this.</summary>
    private static List<Spot> Keep(List<Spot> line, double finest)
    {
        var stay = new bool[line.Count];
        stay[0] = stay[^1] = true;
        var open = new Stack<(int From, int To)>([(0, line.Count - 1)]);
        while (open.TryPop(out var part))
        {
            var (farthest, at) = (0d, -1);
            for (var i = part.From + 1; i < part.To; i++)
                if (Away(line[i], line[part.From], line[part.To]) is var away && away > farthest) (farthest, at) = (away, i);
            if (at < 0 || farthest <= finest) continue;
            stay[at] = true;
            open.Push((part.From, at));
            open.Push((at, part.To));
        }
        return [.. line.Where((_, i) => stay[i])];
    }

    private static double Away(Spot point, Spot from, Spot to)
    {
        var (x, y) = (to.X - from.X, to.Y - from.Y);
        var length = x * x + y * y;
        var along = length == 0 ? 0 : Math.Clamp(((point.X - from.X) * x + (point.Y - from.Y) * y) / length, 0, 1);
        return Math.Sqrt(Math.Pow(point.X - from.X - along * x, 2) + Math.Pow(point.Y - from.Y - along * y, 2));
    }

    /// <summary>Writes a ring in whole steps from point to point, and gives its area.</summary>
    private static double Write(System.Text.StringBuilder path, List<Spot> line, double left, double top, double scale, bool closed)
    {
        var (x, y, area, points) = (0, 0, 0d, 0);
        var (firstX, firstY) = (0, 0);
        var text = new System.Text.StringBuilder();
        foreach (var spot in line)
        {
            var (toX, toY) = ((int)Math.Round((spot.X - left) * scale), (int)Math.Round((spot.Y - top) * scale));
            if (points == 0) (firstX, firstY) = (toX, toY);
            else if (toX == x && toY == y) continue;
            else area += (double)x * toY - (double)toX * y;
            text.Append(points == 0 ? 'M' : points == 1 ? 'l' : toX - x < 0 ? "" : " ").Append(points == 0 ? toX : toX - x).Append((points == 0 ? toY : toY - y) < 0 ? "" : " ").Append(points == 0 ? toY : toY - y);
            (x, y, points) = (toX, toY, points + 1);
        }
        area += (double)x * firstY - (double)firstX * y;
        if (points < (closed ? 3 : 2)) return 0;
        path.Append(text);
        if (closed) path.Append('z');
        return Math.Abs(area) / 2;
    }

    /// <summary>A place well within for a label, and how far from the edge it is: the best of a grid of points.</summary>
    private static (Spot At, double Room) Middle(Spot[] ring, int width, int height)
    {
        const int steps = 9;
        // Within what is seen of it.
        var (west, east, north, south) = (Math.Max(0, ring.Min(s => s.X)), Math.Min(width, ring.Max(s => s.X)), Math.Max(0, ring.Min(s => s.Y)), Math.Min(height, ring.Max(s => s.Y)));
        var best = (At: new Spot((west + east) / 2, (north + south) / 2), Room: 0d);
        for (var i = 1; i < steps; i++)
            for (var j = 1; j < steps; j++)
            {
                var at = new Spot(west + (east - west) * i / steps, north + (south - north) * j / steps);
                var (inside, room) = (false, Math.Min(Math.Min(at.X, width - at.X), Math.Min(at.Y, height - at.Y)));
                for (int a = 0, b = ring.Length - 1; a < ring.Length; b = a++)
                {
                    if (ring[a].Y > at.Y != ring[b].Y > at.Y && at.X < (ring[b].X - ring[a].X) * (at.Y - ring[a].Y) / (ring[b].Y - ring[a].Y) + ring[a].X) inside = !inside;
                    if (room > best.Room) room = Math.Min(room, Away(at, ring[a], ring[b]));
                }
                if (inside && room > best.Room) best = (at, room);
            }
        return best;
    }

    private void Touch(string one, string other)
    {
        foreach (var (a, b) in new[] { (one, other), (other, one) })
        {
            if (!touching.TryGetValue(a, out var set)) touching[a] = set = new HashSet<string>(StringComparer.Ordinal);
            set.Add(b);
        }
    }

    private static Key KeyOf(Spot spot) => new((int)Math.Round(spot.X * 1e6), (int)Math.Round(spot.Y * 1e6));

    private static bool Less(Key one, Key other) => one.X < other.X || (one.X == other.X && one.Y < other.Y);
}

/// <summary>One area's outline as an SVG path, and where its label has room.</summary>
/// <param name="Room">How far the label's point is from the nearest edge, in units of the canvas.</param>
public sealed record OutlineShape(string Code, string Path, double X, double Y, double Room);

/// <summary>A border between two areas, or of one area and nothing that is loaded.</summary>
public sealed record OutlineBorder(string Path, string One, string? Other);

/// <summary>Outlines on one canvas.</summary>
public sealed record OutlineDrawing(int Width, int Height, IReadOnlyList<OutlineShape> Shapes, double Shrink, double Left, double Top, double Scale)
{
    public IReadOnlyList<OutlineBorder> Borders { get; init; } = [];

    /// <summary>Where a point of the earth is on the canvas; null: outside it.</summary>
    public (double X, double Y)? At(GeoPoint point)
    {
        var (x, y) = ((point.Longitude * Shrink - Left) * Scale, (-point.Latitude - Top) * Scale);
        return x >= 0 && y >= 0 && x <= Width && y <= Height ? (x, y) : null;
    }
}
