using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;

namespace AnyDoor.Cli.Verbs;

internal static class SchemesVerbs
{
    public static Command Command()
    {
        var file = new Argument<string>("file") { Description = "A scheme file (JSON)." };
        var load = new Command("load", "Load a scheme from its file. Loading it again changes nothing.") { file };
        load.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.");
            var loaded = await s.Get<SchemeService>().LoadAsync(s.Who("schemes load", Purpose.AwardAndPay), await File.ReadAllTextAsync(path, s.Cancel), s.Cancel);
            if (!loaded.Done) return Verb.Session.Refuse(loaded.Refusal);
            s.Print(new { loaded = new[] { loaded.Value.Id } }, $"Loaded: {loaded.Value.Id}.");
            return 0;
        }, cancel));

        var list = new Command("list", "The schemes, with what is allotted and what is left.");
        list.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var schemes = await s.Get<FundReports>().SchemesAsync(s.Cancel);
            s.Print(new { schemes }, schemes.Select(x => $"{x.Id}: {x.Name}, {x.Opens:yyyy-MM-dd} to {x.Closes:yyyy-MM-dd}. Allotted {new Money(x.AllocationPence)}, left {new Money(x.AvailablePence)}."));
            return 0;
        }, cancel));
        return new Command("schemes", "Schemes: what kind of help a fund's money is for.") { load, list };
    }
}
