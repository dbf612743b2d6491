using System.CommandLine;
using AnyDoor.Audit;
using AnyDoor.Rights;

namespace AnyDoor.Cli.Verbs;

internal static class RetentionVerb
{
    public static Command Command() => new("retention", "How long we keep what: shows what is over, and disposes of it.") { Run(), Schedule() };

    private static Command Run()
    {
        var dry = new Option<bool>("--dry-run") { Description = "Only show what would go, with counts and marks by rule." };
        var run = new Command("run", "Disposes of what the schedule says is over. What is open or held waits. Run it again after a stop: nothing is done twice.") { dry };
        run.SetAction((parsed, cancel) => Verb.RunAsync(parsed, async s =>
        {
            var report = await s.Get<RetentionDesk>().RunAsync(s.Who("retention", Purpose.Assurance), parsed.GetValue(dry), s.Cancel);
            s.Print(new
                {
                    report.Run.AsOf, DryRun = report.Run.Dry, report.Count, Rules = report.Lines.Select(l => new { l.RuleId, l.Count, l.Held, StillOpen = l.Waiting, Marks = l.References.Split(',', StringSplitOptions.RemoveEmptyEntries) }),
                },
                [
                    $"{(report.Run.Dry ? "Would go" : "Gone")}: {report.Count:N0}, as of {report.Run.AsOf:yyyy-MM-dd}.",
                    .. report.Lines.Select(l => $"  {l.RuleId}: {l.Count:N0}{(l.Held > 0 ? $", {l.Held:N0} held" : "")}{(l.Waiting > 0 ? $", {l.Waiting:N0} still open" : "")}{(l.References.Length > 0 ? $"  [{l.References.Replace(",", " ", StringComparison.Ordinal)}]" : "")}"),
                ]);
            return 0;
        }, cancel));
        return run;
    }

    private static Command Schedule()
    {
        var schedule = new Command("schedule", "The schedule itself.");
        schedule.SetAction(parsed => Verb.Print(parsed, RetentionSchedule.Current, RetentionSchedule.Current.Rules.Select(r => $"{r.Id}: {r.Period}{(r.What == Disposal.Keep ? "" : $" from {r.From}")}. {RetentionRule.InWords(r.What)}.")));
        return schedule;
    }
}
