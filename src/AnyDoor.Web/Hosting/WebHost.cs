using System.Net;
using System.Net.Sockets;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Demo;
using AnyDoor.Messages;
using AnyDoor.Places;
using AnyDoor.Web.Api;
using AnyDoor.Web.Security;
using AnyDoor.Web.SignIn;
using AnyDoor.Web.Staff;
using Microsoft.AspNetCore.DataProtection;

namespace AnyDoor.Web.Hosting;

/// <summary>Builds the one web deployable and serves it.</summary>
public static class WebHost
{
    /// <summary>The <c>start</c> verb: 0 after a clean stop, 1 when it could not start, with a sentence that says why.</summary>
    public static async Task<int> ServeAsync(StartOptions options, CancellationToken cancel, TextWriter? errors = null)
    {
        try
        {
            await using var app = await BuildAsync(options, cancel);
            await app.StartAsync(cancel);
            var first = options.Demo ? null : await app.Services.GetRequiredService<Organisations.Invitations>().FirstOfAllAsync(new AuditContext(Actor.Job("start"), null, "command-line", Purpose.Assurance, TimeProvider.System.UtcNow()), cancel);
            var settings = await app.Services.GetRequiredService<Organisations.SettingsDesk>().CurrentAsync(cancel);
            Welcome(app, options, settings.Missing().Count, first);
            await app.WaitForShutdownAsync(cancel);
            return 0;
        }
        catch (Exception error) when (Why(error, options) is not null)
        {
            await (errors ?? Console.Error).WriteLineAsync(Why(error, options));
            return 1;
        }
    }

    /// <summary>Why it could not start; null for what is a fault of ours.</summary>
    private static string? Why(Exception error, StartOptions options) => SocketOf(error) switch
    {
        SocketError.AddressAlreadyInUse => $"Port {options.Port} is in use. Stop what uses it, or choose another: anydoor start --port {(options.Port < 65535 ? options.Port + 1 : 5080)}",
        SocketError.AccessDenied => $"This user may not serve on port {options.Port}. Choose one above 1023, like 5080, and let a proxy have the other.",
        SocketError.AddressNotAvailable => $"This machine has no address {options.Listen}. Use localhost, an address of its own, or 0.0.0.0 for all of them: --listen.",
        { } other => $"It cannot serve on {options.Listen}, port {options.Port} ({other}).",
        null => error is InvalidOperationException or ArgumentException or InvalidDataException or IOException or Npgsql.NpgsqlException or Microsoft.Data.Sqlite.SqliteException
            or UnauthorizedAccessException or Microsoft.EntityFrameworkCore.DbUpdateException ? error.Sentence() : null,
    };

    /// <summary>What the system said when it was asked for the port: a fault of the database's connection is none of these.</summary>
    private static SocketError? SocketOf(Exception? error) => error switch
    {
        Npgsql.NpgsqlException or null => null,
        Microsoft.AspNetCore.Connections.AddressInUseException => SocketError.AddressAlreadyInUse,
        SocketException socket => socket.SocketErrorCode,
        AggregateException many => many.InnerExceptions.Select(SocketOf).FirstOrDefault(e => e is not null),
        _ => SocketOf(error.InnerException),
    };

