using System.CommandLine;
using AnyDoor.Common;
using AnyDoor.Reporting;

namespace AnyDoor.Cli.Verbs;

internal static class FiguresVerb
{
    public static Command Command()
    {
        var scheme = new Argument<string>("scheme") { Description = "The scheme's id, like winter-support-grant." };
        var figures = new Command("figures", "The figures of a scheme, for every request by any door. Counts only.") { scheme };
        figures.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var id = parsed.GetValue(scheme)!;
            if (await s.Get<Figures>().OfAsync(id, s.Cancel) is not { } f)
                return Verb.Session.Refuse(new Refusal("not-found", $"There is no scheme “{id}”. See the schemes with: anydoor schemes list"));
            s.Print(f,
                [
                    $"{f.Requests:N0} requests. Cambridgeshire {f.Cambridgeshire:N0}.",
                    .. f.ByArea.Select(a => $"  {a.Key}: {a.Value:N0}"),
                    .. f.AreaNotKnown > 0 ? [$"  Area not known: {f.AreaNotKnown:N0}"] : Array.Empty<string>(),
                    $"Support, {new Money(f.TotalPence)}:",
                    .. f.Support.Select(x => $"  {x.Key}: {x.Value.Households:N0} households, {new Money(x.Value.Pence)}"),
                    "Doors:",
                    .. f.ByDoor.Select(d => $"  {d.Key}: {d.Value:N0}"),
                ]);
            return 0;
        }, cancel));
        return figures;
    }
}
