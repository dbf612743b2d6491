using AnyDoor.Funds;
using AnyDoor.Organisations;

namespace AnyDoor.Web.Api;

/// <summary>Where each scheme's money is now.</summary>
internal static class SchemesApi
{
    public static async Task<IResult> ListAsync(HttpContext http, FundReports reports)
    {
        var (caller, refused) = await ApiCall.CallerAsync(http, ApiKeys.ReadSchemes);
        if (caller is null) return refused!;
        return Results.Json(new { schemes = await reports.SchemesAsync(http.RequestAborted) }, ApiCall.Json);
    }

    public static async Task<IResult> GetAsync(HttpContext http, string id, FundReports reports)
    {
        var (caller, refused) = await ApiCall.CallerAsync(http, ApiKeys.ReadSchemes);
        if (caller is null) return refused!;
        return await reports.SchemeAsync(id, http.RequestAborted) is { } figures ? Results.Json(figures, ApiCall.Json) : ApiCall.NotThere();
    }
}
