using AnyDoor.Web.Forms;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;

namespace AnyDoor.Web.Security;

/// <summary>How much a request may hold and how long it may take. A page that takes a file says its own size with <see cref="LargestUploadAttribute"/>; every other takes what a person can type.</summary>
public static class Sizes
{
    /// <summary>A form that a person fills, many times over.</summary>
    public const long Form = 1024 * 1024;
    /// <summary>The largest file that any page takes, with what stands around it.</summary>
    public const long LargestFile = 32L * 1024 * 1024;
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static void Limit(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestFile;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
    }

    public static void Limit(FormOptions form) => (form.ValueCountLimit, form.KeyLengthLimit, form.ValueLengthLimit, form.MultipartHeadersCountLimit, form.BufferBodyLengthLimit) = (512, 256, 128 * 1024, 8, LargestFile);

    /// <summary>After routing, before anything reads the body.</summary>
    public static IApplicationBuilder UseSizes(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // A file is read row by row, and the same file again goes on where it stopped: it may take its time.
        if (http.GetEndpoint()?.Metadata.GetMetadata<LargestUploadAttribute>() is not null) http.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        else if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = Form;
        return next(http);
    });
}
