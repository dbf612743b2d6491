namespace AnyDoor.Entitlements.Rules;

/// <summary>The least that somebody gainfully self-employed is taken to earn (Universal Credit Regulations 2013 reg. 62 to 64). Monthly pence.</summary>
internal static partial class UniversalCredit
{
    /// <summary>
    /// The minimum income floor (regulation 62, 63, 88 and 90): somebody gainfully self-employed, past the start-up period and asked to look for all work, is taken to earn the minimum wage for their expected hours,
    /// less the Income Tax and National Insurance due on it. A couple who together reach their joint threshold are spared; nobody is raised above it.
    /// </summary>
    private static void Floors(in PackedHousehold h, in MonthPay first, in MonthPay second, Period p, out long one, out long two)
    {
        (one, two) = (0, 0);
        var applies1 = Applies(h.Claimant);
        var applies2 = h.IsCouple && Applies(h.Partner);
        if (!applies1 && !applies2) return;
        var young = YoungestUnder(h, 3, p);
        var main = MainCarer(h, first, second, applies1, applies2, p);
        applies1 &= !(young && main == 0);
        applies2 &= !(young && main == 1);
        if (!applies1 && !applies2) return;
        var threshold1 = Threshold(h.Claimant, young && main == 0, p);
        if (!h.IsCouple)
        {
            if (applies1) one = threshold1;
            return;
        }
        var threshold2 = Threshold(h.Partner, young && main == 1, p);
        var joint = threshold1 + threshold2;
        if (first.Net + second.Net >= joint) return;
        if (applies1) one = Math.Min(threshold1, Math.Max(0, joint - Math.Max(second.Net, applies2 ? threshold2 : 0)));
        if (applies2) two = Math.Min(threshold2, Math.Max(0, joint - Math.Max(first.Net, applies1 ? threshold1 : 0)));

        bool Applies(in PackedAdult a) => a.Is(AdultFlags.GainfullySelfEmployed) && !a.Is(AdultFlags.StartUp | AdultFlags.LimitedCapability | AdultFlags.LimitedCapabilityActivity | AdultFlags.Carer) && !Ages.PensionAge(a, p);
    }

    /// <summary>What the minimum wage for the expected hours leaves in a month. 16 hours where only interviews or preparation are asked (regulation 90(2)).</summary>
    private static long Threshold(in PackedAdult a, bool preparing, Period p)
    {
        long hours = preparing || a.Is(AdultFlags.LimitedCapability) ? 16 : a.ExpectedHours > 0 ? a.ExpectedHours : p[RateId.UcSelfEmploymentExpectedHours];
        var year = hours * p[Ages.MinimumWage(a.Born, p)] * 52;
        var notional = new PackedAdult { Born = a.Born, Profit = (int)year, Flags = a.Flags };
        var quiet = default(NoTrace);
        var off = Tax.IncomeTax(notional, 0, p, ref quiet, 0) + Tax.Class4(notional, p, ref quiet, 0) + Tax.Class2(notional, p, ref quiet, 0);
        return Sums.YearToMonth(year - off);
    }

    private static bool YoungestUnder(in PackedHousehold h, int age, Period p)
    {
        for (var i = 0; i < h.ChildCount; i++)
            if (h.Children[i].Born <= p.EndDay && !p.Reached(h.Children[i].Born, age)) return true;
        return false;
    }

    /// <summary>0 or 1: who is the main carer of the children. A couple name one of them (Welfare Reform Act 2012 s. 19(6)); not told, it is the one whom the floor would raise more.</summary>
    private static int MainCarer(in PackedHousehold h, in MonthPay first, in MonthPay second, bool applies1, bool applies2, Period p)
    {
        if (!h.IsCouple || h.Claimant.Is(AdultFlags.MainCarer)) return 0;
        if (h.Partner.Is(AdultFlags.MainCarer)) return 1;
        if (applies1 != applies2) return applies1 ? 0 : 1;
        return Threshold(h.Claimant, false, p) - first.Net >= Threshold(h.Partner, false, p) - second.Net ? 0 : 1;
    }
}
