using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Places;
using AnyDoor.Reporting;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnyDoor.Core.Tests.Requests;

/// <summary>A council's form export as it comes: taken whole or not at all, once, with counts that add up.</summary>
public sealed class RequestImporterTests
{
    private static ReadContext Ian(string page) => ReadContext.ForWorker(new WhoIsWorking(Guid.Parse("0199f000-0000-7000-8000-000000000001"), "ian", "Ian Quillmere", Role.FundManager, Guid.Parse("0199f000-0000-7000-8000-000000000002"), "County finance", OrganisationKind.Council), Purpose.AwardAndPay, page, "test", Who.At);
    private static readonly AuditContext Who = new(Actor.Job("test"), null, "command-line", Purpose.RespondToRequest, new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc));
    private const string Scheme = "winter-support-grant";
    private const string Header = "Reference,Submitted at,Door,Applying for,Permission given,First name,Last name,Date of birth,Address,Postcode,Area,Phone,Email,Contact me by,Language,Adults,Children,Ages of children,What do you need?,Meter,How urgent,In your own words,Contacted at,Support given,Value,Passed to";

    private static readonly Mapping Shipped = Mapping.Shipped("winter-support-requests")!;

    internal static string Row(string reference = "T-1", string submitted = "04/12/2020 05:22", string first = "Tamsin", string last = "Underbarrow", string born = "08/08/1992",
        string postcode = "CB2 1QY", string area = "Fenland", string phone = "07700 900319", string by = "Phone", string words = "", string support = "", string value = "", string needs = "Food", string passedTo = "", string contacted = "06/12/2020 21:22") =>
        $"{reference},{submitted},Web form,Myself,,{first},{last},{born},1 Heron Drove,{postcode},{area},{phone},,{by},English,1,2,6; 17,{needs},Prepayment,Today,{words},{contacted},{support},{value},{passedTo}";

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-01"), Requirement("R-HUB-05"), Requirement("R-DAW-05")]
    public async Task Import_TheWinterForm_GivesThePapersFigures(Db kind)
    {
        var file = Shared.Path("demo/winter-support-requests.csv");
        var expected = JsonDocument.Parse(File.ReadAllText(Shared.Path("demo/expected.json"))).RootElement;
        await using var world = await World.CreateAsync(kind);
        await world.Get<PlaceImport>().LoadAsync(Shared.Path("places/postcodes/postcodes_cp_derived.csv.gz"), Who, default);

        var first = await world.ImportAsync(file);
        var figures = await world.FiguresAsync();

        (first.Rows, first.Imported, first.Repeated, first.Quarantined.Count).ShouldBe((3647, 3610, 12, 25));
        foreach (var property in expected.EnumerateObject())
            JsonElement.DeepEquals(property.Value, figures.GetProperty(property.Name)).ShouldBeTrue($"{property.Name}: {figures.GetProperty(property.Name)} instead of {property.Value}");

        var all = await new Queue(world.Get<Database>(), world.Get<Commands>()).ReadAsync(Guid.Empty, new QueueFilter { Tab = QueueTab.All }, Who.At, default);
        all.Tabs[QueueTab.All].ShouldBe(3610);
        all.Districts.Select(d => d.Count).ShouldBe([457, 220, 427, 554, 386, 1566]);

        var second = await world.ImportAsync(file);

        (second.Imported, second.AlreadyPresent, second.Repeated, second.Quarantined.Count).ShouldBe((0, 3610, 12, 25));
        (await world.FiguresAsync()).GetRawText().ShouldBe(figures.GetRawText());
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-05"), Requirement("R-HSF-06")]
    public async Task Figures_EachOpensToLines_ThatAddUpToIt(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.ImportAsync(world.WriteFile("winter.csv", AnyDoor.Demo.DemoWinter.Write()));
        var figures = (await world.Get<Figures>().OfAsync(Scheme, default))!;
        var behind = world.Get<BehindFigures>();
        async Task<(FigurePage First, int Lines, long Pence)> OpenAsync(FigureFilter filter)
        {
            var first = (await behind.OpenAsync(Ian("figure"), filter, 1, default))!;
            var (lines, pence) = (0, 0L);
            for (var page = 1; lines < first.Lines; page++)
            {
                var next = (await behind.OpenAsync(Ian("figure"), filter, page, default))!;
                (next.Requests.Count + next.Awards.Count).ShouldBeGreaterThan(0);
                lines += next.Requests.Count + next.Awards.Count;
                pence += next.Awards.Sum(a => a.Amount.Pence);
            }
            return (first, lines, pence);
        }

        (await OpenAsync(new FigureFilter(Scheme))).Lines.ShouldBe(figures.Requests);
        foreach (var (area, count) in figures.ByArea)
        {
            var (first, lines, _) = await OpenAsync(new FigureFilter(Scheme, District: District.All.Single(d => d.Name == area).Code));
            (first.Count, lines).ShouldBe((count, count), area);
        }
        foreach (var type in new[] { "emergency-food", "fuel-voucher", "hygiene-box", "replacement-appliance" })
        {
            var (first, lines, pence) = await OpenAsync(new FigureFilter(Scheme, Help: type));
            var label = type switch { "emergency-food" => "Emergency food", "fuel-voucher" => "Fuel voucher", "hygiene-box" => "Hygiene box", _ => "Replacement appliance" };
            (first.Count, first.Pence).ShouldBe((figures.Support[label].Households, (long?)figures.Support[label].Pence), type);
            (lines, pence).ShouldBe((first.Lines, figures.Support[label].Pence), type);
        }
        (await OpenAsync(new FigureFilter(Scheme, District: BehindFigures.NotKnown))).Lines.ShouldBe(figures.AreaNotKnown);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-01")]
    public async Task DoorFairness_TheSameNeedByEachDoor_AddsUp_OpensToItsLines_AndShowsADifferenceThatWasMade(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.ImportAsync(world.WriteFile("winter.csv", AnyDoor.Demo.DemoWinter.Write()));
        var same = new SameNeed("heating-or-electricity", Urgency.ThisWeek, Children: true);

        var found = (await world.Get<DoorFairness>().CompareAsync(Scheme, same, default))!;

        found.All.Requests.ShouldBe((await world.Get<Figures>().OfAsync(Scheme, default))!.Requests);
        found.Doors.Sum(d => d.Requests).ShouldBe(found.All.Requests);
        (found.Doors.Sum(d => d.Alike), found.Doors.Sum(d => d.Given)).ShouldBe((found.All.Alike, found.All.Given));
        found.All.Alike.ShouldBeInRange(200, 1000);
        foreach (var door in found.Doors)
        {
            (await LinesAsync(door.Doors, null)).ShouldBe(door.Alike, door.Label);
            (await LinesAsync(door.Doors, true)).ShouldBe(door.Given, door.Label);
            (await LinesAsync(door.Doors, false)).ShouldBe(door.Alike - door.Given, door.Label);
        }

        // Somebody turns away those who came by one door.
        var turned = found.Doors.MaxBy(d => d.Given)!;
        await world.Get<Commands>().RunAsync(Who, async c =>
        {
            await c.Db.Set<Award>().Where(a => c.Db.Set<Request>().Any(r => r.Id == a.RequestId && turned.Doors.Contains(r.DoorId))).ExecuteUpdateAsync(a => a.SetProperty(x => x.Status, AwardStatus.Cancelled));
            return (AnyDoor.Common.Result<bool>)true;
        }, default);
        var after = (await world.Get<DoorFairness>().CompareAsync(Scheme, same, default))!;
        after.Doors.Single(d => d.Label == turned.Label).ReadAgainst(after.All.Share).ShouldBe(ShareReading.Lower);

        async Task<int> LinesAsync(IReadOnlyList<string> doors, bool? given) => (await world.Get<BehindFigures>().OpenAsync(Ian("figure"), new FigureFilter(Scheme, Doors: doors, Same: same, Given: given), 1, default))!.Lines;
    }

    [Theory, OnBothDatabases]
    public async Task Import_NoPostcodesLoaded_TakesAWellFormedOneAsAreaNotKnown_AndLoadingResolvesIt(Db kind)
    {
        await using var world = await World.CreateAsync(kind);

        var summary = await world.ImportTextAsync(Row(area: "", postcode: "cb12qy"), Row("T-2", area: "", postcode: "CB"));

        summary.Imported.ShouldBe(1);
        summary.Quarantined.Single().Reason.ShouldBe("“CB” is only the start of a postcode, and no area is given. Ask for the rest, or add the area.");
        (await world.FiguresAsync()).GetProperty("area_not_known").GetInt32().ShouldBe(1);

        var postcodes = world.WriteFile("postcodes.csv", "pcds,lat,long,laua,lsoa11\nCB1 2QY,52.19,0.13,E07000008,E01017966\n");
        await world.Get<PlaceImport>().LoadAsync(postcodes, Who, default);
        (await world.Get<AreaResolver>().ResolveAsync(Who, default)).ShouldBe(1);

        var figures = await world.FiguresAsync();
        figures.GetProperty("area_not_known").GetInt32().ShouldBe(0);
        figures.GetProperty("by_area").GetProperty("Cambridge City").GetInt32().ShouldBe(1);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DAW-05")]
    public async Task Import_WhatAFormPassedOnLongAgo_IsHistory_AndNobodyWaitsForAnAnswer(Db kind)
    {
        await using var world = await World.CreateAsync(kind);

        (await world.ImportTextAsync(Row(passedTo: "District hub"), Row("T-2", words: "Nothing yet"))).Imported.ShouldBe(2);

        var queue = new Queue(world.Get<Database>(), world.Get<Commands>());
        (await queue.ReadAsync(Guid.Empty, new QueueFilter { Tab = QueueTab.All }, Who.At, default)).Rows.ShouldContain(r => r.PassedTo == "District hub");
        (await queue.ReadAsync(Guid.Empty, new QueueFilter { Tab = QueueTab.PassedOn }, Who.At, default)).Tabs[QueueTab.PassedOn].ShouldBe(0);
        await using var db = world.Test.Database.Open();
        (await (from g in db.Set<Ground>() join r in db.Set<Request>() on g.CauseId equals r.Id orderby r.SourceReference select g.To).ToListAsync())
            .ShouldBe([new DateTime(2020, 12, 6, 21, 22, 0, DateTimeKind.Utc).AddDays(Intake.DaysAfterHelp), null]);
    }

    [Theory, OnBothDatabases]
    public async Task Import_BrokenRows_EachSaysWhatIsWrongAndHowToMendIt(Db kind)
    {
        await using var world = await World.CreateAsync(kind);

        var summary = await world.ImportTextAsync(
            Row("T-1", first: "", last: ""), Row("T-2", born: "31/02/1980"), Row("T-3", born: "12/13/1979"), Row("T-4", born: "1980"), Row("T-5", submitted: "soon"),
            Row("T-6", support: "Fuel voucher", value: "£fifty"), Row("T-7", support: "Fuel voucher; Emergency food", value: "£50.00"), Row("T-8", area: "Atlantis"),
            Row("T-9", area: "", postcode: ""), Row("T-10", phone: "not a phone"), Row("T-11", needs: "A unicorn"), Row("T-12", born: "01/01/2031"), Row("T-13"), Row("T-13", first: "Other"));

        summary.Imported.ShouldBe(1);
        summary.Quarantined.Select(q => q.Reason).ShouldBe(
        [
            "There is no name. Ask whoever took the request, or leave the row out.",
            "There was no 31 February in 1980. Ask the person, or take the row without a date of birth.",
            "There is no month 13. It may be day and month the other way round: 13 December 1979?",
            "“1980” is only a year. Put in the day and month too, like 28/02/1980, or take the row without a date of birth.",
            "“soon” is not a date and time. Put in when the form came, like 04/12/2020 17:20.",
            "“£fifty” is not an amount. Write it in figures, like 50.00.",
            "There are 2 kinds of help and 1 value. Write one value for each, like £32.00; £39.00.",
            "“Atlantis” is not one of the words this column uses: Cambridge City, East Cambridgeshire, Fenland, Huntingdonshire, South Cambridgeshire, Peterborough. Correct it, or add the word to the mapping.",
            "Nothing says where this is. Add a postcode or an area, or choose “no fixed address”.",
            "“not a phone” is not a telephone number. Write it like 07700 900123, or leave it empty.",
            "“A unicorn” is not one of the words this column uses: Food, Heating or electricity, Hygiene and cleaning products, A cooker, fridge or other appliance, Rent or council tax, School uniform or laptop, Someone to talk to, Debt or budgeting. Correct it, or add the word to the mapping.",
            "01/01/2031 is after the request came. Ask the person, or take the row without a date of birth.",
            "The reference T-13 is also on row 14, with other answers. Give one of them a new reference, or leave one out.",
        ]);
        (summary.Rows, summary.Imported + summary.AlreadyPresent + summary.Repeated + summary.Quarantined.Count).ShouldBe((14, 14));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Import_SafeContact_TakesTheStricterOfColumnAndOwnWords(Db kind)
    {
        await using var world = await World.CreateAsync(kind);

        await world.ImportTextAsync(Row("T-1", by: "Phone", words: "\"Separated, please do not ring the landline\""), Row("T-2", by: "Do not phone: text only"), Row("T-3", phone: "7700900319"));

        await using var db = world.Test.Database.Open();
        var contacts = await db.Set<SafeContact>().ToListAsync();
        var strict = contacts.Single(x => x.Words != null);
        strict.CheckBeforeContact.ShouldBeTrue();
        strict.DoNot.HasFlag(DoNot.Phone | DoNot.Landline).ShouldBeTrue();
        contacts.Single(x => x.By == ContactWay.Text).DoNot.ShouldBe(DoNot.Phone);
        contacts.ShouldAllBe(x => x.Phone == "07700900319");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DA-02")]
    public async Task Import_SavedAsWindows1252_KeepsItsLetters_AndHearsHowNotToReachThem(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        var text = Header + "\r\n" + string.Join("\r\n", Row("T-1", first: "Zoé", last: "O’Dunmore", words: "Please don’t ring me"), Row("T-2", first: "Zoë")) + "\r\n";
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text);
        bytes.ShouldContain((byte)0x92);

        (await world.ImportAsync(world.WriteFile("form.csv", bytes))).Imported.ShouldBe(2);

        await using var db = world.Test.Database.Open();
        (await db.Set<Person>().Where(p => p.Name.StartsWith("Zo")).Select(p => p.Name).Order().ToListAsync()).ShouldBe(["Zoé O’Dunmore", "Zoë Underbarrow"], ignoreOrder: true);
        (await db.Set<Request>().Where(r => r.Words != null).Select(r => r.Words).SingleAsync()).ShouldBe("Please don’t ring me");
        (await db.Set<SafeContact>().SingleAsync(c => c.CheckBeforeContact)).DoNot.HasFlag(DoNot.Phone).ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Import_Utf8_WithOrWithoutItsMark_IsReadAsItIs_AndOneThatOnlySaysSoIsRefused(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        // Long enough that letters of two bytes and more fall across the edges of what is read at once.
        var rows = string.Concat(Enumerable.Range(0, 700).Select(i => Row($"T-{i}", first: "Zoé", words: new string('’', 100 + i % 3)) + "\r\n"));
        var plain = Encoding.UTF8.GetBytes(Header + "\r\n" + rows);

        (await world.ImportAsync(world.WriteFile("plain.csv", plain))).Imported.ShouldBe(700);
        (await world.ImportAsync(world.WriteFile("marked.csv", [.. Encoding.UTF8.Preamble, .. plain]))).AlreadyPresent.ShouldBe(700);
        var refused = await Should.ThrowAsync<InvalidDataException>(() => world.ImportAsync(world.WriteFile("joined.csv", [.. Encoding.UTF8.Preamble, .. plain, 0x92, (byte)'\r', (byte)'\n'])));

        refused.Message.ShouldBe("joined.csv says that it is UTF-8, and some of its letters are not. Save it as CSV (UTF-8) and try again.");
        await using var db = world.Test.Database.Open();
        (await db.Set<Person>().CountAsync(p => p.Name == "Zoé Underbarrow")).ShouldBe(700);
    }

    [Theory, OnBothDatabases]
    public async Task Import_ACellThatHoldsANull_IsSetAside_AndTheRestComesIn(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        string[] rows = [Row("T-1", words: "Gas runs\0out"), Row("T\0-2"), Row("T-3", area: "Fen\0land"), Row("T-4")];

        var summary = await world.ImportTextAsync(rows);

        summary.Imported.ShouldBe(1);
        summary.Quarantined.Select(q => (q.Row, q.Column)).ShouldBe([(2, "In your own words"), (3, "Reference"), (4, "Area")]);
        summary.Quarantined.ShouldAllBe(q => q.Reason == "This holds a character that is not text (a null). Type it again without it, or leave it empty.");
        (await world.ImportTextAsync(rows)).Quarantined.Count.ShouldBe(3);
        var words = (await world.AsideAsync()).Single(q => q.Row == 2);
        (await world.Get<RequestImporter>().MendAsync(words.Id, new Dictionary<string, string> { ["In your own words"] = "Gas runs out" }, Who, default)).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Import_ACorrectedRowSentTwice_IsSetAsideOnce_AndCountedAsRepeated(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        string[] rows = [Row("T-1", first: "Alma"), Row("T-1", first: "Bethan"), Row("T-1", first: "Bethan"), Row("T-2")];

        var first = await world.ImportTextAsync(rows);
        var figures = await world.FiguresAsync();
        var second = await world.ImportTextAsync(rows);

        (first.Rows, first.Imported, first.AlreadyPresent, first.Repeated, first.Quarantined.Count).ShouldBe((4, 2, 0, 1, 1));
        (second.Rows, second.Imported, second.AlreadyPresent, second.Repeated, second.Quarantined.Count).ShouldBe((4, 0, 2, 1, 1));
        first.Quarantined.Single().Row.ShouldBe(3);
        (figures.GetProperty("rows_in_file").GetInt32(), figures.GetProperty("requests").GetInt32(), figures.GetProperty("repeated_rows").GetInt32(), figures.GetProperty("quarantined").GetInt32()).ShouldBe((4, 2, 1, 1));
        (await world.FiguresAsync()).GetRawText().ShouldBe(figures.GetRawText());
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HSF-06")]
    public async Task Import_WhatTheSchemeDoesNotBear_IsSetAsideRowByRow_AndTheRestComesIn(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        (await world.Get<SchemeService>().AllotAsync(Who, Scheme, new Money(100_00 - 1_469_000_00), default)).Done.ShouldBeTrue();
        var mapping = Shipped with { Words = Shipped.Words with { Support = [.. Shipped.Words.Support, new MappingWord("school-meal", ["School meal"])] } };
        string[] rows =
        [
            Row("T-1", support: "Fuel voucher", value: "£39.00"), Row("T-2", support: "Fuel voucher", value: "£39.00", contacted: "06/04/2021 10:00"), Row("T-3", support: "Fuel voucher", value: "£39.00", contacted: "01/10/2020 10:00"),
            Row("T-4", support: "Fuel voucher", value: "£39.00", contacted: "06/04/2121 10:00"), Row("T-5", contacted: "06/04/2021 10:00"), Row("T-6", support: "Emergency food; Hygiene box", value: "£60.00; £1.01"),
            Row("T-7", support: "School meal", value: "£20.00"), Row("T-8", support: "Emergency food", value: "£61.00"), Row("T-9", support: "Hygiene box", value: "£0.01"), Row("T-10", support: "Hygiene box", value: "£900000000000.00"),
        ];

        var strict = await world.ImportTextAsync(mapping, strict: true, rows);
        var summary = await world.ImportTextAsync(mapping, strict: false, rows);

        summary.Imported.ShouldBe(3);
        summary.Quarantined.Select(q => (q.Row, q.Column, q.Reason)).ShouldBe(
        [
            (3, "Contacted at", "Winter Support Grant gives no awards after 31 March 2021, and this support is dated 6 April 2021. Correct when they were contacted, or take the support and its value out."),
            (4, "Contacted at", "Winter Support Grant gives awards from 1 December 2020, and this support is dated 1 October 2020. Correct when they were contacted, or take the support and its value out."),
            (5, "Contacted at", "06/04/2121 10:00 has not come yet. Put in when they were contacted, or leave it empty."),
            (7, "Value", "Winter Support Grant has less than £61.01 left to award. Correct the value, or raise the scheme’s allocation and send the row in again."),
            (8, "Support given", "Winter Support Grant does not give that. It gives: emergency food, fuel voucher, hygiene box, replacement appliance. Correct the support, or take it and its value out."),
            (10, "Value", "Winter Support Grant has less than £0.01 left to award. Correct the value, or raise the scheme’s allocation and send the row in again."),
            (11, "Value", "“£900000000000.00” is not an amount. Write it in figures, like 50.00."),
        ]);
        strict.Quarantined.ShouldBe(summary.Quarantined);
        strict.ImportId.ShouldBeNull();
        (await world.FiguresAsync()).GetProperty("total_pence").GetInt64().ShouldBe(10_000);
        (await world.ImportTextAsync(mapping, strict: false, rows)).Quarantined.ShouldBe(summary.Quarantined);
    }

    [Theory, OnBothDatabases]
    public async Task Import_GivenAfterTheSchemeWasClosedEarly_IsSetAside_AndMendingItAsksTheSchemeToo(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.Get<SchemeService>().CloseAtAsync(Who, Scheme, new DateTime(2021, 2, 1, 12, 0, 0, DateTimeKind.Utc), "The money is spent.", default);

        (await world.ImportTextAsync(Row("T-1", support: "Hygiene box", value: "£20.00", contacted: "01/02/2021 12:30"), Row("T-2"))).Imported.ShouldBe(1);

        var row = (await world.AsideAsync()).Single();
        row.Reason.ShouldBe("Winter Support Grant gives no awards from 12 noon on 1 February 2021, and this support is dated 1 February 2021. Correct when they were contacted, or take the support and its value out.");
        (await world.Get<ImportReports>().RowAsync(Ian("import"), row.Id, default))!.Broken.Select(b => b.Column).ShouldBe(["Contacted at", "Support given", "Value"]);
        Task<Result<Received>> MendAsync(string contacted) => world.Get<RequestImporter>().MendAsync(row.Id, new Dictionary<string, string> { ["Contacted at"] = contacted }, Who, default);
        (await MendAsync("02/02/2021 09:00")).Refusal!.Field.ShouldBe("Contacted at");
        (await MendAsync("01/02/2021 11:59")).Done.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-HUB-05")]
    public async Task Import_Again_WithTheMappingMended_BringsInWhatCanBeReadNow_AndKeepsWhatIsLeftOut(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        string[] rows = [Row("T-1"), Row("T-2", area: "The Fens", support: "Hygiene box", value: "£20.00"), Row("T-3", area: "The Fens"), Row("T-4", area: "The Fens", needs: "A unicorn"), Row("T-5", area: "The Fens", needs: "A unicorn"), Row("T-1")];
        var mended = Shipped with { Words = Shipped.Words with { Areas = [.. Shipped.Words.Areas.Select(a => a.Id == "Fenland" ? a with { Words = [.. a.Words, "The Fens"] } : a)] } };
        await world.ImportTextAsync(rows);
        var leftOut = (await world.AsideAsync()).Single(q => q.Row == 4);
        (await world.Get<RequestImporter>().LeaveOutAsync(leftOut.Id, "Asked for by mistake", Who, default)).Done.ShouldBeTrue();

        var second = await world.ImportTextAsync(mended, strict: false, rows);
        var figures = await world.FiguresAsync();
        var third = await world.ImportTextAsync(mended, strict: false, rows);

        (second.Rows, second.Imported, second.AlreadyPresent, second.Repeated, second.Quarantined.Count).ShouldBe((6, 1, 2, 1, 2));
        (third.Rows, third.Imported, third.AlreadyPresent, third.Repeated, third.Quarantined.Count).ShouldBe((6, 0, 3, 1, 2));
        (await world.AsideAsync()).Select(q => (q.Row, q.State, q.Column)).ShouldBe(
            [(3, QuarantineState.Mended, "Area"), (4, QuarantineState.LeftOut, "Area"), (5, QuarantineState.SetAside, "What do you need?"), (6, QuarantineState.SetAside, "What do you need?")]);
        (figures.GetProperty("rows_in_file").GetInt32(), figures.GetProperty("requests").GetInt32(), figures.GetProperty("quarantined").GetInt32(), figures.GetProperty("total_pence").GetInt64()).ShouldBe((6, 2, 2, 2000));
        (await world.FiguresAsync()).GetRawText().ShouldBe(figures.GetRawText());
        var counts = (await world.Get<ImportReports>().ListAsync(default)).Single();
        (counts.AddsUp, counts.CameIn, counts.AlreadyIn, counts.SetAside, counts.Mended, counts.LeftOut).ShouldBe((true, 2, 0, 2, 1, 1));

        // What is mended by hand later is read by the mended mapping: its area is known.
        var waiting = (await world.AsideAsync()).Single(q => q.Row == 5);
        (await world.Get<RequestImporter>().MendAsync(waiting.Id, new Dictionary<string, string> { ["What do you need?"] = "Food" }, Who, default)).Done.ShouldBeTrue();
        (await world.Get<ImportReports>().ListAsync(default)).Single().AddsUp.ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task Import_Again_WithThePostcodesLoaded_BringsTheRowIn_InItsOwnFileOrAnother(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        const string list = "pcds,lat,long,laua,lsoa11\nCB1 2QY,52.19,0.13,E07000008,E01017966\n";
        await world.Get<PlaceImport>().LoadAsync(world.WriteFile("old.csv", list), Who, default);
        string[] rows = [Row("T-1", area: "", postcode: "CB1 2QZ"), Row("T-2")];
        var first = await world.ImportTextAsync(rows);
        first.Quarantined.Single().Reason.ShouldBe("No area is given and the postcode CB1 2QZ is not in the list. Correct it, or add the area.");

        await world.Get<PlaceImport>().LoadAsync(world.WriteFile("new.csv", list + "CB1 2QZ,52.19,0.13,E07000008,E01017966\n"), Who, default);
        var other = await world.ImportTextAsync([.. rows, Row("T-3")]);
        var again = await world.ImportTextAsync(rows);

        (other.Imported, other.AlreadyPresent, other.Quarantined.Count).ShouldBe((2, 1, 0));
        (again.Imported, again.AlreadyPresent, again.Quarantined.Count).ShouldBe((0, 2, 0));
        (await world.AsideAsync()).Single().State.ShouldBe(QuarantineState.Mended);
        (await world.Get<ImportReports>().ListAsync(default)).ShouldAllBe(i => i.AddsUp);
        var figures = await world.FiguresAsync();
        (figures.GetProperty("requests").GetInt32(), figures.GetProperty("quarantined").GetInt32(), figures.GetProperty("area_not_known").GetInt32()).ShouldBe((3, 0, 0));
    }

    [Theory, OnBothDatabases]
    public async Task Mend_StillWrong_SaysSo_ThenRight_ComesInOnce(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.ImportTextAsync(Row("T-1"), Row("T-2", born: "31/02/1980", support: "Fuel voucher", value: "£39.00"));
        Guid row;
        await using (var db = world.Test.Database.Open()) row = await db.Set<QuarantinedRow>().Select(q => q.Id).SingleAsync();
        var importer = world.Get<RequestImporter>();

        var wrong = await importer.MendAsync(row, new Dictionary<string, string> { ["Date of birth"] = "30/02/1980" }, Who, default);
        var right = await importer.MendAsync(row, new Dictionary<string, string> { ["Date of birth"] = "28/02/1980" }, Who with { Reason = "Asked her" }, default);
        var again = await importer.MendAsync(row, new Dictionary<string, string> { ["Date of birth"] = "28/02/1980" }, Who, default);

        wrong.Refusal!.Field.ShouldBe("Date of birth");
        right.Done.ShouldBeTrue();
        again.Refusal!.Code.ShouldBe("already-done");
        var figures = await world.FiguresAsync();
        (figures.GetProperty("requests").GetInt32(), figures.GetProperty("quarantined").GetInt32(), figures.GetProperty("total_pence").GetInt64()).ShouldBe((2, 0, 3900));
        (await world.ImportTextAsync(Row("T-1"), Row("T-2", born: "31/02/1980", support: "Fuel voucher", value: "£39.00"))).AlreadyPresent.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task Import_Strict_WithOneBrokenRow_TakesNothing(Db kind)
    {
        await using var world = await World.CreateAsync(kind);

        var summary = await world.ImportTextAsync(strict: true, Row("T-1"), Row("T-2", submitted: "soon"));

        summary.Quarantined.Count.ShouldBe(1);
        (await world.FiguresAsync()).GetProperty("requests").GetInt32().ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Import_Strict_ComparesWithWhatIsIn_AndWithWhatWasSetAsideBefore(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        await world.ImportTextAsync(Row("T-1", first: "Alma"), Row("T-2", born: "31/02/1980"));
        string[] good = [.. Enumerable.Range(10, 199).Select(i => Row($"T-{i}"))];

        var otherAnswers = await world.ImportTextAsync(strict: true, [Row("T-1", first: "Bethan"), .. good]);
        var setAside = await world.ImportTextAsync(strict: true, [.. good, Row("T-2", born: "31/02/1980")]);
        var before = await world.FiguresAsync();
        var same = await world.ImportTextAsync(strict: true, [Row("T-1", first: "Alma"), .. good]);

        (otherAnswers.ImportId, otherAnswers.Rows, otherAnswers.Imported, otherAnswers.Quarantined.Single().Reason)
            .ShouldBe((null, 200, 0, "The reference T-1 came in before with other answers. Give this row a new reference, or leave it out."));
        (setAside.ImportId, setAside.Quarantined.Single().Row).ShouldBe((null, 201));
        (before.GetProperty("requests").GetInt32(), before.GetProperty("quarantined").GetInt32(), before.GetProperty("rows_in_file").GetInt32()).ShouldBe((1, 1, 2));
        (same.Imported, same.AlreadyPresent, same.Quarantined.Count).ShouldBe((199, 1, 0));
        same.ImportId.ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Import_TwoAtOnce_EndsAsOne(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        var file = world.WriteFile("form.csv", "\uFEFF" + Header + "\r\n" + string.Join("\r\n", Enumerable.Range(0, 450).Select(i => Row($"T-{i}", support: "Hygiene box", value: "£20.00"))));

        var both = await Task.WhenAll(Task.Run(() => world.ImportAsync(file)), Task.Run(() => world.ImportAsync(file)));

        both.Sum(s => s.Imported).ShouldBe(450);
        both.ShouldAllBe(s => s.Imported + s.AlreadyPresent == 450);
        (await world.FiguresAsync()).GetProperty("total_pence").GetInt64().ShouldBe(900_000);
    }

    [Theory]
    [InlineData(Db.Sqlite, false), InlineData(Db.PostgreSql, false), InlineData(Db.Sqlite, null), InlineData(Db.PostgreSql, null)]
    public async Task Import_WithAMappingOfInventedPeople_IntoADatabaseWithRealOnesIsRefused_AndIntoAnEmptyOneIsNot(Db kind, bool? demo)
    {
        await using var world = await World.CreateAsync(kind);
        await world.MarkAsync(demo);

        (await world.ImportTextAsync(Row())).Imported.ShouldBe(1);
        if (demo is null) return;
        (await world.ImportTextAsync(Shipped with { Invented = false }, false, Row("T-2", first: "Other"))).Imported.ShouldBe(1);

        var refused = await Should.ThrowAsync<InvalidDataException>(() => world.ImportTextAsync(Row("T-3", first: "Third")));

        refused.Message.ShouldContain("copy the mapping, set \"invented\" to false");
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-01")]
    public async Task Import_AnswersByWhatThePartnershipPromises_LikeEveryDoor(Db kind)
    {
        await using var world = await World.CreateAsync(kind);
        var settings = world.Get<AnyDoor.Organisations.SettingsDesk>();
        var now = world.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        (await settings.SaveAsync("promises", """{"today":{"working_hours":1},"this-week":{"working_days":1},"soon":{"working_days":1}}""", DateOnly.FromDateTime(now),
            new AnyDoor.Audit.AuditContext(AnyDoor.Audit.Actor.Job("test"), null, "test", AnyDoor.Audit.Purpose.Assurance, now), default)).Done.ShouldBeTrue();

        (await world.ImportTextAsync(Row())).Imported.ShouldBe(1);

        await using var db = world.Test.Database.Open();
        var came = await db.Set<Request>().SingleAsync();
        came.AnswerBy.ShouldBe(AnswerClock.AnswerBy(came.Urgency, came.SubmittedAt, (await settings.CurrentAsync(default)).Promised));
        came.AnswerBy.ShouldNotBe(AnswerClock.AnswerBy(came.Urgency, came.SubmittedAt), "an hour or a day, where four hours, three days or five are usual");
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Import_IntoAnUnmarkedDatabaseWithPeopleOfTheOtherSort_IsRefused(bool invented)
    {
        await using var world = await World.CreateAsync(Db.Sqlite);
        await world.MarkAsync(null);
        (await world.ImportTextAsync(Shipped with { Invented = !invented }, false, Row())).Imported.ShouldBe(1);

        var refused = await Should.ThrowAsync<InvalidDataException>(() => world.ImportTextAsync(Shipped with { Invented = invented }, false, Row("T-2", first: "Other")));

        refused.Message.ShouldEndWith("Load it into another database: --database.");
    }

    internal sealed class World : IAsyncDisposable
    {
        private readonly ServiceProvider services;

        private World(TestDatabase test, ServiceProvider services) => (Test, this.services) = (test, services);

        public TestDatabase Test { get; }
        public T Get<T>() where T : notnull => services.GetRequiredService<T>();

        public static async Task<World> CreateAsync(Db kind)
        {
            var test = await TestDatabase.CreateAsync(kind);
            var installation = new Installation(test.Connection, null, Path.Combine(test.Folder, "keys"), Path.Combine(test.Folder, "checkpoints"));
            var services = new ServiceCollection().AddAnyDoor(installation, test.Database, test.Key, TimeProvider.System).BuildServiceProvider();
            await services.GetRequiredService<Foundation>().EnsureAsync(Who, default);
            return new World(test, services);
        }

        public Task MarkAsync(bool? demo) => Test.MarkAsync(demo);

        public Task<ImportSummary> ImportAsync(string file, Mapping? mapping = null, bool strict = false) => Get<RequestImporter>().ImportAsync(file, Scheme, mapping, Who, strict, null, default);

        public Task<ImportSummary> ImportTextAsync(params string[] rows) => ImportTextAsync(null, false, rows);

        public Task<ImportSummary> ImportTextAsync(bool strict, params string[] rows) => ImportTextAsync(null, strict, rows);

        public Task<ImportSummary> ImportTextAsync(Mapping? mapping, bool strict, params string[] rows) =>
            ImportAsync(WriteFile("form.csv", "\uFEFF" + Header + "\r\n" + string.Join("\r\n", rows) + "\r\n"), mapping, strict);

        public string WriteFile(string name, string text) => WriteFile(name, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);

        public string WriteFile(string name, byte[] bytes)
        {
            var path = Path.Combine(Test.Folder, name);
            File.WriteAllBytes(path, bytes);
            return path;
        }

        public async Task<List<QuarantinedRow>> AsideAsync()
        {
            await using var db = Test.Database.Open();
            return await db.Set<QuarantinedRow>().OrderBy(q => q.Row).ToListAsync();
        }

        public async Task<JsonElement> FiguresAsync() => JsonSerializer.SerializeToElement(await Get<Figures>().OfAsync(Scheme, default));

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await Test.DisposeAsync();
        }
    }
}
