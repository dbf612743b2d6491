using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.ServiceDirectory;
using AnyDoor.Tests;

namespace AnyDoor.Core.Tests.ServiceDirectory;

/// <summary>What we serve is valid by the schemas of Open Referral UK 3.0 and of HSDS 3.1, and comes back as it was.</summary>
public sealed class StandardTests
{
    private static readonly AuditContext Who = new(Actor.Job("menu import"), null, "command-line", Purpose.StatisticsAndPlanning, Menu.Tuesday);

    public static IEnumerable<Service> Demo => Menu.Shipped.Services.Concat(DemoMenu.Services());

    [Theory]
    [InlineData("oruk/oruk-3.0/schema")]
    [InlineData("oruk/hsds-3.1/schema")]
    public async Task EveryRecord_OfTheDemoAndTheSamples_IsValid(string folder)
    {
        var schema = new Schemas(Shared.Path(folder));
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        await new MenuImporter(test.Database, test.Commands()).ImportAsync([.. new[] { "uk-food-banks-306.csv", "sheffield-food-support-37.csv", "buckinghamshire-20-services-outpost-v1.json" }.Select(f => Shared.Path("oruk/real-samples/" + f))], null, [], Who, null, default);
        var imported = (await new MenuDirectory(test.Database).RefreshAsync(default)).Services.ToList();
        imported.Count.ShouldBe(363);

        var book = new OpenReferralBook(new MenuIndex(1, Demo.Concat(imported)), new(2026, 11, 24));
        foreach (var service in book.Services) schema.Check("service.json", OpenReferral.Full(service));
        foreach (var place in book.Places.Values) schema.Check("service_at_location.json", OpenReferral.Place(place, withService: true));
        foreach (var organisation in book.Organisations.Values) schema.Check("organization.json", OpenReferral.Organisation(organisation, true, false));
        foreach (var term in book.Terms.Values) schema.Check("taxonomy_term.json", OpenReferral.Term(term));
        foreach (var taxonomy in book.Taxonomies.Values) schema.Check("taxonomy.json", OpenReferral.Taxonomy(taxonomy, book.Terms.Values.Where(t => t.Taxonomy == taxonomy)));

        schema.Problems.Distinct().Take(20).ShouldBeEmpty();
        schema.Checked.ShouldBeGreaterThan(1500);
    }

    [Theory]
    [InlineData("oruk/oruk-3.0/schema")]
    [InlineData("oruk/hsds-3.1/schema")]
    public async Task FiftyThousandGenerated_AreValidToTheLast(string folder)
    {
        Slow.Only();
        var schema = new Schemas(Shared.Path(folder));
        var file = Path.Combine(Directory.CreateTempSubdirectory("menu-").FullName, "many.csv");
        ManyServices.Write(file, 50_000);
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        (await new MenuImporter(test.Database, test.Commands()).ImportAsync([file], null, [], Who, null, default)).Imported.ShouldBe(50_000);

        var book = new OpenReferralBook(await new MenuDirectory(test.Database).RefreshAsync(default), new(2026, 11, 24));
        foreach (var service in book.Services) schema.Check("service.json", OpenReferral.Full(service));
        foreach (var place in book.Places.Values) schema.Check("service_at_location.json", OpenReferral.Place(place, withService: true));
        foreach (var organisation in book.Organisations.Values) schema.Check("organization.json", OpenReferral.Organisation(organisation, true, false));

        schema.Problems.Distinct().Take(20).ShouldBeEmpty();
        schema.Checked.ShouldBeGreaterThan(80_000);
    }

