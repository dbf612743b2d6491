using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Casework;
using AnyDoor.Common;
using AnyDoor.Conversations;
using AnyDoor.Data;
using AnyDoor.Funds;
using AnyDoor.Households;
using AnyDoor.Messages;
using AnyDoor.Offers;
using AnyDoor.Requests;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>A household with the records joined in it, and how it stands against the schedule.</summary>
/// <param name="Last">The last day on which anything happened for it.</param>
internal sealed record Aged(IReadOnlyList<Guid> Ids, DateOnly Last, bool Given, bool IsOpen, bool IsHeld, bool AnswersGone)
{
    public Guid Root => Ids[0];
}

/// <summary>
/// Finds and disposes of what the schedule says is over. Each step is a command of its own and leaves a mark, so that a run which was cut off goes on,
/// and a second run finds nothing to do.
/// </summary>
internal sealed class Disposals(Database database, Commands commands)
{
    private const int AtOnce = 100;
    private const int Shown = 12;
    internal const string Gone = "Erased";

    /// <summary>What one rule came to.</summary>
    internal sealed class Tally
    {
        public int Count { get; set; }
        public int Held { get; set; }
        public int Waiting { get; set; }
        public List<string> References { get; } = [];
        /// <summary>Households whose time is over and that something still keeps open.</summary>
        public List<(string Mark, DateOnly Since)> Open { get; } = [];

        public void Add(string reference)
        {
            Count++;
            if (References.Count < Shown) References.Add(reference);
        }
    }

    /// <summary>Every rule of the schedule that this job does, by its id.</summary>
    public async Task<IReadOnlyDictionary<string, Tally>> RunAsync(AuditContext who, DateOnly asOf, bool dry, CancellationToken cancel)
    {
        var schedule = RetentionSchedule.Current;
        var tallies = schedule.Rules.Where(r => r.By == "retention").ToDictionary(r => r.Id, _ => new Tally());
        await HouseholdsAsync(who, asOf, dry, schedule, tallies, cancel);
        await RowsAsync(who, dry, tallies["set-aside-row"], db => SetAside(db, End(schedule["set-aside-row"].Before(asOf))).Select(q => q.Id), "retention.set-aside-rows", (db, ids) => ImportedRows.ForgetRowsAsync(db, commands.LogKey, ids, cancel), cancel);
        var messages = End(schedule["message"].Before(asOf));
        await RowsAsync(who, dry, tallies["message"], db => db.Set<OutboxMessage>().Where(m => m.CreatedAt < messages && m.State != MessageState.Waiting && !Holds(db, asOf).Any(h => h.HouseholdId == m.HouseholdId)).Select(m => m.Id), "retention.messages", (db, ids) => db.Set<OutboxMessage>().Where(m => ids.Contains(m.Id)).ExecuteDeleteAsync(cancel), cancel);
        await ReasonsAsync(who, End(schedule["reason-in-log"].Before(asOf)), dry, tallies["reason-in-log"], cancel);
        var copies = End(schedule["subject-copy"].Before(asOf));
        await RowsAsync(who, dry, tallies["subject-copy"], db => db.Set<SubjectPack>().Where(p => p.Body != null && p.MadeAt < copies).Select(p => p.Id), "retention.subject-copies", (db, ids) => db.Set<SubjectPack>().Where(p => ids.Contains(p.Id)).ExecuteUpdateAsync(p => p.SetProperty(x => x.Body, (string?)null), cancel), cancel);
        await SubjectRequestsAsync(who, asOf, schedule["subject-request"], dry, tallies["subject-request"], cancel);
        var equality = schedule["equality-answer"].Before(asOf);
        await EqualityAsync(who, equality, dry, tallies["equality-answer"], cancel);
        if (!dry)
        {
            await using var db = database.Open();
            await database.Kind.ForgetAsync(db, cancel);
        }
        return tallies;
    }

