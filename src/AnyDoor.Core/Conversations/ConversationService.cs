using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Households;
using AnyDoor.Sharing;
using AnyDoor.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Conversations;

public enum ChangeKind
{
    Answer,
    /// <summary>Asked, and they would rather not say.</summary>
    RatherNot,
    /// <summary>It was put in by mistake: back to not asked. The history keeps it.</summary>
    TakeBack,
}

/// <summary>One fact as the form sends it.</summary>
/// <param name="Shown">The id of the answer that stood there when the page was shown; none when it was empty.</param>
/// <param name="Value">JSON.</param>
public sealed record AnswerChange(string Fact, string? Value, Guid? Shown = null, Guid? About = null, ChangeKind Kind = ChangeKind.Answer)
{
    internal string? Wanted => Kind switch { ChangeKind.Answer => Value, ChangeKind.RatherNot => Answer.RatherNot, _ => null };
}

public enum ClashChoice { Mine, Theirs, Both }

/// <summary>A fact that somebody else changed after it was shown, to something else. Theirs stands until a person chooses.</summary>
/// <param name="Theirs">None: they took it back.</param>
/// <param name="MayKeepBoth">Free text: both can stand, one under the other.</param>
public sealed record Clash(string Fact, Guid? About, Guid? ByWorker, DateTime At, string? Theirs, Guid? TheirsId, AnswerChange Mine, bool MayKeepBoth)
{
    /// <summary>What to save next; none when theirs is kept, which needs nothing.</summary>
    public AnswerChange? Settle(ClashChoice choice) => choice switch
    {
        ClashChoice.Mine => Mine with { Shown = TheirsId },
        ClashChoice.Both when MayKeepBoth && Theirs is not null && Mine.Value is not null => Mine with { Shown = TheirsId, Value = JsonSerializer.Serialize($"{Text(Theirs)}\n{Text(Mine.Value)}") },
        ClashChoice.Both => throw new InvalidOperationException("Only free text can keep both answers."),
        _ => null,
    };

    private static string Text(string json) => JsonSerializer.Deserialize<string>(json)!;
}

/// <param name="Standing">The id of the answer that now stands for each change that was saved or was there already, so that the page can go on saving.</param>
public sealed record SaveOutcome(IReadOnlyList<string> Saved, IReadOnlyList<Clash> Clashes, IReadOnlyList<Refusal> Refused, IReadOnlyList<StandingAnswer> Standing);

public sealed record StandingAnswer(string Fact, Guid? About, Guid? Id);

/// <summary>Keeps what was said in a conversation. Nothing is lost, and nothing is saved over.</summary>
public sealed class ConversationService(Commands commands)
{
    private const int Tries = 5;
    private const string MovedOn = "moved-on";
    private static readonly Refusal NoHousehold = new("not-found", "There is no such household.");

    /// <summary>
    /// Saves what one person told. Facts that somebody else changed since they were shown come back as clashes; all the others are saved at once.
    /// The same content again writes nothing and makes no event, so a page may save as often as it likes.
    /// </summary>
    public async Task<Result<SaveOutcome>> SaveAsync(AuditContext who, Guid householdId, Guid? toldBy, IReadOnlyList<AnswerChange> changes, CancellationToken cancel, string origin = "conversation")
    {
        for (var attempt = 1; ; attempt++)
        {
            var saved = await commands.RunAsync(who, c => SaveAsync(c, householdId, toldBy, changes, origin), cancel);
            // Somebody saved in between: look again, and what differs becomes a clash.
            if (saved.Done || saved.Refusal.Code != MovedOn || attempt == Tries) return saved;
        }
    }

