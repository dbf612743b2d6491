using System.Net;
using AnyDoor.Households;
using AnyDoor.Requests;
using AnyDoor.Rights;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Web.Tests.Staff;

/// <summary>A person's rights at the screens: asked for, answered in one sitting, disposed of and published, each by who may.</summary>
public sealed class RightsPageTests : IAsyncLifetime
{
    private readonly Office office = new();

    public ValueTask InitializeAsync() => office.InitializeAsync();
    public ValueTask DisposeAsync() => office.DisposeAsync();

    private Task<Received> GethinAsync() => office.ReceiveAsync("Gethin Rushbeck", why: "My brother Rhys lent me £60", change: r => r with { People = [.. r.People, new NewPerson("Rhys Rushbeck", MemberRole.Adult, new DateOnly(1981, 1, 9))], Address = "41 Teasel Way" });

    private static (string, string)[] Letter(string kind) =>
        [("Kind", kind), ("Way", "Letter"), ("Came.Day", "20"), ("Came.Month", "11"), ("Came.Year", "2026"), ("Name", "Gethin Rushbeck"), ("Asked", "Everything since October"), ("How", "Called back on the number we have")];

    private static async Task<string> LedToAsync(Task<HttpResponseMessage> answer)
    {
        var response = await answer;
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.ToString();
    }

