using System.Globalization;
using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Sharing;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>A draft as the person who fills it sees it.</summary>
/// <param name="Code">What opens it again.</param>
/// <param name="SentRequest">Set once it was sent: nothing more can be changed here.</param>
public sealed record OpenDraft(Guid Id, FormAnswers Answers, string Page, string Code, DateTime ExpiresAt, DateTime SavedAt, Guid? SentRequest, DateTime? SentAt = null);

/// <summary>What came of typing a code.</summary>
/// <param name="Token">The new sitting's, when it was right.</param>
/// <param name="Wait">Whole minutes, when there were too many tries.</param>
public sealed record CodeTried(string? Token, int? Wait = null);

/// <summary>A sent form.</summary>
/// <param name="Code">Shown in this sitting, and not again.</param>
public sealed record SentForm(Guid RequestId, string Reference, string Code);

/// <summary>Keeps what a resident has typed, from the first answer until it is sent.</summary>
public sealed class Drafts(Database database, Commands commands, LogKey key, Intake intake, RequestPost post)
{
    /// <summary>The whole of the form's own door.</summary>
    public const string Door = "web-form";

    /// <summary>The first answer: a draft, and a sitting in which it is open.</summary>
    public async Task<(string Token, OpenDraft Draft)> StartAsync(FormPage page, IReadOnlyDictionary<string, string[]> typed, bool forSomeoneElse, string? language, string? campaign, AuditContext who, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        var form = ResidentForm.Current;
        var token = "";
        var result = await commands.RunAsync(who, async c =>
        {
            var draft = new Draft
            {
                Id = id, CodeHash = key.HashSecret("draft-code", ResidentCodes.OfDraft(key, id)), DoorId = Door, ForSomeoneElse = forSomeoneElse, Answers = "", Page = page.Id, Language = language,
                Campaign = campaign, StartedAt = who.At, SavedAt = who.At, ExpiresAt = who.At.AddDays(form.Limits.DraftKeptDays), Version = 1,
            };
            token = Sittings.Open(c, id, null);
            await KeepAsync(c, draft, page, typed, language, isNew: true);
            c.Insert(draft);
            c.Record("draft.started", id);
            return (Result<OpenDraft>)Open(draft);
        }, cancel);
        return (token, result.Value!);
    }

    public async Task<OpenDraft?> FindAsync(Guid id, DateTime now, CancellationToken cancel)
    {
        await using var db = database.Open();
        return await db.Set<Draft>().SingleOrDefaultAsync(d => d.Id == id && d.ExpiresAt > now, cancel) is { } draft ? Open(draft) : null;
    }

    /// <summary>
    /// Saves one page. What does not read yet is kept as it was typed, and the page is not settled. An urgent answer puts the request
    /// into the queue at once: "do not contact first" until safe contact is answered.
    /// </summary>
    public Task<OpenDraft?> SaveAsync(Guid id, FormPage page, IReadOnlyDictionary<string, string[]> typed, string? language, AuditContext who, CancellationToken cancel) =>
        KeepAsync(id, page, typed, language, who, leave: false, cancel);

    /// <summary>Leaves one page unanswered: see <see cref="FormAnswers.Leave"/>.</summary>
    public Task<OpenDraft?> LeaveAsync(Guid id, FormPage page, IReadOnlyDictionary<string, string[]> typed, string? language, AuditContext who, CancellationToken cancel) =>
        KeepAsync(id, page, typed, language, who, leave: true, cancel);

    private async Task<OpenDraft?> KeepAsync(Guid id, FormPage page, IReadOnlyDictionary<string, string[]> typed, string? language, AuditContext who, bool leave, CancellationToken cancel)
    {
        var result = await commands.RunAsync(who, async c =>
        {
            var draft = await LockAsync(c, id);
            if (draft is null || draft.ExpiresAt <= who.At) return (Result<OpenDraft>)new Refusal("not-found", "There is no such draft.");
            if (draft.SentAt is not null) return Open(draft);
            await KeepAsync(c, draft, page, typed, language, isNew: false, leave);
            return Open(draft);
        }, cancel);
        return result.Value;
    }

