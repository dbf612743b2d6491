namespace AnyDoor.Organisations;

/// <summary>What this room writes into the log, in the words that people read.</summary>
internal static class OrganisationsEvents
{
    public static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["api-key.created"] = "A key made for a partner’s system",
        ["api-key.revoked"] = "A partner’s key taken back",
        ["logo.stored"] = "The logo changed",
        ["organisation.added"] = "An organisation added",
        ["organisation.kind-told"] = "What kind of organisation it is, written down",
        ["setting.review-due"] = "A setting is due for review",
        ["setting.saved"] = "A setting saved",
        ["setting.taken-back"] = "A setting taken back before it began",
        ["worker.added"] = "A worker added",
        ["worker.enabled"] = "A worker let in again",
        ["worker.disabled"] = "A worker shut out",
        ["worker.signed-in"] = "Signed in",
        ["worker.signed-out"] = "Signed out",
        ["worker.signed-out-everywhere"] = "Signed out everywhere",
        ["worker.invited"] = "A worker invited",
        ["worker.role-changed"] = "A worker’s role changed",
        ["way-in.made"] = "A way in made",
        ["way-in.passkey-added"] = "A passkey added",
        ["way-in.passkey-removed"] = "A passkey taken away",
        ["api-key.rotated"] = "A new key put in the place of an old one",
        ["webhook.added"] = "An address of a partner’s system added",
        ["webhook.delivered"] = "A partner’s system told",
        ["webhook.disabled"] = "An address shut off: it had not answered for days",
        ["webhook.new-secret"] = "A new secret for a partner’s address",
        ["webhook.turned-on"] = "A partner’s address turned on",
        ["webhook.turned-off"] = "A partner’s address turned off",
        ["webhook.removed"] = "A partner’s address taken away",
        ["webhook.test-asked"] = "A test sent to a partner’s address",
        ["way-in.password-set"] = "A password and an app set",
        ["way-in.recovery-code-used"] = "A recovery code used",
        ["way-in.recovery-codes-made"] = "New recovery codes made",
    };
}