    [Fact]
    [Requirement("R-ISA-06")]
    public async Task Copy_FromALetterToTheReleasedCopy_AtTheScreens()
    {
        var gethin = await GethinAsync();
        var maren = await office.SignedInAsync("maren");

        var at = await LedToAsync(Office.PostAsync(maren, "/staff/subject-requests/new", "/staff/subject-requests/new", Letter("Access")));
        var found = await Office.ReadAsync(await Office.PostAsync(maren, at, $"{at}?handler=Find", ("FindText", "Rushbeck")));
        found.Body!.TextContent.ShouldContain("2 records");
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Link", ("person", gethin.ApplicantId.ToString())));
        (await Office.GetAsync(maren, at)).QuerySelectorAll("#goes .any-agreed li .govuk-tag").Skip(1).Select(t => t.TextContent.Trim()).ShouldBe(["Not yet", "Not yet", "Not yet"], "nothing was gathered, so nothing was read and decided");
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Gather"));
        var sheet = await Office.GetAsync(maren, at);
        sheet.QuerySelector("h1")!.TextContent.ShouldBe("A copy for Gethin Rushbeck");
        sheet.Body!.TextContent.ShouldContain("Where we looked");

        var place = sheet.QuerySelectorAll("#places a").First(a => a.TextContent.Contains("Requests and answers", StringComparison.Ordinal)).GetAttribute("href")!;
        var items = await Office.GetAsync(maren, place);
        items.QuerySelectorAll("mark").Select(m => m.TextContent).ShouldContain("Rhys1");
        var item = items.QuerySelectorAll("section.any-card").First(s => s.QuerySelector("mark") is not null);
        var decided = item.QuerySelectorAll("input[type=radio][value=Hide]").Select(i => (i.GetAttribute("name")!, "Hide")).Append(("item", item.QuerySelector("input[name=item]")!.GetAttribute("value")!)).ToArray();
        await LedToAsync(Office.PostAsync(maren, place, $"{place}?handler=Marks", decided));
        var refused = await Office.ReadAsync(await Office.PostAsync(maren, at, $"{at}?handler=Release"));
        refused.QuerySelector(".govuk-error-summary").ShouldNotBeNull();

        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Suggested"));
        (await Office.GetAsync(maren, place)).Body!.TextContent.ShouldContain("in free words: to read");
        foreach (var n in Enumerable.Range(0, SubjectPlaces.All.Count))
        {
            await LedToAsync(Office.PostAsync(maren, $"{at}/place/{n}", $"{at}/place/{n}?handler=LeaveOut", ("why", "About his brother too")));
            await LedToAsync(Office.PostAsync(maren, $"{at}/place/{n}", $"{at}/place/{n}?handler=Read"));
        }
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Way", ("GiveBy", "InPerson")));
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Release"));

        var copy = await Office.GetAsync(maren, $"{at}/copy");
        copy.QuerySelector("#copy")!.TextContent.ShouldContain("Gethin Rushbeck");
        copy.QuerySelector("#copy")!.TextContent.ShouldNotContain("Rhys");
        var file = await maren.GetAsync($"{at}/copy?handler=file");
        (file.Content.Headers.ContentType!.MediaType, (await file.Content.ReadAsStringAsync()).Contains("\"your_rights\"", StringComparison.Ordinal)).ShouldBe(("application/json", true));
        copy.QuerySelector("#copy")!.TextContent.ShouldContain("How long we keep it");
        (await maren.GetAsync($"{at}/place/0")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // It has ended, so nobody's name is read for it.
        (await Office.GetAsync(maren, at)).QuerySelector("h1")!.TextContent.ShouldStartWith("A copy for Gethin Rushbeck");
    }

    /// <summary>On their own page: asked, answered, read there, saved for a computer, and told what came of it.</summary>
    [Fact]
    [Requirement("R-ISA-06")]
    public async Task OwnPage_AsksReadsTheCopyAndTheOutcome()
    {
        var gethin = await office.ReceiveAsync("Gethin Rushbeck", change: r => r with { Code = "ABCD1234", Address = "41 Teasel Way" });
        var own = office.Browser();
        (await LedToAsync(Office.PostAsync(own, "/request", "/request", ("Reference", gethin.Reference), ("Code", "ABCD1234")))).ShouldBe("/request/where");
        (await Office.ReadAsync(await Office.PostAsync(own, "/request/rights", "/request/rights"))).QuerySelector(".govuk-error-summary").ShouldNotBeNull();
        (await LedToAsync(Office.PostAsync(own, "/request/rights", "/request/rights", ("Kind", "Access")))).ShouldBe("/request/rights");
        await LedToAsync(Office.PostAsync(own, "/request/rights", "/request/rights", ("Kind", "Complaint"), ("Asked", "You rang my daughter")));
        (await Office.GetAsync(own, "/request/rights")).QuerySelectorAll("#own li").Length.ShouldBe(2);
        (await own.GetAsync("/request/copy")).Headers.Location!.ToString().ShouldBe("/request/where");
        await using var db = office.Database.Open();
        var asked = await db.Set<SubjectRequest>().ToDictionaryAsync(s => s.Kind, s => s.Reference);
        var (maren, copy, complaint) = (await office.SignedInAsync("maren"), $"/staff/subject-requests/{asked[SubjectKind.Access]}", $"/staff/subject-requests/{asked[SubjectKind.Complaint]}");

        await LedToAsync(Office.PostAsync(maren, copy, $"{copy}?handler=Gather"));
        await LedToAsync(Office.PostAsync(maren, copy, $"{copy}?handler=Suggested"));
        foreach (var n in Enumerable.Range(0, SubjectPlaces.All.Count))
        {
            await LedToAsync(Office.PostAsync(maren, $"{copy}/place/{n}", $"{copy}/place/{n}?handler=LeaveOut", ("why", "Told to him by a person")));
            await LedToAsync(Office.PostAsync(maren, $"{copy}/place/{n}", $"{copy}/place/{n}?handler=Read"));
        }
        await LedToAsync(Office.PostAsync(maren, copy, $"{copy}?handler=Release"));
        (await Office.GetAsync(maren, copy)).QuerySelector("h1")!.TextContent.ShouldBe($"A copy, {AnyDoor.Common.Reference.Show(asked[SubjectKind.Access])}");
        (await Office.GetAsync(maren, complaint)).Body!.TextContent.ShouldContain("A complaint is never refused");
        await LedToAsync(Office.PostAsync(maren, complaint, $"{complaint}?handler=Answer", ("Outcome", "We were wrong to ring her, and wrote it down.")));

        (await Office.GetAsync(own, "/request/copy")).QuerySelector("#copy")!.TextContent.ShouldContain("41 Teasel Way");
        var file = await own.GetAsync("/request/copy?handler=file");
        (file.StatusCode, file.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "application/json"));
        (await file.Content.ReadAsStringAsync()).ShouldContain("\"fields\":[{\"name\":\"Address\"");
        var told = (await Office.GetAsync(own, "/request/rights")).QuerySelector("#own")!.TextContent;
        told.ShouldContain("We were wrong to ring her, and wrote it down.");
        told.ShouldContain("ico.org.uk");
    }

