using AnyDoor.Bench;

if (args is ["serve-bare", var port]) return await BarePage.ServeAsync(port);
if (args is ["--help" or "-h", ..])
{
    Console.WriteLine("""
        Usage: ./anydoor bench [award|pages|offer|import|places|menu|growth|entitlements]... [--slow]

          --slow   Also at 361,000 requests

        Every ratio is to a limit measured in the same run, interleaved, the median of five pairs.
        """);
    return 0;
}
var slow = args.Contains("--slow");
var chosen = args.Where(a => a != "--slow").ToArray();
string[] known = ["award", "pages", "offer", "import", "places", "menu", "growth", "entitlements"];
if (chosen.Except(known).FirstOrDefault() is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no bench “{unknown}”. There are: {string.Join(", ", known)}.");
    return 2;
}
bool Wanted(string bench) => chosen.Length == 0 || chosen.Contains(bench);

var report = new Report();
if (Wanted("award") || Wanted("pages") || Wanted("offer"))
{
    await using var rig = await Rig.OpenAsync();
    if (Wanted("offer")) await OfferBench.RunAsync(rig, report);
    if (Wanted("pages")) await PagesBench.RunAsync(rig, report);
    if (Wanted("award")) await AwardBench.RunAsync(rig, report);
}
if (Wanted("pages"))
{
    await using var rig = await Rig.OpenAsync(sqlite: true);
    await PagesBench.RunAsync(rig, report);
}
if (Wanted("import")) await ImportBench.RunAsync(report);
if (Wanted("places")) await PlacesBench.RunAsync(report);
if (Wanted("menu")) await MenuBench.RunAsync(report);
if (Wanted("growth")) await GrowthBench.RunAsync(slow, report);
if (Wanted("entitlements")) EntitlementsBench.Run(report);
return report.Close();