    /// <summary>Opens a draft with its code. A wrong code, a code of nothing and an old code are answered alike.</summary>
    /// <param name="address">Where it was typed; only a keyed hash of it is kept, to slow down guessing.</param>
    public async Task<CodeTried> OpenAsync(string? typed, string address, AuditContext who, CancellationToken cancel)
    {
        // The check character catches a slip before it counts as a try.
        var readable = Reference.TryParse(typed, out var code);
        var hash = key.HashSecret("draft-code", code);
        var result = await commands.RunAsync(who, async c =>
        {
            if (await TryLimits.CountAsync(c, "address", address, TryLimits.FromOneAddress, TryLimits.Wait) is { } wait) return (Result<CodeTried>)new CodeTried(null, wait);
            var draft = await c.Db.Set<Draft>().SingleOrDefaultAsync(d => d.CodeHash == hash && d.ExpiresAt > who.At && d.SentAt == null, c.Cancel);
            if (draft is null || !readable) return new CodeTried(null);
            TryLimits.TakeBack(c, "address", address);
            c.Record("draft.opened-by-code", draft.Id);
            return new CodeTried(Sittings.Open(c, draft.Id, null));
        }, cancel);
        return result.Value!;
    }

    /// <summary>Sends the form. Pressed twice it is sent once, with the same answer both times.</summary>
    /// <returns>A refusal names the page that must be settled first.</returns>
    public async Task<Result<SentForm>> SendAsync(Guid id, string? language, AuditContext who, CancellationToken cancel)
    {
        var form = ResidentForm.Current;
        var today = LondonTime.DayOf(who.At);
        var result = await commands.RunAsync(who, async c =>
        {
            var draft = await LockAsync(c, id);
            if (draft is null) return (Result<Received>)new Refusal("not-found", "There is no such draft.");
            if (draft.SentAt is not null) return await ReceivedAsync(c, draft.RequestId!.Value);
            var answers = FormAnswers.From(draft.Answers, draft.ForSomeoneElse);
            if (new Journey(form, answers).FirstToMend(new FormCheck(form, today)) is { } page) return new Refusal("not-finished", "There is something to put right.", page.Id);

            var requestId = draft.RequestId ?? Guid.CreateVersion7();
            var reading = FormReading.Of(form, answers, today, who.At, draft.DoorId, language ?? draft.Language, await IsDemoAsync(c), ResidentCodes.OfRequest(key, requestId), draft.Campaign);
            reading = reading with { Request = reading.Request with { Promised = await post.PromisedAsync(c.Cancel) } };
            Received received;
            if (draft.RequestId is not null) received = await intake.ReviseAsync(c, requestId, reading.Request, finish: true);
            else received = intake.Receive(c, reading.Request with { Id = requestId });
            Tell(c, reading, received);
            var suspicious = await SpamCheck.LookAsync(c, reading.Request);
            var held = suspicious.Count > 0 && await HeldForms.KeepAsync(c, requestId, reading.Request.Urgency, suspicious);

            draft.RequestId = requestId;
            draft.SentAt = who.At;
            draft.Answers = new FormAnswers().ToJson();
            draft.Version++;
            // To a number that many forms give nothing goes before a person has looked: it may be somebody else's.
            if (!held) await post.QueueAsync(c, requestId, "request-received", new Dictionary<string, string>
            {
                ["reference"] = Reference.Show(received.Reference), ["code"] = ResidentCodes.Show(reading.Request.Code!),
                ["by"] = ByWhen(AnswerClock.AnswerBy(reading.Request.Urgency, who.At, reading.Request.Promised), language ?? draft.Language),
            });
            return received;
        }, cancel);
        return result.Done ? new SentForm(result.Value.RequestId, result.Value.Reference, ResidentCodes.OfRequest(key, result.Value.RequestId)) : result.Refusal;
    }

    /// <summary>Takes away drafts that nobody came back to, and sittings and tries that are over.</summary>
    public async Task<int> PurgeAsync(AuditContext who, CancellationToken cancel)
    {
        var yesterday = who.At.AddDays(-1);
        var result = await commands.RunAsync(who, async c =>
        {
            var gone = await c.Db.Set<Draft>().Where(d => d.ExpiresAt <= who.At).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<Sitting>().Where(s => s.SeenAt < yesterday).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<WrongTries>().Where(t => t.LastAt < yesterday).ExecuteDeleteAsync(c.Cancel);
            await c.Db.Set<FormMark>().Where(m => m.At < yesterday).ExecuteDeleteAsync(c.Cancel);
            if (gone > 0) c.Record("drafts.purged");
            return (Result<int>)gone;
        }, cancel);
        return result.Value;
    }

