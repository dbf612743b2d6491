using AnyDoor.Audit;

namespace AnyDoor.Sharing;

/// <summary>A look as people read it: where, for what and on which ground.</summary>
public static class LookWords
{
    private static readonly Dictionary<string, string> Pages = new(StringComparer.Ordinal)
    {
        ["reference"] = "A reference that they typed or followed", ["queue"] = "The queue", ["household"] = "A household", ["search"] = "A search", ["caller-typed"] = "While a caller was typed in", ["caller-known"] = "A caller who is known", ["call"] = "A call", ["send-typed"] = "While somebody was typed in",
        ["send"] = "Sending a request", ["possible-match"] = "A possible match", ["undo-join"] = "A joined record", ["home"] = "Where they live", ["safe-contact"] = "How to reach them", ["handover"] = "A handover", ["handovers"] = "Handovers to them", ["handovers-file"] = "Handovers to them, as a file", ["sitting"] = "A request", ["entitlements"] = "The working of benefits", ["gains"] = "Money gained", ["budget"] = "A budget", ["award"] = "An award", ["review"] = "A second look at a decision", ["sample"] = "Awards drawn to be checked", ["reconcile"] = "An award to reconcile",
        ["pass-on"] = "Passing on", ["read-back"] = "Reading back", ["permissions"] = "Permissions", ["new-code"] = "A new code", ["sitting-offer"] = "The offer to them", ["own-status"] = "Their own request", ["own-looks"] = "Who has looked, by the person", ["message"] = "A message to send",
        ["import"] = "A file’s rows", ["import-download"] = "A file’s rows, downloaded", ["figure"] = "What is behind a figure", ["log"] = "The log of one record", ["log-download"] = "The log, downloaded",
    };

    private static readonly Dictionary<string, string> Bases = new(StringComparer.Ordinal)
    {
        [GroundCause.OpenRequest] = "An open request", [GroundCause.Brought] = "Their organisation brought them", [GroundCause.InContact] = "In contact with them now", [GroundCause.CaseLed] = "They lead the case",
        [GroundCause.HandoverAccepted] = "A handover they accepted", ["handed-over"] = "A handover that was sent to them", [GroundCause.StatedReason] = "A reason they gave, which goes to review", [GroundCause.Review] = "A second look at a decision", [GroundCause.Reconcile] = "To reconcile an award",
        [GroundCause.Emergency] = "Somebody may be in danger: an emergency, which goes to review", [GroundCause.Sample] = "A sample", [GroundCause.AssuranceReference] = "A complaint, request or audit with a reference", ["permission"] = "The person’s permission", ["by-reference"] = "By reference, no name", ["stated-purpose"] = "The product’s own work",
        ["own-record"] = "Their own record", ["appeared-in-search"] = "Appeared in a search", ["found-nobody"] = "A search that found nobody", ["possible-match"] = "A possible match", ["log-by-reference"] = "To check who looked", ["import"] = "Mending a file’s row", [ReadLog.Refused] = "Refused: nothing was shown",
    };

    public static string Page(string page) => Pages.GetValueOrDefault(page) ?? Plain(page);

    /// <summary>A look at a queue may stand on several.</summary>
    public static string Basis(string basis) => string.Join("; ", basis.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(b => Bases.GetValueOrDefault(b) ?? Plain(b)));

    public static string Of(Purpose purpose) => purpose switch
    {
        Purpose.RespondToRequest => "To respond to a request",
        Purpose.AwardAndPay => "To award and pay",
        Purpose.Casework => "Casework",
        Purpose.Handover => "Handover",
        Purpose.CaseFinding => "Case finding",
        Purpose.SafeguardingOrEmergency => "Safeguarding or emergency",
        Purpose.Assurance => "Assurance",
        _ => "Statistics and planning",
    };

    private static string Plain(string word)
    {
        var plain = word.Replace('-', ' ');
        return plain.Length == 0 ? plain : char.ToUpperInvariant(plain[0]) + plain[1..];
    }
}
