using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Data;
using AnyDoor.Messages;
using AnyDoor.Organisations;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>Messages about a request, in the command that gives the cause.</summary>
public sealed class RequestPost(Post post)
{
    public const string Received = "request-received";
    public const string ReadBack = "read-back";
    /// <summary>Three texts in one: longer is read out or printed.</summary>
    public const int LongestText = 459;
    private const string NotToldYet = "They may not know yet that somebody asked for them: a person speaks with them first.";

    /// <param name="messageId">A message of the settings, like <c>request-received</c> or <c>next-contact</c>.</param>
    public async Task<PostDecision> QueueAsync(Command c, Guid requestId, string messageId, IReadOnlyDictionary<string, string> values)
    {
        await c.FlushAsync();
        var (head, imported) = await HeadAsync(c.Db, requestId, c.Cancel);
        return await post.QueueAsync(c, messageId, imported ? head with { NothingByItself = PostRules.Imported } : head, values);
    }

    /// <summary>"We have your request", for a request from any door: the same message a resident's own form gets (R-DAW-08). Only a letter carries its secret code.</summary>
    public Task<PostDecision> QueueReceivedAsync(Command c, Received received, NewRequest request) => QueueAsync(c, received.RequestId, Received, new Dictionary<string, string>
    {
        ["reference"] = Reference.Show(received.Reference), ["code"] = ResidentCodes.Show(request.Code ?? throw new InvalidOperationException("A request that is told of has a code.")),
        ["by"] = Drafts.ByWhen(AnswerClock.AnswerBy(request.Urgency, c.Who.At, request.Promised), request.Language),
    });

    /// <summary>By when somebody answers, as the partnership promises it now.</summary>
    public async ValueTask<Promises> PromisedAsync(CancellationToken cancel) => (await post.Settings.CurrentAsync(cancel)).Promised;

    /// <summary>The read-back, in the words that were agreed on the call. Refused with why where others may read it: then it is printed.</summary>
    public async Task<Result<PostDecision>> QueueReadBackAsync(Command c, Guid requestId, string words)
    {
        var (head, _) = await HeadAsync(c.Db, requestId, c.Cancel);
        var decision = await post.QueueWordsAsync(c, ReadBack, head, words.Trim());
        if (decision.Channel == MessageChannel.None) return new Refusal("print-only", decision.Why!);
        return decision.Channel == MessageChannel.Text && words.Trim().Length > LongestText
            ? new Refusal("too-long", $"A text holds {LongestText} letters, and this is {words.Trim().Length}. Shorten it, or print it.", "words") : decision;
    }

    /// <summary>May it be texted? Otherwise why it is only printed.</summary>
    public static async Task<PostDecision> MayTextAsync(AnyDoorDb db, Guid requestId, CancellationToken cancel)
    {
        var (head, _) = await HeadAsync(db, requestId, cancel);
        return await Post.MaySendWordsAsync(db, head.PersonId, head.NothingByItself, cancel);
    }

    private static async Task<(Letterhead Head, bool Imported)> HeadAsync(AnyDoorDb db, Guid requestId, CancellationToken cancel)
    {
        var request = await db.Set<Request>().Where(r => r.Id == requestId)
            .Select(r => new { r.HouseholdId, r.ApplicantId, r.Language, r.ImportId, r.ForSomeoneElse, r.PermissionGiven }).SingleAsync(cancel);
        var talked = await db.Set<Contact>().AnyAsync(x => x.RequestId == requestId && x.Outcome == "spoke", cancel);
        return (new Letterhead(requestId, request.HouseholdId, request.ApplicantId, request.Language, request is { ForSomeoneElse: true, PermissionGiven: false } && !talked ? NotToldYet : null), request.ImportId is not null);
    }
}
