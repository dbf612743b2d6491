using System.Text.RegularExpressions;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Core.Tests.Households;
using AnyDoor.Reporting;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Reporting;

/// <summary>What in the log is worth a question, and the words of the log itself.</summary>
[Requirement("R-ISA-05")]
public sealed partial class UnusualLooksTests
{
    private static readonly DateOnly Today = LondonTime.DayOf(Desk.Now);

    [Theory, OnBothDatabases]
    public async Task Find_EachPattern_IsSaidInASentence_AndGoesAwayWhenSeenTo(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var looks = new UnusualLooks(desk.Test.Database, desk.Commands, Rules(("many-records", 3), ("out-of-hours", 1), ("same-surname", 1), ("colleague", 1), ("no-later-work", 3), ("reasons-given", 1), ("found-nobody", 2), ("many-refused", 2), ("search-held", 1)));
        var (namesake, colleague, other) = (await desk.HomeAsync(people: new Told("Rowena Wexcombe")), await desk.HomeAsync(people: new Told("Joy Petherwin")), await desk.HomeAsync(people: new Told("Leanne Harrowmere")));
        foreach (var home in new[] { namesake, colleague, other }) await OpenedAsync(desk, home.Id);
        await OpenedAsync(desk, other.Id, basis: GroundCause.StatedReason);
        await OpenedAsync(desk, other.Id, at: Desk.Now.Date.AddHours(23));
        await desk.Reader.SearchAsync(Desk.As(desk.Nadia, page: "search"), "Nobody Atall", default);
        await desk.Reader.SearchAsync(Desk.As(desk.Nadia, page: "search"), "Nobody Else", default);
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), other.Id, default)).ShouldBeNull();
        (await desk.Reader.OpenAsync(Desk.As(desk.Nadia), Guid.NewGuid(), default)).ShouldBeNull();
        var limits = new SearchLimits(desk.Commands, UnusualRules.Current with { SearchesAnHour = 1 });
        (await limits.CountAsync(Desk.As(desk.Nadia), false, default)).ShouldBeNull();
        for (var i = 0; i < 3; i++) (await limits.CountAsync(Desk.As(desk.Nadia), false, default))!.Sentence.ShouldContain("46 minutes");

        var found = (await looks.FindAsync(Today.AddDays(-6), Today, default)).Patterns;

        found.Select(p => p.Rule.Id).ShouldBe(["many-records", "out-of-hours", "same-surname", "colleague", "no-later-work", "reasons-given", "found-nobody", "many-refused", "search-held"], ignoreOrder: true);
        found.ShouldAllBe(p => p.Worker == "Nadia Wexcombe" && p.Day == Today && p.Sentence.Length > 20 && !p.Sentence.Contains("Harrowmere") && p.SeenAt == null);
        found.Single(p => p.Rule.Id == "many-records").Sentence.ShouldBe("Opened 3 records between 10am and 11am. From 3 it is shown here.");
        found.Single(p => p.Rule.Id == "many-refused").Sentence.ShouldContain("2 records");
        found.Single(p => p.Rule.Id == "search-held").Sentence.ShouldContain("1 hour", customMessage: "told once however often it is tried");

        (await looks.SeenAsync(desk.Nadia.For(Purpose.Assurance, "phone-county-hub", Desk.Now), "colleague", desk.Nadia.WorkerId, Today, default)).Refusal!.Sentence.ShouldBe("This is a look of your own. Somebody else decides about it.");
        (await looks.SeenAsync(Maren, "colleague", desk.Nadia.WorkerId, Today, default)).Value.ShouldBeTrue();
        (await looks.SeenAsync(Maren, "no-such-rule", desk.Nadia.WorkerId, Today, default)).Value.ShouldBeFalse();
        var after = (await looks.FindAsync(Today.AddDays(-6), Today, default)).Patterns;
        after.Single(p => p.Rule.Id == "colleague").SeenAt.ShouldNotBeNull();
        after[^1].Rule.Id.ShouldBe("colleague", "what is seen to comes last");
        (await looks.FindAsync(Today.AddDays(-13), Today.AddDays(-7), default)).Patterns.ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Find_OrdinaryWork_StandsOutNowhere(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var home = await desk.HomeAsync(people: new Told("Leanne Harrowmere"));
        await OpenedAsync(desk, home.Id);
        await desk.Commands.RunAsync(desk.Nadia.For(Purpose.RespondToRequest, "county-hub", Desk.Now), c => { c.Record("request.contact", household: home.Id); return Task.FromResult<Result<Nothing>>(Nothing.Value); }, default);

        (await new UnusualLooks(desk.Test.Database, desk.Commands, Rules(("many-records", 2), ("no-later-work", 1), ("found-nobody", 1), ("many-refused", 1))).FindAsync(Today, Today, default)).Patterns.ShouldBeEmpty();
    }

    /// <summary>Fault case F15: whoever tries name after name is held, alike for a name that is known and one that is not.</summary>
    [Theory, OnBothDatabases]
    public async Task Count_OverTheHoursNumber_IsHeldUntilTheHourIsOut_ForThatWorkerAlone(Db kind)
    {
        await using var desk = await Desk.OpenAsync(kind);
        var limits = new SearchLimits(desk.Commands, UnusualRules.Current with { SearchesAnHour = 3, TypedAnHour = 5 });
        for (var i = 0; i < 3; i++) (await limits.CountAsync(Desk.As(desk.Joy), false, default)).ShouldBeNull();

        (await limits.CountAsync(Desk.As(desk.Joy), false, default))!.Code.ShouldBe("search-held");
        (await limits.CountAsync(Desk.As(desk.Nadia), false, default)).ShouldBeNull();
        (await limits.CountAsync(Desk.As(desk.Joy), true, default)).ShouldBeNull("typing somebody in is counted apart");
        (await limits.CountAsync(Desk.As(desk.Joy, at: Desk.Now.AddMinutes(50)), false, default)).ShouldBeNull("the next hour");
        await using var db = desk.Test.Database.Open();
        (await db.Set<AuditEvent>().CountAsync(e => e.Kind == SearchLimits.Held)).ShouldBe(1);
    }

    /// <summary>Each kind of event that the code writes is said in words by the room that writes it.</summary>
    [Fact]
    public void EveryKindOfEvent_HasWords()
    {
        var core = Path.Combine(TestRun.Root, "src");
        var kinds = Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Recorded().Matches(File.ReadAllText(f)).SelectMany(m => Kind().Matches(m.Value)).Select(k => k.Groups[1].Value)).Distinct().ToList();

        kinds.Count.ShouldBeGreaterThan(60);
        kinds.Where(k => !EventSentences.Knows(k)).ShouldBeEmpty("Add the words to the room's own Events file.");
    }

    private static AuditContext Maren => new(Actor.Worker(Guid.NewGuid(), "maren"), null, "phone-county-hub", Purpose.Assurance, Desk.Now);

    private static UnusualRules Rules(params (string Id, int AtLeast)[] rules) => UnusualRules.Current with { Rules = [.. rules.Select(r => UnusualRules.Current.Rules.Single(x => x.Id == r.Id) with { AtLeast = r.AtLeast })] };

    private static Task OpenedAsync(Desk desk, Guid household, string basis = "in-contact", DateTime? at = null) =>
        desk.Log.RecordAsync(desk.Nadia.For(Purpose.RespondToRequest, "county-hub", at ?? Desk.Now), "household", basis, [household], default);

    [GeneratedRegex("""\.Record\((?!Async)[^;]*?(?:,|\);)|MoveAsync\(c, reference, "[a-z.-]+"|"menu\.[a-z-]+"|ChangeAsync\(who, serviceId, "[a-z.-]+""")]
    private static partial Regex Recorded();

    [GeneratedRegex("\"([a-z-]+\\.[a-z-]+)\"")]
    private static partial Regex Kind();
}
