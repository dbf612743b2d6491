using System.Text;

namespace AnyDoor.Web.Language;

/// <summary>
/// English made to look foreign and a third longer: [Ĉóñţíñúé ···]. A word on a page that is not in brackets is not a resource;
/// a layout that breaks with it will break in Lithuanian.
/// </summary>
internal static class Pseudo
{
    private const string Plain = "ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz";
    private const string Accented = "ÁĈĎÉĜĤÍĴĶĹÑÓŔŠŢÚŴÝŽáĉďéĝĥíĵķĺñóŕšţúŵýž";

    public static string Of(string text)
    {
        var made = new StringBuilder("[", text.Length * 2);
        var depth = 0;
        foreach (var c in text)
        {
            if (c == '{') depth++;
            made.Append(depth == 0 && Plain.IndexOf(c, StringComparison.Ordinal) is var i and >= 0 ? Accented[i] : c);
            if (c == '}') depth--;
        }
        return made.Append(' ').Append('·', Math.Max(1, text.Length / 3)).Append(']').ToString();
    }
}
