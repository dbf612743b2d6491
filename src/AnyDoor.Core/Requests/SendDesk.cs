using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Households;
using AnyDoor.Sharing;

namespace AnyDoor.Requests;

/// <summary>
/// A partner's worker asks for the person with them (R-DAW-08): somebody new, or somebody whom their organisation brought before.
/// Their search covers only those; who is known by another door is put together by the hub, and the partner is not told.
/// </summary>
public sealed class SendDesk(Commands commands, Arrivals arrivals, HouseholdReader households)
{
    /// <param name="reachSaid">How to reach them was asked again, even if the answer was "not yet".</param>
    /// <param name="known">The one of those that the search found; null: entered anew.</param>
    /// <returns>The request's reference.</returns>
    public Task<Result<string>> SendAsync(ReadContext ctx, NewRequest request, (Guid Household, Guid Person)? known, bool reachSaid, Once once, CancellationToken cancel) =>
        commands.RunAsync<string>(ctx.Audit, async c =>
        {
            if (known is not { } chosen) return (await arrivals.ReceiveAsync(c, request)).Reference;
            if (await households.OfCallerAsync(c, ctx, chosen.Household, chosen.Person) is not { } home) return RequestDesk.NotThere;
            c.Record("request.brought-again", chosen.Person, home.Household);
            // Nothing said: as they said it before. Something said: the stricter of both, and somebody checks before the first contact.
            var contact = OwnWords.Tighten(request).Contact;
            if (contact.By != ContactWay.DoNotContactFirst || contact.DoNot != DoNot.Nothing || reachSaid)
            {
                await HouseholdReader.TellStricterAsync(c, chosen.Person, contact.AsReach() with { CheckBeforeContact = true }, ctx.Audit.Actor.Id!.Value);
            }
            return (await arrivals.ReceiveAgainAsync(c, request with { Language = request.Language ?? home.Language }, home.Household, chosen.Person, home.District)).Reference;
        }, cancel, once);
}
