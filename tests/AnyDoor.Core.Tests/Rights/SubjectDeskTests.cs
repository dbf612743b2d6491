using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Funds;
using Database = AnyDoor.Data.Database;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Rights;

/// <summary>What people ask of their own data: taken in, found, gathered, reviewed and given, on grounds that end with it.</summary>
public sealed class SubjectDeskTests
{
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Copy_FoundGatheredReviewedAndReleased_InOneSitting(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var reference = await room.AskedAsync();

        var candidates = await room.Desk.FindAsync(room.Maren, reference, "Rushbeck", SubjectRoom.Now, default);
        candidates.Select(c => c.Name).ShouldBe(["Gethin Rushbeck", "Rhys Rushbeck"]);
        (await room.Desk.LinkAsync(room.Who, reference, gethin.ApplicantId, default)).Refusal.ShouldBeNull();
        (await room.Desk.GatherAsync(room.Maren, reference, SubjectRoom.Now, default)).Refusal.ShouldBeNull();
        var file = await room.FileAsync(reference);

        var words = file.Items.Single(i => i.Title.StartsWith("Request ", StringComparison.Ordinal));
        file.Marks.Where(m => m.ItemId == words.Id).Select(m => (words.Body.Substring(m.Start, m.Length), m.What, m.Suggested)).ShouldBe(
            [("Rhys", ThirdParties.Member, MarkChoice.Hide), ("07700 900555", ThirdParties.Contact, MarkChoice.Hide), ("Nadia Wexcombe", ThirdParties.Worker, MarkChoice.Keep)], ignoreOrder: true);
        // What Rhys told about Gethin is held back until somebody decides; what Rhys told about himself is not there at all.
        file.Items.Single(i => i.Body.Contains("He drinks", StringComparison.Ordinal)).LeftOutFor.ShouldBe(LeftOut.AnotherPerson);
        file.Items.ShouldNotContain(i => i.Body.Contains("My own illness", StringComparison.Ordinal));
        (await room.Desk.ReleaseAsync(room.Maren, reference, SubjectRoom.Now, default)).Refusal!.Code.ShouldBe("marks");

        (await room.Desk.MarkAsync(room.Who, reference, words.Id, "My brother", MarkChoice.Reword, "A relative", default)).Refusal.ShouldBeNull();
        (await room.Desk.TakeSuggestionsAsync(room.Who, reference, default)).Refusal.ShouldBeNull();
        // Words of their own are read by somebody before they go anywhere.
        words.ToDecide.ShouldBeTrue();
        (await room.Desk.ReleaseAsync(room.Maren, reference, SubjectRoom.Now, default)).Refusal!.Code.ShouldBe("items");
        await room.DecideAllAsync(reference);
        (await room.Desk.GiveByAsync(room.Who, reference, GiveBy.InPerson, default)).Refusal.ShouldBeNull();
        var (one, other) = (SubjectDesk.Compose(await room.FileAsync(reference), new DateOnly(2026, 11, 24)).ToJson(), SubjectDesk.Compose(await room.FileAsync(reference), new DateOnly(2026, 11, 24)).ToJson());
        one.ShouldBe(other);
        (await room.Desk.ReleaseAsync(room.Maren, reference, SubjectRoom.Now, default)).Refusal.ShouldBeNull();

        var pack = (await room.Desk.ReleasedAsync(room.Maren, reference, SubjectRoom.Now, default))!;
        var text = pack.ToJson();
        text.ShouldBe(one);
        text.ShouldContain("[A relative] [about another person] lent me £60, ring him on [a number or address]. Nadia Wexcombe booked a parcel.");
        text.ShouldContain("Lost my job");
        text.ShouldNotContain("Rhys");
        text.ShouldNotContain("900555");
        pack.LeftOut.Single(l => l.Why == "About another person").Passages.ShouldBeGreaterThanOrEqualTo(3);
        await using var db = room.Database.Open();
        (await db.Set<SubjectPack>().SingleAsync()).Hash.ShouldBe(CopyPack.HashOf(one));
        (await db.Set<SubjectItem>().CountAsync(), await db.Set<SubjectMark>().CountAsync()).ShouldBe((0, 0));
        // Nobody looks for it any more, and what was looked at is in the log as assurance.
        (await db.Set<Ground>().CountAsync(g => g.Cause == GroundCause.AssuranceReference && g.To == null)).ShouldBe(0);
        (await db.Set<ReadEvent>().Where(e => e.Page == SubjectDesk.Page).Select(e => e.Purpose).Distinct().ToListAsync()).ShouldBe([Purpose.Assurance]);
        (await room.Hub.Desk.Reader.OpenAsync(ReadContext.ForWorker(room.Maren, Purpose.Assurance, "household", "phone-county-hub", SubjectRoom.Now.AddMinutes(1)), gethin.HouseholdId, default)).ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Copy_OfSomebodyAtRisk_HoldsNoAddressByItself_AndNoPaperGoesToTheHouse(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync(atRisk: true);
        var reference = await room.AskedAsync();
        (await room.Desk.LinkAsync(room.Who, reference, gethin.ApplicantId, default)).Refusal.ShouldBeNull();
        (await room.Desk.GatherAsync(room.Maren, reference, SubjectRoom.Now, default)).Refusal.ShouldBeNull();

        var file = await room.FileAsync(reference);

        file.Items.Single(i => i.Title == "Address").LeftOutFor.ShouldBe(LeftOut.HiddenAddress);
        SubjectDesk.Compose(file, new DateOnly(2026, 11, 24)).ToJson().ShouldNotContain("Teasel");
        file.Ways.ShouldNotContain(GiveBy.Letter);
        file.Ways.ShouldContain(GiveBy.InPerson);
    }

    /// <summary>Two homes that were joined before they were kept apart: what he asks for holds nothing of where she went.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-08")]
    public async Task Copy_OfSomebodyWhomAnotherFled_HoldsNoItemOfWhereTheyWent(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var hers = await room.ReceiveAsync(r => r with { People = [new NewPerson("Vina Rushbeck", MemberRole.Applicant, new DateOnly(1988, 4, 4))], Address = "12 Osier Drove", AddressHidden = true, Words = "I left him", Contact = new NewSafeContact(ContactWay.Text, Phone: "07700900781") });
        await room.WriteAsync(async c => await c.Db.Set<Household>().Where(h => h.Id == hers.HouseholdId).ExecuteUpdateAsync(h => h.SetProperty(x => x.JoinedTo, gethin.HouseholdId)));
        var reference = await room.AskedAsync();
        (await room.Desk.LinkAsync(room.Who, reference, gethin.ApplicantId, default)).Refusal.ShouldBeNull();
        (await room.Desk.GatherAsync(room.Maren, reference, SubjectRoom.Now, default)).Refusal.ShouldBeNull();

        var file = await room.FileAsync(reference);

        file.Items.ShouldNotContain(i => System.Text.Json.JsonSerializer.Serialize(i).Contains("Osier"));
        file.Items.ShouldNotContain(i => System.Text.Json.JsonSerializer.Serialize(i).Contains("900781"));
        file.Items.ShouldContain(i => i.Title == "Address");
    }

    [Theory, OnBothDatabases]
    public async Task TheClock_StandsStillWhileWeAskWhoTheyAre_AndOnlyTheLeadSeesTheRecord(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var reference = await room.AskedAsync(identity: null);
        await room.Desk.LinkAsync(room.Who, reference, gethin.ApplicantId, default);

        (await room.Desk.PauseAsync(room.Who, reference, PauseFor.Identity, "We asked him to ring from his number.", default)).Refusal.ShouldBeNull();
        (await room.Desk.PauseAsync(room.Who, reference, PauseFor.Identity, "We asked him to ring from his number.", default)).Refusal.ShouldNotBeNull();
        (await room.FileAsync(reference)).Time.IsPaused.ShouldBeTrue();
        (await room.Desk.KnowIdentityAsync(room.Who with { At = SubjectRoom.Now.AddDays(4) }, reference, "He rang from his own number", default)).Refusal.ShouldBeNull();

        (await room.Desk.OpenAsync(room.Maren, reference, SubjectRoom.Now.AddDays(4), default))!.Time.PausedDays.ShouldBe(4);
        (await room.Desk.OpenAsync(room.Hub.Desk.Nadia, reference, SubjectRoom.Now, default)).ShouldBeNull();
        (await room.Desk.FindAsync(room.Hub.Desk.Nadia, reference, "Rushbeck", SubjectRoom.Now, default)).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Correction_ChangesTheRecord_KeepsBoth_AndNamesWhoMustBeTold(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        (await room.Hub.Requests.PassOnAsync(room.Hub.Nadia, gethin.Reference, Hub.Advice, default)).Refusal.ShouldBeNull();
        var reference = await room.AskedAsync(SubjectKind.Rectification);
        await room.Desk.LinkAsync(room.Who, reference, gethin.ApplicantId, default);

        (await room.Desk.CorrectAsync(room.Who, reference, new NewCorrection("name", "Gethin Rushbeck-Lowe"), default)).Refusal.ShouldBeNull();
        (await room.Desk.CorrectAsync(room.Who, reference, new NewCorrection("date-of-birth", "the third"), default)).Refusal!.Field.ShouldBe("now");
        var answer = (await room.Desk.AnswersAsync(await room.FileAsync(reference), default)).Single(a => a.Value == "Lost my job");
        (await room.Desk.CorrectAsync(room.Who, reference, new NewCorrection("answer", "Hours were cut", answer.Id), default)).Refusal.ShouldBeNull();
        var file = await room.FileAsync(reference);

        file.Name.ShouldBe("Gethin Rushbeck-Lowe");
        file.Corrections.Select(c => (c.What, c.Was)).ShouldBe([("name", "Gethin Rushbeck"), ("answer", "Lost my job")]);
        file.Recipients.ShouldContain("Fenland Advice Centre");
        (await room.Desk.ToldAsync(room.Who, reference, "Fenland Advice Centre", "By their secure e-mail", default)).Refusal.ShouldBeNull();
        (await room.FileAsync(reference)).Told.Single().Organisation.ShouldBe("Fenland Advice Centre");
        await using var db = room.Database.Open();
        (await db.Set<Answer>().CountAsync(a => a.Fact == "needs.own_words" && a.PersonId == gethin.ApplicantId && a.ReplacedAt == null && a.Value == "\"Hours were cut\"")).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task RestrictedRecord_IsNotThereForAnybodyElse_UntilItIsLifted(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var reference = await room.AskedAsync(SubjectKind.Restriction);
        await room.Desk.LinkAsync(room.Who, reference, gethin.ApplicantId, default);
        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia), gethin.HouseholdId, default)).ShouldNotBeNull();

        (await room.Desk.RestrictAsync(room.Maren, reference, "He says that it is wrong and we check it.", SubjectRoom.Now, default)).Refusal.ShouldBeNull();

        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia), gethin.HouseholdId, default)).ShouldBeNull();
        (await room.Hub.Desk.Reader.SearchAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia), "Rushbeck", default)).ShouldBeEmpty();
        (await room.Hub.Requests.ClaimAsync(room.Hub.Nadia, gethin.Reference, default)).Refusal.ShouldBe(RequestDesk.NotThere);
        (await room.Hub.Desk.Reader.StatedReasonAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia), gethin.HouseholdId, "He is on the phone again", default)).Value.ShouldBeFalse();
        // For somebody's safety it opens, with a reason; and to the person, and to the lead.
        (await room.Hub.Desk.Reader.StatedReasonAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia, Purpose.SafeguardingOrEmergency), gethin.HouseholdId, "An ambulance asks where he is", default)).Value.ShouldBeTrue();
        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia, Purpose.SafeguardingOrEmergency), gethin.HouseholdId, default)).ShouldNotBeNull();
        (await room.Hub.Desk.Reader.OpenAsync(ReadContext.ForResident(gethin.ApplicantId, Purpose.RespondToRequest, "own-status", "web-form", SubjectRoom.Now), gethin.HouseholdId, default)).ShouldNotBeNull();
        (await room.FileAsync(reference)).Homes.Count.ShouldBe(1);

        // It outlives the request that asked for it.
        (await room.Desk.AnswerAsync(room.Who, reference, "Restricted while we check.", default)).Refusal.ShouldBeNull();
        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia), gethin.HouseholdId, default)).ShouldBeNull();
        (await room.Desk.LiftAsync(room.Who with { At = SubjectRoom.Now.AddMinutes(1) }, reference, "Told him by phone", default)).Refusal.ShouldBeNull();
        (await room.Hub.Desk.Reader.OpenAsync(Core.Tests.Households.Desk.As(room.Hub.Desk.Nadia, at: SubjectRoom.Now.AddMinutes(2)), gethin.HouseholdId, default)).ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task OwnPage_AsksOnce_KnowsWhoTheyAre_AndGivesTheCopyThereForThirtyDays(Db kind)
    {
        await using var room = await SubjectRoom.OpenAsync(kind);
        var gethin = await room.GethinAsync();
        var resident = new AuditContext(Actor.Resident(null), null, "web-form", Purpose.RespondToRequest, SubjectRoom.Now);

        var first = (await room.Desk.FromOwnPageAsync(resident, gethin.RequestId, SubjectKind.Access, "Everything", default)).Value!;
        (await room.Desk.FromOwnPageAsync(resident, gethin.RequestId, SubjectKind.Access, "Everything", default)).Value.ShouldBe(first);
        (await room.Desk.FromOwnPageAsync(resident with { Actor = new Actor(ActorKind.Representative, null, "asker") }, gethin.RequestId, SubjectKind.Access, "Everything", default)).Refusal.ShouldNotBeNull();
        (await room.Desk.GatherAsync(room.Maren, first, SubjectRoom.Now, default)).Refusal.ShouldBeNull();
        await room.DecideAllAsync(first);
        (await room.Desk.OwnCopyAsync(gethin.RequestId, SubjectRoom.Now, default)).ShouldBeNull();
        (await room.Desk.ReleaseAsync(room.Maren, first, SubjectRoom.Now, default)).Refusal.ShouldBeNull();

        (await room.Desk.OwnCopyAsync(gethin.RequestId, SubjectRoom.Now.AddDays(29), default))!.About.ShouldBe("Gethin Rushbeck");
        (await room.Desk.OwnCopyAsync(gethin.RequestId, SubjectRoom.Now.AddDays(31), default)).ShouldBeNull();
        (await room.Desk.OwnAsync(gethin.RequestId, SubjectRoom.Now, default)).Single().State.ShouldBe(SubjectState.Answered);
    }
}
