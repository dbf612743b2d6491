using System.Text.Json;
using AnyDoor.Tests;

namespace AnyDoor.Cli.Tests;

/// <summary>Every verb as scripts use it: exit codes, JSON shapes, and sentences instead of stack traces.</summary>
public sealed class VerbTests
{
    private static readonly string[] Verbs =
    [
        "start", "places import", "places list", "places rollback", "places lookup", "places check-papers", "requests import", "figures", "schemes load", "schemes list", "workers create", "workers disable", "workers enable",
        "keys create", "keys list", "keys rotate", "keys revoke", "settings show", "settings set", "settings load", "ledger verify", "audit verify", "backup", "restore", "drill", "migrate", "demo reset", "entitlements evaluate", "entitlements cohort",
    ];

    [Fact]
    public async Task Help_OfEveryVerb_ExplainsIt()
    {
        await using var tool = Tool.OnNothing();
        var answers = await Task.WhenAll(Verbs.Select(v => tool.RunAsync([.. v.Split(' '), "--help"])));

        foreach (var (verb, answer) in Verbs.Zip(answers))
        {
            (answer.Code, answer.Errors).ShouldBe((0, ""), verb);
            answer.Output.ShouldContain("Usage:", Case.Sensitive, verb);
        }
        File.Exists(tool.Connection).ShouldBeFalse("asking for help makes nothing");
    }

    [Theory]
    [InlineData("nonsense"), InlineData("requests"), InlineData("requests import"), InlineData("figures"), InlineData("schemes load"), InlineData("keys create"), InlineData("workers create --handle x"), InlineData("figures a b"), InlineData("ledger verify --no-such-option"), InlineData("keys revoke"), InlineData("keys revoke ad_x --worker y"), InlineData("workers disable"), InlineData("places lookup --input a"), InlineData("places rollback")]
    public async Task Wrong_Usage_EndsWithTwoAndSaysWhere(string line)
    {
        await using var tool = Tool.OnNothing();

        var answer = await tool.RunAsync(line.Split(' '));

        answer.Code.ShouldBe(2, answer.Output + answer.Errors);
        answer.Errors.ShouldContain("--help");
        File.Exists(tool.Connection).ShouldBeFalse("wrong usage makes nothing");
    }

    [Fact]
    public async Task A_verb_makes_its_database_without_a_demo_county()
    {
        await using var tool = Tool.OnNothing();

        var schemes = (await tool.RunAsync("schemes", "list", "--json")).Well().Json.GetProperty("schemes").EnumerateArray().ToList();

        schemes.Select(s => s.GetProperty("id").GetString()).ShouldBe(["winter-support-grant", "hsf-1-direct-voucher", "hsf-1-direct-award", "crisis-and-resilience-fund"], ignoreOrder: true);
        schemes[0].EnumerateObject().Select(p => p.Name).ShouldBe(["id", "name", "opens", "closes", "allocation_pence", "available_pence"]);
        (await tool.RunAsync("figures", "winter-support-grant", "--json")).Well().Json.GetProperty("requests").GetInt32().ShouldBe(0);
    }

    /// <summary>A mistyped database is not proved whole, and does not take the place of the last good backup.</summary>
    [Theory, OnBothDatabases]
    public async Task A_proof_or_a_backup_of_a_database_that_was_not_there_says_so_and_keeps_the_earlier_backup(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        var good = tool.PathOf("good.backup");
        (await tool.RunAsync("backup", good)).Well();
        var before = File.ReadAllBytes(good);
        string[] Mistyped(string verb) => kind == Db.Sqlite ? ["--database", tool.PathOf($"mistyped-{verb.Split(' ')[0]}.db")] : ["--partnership", $"mistyped_{verb.Split(' ')[0]}"];

        foreach (var line in new[] { $"backup {good}", "ledger verify", "audit verify --json" })
        {
            var told = await tool.RunAsync([.. line.Split(' '), .. Mistyped(line)]);
            told.Code.ShouldBe(line.StartsWith("backup", StringComparison.Ordinal) ? 1 : 0, line);
            told.Errors.ShouldStartWith("There was no AnyDoor database at");
            told.Errors.ShouldContain("mistyped");
        }

        File.ReadAllBytes(good).ShouldBe(before);
    }

