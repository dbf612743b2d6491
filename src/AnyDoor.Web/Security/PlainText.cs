using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace AnyDoor.Web.Security;

/// <summary>No text has U+0000 in it, and not every database takes it: an address or a form that holds one is malformed. After the page's own limits have been set.</summary>
internal sealed class PlainText : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null && await HasNulAsync(http.Request)) context.Result = new BadRequestResult();
        else await next();
    }

    private static async Task<bool> HasNulAsync(HttpRequest request)
    {
        if (request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true) return true;
        if (!request.HasFormContentType) return false;
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return form.Any(field => field.Key.Contains('\0', StringComparison.Ordinal) || field.Value.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true));
    }
}
