using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AnyDoor.Audit;
using AnyDoor.Web.Security;
using AnyDoor.Web.Tests.Staff;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AnyDoor.Web.Tests.Security;

/// <summary>The whole product met by somebody who means it ill. Each test is named in docs/security.md beside the requirement it proves.</summary>
public sealed class HardeningTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private Uri Address => office.Browser().BaseAddress!;

    /// <summary>Fault case F29, on the product as it is served: pages of staff, of residents, the API, health, files, and what is not there.</summary>
    [Fact]
    public async Task Every_answer_has_every_header_and_what_is_about_somebody_is_not_kept()
    {
        var received = await office.ReceiveAsync();
        var nadia = await office.SignedInAsync("nadia");
        foreach (var (path, personal) in new[]
        {
            ("/", false), ("/ask", true), ("/menu", false), ("/request", true), ("/staff/queue", true), ($"/staff/requests/{received.Reference}", true), ("/staff/nowhere", true), ("/api/v1/schemes", true), ("/api/v1/nowhere", true),
            ("/health/live", true), ("/health/ready", true), ("/robots.txt", false), ("/assets/govuk-frontend.min.js", false), ("/nowhere", true),
        })
        {
            using var answer = await nadia.GetAsync(path);
            string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
            Header("Content-Security-Policy").ShouldBe(SecurityHeaders.ContentSecurityPolicy, path);
            Header("X-Content-Type-Options").ShouldBe("nosniff", path);
            Header("Referrer-Policy").ShouldBe("no-referrer", path);
            Header("Permissions-Policy").ShouldContain(path == "/menu" ? "geolocation=(self)" : "geolocation=()", Case.Sensitive, path);
            Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin", path);
            Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin", path);
            Header("Access-Control-Allow-Origin").ShouldBe("", path);
            Header("Server").ShouldBe("", path);
            Header("X-Powered-By").ShouldBe("", path);
            if (personal) Header("Cache-Control").ShouldBe("no-store", path);
            if (answer.Content.Headers.ContentLength is > 0 || answer.Content.Headers.ContentType is not null) answer.Content.Headers.ContentType.ShouldNotBeNull(path);
        }
    }

    [Fact]
    public async Task Cookies_are_for_this_host_alone_and_no_script_reads_them()
    {
        using var browser = office.Browser();
        using var answer = await browser.GetAsync("/staff/sign-in");
        // The form's token, a worker's session, and a resident's own visit.
        using var working = await Office.PostAsync(office.Browser(), "/staff/sign-in", "/staff/sign-in", ("As", "nadia"));
        using var asking = await Office.PostAsync(office.Browser(), "/ask/needs", "/ask/needs", ("needs", "food"));
        var cookies = new[] { answer, working, asking }.SelectMany(a => a.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        cookies.ShouldContain(c => c.StartsWith("anydoor-staff=", StringComparison.Ordinal));
        cookies.Select(c => c.Split('=')[0]).Distinct().Count().ShouldBeGreaterThan(2);
        foreach (var cookie in cookies)
        {
            cookie.ShouldContain("httponly", Case.Insensitive, cookie);
            cookie.ShouldContain("samesite=", Case.Insensitive, cookie);
            cookie.ShouldNotContain("samesite=none", Case.Insensitive, cookie);
            cookie.ShouldNotContain("domain=", Case.Insensitive, cookie);
        }
    }

    [Fact]
    public async Task A_form_larger_than_anybody_types_is_refused_before_it_is_read()
    {
        var nadia = await office.SignedInAsync("nadia");
        using var large = new FormUrlEncodedContent([KeyValuePair.Create("x", new string('a', (int)Sizes.Form + 1))]);
        foreach (var path in new[] { "/staff/calls/new", "/ask/needs", "/staff/sign-in" })
            ((int)(await nadia.PostAsync(path, large)).StatusCode).ShouldBeInRange(400, 499, path);
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"f{i}", "x")));
        ((int)(await nadia.PostAsync("/staff/calls/new", many)).StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    public async Task A_body_that_does_not_say_how_long_it_is_stops_at_the_same_length()
    {
        var key = (await office.Get<AnyDoor.Organisations.ApiKeys>().CreateAsync("nadia", new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), default)).Value!;
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/requests") { Content = new StreamContent(new Endless(2_000_000)) };
        message.Headers.Authorization = new("Bearer", key);
        message.Headers.Add("Idempotency-Key", "endless");
        message.Headers.TransferEncodingChunked = true;

        (await office.Browser().SendAsync(message)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_body_that_is_too_deep_is_refused_in_a_sentence()
    {
        var key = (await office.Get<AnyDoor.Organisations.ApiKeys>().CreateAsync("nadia", new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), default)).Value!;
        foreach (var (deep, status) in new[] { (10, 422), (40, 400), (10_000, 400) })
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/requests") { Content = new StringContent($$"""{"extra":{{new string('[', deep)}}{{new string(']', deep)}}}""") };
            message.Headers.Authorization = new("Bearer", key);
            message.Headers.Add("Idempotency-Key", $"deep-{deep}");
            using var answer = await office.Browser().SendAsync(message);
            ((int)answer.StatusCode).ShouldBe(status, $"{deep} deep");
            (await answer.Content.ReadAsStringAsync()).ShouldContain("sentence");
        }
    }

    [Fact]
    public async Task Headers_that_are_too_many_or_too_long_and_methods_that_nobody_uses_are_refused()
    {
        (await RawAsync($"GET / HTTP/1.1\r\nHost: x\r\nX-Long: {new string('a', 40_000)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431");
        (await RawAsync($"GET / HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 100).Select(i => $"X-{i}: y\r\n"))}\r\n")).ShouldStartWith("HTTP/1.1 431");
        (await RawAsync($"GET /{new string('a', 10_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");
        (await RawAsync("TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: zzz\r\nConnection: close\r\n\r\n")).ShouldNotContain("zzz");
        // Two lengths for one body are how requests are smuggled past a proxy.
        (await RawAsync("POST /ask HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabc")).ShouldStartWith("HTTP/1.1 400");
        (await RawAsync("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task The_interface_takes_no_cookie_for_a_key()
    {
        var nadia = await office.SignedInAsync("nadia");
        (await nadia.GetAsync("/api/v1/schemes")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var body = new StringContent("{}", Encoding.UTF8, "text/plain");
        (await nadia.PostAsync("/api/v1/awards", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Only_the_names_that_were_given_are_answered()
    {
        await using var named = new Office { Hosts = ["help.example.org", "*.lantern.example.org"] };
        await named.InitializeAsync();
        async Task<HttpStatusCode> AskAsync(string path, string host)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, path);
            message.Headers.Host = host;
            return (await named.Browser().SendAsync(message)).StatusCode;
        }

        (await AskAsync("/", "help.example.org")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/", "HELP.example.org:8443")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/", "fens.lantern.example.org")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/", "lantern.example.org")).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await AskAsync("/", "evil.example.net")).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await AskAsync("/staff/sign-in", "help.example.org.evil.example.net")).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await AskAsync("/health/live", "10.0.0.7")).ShouldBe(HttpStatusCode.OK, "a balancer asks by address");
    }

    /// <summary>Two nodes share the folder; a copy of it without the installation's key opens nothing.</summary>
    [Fact]
    public async Task The_keys_of_visits_are_sealed_and_shared_by_every_node()
    {
        await Office.GetAsync(office.Browser(), "/staff/sign-in");
        var folder = Path.Combine(office.Folder, "keys", "web");
        var files = Directory.GetFiles(folder, "key-*.xml");
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file);
            text.ShouldContain("<sealed");
            text.ShouldNotContain("masterKey");
        }

        var protectedHere = office.Get<IDataProtectionProvider>().CreateProtector("test").Protect("words");
        Node(office.Folder).CreateProtector("test").Unprotect(protectedHere).ShouldBe("words", "another node with the same keys folder");

        var copied = Directory.CreateTempSubdirectory("anydoor-copied-").FullName;
        Directory.CreateDirectory(Path.Combine(copied, "keys", "web"));
        foreach (var file in files) File.Copy(file, Path.Combine(copied, "keys", "web", Path.GetFileName(file)));
        Should.Throw<CryptographicException>(() => Node(copied).CreateProtector("test").Unprotect(protectedHere));

        static IDataProtectionProvider Node(string home)
        {
            var key = LogKey.Open(Path.Combine(home, "keys"));
            var services = new ServiceCollection().AddLogging().AddSingleton(key);
            services.Configure<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>(keys => keys.XmlEncryptor = new SealedKeyXml(key));
            services.AddDataProtection().SetApplicationName("AnyDoor").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(home, "keys", "web")));
            return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
        }
    }

    /// <summary>One event is one line, whatever somebody put into an address: no line of the log is made up.</summary>
    [Fact]
    public void A_line_of_the_console_is_one_event() => office.Get<IOptionsMonitor<SimpleConsoleFormatterOptions>>().CurrentValue.SingleLine.ShouldBeTrue();

    [Theory]
    [InlineData("/staff/households?q="), InlineData("/menu?q="), InlineData("/staff/awards?q="), InlineData("/staff/log?q=")]
    public async Task A_search_of_any_length_is_answered_quickly(string page)
    {
        var browser = await office.SignedInAsync(page.Contains("awards") ? "ian" : page.Contains("log") ? "maren" : "nadia");
        foreach (var words in new[] { new string('a', 7000), string.Concat(Enumerable.Repeat("ab ", 2000)), new string('%', 2000).Replace("%", "%25") })
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            ((int)(await browser.GetAsync(page + words)).StatusCode).ShouldBeLessThan(500, page);
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1), page);
        }
    }

    /// <summary>Where a form leads afterwards is never taken from the request.</summary>
    [Fact]
    public void No_page_redirects_to_an_address_that_a_request_gives()
    {
        // The resident's form leads to its own pages, by their ids; "leave quickly" where the partnership says, a stranger to sign-in.
        string[] known = ["Pages/Residents/", "Layout/LeaveQuickly.cs", "SignIn/KeptForms.cs"];
        var wrong = Directory.EnumerateFiles(WebProject.Folder, "*.cs", SearchOption.AllDirectories).Select(f => (Path: f, Name: Path.GetRelativePath(WebProject.Folder, f).Replace('\\', '/')))
            .Where(f => !f.Name.StartsWith("obj/", StringComparison.Ordinal) && !known.Any(k => f.Name.StartsWith(k, StringComparison.Ordinal)))
            .SelectMany(f => File.ReadLines(f.Path).Where(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"(?<!Local)Redirect(Permanent|PreserveMethod)?\((?!\$?""/)")).Select(line => $"{f.Name}: {line.Trim()}"));

        wrong.ShouldBeEmpty("use LocalRedirect, which leads nowhere else");
    }

    [Theory, InlineData("//evil.example.net"), InlineData("https://evil.example.net/"), InlineData("/\\evil.example.net")]
    public async Task The_form_leads_to_its_own_pages_whatever_its_address_says(string away)
    {
        foreach (var path in new[] { "/ask/needs?from=", "/ask?c=", "/staff/sign-in?ReturnUrl=" })
        {
            using var answer = await office.Browser().GetAsync(path + Uri.EscapeDataString(away));
            if (answer.Headers.Location is { } to) (to.IsAbsoluteUri ? to.Host : "").ShouldNotContain("evil", Case.Insensitive, path);
        }
        var signedIn = await Office.PostAsync(office.Browser(), "/staff/sign-in", "/staff/sign-in?ReturnUrl=" + Uri.EscapeDataString(away), ("As", "nadia"));
        signedIn.Headers.Location!.OriginalString.ShouldNotContain("evil");
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var buffer = new byte[64 * 1024];
        var read = await stream.ReadAsync(buffer, limit.Token);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private sealed class Endless(int bytes) : Stream
    {
        private int left = bytes;
        public override int Read(byte[] buffer, int offset, int count)
        {
            var now = Math.Min(Math.Min(left, count), 4096);
            buffer.AsSpan(offset, now).Fill((byte)' ');
            left -= now;
            return now;
        }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