    /// <summary>What is over by the schedule and waits all the same, by rule.</summary>
    public async Task<IReadOnlyList<WaitingRecord>> WaitingAsync(AuditContext who, DateOnly asOf, CancellationToken cancel)
    {
        var schedule = RetentionSchedule.Current;
        var tallies = schedule.Rules.ToDictionary(r => r.Id, _ => new Tally());
        await HouseholdsAsync(who, asOf, dry: true, schedule, tallies, cancel);
        return [.. tallies.SelectMany(t => t.Value.Open.Select(o => new WaitingRecord(o.Mark, t.Key, o.Since))).OrderBy(w => w.Since).ThenBy(w => w.Mark, StringComparer.Ordinal)];
    }

    /// <summary>The first instant after a day in London.</summary>
    private static DateTime End(DateOnly day) => LondonTime.ToUtc(day.AddDays(1), TimeOnly.MinValue);

    private static IQueryable<Hold> Holds(AnyDoorDb db, DateOnly day) => db.Set<Hold>().Where(h => h.LiftedAt == null && h.From <= day && (h.Until == null || h.Until >= day));

    private static IQueryable<QuarantinedRow> SetAside(AnyDoorDb db, DateTime before) =>
        from row in db.Set<QuarantinedRow>() where row.Cells != "{}" join import in db.Set<RequestImport>() on row.ImportId equals import.Id where import.StartedAt < before select row;

    private async Task HouseholdsAsync(AuditContext who, DateOnly asOf, bool dry, RetentionSchedule schedule, IReadOnlyDictionary<string, Tally> tallies, CancellationToken cancel)
    {
        var (answers, without, with) = (schedule["answers"], schedule["household-without-award"], schedule["household-with-award"]);
        var youngest = End(new[] { answers.Before(asOf), without.Before(asOf), with.Before(asOf) }.Max());
        var after = Guid.Empty;
        while (true)
        {
            List<Guid> roots;
            List<Aged> aged;
            await using (var db = database.Open())
            {
                // By id, so that what is done in between moves nothing.
                roots = await db.Set<Household>().Where(h => h.JoinedTo == null && h.ErasedAt == null && h.CreatedAt < youngest && h.Id.CompareTo(after) > 0).OrderBy(h => h.Id).Take(AtOnce).Select(h => h.Id).ToListAsync(cancel);
                if (roots.Count == 0) return;
                aged = await AgedAsync(db, roots, asOf, cancel);
            }
            after = roots[^1];
            List<Aged> words = [], people = [];
            foreach (var one in aged)
            {
                var rule = one.Given ? with : without;
                if (one.Last <= rule.Before(asOf)) Sort(one, tallies[rule.Id], people);
                else if (one.Last <= answers.Before(asOf) && !one.AnswersGone) Sort(one, tallies[answers.Id], words);
            }
            if (dry) continue;
            if (words.Count > 0) await DisposeAsync(who, asOf, words, answers, cancel);
            foreach (var rule in new[] { without, with })
                if (people.FindAll(p => (p.Given ? with : without) == rule) is { Count: > 0 } these) await DisposeAsync(who, asOf, these, rule, cancel);
        }

        static void Sort(Aged one, Tally tally, List<Aged> due)
        {
            if (one.IsHeld) tally.Held++;
            else if (one.IsOpen)
            {
                tally.Waiting++;
                tally.Open.Add((Short(one.Root), one.Last));
            }
            else
            {
                tally.Add(Short(one.Root));
                due.Add(one);
            }
        }
    }

    /// <summary>A record's short mark: it opens nothing and says nothing of who it is.</summary>
    internal static string Short(Guid id) => id.ToString("N")[^6..].ToUpperInvariant();

