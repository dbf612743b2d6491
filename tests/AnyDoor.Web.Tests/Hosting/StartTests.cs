using System.CommandLine;
using AnyDoor.Tests;
using AnyDoor.Web.Hosting;

namespace AnyDoor.Web.Tests.Hosting;

/// <summary>What cannot be served is said in a sentence: wrong usage before anything is opened, and everything else after.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("--listen helpdesk", "“helpdesk” is no address")]
    [InlineData("--port 99999", "There is no port 99999")]
    [InlineData("--port=-1", "There is no port -1")]
    [InlineData("--behind-proxy the-proxy", "“the-proxy” is no address of a proxy")]
    public void What_cannot_be_is_wrong_usage(string line, string says) =>
        Parse(line, out _).Errors.ShouldHaveSingleItem().Message.ShouldContain(says);

    [Theory]
    [InlineData(null, null, "http://localhost:5080")]
    [InlineData("help.example.org", "10.0.3.2", "https://help.example.org")]
    [InlineData("*.example.org,help.example.org", "10.0.3.2", "https://help.example.org")]
    [InlineData("help.example.org", null, "http://help.example.org:5080")]
    [InlineData("*.example.org", "10.0.3.2", "http://localhost:5080")]
    public void Reached_IsTheNameThatIsAnswered(string? hosts, string? proxy, string address) =>
        new StartOptions(new Installation("x.db", null, "keys", "checkpoints"), 5080, "localhost", Demo: false, BehindProxy: proxy is null ? null : TrustedProxies.Read([proxy], out _), Hosts: hosts?.Split(',')).Reached("http://localhost:5080").ShouldBe(address);

    [Fact]
    public async Task Proxies_are_addresses_and_networks_and_several_may_be_named()
    {
        var parsed = Parse("--no-demo --listen ::1 --port 0 --behind-proxy 127.0.0.1 --behind-proxy 10.0.3.0/24,localhost", out var served);
        await parsed.InvokeAsync();

        var options = served().ShouldNotBeNull();
        (options.Demo, options.Listen, options.Port).ShouldBe((false, "::1", 0));
        options.BehindProxy!.Networks.Select(n => n.ToString()).ShouldBe(["127.0.0.1/32", "10.0.3.0/24", "127.0.0.1/32", "::1/128"]);
        await Parse("", out served).InvokeAsync();
        served()!.BehindProxy.ShouldBeNull("nobody is believed unless named");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_said_and_ends_with_one()
    {
        var (code, said) = await ServeAsync(o => o with { Listen = "203.0.113.9" });

        (code, said).ShouldBe((1, "This machine has no address 203.0.113.9. Use localhost, an address of its own, or 0.0.0.0 for all of them: --listen."));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_and_ends_with_one()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var (code, said) = await ServeAsync(o => o with { Port = port });

        code.ShouldBe(1);
        said.ShouldStartWith($"Port {port} is in use.");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_said_and_ends_with_one()
    {
        var (code, said) = await ServeAsync(o =>
        {
            var file = o.Installation.KeysFolder + "-in-the-way";
            File.WriteAllText(file, "a file stands where the folder should be");
            return o with { Installation = o.Installation with { KeysFolder = Path.Combine(file, "keys") } };
        });

        code.ShouldBe(1);
        said.ShouldContain("-in-the-way");
        said.ShouldNotContain("   at ");
    }

    private static async Task<(int Code, string Said)> ServeAsync(Func<StartOptions, StartOptions> change)
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        var installation = new Installation(test.Connection, null, Path.Combine(test.Folder, "keys"), Path.Combine(test.Folder, "checkpoints"));
        await using var said = new StringWriter();
        var code = await WebHost.ServeAsync(change(new StartOptions(installation, 0, "127.0.0.1", Demo: true, County: false)), default, said);
        return (code, said.ToString().Trim());
    }

    private static ParseResult Parse(string line, out Func<StartOptions?> served)
    {
        StartOptions? options = null;
        served = () => options;
        return new RootCommand { StartCommand.Create((found, _) => { options = found; return Task.FromResult(0); }) }.Parse(["start", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
