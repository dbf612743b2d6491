namespace AnyDoor.Funds;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class FundsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["application.received"] = "Application made",
        ["application.refused"] = "Application refused",
        ["award.made"] = "Award made",
        ["award.imported"] = "Award taken over from a file",
        ["award.issued"] = "Award issued",
        ["award.redeemed"] = "Award used",
        ["award.cancelled"] = "Award cancelled",
        ["award.returned"] = "Award came back",
        ["award.expired"] = "Award ran out",
        ["award.taken-back"] = "A move of an award taken back",
        ["award.opened-to-reconcile"] = "The name behind an award opened, to reconcile it",
        ["sample.drawn"] = "Drawn at random, to be checked",
        ["sample.right"] = "Checked, and right",
        ["sample.not-right"] = "Checked, and not right",
        ["scheme.allotted"] = "Money put to a scheme",
        ["scheme.close-set"] = "A scheme’s closing set",
        ["scheme.reopened"] = "A scheme opened again",
        ["scheme.loaded"] = "A scheme loaded",
        ["scheme.changed"] = "A scheme changed",
        ["voucher.reprinted"] = "A voucher printed again",
        ["voucher.wrong-code"] = "A wrong code tried on a voucher",
    };
}