    [Fact]
    public async Task Where_the_keys_are_not_the_databases_own_a_verb_writes_nothing_and_says_what_to_set()
    {
        await using var tool = Tool.OnNothing();
        (await tool.RunAsync("schemes", "list")).Well();
        var file = tool.PathOf("whole.backup");
        (await tool.RunAsync("backup", file)).Well();
        Directory.Move(tool.PathOf("keys"), tool.PathOf("kept"));
        string[] add = ["workers", "create", "--handle", "a.tester", "--organisation", "Invented hub", "--role", "hub-adviser"], restore = ["restore", file, "--database", tool.PathOf("restored.db")];

        foreach (var line in new[] { add, restore, ["audit", "verify"] })
        {
            var missing = await tool.RunAsync(line);
            (missing.Code, missing.Output).ShouldBe((1, ""));
            missing.Errors.ShouldStartWith("There is no log.key in");
            missing.Errors.ShouldContain("Set ANYDOOR_KEYS");
        }
        Directory.Exists(tool.PathOf("keys")).ShouldBeFalse("no key is made beside a database that is signed with another");

        AnyDoor.Audit.LogKey.Open(tool.PathOf("keys"));
        var other = await tool.RunAsync(add);
        (other.Code, other.Output).ShouldBe((1, ""));
        other.Errors.ShouldContain("is not the one that this database’s logs are signed with");
        (await tool.RunAsync(restore)).Errors.ShouldContain("Put the keys folder that belongs to the backup in place (ANYDOOR_KEYS)");
        var proof = await tool.RunAsync("audit", "verify", "--json");
        (proof.Code, proof.Json.GetProperty("first_bad").GetProperty("why").GetString()!.Contains("the key is another", StringComparison.Ordinal)).ShouldBe((1, true));

        Directory.Delete(tool.PathOf("keys"), recursive: true);
        Directory.Move(tool.PathOf("kept"), tool.PathOf("keys"));
        (await tool.RunAsync(add)).Well();
        (await tool.RunAsync(restore)).Well();
        (await tool.RunAsync("audit", "verify")).Well();
    }

