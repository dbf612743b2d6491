using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Tests;
using AnyDoor.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>The whole product on a demo-marked database without the demo county, with a few invented workers at their desks.</summary>
public sealed class Office : IAsyncLifetime
{
    private static readonly HtmlParser Parser = new();
    private TestDatabase test = null!;
    private WebApplication app = null!;

    /// <summary>Tuesday 24 November 2026, 10:14am.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 14, 0, TimeSpan.Zero));
    public DateTime Now => Clock.GetUtcNow().UtcDateTime;
    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();
    public Database Database => test.Database;
    public string Folder => test.Folder;
    /// <summary>As <c>--behind-proxy</c> names them.</summary>
    public TrustedProxies? BehindProxy { get; init; }
    /// <summary>As <c>--host</c> names them.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync(Db.Sqlite);
        var installation = new Installation(test.Connection, null, Path.Combine(test.Folder, "keys"), Path.Combine(test.Folder, "checkpoints"));
        app = await WebHost.BuildAsync(new StartOptions(installation, 0, "127.0.0.1", Demo: true, County: false, BehindProxy, Hosts: Hosts), default, Clock);
        await app.StartAsync();
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, Now.AddDays(-1));
        foreach (var (handle, name, organisation, role) in new[]
        {
            ("nadia", "Nadia Wexcombe", "County hub", "hub-adviser"), ("tom", "Tom Ellerholt", "County hub", "hub-adviser"), ("joy", "Joy Petherwin", "Waterlees Community Pantry", "partner-worker"),
            ("ian", "Ian Quillmere", "County finance", "fund-manager"), ("wyn", "Wyn Larkfield", "Council members", "councillor"), ("maren", "Maren Halliwick", "County rights", "information-lead"), ("edwin", "Edwin Tallowby", "County systems", "administrator"), ("hester", "Hester Quoy", "County research", "report-author"),
        })
            (await Get<AnyDoor.Organisations.Staff>().CreateAsync(handle, name, organisation, role, job, default)).Done.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await test.DisposeAsync();
    }

    /// <summary>A browser: keeps cookies, does not follow redirects.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };

    public async Task<HttpClient> SignedInAsync(string handle)
    {
        var browser = Browser();
        var answer = await PostAsync(browser, "/staff/sign-in", "/staff/sign-in", ("As", handle));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return browser;
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response) => await Parser.ParseDocumentAsync(await response.Content.ReadAsStringAsync());

    public static async Task<IHtmlDocument> GetAsync(HttpClient browser, string path)
    {
        var response = await browser.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await ReadAsync(response);
    }

    /// <summary>Posts to a path with the token of a form on a page.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string path, params (string Name, string Value)[] fields)
    {
        var token = (await GetAsync(browser, page)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await browser.PostAsync(path, content);
    }

    public async Task<Received> ReceiveAsync(string name = "Leanne Harrowmere", Urgency urgency = Urgency.Today, string why = "84p left on the meter, three children", Func<NewRequest, NewRequest>? change = null)
    {
        var request = new NewRequest
        {
            DoorId = "web-form", SubmittedAt = Now.AddHours(-2), Invented = true, Urgency = urgency, UrgencyWhy = why, Words = why, Needs = ["food"],
            People = [new NewPerson(name, MemberRole.Applicant, new DateOnly(1990, 3, 14))],
            Contact = new NewSafeContact(ContactWay.Text, DoNot.VoiceMessage, Phone: "07700900418", BestTime: "9am to 2:30pm"),
        };
        request = change?.Invoke(request) ?? request;
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.RespondToRequest, request.SubmittedAt);
        return (await Get<Commands>().RunAsync(who, c => Task.FromResult<Result<Received>>(Get<Intake>().Receive(c, request)), default)).Value!;
    }

    public async Task<WhoIsWorking> WorkerAsync(string handle) => (await Get<StaffAccess>().FindAsync(handle, default))!;

    public async Task<int> EventsAsync(string kind, Guid? subject = null)
    {
        await using var db = Database.Open();
        return await db.Set<AuditEvent>().CountAsync(e => e.Kind == kind && (subject == null || e.SubjectId == subject));
    }

    /// <summary>Looks that showed somebody: what was refused and searches that found nobody are apart.</summary>
    public async Task<List<ReadEvent>> LooksAsync() => (await EveryLineAsync()).FindAll(e => e.Basis != ReadLog.Refused && e.Subjects.Length > 0);

    /// <summary>Whom a look names.</summary>
    public static IEnumerable<Guid> Named(ReadEvent look) => look.Subjects.Chunk(16).Select(id => new Guid(id, bigEndian: true));

    public async Task<List<ReadEvent>> EveryLineAsync()
    {
        await using var db = Database.Open();
        return await db.Set<ReadEvent>().OrderBy(e => e.Seq).ToListAsync();
    }
}
