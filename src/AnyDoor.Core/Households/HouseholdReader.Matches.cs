using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Organisations;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Households;

/// <summary>Somebody who may be the same person, at the least content.</summary>
/// <param name="MatchId">Null while typing: nothing is recorded yet.</param>
/// <param name="Agrees">In words, like <c>One letter off</c>.</param>
public sealed record MatchView(Guid? MatchId, Guid? PersonId, FoundPerson Other, Likelihood Likelihood, IReadOnlyList<Agreement> Agrees);

/// <summary>One line of a comparison side by side.</summary>
public sealed record MatchLine(string What, string This, string Other, string Words);

/// <summary>Two records side by side. What either side may not show says so.</summary>
/// <param name="HomesStayApart">Why the two homes cannot be joined; null: they can.</param>
/// <param name="OthersDiffer">The two homes hold different other adults: joined, each is shown as living with all of them.</param>
public sealed record MatchComparison(Guid MatchId, Guid HouseholdId, Guid OtherHouseholdId, string Name, Likelihood Likelihood, IReadOnlyList<MatchLine> Lines, string StricterStrip, MatchAnswer Answer, string? HomesStayApart = null, bool OthersDiffer = false);

/// <summary>Which side's value the joined record keeps, field by field.</summary>
/// <param name="JoinHouseholds">The two homes are one as well. Never by itself: somebody may have left the one for the other.</param>
public sealed record JoinChoices(bool OtherName = false, bool OtherDateOfBirth = false, bool JoinHouseholds = false);

public sealed partial class HouseholdReader
{
    internal const string PossibleMatchBasis = "possible-match";
    private const string MatchNotShown = "match-not-shown";

    /// <summary>
    /// Possible matches while somebody is being typed in, the likeliest first (R-HUB-04): by date of birth, telephone, postcode and name, and then people whose name starts like that.
    /// A partner's worker is offered only households they brought.
    /// </summary>
    public async Task<IReadOnlyList<MatchView>> WhileTypingAsync(ReadContext ctx, PersonFacts typed, CancellationToken cancel)
    {
        if (!KnowsTheHubsPast(ctx)) return await BroughtBeforeAsync(ctx, typed, cancel);
        await using var db = database.Open();
        var offered = await OfferAsync(db, ctx, typed, null, [], [], cancel);
        if (typed.FoldedName.Length < 3) return offered;
        // Whoever differs in what was typed beside the name is somebody else, and whoever is offered already has been written down once.
        var known = offered.Select(o => o.Other.PersonId).ToHashSet();
        var alike = await FindAsync(ctx, typed.Name, p => !known.Contains(p.Id)
            && (typed.DateOfBirth is not { } born || (p.DateOfBirth?.Year ?? p.BirthYear) is not { } year || year == born.Year), cancel);
        return [.. offered, .. alike.Select(f => new MatchView(null, null, f, Likelihood.None, [])).Take(MostFound - offered.Count)];
    }

    /// <summary>
    /// Outside the hub: by name, postcode or number among the households that their organisation brought, and nowhere else.
    /// Others' records are not compared with, so neither the answer nor the time it takes says that somebody is known.
    /// </summary>
    private async Task<IReadOnlyList<MatchView>> BroughtBeforeAsync(ReadContext ctx, PersonFacts typed, CancellationToken cancel)
    {
        var found = new List<FoundPerson>();
        foreach (var text in new[] { typed.FoldedName.Length < 3 ? null : typed.Name, typed.Postcodes.FirstOrDefault(), typed.Phones.FirstOrDefault() }.OfType<string>())
        {
            found.AddRange(await FindAsync(ctx, text, p => !found.Exists(f => f.PersonId == p.Id)
                && (typed.DateOfBirth is not { } born || (p.DateOfBirth?.Year ?? p.BirthYear) is not { } year || year == born.Year), cancel, broughtOnly: true));
        }
        return [.. found.Select(f => new MatchView(null, null, f, Likelihood.None, [])).Take(MostFound)];
    }

    /// <summary>
    /// Matches are looked for when somebody opens the household, not when a request comes in: no door, form or import answers slower or otherwise because a person is known.
    /// </summary>
    private async Task RecordNewAsync(AnyDoorDb db, ReadContext ctx, IReadOnlyList<Guid> people, CancellationToken cancel)
    {
        if ((await MatchFinder.FindAsync(db, people, cancel)).Count == 0) return;
        try
        {
            await commands.RunAsync(ctx.Audit, async c => (Result<int>)await MatchFinder.RecordAsync(c, people), cancel);
        }
        catch (DbUpdateException error) when (database.Kind.IsUniqueConflict(error)) { } // a colleague opened the other side at the same moment
    }

