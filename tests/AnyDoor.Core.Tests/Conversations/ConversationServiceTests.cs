using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using MemberRole = AnyDoor.Households.MemberRole;

namespace AnyDoor.Core.Tests.Conversations;

public sealed class ConversationServiceTests
{
    private static readonly DateTime Morning = LondonTime.ToUtc(new DateTime(2026, 11, 24, 10, 4, 0));
    private static readonly Guid NadiaId = Guid.CreateVersion7(), TomId = Guid.CreateVersion7();
    private static AuditContext Nadia(int minutes = 0) => new(Actor.Worker(NadiaId, "nadia"), null, "hub", Purpose.RespondToRequest, Morning.AddMinutes(minutes));
    private static AuditContext Tom(int minutes = 0) => new(Actor.Worker(TomId, "tom"), null, "hub", Purpose.RespondToRequest, Morning.AddMinutes(minutes));

    private sealed record Rig(TestDatabase Test, ConversationService Service, Guid Household, Guid Leanne) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Test.DisposeAsync();
        public async Task<int> EventsAsync() { await using var db = Test.Database.Open(); return await db.Set<AuditEvent>().CountAsync(e => e.Kind.StartsWith("conversation")); }
        public async Task<List<Answer>> AllAsync() { await using var db = Test.Database.Open(); return await db.Set<Answer>().OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(); }
        public async Task<SaveOutcome> SaveAsync(AuditContext who, params AnswerChange[] changes) => (await Service.SaveAsync(who, Household, Leanne, changes, default)).Value!;
    }

    private static async Task<Rig> CreateAsync(Db kind)
    {
        var test = await TestDatabase.CreateAsync(kind);
        var received = await test.Commands().RunAsync<Received>(Nadia(-120), c => Task.FromResult<Result<Received>>(Receive(c, new Intake(new PostcodeDirectory(test.Database)), new NewRequest
        {
            DoorId = "web-form", People = [new("Leanne Harrowmere", MemberRole.Applicant)], Contact = new(AnyDoor.Households.ContactWay.Text, Phone: "07700900418"), Urgency = Urgency.Today,
            SubmittedAt = Morning.AddHours(-2), Invented = true, Answers = [new("home.rent_monthly_pence", "54167")],
        })), default);
        return new Rig(test, new ConversationService(test.Commands()), received.Value!.HouseholdId, received.Value.ApplicantId);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HH-04")]
    public async Task Save_WhatARecordThatIsJoinedTold_IsKnown_AndReplacedOnce(Db kind)
    {
        await using var rig = await CreateAsync(kind);
        var old = (await rig.Test.Commands().RunAsync<Received>(Nadia(-60), c => Task.FromResult<Result<Received>>(new Intake(new PostcodeDirectory(rig.Test.Database)).Receive(c, new NewRequest
        {
            DoorId = "web-form", People = [new("Leanne Harrowmere", MemberRole.Applicant)], Contact = new(AnyDoor.Households.ContactWay.Text, Phone: "07700900418"), Urgency = Urgency.Today,
            SubmittedAt = Morning.AddHours(-3), Invented = true, Answers = [new("income.pay_monthly_pence", "90000")],
        })), default)).Value!;
        await rig.Test.Commands().RunAsync(Nadia(-30), async c =>
        {
            await c.Db.Set<AnyDoor.Households.Household>().Where(h => h.Id == old.HouseholdId).ExecuteUpdateAsync(h => h.SetProperty(x => x.JoinedTo, rig.Household));
            await c.Db.Set<AnyDoor.Households.Person>().Where(p => p.Id == old.ApplicantId).ExecuteUpdateAsync(p => p.SetProperty(x => x.SameAs, rig.Leanne));
            return (Result<bool>)true;
        }, default);
        var shown = (await rig.AllAsync()).Single(a => a.Fact == "income.pay_monthly_pence").Id;

        var saved = await rig.SaveAsync(Nadia(), new AnswerChange("income.pay_monthly_pence", "80000", shown));

        saved.Clashes.ShouldBeEmpty();
        var standing = (await rig.AllAsync()).Where(a => a.Fact == "income.pay_monthly_pence" && a.ReplacedAt is null).ToList();
        (standing.ShouldHaveSingleItem().Value, standing[0].PersonId).ShouldBe(("80000", (Guid?)rig.Leanne));
    }

    private static Received Receive(Command c, Intake intake, NewRequest request)
    {
        c.Insert(new Door { Id = request.DoorId, Label = request.DoorId });
        return intake.Receive(c, request);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HH-04")]
    public async Task Save_NewAnswer_TakesTheEarlierOnesPlaceAndKeepsItsHistory(Db kind)
    {
        await using var rig = await CreateAsync(kind);
        var shown = (await rig.AllAsync()).Single();

        var outcome = await rig.SaveAsync(Nadia(), new AnswerChange("home.rent_monthly_pence", "55000", shown.Id), new AnswerChange("home.tenure", "\"housing-association\""));

        outcome.Saved.ShouldBe(["home.rent_monthly_pence", "home.tenure"]);
        var rents = (await rig.AllAsync()).Where(a => a.Fact == "home.rent_monthly_pence").ToList();
        (rents[0].Value, rents[0].Origin, rents[0].ReplacedAt).ShouldBe(("54167", "request", Morning));
        (rents[1].Value, rents[1].Origin, rents[1].ByWorker, rents[1].ReplacedAt).ShouldBe(("55000", "conversation", NadiaId, null));
        (await rig.EventsAsync()).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Save_SameContentAgain_WritesNothingAndMakesNoEvent(Db kind)
    {
        await using var rig = await CreateAsync(kind);
        var first = await rig.SaveAsync(Nadia(), new AnswerChange("debts.behind_with", "[\"rent\",\"water\"]"), new AnswerChange("strengths.going_well", "\"The children get on.\""));
        var rows = (await rig.AllAsync()).Count;

        var again = await rig.SaveAsync(Nadia(1), new AnswerChange("debts.behind_with", "[ \"water\", \"rent\" ]"), new AnswerChange("strengths.going_well", "\"The children get on. \"", first.Standing[1].Id));

        again.Saved.ShouldBeEmpty();
        again.Clashes.ShouldBeEmpty();
        again.Standing.Select(s => s.Id).ShouldBe(first.Standing.Select(s => s.Id));
        (await rig.AllAsync()).Count.ShouldBe(rows);
        (await rig.EventsAsync()).ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Save_TwoAdvisersInOneRecord_SavesTheRestAndShowsTheClash(Db kind)
    {
        await using var rig = await CreateAsync(kind);
        var shown = (await rig.AllAsync()).Single().Id;
        await rig.SaveAsync(Tom(), new AnswerChange("home.rent_monthly_pence", "60000", shown), new AnswerChange("needs.matters_most", "\"A laptop\""));

        var outcome = await rig.SaveAsync(Nadia(2), new AnswerChange("home.rent_monthly_pence", "55000", shown), new AnswerChange("needs.matters_most", "\"Sleep\""), new AnswerChange("transport.has_car", "\"no\""));

        outcome.Saved.ShouldBe(["transport.has_car"]);
        outcome.Clashes.Select(c => (c.Fact, c.Theirs, c.Mine.Value, c.ByWorker, c.At, c.MayKeepBoth)).ShouldBe(
        [
            ("home.rent_monthly_pence", "60000", "55000", TomId, Morning, false),
            ("needs.matters_most", "\"A laptop\"", "\"Sleep\"", TomId, Morning, true),
        ]);
        (await rig.AllAsync()).Where(a => a.ReplacedAt is null).Select(a => a.Value).ShouldBe(["60000", "\"A laptop\"", "\"no\""], ignoreOrder: true);

        var settled = await rig.SaveAsync(Nadia(3), outcome.Clashes[0].Settle(ClashChoice.Mine)!, outcome.Clashes[1].Settle(ClashChoice.Both)!);

        settled.Clashes.ShouldBeEmpty();
        outcome.Clashes[0].Settle(ClashChoice.Theirs).ShouldBeNull();
        (await rig.AllAsync()).Where(a => a.ReplacedAt is null).Select(a => a.Value).ShouldBe(["55000", "\"A laptop\\nSleep\"", "\"no\""], ignoreOrder: true);
    }

    [Theory, OnBothDatabases]
    public async Task Save_BothWroteTheSame_IsNoClash(Db kind)
    {
        await using var rig = await CreateAsync(kind);
        await rig.SaveAsync(Tom(), new AnswerChange("transport.has_car", "\"no\""));

        var outcome = await rig.SaveAsync(Nadia(1), new AnswerChange("transport.has_car", "false"));

        outcome.Clashes.ShouldBeEmpty();
        outcome.Saved.ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Save_ManyAtTheSameMoment_LeavesOneAnswerStandingAndLosesNone(Db kind)
    {
        await using var rig = await CreateAsync(kind);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => rig.Service.SaveAsync(Nadia(i), rig.Household, rig.Leanne, [new AnswerChange("income.hours_weekly", $"{10 + i}"), new AnswerChange($"{Own[i]}", "\"yes\"")], default)));

        outcomes.ShouldAllBe(o => o.Done);
        outcomes.Count(o => o.Value!.Saved.Contains("income.hours_weekly")).ShouldBe(1);
        outcomes.Count(o => o.Value!.Clashes.Count == 1).ShouldBe(3);
        var standing = (await rig.AllAsync()).Where(a => a.ReplacedAt is null).ToList();
        standing.Count(a => a.Fact == "income.hours_weekly").ShouldBe(1);
        Own.ShouldAllBe(f => standing.Any(a => a.Fact == f));
    }

    private static readonly string[] Own = ["income.pay_varies", "transport.has_car", "online.can_get_online", "household.partner"];

    [Theory, OnBothDatabases]
    [Requirement("R-HH-01")]
    public async Task Save_RatherNotAndTakeBack_AreNotTheSameAsNotAskedOrAnswered(Db kind)
    {
        await using var rig = await CreateAsync(kind);

        var asked = await rig.SaveAsync(Nadia(), new AnswerChange("health.worry", null, Kind: ChangeKind.RatherNot), new AnswerChange("transport.has_car", "\"yes\""));
        var back = await rig.SaveAsync(Nadia(1), new AnswerChange("transport.has_car", null, asked.Standing[1].Id, Kind: ChangeKind.TakeBack));

        var standing = (await rig.AllAsync()).Where(a => a.ReplacedAt is null).ToList();
        standing.Single(a => a.Fact == "health.worry").IsGiven.ShouldBeFalse();
        standing.ShouldNotContain(a => a.Fact == "transport.has_car");
        back.Standing.Single().Id.ShouldBeNull();
        (await rig.AllAsync()).Count(a => a.Fact == "transport.has_car").ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    public async Task Save_ValueThatDoesNotFit_IsRefusedBesideItsFieldAndTheRestIsSaved(Db kind)
    {
        await using var rig = await CreateAsync(kind);

        var outcome = await rig.SaveAsync(Nadia(), new AnswerChange("home.council_tax_annual_pence", "-5"), new AnswerChange("home.tenure", "\"castle\""), new AnswerChange("safety.contact_by", "\"phone\""),
            new AnswerChange("equality.sex", "\"female\""), new AnswerChange("permission.share_school", "\"yes\""), new AnswerChange("home.landlord", "\"Fen Reach Homes\""));

        outcome.Saved.ShouldBe(["home.landlord"]);
        outcome.Refused.Select(r => (r.Field, r.Code)).ShouldBe([("home.council_tax_annual_pence", "bad-answer"), ("home.tenure", "bad-answer"), ("safety.contact_by", "kept-elsewhere"), ("equality.sex", "kept-elsewhere"), ("permission.share_school", "kept-elsewhere")]);
        outcome.Refused.ShouldAllBe(r => r.Sentence.EndsWith('.'));
        (await rig.Service.SaveAsync(Nadia(), Guid.NewGuid(), null, [new("home.landlord", "\"x\"")], default)).Refusal!.Code.ShouldBe("not-found");
    }

    [Theory, OnBothDatabases]
    public async Task Read_ControllingPartner_SeesNothingThatLeanneTold(Db kind)
    {
        await using var rig = await CreateAsync(kind);
        var darren = Guid.CreateVersion7();
        await rig.SaveAsync(Nadia(), new AnswerChange("needs.own_words", "\"He does not know I am asking\""), new AnswerChange("safety.hidden_address", "\"yes\""), new AnswerChange("strengths.going_well", "\"My sister\""),
            new AnswerChange("shock.what_changed", "[\"fled\"]"), new AnswerChange("health.worry", "\"struggling\""), new AnswerChange("income.pay_monthly_pence", "110153", About: darren));
        await rig.Service.ConfirmNeedAsync(Nadia(), rig.Household, rig.Leanne, "not-safe", "he does not know", default);
        await rig.Service.SaveAsync(Nadia(1), rig.Household, darren, [new("safety.hidden_address", "\"no\""), new("transport.has_car", "\"yes\"")], default);
        await using var db = rig.Test.Database.Open();

        var his = await AnswersTold.ToAsync(db, rig.Household, darren, _ => true, default);
        var hers = await AnswersTold.ToAsync(db, rig.Household, rig.Leanne, _ => true, default);

        his.Select(a => a.Fact).ShouldBe(["home.rent_monthly_pence", "safety.hidden_address", "transport.has_car"], ignoreOrder: true);
        (await AnswersTold.ToAsync(db, rig.Household, darren, c => c != DataCategory.Money, default)).ShouldNotContain(a => a.Fact == "home.rent_monthly_pence");
        (await AnswersTold.NeedsAsync(db, rig.Household, darren, _ => true, default)).ShouldBeEmpty();
        hers.Single(a => a.Fact == "safety.hidden_address").Value.ShouldBe("\"yes\"");
        (await AnswersTold.ToWorkerAsync(db, rig.Household, c => c != DataCategory.HealthAndDisability, default)).ShouldNotContain(a => a.Fact == "health.worry");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HH-05")]
    public async Task ConfirmNeed_TwiceThenRemoved_IsKeptOnceWithItsPhrase(Db kind)
    {
        await using var rig = await CreateAsync(kind);
        await rig.Service.ConfirmNeedAsync(Nadia(), rig.Household, rig.Leanne, "heating-or-electricity", "84p on the meter", default);
        await rig.Service.ConfirmNeedAsync(Tom(1), rig.Household, rig.Leanne, "heating-or-electricity", null, default);
        await using var db = rig.Test.Database.Open();

        (await AnswersTold.NeedsAsync(db, rig.Household, null, _ => true, default)).Single().Phrase.ShouldBe("84p on the meter");
        (await rig.EventsAsync()).ShouldBe(1);
        (await rig.Service.ConfirmNeedAsync(Nadia(), rig.Household, rig.Leanne, "gold", null, default)).Refusal!.Code.ShouldBe("unknown-need");

        await rig.Service.RemoveNeedAsync(Nadia(2), rig.Household, rig.Leanne, "heating-or-electricity", default);
        (await AnswersTold.NeedsAsync(db, rig.Household, null, _ => true, default)).ShouldBeEmpty();
    }
}
