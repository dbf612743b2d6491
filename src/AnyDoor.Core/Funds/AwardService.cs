using System.Security.Cryptography;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Funds;

/// <summary>
/// Decides and awards: application, decision, award, letter, entries and event in one command, a batch or a batch of one.
/// <para>
/// An imported award was decided elsewhere. It goes through the same ledger, and the decision's date and the round's dates bind it; eligibility, caps,
/// limits and the notice of recent help do not, because what was given then is a fact and not a question.
/// It counts in later limits and notices like any other.
/// </para>
/// </summary>
public sealed class AwardService(Commands commands, SchemeBook book)
{
    public const string OverLimit = "over-limit";
    public const string NotEligible = "not-eligible";
    public const string RecentHelpReasonNeeded = "recent-help-reason-needed";

    // Compiled once for each service: a compiled query belongs to one database's model.
    private readonly Func<AnyDoorDb, Guid, Guid?, string, Task<Standing?>> standingOf = EF.CompileAsyncQuery((AnyDoorDb db, Guid household, Guid? worker, string scheme) =>
        db.Set<Household>().Where(h => h.Id == household).Select(h => new Standing(h.District, h.JoinedTo,
            db.Set<Household>().Any(j => j.JoinedTo == h.Id),
            db.Set<Ground>().Any(g => g.HouseholdId == h.Id && g.WorkerId == worker && g.Cause == Tie.Cause && g.To == null),
            db.Set<Worker>().Where(w => w.Id == worker).Select(w => w.AwardLimitPence).FirstOrDefault(),
            db.Set<SchemeVersion>().Where(v => v.SchemeId == scheme).Max(v => (int?)v.Number),
            db.Set<CrisisEpisode>().Where(e => e.HouseholdId == h.Id && e.ClosedOn == null).Max(e => (DateOnly?)e.OpenedOn),
            db.Set<CrisisEpisode>().Where(e => e.HouseholdId == h.Id && e.ClosedOn == null).OrderByDescending(e => e.OpenedOn).Select(e => (Guid?)e.Id).FirstOrDefault())).FirstOrDefault());

    private readonly Func<AnyDoorDb, Guid, IAsyncEnumerable<PastAward>> historyOf = EF.CompileAsyncQuery((AnyDoorDb db, Guid household) =>
        db.Set<Award>().Where(a => a.HouseholdId == household)
            .Concat(db.Set<Household>().Where(h => h.JoinedTo == household).Join(db.Set<Award>(), h => h.Id, a => a.HouseholdId, (h, a) => a))
            .Select(a => new PastAward(a.SchemeId, a.AwardType, a.EpisodeId, a.Amount, a.EffectiveAt, a.EffectiveOn, a.Status, a.NotCountedBy)));

    /// <summary>Where a household stands when an award is asked for, in one look.</summary>
    private sealed record Standing(string? District, Guid? JoinedTo, bool HasJoined, bool Tied, long? WorkerLimitPence, int? NewestVersion, DateOnly? EpisodeOpenedOn, Guid? Newest)
    {
        /// <summary>The crisis that is going on that day: one whose days have run out counts no more.</summary>
        public Guid? EpisodeOn(DateOnly day) => EpisodeOpenedOn is { } opened && CrisisEpisodes.IsOpen(opened, day) ? Newest : null;
    }

    public async Task<Result<Awarded>> AwardAsync(AuditContext who, AwardAsk ask, CancellationToken cancel, Once? once = null) =>
        await commands.RunAsync<Awarded>(who, async c =>
        {
            var made = await AwardAsync(c, [ask]);
            return made.Done ? made.Value[0] : made.Refusal;
        }, cancel, once);

    /// <summary>
    /// Makes the awards inside somebody else's command, all or none. The first refusal is given back, with <see cref="Refusal.Field"/> naming the ask
    /// when there are several.
    /// </summary>
    public async Task<Result<IReadOnlyList<Awarded>>> AwardAsync(Command c, IReadOnlyList<AwardAsk> asks)
    {
        var batch = new Batch(c, book, historyOf);
        await batch.HoldHouseholdsAsync(asks);
        var made = new List<Awarded>(asks.Count);
        for (var i = 0; i < asks.Count; i++)
        {
            var one = await AwardOneAsync(batch, asks[i]);
            if (!one.Done) return asks.Count == 1 ? one.Refusal : one.Refusal with { Field = $"asks[{i}]" };
            made.Add(one.Value);
        }
        return made;
    }

