namespace AnyDoor.Web.Api;

internal static class Api
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapPost("/requests", RequestsApi.PostAsync);
        api.MapPost("/awards", AwardsApi.PostAsync);
        api.MapGet("/schemes", SchemesApi.ListAsync);
        api.MapGet("/schemes/{id}", SchemesApi.GetAsync);
        api.MapGet("/handovers", HandoversApi.ListAsync);
        api.MapGet("/handovers/{reference}", HandoversApi.GetAsync);
        api.MapPost("/handovers/{reference}/answer", HandoversApi.AnswerAsync);
    }
}