    [Theory, OnBothDatabases]
    public async Task Schemes_workers_and_keys_are_made_once_and_answer_with_the_contracts_shapes(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        var scheme = Shared.Path("contract/scheme-example.json");
        var id = JsonDocument.Parse(File.ReadAllText(scheme)).RootElement.GetProperty("id").GetString();

        (await tool.RunAsync("schemes", "load", scheme, "--json")).Well().Json.GetProperty("loaded").EnumerateArray().Select(e => e.GetString()).ShouldBe([id]);
        (await tool.RunAsync("schemes", "load", scheme, "--json")).Well();
        string[] worker = ["workers", "create", "--handle", "a.tester", "--organisation", "Invented hub", "--role", "hub-adviser", "--json"];
        (await tool.RunAsync(worker)).Well().Json.GetProperty("worker").GetString().ShouldBe("a.tester");
        (await tool.RunAsync(worker)).Well();
        var key = (await tool.RunAsync("keys", "create", "--worker", "a.tester", "--json")).Well().Json.GetProperty("key").GetString()!;
        (await tool.RunAsync("keys", "revoke", key)).Well();

        key.Length.ShouldBeGreaterThan(30);
        foreach (var (line, said) in new[]
        {
            ("keys create --worker nobody", "nobody"), ("workers create --handle b --organisation X --role emperor", "hub-adviser"),
            ("figures no-such-scheme", "schemes list"), ("keys revoke ad_notakeyofours", "key"),
        })
        {
            var refused = await tool.RunAsync(line.Split(' '));
            (refused.Code, refused.Output).ShouldBe((1, ""), line);
            refused.Errors.ShouldContain(said);
            refused.Errors.ShouldNotContain("   at ");
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_worker_who_left_and_a_key_whose_text_is_lost_are_shut_out(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("workers", "create", "--handle", "joy", "--organisation", "Pantry", "--kind", "food-bank", "--role", "partner-worker")).Well();
        async Task<string> KeyAsync() => (await tool.RunAsync("keys", "create", "--worker", "joy", "--json")).Well().Json.GetProperty("key").GetString()!;
        var (one, two) = (await KeyAsync(), await KeyAsync());

        (await tool.RunSayingAsync(one + "\n", "keys", "revoke", "-")).Well();
        var revoked = (await tool.RunAsync("keys", "revoke", "--worker", "joy", "--json")).Well().Json;
        var off = (await tool.RunAsync("workers", "disable", "--handle", "joy", "--json")).Well().Json;
        var list = (await tool.RunAsync("keys", "list", "--json")).Well();
        (await tool.RunAsync("keys", "create", "--worker", "joy")).Code.ShouldBe(1);
        (await tool.RunAsync("workers", "enable", "--handle", "joy")).Well();

        (revoked.GetProperty("revoked").GetBoolean(), revoked.GetProperty("keys").GetInt32(), off.GetProperty("active").GetBoolean()).ShouldBe((true, 1, false));
        list.Json.GetProperty("keys").EnumerateArray().Select(k => (k.GetProperty("worker").GetString(), k.GetProperty("works").GetBoolean())).ShouldBe([("joy", false), ("joy", false)]);
        foreach (var key in new[] { one, two }) list.Output.ShouldNotContain(key[3..]);
        (await tool.RunAsync("audit", "verify")).Well();
    }

    [Theory]
    [InlineData("""{"notices": null}""", "There is nothing in “notices”."), InlineData("""{"crisis_numbers": [null]}""", "does not read at $.crisis_numbers[0]")]
    public async Task Settings_that_hold_nothing_are_a_sentence(string file, string says)
    {
        await using var tool = Tool.OnNothing();

        Sentence(await tool.RunAsync("settings", "load", tool.File("settings.json", file)), says);
    }

    [Theory]
    [InlineData("words"), InlineData("columns"), InlineData("file"), InlineData("safe_contact")]
    public async Task A_mapping_that_lacks_a_part_is_a_sentence(string lacks)
    {
        await using var tool = await Tool.OnDemoAsync(Db.Sqlite);
        var mapping = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(TestRun.Root, "src", "AnyDoor.Core", "Content", "mappings", "winter-support-requests.json")))!.AsObject();
        mapping.Remove(lacks);

        var refused = await tool.RunAsync("requests", "import", tool.File("form.csv", CouncilForm.Of(1)), "--scheme", "winter-support-grant", "--mapping", tool.File("mapping.json", mapping.ToJsonString()));

