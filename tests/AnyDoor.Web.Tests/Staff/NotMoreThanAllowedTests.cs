using System.Net;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>What a page could tell beside the record that it shows: what happened to the household, and whether there is such a request at all.</summary>
[Requirement("R-ISA-05")]
public sealed class NotMoreThanAllowedTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    [Fact]
    public async Task What_happened_is_told_to_whoever_sees_needs_and_answers_and_never_who_looked_or_what_was_refused()
    {
        var request = await office.ReceiveAsync();
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("nev", "Nev Orrin", "Waterlees Community Pantry", "navigator", new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now), default)).Done.ShouldBeTrue();
        var (nadia, tom, nev) = (await office.WorkerAsync("nadia"), await office.WorkerAsync("tom"), await office.WorkerAsync("nev"));
        string[] told = ["handover.sent", "award.made"], kept = ["emergency.opened", "tie.declared", "permission.refused", "subject.received", "look.stopped", "match.not-shown", "hold.placed"];
        await office.Get<Commands>().RunAsync<bool>(tom.For(Purpose.RespondToRequest, "test", office.Now), c =>
        {
            foreach (var kind in told.Concat(kept)) c.Record(kind, request.RequestId, request.HouseholdId);
            Grounds.Open(c, GroundCause.HandoverAccepted, request.HouseholdId, Purpose.RespondToRequest, request.RequestId, organisation: nev.OrganisationId);
            return Task.FromResult<Result<bool>>(true);
        }, default);
        async Task<string> PageAsync(string handle) => (await Office.GetAsync(await office.SignedInAsync(handle), $"/staff/households/{request.HouseholdId}")).QuerySelector("main")!.TextContent;

        var (hub, navigator) = (await PageAsync("nadia"), await PageAsync("nev"));

        hub.ShouldContain(Reference.Show(request.Reference));
        hub.ShouldContain("Asked for help");
        foreach (var kind in told) hub.ShouldContain(EventSentences.Of(kind));
        foreach (var kind in kept) hub.ShouldNotContain(EventSentences.Of(kind));
        navigator.ShouldContain("Leanne Harrowmere");
        foreach (var not in told.Concat(kept).Select(EventSentences.Of).Append("Asked for help").Append("What happened").Append(tom.Name).Append(nadia.Name).Append(Reference.Show(request.Reference))) navigator.ShouldNotContain(not);
    }

    [Fact]
    public async Task A_request_that_may_not_be_seen_and_one_that_is_not_there_are_one_answer_and_one_line_in_the_log()
    {
        var closed = await office.ReceiveAsync();
        await office.Get<Commands>().RunAsync<bool>(new AuditContext(Actor.Job("test"), null, "test", Purpose.RespondToRequest, office.Now.AddHours(-1)), async c => { await Grounds.CloseAsync(c, closed.RequestId); return true; }, default);
        var nadia = await office.SignedInAsync("nadia");

        foreach (var page in new[] { "", "/home", "/permissions" })
        {
            var before = (await office.EveryLineAsync()).Count;
            foreach (var reference in new[] { closed.Reference, Reference.New() }) (await nadia.GetAsync($"/staff/requests/{reference}{page}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

            var lines = (await office.EveryLineAsync())[before..];
            lines.Select(l => (l.Basis, l.Subjects.Length)).ShouldBe([(ReadLog.Refused, 16), (ReadLog.Refused, 16)], page);
            lines[0].Page.ShouldBe(lines[1].Page);
        }
    }
}