    /// <summary>How these households stand. Joined records count as one: the last thing in any of them, and open or held when one is.</summary>
    private static async Task<List<Aged>> AgedAsync(AnyDoorDb db, List<Guid> roots, DateOnly asOf, CancellationToken cancel)
    {
        var groups = roots.ToDictionary(r => r, r => new List<Guid> { r });
        var root = roots.ToDictionary(r => r, r => r);
        // A join may rest on a joined one.
        for (var level = roots; level.Count > 0;)
        {
            var up = level;
            var joined = await db.Set<Household>().Where(h => h.JoinedTo != null && up.Contains(h.JoinedTo.Value)).Select(h => new { h.Id, To = h.JoinedTo!.Value }).ToListAsync(cancel);
            foreach (var j in joined.Where(j => root.TryAdd(j.Id, root[j.To]))) groups[root[j.To]].Add(j.Id);
            level = joined.ConvertAll(j => j.Id);
        }
        var ids = root.Keys.ToArray();
        var last = new Dictionary<Guid, DateTime>();
        var (open, given, held) = (new HashSet<Guid>(), new HashSet<Guid>(), new HashSet<Guid>());
        void Happened(Guid household, DateTime? at) { if (at is { } when && (!last.TryGetValue(root[household], out var before) || before < when)) last[root[household]] = when; }

        foreach (var h in await db.Set<Household>().Where(h => ids.Contains(h.Id)).Select(h => new { h.Id, h.CreatedAt }).ToListAsync(cancel)) Happened(h.Id, h.CreatedAt);
        foreach (var r in await db.Set<Request>().Where(r => ids.Contains(r.HouseholdId)).Select(r => new { r.HouseholdId, r.Status, r.SubmittedAt, r.ClosedAt, r.FirstContactAt }).ToListAsync(cancel))
        {
            foreach (var at in new[] { r.SubmittedAt, r.ClosedAt, r.FirstContactAt }) Happened(r.HouseholdId, at);
            // Passed on: open while an organisation has it, which its handover says below. What an old form says was passed on has none.
            if (r.Status is RequestStatus.Waiting or RequestStatus.Claimed) open.Add(root[r.HouseholdId]);
        }
        foreach (var a in await db.Set<Award>().Where(a => ids.Contains(a.HouseholdId)).Select(a => new { a.HouseholdId, a.Status, a.EffectiveAt, a.RecordedAt, a.SchemeId }).ToListAsync(cancel))
        {
            Happened(a.HouseholdId, a.EffectiveAt);
            given.Add(root[a.HouseholdId]);
            if (a.Status is AwardStatus.Committed or AwardStatus.Issued) open.Add(root[a.HouseholdId]);
        }
        foreach (var a in await db.Set<Application>().Where(a => ids.Contains(a.HouseholdId)).Select(a => new { a.HouseholdId, a.ReceivedAt, a.Status }).ToListAsync(cancel))
        {
            Happened(a.HouseholdId, a.ReceivedAt);
            if (a.Status == ApplicationStatus.Undecided) open.Add(root[a.HouseholdId]);
        }
        foreach (var h in await db.Set<Handover>().Where(h => ids.Contains(h.HouseholdId)).Select(h => new { h.HouseholdId, h.State, h.SentAt, h.HelpedAt, h.BackAt, h.FirstContactAt }).ToListAsync(cancel))
        {
            foreach (var at in new[] { h.SentAt, h.HelpedAt, h.BackAt, h.FirstContactAt }) Happened(h.HouseholdId, at);
            if (h.State is HandoverState.Sent or HandoverState.Accepted or HandoverState.FirstContact) open.Add(root[h.HouseholdId]);
        }
        foreach (var r in await db.Set<DecisionReview>().Where(r => ids.Contains(r.HouseholdId)).Select(r => new { r.HouseholdId, r.AskedAt, r.AnsweredAt, r.State }).ToListAsync(cancel))
        {
            Happened(r.HouseholdId, r.AnsweredAt ?? r.AskedAt);
            if (r.State is ReviewState.Waiting or ReviewState.Taken) open.Add(root[r.HouseholdId]);
        }
        foreach (var x in await db.Set<CrisisEpisode>().Where(x => ids.Contains(x.HouseholdId)).Select(x => new { x.HouseholdId, x.OpenedOn, x.ClosedOn }).ToListAsync(cancel))
        {
            Happened(x.HouseholdId, LondonTime.ToUtc(x.ClosedOn ?? x.OpenedOn, TimeOnly.MinValue));
            if (x.ClosedOn is null) open.Add(root[x.HouseholdId]);
        }
        foreach (var a in await db.Set<Answer>().Where(a => ids.Contains(a.HouseholdId)).GroupBy(a => a.HouseholdId).Select(g => new { g.Key, At = g.Max(a => a.At) }).ToListAsync(cancel)) Happened(a.Key, a.At);
        string[] working = [GroundCause.CaseLed, GroundCause.InContact, GroundCause.HandoverAccepted, GroundCause.Review, Restriction.Cause, GroundCause.AssuranceReference];
        var now = End(asOf);
        foreach (var g in await db.Set<Ground>().Where(g => ids.Contains(g.HouseholdId) && working.Contains(g.Cause)).Select(g => new { g.HouseholdId, g.Cause, g.From, g.To }).ToListAsync(cancel))
        {
            if (g.To is null || g.To > now) open.Add(root[g.HouseholdId]);
            if (g.Cause == GroundCause.CaseLed) Happened(g.HouseholdId, g.To ?? g.From);
        }
        foreach (var s in await (from r in db.Set<SubjectRecord>() where ids.Contains(r.HouseholdId) join s in db.Set<SubjectRequest>() on r.SubjectRequestId equals s.Id select new { r.HouseholdId, s.State }).ToListAsync(cancel))
            if (s.State == SubjectState.Open) open.Add(root[s.HouseholdId]);
        foreach (var h in await Holds(db, asOf).Where(h => h.HouseholdId != null && ids.Contains(h.HouseholdId.Value)).Select(h => h.HouseholdId!.Value).ToListAsync(cancel)) held.Add(root[h]);
        var schemes = await Holds(db, asOf).Where(h => h.SchemeId != null).Select(h => h.SchemeId!).ToListAsync(cancel);
        if (schemes.Count > 0) foreach (var a in await db.Set<Award>().Where(a => ids.Contains(a.HouseholdId) && schemes.Contains(a.SchemeId)).Select(a => a.HouseholdId).Distinct().ToListAsync(cancel)) held.Add(root[a]);
        var wordy = new HashSet<Guid>();
        foreach (var h in await db.Set<Answer>().Where(a => ids.Contains(a.HouseholdId)).Select(a => a.HouseholdId).Distinct().ToListAsync(cancel)) wordy.Add(root[h]);
        foreach (var h in await db.Set<NeedSaid>().Where(n => ids.Contains(n.HouseholdId) && n.Phrase != null).Select(n => n.HouseholdId).Distinct().ToListAsync(cancel)) wordy.Add(root[h]);
        foreach (var h in await db.Set<OfferChoice>().Where(x => ids.Contains(x.HouseholdId)).Select(x => x.HouseholdId).Distinct().ToListAsync(cancel)) wordy.Add(root[h]);
        foreach (var h in await db.Set<Budget>().Where(x => ids.Contains(x.HouseholdId)).Select(x => x.HouseholdId).Distinct().ToListAsync(cancel)) wordy.Add(root[h]);
        foreach (var h in await db.Set<Request>().Where(r => ids.Contains(r.HouseholdId) && (r.Words != null || r.UrgencyWhy != null)).Select(r => r.HouseholdId).Distinct().ToListAsync(cancel)) wordy.Add(root[h]);
        return roots.ConvertAll(r => new Aged(groups[r], LondonTime.DayOf(last[r]), given.Contains(r), open.Contains(r), held.Contains(r), !wordy.Contains(r)));
    }

