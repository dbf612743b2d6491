using AnyDoor.Browser.Tests.Harness;
using AnyDoor.Tests;

namespace AnyDoor.Browser.Tests.Sweep;

/// <summary>Every page that somebody reaches, in a real browser: axe, 320 px, focus, forced colours, the reader's own spacing.</summary>
public abstract class EveryPage(Chromium chromium, DemoProduct demo)
{
    protected Chromium Chromium => chromium;
    protected DemoProduct Demo => demo;

    protected async Task SweepAsync(string? worker, string[] starts)
    {
        var product = await demo.StartedAsync();
        await using var visit = await chromium.VisitAsync(Visitor.Desk, product);
        if (worker is not null) await visit.Page.SignInAsync(worker);
        var wrong = new List<string>();

        var site = new Site(visit.Page, worker is null ? "/" : "/staff");
        await foreach (var path in site.PagesAsync(starts))
            wrong.AddRange((await visit.Page.WrongAsync()).Select(w => $"{worker} at {path}: {w}"));

        wrong.ShouldBeEmpty();
        visit.Complaints.ShouldBeEmpty();
    }
}

public sealed class EveryPageOfResidentsAndDoorsTests(Chromium chromium, DemoProduct demo) : EveryPage(chromium, demo)
{
    [Theory]
    [InlineData(null, "/", "/menu", "/menu/food", "/menu/quality", "/developers", "/hand-out/march/food/family", "/hand-out/wisbech/english/anybody?lang=ur", "/request/where", "/ask/return")]
    [InlineData("joy", "/staff/send", "/staff/sent", "/staff/handovers", "/staff/handovers/files", "/staff/menu", "/staff/menu/edits")]
    [InlineData("wyn", "/staff", "/staff/places", "/staff/doorstep", "/staff/doorstep/march", "/staff/doorstep/march/food", "/staff/doorstep/march/food/family", "/staff/gaps", "/staff/gaps/said")]
    [InlineData("piers", "/staff/gaps", "/staff/gaps/personas", "/staff/weights", "/staff/reports/menu", "/staff/menu", "/staff/menu/due", "/staff/menu/reports", "/staff/menu/edits")]
    [InlineData("lorna", "/staff", "/staff/reviews")]
    [InlineData("wren", "/staff/handovers", "/staff/households", "/staff/emergency", "/staff/ties")]
    [InlineData("petra", "/staff/people", "/staff/people/new", "/staff/systems", "/staff/send")]
    [InlineData("cal", "/staff/gaps", "/staff/gaps/said", "/staff/places/areas/new")]
    [InlineData("hester", "/staff/reports")]
    public Task Is_sound(string? worker, params string[] starts) => SweepAsync(worker, starts);

    [Fact]
    public async Task What_is_not_there_is_a_sound_page_too()
    {
        var product = await Demo.StartedAsync();
        await using var visit = await Chromium.VisitAsync(Visitor.Desk, product);

        await visit.Page.GotoAsync("/no-such-page");

        (await visit.Page.WrongAsync()).ShouldBeEmpty();
    }
}

public sealed class EveryPageOfTheHubAndOfficesTests(Chromium chromium, DemoProduct demo) : EveryPage(chromium, demo)
{
    [Theory]
    [InlineData("nadia", "/staff/queue", "/staff/calls/new", "/staff/emergency", "/staff/ties", "/staff/held", "/staff/subject-requests/new", "/staff/account")]
    [InlineData("ian", "/staff/funds", "/staff/samples", "/staff/imports", "/staff/reports")]
    [InlineData("maren", "/staff/information", "/staff/asked", "/staff/log", "/staff/log/unusual", "/staff/looks", "/staff/agreements", "/staff/agreements/new", "/staff/subject-requests", "/staff/subject-requests/new", "/staff/retention", "/staff/who-sees-what")]
    [InlineData("edwin", "/staff/settings", "/staff/imports", "/staff/people", "/staff/people/new", "/staff/systems", "/staff/held")]
    [InlineData("ada", "/staff/editions", "/staff/extracts", "/staff/take-up")]
    [InlineData("bea", "/staff/emergency")]
    [InlineData("parry", "/staff/parish", "/staff/parish/new")]
    [InlineData("piers", "/staff/places", "/staff/places/all", "/staff/places/area-wisbech", "/staff/places/area-wisbech/plan", "/staff/places/E07000010/team")]
    public Task Is_sound(string worker, params string[] starts) => SweepAsync(worker, starts);
}
