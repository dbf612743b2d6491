using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AnyDoor.Web.Forms;

/// <summary>
/// A form that is larger than its page takes cannot be read, not even for the token that says it is ours: it would be answered as a form that had been open too long.
/// So its length is looked at before anything reads it, and the page comes again with <c>?too-large=true</c> to say so.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LargestUploadAttribute(long bytes) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Whoever sends more than this is no person with a wrong file.</summary>
    private const long MostRead = 512L * 1024 * 1024;

    /// <summary>Before the limits of the form (900) and its token (1,000).</summary>
    public int Order => 800;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (http.Request.ContentLength is not { } length || length <= bytes) return;
        // A browser reads no answer before it has sent everything.
        if (length <= MostRead)
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = length;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }
        context.Result = new LocalRedirectResult($"{http.Request.Path}?too-large=true");
    }
}