    /// <summary>The open matches of a household that this worker may open. Those that may not be shown are not mentioned: the information lead hears of them.</summary>
    public async Task<IReadOnlyList<MatchView>> MatchesAsync(ReadContext ctx, Guid householdId, CancellationToken cancel)
    {
        await using var db = database.Open();
        var (household, ids) = await ResolveAsync(db, householdId, cancel);
        var sight = await SightAsync(db, ctx, ids, cancel);
        if (household is null || !sight.Allows(DataCategory.IdentityAndContact, null)) return [];
        var people = (await MembersAsync(db, ids, LondonTime.DayOf(ctx.Audit.At), cancel)).ConvertAll(m => m.Person.Id);
        await RecordNewAsync(db, ctx, people, cancel);
        var pairs = await db.Set<PossibleMatch>().Where(m => (people.Contains(m.PersonId) || people.Contains(m.OtherPersonId)) && (m.Answer == MatchAnswer.Open || m.Answer == MatchAnswer.NotSure)).ToListAsync(cancel);
        if (pairs.Count == 0) return [];
        var facts = await MatchFinder.FactsAsync(db, [.. pairs.SelectMany(p => new[] { p.PersonId, p.OtherPersonId })], cancel);
        var views = new List<MatchView>();
        foreach (var own in pairs.GroupBy(p => people.Contains(p.PersonId) ? p.PersonId : p.OtherPersonId))
        {
            if (!facts.TryGetValue(own.Key, out var person)) continue;
            var others = own.ToDictionary(p => p.PersonId == own.Key ? p.OtherPersonId : p.PersonId, p => p.Id);
            views.AddRange((await OfferAsync(db, ctx, person.Facts, household.Id, ids, others, cancel)).Select(v => v with { PersonId = own.Key }));
        }
        return views;
    }

    /// <summary>
    /// Both records side by side, for a worker with grounds on the one and leave to see the other. Of a record that they may not open it shows what a possible match may:
    /// name, birth year, postcode sector and safe contact, and whether the rest is the same. Somebody at risk on either side hides where both live.
    /// </summary>
    public async Task<MatchComparison?> CompareAsync(ReadContext ctx, Guid matchId, CancellationToken cancel)
    {
        await using var db = database.Open();
        if (await PairAsync(db, ctx, matchId, cancel) is not { } pair) return null;
        await log.RecordAsync(ctx.Audit, ctx.Page, PossibleMatchBasis, [pair.HouseholdId, pair.OtherHouseholdId], cancel);

        var withheld = (await AtRiskAsync(db, ctx, [pair.HouseholdId, pair.OtherHouseholdId], cancel)).Count > 0;
        var comparison = Matching.Compare(pair.This.Facts, withheld ? pair.Other.Facts with { Postcodes = [] } : pair.Other.Facts);
        var reach = await ReachAsync(db, [pair.This.Person.Id, pair.Other.Person.Id], cancel);
        var (mine, theirs) = (reach.GetValueOrDefault(pair.This.Person.Id) ?? Reach.Unanswered, reach.GetValueOrDefault(pair.Other.Person.Id) ?? Reach.Unanswered);
        var day = LondonTime.DayOf(ctx.Audit.At);
        var (members, otherMembers) = (await MembersAsync(db, [pair.HouseholdId], day, cancel), await MembersAsync(db, [pair.OtherHouseholdId], day, cancel));
        var (home, otherHome) = withheld ? (HomeView.Hidden, HomeView.Hidden) : (await HomeAsync(db, ctx, pair.HouseholdId, members, day, cancel), await HomeAsync(db, ctx, pair.OtherHouseholdId, otherMembers, day, cancel));
        var (name, otherName) = (pair.This.Person.Name, pair.Other.Person.Name);
        var (_, others) = await ResolveAsync(db, pair.OtherHouseholdId, cancel);
        var sight = await SightAsync(db, ctx, others, cancel);
        var opens = sight.Allows(DataCategory.IdentityAndContact, pair.Other.Person.Id);
        // Who else lives there is for whoever may open that household.
        var seen = sight.Allows(DataCategory.HouseholdComposition, null);
        return new MatchComparison(matchId, pair.HouseholdId, pair.OtherHouseholdId, name, comparison.Likelihood,
        [
            new("Name", name, otherName, Or(comparison.WordsFor("name"), "Different")),
            new("Date of birth", Born(pair.This), opens ? Born(pair.Other) : BornIn(pair.Other), Or(comparison.WordsFor("born"), IsBornKnown(pair.This) || IsBornKnown(pair.Other) ? "Not known on one side" : "Not known on both")),
            new("Address", home.ToString(), opens || withheld ? otherHome.ToString() : AreaOf(otherHome), AddressWords(home, otherHome, opens)),
            new("Phone", Phones(pair.This), opens ? Phones(pair.Other) : "Not shown", Or(comparison.WordsFor("phone"), "Not the same")),
            new("Lives with", LivesWith(members, pair.This.Person.Id, day), seen ? LivesWith(otherMembers, pair.Other.Person.Id, day) : "Not shown", seen ? Or(comparison.WordsFor("household"), "Different") : "Not compared"),
            new("Safe contact", SafeContacts.InBrief(mine), SafeContacts.InBrief(theirs), mine == theirs ? "Same" : "Keep both"),
        ], SafeContacts.Strip(Names.First(name), SafeContacts.Strictest(mine, theirs), members.Exists(m => m.Person.Id != pair.This.Person.Id && m.Role != MemberRole.Child)), pair.Match.Answer,
            await HomesStayApartAsync(db, pair.HouseholdId, pair.OtherHouseholdId, cancel) ? HomesApart : null, OtherAdultsDiffer(members, pair.This.Person.Id, otherMembers, pair.Other.Person.Id));
    }