        Sentence(refused, $"it lacks “{lacks}”");
    }

    [Fact]
    public async Task A_database_that_does_not_read_is_a_sentence_without_its_password()
    {
        await using var tool = Tool.OnNothing();

        var refused = await tool.RunAsync("schemes", "list", "--database", "postgres://anydoor:pa/sEcret@host/db");

        Sentence(refused, "The address of the database does not read.");
        refused.Errors.ShouldNotContain("sEcret");
        Sentence(await tool.RunAsync("schemes", "list", "--partnership", "fenland"), "On SQLite one file is one partnership");
    }

    private static void Sentence(Ran refused, string says)
    {
        (refused.Code, refused.Output).ShouldBe((1, ""));
        refused.Errors.ShouldContain(says);
        refused.Errors.ShouldNotContain("   at ");
        refused.Errors.ShouldNotContain("(Parameter");
    }

    [Fact]
    public async Task A_scheme_file_that_does_not_fit_is_refused_with_the_place_in_it()
    {
        await using var tool = Tool.OnNothing();

        var refused = await tool.RunAsync("schemes", "load", tool.File("scheme.json", """{ "id": "x", "name": "X" }"""));

        (refused.Code, refused.Output).ShouldBe((1, ""));
        refused.Errors.ShouldNotContain("   at ");
        refused.Errors.Trim().Length.ShouldBeGreaterThan(20);
    }

    [Theory, OnBothDatabases]
    [Requirement("R-SYS-03")]
    public async Task A_backup_restores_into_an_empty_database_and_proves_itself_and_nowhere_else(Db kind)
    {
        await using var tool = await Tool.OnDemoAsync(kind);
        (await tool.RunAsync("requests", "import", tool.File("form.csv", CouncilForm.Of(120)), "--scheme", "winter-support-grant")).Well();
        var figures = (await tool.RunAsync("figures", "winter-support-grant", "--json")).Well().Output;
        var file = tool.PathOf("whole.backup");
        (await tool.RunAsync("backup", file)).Well();

        string[] elsewhere = kind == Db.Sqlite ? ["--database", tool.PathOf("restored.db")] : ["--partnership", "restored"];
        (await tool.RunAsync(["restore", file, .. elsewhere])).Well();

        (await tool.RunAsync(["figures", "winter-support-grant", "--json", .. elsewhere])).Well().Output.ShouldBe(figures);
        (await tool.RunAsync(["ledger", "verify", .. elsewhere])).Well();
        // Of one folder of checkpoints: the copy says where it comes from, and work in it is no alarm for the live one.
        (await tool.RunAsync(["keys", "create", "--worker", "pat", .. elsewhere])).Code.ShouldBe(1);
        (await tool.RunAsync(["workers", "create", "--handle", "pat", "--organisation", "Invented pantry", "--role", "partner-worker", .. elsewhere])).Well();
        var told = (await tool.RunAsync(["audit", "verify", "--json", .. elsewhere])).Well().Json.GetProperty("restores").EnumerateArray().ShouldHaveSingleItem();
        told.GetProperty("write_seal").GetInt64().ShouldBeGreaterThan(0);
        (await tool.RunAsync(["audit", "verify", .. elsewhere])).Well().Output.ShouldContain("It was restored on ");
        (await tool.RunAsync("audit", "verify")).Well().Output.ShouldNotContain("It was restored on ");
        var refused = await tool.RunAsync("restore", file);
        refused.Code.ShouldBe(1, "what is there is not written over");
        refused.Errors.ShouldNotContain("   at ");
        (await tool.RunAsync("figures", "winter-support-grant", "--json")).Well().Output.ShouldBe(figures);
    }

    [Fact]
    public async Task A_demo_is_reset_only_where_it_is_one()
    {
        await using var live = Tool.OnNothing();
        (await live.RunAsync("workers", "create", "--handle", "real", "--organisation", "Real council", "--role", "administrator")).Well();

        var refused = await live.RunAsync("demo", "reset");

        refused.Code.ShouldBe(1);
        refused.Errors.ShouldNotContain("   at ");
        (await live.RunAsync("workers", "create", "--handle", "real", "--organisation", "Real council", "--role", "administrator")).Well();
        (await live.RunAsync("workers", "create", "--handle", "real", "--organisation", "Real council", "--role", "analyst")).Code.ShouldBe(1, "the worker is still there");
    }

    [Fact]
    public async Task Partnerships_are_for_PostgreSQL_and_SQLite_says_so()
    {
        await using var tool = Tool.OnNothing();

        var refused = await tool.RunAsync("schemes", "list", "--partnership", "fenland");

        refused.Code.ShouldBe(1);
        refused.Errors.ShouldContain("PostgreSQL");
    }

    [Fact]
    public async Task Two_partnerships_in_one_PostgreSQL_do_not_see_each_other()
    {
        await using var tool = await Tool.OnDemoAsync(Db.PostgreSql);
        (await tool.RunAsync("requests", "import", tool.File("form.csv", CouncilForm.Of(20)), "--scheme", "winter-support-grant", "--partnership", "north")).Well();

        (await tool.RunAsync("figures", "winter-support-grant", "--json", "--partnership", "south")).Well().Json.GetProperty("requests").GetInt32().ShouldBe(0);
        (await tool.RunAsync("figures", "winter-support-grant", "--json", "--partnership", "north")).Well().Json.GetProperty("requests").GetInt32().ShouldBe(20);
    }
}
