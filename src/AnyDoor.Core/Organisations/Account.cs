namespace AnyDoor.Organisations;

/// <summary>A worker's own way in: a password with an app's code, a link to the council's own sign-in, or passkeys (<see cref="Passkey"/>). One for each worker at most.</summary>
public sealed class Account
{
    public required Guid WorkerId { get; init; }
    /// <summary>The work e-mail as it was typed: a name to sign in with, and nothing is sent to it.</summary>
    public required string Email { get; set; }
    /// <summary>In one form, for finding: <see cref="Fold"/>.</summary>
    public required string EmailFolded { get; set; }
    public string? PasswordHash { get; set; }
    /// <summary>The secret that the authenticator app shares (RFC 6238), encrypted with the installation's web keys.</summary>
    public string? AppKey { get; set; }
    /// <summary>Keyed hashes of the newest codes that were used, so that none opens twice. Comma-separated.</summary>
    public string? UsedCodes { get; set; }
    /// <summary>Keyed hashes of the recovery codes that are left. Comma-separated.</summary>
    public string? RecoveryCodes { get; set; }
    /// <summary>Who they are to the council's own sign-in: its <c>sub</c>.</summary>
    public string? SingleSignOn { get; set; }
    public required DateTime CreatedAt { get; set; }
    public int Version { get; set; }

    /// <summary>What the next save does, for the log. Not stored.</summary>
    public List<string> Doing { get; } = [];

    public static string Fold(string email) => email.Trim().ToLowerInvariant();
}

/// <summary>A passkey's public half (WebAuthn). The private half never leaves the worker's device.</summary>
public sealed class Passkey
{
    public required byte[] CredentialId { get; init; }
    public required Guid WorkerId { get; init; }
    /// <summary>As its owner calls it, like "My phone".</summary>
    public required string Name { get; set; }
    public required byte[] PublicKey { get; init; }
    public required long SignCount { get; set; }
    /// <summary>Comma-separated, like <c>internal,hybrid</c>.</summary>
    public required string Transports { get; init; }
    public required bool UserVerified { get; set; }
    public required bool BackupEligible { get; init; }
    public required bool BackedUp { get; set; }
    public required byte[] Attestation { get; init; }
    public required byte[] ClientData { get; init; }
    public required DateTime CreatedAt { get; init; }
    public DateTime? UsedAt { get; set; }

    internal Passkey Of(Guid worker) => new()
    {
        CredentialId = CredentialId, WorkerId = worker, Name = Name, PublicKey = PublicKey, SignCount = SignCount, Transports = Transports, UserVerified = UserVerified,
        BackupEligible = BackupEligible, BackedUp = BackedUp, Attestation = Attestation, ClientData = ClientData, CreatedAt = CreatedAt, UsedAt = UsedAt,
    };
}

/// <summary>How somebody got in.</summary>
public enum SignedInBy { Passkey, Password, RecoveryCode, SingleSignOn, Invitation, Demo }

/// <summary>One sign-in at one device. The cookie only names it: whoever ends the row ends the session, on every node.</summary>
public sealed class StaffSession
{
    public required Guid Id { get; init; }
    public required Guid WorkerId { get; init; }
    /// <summary>The role they signed in with: with another role they sign in again.</summary>
    public required Role Role { get; init; }
    public required SignedInBy By { get; init; }
    /// <summary>Like "Chrome on Windows".</summary>
    public required string Device { get; init; }
    public required DateTime At { get; init; }
    /// <summary>Over by then, however busy.</summary>
    public required DateTime EndsAt { get; init; }
    public DateTime? EndedAt { get; set; }
}

/// <summary>A one-time link. Only a keyed hash of its code is kept.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required byte[] CodeHash { get; init; }
    /// <summary>None: the first administrator of a new installation, who says who they are.</summary>
    public Guid? WorkerId { get; init; }
    public string? Email { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTime ExpiresAt { get; init; }
    /// <summary>Used, or taken back by a newer one.</summary>
    public DateTime? EndedAt { get; set; }
}

/// <summary>A form that was sent after the session had ended: kept, encrypted, for the same worker to send again.</summary>
public sealed class KeptForm
{
    public required Guid Id { get; init; }
    public required Guid WorkerId { get; init; }
    public required string Path { get; init; }
    /// <summary>The fields, encrypted with the installation's web keys.</summary>
    public required string Body { get; init; }
    public required DateTime At { get; init; }
}
