using AnyDoor.Audit;
using AnyDoor.Messages;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Requests;

/// <summary>Messages about a request, in the command that gives the cause.</summary>
public sealed class RequestPost(Post post)
{
    /// <param name="messageId">A message of the settings, like <c>request-received</c> or <c>next-contact</c>.</param>
    public async Task<PostDecision> QueueAsync(Command c, Guid requestId, string messageId, IReadOnlyDictionary<string, string> values)
    {
        await c.FlushAsync();
        var request = await c.Db.Set<Request>().Where(r => r.Id == requestId)
            .Select(r => new { r.HouseholdId, r.ApplicantId, r.Language, r.ImportId, r.ForSomeoneElse, r.PermissionGiven }).SingleAsync(c.Cancel);
        var talked = await c.Db.Set<Contact>().AnyAsync(x => x.RequestId == requestId && x.Outcome == "spoke", c.Cancel);
        var nothing = request.ImportId is not null ? PostRules.Imported
            // They may not know that somebody asked for them: a person tells them first.
            : request is { ForSomeoneElse: true, PermissionGiven: false } && !talked ? "They may not know yet that somebody asked for them: a person speaks with them first."
            : null;
        return await post.QueueAsync(c, messageId, new Letterhead(requestId, request.HouseholdId, request.ApplicantId, request.Language, nothing), values);
    }
}
