using AnyDoor.Browser.Tests.Harness;

// Both start when a test first asks, so a run that needs neither pays for neither.
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(DemoProduct))]
