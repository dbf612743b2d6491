using System.Globalization;
using System.Text;

namespace AnyDoor.Common;

/// <summary>Folds a name for search and sort: no case, no accents, no punctuation, one space. The folded form is stored; the name stays as the person spells it.</summary>
public static class Folding
{
    public static string Fold(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            var plain = c switch { 'ł' or 'Ł' => 'l', 'ø' or 'Ø' => 'o', 'đ' or 'Đ' => 'd', 'ı' => 'i', _ => char.ToLowerInvariant(c) };
            if (char.IsLetterOrDigit(plain)) folded.Append(plain);
            else if ((char.IsWhiteSpace(plain) || plain == '-') && folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }
}
