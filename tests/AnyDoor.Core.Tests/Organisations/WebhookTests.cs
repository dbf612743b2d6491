using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Organisations;

/// <summary>What partners' systems are told: signed, kept until it arrived, once in effect, and never into a private network.</summary>
[Requirement("R-ISA-04")]
public sealed class WebhookTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.9.9.9"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1")]
    [InlineData("0.0.0.0"), InlineData("255.255.255.255"), InlineData("224.0.0.1"), InlineData("198.18.0.1"), InlineData("192.0.2.7"), InlineData("::1"), InlineData("::"), InlineData("fe80::1"), InlineData("fd00::1"), InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("::127.0.0.1"), InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::"), InlineData("2001:0:7f00:1::"), InlineData("2001:db8::1"), InlineData("fec0::1")]
    public void Rules_AnAddressThatIsNotPublic_IsNeverReached(string address)
    {
        WebhookRules.Read("").MayReach(IPAddress.Parse(address)).ShouldBeFalse();
        WebhookRules.Read("").Problem($"https://{(address.Contains(':') ? $"[{address}]" : address)}/in", out _).ShouldNotBeNull();
    }

    [Theory, InlineData("93.184.216.34"), InlineData("2606:2800:220:1:248:1893:25c8:1946"), InlineData("172.32.0.1"), InlineData("11.0.0.1")]
    public void Rules_APublicAddress_IsReached(string address) => WebhookRules.Read(null).MayReach(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("http://case.example.org/in"), InlineData("https://localhost/in"), InlineData("https://localhost./in"), InlineData("https://a.localhost./in"), InlineData("https://intranet./in"), InlineData("https://db.internal./in"), InlineData("https://127.0.0.1./in"), InlineData("https://intranet/in"), InlineData("https://db.internal/in"), InlineData("https://printer.local/"), InlineData("ftp://case.example.org/")]
    [InlineData("https://me:word@case.example.org/in"), InlineData("https://case.example.org/in#part"), InlineData("https://case.example.org:25/"), InlineData("https://0x7f.1/"), InlineData("https://2130706433/"), InlineData("https://[::ffff:7f00:1]/"), InlineData("javascript:alert(1)"), InlineData(""), InlineData(null)]
    public void Rules_AnAddressThatCannotBe_IsRefusedInWords(string? typed) => WebhookRules.Read("").Problem(typed, out _).ShouldNotBeNullOrEmpty();

    [Theory, InlineData("https://case.example.org/anydoor?x=1"), InlineData("https://case.example.org:8443/in")]
    public void Rules_AWholePublicAddress_IsTaken(string typed) => WebhookRules.Read("").Problem(typed, out _).ShouldBeNull();

    [Fact]
    public void Rules_ASettingThatIsNoNetwork_IsSaid() => Should.Throw<InvalidOperationException>(() => WebhookRules.Read("10.0.3.0/99")).Message.ShouldContain(WebhookRules.Variable);

    /// <summary>The example of docs/interface.md: whoever follows it arrives at the same signature.</summary>
    [Fact]
    public void Signature_OfAKnownBody_IsTheOneInTheDocuments()
    {
        var signed = WebhookRunner.Signature(["whs_example"], new DateTime(2026, 11, 24, 10, 14, 0, DateTimeKind.Utc), """{"id":"0"}"""u8);

        signed.ShouldBe("t=1795515240,v1=" + Convert.ToHexStringLower(HMACSHA256.HashData("whs_example"u8, """1795515240.{"id":"0"}"""u8)));
        File.ReadAllText(Path.Combine(TestRun.Root, "docs", "interface.md")).ShouldContain(signed);
    }

    [Theory, OnBothDatabases]
    public async Task AnEvent_IsSignedToldOnceAndSaysNothingOfAnybody(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var made = await rig.AddAsync();
        await rig.TellAsync("handover.sent", "AAAA-BBBB-C");

        (await rig.Runner.DeliverAsync(Now.AddSeconds(1), default)).ShouldBe(1);
        (await rig.Runner.DeliverAsync(Now.AddSeconds(5), default)).ShouldBe(0, "it arrived");

        var told = rig.Partner.Got.ShouldHaveSingleItem();
        var seconds = told.Headers["AnyDoor-Signature"].Split(',')[0][2..];
        told.Headers["AnyDoor-Signature"].Split(',')[1].ShouldBe("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(made.Secret), Encoding.UTF8.GetBytes($"{seconds}.{told.Body}"))));
        var body = JsonDocument.Parse(told.Body).RootElement;
        body.EnumerateObject().Select(p => p.Name).Order().ShouldBe(["at", "id", "kind", "reference"]);
        body.GetProperty("id").GetString().ShouldBe(told.Headers["AnyDoor-Event"]);
        (await rig.EventsAsync("webhook.delivered")).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task AFailure_IsTriedAgainLaterUnderTheSameId_AndAfterDaysTheAddressIsDisabled(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var made = await rig.AddAsync();
        await rig.TellAsync("handover.sent", "AAAA-BBBB-C");
        rig.Partner.Status = 500;

        (await rig.Runner.DeliverAsync(Now, default)).ShouldBe(0);
        (await rig.Runner.DeliverAsync(Now.AddSeconds(5), default)).ShouldBe(0);
        rig.Partner.Got.Count.ShouldBe(1, "it waits before it tries again");
        await rig.Runner.DeliverAsync(Now.AddSeconds(31), default);
        rig.Partner.Got.Count.ShouldBe(2);
        rig.Partner.Got.Select(g => g.Headers["AnyDoor-Event"]).Distinct().Count().ShouldBe(1, "the receiver knows it by its id");

        await rig.Runner.DeliverAsync(Now.AddDays(3).AddHours(1), default);
        (await rig.Desk.FindAsync(made.Id, null, default))!.State.ShouldBe(WebhookState.Failed);
        (await rig.EventsAsync("webhook.disabled")).ShouldBe(1);
        await rig.TellAsync("handover.accepted", "AAAA-BBBB-C");
        await rig.Runner.DeliverAsync(Now.AddDays(4), default);
        rig.Partner.Got.Count.ShouldBe(3, "a disabled address is told nothing");

        rig.Partner.Status = 204;
        (await rig.Desk.TurnAsync(made.Id, true, null, Rig.Who(Now.AddDays(4)), default)).Done.ShouldBeTrue();
        (await rig.Runner.DeliverAsync(Now.AddDays(4), default)).ShouldBe(2, "nothing of what waited is lost");
    }

    /// <summary>Two processes at once, and one that is cut off after it sent: told again, under the same id.</summary>
    [Theory, OnBothDatabases]
    public async Task TwoProcesses_TellItOnce_AndWhatWasCutOffIsTakenOver(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        await rig.AddAsync();
        for (var i = 0; i < 12; i++) await rig.TellAsync("handover.sent", $"AAAA-BBBB-{i}");
        using var other = rig.Another();

        var went = await Task.WhenAll(rig.Runner.DeliverAsync(Now, default), other.DeliverAsync(Now, default));

        went.Sum().ShouldBe(12);
        rig.Partner.Got.Count.ShouldBe(12);
        await rig.TellAsync("handover.helped", "AAAA-BBBB-C");
        await using (var db = rig.Database.Database.Open())
            await db.Set<WebhookEvent>().Where(e => e.State == WebhookEventState.Waiting).ExecuteUpdateAsync(e => e.SetProperty(x => x.LeasedBy, (Guid?)Guid.NewGuid()).SetProperty(x => x.LeasedUntil, (DateTime?)Now.AddMinutes(2)));
        (await rig.Runner.DeliverAsync(Now.AddMinutes(1), default)).ShouldBe(0, "another process has it");
        (await rig.Runner.DeliverAsync(Now.AddMinutes(3), default)).ShouldBe(1, "its lease ran out");
    }

    [Theory, OnBothDatabases]
    public async Task ARedirect_IsNotFollowed_AndANameThatLeadsInside_IsNotCalled(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var made = await rig.AddAsync();
        await rig.TellAsync("handover.sent", "AAAA-BBBB-C");
        rig.Partner.Status = 307;

        (await rig.Runner.DeliverAsync(Now, default)).ShouldBe(0);
        rig.Partner.Got.Count.ShouldBe(1);
        (await rig.Desk.FindAsync(made.Id, null, default))!.LastAnswer!.ShouldContain("not followed");

        // The rule is asked of the address that is connected to: what was allowed when it was registered, and leads inside now, is not called.
        using var strict = rig.Another(WebhookRules.Read(""));
        (await strict.DeliverAsync(Now.AddMinutes(5), default)).ShouldBe(0);
        rig.Partner.Got.Count.ShouldBe(1);
        (await rig.Desk.FindAsync(made.Id, null, default))!.LastAnswer!.ShouldContain("private network");
    }

    /// <summary>A real TLS server with a certificate that nobody vouches for: the handshake ends before a byte of ours is sent.</summary>
    [Fact]
    public async Task ACertificateThatIsNotGood_IsNotTrusted()
    {
        await using var rig = await Rig.StartAsync(Db.Sqlite);
        using var own = RSA.Create(2048);
        using var certificate = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=127.0.0.1", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var got = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var tls = new System.Net.Security.SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsServerAsync(certificate);
                return await tls.ReadAsync(new byte[1024]);
            }
            catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException) { return 0; }
        });
        var made = (await rig.Desk.AddAsync(rig.Organisation, $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/in", Rig.Who(Now), default)).Value!;
        await rig.TellAsync("handover.sent", "AAAA-BBBB-C");

        (await rig.Runner.DeliverAsync(Now, default)).ShouldBe(0);

        (await got).ShouldBe(0);
        (await rig.Desk.FindAsync(made.Id, null, default))!.LastAnswer!.ShouldContain("certificate");
    }

    [Theory, OnBothDatabases]
    public async Task ANewSecret_SignsBesideTheOldOneForSomeDays(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var first = await rig.AddAsync();
        var second = (await rig.Desk.NewSecretAsync(first.Id, null, Rig.Who(Now), default)).Value!;
        second.Secret.ShouldNotBe(first.Secret);
        await rig.TellAsync("handover.sent", "AAAA-BBBB-C");
        await rig.Runner.DeliverAsync(Now.AddSeconds(1), default);
        rig.Partner.Got[0].Headers["AnyDoor-Signature"].Split(',').Length.ShouldBe(3);

        await rig.TellAsync("handover.helped", "AAAA-BBBB-C");
        await rig.Runner.DeliverAsync(Now.AddDays(8), default);
        rig.Partner.Got[1].Headers["AnyDoor-Signature"].Split(',').Length.ShouldBe(2);
        await using var db = rig.Database.Database.Open();
        Encoding.UTF8.GetString((await db.Set<Webhook>().SingleAsync()).Secret).ShouldNotContain(second.Secret);
    }

    [Theory, OnBothDatabases]
    public async Task AnotherOrganisations_AddressIsNotThere(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var made = await rig.AddAsync();
        var stranger = Guid.NewGuid();

        (await rig.Desk.FindAsync(made.Id, stranger, default)).ShouldBeNull();
        (await rig.Desk.TurnAsync(made.Id, false, stranger, Rig.Who(Now), default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Desk.RemoveAsync(made.Id, stranger, Rig.Who(Now), default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Desk.NewSecretAsync(made.Id, stranger, Rig.Who(Now), default)).Refusal!.Code.ShouldBe("not-found");
        (await rig.Desk.SendTestAsync(made.Id, stranger, Rig.Who(Now), default)).Refusal!.Code.ShouldBe("not-found");
    }

    private sealed class Rig : IAsyncDisposable
    {
        public required TestDatabase Database { get; init; }
        public required Partner Partner { get; init; }
        public required Guid Organisation { get; init; }
        public Commands Commands { get; private init; } = null!;
        public WebhookDesk Desk { get; private init; } = null!;
        public WebhookRunner Runner { get; private init; } = null!;
        private static readonly WebhookRules Loopback = WebhookRules.Read("127.0.0.1");

        public static async Task<Rig> StartAsync(Db kind)
        {
            var database = await TestDatabase.CreateAsync(kind);
            var commands = database.Commands();
            var pat = (await new AnyDoor.Organisations.Staff(database.Database, commands).CreateAsync("pat", null, "Invented pantry", "partner-administrator", Who(Now), default)).Value!;
            return new Rig { Database = database, Partner = new Partner(), Organisation = pat.OrganisationId, Commands = commands, Desk = new WebhookDesk(database.Database, commands, Loopback), Runner = new WebhookRunner(database.Database, commands, database.Key, Loopback) };
        }

        public static AuditContext Who(DateTime at) => new(Actor.Job("test"), null, "test", Purpose.Assurance, at);

        public WebhookRunner Another(WebhookRules? rules = null) => new(Database.Database, Commands, Database.Key, rules ?? Loopback);

        public async Task<WebhookMade> AddAsync()
        {
            var made = await Desk.AddAsync(Organisation, Partner.Url, Who(Now), default);
            made.Refusal.ShouldBeNull();
            return made.Value!;
        }

        public async Task TellAsync(string kind, string reference) => (await Commands.RunAsync(Who(Now), async c =>
        {
            await WebhookDesk.TellAsync(c, Organisation, kind, reference);
            return (Result<Nothing>)Nothing.Value;
        }, default)).Done.ShouldBeTrue();

        public async Task<int> EventsAsync(string kind)
        {
            await using var db = Database.Database.Open();
            return await db.Set<AuditEvent>().CountAsync(e => e.Kind == kind);
        }

        public async ValueTask DisposeAsync()
        {
            Runner.Dispose();
            Partner.Dispose();
            await Database.DisposeAsync();
        }
    }

    /// <summary>A partner's own system: answers one status to everything and remembers what it got.</summary>
    private sealed class Partner : IDisposable
    {
        private readonly HttpListener listener = new();

        public Partner()
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0)) { probe.Start(); Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/in"; }
            listener.Prefixes.Add(Url + "/");
            listener.Start();
            _ = Task.Run(async () =>
            {
                while (listener.IsListening)
                {
                    try
                    {
                        var call = await listener.GetContextAsync();
                        using var reader = new StreamReader(call.Request.InputStream);
                        var body = await reader.ReadToEndAsync();
                        lock (Got) Got.Add((body, call.Request.Headers.AllKeys.ToDictionary(k => k!, k => call.Request.Headers[k]!, StringComparer.OrdinalIgnoreCase)));
                        call.Response.StatusCode = Status;
                        if (Status == 307) call.Response.RedirectLocation = Url;
                        call.Response.Close();
                    }
                    catch (Exception error) when (error is HttpListenerException or ObjectDisposedException) { return; }
                }
            });
        }

        public string Url { get; }
        public int Status { get; set; } = 200;
        public List<(string Body, Dictionary<string, string> Headers)> Got { get; } = [];

        public void Dispose() => listener.Close();
    }
}
