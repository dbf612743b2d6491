using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Funds;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>The second look at a decision, and awards drawn to be checked: each opens what its worker needs, for as long as they have it, and no more.</summary>
public sealed class ReviewTests
{
    private sealed class Rig : IAsyncDisposable
    {
        public required FundsRig Funds { get; init; }
        public required ReadLog Log { get; init; }
        public required ReviewDesk Reviews { get; init; }
        public required SampleDesk Samples { get; init; }
        public required RequestAwards Awards { get; init; }
        public required HouseholdReader Reader { get; init; }
        public DateTime Now => Funds.Clock.GetUtcNow().UtcDateTime;

        public static async Task<Rig> StartAsync(Db kind)
        {
            var funds = await FundsRig.CreateAsync(kind);
            await funds.LoadShippedAsync("hsf-1-direct-award");
            var log = new ReadLog(funds.Test.Database, funds.Test.Key);
            var reader = new HouseholdReader(funds.Test.Database, funds.Commands, log);
            var staff = new Staff(funds.Test.Database, funds.Commands);
            foreach (var (handle, role) in new[] { ("ada", "hub-adviser"), ("lorna", "reviewer"), ("lewis", "reviewer"), ("ian", "fund-manager"), ("iris", "fund-manager") })
                (await staff.CreateAsync(handle, null, "Invented county hub", role, funds.Who, default)).Done.ShouldBeTrue();
            return new Rig
            {
                Funds = funds, Log = log, Reader = reader, Awards = new RequestAwards(funds.Test.Database, funds.Awards), Samples = new SampleDesk(funds.Test.Database, funds.Commands, funds.Book, reader),
                Reviews = new ReviewDesk(funds.Test.Database, funds.Commands, new RequestDesk(funds.Test.Database, funds.Commands), funds.Book, reader),
            };
        }

        public async Task<WhoIsWorking> WhoAsync(string handle) => (await new StaffAccess(Funds.Test.Database).FindAsync(handle, default))!;
        public async Task<ReadContext> ReadingAsync(string handle, string page) => ReadContext.ForWorker(await WhoAsync(handle), Purpose.Assurance, page, "staff", Now);
        public async Task<AuditContext> AsAsync(string handle, Purpose purpose = Purpose.Assurance) => (await WhoAsync(handle)).For(purpose, "staff", Now);

        public async Task<(Received Request, string Award)> AwardedAsync(string name = "Quenby Zzcanary")
        {
            var intake = new Intake(new PostcodeDirectory(Funds.Test.Database));
            var received = (await Funds.Commands.RunAsync(Funds.Who, async c =>
            {
                if (!await c.Db.Set<Door>().AnyAsync(d => d.Id == "invented-door", c.Cancel)) { c.Insert(new Door { Id = "invented-door", Label = "Invented door" }); await c.FlushAsync(); }
                return (Result<Received>)intake.Receive(c, new NewRequest
                {
                    DoorId = "invented-door", People = [new NewPerson(name, MemberRole.Applicant, new DateOnly(1985, 5, 4)), new NewPerson("Poppy Zzchild", MemberRole.Child, new DateOnly(2015, 5, 4))], Address = "7 Zzstreet Drove",
                    Contact = new NewSafeContact(ContactWay.Letter), Urgency = Urgency.Today, SubmittedAt = Funds.Who.At, Invented = true, District = "E07000010", PermissionGiven = true, Needs = ["heating-or-electricity"], Words = "zzwords",
                    Answers = [new NewAnswer("income.pay_monthly_pence", "98000"), new NewAnswer("needs.matters_most", "\"zzfree\""), new NewAnswer("health.who", "\"zzhealth\"")],
                });
            }, default)).Value!;
            var ada = (await new Staff(Funds.Test.Database, Funds.Commands).FindAsync("ada", default))!;
            var made = await Awards.AwardAsync(await AsAsync("ada", Purpose.AwardAndPay), ada, new RequestAward(received.Reference, "hsf-1-direct-award", "fuel-voucher", 4900, AwardAsk.PrintedLetter, "No money on the meter.", null), null, default);
            made.Refusal.ShouldBeNull();
            return (received, made.Value!.Reference);
        }

