using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>Makes the demo county by the product itself, from a seed: invented organisations, workers and residents, with the papers' totals.</summary>
public sealed class DemoCounty(Commands commands, DemoWinter winter, DemoToday today, DemoRights rights, DemoPlaces places, DemoMenuDesk desk)
{
    internal const string Scope = "demo-county";

    private sealed record DemoStaff(IReadOnlyList<DemoOrganisation> Organisations, IReadOnlyList<DemoWorker> Workers);
    private sealed record DemoOrganisation(string Id, string Name, string Kind);
    private sealed record DemoWorker(string Handle, string Name, string Title, string Organisation, IReadOnlyList<string> Roles, long? AwardLimitPence);

    /// <summary>Makes what is not there yet. A run that was cut off goes on where it stopped; a whole county is seen at once.</summary>
    public async Task EnsureAsync(AuditContext who, CancellationToken cancel)
    {
        await using (var db = commands.Database.Open())
        {
            if (await db.Set<CommandKey>().AnyAsync(k => k.Scope == Scope && k.Key == "whole", cancel)) return;
        }
        await AddStaffAsync(who, cancel);
        await DemoAgreements.EnsureAsync(commands, who, cancel);
        await winter.EnsureAsync(who, cancel);
        await today.EnsureAsync(who, cancel);
        await rights.EnsureAsync(who, cancel);
        await DemoReviews.EnsureAsync(commands, who, cancel);
        await places.EnsureAsync(who, cancel);
        await desk.EnsureAsync(who, cancel);
        await commands.RunAsync(who, _ => Task.FromResult<Result<string>>("whole"), cancel, new Once(Scope, "whole", [1]));
    }

    private async Task AddStaffAsync(AuditContext who, CancellationToken cancel)
    {
        var staff = ContentFiles.Read<DemoStaff>("demo-workers.json");
        await commands.RunAsync(who, async c =>
        {
            var organisations = await c.Db.Set<Organisation>().ToDictionaryAsync(o => o.Handle, o => o.Id, c.Cancel);
            foreach (var told in staff.Organisations.Where(o => !organisations.ContainsKey(o.Id)))
            {
                var organisation = new Organisation { Id = Guid.CreateVersion7(), Handle = told.Id, Name = told.Name, Kind = KindOf(told.Kind), Invented = true };
                organisations[told.Id] = organisation.Id;
                c.Insert(organisation);
                c.Record("organisation.added", organisation.Id);
            }
            var workers = await c.Db.Set<Worker>().Select(w => w.Handle).ToListAsync(c.Cancel);
            foreach (var told in staff.Workers.Where(w => !workers.Contains(w.Handle)))
            {
                var worker = new Worker
                {
                    Id = Guid.CreateVersion7(), Handle = told.Handle, Name = told.Name, Title = told.Title,
                    Role = Staff.ReadRole(told.Roles[0]) ?? throw new InvalidDataException($"demo-workers.json: {told.Roles[0]} is not a role."),
                    OrganisationId = organisations[told.Organisation], AwardLimitPence = told.AwardLimitPence, Active = true, Invented = true,
                };
                c.Insert(worker);
                c.Record("worker.added", worker.Id);
            }
            return (Result<Nothing>)Nothing.Value;
        }, cancel);
    }

    private static OrganisationKind KindOf(string kind) => kind switch
    {
        "county-council" => OrganisationKind.CountyHub,
        "district-council" or "parish-council" => OrganisationKind.Council,
        "food-bank" => OrganisationKind.FoodBank,
        "advice" => OrganisationKind.AdviceAgency,
        "school" => OrganisationKind.School,
        "housing-association" => OrganisationKind.HousingAssociation,
        "health" => OrganisationKind.Health,
        "voluntary-organisation" => OrganisationKind.Voluntary,
        "local-assistance-scheme" => OrganisationKind.AdviceAgency,
        "councillors" => OrganisationKind.Council,
        "business" => OrganisationKind.Business,
        _ => OrganisationKind.Other,
    };
}
