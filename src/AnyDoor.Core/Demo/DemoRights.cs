using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Rights;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Demo;

/// <summary>What a few of the invented residents ask of their own data, so that the information lead's pages are as on a working day.</summary>
public sealed class DemoRights(Commands commands)
{
    private sealed record Asked(string Name, SubjectKind Kind, SubjectWay Way, int DaysAgo, string Words, string? Identity, bool Found);

    private static readonly Asked[] All =
    [
        new("Samir Inkerfield", SubjectKind.Access, SubjectWay.OwnPage, 22, "Everything since I lost my job", "They opened their own page with their own secret code.", true),
        new("Uzma Kettlebrook", SubjectKind.Rectification, SubjectWay.Letter, 5, "My name is spelt wrong and I never said that I was off work ill", "Called back on the number we have", true),
        new("Tamsin Okonjo-Vale", SubjectKind.Objection, SubjectWay.Phone, 12, "Do not pass my name to anybody again", null, false),
        new("Callum Abernook", SubjectKind.Complaint, SubjectWay.InPerson, 9, "You rang my daughter, and I had said not to", null, false),
    ];

    public Task EnsureAsync(AuditContext who, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        var today = LondonTime.DayOf(who.At);
        foreach (var asked in All)
        {
            var received = today.AddDays(-asked.DaysAgo);
            var at = who.At.AddDays(-asked.DaysAgo);
            var request = new SubjectRequest
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), Reference = Reference.New(), Kind = asked.Kind, State = SubjectState.Open, Way = asked.Way, ReceivedOn = received, RecordedAt = at, Asked = asked.Words,
                AskerName = asked.Way == SubjectWay.OwnPage ? null : asked.Name, IdentityHow = asked.Identity, IdentityOn = asked.Identity is null ? null : received.AddDays(asked.Way == SubjectWay.OwnPage ? 0 : 3), GiveBy = GiveBy.NotChosen, Version = 1,
            };
            c.Insert(request);
            c.Record("subject.received", request.Id);
            if (asked is { Kind: SubjectKind.Rectification })
                c.Insert(new ClockPause { Id = Guid.CreateVersion7(), SubjectRequestId = request.Id, From = received.AddDays(1), To = received.AddDays(3), For = PauseFor.Identity, Why = "The letter came from a new address; we asked for a call back." });
            if (!asked.Found) continue;
            var found = await c.Db.Set<Person>().Where(p => p.Name == asked.Name).Join(c.Db.Set<Membership>(), p => p.Id, m => m.PersonId, (p, m) => new { p.Id, m.HouseholdId }).FirstOrDefaultAsync(c.Cancel);
            if (found is not null) c.Insert(new SubjectRecord { SubjectRequestId = request.Id, HouseholdId = found.HouseholdId, PersonId = found.Id, At = at });
        }
        return (Result<int>)All.Length;
    }, cancel, new Once(DemoCounty.Scope, "rights", [1]));
}
