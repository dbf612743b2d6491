using AnyDoor.Funds;
using AnyDoor.Requests;
using AnyDoor.Web.Components;
using AnyDoor.Web.Language;
using Microsoft.AspNetCore.Html;

namespace AnyDoor.Web.Residents;

public enum StepState { Done, Now, Next }

/// <summary>One step of a request, with where it stands in words.</summary>
public sealed record StatusStep(IHtmlContent Title, IHtmlContent? Detail, StepState State)
{
    public string StateKey => $"status.step.{State.ToString().ToLowerInvariant()}";
}

/// <summary>The steps of a request as its own person reads them. Only one is "now"; none once it is finished.</summary>
public static class StatusSteps
{
    public static IReadOnlyList<StatusStep> Of(RequestStatusView status, Texts texts, Element phone, DateTime now)
    {
        List<(IHtmlContent Title, IHtmlContent? Detail, bool Done)> steps = [(texts["status.received"], Plain(ResidentDays.At(status.ReceivedAt, texts)), true)];
        var decided = status.Awards.Any(a => a.State is not AwardStatus.Cancelled);
        var read = status.ContactedAt is not null || decided || status.Stage is StatusStage.PassedOn or StatusStage.TakenOn or StatusStage.Finished;
        steps.Add((Reading(status, texts, read), read ? null : ByWhen(status, texts, phone, now), read));
        if (status.ContactedAt is { } spoke) steps.Add((texts["status.talk"], Plain(ResidentDays.At(spoke, texts)), true));
        else if (!read) steps.Add((texts["status.talk"], texts["status.talk.hint"], false));
        if (status.Stage == StatusStage.PassedOn) steps.Add((texts["status.passed-on"], texts["status.passed-on.hint"], false));
        else if (status.Stage == StatusStage.TakenOn) steps.Add((texts["status.taken-on"], texts.Of("status.taken-on.hint", ("phone", phone)), false));
        else
        {
            var finished = status.Stage == StatusStage.Finished;
            var sent = status.Awards.Any(a => a.State is AwardStatus.Issued or AwardStatus.Redeemed or AwardStatus.Expired or AwardStatus.Returned);
            steps.Add((texts["status.hear"], decided || finished ? null : texts["status.hear.hint"], decided || finished));
            // Not everything that helps is sent.
            if (!finished || sent) steps.Add((texts["status.sent"], null, sent));
        }
        var first = steps.FindIndex(s => !s.Done);
        return [.. steps.Select((s, i) => new StatusStep(s.Title, s.Detail, s.Done ? StepState.Done : i == first ? StepState.Now : StepState.Next))];
    }

    private static IHtmlContent Reading(RequestStatusView status, Texts texts, bool read) => (status.Worker, read) switch
    {
        ({ } worker, _) => texts.Of(read ? "status.read-by" : "status.looking-by", ("name", worker.Name), ("organisation", worker.Organisation)),
        (null, true) => texts["status.read"],
        _ => texts["status.waiting"],
    };

    private static IHtmlContent ByWhen(RequestStatusView status, Texts texts, Element phone, DateTime now) =>
        status.NoSafeWay ? texts.Of("sent.no-way", ("phone", phone))
        : status.AnswerBy < now ? texts.Of("status.late", ("by", ResidentDays.By(status.AnswerBy, texts)), ("phone", phone))
        : texts.Of("status.by", ("by", ResidentDays.By(status.AnswerBy, texts)));

    /// <summary>What has become of one award. What cannot be used any more is never read as money.</summary>
    public static IHtmlContent Of(StatusAward award, Texts texts, Element phone, DateOnly today)
    {
        var (amount, last) = (("amount", (object)award.Amount), award.ExpiresOn is { } on ? ResidentDays.Day(on, texts) : null);
        return award.State switch
        {
            AwardStatus.Committed => texts.Of("status.award.agreed", amount),
            AwardStatus.Issued when !RanOut(award, today) => last is null ? texts.Of("status.award.ready", amount) : texts.Of("status.award.ready-until", amount, ("day", last)),
            AwardStatus.Issued or AwardStatus.Expired => last is null ? texts.Of("status.award.ran-out-some-day", ("phone", phone)) : texts.Of("status.award.ran-out", ("day", last), ("phone", phone)),
            AwardStatus.Redeemed => texts.Of("status.award.used", amount),
            AwardStatus.Cancelled => texts.Of("status.award.cancelled", ("phone", phone)),
            _ => texts.Of("status.award.returned", ("phone", phone)),
        };
    }

    /// <summary>It can be used now, so it can be sent again when it is lost.</summary>
    public static bool IsReady(StatusAward award, DateOnly today) => award.State == AwardStatus.Issued && !RanOut(award, today);

    private static bool RanOut(StatusAward award, DateOnly today) => award.ExpiresOn < today;

    private static PlainText Plain(string text) => new(text);
}