    [Fact]
    [Requirement("R-ISA-05")]
    public async Task OwnRecord_SaysWhatTheySawOnWhichGroundHowOften_AndAQuestionReachesTheLead()
    {
        var gethin = await office.ReceiveAsync("Gethin Rushbeck", change: r => r with { Code = "ABCD1234" });
        var nadia = await office.SignedInAsync("nadia");
        await Office.GetAsync(nadia, $"/staff/requests/{gethin.Reference}");
        await IndexLooksAsync();
        var own = office.Browser();
        await Office.PostAsync(own, "/request", "/request", ("Reference", gethin.Reference), ("Code", "ABCD1234"));

        var page = await Office.GetAsync(own, "/request/record");
        page.QuerySelector("#count").ShouldNotBeNull();
        page.QuerySelector("#looks li")!.TextContent.ShouldContain("They saw your request and who lives with you. This is our job by law.");
        var look = page.QuerySelector("#looks input[name=Look]")!.GetAttribute("value")!;
        (await Office.ReadAsync(await Office.PostAsync(own, "/request/record", "/request/record", ("Look", look), ("Question", "")))).QuerySelector(".govuk-error-summary").ShouldNotBeNull();
        await LedToAsync(Office.PostAsync(own, "/request/record", "/request/record", ("Look", look), ("Question", "I never rang you that day")));

        (await Office.GetAsync(own, "/request/record")).Body!.TextContent.ShouldContain("We have your question");
        await using var db = office.Database.Open();
        var asked = await db.Set<SubjectRequest>().SingleAsync();
        (asked.Kind, asked.Asked.Contains("hub", StringComparison.OrdinalIgnoreCase), asked.Asked.EndsWith("I never rang you that day", StringComparison.Ordinal)).ShouldBe((SubjectKind.Complaint, true, true));
        // The lead reads the whole of it, and prints it for them.
        var list = await Office.GetAsync(await office.SignedInAsync("maren"), $"/staff/subject-requests/{asked.Reference}/looks");
        list.QuerySelector("#looks")!.TextContent.ShouldContain("What allowed it: an open request");
    }

    /// <summary>The sealer's index, at once.</summary>
    private Task IndexLooksAsync() => office.Get<AnyDoor.Audit.Commands>().RunAsync(new AnyDoor.Audit.AuditContext(AnyDoor.Audit.Actor.Job("test"), null, "test", AnyDoor.Audit.Purpose.Assurance, office.Now), async c =>
    {
        var there = await c.Db.Set<AnyDoor.Audit.ReadSubject>().Select(s => s.ReadEventId).ToListAsync();
        foreach (var look in (await c.Db.Set<AnyDoor.Audit.ReadEvent>().Where(e => !there.Contains(e.Id)).ToListAsync()).FindAll(e => e.Subjects.Length > 0)) c.Insert(new AnyDoor.Audit.ReadSubject { SubjectId = new Guid(look.Subjects.AsSpan(0, 16), bigEndian: true), ReadEventId = look.Id });
        return (AnyDoor.Common.Result<AnyDoor.Common.Nothing>)AnyDoor.Common.Nothing.Value;
    }, default);

