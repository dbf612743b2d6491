using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Organisations;
using AnyDoor.Requests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Rights;

/// <summary>A copy of somebody's data as they read it, and as a computer reads it.</summary>
/// <param name="Facts">What Article 15(1) and (2) ask to be told beside the data itself.</param>
public sealed record CopyPack(string Title, string About, string Reference, DateOnly On, IReadOnlyList<CopyFact> Facts, IReadOnlyList<CopyPart> Parts, IReadOnlyList<CopyLeftOut> LeftOut, IReadOnlyList<CopyNotSearched> NotSearched, IReadOnlyList<string> YourRights)
{
    public string ToJson() => JsonSerializer.Serialize(this, ContentFiles.Json);
    public static CopyPack? From(string? json) => json is null ? null : JsonSerializer.Deserialize<CopyPack>(json, ContentFiles.Json);
    public static string HashOf(string json) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}

public sealed record CopyFact(string Title, IReadOnlyList<string> Lines);

public sealed record CopyPart(string Title, IReadOnlyList<CopyItem> Items);

/// <param name="At">UTC.</param>
/// <param name="Text">The whole as people read it.</param>
/// <param name="Fields">The same as a computer reads it.</param>
public sealed record CopyItem(string Title, DateTime? At, string Text, IReadOnlyList<CopyField> Fields);

/// <param name="Name">Null: a sentence that speaks for itself.</param>
public sealed record CopyField(string? Name, string Value);

/// <param name="Passages">How many items, or passages within one, were left out for this.</param>
public sealed record CopyLeftOut(string Why, string Rule, int Passages);

public sealed record CopyNotSearched(string Place, string Why);

/// <summary>What is done with one mark.</summary>
public sealed record MarkDecision(Guid Mark, MarkChoice Choice, string? Instead = null);

public sealed partial class SubjectDesk
{
    private static readonly string[] Rights =
    [
        "You may ask us to correct what is wrong, to erase it, to stop using it (object), or to use it no further for now (restrict).",
        "If we left something out that you think is yours, ask us to look again. Somebody else looks.",
        "You may complain to us. We say within 30 days that we have it.",
        "You may complain to the Information Commissioner at any time: ico.org.uk, telephone 0303 123 1113.",
    ];

