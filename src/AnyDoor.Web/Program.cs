using System.CommandLine;
using AnyDoor.Web.Hosting;

Console.OutputEncoding = System.Text.Encoding.UTF8;

var root = new RootCommand("AnyDoor's web server.") { StartCommand.Create((options, cancel) => WebHost.ServeAsync(options, cancel)) };
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("See: anydoor start --help");
    return 2;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
