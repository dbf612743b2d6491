using System.Globalization;
using AnyDoor.Common;
using AnyDoor.Web.Language;

namespace AnyDoor.Web.Residents;

/// <summary>Days and times as residents read them, in the language of the page.</summary>
public static class ResidentDays
{
    /// <summary>"by 12 noon on Tuesday 24 November".</summary>
    public static string By(DateTime at, Texts texts) => texts.Plain("days.by", ("time", Time(at, texts)), ("day", Day(LondonTime.DayOf(at), texts)));

    /// <summary>"Tuesday 24 November, 8:12am".</summary>
    public static string At(DateTime at, Texts texts) => $"{Day(LondonTime.DayOf(at), texts)}, {Time(at, texts)}";

    /// <summary>"Tuesday 24 November". For a day that is soon: a page that shows days of other years says <see cref="Dated"/>.</summary>
    public static string Day(DateOnly day, Texts texts) => day.ToString("dddd d MMMM", Culture(texts));

    /// <summary>"29 November 2027": a day that may be of another year.</summary>
    public static string Dated(DateOnly day, Texts texts) => day.ToString("d MMMM yyyy", Culture(texts));

    private static string Time(DateTime at, Texts texts) =>
        texts.Current.Code is TextLibrary.English || texts.Current.IsPseudo ? LondonTime.Time(at) : LondonTime.FromUtc(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static CultureInfo Culture(Texts texts) => CultureInfo.GetCultureInfo(texts.Current.IsPseudo ? "en-GB" : texts.Current.HtmlLang);
}
