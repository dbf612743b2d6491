using AnyDoor.Audit;
using AnyDoor.Common;
using AnyDoor.Places;
using AnyDoor.Requests;
using AnyDoor.Tests;
using Microsoft.EntityFrameworkCore;

namespace AnyDoor.Core.Tests.Requests;

public sealed class RequestStatusTests
{
    [Theory, OnBothDatabases]
    [Requirement("R-APP-04")]
    public async Task Status_OpensWithReferenceAndCode_AndSaysWhereItIs(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["letter"]), ("letter-to", ["41 Teasel Way"]));

        var opened = await r.Status.OpenAsync(Reference.Show(sent.Reference), ResidentCodes.Show(sent.Code).ToLowerInvariant(), "10.0.0.1", r.Who, default);
        var sitting = await r.Sittings.FindAsync(opened.Token, r.Now, default);
        var status = await r.Status.ReadAsync(sitting!.RequestId!.Value, r.Now, default);

        (status!.Stage, status.Worker).ShouldBe((StatusStage.Received, null));
        await ClaimAsync(r, sent.RequestId);
        status = await r.Status.ReadAsync(sent.RequestId, r.Now, default);
        (status!.Stage, status.Worker!.Name).ShouldBe((StatusStage.LookedAt, "Nadia W"));
    }

    [Theory, OnBothDatabases]
    [Requirement("R-APP-04")]
    public async Task Tries_AtAReferenceThatIsAndOneThatIsNot_AreAnsweredAlike(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));
        var unknown = Reference.New();

        var known = new List<CodeTried>();
        var strange = new List<CodeTried>();
        for (var i = 0; i < 6; i++)
        {
            known.Add(await r.Status.OpenAsync(sent.Reference, "WRONGONE", "10.0.0.1", r.Who, default));
            strange.Add(await r.Status.OpenAsync(unknown, "WRONGONE", "10.0.0.2", r.Who, default));
        }

        known.ShouldBe(strange);
        known[4].ShouldBe(new CodeTried(null));
        known[5].ShouldBe(new CodeTried(null, 15));
        (await r.Status.OpenAsync(sent.Reference, sent.Code, "10.0.0.3", r.Who, default)).ShouldBe(new CodeTried(null, 15));
        r.Now = r.Now.AddMinutes(15);
        (await r.Status.OpenAsync(sent.Reference, sent.Code, "10.0.0.3", r.Who, default)).Token.ShouldNotBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task Tries_AllAtOnce_CountEachOne(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));

        var tried = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => r.Status.OpenAsync(sent.Reference, $"WRONG{i:000}", $"10.0.1.{i}", r.Who, default)));

        tried.Count(t => t.Wait is null).ShouldBe(ResidentCodes.Tries);
    }

    [Theory, OnBothDatabases]
    public async Task ReissuedCode_ReplacesTheOldOne_AndEndsTheWait(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));
        for (var i = 0; i < 5; i++) await r.Status.OpenAsync(sent.Reference, "WRONGONE", "10.0.0.1", r.Who, default);

        var fresh = (await r.Status.ReissueCodeAsync(sent.RequestId, "gave date of birth and address", r.Desk.Nadia.For(Purpose.RespondToRequest, "county-hub", r.Now), default)).Value!;

        (await r.Status.OpenAsync(sent.Reference, sent.Code, "10.0.0.1", r.Who, default)).Token.ShouldBeNull();
        (await r.Status.OpenAsync(sent.Reference, fresh, "10.0.0.1", r.Who, default)).Token.ShouldNotBeNull();
        (await r.Status.IsFirstCodeAsync(sent.RequestId, sent.Code, default)).ShouldBeFalse();
    }

    [Theory, OnBothDatabases]
    public async Task Code_NinetyDaysAfterTheEnd_OpensNothing(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));
        await r.Status.StopAsync(sent.RequestId, r.Who, default);

        r.Now = r.Now.AddDays(89);
        (await r.Status.OpenAsync(sent.Reference, sent.Code, "10.0.0.1", r.Who, default)).Token.ShouldNotBeNull();
        r.Now = r.Now.AddDays(2);
        (await r.Status.OpenAsync(sent.Reference, sent.Code, "10.0.0.1", r.Who, default)).Token.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    public async Task PartFilledCrisis_HasNoCodeThatOpensIt(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        await r.StartAsync(("right-now", ["no-food"]));
        var request = (await r.RequestsAsync()).Single();

        (await r.Status.OpenAsync(request.Reference, "", "10.0.0.1", r.Who, default)).Token.ShouldBeNull();
        (await r.Status.OpenAsync(request.Reference, ResidentCodes.OfRequest(r.Desk.Test.Key, request.Id), "10.0.0.1", r.Who, default)).Token.ShouldBeNull();
    }

    [Theory, OnBothDatabases]
    [Requirement("R-DOOR-02")]
    public async Task Outside_OnlyWhereNoLoadedPostcodeBeginsAsTheirs(Db kind)
    {
        await using var r = await Residents.OpenAsync(kind);
        var sent = await r.SendAsync(("by", ["phone"]), ("phone", ["07700 900418"]));
        async Task<bool> IsOutsideAsync(string postcode)
        {
            await r.Desk.Commands.RunAsync(r.Who, async c =>
            {
                await c.Db.Set<Request>().Where(x => x.Id == sent.RequestId).ExecuteUpdateAsync(x => x.SetProperty(y => y.Postcode, postcode));
                return (Result<Nothing>)Nothing.Value;
            }, default);
            return (await r.Status.ReadAsync(sent.RequestId, r.Now, default))!.Outside;
        }
        (await IsOutsideAsync("LS61AA")).ShouldBeFalse("nothing is loaded to know it by");
        await r.LoadPostcodesAsync("PE13 9ZT,52.66,0.16,E07000010");

        (await IsOutsideAsync("LS61AA")).ShouldBeTrue();
        (await IsOutsideAsync("PE131AB")).ShouldBeFalse("it may be new or misspelt");
    }

    private static Task<Result<Nothing>> ClaimAsync(Residents r, Guid request) => r.Desk.Commands.RunAsync(r.Who, async c =>
    {
        await c.Db.Set<Request>().Where(x => x.Id == request).ExecuteUpdateAsync(x => x.SetProperty(y => y.ClaimedBy, r.Desk.Nadia.WorkerId).SetProperty(y => y.Status, RequestStatus.Claimed));
        return (Result<Nothing>)Nothing.Value;
    }, default);
}
