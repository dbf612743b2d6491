using AnyDoor.Audit;

namespace AnyDoor.Requests;

/// <summary>
/// A request that comes in by a door where somebody sees to it: a partner's page, a partner's system, a call to the hub. It gets its secret code, and the same
/// "we have your request" as one that a resident sent themselves, under the same safe contact (R-DAW-08).
/// </summary>
public sealed class Arrivals(Intake intake, RequestPost post)
{
    public async Task<Received> ReceiveAsync(Command c, NewRequest request)
    {
        request = await ReadyAsync(c, OwnWords.Tighten(request));
        var received = intake.Receive(c, request);
        await post.QueueReceivedAsync(c, received, request);
        return received;
    }

    internal async Task<Received> ReceiveAgainAsync(Command c, NewRequest request, Guid household, Guid applicant, string? district)
    {
        request = await ReadyAsync(c, OwnWords.Tighten(request));
        var received = await Intake.ReceiveAgainAsync(c, request, household, applicant, district);
        await post.QueueReceivedAsync(c, received, request);
        return received;
    }

    private async Task<NewRequest> ReadyAsync(Command c, NewRequest request) =>
        request with { Code = request.Code ?? ResidentCodes.OfRequest(c.LogKey, request.Id), Promised = request.Promised ?? await post.PromisedAsync(c.Cancel) };
}
