using AnyDoor.Audit;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.Requests;
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
        services.AddSingleton<Staff>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Foundation>();
        services.AddSingleton<DemoCounty>();
        services.AddSingleton<PostcodeDirectory>();
        services.AddSingleton<PostcodeImport>();
        services.AddSingleton<Intake>();
        services.AddSingleton<RequestImporter>();
        services.AddSingleton<AreaResolver>();
        services.AddSingleton<Figures>();
        services.AddSingleton<SchemeBook>();
        services.AddSingleton<SchemeService>();
        services.AddSingleton<AwardService>();
        services.AddSingleton<LedgerVerifier>();
        return services;
    }
}
