using AnyDoor.Places;

namespace AnyDoor.ServiceDirectory;

/// <summary>A point on the globe as a vector of length 1: between two of them the distance is found without a sine.</summary>
internal readonly struct GlobePoint
{
    private const double EarthMiles = 3958.8;
    private readonly double x, y, z;

    public GlobePoint(GeoPoint point)
    {
        var (lat, lon) = (double.DegreesToRadians(point.Latitude), double.DegreesToRadians(point.Longitude));
        (x, y, z) = (Math.Cos(lat) * Math.Cos(lon), Math.Cos(lat) * Math.Sin(lon), Math.Sin(lat));
    }

    /// <summary>Miles as the crow flies, as <see cref="GeoPoint.MilesTo"/> has them.</summary>
    public double MilesTo(GlobePoint other)
    {
        double dx = x - other.x, dy = y - other.y, dz = z - other.z;
        return 2 * EarthMiles * Math.Asin(Math.Min(1, Math.Sqrt(dx * dx + dy * dy + dz * dz) / 2));
    }
}
