using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Web.Language;

namespace AnyDoor.Web.Residents;

/// <summary>One number to ring now.</summary>
public sealed record ExitShown(string Id, string Title, string Number, Text Whose);

/// <summary>Whom to ring first, with the numbers that the partnership owns.</summary>
public static class CrisisExits
{
    public static IReadOnlyList<ExitShown> Of(ResidentForm form, PartnershipSettings settings, Texts texts) =>
        [.. from exit in form.Crisis.Exits
            let number = settings.Crisis(exit.Number)
            where number?.Number is { Length: > 0 }
            select new ExitShown(exit.Id, exit.Title, number.Number!, texts.Of(exit.Whose,
                ("press", settings.Crisis(exit.PressOf ?? "")?.Press ?? ""), ("hours", Hours(settings, texts)),
                ("power_cut", settings.Crisis("power-cut")?.Number ?? "105"), ("gas", settings.Crisis("gas")?.Number ?? "0800 111 999")))];

    /// <summary>The exits that were ticked, first; then the one for danger, which always stands there.</summary>
    public static IReadOnlyList<ExitShown> For(IReadOnlyList<ExitShown> all, IReadOnlyList<string> ticked) =>
        [.. all.Where(e => ticked.Contains(e.Id)), .. all.Where(e => !ticked.Contains(e.Id) && e.Id == "danger")];

    /// <summary>"8am to 8pm, every day".</summary>
    public static string Hours(PartnershipSettings settings, Texts texts) =>
        settings.Hours.Telephone is [{ Opens: { } opens, Closes: { } closes } first, ..]
            ? texts.Plain(first.Days.Count == 7 ? "hours.every-day" : "hours.some-days", ("from", LondonTime.Time(opens)), ("to", LondonTime.Time(closes)))
            : texts.Plain("hours.not-known");
}