    /// <summary>
    /// Collects everything anew from every place. What was decided before stays decided where the text is the same. Names of others are marked; what may not be
    /// theirs is left out until somebody decides.
    /// </summary>
    public async Task<Result<string>> GatherAsync(WhoIsWorking worker, string typed, DateTime now, CancellationToken cancel)
    {
        if (await OpenAsync(worker, typed, now, cancel) is not { } file) return NotThere;
        if (file.Request.Kind != SubjectKind.Access) return new Refusal(SubjectRequest.WrongState, "Only a copy is gathered.");
        if (file.Homes.Count == 0) return new Refusal("nobody", "Find which record is theirs first.");
        await using var db = database.Open();
        var found = new List<Found>();
        foreach (var home in file.Homes) found.AddRange(await gatherer.CollectAsync(db, file.Request, home, cancel));
        var (people, own) = await NamedAsync(file, db, cancel);

        return await ChangeAsync(worker.For(Purpose.Assurance, "phone-county-hub", now), typed, async (c, request) =>
        {
            var items = await c.Db.Set<SubjectItem>().Where(i => i.SubjectRequestId == request.Id).ToListAsync(c.Cancel);
            var marks = (await c.Db.Set<SubjectMark>().Where(m => m.SubjectRequestId == request.Id).ToListAsync(c.Cancel)).ToLookup(m => m.ItemId);
            var before = items.GroupBy(i => (i.Place, i.Title, i.At, i.Body)).ToDictionary(g => g.Key, g => g.First());
            await c.Db.Set<SubjectMark>().Where(m => m.SubjectRequestId == request.Id).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<SubjectItem>().Where(i => i.SubjectRequestId == request.Id).ExecuteDeleteAsync(c.Cancel);
            var number = 0;
            foreach (var one in found.DistinctBy(f => (f.Place, f.Title, f.At, f.Body)).OrderBy(f => SubjectPlaces.All.ToList().IndexOf(f.Place)))
            {
                var at = one.At is { } utc ? new DateTime(utc.Ticks / 10 * 10, DateTimeKind.Utc) : (DateTime?)null;
                var known = before.GetValueOrDefault((one.Place, one.Title, at, one.Body));
                var item = new SubjectItem
                {
                    Id = Guid.CreateVersion7(), SubjectRequestId = request.Id, Number = ++number, Place = one.Place, Title = one.Title, At = at, Body = one.Body, Fields = JsonSerializer.Serialize(one.Spans, ContentFiles.Json),
                    LeftOutFor = known is { ToDecide: false } ? known.LeftOutFor : one.LeftOutFor, LeftOutWhy = known is { ToDecide: false } ? known.LeftOutWhy : null, ToDecide = known is not { ToDecide: false } && (one.LeftOutFor is not null || one.IsToRead),
                };
                c.Insert(item);
                var kept = known is null ? [] : marks[known.Id].ToList();
                var passages = ThirdParties.Find(one.Body, people, own);
                foreach (var passage in passages.Concat(kept.Where(k => !passages.Any(p => p.Start < k.Start + k.Length && k.Start < p.Start + p.Length)).Select(k => new Passage(k.Start, k.Length, k.What, k.Suggested))))
                {
                    var decided = kept.Find(k => (k.Start, k.Length) == (passage.Start, passage.Length));
                    c.Insert(new SubjectMark
                    {
                        Id = Guid.CreateVersion7(), ItemId = item.Id, SubjectRequestId = request.Id, Start = passage.Start, Length = passage.Length, What = passage.What, Suggested = passage.Suggested,
                        Choice = decided?.Choice ?? MarkChoice.Undecided, Instead = decided?.Instead, Reason = decided?.Reason, DecidedBy = decided?.DecidedBy,
                    });
                }
            }
            request.GatheredAt = c.Who.At;
            c.Record("subject.gathered", request.Id, content: $"{number} items");
            return request.Moved();
        }, cancel);
    }

