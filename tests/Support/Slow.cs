namespace AnyDoor.Tests;

/// <summary>The big sizes run only when they are asked for.</summary>
public static class Slow
{
    public static void Only() => Assert.SkipUnless(TestRun.IsSlow, "Slow: run with ./anydoor test --slow.");
}
