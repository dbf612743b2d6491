using AnyDoor.Audit;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Rights;

namespace AnyDoor.Web.Hosting;

/// <summary>
/// What comes round by itself: awards whose last day has passed, handovers that nobody acted on, crises that are over, forms that nobody went on with, messages that nobody could send, numbers that want a check, gaps in the menu, what households said to its offers, and what the retention schedule says is over.
/// Looks every minute; <see cref="Chores"/> sees to it that of several processes only one does each.
/// </summary>
public sealed class Housekeeping(Chores chores, AwardDesk awards, Drafts drafts, Postman postman, SettingsDesk settings, AnyDoor.Sharing.Agreements agreements, HandoverDesk handovers, CrisisEpisodes crises, StaffSessions sessions, WebhookDesk webhooks, HeldForms held, FolderSender sender, RetentionDesk retention, AnyDoor.Reporting.TakeUp takeUp, AnyDoor.PlaceTeams.GapDesk gaps, AnyDoor.ServiceDirectory.ServiceReports reports, AnyDoor.Offers.AcceptanceCounts acceptance, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public IReadOnlyList<Chore> All { get; } =
    [
        new("expire-awards", Hour, awards.ExpireDueAsync),
        new("bring-back-handovers", TimeSpan.FromMinutes(5), (who, cancel) => handovers.BringBackAsync(who.At, cancel)),
        new("release-held-forms", TimeSpan.FromMinutes(5), held.ReleaseDueAsync),
        new("close-crises", Hour, (who, cancel) => crises.CloseDueAsync(who.At, cancel)),
        new("purge-sessions", Hour, sessions.PurgeAsync),
        new("purge-drafts", Hour, drafts.PurgeAsync),
        new("close-old-messages", Hour, postman.CloseOldAsync),
        new("purge-webhook-events", Hour, webhooks.PurgeAsync),
        new("purge-take-up", Hour, takeUp.PurgeAsync),
        new("purge-menu-reports", Hour, reports.PurgeAsync),
        new("count-acceptance", TimeSpan.FromHours(24), acceptance.CountAsync),
        new("gather-gaps", TimeSpan.FromMinutes(5), gaps.GatherAsync),
        new("remind-of-settings", TimeSpan.FromHours(6), settings.RemindAsync),
        new("remind-of-agreements", TimeSpan.FromHours(6), agreements.RemindAsync),
        new("dispose", TimeSpan.FromHours(24), retention.NightlyAsync),
    ];

    /// <summary>One round: also what this process has in a folder of its own.</summary>
    public async Task RoundAsync(CancellationToken cancel)
    {
        var (_, failed) = await chores.RunDueAsync(All, cancel);
        // The kind only: a message could quote a person.
        foreach (var (name, error) in failed) log.LogWarning("{Chore} is tried again later: {Kind}", name, error.GetType().Name);
        if (postman.Uses(sender)) sender.Purge();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var round = new PeriodicTimer(TimeSpan.FromMinutes(1), TimeProvider.System);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                log.LogWarning("Housekeeping is tried again in a minute: {Kind}", error.GetType().Name);
            }
        }
        while (!stoppingToken.IsCancellationRequested && await NextAsync(round, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer round, CancellationToken stop)
    {
        try { return await round.WaitForNextTickAsync(stop); }
        catch (OperationCanceledException) { return false; }
    }
}
