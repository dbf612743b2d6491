using System.Globalization;

namespace AnyDoor.Web.Hosting;

/// <summary>A clock that stands still, for pictures: <c>ANYDOOR_CLOCK</c>, honoured on a demo database only.</summary>
public sealed class DemoClock(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;

    public static TimeProvider FromEnvironment() =>
        Environment.GetEnvironmentVariable("ANYDOOR_CLOCK") is { Length: > 0 } text
            ? new DemoClock(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime())
            : System;
}
