using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AnyDoor.Web.Pages.States;

/// <summary>
/// Stands in for an answer that has no page: "not there" and "not allowed" are one page, one wording and one status,
/// so that nobody can find out by trying what exists.
/// </summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class StatusModel : PageModel
{
    /// <summary>How long to wait, when there were too many tries.</summary>
    public int? Minutes { get; private set; }

    /// <summary>The form had been open for too long to be sent.</summary>
    public bool Stale { get; private set; }

    public void OnGet() => Say();
    public void OnPost() => Say();

    /// <summary>By the route alone: the form that came with it may be the very thing that cannot be read.</summary>
    private void Say()
    {
        _ = int.TryParse(RouteData.Values["code"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        Stale = code == StatusCodes.Status400BadRequest;
        Minutes = code == StatusCodes.Status429TooManyRequests ? MinutesToWait() : null;
        Response.StatusCode = code switch
        {
            StatusCodes.Status400BadRequest or StatusCodes.Status429TooManyRequests => code,
            _ => StatusCodes.Status404NotFound,
        };
    }

    private int MinutesToWait() =>
        int.TryParse(Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? Math.Max(1, (seconds + 59) / 60)
            : 2;
}
