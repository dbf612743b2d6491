namespace AnyDoor.Requests;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class RequestsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["request.received"] = "Asked for help",
        ["request.claimed"] = "Taken up",
        ["request.released"] = "Let go of",
        ["request.contact"] = "Contact recorded",
        ["request.next-contact"] = "Next contact set",
        ["request.helped"] = "Ended: helped",
        ["request.declined"] = "Ended: they said no",
        ["request.not-reached"] = "Ended: not reached",
        ["request.area-resolved"] = "Their area worked out",
        ["request.brought-again"] = "Brought again by a partner",
        ["request.code-reissued"] = "A new code given",
        ["request.language"] = "Language written down",
        ["request.stopped-by-resident"] = "Stopped by the resident",
        ["request.opened-by-code"] = "Opened by the resident with their code",
        ["request.opened-by-asker"] = "Opened with their code by whoever asked for them",
        ["request.finished"] = "The form finished later",
        ["request.filled-further"] = "More of the form filled in",
        ["caller.known"] = "Rang, and was known",
        ["draft.started"] = "A form begun",
        ["draft.opened-by-code"] = "A form opened again with its code",
        ["drafts.purged"] = "Old unfinished forms cleared away",
        ["handover.sent"] = "Passed to an organisation",
        ["handover.accepted"] = "The organisation accepted",
        ["handover.declined"] = "The organisation said no",
        ["handover.first-contact"] = "The organisation was in touch",
        ["handover.helped"] = "The organisation helped",
        ["handover.came-back"] = "Back: nobody answered in time",
        ["handover.taken-back"] = "Taken back from an organisation",
        ["import.started"] = "A file began to load",
        ["import.finished"] = "A file loaded",
        ["import.mapping-changed"] = "How a file is read changed",
        ["import.row-mended"] = "A row of a file mended",
        ["import.row-left-out"] = "A row of a file left out",
        ["offer.added"] = "Added to what is agreed",
        ["offer.declined"] = "They said no to a line of the offer",
        ["offer.choice-undone"] = "Put back into the offer",
    };
}