    /// <summary>
    /// Keeps a worker's answer. "Same" joins the two records field by field and needs how they know; both histories stay and it can be undone.
    /// Whichever the answer, the stricter safe contact is kept; unless they are the same, nothing else of the other's goes into it. False where there is no such match for this worker.
    /// </summary>
    public async Task<Result<bool>> AnswerMatchAsync(ReadContext ctx, Guid matchId, MatchAnswer answer, string? how, JoinChoices choices, CancellationToken cancel)
    {
        if (answer == MatchAnswer.Open) return new Refusal("answer-needed", "Choose whether they are the same person, not the same, or not sure yet.", "answer");
        if (answer == MatchAnswer.Same && (how ?? "").Trim().Length < 5) return new Refusal("how-needed", "Say how you know that they are the same person.", "how");
        if (ctx.Worker is not { } worker || !RoleTable.Default.May(worker.Role, "answer-match")) return false;
        return await commands.RunAsync<bool>(ctx.Audit, async c =>
        {
            if (await PairAsync(c.Db, ctx, matchId, c.Cancel) is not { } found) return false;
            // Held, and read again: what they are joined with may have changed meanwhile.
            await HoldJoinedAsync(c, [found.HouseholdId, found.OtherHouseholdId]);
            if (await PairAsync(c.Db, ctx, matchId, c.Cancel) is not { } pair) return false;
            var match = await c.Db.Set<PossibleMatch>().AsTracking().SingleAsync(m => m.Id == matchId, c.Cancel);
            if (match.Answer is MatchAnswer.Same or MatchAnswer.NotSame) return new Refusal("already-answered", "Somebody has answered this already. Open the record again to see what they said.");
            if (answer == MatchAnswer.Same && choices.JoinHouseholds && await HomesStayApartAsync(c.Db, pair.HouseholdId, pair.OtherHouseholdId, c.Cancel)) return new Refusal("homes-apart", HomesApart, "homes");
            (match.Answer, match.AnsweredAt, match.AnsweredBy, match.How) = (answer, c.Who.At, worker.WorkerId, how?.Trim());
            await KeepTheStricterAsync(c, pair, answer == MatchAnswer.Same, worker.WorkerId);
            if (answer == MatchAnswer.Same) await JoinAsync(c, pair, choices, worker.WorkerId, how!.Trim());
            c.Record($"match.{(answer == MatchAnswer.Same ? "joined" : answer == MatchAnswer.NotSame ? "not-same" : "not-sure")}", matchId, pair.HouseholdId, how?.Trim());
            return true;
        }, cancel);
    }

    private const string HomesApart = "Somebody may be looking for a person who lives or lived in one of these homes, so the two homes stay apart. The person can be joined without them.";