    private static async Task<Result<SaveOutcome>> SaveAsync(Command c, Guid householdId, Guid? toldBy, IReadOnlyList<AnswerChange> changes, string origin)
    {
        var version = await c.Db.Set<Household>().Where(h => h.Id == householdId).Select(h => (int?)h.Version).SingleOrDefaultAsync(c.Cancel);
        if (version is null) return NoHousehold;
        var facts = changes.Select(x => x.Fact).Distinct().ToList();
        var (households, kept) = await RecordsAsync(c, householdId);
        var known = (await c.Db.Set<Answer>().AsTracking().Where(a => households.Contains(a.HouseholdId) && facts.Contains(a.Fact)).ToListAsync(c.Cancel))
            .FindAll(a => a.PersonId == toldBy || (a.PersonId is { } teller && kept(teller) == toldBy));
        Guid? About(Answer a) => a.About is { } about ? kept(about) : null;
        var standing = known.Where(a => a.ReplacedAt is null).GroupBy(a => (a.Fact, About: About(a))).ToDictionary(g => g.Key, g => g.OrderBy(a => a.At).ThenBy(a => a.Id).Last());

        var (saved, clashes, refused, now) = (new List<string>(), new List<Clash>(), new List<Refusal>(), new List<StandingAnswer>());
        var atRisk = false;
        foreach (var change in changes.GroupBy(x => (x.Fact, x.About)).Select(g => g.Last()))
        {
            var wanted = change.Wanted;
            if (change.Kind == ChangeKind.Answer && wanted is null) continue;
            if (wanted is not null && AnswerCheck.Problem(change.Fact, wanted) is { } problem) { refused.Add(problem); continue; }
            var there = standing.GetValueOrDefault((change.Fact, change.About));
            if (wanted is null ? there is null : there is not null && Answer.Same(there.Value, wanted)) { now.Add(new(change.Fact, change.About, there?.Id)); continue; }
            if (there?.Id != change.Shown && ClashWith(there, change, known.FindAll(a => About(a) == change.About)) is { } clash) { clashes.Add(clash); continue; }

            foreach (var earlier in known.Where(a => a.ReplacedAt is null && a.Fact == change.Fact && About(a) == change.About)) earlier.ReplacedAt = c.Who.At;
            Guid? id = null;
            if (wanted is not null)
            {
                var answer = new Answer
                {
                    Id = Guid.CreateVersion7(), HouseholdId = householdId, PersonId = toldBy, About = change.About, Fact = change.Fact, Value = wanted, Origin = origin, At = c.Who.At,
                    ByWorker = c.Who.Actor.Kind == ActorKind.Worker ? c.Who.Actor.Id : null,
                };
                c.Insert(answer);
                id = answer.Id;
                atRisk |= AtRiskSigns.Current.InAnswer(change.Fact, wanted);
            }
            saved.Add(change.Fact);
            now.Add(new(change.Fact, change.About, id));
        }
        // From now on where they live is hidden, also from whoever has a page open.
        if (atRisk) await AtRiskMark.SetAsync(c, householdId, toldBy);
        if (saved.Count > 0)
        {
            Rise(c, householdId, version.Value);
            c.Record("conversation.saved", toldBy, householdId, JsonSerializer.Serialize(saved.Distinct()));
        }
        return new SaveOutcome(saved, clashes, refused, now);
    }

    /// <summary>Every record that is joined in this household, and of each person in it the one that is kept: what was told to one is known to all.</summary>
    private static async Task<(Guid[] Households, Func<Guid, Guid> Kept)> RecordsAsync(Command c, Guid householdId)
    {
        Guid[] households = [householdId, .. await c.Db.Set<Household>().Where(h => h.JoinedTo == householdId).Select(h => h.Id).ToListAsync(c.Cancel)];
        var joined = await c.Db.Set<Membership>().Where(m => households.Contains(m.HouseholdId)).Join(c.Db.Set<Person>().Where(p => p.SameAs != null), m => m.PersonId, p => p.Id, (m, p) => new { p.Id, Kept = p.SameAs!.Value }).Distinct().ToDictionaryAsync(p => p.Id, p => p.Kept, c.Cancel);
        return (households, id => joined.GetValueOrDefault(id, id));
    }

    /// <summary>A clash only when somebody really answered after the page was shown; a page that never showed the field has nothing to clash with but another's answer.</summary>
    private static Clash? ClashWith(Answer? there, AnswerChange change, List<Answer> known)
    {
        var last = there ?? known.Where(a => a.Fact == change.Fact).MaxBy(a => a.ReplacedAt);
        if (last is null) return null;
        var text = Words.Current.Fact(change.Fact)?.Type == "text" && there is { IsGiven: true } && change.Kind == ChangeKind.Answer;
        return new Clash(change.Fact, change.About, last.ByWorker, there?.At ?? last.ReplacedAt!.Value, there?.Value, there?.Id, change, text);
    }

    /// <summary>A worker confirms a need that the person's words point to.</summary>
    public Task<Result<Nothing>> ConfirmNeedAsync(AuditContext who, Guid householdId, Guid? toldBy, string needId, string? phrase, CancellationToken cancel, string origin = "conversation") =>
        NeedAsync(who, householdId, async (c, version) =>
        {
            if (Words.Current.Need(needId) is null) return new Refusal("unknown-need", "Choose a need from the list.", "needs");
            if (await c.Db.Set<NeedSaid>().AnyAsync(n => n.HouseholdId == householdId && n.PersonId == toldBy && n.NeedId == needId && n.RemovedAt == null, c.Cancel)) return Nothing.Value;
            c.Insert(new NeedSaid
            {
                Id = Guid.CreateVersion7(), HouseholdId = householdId, PersonId = toldBy, NeedId = needId, Phrase = phrase is { Length: > 200 } ? phrase[..200] : phrase, Origin = origin, At = c.Who.At,
                ByWorker = c.Who.Actor.Kind == ActorKind.Worker ? c.Who.Actor.Id : null,
            });
            if (AtRiskSigns.Current.InNeed(needId) || AtRiskSigns.Current.InWords(phrase)) await AtRiskMark.SetAsync(c, householdId, toldBy);
            Rise(c, householdId, version);
            c.Record("conversation.need-confirmed", toldBy, householdId, needId);
            return Nothing.Value;
        }, cancel);