    public static async Task<WebApplication> BuildAsync(StartOptions options, CancellationToken cancel, TimeProvider? clock = null)
    {
        var database = options.Installation.OpenDatabase();
        var key = await options.Installation.OpenKeyAsync(database, cancel);
        var mark = await Migrator.MigrateAsync(database, () => key, options.Demo, TimeProvider.System, cancel);
        clock ??= mark.IsDemo == true ? DemoClock.FromEnvironment() : TimeProvider.System;

        var serving = false; // why it could not start is said once, by us
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot") });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole(o => { o.SingleLine = true; o.UseUtcTimestamp = true; o.TimestampFormat = "HH:mm:ss "; })
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical).AddFilter("Microsoft.Extensions.Hosting", level => serving && level >= LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Error).AddFilter("AnyDoor", LogLevel.Information);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Sizes.Limit(kestrel);
            if (options.Listen == "localhost" && options.Port > 0) kestrel.ListenLocalhost(options.Port);
            else kestrel.Listen(options.Listen == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Listen), options.Port);
        });

        builder.Services.AddAnyDoor(options.Installation, database, key, clock);
        builder.Services.AddSingleton(mark);
        if (mark.IsDemo == false && NotifyAccount.FromEnvironment() is { } notify) builder.Services.AddSingleton(new NotifySender(notify, clock));
        builder.Services.AddSingleton(options);
        // Shared by every process of this installation, so that a form from one node is good on another; sealed with the installation's key, so that this folder alone is worth nothing.
        builder.Services.Configure<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>(keys => keys.XmlEncryptor = new SealedKeyXml(key));
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(Sizes.Limit);
        builder.Services.AddRequestTimeouts(o => o.DefaultPolicy = new Microsoft.AspNetCore.Http.Timeouts.RequestTimeoutPolicy { Timeout = Sizes.Longest });
        builder.Services.AddDataProtection().SetApplicationName("AnyDoor").PersistKeysToFileSystem(OwnFolder.Make(Path.Combine(options.Installation.KeysFolder, "web")));
        builder.Services.AddAnyDoorPages(demo: mark.IsDemo == true);
        builder.Services.AddStaffAccess(options.Council ?? SingleSignOn.FromEnvironment());
        builder.Services.AddHostedService<SealingService>();
        builder.Services.AddHostedService<Postroom>();
        builder.Services.AddHostedService<WebhookService>();
        builder.Services.AddHostedService<PlaceService>();
        builder.Services.AddSingleton<CallMeter>();
        builder.Services.AddSingleton<OpenReferralShelf>();
        builder.Services.AddSingleton<Housekeeping>().AddHostedService(p => p.GetRequiredService<Housekeeping>());

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => serving = true);
        var who = new AuditContext(Actor.Job("start"), null, "command-line", Purpose.Assurance, clock.UtcNow());
        await app.Services.GetRequiredService<Foundation>().EnsureAsync(who, cancel);
        if (options.Demo) await app.Services.GetRequiredService<ServiceDirectory.MenuService>().LoadDemoAsync(who, cancel);
        if (options is { Demo: true, County: true }) await app.Services.GetRequiredService<DemoCounty>().EnsureAsync(who, cancel);
        await app.Services.GetRequiredService<PostcodeLookup>().RefreshAsync(cancel);

        app.UseAnyDoorPages(options.BehindProxy, options.Hosts ?? []);
        app.MapHealth();
        app.MapApi();
        app.MapOpenReferral();
        return app;
    }

    private static void Welcome(WebApplication app, StartOptions options, int missing, string? first)
    {
        var address = app.Urls.FirstOrDefault() ?? $"http://localhost:{options.Port}";
        if (options.OnLoopback && Uri.TryCreate(address, UriKind.Absolute, out var uri)) address = $"http://localhost:{uri.Port}";
        Console.WriteLine($"AnyDoor is at {address}");
        if (options.Demo)
        {
            Console.WriteLine($"Staff: {address}/staff/sign-in, and choose who you are. Everyone there is invented.");
            Console.WriteLine("  Nadia Wexcombe takes calls at the county hub; others are listed beside her.");
        }
        else
        {
            var reached = options.Reached(address);
            Console.WriteLine($"Staff: {reached}/staff/sign-in");
            if (first is not null)
            {
                Console.WriteLine("Nobody can sign in yet. Make the first administrator with this link. It works once, for 7 days, and a new start makes a new one:");
                Console.WriteLine($"  {reached}/staff/invitation/{first}");
            }
            if (missing > 0) Console.WriteLine($"Residents' pages are shut: {missing} settings are missing. See them with: anydoor settings show");
            if (options.BehindProxy is null) Console.WriteLine("Warning: behind a proxy, name it with --behind-proxy ADDRESS. Until then everybody who comes through it counts as one, and no cookie is kept to https.");
            if (options.Hosts is null or []) Console.WriteLine("Warning: name what this is reached by with --host NAME. Until then every name that somebody sends is answered.");
            var ways = app.Services.GetRequiredService<Postman>().Channels;
            Console.WriteLine(ways.Count > 0 ? $"Messages go by GOV.UK Notify: {string.Join(", ", ways.Select(w => w.ToString().ToLowerInvariant()))}. What goes another way waits for a person." : "Warning: no text or e-mail goes out by itself until GOV.UK Notify is set up (docs/operations.md). Until then each message says \"not sent\".");
            foreach (var warning in LiveWarnings(options)) Console.WriteLine(warning);
        }
        Console.WriteLine("Stop with Ctrl+C.");
    }

    private static IEnumerable<string> LiveWarnings(StartOptions options)
    {
        if (OwnFolder.IsOpenToOthers(options.Installation.KeysFolder)) yield return $"Warning: others than its owner may open the folder of the keys. Shut it: chmod 700 {options.Installation.KeysFolder}";
        if (options.Installation.OpenDatabase().Kind is not Data.Sqlite.SqliteKind sqlite) yield break;
        var folder = Path.GetDirectoryName(sqlite.FilePath)!;
        foreach (var (name, path) in new[] { ("ANYDOOR_KEYS", options.Installation.KeysFolder), ("ANYDOOR_CHECKPOINTS", options.Installation.CheckpointsFolder) })
            if (Path.GetFullPath(path).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.GetFullPath(path) == folder)
                yield return $"Warning: {name} is in the database's folder. Who can copy one can copy both: set {name} to a folder elsewhere.";
    }
}
