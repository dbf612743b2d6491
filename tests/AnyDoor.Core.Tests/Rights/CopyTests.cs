using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Rights;

/// <summary>What a copy may hold: never another's trouble, never where they went, never what a person should tell; in words that people and computers read.</summary>
public sealed class CopyTests
{
    private static readonly DateTime Now = SubjectRoom.Now;
    private static readonly DateOnly Today = LondonTime.DayOf(Now);

    /// <summary>Leanne asked for help and lives with Darren; a refuge has her request.</summary>
    private static async Task<(Received Leanne, Guid Darren, AnyDoor.Organisations.WhoIsWorking Refuge)> LeanneAsync(SubjectRoom room)
    {
        var leanne = await room.ReceiveAsync(r => r with { People = [new NewPerson("Leanne Harrowmere", MemberRole.Applicant, new DateOnly(1997, 9, 2)), new NewPerson("Darren Stowbridge", MemberRole.Partner, new DateOnly(1990, 1, 9))], Words = "I need to leave" });
        var refuge = await room.RefugeAsync();
        await room.WriteAsync(c => c.Insert(new Handover
        {
            Id = Guid.NewGuid(), Reference = Reference.New(), HouseholdId = leanne.HouseholdId, CauseId = leanne.RequestId, OrganisationId = refuge.OrganisationId, Organisation = "Fenland Women’s Refuge", Whole = true, Told = "She wants a room tonight.", Needs = "home",
            SentAt = Now.AddDays(-20), SentBy = room.Hub.Desk.Nadia.WorkerId, AnswerBy = Now.AddDays(-19), State = HandoverState.Accepted, AcceptedAt = Now.AddDays(-20), HeldBy = refuge.WorkerId, Version = 1,
        }));
        await room.LookAsync(refuge, leanne.HouseholdId, Now.AddDays(-19), GroundCause.HandoverAccepted, Purpose.Handover);
        await using var db = room.Database.Open();
        return (leanne, await db.Set<Membership>().Where(m => m.HouseholdId == leanne.HouseholdId && m.PersonId != leanne.ApplicantId).Select(m => m.PersonId).SingleAsync(), refuge);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06"), Requirement("R-DA-02")]
    public async Task PartnerInTheHome_IsGivenNoLookNoCrisisAndNoAwardOfHers(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var (leanne, darren, _) = await LeanneAsync(room);
        await room.LookAsync(room.Hub.Desk.Nadia, leanne.HouseholdId, Now.AddDays(-10));
        await room.WriteAsync(c => c.Insert(new CrisisEpisode { Id = Guid.NewGuid(), HouseholdId = leanne.HouseholdId, OpenedOn = Today.AddDays(-20), Why = "She had to leave him" }));

        var file = await room.GatheredAsync(darren);

        var looks = file.Items.Where(i => i.Place == SubjectPlaces.Looks && i.Title.Contains("Refuge", StringComparison.Ordinal)).ToList();
        looks.ShouldHaveSingleItem().LeftOutFor.ShouldBe(LeftOut.AnotherPerson);
        file.Items.Where(i => i.Place == SubjectPlaces.Looks).ShouldAllBe(i => i.LeftOutFor == LeftOut.AnotherPerson && i.ToDecide);
        file.Items.Single(i => i.Title == "A crisis").LeftOutFor.ShouldBe(LeftOut.AnotherPerson);
        SubjectDesk.Compose(file, Today).ToJson().ShouldNotContain("Refuge");
        // Not even all at once: each is decided.
        (await room.Desk.ReadPlaceAsync(room.Who, file.Request.Reference, SubjectPlaces.Looks, default)).Refusal.ShouldBeNull();
        SubjectDesk.Compose(await room.FileAsync(file.Request.Reference), Today).ToJson().ShouldNotContain("Refuge");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06"), Requirement("R-DA-02")]
    public async Task OwnCopy_LeavesPlacesThatSayTooMuch_ToAPerson_WhereverTheyStand(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var (leanne, _, refuge) = await LeanneAsync(room);
        await room.WriteAsync(async c =>
        {
            c.Insert(new Permission { Id = Guid.NewGuid(), HouseholdId = leanne.HouseholdId, PersonId = leanne.ApplicantId, OrganisationId = refuge.OrganisationId, Purpose = Purpose.Handover, Categories = "IdentityAndContact", Allowed = true, GivenAt = Now.AddDays(-21), How = "spoken", WhatFor = "Somebody to come along" });
            await c.Db.Set<Request>().Where(r => r.Id == leanne.RequestId).ExecuteUpdateAsync(r => r.SetProperty(x => x.PassedTo, "Fenland Women’s Refuge"));
        });
        await room.Hub.Desk.Commands.RunAsync(room.Hub.Nadia with { Reason = "She is at the refuge and rang from there" }, c => { c.Record("request.contact", leanne.RequestId, leanne.HouseholdId); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);

        var file = await room.GatheredAsync(leanne.ApplicantId);

        foreach (var place in new[] { SubjectPlaces.Handovers, SubjectPlaces.Permissions, SubjectPlaces.Looks }) file.Items.Where(i => i.Place == place).ShouldNotBeEmpty(place);
        file.Items.Where(i => $"{i.Title} {i.Body}".Contains("Refuge", StringComparison.OrdinalIgnoreCase)).ShouldAllBe(i => i.ToDecide && (i.LeftOutFor == LeftOut.InPerson || i.Place == SubjectPlaces.Reasons));
        file.Items.Where(i => i.Place == SubjectPlaces.Looks).ShouldAllBe(i => i.LeftOutFor == LeftOut.InPerson, "she is told of her own by a person");
        await room.DecideAllAsync(file.Request.Reference);
        SubjectDesk.Compose(await room.FileAsync(file.Request.Reference), Today).ToJson().ShouldNotContain("refuge", Case.Insensitive);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06"), Requirement("R-DA-02")]
    public async Task WhoeverMovedOut_IsGivenNothingOfTheDaysAfter(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var (leanne, darren, _) = await LeanneAsync(room);
        var left = Today.AddDays(-15);
        await room.WriteAsync(async c =>
        {
            await c.Db.Set<Membership>().Where(m => m.PersonId == darren).ExecuteUpdateAsync(m => m.SetProperty(x => x.To, left));
            await c.Db.Set<Address>().Where(a => a.HouseholdId == leanne.HouseholdId).ExecuteUpdateAsync(a => a.SetProperty(x => x.To, left));
            c.Insert(new Address { Id = Guid.NewGuid(), HouseholdId = leanne.HouseholdId, Lines = "9 Larkspur Row", Postcode = "PE139ZT", NoFixedAddress = false, From = left });
            c.Insert(new CrisisEpisode { Id = Guid.NewGuid(), HouseholdId = leanne.HouseholdId, OpenedOn = left, Why = "He found the new house" });
        });
        await room.LookAsync(room.Hub.Desk.Nadia, leanne.HouseholdId, Now.AddDays(-3));
        await room.Hub.Desk.Commands.RunAsync(room.Hub.Nadia with { Reason = "They live in Larkspur Row now" }, c => { c.Record("request.contact", leanne.RequestId, leanne.HouseholdId); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);

        var file = await room.GatheredAsync(darren);

        file.Items.Where(i => i.Title == "Address").ShouldHaveSingleItem().Body.ShouldContain("41 Teasel Way");
        file.Items.ShouldNotContain(i => i.Body.Contains("Larkspur", StringComparison.Ordinal), "not even to decide about");
        file.Items.ShouldNotContain(i => i.Title == "A crisis");
        file.Items.Where(i => i.Place == SubjectPlaces.Looks).ShouldAllBe(i => i.At < Now.AddDays(-15));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05"), Requirement("R-DA-02")]
    public async Task SharingPage_LeavesOutPlacesThatSayTooMuch_AndARefusedLookIsNoLook(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var leanne = await room.ReceiveAsync(r => r with { People = [new NewPerson("Leanne Harrowmere", MemberRole.Applicant, new DateOnly(1997, 9, 2))] });
        var refuge = await room.RefugeAsync();
        var joy = room.Hub.Desk.Joy;
        Permission Yes(Guid? organisation, string? named = null) => new() { Id = Guid.NewGuid(), HouseholdId = leanne.HouseholdId, PersonId = leanne.ApplicantId, OrganisationId = organisation, ToNamed = named, Purpose = Purpose.Handover, Categories = "IdentityAndContact", Allowed = true, GivenAt = Now.AddDays(-2), How = "spoken" };
        await room.WriteAsync(c => { c.Insert(Yes(refuge.OrganisationId)); c.Insert(Yes(null, "Lantern Women’s Aid")); c.Insert(Yes(joy.OrganisationId)); });
        await room.LookAsync(refuge, leanne.HouseholdId, Now.AddDays(-1));
        await room.LookAsync(joy, leanne.HouseholdId, Now.AddDays(-1), ReadLog.Refused);
        await room.LookAsync(joy, leanne.HouseholdId, Now.AddDays(-1), HouseholdReader.AppearedInSearch);

        var own = (await room.Sharing.OwnAsync(leanne.RequestId, Now, default))!;

        own.Yes.ShouldHaveSingleItem().Organisation.ShouldBe("waterlees-pantry");
        own.Yes[0].LastLook.ShouldBeNull("nothing was opened");
        await room.LookAsync(joy, leanne.HouseholdId, Now.AddHours(-1));
        (await room.Sharing.OwnAsync(leanne.RequestId, Now, default))!.Yes[0].LastLook.ShouldBe(Today);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Copy_IsInWordsThatPeopleRead_AndInFieldsThatComputersRead(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        await room.WriteAsync(async c =>
        {
            await c.Db.Set<Person>().Where(p => p.Id == gethin.ApplicantId).ExecuteUpdateAsync(p => p.SetProperty(x => x.Language, "en"));
            c.Insert(new Answer { Id = Guid.NewGuid(), HouseholdId = gethin.HouseholdId, PersonId = gethin.ApplicantId, Fact = "needs", Value = """["food","rent-or-council-tax"]""", Origin = "request", At = Now.AddDays(-40) });
            c.Insert(new Draft { Id = Guid.NewGuid(), CodeHash = [1], DoorId = "web-form", ForSomeoneElse = false, Answers = new FormAnswers().ToJson(), Page = "needs", StartedAt = Now.AddDays(-50), SavedAt = Now.AddDays(-50), ExpiresAt = Now.AddDays(1), RequestId = gethin.RequestId, SentAt = Now.AddDays(-50), Version = 1 });
        });
        for (var i = 0; i < 3; i++) await room.LookAsync(room.Hub.Desk.Nadia, gethin.HouseholdId, Now.AddDays(-4).AddMinutes(i));
        var file = await room.GatheredAsync(gethin.ApplicantId);
        foreach (var item in file.Items.Where(i => i.Place == SubjectPlaces.Looks)) (await room.Desk.DecideItemAsync(room.Who, file.Request.Reference, item.Id, null, "Only the hub, for his own request", default)).Refusal.ShouldBeNull();
        await room.DecideAllAsync(file.Request.Reference);

        var pack = SubjectDesk.Compose(await room.FileAsync(file.Request.Reference), Today);

        var text = string.Join("\n", pack.Parts.SelectMany(p => p.Items).Select(i => i.Text));
        foreach (var raw in new[] { "passed:", "left:", "rent-or-council-tax", "time(s)", ": en\n", "By: Text", "RespondToRequest" }) text.ShouldNotContain(raw);
        text.ShouldContain("English");
        pack.Parts.Single(p => p.Title == SubjectPlaces.Forms).Items.ShouldHaveSingleItem().Text.ShouldBe("Its answers are in your request.");
        pack.Parts.Single(p => p.Title == SubjectPlaces.Looks).Items.ShouldHaveSingleItem().Text.ShouldContain("3 times");
        var json = JsonDocument.Parse(pack.ToJson()).RootElement;
        var identity = json.GetProperty("parts").EnumerateArray().First().GetProperty("items").EnumerateArray().ToList();
        string? Field(JsonElement item, string name) => item.GetProperty("fields").EnumerateArray().Where(f => f.GetProperty("name").GetString() == name).Select(f => f.GetProperty("value").GetString()).SingleOrDefault();
        Field(identity.First(i => i.GetProperty("title").GetString() == "How to reach you"), "Telephone").ShouldBe("07700 900 418");
        Field(identity.First(i => i.GetProperty("title").GetString() == "Name and birth"), "Born").ShouldBe("2 May 1984");
        // What is hidden in the text is hidden in the field.
        Field(json.GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("title").GetString() == SubjectPlaces.Requests).GetProperty("items").EnumerateArray().First(), "Your words")!.ShouldNotContain("Rhys");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Copy_TellsWhatArticle15AsksFor_FromTheRecordAndTheSchedule(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var pack = SubjectDesk.Compose(await room.GatheredAsync(gethin.ApplicantId), Today);

        pack.Facts.Select(f => f.Title).ShouldBe(["What we use it for, and the law that lets us", "What kinds of data we use for it", "Who gets it", "How long we keep it", "Where it came from", "Decisions by a computer alone", "Sent abroad"]);
        pack.Facts[0].Lines.ShouldNotContain(l => l.StartsWith("Case finding", StringComparison.Ordinal), "nothing is done for it");
        pack.Facts[3].Lines.ShouldContain("A household that was given no money: 3 years from the last thing that happened for the household");
        pack.Facts[3].Lines.ShouldNotContain(l => l.Contains("signed in", StringComparison.Ordinal), "workers' own data is not theirs");
        pack.YourRights.ShouldContain(r => r.Contains("erase", StringComparison.Ordinal));
        pack.YourRights.ShouldContain(r => r.Contains("Information Commissioner", StringComparison.Ordinal));
        var paper = await File.ReadAllTextAsync(Path.Combine(TestRun.Root, "docs", "papers", "record-of-processing.md"));
        foreach (var row in Processing.Current.Rows) paper.ShouldContain($"| {row.Whose} | {row.Kinds} | {row.Receives} | {row.Basis} |");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Gatherer_SaysWhenThereIsMore_AndFindsHoldsTiesAndEmergencies(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind, new Gatherer(new SchemeBook()) { MostLooks = 2, MostReasons = 1 });
        var gethin = await room.GethinAsync();
        for (var i = 0; i < 3; i++) await room.LookAsync(room.Hub.Desk.Nadia, gethin.HouseholdId, Now.AddDays(-4).AddMinutes(i));
        for (var i = 0; i < 2; i++) await room.Hub.Desk.Commands.RunAsync(room.Hub.Nadia with { Reason = $"Reason {i}" }, c => { c.Record("request.contact", gethin.RequestId, gethin.HouseholdId); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);
        await room.WriteAsync(c =>
        {
            c.Insert(new Hold { Id = Guid.NewGuid(), HouseholdId = gethin.HouseholdId, For = HoldFor.LegalClaim, Why = "He claims about the letter", From = Today.AddDays(-9), PlacedBy = room.Maren.WorkerId });
            c.Insert(new Tie { Id = Guid.NewGuid(), HouseholdId = gethin.HouseholdId, WorkerId = room.Hub.Desk.Joy.WorkerId, OrganisationId = room.Hub.Desk.Joy.OrganisationId, Kind = TieKind.Neighbour, At = Now.AddDays(-8) });
            c.Insert(new EmergencyOpening { Id = Guid.NewGuid(), HouseholdId = gethin.HouseholdId, WorkerId = room.Hub.Desk.Nadia.WorkerId, Gateway = EmergencyRules.Current.Gateways[0].Id, AgreedBy = room.Maren.WorkerId, At = Now.AddDays(-7), Until = Now.AddDays(-6), Answer = SeniorAnswer.Agreed });
            c.Insert(new SuspectForm { RequestId = gethin.RequestId, Why = "Sent very fast", Held = true, At = Now.AddDays(-50), State = SuspectState.Released });
        });

        var file = await room.GatheredAsync(gethin.ApplicantId);

        file.Items.Single(i => i is { Place: SubjectPlaces.Looks, Title: "There are more" }).Body.ShouldBe("Only the newest 2 of 3 are here. Ask us for the rest.");
        file.Items.Single(i => i is { Place: SubjectPlaces.Reasons, Title: "There are more" }).Body.ShouldContain("newest 1 of");
        var kept = file.Items.Where(i => i.Place == SubjectPlaces.Kept).ToDictionary(i => i.Title);
        kept["Kept longer than usual"].LeftOutFor.ShouldBe(LeftOut.Legal);
        kept["Opened because somebody may have been in danger"].Body.ShouldContain("The senior person who was asked: agreed");
        kept["Opened because somebody may have been in danger"].LeftOutFor.ShouldNotBeNull();
        kept["A worker said that they know somebody in your home"].Body.ShouldNotContain("Joy");
        kept["Your form was looked at by a person first"].Body.ShouldContain("Sent very fast");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05")]
    public async Task Role_ThatChangedSince_IsNotTold(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var leanne = await room.ReceiveAsync(r => r with { People = [new NewPerson("Leanne Harrowmere", MemberRole.Applicant, new DateOnly(1997, 9, 2))] });
        await room.LookAsync(room.Hub.Desk.Nadia, leanne.HouseholdId, Now.AddDays(-4));
        await room.WriteAsync(async c =>
        {
            await c.Db.Set<AnyDoor.Organisations.Worker>().Where(w => w.Id == room.Hub.Desk.Nadia.WorkerId).ExecuteUpdateAsync(w => w.SetProperty(x => x.Role, AnyDoor.Organisations.Role.InformationLead));
            c.Record("worker.role-changed", room.Hub.Desk.Nadia.WorkerId);
        });

        var file = await room.GatheredAsync(leanne.ApplicantId);

        file.Items.Single(i => i.Place == SubjectPlaces.Looks).Title.ShouldBe("A worker, county-hub");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task OwnPage_IsNoWay_WhereTheOnlyCodeIsTheAskers(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var received = await room.GethinAsync();
        var first = room.Hub.Desk.Test.Key.HashSecret("request-code", ResidentCodes.OfRequest(room.Hub.Desk.Test.Key, received.RequestId));
        Task CodeAsync(byte[] hash) => room.WriteAsync(c => c.Db.Set<Request>().Where(r => r.Id == received.RequestId).ExecuteUpdateAsync(r => r.SetProperty(x => x.CodeHash, hash).SetProperty(x => x.ForSomeoneElse, true)));
        await CodeAsync(first);
        var reference = await room.AskedByAsync(received.ApplicantId);

        (await room.FileAsync(reference)).Ways.ShouldNotContain(GiveBy.OwnPage);
        await CodeAsync(room.Hub.Desk.Test.Key.HashSecret("request-code", ResidentCodes.New()));
        (await room.FileAsync(reference)).Ways.ShouldContain(GiveBy.OwnPage);
    }
}
