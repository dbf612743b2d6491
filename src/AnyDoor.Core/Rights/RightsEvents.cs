namespace AnyDoor.Rights;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class RightsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["subject.received"] = "Somebody asked about their own data",
        ["subject.asked-more"] = "More was asked in an open subject request",
        ["subject.opened"] = "A subject request opened",
        ["subject.identity-known"] = "Who they are, known",
        ["subject.record-found"] = "A record found to be theirs",
        ["subject.record-taken-off"] = "A record found not to be theirs",
        ["subject.clock-paused"] = "The clock of a subject request stopped",
        ["subject.clock-resumed"] = "The clock of a subject request runs again",
        ["subject.extended"] = "Two months more taken for a subject request",
        ["subject.gathered"] = "What is held about somebody gathered",
        ["subject.marks-decided"] = "What is about others, decided",
        ["subject.passage-marked"] = "A passage marked to hide",
        ["subject.item-put-in"] = "Something put into the copy",
        ["subject.item-left-out"] = "Something left out of the copy",
        ["subject.way-chosen"] = "How they get the copy, chosen",
        ["subject.corrected"] = "A record corrected",
        ["subject.recipient-told"] = "Somebody who had the data told",
        ["subject.restricted"] = "A record restricted",
        ["subject.restriction-lifted"] = "A restriction lifted",
        ["subject.acknowledged"] = "Somebody told that we have their subject request",
        ["subject.answered"] = "A subject request answered",
        ["subject.refused"] = "A subject request refused",
        ["subject.withdrawn"] = "A subject request taken back",
        ["subject.released"] = "A copy of their data given to somebody",
        ["subject.objection-upheld"] = "An objection upheld: what they objected to stops",
        ["subject.objection-overridden"] = "An objection answered: we go on, with the reason",
        ["retention.looked"] = "What is over, looked for",
        ["retention.announced"] = "What is over, announced",
        ["retention.begun"] = "Disposal begun",
        ["retention.equality-answers"] = "Counts of equality answers whose time was over cleared away",
        ["retention.finished"] = "Disposal finished",
        ["hold.placed"] = "A hold placed",
        ["hold.lifted"] = "A hold lifted",
    };
}
