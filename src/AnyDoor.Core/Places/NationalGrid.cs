namespace AnyDoor.Places;

/// <summary>
/// Eastings and northings of the British National Grid as WGS84 degrees, good to about 5 m: Ordnance Survey, “A guide to coordinate systems in Great Britain”
/// (annex C: transverse Mercator; section 6.6: the Helmert transformation).
/// </summary>
internal static class NationalGrid
{
    // Airy 1830 and the grid's true origin.
    private const double A = 6377563.396, B = 6356256.909, F0 = 0.9996012717, N0 = -100000, E0 = 400000;
    private static readonly double Lat0 = double.DegreesToRadians(49), Lon0 = double.DegreesToRadians(-2);

    public static GeoPoint ToPoint(double easting, double northing)
    {
        const double e2 = 1 - B * B / (A * A), n = (A - B) / (A + B);
        var lat = Lat0;
        double m;
        do
        {
            lat += (northing - N0 - Arc(lat, n)) / (A * F0);
            m = Arc(lat, n);
        }
        while (Math.Abs(northing - N0 - m) >= 0.00001);

        double sin = Math.Sin(lat), cos = Math.Cos(lat), tan = Math.Tan(lat), t2 = tan * tan;
        double nu = A * F0 / Math.Sqrt(1 - e2 * sin * sin), rho = A * F0 * (1 - e2) / Math.Pow(1 - e2 * sin * sin, 1.5), eta2 = nu / rho - 1, d = easting - E0;
        var vii = tan / (2 * rho * nu);
        var viii = tan / (24 * rho * Math.Pow(nu, 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
        var ix = tan / (720 * rho * Math.Pow(nu, 5)) * (61 + 90 * t2 + 45 * t2 * t2);
        var x = 1 / (cos * nu);
        var xi = 1 / (cos * 6 * Math.Pow(nu, 3)) * (nu / rho + 2 * t2);
        var xii = 1 / (cos * 120 * Math.Pow(nu, 5)) * (5 + 28 * t2 + 24 * t2 * t2);
        var xiia = 1 / (cos * 5040 * Math.Pow(nu, 7)) * (61 + 662 * t2 + 1320 * t2 * t2 + 720 * t2 * t2 * t2);
        return FromAiry(lat - vii * d * d + viii * Math.Pow(d, 4) - ix * Math.Pow(d, 6), Lon0 + x * d - xi * Math.Pow(d, 3) + xii * Math.Pow(d, 5) - xiia * Math.Pow(d, 7));
    }

    private static double Arc(double lat, double n)
    {
        double n2 = n * n, n3 = n2 * n, less = lat - Lat0, more = lat + Lat0;
        return B * F0 * ((1 + n + 1.25 * n2 + 1.25 * n3) * less - (3 * n + 3 * n2 + 21.0 / 8 * n3) * Math.Sin(less) * Math.Cos(more)
            + (15.0 / 8 * n2 + 15.0 / 8 * n3) * Math.Sin(2 * less) * Math.Cos(2 * more) - 35.0 / 24 * n3 * Math.Sin(3 * less) * Math.Cos(3 * more));
    }

    private static GeoPoint FromAiry(double lat, double lon)
    {
        const double e2 = 1 - B * B / (A * A), s = 1 - 20.4894e-6, tx = 446.448, ty = -125.157, tz = 542.060;
        double rx = double.DegreesToRadians(0.1502 / 3600), ry = double.DegreesToRadians(0.2470 / 3600), rz = double.DegreesToRadians(0.8421 / 3600);
        var nu = A / Math.Sqrt(1 - e2 * Math.Sin(lat) * Math.Sin(lat));
        double x = nu * Math.Cos(lat) * Math.Cos(lon), y = nu * Math.Cos(lat) * Math.Sin(lon), z = nu * (1 - e2) * Math.Sin(lat);
        double x2 = tx + s * x - rz * y + ry * z, y2 = ty + rz * x + s * y - rx * z, z2 = tz - ry * x + rx * y + s * z;

        const double wgsA = 6378137, wgsE2 = 0.00669437999014;
        var p = Math.Sqrt(x2 * x2 + y2 * y2);
        var found = Math.Atan2(z2, p * (1 - wgsE2));
        for (var i = 0; i < 10; i++) found = Math.Atan2(z2 + wgsE2 * wgsA / Math.Sqrt(1 - wgsE2 * Math.Sin(found) * Math.Sin(found)) * Math.Sin(found), p);
        return new GeoPoint(double.RadiansToDegrees(found), double.RadiansToDegrees(Math.Atan2(y2, x2)));
    }
}
