using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.Requests;
using Spectre.Console;

namespace AnyDoor.Cli.Verbs;

internal static class RequestsVerbs
{
    public static Command Command()
    {
        var file = new Argument<string>("file") { Description = "The council's form export, as it comes." };
        var scheme = new Option<string>("--scheme") { Description = "The scheme the form was for.", Required = true };
        var mapping = new Option<string?>("--mapping") { Description = "A mapping file. Default: the shipped mapping whose columns fit." };
        var strict = new Option<bool>("--strict") { Description = "Check the whole file first, and take nothing if any row would be set aside." };
        var import = new Command("import", "Load a council's form export. Running it again changes nothing.") { file, scheme, mapping, strict };
        import.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var given = parsed.GetValue(mapping) is { } path ? ReadMapping(path) : null;
            var who = s.Who("requests import", Purpose.RespondToRequest);
            var source = parsed.GetValue(file)!;
            if (!File.Exists(source)) throw new FileNotFoundException($"There is no file {source}.");

            ImportSummary summary = null!;
            async Task RunAsync(Action<int>? progress) =>
                summary = await s.Get<RequestImporter>().ImportAsync(source, parsed.GetValue(scheme)!, given, who, parsed.GetValue(strict), progress, s.Cancel);
            if (Verb.Watched) await Verb.Notes.Status().StartAsync("Reading…", status => RunAsync(rows => status.Status($"{rows:N0} rows read")));
            else await RunAsync(null);

            var refused = summary.ImportId is null;
            s.Print(summary, Lines(summary, refused));
            if (!refused && given is null && s.Mark.IsDemo == false)
                await Console.Error.WriteLineAsync("Read with a mapping that ships with the product, which marks the people in the file as invented. For your own form give a copy that says \"invented\": false with --mapping FILE.");
            return refused ? 1 : 0;
        }, cancel));
        return new Command("requests", "Requests from a council's own form.") { import };
    }

    private static IEnumerable<string> Lines(ImportSummary summary, bool refused)
    {
        yield return refused
            ? $"Nothing was loaded: {summary.Quarantined.Count:N0} of {summary.Rows:N0} rows would be set aside."
            : $"{summary.Rows:N0} rows: {summary.Imported:N0} came in, {summary.AlreadyPresent:N0} were in already, {summary.Repeated:N0} were the same row sent twice, {summary.Quarantined.Count:N0} are set aside.";
        foreach (var row in summary.Quarantined) yield return $"  Row {row.Row}, {row.Column}: {row.Reason}";
    }

    private static Mapping ReadMapping(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no mapping file {path}.");
        return Mapping.Read(File.ReadAllText(path), path);
    }
}
