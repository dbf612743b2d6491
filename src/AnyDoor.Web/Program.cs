using System.CommandLine;
using AnyDoor;
using AnyDoor.Web.Hosting;

Console.OutputEncoding = System.Text.Encoding.UTF8;

var port = new Option<int>("--port") { Description = "The port to serve on.", DefaultValueFactory = _ => 5080 };
var listen = new Option<string>("--listen") { Description = "The address to serve on. Loopback unless told otherwise.", DefaultValueFactory = _ => "localhost" };
var noDemo = new Option<bool>("--no-demo") { Description = "No demo county: a live database. Staff pages stay shut until sign-in is set up." };
var database = new Option<string?>("--database") { Description = "A file path, a postgres:// URI or an Npgsql connection string. Default: ANYDOOR_DATABASE, or data/anydoor.db." };
var partnership = new Option<string?>("--partnership") { Description = "The partnership's schema, on PostgreSQL." };

var start = new Command("start", "Serve AnyDoor.") { port, listen, noDemo, database, partnership };
start.SetAction((parsed, cancel) => WebHost.ServeAsync(
    new StartOptions(Installation.From(parsed.GetValue(database), parsed.GetValue(partnership)), parsed.GetValue(port), parsed.GetValue(listen)!, Demo: !parsed.GetValue(noDemo)), cancel));

var root = new RootCommand("AnyDoor's web server.") { start };
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("See: anydoor start --help");
    return 2;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