    private async Task<Result<Awarded>> AwardOneAsync(Batch batch, AwardAsk ask)
    {
        if (CheckAmount(ask.AmountPence) is { } badAmount) return badAmount;
        var at = ask.EffectiveAt ?? batch.Command.Who.At;
        var amount = new Money(ask.AmountPence);

        // What an imported award needs is the scheme alone: thousands come in one batch.
        Standing? standing = null;
        if (!ask.Imported)
        {
            standing = await standingOf(batch.Db, ask.HouseholdId, batch.WorkerId, ask.SchemeId);
            // Whoever said that they know them gives them nothing; a colleague does.
            if (standing is null or { Tied: true }) return new Refusal("not-found", "There is no such household.");
        }
        if (await batch.SchemeAsync(ask.SchemeId, standing?.NewestVersion, known: standing is not null) is not { } scheme) return SchemeService.NoScheme;
        var (number, _, definition) = scheme.On(LondonTime.DayOf(at));

        if (CheckDates(definition, at) is { } badDate) return badDate;
        if (definition.Type(ask.AwardType) is not { } type) return NotGiven(definition);

        var assessment = new Assessment(Verdict.Yes, [], null, [], [], []);
        var (household, episode) = (ask.HouseholdId, ask.EpisodeId);
        if (standing is not null)
        {
            household = standing.JoinedTo ?? household;
            var records = standing is { JoinedTo: null, HasJoined: false } ? [household] : await batch.RecordsAsync(household);
            episode ??= await batch.EpisodeAsync(household, records.Count == 1 ? standing.EpisodeOn(LondonTime.DayOf(at)) : await CrisisEpisodes.OpenAsync(batch.Db, records, LondonTime.DayOf(at), batch.Command.Cancel), definition, at);
            var facts = ask.Facts.Authority is null && Places.District.Find(standing.District)?.Authority is { } authority ? ask.Facts.In(authority) : ask.Facts;
            var history = await batch.HistoryAsync(household);
            assessment = SchemeRules.Assess(definition, type, at, facts, history, episode);
            if (Check(definition, type, amount, assessment, standing.WorkerLimitPence) is { } refused) return refused;
            if (await NoticeAsync(batch, records, ask, definition, assessment) is { } notice) return notice;
            batch.Add(household, new PastAward(scheme.Id, type.Id, episode, amount, at, LondonTime.DayOf(at), ask.State, NotCounted(assessment)));
        }
        return await WriteAsync(batch, ask, scheme, number, definition, type, amount, at, standing?.District ?? ask.District, episode, assessment);
    }

    internal static Refusal? CheckAmount(long pence) => pence <= 0 || pence > Ledger.Most.Pence
        ? new Refusal(Ledger.BadAmount, "Write an amount in pounds and pence that is more than zero, like 49.00.", "amount_pence")
        : null;

    internal static Refusal NotGiven(SchemeDefinition scheme) =>
        new(NotEligible, $"{scheme.Name} does not give that. It gives: {string.Join(", ", scheme.AwardTypes.Select(t => t.Label.ToLowerInvariant()))}.");

    private static Refusal? CheckDates(SchemeDefinition scheme, DateTime at)
    {
        if (LondonTime.DayOf(at) < scheme.Decision.Date)
            return new Refusal(Ledger.BeforeDecision, $"{scheme.Name} was decided on {LondonTime.Day(scheme.Decision.Date)} ({scheme.Decision.Body}). An award cannot be dated before that, and this one is dated {LondonTime.Day(LondonTime.DayOf(at))}.");
        return Ledger.DatesRefusal(scheme.Name, scheme.OpenFrom, scheme.OpenUntil, at, at);
    }

    private static Refusal? Check(SchemeDefinition scheme, AwardType type, Money amount, Assessment found, long? workerLimit)
    {
        if (found.FirstNo is { } no)
            return new Refusal(NotEligible, $"{no.Rule.Cite} of {scheme.Name}: {no.Rule.Words} {no.Rule.Otherwise ?? "This is not the fund for that. We look at other funds, the menu and a person with you, and you can ask for a review."}");
        if (amount < type.Least) return new Refusal(Ledger.BadAmount, $"{type.Label} from {scheme.Name} is at least {type.Least}.", "amount_pence");
        if (amount > type.Most) return new Refusal(OverLimit, $"{type.Label} from {scheme.Name} is at most {type.Most}, and {amount} is {amount - type.Most} more.", "amount_pence");
        if (found.Amount is { Amount: { } most } by && amount > most)
            return new Refusal(OverLimit, $"{by.Rule.Cite} of {scheme.Name} gives {(by.UpTo ? "up to " : "")}{most} here, and {amount} is {amount - most} more. {by.Rule.Words}", "amount_pence");
        if (found.Limits.FirstOrDefault(l => !l.Allows(amount)) is { } limit)
        {
            var left = limit.AwardsLeft is <= 0 ? "That has been given." : $"{limit.Left} of that is left, and {amount} is {amount - limit.Left!.Value} more.";
            return new Refusal(OverLimit, $"{limit.Rule.Cite} of {scheme.Name}: {limit.Rule.Words} {left}{(limit.Rule.Otherwise is { } next ? " " + next : "")}");
        }
        if (workerLimit is { } own && amount.Pence > own)
            return new Refusal(OverLimit, $"Your own limit is {new Money(own)} for one award. Ask somebody with a higher limit to make this one.", "amount_pence");
        return null;
    }

