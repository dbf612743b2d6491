using AnyDoor.Audit;
using AnyDoor.Common;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.ServiceDirectory;

/// <summary>A report with the entry it is about; the entry is none where it was taken off since.</summary>
public sealed record ReportShown(ServiceReport Report, Service? Service);

/// <summary>Reports that an entry is wrong: taken from anybody, answered against a clock, closed with what was done.</summary>
public sealed class ServiceReports(Commands commands, MenuDirectory directory)
{
    private const int MostWords = 500, Most = 500;
    private static readonly Refusal Gone = new("not-found", "That report is no longer there.");

    /// <summary>Keeps a report. Gives the minutes to wait where many came about this entry already; null: it is kept.</summary>
    public Task<Result<int?>> ReportAsync(AuditContext who, string serviceId, ReportKind? kind, string? words, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        if (kind is not { } what) return (Result<int?>)new Refusal("kind", "Choose what is wrong.", "kind");
        if (words?.Trim().Length > MostWords) return new Refusal("words", $"Write at most {MostWords} letters. You have {words.Trim().Length}.", "words");
        if (!await c.Db.Set<ServiceRow>().AnyAsync(s => s.Id == serviceId && s.RemovedAt == null, c.Cancel)) return new Refusal("not-found", "There is no such service on the menu.");
        if (await TryLimits.CountAsync(c, "menu-report", serviceId, MenuKeeping.Current.MostReportsOfOne, TryLimits.Wait) is { } wait) return wait;
        c.Insert(new ServiceReport { Id = Guid.CreateVersion7(), ServiceId = serviceId, Kind = what, Words = string.IsNullOrWhiteSpace(words) ? null : PlainText.Of(words), ReportedAt = c.Who.At, Version = 1 });
        c.Record("menu.reported", content: serviceId);
        return (int?)null;
    }, cancel);

    /// <summary>Open ones, the longest waiting first; then those that were closed, the latest first.</summary>
    public async Task<IReadOnlyList<ReportShown>> ListAsync(CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        await using var db = commands.Database.Open();
        var open = await db.Set<ServiceReport>().Where(r => r.ClosedAt == null).OrderBy(r => r.ReportedAt).Take(Most).ToListAsync(cancel);
        var closed = await db.Set<ServiceReport>().Where(r => r.ClosedAt != null).OrderByDescending(r => r.ClosedAt).Take(100).ToListAsync(cancel);
        return [.. open.Concat(closed).Select(r => new ReportShown(r, index.Find(r.ServiceId)))];
    }

    public async Task<ReportShown?> FindAsync(Guid id, CancellationToken cancel)
    {
        var index = await directory.RefreshAsync(cancel);
        await using var db = commands.Database.Open();
        return await db.Set<ServiceReport>().SingleOrDefaultAsync(r => r.Id == id, cancel) is { } report ? new ReportShown(report, index.Find(report.ServiceId)) : null;
    }

    /// <summary>Of one entry: what waits, and what came of others lately.</summary>
    public async Task<IReadOnlyList<ServiceReport>> OfAsync(string serviceId, DateTime now, CancellationToken cancel)
    {
        var since = now.AddDays(-MenuKeeping.Current.ReportShownDays);
        await using var db = commands.Database.Open();
        return await db.Set<ServiceReport>().Where(r => r.ServiceId == serviceId && (r.ClosedAt == null || r.ClosedAt > since)).OrderByDescending(r => r.ReportedAt).Take(20).ToListAsync(cancel);
    }

    public async Task<(int Open, int Late)> WaitingAsync(DateTime now, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        var since = await db.Set<ServiceReport>().Where(r => r.ClosedAt == null).Select(r => new { r.ReportedAt, r.AnsweredAt }).ToListAsync(cancel);
        return (since.Count, since.Count(r => r.AnsweredAt is null && LondonTime.DayOf(now).DayNumber - LondonTime.DayOf(r.ReportedAt).DayNumber > MenuKeeping.Current.ReportAnswerDays));
    }

    /// <summary>Says what is being done; with an outcome it is closed.</summary>
    public async Task<Result<Nothing>> AnswerAsync(AuditContext who, Guid id, int version, string? answer, ReportOutcome? outcome, CancellationToken cancel)
    {
        if (answer?.Trim() is not { Length: > 0 and <= 400 } said) return new Refusal("answer", "Say in at most 400 letters what was done, or what is being done.", "answer");
        var service = (await FindAsync(id, cancel))?.Service;
        if (NamesNoPerson.WhyNot(said, w => GapPlace.IsNamed(w) || $"{service?.Name} {service?.Organisation}".Contains(w, StringComparison.OrdinalIgnoreCase)) is { } named) return new Refusal("answer", named, "answer");
        try
        {
            return await commands.RunAsync<Nothing>(who, async c =>
            {
                if (await c.Db.Set<ServiceReport>().AsTracking().SingleOrDefaultAsync(r => r.Id == id, c.Cancel) is not { } report) return Gone;
                if (report.Version != version) return new Refusal("busy", "Somebody else answered this just now. Look again.");
                if (!report.IsOpen) return new Refusal("closed", "This report is closed already.");
                report.AnsweredAt ??= c.Who.At;
                report.Answer = said;
                if (outcome is { } came) (report.Outcome, report.ClosedAt, report.ClosedBy) = (came, c.Who.At, c.Who.Actor.Id);
                report.Version++;
                c.Record(outcome is null ? "menu.report-answered" : "menu.report-closed", report.Id, content: report.ServiceId);
                return Nothing.Value;
            }, cancel);
        }
        catch (DbUpdateConcurrencyException) { return new Refusal("busy", "Somebody else answered this just now. Look again."); }
    }

    /// <summary>What people wrote goes some time after it was closed. What was done stays.</summary>
    public async Task PurgeAsync(AuditContext who, CancellationToken cancel)
    {
        var before = who.At.AddDays(-MenuKeeping.Current.ReportWordsKeptDays);
        await using (var db = commands.Database.Open())
            if (!await db.Set<ServiceReport>().AnyAsync(r => r.ClosedAt < before && r.Words != null, cancel)) return;
        await commands.RunAsync<Nothing>(who, async c =>
        {
            var gone = await c.Db.Set<ServiceReport>().Where(r => r.ClosedAt < before && r.Words != null).ExecuteUpdateAsync(set => set.SetProperty(r => r.Words, (string?)null), c.Cancel);
            c.Record("menu.reports-purged", content: gone.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return Nothing.Value;
        }, cancel);
    }
}
