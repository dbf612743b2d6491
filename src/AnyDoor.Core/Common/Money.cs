using System.Globalization;
using System.Text.RegularExpressions;

namespace AnyDoor.Common;

/// <summary>An amount of money in whole pence. Never a float: every pound closes to the penny.</summary>
public readonly partial record struct Money(long Pence) : IComparable<Money>
{
    public static readonly Money Zero = new(0);

    /// <summary>The pounds and pence as people write them, like <c>£1,234.56</c>; negative amounts lead with a minus.</summary>
    public override string ToString()
    {
        var culture = CultureInfo.InvariantCulture;
        var sign = Pence < 0 ? "−" : "";
        var whole = UInt128.CreateChecked(Int128.Abs(Pence));
        return $"{sign}£{(whole / 100).ToString("N0", culture)}.{(whole % 100).ToString("00", culture)}";
    }

    /// <summary>Reads <c>£1,234.56</c>, <c>1234.5</c> or <c>12</c>. More than two decimals, words or a sign give <c>false</c>.</summary>
    public static bool TryParse(string? text, out Money money)
    {
        money = default;
        if (text is null) return false;
        var match = Amount().Match(text.Trim());
        if (!match.Success) return false;
        var pounds = match.Groups["pounds"].Value.Replace(",", "", StringComparison.Ordinal);
        if (!long.TryParse(pounds, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) || whole > long.MaxValue / 100 - 1) return false;
        var pence = match.Groups["pence"].Value.PadRight(2, '0');
        money = new Money(checked(whole * 100 + (pence.Length == 0 ? 0 : long.Parse(pence, CultureInfo.InvariantCulture))));
        return true;
    }

    public int CompareTo(Money other) => Pence.CompareTo(other.Pence);
    public static Money operator +(Money a, Money b) => new(checked(a.Pence + b.Pence));
    public static Money operator -(Money a, Money b) => new(checked(a.Pence - b.Pence));
    public static Money operator -(Money a) => new(checked(-a.Pence));
    public static bool operator <(Money a, Money b) => a.Pence < b.Pence;
    public static bool operator >(Money a, Money b) => a.Pence > b.Pence;
    public static bool operator <=(Money a, Money b) => a.Pence <= b.Pence;
    public static bool operator >=(Money a, Money b) => a.Pence >= b.Pence;

    [GeneratedRegex(@"^£?\s*(?<pounds>\d{1,3}(,\d{3})+|\d{1,16})(\.(?<pence>\d{1,2}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();
}
