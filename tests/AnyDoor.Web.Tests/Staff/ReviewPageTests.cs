using System.Net;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A second look from the hub's page to the reviewer's and back; and the pages on which a fund manager meets a name.</summary>
public sealed class ReviewPageTests : IAsyncLifetime
{
    private const string Disagree = "It was gone in two days, because the boiler broke";
    private readonly Office office = new();
    private Received request = null!;
    private string award = null!;

    public async ValueTask InitializeAsync()
    {
        await office.InitializeAsync();
        var job = new AuditContext(Actor.Job("test"), null, "test", Purpose.Assurance, office.Now.AddDays(-1));
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("lorna", "Lorna Spindlewick", "County hub", "reviewer", job, default)).Done.ShouldBeTrue();
        request = await office.ReceiveAsync("Quenby Zqname", why: "zqwords", change: r => r with { Code = "ABCD1234", Address = "7 Zqstreet Drove", District = "E07000010", HouseholdSize = 2, Answers = [new NewAnswer("income.pay_monthly_pence", "98000"), new NewAnswer("needs.matters_most", "\"zqneeds\"")] });
        var nadia = (await office.Get<AnyDoor.Organisations.Staff>().FindAsync("nadia", default))!;
        var made = await office.Get<RequestAwards>().AwardAsync(new AuditContext(new Actor(ActorKind.Worker, nadia.Id, "nadia"), nadia.OrganisationId, "phone-county-hub", Purpose.AwardAndPay, office.Now), nadia,
            new RequestAward(request.Reference, "crisis-and-resilience-fund", "crisis-payment", 4900, "printed-letter", "Pay halved this month", null), new Once("test", "review", [1]), default);
        made.Refusal.ShouldBeNull();
        award = made.Value!.Reference;
    }

    public ValueTask DisposeAsync() => office.DisposeAsync();

    private async Task<string> AskAsync(HttpClient nadia)
    {
        var page = $"/staff/requests/{request.Reference}/second-look";
        (await Office.PostAsync(nadia, page, page, ("About", award), ("InTheirWords", Disagree))).Headers.Location!.ToString().ShouldBe(page);
        await using var db = office.Database.Open();
        return await db.Set<DecisionReview>().Select(r => r.Reference).SingleAsync();
    }

    [Fact]
    [Requirement("R-ISA-02"), Requirement("R-ISA-05"), Requirement("R-DOOR-04")]
    public async Task The_hub_asks_a_reviewer_reads_facts_and_reasons_alone_and_the_answer_comes_back_to_the_hub()
    {
        var nadia = await office.SignedInAsync("nadia");
        var ask = $"/staff/requests/{request.Reference}/second-look";
        foreach (var (about, words, says) in new[] { ("", Disagree, "Choose what they do not agree with."), (award, "short", "Write in a sentence or two"), (award, "Ring her on 07700 900418 about the boiler", "The reviewer is not told who it is.") })
        {
            var refused = await Office.ReadAsync(await Office.PostAsync(nadia, ask, ask, ("About", about), ("InTheirWords", words)));
            refused.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain(says);
            refused.QuerySelector("textarea[name=InTheirWords]")!.TextContent.Trim().ShouldBe(words, "nothing typed is lost");
        }
        var reference = await AskAsync(nadia);
        var lorna = await office.SignedInAsync("lorna");
        (await lorna.GetAsync("/staff")).Headers.Location!.ToString().ShouldBe("/staff/reviews");
        (await Office.GetAsync(lorna, "/staff/reviews")).QuerySelector("tbody")!.TextContent.ShouldContain(Reference.Show(reference));
        var page = $"/staff/reviews/{reference}";
        (await Office.GetAsync(lorna, page)).QuerySelector("main")!.TextContent.ShouldNotContain(Disagree, customMessage: "nothing is read before it is taken");

        (await Office.PostAsync(lorna, page, $"{page}?handler=Take")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var main = (await Office.GetAsync(lorna, page)).QuerySelector("main")!;
        foreach (var seen in new[] { Disagree, "Pay halved this month", "£980.00", "£49.00", "The rules that counted that day" }) main.TextContent.ShouldContain(seen);
        foreach (var kept in new[] { "zqname", "zqstreet", "zqwords", "zqneeds" }) main.InnerHtml.ShouldNotContain(kept, Case.Insensitive, "no name, street or free words");
        (await lorna.GetAsync($"/staff/requests/{request.Reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await office.LooksAsync()).Last(l => l.Page == "review").ShouldSatisfyAllConditions(l => l.Basis.ShouldBe(GroundCause.Review), l => Office.Named(l).ShouldBe([request.HouseholdId]));

        var unsaid = await Office.ReadAsync(await Office.PostAsync(lorna, page, $"{page}?handler=Answer", ("Why", "The broken boiler was not asked about.")));
        unsaid.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Choose: the decision stands");
        unsaid.QuerySelector("textarea[name=Why]")!.TextContent.ShouldContain("The broken boiler");
        (await Office.PostAsync(lorna, page, $"{page}?handler=Answer", ("Stands", "no"), ("Why", "The broken boiler was not asked about."))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(lorna, page)).QuerySelector("main")!.TextContent.ShouldNotContain("£980.00", customMessage: "answered, it is shut");

        (await Office.GetAsync(nadia, $"/staff/requests/{request.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("A second look is answered: to be decided again.");
        (await Office.GetAsync(nadia, ask)).QuerySelector("main")!.TextContent.ShouldContain("The broken boiler was not asked about.");
        foreach (var kind in new[] { "review.asked", "review.taken", "review.again" }) (await office.EventsAsync(kind)).ShouldBe(1, kind);
    }

    /// <summary>Script off, on the page that their own code opened: each sentence is their own, nothing typed is lost, and the reviewer's list says who asked.</summary>
    [Fact]
    [Requirement("R-ISA-05"), Requirement("R-APP-04"), Requirement("R-DOOR-04")]
    public async Task A_resident_asks_for_a_second_look_on_their_own_page_and_reads_there_what_came_of_it()
    {
        (await office.Browser().GetAsync("/request/review")).Headers.Location!.ToString().ShouldBe("/request/where", "without a code there is no such page");
        var own = office.Browser();
        await Office.PostAsync(own, "/request", "/request", ("Reference", request.Reference), ("Code", "ABCD1234"));
        (await Office.GetAsync(own, "/request/where")).QuerySelector("#review a[href='/request/review']").ShouldNotBeNull();
        var page = await Office.GetAsync(own, "/request/review");
        page.QuerySelectorAll("input[name=About]").Select(i => i.GetAttribute("value")).ShouldBe([Reference.Show(award), "nothing"]);
        page.QuerySelectorAll("script[src*='ask'], [onclick]").ShouldBeEmpty();
        foreach (var (about, why, says) in new[] { ("", "", "Choose what is wrong"), ("nothing", "", "Write a few words about why"), ("nothing", "My neighbour Leanne Harrowmere got more", "Leave out names"), ("nothing", new string('a', 1001), "a bit shorter"), ("0000 0000 0000", Disagree, "Choose what is wrong") })
        {
            var refused = await Office.ReadAsync(await Office.PostAsync(own, "/request/review", "/request/review", ("About", about), ("Why", why)));
            refused.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain(says);
            refused.QuerySelector("textarea[name=Why]")!.TextContent.Trim().ShouldBe(why, "nothing typed is lost");
        }
        (await Office.PostAsync(own, "/request/review", "/request/review", ("About", Reference.Show(award)), ("Why", Disagree))).Headers.Location!.ToString().ShouldBe("/request/review");
        var sent = await Office.GetAsync(own, "/request/review");
        sent.QuerySelector("#own")!.TextContent.ShouldContain("You hear from us by Tuesday 8 December.");
        sent.QuerySelectorAll("input[name=About]").Select(i => i.GetAttribute("value")).ShouldBe(["nothing"], "one look at each decision");
        sent.QuerySelector("main")!.TextContent.ShouldNotContain(Disagree, customMessage: "somebody may be watching over them");
        (await office.EventsAsync("review.asked-by-resident")).ShouldBe(1);

        var lorna = await office.SignedInAsync("lorna");
        (await Office.GetAsync(lorna, "/staff/reviews")).QuerySelector("tbody")!.TextContent.ShouldContain("By themselves");
        string reference;
        await using (var db = office.Database.Open()) reference = await db.Set<DecisionReview>().Select(r => r.Reference).SingleAsync();
        var look = $"/staff/reviews/{reference}";
        await Office.PostAsync(lorna, look, $"{look}?handler=Take");
        (await Office.GetAsync(lorna, look)).QuerySelector("main")!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain(Disagree), t => t.ShouldContain("Written by themselves, on their own page"), t => t.ShouldNotContain("Zqname"));
        (await Office.GetAsync(await office.SignedInAsync("nadia"), $"/staff/requests/{request.Reference}/second-look")).QuerySelector("main")!.TextContent.ShouldContain("Asked by themselves, on their own page, on 24 November 2026");
        await Office.PostAsync(lorna, look, $"{look}?handler=Answer", ("Stands", "yes"), ("Why", "The rules allow one payment in a month."));

        var told = await Office.GetAsync(own, "/request/review");
        told.QuerySelector("#own")!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain("It stays as it was."), t => t.ShouldContain("The rules allow one payment in a month."));
        (await Office.PostAsync(own, "/request/review", "/request/review", ("About", Reference.Show(award)), ("Why", Disagree))).Headers.Location!.ToString().ShouldBe("/request/review");
        await Office.PostAsync(own, "/request/review", "/request/review", ("About", "nothing"), ("Why", "No food parcel"));
        var all = await Office.GetAsync(own, "/request/review");
        (all.QuerySelectorAll("#own li").Length, all.QuerySelector("form[method=post] textarea"), all.QuerySelector("#all-asked") is not null).ShouldBe((2, null, true));
        await Office.PostAsync(own, "/request/stop", "/request/stop");
        (await own.GetAsync("/request/review")).Headers.Location!.ToString().ShouldBe("/request/where", "what they stopped stays ended");
    }

    [Fact]
    [Requirement("R-ISA-05"), Requirement("R-DAW-06")]
    public async Task A_fund_manager_meets_a_name_in_a_sample_or_to_reconcile_and_each_look_is_logged()
    {
        var ian = await office.SignedInAsync("ian");
        var trail = $"/staff/awards/{award}";
        (await Office.GetAsync(ian, trail)).Body!.TextContent.ShouldNotContain("Zqname");
        (await Office.PostAsync(ian, "/staff/samples", "/staff/samples?handler=Draw&month=2026-11")).Headers.Location!.ToString().ShouldBe("/staff/samples?month=2026-11");

        var drawn = await Office.GetAsync(ian, "/staff/samples");
        drawn.QuerySelector("main section h2")!.TextContent.ShouldBe("Quenby Zqname");
        drawn.Body!.InnerHtml.ShouldNotContain("zqstreet", Case.Insensitive);
        var sample = drawn.QuerySelector("input[name=Sample]")!.GetAttribute("value")!;
        var refused = await Office.ReadAsync(await Office.PostAsync(ian, "/staff/samples", "/staff/samples?handler=NotRight&month=2026-11", ("Sample", sample)));
        refused.QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Say what is not right");
        (await Office.PostAsync(ian, "/staff/samples", "/staff/samples?handler=Right&month=2026-11", ("Sample", sample), ($"Found-{sample}", "Receipt seen"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(ian, "/staff/samples")).Body!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain("Receipt seen"), t => t.ShouldNotContain("Zqname"));
        (await Office.GetAsync(ian, trail)).Body!.TextContent.ShouldNotContain("Zqname", customMessage: "checked, it is shut");

        (await Office.ReadAsync(await Office.PostAsync(ian, trail, $"{trail}?handler=Reconcile", ("Line", "x")))).QuerySelector(".govuk-error-summary")!.TextContent.ShouldContain("Say which line");
        (await Office.PostAsync(ian, trail, $"{trail}?handler=Reconcile", ("Line", "Paypoint file of 12 November, line 48"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Office.GetAsync(ian, trail)).QuerySelector("#reconcile")!.TextContent.ShouldContain("Quenby Zqname");
        var looks = await office.LooksAsync();
        foreach (var (on, basis) in new[] { ("sample", GroundCause.Sample), ("reconcile", GroundCause.Reconcile) }) looks.ShouldContain(l => l.Page == on && l.Basis == basis && l.Purpose == Purpose.Assurance, on);
        office.Clock.Advance(TimeSpan.FromMinutes(61));
        (await Office.GetAsync(ian, trail)).Body!.TextContent.ShouldNotContain("Zqname");
    }
}