    /// <summary>Type and week only, never who or why, and nothing at all when somebody in the household is at risk.</summary>
    private static async Task<Refusal?> NoticeAsync(Batch batch, IReadOnlyList<Guid> records, AwardAsk ask, SchemeDefinition scheme, Assessment found)
    {
        if (found.RecentHelp.Count == 0 || ask.AtRisk || !string.IsNullOrWhiteSpace(ask.RecentHelpReason)) return null;
        if (await batch.Db.Set<Membership>().Where(m => records.Contains(m.HouseholdId) && m.To == null)
            .Join(batch.Db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => p.AtRisk).AnyAsync(atRisk => atRisk, batch.Command.Cancel)) return null;
        var recent = found.RecentHelp[0];
        return new Refusal(RecentHelpReasonNeeded, recent.Sentence(scheme.Type(recent.AwardType)?.Label ?? "Help"), "recent_help_reason");
    }

    private static string? NotCounted(Assessment found) => found.NotCountedBy.Count == 0 ? null : string.Join(',', found.NotCountedBy);

    private static async Task<Result<Awarded>> WriteAsync(Batch batch, AwardAsk ask, SchemeInUse scheme, int version, SchemeDefinition definition, AwardType type,
        Money amount, DateTime at, string? district, Guid? episode, Assessment found)
    {
        var c = batch.Command;
        var (day, today) = (LondonTime.DayOf(at), LondonTime.DayOf(c.Who.At));
        var applicationId = ask.ApplicationId ?? batch.NewId();
        if (ask.ApplicationId is { } waiting)
        {
            await c.Kind.HoldRowsAsync(batch.Db, "application", [waiting], c.Cancel);
            var application = await batch.Db.Set<Application>().AsTracking().SingleOrDefaultAsync(a => a.Id == waiting && a.SchemeId == ask.SchemeId && a.HouseholdId == ask.HouseholdId, c.Cancel);
            if (application is null) return new Refusal("not-found", "There is no such application.");
            if (application.Decide() is { } decided) return decided;
        }
        else
        {
            c.Insert(new Application
            {
                Id = applicationId, HouseholdId = ask.HouseholdId, RequestId = ask.RequestId, SchemeId = ask.SchemeId, AwardType = type.Id, Asked = amount,
                Door = c.Who.Door, ReceivedAt = at, Status = ApplicationStatus.Decided,
            });
        }
        c.Insert(new Decision
        {
            Id = batch.NewId(), ApplicationId = applicationId, Outcome = DecisionOutcome.Awarded, SchemeVersion = version,
            RuleId = found.Cited?.Id, RuleNumber = found.Cited?.Number, RuleWords = found.Cited?.Words, Unknown = found.Ask.Count == 0 ? null : string.Join(',', found.Ask),
            Reason = ask.Reason, RecentHelpReason = ask.RecentHelpReason, WorkerId = batch.WorkerId, OrganisationId = c.Who.OrganisationId, At = c.Who.At, Imported = ask.Imported,
        });
        var award = new Award
        {
            Id = batch.NewId(), Reference = ask.Reference ?? Reference.New(), ApplicationId = applicationId, HouseholdId = ask.HouseholdId, RequestId = ask.RequestId, EpisodeId = episode,
            SchemeId = scheme.Id, AwardType = type.Id, Category = type.Category, Amount = amount, Delivery = ask.Delivery, Status = AwardStatus.Committed,
            EffectiveAt = at, EffectiveOn = day, RecordedAt = c.Who.At, District = district, Door = c.Who.Door, OrganisationId = c.Who.OrganisationId, WorkerId = batch.WorkerId,
            Imported = ask.Imported, NotCountedBy = NotCounted(found), Version = 1,
        };
        var ledger = Ledger.In(c);
        ledger.Commit(scheme.Accounts, amount, award.Id, at);
        string? letter = null, code = null;
        if (ask.State is AwardStatus.Issued or AwardStatus.Redeemed)
        {
            award.Issue(ask.State == AwardStatus.Issued ? type.LastDay(today) ?? definition.Closes : null);
            ledger.Issue(scheme.Accounts, amount, award.Id, ask.Imported ? day : today);
            if (ask.Delivery == AwardAsk.PrintedLetter && ask.State == AwardStatus.Issued) (letter, code) = batch.Print(award);
        }
        if (ask.State == AwardStatus.Redeemed)
        {
            award.Redeem();
            ledger.Redeem(scheme.Accounts, amount, award.Id, ask.Imported ? day : today);
        }
        c.Insert(award);
        c.Record(ask.Imported ? "award.imported" : "award.made", award.Id, ask.HouseholdId, JsonSerializer.Serialize(new
        {
            award.Reference, scheme = scheme.Id, version, type = type.Id, pence = amount.Pence, rule = found.Cited?.Id, reason = ask.Reason, recent_help_reason = ask.RecentHelpReason,
        }));
        return new Awarded(award.Id, award.Reference, award.Status, letter, award.ExpiresOn) { Code = code };
    }

