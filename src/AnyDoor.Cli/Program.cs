using System.CommandLine;
using AnyDoor.Cli;
using AnyDoor.Cli.Verbs;

Console.OutputEncoding = System.Text.Encoding.UTF8;

var root = new RootCommand("AnyDoor: a request at any door becomes money, help nearby and a person.")
{
    Verb.DatabaseOption, Verb.PartnershipOption, Verb.JsonOption,
    StartVerb.Command(),
    PlacesVerbs.Command(), RequestsVerbs.Command(), FiguresVerb.Command(), SchemesVerbs.Command(), SettingsVerbs.Command(), MenuVerbs.Command(),
    WorkersVerbs.Workers(), WorkersVerbs.Keys(), ProofVerbs.Ledger(), ProofVerbs.Audit(),
    KeepingVerbs.Backup(), KeepingVerbs.Restore(), DrillVerb.Create(), KeepingVerbs.Migrate(), KeepingVerbs.Demo(), RetentionVerb.Command(), EntitlementsVerbs.Command(),
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("See: anydoor --help");
    return 2;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
