using System.Text.Json.Nodes;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Tests;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace AnyDoor.Core.Tests.Funds;

/// <summary>A database with the money room's services over it, a clock that stands still and invented households.</summary>
internal sealed class FundsRig : IAsyncDisposable
{
    public const string Cambridgeshire = "Cambridgeshire County Council";
    public static readonly DateTime Now = new(2021, 12, 2, 10, 0, 0, DateTimeKind.Utc);

    private FundsRig(TestDatabase test, DateTime now)
    {
        Test = test;
        Clock = new FakeTimeProvider(new DateTimeOffset(now));
        Clock.AutoAdvanceAmount = TimeSpan.Zero;
        Commands = test.Commands();
        Book = new SchemeBook();
        Schemes = new SchemeService(Commands, Book);
        Awards = new AwardService(Commands, Book);
        Desk = new AwardDesk(Commands, Book);
        Verifier = new LedgerVerifier(test.Database);
        Reports = new FundReports(test.Database, Book);
    }

    public TestDatabase Test { get; }
    public FakeTimeProvider Clock { get; }
    public Commands Commands { get; }
    public SchemeBook Book { get; }
    public SchemeService Schemes { get; }
    public AwardService Awards { get; }
    public AwardDesk Desk { get; }
    public LedgerVerifier Verifier { get; }
    public FundReports Reports { get; }
    public AuditContext Who => At(Clock.UtcNow());

    public static async Task<FundsRig> CreateAsync(Db kind, DateTime? now = null) => new(await TestDatabase.CreateAsync(kind), now ?? Now);

    public static AuditContext At(DateTime now, string door = "county-hub") => new(Actor.Job("test"), null, door, Purpose.AwardAndPay, now);

    /// <summary>A scheme as the product ships it.</summary>
    public static string Shipped(string id)
    {
        using var reader = new StreamReader(ContentFiles.Open($"schemes/{id}.json"));
        return reader.ReadToEnd();
    }

    public async Task LoadShippedAsync(params string[] ids)
    {
        foreach (var id in ids) (await Schemes.LoadAsync(Who, Shipped(id), default)).Refusal.ShouldBeNull();
    }

    /// <summary>A scheme of three sorts of help and no rules, open all 2021.</summary>
    public static JsonObject PlainScheme(string id = "plain", long allocation = 1_000_000) => new()
    {
        ["id"] = id, ["name"] = "Plain scheme", ["fund"] = $"Fund of {id} (invented)", ["authority"] = Cambridgeshire,
        ["round"] = new JsonObject { ["opens"] = "2021-01-01", ["closes"] = "2021-12-31", ["allocation_pence"] = allocation },
        ["decision"] = new JsonObject { ["body"] = "Test committee (invented)", ["date"] = "2020-12-20", ["minute"] = "1" },
        ["owner"] = "Tests", ["source"] = "written for tests",
        ["award_types"] = new JsonArray(
            new JsonObject { ["id"] = "fuel-voucher", ["label"] = "Fuel voucher", ["min_pence"] = 100, ["max_pence"] = 20000, ["category"] = "energy-and-water", ["expires_after_days"] = 90 },
            new JsonObject { ["id"] = "emergency-food", ["label"] = "Emergency food", ["min_pence"] = 100, ["max_pence"] = 20000, ["category"] = "food" }),
        ["rules"] = new JsonArray(),
    };

    public async Task<SchemeLoaded> LoadAsync(JsonObject scheme)
    {
        var loaded = await Schemes.LoadAsync(Who, scheme.ToJsonString(), default);
        loaded.Refusal.ShouldBeNull();
        return loaded.Value!;
    }

    public async Task<Guid> HouseholdAsync(string? district = "E07000010", bool atRisk = false)
    {
        var (household, person) = (Guid.NewGuid(), Guid.NewGuid());
        await Commands.RunAsync(Who, c =>
        {
            c.Insert(new Household { Id = household, CreatedAt = c.Who.At, District = district, Version = 1 });
            c.Insert(new Person { Id = person, Name = "Invented Person", FoldedName = "invented person", AtRisk = atRisk, Invented = true });
            c.Insert(new Membership { Id = Guid.NewGuid(), HouseholdId = household, PersonId = person, Role = MemberRole.Applicant, From = new DateOnly(2020, 1, 1) });
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, default);
        return household;
    }

    public static AwardAsk Ask(Guid household, long pence, string scheme = "plain", string type = "fuel-voucher", Facts? facts = null) =>
        new() { HouseholdId = household, SchemeId = scheme, AwardType = type, AmountPence = pence, Reason = "No money on the meter.", Facts = facts ?? Facts.None };

    public Task<Result<Awarded>> AwardAsync(AwardAsk ask, Once? once = null) => Awards.AwardAsync(Who, ask, default, once);

    public async Task<Dictionary<AccountKind, long>> BalancesAsync(string scheme)
    {
        await using var db = Test.Database.Open();
        var round = await db.Set<Scheme>().Where(s => s.Id == scheme).Select(s => s.RoundId).SingleAsync();
        return await db.Set<LedgerAccount>().Where(a => a.RoundId == round && (a.SchemeId == scheme || a.SchemeId == null)).ToDictionaryAsync(a => a.Kind, a => a.Balance.Pence);
    }

    public async Task<int> CountAsync<T>() where T : class
    {
        await using var db = Test.Database.Open();
        return await db.Set<T>().CountAsync();
    }

    public async Task ShouldBalanceAsync()
    {
        var books = await Verifier.VerifyAsync(default);
        books.Differences.Select(d => d.Sentence).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}
