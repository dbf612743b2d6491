using AnyDoor.Households;

namespace AnyDoor.Web.Pages.Staff.Calls;

/// <summary>What agrees between what was typed and a record, in words that say of what.</summary>
public static class Agreeing
{
    public static string Words(Agreement agreement) => agreement.Code switch
    {
        "phone-same" => "phone number",
        "postcode-same" => "postcode",
        "household-fits" => "who lives there",
        "born-same" => "date of birth",
        var code when code.StartsWith("born", StringComparison.Ordinal) => $"date of birth ({Lower(agreement.Words)})",
        "name-same" => "name",
        var code when code.StartsWith("name", StringComparison.Ordinal) => $"name ({Lower(agreement.Words)})",
        _ => agreement.Words,
    };

    private static string Lower(string words) => words.Length == 0 ? words : char.ToLowerInvariant(words[0]) + words[1..];
}
