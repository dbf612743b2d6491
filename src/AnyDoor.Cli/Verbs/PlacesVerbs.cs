using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.Places;
using AnyDoor.Requests;

namespace AnyDoor.Cli.Verbs;

internal static class PlacesVerbs
{
    public static Command Command()
    {
        var files = new Argument<string[]>("file") { Description = "CSV files, gzipped or not.", Arity = ArgumentArity.OneOrMore };
        var import = new Command("import", "Load postcode directories. Requests whose area was not known get it.") { files };
        import.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var who = s.Who("places import", Purpose.StatisticsAndPlanning);
            var loaded = new List<PlaceFile>();
            foreach (var file in parsed.GetValue(files)!) loaded.Add(await s.Get<PostcodeImport>().LoadAsync(file, who, s.Cancel));
            var resolved = await s.Get<AreaResolver>().ResolveAsync(who, s.Cancel);
            s.Print(new { files = loaded },
                [.. loaded.Select(f => $"{f.File}: {f.Rows:N0} {f.Kind}, {f.Edition}. {f.Quarantined:N0} rows set aside."), .. resolved > 0 ? [$"{resolved:N0} requests whose area was not known have it now."] : Array.Empty<string>()]);
            return 0;
        }, cancel));
        return new Command("places", "Places: postcodes and areas.") { import };
    }
}
