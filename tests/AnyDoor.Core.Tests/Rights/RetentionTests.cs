using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Funds;
using Database = AnyDoor.Data.Database;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Rights;

/// <summary>A database of ten years, disposed of by the schedule: what is over goes, what is open or held stays, money and the chain stay whole.</summary>
public sealed class RetentionTests
{
    private static readonly DateTime Now = Desk.Now;

    private static AuditContext Job(DateTime? at = null) => new(Actor.Job("dispose"), null, "job", Purpose.Assurance, at ?? Now);

    [Fact]
    [Requirement("R-ISA-06")]
    public void Schedule_IsTheOneInTheDocs()
    {
        var path = Path.Combine(TestRun.Root, "docs", "retention.md");
        if (Environment.GetEnvironmentVariable("ANYDOOR_WRITE_DOCS") == "1") File.WriteAllText(path, RetentionSchedule.Current.ToMarkdown());

        File.ReadAllText(path).ShouldBe(RetentionSchedule.Current.ToMarkdown());
    }

    [Fact]
    public void Schedule_EveryRule_HasAPeriodASourceAndAJob()
    {
        foreach (var rule in RetentionSchedule.Current.Rules)
        {
            rule.Source.Length.ShouldBeGreaterThan(10, rule.Id);
            (rule.What == Disposal.Keep).ShouldBe(rule is { Years: null, Days: null }, rule.Id);
            (rule.What == Disposal.Keep ? ["nobody"] : new[] { "retention", "purge-drafts", "purge-sessions", "purge-webhook-events", "purge-take-up", "purge-menu-reports" }).ShouldContain(rule.By, rule.Id);
        }
    }

    [Fact]
    public void Schedule_OfAnUnsentForm_IsWhatResidentsAreTold() => RetentionSchedule.Current["unsent-form"].Days.ShouldBe(ResidentForm.Current.Limits.DraftKeptDays);

    /// <summary>The council's own number, and the hash of its row, lead whoever has the council's list to the household: they go with it, and the row is known again by a keyed mark alone.</summary>
    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Run_AnImportedHouseholdIsOver_ItsSourceLeadsToNobody_AndTheRowSentAgainSaysSo(Db kind)
    {
        await using var world = await RequestImporterTests.World.CreateAsync(kind);
        string[] rows = [RequestImporterTests.Row("T-1"), RequestImporterTests.Row("T-2", first: "Other", submitted: "04/11/2026 05:22", contacted: "06/11/2026 21:22")];
        (await world.ImportTextAsync(rows)).Imported.ShouldBe(2);
        await using var db = world.Test.Database.Open();
        var reference = await db.Set<Request>().Where(r => r.SourceReference == "T-1").Select(r => r.Reference).SingleAsync();
        // Of an age: the file was loaded on the day that it is of.
        var old = await db.Set<Request>().Where(r => r.SourceReference == "T-1").Select(r => r.HouseholdId).SingleAsync();
        await db.Set<Household>().Where(h => h.Id == old).ExecuteUpdateAsync(h => h.SetProperty(x => x.CreatedAt, new DateTime(2010, 12, 4, 6, 0, 0, DateTimeKind.Utc)));
        await db.Set<Request>().Where(r => r.HouseholdId == old).ExecuteUpdateAsync(r => r.SetProperty(x => x.SubmittedAt, new DateTime(2010, 12, 4, 6, 0, 0, DateTimeKind.Utc)).SetProperty(x => x.FirstContactAt, new DateTime(2010, 12, 6, 6, 0, 0, DateTimeKind.Utc)).SetProperty(x => x.Status, RequestStatus.Helped));

        await world.Get<RetentionDesk>().RunAsync(Job(), dry: false, cancel: default);

        (await db.Set<Household>().Where(h => h.ErasedAt != null).Select(h => h.Id).ToListAsync()).ShouldBe([old]);
        var gone = await db.Set<Request>().Where(r => r.HouseholdId == old).Select(r => new { r.SourceReference, r.SourceFingerprint, r.Reference }).SingleAsync();
        (gone.SourceReference!.StartsWith("erased:", StringComparison.Ordinal), gone.SourceReference.Contains("T-1", StringComparison.Ordinal), gone.SourceFingerprint, gone.Reference).ShouldBe((true, false, null, reference));
        // The live row is still the same one; the erased one does not come back by itself.
        var again = await world.ImportTextAsync(rows);
        (again.Imported, again.AlreadyPresent, again.Quarantined.Count).ShouldBe((0, 1, 1));
        again.Quarantined[0].Reason.ShouldContain("T-1 came in before, and its record was erased when its time was over");
        (await world.ImportTextAsync(rows)).Quarantined.Count.ShouldBe(1, "however often");
        (await db.Set<Request>().CountAsync()).ShouldBe(2);
        // They ask anew, under a new reference.
        (await world.ImportTextAsync(RequestImporterTests.Row("T-1-2026"))).Imported.ShouldBe(1);
    }

