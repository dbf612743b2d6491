using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using Spectre.Console;

namespace AnyDoor.Cli.Verbs;

internal static class MenuVerbs
{
    private const int ShownAside = 20;

    public static Command Command() => new("menu", "The menu: services from feeds and files, and what fits a need.") { Import(), Match() };

    private static Command Import()
    {
        var sources = new Argument<string[]>("source") { Description = "Addresses of Open Referral UK feeds (3.0 or 1.0), or files: JSON, one record a line, or a table.", Arity = ArgumentArity.OneOrMore };
        var mapping = new Option<string?>("--mapping") { Description = "For a table: a JSON file that says which column is which." };
        var allow = new Option<string[]>("--allow-host") { Description = "A host that may be on this network. Without it only the public internet is read.", AllowMultipleArgumentsPerToken = false };
        var import = new Command("import", "Fill the menu from feeds, files and tables. Running it again changes nothing; one that stopped goes on.") { sources, mapping, allow };
        import.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var file = parsed.GetValue(mapping);
            if (file is not null && !File.Exists(file)) throw new FileNotFoundException($"There is no mapping file {file}.");
            MenuImported done = null!;
            async Task RunAsync(Action<int>? progress) =>
                done = await s.Get<MenuImporter>().ImportAsync(parsed.GetValue(sources)!, file, parsed.GetValue(allow) ?? [], s.Who("menu import", Purpose.StatisticsAndPlanning), progress, s.Cancel);
            if (Verb.Watched) await Verb.Notes.Status().StartAsync("Reading…", status => RunAsync(rows => status.Status($"{rows:N0} services read")));
            else await RunAsync(null);
            foreach (var stopped in done.Stopped) await Console.Error.WriteLineAsync($"{stopped} What came before is kept; run the same again to go on.");
            s.Print(new { done.Rows, done.Imported, done.AlreadyPresent, done.Repeated, quarantined = done.Quarantined, done.TakenOff }, Lines(done));
            return done.Stopped.Count > 0 ? 1 : 0;
        }, cancel));
        return import;
    }

    private static IEnumerable<string> Lines(MenuImported done)
    {
        yield return $"{done.Rows:N0} services: {done.Imported:N0} came in, {done.AlreadyPresent:N0} were in already, {done.Repeated:N0} were sent twice, {done.Quarantined.Count:N0} are set aside.";
        if (done.TakenOff > 0) yield return $"{done.TakenOff:N0} are not in their feed any more and were taken off the menu.";
        foreach (var row in done.Quarantined.Take(ShownAside)) yield return $"  {row.Source}, record {row.Row}, {row.Column}: {row.Reason}";
        if (done.Quarantined.Count > ShownAside) yield return $"  and {done.Quarantined.Count - ShownAside:N0} more.";
    }

    private static Command Match()
    {
        var input = new Option<string>("--input") { Description = "One JSON object a line: id, need, and postcode, place, at, household where they are known.", Required = true };
        var output = new Option<string>("--output") { Description = "Where the answers go: one JSON object a line, the best service first.", Required = true };
        var match = new Command("match", "Find what on the menu fits each need of a file, with reasons.") { input, output };
        match.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var file = parsed.GetValue(input)!;
            if (!File.Exists(file)) throw new FileNotFoundException($"There is no file {file}.");
            var (lines, bad) = await s.Get<MatchFile>().RunAsync(file, parsed.GetValue(output)!, s.Cancel);
            s.Print(new { lines, bad }, $"{lines:N0} needs matched{(bad > 0 ? $"; {bad:N0} lines could not be read and say why" : "")}.");
            return 0;
        }, cancel));
        return match;
    }
}