        public async Task<List<ReadEvent>> LooksAsync()
        {
            await using var db = Funds.Test.Database.Open();
            return await db.Set<ReadEvent>().OrderBy(e => e.Seq).ToListAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Log.DisposeAsync();
            await Funds.DisposeAsync();
        }
    }

    private const string Disagree = "The meter takes twice as much since the boiler broke";

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05"), Requirement("R-APP-04")]
    public async Task AskOwn_IsThePersonsAlone_OnceForEachDecision_AndAReviewerWhoDidNotDecideMayTakeIt(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var (request, award) = await rig.AwardedAsync();
        AuditContext As(Actor actor) => new(actor, null, Drafts.Door, Purpose.RespondToRequest, rig.Now);
        var own = As(Actor.Resident(null));
        Task<Result<string>> AskAsync(AuditContext who, string? about, string? words) => rig.Reviews.AskOwnAsync(who, request.RequestId, about, words, default);

        (await AskAsync(As(new Actor(ActorKind.Representative, null, "asker")), award, Disagree)).Refusal.ShouldBe(ReviewDesk.NotThere, "whoever asked for them may be whom they are not safe from");
        (await rig.Reviews.AskOwnAsync(own, Guid.NewGuid(), award, Disagree, default)).Refusal.ShouldBe(ReviewDesk.NotThere);
        (await AskAsync(own, award, " a ")).Refusal!.Code.ShouldBe(ReviewDesk.TooShort);
        (await AskAsync(own, award, "Ring me on 07700 900418")).Refusal!.Code.ShouldBe(ReviewDesk.NamesSomebody);
        (await AskAsync(own, "ZZZZ-0000", Disagree)).Refusal!.Code.ShouldBe(ReviewDesk.NoAward);
        var both = await Task.WhenAll(AskAsync(own, award, Disagree), AskAsync(own, award, Disagree));
        both.Count(r => r.Done).ShouldBe(1, "of two at once one is written");
        both.Single(r => !r.Done).Refusal!.Code.ShouldBe(ReviewDesk.AskedAlready);

        var lorna = await rig.WhoAsync("lorna");
        var line = (await rig.Reviews.ListAsync(lorna, default)).ShouldHaveSingleItem();
        (line.ByThemselves, line.WhyNot, line.State).ShouldBe((true, null, ReviewState.Waiting));
        (await rig.Reviews.ListAsync((await rig.WhoAsync("ada")) with { Role = Role.Reviewer }, default)).ShouldHaveSingleItem().WhyNot.ShouldNotBeNull("she decided it");
        (await rig.Reviews.TakeAsync(await rig.AsAsync("lorna"), lorna, line.Reference, default)).Refusal.ShouldBeNull();
        (await rig.Reviews.AnswerAsync(await rig.AsAsync("lorna"), lorna, line.Reference, true, "It was right by the rules.", default)).Refusal.ShouldBeNull();
        (await rig.Reviews.OwnAsync(request.RequestId, default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.Answer.ShouldBe("It was right by the rules."), o => o.ByThemselves.ShouldBeTrue());
        (await AskAsync(own, award, Disagree)).Refusal!.Code.ShouldBe(ReviewDesk.AnsweredAlready);
        // The hub may write another down: with new facts it is another question.
        (await rig.Reviews.AskAsync(await rig.AsAsync("ada", Purpose.RespondToRequest), request.Reference, award, Disagree, default)).Refusal.ShouldBeNull();
        (await AskAsync(own, null, "No food")).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05"), Requirement("R-ISA-02")]
    public async Task Review_OpensTheFactsAndReasonsToWhoeverTookIt_WhileTheyHaveIt_AndNotWhoItIs(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var (request, award) = await rig.AwardedAsync();
        (await rig.Reviews.AskAsync(await rig.AsAsync("ada", Purpose.RespondToRequest), request.Reference, award, Disagree, default)).Refusal.ShouldBeNull();
        (await rig.Reviews.AskAsync(await rig.AsAsync("ada", Purpose.RespondToRequest), request.Reference, award, Disagree, default)).Refusal!.Code.ShouldBe("asked-already");
        var (lorna, lewis) = (await rig.WhoAsync("lorna"), await rig.WhoAsync("lewis"));
        var line = (await rig.Reviews.ListAsync(lorna, default)).ShouldHaveSingleItem();
        (line.What, line.State, line.WhyNot).ShouldBe(("Fuel voucher, £49.00", ReviewState.Waiting, null));
        async Task<ReviewFile> OpenAsync(string handle) => (await rig.Reviews.OpenAsync(await rig.ReadingAsync(handle, "review"), line.Reference, default))!;

        (await OpenAsync("lorna")).IsOpen.ShouldBeFalse("nothing is read before it is taken");
        (await rig.Reviews.TakeAsync(await rig.AsAsync("lorna"), lorna, line.Reference, default)).Refusal.ShouldBeNull();
        (await rig.Reviews.TakeAsync(await rig.AsAsync("lewis"), lewis, line.Reference, default)).Refusal!.Sentence.ShouldBe("Another reviewer has taken this.");
        var file = await OpenAsync("lorna");

        file.IsOpen.ShouldBeTrue();
        file.Asked.ShouldBe(Disagree);
        file.Facts.ShouldContain(f => f.Answer == "£980.00");
        file.Decisions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Reason.ShouldBe("No money on the meter."), d => d.Asked.ShouldBeTrue(), d => d.RuleWords.ShouldNotBeNull(), d => d.Rules.ShouldNotBeEmpty());
        System.Text.Json.JsonSerializer.Serialize(file).ShouldNotContain("zz", Case.Insensitive, "no name, no street, no free words, no health");
        (await OpenAsync("lewis")).IsOpen.ShouldBeFalse("a colleague has it");
        (await rig.Reader.OpenAsync(await rig.ReadingAsync("lorna", "household"), request.HouseholdId, default)).ShouldBeNull("the record itself stays shut");
        var looks = (await rig.LooksAsync()).FindAll(l => l.Page == "review" && l.Basis != ReadLog.Refused);
        looks.ShouldHaveSingleItem().ShouldSatisfyAllConditions(l => l.Basis.ShouldBe(GroundCause.Review), l => l.Purpose.ShouldBe(Purpose.Assurance), l => ReadLog.Unpack(l.Subjects).ShouldBe([request.HouseholdId]));

        (await rig.Reviews.PutBackAsync(await rig.AsAsync("lorna"), lorna, line.Reference, default)).Refusal.ShouldBeNull();
        (await OpenAsync("lorna")).IsOpen.ShouldBeFalse("it is put back");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-04")]
    public async Task Review_Answered_ShutsTheFacts_AndBringsTheRequestBackToTheHub(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var (request, _) = await rig.AwardedAsync();
        var lorna = await rig.WhoAsync("lorna");
        await using (var db = rig.Funds.Test.Database.Open()) await db.Set<Request>().ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, RequestStatus.Helped).SetProperty(x => x.ClosedAt, rig.Now));
        (await rig.Reviews.AskAsync(await rig.AsAsync("ada", Purpose.RespondToRequest), request.Reference, null, Disagree, default)).Refusal.ShouldBeNull();
        var reference = (await rig.Reviews.ListAsync(lorna, default)).Single().Reference;

        (await rig.Reviews.AnswerAsync(await rig.AsAsync("lorna"), lorna, reference, true, "It was right by the rules.", default)).Refusal!.Code.ShouldBe(DecisionReview.WrongState, "nobody answers what they have not taken");
        (await rig.Reviews.TakeAsync(await rig.AsAsync("lorna"), lorna, reference, default)).Refusal.ShouldBeNull();
        (await rig.Reviews.AnswerAsync(await rig.AsAsync("lorna"), lorna, reference, null, "It was right by the rules.", default)).Refusal!.Field.ShouldBe("stands");
        (await rig.Reviews.AnswerAsync(await rig.AsAsync("lorna"), lorna, reference, false, "short", default)).Refusal!.Field.ShouldBe("why");
        (await rig.Reviews.AnswerAsync(await rig.AsAsync("lorna"), lorna, reference, false, "The broken boiler was not asked about.", default)).Refusal.ShouldBeNull();

        (await rig.Reviews.OpenAsync(await rig.ReadingAsync("lorna", "review"), reference, default))!.IsOpen.ShouldBeFalse();
        await using var after = rig.Funds.Test.Database.Open();
        (await after.Set<Ground>().CountAsync(g => g.Cause == GroundCause.Review && g.To == null)).ShouldBe(0);
        var back = await after.Set<Request>().SingleAsync();
        (back.Status, back.CameBackAt is not null, back.QueueRank).ShouldBe((RequestStatus.Waiting, true, 0));
        (await ReviewDesk.OfRequestAsync(after, request.RequestId, default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.State.ShouldBe(ReviewState.ToDecideAgain), r => r.Answer.ShouldBe("The broken boiler was not asked about."), r => r.Award.ShouldBeNull());
    }

    [Theory, OnBothDatabases]
    public async Task Review_IsNotForWhoeverDecided_NorOfARestrictedRecord_NorForAnotherRole(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var (request, award) = await rig.AwardedAsync();
        (await rig.Reviews.AskAsync(await rig.AsAsync("ada", Purpose.RespondToRequest), request.Reference, award, "Ask Leanne Harrowmere about it, she knows", default)).Refusal!.Field.ShouldBe("words", "the reviewer is not told who it is");
        (await rig.Reviews.AskAsync(await rig.AsAsync("ada", Purpose.RespondToRequest), request.Reference, award, Disagree, default)).Refusal.ShouldBeNull();
        var (lorna, ada) = (await rig.WhoAsync("lorna"), await rig.WhoAsync("ada"));
        var reference = (await rig.Reviews.ListAsync(lorna, default)).Single().Reference;

        (await rig.Reviews.TakeAsync(await rig.AsAsync("ada"), ada with { Role = Role.Reviewer }, reference, default)).Refusal!.Code.ShouldBe("own-decision");
        (await rig.Reviews.TakeAsync(await rig.AsAsync("ada"), ada, reference, default)).Refusal.ShouldBe(ReviewDesk.NotThere);
        await rig.Funds.Commands.RunAsync(rig.Funds.Who, c => { Grounds.Open(c, Restriction.Cause, request.HouseholdId, Purpose.Assurance, Guid.NewGuid()); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);
        (await rig.Reviews.TakeAsync(await rig.AsAsync("lorna"), lorna, reference, default)).Refusal!.Code.ShouldBe("shut");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DAW-06"), Requirement("R-ISA-05")]
    public async Task Sample_DrawsFiveInAHundredAtRandom_WithTheName_ForWhoeverDrewIt_UntilItIsChecked(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        for (var i = 0; i < 21; i++) await rig.AwardedAsync($"Invented Zz{(char)('a' + i)}");
        var month = SampleDesk.MonthOf(LondonTime.DayOf(rig.Now));
        var (ian, iris) = (await rig.WhoAsync("ian"), await rig.WhoAsync("iris"));

        (await rig.Samples.ReadAsync(await rig.ReadingAsync("ian", "sample"), month, default)).ShouldSatisfyAllConditions(m => m.Awards.ShouldBe(21), m => m.ToDraw.ShouldBe(2), m => m.Lines.ShouldBeEmpty());
        (await rig.Samples.DrawAsync(await rig.AsAsync("lorna"), await rig.WhoAsync("lorna"), month, default)).Done.ShouldBeFalse();
        (await rig.Samples.DrawAsync(await rig.AsAsync("ian"), ian, month.AddMonths(1), default)).Refusal!.Field.ShouldBe("month");
        (await rig.Samples.DrawAsync(await rig.AsAsync("ian"), ian, month, default)).Value.ShouldBe(2);
        (await rig.Samples.DrawAsync(await rig.AsAsync("ian"), ian, month, default)).Refusal!.Code.ShouldBe("nothing-to-draw", "drawn again, it draws nothing more");

        var mine = await rig.Samples.ReadAsync(await rig.ReadingAsync("ian", "sample"), month, default);
        mine.Lines.ShouldAllBe(l => l.Name!.StartsWith("Invented Zz"));
        mine.Lines.Select(l => l.Award).Distinct().Count().ShouldBe(2);
        (await rig.Samples.ReadAsync(await rig.ReadingAsync("iris", "sample"), month, default)).Lines.ShouldAllBe(l => l.Name == null, "a colleague drew them");
        var look = (await rig.LooksAsync()).Where(l => l.Page == "sample").ShouldHaveSingleItem();
        (look.Basis, look.Purpose, ReadLog.Unpack(look.Subjects).Count()).ShouldBe((GroundCause.Sample, Purpose.Assurance, 2));

        (await rig.Samples.CheckAsync(await rig.AsAsync("iris"), iris, mine.Lines[0].Id, true, null, default)).Done.ShouldBeFalse();
        (await rig.Samples.CheckAsync(await rig.AsAsync("ian"), ian, mine.Lines[0].Id, false, "", default)).Refusal!.Field.ShouldBe("found");
        (await rig.Samples.CheckAsync(await rig.AsAsync("ian"), ian, mine.Lines[0].Id, true, "Receipt seen", default)).Refusal.ShouldBeNull();
        var after = await rig.Samples.ReadAsync(await rig.ReadingAsync("ian", "sample"), month, default);
        after.Lines.Single(l => l.Id == mine.Lines[0].Id).ShouldSatisfyAllConditions(l => l.State.ShouldBe(SampleState.Right), l => l.Name.ShouldBeNull());
        after.Lines.Single(l => l.Id == mine.Lines[1].Id).ShouldSatisfyAllConditions(l => l.Name.ShouldNotBeNull(), l => l.IsLate.ShouldBeFalse());

        rig.Funds.Clock.Advance(TimeSpan.FromDays(15));
        (await rig.Samples.ReadAsync(await rig.ReadingAsync("ian", "sample"), month, default)).Lines.Single(l => l.State == SampleState.Drawn).IsLate.ShouldBeTrue("no proof after 14 days is flagged");
        rig.Funds.Clock.Advance(TimeSpan.FromDays(16));
        (await rig.Samples.ReadAsync(await rig.ReadingAsync("ian", "sample"), month, default)).Lines.ShouldAllBe(l => l.Name == null, "its thirty days are over");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-05")]
    public async Task Reconcile_OpensOneName_ForAnHour_WithTheLineItIsMatchedWith(Db kind)
    {
        await using var rig = await Rig.StartAsync(kind);
        var (request, award) = await rig.AwardedAsync();
        var ian = await rig.WhoAsync("ian");
        async Task<string?> NameAsync(string handle) => await rig.Samples.NameAsync(await rig.ReadingAsync(handle, "reconcile"), award, default);

        (await NameAsync("ian")).ShouldBeNull();
        (await rig.LooksAsync()).ShouldNotContain(l => l.Page == "reconcile");
        (await rig.Samples.ToReconcileAsync(await rig.AsAsync("ian"), ian, award, "48", default)).Refusal!.Field.ShouldBe("line");
        (await rig.Samples.ToReconcileAsync(await rig.AsAsync("lorna"), await rig.WhoAsync("lorna"), award, "File of 12 November, line 48", default)).Done.ShouldBeFalse();
        (await rig.Samples.ToReconcileAsync(await rig.AsAsync("ian"), ian, award, "File of 12 November, line 48", default)).Refusal.ShouldBeNull();

        (await NameAsync("ian")).ShouldBe("Quenby Zzcanary");
        (await NameAsync("iris")).ShouldBeNull();
        (await rig.LooksAsync()).Where(l => l.Page == "reconcile").ShouldHaveSingleItem().ShouldSatisfyAllConditions(l => l.Basis.ShouldBe(GroundCause.Reconcile), l => ReadLog.Unpack(l.Subjects).ShouldBe([request.HouseholdId]));
        rig.Funds.Clock.Advance(TimeSpan.FromMinutes(61));
        (await NameAsync("ian")).ShouldBeNull();
    }
}