    [Fact]
    public async Task Pause_WithNothingChosen_SaysSoBesideTheField_AndEachEndSaysWhich()
    {
        var maren = await office.SignedInAsync("maren");
        var at = await LedToAsync(Office.PostAsync(maren, "/staff/subject-requests/new", "/staff/subject-requests/new", Letter("Access")));

        var refused = await Office.ReadAsync(await Office.PostAsync(maren, at, $"{at}?handler=Pause", ("PauseWhy", "We asked which years he means")));
        refused.QuerySelector(".govuk-error-summary a")!.GetAttribute("href").ShouldStartWith("#PauseOn");
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Pause", ("PauseOn", "Scope"), ("PauseWhy", "We asked which years he means")));
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Resume"));

        (await Office.GetAsync(maren, at)).QuerySelector("#clock")!.TextContent.ShouldContain("Their answer came: what they mean");
    }

    [Fact]
    public async Task Adviser_WhoHearsIt_WritesItDown_AndSeesNoMoreOfIt()
    {
        var nadia = await office.SignedInAsync("nadia");

        (await LedToAsync(Office.PostAsync(nadia, "/staff/subject-requests/new", "/staff/subject-requests/new", Letter("Complaint")))).ShouldBe("/staff/subject-requests/new");

        var list = await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/subject-requests");
        list.Body!.TextContent.ShouldContain("A complaint");
        list.Body!.TextContent.ShouldNotContain("Gethin");
        (await nadia.GetAsync(list.QuerySelector("tbody a")!.GetAttribute("href")!)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await nadia.GetAsync("/staff/subject-requests")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task RestrictedRecord_IsNotThereForTheHub_LikeOneThatNeverWas()
    {
        var gethin = await GethinAsync();
        var (maren, nadia) = (await office.SignedInAsync("maren"), await office.SignedInAsync("nadia"));
        var at = await LedToAsync(Office.PostAsync(maren, "/staff/subject-requests/new", "/staff/subject-requests/new", Letter("Restriction")));
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Link", ("person", gethin.ApplicantId.ToString())));
        (await nadia.GetAsync($"/staff/requests/{gethin.Reference}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Restrict", ("RestrictWhy", "He says that it is wrong and we check")));

        foreach (var path in new[] { $"/staff/requests/{gethin.Reference}", $"/staff/households/{gethin.HouseholdId}" }) (await nadia.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await Office.GetAsync(nadia, "/staff/queue")).Body!.TextContent.ShouldNotContain("Rushbeck");
        await LedToAsync(Office.PostAsync(maren, at, $"{at}?handler=Lift", ("LiftTold", "Told him by phone")));
        (await nadia.GetAsync($"/staff/requests/{gethin.Reference}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Retention_IsLookedAtFirst_ThenDisposedOf_AndAHoldKeeps()
    {
        await office.ReceiveAsync("Quenby Oldacre", change: r => r with { SubmittedAt = office.Now.AddYears(-10), FirstContactAt = office.Now.AddYears(-10), Status = RequestStatus.Helped });
        var held = await office.ReceiveAsync("Ottoline Heldbury", change: r => r with { SubmittedAt = office.Now.AddYears(-10), FirstContactAt = office.Now.AddYears(-10), Status = RequestStatus.Helped });
        await office.Get<AnyDoor.Web.Hosting.Housekeeping>().StopAsync(default);
        office.Clock.Advance(TimeSpan.FromMinutes(1));
        var maren = await office.SignedInAsync("maren");
        await LedToAsync(Office.PostAsync(maren, "/staff/retention", "/staff/retention?handler=Hold", ("On", held.Reference), ("What", "LegalClaim"), ("Why", "A claim of 2016 is open")));

        await LedToAsync(Office.PostAsync(maren, "/staff/retention", "/staff/retention?handler=Look"));
        var page = await Office.GetAsync(maren, "/staff/retention");
        page.Body!.TextContent.ShouldNotContain("Oldacre");
        var looked = page.QuerySelector("input[name=looked]")!.GetAttribute("value")!;
        (await Office.PostAsync(maren, "/staff/retention", "/staff/retention?handler=Dispose", ("looked", Guid.NewGuid().ToString()))).StatusCode.ShouldBe(HttpStatusCode.OK, "something else was looked at");
        (await Office.ReadAsync(await Office.PostAsync(maren, "/staff/retention", "/staff/retention?handler=Dispose", ("looked", looked)))).QuerySelector(".govuk-error-summary").ShouldNotBeNull("one press is not enough");
        await using (var now = office.Database.Open()) (await now.Set<DisposalRun>().CountAsync(r => !r.Dry)).ShouldBe(0);
        var count = page.QuerySelectorAll("#due tbody td[data-l='Would go'] span").Sum(s => int.Parse(s.TextContent, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture));
        await LedToAsync(Office.PostAsync(maren, "/staff/retention", "/staff/retention?handler=Dispose", ("looked", looked), ("Typed", $"{count}")));

        var nadia = AnyDoor.Sharing.ReadContext.ForWorker(await office.WorkerAsync("nadia"), AnyDoor.Audit.Purpose.RespondToRequest, "search", "phone-county-hub", office.Now);
        (await office.Get<HouseholdReader>().SearchAsync(nadia, "Oldacre", default)).ShouldBeEmpty();
        (await office.Get<HouseholdReader>().SearchAsync(nadia, "Heldbury", default)).Select(f => f.HouseholdId).ShouldBe([held.HouseholdId]);
        await using var db = office.Database.Open();
        await LedToAsync(Office.PostAsync(maren, "/staff/retention", "/staff/retention?handler=Lift", ("hold", (await db.Set<Hold>().SingleAsync()).Id.ToString())));
    }

    [Fact]
    [Requirement("R-ISA-07")]
    public async Task Figures_ArePublishedInAFrozenEdition_WithSmallCountsHidden()
    {
        for (var i = 0; i < 12; i++) await office.ReceiveAsync($"Person Number{i}", change: r => r with { SchemeId = "winter-support-grant", SourceReference = $"P-{i}", District = i < 9 ? "E07000010" : "E07000011" });
        var hester = await office.SignedInAsync("hester");

        await LedToAsync(Office.PostAsync(hester, "/staff/editions/winter-support-grant", "/staff/editions/winter-support-grant"));

        var csv = await (await hester.GetAsync("/staff/editions/winter-support-grant?handler=csv")).Content.ReadAsStringAsync();
        csv.ShouldContain("fewer than 5");
        csv.ShouldNotContain(",3,");
        (await Office.PostAsync(hester, "/staff/editions/winter-support-grant", "/staff/editions/equality")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var ian = await office.SignedInAsync("ian");
        (await Office.GetAsync(ian, "/staff/editions/winter-support-grant")).QuerySelector("form[method=post] button.govuk-button[data-prevent-double-click]").ShouldBeNull("a fund manager reads, and does not publish");
    }

    [Fact]
    [Requirement("R-ISA-07")]
    public async Task Extract_HoldsNobody_AndIsLoggedWithItsPurpose()
    {
        for (var i = 0; i < 7; i++) await office.ReceiveAsync($"Quill Canary{i}", change: r => r with { District = "E07000010", Address = "7 Canary Drove", Words = "canary words" });
        await office.ReceiveAsync("Hidden Canary", change: r => r with { AddressHidden = true });
        (await office.Get<AnyDoor.Organisations.Staff>().CreateAsync("ana", "Ana Lystwick", "County research", "analyst", new AnyDoor.Audit.AuditContext(AnyDoor.Audit.Actor.Job("test"), null, "test", AnyDoor.Audit.Purpose.Assurance, office.Now), default)).Done.ShouldBeTrue();
        var ana = await office.SignedInAsync("ana");
        (string, string)[] asked = [("From.Day", "1"), ("From.Month", "11"), ("From.Year", "2026"), ("Until.Day", "24"), ("Until.Month", "11"), ("Until.Year", "2026"), ("Why", "Need by area for the winter plan")];

        var first = await (await Office.PostAsync(ana, "/staff/extracts", "/staff/extracts", asked)).Content.ReadAsStringAsync();
        var second = await (await Office.PostAsync(ana, "/staff/extracts", "/staff/extracts", asked)).Content.ReadAsStringAsync();

        first.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(8);
        foreach (var canary in new[] { "Canary", "canary", "Drove", "1990", "07700" }) first.ShouldNotContain(canary);
        string[] Marks(string csv) => [.. csv.Split("\r\n").Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')[0])];
        Marks(first).Intersect(Marks(second)).ShouldBeEmpty("no two extracts can be put side by side");
        (await office.EventsAsync("extract.made")).ShouldBe(2);
        (await Office.ReadAsync(await Office.PostAsync(ana, "/staff/extracts", "/staff/extracts", [.. asked[..6], ("Why", "")]))).QuerySelector(".govuk-error-summary").ShouldNotBeNull();
    }

    /// <summary>A request that its resident stopped has no grounds left; a letter of theirs may be good.</summary>
    [Fact]
    public async Task StoppedRequest_OpensByItsReferenceOnAReason_ThatGoesToReview()
    {
        var stopped = await office.ReceiveAsync();
        (await office.Get<RequestStatusDesk>().StopAsync(stopped.RequestId, new AnyDoor.Audit.AuditContext(AnyDoor.Audit.Actor.Resident(null), null, "web-form", AnyDoor.Audit.Purpose.RespondToRequest, office.Now.AddMinutes(-5)), default)).Done.ShouldBeTrue();
        var nadia = await office.SignedInAsync("nadia");
        (await nadia.GetAsync($"/staff/requests/{stopped.Reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var asked = await Office.ReadAsync(await Office.PostAsync(nadia, "/staff/households", "/staff/households", ("Q", stopped.Reference)));
        var unknown = await Office.ReadAsync(await Office.PostAsync(nadia, "/staff/households", "/staff/households", ("Q", "0000 0000 0")));
        asked.QuerySelector("input[name=reference]").ShouldNotBeNull();
        unknown.QuerySelector("input[name=reference]").ShouldNotBeNull();
        (await LedToAsync(Office.PostAsync(nadia, "/staff/households", "/staff/households?handler=Reason", ("reference", stopped.Reference), ("Reason", "She rang: the letter does not work at the till")))).ShouldBe($"/staff/requests/{stopped.Reference}");
        (await nadia.GetAsync($"/staff/requests/{stopped.Reference}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Office.PostAsync(nadia, "/staff/households", "/staff/households?handler=Reason", ("reference", "000000000"), ("Reason", "She rang: the letter does not work"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Office.GetAsync(await office.SignedInAsync("maren"), "/staff/looks")).Body!.TextContent.ShouldContain("does not work at the till");
    }

    [Fact]
    [Requirement("R-EDI-04")]
    public async Task EqualityQuestions_AreOptional_AndKnowOfNoVisit()
    {
        var browser = office.Browser();

        await office.ReceiveAsync("Person Who answers");

        (await Office.PostAsync(browser, "/equality", "/equality", ("equality.sex", "female"))).Headers.Location!.OriginalString.ShouldBe("/equality?kept=true");
        (await Office.PostAsync(browser, "/equality", "/equality")).Headers.Location!.OriginalString.ShouldBe("/equality?kept=true");

        await using var db = office.Database.Open();
        (await db.Set<EqualityCount>().SumAsync(x => x.Count)).ShouldBe(1);
        var forms = await db.Set<AnyDoor.Requests.Request>().CountAsync();
        for (var i = 1; i < forms; i++) await Office.PostAsync(browser, "/equality", "/equality", ("equality.sex", "female"));
        (await Office.PostAsync(browser, "/equality", "/equality", ("equality.sex", "female"))).Headers.Location!.OriginalString.ShouldBe("/equality?full=true");
        (await Office.GetAsync(browser, "/equality?full=true")).Body!.TextContent.ShouldContain("It changes nothing about your help.");
    }
}
