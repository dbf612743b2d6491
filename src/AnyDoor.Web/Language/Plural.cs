namespace AnyDoor.Web.Language;

/// <summary>Which form of a text goes with a whole number: the cardinal rules of the Unicode CLDR for the languages we have.</summary>
internal static class Plural
{
    public static string Of(string code, int n)
    {
        n = Math.Abs(n);
        var (ten, hundred) = (n % 10, n % 100);
        return code switch
        {
            "pl" => n == 1 ? "one" : ten is >= 2 and <= 4 && hundred is not (>= 12 and <= 14) ? "few" : "many",
            "lt" => ten == 1 && hundred is not (>= 11 and <= 19) ? "one" : ten is >= 2 and <= 9 && hundred is not (>= 11 and <= 19) ? "few" : "other",
            "ro" => n == 1 ? "one" : n == 0 || hundred is >= 1 and <= 19 ? "few" : "other",
            _ => n == 1 ? "one" : "other",
        };
    }
}
