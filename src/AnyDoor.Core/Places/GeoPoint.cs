namespace AnyDoor.Places;

/// <summary>A point on the map, WGS84 degrees.</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    private const double EarthMiles = 3958.8;

    /// <summary>Miles as the crow flies.</summary>
    public double MilesTo(GeoPoint other)
    {
        double lat1 = double.DegreesToRadians(Latitude), lat2 = double.DegreesToRadians(other.Latitude);
        double half = Math.Sin((lat2 - lat1) / 2), side = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        return 2 * EarthMiles * Math.Asin(Math.Min(1, Math.Sqrt(half * half + Math.Cos(lat1) * Math.Cos(lat2) * side * side)));
    }
}