    /// <summary>Some households at once, all or none. Each is looked at again inside: somebody may have asked for help since.</summary>
    private Task DisposeAsync(AuditContext who, DateOnly asOf, List<Aged> due, RetentionRule rule, CancellationToken cancel) => commands.RunAsync(who, async c =>
    {
        await c.Kind.HoldRowsAsync(c.Db, "household", [.. due.SelectMany(d => d.Ids)], c.Cancel);
        var roots = due.ConvertAll(d => d.Root);
        roots = await c.Db.Set<Household>().Where(h => roots.Contains(h.Id) && h.JoinedTo == null && h.ErasedAt == null).Select(h => h.Id).ToListAsync(c.Cancel);
        var now = (await AgedAsync(c.Db, roots, asOf, c.Cancel)).FindAll(a => a is { IsOpen: false, IsHeld: false } && a.Last <= rule.Before(asOf));
        if (now.Count == 0) return (Result<Nothing>)Nothing.Value;
        var ids = now.SelectMany(a => a.Ids).ToArray();
        await WordsAsync(c, ids);
        if (rule.What == Disposal.Pseudonymise) await PeopleAsync(c, ids, rule);
        foreach (var one in now) c.Record($"retention.{rule.Id}", one.Root, one.Root);
        return Nothing.Value;
    }, cancel);

