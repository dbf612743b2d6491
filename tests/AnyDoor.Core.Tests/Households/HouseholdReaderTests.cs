using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Households;

[Requirement("R-DA-02"), Requirement("R-ISA-05")]
public sealed class HouseholdReaderTests
{
    private static readonly Told[] Harrowmeres =
    [
        new("Leanne Harrowmere", Born: "1990-03-14"), new("Darren Harrowmere", MemberRole.Partner, "1988-07-02"),
        new("Ellis Harrowmere", MemberRole.Child, "2015-01-20"), new("Maya Harrowmere", MemberRole.Child, "2017-05-05"), new("Toby Harrowmere", MemberRole.Child, "2019-08-30"),
    ];

    [Theory, OnBothDatabases]
    public async Task Open_OpenRequest_ShowsTheHouseholdAndCommitsOneLookFirst(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: Harrowmeres);
        await desk.GroundAsync(home, GroundCause.OpenRequest);

        var view = await desk.Reader.OpenAsync(Desk.As(desk.Nadia), home.Id, default);

        view.ShouldNotBeNull();
        view.Name.ShouldBe("Harrowmere household");
        view.Members.Select(m => (m.FirstName, m.Age)).ShouldBe([("Leanne", 36), ("Darren", 38), ("Ellis", 11), ("Maya", 9), ("Toby", 7)]);
        view.Home.ToString().ShouldBe("41 Teasel Way, PE13 9ZT");
        view.SafeContactStrip.ShouldBe("Reach Leanne by text, 9am to 2:30pm. No voice messages. Talk about this only with Leanne.");
        var look = (await desk.LooksAsync()).ShouldHaveSingleItem();
        (look.Basis, look.Page, look.ActorId).ShouldBe((GroundCause.OpenRequest, "household", desk.Nadia.WorkerId));
        ReadLog.Unpack(look.Subjects).ShouldBe([home.Id]);
        desk.Test.Key.Matches(CanonicalForm.Of(look), look.Mac).ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Open_NoGroundsOrNoSuchRecord_IsOneAnswerAndShowsNobody(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: Harrowmeres);

        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), home.Id, default)).ShouldBeNull();
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), Guid.NewGuid(), default)).ShouldBeNull();
        (await desk.LooksAsync()).ShouldBeEmpty();
        (await desk.EveryLineAsync()).Select(l => l.Basis).ShouldBe([ReadLog.Refused, ReadLog.Refused], "each is one line in the log, whether it was there or not");
    }

    [Theory, OnBothDatabases]
    public async Task Open_RequestClosed_ShutsTheRecordAgain(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: Harrowmeres);
        var request = await desk.GroundAsync(home, GroundCause.OpenRequest);
        await desk.Commands.RunAsync(Desk.Job(), async c => { await Grounds.CloseAsync(c, request); return (Result<Nothing>)Nothing.Value; }, default);

        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), home.Id, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Open_Neighbour_AsksForAReasonThatGoesToReviewAndEndsByItself(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var neighbour = await desk.HomeAsync(people: Harrowmeres);
        var ctx = Desk.As(desk.Nadia);

        (await desk.Reader.StatedReasonAsync(ctx, neighbour.Id, "curious", default)).Refusal!.Code.ShouldBe("reason-needed");
        (await desk.Reader.StatedReasonAsync(ctx, neighbour.Id, "She rang about a letter we sent her", default)).Value.ShouldBeTrue();

        (await desk.Reader.OpenAsync(ctx, neighbour.Id, default)).ShouldNotBeNull();
        (await desk.Reader.OpenAsync(Desk.As(desk.Other(Role.HubAdviser)), neighbour.Id, default)).ShouldBeNull();
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia, at: Desk.Now.AddMinutes(31)), neighbour.Id, default)).ShouldBeNull();
        await using var db = desk.Test.Database.Open();
        var review = await db.Set<LookReview>().SingleAsync();
        (review.WorkerId, review.HouseholdId, review.Answer).ShouldBe((desk.Nadia.WorkerId, neighbour.Id, LookAnswer.Open));
        (await db.Set<AuditContent>().SingleAsync(x => x.EventId == review.EventId)).Body.ShouldBe("She rang about a letter we sent her");
        (await desk.LooksAsync()).ShouldHaveSingleItem().Basis.ShouldBe(GroundCause.StatedReason);
    }

    [Theory, OnBothDatabases]
    public async Task StatedReason_PartnerWorkerOrUnknownRecord_IsFalseAndOpensNothing(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: Harrowmeres);

        (await desk.Reader.StatedReasonAsync(Desk.As(desk.Joy), home.Id, "I would like to see this", default)).Value.ShouldBeFalse();
        (await desk.Reader.StatedReasonAsync(Desk.As(desk.Nadia), Guid.NewGuid(), "I would like to see this", default)).Value.ShouldBeFalse();
        await using var db = desk.Test.Database.Open();
        (await db.Set<LookReview>().CountAsync()).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Open_ControllingPartnerAsResident_SeesAndInfersNothingOfHer(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: [new("Leanne Harrowmere", Born: "1990-03-14", AtRisk: true), new("Darren Harrowmere", MemberRole.Partner, "1988-07-02")]);
        await desk.GroundAsync(home, GroundCause.OpenRequest);
        var darren = ReadContext.ForResident(home.People[1], Purpose.RespondToRequest, "my-record", "web-form", Desk.Now);

        var view = await desk.Reader.OpenAsync(darren, home.Id, default);

        view.ShouldNotBeNull();
        view.Members.Select(m => m.Name).ShouldBe(["Darren Harrowmere"]);
        (view.Size, view.SafeContactStrip, view.District).ShouldBe((1, "", null));
        view.Notices.ShouldBeEmpty();
        view.Home.ShouldBe(HomeView.NotKnown);
        view.Sight.Allows(DataCategory.NeedsAndAnswers, home.Applicant).ShouldBeFalse();
        view.Sight.Allows(DataCategory.NeedsAndAnswers, home.People[1]).ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Open_PersonAtRisk_WithholdsTheAddress_InAnEmergencyToo(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: [new("Leanne Harrowmere", AtRisk: true)]);
        await desk.GroundAsync(home, GroundCause.OpenRequest);

        var view = await desk.Reader.OpenAsync(Desk.As(desk.Nadia), home.Id, default);
        var emergency = await desk.Reader.OpenAsync(Desk.As(desk.Nadia, Purpose.SafeguardingOrEmergency), home.Id, default);

        view!.Home.ToString().ShouldBe("Address withheld");
        view.District.ShouldBeNull();
        view.Notices.ShouldHaveSingleItem().ShouldContain("Do not say");
        (emergency!.Home, emergency.District).ShouldBe((HomeView.Hidden, null), "nobody of the hub has agreed to it");
    }

    [Theory, OnBothDatabases]
    public async Task Open_PartnerWorker_SeesOnlyWhomTheyBroughtAndOnlyWhatTheyEntered(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var brought = await desk.HomeAsync(people: [new("Xanthe Nettlefold-Ash")]);
        var other = await desk.HomeAsync(people: Harrowmeres);
        await desk.GroundAsync(brought, GroundCause.Brought, organisation: desk.Joy.OrganisationId);
        await desk.GroundAsync(other, GroundCause.OpenRequest);

        var view = await desk.Reader.OpenAsync(Desk.As(desk.Joy), brought.Id, default);

        view!.Members.ShouldHaveSingleItem().Name.ShouldBe("Xanthe Nettlefold-Ash");
        view.Sight.Allows(DataCategory.NeedsAndAnswers, brought.Applicant, desk.Joy.OrganisationId).ShouldBeTrue();
        view.Sight.Allows(DataCategory.NeedsAndAnswers, brought.Applicant, desk.Nadia.OrganisationId).ShouldBeFalse();
        view.Sight.Allows(DataCategory.Money, brought.Applicant).ShouldBeFalse();
        (await desk.Reader.OpenAsync(Desk.As(desk.Joy), other.Id, default)).ShouldBeNull();
        (await desk.Reader.SearchAsync(Desk.As(desk.Joy), "Harrowmere", default)).ShouldBeEmpty();
        (await desk.Reader.SearchAsync(Desk.As(desk.Joy), "nettlefold ash", default)).ShouldHaveSingleItem().MayOpen.ShouldBeTrue();
    }

    [Theory, OnBothDatabases, Requirement("R-ISA-02")]
    public async Task Open_PermissionForOnePurpose_ShowsThatPersonUntilItIsWithdrawn(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: Harrowmeres);
        var permission = Guid.NewGuid();
        await desk.Commands.RunAsync(Desk.Job(), c =>
        {
            c.Insert(new Permission
            {
                Id = permission, HouseholdId = home.Id, PersonId = home.Applicant, OrganisationId = desk.Joy.OrganisationId, Purpose = Purpose.RespondToRequest,
                Categories = "IdentityAndContact,NeedsAndAnswers", Allowed = true, GivenAt = c.Who.At, How = "spoken", Until = new DateOnly(2027, 1, 31),
            });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);

        var view = await desk.Reader.OpenAsync(Desk.As(desk.Joy), home.Id, default);
        view!.Members.ShouldHaveSingleItem().Name.ShouldBe("Leanne Harrowmere");
        (view.Size, view.SafeContactStrip).ShouldBe((1, ""));
        (await desk.Reader.OpenAsync(Desk.As(desk.Joy, Purpose.Handover), home.Id, default)).ShouldBeNull();
        (await desk.Reader.OpenAsync(Desk.As(desk.Joy, at: new DateTime(2027, 2, 1, 9, 0, 0, DateTimeKind.Utc)), home.Id, default)).ShouldBeNull();

        await using (var db = desk.Test.Database.Open())
            await db.Set<Permission>().Where(p => p.Id == permission).ExecuteUpdateAsync(p => p.SetProperty(x => x.WithdrawnAt, Desk.Now.AddMinutes(-1)));
        (await desk.Reader.OpenAsync(Desk.As(desk.Joy), home.Id, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task List_Fifty_IsOneLookThatNamesThemAllAndLeavesOutTheRest(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var homes = new List<Home>();
        for (var i = 0; i < 50; i++)
        {
            var home = await desk.HomeAsync(people: [new($"Invented Person{(char)('a' + i % 26)}{i}")]);
            await desk.GroundAsync(home, GroundCause.OpenRequest);
            homes.Add(home);
        }
        var shut = await desk.HomeAsync(people: Harrowmeres);

        var rows = await desk.Reader.ListAsync(Desk.As(desk.Nadia, page: "queue"), [.. homes.Append(shut).Select(h => (h.Id, h.Applicant))], default);

        rows.Count.ShouldBe(50);
        rows.ContainsKey((shut.Id, shut.Applicant)).ShouldBeFalse();
        rows[(homes[0].Id, homes[0].Applicant)].SafeContact.ShouldBe("Text only");
        var look = (await desk.LooksAsync()).ShouldHaveSingleItem();
        ReadLog.Unpack(look.Subjects).Order().ShouldBe(homes.Select(h => h.Id).Order());
    }

    [Theory, OnBothDatabases, Requirement("R-HUB-04")]
    public async Task Search_HubAdviser_FindsTheHubsPastButNobodyAtRisk(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var past = await desk.HomeAsync(people: [new("Leann Harrowmere", Born: "1990-03-14")], phone: "07700900418");
        var hidden = await desk.HomeAsync(people: [new("Lena Harrowmere", AtRisk: true)]);
        var partners = await desk.HomeAsync(people: [new("Lara Harrowmere")]);
        await desk.GroundAsync(past, GroundCause.OpenRequest, until: Desk.Now.AddYears(-1).AddDays(400 - 400));
        await desk.GroundAsync(hidden, GroundCause.OpenRequest, until: Desk.Now.AddHours(-1));
        await desk.GroundAsync(partners, GroundCause.Brought, organisation: desk.Joy.OrganisationId);

        foreach (var text in new[] { "harrow", "Leann HARROWMERE", "leann harr", "07700 900418", "PE13 9ZT" })
        {
            var found = await desk.Reader.SearchAsync(Desk.As(desk.Nadia, page: "search"), text, default);
            found.Select(f => (f.Name, f.BirthYear, f.PostcodeSector, f.MayOpen)).ShouldBe([("Leann Harrowmere", (int?)1990, "PE13 9", false)], text);
        }
        (await desk.Reader.SearchAsync(Desk.As(desk.Nadia), "h", default)).ShouldBeEmpty();
        (await desk.Reader.SearchAsync(Desk.As(desk.Nadia), "%' OR 1=1 --", default)).ShouldBeEmpty();
        (await desk.LooksAsync()).Select(l => l.Basis).Distinct().ShouldBe(["appeared-in-search"]);
    }

    [Theory, OnBothDatabases]
    public async Task AnyRoleWithoutAPerson_SeesNobody(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: Harrowmeres);
        await desk.GroundAsync(home, GroundCause.OpenRequest);

        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.HubAdviser))
        {
            foreach (var purpose in Enum.GetValues<Purpose>())
            {
                (await desk.Reader.OpenAsync(Desk.As(desk.Other(role), purpose), home.Id, default)).ShouldBeNull($"{role} {purpose}");
                (await desk.Reader.ListAsync(Desk.As(desk.Other(role), purpose), [(home.Id, home.Applicant)], default)).ShouldBeEmpty($"{role} {purpose}");
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task Open_LookCannotBeRecorded_ShowsNothing(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: Harrowmeres);
        await desk.GroundAsync(home, GroundCause.OpenRequest);
        await using (var db = desk.Test.Database.Open()) await db.Database.ExecuteSqlRawAsync("ALTER TABLE read_event RENAME TO read_event_gone");

        var error = await Should.ThrowAsync<ReadNotLoggedException>(() => desk.Reader.OpenAsync(Desk.As(desk.Nadia), home.Id, default));

        error.Message.ShouldStartWith("We cannot show that just now");
    }

    [Theory, OnBothDatabases]
    public async Task Search_ByPostcode_FindsNobodyAtRisk_NotEvenWhomTheReaderMayOpen(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: [new("Leanne Harrowmere", Born: "1990-03-14", AtRisk: true), new("Ellis Harrowmere", MemberRole.Child, "2015-01-20")]);
        await desk.GroundAsync(home, GroundCause.OpenRequest);
        await desk.GroundAsync(home, GroundCause.Brought, organisation: desk.Joy.OrganisationId);

        foreach (var worker in new[] { desk.Nadia, desk.Joy })
        {
            (await desk.Reader.SearchAsync(Desk.As(worker, page: "search"), "PE13 9ZT", default)).ShouldBeEmpty(worker.Handle);
            (await desk.Reader.SearchAsync(Desk.As(worker, page: "search"), "leanne harrow", default)).ShouldHaveSingleItem().PostcodeSector.ShouldBeNull(worker.Handle);
            (await desk.Reader.WhileTypingAsync(Desk.As(worker, page: "typing"), new PersonFacts("", Postcodes: ["PE139ZT"]), default)).ShouldBeEmpty(worker.Handle);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Search_SomebodyAtRiskInAJoinedRecord_WithholdsTheArea(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var kept = await desk.HomeAsync(people: [new("Callum Abernook", Born: "1985-02-03")]);
        var joined = await desk.HomeAsync(postcode: "PE198AA", people: [new("Leanne Harrowmere", Born: "1990-03-14", AtRisk: true)]);
        await desk.GroundAsync(kept, GroundCause.OpenRequest);
        await desk.GroundAsync(kept, GroundCause.Brought, organisation: desk.Joy.OrganisationId);
        (await desk.Reader.SearchAsync(Desk.As(desk.Joy, page: "search"), "abernook", default)).ShouldHaveSingleItem().PostcodeSector.ShouldBe("PE13 9");
        await using (var db = desk.Test.Database.Open()) await db.Set<Household>().Where(h => h.Id == joined.Id).ExecuteUpdateAsync(h => h.SetProperty(x => x.JoinedTo, kept.Id));

        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), kept.Id, default))!.Home.Withheld.ShouldBeTrue();
        foreach (var worker in new[] { desk.Nadia, desk.Joy })
            (await desk.Reader.SearchAsync(Desk.As(worker, page: "search"), "abernook", default)).ShouldHaveSingleItem().PostcodeSector.ShouldBeNull(worker.Handle);
        (await desk.Reader.SearchAsync(Desk.As(desk.Nadia, page: "search"), "PE13 9ZT", default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Search_AChildWhoseNameWasNotTold_IsShownInWords(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: [new("Leanne Harrowmere", Born: "1990-03-14"), new("", MemberRole.Child, "2015-01-20")]);
        await desk.GroundAsync(home, GroundCause.OpenRequest);

        var found = await desk.Reader.SearchAsync(Desk.As(desk.Nadia, page: "search"), "PE13 9ZT", default);

        found.Select(f => f.Name).Order().ShouldBe(["A child", "Leanne Harrowmere"]);
        found.Single(f => f.Name == "A child").SafeContactStrip.ShouldEndWith("Talk about this only with them.");
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), home.Id, default))!.Members[1].FirstName.ShouldBe("A child");
    }
}