    /// <summary>What one batch looks up once.</summary>
    private sealed class Batch(Command c, SchemeBook book, Func<AnyDoorDb, Guid, IAsyncEnumerable<PastAward>> historyOf)
    {
        private readonly Dictionary<string, SchemeInUse?> schemes = [];
        private readonly Dictionary<Guid, List<PastAward>> histories = [];
        private readonly Dictionary<Guid, Guid> episodes = [];

        public Command Command => c;
        public AnyDoorDb Db => c.Db;
        /// <summary>A partner's system acts for a worker, within that worker's limit.</summary>
        public Guid? WorkerId { get; } = c.Who.Actor.Kind is ActorKind.Worker or ActorKind.System ? c.Who.Actor.Id : null;

        public Guid NewId() => Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero));

        /// <summary>Two workers with one household: the second waits, and then sees what the first gave. Otherwise both could read the same limit as free.</summary>
        public async Task HoldHouseholdsAsync(IReadOnlyList<AwardAsk> asks)
        {
            var ids = asks.Where(a => !a.Imported).Select(a => a.HouseholdId).Distinct().Order().ToList();
            if (ids.Count > 0) await c.Kind.HoldRowsAsync(Db, "household", ids, c.Cancel);
        }

        /// <summary>A household with every record that is joined in it, the kept one held as well: they are one, to limits, crises and whoever is at risk.</summary>
        public async Task<IReadOnlyList<Guid>> RecordsAsync(Guid kept)
        {
            await c.Kind.HoldRowsAsync(Db, "household", [kept], c.Cancel);
            return [kept, .. await Db.Set<Household>().Where(h => h.JoinedTo == kept).Select(h => h.Id).ToListAsync(c.Cancel)];
        }

        public async Task<SchemeInUse?> SchemeAsync(string id, int? newest, bool known)
        {
            if (schemes.TryGetValue(id, out var scheme)) return scheme;
            return schemes[id] = known ? await book.FindAsync(Db, id, newest, c.Cancel) : await book.FindAsync(Db, id, c.Cancel);
        }

        public async Task<IReadOnlyList<PastAward>> HistoryAsync(Guid household)
        {
            if (histories.TryGetValue(household, out var history)) return history;
            histories[household] = history = [];
            await foreach (var past in historyOf(Db, household).WithCancellation(c.Cancel)) history.Add(past);
            return history;
        }

        public void Add(Guid household, PastAward award) => histories[household].Add(award);

        public Task<Guid?> EpisodeAsync(Guid household, Guid? open, SchemeDefinition scheme, DateTime at)
        {
            if (open is not null || episodes.TryGetValue(household, out var mine) && (open = mine) is not null) return Task.FromResult(open);
            if (scheme.Rules.All(r => r.Limit?.Per != LimitPer.CrisisEpisode)) return Task.FromResult<Guid?>(null);
            var id = episodes[household] = NewId();
            c.Insert(new CrisisEpisode { Id = id, HouseholdId = household, OpenedOn = LondonTime.DayOf(at), Why = "award" });
            return Task.FromResult<Guid?>(id);
        }

        public (string Letter, string Code) Print(Award award)
        {
            var code = VoucherCode.New();
            var voucher = Voucher.Print(award, c.LogKey.HashSecret(VoucherCode.Purpose, code), c.Who.At);
            c.Insert(voucher);
            return (voucher.LetterNumber, code);
        }
    }
}

/// <summary>The secret on a letter: 50 random bits in letters and digits that cannot be mistaken for each other.</summary>
internal static class VoucherCode
{
    public const string Purpose = "voucher";
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Alphabet, 10);

    /// <summary>As typed at a counter: any case, spaces and dashes do not matter.</summary>
    public static string Read(string typed) => new([.. typed.ToUpperInvariant().Where(char.IsLetterOrDigit)]);
}
