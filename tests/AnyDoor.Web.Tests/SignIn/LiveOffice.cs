using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using AnyDoor.Web.Hosting;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Tests.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Web.Tests.SignIn;

/// <summary>A live installation, with nobody in it yet: no demo, no invented workers.</summary>
public sealed partial class LiveOffice : IAsyncDisposable
{
    public const string Password = "marmalade lantern drizzle";
    private readonly string folder = Directory.CreateTempSubdirectory("anydoor-live-").FullName;
    private WebApplication app = null!;

    public FakeTimeProvider Clock { get; private init; } = new(new DateTimeOffset(2026, 11, 24, 10, 14, 0, TimeSpan.Zero));
    public DateTime Now => Clock.GetUtcNow().UtcDateTime;
    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();
    public Uri Address => new(app.Urls.First());

    public static async Task<LiveOffice> OpenAsync(SingleSignOn? council = null, DateTimeOffset? now = null)
    {
        var office = now is { } at ? new LiveOffice { Clock = new FakeTimeProvider(at) } : new LiveOffice();
        var installation = new Installation(Path.Combine(office.folder, "anydoor.db"), null, Path.Combine(office.folder, "keys"), Path.Combine(office.folder, "checkpoints"));
        office.app = await WebHost.BuildAsync(new StartOptions(installation, 0, "127.0.0.1", Demo: false, County: false, Council: council), default, office.Clock);
        await office.app.StartAsync();
        return office;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    public AuditContext Job => new(Actor.Job("test"), null, "test", Purpose.Assurance, Now);

    public HttpClient Browser() => new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>The link that a first start prints.</summary>
    public async Task<string> FirstLinkAsync() => "/staff/invitation/" + await Get<Invitations>().FirstOfAllAsync(Job, default);

    /// <summary>The first administrator, in; and the key their app has.</summary>
    public async Task<(HttpClient Browser, string AppKey, IReadOnlyList<string> Codes)> AdministratorAsync() =>
        await AcceptAsync(await FirstLinkAsync(), "ada@council.example", ("Name", "Ada Fenwick"), ("Organisation", "Fen County Council"));

    /// <summary>Opens a link and makes a way in with a password and an app.</summary>
    public async Task<(HttpClient Browser, string AppKey, IReadOnlyList<string> Codes)> AcceptAsync(string link, string email, params (string, string)[] more)
    {
        var browser = Browser();
        var page = await Staff.Office.GetAsync(browser, link);
        var key = KeyOf(page);
        var answer = await SendAsync(browser, page, link + "?handler=Password", [("Email", email), ("Password", Password), ("AppKey", page.QuerySelector("input[name=AppKey]")!.GetAttribute("value")!), ("AppCode", AppCode.Of(key)), .. more]);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var codes = (await Staff.Office.ReadAsync(answer)).QuerySelectorAll("#recovery li").Select(c => c.TextContent).ToList();
        codes.Count.ShouldBe(10, await answer.Content.ReadAsStringAsync());
        return (browser, key, codes);
    }

    /// <summary>As an administrator would: invites, and gives the link's path.</summary>
    public static async Task<string> InviteAsync(HttpClient administrator, string name, string email, string role, string organisation)
    {
        var answer = await Staff.Office.PostAsync(administrator, "/staff/people/new", "/staff/people/new", ("Name", name), ("Email", email), ("Role", role), ("NewOrganisation", organisation));
        var page = await Staff.Office.ReadAsync(answer);
        return new Uri((page.QuerySelector("#link") ?? throw new InvalidOperationException(page.Body!.TextContent)).TextContent).AbsolutePath;
    }

    public static string KeyOf(IHtmlDocument page) => Key().Match(page.QuerySelector(".any-qr")!.ParentElement!.TextContent).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);

    public static async Task<HttpResponseMessage> SendAsync(HttpClient browser, IHtmlDocument page, string path, params (string Name, string Value)[] fields)
    {
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await browser.PostAsync(path, content);
    }

    public static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password, string code, string? back = null) =>
        await Staff.Office.PostAsync(browser, "/staff/sign-in", "/staff/sign-in?handler=Password", [("Email", email), ("Password", password), ("Code", code), .. back is null ? Array.Empty<(string, string)>() : [("ReturnUrl", back)]]);

    public async Task<int> EventsAsync(string kind)
    {
        await using var db = Get<Database>().Open();
        return await db.Set<AuditEvent>().CountAsync(e => e.Kind == kind);
    }

    [GeneratedRegex("into the app: ([A-Z2-7 ]+)")]
    private static partial Regex Key();
}
