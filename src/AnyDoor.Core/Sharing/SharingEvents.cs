namespace AnyDoor.Sharing;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class SharingEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["notice.seen"] = "A notice to the information lead seen to",
        ["look.fine"] = "A look decided: fine",
        ["look.asked"] = "A look decided: ask the worker",
        ["look.replied"] = "The worker who was asked about a look said why",
        ["look.stopped"] = "A look decided: stopped",
        ["permission.given"] = "Permission given",
        ["permission.refused"] = "They said no to sharing",
        ["permission.withdrawn"] = "Permission withdrawn",
        ["unusual.seen"] = "An unusual pattern seen to",
        ["search.held"] = "Searching held: too many in an hour",
        ["agreement.drafted"] = "A sharing agreement drafted",
        ["agreement.changed"] = "A draft agreement changed",
        ["agreement.version-drafted"] = "A new version of an agreement drafted",
        ["agreement.in-force"] = "An agreement brought into force",
        ["agreement.ended"] = "An agreement ended",
        ["agreement.ran-out"] = "An agreement ran out",
        ["agreement.needed"] = "An organisation shares only under an agreement from now on",
        ["agreement.not-needed"] = "An organisation need not have an agreement any more",
        ["emergency.opened"] = "A record opened because somebody may be in danger",
        ["emergency.not-there"] = "An emergency named a record that is not there",
        ["emergency.agreed"] = "A senior said that they had agreed to an emergency",
        ["emergency.denied"] = "A senior said that they had not agreed to an emergency",
        ["tie.declared"] = "A worker said that they know the household",
        ["tie.ended"] = "A tie to a household ended",
    };
}