    /// <summary>Somebody who may be looked for lives in one of these homes, or lived there: joined, the one whom they left would be shown where they went.</summary>
    private async Task<bool> HomesStayApartAsync(AnyDoorDb db, Guid one, Guid other, CancellationToken cancel)
    {
        var (here, there) = (await ResolveAsync(db, one, cancel), await ResolveAsync(db, other, cancel));
        // They are one already.
        if (here.Household?.Id == there.Household?.Id) return false;
        Guid[] homes = [.. here.Ids, .. there.Ids, one, other];
        return await db.Set<Membership>().Where(m => homes.Contains(m.HouseholdId)).Join(db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => p)
            .AnyAsync(p => p.AtRisk || db.Set<Person>().Any(k => k.Id == p.SameAs && k.AtRisk), cancel);
    }

    private static bool OtherAdultsDiffer(List<Member> mine, Guid self, List<Member> theirs, Guid other)
    {
        static HashSet<string> Adults(List<Member> members, Guid but) => [.. members.Where(m => m.Person.Id != but && m.Role != MemberRole.Child).Select(m => m.Person.FoldedName)];
        return !Adults(mine, self).SetEquals(Adults(theirs, other));
    }

    private async Task<IReadOnlyList<MatchView>> OfferAsync(AnyDoorDb db, ReadContext ctx, PersonFacts person, Guid? household, IReadOnlyList<Guid> open, Dictionary<Guid, Guid> recorded, CancellationToken cancel)
    {
        var candidates = await MatchFinder.FactsAsync(db, recorded.Count > 0 ? [.. recorded.Keys] : await MatchFinder.CandidatesAsync(db, [person], cancel), cancel);
        var offered = candidates.Select(c => (c.Key, c.Value, Compared: Matching.Compare(person, c.Value.Facts)))
            .Where(c => recorded.Count > 0 || c.Compared.Likelihood != Likelihood.None).ToDictionary(c => c.Key, c => (Known: c.Value, c.Compared));
        if (offered.Count == 0) return [];
        var members = offered.Values.SelectMany(o => o.Known.Households.Take(1).Select(h => new Member(h, MemberRole.Applicant, default, null, o.Known.Person))).ToList();
        var shown = await ShowAsync(db, ctx, members, cancel, open);
        // Of whoever is only typed in so far, the lead hears what is very likely; of a match that is recorded, always.
        var hidden = members.Where(m => !shown.Exists(s => s.PersonId == m.Person.Id) && (recorded.Count > 0 || offered[m.Person.Id].Compared.Likelihood == Likelihood.VeryLikely));
        await TellTheLeadAsync(db, ctx, household, [.. hidden.Select(m => m.HouseholdId).Distinct()], cancel);
        // Where no area is shown none is compared either: whoever types postcode after postcode is not told when it fits.
        return [.. shown.Select(s => (Shown: s, offered[s.PersonId].Known.Facts, offered[s.PersonId].Compared))
            .Select(o => (o.Shown, Compared: o.Shown.PostcodeSector is null ? Matching.Compare(person, o.Facts with { Postcodes = [] }) : o.Compared))
            // Also one that was recorded before either was marked: without the postcode nothing may be left of it.
            .Where(o => o.Compared.Likelihood != Likelihood.None || (recorded.Count > 0 && o.Shown.PostcodeSector is not null))
            .Select(o => new MatchView(recorded.TryGetValue(o.Shown.PersonId, out var match) ? match : null, null, o.Shown, o.Compared.Likelihood,
                [.. o.Compared.Agrees.Where(a => o.Shown.MayOpen || !a.Code.StartsWith("household", StringComparison.Ordinal))]))
            .OrderByDescending(v => v.Likelihood)];
    }

