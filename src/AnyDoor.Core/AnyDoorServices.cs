using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Demo;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.PlaceTeams;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Sharing;
using Microsoft.Extensions.DependencyInjection;

namespace AnyDoor;

/// <summary>Every room's services, for the web and the command line alike.</summary>
public static class AnyDoorServices
{
    public static IServiceCollection AddAnyDoor(this IServiceCollection services, Installation installation, Database database, LogKey key, TimeProvider clock)
    {
        services.AddSingleton(installation);
        services.AddSingleton(database);
        services.AddSingleton(key);
        services.AddSingleton(clock);
        services.AddSingleton<Commands>();
        services.AddSingleton(new Checkpoints(installation.CheckpointsFolder, key));
        services.AddSingleton<Sealer>();
        services.AddSingleton<Backup>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<Chores>();
        services.AddSingleton<Staff>();
        services.AddSingleton<StaffAccess>();
        services.AddSingleton<StaffSessions>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<People>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton(_ => WebhookRules.FromEnvironment());
        services.AddSingleton<WebhookDesk>();
        services.AddSingleton<WebhookRunner>();
        services.AddSingleton<Foundation>();
        services.AddSingleton<DemoWinter>();
        services.AddSingleton<DemoToday>();
        services.AddSingleton<DemoRights>();
        services.AddSingleton<DemoPlaces>();
        services.AddSingleton<DemoCounty>();
        services.AddSingleton<PostcodeDirectory>();
        services.AddSingleton<PlaceBook>();
        services.AddSingleton<PlaceImport>();
        services.AddSingleton<PlaceFolder>();
        services.AddSingleton<PostcodeLookup>();
        services.AddSingleton<LookupFile>();
        services.AddSingleton<PapersCheck>();
        services.AddSingleton<PlaceDesk>();
        services.AddSingleton<PlaceActivity>();
        services.AddSingleton<Intake>();
        services.AddSingleton<Queue>();
        services.AddSingleton<RequestDesk>();
        services.AddSingleton<HomeDesk>();
        services.AddSingleton<HandoverDesk>();
        services.AddSingleton<HandoverFiles>();
        services.AddSingleton<OfferDesk>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<CallDesk>();
        services.AddSingleton<SendDesk>();
        services.AddSingleton<Permissions>();
        services.AddSingleton<Agreements>();
        services.AddSingleton<SharingDesk>();
        services.AddSingleton<TieDesk>();
        services.AddSingleton<EmergencyDesk>();
        services.AddSingleton<CrisisEpisodes>();
        services.AddSingleton<HubSittings>();
        services.AddSingleton<Conversations.ConversationService>();
        services.AddSingleton<ServiceDirectory.MenuDirectory>();
        services.AddSingleton<ServiceDirectory.MenuService>();
        services.AddSingleton<RequestImporter>();
        services.AddSingleton<ImportReports>();
        services.AddSingleton<AreaResolver>();
        services.AddSingleton<Gatherer>();
        services.AddSingleton<SubjectDesk>();
        services.AddSingleton<RetentionDesk>();
        services.AddSingleton<EqualityBox>();
        services.AddSingleton<Figures>();
        services.AddSingleton<BehindFigures>();
        services.AddSingleton<Editions>();
        services.AddSingleton<Extracts>();
        services.AddSingleton<DoorFairness>();
        services.AddSingleton<SchemeBook>();
        services.AddSingleton<ClosedFunds>();
        services.AddSingleton<SchemeService>();
        services.AddSingleton<AwardService>();
        services.AddSingleton<RequestAwards>();
        services.AddSingleton<Applications>();
        services.AddSingleton<AwardDesk>();
        services.AddSingleton<FundReports>();
        services.AddSingleton<LedgerVerifier>();
        services.AddSingleton<InformationDesk>();
        services.AddSingleton(p => new SearchLimits(p.GetRequiredService<Commands>()));
        services.AddSingleton(p => new UnusualLooks(p.GetRequiredService<Database>(), p.GetRequiredService<Commands>()));
        services.AddSingleton<LogReader>();
        services.AddSingleton(p => new HouseholdReader(p.GetRequiredService<Database>(), p.GetRequiredService<Commands>(), p.GetRequiredService<ReadLog>()));
        services.AddSingleton<SettingsDesk>();
        services.AddSingleton<Post>();
        services.AddSingleton<RequestPost>();
        services.AddSingleton<Drafts>();
        services.AddSingleton<HeldForms>();
        services.AddSingleton<Sittings>();
        services.AddSingleton<RequestStatusDesk>();
        services.AddSingleton(new FolderSender(installation.OutboxFolder, clock));
        // A live database has no sender until one is set up: everything then stays "not sent".
        services.AddSingleton(p => new Postman(p.GetRequiredService<Database>(), p.GetRequiredService<Commands>(), p.GetRequiredService<LogKey>(), p.GetRequiredService<HouseholdReader>(),
            p.GetService<DatabaseMark>()?.IsDemo == true ? p.GetRequiredService<FolderSender>() : null));
        return services;
    }
}