    private sealed record Ten(Hub Hub, RetentionDesk Desk, Dictionary<string, Received> Homes) : IAsyncDisposable
    {
        public Database Database => Hub.Desk.Test.Database;

        public static async Task<Ten> OpenAsync(Db kind)
        {
            var hub = await Hub.OpenAsync(kind);
            var homes = new Dictionary<string, Received>();
            foreach (var (name, years) in new[] { ("old", 10), ("given", 10), ("lately", 3), ("waiting", 10), ("crisis", 10), ("held", 10), ("scheme", 10), ("joined", 10), ("asks", 10), ("passed", 10), ("with-them", 10), ("new", 0) })
            {
                var at = Now.AddYears(-years).AddDays(-10);
                homes[name] = (await hub.Desk.Commands.RunAsync(Core.Tests.Households.Desk.Job("rang about the meter") with { At = at }, c => Task.FromResult<Result<Received>>(hub.Intake.Receive(c, new NewRequest
                {
                    DoorId = "web-form", People = [new NewPerson($"Quenby {name}", MemberRole.Applicant, new DateOnly(1990, 3, 14))], Contact = new NewSafeContact(ContactWay.Text, Phone: "07700900418"), Urgency = Urgency.Today, UrgencyWhy = "Meter empty", Words = "Nothing left",
                    SubmittedAt = at, FirstContactAt = name == "waiting" ? null : at.AddHours(2), Status = name switch { "waiting" => RequestStatus.Waiting, "passed" or "with-them" => RequestStatus.HandedOver, _ => RequestStatus.Helped }, Invented = true, Address = "41 Teasel Way", District = "E07000010", Needs = ["food"], Answers = [new NewAnswer("needs.own_words", "\"Pay was late\"")],
                })), default)).Value!;
            }
            await hub.Desk.Commands.RunAsync(Core.Tests.Households.Desk.Job(), async c =>
            {
                foreach (var name in new[] { "given", "lately", "scheme" }) Give(c, homes[name], Now.AddYears(name == "lately" ? -3 : -10).AddDays(-9), name == "scheme" ? "winter-support-grant" : "household-support-fund");
                c.Insert(new CrisisEpisode { Id = Guid.NewGuid(), HouseholdId = homes["crisis"].HouseholdId, OpenedOn = LondonTime.DayOf(Now.AddYears(-10)), Why = "No money" });
                // An old form's file says that the other one was passed on, and nobody has it.
                var theirs = homes["with-them"];
                c.Insert(new Handover { Id = Guid.NewGuid(), Reference = Reference.New(), HouseholdId = theirs.HouseholdId, CauseId = theirs.RequestId, Organisation = "Wendle Hardship Trust", Whole = true, Told = "Needs a cooker", Needs = "food", SentAt = Now.AddYears(-10), SentBy = Guid.NewGuid(), AnswerBy = Now.AddYears(-10).AddDays(2), State = HandoverState.Sent, Version = 1 });
                // What is joined into a record of today stays with it.
                await c.Db.Set<Household>().Where(h => h.Id == homes["joined"].HouseholdId).ExecuteUpdateAsync(h => h.SetProperty(x => x.JoinedTo, homes["new"].HouseholdId));
                var ask = new SubjectRequest { Id = Guid.NewGuid(), Reference = Reference.New(), Kind = SubjectKind.Access, State = SubjectState.Open, Way = SubjectWay.Letter, ReceivedOn = LondonTime.DayOf(Now), RecordedAt = Now, Asked = "All of it", GiveBy = GiveBy.NotChosen, Version = 1 };
                c.Insert(ask);
                c.Insert(new SubjectRecord { SubjectRequestId = ask.Id, HouseholdId = homes["asks"].HouseholdId, PersonId = homes["asks"].ApplicantId, At = Now });
                c.Insert(new OutboxMessage { Id = Guid.NewGuid(), MessageId = "request-received", CauseId = homes["lately"].RequestId, HouseholdId = homes["lately"].HouseholdId, PersonId = homes["lately"].ApplicantId, Channel = MessageChannel.Text, HasContent = false, Language = "en", State = MessageState.Sent, CreatedAt = Now.AddYears(-3), Attempts = 1, DueAt = Now.AddYears(-3) });
                return (Result<Nothing>)Nothing.Value;
            }, default);
            var ten = new Ten(hub, new RetentionDesk(hub.Desk.Test.Database, hub.Desk.Commands), homes);
            var lead = hub.Desk.Other(Role.InformationLead).For(Purpose.Assurance, "phone-county-hub", Now);
            (await ten.Desk.HoldAsync(lead, homes["held"].Reference, HoldFor.LegalClaim, "A claim about the letter of 2016", null, default)).Refusal.ShouldBeNull();
            await hub.Desk.Commands.RunAsync(Core.Tests.Households.Desk.Job(), c => { c.Insert(new Hold { Id = Guid.NewGuid(), SchemeId = "winter-support-grant", For = HoldFor.PublicMoney, Why = "The grantor audits it", From = LondonTime.DayOf(Now), PlacedBy = Guid.NewGuid() }); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);
            return ten;
        }

        private static void Give(Command c, Received home, DateTime at, string scheme)
        {
            var application = new Application { Id = Guid.NewGuid(), HouseholdId = home.HouseholdId, RequestId = home.RequestId, SchemeId = scheme, AwardType = "fuel-voucher", Asked = new Money(4900), Door = "web-form", ReceivedAt = at, Status = ApplicationStatus.Decided };
            var award = new Award { Id = Guid.NewGuid(), Reference = Reference.New(), ApplicationId = application.Id, HouseholdId = home.HouseholdId, RequestId = home.RequestId, SchemeId = scheme, AwardType = "fuel-voucher", Category = "energy", Amount = new Money(4900), Delivery = "printed-letter", Status = AwardStatus.Redeemed, EffectiveAt = at, EffectiveOn = LondonTime.DayOf(at), RecordedAt = at, Door = "web-form", Imported = false, Version = 1 };
            c.Insert(application);
            c.Insert(new Decision { Id = Guid.NewGuid(), ApplicationId = application.Id, Outcome = DecisionOutcome.Awarded, SchemeVersion = 1, Reason = "Quenby’s meter was empty", At = at, Imported = false });
            c.Insert(award);
            c.Insert(new LedgerEntry { TransactionId = Guid.NewGuid(), Line = 1, AccountId = Guid.NewGuid(), Amount = new Money(4900), Kind = MoveKind.Redeemed, AwardId = award.Id, EffectiveOn = LondonTime.DayOf(at), RecordedAt = at });
        }

        public async Task<string> NameAsync(string home)
        {
            await using var db = Database.Open();
            return (await db.Set<Person>().SingleAsync(p => p.Id == Homes[home].ApplicantId)).Name;
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    private static Dictionary<string, (int Count, int Held, int Waiting)> Of(DisposalReport report) => report.Lines.ToDictionary(l => l.RuleId, l => (l.Count, l.Held, l.Waiting));

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task Run_OnTenYears_DisposesOfWhatIsOver_AndOfNothingElse(Db kind)
    {
        await using var ten = await Ten.OpenAsync(kind);

        var shown = await ten.Desk.RunAsync(Job(), dry: true, default);
        (await ten.NameAsync("old")).ShouldBe("Quenby old");
        var done = await ten.Desk.RunAsync(Job(), dry: false, default);

        Of(done).ShouldBe(Of(shown));
        Of(done)["household-without-award"].ShouldBe((2, 1, 4)); // old and passed; held; waiting, crisis, an open ask and one that an organisation has
        Of(done)["household-with-award"].ShouldBe((1, 1, 0)); // given; the scheme's hold
        Of(done)["answers"].ShouldBe((1, 0, 0)); // lately
        Of(done)["message"].Count.ShouldBe(1);
        foreach (var gone in new[] { "old", "given", "passed" }) (await ten.NameAsync(gone)).ShouldBe("Erased");
        foreach (var kept in new[] { "lately", "waiting", "crisis", "held", "scheme", "joined", "asks", "with-them", "new" }) (await ten.NameAsync(kept)).ShouldBe($"Quenby {kept}");

        await using var db = ten.Database.Open();
        var (old, given, lately) = (ten.Homes["old"], ten.Homes["given"], ten.Homes["lately"]);
        (await db.Set<Address>().CountAsync(a => a.HouseholdId == old.HouseholdId), await db.Set<SafeContact>().CountAsync(s => s.PersonId == old.ApplicantId), await db.Set<Answer>().CountAsync(a => a.HouseholdId == lately.HouseholdId)).ShouldBe((0, 0, 0));
        (await db.Set<Request>().SingleAsync(r => r.Id == lately.RequestId)).Words.ShouldBeNull();
        (await db.Set<Request>().SingleAsync(r => r.Id == old.RequestId)).District.ShouldBe("E07000010");
        var award = await db.Set<Award>().SingleAsync(a => a.HouseholdId == given.HouseholdId);
        (award.Amount, await db.Set<LedgerEntry>().CountAsync(e => e.AwardId == award.Id)).ShouldBe((new Money(4900), 1));
        (await db.Set<Decision>().SingleAsync(d => d.ApplicationId == award.ApplicationId)).Reason.ShouldBe("Erased");
        (await (from e in db.Set<AuditEvent>() where e.HouseholdId == old.HouseholdId join x in db.Set<AuditContent>() on e.Id equals x.EventId select x).CountAsync()).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task SecondRun_FindsNothing_AndTheChainIsWhole(Db kind)
    {
        await using var ten = await Ten.OpenAsync(kind);
        var checkpoints = new Checkpoints(Path.Combine(ten.Hub.Desk.Test.Folder, "checkpoints"), ten.Hub.Desk.Test.Key);
        await ten.Desk.RunAsync(Job(), dry: false, default);

        var second = await ten.Desk.RunAsync(Job(Now.AddMinutes(1)), dry: false, default);

        second.Count.ShouldBe(0);
        await new Sealer(ten.Database, ten.Hub.Desk.Test.Key, checkpoints, TimeProvider.System).SealNowAsync(default);
        (await new AuditVerifier(ten.Database, ten.Hub.Desk.Test.Key, checkpoints, TimeProvider.System).VerifyAsync(default)).FirstBad.ShouldBeNull();
        (await ten.Desk.RunsAsync(10, default)).Count.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task Nightly_AnnouncesFirst_AndAWeekLaterDoesOnlyWhatWasAnnounced(Db kind)
    {
        await using var ten = await Ten.OpenAsync(kind);

        (await ten.Desk.NightlyAsync(Job(), default))!.Run.Dry.ShouldBeTrue();
        (await ten.Desk.NightlyAsync(Job(Now.AddDays(3)), default)).ShouldBeNull();
        (await ten.NameAsync("old")).ShouldBe("Quenby old");
        // Meanwhile somebody asks for help again, and somebody puts a hold.
        await ten.Hub.Desk.Commands.RunAsync(Core.Tests.Households.Desk.Job() with { At = Now.AddDays(4) }, async c => (Result<Received>)await Intake.ReceiveAgainAsync(c, new NewRequest { DoorId = "web-form", People = [], Contact = new NewSafeContact(ContactWay.Text), Urgency = Urgency.Today, SubmittedAt = Now.AddDays(4), Invented = true }, ten.Homes["old"].HouseholdId, ten.Homes["old"].ApplicantId, null), default);
        var done = (await ten.Desk.NightlyAsync(Job(Now.AddDays(8)), default))!;

        (done.Run.Dry, done.Run.AsOf).ShouldBe((false, LondonTime.DayOf(Now)));
        (await ten.NameAsync("old")).ShouldBe("Quenby old");
        (await ten.NameAsync("given")).ShouldBe("Erased");
        (await ten.Desk.NightlyAsync(Job(Now.AddDays(9)), default))!.Run.Dry.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-06")]
    public async Task WhatStaysOpen_IsListedByMarkAndSince_AndAMarkOfTheLookHolds(Db kind)
    {
        await using var ten = await Ten.OpenAsync(kind);
        var lead = ten.Hub.Desk.Other(Role.InformationLead).For(Purpose.Assurance, "phone-county-hub", Now);
        var old = Disposals.Short(ten.Homes["old"].HouseholdId);
        (await ten.Desk.HoldAsync(lead, old, HoldFor.LegalClaim, "A claim about the letter of 2016", null, default)).Refusal!.Field.ShouldBe("on", "nobody has looked yet");
        var look = await ten.Desk.RunAsync(Job(), dry: true, default);

        var waiting = await ten.Desk.WaitingAsync(look.Run.AsOf, default);

        waiting.Select(w => w.Mark).ShouldBe(new[] { "waiting", "crisis", "asks", "with-them" }.Select(h => Disposals.Short(ten.Homes[h].HouseholdId)), ignoreOrder: true);
        waiting.Single(w => w.Mark == Disposals.Short(ten.Homes["waiting"].HouseholdId)).Since.ShouldBe(LondonTime.DayOf(Now.AddYears(-10).AddDays(-10)));
        (await ten.Desk.HoldAsync(lead, $" {old.ToLowerInvariant()} ", HoldFor.LegalClaim, "A claim about the letter of 2016", null, default)).Refusal.ShouldBeNull();
        (await ten.Desk.HoldAsync(lead, waiting[0].Mark, HoldFor.Safeguarding, "Somebody looks for her still", null, default)).Refusal.ShouldBeNull();
        (await ten.Desk.HoldAsync(lead, Disposals.Short(ten.Homes["new"].HouseholdId), HoldFor.LegalClaim, "It is not in that list", null, default)).Refusal!.Field.ShouldBe("on");
        await ten.Desk.RunAsync(Job(Now.AddMinutes(1)), dry: false, default);
        (await ten.NameAsync("old")).ShouldBe("Quenby old");
    }

    [Fact]
    public void Periods_AreSaidAsPeopleSayThem()
    {
        RetentionSchedule.Current["late-form"].Period.ShouldBe("1 day");
        foreach (var rule in RetentionSchedule.Current.Rules) $"{RetentionRule.InWords(rule.What)}. {rule.Says}".ShouldNotContain("Kept. Kept");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-EDI-04")]
    public async Task EqualityAnswers_StandApart_AndLeadToNobody(Db kind)
    {
        await using var ten = await Ten.OpenAsync(kind);
        var box = new EqualityBox(ten.Hub.Desk.Commands);
        await using var db = ten.Database.Open();
        var forms = await db.Set<Request>().CountAsync(r => r.DoorId == Drafts.Door && r.SubmittedAt >= new DateTime(2026, 10, 31, 0, 0, 0, DateTimeKind.Utc));
        forms.ShouldBeGreaterThan(0);
        var events = await db.Set<AuditEvent>().CountAsync();

        (await box.KeepAsync(Now, new Dictionary<string, string> { ["equality.sex"] = "female", ["equality.disabled"] = "nonsense", ["person.name"] = "Quenby" }, default)).Value.ShouldBe(1);
        (await box.KeepAsync(Now, new Dictionary<string, string>(), default)).Value.ShouldBe(0);

        (await box.CountAsync(default))["equality.sex"]["female"].ShouldBe(1);
        var kept = await db.Set<EqualityCount>().ToListAsync();
        (kept.Count, kept.Sum(k => k.Count), kept.Select(k => k.Month).Distinct().Single()).ShouldBe((EqualityBox.Questions.Sum(q => q.Options!.Count), 1, new DateOnly(2026, 11, 1)));
        var entity = db.Model.FindEntityType(typeof(EqualityCount))!;
        entity.GetProperties().Select(p => p.Name).ShouldBe(["Count", "Fact", "Month", "Option"], ignoreOrder: true);
        (entity.GetForeignKeys().Count(), entity.GetReferencingForeignKeys().Count()).ShouldBe((0, 0));
        (await db.Set<AuditEvent>().CountAsync()).ShouldBe(events, "an event would stand beside the request of whoever answered");
        if (kind == Db.PostgreSql)
            (await db.Database.SqlQueryRaw<string>("SELECT DISTINCT xmin::text AS \"Value\" FROM equality_count").ToListAsync()).Count.ShouldBe(1, "no count is the one that was touched last");

        // Never more answers than forms that came in, however many are sent at once.
        for (var i = 0; i < forms + 20; i++) await box.KeepAsync(Now, new Dictionary<string, string> { ["equality.sex"] = "male" }, default);
        (await box.CountAsync(default))["equality.sex"].Values.Sum().ShouldBe(forms);
        (await box.KeepAsync(Now, new Dictionary<string, string> { ["equality.sex"] = "male" }, default)).Value.ShouldBe(0);
        (await box.CountAsync(default))["equality.sex"].Values.Sum().ShouldBe(forms);
    }
}