    [Fact]
    public async Task OurOwnFeed_ReadBack_ChangesNothingAndIsTheSameElsewhere()
    {
        await using var test = await TestDatabase.CreateAsync(Db.Sqlite);
        await new MenuService(test.Commands()).LoadDemoAsync(Who, default);
        var here = await new MenuDirectory(test.Database).RefreshAsync(default);
        var book = new OpenReferralBook(here, new(2026, 11, 24));
        var path = Path.Combine(Directory.CreateTempSubdirectory("menu-").FullName, "feed.ndjson");
        await File.WriteAllLinesAsync(path, book.Services.Select(s => OpenReferral.Full(s).ToJsonString()));

        var again = await new MenuImporter(test.Database, test.Commands()).ImportAsync([path], null, [], Who, null, default);
        (again.Rows, again.Imported, again.AlreadyPresent, again.Quarantined.Count).ShouldBe((book.Services.Count, 0, book.Services.Count, 0));
        (await new MenuDirectory(test.Database).RefreshAsync(default)).ChangeNumber.ShouldBe(here.ChangeNumber);

        await using var other = await TestDatabase.CreateAsync(Db.Sqlite);
        await new MenuImporter(other.Database, other.Commands()).ImportAsync([path], null, [], Who, null, default);
        var there = new OpenReferralBook(await new MenuDirectory(other.Database).RefreshAsync(default), new(2026, 11, 24));
        there.Services.Select(s => Steady(OpenReferral.Full(s))).ShouldBe(book.Services.Select(s => Steady(OpenReferral.Full(s))));
    }

    [Fact]
    public void HiddenAndInternal_AreNeverServed()
    {
        var hidden = Menu.Service("refuge") with { Locations = [new("House", "1 Secret Lane, March", "PE15 8ZZ", 52.5512, 0.0883, "Fenland") { Hidden = true }] };
        var book = new OpenReferralBook(new MenuIndex(1, [hidden, Menu.Service("staff") with { Visibility = Visibility.Internal }]), new(2026, 11, 24));

        book.Services.Select(s => s.Id).ShouldBe(["refuge"]);
        book.Places.ShouldBeEmpty();
        var text = OpenReferral.Full(book.Services[0]).ToJsonString();
        foreach (var secret in new[] { "Secret", "PE15 8ZZ", "52.55", "0.0883" }) text.ShouldNotContain(secret);
        MenuMatch.Match(book.Index, Menu.Near(Menu.Waterlees, "food")).Hits.ShouldAllBe(h => h.Miles == null && h.Location == null);
    }

    private static string Steady(JsonObject o)
    {
        o.Remove("last_modified");
        return o.ToJsonString();
    }

    /// <summary>As much of JSON Schema as these files use: types, required, enums, formats, references, items.</summary>
    private sealed class Schemas(string folder)
    {
        private readonly Dictionary<string, JsonElement> files = [];
        public List<string> Problems { get; } = [];
        public int Checked { get; private set; }

        public void Check(string file, JsonObject value)
        {
            Checked++;
            Check(File_(file), JsonSerializer.SerializeToElement(value), file);
        }

        private JsonElement File_(string name) => files.TryGetValue(name, out var schema) ? schema : files[name] = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name))).RootElement;

        private void Check(JsonElement schema, JsonElement value, string at)
        {
            if (schema.TryGetProperty("$ref", out var reference)) schema = File_(reference.GetString()!.Split('/')[^1]);
            if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && !Is(type.GetString()!, value)) { Problems.Add($"{at} is not {type}: {value.ValueKind}"); return; }
            if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => a.ToString() == value.ToString())) Problems.Add($"{at} is “{value}”");
            if (schema.TryGetProperty("format", out var format) && value.ValueKind == JsonValueKind.String && !Fits(format.GetString()!, value.GetString()!)) Problems.Add($"{at} is no {format}: {value}");
            if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items)) foreach (var item in value.EnumerateArray()) Check(items, item, at + "[]");
            if (value.ValueKind != JsonValueKind.Object) return;
            if (schema.TryGetProperty("required", out var required)) foreach (var name in required.EnumerateArray()) if (!value.TryGetProperty(name.GetString()!, out _)) Problems.Add($"{at} lacks {name}");
            if (!schema.TryGetProperty("properties", out var properties)) return;
            foreach (var property in value.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.Null) Problems.Add($"{at}.{property.Name} is null");
                if (properties.TryGetProperty(property.Name, out var part)) Check(part, property.Value, $"{at}.{property.Name}");
            }
        }

        private static bool Is(string type, JsonElement value) => type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        };

        private static bool Fits(string format, string text) => format switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            "email" => text.Count(c => c == '@') == 1,
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) && text.Contains('T'),
            _ => true,
        };
    }
}
