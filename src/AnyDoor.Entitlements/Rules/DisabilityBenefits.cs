namespace AnyDoor.Entitlements.Rules;

/// <summary>PIP, Disability Living Allowance and Attendance Allowance as amounts: the award is another's decision, the rate is the law's. Weekly pence.</summary>
internal static class DisabilityBenefits
{
    public static long Pip<T>(Situation s, Period p, ref T t) where T : struct, ITracer
    {
        var sum = 0L;
        foreach (var x in s.People)
        {
            if (x.Role == Role.NonDependant) continue;
            sum += One(x.PipDailyLiving switch { Component.Enhanced => RateId.PipDailyLivingEnhanced, Component.None => null, _ => RateId.PipDailyLivingStandard }, p, ref t);
            sum += One(x.PipMobility switch { Component.Enhanced => RateId.PipMobilityEnhanced, Component.None => null, _ => RateId.PipMobilityStandard }, p, ref t);
        }
        return sum;
    }

    public static long Dla<T>(Situation s, Period p, ref T t) where T : struct, ITracer
    {
        var sum = 0L;
        foreach (var x in s.People)
        {
            if (x.Role == Role.NonDependant) continue;
            sum += One(x.DlaCare switch { Component.Enhanced => RateId.DlaCareHighest, Component.Standard => RateId.DlaCareMiddle, Component.Lowest => RateId.DlaCareLowest, _ => null }, p, ref t);
            sum += One(x.DlaMobility switch { Component.None => null, Component.Enhanced => RateId.DlaMobilityHigher, _ => RateId.DlaMobilityLower }, p, ref t);
        }
        return sum;
    }

    public static long Attendance<T>(Situation s, Period p, ref T t) where T : struct, ITracer
    {
        var sum = 0L;
        foreach (var x in s.People)
            if (x.Role != Role.NonDependant) sum += One(x.AttendanceAllowance switch { Component.None => null, Component.Enhanced => RateId.AttendanceAllowanceHigher, _ => RateId.AttendanceAllowanceLower }, p, ref t);
        return sum;
    }

    private static long One<T>(RateId? rate, Period p, ref T t) where T : struct, ITracer
    {
        if (rate is not { } id) return 0;
        if (T.On) t.Rate(id, p[id]);
        return p[id];
    }
}