    /// <summary>What was told in a conversation.</summary>
    private static async Task WordsAsync(Command c, Guid[] ids)
    {
        await c.Db.Set<Answer>().Where(a => ids.Contains(a.HouseholdId)).ExecuteDeleteAsync(c.Cancel);
        await c.Db.Set<NeedSaid>().Where(n => ids.Contains(n.HouseholdId)).ExecuteUpdateAsync(n => n.SetProperty(x => x.Phrase, (string?)null), c.Cancel);
        await c.Db.Set<OfferChoice>().Where(x => ids.Contains(x.HouseholdId)).ExecuteDeleteAsync(c.Cancel);
        await c.Db.Set<Budget>().Where(x => ids.Contains(x.HouseholdId)).ExecuteDeleteAsync(c.Cancel);
        await c.Db.Set<Request>().Where(r => ids.Contains(r.HouseholdId)).ExecuteUpdateAsync(r => r.SetProperty(x => x.Words, (string?)null).SetProperty(x => x.UrgencyWhy, (string?)null), c.Cancel);
    }

    /// <summary>Everything that leads to a person. Money, its rules and the counts stay.</summary>
    private static async Task PeopleAsync(Command c, Guid[] ids, RetentionRule rule)
    {
        var (db, at) = (c.Db, c.Who.At);
        // Whoever also lives in a household that stays keeps their name there.
        var people = await db.Set<Membership>().Where(m => ids.Contains(m.HouseholdId) && !db.Set<Membership>().Any(o => o.PersonId == m.PersonId && !ids.Contains(o.HouseholdId) && db.Set<Household>().Any(h => h.Id == o.HouseholdId && h.ErasedAt == null))).Select(m => m.PersonId).Distinct().ToListAsync(c.Cancel);
        var requests = await db.Set<Request>().Where(r => ids.Contains(r.HouseholdId)).Select(r => r.Id).ToListAsync(c.Cancel);
        await db.Set<Person>().Where(p => people.Contains(p.Id)).ExecuteUpdateAsync(p => p.SetProperty(x => x.Name, Gone).SetProperty(x => x.FoldedName, "").SetProperty(x => x.FoldedLast, "").SetProperty(x => x.DateOfBirth, (DateOnly?)null)
            .SetProperty(x => x.BirthYear, (int?)null).SetProperty(x => x.Language, (string?)null).SetProperty(x => x.AtRisk, false), c.Cancel);
        await db.Set<SafeContact>().Where(s => people.Contains(s.PersonId)).ExecuteDeleteAsync(c.Cancel);
        await db.Set<Address>().Where(a => ids.Contains(a.HouseholdId)).ExecuteDeleteAsync(c.Cancel);
        await db.Set<PossibleMatch>().Where(m => people.Contains(m.PersonId) || people.Contains(m.OtherPersonId)).ExecuteDeleteAsync(c.Cancel);
        await db.Set<PersonJoin>().Where(j => people.Contains(j.KeptPersonId) || people.Contains(j.JoinedPersonId))
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.NameBefore, Gone).SetProperty(x => x.How, Gone).SetProperty(x => x.DateOfBirthBefore, (DateOnly?)null).SetProperty(x => x.BirthYearBefore, (int?)null), c.Cancel);
        await db.Set<Permission>().Where(p => ids.Contains(p.HouseholdId)).ExecuteDeleteAsync(c.Cancel);
        await db.Set<Representation>().Where(r => requests.Contains(r.RequestId)).ExecuteDeleteAsync(c.Cancel);
        await db.Set<Draft>().Where(d => d.RequestId != null && requests.Contains(d.RequestId.Value)).ExecuteDeleteAsync(c.Cancel);
        await db.Set<OutboxMessage>().Where(m => ids.Contains(m.HouseholdId)).ExecuteDeleteAsync(c.Cancel);
        await db.Set<Handover>().Where(h => ids.Contains(h.HouseholdId)).ExecuteUpdateAsync(h => h.SetProperty(x => x.Told, Gone).SetProperty(x => x.WhyBack, (string?)null), c.Cancel);
        await ImportedRows.ForgetAsync(db, c.LogKey, requests, c.Cancel);
        await db.Set<Decision>().Where(d => db.Set<Application>().Any(a => a.Id == d.ApplicationId && ids.Contains(a.HouseholdId))).ExecuteUpdateAsync(d => d.SetProperty(x => x.Reason, Gone).SetProperty(x => x.RecentHelpReason, (string?)null), c.Cancel);
        await db.Set<DecisionReview>().Where(r => ids.Contains(r.HouseholdId)).ExecuteUpdateAsync(r => r.SetProperty(x => x.Asked, Gone).SetProperty(x => x.Answer, x => x.Answer == null ? null : Gone).SetProperty(x => x.Version, x => x.Version + 1), c.Cancel);
        await db.Set<AwardSample>().Where(s => ids.Contains(s.HouseholdId)).ExecuteUpdateAsync(s => s.SetProperty(x => x.Found, (string?)null).SetProperty(x => x.Version, x => x.Version + 1), c.Cancel);
        await db.Set<CrisisEpisode>().Where(x => ids.Contains(x.HouseholdId)).ExecuteUpdateAsync(x => x.SetProperty(y => y.Why, Gone), c.Cancel);
        await db.Set<Request>().Where(r => ids.Contains(r.HouseholdId)).ExecuteUpdateAsync(r => r.SetProperty(x => x.Postcode, (string?)null).SetProperty(x => x.CodeHash, (byte[]?)null).SetProperty(x => x.Language, (string?)null).SetProperty(x => x.Version, x => x.Version + 1), c.Cancel);
        var words = await (from e in db.Set<AuditEvent>() where e.HouseholdId != null && ids.Contains(e.HouseholdId.Value) join x in db.Set<AuditContent>() on e.Id equals x.EventId select e.Id).ToListAsync(c.Cancel);
        await Eraser.EraseManyAsync(c, words, $"retention: {rule.Id}");
        await db.Set<Household>().Where(h => ids.Contains(h.Id)).ExecuteUpdateAsync(h => h.SetProperty(x => x.ErasedAt, at).SetProperty(x => x.Lsoa11, (string?)null).SetProperty(x => x.Lsoa21, (string?)null).SetProperty(x => x.Version, x => x.Version + 1), c.Cancel);
    }

    /// <summary>Words of events that are about no household: a worker's, a setting's.</summary>
    private async Task ReasonsAsync(AuditContext who, DateTime before, bool dry, Tally tally, CancellationToken cancel)
    {
        IQueryable<Guid> Due(AnyDoorDb db) => from x in db.Set<AuditContent>() join e in db.Set<AuditEvent>() on x.EventId equals e.Id where e.HouseholdId == null && e.At < before orderby e.Id select e.Id;
        if (dry)
        {
            await CountAsync(tally, Due, cancel);
            return;
        }
        for (var more = true; more;)
        {
            var done = await commands.RunAsync(who, async c =>
            {
                var ids = await Due(c.Db).Take(AtOnce).ToListAsync(c.Cancel);
                if (ids.Count > 0) await Eraser.EraseManyAsync(c, ids, "retention: reason-in-log");
                return (Result<List<Guid>>)ids;
            }, cancel);
            foreach (var id in done.Value!) tally.Add(Short(id));
            more = done.Value.Count == AtOnce;
        }
    }

    /// <summary>Whole months of counts.</summary>
    private async Task EqualityAsync(AuditContext who, DateOnly before, bool dry, Tally tally, CancellationToken cancel)
    {
        await using var db = database.Open();
        foreach (var month in await db.Set<EqualityCount>().Where(x => x.Month < before).Select(x => x.Month).Distinct().OrderBy(m => m).ToListAsync(cancel))
        {
            tally.Add(month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            if (dry) continue;
            await commands.RunAsync(who, async c =>
            {
                await c.Db.Set<EqualityCount>().Where(x => x.Month == month).ExecuteDeleteAsync(c.Cancel);
                c.Record("retention.equality-answers", content: month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
                return (Result<Nothing>)Nothing.Value;
            }, cancel);
        }
    }

    private async Task SubjectRequestsAsync(AuditContext who, DateOnly asOf, RetentionRule rule, bool dry, Tally tally, CancellationToken cancel)
    {
        var before = End(rule.Before(asOf));
        IQueryable<Guid> Due(AnyDoorDb db) => db.Set<SubjectRequest>().Where(s => s.EndedAt != null && s.EndedAt < before && s.Asked != Gone
            && !db.Set<Ground>().Any(g => g.CauseId == s.Id && g.Cause == Restriction.Cause && g.To == null)
            && !db.Set<SubjectRecord>().Any(r => r.SubjectRequestId == s.Id && Holds(db, asOf).Any(h => h.HouseholdId == r.HouseholdId))).OrderBy(s => s.Id).Select(s => s.Id);
        await RowsAsync(who, dry, tally, Due, "retention.subject-requests", async (db, ids) =>
        {
            await db.Set<ClockPause>().Where(p => ids.Contains(p.SubjectRequestId)).ExecuteUpdateAsync(p => p.SetProperty(x => x.Why, Gone), cancel);
            await db.Set<Correction>().Where(x => ids.Contains(x.SubjectRequestId)).ExecuteUpdateAsync(x => x.SetProperty(y => y.Was, Gone).SetProperty(y => y.Now, Gone), cancel);
            await db.Set<SubjectMark>().Where(m => ids.Contains(m.SubjectRequestId)).ExecuteDeleteAsync(cancel);
            await db.Set<SubjectItem>().Where(i => ids.Contains(i.SubjectRequestId)).ExecuteDeleteAsync(cancel);
            await db.Set<SubjectRecord>().Where(r => ids.Contains(r.SubjectRequestId)).ExecuteDeleteAsync(cancel);
            return await db.Set<SubjectRequest>().Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.Asked, Gone).SetProperty(x => x.AskerName, (string?)null).SetProperty(x => x.AskerBorn, (DateOnly?)null)
                .SetProperty(x => x.Representative, (string?)null).SetProperty(x => x.IdentityHow, (string?)null).SetProperty(x => x.ExtendedWhy, (string?)null).SetProperty(x => x.Outcome, Gone).SetProperty(x => x.Version, x => x.Version + 1), cancel);
        }, cancel);
    }

    /// <summary>Rows that stand alone: so many at once, each batch a command that is recorded with its count.</summary>
    private async Task RowsAsync(AuditContext who, bool dry, Tally tally, Func<AnyDoorDb, IQueryable<Guid>> due, string what, Func<AnyDoorDb, Guid[], Task<int>> dispose, CancellationToken cancel)
    {
        if (dry)
        {
            await CountAsync(tally, due, cancel);
            return;
        }
        for (var more = true; more;)
        {
            var done = await commands.RunAsync(who, async c =>
            {
                var ids = await due(c.Db).OrderBy(id => id).Take(10 * AtOnce).ToArrayAsync(c.Cancel);
                if (ids.Length > 0)
                {
                    await dispose(c.Db, ids);
                    c.Record(what, content: $"{ids.Length}");
                }
                return (Result<Guid[]>)ids;
            }, cancel);
            foreach (var id in done.Value!) tally.Add(Short(id));
            more = done.Value.Length == 10 * AtOnce;
        }
    }

    private async Task CountAsync(Tally tally, Func<AnyDoorDb, IQueryable<Guid>> due, CancellationToken cancel)
    {
        await using var db = database.Open();
        tally.Count = await due(db).CountAsync(cancel);
        tally.References.AddRange((await due(db).OrderBy(id => id).Take(Shown).ToListAsync(cancel)).Select(Short));
    }
}
