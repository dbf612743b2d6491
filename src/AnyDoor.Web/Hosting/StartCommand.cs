using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace AnyDoor.Web.Hosting;

/// <summary>The <c>start</c> verb and its options. What cannot be is wrong usage, said before anything is opened.</summary>
public static class StartCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "The port to serve on, 0 to 65535; 0 takes a free one.", DefaultValueFactory = _ => 5080 };
    private static readonly Option<string> Listen = new("--listen") { Description = "The address to serve on: localhost, or an address of this machine like 10.0.3.7; 0.0.0.0 for all of them.", DefaultValueFactory = _ => "localhost" };
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "No demo county: a live database. Prints a one-time link for its first administrator." };
    private static readonly Option<string[]> BehindProxy = new("--behind-proxy")
    {
        Description = $"The address or network of the proxy that stands before this and does TLS, like 127.0.0.1 or 10.0.3.0/24. May be given several times. What it says of who asks and how (X-Forwarded-For, X-Forwarded-Proto) is believed, and nobody else. Default: {TrustedProxies.Variable}, or none.",
    };
    private static readonly Option<string[]> Host = new("--host")
    {
        Description = $"A name that this is reached by, like help.example.org or *.example.org. May be given several times; any other name is answered 421. Default: {NamedHosts.Variable}, or every name.",
    };
    private static readonly Option<string?> Places = new("--places") { Description = "The folder whose files of place data are loaded, each version once (docs/places-data.md). Default: ANYDOOR_PLACES, or data/." };
    private static readonly Option<string?> Database = new("--database") { Description = "A file path, a postgres:// URI or an Npgsql connection string. Default: ANYDOOR_DATABASE, or data/anydoor.db." };
    private static readonly Option<string?> Partnership = new("--partnership") { Description = "The partnership's schema, on PostgreSQL." };

    static StartCommand()
    {
        Port.Validators.Add(found => { if (found.Tokens.Count == 1 && int.TryParse(found.Tokens[0].Value, out var port) && port is < 0 or > 65535) found.AddError($"There is no port {port}. Use 1 to 65535, or 0 for a free one."); });
        Listen.Validators.Add(found => { if (found.Tokens.Count == 1 && found.Tokens[0].Value is var at && at != "localhost" && !IPAddress.TryParse(at, out _)) found.AddError($"“{at}” is no address to listen on. Use localhost, an address of this machine like 10.0.3.7, or 0.0.0.0 for all of them."); });
    }

    public static Command Create(Func<StartOptions, CancellationToken, Task<int>> serve)
    {
        var start = new Command("start", "Serve AnyDoor.") { Port, Listen, NoDemo, BehindProxy, Host, Places, Database, Partnership };
        start.Validators.Add(found => { if (Proxies(found, out var wrong) is null && wrong is not null) found.AddError($"“{wrong}” is no address of a proxy. Use an address like 127.0.0.1 or a network like 10.0.3.0/24."); });
        start.Validators.Add(found => { if (Hosts(found).FirstOrDefault(h => !NamedHosts.IsName(h)) is { } wrong) found.AddError($"“{wrong}” is no name of a host. Use one like help.example.org."); });
        start.SetAction((parsed, cancel) => serve(Options(parsed), cancel));
        return start;
    }

    private static StartOptions Options(ParseResult parsed) => new(Installation.From(parsed.GetValue(Database), parsed.GetValue(Partnership)), parsed.GetValue(Port), parsed.GetValue(Listen)!,
        Demo: !parsed.GetValue(NoDemo), BehindProxy: Proxies(parsed.CommandResult, out _), Hosts: Hosts(parsed.CommandResult), PlacesFolder: Installation.PlacesFolder(parsed.GetValue(Places)));

    private static IReadOnlyList<string> Hosts(CommandResult found) =>
        NamedHosts.Read(found.GetResult(Host) is { Tokens.Count: > 0 } given ? given.Tokens.Select(t => t.Value) : [Environment.GetEnvironmentVariable(NamedHosts.Variable) ?? ""]);

    private static TrustedProxies? Proxies(CommandResult found, out string? wrong) =>
        TrustedProxies.Read(found.GetResult(BehindProxy) is { Tokens.Count: > 0 } given ? given.Tokens.Select(t => t.Value) : [Environment.GetEnvironmentVariable(TrustedProxies.Variable) ?? ""], out wrong);
}