    public Task<Result<Nothing>> RemoveNeedAsync(AuditContext who, Guid householdId, Guid? toldBy, string needId, CancellationToken cancel) =>
        NeedAsync(who, householdId, async (c, version) =>
        {
            var (households, kept) = await RecordsAsync(c, householdId);
            var said = (await c.Db.Set<NeedSaid>().AsTracking().Where(n => households.Contains(n.HouseholdId) && n.NeedId == needId && n.RemovedAt == null).ToListAsync(c.Cancel))
                .FindAll(n => n.PersonId == toldBy || (n.PersonId is { } teller && kept(teller) == toldBy));
            if (said.Count == 0) return Nothing.Value;
            foreach (var one in said) one.RemovedAt = c.Who.At;
            Rise(c, householdId, version);
            c.Record("conversation.need-removed", toldBy, householdId, needId);
            return Nothing.Value;
        }, cancel);

    private async Task<Result<Nothing>> NeedAsync(AuditContext who, Guid householdId, Func<Command, int, Task<Result<Nothing>>> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var done = await commands.RunAsync(who, async c =>
                await c.Db.Set<Household>().Where(h => h.Id == householdId).Select(h => (int?)h.Version).SingleOrDefaultAsync(c.Cancel) is { } version ? await change(c, version) : NoHousehold, cancel);
            if (done.Done || done.Refusal.Code != MovedOn || attempt == Tries) return done;
        }
    }

    /// <summary>Two workers who save at once meet here: the second is refused and looks again.</summary>
    private static void Rise(Command c, Guid householdId, int version) => c.AtEnd(0, async command =>
    {
        var risen = await command.Db.Set<Household>().Where(h => h.Id == householdId && h.Version == version).ExecuteUpdateAsync(set => set.SetProperty(h => h.Version, h => h.Version + 1), command.Cancel);
        return risen == 1 ? null : new Refusal(MovedOn, "Somebody else saved this household in the same moment. Your words are still on the page: save again.");
    });
}

/// <summary>
/// Reads answers, already cut: a person's own, and what others told about the household as a whole where the category is allowed.
/// Words that another person wrote, what they told about safety or themselves, and their needs are never among them.
/// The gate decides which categories are allowed and names the read; see <c>Households</c>.
/// </summary>
public static class AnswersTold
{
    public static async Task<IReadOnlyList<Answer>> ToAsync(AnyDoorDb db, Guid householdId, Guid person, Func<DataCategory, bool> allowed, CancellationToken cancel) =>
        [.. (await StandingAsync(db, householdId, cancel)).Where(a => Category(a.Fact) is { } category && allowed(category) && (a.PersonId == person || IsShared(a.Fact, category)))];

    /// <summary>The whole household as a worker with grounds may see it, cut by category only.</summary>
    public static async Task<IReadOnlyList<Answer>> ToWorkerAsync(AnyDoorDb db, Guid householdId, Func<DataCategory, bool> allowed, CancellationToken cancel) =>
        [.. (await StandingAsync(db, householdId, cancel)).Where(a => Category(a.Fact) is { } category && allowed(category))];

    /// <summary>Needs that one person's words point to; of all, for a worker, when no person is named.</summary>
    public static async Task<IReadOnlyList<NeedSaid>> NeedsAsync(AnyDoorDb db, Guid householdId, Guid? person, Func<DataCategory, bool> allowed, CancellationToken cancel) =>
        !allowed(DataCategory.NeedsAndAnswers) ? []
        : await db.Set<NeedSaid>().Where(n => n.HouseholdId == householdId && n.RemovedAt == null && (person == null || n.PersonId == person)).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(cancel);

    public static DataCategory? Category(string fact) =>
        Words.Current.Fact(fact) is { } known && Enum.TryParse<DataCategory>(known.Category.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var category) ? category : null;

    private static bool IsShared(string factId, DataCategory category) =>
        category is DataCategory.HouseholdComposition or DataCategory.Money or DataCategory.ChildrenAndEducation && Words.Current.Fact(factId) is { Subject: "household", Type: not "text" } && !factId.StartsWith("shock.", StringComparison.Ordinal);

    private static Task<List<Answer>> StandingAsync(AnyDoorDb db, Guid householdId, CancellationToken cancel) =>
        db.Set<Answer>().Where(a => a.HouseholdId == householdId && a.ReplacedAt == null).OrderBy(a => a.At).ThenBy(a => a.Id).ToListAsync(cancel);
}
