using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AnyDoor.Tests;

namespace AnyDoor.Cli.Tests;

/// <summary>What a run of the command line gave back.</summary>
internal sealed record Ran(int Code, string Output, string Errors)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The same, once it has ended well.</summary>
    public Ran Well()
    {
        Code.ShouldBe(0, $"{Output}\n{Errors}");
        return this;
    }
}

/// <summary>The command line as a person runs it: a process of its own, on a database of its own, with its output piped.</summary>
internal sealed class Tool : IAsyncDisposable
{
    private readonly TestDatabase? database;
    private readonly string folder;

    private Tool(TestDatabase? database, string folder, string connection) => (this.database, this.folder, Connection) = (database, folder, connection);

    public string Connection { get; }

    /// <summary>On a database marked demo, migrated and otherwise empty.</summary>
    public static async Task<Tool> OnDemoAsync(Db kind)
    {
        var database = await TestDatabase.CreateAsync(kind);
        return new Tool(database, database.Folder, database.Connection);
    }

    /// <summary>Where there is no database yet.</summary>
    public static Tool OnNothing()
    {
        var folder = Directory.CreateTempSubdirectory("anydoor-cli-").FullName;
        return new Tool(null, folder, Path.Combine(folder, "data", "anydoor.db"));
    }

    public string File(string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text, Encoding.UTF8);
        return path;
    }

    public string PathOf(string name) => Path.Combine(folder, name);

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "AnyDoor.Cli.dll"))) start.ArgumentList.Add(argument);
        start.Environment["ANYDOOR_HOME"] = folder;
        start.Environment["ANYDOOR_DATABASE"] = Connection;
        start.Environment["ANYDOOR_KEYS"] = Path.Combine(folder, "keys");
        start.Environment["ANYDOOR_CHECKPOINTS"] = Path.Combine(folder, "checkpoints");
        start.Environment.Remove("ANYDOOR_OWNER_DATABASE");
        start.Environment["DOTNET_TieredPGO"] = "0"; // a verb ends before what it would learn pays
        return Process.Start(start)!;
    }

    public Task<Ran> RunAsync(params string[] arguments) => RunSayingAsync("", arguments);

    /// <summary>With something on standard input.</summary>
    public async Task<Ran> RunSayingAsync(string said, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(said);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ran(process.ExitCode, await output, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null) await database.DisposeAsync();
        else Directory.Delete(folder, recursive: true);
    }
}