    /// <summary>Whom we know who may be named: everybody who ever lived there, who asked for them, and workers; with what is the person's own.</summary>
    private static async Task<(List<Named> People, List<string> Own)> NamedAsync(SubjectFile file, Data.AnyDoorDb db, CancellationToken cancel)
    {
        var homes = file.Homes.SelectMany(h => h.View.HouseholdIds).Distinct().ToArray();
        var mine = file.Homes.SelectMany(h => h.View.JoinedIn.Where(j => j.Value == h.View.Kept(h.Record.PersonId)).Select(j => j.Key).Append(h.Record.PersonId).Append(h.View.Kept(h.Record.PersonId))).Distinct().ToArray();
        var ownNames = await db.Set<Person>().Where(p => mine.Contains(p.Id)).Select(p => p.Name).ToListAsync(cancel);
        var ownWords = ownNames.SelectMany(n => n.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = await db.Set<Membership>().Where(m => homes.Contains(m.HouseholdId) && !mine.Contains(m.PersonId)).Join(db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => p.Name).Distinct().ToListAsync(cancel);
        var people = new List<Named>();
        foreach (var name in others.Where(n => n.Length > 0 && n != Intake.NoName))
        {
            people.Add(new Named(name, ThirdParties.Member, MarkChoice.Hide));
            var first = name.Split(' ', 2)[0];
            // Father and son of one name: the first name alone is the person's own as well, and whole names tell them apart.
            if (first.Length > 2 && !ownWords.Contains(first)) people.Add(new Named(first, ThirdParties.Member, MarkChoice.Hide));
        }
        var told = await db.Set<Request>().Where(r => mine.Contains(r.ApplicantId)).Join(db.Set<Representation>(), r => r.Id, x => x.RequestId, (r, x) => x.Name).ToListAsync(cancel);
        people.AddRange(told.Where(n => n.Trim().Length > 2).Select(n => new Named(n, ThirdParties.WhoToldUs, MarkChoice.Hide)));
        people.AddRange((await db.Set<Worker>().Select(w => w.Name).ToListAsync(cancel)).Where(n => !ownNames.Contains(n)).Select(n => new Named(n, ThirdParties.Worker, MarkChoice.Keep)));
        if (file.Homes.Any(h => h.View.Home.Withheld || h.View.Notices.Count > 0))
            foreach (var address in await db.Set<Address>().Where(a => homes.Contains(a.HouseholdId)).ToListAsync(cancel))
                people.AddRange(new[] { address.Lines, Postcode.FromStored(address.Postcode)?.ToString(), address.Postcode }.OfType<string>().Select(a => new Named(a, ThirdParties.Address, MarkChoice.Hide)));
        var reach = await db.Set<SafeContact>().Where(s => mine.Contains(s.PersonId)).ToListAsync(cancel);
        return ([.. people.Distinct().Where(p => !ownNames.Contains(p.Name, StringComparer.OrdinalIgnoreCase))], [.. reach.SelectMany(s => new[] { s.Phone, s.Email }).OfType<string>().Distinct()]);
    }

    /// <summary>Decides some marks of one item at once.</summary>
    /// <param name="reason">Why, once for all of them; needed for what is kept of another person.</param>
    public Task<Result<string>> DecideMarksAsync(AuditContext who, string reference, IReadOnlyList<MarkDecision> decisions, string? reason, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var ids = decisions.Where(d => d.Choice != MarkChoice.Undecided).Select(d => d.Mark).ToArray();
        var marks = await c.Db.Set<SubjectMark>().AsTracking().Where(m => m.SubjectRequestId == request.Id && ids.Contains(m.Id)).ToListAsync(c.Cancel);
        foreach (var mark in marks)
        {
            var (_, choice, instead) = decisions.First(d => d.Mark == mark.Id);
            if (choice == MarkChoice.Reword && string.IsNullOrWhiteSpace(instead)) return new Refusal("instead", "Write what it should say instead, like “a relative”.", $"instead-{mark.Id}");
            if (choice == MarkChoice.Keep && mark.Suggested == MarkChoice.Hide && string.IsNullOrWhiteSpace(reason)) return new Refusal("reason", "Say why somebody else’s data is kept in: they agreed, or the person knows it already.", "reason");
            (mark.Choice, mark.Instead, mark.Reason, mark.DecidedBy) = (choice, choice == MarkChoice.Reword ? instead!.Trim() : null, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), who.Actor.Id);
        }
        c.Record("subject.marks-decided", request.Id, content: $"{marks.Count} marks");
        return request.Moved();
    }, cancel);

    /// <summary>Takes every suggestion that nobody has decided about: others hidden, workers kept. For after a reading.</summary>
    public Task<Result<string>> TakeSuggestionsAsync(AuditContext who, string reference, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var marks = await c.Db.Set<SubjectMark>().AsTracking().Where(m => m.SubjectRequestId == request.Id && m.Choice == MarkChoice.Undecided).ToListAsync(c.Cancel);
        foreach (var mark in marks) (mark.Choice, mark.Reason, mark.DecidedBy) = (mark.Suggested, "As suggested, after reading", who.Actor.Id);
        c.Record("subject.marks-decided", request.Id, content: $"{marks.Count} marks, as suggested");
        return request.Moved();
    }, cancel);

    /// <summary>Marks a passage that no rule found, wherever it stands in this item.</summary>
    public Task<Result<string>> MarkAsync(AuditContext who, string reference, Guid item, string passage, MarkChoice choice, string? instead, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var found = await c.Db.Set<SubjectItem>().SingleOrDefaultAsync(i => i.Id == item && i.SubjectRequestId == request.Id, c.Cancel);
        if (found is null) return NotThere;
        if (passage.Trim().Length < 2) return new Refusal("passage", "Copy the words to mark, just as they stand.", "passage");
        if (choice == MarkChoice.Reword && string.IsNullOrWhiteSpace(instead)) return new Refusal("instead", "Write what it should say instead, like “a relative”.", "instead");
        var marks = await c.Db.Set<SubjectMark>().Where(m => m.ItemId == item).ToListAsync(c.Cancel);
        var added = 0;
        for (var at = found.Body.IndexOf(passage.Trim(), StringComparison.OrdinalIgnoreCase); at >= 0; at = found.Body.IndexOf(passage.Trim(), at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (marks.Exists(m => at < m.Start + m.Length && m.Start < at + passage.Trim().Length)) continue;
            var mark = new SubjectMark
            {
                Id = Guid.CreateVersion7(), ItemId = item, SubjectRequestId = request.Id, Start = at, Length = passage.Trim().Length, What = ThirdParties.Other, Suggested = MarkChoice.Hide,
                Choice = choice == MarkChoice.Undecided ? MarkChoice.Hide : choice, Instead = choice == MarkChoice.Reword ? instead!.Trim() : null, DecidedBy = who.Actor.Id,
            };
            c.Insert(mark);
            marks.Add(mark);
            added++;
        }
        if (added == 0) return new Refusal("passage", "Those words do not stand there, or they are marked already. Copy them just as they stand.", "passage");
        c.Record("subject.passage-marked", request.Id);
        return request.Moved();
    }, cancel);

    /// <summary>Leaves an item out for a reason in law, or puts it in.</summary>
    /// <param name="code">One of <see cref="LeftOut"/>; null: it goes in.</param>
    public Task<Result<string>> DecideItemAsync(AuditContext who, string reference, Guid item, string? code, string? why, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var found = await c.Db.Set<SubjectItem>().AsTracking().SingleOrDefaultAsync(i => i.Id == item && i.SubjectRequestId == request.Id, c.Cancel);
        if (found is null) return NotThere;
        if (code is not null && LeftOut.All.All(l => l.Code != code)) return new Refusal("code", "Choose what it is left out for, or that it goes in.", "code");
        // Leaving out needs a reason; so does putting in what was held back for somebody's sake.
        if ((code is not null || found.LeftOutFor is not null) && (why ?? "").Trim().Length < 5) return new Refusal("why", code is null ? "Say why it may go in." : "Say why, so that the decision can be defended. They are told the rule, not this.", "why");
        (found.LeftOutFor, found.LeftOutWhy, found.ToDecide) = (code, why?.Trim(), false);
        c.Record(code is null ? "subject.item-put-in" : "subject.item-left-out", request.Id);
        return request.Moved();
    }, cancel);

    /// <summary>Leaves out what was held back, all of one place at once, with one reason. What goes in of it is decided one by one: each may be somebody else's trouble.</summary>
    public Task<Result<string>> LeaveOutPlaceAsync(AuditContext who, string reference, string place, string? why, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        if ((why ?? "").Trim().Length < 5) return new Refusal("why", "Say why, once for all of them.", "why");
        var items = await c.Db.Set<SubjectItem>().AsTracking().Where(i => i.SubjectRequestId == request.Id && i.Place == place && i.ToDecide && i.LeftOutFor != null).ToListAsync(c.Cancel);
        foreach (var item in items) (item.LeftOutWhy, item.ToDecide) = (why!.Trim(), false);
        c.Record("subject.item-left-out", request.Id, content: $"{items.Count} items");
        return request.Moved();
    }, cancel);

    /// <summary>Somebody has read the free words of one place: with what is marked in them, they go in.</summary>
    public Task<Result<string>> ReadPlaceAsync(AuditContext who, string reference, string place, CancellationToken cancel) => ChangeAsync(who, reference, async (c, request) =>
    {
        var items = await c.Db.Set<SubjectItem>().AsTracking().Where(i => i.SubjectRequestId == request.Id && i.Place == place && i.ToDecide && i.LeftOutFor == null).ToListAsync(c.Cancel);
        foreach (var item in items) item.ToDecide = false;
        c.Record("subject.item-put-in", request.Id, content: $"{items.Count} items, read");
        return request.Moved();
    }, cancel);

    /// <summary>The copy as it stands: what is not decided is not in it. The same file gives the same copy, letter for letter.</summary>
    public static CopyPack Compose(SubjectFile file, DateOnly on)
    {
        var marks = file.Marks.ToLookup(m => m.ItemId);
        var shown = file.Items.Where(i => i is { LeftOutFor: null, ToDecide: false }).ToList();
        var parts = SubjectPlaces.All.Select(place => new CopyPart(place, [.. shown.Where(i => i.Place == place).OrderBy(i => i.Number).Select(i => new CopyItem(i.Title, i.At, ThirdParties.Apply(i.Body, marks[i.Id]), Fields(i, [.. marks[i.Id]])))])).ToList();
        var left = file.Items.Where(i => i.LeftOutFor is not null).GroupBy(i => i.LeftOutFor!).ToDictionary(g => g.Key, g => g.Count());
        var passages = shown.SelectMany(i => marks[i.Id]).Count(m => m.Choice != MarkChoice.Keep);
        if (passages > 0) left[LeftOut.AnotherPerson] = left.GetValueOrDefault(LeftOut.AnotherPerson) + passages;
        return new CopyPack("What we hold about you", file.Name ?? "You", Reference.Show(file.Request.Reference), on, Processing.Current.Facts(), parts,
            // What is told face to face would give itself away on paper.
            [.. LeftOut.All.Where(l => l.Code != LeftOut.InPerson && left.ContainsKey(l.Code)).Select(l => new CopyLeftOut(l.Words, l.Rule, left[l.Code]))],
            [.. SubjectPlaces.NotSearched.Select(n => new CopyNotSearched(n.Place, n.Why))], Rights);
    }

    /// <summary>Each field with what is hidden in it; a mark that goes over its end hides its part of both.</summary>
    private static IReadOnlyList<CopyField> Fields(SubjectItem item, IReadOnlyList<SubjectMark> marks) =>
        [.. JsonSerializer.Deserialize<List<ItemField>>(item.Fields, ContentFiles.Json)!.Select(f => new CopyField(f.Name.Length == 0 ? null : f.Name, ThirdParties.Apply(item.Body.Substring(f.Start, f.Length), marks.Select(m => m.Within(f.Start, f.Length)).OfType<SubjectMark>())))];

    /// <summary>Freezes the copy and ends the request. Nothing goes out undecided, to somebody we do not know, or in a way that is not safe for them.</summary>
    public async Task<Result<string>> ReleaseAsync(WhoIsWorking worker, string typed, DateTime now, CancellationToken cancel)
    {
        if (await OpenAsync(worker, typed, now, cancel) is not { } file) return NotThere;
        if (file.Request.Kind != SubjectKind.Access) return new Refusal(SubjectRequest.WrongState, "Only a copy is released.");
        if (file.Request.GatheredAt is null) return new Refusal("gather", "Gather what we hold first.");
        if (file.MarksToDecide > 0) return new Refusal("marks", $"{file.MarksToDecide} marks about other people are not decided yet.");
        if (file.ItemsToDecide > 0) return new Refusal("items", $"{file.ItemsToDecide} items were held back or hold words that nobody has read, and nobody has decided about them.");
        if (file.Request.GiveBy == GiveBy.NotChosen) return new Refusal("way", "Choose how they get it.", "way");
        if (!file.Ways.Contains(file.Request.GiveBy)) return new Refusal("way", "That way is not safe for them. Choose one of the others.", "way");
        var pack = Compose(file, LondonTime.DayOf(now)).ToJson();
        return await ChangeAsync(worker.For(Purpose.Assurance, "phone-county-hub", now), typed, async (c, request) =>
        {
            if (request.Version != file.Request.Version) return new Refusal("changed", "Somebody changed this while the copy was made. Look at it again.");
            if (request.Answer(c.Who.At, $"A copy was given: {PackWays.InWords(request.GiveBy)}.") is { } refused) return refused;
            c.Insert(new SubjectPack { Id = Guid.CreateVersion7(new DateTimeOffset(c.Who.At, TimeSpan.Zero)), SubjectRequestId = request.Id, MadeAt = c.Who.At, MadeBy = worker.WorkerId, GivenBy = request.GiveBy, Hash = CopyPack.HashOf(pack), Body = pack });
            // The copy is what was given; what it was made from, other people's words among it, is not kept beside it.
            await c.Db.Set<SubjectMark>().Where(m => m.SubjectRequestId == request.Id).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<SubjectItem>().Where(i => i.SubjectRequestId == request.Id).ExecuteDeleteAsync(c.Cancel);
            await EndAsync(c, request, "subject.released");
            return null;
        }, cancel);
    }

    /// <summary>A copy that was released, for whoever released it or a colleague: the look is logged. Null: none, or its words are gone.</summary>
    public async Task<CopyPack?> ReleasedAsync(WhoIsWorking worker, string typed, DateTime now, CancellationToken cancel)
    {
        if (!Reference.TryParse(typed, out var reference) || !RoleTable.Default.May(worker.Role, "answer-subject-requests")) return null;
        await using var db = database.Open();
        var found = await (from s in db.Set<SubjectRequest>() where s.Reference == reference join p in db.Set<SubjectPack>() on s.Id equals p.SubjectRequestId orderby p.MadeAt descending select new { s.Id, p.Body }).FirstOrDefaultAsync(cancel);
        if (found?.Body is null) return null;
        var homes = await db.Set<SubjectRecord>().Where(r => r.SubjectRequestId == found.Id).Select(r => r.HouseholdId).Distinct().ToListAsync(cancel);
        await households.RecordLookAsync(worker.For(Purpose.Assurance, "phone-county-hub", now), "subject-copy", "assurance-reference", homes, cancel);
        return CopyPack.From(found.Body);
    }

    /// <summary>The person's own copy on their own page, for thirty days. Null: there is none, or it is given another way.</summary>
    public async Task<CopyPack?> OwnCopyAsync(Guid requestId, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var since = now.AddDays(-30);
        var own = await db.Set<Request>().Where(r => r.Id == requestId && !r.PartFilled).Select(r => new { r.ApplicantId, r.HouseholdId }).SingleOrDefaultAsync(cancel);
        if (own is null) return null;
        var body = await (from r in db.Set<SubjectRecord>() where r.PersonId == own.ApplicantId join p in db.Set<SubjectPack>() on r.SubjectRequestId equals p.SubjectRequestId where p.GivenBy == GiveBy.OwnPage && p.MadeAt >= since orderby p.MadeAt descending select p.Body).FirstOrDefaultAsync(cancel);
        if (body is null) return null;
        await households.RecordLookAsync(new AuditContext(Actor.Resident(own.ApplicantId), null, "web-form", Purpose.Assurance, now), "own-copy", "own-record", [own.HouseholdId], cancel);
        return CopyPack.From(body);
    }

    /// <summary>A copy of theirs waits on their own page. Nothing of it is read, so no look is logged.</summary>
    public async Task<bool> HasOwnCopyAsync(Guid requestId, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var since = now.AddDays(-30);
        return await (from own in db.Set<Request>() where own.Id == requestId join r in db.Set<SubjectRecord>() on own.ApplicantId equals r.PersonId join p in db.Set<SubjectPack>() on r.SubjectRequestId equals p.SubjectRequestId where p.GivenBy == GiveBy.OwnPage && p.MadeAt >= since && p.Body != null select p.Id).AnyAsync(cancel);
    }

    /// <summary>The asks of a resident that are open or were answered lately, however they came, for their own page: those of which we know that it was them.</summary>
    public async Task<IReadOnlyList<SubjectLine>> OwnAsync(Guid requestId, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        var since = now.AddDays(-90);
        var all = await (from own in db.Set<Request>() where own.Id == requestId join r in db.Set<SubjectRecord>() on own.ApplicantId equals r.PersonId join s in db.Set<SubjectRequest>() on r.SubjectRequestId equals s.Id where s.IdentityOn != null && (s.EndedAt == null || s.EndedAt > since) orderby s.RecordedAt descending select s).ToListAsync(cancel);
        var ids = all.Select(s => s.Id).ToArray();
        var pauses = (await db.Set<ClockPause>().Where(p => ids.Contains(p.SubjectRequestId)).ToListAsync(cancel)).ToLookup(p => p.SubjectRequestId);
        return all.ConvertAll(s => new SubjectLine(s.Reference, s.Kind, s.Way, s.State, s.ReceivedOn, SubjectClock.Of(s, [.. pauses[s.Id]], LondonTime.DayOf(now)), s.Outcome));
    }
}
