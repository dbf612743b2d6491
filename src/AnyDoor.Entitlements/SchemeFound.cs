namespace AnyDoor.Entitlements;

/// <summary>Which working-age scheme a home comes under, or why there is none to go by.</summary>
/// <param name="Used">Null: nothing is worked out.</param>
/// <param name="OfAnotherYear">It is over: what it gives is shown as that year's.</param>
/// <param name="WhyNot">In a sentence.</param>
internal readonly record struct SchemeFound(CouncilTaxScheme? Used, bool OfAnotherYear, string WhyNot)
{
    public static SchemeFound For(Home home, DateOnly start, CouncilTaxSchemes schemes)
    {
        if (home.CouncilTaxScheme is { } key) return new(schemes.Find(key), false, $"There is no Council Tax Reduction scheme “{key}” here.");
        if (home.BillingDistrict is not { } district) return new(null, false, "Each council has a scheme of its own for people below pension age. None is held here for this home: ask the council.");
        var year = YearOf(start);
        if (schemes.Of(district, start) is { } scheme)
        {
            if (scheme.CoversDay(start)) return new(scheme, false, "");
            // Bands that look at benefits follow their rates: an old band beside new rates would mislead.
            if (scheme.Income == SchemeIncome.Earnings) return new(scheme, true, "");
            return new(null, false, $"{scheme.Name} has a scheme of its own for people below pension age. That of {year} is not held here, only that of {scheme.Year}, which {Gave(scheme)}: ask the council.");
        }
        var known = schemes.NotHeld.FirstOrDefault(n => n.District == district);
        return new(null, false, $"{known?.Name ?? "The council"} has a scheme of its own for people below pension age. It is not held here: ask the council.{(known is { Known.Length: > 0 } ? $" What is known: {known.Known}" : "")}");
    }

    private static string Gave(CouncilTaxScheme scheme) => scheme.Kind == SchemeKind.Band ? $"met up to {Words.Share(scheme.Bands.Max(b => b.Share))} of the bill by bands of income" : "met the bill in part, by income";

    /// <summary>Council Tax years begin on 1 April.</summary>
    public static string YearOf(DateOnly day) => TaxYears.Of(new DateOnly(day.Month >= 4 ? day.Year : day.Year - 1, 4, 6));

    /// <summary>Said with every figure of it.</summary>
    public string Says(DateOnly start) => Used is not { } used ? "" : $"By {used.Name}’s scheme of {used.Year}{(used.SecondHand ? ", read on a page of the council’s" : used.Invented ? ", which is invented" : "")}.{(OfAnotherYear ? $" That of {YearOf(start)} is not held here: ask the council." : "")}";
}
