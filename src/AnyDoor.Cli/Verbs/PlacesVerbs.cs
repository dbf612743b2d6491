using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Requests;

namespace AnyDoor.Cli.Verbs;

internal static class PlacesVerbs
{
    public static Command Command() => new("places", "Places: official data, postcodes and areas.") { Import(), List(), RollBack(), Lookup(), CheckPapers() };

    private static Command Import()
    {
        var files = new Argument<string[]>("file") { Description = "CSV or GeoJSON files, gzipped or not. They are told by their columns.", Arity = ArgumentArity.OneOrMore };
        var mapping = new Option<string?>("--mapping") { Description = "For your own table by neighbourhood, ward or district: a JSON file that says what its columns are." };
        var strict = new Option<bool>("--strict") { Description = "Load nothing of a file when one of its rows would be set aside." };
        var replace = new Option<bool>("--replace") { Description = "Let a file take the place of one in use that has far more rows. Without it such a file is refused: it may have been cut off, or hold a part of the country only." };
        var import = new Command("import", "Load official place data (docs/places-data.md lists it). Requests whose area was not known get it.") { files, mapping, strict, replace };
        import.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var who = s.Who("places import", Purpose.StatisticsAndPlanning);
            var own = parsed.GetValue(mapping) is { } path ? OwnData.ReadFile(path) : null;
            var (loaded, failed) = (new List<PlaceFile>(), 0);
            foreach (var file in InOrder(parsed.GetValue(files)!))
            {
                if (Verb.Watched) await Console.Error.WriteLineAsync($"{Path.GetFileName(file)}…");
                try
                {
                    loaded.Add(await s.Get<PlaceImport>().LoadAsync(file, who, s.Cancel, own, parsed.GetValue(strict), replace: parsed.GetValue(replace), say: Console.Error.WriteLine));
                }
                catch (Exception error) when (error is InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException)
                {
                    // The whole file was named beside its extract: it stays, and nothing failed.
                    if (error is not FarFewerRowsException { Series: var series } || !loaded.Exists(f => f.Series == series)) failed++;
                    var (name, why) = (Path.GetFileName(file), error.Sentence());
                    await Console.Error.WriteLineAsync(why.Contains(name, StringComparison.Ordinal) ? why : $"{name}: {why}");
                }
            }
            var resolved = loaded.Count > 0 ? await s.Get<AreaResolver>().ResolveAsync(who, s.Cancel) : 0;
            s.Print(new { files = loaded }, [.. loaded.SelectMany(Told), .. resolved > 0 ? [$"{resolved:N0} requests whose area was not known have it now."] : Array.Empty<string>()]);
            return failed > 0 ? 1 : 0;
        }, cancel));
        return import;
    }

    /// <summary>Boundaries first: coordinates are placed in them.</summary>
    private static IEnumerable<string> InOrder(string[] files) => files.OrderBy(f => f.Contains("json", StringComparison.OrdinalIgnoreCase) ? 0 : 1);

    private static IEnumerable<string> Told(PlaceFile file)
    {
        yield return $"{file.File}: {file.Rows:N0} rows of {file.Kind}, {file.Edition}{(file.AlreadyLoaded ? "; it was loaded before" : "")}. {file.Quarantined:N0} rows set aside. Series {file.Series}, {file.Licence}.";
        foreach (var aside in file.SetAside.Take(5)) yield return $"  Row {aside.Row}, {aside.Column}: {aside.Reason}.";
        if (file.Quarantined > 5) yield return $"  and {file.Quarantined - 5:N0} more.";
    }

    private static Command List()
    {
        var list = new Command("list", "What is loaded: each series with its versions, and which is in use.");
        list.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var all = await s.Get<PlaceImport>().ListAsync(s.Cancel);
            s.Print(new
            {
                datasets = all.Select(d => new { d.Series, d.Title, d.Edition, d.BoundaryYear, d.Source, licence = Licences.Of(d.Licence).Name, shown = Licences.Of(d.Licence).Confirmed, d.Published, d.File, d.Rows, d.Quarantined, d.LoadedAt, d.InUse }),
            }, [.. all.Select(d => $"{(d.InUse ? "in use" : "      ")}  {d.Series}: {d.Title}, {d.Edition}, {d.Rows:N0} rows, {d.File}, loaded {LondonTime.FromUtc(d.LoadedAt):yyyy-MM-dd HH:mm}{(Licences.Of(d.Licence).Confirmed ? "" : "; not shown: its licence is not confirmed")}"),
                .. all.Count == 0 ? ["Nothing is loaded. docs/places-data.md says where to get what."] : Array.Empty<string>()]);
            return 0;
        }, cancel));
        return list;
    }

    private static Command RollBack()
    {
        var series = new Argument<string>("series") { Description = "As places list names it, like iod2019-file-7." };
        var back = new Command("rollback", "Take the version in use out, and put the one before it back.") { series };
        back.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var done = await s.Get<PlaceImport>().RollBackAsync(parsed.GetValue(series)!, s.Who("places rollback", Purpose.StatisticsAndPlanning), s.Cancel);
            if (done.Refusal is { } refusal) return Verb.Session.Refuse(refusal);
            s.Print(new { series = parsed.GetValue(series), in_use = done.Value is { } now ? new { now.Title, now.Edition, now.File, now.Rows } : null },
                done.Value is { } before ? $"In use again: {before.File}, {before.Edition}, {before.Rows:N0} rows." : "It is out of use. There was no version before it, so nothing of this series is in use.");
            return 0;
        }, cancel));
        return back;
    }

    private static Command Lookup()
    {
        var input = new Option<string>("--input") { Description = "A CSV with a column “postcode”, gzipped or not.", Required = true };
        var output = new Option<string>("--output") { Description = "Where the answers go: a CSV, one row for each row.", Required = true };
        var lookup = new Command("lookup", "Give each postcode its neighbourhood, wards, district and deciles.") { input, output };
        lookup.SetAction(async (parsed, cancel) =>
        {
            var wrongUse = await Verb.GuardAsync(() =>
            {
                using var file = DelimitedFile.Open(parsed.GetValue(input)!);
                if (LookupFile.Column(file) >= 0) return Task.FromResult(0);
                Console.Error.WriteLine($"{Path.GetFileName(parsed.GetValue(input)!)} has no column “postcode”. It has: {string.Join(", ", file.Header)}. See: anydoor places lookup --help");
                return Task.FromResult(2);
            });
            return wrongUse != 0 ? wrongUse : await Verb.RunAsync(parsed, async s =>
            {
                var done = await s.Get<LookupFile>().RunAsync(parsed.GetValue(input)!, parsed.GetValue(output)!, s.Cancel);
                foreach (var note in done.Notes) await Console.Error.WriteLineAsync(note);
                s.Print(new { done.Rows, done.Ok, done.Outside, done.Terminated, done.Invalid, refused = done.Refused, attribution = done.Attribution },
                    [$"{done.Rows:N0} rows: {done.Ok:N0} found, {done.Outside:N0} outside what is loaded, {done.Terminated:N0} no longer in use, {done.Invalid:N0} no postcode.",
                    .. done.Refused.Take(10).Select(r => $"  Row {r.Row}: {r.Reason}."), .. done.Attribution]);
                return 0;
            }, cancel);
        });
        return lookup;
    }

    private static Command CheckPapers()
    {
        var tables = new Option<string?>("--tables") { Description = "Another printed table of deciles, in the columns of the shipped one." };
        var table1 = new Option<string?>("--table1") { Description = "Another printed Table 1, in the columns of the shipped one." };
        var check = new Command("check-papers", "Compare the tables that the council’s papers printed with the official data that is loaded.") { tables, table1 };
        check.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var report = await s.Get<PapersCheck>().RunAsync(s.Cancel, parsed.GetValue(tables), parsed.GetValue(table1));
            s.Print(new { report.Rows, report.MatchedBoth, report.Differences, report.Missing, report.Table1, report.Wards, report.PrintedTwice, report.NotLoaded, report.Attribution }, Words(report));
            return 0;
        }, cancel));
        return check;
    }

    private static IEnumerable<string> Words(PapersReport report)
    {
        yield return $"{report.Rows} printed rows; both deciles of {report.MatchedBoth} agree with what is loaded.";
        foreach (var d in report.Differences) yield return $"  Row {d.Row}, {d.LsoaName}, {d.Kind}: printed {d.PrintedNational} and {d.PrintedLocal}, official {d.ActualNational} and {d.ActualLocal}. {d.Note}";
        foreach (var m in report.Missing) yield return $"  Left out of {m.List}: {m.LsoaName} ({m.Lsoa}).";
        foreach (var w in report.Wards) yield return $"  Row {w.Row}, ward: printed {w.Printed}, official {w.Actual}. {w.Note}";
        foreach (var t in report.PrintedTwice) yield return $"  Printed twice: {t.LsoaName}, in rows {string.Join(" and ", t.Rows)}, with {string.Join(" and ", t.Wards)}.";
        foreach (var c in report.Table1) yield return $"  Table 1, {c.District}, {c.Column}: printed {c.Printed}, official {c.Actual ?? "not loaded"}{(c.Agrees == false ? ": DIFFERS" : "")}. {c.Note}";
        foreach (var n in report.NotLoaded) yield return $"Not loaded: {n.Needed}. It tells: {n.For}. From {n.From}";
        foreach (var line in report.Attribution) yield return line;
    }
}
