using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Requests;

namespace AnyDoor.Web.Residents;

/// <summary>
/// One resident's visit: a cookie with a random token until the browser closes, and what the server has open for it.
/// Nothing about anybody stands in an address.
/// </summary>
public sealed class ResidentVisit(IHttpContextAccessor accessor, Sittings sittings, Drafts drafts, SettingsDesk settings, TimeProvider clock)
{
    /// <summary>Holds nothing but the token.</summary>
    public const string Cookie = "anydoor-visit";

    private OpenSitting? sitting;
    private bool looked;

    private HttpContext Http => accessor.HttpContext!;

    public DateTime Now => clock.UtcNow();
    public DateOnly Today => clock.Today();

    /// <summary>Where a code was typed. Only a keyed hash of it is kept.</summary>
    public string Address => Http.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>The person themselves, or whoever asked for them and came with the asker's code.</summary>
    public AuditContext Who => new(sitting is { OfAsker: true } ? new Actor(ActorKind.Representative, null, "asker") : Actor.Resident(null), null, Drafts.Door, Purpose.RespondToRequest, Now);

    public ValueTask<PartnershipSettings> SettingsAsync(CancellationToken cancel) => settings.CurrentAsync(cancel);

    public async Task<OpenSitting?> SittingAsync(CancellationToken cancel)
    {
        if (looked) return sitting;
        looked = true;
        return sitting = await sittings.FindAsync(Http.Request.Cookies[Cookie], Now, cancel);
    }

    /// <summary>The form that is open in this visit. One that was sent is nobody's any more: the next person at this screen may ask too.</summary>
    public async Task<OpenDraft?> DraftAsync(CancellationToken cancel) => await LatestAsync(cancel) is { SentRequest: null } draft ? draft : null;

    /// <summary>The last form of this visit, sent or not.</summary>
    public async Task<OpenDraft?> LatestAsync(CancellationToken cancel) =>
        await SittingAsync(cancel) is { DraftId: { } id } ? await drafts.FindAsync(id, Now, cancel) : null;

    public void Sit(string token) => Http.Response.Cookies.Append(Cookie, token, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Http.Request.IsHttps, IsEssential = true, Path = "/",
    });

    /// <summary>Leave quickly: from here on only a code opens anything.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        await sittings.EndAsync(Http.Request.Cookies[Cookie], Who, cancel);
        Http.Response.Cookies.Delete(Cookie);
    }
}
