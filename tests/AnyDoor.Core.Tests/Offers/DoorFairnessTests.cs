using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Core.Tests.ServiceDirectory;
using AnyDoor.Offers;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Tests;
using MemberRole = AnyDoor.Households.MemberRole;

namespace AnyDoor.Core.Tests.Offers;

public sealed class DoorFairnessTests
{
    private static readonly string[] Doors = ["web-form", "telephone", "food-bank", "school", "landlord", "councillor"];

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-01")]
    public async Task Compose_SameAskThroughSixDoors_GivesSixEqualOffers(Db kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var who = new AuditContext(Actor.Job("test"), null, "test", Purpose.RespondToRequest, Menu.Tuesday);
        var received = (await test.Commands().RunAsync<List<Received>>(who, c =>
        {
            foreach (var door in Doors) c.Insert(new Door { Id = door, Label = door });
            return Task.FromResult<Result<List<Received>>>(Doors.Select(door => new Intake(new PostcodeDirectory(test.Database)).Receive(c, Asked(door))).ToList());
        }, default)).Value!;
        await using var db = test.Database.Open();

        var offers = new List<string>();
        foreach (var one in received)
        {
            var answers = await AnswersTold.ToWorkerAsync(db, one.HouseholdId, _ => true, default);
            var facts = FactsOnTheDay.Of(answers, [new(one.ApplicantId, 36), new(Guid.NewGuid(), 7)], 2, ["food"], "Cambridgeshire County Council", Menu.Tuesday);
            offers.Add(JsonSerializer.Serialize(Offer.Compose(Snapshots.Empty.With(facts, "food") with { Place = Menu.Waterlees })));
        }

        offers[0].ShouldContain("\\u00A385.00");
        offers.Distinct().Count().ShouldBe(1);
    }

    private static NewRequest Asked(string door) => new()
    {
        DoorId = door, People = [new("Leanne Harrowmere", MemberRole.Applicant, new DateOnly(1990, 3, 14)), new("Toby Harrowmere", MemberRole.Child, new DateOnly(2019, 5, 23))],
        Contact = new(AnyDoor.Households.ContactWay.Text, Phone: "07700900418"), Urgency = Urgency.Today, SubmittedAt = Menu.Tuesday.AddHours(-1), Invented = true, Needs = ["food"], District = "E07000010",
        Answers = [new("shock.what_changed", "[\"lower-pay\"]"), new("benefits.list", "[\"universal-credit\"]")],
    };
}
