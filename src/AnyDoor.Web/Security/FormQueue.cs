using System.Threading.RateLimiting;
using AnyDoor.Requests;
using AnyDoor.Web.Residents;

namespace AnyDoor.Web.Security;

/// <summary>
/// A queue before the open form, not a refusal: so many answers are saved at once, the others wait their turn for some seconds, in the order in which they came. Nothing is counted by address, for a library has one;
/// one visit that sends many at once waits behind itself, not before others. The numbers are data (<c>spam-rules.json</c>).
/// </summary>
public static class FormQueue
{
    public static IServiceCollection AddFormQueue(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        var throttle = SpamRules.Current.Throttle;
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => IsAnswer(http) && http.Request.Cookies[ResidentVisit.Cookie] is { Length: > 0 and < 200 } visit
                ? RateLimitPartition.GetConcurrencyLimiter("visit " + visit, _ => Turns(throttle.EachVisitAtOnce, throttle.MayWait)) : RateLimitPartition.GetNoLimiter("others")),
            PartitionedRateLimiter.Create<HttpContext, string>(http => IsAnswer(http) ? RateLimitPartition.GetConcurrencyLimiter("answers", _ => Turns(throttle.AtOnce, throttle.MayWait)) : RateLimitPartition.GetNoLimiter("others")));
    });

    private static ConcurrencyLimiterOptions Turns(int atOnce, int mayWait) => new() { PermitLimit = atOnce, QueueLimit = mayWait, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };

    // The form, and what anybody may say about an entry of the menu.
    private static bool IsAnswer(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && (http.Request.Path.StartsWithSegments("/ask") || (http.Request.Path.StartsWithSegments("/menu", out var entry) && entry.HasValue));
}
