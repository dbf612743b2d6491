using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Organisations;
using AnyDoor.ServiceDirectory;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>What waits for those who keep the demo’s menu: reports that something is wrong, changes that a pantry asks for, entries that a second list has too, a merge. All of it invented.</summary>
public sealed class DemoMenuDesk(Commands commands, MenuDirectory directory, MenuDuplicates duplicates, ServiceEdits edits)
{
    private const string OtherList = "https://directory.example.org/services", Pantry = "waterlees-community-pantry";

    /// <summary>Makes it once: afterwards it is what people make of it.</summary>
    public async Task EnsureAsync(AuditContext who, CancellationToken cancel)
    {
        await using (var db = commands.Database.Open())
            if (await db.Set<ServiceReport>().AnyAsync(cancel)) return;
        var index = await directory.RefreshAsync(cancel);
        if (index.Find(Pantry) is null) return;
        await EditAsync(who, cancel);
        await TwiceAsync(who, index, cancel);
        await commands.RunAsync<Nothing>(who, c =>
        {
            Report(c, Pantry, ReportKind.Details, "It says until 4pm. On Tuesday the door was locked at 3.", 8);
            Report(c, "fen-food-van", ReportKind.NotAsItSays, null, 1);
            Report(c, "food-bank-ely", ReportKind.Closed, "There is a notice on the door: moved to the library.", 2, answer: "We asked those who run it. They are at the library until the hall has its new roof.");
            Report(c, "food-bank-march", ReportKind.Details, "The number rings at a shop.", 12, answer: "We rang, and the right number stands there now.", outcome: ReportOutcome.Mended);
            c.Record("menu.reported", content: "demo");
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
    }

    private static void Report(Command c, string service, ReportKind kind, string? words, int daysAgo, string? answer = null, ReportOutcome? outcome = null)
    {
        var at = c.Who.At.AddDays(-daysAgo);
        DateTime? answered = answer is null ? null : at.AddDays(1);
        c.Insert(new ServiceReport
        {
            Id = Guid.CreateVersion7(at), ServiceId = service, Kind = kind, Words = words, ReportedAt = at, AnsweredAt = answered, Answer = answer,
            ClosedAt = outcome is null ? null : answered, ClosedBy = outcome is null ? null : Guid.Empty, Outcome = outcome, Version = 1,
        });
    }

    /// <summary>A pantry’s worker changed their entry last week, had one change sent back, and waits for another.</summary>
    private async Task EditAsync(AuditContext who, CancellationToken cancel)
    {
        if (await WorkerAsync("joy", cancel) is not { } joy || await WorkerAsync("piers", cancel) is not { } piers) return;
        var uuid = Service.UuidOf(Pantry);
        AuditContext For(WhoIsWorking worker, int daysAgo) => worker.For(Purpose.StatisticsAndPlanning, "staff", who.At.AddDays(-daysAgo));
        async Task<Guid?> SendAsync(int daysAgo, params (string Field, string Text)[] fields) =>
            (await edits.ProposeAsync(For(joy, daysAgo), joy, uuid, await edits.VersionAsync(Pantry, cancel), fields.ToDictionary(f => f.Field, f => f.Text), cancel)).Id;

        if (await SendAsync(7, ("access", "Level entrance\nOn a bus route\nA quiet hour on Mondays"), ("support", "A short training, a hot lunch and your bus fare")) is { } first) await edits.ApproveAsync(For(piers, 6), first, 1, cancel);
        if (await SendAsync(4, ("phone", "01945 555 0142")) is { } second) await edits.SendBackAsync(For(piers, 3), second, 1, "That is the hall’s number. People ring there at night: is there one of your own?", cancel);
        await SendAsync(1, ("alert", "Closed in the week of Christmas"), ("other_days", "24 December 2026 to 1 January 2027: closed"), ("diets", "halal,vegetarian"));
    }

    /// <summary>A second list has some of the same services in other words: one pair was merged, the others wait for a look.</summary>
    private async Task TwiceAsync(AuditContext who, MenuIndex index, CancellationToken cancel)
    {
        var again = new List<Service>();
        void Add(string id, string name, string? description = null, string? phone = null)
        {
            if (index.Find(id) is not { } one) return;
            var sourceId = $"o-{again.Count + 1}";
            again.Add(one with
            {
                Id = NamedId.Of("service", $"{OtherList}\n{sourceId}").ToString(), SourceId = sourceId, Source = OtherList, Name = name, Description = description ?? one.Description, Phone = phone ?? one.Phone, Needs = [], NeverConfirmed = true, LastChecked = LondonTime.DayOf(who.At),
                Owner = one.Organisation, Contribution = null, Capacity = null,
            });
        }
        Add("food-bank-st-neots", "St Neots Foodbank", "Food for three days, nappies, toiletries.");
        Add("esol-soham", "ESOL, Soham");
        Add("food-bank-ramsey", "The Foodbank at Ramsey", "Three days of food for your household.");
        Add("community-garden-ely", "Ely Garden for All", phone: "01353 555 0117");
        await commands.RunAsync<Nothing>(who, async c =>
        {
            var number = await MenuService.NextNumberAsync(c);
            foreach (var service in again)
            {
                var body = JsonSerializer.Serialize(service, ServiceJson.Options);
                c.Insert(new ServiceRow
                {
                    Id = service.Id, Name = service.Name, Organisation = service.Organisation, Visibility = service.Visibility, LastChecked = service.LastChecked, Owner = service.Owner, Body = body, Fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(body)),
                    Invented = true, ChangedAt = c.Who.At, ChangeNumber = number, Source = service.Source, SourceId = service.SourceId, NeverConfirmed = true, Version = 1,
                });
            }
            c.Record("menu.imported", content: $"{again.Count} new and 0 changed, from {OtherList}");
            return Nothing.Value;
        }, cancel);
        await duplicates.FindAsync(who, again.ToDictionary(s => s.Id, _ => true), cancel);
        if (again.Count > 0 && (await duplicates.WaitingAsync(cancel)).FirstOrDefault(p => p.Newer.Id == again[0].Id) is { } pair) await duplicates.MergeAsync(who, pair.Pair.Id, pair.Older.Id, [], cancel);
    }

    private async Task<WhoIsWorking?> WorkerAsync(string handle, CancellationToken cancel)
    {
        await using var db = commands.Database.Open();
        return await (from worker in db.Set<Worker>() join organisation in db.Set<Organisation>() on worker.OrganisationId equals organisation.Id where worker.Handle == handle
                      select new WhoIsWorking(worker.Id, worker.Handle, worker.Name, worker.Role, organisation.Id, organisation.Name, organisation.Kind, worker.Title, worker.AwardLimitPence)).FirstOrDefaultAsync(cancel);
    }
}
