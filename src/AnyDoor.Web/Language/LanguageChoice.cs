using AnyDoor.Web.Layout;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace AnyDoor.Web.Language;

/// <summary>
/// The language of this request: <c>?lang=</c> when the person just chose, then the choice kept for this visit, then what the browser asks for,
/// then English. A language nobody has reviewed is offered only on a demo; the pseudo-languages only while developing.
/// </summary>
public sealed class LanguageChoice
{
    /// <summary>Holds nothing but the code of the language, until the browser closes.</summary>
    public const string Cookie = "anydoor-language";

    public IReadOnlyList<Tongue> Offered { get; }
    public Tongue Current { get; }

    public LanguageChoice(IHttpContextAccessor http, TextLibrary library, PartnershipOptions partnership, IHostEnvironment environment)
    {
        Offered = [.. library.Tongues.Where(t => !t.IsPseudo && (t.Reviewed || t.Code == TextLibrary.English || partnership.Demo))];
        var understood = Offered.Concat(library.Tongues.Where(t => t.IsPseudo && !environment.IsProduction())).ToList();
        var request = http.HttpContext?.Request;
        Current = Wanted(request)
            .Select(code => understood.FirstOrDefault(t => t.Code == code))
            .FirstOrDefault(t => t is not null) ?? Offered.Single(t => t.Code == TextLibrary.English);

        if (request?.Query["lang"] is [var asked] && asked == Current.Code)
        {
            request.HttpContext.Response.Cookies.Append(Cookie, Current.Code, new CookieOptions
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, IsEssential = true, Path = "/",
            });
        }
    }

    private static IEnumerable<string?> Wanted(HttpRequest? request)
    {
        if (request is null) yield break;
        yield return request.Query["lang"];
        yield return request.Cookies[Cookie];
        foreach (var language in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
            yield return language.Value.Value?.Split('-')[0];
    }

    /// <summary>The address of this same page in another language; of the page that was asked for when this one stands in its place.</summary>
    public static string LinkTo(HttpContext http, Tongue tongue)
    {
        var request = http.Request;
        var asked = http.Features.Get<IStatusCodeReExecuteFeature>();
        var query = QueryHelpers.ParseQuery(asked is null ? request.QueryString.Value : asked.OriginalQueryString);
        var kept = query.Where(q => q.Key != "lang").SelectMany(q => q.Value.Select(v => KeyValuePair.Create<string, string?>(q.Key, v)));
        var path = asked?.OriginalPath ?? http.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? request.Path;
        return request.PathBase + new PathString(path) + QueryString.Create(kept.Append(new("lang", tongue.Code)));
    }
}
