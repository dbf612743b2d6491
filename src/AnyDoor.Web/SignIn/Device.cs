namespace AnyDoor.Web.SignIn;

/// <summary>A device as its owner would call it, from what the browser says of itself: "Chrome on Windows". Not to tell devices apart by.</summary>
public static class Device
{
    private static readonly (string Sign, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("FxiOS/", "Firefox"), ("Safari/", "Safari")];
    private static readonly (string Sign, string Name)[] Systems = [("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "a Chromebook"), ("Mac OS X", "a Mac"), ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        var said = userAgent ?? "";
        var browser = Browsers.FirstOrDefault(b => said.Contains(b.Sign, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(s => said.Contains(s.Sign, StringComparison.Ordinal)).Name;
        return (browser, system) switch { (null, null) => "A device", (null, _) => $"A browser on {system}", (_, null) => browser, _ => $"{browser} on {system}" };
    }
}