    private async Task KeepAsync(Command c, Draft draft, FormPage page, IReadOnlyDictionary<string, string[]> typed, string? language, bool isNew, bool leave = false)
    {
        var form = ResidentForm.Current;
        var today = LondonTime.DayOf(c.Who.At);
        var answers = isNew ? new FormAnswers(draft.ForSomeoneElse) : FormAnswers.From(draft.Answers, draft.ForSomeoneElse);
        if (leave) answers.Leave(page, typed);
        else answers.Set(page, typed, passes: false);
        if (!leave && new FormCheck(form, today).Errors(page, answers).Count == 0) answers.Set(page, typed, passes: true);
        draft.Answers = answers.ToJson();
        draft.Page = page.Id;
        draft.Language = language ?? draft.Language;
        draft.SavedAt = c.Who.At;
        draft.Version++;

        if (draft.RequestId is null && !answers.IsCrisis(form)) return;
        var reading = FormReading.Of(form, answers, today, c.Who.At, draft.DoorId, draft.Language, await IsDemoAsync(c), campaign: draft.Campaign);
        reading = reading with { Request = reading.Request with { Promised = await post.PromisedAsync(c.Cancel) } };
        if (draft.RequestId is { } known) await intake.ReviseAsync(c, known, reading.Request, finish: false);
        else draft.RequestId = intake.Receive(c, reading.Request with { PartFilled = true, People = [reading.Request.People[0]] }).RequestId; // the children come when it is sent
    }

    /// <summary>What stands beside the request: each yes and no, and who asked for somebody else.</summary>
    private static void Tell(Command c, FormReading reading, Received received)
    {
        foreach (var permission in reading.Permissions)
            c.Insert(new Permission
            {
                Id = Guid.CreateVersion7(), HouseholdId = received.HouseholdId, PersonId = received.ApplicantId, ToKind = permission.To, ToNamed = permission.Named, Purpose = Purpose.Handover,
                Categories = permission.Categories, WhatFor = permission.WhatFor, Allowed = permission.Allowed, GivenAt = c.Who.At, How = "web-form",
                Until = permission.Allowed ? LondonTime.DayOf(c.Who.At).AddMonths(Permissions.MonthsFromForm) : null,
            });
        if (reading.Representation is { } who)
            c.Insert(new Representation { RequestId = received.RequestId, Name = who.Name, Reach = who.Reach, Knows = who.Knows, Why = who.Why, At = c.Who.At });
    }

    /// <summary>The draft, held until the transaction ends: two tabs, or two presses, follow one another.</summary>
    private static async Task<Draft?> LockAsync(Command c, Guid id)
    {
        await c.Db.Set<Draft>().Where(d => d.Id == id).ExecuteUpdateAsync(d => d.SetProperty(x => x.SavedAt, x => x.SavedAt), c.Cancel);
        return await c.Db.Set<Draft>().AsTracking().SingleOrDefaultAsync(d => d.Id == id, c.Cancel);
    }

    private static async Task<Received> ReceivedAsync(Command c, Guid request) =>
        await c.Db.Set<Request>().Where(r => r.Id == request).Select(r => new Received(r.Id, r.Reference, r.HouseholdId, r.ApplicantId)).SingleAsync(c.Cancel);

    private static async Task<bool> IsDemoAsync(Command c) => await c.Db.Set<DatabaseMark>().Select(m => m.IsDemo).SingleAsync(c.Cancel) == true;

    /// <summary>"By 12 noon on Tuesday 24 November", in the reader's language as far as days go.</summary>
    internal static string ByWhen(DateTime by, string? language) => language is null or "en"
        ? $"by {LondonTime.Time(by)} on {LondonTime.FromUtc(by).ToString("dddd d MMMM", CultureInfo.GetCultureInfo("en-GB"))}"
        : LondonTime.FromUtc(by).ToString("dddd d MMMM, HH:mm", CultureInfo.GetCultureInfo(language));

    private OpenDraft Open(Draft draft) => new(draft.Id, FormAnswers.From(draft.Answers, draft.ForSomeoneElse), draft.Page, ResidentCodes.OfDraft(key, draft.Id),
        draft.ExpiresAt, draft.SavedAt, draft.SentAt is null ? null : draft.RequestId, draft.SentAt);
}
