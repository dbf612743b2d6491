namespace AnyDoor.Bench;

/// <summary>The limit for pages: a Razor page of 28 KB with a table and nothing behind it, in a process of its own.</summary>
public static class BarePage
{
    public static async Task<int> ServeAsync(string port)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddRazorPages();
        builder.WebHost.UseUrls($"http://localhost:{port}");
        var app = builder.Build();
        app.MapRazorPages();
        await app.RunAsync();
        return 0;
    }
}