    private async Task TellTheLeadAsync(AnyDoorDb db, ReadContext ctx, Guid? household, List<Guid> others, CancellationToken cancel)
    {
        if (others.Count == 0) return;
        var worker = ctx.Worker?.WorkerId;
        var told = await db.Set<InformationNotice>().Where(n => n.Kind == MatchNotShown && n.HouseholdId == household && n.OtherHouseholdId != null && others.Contains(n.OtherHouseholdId.Value))
            // A caller who is still being typed in has no record: once for each worker until the lead has seen it.
            .Where(n => household != null || (n.WorkerId == worker && n.SeenAt == null)).Select(n => n.OtherHouseholdId!.Value).ToListAsync(cancel);
        var fresh = others.Except(told).ToList();
        if (fresh.Count == 0) return;
        await commands.RunAsync(ctx.Audit, c =>
        {
            foreach (var other in fresh)
            {
                c.Insert(new InformationNotice { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), Kind = MatchNotShown, HouseholdId = household, OtherHouseholdId = other, WorkerId = ctx.Worker?.WorkerId, At = c.Who.At });
                c.Record("match.not-shown", household: household);
            }
            return Task.FromResult<Result<Nothing>>(Nothing.Value);
        }, cancel);
    }

    private sealed record Pair(PossibleMatch Match, MatchFinder.Known This, Guid HouseholdId, MatchFinder.Known Other, Guid OtherHouseholdId);

    /// <summary>The two sides, this one being the side that the worker has grounds to open; null unless the other may appear to them too.</summary>
    private async Task<Pair?> PairAsync(AnyDoorDb db, ReadContext ctx, Guid matchId, CancellationToken cancel)
    {
        var match = await db.Set<PossibleMatch>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == matchId, cancel);
        if (match is null) return null;
        var facts = await MatchFinder.FactsAsync(db, [match.PersonId, match.OtherPersonId], cancel, joinedToo: true);
        if (!facts.TryGetValue(match.PersonId, out var a) || !facts.TryGetValue(match.OtherPersonId, out var b)) return null;
        foreach (var (mine, theirs) in new[] { (a, b), (b, a) })
        {
            if (mine.Households.Count == 0 || theirs.Households.Count == 0) continue;
            var (household, other) = (mine.Households.First(), theirs.Households.First());
            var (_, ids) = await ResolveAsync(db, household, cancel);
            if (!(await SightAsync(db, ctx, ids, cancel)).Allows(DataCategory.IdentityAndContact, mine.Person.Id)) continue;
            var (grounds, permissions) = await GroundsAsync(db, [other], cancel);
            var atRisk = await AtRiskAsync(db, ctx, ids.Contains(other) ? [] : [other], cancel);
            if (MayAppear(ctx, new Member(other, MemberRole.Applicant, default, null, theirs.Person), grounds[other], permissions[other], atRisk, await AgreedAsync(ctx, cancel))) return new Pair(match, mine, household, theirs, other);
        }
        return null;
    }

    private static async Task KeepTheStricterAsync(Command c, Pair pair, bool same, Guid worker)
    {
        var reach = await ReachAsync(c.Db, [pair.This.Person.Id, pair.Other.Person.Id], c.Cancel);
        if (!reach.TryGetValue(pair.Other.Person.Id, out var theirs)) return;
        var mine = reach.GetValueOrDefault(pair.This.Person.Id);
        var kept = !same ? SafeContacts.OnlyTheStricter(mine ?? Reach.Unanswered, theirs) : mine is null ? theirs : SafeContacts.Strictest(mine, theirs);
        if (kept != mine) Tell(c, pair.This.Person.SameAs ?? pair.This.Person.Id, kept, worker);
    }

    private static bool IsBornKnown(MatchFinder.Known p) => (p.Person.DateOfBirth?.Year ?? p.Person.BirthYear) is not null;
    private static string Or(string words, string otherwise) => words.Length > 0 ? words : otherwise;
    private static string BornIn(MatchFinder.Known p) => (p.Person.DateOfBirth?.Year ?? p.Person.BirthYear)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "Not known";
    private static string AreaOf(HomeView home) => home.Postcode?.Sector ?? "Not known";

    private static string AddressWords(HomeView home, HomeView other, bool opens) => (home, other) switch
    {
        ({ Withheld: true }, _) or (_, { Withheld: true }) => "Not compared",
        _ when !opens => home.Postcode is { } here && other.Postcode is { } there ? here.Sector == there.Sector ? "Same area" : "Different area" : "Not compared",
        _ => home == other || (home.Lines is not null && home.Lines == other.Lines) ? "Same" : "Different",
    };

    private static string Born(MatchFinder.Known p) => p.Person.DateOfBirth is { } born ? LondonTime.Day(born) : p.Person.BirthYear is { } year ? $"About {year}" : "Not known";
    private static string Phones(MatchFinder.Known p) => p.Facts.Phones.Count == 0 ? "Not known" : string.Join(", ", p.Facts.Phones.Select(Phone.Show));

    private static string LivesWith(List<Member> members, Guid self, DateOnly day)
    {
        var others = members.FindAll(m => m.Person.Id != self);
        return others.Count == 0 ? "Nobody" : string.Join(", ", others.Select(m => Names.Age(m.Person.DateOfBirth, m.Person.BirthYear, day) is { } age ? $"{Called(m)}, {age}" : Called(m)));
        static string Called(Member m) => m.Person.Name.Length == 0 ? Names.Shown("", m.Role) : Names.First(m.Person.Name);
    }
}
