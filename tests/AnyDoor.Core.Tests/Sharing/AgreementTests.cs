using AnyDoor.Audit;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Core.Tests.Requests;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.Sharing;

/// <summary>The register of sharing agreements, and what the gate makes of it.</summary>
[Requirement("R-ISA-01")]
public sealed class AgreementTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly DateTime Now = Desk.Now;

    private sealed record Room(Hub Hub, Agreements Agreements, Guid Owner) : IAsyncDisposable
    {
        public AuditContext Maren => new(Actor.Worker(Owner, "maren"), Hub.Desk.Nadia.OrganisationId, "phone-county-hub", Purpose.Assurance, Now);
        public Guid Pantry => Hub.Desk.Joy.OrganisationId;

        public static async Task<Room> OpenAsync(Db kind)
        {
            var hub = await Hub.OpenAsync(kind);
            var owner = Guid.CreateVersion7();
            await hub.Desk.Commands.RunAsync(Desk.Job(), c =>
            {
                c.Insert(new Worker { Id = owner, Handle = "maren", Name = "Maren Halliwick", Role = Role.InformationLead, OrganisationId = hub.Desk.Nadia.OrganisationId, Active = true, Invented = true });
                return Task.FromResult<AnyDoor.Common.Result<AnyDoor.Common.Nothing>>(AnyDoor.Common.Nothing.Value);
            }, default);
            return new Room(hub, new Agreements(hub.Desk.Test.Database, hub.Desk.Commands), owner);
        }

        public AgreementTerms Terms(DateOnly? ends = null) => AgreementTerms.Empty with
        {
            Name = "Hub and food banks", WhatFor = "Food and fuel for whoever asks at either door", WhatIsShared = "Name, safe contact and what they need. No health", Parties = [Hub.Desk.Nadia.OrganisationId, Pantry],
            Purposes = [Purpose.RespondToRequest, Purpose.Handover], Categories = [DataCategory.IdentityAndContact, DataCategory.Safety, DataCategory.HouseholdComposition], Bases = ["public-task", "legitimate-interests"], Power = "localism-act-2011-s1",
            Dpia = "DPIA 9", DpiaReviewOn = new DateOnly(2027, 3, 1), StartsOn = new DateOnly(2026, 4, 1), EndsOn = ends ?? new DateOnly(2027, 3, 31), Owner = Owner,
        };

        public async Task<Guid> InForceAsync(AgreementTerms terms)
        {
            var saved = await Agreements.SaveAsync(Maren, null, terms, null, default);
            saved.Refusal.ShouldBeNull();
            (await Agreements.ComeIntoForceAsync(Maren, saved.Value, 1, default)).Refusal.ShouldBeNull();
            return saved.Value;
        }

        public async Task<AnyDoor.Common.Refusal> RefusedAsync(AgreementTerms terms) => (await Agreements.SaveAsync(Maren, null, terms, null, default)).Refusal.ShouldNotBeNull();

        public async Task<Received> SharedWithJoyAsync()
        {
            var request = await Hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today);
            (await new Permissions(Hub.Desk.Test.Database, Hub.Desk.Commands).SayAsync(Hub.Nadia, new NewPermissionSaid(request.HouseholdId, request.ApplicantId, Pantry, "food", true, "spoken"), default)).Done.ShouldBeTrue();
            return request;
        }

        public async Task<bool> JoySeesAsync(Received request, DateTime? at = null) => await Hub.Desk.Reader.OpenAsync(Desk.As(Hub.Desk.Joy, Purpose.Handover, at: at), request.HouseholdId, default) is not null;
        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }

    [Theory, OnBothDatabases]
    public async Task Agreement_InDraftInForceAndEnded_KeepsEachVersionAndItsEvents(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var id = await room.InForceAsync(room.Terms());
        (await room.Agreements.ComeIntoForceAsync(room.Maren, id, 1, default)).Refusal!.Code.ShouldBe(AgreementVersion.WrongState);

        (await room.Agreements.SaveAsync(room.Maren, id, room.Terms(new DateOnly(2028, 3, 31)), null, default)).Value.ShouldBe(id);
        (await room.Agreements.SaveAsync(room.Maren, id, room.Terms(new DateOnly(2028, 4, 30)), 9, default)).Refusal!.Code.ShouldBe(Agreements.Changed);
        var file = (await room.Agreements.FindAsync(id, Today, default))!;
        file.Line.HasDraft.ShouldBeTrue("the old one stands until the new one does");
        file.Line.Version.Number.ShouldBe(1);
        (await room.Agreements.ComeIntoForceAsync(room.Maren, id, 1, default)).Refusal.ShouldBeNull();

        file = (await room.Agreements.FindAsync(id, Today, default))!;
        file.Versions.Select(v => (v.Number, v.State)).ShouldBe([(2, AgreementState.InForce), (1, AgreementState.Ended)]);
        file.Versions[1].WhyEnded.ShouldBe("Version 2 took its place.");
        (await room.Agreements.EndAsync(room.Maren, id, " ", default)).Refusal!.Field.ShouldBe("why");
        (await room.Agreements.EndAsync(room.Maren, id, "The pantry closes", default)).Refusal.ShouldBeNull();
        (await room.Agreements.EndAsync(room.Maren, id, "Once more", default)).Refusal!.Code.ShouldBe(AgreementVersion.WrongState);
        foreach (var what in new[] { "agreement.drafted", "agreement.version-drafted", "agreement.ended" }) (await room.Hub.EventsAsync(what)).ShouldBe(1, what);
        (await room.Hub.EventsAsync("agreement.in-force")).ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task Agreement_EndingWithinThirtyDays_IsListedWithItsOwnerAndEveryFlowThatDependsOnIt_AndRaisedOnce(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        await room.SharedWithJoyAsync();
        await room.InForceAsync(room.Terms(Today.AddDays(30)));
        (await room.Agreements.NeedAsync(room.Maren, room.Pantry, true, default)).Value.ShouldBeTrue();

        var line = (await room.Agreements.ListAsync(Today, default)).ShouldHaveSingleItem();

        line.Version.EndsSoon(Today).ShouldBeTrue();
        line.Version.DaysLeft(Today).ShouldBe(30);
        line.Owner.ShouldBe("Maren Halliwick");
        var flow = line.Depends.ShouldHaveSingleItem();
        (flow.Organisation, flow.Needs, flow.Covered, flow.Workers, flow.Permissions, flow.Handovers).ShouldBe(("waterlees-pantry", true, false, 1, 1, 0));

        var job = new AuditContext(Actor.Job("agreements"), null, "job", Purpose.Assurance, Now);
        (await room.Agreements.RemindAsync(job, default)).ShouldBe(1);
        (await room.Agreements.RemindAsync(job, default)).ShouldBe(0);
        (await room.Agreements.RemindAsync(job with { At = Now.AddDays(16) }, default)).ShouldBe(1, "14 days before, once more");
        (await room.Agreements.RemindAsync(job with { At = Now.AddDays(31) }, default)).ShouldBe(1, "it ran out");
        var raised = await new InformationDesk(room.Hub.Desk.Test.Database, room.Hub.Desk.Commands).RaisedAsync("agreement-", default);
        raised.Select(n => n.Kind).ShouldBe(["agreement-ending", "agreement-ending", "agreement-ended"], ignoreOrder: true);
        raised.ShouldAllBe(n => n.Worker == "Maren Halliwick");
        (await room.Agreements.ListAsync(Today.AddDays(31), default)).Single().Version.State.ShouldBe(AgreementState.Ended);
    }

    [Theory, OnBothDatabases]
    public async Task Gate_WhereAnOrganisationSharesOnlyUnderAnAgreement_SeesWhatOneInForceNames_OnItsDays(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var request = await room.SharedWithJoyAsync();
        (await room.JoySeesAsync(request)).ShouldBeTrue("nobody said that the pantry needs one");

        await room.Agreements.NeedAsync(room.Maren, room.Pantry, true, default);
        (await room.JoySeesAsync(request)).ShouldBeFalse();

        var id = await room.InForceAsync(room.Terms() with { Categories = [DataCategory.IdentityAndContact] });
        var shown = (await room.Hub.Desk.Reader.OpenAsync(Desk.As(room.Hub.Desk.Joy, Purpose.Handover), request.HouseholdId, default)).ShouldNotBeNull();
        shown.Members[0].Reach.ShouldBeNull("safe contact is not in the agreement, although the household allowed it");
        (await room.JoySeesAsync(request, new DateTime(2027, 4, 1, 0, 30, 0, DateTimeKind.Utc))).ShouldBeFalse("the day after its last");
        (await room.Hub.Desk.Reader.OpenAsync(Desk.As(room.Hub.Desk.Joy, Purpose.Casework), request.HouseholdId, default)).ShouldBeNull("casework is none of its purposes");

        await room.Agreements.EndAsync(room.Maren, id, "The pantry closes", default);
        (await room.JoySeesAsync(request)).ShouldBeFalse("ended while the page was open");
        (await room.Hub.Desk.Reader.OpenAsync(Desk.As(room.Hub.Desk.Nadia), request.HouseholdId, default)).ShouldNotBeNull("the hub's own grounds rest on no agreement");
        await room.Agreements.NeedAsync(room.Maren with { At = Now.AddMinutes(1) }, room.Pantry, false, default);
        (await room.JoySeesAsync(request)).ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Handover_ToAnOrganisationWithoutTheAgreementItNeeds_IsRefusedAtSendingAndAtAccepting(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var (first, second) = (await room.Hub.ReceiveAsync("Leanne Harrowmere", Urgency.Today), await room.Hub.ReceiveAsync("Mary Fenwick", Urgency.Today));
        var pantry = new PassOn(room.Pantry, "Waterlees Community Pantry", "A family of four needs food today.", ["food"]);
        (await room.Hub.Requests.PassOnAsync(room.Hub.Nadia, first.Reference, pantry, default)).Done.ShouldBeTrue();

        await room.Agreements.NeedAsync(room.Maren, room.Pantry, true, default);

        (await room.Hub.Requests.PassOnAsync(room.Hub.Nadia, second.Reference, pantry, default)).Refusal!.Code.ShouldBe(Agreements.NotInForce);
        var handover = (await room.Hub.HandoversAsync(first.Reference))[0].Reference;
        var joy = room.Hub.Desk.Joy.For(Purpose.Handover, "food-bank", Now);
        (await room.Hub.Handovers.AnswerAsync(joy, room.Hub.Desk.Joy, handover, HandoverAnswer.Accepted, null, default)).Refusal!.Code.ShouldBe(Agreements.NotInForce);
        (await room.Hub.EventsAsync("handover.answer-refused")).ShouldBe(1);
        await room.InForceAsync(room.Terms());
        (await room.Hub.Handovers.AnswerAsync(joy, room.Hub.Desk.Joy, handover, HandoverAnswer.Accepted, null, default)).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-ISA-03")]
    public async Task Consent_WhereABasisOrAPowerLeavesNoChoice_IsRefusedBesideItsField(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);

        (await room.RefusedAsync(room.Terms() with { Bases = ["public-task", "consent"], Power = null })).ShouldSatisfyAllConditions(r => r.Field.ShouldBe("bases"), r => r.Sentence.ShouldContain("could not freely refuse"));
        AgreementRules.Current.Wrong(AgreementTerms.Empty with { Name = "Hub and city", Bases = ["consent"], Parties = [Guid.NewGuid(), Guid.NewGuid()] }, [Of(OrganisationKind.CountyHub), Of(OrganisationKind.Council)]).Select(r => r.Code).ShouldContain("consent", "two public authorities");
        static Organisation Of(OrganisationKind kind) => new() { Id = Guid.NewGuid(), Handle = "o", Name = "O", Kind = kind, Invented = true };
        (await room.RefusedAsync(room.Terms() with { Bases = ["consent"] })).Sentence.ShouldContain("a statutory power");
        (await room.RefusedAsync(room.Terms() with { Bases = ["public-task"], Condition = "explicit-consent" })).Field.ShouldBe("condition");
        (await room.Agreements.SaveAsync(room.Maren, null, room.Terms() with { Bases = ["consent"], Power = null }, null, default)).Refusal.ShouldBeNull("nobody relies on a task or a power");
        (await room.RefusedAsync(room.Terms() with { Bases = ["habit"] })).Field.ShouldBe("bases");
    }

    [Theory, OnBothDatabases]
    public async Task Section35_WithoutSpecifiedPersonsAnObjectiveTwoFactorsAndTheCode_IsRefusedOnTheRightField(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        var section = AgreementRules.Current.Section35;
        var whole = room.Terms() with
        {
            Bases = ["public-task"], Power = section.Power, Specified = [room.Hub.Desk.Nadia.OrganisationId, room.Pantry], SpecifiedEntry = "Schedule 4, entry 27", Objective = "multiple-disadvantages",
            Factors = ["financial-exclusion", "unemployment"], Checks = [.. section.Checks.Select(c => c.Id)],
        };

        (await room.RefusedAsync(whole with { Specified = [room.Hub.Desk.Nadia.OrganisationId] })).Field.ShouldBe("specified");
        (await room.RefusedAsync(whole with { SpecifiedEntry = " " })).ShouldSatisfyAllConditions(r => r.Field.ShouldBe("specifiedEntry"), r => r.Sentence.ShouldContain("a food bank, which is not a specified person"));
        (await room.RefusedAsync(whole with { Objective = "council-tax" })).Field.ShouldBe("objective");
        (await room.RefusedAsync(whole with { Factors = ["unemployment"] })).Field.ShouldBe("factors");
        (await room.RefusedAsync(whole with { Factors = ["unemployment", "unemployment"] })).Field.ShouldBe("factors");
        (await room.RefusedAsync(whole with { Checks = ["people-told"] })).Field.ShouldBe("checks");
        (await room.Agreements.SaveAsync(room.Maren, null, whole, null, default)).Refusal.ShouldBeNull();
        (await room.Agreements.SaveAsync(room.Maren, null, whole with { Objective = "fuel-poverty", Factors = [] }, null, default)).Refusal.ShouldBeNull("only one of the four asks for factors");
        section.Factors.Count.ShouldBe(13);
        section.Objectives.Count.ShouldBe(4);
    }

    [Theory, OnBothDatabases]
    public async Task Draft_ThatLacksWhatItMustHold_DoesNotComeIntoForce(Db kind)
    {
        await using var room = await Room.OpenAsync(kind);
        async Task<string?> FieldAsync(AgreementTerms terms)
        {
            var id = (await room.Agreements.SaveAsync(room.Maren, null, terms, null, default)).Value;
            return (await room.Agreements.ComeIntoForceAsync(room.Maren, id, 1, default)).Refusal?.Field;
        }

        (await FieldAsync(AgreementTerms.Empty with { Name = "A first thought" })).ShouldBe("parties");
        (await FieldAsync(room.Terms() with { Parties = [room.Pantry] })).ShouldBe("parties");
        (await FieldAsync(room.Terms() with { Bases = [] })).ShouldBe("bases");
        (await FieldAsync(room.Terms() with { Dpia = null })).ShouldBe("dpia");
        (await FieldAsync(room.Terms() with { DpiaReviewOn = null })).ShouldBe("dpiaReviewOn");
        (await FieldAsync(room.Terms() with { Categories = [DataCategory.HealthAndDisability] })).ShouldBe("condition");
        (await FieldAsync(room.Terms() with { Owner = null })).ShouldBe("owner");
        (await FieldAsync(room.Terms(Today.AddDays(-1)))).ShouldBe("endsOn");
        (await room.RefusedAsync(room.Terms() with { Owner = room.Hub.Desk.Joy.WorkerId })).Field.ShouldBe("owner");
        (await room.Hub.EventsAsync("agreement.in-force")).ShouldBe(0);
    }
}
