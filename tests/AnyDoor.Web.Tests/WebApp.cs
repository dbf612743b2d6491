using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Web.Tests;

/// <summary>The front end alone, in memory and without a database, with this project's test pages added.</summary>
public sealed class WebApp : IAsyncLifetime
{
    private const string RoleHeader = "X-Test-Role";
    private static readonly HtmlParser Parser = new();
    private WebApplication _app = null!;

    /// <summary>Tuesday 24 November 2026, 10:14am.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 14, 0, TimeSpan.Zero));

    public bool Demo { get; init; } = true;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(FrontEnd).Assembly.GetName().Name, ContentRootPath = WebProject.Folder, EnvironmentName = "Development",
        });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddScoped<WorkingAs>();
        builder.Services.AddFrontEnd(Demo);
        builder.Services.AddRazorPages().AddApplicationPart(typeof(WebApp).Assembly);

        _app = builder.Build();
        // Stands in for sign-in: the role comes with the request.
        _app.Use((http, next) =>
        {
            if (http.Request.Headers[RoleHeader] is [{ } role])
                http.Items[typeof(WorkingAs)] = new SignedIn(new WhoIsWorking(Guid.Empty, "nadia", "Nadia Wexcombe", Enum.Parse<Role>(role), Guid.Empty, "County hub", OrganisationKind.CountyHub), Guid.Empty, Clock.GetUtcNow().UtcDateTime, DateTime.MaxValue, SignedInBy.Demo);
            return next(http);
        });
        _app.Use((http, next) =>
        {
            http.Items[typeof(PartnershipSettings)] = ContentFiles.Read<PartnershipSettings>("settings/demo.json");
            return next(http);
        });
        _app.UseFrontEnd();
        _app.UseRouting();
        _app.MapFrontEnd();
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>A browser: keeps cookies, does not follow redirects.</summary>
    public HttpClient Browser(Role? role = null, string language = "en-GB", string address = "https://anydoor.example.org")
    {
        var client = new HttpClient(new CookieContainerHandler(new CookieContainer()) { InnerHandler = _app.GetTestServer().CreateHandler() }) { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        if (role is not null) client.DefaultRequestHeaders.Add(RoleHeader, role.ToString());
        return client;
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response) =>
        await Parser.ParseDocumentAsync(await response.Content.ReadAsStreamAsync());

    public static async Task<IHtmlDocument> GetAsync(HttpClient client, string path) => await ReadAsync(await client.GetAsync(path));

    /// <summary>Posts a form page with these fields.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(client, path);
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token))
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await client.PostAsync(path, content);
    }
}
